package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"hatrack/internal/itsm"
)

func TestAListOfHatsIsReadByHeadingsAndByWhatItNames(t *testing.T) {
	known := KnownFields(itsm.KnownHats{
		People: []itsm.Person{{Name: "Anna Weber", Email: "anna@example.org"}, {Name: "Bert Klein"}}, Practices: []itsm.Ref{{ID: 1, Name: "Incident management"}},
		Regions: []itsm.Region{{Name: "EMEA"}}, Chairs: []itsm.Chair{{Kind: itsm.Practitioner, Name: "Analyst"}},
	})
	for name, text := range map[string]string{
		"english":   "Practice,Role,Name,From,Last day,Region,Capacity\nIncident management,Owner,Anna Weber,2026-01-02,2026-12-31,EMEA,deputy\n",
		"german":    "Von;Bis;Praktik;Rolle;Inhaber;Region;Eigenschaft\n02.01.2026;31.12.2026;Incident management;Owner;Weber, Anna;EMEA;deputy\n",
		"french":    "Titulaire;Fonction;Pratique;Début;Fin;Région;En qualité de\nAnna Weber;Owner;Incident management;02/01/2026;31/12/2026;EMEA;deputy\n",
		"japanese":  "担当,役割,領域,開始,終了,地域,形\nAnna Weber,Owner,Incident management,2026-01-02,2026-12-31,EMEA,deputy\n",
		"shuffled":  "地域,終開,x,y,z,w,v\nEMEA,2026-01-02,2026-12-31,deputy,Incident management,Anna Weber,Owner\n",
		"title row": "Who wears what\n\nPractice,Role,Name,From,Last day,Region,Capacity\nIncident management,Owner,Anna Weber,2026-01-02,2026-12-31,EMEA,deputy\n",
	} {
		found, err := FindHats(name+".csv", []byte(text), Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list, err := ReadHats(found[0], ListOptions{Known: known, DateOrder: DMY})
		if err != nil || len(list.Hats) != 1 {
			t.Errorf("%s: %d hats, %v, %+v", name, len(list.Hats), err, list.Columns)
			continue
		}
		h := list.Hats[0]
		if h.Holder != "Anna Weber" || h.Role+h.Kind != "Owner" || h.Practice != "Incident management" || h.Region != "EMEA" || h.As != "deputy" ||
			h.From == nil || itsm.ISODay(*h.From) != "2026-01-02" || h.Until == nil || itsm.ISODay(*h.Until) != "2027-01-01" {
			t.Errorf("%s: %+v, %+v", name, h, list.Columns)
		}
	}
}

// A heading that nobody knows over values of which some are known names the role, where no other column does.
func TestTheColumnWithTheRolesIsFoundByThoseThatAreKnown(t *testing.T) {
	known := KnownFields(itsm.KnownHats{People: []itsm.Person{{Name: "Anna Weber"}, {Name: "Bert Klein"}}, Chairs: []itsm.Chair{{Kind: itsm.Practitioner, Name: "Analyst"}}})
	found, err := FindHats("x.csv", []byte("Nimi,Mikä,Huomio\nAnna Weber,Analyst,x\nBert Klein,Chief of something,y\nAnna Weber,Tester,z\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{Known: known})
	if err != nil || len(list.Hats) != 3 || list.Hats[1].Role != "Chief of something" {
		t.Errorf("%v: %+v, %+v", err, list.Hats, list.Columns)
	}
	if _, err := ReadHats(found[0], ListOptions{Known: known, Mapping: map[int]Field{1: NoField}}); CodeOf(err) != WrongMapping {
		t.Errorf("what was left out by hand is read: %v", err)
	}
}

func TestLinesThatSayNoHatAreRefused(t *testing.T) {
	found, err := FindHats("x.csv", []byte("Practice,Role,Name,From,Salary\nIncident,Owner,,2026-01-01,1\nIncident,,Anna,2026-01-01,1\nIncident,Owner,Anna,soon,1\nIncident,Owner,Anna,,1\n,,,,\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if found[0].Rows[1].Cells[4] != "" {
		t.Errorf("a salary is kept: %v", found[0].Rows[1].Cells)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil || len(list.Hats) != 1 || list.Hats[0].Line != 5 || len(list.Refused) != 3 {
		t.Errorf("got %+v, %v", list, err)
	} else if r := list.Refused; r[0].What != "Owner" || r[1].What != "Anna" || r[2].What != "Anna, Owner" {
		t.Errorf("of what is refused it says %+v", r)
	}
}

func TestIntervalsAreReadAsMonths(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "12": 12, "12 months": 12, "annually": 12, "every 2 years": 24, "Yearly": 12, "jährlich": 12, "alle 6 Monate": 6, "quarterly": 3, "semi-annual": 6, "half-yearly": 6,
		"tous les ans": 12, "trimestral": 3, "18 mois": 18, "monthly": 1, "2 ans": 24, "2 yrs": 24, "P1Y": 12, "P18M": 18, "every six months": 6, "alle drei Jahre": 36, "every two years": 24,
	} {
		if got, ok := monthsOf(text); !ok || got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	for _, text := range []string{"sometimes", "0", "500", "1.5", "2 weeks", "on change"} {
		if got, ok := monthsOf(text); ok {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestAPolicyDocumentKeepsEverythingItSays(t *testing.T) {
	d := policyText("x.md", "---\nid: SEC-9\nreview cycle: annually\n---\n# Access control\n\nIssued by: The board\n\nIntro that belongs to it.\n\n## Purpose\nFewer leaks.\n\n## Policy statements\n\n(a) One.\n\n```\n# not a heading\n```\n\n## Exceptions\n\nNone.\n\n## Measurement\nLogs.\n")
	if d.number != "SEC-9" || d.title != "Access control" || d.body != "The board" || d.interval != "annually" || d.why != "Fewer leaks." || d.measure != "Logs." {
		t.Errorf("got %+v", d)
	}
	for _, part := range []string{"Intro that belongs to it.", "(a) One.", "# not a heading", "Exceptions\n\nNone.", "None."} {
		if !strings.Contains(d.statement, part) {
			t.Errorf("%q is lost: %q", part, d.statement)
		}
	}
	marked := policyText("m.md.tmpl", "# Data {{#needsPrivacy}}and privacy{{/needsPrivacy}}\n\nIt covers {{#health}}health records,{{/health}} contracts{{! ask legal }} and\nlogs of {{company}}.\n\n"+
		"{% if board %}\nThe board {% if yearly %}reads{% endif %} it.\n{% endif %}\n\n```\n{{#kept}}as it is{{/kept}}\n```\n")
	if want := "It covers health records, contracts and logs of {{company}}.\n\nThe board reads it.\n\n{{#kept}}as it is{{/kept}}"; marked.title != "Data and privacy" || marked.statement != want {
		t.Errorf("got %q, %q\nwant %q", marked.title, marked.statement, want)
	}
	long := policyText("long-one.md.tmpl", "no heading here\n"+strings.Repeat("word ", 10))
	if long.title != "long one" || long.number != "long-one" {
		t.Errorf("got %+v", long)
	}
	l, err := policyTexts([]File{{Name: "policy_a.md", Data: []byte("# A\n" + strings.Repeat("many words\n", 3000))}})
	if err != nil || len(l.Notes) != 1 || !strings.Contains(l.Notes[0].Text, "left out") {
		t.Errorf("what is cut off is not said: %+v, %v", l.Notes, err)
	}
}

// The workbook and the documents of strangers, in full.
func TestPoliciesOfStrangers(t *testing.T) {
	book := File{"doc-pol.xlsx", shared(t, "policies/ciso-assistant/doc-pol.xlsx")}
	found, err := FindPolicies([]File{book}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil || found[0].Where != "Policies_content" || len(list.Policies) != 25 || len(list.Refused) != 0 {
		t.Errorf("%s: %d policies, %v, %v", found[0].Where, len(list.Policies), list.Refused, err)
	}
	if p := list.Policies[0]; p.Number != "POL.MAIN" || p.Title != "Main policy" || !strings.HasPrefix(p.Statement, "information security objectives\ncommitment") {
		t.Errorf("got %+v", p)
	}
	french := slices.IndexFunc(list.Columns, func(c Column) bool { return c.Header == "name[fr]" })
	english := slices.IndexFunc(list.Columns, func(c Column) bool { return c.Header == "name" })
	if list, err = ReadPolicies(found[0], ListOptions{Mapping: map[int]Field{french: PolicyTitle, english: NoField}}); err != nil || list.Policies[0].Title != "Politique principale" {
		t.Errorf("%+v, %v", list.Policies[0], err)
	}
	text := shared(t, "policies/jupiterone/policy_access.md.tmpl")
	found, err = FindPolicies([]File{{"policy_access.md.tmpl", text}, {"policy_rar.md.tmpl", shared(t, "policies/jupiterone/policy_rar.md.tmpl")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if list, err = ReadPolicies(found[0], ListOptions{}); err != nil || len(list.Policies) != 2 || list.Policies[0].Title != "Access" || list.Policies[0].Number != "policy_access" || len(list.Policies[0].Statement) < len(text)*90/100 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A column in which nothing stands takes no field from one that holds something.
func TestAnEmptyColumnGivesWay(t *testing.T) {
	for _, head := range []string{"Rolle;Funktion", "Funktion;Rolle"} {
		row := strings.NewReplacer("Rolle", "Triage analyst", "Funktion", "").Replace(head)
		found, err := FindHats("x.csv", []byte("Prozess;Name;Von;"+head+"\nIncident;Ann Bo;1.3.2026;"+row+"\n"), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if list, err := ReadHats(found[0], ListOptions{}); err != nil || len(list.Hats) != 1 || list.Hats[0].Role != "Triage analyst" {
			t.Errorf("%s: %+v, %v", head, list, err)
		}
	}
}

func FuzzLists(f *testing.F) {
	f.Add("Practice,Role,Name,From\nIncident,Owner,Ann,2026-01-01\n", ".csv")
	f.Add("Ref;Title;Statement;Review\nP-1;Backups;Nightly;annually\n", ".csv")
	f.Add("# SEC-1 Access\n\nOwner: x\n\n## Purpose\n\nWhy.\n", ".md")
	f.Add("---\nid: 3\n---\n# T\n- a: b\n", ".md.tmpl")
	f.Add("- role: Owner\n  name: Ann\n", ".yaml")
	f.Add("Name;Email;Manager\nAnn;a@b.c;Bo\n", ".csv")
	f.Fuzz(func(t *testing.T, text, ending string) {
		name := "x" + ending
		if found, err := FindHats(name, []byte(text), Limits{}); err == nil {
			list, err := ReadHats(found[0], ListOptions{})
			if err == nil && len(list.Hats)+len(list.Refused) != len(found[0].Rows)-1 {
				t.Errorf("%d lines became %d and %d", len(found[0].Rows)-1, len(list.Hats), len(list.Refused))
			}
		} else if CodeOf(err) == "" {
			t.Errorf("an error without a code: %v", err)
		}
		if found, err := FindPolicies([]File{{name, []byte(text)}}, Limits{}); err == nil {
			list, err := ReadPolicies(found[0], ListOptions{})
			if err == nil && len(list.Policies)+len(list.Refused) != len(found[0].Rows)-1 {
				t.Errorf("%d lines became %d and %d", len(found[0].Rows)-1, len(list.Policies), len(list.Refused))
			}
			itsm.PlanPolicies(itsm.KnownPolicies{Organisation: "Here"}, list.Policies, nil, itsm.Day(2026, 1, 1))
		} else if CodeOf(err) == "" {
			t.Errorf("an error without a code: %v", err)
		}
		if list, err := ReadPeople(name, []byte(text), PeopleOptions{}); err == nil {
			list.ResolveManagers()
			if c := list.Counts; c.Lines != c.People+c.Repeated+c.Refused {
				t.Errorf("the lines do not add up: %+v", c)
			}
		}
	})
}

// hatsIn are the lines of a list in short: line, holder, role, what it hangs on.
func hatsIn(t *testing.T, text string, known map[Field]func(string) bool) (got []string) {
	t.Helper()
	found, err := FindHats("x.csv", []byte(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{Known: known})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range list.Hats {
		got = append(got, fmt.Sprintf("%d %s|%s|%s", h.Line, h.Holder, cmp.Or(h.Role, h.Kind), h.Of+h.Practice+h.Process))
	}
	for _, r := range list.Refused {
		got = append(got, fmt.Sprintf("%d refused", r.Line))
	}
	return got
}

// Hats are also written as a table of roles and people, and several in one cell.
func TestHatsInTablesAndInCells(t *testing.T) {
	people := func(s string) bool { return s == "Ann Lee" || s == "Bo Ek" }
	known := func() map[Field]func(string) bool { return map[Field]func(string) bool{HatHolder: people} }
	for name, try := range map[string]struct {
		text string
		want []string
	}{
		"owners and managers of practices": {"Practice,Owner,Process manager,Remarks\nIncidents,Ann Lee,Bo Ek,fine\nProblems,tbd,\"Ann Lee, Bo Ek\",\n",
			[]string{"2 Ann Lee|Owner|Incidents", "2 Bo Ek|Process manager|Incidents", "3 Ann Lee|Process manager|Problems", "3 Bo Ek|Process manager|Problems"}},
		"marks of people":         {"Name,Analyst,Coordinator\nAnn Lee,X,\nBo Ek,x,x\n", []string{"2 Ann Lee|Analyst|", "3 Bo Ek|Analyst|", "3 Bo Ek|Coordinator|"}},
		"marks of roles":          {"Role,Ann Lee,Bo Ek\nAnalyst,✓,\nCoordinator,✓,✓\n", []string{"2 Ann Lee|Analyst|", "3 Ann Lee|Coordinator|", "3 Bo Ek|Coordinator|"}},
		"several in a cell":       {"Holders,Roles\n\"Lee, Ann\",Analyst; Coordinator\nAnn Lee / Bo Ek,Analyst\n", []string{"2 Ann Lee|Analyst|", "2 Ann Lee|Coordinator|", "3 Ann Lee|Analyst|", "3 Bo Ek|Analyst|"}},
		"headings again, a total": {"Holder,Role\nAnn Lee,Analyst\nHolder,Role\nTotal,1\n", []string{"2 Ann Lee|Analyst|", "3 refused", "4 refused"}},
		"a list stays one":        {"Person,Role,Certified\nAnn Lee,Analyst,x\n", []string{"2 Ann Lee|Analyst|"}},
	} {
		if diff := gocmp.Diff(try.want, hatsIn(t, try.text, known())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What a line says is over is not begun.
func TestHatsThatAreOver(t *testing.T) {
	for text, over := range map[string]bool{"Person,Role,Status\nAnn,Analyst,Ended\n": true, "Person,Role,u_active\nAnn,Analyst,false\n": true, "Person,Role,Active\nAnn,Analyst,true\n": false} {
		found, err := FindHats("x.csv", []byte(text), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if list, err := ReadHats(found[0], ListOptions{}); err != nil || len(list.Hats) != 1 || list.Hats[0].Over != over {
			t.Errorf("%q: got %+v, %v", text, list.Hats, err)
		}
	}
}

// Registers of documents hold more than what is in force, and the front of a document says more than its text.
func TestWhatIsSaidAroundAPolicy(t *testing.T) {
	found, err := FindPolicies([]File{{"register.csv", []byte("Doc ID,Policy title,Version,Owner,Applies to,Review,Status\nP-1,Backups,1.0,SMO lead,Service desk,every two years,Retired\nP-1,Backups,2.0,SMO lead,,P1Y,Approved\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil || len(list.Policies) != 2 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if p := list.Policies[0]; p.Version != "1.0" || p.State != "Retired" || p.OwnerRole != "SMO lead" || p.Governs != "Service desk" || p.Months != 24 || list.Policies[1].Months != 12 {
		t.Errorf("got %+v", list.Policies)
	}
	d := policyText("x.md", "---\nowner: SMO lead\nreview: annually\napplies_to: [Service desk, Payroll]\nversion: 2.3\n---\n# POL-7 Remote access\n\nUse it.\n")
	if d.owner != "SMO lead" || d.interval != "annually" || d.governs != "Service desk; Payroll" || d.version != "2.3" || d.number != "POL-7" {
		t.Errorf("got %+v", d)
	}
	d = policyText("x.md", "# Backups\n\n| Owner | SMO lead |\n|---|---|\n| Review cycle | Every 2 years |\n\n## Purpose\n\nData comes back.\n")
	if d.owner != "SMO lead" || d.interval != "Every 2 years" || d.why != "Data comes back." {
		t.Errorf("got %+v", d)
	}
}

func TestAWordDocumentIsAPolicy(t *testing.T) {
	par := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	data := zipped("[Content_Types].xml", `<Types/>`, "word/document.xml",
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+par("Title", "POL-300 Mobile devices")+par("Heading1", "Purpose")+par("", "Phones do not leak.")+
			par("Heading1", "Policy")+par("", "Every phone is locked.")+`</w:body></w:document>`)
	found, err := FindPolicies([]File{{"mobile.docx", data}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil || len(list.Policies) != 1 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if p := list.Policies[0]; p.Number != "POL-300" || p.Title != "Mobile devices" || p.Why != "Phones do not leak." || p.Statement != "Every phone is locked." || p.At != "mobile.docx" {
		t.Errorf("got %+v", p)
	}
}
