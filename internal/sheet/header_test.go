package sheet

import "testing"

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
