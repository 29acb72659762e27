package sheet

import (
	"strings"
	"testing"
	"time"
)

// What a document says of itself is no rule, wherever it says it; the texts are invented.
func TestWhatADocumentSaysOfItself(t *testing.T) {
	for name, try := range map[string]struct{ text, number, title, owner, statement, left string }{
		"days and readers": {"# Ovens policy\n\n**Owner:** Head baker\n**Effective Date:** 1 May 2026\n> **Classification:** Internal\\\n\n## Rules\n\nTurn them off.\n",
			"x", "Ovens policy", "Head baker", "Turn them off.", "x.md: “Effective Date: 1 May 2026” and “Classification: Internal” are not kept of a policy, and left out."},
		"bold keys in front": {"---\n**Document ID:** OV-7\n**Owner:** Head baker\n---\n\n# Ovens policy\n\nTurn them off.\n", "OV-7", "Ovens policy", "Head baker", "Turn them off.", ""},
		"a block of code":    {"# OV-7 — Ovens policy\n\n```yaml\nid: OV-7\nowner: Head baker\nstatus: active\n```\n\nTurn them off.\n", "OV-7", "Ovens policy", "Head baker", "Turn them off.", ""},
		"a block of others":  {"# Ovens policy\n\n```yaml\noven: hot\ndoor: shut\n```\n\nTurn them off.\n", "x", "Ovens policy", "", "oven: hot\ndoor: shut\n\nTurn them off.", ""},
		"rows with lines between": {"---\ntitle: OV-7-Ovens\n---\n# DOCUMENT CONTROL INFORMATION\n\n| Policy Title | Ovens policy |\n\n| --- | --- |\n\n| Policy Reference | OV-7 |\n\n| Policy Owner | Head baker |\n\n| Author | Ann Bo |\n\n# 1. Rules\n\nTurn them off.\n",
			"OV-7", "Ovens policy", "Head baker", "Turn them off.", "x.md: “Author: Ann Bo” is not kept of a policy, and left out."},
		"what an owner does": {"# Ovens policy\n\nTurn them off.\n\n## Roles\n\n| Role | Responsibility |\n|---|---|\n| Policy owner | Maintains this policy and its list |\n",
			"x", "Ovens policy", "", "Turn them off.\n\nRoles\n\nRole | Responsibility\nPolicy owner | Maintains this policy and its list", ""},
		"a table below a subtitle": {"# Ovens policy\n\n## The bakery\n\n| **About it** | |\n|---|---|\n| **Document ID** | OV-7 |\n| **Owner** | Head baker |\n| **Classification** | Internal |\n| **Printed on** | Paper |\n| **Purpose** | Safety |\n\n## Rules\n\nTurn them off.\n",
			"OV-7", "Ovens policy", "Head baker", "The bakery\n\nTurn them off.", "x.md: “Classification: Internal” and “Printed on: Paper” are not kept of a policy, and left out."},
		"a line of others in front": {"# Ovens policy\n\n**Policy ID:** OV-7  \n**Version:** 1.0  \n**Owner:** Head baker  \n**Governs tool:** `oven`\n\n## Rules\n\nTurn them off.\n",
			"OV-7", "Ovens policy", "Head baker", "Turn them off.", "x.md: “Governs tool: oven” is not kept of a policy, and left out."},
		"blocks of rules further down": {"# Ovens policy\n\nTurn them off.\n\n## One\n\nID: OV-1\nOwner: Head baker\nStatus: active\nWarning: hot\n", "OV-1", "Ovens policy", "Head baker", "Turn them off.\n\nOne\n\nWarning: hot", ""},
		"signs before a title":         {"# 🚨 Ovens policy\n\n**Co-Author:** Ann Bo\n\nTurn them off.\n", "x", "Ovens policy", "", "Turn them off.", "x.md: “Co-Author: Ann Bo” is not kept of a policy, and left out."},
		"days further down":            {"# Ovens policy\n\nTurn them off.\n\n## Rules\n\nDate: the day they were cleaned.\n", "x", "Ovens policy", "", "Turn them off.\n\nDate: the day they were cleaned.", ""},
		"where it came from":           {"---\nsource: drive\ndoc_type: SOP\n---\n# Ovens\n\nTurn them off.\n", "x", "Ovens", "", "Turn them off.", "x.md calls itself “SOP” and no policy. If it is something else, leave it out."},
	} {
		l, err := FindPolicies([]File{{"x.md", []byte(try.text)}}, Limits{})
		if err != nil || len(l[0].Rows) != 2 {
			t.Errorf("%s: %+v, %v", name, l, err)
			continue
		}
		row, left := l[0].Rows[1], ""
		if len(l[0].Notes) > 0 {
			left = l[0].Notes[0].Text
		}
		got := strings.Join([]string{row.Cell(1), row.Cell(2), row.Cell(9), row.Cell(3), left}, "|")
		if want := strings.Join([]string{try.number, try.title, try.owner, try.statement, try.left}, "|"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if row.Cell(6) != "" {
			t.Errorf("%s: driven by %q", name, row.Cell(6))
		}
	}
}

// A list may say its numbers again in its titles, have an answer for each policy, or an identifier of another kind.
func TestPoliciesOfLists(t *testing.T) {
	for text, want := range map[string]string{
		"policy,answer\nLeave,Ask first\nTravel,Book early\n":                                              "|Leave|Ask first",
		"id,title,url\n1.01,\"1.01 Ovens\",x\n1.02,1.02 \"Bread,y\n":                                       "1.01|Ovens|",
		"control_id,title,description\nOV-1,Ovens,Turn them off at night\nOV-2,Doors,Shut them at night\n": "OV-1|Ovens|Turn them off at night",
	} {
		found, err := FindPolicies([]File{{"policies.csv", []byte(text)}}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		if err != nil || len(list.Policies) != 2 {
			t.Fatalf("%q: %v, %+v", text, err, list.Policies)
		}
		if p := list.Policies[0]; p.Number+"|"+p.Title+"|"+p.Statement != want {
			t.Errorf("%q: %+v", text, p)
		}
		if p := list.Policies[1]; strings.Contains(p.Title, `"`) {
			t.Errorf("%q: %q", text, p.Title)
		}
	}
}

// How often a policy is looked at may stand where a day is expected, or in a sentence behind the first one.
func TestHowOftenAPolicyIsReviewed(t *testing.T) {
	for text, want := range map[string]string{
		"# Ovens policy\n\n| Field | Detail |\n|---|---|\n| **Review Date** | Annual + after a fire |\n\nTurn them off.\n":             "annual",
		"# Ovens policy\n\nThis policy says what to turn off. It is binding on all and is reviewed annually.\n":                        "annually",
		"# Ovens policy\n\nThis policy says what to turn off. Lists of ovens are kept. It is known that they are reviewed annually.\n": "",
	} {
		l, err := FindPolicies([]File{{"x.md", []byte(text)}}, Limits{})
		if err != nil || l[0].Rows[1].Cell(8) != want {
			t.Errorf("%q: %v, %q", text, err, l[0].Rows[1].Cell(8))
		}
	}
}

// Days of reviews are read out of columns and of what documents say of themselves; what is no day is said.
func TestDaysOfReviews(t *testing.T) {
	for name, try := range map[string]struct{ file, text, last, due, remark string }{
		"columns":                  {"x.csv", "Number,Policy,Last reviewed,Next review\nP-1,Ovens,2026-01-05,05 Jan 2027\n", "2026-01-05", "2027-01-05", ""},
		"a month":                  {"x.csv", "Number,Policy,Review due\nP-1,Ovens,02/2027\n", "", "2027-02-28", ""},
		"no day":                   {"x.csv", "Number,Policy,Review due\nP-1,Ovens,soon\nP-2,Hobs,2027-01-01\n", "", "", "“soon” is not a date: the day of the next review is left out."},
		"lines in front":           {"x.md", "# Ovens policy\n\n**Last Reviewed:** January 5, 2026\n**Next Review:** 2027-01-05\n\n## Statement\n\nTurn them off.\n", "2026-01-05", "2027-01-05", ""},
		"a day after the first":    {"x.md", "# Ovens policy\n\n**Effective Date:** January 1, 2024\n**Review Date:** January 1, 2025\n\n## Statement\n\nTurn them off.\n", "", "2025-01-01", "“Effective Date: January 1, 2024” is not kept"},
		"a day beside the next":    {"x.md", "# Ovens policy\n\n**Review Date:** 2026-01-05\n**Next Review:** 2027-01-05\n\n## Statement\n\nTurn them off.\n", "2026-01-05", "2027-01-05", ""},
		"a day that may be either": {"x.md", "# Ovens policy\n\n**Review Date:** 2026-01-05\n\n## Statement\n\nTurn them off.\n", "", "", "“Review Date: 2026-01-05” is not kept"},
		"lines at the end":         {"x.md", "# Ovens policy\n\n## Statement\n\nTurn them off.\n\n## Approval\n\n**Next review:** 8 June 2027\n", "", "2027-06-08", ""},
		"the columns we export":    {"x.csv", "Number,Title,Review every (months),Review due,Last reviewed\nP-1,Ovens,12,2027-01-05,2026-01-05\n", "2026-01-05", "2027-01-05", ""},
	} {
		l, err := FindPolicies([]File{{try.file, []byte(try.text)}}, Limits{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list, err := ReadPolicies(l[0], ListOptions{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p, remarks := list.Policies[0], ""
		for _, r := range list.Remarks {
			remarks += r.Text
		}
		if showDay(p.LastReviewed) != try.last || showDay(p.ReviewDue) != try.due || !strings.Contains(remarks, try.remark) || try.remark == "" && remarks != "" && try.file == "x.md" {
			t.Errorf("%s: last %v, due %v, %s", name, p.LastReviewed, p.ReviewDue, remarks)
		}
	}
}

// When a policy was written last is read where it may tell how often the policy is reviewed.
func TestWhenAPolicyWasWritten(t *testing.T) {
	for name, try := range map[string]struct{ file, text, updated string }{
		"a column":           {"x.csv", "Number,Policy,Last updated,Next review\nP-1,Ovens,2026-03-08,2026-06-08\n", "2026-03-08"},
		"beside how often":   {"x.csv", "Number,Policy,Last updated,Next review,Review cycle\nP-1,Ovens,2026-03-08,2026-06-08,yearly\n", ""},
		"beside a review":    {"x.csv", "Number,Policy,Last updated,Last reviewed,Next review\nP-1,Ovens,2026-03-08,2026-04-08,2026-06-08\n", ""},
		"no next day":        {"x.csv", "Number,Policy,Last updated\nP-1,Ovens,2026-03-08\n", ""},
		"no day":             {"x.csv", "Number,Policy,Updated,Next review\nP-1,Ovens,yes,2026-06-08\n", ""},
		"a document":         {"x.md", "# Ovens policy\n\n**Last Updated:** March 8, 2026\n**Next Review:** June 8, 2026\n\nTurn them off.\n", "2026-03-08"},
		"at its end":         {"x.md", "# Ovens policy\n\n## Rules\n\nTurn them off.\n\n## Approval\n\nLetzte Änderung: 08.03.2026\nNächste Überprüfung: 08.06.2026\n", "2026-03-08"},
		"its front":          {"x.md", "---\ntitle: Ovens policy\nlast_updated: 2026-03-08\nnext_review: 2026-06-08\n---\n\nTurn them off.\n", "2026-03-08"},
		"a document's cycle": {"x.md", "# Ovens policy\n\n**Last Updated:** March 8, 2026\n**Next Review:** June 8, 2026\n**Review cycle:** yearly\n\nTurn them off.\n", ""},
	} {
		l, err := FindPolicies([]File{{try.file, []byte(try.text)}}, Limits{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list, err := ReadPolicies(l[0], ListOptions{})
		if err != nil || len(list.Policies) != 1 || showDay(list.Policies[0].Updated) != try.updated {
			t.Errorf("%s: %v, %+v", name, err, list.Policies)
		}
	}
}

// A state that is none of those known is said once, and the version is not said to be kept.
func TestOddStatesAndVersionsOfPolicies(t *testing.T) {
	l, err := FindPolicies([]File{{"policies.csv", []byte("Number,Policy,Version,Status\nP-1,Ovens,1.0,Overdue\nP-2,Hobs,1.1,Approved by the board\nP-3,Doors,1.0,Overdue\nP-4,Lamps,1.0,Draft 2\nP-5,Taps,1.0,retired\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(l[0], ListOptions{})
	if err != nil || len(list.Remarks) != 1 || list.Remarks[0].Line != 2 || !strings.HasPrefix(list.Remarks[0].Text, "“Overdue” on 2 lines does not say") {
		t.Errorf("%v, %+v", err, list.Remarks)
	}
	if why := list.Columns[2].Why; !strings.HasSuffix(why, "is not kept") {
		t.Error(why)
	}
}

// A box that nobody ticked says of no policy that it is in force.
func TestBoxesOfStates(t *testing.T) {
	for state, want := range map[string]string{
		"[ ] Ready":              "“[ ] Ready” on 2 lines is not ticked",
		"[] Approved":            "“[] Approved” on 2 lines is not ticked",
		"☐ Draft":                "“☐ Draft” on 2 lines is not ticked",
		"[ ] Draft [ ] Approved": "“[ ] Draft [ ] Approved” on 2 lines is not ticked",
		"[x] Ready":              "“Ready” on 2 lines does not say",
		"[ ] Draft [x] Approved": "",
		"☑ Approved":             "",
		"[x]":                    "",
	} {
		l, err := FindPolicies([]File{{"policies.csv", []byte("Number,Policy,Status\nP-1,Ovens," + state + "\nP-2,Hobs," + state + "\n")}}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadPolicies(l[0], ListOptions{})
		said := ""
		for _, r := range list.Remarks {
			said += r.Text
		}
		if err != nil || !strings.HasPrefix(said, want) || want == "" && said != "" {
			t.Errorf("%s: %v, %q", state, err, said)
		}
	}
}

// Who approves a policy alone is an officer, which is said; a board is a body.
func TestOfficersAreNoBodies(t *testing.T) {
	for by, remarked := range map[string]bool{"CTO": true, "Chief Executive Officer (CEO)": true, "Head of IT": true, "Board of Directors": false, "CEO office": false, "CEO and board": false, "Security council": false} {
		l, err := FindPolicies([]File{{"x.md", []byte("# Ovens policy\n\n**Approved by:** " + by + "\n\n## Rules\n\nTurn them off.\n")}}, Limits{})
		if err != nil || l[0].Rows[1].Cell(7) != by || (len(l[0].Notes) > 0) != remarked {
			t.Errorf("%s: %v, %+v", by, err, l)
		}
	}
}

func showDay(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}
