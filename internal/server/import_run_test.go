package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hatrack/internal/store/storetest"
)

// slowly lets each statement that adds to a table take longer than the moment that is waited for an import.
func (s scene) slowly(t *testing.T, table string) {
	t.Helper()
	if err := s.DB.Exec(t, `CREATE OR REPLACE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2.5); RETURN NULL; END $$;
		CREATE TRIGGER dawdle BEFORE INSERT ON `+table+` FOR EACH STATEMENT EXECUTE FUNCTION dawdle()`); err != nil {
		t.Fatal(err)
	}
}

// twice presses a button again while the first press is on its way.
func twice(press func() answer) (first, second answer) {
	var both sync.WaitGroup
	both.Add(2)
	go func() { defer both.Done(); first = press() }()
	go func() { defer both.Done(); second = press() }()
	both.Wait()
	return first, second
}

// A long import shows how far it is, is written once however often it is confirmed, and is settled meanwhile.
func TestALongImportShowsHowFarItIsAndRunsOnce(t *testing.T) {
	t.Parallel()
	for _, i := range []struct{ kind, table, path, list, running, done, act string }{
		{"people", "person", "/import/people", "Number,Name\nn77,Nina Newcomer\n", "Importing people", "The people are here", "import people"},
		{"policies", "policy", "/import/policies", "Number,Title,Statement\nP-77,Backups are tried,Every quarter.\n", "Importing policies", "It is imported", "import policies"},
		{"hats", "assignment", "/import/assignments", "Process,Role,Who,Since\nIncident management,Manager,Jonas Weber,2026-01-01\n", "Importing hats", "It is imported", "import who wears which hat"},
	} {
		t.Run(i.kind, func(t *testing.T) {
			t.Parallel()
			s := setScene(t)
			lead := s.as(s.lead)
			up := lead.upload(i.path, "list.csv", []byte(i.list))
			up.shows(t, http.StatusSeeOther)
			s.slowly(t, i.table)
			first, second := twice(func() answer { return lead.press(up.to+"/confirm", url.Values{}) })
			first.shows(t, http.StatusSeeOther)
			second.shows(t, http.StatusSeeOther)
			going := lead.get(up.to)
			going.shows(t, http.StatusOK, i.running, "This page renews itself")
			if going.header.Get("Refresh") == "" {
				t.Error("the page of a run does not come back")
			}
			lead.post(up.to, url.Values{"read": {"1"}}).shows(t, http.StatusConflict, "This is being imported")
			if !storetest.Value[bool](t, s.DB, `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() WHERE l.locktype = 'advisory' AND l.objid = `+up.to[strings.LastIndex(up.to, "/")+1:]+`)`) {
				t.Error("no other server could know that one is at it")
			}
			s.settles(t, lead, up.to, i.done)
			lead.post(up.to+"/confirm", url.Values{}).shows(t, http.StatusSeeOther)
			if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE act = '`+i.act+`'`); n != 1 {
				t.Errorf("%d events", n)
			}
		})
	}
}

// settles waits for the end of an import.
func (s scene) settles(t *testing.T, by reader, path, done string) {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		a := by.get(path)
		if strings.Contains(a.text(), done) {
			return
		}
		if !strings.Contains(a.text(), "Importing") || time.Now().After(end) {
			t.Fatalf("the import does not end: %.600s", a.text())
		}
	}
}

// The same of grids; what came to nothing says so where it began.
func TestALongImportOfGridsShowsHowFarItIsAndRunsOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "first.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,A,R\n"), nil)
	lead.post(up.to, url.Values{"do": {"plan"}, "practice": {""}, "practice_name": {"Logistics"}}).shows(t, http.StatusSeeOther)
	seen := seenPlan(t, lead, up.to)
	s.slowly(t, "step")
	first, second := twice(func() answer { return lead.press(up.to+"/import", url.Values{"seen": {seen}}) })
	first.shows(t, http.StatusSeeOther)
	second.shows(t, http.StatusSeeOther)
	lead.get(up.to).shows(t, http.StatusOK, "Importing grids", "0 of 1 processes written")
	lead.get(up.to+"/plan").shows(t, http.StatusSeeOther)
	lead.post(up.to, url.Values{"do": {"look"}, "practice_name": {"Elsewhere"}}).shows(t, http.StatusConflict, "This is being imported")
	s.settles(t, lead, up.to, "The grids are in")
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM practice WHERE name = 'Logistics'`); n != 1 {
		t.Errorf("%d practices", n)
	}
}

// An import that a stopped server broke off says so, changed nothing, and can be repeated.
func TestAnImportThatWasBrokenOffIsRepeated(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	broken := func(id string) {
		if err := s.DB.Exec(t, `UPDATE staged_import SET answers = answers || '{"run": {"done": 1, "of": 2, "beat": "`+storetest.Now.Add(-5*time.Second).UTC().Format(time.RFC3339)+`", "over": false}}' WHERE id = `+id); err != nil {
			t.Fatal(err)
		}
	}
	for path, list := range map[string]string{
		"/import/assignments": "Process,Role,Who,Since\nIncident management,Manager,Jonas Weber,2026-01-01\n",
		"/import/policies":    "Number,Title,Statement\nP-77,Backups are tried,Every quarter.\n",
		"/import/people":      "Number,Name\nn77,Nina Newcomer\n",
	} {
		up := lead.upload(path, "list.csv", []byte(list))
		broken(up.to[strings.LastIndex(up.to, "/")+1:])
		lead.get(up.to).shows(t, http.StatusOK, "Nothing was imported", "broken off", "Look at the list again")
		lead.post(up.to, url.Values{"again": {"1"}}).shows(t, http.StatusSeeOther)
		lead.get(up.to).shows(t, http.StatusOK, "Is this how you mean it?", "1 new")
		lead.post(up.to+"/confirm", url.Values{}).shows(t, http.StatusSeeOther)
		lead.get(up.to).shows(t, http.StatusOK, "1 new", "Undo")
	}
	up := lead.uploadWith("/import/raci", "first.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,A,R\n"), nil)
	lead.post(up.to, url.Values{"do": {"plan"}, "practice": {""}, "practice_name": {"Logistics"}}).shows(t, http.StatusSeeOther)
	broken(up.to[strings.LastIndex(up.to, "/")+1:])
	lead.get(up.to).shows(t, http.StatusOK, "Is this how you mean them?", "broken off")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	lead.get(up.to).shows(t, http.StatusOK, "The grids are in")
}

// dawdling lets taking people away take longer than the moment that is waited for an undo.
func (s scene) dawdling(t *testing.T) {
	t.Helper()
	if err := s.DB.Exec(t, `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2.5); RETURN NULL; END $$;
		CREATE TRIGGER dawdle BEFORE DELETE ON person FOR EACH STATEMENT EXECUTE FUNCTION dawdle()`); err != nil {
		t.Fatal(err)
	}
}

// Another server knows that an undo is on its way, does not do it again, and says that it is done once it is.
func TestAnUndoIsKnownToEveryServer(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte("Number,Name\nn77,Nina Newcomer\n"))
	lead.confirm(up.to).shows(t, http.StatusOK, "1 new", "Undo")
	undo := "/events/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)) + "/undo"
	s.dawdling(t)
	elsewhere := lead
	elsewhere.site = serveOn(t, s.DB)
	elsewhere.get(undo).shows(t, http.StatusOK, "Undo this change?")
	going := lead.press(undo, url.Values{"back": {up.to}})
	going.shows(t, http.StatusSeeOther)
	there := elsewhere.get(going.to)
	there.shows(t, http.StatusOK, "Taking it back", "imported people from list.csv")
	if there.header.Get("Refresh") == "" {
		t.Error("the page does not come back")
	}
	if again := elsewhere.press(undo, url.Values{"back": {up.to}}); again.to != going.to {
		t.Errorf("pressed at another server it leads to %q", again.to)
	}
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if a := elsewhere.get(going.to); a.status == http.StatusSeeOther {
			if a.to != up.to {
				t.Errorf("it leads to %q", a.to)
			}
			break
		} else if time.Now().After(end) {
			t.Fatal(a.text())
		}
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE undoes IS NOT NULL`); n != 1 {
		t.Errorf("%d undoings", n)
	}
	s.wear(s.owner, s.jonas, 0)
	if other := s.as(s.jonas).post(undo, nil); other.status == http.StatusSeeOther {
		t.Error("somebody else is told that it is theirs")
	}
}

// A long undo shows that it is on its way, is done once however often it is pressed, and leads back where it began.
func TestALongUndoIsShownAndDoneOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte("Number,Name\nn77,Nina Newcomer\n"))
	lead.confirm(up.to).shows(t, http.StatusOK, "1 new", "Undo")
	undo := "/events/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)) + "/undo"
	s.dawdling(t)
	first, second := twice(func() answer { return lead.press(undo, url.Values{"back": {up.to}}) })
	if here := undo + "?back=" + url.QueryEscape(up.to); first.to != here || second.to != here {
		t.Errorf("led to %q and %q", first.to, second.to)
	}
	going := lead.get(undo)
	going.shows(t, http.StatusOK, "Taking it back", "imported people from list.csv")
	if going.header.Get("Refresh") == "" {
		t.Error("the page does not come back")
	}
	if other := s.as(s.reader).get(undo); strings.Contains(other.body, "Taking it back") {
		t.Error("somebody else is shown it")
	}
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if a := lead.get(undo); a.status == http.StatusSeeOther {
			if a.to != up.to {
				t.Errorf("it leads to %q", a.to)
			}
			break
		} else if time.Now().After(end) {
			t.Fatal(a.text())
		}
	}
	lead.get(up.to).shows(t, http.StatusOK, "It was undone")
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE undoes IS NOT NULL`); n != 1 {
		t.Errorf("%d undoings", n)
	}
}
