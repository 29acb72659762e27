package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is what a column of a list of people is used for.
type Field string

// The fields of a person. NoField leaves a column out.
const (
	NoField      Field = ""
	ExternalID   Field = "external-id"
	FullName     Field = "name"
	GivenName    Field = "given-name"
	FamilyName   Field = "family-name"
	Email        Field = "email"
	Phone        Field = "phone"
	Title        Field = "title"
	Department   Field = "department"
	Location     Field = "location"
	Region       Field = "region"
	EmployedFrom Field = "employed-from"
	EmployedTo   Field = "employed-to"
	ManagerID    Field = "manager-id"
	ManagerName  Field = "manager-name"
	ManagerEmail Field = "manager-email"
	Company      Field = "company"
	AccountState Field = "account-state"
)

// Fields lists every field in the order in which a page offers them.
var Fields = []Field{
	ExternalID, FullName, GivenName, FamilyName, Email, Phone, Title, Department, Location, Region,
	EmployedFrom, EmployedTo, ManagerID, ManagerName, ManagerEmail, Company, AccountState,
}

var fieldWords = map[Field]string{
	ExternalID: "number", FullName: "full name", GivenName: "given name", FamilyName: "family name",
	Email: "e-mail", Phone: "phone", Title: "title", Department: "department", Location: "location", Region: "region",
	EmployedFrom: "first day employed", EmployedTo: "last day employed", ManagerID: "manager’s number",
	ManagerName: "manager’s name", ManagerEmail: "manager’s e-mail", Company: "company",
	AccountState: "state of the account",
}

// Words names the field on the screen, in lower case.
func (f Field) Words() string { return fieldWords[f] }

// headings are the known headings of each field, compacted (see compact),
// the surest first, in the languages that such lists came in.
var headings = map[Field]string{
	ExternalID: "employeeid empid externalid personid staffid workerid employeenumber employeeno empno personnelnumber personnelno staffnumber staffno " +
		"payrollnumber associateid userid uid id number no nr personalnummer personalnr mitarbeiternummer mitarbeiterid matricule matriculeemploye " +
		"identifiant numeroempleado noempleado idempleado legajo matricula numerodematricula idfuncionario employe matricola personeelsnummer anstallningsnummer " +
		"numerpracownika табельныйномер 社員番号 従業員番号 社員コード 社員id 工号 員工編號 员工编号 员工号 사번 사원번호",
	FullName: "fullname displayname employeename personname staffname workername name person employee namevollstandig vollstandigername mitarbeiter " +
		"mitarbeitername nomcomplet nometprenom nomprenom nombrecompleto nombreyapellidos nomecompleto colaborador funcionario worker associate " +
		"namevorname nachnamevorname vornamenachname volledigenaam imieinazwisko cognomeenome фио 氏名 社員名 姓名 员工姓名 이름 성명",
	GivenName: "firstname givenname forename fname first given preferredname vorname rufname prenom prenoms nombre nombres primeironome prenome " +
		"voornaam fornamn fornavn imie имя nome",
	FamilyName: "lastname familyname surname lname last family secondname nachname familienname zuname nomdefamille nom apellido apellidos " +
		"sobrenome ultimonome apelido achternaam efternamn efternavn etternavn nazwisko cognome фамилия",
	Email: "email emailaddress workemail businessemail mail mailaddress companyemail primaryemail userprincipalname upn emailwork mailadresse emailadresse courriel " +
		"adressemail adresseemail adresseelectronique correo correoelectronico correoe emailcorporativo enderecodeemail epost adresemail почта электроннаяпочта " +
		"メールアドレス メール 邮箱 电子邮件 電子郵件 电子邮箱 이메일",
	Phone: "phone phonenumber workphone businessphone telephone telephonenumber mobile mobilephone mobilenumber cell cellphone extension tel telefon " +
		"telefonnummer rufnummer handy mobil portable telefono movil celular telefone telemovel telefoonnummer телефон 電話番号 电话 手机 電話 전화번호 휴대폰",
	Title: "jobtitle title positiontitle position job jobname jobrole designation occupation function jobid jobcode positionid role stelle " +
		"stellenbezeichnung funktion berufsbezeichnung poste fonction intituledeposte puesto cargo profesion businesstitle employeetitle worktitle functie " +
		"stanowisko qualifica должность 役職 職位 职位 职务 職務 직위 직책 직급",
	Department: "department departmentname dept deptname orgunit organizationalunit organisationalunit unit division businessunit departmentid " +
		"deptid deptcode costcenter costcentre abteilung bereich organisationseinheit departement service departamento area setor supervisoryorganization " +
		"afdeling avdelning avdeling dzial reparto отдел подразделение 部署 所属 部门 部門 부서",
	Location: "location office officelocation site worklocation workplace branch building locationname campus city town locationcity officecity " +
		"standort arbeitsort buro niederlassung lieu lieudetravail bureau ville ubicacion oficina ciudad sede localizacao localidade escritorio cidade ort stadt " +
		"locatie lokalizacja 勤務地 拠点 工作地点 办公地点 근무지",
	Region: "region regionname geo geography country countryname territory locationcountry worklocationcountry state locationstate province land pays " +
		"etat pais estado provincia bundesland regiao",
	EmployedFrom: "employedfrom hiredate dateofhire startdate dateofjoining joiningdate joindate hiredon hired employmentdate employmentstart " +
		"employmentstartdate datestarted begindate datehired entrydate originalhiredate validfrom eintritt eintrittsdatum eintrittam beschaftigtseit dateembauche datedembauche " +
		"datedentree dateentree 入社日 入社年月日 入职日期 入職日期 입사일 датаприема datumindiensttreding datazatrudnienia anstalld fechadeingreso fechaingreso fechadecontratacion fechacontratacion fechadealta datadeadmissao dataadmissao admissao datadecontratacao",
	EmployedTo: "employedto terminationdate termdate dateoftermination enddate lastday lastdayemployed lastworkingday leavingdate leavedate dateleft " +
		"exitdate employmentend employmentenddate separationdate contractend contractenddate validto austritt austrittsdatum austrittam beschaftigtbis datedesortie datesortie datedefin " +
		"datededepart 退職日 离职日期 離職日期 퇴사일 датаувольнения datumuitdiensttreding datazwolnienia fechadebaja fechabaja fechadesalida fechasalida fechadecese datadedemissao datademissao datadesaida desligamento datadedesligamento",
	ManagerID: "managerid manageremployeeid managernumber managerno supervisorid reportstoid linemanagerid bossid mgrid managerempid " +
		"vorgesetztennummer vorgesetztenid idmanager matriculemanager idjefe idgestor",
	ManagerName: "managername manager linemanager linemanagername supervisor supervisorname reportsto reportstoname boss mgr directmanager " +
		"vorgesetzter vorgesetzte vorgesetzternamen fuhrungskraft responsable responsablehierarchique superieur superieurhierarchique nplus1 n1 jefe jefedirecto supervisora gestor chefia chefe " +
		"leidinggevende chef narmastechef przelozony responsabilediretto руководитель 上司 上長 直属上司 直属上级 上级 主管 經理 经理 상사 관리자",
	ManagerEmail: "manageremail manageremailaddress supervisoremail linemanageremail reportstoemail managermail managerupn emailmanager " +
		"vorgesetztenemail emaildumanager correojefe correodeljefe emaildogestor",
	Company: "company companyname employer legalentity entity organisation organization vendor supplier firma gesellschaft unternehmen arbeitgeber " +
		"societe entreprise empresa compania companhia",
	AccountState: "accountenabled enabled accountstatus userstatus useraccountcontrol accountdisabled disabled suspended deactivated isactive active isenabled issuspended statusreadonly status",
}

// weak headings are taken only where nothing better claims the field.
var weak = words("id number no nr uid person employee mitarbeiter colaborador funcionario title job first last given family nom nombre " +
	"role unit area service function position cell extension " +
	"city town locationcity officecity cidade ciudad ville ort stadt state locationstate province land etat estado provincia bundesland " +
	"nome имя worker associate chef n1 preferredname rufname responsable organisation organization entity mobile mobilephone mobilenumber status active")

// codes are headings of keys into other tables: taken where no words are.
var codes = words("jobid jobcode positionid departmentid deptid deptcode costcenter costcentre")

// sensitive names what must not be read: whole words of a heading, and parts
// that are long enough not to hide in another word.
var (
	sensitiveWords = words("age dob sex race pay wage wages bonus iban bic ssn sin nif dni cpf tax zip plz children kids " +
		"sick absent absences alter raza raca sexe sexo genre union pip termreason religion faith home")
	sensitiveParts = []string{
		"birth", "gender", "ethnic", "hispanic", "latino", "diversity", "marital", "married", "spouse", "citizen", "nationality", "nationalid", "salary", "commission",
		"compensation", "hourlyrate", "bankaccount", "socialsecurity", "passport", "performance", "perfscore", "engagement", "satisfaction",
		"absence", "sickness", "dayslate", "termreason", "terminationreason", "reasonforleaving", "homeaddress", "homephone", "privateemail",
		"personalemail", "privatephone", "personalphone", "postcode", "postalcode", "zipcode", "disabilit", "veteran", "medical", "health", "emergency", "dependents",
		"racedesc", "sexdesc", "employmentstatus", "empstatus", "streetaddress", "geburt", "geschlecht", "gehalt", "familienstand", "staatsangeh",
		"konfession", "naissance", "salaire", "nationalite", "situationfamiliale", "nacimiento", "salario", "estadocivil", "genero", "nascimento",
		"nacionalidad", "postleitzahl",
	}
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// headingFields finds the field of a compacted heading.
var headingFields = func() map[string]Field {
	m := map[string]Field{}
	for _, f := range Fields {
		for w := range strings.FieldsSeq(headings[f]) {
			if w = compact(w); m[w] == NoField { // letters of other scripts are taken apart there
				m[w] = f
			}
		}
	}
	return m
}()

// tokens splits a heading into lower-case words without accents: at spaces,
// punctuation, and where "DateofHire" changes case.
func tokens(heading string) []string {
	var out []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	var before rune
	for _, r := range norm.NFD.String(heading) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		default:
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				flush()
			}
			word.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	flush()
	return out
}

// compact is a heading as one word: "E-mail address" is "emailaddress".
func compact(heading string) string { return strings.Join(tokens(heading), "") }

// isSensitive reports headings of what Hatrack has no business to know.
func isSensitive(heading string) bool {
	toks := tokens(heading)
	joined := strings.Join(toks, "")
	if sensitiveWords[joined] {
		return true
	}
	for _, t := range toks {
		if sensitiveWords[t] {
			return true
		}
	}
	for _, part := range sensitiveParts {
		if strings.Contains(joined, part) {
			return true
		}
	}
	return false
}

// guessField tells the field of a heading and how sure that is: 0.95 a known
// heading, 0.6 one that could mean something else, 0.5 a
// resemblance or a code.
func guessField(heading string) (Field, float64) {
	heading = numberSign.Replace(heading)
	joined := compact(heading)
	if f, ok := headingFields[joined]; ok {
		switch {
		case codes[joined]:
			return f, 0.5
		case weak[joined]:
			return f, 0.6
		}
		return f, 0.95
	}
	toks := tokens(heading)
	for i, tok := range toks {
		toks[i] = cmp.Or(databaseWords[tok], tok)
	}
	if f, ok := headingFields[strings.Join(toks, "")]; ok {
		return f, 0.5
	}
	return resembles(toks)
}

// numberSign are the signs for "number"; databaseWords what columns of databases write short.
var (
	numberSign    = strings.NewReplacer("#", " no ", "№", " no ", "Nº", " no ", "nº", " no ", "N°", " no ", "n°", " no ")
	databaseWords = map[string]string{"dt": "date", "strt": "start", "nm": "name", "addr": "address", "nbr": "number", "num": "number", "loc": "location", "tel": "phone"}
)

// resemblances catch headings that are longer than the known ones: "Work
// e-mail (main)", "Date hired (dd/mm)". The first whose every group has a word
// in the heading wins.
var resemblances = []struct {
	field  Field
	sure   float64
	groups []map[string]bool
}{
	{ManagerEmail, 0.8, []map[string]bool{bosses, words("email mail correo courriel upn")}},
	{ManagerID, 0.8, []map[string]bool{bosses, words("id number no nr nummer empid")}},
	{NoField, 0, []map[string]bool{bosses, words("title phone level type")}},
	{ManagerName, 0.5, []map[string]bool{bosses}},
	{Email, 0.5, []map[string]bool{words("email mail courriel correo upn")}},
	{EmployedFrom, 0.5, []map[string]bool{dayWords, words("hire hired hiring start started joining join joined eintritt entree embauche ingreso admissao")}},
	{EmployedTo, 0.5, []map[string]bool{dayWords, words("termination terminated term end ended leaving left exit last austritt sortie baja salida demissao")}},
	{FullName, 0.9, []map[string]bool{words("last family surname nachname nom apellidos achternaam cognome"), words("first given vorname prenom nombre voornaam nome")}},
	{Phone, 0.5, []map[string]bool{words("phone telephone telefon telefono telefone")}},
	{ExternalID, 0.5, []map[string]bool{words("employee emp staff personnel worker empleado mitarbeiter personal employe dipendente medewerker pracownik funcionario colaborador"), words("id number no nr code num numero nummer matricule")}},
	{GivenName, 0.5, []map[string]bool{words("given first forename"), words("name names")}},
	{FamilyName, 0.5, []map[string]bool{words("family last surname"), words("name names")}},
	{Title, 0.5, []map[string]bool{words("job position"), words("title name")}},
	{Department, 0.5, []map[string]bool{words("department dept abteilung departement departamento")}},
}

var (
	bosses   = words("manager supervisor boss mgr vorgesetzter vorgesetzten jefe gestor superieur")
	dayWords = words("date day datum fecha data on")
)

func resembles(toks []string) (Field, float64) {
	for _, r := range resemblances {
		all := true
		for _, group := range r.groups {
			all = all && slices.ContainsFunc(toks, func(t string) bool { return group[t] })
		}
		if all {
			return r.field, r.sure
		}
	}
	return NoField, 0
}
