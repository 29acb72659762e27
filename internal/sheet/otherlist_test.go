package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Other lists have names and addresses, too.
func TestWhatIsNoListOfStaffIsSaid(t *testing.T) {
	for text, says := range map[string]string{
		"Customer ID,First Name,Last Name,Email,Subscription date\n7,Ann,Bo,a@b.co,2026-01-01\n":                                          "customers",
		"id,name,department,title,price,stock\n1,Hammer,Tools,Steel hammer,12,33\n":                                                       "products",
		"name,studentid,gpa\nAnn Bo,7,3.2\n":                                                                                              "students",
		"Event,Date,Location,Contact,Organizer\nSummer party,2026-06-01,Bonn,Ann Bo,Cy Day\n":                                             "events",
		"Name,Start date,End date,Organizer,Attendees\nSteering,2026-06-01,2026-06-01,Ann Bo,Cy\n":                                        "events",
		"Name,Incident,Severity,Incident manager,Reported on\nMail down,7,2,Ann Bo,2026-06-01\n":                                          "incidents",
		"Termin,Datum,Ort,Name,Teilnehmer\nJour fixe,01.02.2026,Bonn,Ann Bo,Cy Day\n":                                                     "meetings",
		"Name,Start date,End date,Subject,Location\nAnn Bo,2026-06-01,,Physics,Bonn\n":                                                    "",
		"Employee,Start time,End time,Duration\nAnn Bo,8:00,16:00,8\n":                                                                    "",
		"Name,Manager,Event,Duration\nAnn Bo,Cy Day,Fair,3\n":                                                                             "",
		"Name,Department,Start time,End time\nAnn Bo,IT,8:00,16:00\n":                                                                     "",
		"name,id\nFinance Directorate,1\nDigital Programme,2\nAnn Bo,3\n":                                                                 "parts of an organisation",
		"id,parentId,name,title\n1,,Ana Sá,Diretora\n2,1,Contas a Pagar,Cts. a Pagar\n3,1,Recursos Humanos,RH\n4,1,Queijaria,Queijaria\n": "parts of an organisation",
		"name,title\nBuchhaltung,\nEinkauf,\nEva Lang,Leitung\n":                                                                          "parts of an organisation",
		"Name,Title\nSales,Clerk\nAna Luz Sales,Clerk\nMarco Law,Clerk\nKim & Bo Day,Clerk\n":                                             "",
		"Name,Email\nSales,s@b.co\nMarketing,m@b.co\n":                                                                                    "",
		"Employee ID,Name,Laptop,Model,Serial number\n1,Ann Bo,yes,X1,77\n":                                                               "",
		"Name,Department\nEmployee 12,IT\nEmployee 13,IT\n":                                                                               "",
		"Name,E-mail,Department\nAnn Bo,a@b.co,Sales team\n":                                                                              "",
	} {
		list := readPeople(t, text, PeopleOptions{})
		said := list.Doubt()
		if (says == "") != (said == "") || !strings.Contains(said, says) {
			t.Errorf("%q: %q", text, said)
		}
	}
	if _, err := ReadPeople("x.csv", []byte("Name,Manufacturer,Location\nLAP-0001,Dell,Bonn\nLAP-0002,HP,Bonn\n"), PeopleOptions{}); CodeOf(err) != NotPeople {
		t.Errorf("codes are taken for names: %v", err)
	}
}

// What these files hold was seen in those of strangers; the names are invented.
func TestPeopleAsStrangersWriteThem(t *testing.T) {
	for name, try := range map[string]struct {
		file, text string
		want       []string // name|title|manager's line; "-" and the code of lines that are not taken
	}{
		"numbered names":          {"x.csv", "Nombre1,Nombre2,ApellidoPaterno,ApellidoMaterno\nEva,Luz,Gil,Paz\n", []string{"Eva Luz Gil Paz||0"}},
		"middle names":            {"x.csv", "GivenName,MiddleName,Surname\nJo,Ray,Dee\nAl,,Fox\n", []string{"Jo Ray Dee||0", "Al Fox||0"}},
		"a manager in two cells":  {"x.csv", "Prénom,Nom,fonction,Manager-Prénom,Manager-Nom\nZoé,Roux,Chef,,\nAli,Ben Said,Agent,Zoé,Roux\n", []string{"Zoé Roux|Chef|0", "Ali Ben Said|Agent|2"}},
		"a chart by parents":      {"x.csv", "name,id,parentId,positionName\nAnn Bo,a-1,,Head\nCy Day,a-2,a-1,Clerk\n", []string{"Ann Bo|Head|0", "Cy Day|Clerk|2"}},
		"parents who are others":  {"x.csv", "name,id,parent\nAnn Bo,1,Eve Bo\nCy Day,2,Kim Day\n", []string{"Ann Bo||0", "Cy Day||0"}},
		"women and men":           {"x.csv", "Bereich;Ansprechpartner:in;Funktion;Festnetz\nIT;Lang, Eva;Leitung;11\nIT;N. N.;Azubi;12\n", []string{"Eva Lang|Leitung|0", "- vacant"}},
		"numbers for titles":      {"x.csv", "APELLIDO Y NOMBRE,CARGO,FUNCIÓN\n\"GIL, Eva\",63,Rectora\nAPELLIDO Y NOMBRE,CARGO,FUNCIÓN\n\"PAZ, Luz\",64,Chofer\n", []string{"Eva GIL|Rectora|0", "- headings", "Luz PAZ|Chofer|0"}},
		"name and title together": {"x.html", "<table><tr><th>Name and title</th><th>Email</th></tr><tr><td>Ann Bo<br>Head of IT</td><td>a@b.co</td></tr></table>", []string{"Ann Bo|Head of IT|0"}},
		"placeholders":            {"x.csv", "name,title\nFIRST LAST,TITLE\nTeam Member Name,Role\n<name>,x\nAnn Bo,Head\n", []string{"- headings", "- template-line", "- template-line", "Ann Bo|Head|0"}},
		"one person twice":        {"x.csv", "Name,Department,Email\nAnn Bo,IT,a@b.co\nAnn Bo,HR,A@b.co\nCy Day,HR,a@b.co\n", []string{"Ann Bo||0", "- repeated", "Cy Day||0"}},
		"a name beside a surname": {"x.csv", "name,surname,positionName\nJan Petr,Novák,Clerk\nAcme,,\nEva,Malá,Head\n", []string{"Jan Petr Novák|Clerk|0", "Acme||0", "Eva Malá|Head|0"}},
		"a whole name beside it":  {"x.csv", "name,surname\nJan Novák,Novák\n\"Malá, Eva\",Malá\n", []string{"Jan Novák||0", "Eva Malá||0"}},
		"titles before names":     {"x.csv", "Titel;Vorname;Nachname;Stelle\nDr.;Eva;Lang;Ärztin\nProf. Dr.;Max;Kurz;Chef\n", []string{"Dr. Eva Lang|Ärztin|0", "Prof. Dr. Max Kurz|Chef|0"}},
		"salutations":             {"x.csv", "Title,Name\nMr,Ann Bo\nMrs.,Cy Day\n", []string{"Ann Bo||0", "Cy Day||0"}},
		"titel is a job up north": {"x.csv", "Navn;Titel\nIda Moe;Konsulent\n", []string{"Ida Moe|Konsulent|0"}},
		"a payroll":               {"x.csv", "PersonalNr;Nachname;Vorname;Aktiv;BeginnTaetigkeit;EndeTaetigkeit;Kirche\n7;Lang;Eva;Nein;01.03.2019;31.12.2023;rk\n", []string{"Eva Lang||0"}},
		"a tree of records":       {"x.json", `{"id":"1","name":"Ann Bo","title":"Head","children":[{"id":"2","name":"Cy Day","title":"Clerk","children":[]},{"id":"3","name":"Di Fox","title":"Lead","children":[{"id":"4","name":"Ed Gil","title":"Clerk"}]}]}`, nil},
		"their own manager":       {"x.csv", "id,name,reports_to\n1,Ann Bo,1\n2,Cy Day,1\n", []string{"Ann Bo||0", "Cy Day||2"}},
		"entries of a directory": {"x.ldif", "dn: cn=all,dc=x\nobjectClass: top\nobjectClass: groupOfNames\ncn: All users\n\ndn: uid=a,dc=x\nobjectClass: person\nobjectClass: organizationalPerson\ncn: Ann Bo\nsn: Bo\n",
			[]string{"- no-person", "Ann Bo||0"}},
	} {
		list, err := ReadPeople(try.file, []byte(try.text), PeopleOptions{Today: today})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list.ResolveManagers()
		if name == "a tree of records" { // all on one line
			var got []string
			for _, p := range list.People {
				got = append(got, p.Name+"<"+p.ManagerID)
			}
			if diff := cmp.Diff([]string{"Ann Bo<", "Cy Day<1", "Di Fox<1", "Ed Gil<3"}, got); diff != "" {
				t.Error(diff)
			}
			continue
		}
		if diff := cmp.Diff(try.want, peopleIn(list)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if unsettled := list.People[0]; name == "their own manager" && unsettled.ManagerID != "" {
			t.Errorf("who is their own manager is said again: %+v", unsettled)
		}
	}
}

// peopleIn are the lines of a list in short, in their order.
func peopleIn(l PeopleList) []string {
	at := map[int]string{}
	last := 0
	for _, p := range l.People {
		at[p.Line], last = p.Name+"|"+p.Title+"|"+count(p.ManagerLine), max(last, p.Line)
	}
	for _, p := range l.Problems {
		if p.Fatal {
			at[p.Line], last = "- "+p.Code, max(last, p.Line)
		}
	}
	var out []string
	for line := range last + 1 {
		if s, ok := at[line]; ok {
			out = append(out, s)
		}
	}
	return out
}

// Hats are listed with what people are called in programs, in other scripts, and in forms that nobody filled in.
func TestHatsAsStrangersWriteThem(t *testing.T) {
	got := hatsIn(t, "Role,Contributor(s)\nHead of IT,Ann Lee (@annlee)\nOwner,<name>\nClerk,N.N.\n", nil)
	if diff := cmp.Diff([]string{"2 Ann Lee|Head of IT|", "3 refused", "4 refused"}, got); diff != "" {
		t.Error(diff)
	}
	if got := hatsIn(t, "姓名,职务\n王小明,Owner\n", nil); len(got) != 1 || got[0] != "2 王小明|Owner|" {
		t.Errorf("got %v", got)
	}
}
