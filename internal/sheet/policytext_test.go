package sheet

import (
	"strings"
	"testing"
)

// What these documents hold was seen in those of strangers; the texts are invented.
func TestTheFrontOfAPolicy(t *testing.T) {
	rest := "\n## Purpose\n\nData comes back.\n\n## Rules\n\nA copy every night.\n"
	for name, try := range map[string]struct{ file, text, number, title, owner, interval string }{
		"a document ID":                       {"x.md", "# Backups\n\n**Document ID**: BK-7  \n**Owner**: SMO lead  \n**Review Frequency:** Annually\n" + rest, "BK-7", "Backups", "SMO lead", "Annually"},
		"a policy code":                       {"x.md", "# Backups\n\n**Policy Code:** SEC-001\n**Owner:** [To be assigned]\n" + rest, "SEC-001", "Backups", "", ""},
		"a table of what it is":               {"x.md", "# Backups\n\n| **Document information** | |\n|---|---|\n| **Document ID** | BK-8 |\n| **Review cycle** | Every 2 years |\n" + rest, "BK-8", "Backups", "", "Every 2 years"},
		"blanks in front":                     {"x.md", "---\nid: BK-9\ntitle: Backups\nowner: \"{{owner}}\"\nlast_reviewed: null\n---\n# Backups\n" + rest, "BK-9", "Backups", "", ""},
		"a title block":                       {"x.md", "% Backups of Acme\n% Ann Bo\n% May 2026\n\n---\nheader-includes: yes\n---\n\n# Overview\n\nAll of it.\n" + rest, "x", "Backups of Acme", "", ""},
		"no title":                            {"off-boarding.md", "### Scope\n\nEverybody.\n\n### Return of equipment\n\nAll of it.\n", "off-boarding", "off boarding", "", ""},
		"a title after what opens":            {"x.md", "## Contents\n\n1. Rules\n\n# Backups\n" + rest, "x", "Backups", "", ""},
		"a table of versions":                 {"x.md", "# Backups\n\n| Version | Date | Description | Author |\n|---|---|---|---|\n| 1.0 | [Date] | First | Ann |\n" + rest, "x", "Backups", "", ""},
		"a sentence on reviews":               {"x.md", "# Backups\n" + rest + "\nThis policy is reviewed **annually** and when needed. Access logs are reviewed quarterly.\n", "x", "Backups", "", "annually"},
		"other reviews":                       {"x.md", "# Backups\n" + rest + "\nAccess rights of all systems under this policy are reviewed quarterly.\n", "x", "Backups", "", ""},
		"a title below that of all documents": {"x.md", "## Handbook of Acme\n\n### **Policy Name:** Backup Policy\n\n**Policy Number:** BK-3\n" + rest, "BK-3", "Backup Policy", "", ""},
		"an owner above all headings":         {"x.md", "**Effective Date:** 2026-03-01\n**Owner:** [[Roles/SMO lead\\|SMO lead]]\n" + rest, "x", "x", "SMO lead", ""},
		"auf Deutsch":                         {"x.md", "# Sicherung\n\n**Dokument-ID:** R-4\n\nDiese Richtlinie wird mindestens jährlich überprüft.\n", "R-4", "Sicherung", "", "jährlich"},
	} {
		l, err := FindPolicies([]File{{try.file, []byte(try.text)}}, Limits{})
		if err != nil || !l[0].Documents || len(l[0].Rows) != 2 {
			t.Errorf("%s: %+v, %v", name, l, err)
			continue
		}
		row := l[0].Rows[1]
		got := [4]string{row.Cell(1), row.Cell(2), row.Cell(9), row.Cell(8)}
		if got != [4]string{try.number, try.title, try.owner, try.interval} {
			t.Errorf("%s: got %q", name, got)
		}
		if strings.Contains(row.Cell(3), "---") || strings.Contains(row.Cell(3), "| |") {
			t.Errorf("%s: marks of a table are left in %q", name, row.Cell(3))
		}
	}
}

// What stands in front of a document is no reason to leave out its text.
func TestADescriptionInFrontIsNotAllOfIt(t *testing.T) {
	d := policyText("x.md", "---\ntitle: Backups\ndescription: Copies of data\n---\n# Backups\n\n## Purpose\n\nData comes back.\n\n## Scope\n\nEverything.\n")
	if d.statement != "Copies of data\n\nScope\n\nEverything." || d.why != "Data comes back." {
		t.Errorf("%q, %q", d.statement, d.why)
	}
}

// A list in a document stays one; what is neither is said.
func TestWhatIsAListOfPolicies(t *testing.T) {
	for text, documents := range map[string]bool{
		"# Index\n\n| Document | Description |\n|---|---|\n| Backups | Nightly |\n| Logs | A year |\n":                                           false,
		"# Register\n\n| id | path | owner_role | review_cycle | status |\n|---|---|---|---|---|\n| A-1 | a.md | Lead | monthly | Current |\n":   false,
		"# Backups\n\n## Purpose\n\nWhy.\n\n## Rules\n\nOne.\n\nTwo.\n\nThree.\n\n| Document | Description |\n|---|---|\n| Logs | See there |\n": true,
	} {
		found, err := FindPolicies([]File{{"x.md", []byte(text)}}, Limits{})
		if err != nil || found[0].Documents != documents {
			t.Errorf("%q: %+v, %v", text, found, err)
		}
	}
	found, err := FindPolicies([]File{{"readme.md", []byte("# Charts\n\nInstall them.\n")}}, Limits{})
	if err != nil || len(found[0].Notes) != 1 || !strings.Contains(found[0].Notes[0].Text, "Nothing in readme.md says") {
		t.Errorf("%+v, %v", found, err)
	}
	found, err = FindPolicies([]File{{"x.csv", []byte("Change date,Policy description\n2026-01-01,Hybrid work\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := ReadPolicies(found[0], ListOptions{}); err != nil || len(list.Policies) != 1 || list.Policies[0].Title != "Hybrid work" {
		t.Errorf("%+v, %v", list, err)
	}
}

// A document says in front, in a line or above its parts that it is a draft.
func TestADocumentSaysThatItIsADraft(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: Backups\ndraft: true\n---\n# Backups\n\n## Rules\n\nCopy.\n":           "draft",
		"---\ntitle: Backups\ndraft: false\n---\n# Backups\n\n## Rules\n\nCopy.\n":          "",
		"# Backups\n\n**Status:** Draft 0.3\n\n## Rules\n\nCopy.\n":                         "Draft 0.3",
		"# Backups\n\n**DRAFT**\n\n## Rules\n\nCopy.\n":                                     "DRAFT",
		"# Writing policies\n\n## Steps\n\nFirst it is one of these:\n\n- Draft\n\nDraft\n": "",
	} {
		if d := policyText("x.md", text); d.state != want || strings.Contains(d.statement, "DRAFT") {
			t.Errorf("%q: %q, %q", text, d.state, d.statement)
		}
	}
}
