package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Lists of people in shapes other than a table with headings, each with what a careful person reads.
func TestPeopleInOtherShapes(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string // name, number, address, manager's number, title
	}{
		{"printed by a program", "users.txt", "Login                DisplayName   Mail\n-----                -----------   ----\nadam                 Ada Moor      ada@example.org\nbo                   Bo Dahl       bo@example.org\n",
			[]string{"Ada Moor||ada@example.org||", "Bo Dahl||bo@example.org||"}},
		{"typed in columns", "people.txt", "Name         Title     E-mail\nAda Moor     Clerk     ada@example.org\nBo Dahl      Chief     bo@example.org\nCy Ek        Clerk     cy@example.org\n",
			[]string{"Ada Moor||ada@example.org||Clerk", "Bo Dahl||bo@example.org||Chief", "Cy Ek||cy@example.org||Clerk"}},
		{"records by key", "org.json", `[{"amoor": {"name": "Ada Moor", "title": "Chief"}, "bdahl": {"name": "Bo Dahl", "title": "Clerk", "manager": "amoor"}}]`,
			[]string{"Ada Moor|amoor|||Chief", "Bo Dahl|bdahl||amoor|Clerk"}},
		{"records by name", "org.yaml", "Ada Moor:\n  title: Chief\n  email: ada@example.org\nBo Dahl:\n  title: Clerk\n  email: bo@example.org\n",
			[]string{"Ada Moor||ada@example.org||Chief", "Bo Dahl||bo@example.org||Clerk"}},
		{"managers by coded number", "staff.csv", "EmployeeId,Name,Reporting manager\nC001,Ada Moor,C009\nC002,Bo Dahl,C001\nC003,Cy Ek,C008\n",
			[]string{"Ada Moor|C001||C009|", "Bo Dahl|C002||C001|", "Cy Ek|C003||C008|"}},
		{"names with addresses", "AUTHORS.md", "# Authors\n\nIn the order in which they came.\n\n* Ada Moor <ada@example.org> ([ada](https://example.org/ada))\n* Bo Dahl <bo@example.org>\n",
			[]string{"Ada Moor||ada@example.org||", "Bo Dahl||bo@example.org||"}},
		{"addresses behind commas", "members.md", "## Board\n- Ada Moor, ada@example.org, Acme\n- **Bo Dahl** (bo@example.org)\n3. Cy Ek - [cy@example.org](mailto:cy@example.org)\n",
			[]string{"Ada Moor||ada@example.org||", "Bo Dahl||bo@example.org||", "Cy Ek||cy@example.org||"}},
		{"records inside of records", "hr.json", `[{"id": "W1", "name": {"first": "Ada", "last": "Moor"}, "job": {"title": "Chief"}, "manager": null}, {"id": "W2", "name": {"first": "Bo", "last": "Dahl"}, "manager": {"id": "W1", "name": "Ada Moor"}}]`,
			[]string{"Ada Moor|W1|||Chief", "Bo Dahl|W2||W1|"}},
		{"names with addresses behind them", "team.csv", "Name,Role\nAda Moor <ada@example.org>,Lead\nBo Dahl <bo@example.org>,\n", []string{"Ada Moor||ada@example.org||Lead", "Bo Dahl||bo@example.org||"}},
		{"a text with parts", "AUTHORS", "MAINTAINER:\n\n  Ada Moor <ada@example.org>\n\nPAST MAINTAINERS:\n\n  Bo Dahl <bo@example.org>\n", []string{"Ada Moor||ada@example.org||", "Bo Dahl||bo@example.org||"}},
		{"names with handles", "team.csv", "Name,Role\nAda Moor (@ada),Lead\nBo Dahl @bo,\n", []string{"Ada Moor||||Lead", "Bo Dahl||||"}},
		{"what they may do beside what they are", "users.json", `[{"_id": "1", "name": "Ada Moor", "role": "admin", "title": "Chief"}, {"_id": "2", "name": "Bo Dahl", "role": "user", "title": "Clerk"}]`,
			[]string{"Ada Moor|1|||Chief", "Bo Dahl|2|||Clerk"}},
		{"who is a manager", "staff.csv", "Id,Name,Manager flag,Manager\n1,Ada Moor,Y,Yes\n2,Bo Dahl,N,No\n", []string{"Ada Moor|1|||", "Bo Dahl|2|||"}},
		{"maintainers", "MAINTAINERS.md", "| Maintainer | GitHub ID | Affiliation |\n|---|---|---|\n| Ada Moor | [ada](https://example.org/ada) | Acme |\n| Bo Dahl | bo | Acme |\n",
			[]string{"Ada Moor||||", "Bo Dahl||||"}},
	}
	for _, tt := range tests {
		list, err := ReadPeople(tt.file, []byte(tt.text), PeopleOptions{Today: today})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, p := range list.People {
			got = append(got, strings.Join([]string{p.Name, p.ExternalID, p.Email, p.ManagerID, p.Title}, "|"))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// What stands in a list of addresses and is none is said, and so is who has left.
func TestAListOfAddressesSaysWhatItLeavesOut(t *testing.T) {
	list := readPeople(t, "Contact: Di Lund <di@example.org>\n\nTeam:\nAda Moor <ada@example.org>\nthe night shift\n\nEmeritus members\n----------------\nBo Dahl <bo@example.org>\nCy Ek <cy@example.org>\n", PeopleOptions{})
	var got []string
	for _, p := range list.Problems {
		got = append(got, fmt.Sprint(p.Line, " ", p.Code))
	}
	if diff := cmp.Diff([]string{"1 no-name", "5 no-name", "9 stopped-account", "10 stopped-account"}, got); diff != "" || len(list.People) != 3 {
		t.Error(list.People, diff)
	}
}

// Two people in a line are no person; "Lee, Ann" is one where family names come first.
func TestALineThatNamesSeveralIsRefused(t *testing.T) {
	list := readPeople(t, "Name,Title\nAda Moor,Chief\n\"Bo Dahl, Cy Ek\",Clerks\nDi Lund and Ed Vik,Clerks\nFay Ramón y Holt,Clerk\n\"Gil Bo, PhD\",Clerk\n", PeopleOptions{})
	var got []string
	for _, p := range list.Problems {
		got = append(got, fmt.Sprint(p.Line, " ", p.Code))
	}
	if diff := cmp.Diff([]string{"3 several-people", "4 several-people"}, got); diff != "" {
		t.Error(diff)
	}
	if list := readPeople(t, "Name,Title\n\"van Moor, Ada Eva\",Chief\n\"Dahl, Bo\",Clerk\n", PeopleOptions{}); list.Counts.Refused != 0 || list.People[0].Name != "Ada Eva van Moor" {
		t.Errorf("%+v", list)
	}
}

// A line of a list in which words stand that could head it is none of headings.
func TestALineThatSaysAWordTwiceIsNoHead(t *testing.T) {
	list, err := ReadPeople("x.md", []byte("| Login | Name | Menu |\n|---|---|---|\n| admin | Ada Moor | All |\n| manager | Manager | Department |\n| guest | Bo Dahl | None |\n"), PeopleOptions{})
	if err != nil || list.Header != 1 || list.Counts.Lines != 3 || len(list.People) != 2 { // “Manager” is nobody
		t.Errorf("%v, %+v", err, list)
	}
}

// Words stand twice in a head below groups that do, too.
func TestGroupsAboveAHead(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Staff,Staff,Boss,Boss\nName,E-mail,Name,E-mail\nAda Moor,ada@example.org,Bo Dahl,bo@example.org\n"), PeopleOptions{})
	if err != nil || list.Header != 2 || len(list.People) != 1 {
		t.Errorf("%v, %+v", err, list)
	}
}

// Of several tables with nothing but names each can be chosen.
func TestTablesOfNamesAreOffered(t *testing.T) {
	list, err := ReadPeople("x.md", []byte("## Council\n\n| Name | GitHub ID |\n|---|---|\n| tbd | |\n\n## Board\n\n| Name | GitHub ID |\n|---|---|\n| Ada Moor | ada |\n"), PeopleOptions{})
	if err != nil || len(list.Sheets) != 2 {
		t.Errorf("%v, %v", err, list.Sheets)
	}
}

// Lines of a program are no names.
func TestLinesOfAProgramAreNoPeople(t *testing.T) {
	for _, text := range []string{"display_name = \"Night shift\" # whom to call\n  lead = [\"ada\"]\n  members = []\n}\n", "ada\tname:Ada Moor|title:Chief\t|mail:ada@example.org\nbo\tname:Bo Dahl|title:Clerk\t|mail:bo@example.org\n"} {
		if list, err := ReadPeople("x.txt", []byte(text), PeopleOptions{}); err == nil {
			t.Errorf("%q is read as %+v", text, list.People)
		}
	}
}

// Those who look after what a list is of are not whom it lists.
func TestMaintainersOfThingsAreNoListOfPeople(t *testing.T) {
	if list, err := ReadPeople("x.md", []byte("| Service | Maintainer |\n|---|---|\n| Mail | Ada Moor |\n| Web | Bo Dahl |\n"), PeopleOptions{}); CodeOf(err) != NotPeople {
		t.Errorf("%v, %v", list.People, err)
	}
}

func TestHatsOfSeveralAndOfDeputies(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"two in a cell, each named elsewhere": {"Role,Assigned to\nOwner,Ada Moor\nManager,Bo van Dahl\nAnalyst,\"Ada Moor, Bo van Dahl\"\n", []string{"Owner: Ada Moor", "Manager: Bo van Dahl", "Analyst: Ada Moor", "Analyst: Bo van Dahl"}},
		"two who are not known":               {"Role,Assigned to\nOwner,Cy Ek\nManager,Di Lund\nAnalyst,\"Ada Moor, Bo van Dahl\"\n", []string{"Owner: Cy Ek", "Manager: Di Lund", "Analyst: Ada Moor", "Analyst: Bo van Dahl"}},
		"family names first":                  {"Role,Assigned to\nOwner,\"van Dahl, Bo Olaf\"\nManager,\"Moor, Ada\"\n", []string{"Owner: Bo Olaf van Dahl", "Manager: Ada Moor"}},
		"nothing but first and second":        {"Role,Primary,Backup,How to reach\nDuty lead,Ada Moor,Bo Dahl,Phone\nFire warden,Cy Ek,[Name],Bell\n", []string{"Duty lead: Ada Moor", "Duty lead: Bo Dahl deputy", "Fire warden: Cy Ek"}},
		"who stands in for an owner":          {"Service,Owner,Backup,Notes\nMail,Ada Moor,Bo Dahl,\nWeb,Cy Ek,TBD,\n", []string{"Owner: Ada Moor", "Owner: Bo Dahl deputy", "Owner: Cy Ek"}},
		"copies beside an owner":              {"Service,Owner,Backup\nMail,Ada Moor,Daily\nWeb,Cy Ek,Weekly\n", []string{"Owner: Ada Moor", "Owner: Cy Ek"}},
		"roles beside each other":             {"Flour,Data owner,Data steward,Grain\nRye,Ada Moor,Bo Dahl,coarse\nStaff,Cy Ek,,fine\nOats,Di Lund,,employees\n", []string{"Data owner: Ada Moor", "Data steward: Bo Dahl", "Data owner: Cy Ek", "Data owner: Di Lund"}},
		"a chair beside members":              {"Board,Chair (until May),Core members\nOvens,Ada Moor,\"Bo Dahl, CFO\"\nFlour,pending,Cy Ek\n", []string{"Chair (until May): Ada Moor"}},
		"initials behind a comma":             {"Role,Holder\nMember,\"Head of Flour, CFO\"\n", []string{"Member: Head of Flour, CFO"}},
		"members of a board":                  {"Board member,Town\nAda Moor,Rome\nBo Dahl,Oslo\n", []string{"Board member: Ada Moor", "Board member: Bo Dahl"}},
		"members of a team":                   {"Team member,Role / duty\nAda Moor LinkedIn,Baker\nBo Dahl,Clerk\n", []string{"Baker: Ada Moor", "Clerk: Bo Dahl"}},
		"the one role of all":                 {"Site,Fire steward\nMill,Ada Moor\nShop,Bo Dahl\n", []string{"Fire steward: Ada Moor", "Fire steward: Bo Dahl"}},
		"who leads what":                      {"Working group,Chair,Meets\nOvens,Ada Moor,Mondays\nFlour,TBD,\n", []string{"Chair: Ada Moor"}},
		"a position":                          {"Position,Name\nChair,Ada Moor\nTreasurer,Bo Dahl\nClerk,______\nCook,(not named yet)\nGuard,TODO(owner)\n", []string{"Chair: Ada Moor", "Treasurer: Bo Dahl"}},
		"the role above the names":            {"Maintainer,Account,E-mail\nAda Moor,@ada,<ada@example.org>\nBo Dahl,@bo,\n(none yet),,\n", []string{"Maintainer: Ada Moor ada@example.org", "Maintainer: Bo Dahl"}},
		"a column for who stands in":          {"Role,Primary contact,E-mail,Backup contact\nOwner,Ada Moor,ada@example.org,Bo Dahl\nManager,Cy Ek,cy@example.org,TBD\n", []string{"Owner: Ada Moor ada@example.org", "Owner: Bo Dahl deputy", "Manager: Cy Ek cy@example.org"}},
	}
	for name, tt := range tests {
		found, err := FindHats("x.csv", []byte(tt.text), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadHats(found[0], ListOptions{})
		var got []string
		for _, h := range list.Hats {
			got = append(got, strings.TrimSpace(h.Role+h.Kind+": "+h.Holder+" "+strings.TrimSpace(h.Email+" "+h.As)))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// The day beside a signature is no first day.
func TestTheDayOfASignature(t *testing.T) {
	found, err := FindHats("x.csv", []byte("Role,Name,Date,Signature\nOwner,Ada Moor,2026-06-18,yes\nManager,Bo Dahl,2026-06-19,yes\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := ReadHats(found[0], ListOptions{}); err != nil || len(list.Hats) != 2 || list.Hats[0].From != nil {
		t.Errorf("%+v, %v", list, err)
	}
}

// The role may stand above a table, and that they have it no more.
func TestARoleAboveATable(t *testing.T) {
	found, err := FindHats("x.md", []byte("# Bakery\n\n## Former reviewers\n\n| Name | Since |\n|---|---|\n| Ada Moor | 2024-05-01 |\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil || len(list.Hats) != 1 || list.Hats[0].Role != "Reviewer" || !list.Hats[0].Over || len(list.Remarks) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

// Numbers of policies are no titles of procedures, and what a template has in the place of a title is none.
func TestTitlesOfPolicies(t *testing.T) {
	for text, want := range map[string][]string{
		"Code,Procedure,Policy,Owner\nPR-1,Bake in the night,POL-05,Baker\nPR-2,Clean the oven,POL-03/04,Baker\n": {"PR-1 Bake in the night: Baker", "PR-2 Clean the oven: Baker"},
		"Policy,Owner\nPOL-BK-01 – Backups,Lead\nPOL-BK-02 – Logs,[Name]\n":                                       {"POL-BK-01 Backups: Lead", "POL-BK-02 Logs: "},
		"SOP,Title,Default owner\nSOP-1,[[Bake at night]],Baker\nSOP-2,Clean,Baker\n":                             {"SOP-1 Bake at night: Baker", "SOP-2 Clean: Baker"},
		"Policy,Status,Owner\n1. Backups,[ ],Lead\n2. Logs,[ ] Draft [x] Approved,Lead\n":                         {" Backups: Lead", " Logs: Lead"},
		"Policy,Owner,Cadence\n[Policy title],[Owner],Annual\nLogs,Lead,Annual\n":                                 {" Logs: Lead"},
	} {
		found, err := FindPolicies([]File{{"x.csv", []byte(text)}}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		var got []string
		for _, p := range list.Policies {
			got = append(got, p.Number+" "+p.Title+": "+p.OwnerRole)
			if strings.ContainsAny(p.State, "[]") {
				t.Errorf("boxes that nobody ticked are a state: %q", p.State)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
	}
}

func TestPoliciesInOtherShapes(t *testing.T) {
	tests := map[string]struct {
		file, text string
		want       []string // number, title, statement, why, owner, remarks
	}{
		"reStructuredText": {"backups.rst", "..\n   Written by the board.\n\n==============\nBackups policy\n==============\n\n:Policy number: B-7\n:Owner: Head of IT\n\nPurpose\n=======\n\nNothing is lost.\n\nPolicy\n======\n\n#. Back up at night.\n",
			[]string{"B-7", "Backups policy", "1. Back up at night.", "Nothing is lost.", "Head of IT"}},
		"underlined Markdown": {"backups.md", "Backups policy\n==============\n\nPurpose\n-------\nNothing is lost.\n\nPolicy\n------\nBack up at night.\n", []string{"backups", "Backups policy", "Back up at night.", "Nothing is lost.", ""}},
		"one heading higher":  {"backups.md", "---\ntitle: Backups policy\n---\n# Purpose\nNothing is lost.\n\n## Policy\nBack up at night.\n", []string{"backups", "Backups policy", "Back up at night.", "Nothing is lost.", ""}},
		"said twice":          {"b.md", "---\nid: B-7\nowner: Head of IT\n---\n# Policy name: Backups\n\n**Owner:** Head of IT\n\n<!-- to do -->\nBack up at night.\n", []string{"B-7", "Backups", "Back up at night.", "", "Head of IT"}},
		"a template":          {"b.md", "# Backup policy template\n\nBack up.\n", []string{"b", "Backup policy template", "Back up.", "", "", "b.md calls itself a template. Bring it only where it is filled in."}},
		"several":             {"b.md", "# IT policies\n\nBack up.\n\nLog.\n", []string{"b", "IT policies", "Back up.\n\nLog.", "", "", "b.md is called “IT policies” and read as one policy. If it holds several, bring each as a file of its own, or all as a table."}},
		"a part on top":       {"backups.md", "### **Policy statement**\n\nBack up.\n\n### **Purpose and objectives**\n\nNothing is lost.\n", []string{"backups", "backups", "Back up.", "Nothing is lost.", "", "Nothing in backups.md says that it is a policy: neither its name and title, nor a number or an owner. If it is something else, leave it out."}},
		"its number in front": {"b.md", "# BK-7: Backup policy\n\n| Document ID | BK-7 |\n|---|---|\n| Owner | Head of IT |\n\nBack up.\n", []string{"BK-7", "Backup policy", "Back up.", "", "Head of IT"}},
		"in German": {"zugriff.md", "# Policy: Zugriff\n\n**Dokument-ID:** 0200\n**Owner:** [[Ada Moor]]\n**Revision:** 2\n\n## 1. Zweck und Zielsetzung\n\nAlles ist sicher.\n\n## 2. Grundsätze\n\nNur mit Grund.\n",
			[]string{"0200", "Zugriff", "2. Grundsätze\n\nNur mit Grund.", "Alles ist sicher.", "Ada Moor"}},
		"another's number": {"b.md", "# Backup policy\n\n**Document version:** 2.0\n**Reference:** ISO 27001, section 8\n\nBack up.\n", []string{"b", "Backup policy", "Reference: ISO 27001, section 8\n\nBack up.", "", ""}},
		"blanks": {"backups.md", "# Backup policy\n\n| Document ID | {doc_id} |\n|---|---|\n| Owner | [CIO_NAME], head of IT |\n\nAsk [CIO_NAME] first.\n",
			[]string{"backups", "Backup policy", "Ask [CIO_NAME] first.", "", "", "backups.md still has blanks to fill in, such as “[CIO_NAME]”."}},
		"facts in one line":     {"b.md", "# Backup policy\n\n**Code:** BK-7 | **Owner:** Head of IT | **Date:** 1 May\n\nBack up.\n", []string{"BK-7", "Backup policy", "Back up.", "", "Head of IT", "b.md: “Date: 1 May” is not kept of a policy, and left out."}},
		"facts that are quoted": {"b.md", "# Backup policy\n\n> **Owner:** Head of IT\n> **Code:** BK-7\n> **Approved by:** [INSERT NAME], CEO\n\n## Rules\n\nBack up.\n", []string{"BK-7", "Backup policy", "Back up.", "", "Head of IT", "b.md still has blanks to fill in, such as “[INSERT NAME]”."}},
		"facts as sentences":    {"b.md", "# Backup standard\n\n- Identifier: STD-BK-7.\n- Owner: Head of Backups.\n\n## 1. Objet\n\nNothing is lost.\n\n## Rules\n\nBack up.\n", []string{"STD-BK-7", "Backup standard", "Back up.", "Nothing is lost.", "Head of Backups"}},
		"a table of itself": {"b.md", "# BK-OP-07 – Backup policy\n\n| Document name | Policy owner | Review cycle |\n|---|---|---|\n| BK-OP-07 – Backup policy | Head of IT | Annual |\n\n## Purpose (why)\n\nNothing is lost.\n\n## Rules\n\nBack up.\n",
			[]string{"BK-OP-07", "Backup policy", "Back up.", "Nothing is lost.", "Head of IT"}},
		"a list of steps": {"flow.yaml", "steps:\n  - id: s1\n    name: Write\n  - id: s2\n    name: Print\n", []string{"s1", "Write", "", "", "", "Nothing here says that these are policies: neither the name of the file, nor a heading or a line. If they are something else, do not bring them."}},
	}
	for name, tt := range tests {
		found, err := FindPolicies([]File{{tt.file, []byte(tt.text)}}, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		if err != nil || len(list.Policies) == 0 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := list.Policies[0]
		got := []string{p.Number, p.Title, p.Statement, p.Why, p.OwnerRole}
		for _, r := range list.Remarks {
			got = append(got, r.Text)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Numbers of steps may end in a letter.
func TestStepsNumberedWithLetters(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Step,Process step,Clerk,Chief\n11b,Write,R,A\n12c,Print,R,A\n15,Send,R,A\n"), GridOptions{})
	if err != nil || g.Activities[0].Name != "Write" || g.Activities[0].ID != "11b" {
		t.Errorf("%v, %+v", err, g.Activities)
	}
}
