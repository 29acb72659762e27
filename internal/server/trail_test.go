package server_test

import (
	"net/http"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// TestTheTrailIsForWhoMayReadIt: the office and auditors, an auditor of a practice its own part; nobody else any of it.
func TestTheTrailIsForWhoMayReadIt(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	other := id(s.AddPractice(ctx, op, itsm.Practice{Name: "Problem management", Category: "service", State: "in use"}))
	facts(t, s.DB, `UPDATE practice SET purpose = 'hidden from the scoped' WHERE id = `+itoa(other))
	auditor, scoped := s.person("Aiko Tanaka"), s.person("Bo Scoped")
	dana := id(s.AddPerson(ctx, op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	for _, p := range []int64{auditor, scoped} {
		s.as(p)
		practice := "NULL"
		if p == scoped {
			practice = itoa(s.practice)
		}
		facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, practice_id, during) SELECT id, 'auditor', `+practice+`, '[2026-01-01,2027-06-01)' FROM account WHERE person_id = `+itoa(p))
	}
	for who, person := range map[string]int64{"the lead": s.lead, "an auditor": auditor} {
		a := s.as(person).get("/trail")
		a.shows(t, http.StatusOK, "Problem management", "Incident management", "at the command line", "before and after")
		s.as(person).get("/trail?act=edit+a+process&kind=letters").shows(t, http.StatusOK, "gave Practitioner of Incident management R in Log")
		if text := s.as(person).get("/trail?who=Nobody+Known").text(); !strings.Contains(text, "Nothing matches") {
			t.Errorf("%s: a name that nobody has finds something", who)
		}
		s.as(person).get("/trail?about=practice:"+itoa(other)).shows(t, http.StatusOK, "about Problem management", "added the practice Problem management")
		csv := s.as(person).get("/trail.csv")
		if csv.status != http.StatusOK || !strings.Contains(csv.body, "added the practice Problem management") || !strings.Contains(csv.body, "operator") {
			t.Errorf("%s: the file lacks events: %.300s", who, csv.body)
		}
	}
	// All that one event changed is a file of its own, for those alone who read the trail of all that it speaks of.
	rows := "/trail/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(event_id) FROM change WHERE table_name = 'practice' AND row_id = $1 AND before IS NOT NULL`, other)) + "/rows.csv"
	for _, person := range []int64{s.lead, auditor} {
		if csv := s.as(person).get(rows); csv.status != http.StatusOK || !strings.Contains(csv.body, "Practice: Problem management,changed,Purpose,,hidden from the scoped") {
			t.Errorf("the rows of an event: %d %.300s", csv.status, csv.body)
		}
	}
	for _, person := range []int64{scoped, s.reader, dana} {
		if a := s.as(person).get(rows); a.status != http.StatusNotFound {
			t.Errorf("%d reads the rows of an event that is not for them: %d", person, a.status)
		}
	}
	before := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`)
	part := s.as(scoped)
	for _, page := range []string{"/trail", "/trail.csv"} {
		a := part.get(page)
		if a.status != http.StatusOK || !strings.Contains(a.body, "Log") || strings.Contains(a.body, "Problem management") || strings.Contains(a.body, "hidden from the scoped") || strings.Contains(a.body, "added Marta") {
			t.Errorf("%s: an auditor of one practice sees something else: %d %.900s", page, a.status, a.text())
		}
	}
	if after := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`); after != before {
		t.Error("auditing wrote something")
	}
	part.get("/trail?about=practice:"+itoa(other)).shows(t, http.StatusOK, "Nothing matches")
	part.get("/processes/"+itoa(s.process)+"/history").shows(t, http.StatusOK, "before and after")
	if strings.Contains(part.get("/practices/"+itoa(other)+"/history").body, "before and after") {
		t.Error("an auditor of one practice reads the rows of another")
	}
	for who, person := range map[string]int64{"a reader": s.reader, "a supplier": dana} {
		for _, page := range []string{"/trail", "/trail.csv", "/trail?about=practice:" + itoa(s.practice)} {
			if a := s.as(person).get(page); a.status != http.StatusForbidden {
				t.Errorf("%s reads %s: %d", who, page, a.status)
			}
		}
	}
	s.as(dana).get("/practices/"+itoa(other)+"/history").shows(t, http.StatusNotFound)
	s.as(dana).get("/people/"+itoa(s.marta)+"/history").shows(t, http.StatusNotFound)
	s.as(dana).get("/people/"+itoa(dana)+"/history").shows(t, http.StatusOK, "appointed Dana Petrov")
	s.as(dana).get("/teams/"+itoa(s.desk)+"/history").shows(t, http.StatusNotFound)
}

func TestTheTrailComesPageByPage(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx := t.Context()
	for i := range 2*itsm.HistoryPage + 7 {
		letters := itsm.LetterC
		if i%2 == 0 {
			letters = itsm.LetterI
		}
		if err := s.SetCell(ctx, storetest.Operator, store.CellEdit{ProcessID: s.process, ActivityID: s.fix, RoleID: s.owner, Counter: store.Latest, Cell: itsm.Cell{Letters: letters}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, list := range []string{"trail", "history", "frequent"} {
		if list == "frequent" { // of a kind with many changes the trail is read from its end, and not by them: those that changed nothing do not count
			facts(t, s.DB, `INSERT INTO change (event_id, table_name, row_id, before, after)
				SELECT (SELECT min(id) FROM event), 'raci_cell', 1, '{"letters": "C", "counter": 1}', '{"letters": "C", "counter": 2}' FROM generate_series(1, 5001)`)
		}
		seen, before := map[int64]bool{}, int64(0)
		for range 9 {
			var records []itsm.Record
			var older int64
			var err error
			f := itsm.HistoryFilter{Kind: "letters", Before: before}
			if list != "history" {
				var trail itsm.Trail
				trail, err = s.Trail(ctx, storetest.Operator, f)
				records, older = trail.Records, trail.Older
			} else {
				var h itsm.History
				h, err = s.History(ctx, storetest.Operator, "process", s.process, f)
				records, older = h.Records, h.Older
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				if seen[r.EventID] || before != 0 && r.EventID >= before {
					t.Fatalf("%s: event %d comes twice, or out of order", list, r.EventID)
				}
				seen[r.EventID] = true
			}
			if before = older; older == 0 {
				break
			}
		}
		if n := storetest.Value[int64](t, s.DB, `
			SELECT count(DISTINCT event_id) FROM change WHERE table_name = 'raci_cell' AND before - 'counter' IS DISTINCT FROM after - 'counter'`); int64(len(seen)) != n {
			t.Errorf("%s: %d of %d events", list, len(seen), n)
		}
	}
}

func TestTheTrailShowsAFewRowsOfMany(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	auditor := s.as(s.lead)
	for _, of := range []struct {
		rows, shown int
		more        bool
	}{{10, 10, false}, {11, 3, true}} {
		facts(t, s.DB, `INSERT INTO change (event_id, table_name, row_id, after)
			SELECT currval('event_id_seq'), 'raci_cell', n, '{"letters": "C"}' FROM generate_series(1, `+itoa(int64(of.rows))+`) n`)
		event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
		_, latest, _ := strings.Cut(auditor.get("/trail").body, "event "+event+"<")
		latest, _, _ = strings.Cut(latest, "</details>")
		if n := strings.Count(latest, "<b><bdi>"); n != of.shown {
			t.Errorf("%d of %d rows are shown, want %d", n, of.rows, of.shown)
		}
		if more := strings.Contains(latest, `href="/trail/`+event+`/rows.csv"`); more != of.more {
			t.Errorf("of %d rows, all as a file: %t, want %t", of.rows, more, of.more)
		}
	}
}

// A number that nothing stands at is no deletion: the trail says so.
func TestTheTrailSaysWhyNumbersAreMissing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.get("/trail").shows(t, http.StatusOK, "a number that nothing stands at is of a write that was refused or only tried. Nothing is ever taken out of the trail")
	lead.get("/trail?kind=letters").shows(t, http.StatusOK, "of a write that was refused or only tried, or of one that is not among these.")
}
