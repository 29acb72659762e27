package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// noTable refuses a text in which nobody is said to have a role.
const noTable = "There is no table in this text. A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again."

// Pages on a team have a line or a heading for each; the names are invented.
func TestNamesBeforeRoles(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"entries": {"# Ovens\n\n* Ida Roe - Project Manager\n* Ole Sun – [Delivery Manager](#delivery)\n* Uma Fay - Keeper of keys\n",
			[]string{"Ida Roe, Project Manager, Ovens, ", "Ole Sun, Delivery Manager, Ovens, ", "Uma Fay, Keeper of keys, Ovens, "}},
		"headings": {"# Contacts\n\n## Oven team\n\n#### Ida Roe - Oven Engineer\n- **Email**: ida@example.org\n- **Team**: Ovens\n\n## Door team\n\n#### Ole Sun - Door Engineer\n- **Phone**: 1\n",
			[]string{"Ida Roe, Oven Engineer, , ida@example.org", "Ole Sun, Door Engineer, , "}},
		"first names":            {"# Team\n\n## Ida - Oven Lead\n- bakes\n\n## Ole - Door Engineer\n- opens\n\n## Uma F - Analyst\n- counts\n", []string{"Ida, Oven Lead, , ", "Ole, Door Engineer, , ", "Uma F, Analyst, , "}},
		"what happens to them":   {"# News\n\n* Ida Roe - born in Bern\n* Ole Sun - back from holiday\n* Uma Fay - Manager\n", []string{noTable}},
		"years, not roles":       {"# Past\n\n* Ida Roe (served: 2015-2017)\n* Ole Sun (Founder)\n* Uma Fay (Leader)\n", []string{noTable}},
		"short for roles":        {"# Roles\n\n* **EM:** Oven Manager\n* **SrSE:** Door Engineer\n* **TL:** Team Lead\n* **DIR:** Director\n", []string{noTable}},
		"terms, not names":       {"# Words\n\n* Oven - what bakes\n* Door - what opens\n* Lead - a metal\n", []string{noTable}},
		"where they are from":    {"# Guests\n\n* Ida Roe, Oven Works\n* Ole Sun, University of Bern\n* Uma Fay, baker\n", []string{noTable}},
		"a heading of one alone": {"# Team\n\n## Ida Roe - Oven Lead\n\n- bakes\n", []string{noTable}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Labels below the heading of a role say who has it, who stands in, for how long, and how they are reached.
func TestLabelsBelowRoles(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"names and addresses": {"# Contact list\n\n### Oven Coordinator\n- **Primary:** Ida Roe\n- **Office:** 1234\n- **Email:** ida@example.org\n\n### Fire team\n#### Team Leader\n- **Name:** Dr. Ole Sun\n\n#### Fire Wardens\n1. Mill: Uma Fay - Ext. 1\n2. Shop: Ben Ash - Ext. 2\n",
			[]string{"Ida Roe, Oven Coordinator, , ida@example.org", "Dr. Ole Sun, Team Leader, Fire team, ", "Uma Fay, Fire Warden, Mill, ", "Ben Ash, Fire Warden, Shop, "}},
		"where they work": {"## Board Chair\n\nCurrent Representative: Ida Roe, Oven Ltd\n\n## Member Representative 1\n\nCurrent Representative: N/A\n\n## Member Representative 2\n\nCurrent Representative: Ole Sun, Doors (Mill)\n",
			[]string{"Ida Roe, Board Chair, , ", "Ole Sun, Member Representative 2, , ", "refused Member Representative 1"}},
		"no role":           {"## Ovens\n\n- Name: Ida Roe\n- Address: 2 Mill Road\n\n## Doors\n\n- Name: Ole Sun\n", []string{noTable}},
		"a role's own name": {"## Oven Coordinator\n\n- Name: Coordinator of Ovens\n\n## Door Coordinator\n\n- Name: Coordinator of Doors\n", []string{noTable}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	deputies := "# Contacts\n\n### Oven department\n\n**Primary**: Ida Roe (ida@example.org)\n**Alternate**: Ole Sun (Baker)\n\n- Email: ole@example.org\n\n### Door Lead\n\nTerm: (2 years) 5/1/2024-4/30/2026\n\nHeld by: Uma Fay\n"
	want := []string{"Ida Roe, Contact, , ", "Ole Sun, Contact, deputy, ", "Uma Fay, Door Lead, , 2024-05-01 2026-04-30"}
	if diff := cmp.Diff(want, turnsRead(t, "x.md", deputies)); diff != "" {
		t.Error(diff)
	}
}

// A document that is called by a role has lists of those who have it, below the parts of which they do.
func TestPartsAndWhoLooksAfterThem(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"parts as headings": {"# Oven maintainers\n\nAsk one of them.\n\n## Doors\n\n### Hinges\n\n- Ida Roe (@ida)\n- Ole Sun (@ole)\n\n## Fans\n\n## Grills\n\n- Uma Fay\n",
			[]string{"Ida Roe, maintainer, Hinges, ", "Ole Sun, maintainer, Hinges, ", "Uma Fay, maintainer, Grills, "}},
		"parts before names": {"## Maintainers\n\n- **Doors**: Ida Roe, Ole Sun\n- Fans: @uma-fay\n- Grills: nothing yet\n",
			[]string{"Ida Roe, Maintainer, Doors, ", "Ole Sun, Maintainer, Doors, ", "@uma-fay, Maintainer, Fans, "}},
		"what they do": {"# Maintainers\n\n## Duties\n\n- Review what comes in\n- Answer questions\n- Ida Roe\n", []string{noTable}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	found, err := FindHats("x.md", []byte("## Oven Lead\n\n- Ida Roe\n- Ole Sun\n\n## Friends\n\n- Uma Fay\n- Ben Ash\n"), Limits{})
	if err != nil || len(found[0].Rows) != 3 {
		t.Fatalf("%v, %+v", err, found)
	}
	if last := found[0].Notes[len(found[0].Notes)-1]; last.Text != "Below no role stands “Uma Fay” and 1 more, which is left out." {
		t.Error(last)
	}
}

// Brackets behind names in a list of who serves hold years and offices.
func TestYearsAndOfficesBehindNames(t *testing.T) {
	text := "## Current Board Members\n\n- Ida Roe (2019-, Chair 2021-)\n- Ole Sun (2024–2026, Treasurer)\n- Uma Fay (Bern)\n\n## Former Steering Committee Members, 2019-\n\n- Ben Ash (2019-2021)\n"
	want := []string{"Ida Roe, Board member, , 2019-01-01..", "Ida Roe, Chair, , 2021-01-01..", "Ole Sun, Board member, , 2024-01-01..2027-01-01", "Ole Sun, Treasurer, , ..", "Uma Fay, Board member, , ..",
		"Ben Ash, Steering Committee member, , 2019-01-01..2022-01-01"}
	if diff := cmp.Diff(want, served(t, "x.md", text)); diff != "" {
		t.Error(diff)
	}
}

// Tables have a column for each role, with what they are of before them, or the role above the table.
func TestColumnsOfRoles(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"several roles": {"| Area | Source | Maintainers | Reviewers |\n|---|---|---|---|\n| Ovens | mill/ovens | @ida-roe, @ole | @uma |\n| Doors | mill/doors | @ole | @ida-roe, @uma |\n",
			[]string{"@ida-roe, Maintainer, Ovens, ", "@ole, Maintainer, Ovens, ", "@uma, Reviewer, Ovens, ", "@ole, Maintainer, Doors, ", "@ida-roe, Reviewer, Doors, ", "@uma, Reviewer, Doors, "}},
		"one, by first names":   {"| service | developer | link |\n|---|---|---|\n| Ovens | Ida | [a](https://example.org) |\n| Doors | Ole | [b](https://example.org) |\n", []string{"Ida, developer, Ovens, ", "Ole, developer, Doors, "}},
		"people and managers":   {"| Employee | Manager | Coordinator |\n|---|---|---|\n| Ida Roe | Ole Sun | Uma Fay |\n| Ole Sun | Ben Ash | Uma Fay |\n", refusedAsHats},
		"a backup with a digit": {"| Component | Owner | Backup |\n|---|---|---|\n| Ovens | idaroe | ole3sun |\n| Doors | umafay | benash |\n", []string{"idaroe, Owner, Ovens, ", "ole3sun, Owner, Ovens, ", "umafay, Owner, Doors, ", "benash, Owner, Doors, "}},
		"the role above":        {"## Secretaries\n\n| Name | Term |\n|---|---|\n| Ida Roe | 2024-02-06 - 2026-02-05 |\n\n## Core Committee Members\n\n| Name | Term |\n|---|---|\n| Ole Sun | 2024-02-06 - 2026-02-05 |\n", []string{"Ida Roe, Secretary, , ", "Ole Sun, Core Committee member, , "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
