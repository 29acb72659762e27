package sheet

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func readPeople(t *testing.T, text string, options PeopleOptions) PeopleList {
	t.Helper()
	options.Today = today
	list, err := ReadPeople("people.csv", []byte(text), options)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func fieldsOf(columns []Column) []Field {
	var out []Field
	for _, c := range columns {
		out = append(out, c.Field)
	}
	return out
}

func TestHeadings(t *testing.T) {
	tests := []struct {
		text string
		want []Field
	}{
		{"Employee ID,First Name,Last Name,E-mail,Phone\n1,Ann,Lee,ann@example.org,1", []Field{ExternalID, GivenName, FamilyName, Email, Phone}},
		{"DateofHire,EmpID,Employee_Name,ManagerName,ManagerID\n2020-01-01,7,\"Lee, Ann\",Bo Ek,3", []Field{EmployedFrom, ExternalID, FullName, ManagerName, ManagerID}},
		{"Personalnummer;Name;Vorname;Eintrittsdatum;Austritt;Abteilung;Führungskraft\n1;Lang;Eva;01.02.2020;;IT;Max Kurz",
			[]Field{ExternalID, FamilyName, GivenName, EmployedFrom, EmployedTo, Department, ManagerName}},
		{"Matricule;Prénom;Nom;Courriel;Date d'embauche;Service\n1;Zoé;Roux;z@example.org;01/02/2020;IT",
			[]Field{ExternalID, GivenName, FamilyName, Email, EmployedFrom, Department}},
		{"Apellidos,Nombre,Correo electrónico,Puesto\nGil,Eva,e@example.org,Jefa", []Field{FamilyName, GivenName, Email, Title}},
		{"Nome completo,Cargo,Gestor,Data de admissão\nAna Sá,Analista,Rui Paz,2020-01-01", []Field{FullName, Title, ManagerName, EmployedFrom}},
		{"Name,Manager\nAnn Lee,bo@example.org\nBo Ek,", []Field{FullName, ManagerEmail}},
		{"Name,Manager,ID\nAnn Lee,2,1\nBo Ek,2,2", []Field{FullName, ManagerID, ExternalID}},
		{"Name,Given name\nAnn Lee,Ann\nBo Ek,Bo", []Field{FullName, GivenName}},
		{"Name,E-mail\nAnn Lee,ANN\nBo Ek,BO", []Field{FullName, NoField}},
		{"Name,Position,Position ID\nAnn,Clerk,7\nBo,Chief,8", []Field{FullName, Title, NoField}},
		{"Name,Team,Company,Country,Office\nAnn,Desk,Acme,Chile,Lima", []Field{FullName, Department, Company, Region, Location}},
		{"Name,Team,Department\nAnn,Desk,IT", []Field{FullName, NoField, Department}},
		{"nombre_completo,area,fecha_inicio_contrato,fecha_fin_contrato\nAna Gil,IT,2023-02-15,2024-02-14", []Field{FullName, Department, EmployedFrom, EmployedTo}},
		{"Nombre,Fecha de alta (empresa),Fecha fin de prueba\nAna Gil,2023-02-15,2023-05-15", []Field{FullName, EmployedFrom, NoField}},
		{"ФИО,Департамент,Дата приёма на работу,Дата увольнения,Офис\nАнна Ли,ИТ,15.02.2023,,Тверь", []Field{FullName, Department, EmployedFrom, EmployedTo, Location}},
		{"name,branch,physicalDeliveryOfficeName\nAnn Lee,TVR,Tver main office", []Field{FullName, NoField, Location}},
		{"name,branch\nAnn Lee,Tver", []Field{FullName, Location}},
	}
	for _, tt := range tests {
		heading, _, _ := strings.Cut(tt.text, "\n")
		t.Run(heading, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, fieldsOf(readPeople(t, tt.text, PeopleOptions{}).Columns)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Why a column is left out is true of it: nobody can say that what an unknown heading stands over is not kept.
func TestWhyAColumnIsLeftOut(t *testing.T) {
	list := readPeople(t, "Name,Zlorp,Gebdat,Employment status\nAnn Lee,x,1.2.1980,left after a row\n", PeopleOptions{})
	for i, says := range []string{"its heading is not known here", "personal, and of no use here: it is not read", "it does not say plainly whether people are still employed, and may say why they left: it is not read"} {
		if c := list.Columns[i+1]; c.Why != says || !c.LeftOut {
			t.Errorf("%s: %s", c.Header, c.Why)
		}
	}
}

func TestSensitiveColumnsLeaveNoTrace(t *testing.T) {
	headings := []string{"Birthdate", "DOB", "Gender", "Sex", "Race", "RaceDesc", "HispanicLatino", "MaritalDesc", "CitizenDesc", "Salary", "COMMISSION_PCT",
		"Zip", "PerformanceScore", "Absences", "Age", "Religion", "Home phone", "Geburtsdatum", "Gehalt", "Date de naissance", "Estado civil", "TermReason"}
	harmless := []string{"Manager", "Stage", "Language", "Location", "Essex office", "Payroll number", "Workspace"}
	for _, h := range headings {
		list := readPeople(t, "Name,"+h+"\nAnn Lee,s3cret\n", PeopleOptions{})
		if c := list.Columns[1]; !c.Sensitive || !c.LeftOut || c.Header != h {
			t.Errorf("%s: %+v", h, c)
		}
		out, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(out), "s3cret") {
			t.Errorf("%s: its value is in the output", h)
		}
		_, err = ReadPeople("x.csv", []byte("Name,"+h+"\nAnn,s3cret\n"), PeopleOptions{Mapping: map[int]Field{1: Title}})
		if CodeOf(err) != WrongMapping {
			t.Errorf("%s: chosen by hand, got %v", h, err)
		}
	}
	for _, h := range harmless {
		if isSensitive(h) {
			t.Errorf("%s counts as sensitive", h)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ text, name, sort string }{
		{"Name\n\"Adler, Wilma  K \"\n", "Wilma K Adler", "Adler, Wilma K"},
		{"Name\n\"Ait Sidi,Karim\"\n", "Karim Ait Sidi", "Ait Sidi, Karim"},
		{"Name\n\"King, Martin Luther, Jr.\"\n", "Martin Luther King Jr.", "King, Martin Luther"},
		{"Name\nAnn  Lee\n", "Ann Lee", "Lee, Ann"},
		{"Name\nLudwig van Beethoven\n", "Ludwig van Beethoven", "van Beethoven, Ludwig"},
		{"Name\n\"Sam Lee, PhD\"\n", "Sam Lee, PhD", "Lee, Sam"},
		{"Name\nCher\n", "Cher", "Cher"},
		{"Name\n\"Dr. Neumann, Eva\"\n", "Dr. Eva Neumann", "Neumann, Eva"},
		{"Name\n\"Müller, Jürgen, Prof. Dr.\"\n", "Prof. Dr. Jürgen Müller", "Müller, Jürgen"},
		{"Name\n\"van der Berg, Anna, MSc\"\n", "Anna van der Berg, MSc", "van der Berg, Anna"},
		{"Name\nMrs. Ann Lee\n", "Ann Lee", "Lee, Ann"},
		{"Voornaam,Tussenvoegsel,Achternaam\nJan,de,Vries\n", "Jan de Vries", "de Vries, Jan"},
		{"Nombre,Primer apellido,Segundo apellido\nAna,Ruiz,Ortega\n", "Ana Ruiz Ortega", "Ruiz Ortega, Ana"},
		{"first name,last name\n太郎,山田\n", "山田 太郎", "山田, 太郎"},
		{"Name\n王小明\n", "王小明", "王小明"},
		{"First name,Last name\nAnn,null\n", "Ann", "Ann"},
		{"First name,Last name\n ,Higgins\n", "Higgins", "Higgins"},
		{"First name,Last name\nJo,Null\n", "Jo Null", "Null, Jo"},
		{"First name,Last name,Display name\nJo,Dee,Jo “JD” Dee\n", "Jo “JD” Dee", "Dee, Jo"},
	}
	for _, tt := range tests {
		p := readPeople(t, tt.text, PeopleOptions{}).People[0]
		if p.Name != tt.name || p.SortName != tt.sort {
			t.Errorf("%q: got %q, %q", tt.text, p.Name, p.SortName)
		}
	}
}

func TestNoName(t *testing.T) {
	list := readPeople(t, "ID,First name,Last name\n1,null,-\n2,Ann,Lee\n", PeopleOptions{})
	want := []LineProblem{{Code: "no-name", Line: 2, Field: FullName, Text: "There is no name on this line.", Fatal: true}}
	if diff := cmp.Diff(want, list.Problems); diff != "" {
		t.Error(diff)
	}
	if want := (PeopleCounts{Lines: 2, People: 1, Refused: 1}); list.Counts != want {
		t.Errorf("counts %+v", list.Counts)
	}
}

func TestEmployment(t *testing.T) {
	list := readPeople(t, `Name,Hire date,Termination date
Ann,2020-01-01,2019-12-31
Bo,2020-01-01,2020-01-01
Cy,2020-01-01,soon
Di,2020-01-01,9999-12-31
Ed,2020-01-01,2031-05-06
Fe,2020-01-01,2020-02-02
`, PeopleOptions{})
	var got []string
	for _, p := range list.People {
		got = append(got, p.Name+" "+p.EmployedTo.Format("2006-01-02"))
	}
	if diff := cmp.Diff([]string{"Bo 2020-01-01", "Di 0001-01-01", "Ed 2031-05-06", "Fe 2020-02-02"}, got); diff != "" {
		t.Error(diff)
	}
	want := []LineProblem{
		{Code: "ends-before-start", Line: 2, Field: EmployedTo, Text: "Ann leaves on 31 Dec 2019, before the first day on 1 Jan 2020.", Fatal: true},
		{Code: "no-date", Line: 4, Field: EmployedTo, Text: "“soon” is not a date, so it is not known whether Cy has left.", Fatal: true},
	}
	if diff := cmp.Diff(want, list.Problems); diff != "" {
		t.Error(diff)
	}
}

func TestRepeats(t *testing.T) {
	list := readPeople(t, `Employee ID,Name,E-mail
7,Ann Lee,ann@example.org
7,"Lee, Ann",ann@example.org
7,Bo Ek,bo@example.org
,Cy Ott,Ann@example.org
,Cy Ott,Ann@example.org
8,Di Day,di at example
`, PeopleOptions{Mapping: map[int]Field{2: Email}})
	var got []string
	for _, p := range list.Problems {
		got = append(got, fmt.Sprintf("%d %s %v", p.Line, p.Code, p.Fatal))
	}
	if diff := cmp.Diff([]string{"3 repeated true", "4 same-number true", "5 same-email false", "6 repeated true", "7 no-email false"}, got); diff != "" {
		t.Error(diff)
	}
	if want := (PeopleCounts{Lines: 6, People: 3, Repeated: 2, Refused: 1}); list.Counts != want {
		t.Errorf("counts %+v", list.Counts)
	}
}

func TestMapping(t *testing.T) {
	text := "Wer,Was\nAnn Lee,Clerk\n"
	list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
	if CodeOf(err) != NotPeople || len(list.Columns) != 2 {
		t.Fatalf("got %v with %d columns", err, len(list.Columns))
	}
	chosen := readPeople(t, text, PeopleOptions{Mapping: map[int]Field{0: FullName, 1: Title}})
	if p := chosen.People[0]; p.Name != "Ann Lee" || p.Title != "Clerk" {
		t.Errorf("got %+v", p)
	}
	for name, mapping := range map[string]map[int]Field{"twice": {0: FullName, 1: FullName}, "unknown": {0: "shoe-size"}} {
		if _, err := ReadPeople("x.csv", []byte(text), PeopleOptions{Mapping: mapping}); CodeOf(err) != WrongMapping {
			t.Errorf("%s: got %v", name, err)
		}
	}
	left := readPeople(t, "Name,Title\nAnn,Clerk\n", PeopleOptions{Mapping: map[int]Field{1: NoField}})
	if left.People[0].Title != "" || !left.Columns[1].LeftOut {
		t.Errorf("got %+v", left)
	}
}

func TestPeopleBelowATitle(t *testing.T) {
	data := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Read me", "first")
		if _, err := f.NewSheet("Staff"); err != nil {
			t.Fatal(err)
		}
		setRow(t, f, "Staff", "B2", "Staff list, spring")
		setRow(t, f, "Staff", "B4", "No", "Name", "Start date")
		setRow(t, f, "Staff", "B5", 1, "Ann Lee", today)
	})
	list, err := ReadPeople("x.xlsx", data, PeopleOptions{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	p := list.People[0]
	if list.Where != "Staff" || list.Header != 4 || p.Line != 5 || p.ExternalID != "1" || !p.EmployedFrom.Equal(today) {
		t.Errorf("got %+v from %s", p, list.Where)
	}
	if _, err := ReadPeople("x.xlsx", data, PeopleOptions{Sheet: "Other"}); CodeOf(err) != NotPeople {
		t.Errorf("another sheet: %v", err)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"1/20/2002", "10-12-10", "2029-10-29 06:09:38 UTC", "21-Jun-07", "07/10/83", "31.12.9999", "39254", "20070621", "21 de março de 2007", "2024-02-29T10:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		raw, ok := parseDate(s)
		if !ok {
			return
		}
		for _, order := range []DateOrder{DMY, MDY, YMD} {
			day, ok := raw.in(order, 2036)
			if !ok {
				continue
			}
			if day.Year() < 1900 || day.Year() > 9999 || day.Hour() != 0 {
				t.Fatalf("%q gave %v", s, day)
			}
			again, ok := parseDate(day.Format(time.DateOnly))
			if back, ok2 := again.in(DMY, 2036); !ok || !ok2 || !back.Equal(day.Time) {
				t.Fatalf("%q gave %v, which reads back as %v", s, day, back)
			}
		}
	})
}

// Some names in a column of "Last, First" have no comma; they are names all the same.
func TestNamesWithoutACommaStayAmongThoseWithOne(t *testing.T) {
	t.Parallel()
	list, err := ReadPeople("p.csv", []byte("Name,Email\n\"Lee, Ann\",ann@example.org\n山田太郎,taro@example.org\n\"Fox, Ed\",ed@example.org\nBo Ray,bo@example.org\n"), PeopleOptions{})
	if err != nil || len(list.Problems) != 0 {
		t.Fatal(err, list.Problems)
	}
	var got []string
	for _, p := range list.People {
		got = append(got, p.Name+" | "+p.SortName)
	}
	want := []string{"Ann Lee | Lee, Ann", "山田太郎 | 山田太郎", "Ed Fox | Fox, Ed", "Bo Ray | Ray, Bo"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Of a workbook with several lists of people the best is read, and another can be.
func TestAnotherSheetOfPeople(t *testing.T) {
	table := PeopleTable{Where: "Staff", Rows: []Row{{1, []string{"ID", "Name"}}, {2, []string{"1", "Ann Lee"}}},
		Others: []PeopleTable{{Where: "Leavers", Rows: []Row{{1, []string{"ID", "Name"}}, {2, []string{"2", "Bo Ek"}}}}}}
	for name, want := range map[string]string{"": "Ann Lee", "Staff": "Ann Lee", "Leavers": "Bo Ek", "gone": "Ann Lee"} {
		list, err := table.Read(PeopleOptions{Sheet: name})
		if err != nil || len(list.People) != 1 || list.People[0].Name != want || len(list.Sheets) != 2 {
			t.Errorf("%q: got %+v, %v", name, list, err)
		}
	}
}

// An address ends in a name with a dot; what does not is said, and left out.
func TestAnAddressWithoutADomain(t *testing.T) {
	list := readPeople(t, "Name,E-mail\nBob Ek,bob@acme\nAnn Lee,ann@acme.example\n", PeopleOptions{})
	if len(list.People) != 2 || list.People[0].Email != "" || list.People[1].Email == "" || len(list.Problems) != 1 || list.Problems[0].Code != "no-email" {
		t.Errorf("%+v %+v", list.People, list.Problems)
	}
}
