package store_test

import (
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

var plainReader = itsm.Actor{AccountID: 1, PersonID: 1, Name: "A reader", Today: storetest.Today}

// found is what a search finds, as "kind name" each.
func found(t *testing.T, db *storetest.DB, by itsm.Actor, text string) []string {
	t.Helper()
	r := must[itsm.Results](t)(db.Search(t.Context(), by, itsm.SearchFilter{Text: text}, storetest.Today))
	var out []string
	for _, f := range r.Found {
		out = append(out, string(f.Kind)+" "+f.Name)
	}
	return out
}

func finds(t *testing.T, db *storetest.DB, by itsm.Actor, text, want string) {
	t.Helper()
	got := found(t, db, by, text)
	if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
		t.Errorf("%q finds %v, want %q first", text, got, want)
	}
}

func TestSearchFindsByNameStemBeginningAndSlip(t *testing.T) {
	s := buildMatrix(t)
	must[int64](t)(s.AddPerson(t.Context(), op, itsm.Person{Name: "Søren Łukasiewicz-Großmann", Title: "Desk lead"}))
	must[int64](t)(s.AddRole(t.Context(), op, itsm.Role{Kind: itsm.Practitioner, Name: "Major incident manager", PracticeID: s.practice}))
	other := addPractice(t, s.DB, "Change enablement")
	must[int64](t)(s.AddRole(t.Context(), op, itsm.Role{Kind: itsm.Practitioner, Name: "Leading problem manager", PracticeID: addPractice(t, s.DB, "Problem management")}))
	addActivity(t, s.DB, addProcess(t, s.DB, other, "Run a change"), "Authorise normal changes", 0)
	for text, want := range map[string]string{
		"incident management":         "practice Incident management",
		"incident":                    "practice Incident management",
		"handle an incident":          "process Handle an incident",
		"incidents handling":          "process Handle an incident",
		"logging":                     "activity Log",
		"log incident":                "activity Log",
		"authorising":                 "activity Authorise normal changes",
		"MIM":                         "role Major incident manager",
		"major inc":                   "role Major incident manager",
		"soren lukasiewicz":           "person Søren Łukasiewicz-Großmann",
		"GROSSMANN":                   "person Søren Łukasiewicz-Großmann",
		"Großmann":                    "person Søren Łukasiewicz-Großmann",
		"sören":                       "person Søren Łukasiewicz-Großmann",
		"lukasiewitz":                 "person Søren Łukasiewicz-Großmann",
		"desk lead":                   "person Søren Łukasiewicz-Großmann",
		"chnage enabelment":           "practice Change enablement",
		"mart":                        "person Marta Nowak",
		"incident manager":            "role Incident manager",
		"incidnet managr":             "role Incident manager",
		"change manager":              "role Manager",
		"problem manager":             "role Leading problem manager",
		"practice manager":            "role Manager",
		"Process Owner":               "role Owner",
		"problem management":          "practice Problem management",
		"qwertyuiop":                  "",
		"' & | !":                     "",
		"\\ ' :* <-> --":              "",
		"½":                           "",
		strings.Repeat("qwerty ", 40): "",
	} {
		finds(t, s.DB, plainReader, text, want)
	}
	r := must[itsm.Results](t)(s.Search(t.Context(), plainReader, itsm.SearchFilter{Text: "incident"}, storetest.Today))
	if r.Alike || r.Counts[itsm.FoundPractice] != 1 || r.Counts[itsm.FoundProcess] != 1 || r.Counts[itsm.FoundPerson] != 0 {
		t.Errorf("got %+v", r)
	}
	if r := must[itsm.Results](t)(s.Search(t.Context(), plainReader, itsm.SearchFilter{Text: "incidnet managr"}, storetest.Today)); !r.Alike || r.Exact {
		t.Error("a slip of the pen passes for the word")
	}
	if r := must[itsm.Results](t)(s.Search(t.Context(), plainReader, itsm.SearchFilter{Text: "enablement"}, storetest.Today)); !r.Exact {
		t.Error("a word as it is passes for a slip of the pen")
	}
}

func TestSearchKnowsChangesAtOnce(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	p := must[store.Practice](t)(s.Practice(ctx, op, s.practice, storetest.Today)).Practice
	p.Name = "Disruption care"
	ok(t, s.EditPractice(ctx, op, p))
	finds(t, s.DB, plainReader, "disruption", "practice Disruption care")
	finds(t, s.DB, plainReader, "disruption manager", "role Incident manager")
	if got := found(t, s.DB, plainReader, "incident management"); len(got) > 0 && got[0] == "practice Disruption care" {
		t.Errorf("the old name finds %v", got)
	}
	marta := must[itsm.Person](t)(s.Person(ctx, s.marta))
	marta.Name, marta.SortName = "Marta Kowalska", ""
	ok(t, s.EditPerson(ctx, op, marta))
	finds(t, s.DB, plainReader, "kowalska", "person Marta Kowalska")
	finds(t, s.DB, plainReader, "nowak", "")
	process := must[store.Process](t)(s.Process(ctx, op, s.process, storetest.Today)).Process
	process.Name = "Handle a disturbance"
	ok(t, s.EditProcess(ctx, op, process))
	finds(t, s.DB, plainReader, "log disturbance", "activity Log")
	must[bool](t)(s.ArchiveProcess(ctx, op, s.process, process.Counter+1))
	for text, want := range map[string]itsm.SearchKind{"disturbance": itsm.FoundProcess, "logging": itsm.FoundActivity} {
		r := must[itsm.Results](t)(s.Search(ctx, plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
		if len(r.Found) == 0 || r.Found[0].Kind != want || r.Found[0].Until == nil || !r.Found[0].Until.Equal(storetest.Today) {
			t.Errorf("%q in what is archived: %+v", text, r.Found)
		}
	}
	ok(t, s.RestoreProcess(ctx, op, s.process))
	finds(t, s.DB, plainReader, "log disturbance", "activity Log")
	if stale := storetest.Value[int64](t, s.DB, outOfStep); stale != 0 {
		t.Errorf("%d entries are not what they would be if they were made now", stale)
	}
}

// What is archived is found below what is in use, though it is called just as that was asked; nobody answers for it today, and
// of a day when it was in use is said who did.
func TestWhatIsArchivedIsFoundLastAndAnsweredForThen(t *testing.T) {
	o := buildOffice(t)
	ctx := t.Context()
	ask := func(text string) itsm.Results {
		return must[itsm.Results](t)(o.Search(ctx, plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
	}
	answers := func(text, want string) {
		t.Helper()
		if got := strings.Join(told(ask(text)), "; "); got != want {
			t.Errorf("%q is answered %q, want %q", text, got, want)
		}
	}
	before := "on " + itsm.ISODay(storetest.Today.AddDate(0, 0, -1))
	must[int64](t)(o.AddService(ctx, op, itsm.Service{Name: "Operations console"}))
	o.appoint(t, o.wei, o.manager)
	o.appoint(t, o.joe, o.toManager)
	ok(t, o.merge(op, t, o.to))
	r := ask("operations")
	if len(r.Found) < 2 || r.Found[0].Name != "Operations console" {
		t.Fatalf("found %+v", r.Found)
	}
	for _, f := range r.Found {
		if f.Kind == itsm.FoundPractice && (f.Name != "Operations" || f.Became != "Monitoring and event management" || f.Until == nil) {
			t.Errorf("the practice that was made one with another one: %+v", f)
		}
	}
	external := itsm.Actor{AccountID: 2, PersonID: 2, External: true, Sees: []int64{o.from}, Today: storetest.Today}
	for _, f := range must[itsm.Results](t)(o.Search(ctx, external, itsm.SearchFilter{Text: "operations"}, storetest.Today)).Found {
		if f.Became != "" || f.Parent == "Monitoring and event management" {
			t.Errorf("an external is told with what it was made one: %+v", f)
		}
	}
	became := ""
	for _, f := range ask("operations owner").Found {
		if f.Kind == itsm.FoundRole && f.RoleKind == itsm.Owner && f.Parent == "Operations" {
			became = f.Became
		}
	}
	if became != "Practice Owner of Monitoring and event management" {
		t.Errorf("the Owner's role was made one with %q", became)
	}
	answers("who owned operations "+before, "Owner: Joe Okafor, , Owner")
	answers("who owned event management "+before, "Owner: Joe Okafor, , Owner; Owner: Ana Ruiz, , Owner") // a process of this name lay in Operations
	answers("who managed operations "+before, "Manager: Wei Chen, , Manager")
	answers("who managed monitoring "+before, "Manager: Joe Okafor, , Manager")
	answers("who manages monitoring", "Manager: Wei Chen, , Manager; Manager: Joe Okafor, , Manager")
	answers("who manages operations", "")
	answers("who was the watcher "+before, "Watcher: Wei Chen, , Watcher")
	if stale := storetest.Value[int64](t, o.DB, outOfStep); stale != 0 {
		t.Errorf("%d entries are not what they would be if they were made now", stale)
	}
	ok(t, o.Undo(ctx, op, o.lastEvent(t)))
	if r := ask("operations"); r.Found[0].Name != "Operations" || r.Found[0].Until != nil {
		t.Errorf("after the undo: %+v", r.Found[0])
	}
}

// outOfStep counts entries that triggers left behind.
const outOfStep = `
	WITH fresh AS (
		SELECT m.* FROM (VALUES ('practice'), ('process'), ('activity'), ('role'), ('person'), ('team'), ('company'), ('service'), ('policy')) AS k (kind),
		LATERAL search_made(k.kind, CASE k.kind
			WHEN 'practice' THEN ARRAY(SELECT id FROM practice) WHEN 'process' THEN ARRAY(SELECT id FROM process) WHEN 'activity' THEN ARRAY(SELECT id FROM activity)
			WHEN 'role' THEN ARRAY(SELECT id FROM role) WHEN 'person' THEN ARRAY(SELECT id FROM person) WHEN 'team' THEN ARRAY(SELECT id FROM team)
			WHEN 'company' THEN ARRAY(SELECT id FROM company) WHEN 'service' THEN ARRAY(SELECT id FROM service) ELSE ARRAY(SELECT id FROM policy) END) AS m
	)
	SELECT count(*) FROM fresh f FULL JOIN search_entry e ON e.kind = f.kind AND e.id = f.id WHERE f IS DISTINCT FROM e`

func TestExternalsFindOnlyTheirPractices(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	theirs := addPractice(t, s.DB, "Supplier liaison")
	addActivity(t, s.DB, addProcess(t, s.DB, theirs, "Take an incident over"), "Log the ticket", 0)
	service := must[int64](t)(s.AddService(ctx, op, itsm.Service{Name: "Incident portal"}))
	ok(t, s.AddSupport(ctx, op, service, itsm.Support{PracticeID: s.practice}))
	external := itsm.Actor{AccountID: 2, PersonID: 2, External: true, Sees: []int64{theirs}, Today: storetest.Today}
	got := strings.Join(found(t, s.DB, external, "incident"), ", ")
	if got != "process Take an incident over, activity Log the ticket" && got != "activity Log the ticket, process Take an incident over" {
		t.Errorf("the external finds %s", got)
	}
	for _, text := range []string{"Incident management", "Marta Nowak", "marta", "service desk", "Handle an incident", "incident portal", "SMO lead", "mrata nowka"} {
		for _, f := range found(t, s.DB, external, text) {
			if !strings.HasSuffix(f, "Take an incident over") && !strings.HasSuffix(f, "Log the ticket") {
				t.Errorf("%q: the external finds %s", text, f)
			}
		}
	}
	s.set(t, s.log, s.manager, "A")
	must[[]int64](t)(s.Appoint(ctx, s.lead, s.of(s.owner, s.marta)))
	for _, text := range []string{"who answers for logging", "who owns incident management", "who manages incident management", "who is the incident manager"} {
		r := must[itsm.Results](t)(s.Search(ctx, external, itsm.SearchFilter{Text: text}, storetest.Today))
		if said := fmt.Sprint(r.Replies); strings.Contains(said, "Nowak") || strings.Contains(said, "Handle an incident") {
			t.Errorf("%q tells the external %s", text, said)
		}
	}
	external.Sees = nil
	if got := found(t, s.DB, external, "incident"); len(got) > 0 {
		t.Errorf("who sees nothing finds %v", got)
	}
}

// told writes what is answered as "name, region, role" each.
func told(r itsm.Results) (out []string) {
	for _, reply := range r.Replies {
		for _, l := range reply.Lines {
			name := l.Holding.Name
			if l.Accountable.State != "" {
				_, name = l.Accountable.Person()
			}
			out = append(out, fmt.Sprintf("%s: %s, %s, %s", reply.Name, name, l.Region, l.Role.Name))
		}
	}
	return out
}

func TestQuestionsAreAnsweredAsTheMatrixDoes(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	s.set(t, s.log, s.manager, "A")
	s.set(t, s.log, s.analyst, "R")
	must[[]int64](t)(s.Appoint(ctx, s.lead, s.of(s.owner, s.marta)))
	regional := s.of(s.manager, s.ana)
	regional.RegionID = s.americas
	must[[]int64](t)(s.Appoint(ctx, s.lead, regional))
	for text, want := range map[string]string{
		"who answers for logging":             "Log: Ana Souza, Americas, Incident manager; Log: Marta Nowak, EMEA, Incident manager",
		"who answers for logging in Americas": "Log: Ana Souza, Americas, Incident manager",
		"who answers for closing":             "Close: Marta Nowak, , Incident owner",
		"who does log":                        "Log: , , Service desk analyst",
		"who owns incident management":        "Incident owner: Marta Nowak, , Incident owner",
		"who manages handle an incident":      "Incident manager: Ana Souza, Americas, Incident manager",
		"who is the incident manager":         "Incident manager: Ana Souza, Americas, Incident manager",
		"who answers for lgogging":            "Log: Ana Souza, Americas, Incident manager; Log: Marta Nowak, EMEA, Incident manager",
		"who owns incidnet managment":         "Incident owner: Marta Nowak, , Incident owner",
		"who answers for the weather":         "",
		"who is Marta Nowak":                  "",
	} {
		r := must[itsm.Results](t)(s.Search(ctx, plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
		if got := strings.Join(told(r), "; "); got != want {
			t.Errorf("%q is answered %q, want %q", text, got, want)
		}
	}
}

func TestAQuestionOfThePastIsAnsweredAsOnItsDay(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	since := s.of(s.owner, s.marta)
	since.From, since.Reason = itsm.Day(2026, 10, 23), "Agreed in October, written down now"
	must[[]int64](t)(s.Appoint(ctx, s.lead, since))
	for text, want := range map[string]string{
		"who owned incident management on 1 November":     "Incident owner: Marta Nowak, , Incident owner",
		"who answered for closing in November 2026":       "Close: Marta Nowak, , Incident owner",
		"who owned incident management on 1 October":      "",
		"who was the incident owner on 2026-10-22":        "",
		"who was the incident owner last October":         "Incident owner: Marta Nowak, , Incident owner",
		"who owns incident management":                    "Incident owner: Marta Nowak, , Incident owner",
		"who owns incident management on 1 December 2026": "Incident owner: Marta Nowak, , Incident owner",
		"who owns incident management tomorrow":           "Incident owner: Marta Nowak, , Incident owner",
	} {
		r := must[itsm.Results](t)(s.Search(ctx, plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
		if got := strings.Join(told(r), "; "); got != want {
			t.Errorf("%q is answered %q, want %q", text, got, want)
		}
	}
}

func TestAQuestionNamesARegionOfSeveralWords(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	s.set(t, s.log, s.manager, "A")
	must[[]int64](t)(s.Appoint(ctx, s.lead, s.of(s.owner, s.marta)))
	pacific := must[int64](t)(s.AddRegion(ctx, op, itsm.Region{Name: "Asia-Pacific"}))
	for region, who := range map[int64]int64{s.americas: s.ana, pacific: s.jonas} {
		regional := s.of(s.manager, who)
		regional.RegionID = region
		must[[]int64](t)(s.Appoint(ctx, s.lead, regional))
	}
	for text, want := range map[string]string{
		"who answers for logging in Asia Pacific": "Log: Jonas Lindqvist, Asia-Pacific, Incident manager",
		"who answers for logging in asia-pacific": "Log: Jonas Lindqvist, Asia-Pacific, Incident manager",
		"who answers for logging in Americas":     "Log: Ana Souza, Americas, Incident manager",
	} {
		r := must[itsm.Results](t)(s.Search(ctx, plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
		if got := strings.Join(told(r), "; "); got != want {
			t.Errorf("%q is answered %q, want %q", text, got, want)
		}
	}
}

// Who decides on changes authorises them in the process called so, whatever else has the word in its name.
func TestWhoDecidesIsWhoeverHasTheDecision(t *testing.T) {
	s := buildMatrix(t)
	other := addPractice(t, s.DB, "Change enablement")
	run := addProcess(t, s.DB, other, "Run a change")
	for i, name := range []string{"Assess", "Authorise", "Realise"} {
		addActivity(t, s.DB, run, name, i)
	}
	addActivity(t, s.DB, addProcess(t, s.DB, other, "Keep models and policy"), "Review changes together", 0)
	addActivity(t, s.DB, s.process, "Publish the changes", 0)
	for _, text := range []string{"who decides on changes", "who approves changes", "who authorises a change", "who signs off a change", "who decides on change enablement"} {
		r := must[itsm.Results](t)(s.Search(t.Context(), plainReader, itsm.SearchFilter{Text: text}, storetest.Today))
		if len(r.Replies) == 0 || r.Replies[0].Name != "Authorise" {
			t.Errorf("%q is answered with %v", text, told(r))
		}
		for _, reply := range r.Replies {
			if reply.Name == "Publish the changes" {
				t.Errorf("%q is answered with who publishes the changes", text)
			}
		}
	}
	r := must[itsm.Results](t)(s.Search(t.Context(), plainReader, itsm.SearchFilter{Text: "who answers for change enablement"}, storetest.Today))
	if len(r.Replies) == 0 || r.Replies[0].Kind != itsm.FoundRole {
		t.Errorf("who answers for the practice is answered with %v", told(r))
	}
}

// A number that is found as it stands is no slip for the numbers beside it.
func TestSearchFindsANumberAlone(t *testing.T) {
	s := buildMatrix(t)
	for i, title := range []string{"All incidents must be logged", "Known errors are true or gone", "No change without a yes"} {
		p := logged(0)
		p.Number, p.Title = fmt.Sprintf("POL-%03d", i+1), title
		must[int64](t)(s.AddPolicy(t.Context(), op, p, nil))
	}
	if got := found(t, s.DB, plainReader, "POL-001"); len(got) != 1 || got[0] != "policy All incidents must be logged" {
		t.Errorf("POL-001 finds %v", got)
	}
	if got := found(t, s.DB, plainReader, "POL-009"); len(got) < 3 {
		t.Errorf("a number that is none finds %v; want those like it", got)
	}
}
