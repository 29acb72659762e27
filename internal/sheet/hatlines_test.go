package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hatsRead are the hats of a file, a line each.
func hatsRead(t *testing.T, file, text string) (out []string) {
	t.Helper()
	found, err := FindHats(file, []byte(text), Limits{})
	if err != nil {
		return []string{err.Error()}
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil {
		return []string{err.Error()}
	}
	for _, h := range list.Hats {
		over := ""
		if h.Over {
			over = "over "
		}
		out = append(out, over+h.Holder+", "+h.Role+", "+h.Of+h.Practice+h.Process+h.Service+", "+h.Email)
	}
	for _, r := range list.Refused {
		out = append(out, "refused "+r.What)
	}
	return out
}

// Documents say in lines of text who wears which hat.
func TestHatsInLinesOfText(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"a list below a heading": {"x.md", "# Baking\n\n## Roles and responsibilities\n\n- **Process owner**: Ida Roe (ida@example.org)\n- **Process manager**: [Ole Sun](mailto:ole@example.org)\n- **Practitioners**: Uma Fay, Ben Ash\n- **Deputy process owner**: vacant\n",
			[]string{"Ida Roe, Process owner, Baking, ida@example.org", "Ole Sun, Process manager, Baking, ", "Uma Fay, Practitioners, Baking, ", "Ben Ash, Practitioners, Baking, ", "refused vacant, Deputy process owner"}},
		"lines of several processes": {"x.txt", "Baking\n======\n\nOwner: Ida Roe\nManager: Ole Sun\n\nSelling\n=======\n\nOwner: Uma Fay\n", []string{"Ida Roe, Owner, Baking, ", "Ole Sun, Manager, Baking, ", "Uma Fay, Owner, Selling, "}},
		"names alone below headings": {"x.html", "<h1>Who is who</h1><h2>Chairs:</h2><ul><li>Ida Roe (ovens)</li></ul><h2>Leiterin Backausschuss:</h2><p>Uma Fay</p><h2>Auditors</h2><p>Ben Ash &nbsp; Cy Dee</p><h2>Flour</h2><p>Ole Sun</p>", []string{"Ida Roe, Chair, , ", "Uma Fay, Leiterin Backausschuss, , ", "Ben Ash, Auditor, , ", "Cy Dee, Auditor, , "}},
		"first and second":           {"x.md", "# Bäckerverein\n\n1. Vorsitzende: Ida Roe\n2. Vorsitzender: Ole Sun\n\nKassenwart: Malte von dem Berg\n", []string{"Ida Roe, 1. Vorsitzende, Bäckerverein, ", "Ole Sun, 2. Vorsitzender, Bäckerverein, ", "Malte von dem Berg, Kassenwart, Bäckerverein, "}},
		"offices that are counted":   {"x.md", "# Bäckerverein\n\n1. Vorsitzende: Ida Roe\n2. Schriftführer: Ole Sun\n3. Kassenwart: Uma Fay\n", []string{"Ida Roe, Vorsitzende, Bäckerverein, ", "Ole Sun, Schriftführer, Bäckerverein, ", "Uma Fay, Kassenwart, Bäckerverein, "}},
		"services with unused columns": {"services.csv", "ID,Name,Support Team,Service Owner,Release Manager,Capacity Manager\n,Baking,Ovens,ida@example.org @bakery,ole@example.org @bakery,\n,Selling,Shop,uma@example.org,ole@example.org @bakery,ida@example.org\n",
			[]string{"ida@example.org, Service Owner, Baking, ", "ole@example.org, Release Manager, Baking, ", "uma@example.org, Service Owner, Selling, ", "ole@example.org, Release Manager, Selling, ", "ida@example.org, Capacity Manager, Selling, "}},
		"a word in the place of an address": {"x.md", "| Role | Name | Contact |\n|---|---|---|\n| Incident manager | Ida Roe | ida@example.org |\n| Oven support | - | Console |\n", []string{"Ida Roe, Incident manager, , ida@example.org", "refused Oven support"}},
		"what roles do":                     {"x.md", "# Baking\n\n- **Process owner**: Answers for the whole process\n- **Process manager**: Runs it day by day\n", []string{"There is no table in this text. A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again."}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Lists of processes by their names, and of practices along the top, say who wears the hats of each.
func TestHatsOfWhatIsListed(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"records of processes": {"x.yaml", "processes:\n  - name: Baking\n    owner: Ida Roe\n    manager: Ole Sun\n    practitioners: [Uma Fay, Ben Ash]\n  - name: Selling\n    owner: Uma Fay\n",
			[]string{"Ida Roe, owner, Baking, ", "Ole Sun, manager, Baking, ", "Uma Fay, practitioners, Baking, ", "Ben Ash, practitioners, Baking, ", "Uma Fay, owner, Selling, "}},
		"a file of services":  {"services.csv", "Name,Owner\nBread,Ida Roe\nCakes,Ole Sun\n", []string{"Ida Roe, Owner, Bread, ", "Ole Sun, Owner, Cakes, "}},
		"nobody says of what": {"x.csv", "Name,Owner,Manager\nBread,Ida Roe,Ole Sun\n", []string{"Ida Roe, Owner, Bread, ", "Ole Sun, Manager, Bread, "}},
		"practices along the top": {"x.csv", "Role,Baking,Selling\nProcess owner,Ida Roe,Uma Fay\nProcess manager,Ole Sun,tbd\nPractitioner,Uma Fay; Ben Ash,\n",
			[]string{"Ida Roe, Process owner, Baking, ", "Uma Fay, Process owner, Selling, ", "Ole Sun, Process manager, Baking, ", "Uma Fay, Practitioner, Baking, ", "Ben Ash, Practitioner, Baking, "}},
		"a table under each process": {"x.md", "# Who does what\n\n## Baking\n\n| Role | Holder |\n|---|---|\n| Owner | Ida Roe |\n\n## Selling\n\n| Role | Holder |\n|---|---|\n| Owner | Ole Sun (Head of sales) |\n| Manager | Uma Fay |\n",
			[]string{"Ida Roe, Owner, Baking, ", "Ole Sun, Owner, Selling, ", "Uma Fay, Manager, Selling, "}},
		"kinds of roles in the cells": {"x.csv", "Person,Baking,Selling\nIda Roe,Owner,\nOle Sun,Manager,Practitioner\n", []string{"Ida Roe, Owner, Baking, ", "Ole Sun, Manager, Baking, ", "Ole Sun, Practitioner, Selling, "}},
		"who holds and stands in":     {"x.csv", "Role,Held by,Deputy\nOwner,Ida Roe,Ole Sun\n", []string{"Ida Roe, Owner, , ", "Ole Sun, Owner, , "}},
		"several in a cell": {"x.csv", "Role,Holder\n\"Change manager, Service desk\",Ida Roe\nOwner,\"Ole Sun; Uma Fay\"\n\"Head of Sales, EMEA\",Ben Ash\nSales & Marketing lead,Eva Fox\n",
			[]string{"Ida Roe, Change manager, , ", "Ida Roe, Service desk, , ", "Ole Sun, Owner, , ", "Uma Fay, Owner, , ", "Ben Ash, Head of Sales, EMEA, , ", "Eva Fox, Sales & Marketing lead, , "}},
		"family names first": {"x.csv", "Role,Holder\nOwner,\"Roe Sun, Ida Uma\"\nManager,\"Ash, Ben\"\n", []string{"Ida Uma Roe Sun, Owner, , ", "Ben Ash, Manager, , "}},
		"ticks of people":    {"x.csv", "Name,Owner,Manager\nIda Roe,x,\nOle Sun,,x\n", []string{"Ida Roe, Owner, , ", "Ole Sun, Manager, , "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What stands above each table of those who serve may say until when they do, and what the text around a table says besides is
// said to be left out.
func TestWhatStandsAroundTablesOfHats(t *testing.T) {
	read := func(text string) HatList {
		t.Helper()
		found, err := FindHats("x.md", []byte(text), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadHats(found[0], ListOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	list := read("# Oven Committee\n\n### Term ends in October 2027\n\n| Name | Profile |\n|---|---|\n| Ida Roe | @ida |\n\n### Term ends in October 2028\n\n| Name | Profile |\n|---|---|\n| Ole Sun | @ole |\n\n### First Bakers\n\n| Name | Profile |\n|---|---|\n| Uma Fay | @uma |\n")
	var got []string
	for _, h := range list.Hats {
		until := ""
		if h.Until != nil {
			until = h.Until.Format("2006-01-02")
		}
		got = append(got, h.Holder+", "+h.Role+", "+h.Of+", "+until)
	}
	if diff := cmp.Diff([]string{"Ida Roe, Oven Committee member, , 2027-11-01", "Ole Sun, Oven Committee member, , 2028-11-01", "Uma Fay, Oven Committee member, First Bakers, "}, got); diff != "" {
		t.Error(diff)
	}
	list = read("# Bakery\n\n## Committee Chair\n\n- **Ida Roe**\n\n## Maintainers\n\n| Maintainer | Company |\n|---|---|\n| Ida Roe | Ovens |\n| Ole Sun | Flour |\n")
	if len(list.Hats) != 2 || !slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.Contains(n.Text, "names “Ida Roe” as “Committee Chair”") }) {
		t.Error(list.Hats, list.Remarks)
	}
	list = read("# Bakery\n\n**Owner:** Cy Dee\n\n| Maintainer | Company |\n|---|---|\n| Ida Roe | Ovens |\n| Ole Sun | Flour |\n")
	if slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.Contains(n.Text, "Cy Dee") }) {
		t.Error(list.Remarks)
	}
}
