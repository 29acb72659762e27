package sheet

import (
	"cmp"
	"maps"
	"regexp"
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
	Particle     Field = "family-particle" // stands between the given and the family name
	NameTitle    Field = "name-title"      // stands before the name: "Dr."
	MiddleName   Field = "middle-name"     // stands behind the given name
	SecondFamily Field = "second-family-name"
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
	// The name of the manager where it comes in two columns.
	ManagerGiven  Field = "manager-given-name"
	ManagerFamily Field = "manager-family-name"
	Company       Field = "company"
	AccountState  Field = "account-state"
)

// Fields lists every field in the order in which a page offers them.
var Fields = []Field{
	ExternalID, FullName, NameTitle, GivenName, MiddleName, FamilyName, Particle, SecondFamily, Email, Phone, Title, Department, Location, Region,
	EmployedFrom, EmployedTo, ManagerID, ManagerName, ManagerGiven, ManagerFamily, ManagerEmail, Company, AccountState,
}

var fieldWords = map[Field]string{
	ExternalID: "number", FullName: "full name", GivenName: "given name", FamilyName: "family name",
	NameTitle: "title before the name", MiddleName: "middle names", Particle: "particle before the family name", SecondFamily: "second family name",
	Email: "e-mail", Phone: "phone", Title: "title", Department: "department", Location: "location", Region: "region",
	EmployedFrom: "first day employed", EmployedTo: "last day employed", ManagerID: "manager’s number",
	ManagerName: "manager’s name", ManagerEmail: "manager’s e-mail", Company: "company",
	ManagerGiven: "manager’s given name", ManagerFamily: "manager’s family name", AccountState: "state of the account",
}

// Words names the field on the screen, in lower case.
func (f Field) Words() string { return fieldWords[f] }

// sensitive names what must not be read: whole words of a heading, and parts
// that are long enough not to hide in another word.
var (
	sensitiveWords = words("kirche kirchensteuer steuerklasse steuerid age dob sex race pay wage wages bonus iban bic ssn sin nif dni cpf tax zip plz children kids " +
		"sick absent absences alter raza raca sexe sexo genre union pip termreason religion faith home")
	sensitiveParts = compacted(
		"birth", "gender", "ethnic", "hispanic", "latino", "diversity", "marital", "married", "spouse", "citizen", "nationality", "nationalid", "salary", "commission",
		"compensation", "hourlyrate", "bankaccount", "socialsecurity", "passport", "performance", "perfscore", "engagement", "satisfaction",
		"absence", "sickness", "dayslate", "termreason", "terminationreason", "reasonforleaving", "homeaddress", "homephone", "privateemail",
		"personalemail", "privatephone", "personalphone", "postcode", "postalcode", "zipcode", "disabilit", "veteran", "medical", "health", "emergency", "dependents",
		"password", "passwort", "motdepasse", "contrasena", "wachtwoord", "recoveryemail", "recoveryphone", "secondaryemail", "secondemail", "alternateemail", "otheremail", "racedesc", "sexdesc", "employmentstatus", "empstatus", "streetaddress", "geburt", "gebdat", "geschlecht", "gehalt", "familienstand", "staatsangeh",
		"konfession", "naissance", "salaire", "nationalite", "situationfamiliale", "nacimiento", "salario", "estadocivil", "genero", "nascimento",
		"nacionalidad", "postleitzahl", "urodzen", "pesel", "nascita", "geboorte", "fodelse", "szulet", "nasterii", "teldomowy", "telefondomowy", "telefonprivat", "privattelefon", "mobilprivat", "emailprivat", "privatnummer",
		"telefonoparticular", "telefonodomicilio", "teldomicile", "telephonepersonnel", "emailpersonnel", "correopersonal", "codepostal", "codigopostal", "kodpocztowy", "domicilio", "numerosecu", "securitesociale", "steueridentifikation", "sozialversicherung", "рождения", "народження", "syntyma", "fodsels", "foedsels", "fødsel", "syntymaaika", "narozeni", "dogum", "γεννησης", "الميلاد", "לידה", "出生", "生年", "生日", "생년",
	)
)

// compacted are texts as headings are compared: letters of other scripts are taken apart there.
func compacted(parts ...string) []string {
	for i, part := range parts {
		parts[i] = compact(part)
	}
	return parts
}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// also are the words of a set and some more.
func also(set map[string]bool, list string) map[string]bool {
	more := words(list)
	maps.Copy(more, set)
	return more
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
// heading, 0.6 and less one that could mean something else, 0.5 a
// resemblance or a code.
func guessField(heading string) (Field, float64) {
	heading = genderSign.ReplaceAllString(numberSign.Replace(heading), "$1")
	joined := compact(heading)
	if first := strings.TrimSuffix(joined, "1"); headingFields[joined] == NoField && headingFields[first] != NoField {
		joined = first // "Nombre1", beside a second one
	}
	if f, ok := headingFields[joined]; ok {
		switch {
		case codes[joined]:
			return f, 0.5
		case roleHeadings[joined]:
			return f, 0.55
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

// roleHeadings give way to a title beside them: "role" may be what somebody may do in a program.
var roleHeadings = words("role rolle rol papel ruolo")

// genderSign stands in headings that mean women and men: "Ansprechpartner:in", "Mitarbeiter/-in", "Employé(e)".
var genderSign = regexp.MustCompile(`(\pL{4,})(?:[:*_/·]-?(?:in|innen|e|es|a|as|os)\b|\((?:in|innen|e|es|a|as|n|r)\))`)

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
	{NoField, 0, []map[string]bool{bosses, words("title phone level type flag is")}},
	{ManagerName, 0.5, []map[string]bool{bosses, givenWords, familyWords}},
	{ManagerGiven, 0.8, []map[string]bool{bosses, givenWords}},
	{ManagerFamily, 0.8, []map[string]bool{bosses, familyWords}},
	{ManagerName, 0.5, []map[string]bool{bosses}},
	{Email, 0.5, []map[string]bool{words("email mail courriel correo upn")}},
	{NoField, 0, []map[string]bool{dayWords, folded("probation trial probezeit prueba essai испытательного")}},
	{EmployedTo, 0.5, []map[string]bool{dayWords, folded("fin termino cese egreso desligamento cessazione увольнения окончания")}},
	{EmployedFrom, 0.5, []map[string]bool{dayWords, folded("hire hired hiring start started joining join joined eintritt entree embauche ingreso admissao inicio alta contratacion incorporacion contratacao inizio assunzione приема найма трудоустройства")}},
	{EmployedTo, 0.5, []map[string]bool{dayWords, words("termination terminated term end ended leaving left exit austritt sortie baja salida demissao")}},
	{EmployedTo, 0.5, []map[string]bool{words("last"), dayWords, words("employment employed work working service")}},
	{FullName, 0.9, []map[string]bool{also(familyWords, "nom apelido"), also(givenWords, "nombre nombres nome")}}, // side by side these are plain
	{Phone, 0.5, []map[string]bool{words("phone telephone telefon telefono telefone")}},
	{ExternalID, 0.5, []map[string]bool{words("employee emp staff personnel worker empleado mitarbeiter personal employe dipendente medewerker pracownik funcionario colaborador"), words("id number no nr code num numero nummer matricule")}},
	{FullName, 0.5, []map[string]bool{words("full complete display"), words("name names")}},
	{GivenName, 0.5, []map[string]bool{words("given first forename"), words("name names")}},
	{FamilyName, 0.5, []map[string]bool{words("family last surname"), words("name names")}},
	{Title, 0.5, []map[string]bool{words("job position"), words("title name")}},
	{Title, 0.5, []map[string]bool{words("office functional working civil official corporate"), words("title")}},
	{Department, 0.5, []map[string]bool{words("department dept abteilung departement departamento")}},
}

var (
	bosses      = words("manager supervisor boss mgr vorgesetzter vorgesetzten jefe gestor superieur")
	givenWords  = words("first given forename firstname vorname prenom voornaam imie")
	familyWords = words("last family surname lastname nachname apellido apellidos cognome achternaam sobrenome nazwisko")
	dayWords    = words("date day datum fecha data on дата")
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
