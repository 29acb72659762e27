package main

import (
	"encoding/json"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store/storetest"
)

func TestHatsAndPoliciesAreImportedAtTheTerminal(t *testing.T) {
	db := storetest.New(t)
	person(t, db, "Anna Weber", "anna@example.org")
	person(t, db, "Bert Klein", "")
	if _, err := db.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Incident management", Category: "service", State: "in use"}); err != nil {
		t.Fatal(err)
	}
	at := []string{"import", "--database-url", db.URL}
	bring := func(args ...string) (listReport, int, string) {
		out, code, said := verb(t, append(at, args...)...)
		var r listReport
		if out != "" {
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatalf("%v in %s", err, out)
			}
		}
		return r, code, said
	}
	hats := gridFile(t, "hats.csv", "Practice;Role;Who\nIncident management;Owner;anna@example.org\nIncident management;Owner;Bert Klein\nIncident management;Manager;Zoe\n")
	r, code, said := bring("assignments", "--json", hats)
	if code != exitDoubtful || !strings.Contains(said, "Who is Zoe?") || r.Counts["new"] != 1 || r.Counts["refused"] != 1 || r.Counts["needs you"] != 1 || len(r.Questions) != 1 || r.Questions[0].Choices[itsm.LeaveOut] == "" {
		t.Errorf("%d %q %+v", code, said, r)
	}
	count := func(table string) int { return storetest.Value[int](t, db, `SELECT count(*) FROM `+table) }
	if count("assignment") != 0 {
		t.Fatal("something was written although a question is open")
	}
	if r, code, said = bring("assignments", "--json", "--dry-run", "--open", "out", hats); code != 0 || r.Counts["left out"] != 1 || count("assignment") != 0 {
		t.Errorf("%d %q %+v", code, said, r)
	}
	if r, code, said = bring("assignments", "--json", "--answer", r.Questions[0].Key+"="+itsm.LeaveOut, hats); code != 0 || r.Counts["new"] != 1 || count("assignment") != 1 {
		t.Errorf("%d %q %+v", code, said, r)
	}
	if r, code, said = bring("assignments", "--json", "--open", "out", hats); code != 0 || r.Counts["unchanged"] != 1 || count("assignment") != 1 {
		t.Errorf("brought again: %d %q %+v", code, said, r)
	}
	if r, code, said = bring("hats", "--json", "--dry-run", "--open", "out", hats); code != 0 || len(r.Lines) != 3 { // the same by its other name
		t.Errorf("hats: %d %q %+v", code, said, r)
	}
	blank := gridFile(t, "blank.md", "# Doors\n\n{{companyName}} keeps its doors shut.\n")
	for range 8 { // of three choices, the likeliest first
		if out, _, _ := verb(t, append(at, "policies", "--dry-run", blank)...); !strings.Contains(out, "with one of:\n  organisation: ") || strings.Index(out, "  keep: ") > strings.Index(out, "  out: ") {
			t.Fatalf("the choices stand in no order: %s", out)
		}
	}
	people := gridFile(t, "people.csv", "Name,E-mail,Title\nAnna Weber,anna@example.org,Lead\nCarl Neu,carl@example.org,\n")
	if out, code, said := verb(t, append(at, "people", "--dry-run", "--lines", people)...); code != 0 || !strings.Contains(out, "Line 2: changed: Anna Weber title: Lead") || !strings.Contains(out, "Line 3: new: Carl Neu") {
		t.Errorf("%d %q %s", code, said, out)
	}
	one, two := gridFile(t, "access.md", "# Access\n\nLeast privilege.\n"), gridFile(t, "backup.md", "# POL-2 Backup\n\nNightly.\n")
	if r, code, said = bring("policies", "--json", one, two); code != 0 || r.Counts["new"] != 2 || count("policy") != 2 || r.File != "2 files" {
		t.Errorf("%d %q %+v", code, said, r)
	}
	if _, code, said = bring("policies", "--json", gridFile(t, "x.pdf", "%PDF-1.7"), gridFile(t, "p.csv", "Number,Title,Statement\nP-3,Three,Say it.\n")); code != exitUnreadable || count("policy") != 3 {
		t.Errorf("%d %q, %d policies", code, said, count("policy"))
	}
}

// What else a file holds, or what was brought along with documents, is said.
func TestOtherListsAreSaid(t *testing.T) {
	two := gridFile(t, "two.md", "# Maintainers\n\n| Name | Role |\n|---|---|\n| Ada Moor | Baker |\n\n# Guests\n\n| Name | Role | Since |\n|---|---|---|\n| Bo Dahl | Clerk | 2026-01-01 |\n")
	list, document := gridFile(t, "list.csv", "Number,Policy,Owner\nP-1,Backups,Lead\n"), gridFile(t, "logs.md", "# Log policy\n\n## Purpose\n\nWe know.\n\n## Rules\n\nWrite it down.\n")
	for _, c := range []struct {
		files []string
		find  func(files []sheet.File) ([]sheet.Listing, error)
		says  string
	}{
		{[]string{two}, func(files []sheet.File) ([]sheet.Listing, error) {
			return sheet.FindHats(files[0].Name, files[0].Data, sheet.Limits{})
		}, "“Maintainers” is another list"},
		{[]string{list, document}, func(files []sheet.File) ([]sheet.Listing, error) {
			return sheet.FindPolicies(files, sheet.Limits{})
		}, "list.csv holds a list"},
	} {
		l, err := listFlags{}.listing(c.files, c.find)
		if err != nil || len(l.Notes) != 1 || !strings.HasPrefix(l.Notes[0].Text, c.says) {
			t.Errorf("%v, %+v", err, l.Notes)
		}
	}
}
