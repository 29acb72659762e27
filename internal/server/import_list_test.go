package server_test

import (
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

const smallHats = "Proces;Rolle;Wer;Geburtsdatum;Seit\n" +
	"Incident management;Manager;Jonas Weber;1980-04-04;2026-01-01\n" +
	"Incident management;Prozesseigner;Marta Nowak;;2026-11-23\n" +
	"Incident management;Owner;Ana Souza;;2026-11-23\n" +
	"Incident management;Manager;Zoe Nobody;;\n" +
	"Incident management;Manager;Zoe Nobody;;\n"

func TestAListOfHatsIsAskedAboutAndImported(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	lead := s.as(s.lead)
	s.as(s.reader).upload("/import/assignments", "hats.csv", []byte(smallHats)).shows(t, 403)
	up := lead.upload("/import/assignments", "hats.csv", []byte(smallHats))
	if up.status != 303 {
		t.Fatalf("status %d: %s", up.status, up.text())
	}
	page := lead.get(up.to)
	page.shows(t, 200, "5 lines in hats.csv", "Who is Zoe Nobody?", "2 lines, the first is line 5", "Jonas Weber as Manager of Incident management", "Marta Nowak owns Incident management", "neither read nor kept: Geburtsdatum")
	if strings.Contains(page.body, "Import 1 hat") || strings.Contains(page.body, "1980") {
		t.Error("it could be imported with a question open, or a birth date is on the page")
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM staged_import WHERE position('1980-04-04' IN convert_from(content, 'UTF8')) > 0`); n != 0 {
		t.Error("a birth date is kept")
	}
	s.as(s.reader).get(up.to).shows(t, 403)
	if a := lead.post(up.to+"/confirm", url.Values{}); a.status != 409 {
		t.Errorf("with a question open: %d", a.status)
	}
	if a := lead.post(up.to, url.Values{"rest": {"out"}}); a.status != 303 {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.get(up.to).shows(t, 200, "Import 1 hat", "2 left out")
	if _, rows := lead.file(up.to + "/lines.csv"); strings.Join(column(rows, "Outcome"), ",") != "new,unchanged,refused,left out,left out" {
		t.Errorf("got %v", rows)
	}
	for range 2 { // pressed twice
		if a := lead.post(up.to+"/confirm", url.Values{}); a.status != 303 {
			t.Fatalf("status %d: %s", a.status, a.text())
		}
	}
	lead.get(up.to).shows(t, 200, "It is imported", "1 new", "Undo")
	if strings.Contains(lead.get(up.to).body, "need you") {
		t.Error("a list that is imported still needs somebody")
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE act = 'import who wears which hat'`); n != 1 {
		t.Errorf("%d events", n)
	}
	_, rows := lead.file(up.to + "/lines.csv")
	if rows[0]["Changes"] != "from: 1 Jan 2026" || rows[2]["Why"] == "" {
		t.Errorf("got %v", rows)
	}
	event := storetest.Value[int64](t, s.DB, `SELECT id FROM event WHERE act = 'import who wears which hat'`)
	lead.get("/events/"+itoa(event)+"/undo").shows(t, 200, "imported who wears which hat from hats.csv")
	s.as(s.reader).post("/events/"+itoa(event)+"/undo", url.Values{}).shows(t, 403)
	if a := lead.post("/events/"+itoa(event)+"/undo", url.Values{}); a.status != 303 {
		t.Errorf("undo: %d %s", a.status, a.text())
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM assignment WHERE person_id = $1`, s.jonas); n != 0 {
		t.Error("it was not undone")
	}
	lead.get(up.to).shows(t, 200, "It was undone", "Bring it again")
}

func TestColumnsOfAListAreChosenByHand(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/assignments", "x.csv", []byte("A,B,C\nSomebody,xyz,2026-03-04\n"))
	lead.get(up.to).shows(t, 422, "none of its columns is known to be the role")
	lead.post(up.to, url.Values{"read": {"again"}, "column-0": {"holder"}, "column-1": {"role"}, "column-2": {"from"}})
	lead.get(up.to).shows(t, 200, "Who is Somebody?", "Which role is “xyz”?", "chosen by hand")
	if a := lead.post(up.to, url.Values{"key-0": {"role:xyz::"}, "answer-0": {"role:" + itoa(s.analyst)}}); a.status != 303 {
		t.Fatal(a.status)
	}
	page := lead.get(up.to)
	page.shows(t, 200, "Needs you", "1 open question")
	lead.post(up.to+"/discard", url.Values{})
	lead.get(up.to).shows(t, 404)
}

const smallPolicies = "Ref,Policy name,Description,Legal basis,Reviewed\nPOL-1,Backups,Nightly.,GDPR,\nPOL-2,Logging,,internal,\n,,,,\n"

func TestAListOfPoliciesIsAskedAboutAndImported(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.as(s.reader).get("/import/policies").shows(t, 403)
	up := lead.upload("/import/policies", "policies.csv", []byte(smallPolicies))
	lead.get(up.to).shows(t, 200, "What kind of driver is “GDPR”?", "POL-2 Logging", "It says no more than its title.")
	if a := lead.post(up.to, url.Values{"key-0": {"driver:gdpr"}, "answer-0": {"law"}}); a.status != 303 {
		t.Fatal(a.status)
	}
	lead.get(up.to).shows(t, 200, "Import 2 policies")
	lead.post(up.to+"/confirm", url.Values{})
	lead.get(up.to).shows(t, 200, "It is imported", "2 new")
	lead.get("/policies").shows(t, 200, "Backups", "Logging", "Law", "Import policies")
	again := lead.upload("/import/policies", "policies.csv", []byte(strings.Replace(smallPolicies, "Nightly.", "Hourly.", 1)))
	lead.get(again.to).shows(t, 200, "Read as you said the last time.", "0 open questions", "1 changed", "1 unchanged", "Hourly.")
	other := lead.upload("/import/policies", "policies.csv", []byte(strings.Replace(smallPolicies, "Reviewed", "Seen", 1)))
	if a := lead.get(other.to); strings.Contains(a.body, "the last time") {
		t.Error("a list of other headings is read as the last one")
	}
}

// How the columns of a list were used, and what was answered, counts for the next one under the same headings, until
// somebody says otherwise; what was left out was so of that list alone.
func TestAListIsReadAsTheLastOneOfItsShape(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/assignments", "x.csv", []byte("A,B,C\nJonas Weber,xyz,2026-03-04\nSomebody,xyz,\n"))
	lead.post(up.to, url.Values{"read": {"again"}, "column-0": {"holder"}, "column-1": {"role"}, "column-2": {"from"}})
	lead.post(up.to, url.Values{"key-0": {"role:xyz::"}, "answer-0": {"role:" + itoa(s.analyst)}, "rest": {"out"}})
	lead.get(up.to).shows(t, 200, "1 new", "1 left out")
	lead.post(up.to+"/confirm", url.Values{})
	next := lead.upload("/import/assignments", "y.csv", []byte("A,B,C\nMarta Nowak,xyz,2026-03-05\nSomebody,xyz,\n"))
	lead.get(next.to).shows(t, 200, "Read as you said the last time.", "1 new", "1 open question", "Who is Somebody?")
	lead.post(next.to, url.Values{"read": {"again"}, "column-0": {"holder"}, "column-1": {""}, "column-2": {"from"}})
	if a := lead.get(next.to); a.status != 422 || strings.Contains(a.body, "the last time") {
		t.Errorf("said otherwise, it is read as the last one: %d", a.status)
	}

	people := lead.upload("/import/people", "p.csv", []byte("Name,Mark\nEva Neu,Clerk\n"))
	lead.post(people.to, url.Values{"column-0": {"name"}, "column-1": {"title"}})
	lead.confirm(people.to)
	more := lead.upload("/import/people", "q.csv", []byte("Name,Mark\nOla Neu,Lead\n"))
	lead.get(more.to).shows(t, 200, "Read as you said the last time.", "chosen by hand", "Lead")
}

// What an import of policies wrote is said before it is undone, by names.
func TestTheUndoOfPoliciesNamesWhatItTakesOut(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/policies", "p.csv", []byte("Number,Title,Statement,Driver,Owner role,Owner's scope,Review every\nSEC-1,Logged,Log.,Law,Owner,Incident management,12\nSEC-2,Told,Tell.,,,,sometimes\n"))
	lead.get(up.to).shows(t, 200, "driver Law", "review every year", "SEC-2 Told", "“sometimes” is no interval", "2 new")
	lead.post(up.to+"/confirm", url.Values{})
	event := storetest.Value[int64](t, s.DB, `SELECT id FROM event WHERE act = 'import policies'`)
	a := lead.get("/events/" + itoa(event) + "/undo")
	a.shows(t, 200, "imported policies from p.csv: 2 new (", "Policy: SEC-1 Logged is taken out", "Owner role: Practice Owner")
	if strings.Contains(a.text(), "Number: SEC-1") {
		t.Error("the number is said twice")
	}
}

func TestADocumentIsAPolicy(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/policies", "access.md", []byte("# SEC-4 Access\n\nIssued by: Board\n\n## Purpose\n\nFewer leaks.\n\n## Policy\n\nLeast privilege.\n\n### Details\n\nMore.\n"))
	lead.get(up.to).shows(t, 200, "SEC-4 Access", "New 1 file", "Import 1 policy")
	lead.post(up.to+"/confirm", url.Values{})
	if got := storetest.Value[string](t, s.DB, `SELECT concat_ws('|', y.number, y.issuing_body, v.title, v.statement, v.why) FROM policy y JOIN policy_version v ON v.policy_id = y.id`); got !=
		"SEC-4|Board|Access|Least privilege.\n\nDetails\n\nMore.|Fewer leaks." {
		t.Errorf("got %q", got)
	}
}

func TestTheHubOffersWhatOneMayBring(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.as(s.lead).get("/import").shows(t, 200, "Bring people", "Bring grids", "Bring hats", "Bring policies")
	owner := s.as(s.marta).get("/import")
	owner.shows(t, 200, "Bring grids")
	if strings.Contains(owner.body, "Bring people") || strings.Contains(owner.body, "/import/assignments") {
		t.Error("an Owner is offered what they may not bring")
	}
	s.as(s.reader).get("/import").shows(t, 403)
	if strings.Contains(s.as(s.reader).get("/map").body, "/import/assignments") || !strings.Contains(s.as(s.lead).get("/map").body, "/import/assignments") {
		t.Error("the map leads to the import for the wrong people")
	}
}

// What lines of people came to is a file before and after.
func TestTheOutcomeOfEachPersonIsAFile(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte(smallList))
	for range 2 {
		_, rows := lead.file(up.to + "/lines.csv")
		if len(rows) != 3 || rows[0]["Outcome"] != string(itsm.NewLine) || rows[0]["What it says"] != "Anna Weber" || rows[2]["Outcome"] != "refused" || rows[2]["Why"] == "" {
			t.Errorf("got %v", rows)
		}
		lead.confirm(up.to)
	}
	s.as(s.reader).get(up.to+"/lines.csv").shows(t, 403)
}

// A list is written and used up together: where it cannot be used up nothing of it is written.
func TestAListIsNotWrittenWithoutBeingUsedUp(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for path, list := range map[string]string{
		"/import/assignments": "Process,Role,Who,Since\nIncident management,Manager,Jonas Weber,2026-01-01\n",
		"/import/policies":    "Number,Title,Statement\nP-77,Backups are tried,Every quarter.\n",
		"/import/people":      "Number,Name\nn77,Nina Newcomer\n",
	} {
		up := lead.upload(path, "list.csv", []byte(list))
		up.shows(t, 303)
		id := up.to[strings.LastIndex(up.to, "/")+1:]
		if err := s.DB.Exec(t, `CREATE OR REPLACE FUNCTION refuse_staged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
			DROP TRIGGER IF EXISTS no_outcome ON staged_import;
			CREATE TRIGGER no_outcome BEFORE UPDATE OF content ON staged_import FOR EACH ROW EXECUTE FUNCTION refuse_staged()`); err != nil {
			t.Fatal(err)
		}
		events := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`)
		lead.post(up.to+"/confirm", url.Values{})
		if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`); n != events {
			t.Errorf("%s: written, and the upload can be confirmed again", path)
		}
		if err := s.DB.Exec(t, `DROP TRIGGER no_outcome ON staged_import; UPDATE staged_import SET answers = answers - 'run' WHERE id = `+id); err != nil {
			t.Fatal(err)
		}
		lead.post(up.to+"/confirm", url.Values{}).shows(t, 303)
		lead.get(up.to).shows(t, 200, "1 new", "Undo")
	}
}

func TestAListOfPeopleIsUndoneFromItsPage(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	people := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person`)
	up := lead.upload("/import/people", "list.csv", []byte("Number,Name,E-mail\nn77,Nina Newcomer,nina@x.example\n"))
	lead.confirm(up.to).shows(t, 200, "1 new", "Undo")
	event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
	lead.get("/events/"+event+"/undo").shows(t, 200, "imported people from list.csv", "Undo this change?", "With the organisation: at any time")
	s.as(s.reader).post("/events/"+event+"/undo", url.Values{}).shows(t, 403)
	lead.post("/events/"+event+"/undo", url.Values{}).shows(t, 303)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person`); n != people {
		t.Errorf("%d people, before %d", n, people)
	}
	lead.get(up.to).shows(t, 200, "It was undone", "Bring it again")
}

// Whoever says that the first line is one of the list, or is none, has it read so; the columns are guessed anew.
func TestTheFirstLineIsWhatIsSaid(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/assignments", "x.csv", []byte("p1@nobody.example,Manager,Incident management\np2@nobody.example,Manager,Incident management\n"))
	lead.get(up.to).shows(t, 200, "2 lines in x.csv", "holds no headings", "Who is p1@nobody.example?")
	lead.post(up.to, url.Values{"read": {"again"}, "top": {"headings"}})
	if a := lead.get(up.to); strings.Contains(a.text(), "Who is p1@nobody.example?") {
		t.Errorf("said to be headings, the first line is read: %s", a.text())
	}
	lead.post(up.to, url.Values{"guess": {"1"}})
	lead.get(up.to).shows(t, 200, "2 lines in x.csv")

	people := lead.upload("/import/people", "p.csv", []byte("Name,Mark\nEva Neu,Clerk\n"))
	lead.post(people.to, url.Values{"top": {"data"}, "column-0": {"name"}})
	if a := lead.get(people.to); a.status != 422 || !strings.Contains(a.text(), "such as Name") {
		t.Errorf("%d %s", a.status, a.text())
	}
	lead.post(people.to, url.Values{"top": {"data"}, "column-0": {"name"}})
	lead.get(people.to).shows(t, 200, "2 lines", "2 new")
}

// One line that waits needs somebody; several need them. What is not imported is discarded, whatever it is.
func TestWordsOfImportsAgree(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for lines, says := range map[string]string{
		"Incident management;Manager;Zoe Nobody\n": "1 needs you", "Incident management;Manager;Zoe Nobody\nIncident management;Manager;Bo Nobody\n": "2 need you",
	} {
		up := lead.upload("/import/assignments", "hats.csv", []byte("Process;Role;Who\n"+lines))
		lead.get(up.to).shows(t, 200, says, "Discard")
	}
	grid := lead.upload("/import/raci", "grid.csv", []byte("Activity,Planner,Desk\nPlan,A,R\nDo,A,R\n"))
	if page := lead.get(grid.to).text(); !strings.Contains(page, "Discard") || strings.Contains(page, "Throw away") {
		t.Error("grids are thrown away and not discarded")
	}
	lead.get(s.raci()).shows(t, 200, "Choose roles")
}
