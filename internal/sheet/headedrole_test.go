package sheet

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Lists of who serves have what all of them do above them, and sometimes until when; the names are invented.
func TestRolesThatStandAbove(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"two tables": {"x.md", "# People\n\n## Current maintainers\n\n| Name | Company |\n|---|---|\n| Ida Roe | Oven Ltd |\n\n## Emeritus maintainers\n\n| Name | Company |\n|---|---|\n| Ole Sun | |\n",
			[]string{"Ida Roe, Maintainer, , ", "over Ole Sun, Maintainer, , "}},
		"emeritus alone": {"x.md", "## Current Maintainers\n\n| Maintainer | Company |\n|---|---|\n| Ida Roe | Oven Ltd |\n\n## Emeritus\n\n| Maintainer | Company |\n|---|---|\n| Ole Sun | |\n",
			[]string{"Ida Roe, Maintainer, , ", "over Ole Sun, Maintainer, , "}},
		"active and emeritus": {"x.md", "# Ovens\n\n## Active\n\n| Maintainer | Company |\n|---|---|\n| Ida Roe | Oven Ltd |\n\n## Emeritus\n\n| Maintainer | Company |\n|---|---|\n| Ole Sun | |\n",
			[]string{"Ida Roe, Maintainer, , ", "over Ole Sun, Maintainer, , "}},
		"members of a body": {"x.md", "# Oven Oversight Committee\n\n## Members\n\n| | Member | Term start | Term end |\n|---|---|---|---|\n| | Ida Roe | 2024-02-06 | 2026-02-05 |\n",
			[]string{"Ida Roe, Oven Oversight Committee member, , "}},
		"a body alone": {"x.md", "# Steering Committee\n\n| **NAME** | Handle |\n|---|---|\n| Ida Roe | ida |\n| ... | ... |\n", []string{"Ida Roe, Steering Committee member, , ", "refused ..., Steering Committee member"}},
		"a board of tasks": {"x.md", "# Sprint board\n\n| Task | Assignee |\n|---|---|\n| Bake | Ida Roe |\n",
			[]string{"This does not look like a list of who wears which hat: none of its columns is known to be the role. Say which column is."}},
		"an office": {"x.md", "| Chief Baker | Party | Term start | Term end |\n|---|---|---|---|\n| Ida Roe | A | 2020-01-01 | 2021-01-01 (left early) |\n| Ole McSun *(caretaker)* | B | 2021-01-02 | 2021-03-01 |\n",
			[]string{"Ida Roe, Chief Baker, , ", "Ole McSun, Chief Baker, , "}},
		"entries": {"x.md", "# Steering Committee\n\n* Ida Roe <ida@example.org> ([ida](https://example.org/ida))\n  * 2 year term expires `2022-05-26`\n\n# Maintainers\n\n## Active\n\n* [Ole Sun](https://example.org/ole) - ovens\n* @uma-fay\n\n## Emeritus\n\n* Ben Ash\n",
			[]string{"Ida Roe, Steering Committee member, , ida@example.org", "Ole Sun, Maintainer, , ", "@uma-fay, Maintainer, , ", "over Ben Ash, Maintainer, , "}},
		"entries of something else": {"x.md", "# Maintainers\n\n* Review what comes in\n* Answer questions\n* Ida Roe\n",
			[]string{"There is no table in this text. A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again."}},
		"what they are of": {"x.md", "| Repository | Maintainers |\n|---|---|\n| ovens | [Ida Roe], [Ole Sun] |\n| doors | [Uma Fay] |\n\n[Ida Roe]: https://example.org/ida\n",
			[]string{"Ida Roe, Maintainer, ovens, ", "Ole Sun, Maintainer, ovens, ", "Uma Fay, Maintainer, doors, "}},
		"of all there is": {"x.md", "## Maintainers\n\n| Name | Scope |\n|---|---|\n| Ida Roe | Maintainer |\n| Ole Sun | all |\n", []string{"Ida Roe, Maintainer, , ", "Ole Sun, Maintainer, , "}},
		"owners and deputies of roles": {"x.md", "| Role | Responsibility | Owner | Deputy |\n|---|---|---|---|\n| Oven lead | Ovens | Ida Roe | Ole Sun |\n| Door lead | Doors | unclaimed | |\n",
			[]string{"Ida Roe, Oven lead, , ", "Ole Sun, Oven lead, , ", "refused unclaimed, Door lead"}},
		"of a line of products": {"x.md", "| Product line | Owner | Deputy |\n|---|---|---|\n| Ovens | Ida Roe | Ole Sun |\n", []string{"Ida Roe, Owner, Ovens, ", "Ole Sun, Owner, Ovens, "}},
		"an address of several": {"x.csv", "Role,Holder,E-mail\nOven lead,Ida Roe,help@example.org\nDoor lead,Ole Sun,help@example.org\nShop lead,Uma Fay,uma@example.org\n", []string{"Ida Roe, Oven lead, , ", "Ole Sun, Door lead, , ", "Uma Fay, Shop lead, , uma@example.org"}},
		"nobody in any place":   {"x.md", "| Service | Owner | Backup |\n|---|---|---|\n| Ovens | TODO | TBD |\n", []string{"refused TODO, Owner", "refused TBD, Owner"}},
		"decided in a year":     {"x.csv", "Role,Holder,Decided on\nOven lead,Ida Roe,2024-01-01\nDoor lead,Ole Sun,2024\n", []string{"Ida Roe, Oven lead, , ", "refused Ole Sun, Door lead"}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A long document of tables is looked through once for what stands above them.
func TestManyTablesBelowHeadings(t *testing.T) {
	var b strings.Builder
	for i := range 2_000 {
		n := strconv.Itoa(i)
		b.WriteString("# Part " + n + "\n\n## Members\n\n| Member | Of " + n + "|\n|---|---|\n| Ida Roe | " + n + " |\n\n")
	}
	if _, err := FindHats("x.md", []byte(b.String()), Limits{}); err != nil {
		t.Error(err)
	}
}

// Terms of office may stand in one column; a number of years is none.
func TestTermsInOneColumn(t *testing.T) {
	for text, want := range map[string]string{
		"Role,Holder,Term\nBaker,Hon. Ida Roe,January 2018 - December 2027\nCook,Ole Sun,\n":     "2018-01-01 2028-01-01",
		"Role,Holder,Term\nBaker,Ida Roe,since 2020-02-01\nCook,Ole Sun,2021-01-01 to present\n": "2020-02-01 ",
		"Role,Holder,Term\nBaker,Ida Roe,2 years\nCook,Ole Sun,3 years\n":                        " ",
		"Role,Holder,Term\nBaker,Ida Roe,2020–2024\nCook,Ole Sun,2021–2025\n":                    "2020-01-01 2025-01-01",
	} {
		found, err := FindHats("x.csv", []byte(text), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadHats(found[0], ListOptions{})
		if err != nil || len(list.Hats) != 2 || list.Hats[0].Holder != "Ida Roe" {
			t.Errorf("%q: %v, %+v", text, err, list)
			continue
		}
		got := ""
		if h := list.Hats[0]; h.From != nil {
			got = h.From.Format(time.DateOnly)
		}
		if got += " "; list.Hats[0].Until != nil {
			got += list.Hats[0].Until.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
