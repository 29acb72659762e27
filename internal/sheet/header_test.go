package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What systems of many kinds and countries write above the columns of their lists of people.
func TestHeadingsOfPeople(t *testing.T) {
	for heading, want := range map[string]Field{
		"Employee #": ExternalID, "Nº empleado": ExternalID, "EMP_NBR": ExternalID, "社員番号": ExternalID, "工号": ExternalID, "사번": ExternalID, "Табельный номер": ExternalID,
		"Last name, First name": FullName, "Name, Vorname": FullName, "Worker": FullName, "氏名": FullName, "姓名": FullName, "이름": FullName, "ФИО": FullName, "FULL_NM": FullName,
		"First Name [Required]": GivenName, "Voornaam": GivenName, "Efternamn": FamilyName, "Nazwisko": FamilyName,
		"メールアドレス": Email, "邮箱": Email, "E-post": Email, "Email - Work": Email, "EMAIL_ADDR": Email,
		"Business Title": Title, "Employee Title": Title, "役職": Title, "职位": Title, "Supervisory Organization": Department, "部署": Department, "DEPT_NM": Department,
		"Responsable hiérarchique": ManagerName, "上司": ManagerName, "Leidinggevende": ManagerName, "MGR_EMP_ID": ManagerID,
		"入社日": EmployedFrom, "STRT_DT": EmployedFrom, "离职日期": EmployedTo, "END_DT": EmployedTo, "Employee Type": NoField, "Building ID": NoField,
		"login": Email, "cn": FullName, "sn": FamilyName, "physicalDeliveryOfficeName": Location, "LastLogonDate": NoField, "Last date of employment": EmployedTo, "Reporting to": ManagerName,
		"Sukunimi": FamilyName, "Příjmení": FamilyName, "Soyadı": FamilyName, "Vezetéknév": FamilyName, "Επώνυμο": FamilyName, "שם משפחה": FamilyName, "الاسم الكامل": FullName, "Прізвище": FamilyName,
		"Tussenvoegsel": Particle, "Segundo apellido": SecondFamily, "İşe Giriş Tarihi": EmployedFrom, "Nærmeste leder": ManagerName, "First day": EmployedFrom,
	} {
		if got, _ := guessField(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

// Names stand in entries of directories, with what somebody is at present behind them, or family name first.
func TestPeopleAsSystemsNameThem(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Worker,Employee #,Email,Manager,END_DT\n"+
		"Ana Souza (On Leave),17,ana@example.org,\"CN=Ray\\, Bob,OU=Users,DC=example\",99991231\n"+
		"Bob Ray,18,bob@example.org,,99991231\nZed Old (Terminated),19,zed@example.org,RAY Bob,20241231\n"), PeopleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	list.ResolveManagers()
	for i, want := range []struct {
		name    string
		manager int
		open    bool
	}{{"Ana Souza", 3, true}, {"Bob Ray", 0, true}, {"Zed Old", 3, false}} {
		if p := list.People[i]; p.Name != want.name || p.ManagerLine != want.manager || p.EmployedTo.IsZero() != want.open {
			t.Errorf("%s, manager on line %d, until %v; want %+v", p.Name, p.ManagerLine, p.EmployedTo, want)
		}
	}
}

// What directories say of private addresses and passwords is nobody's business here.
func TestPasswordsAndPrivateAddressesAreNotRead(t *testing.T) {
	for _, h := range []string{"Password [Required]", "Recovery Email", "secondEmail", "Recovery Phone [MUST BE IN THE E.164 FORMAT]", "alternateEmailAddress", "Дата рождения", "生年月日", "생년월일", "تاريخ الميلاد"} {
		if !isSensitive(h) {
			t.Errorf("%s is read", h)
		}
	}
}

func TestWhichOfSeveralColumnsIsMeant(t *testing.T) {
	for name, try := range map[string]struct {
		text string
		want map[Field]string
	}{
		"mail before the name of the account": {"displayName,userPrincipalName,mail\nAnn Lee,al@x.example,ann@x.example\n", map[Field]string{FullName: "displayName", Email: "mail"}},
		"department before division":          {"Name,Division,Department\nAnn Lee,EU,IT\n", map[Field]string{FullName: "Name", Department: "Department"}},
		"names of accounts that are names":    {"User id,User name,email\nx1,Ann Lee,ann@x.example\n", map[Field]string{ExternalID: "User id", FullName: "User name", Email: "email"}},
		"managers by number":                  {"User ID,Name,Manager\na1,Ann Lee,NO_MANAGER\nb2,Bo Ek,a1\nc3,Cy Ott,a1\n", map[Field]string{ExternalID: "User ID", FullName: "Name", ManagerID: "Manager"}},
		"headings below groups":               {",Staff list,,\nEmployee,,Manager,\nNo.,Full name,Name,E-mail\n1,Ann Lee,Bo Ek,bo@x.example\n", map[Field]string{ExternalID: "No.", FullName: "Full name", ManagerName: "Manager Name", ManagerEmail: "Manager E-mail"}},
		"a number that stands twice":          {"ID,Name\n1,Ann Lee\n1,Ann Lee\n2,Bo Ek\n", map[Field]string{ExternalID: "ID", FullName: "Name"}},
	} {
		if diff := cmp.Diff(try.want, headingsOf(readPeople(t, try.text, PeopleOptions{}))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// headingsOf are the headings of the columns that are used, by field.
func headingsOf(l PeopleList) map[Field]string {
	fields := map[Field]string{}
	for _, c := range l.Columns {
		if c.Field != NoField {
			fields[c.Field] = c.Header
		}
	}
	return fields
}
