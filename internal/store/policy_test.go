package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// logged is the policy of the articles.
func logged(owner int64) itsm.Policy {
	return itsm.Policy{Number: "POL-001", Title: "All incidents must be logged", Statement: "Every incident gets a record before anything else is done.", Driver: itsm.Internal, OwnerRoleID: owner}
}

func owns(person, role, practice int64) itsm.Actor {
	return itsm.Actor{AccountID: person, PersonID: person, Today: storetest.Today, Hats: []itsm.Hat{{RoleID: role, Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: practice}}}
}

// titles are what governs something, with where it comes from.
func titles(list []itsm.GoverningPolicy) string {
	var out []string
	for _, g := range list {
		out = append(out, strings.TrimSpace(g.Title+" "+g.Through))
	}
	return strings.Join(out, ", ")
}

func TestAPolicyGovernsFromADayToADay(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	id := must[int64](t)(s.AddPolicy(ctx, op, logged(0), []itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: today.AddDate(0, -6, 0)}}))
	on := func(day time.Time) (practice, process, activity string) {
		p := must[store.Practice](t)(s.Practice(ctx, op, s.practice, day))
		c := must[store.Process](t)(s.Process(ctx, op, s.process, day))
		a := must[store.Activity](t)(s.Activity(ctx, op, s.log, day))
		return titles(p.Policies), titles(c.Policies), titles(a.Policies)
	}
	practice, process, activity := on(today)
	if practice != "All incidents must be logged" || process != "All incidents must be logged practice" || activity != process {
		t.Errorf("today: practice %q, process %q, activity %q", practice, process, activity)
	}
	if practice, _, _ := on(today.AddDate(-1, 0, 0)); practice != "" {
		t.Errorf("a year ago it governed already: %q", practice)
	}
	_, err := s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: id, Target: itsm.Target{PracticeID: s.practice}, From: today})
	if err == nil || !strings.Contains(err.Error(), "on some of these days already") {
		t.Errorf("twice on one day: %v", err)
	}
	own := must[int64](t)(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: id, Target: itsm.Target{ActivityID: s.log}, From: today}))
	if _, process, activity := on(today); process != "All incidents must be logged practice, All incidents must be logged activity" || activity != "All incidents must be logged, All incidents must be logged practice" {
		t.Errorf("with its activity: process %q, activity %q", process, activity)
	}
	ok(t, s.EndAttachment(ctx, op, own, today.AddDate(0, 0, 8)))
	if _, _, activity := on(today.AddDate(0, 0, 8)); activity != "All incidents must be logged practice" {
		t.Errorf("after its last day: %q", activity)
	}
	if err := s.EndAttachment(ctx, op, own, today.AddDate(0, 1, 0)); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("what ends was made to last longer: %v", err)
	}
	if err := s.EndAttachment(ctx, op, own, today.AddDate(0, 0, -3)); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("days on record were taken away: %v", err)
	}
	conflicts(t, s.WithdrawAttachment(ctx, op, own), "governs already")
	later := must[int64](t)(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: id, Target: itsm.Target{ProcessID: s.process}, From: today.AddDate(0, 2, 0)}))
	conflicts(t, s.EndAttachment(ctx, op, later, today.AddDate(0, 3, 0)), "has not begun")
	ok(t, s.WithdrawAttachment(ctx, op, later))
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM policy_attachment`); n != 2 {
		t.Errorf("%d attachments stand", n)
	}
	// Whatever program writes: the beginning never moves, and the end never moves out.
	for _, sql := range []string{
		`UPDATE policy_attachment SET during = daterange('2020-01-01', upper(during))`, `UPDATE policy_attachment SET during = daterange(lower(during), NULL) WHERE NOT upper_inf(during)`,
	} {
		if err := factsErr(t, s.DB, sql); err == nil || !strings.Contains(err.Error(), "never rewritten") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// factsErr writes under an event, as the owner of the tables.
func factsErr(t *testing.T, db *storetest.DB, sql string) error {
	t.Helper()
	return db.Exec(t, `
		SELECT set_config('hatrack.event', id::text, true) FROM (SELECT 1) AS one, LATERAL (SELECT nextval('event_id_seq') AS id) AS e;
		INSERT INTO event (id, at, actor, act, summary) OVERRIDING SYSTEM VALUE VALUES (currval('event_id_seq'), now(), 'migration', 'test', 'test');`+sql)
}

func TestPoliciesAreForTheOwnerOfTheScope(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	ownerRole := roleOf(t, s.DB, s.practice, itsm.Owner)
	other := addPractice(t, s.DB, "Change enablement")
	owner, stranger := owns(s.marta, ownerRole, s.practice), owns(s.dilnoza, roleOf(t, s.DB, other, itsm.Owner), other)
	forbidden := func(what string, err error) {
		t.Helper()
		if !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	here := []itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: today}}
	_, err := s.AddPolicy(ctx, owner, logged(0), here)
	forbidden("an owner adds one that nobody of theirs owns", err)
	_, err = s.AddPolicy(ctx, stranger, logged(ownerRole), here)
	forbidden("the owner of another practice", err)
	_, err = s.AddPolicy(ctx, owner, logged(ownerRole), []itsm.NewAttachment{{Target: itsm.Target{PracticeID: other}, From: today}})
	forbidden("an owner governs another practice", err)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM policy`); n != 0 {
		t.Fatalf("%d policies came of it", n)
	}
	id := must[int64](t)(s.AddPolicy(ctx, owner, logged(ownerRole), here))
	p := must[store.Policy](t)(s.Policy(ctx, owner, id, today))
	p.OwnerRoleID = roleOf(t, s.DB, other, itsm.Owner)
	forbidden("an owner gives it to another practice's role", s.EditPolicy(ctx, owner, p.Policy))
	forbidden("a stranger edits it", s.EditPolicy(ctx, stranger, p.Policy))
	forbidden("a stranger archives it", s.ArchivePolicy(ctx, stranger, id, p.Counter))
	forbidden("a stranger ends what it governs", s.EndAttachment(ctx, stranger, p.Governs[0].ID, today))
	// Who owns another practice may let it govern that, whoever owns the policy.
	must[int64](t)(s.AttachPolicy(ctx, stranger, itsm.NewAttachment{PolicyID: id, Target: itsm.Target{PracticeID: other}, From: today}))
}

func TestAPolicyIsEditedOnceAndComesBack(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	id := must[int64](t)(s.AddPolicy(ctx, op, logged(0), []itsm.NewAttachment{{Target: itsm.Target{ProcessID: s.process}, From: today}}))
	if _, err := s.AddPolicy(ctx, op, itsm.Policy{Number: "pol-001", Title: "Other", Statement: "Other.", Driver: itsm.Law}, nil); err == nil || !strings.Contains(err.Error(), "has this number already") {
		t.Errorf("a second of the same number: %v", err)
	}
	p := must[store.Policy](t)(s.Policy(ctx, op, id, today)).Policy
	p.Title, p.Measure, p.Driver, p.ReviewMonths = "All incidents are logged", "Share of calls with a record.", itsm.Contract, 12
	ok(t, s.EditPolicy(ctx, op, p))
	conflicts(t, s.EditPolicy(ctx, op, p), "after you opened it")
	now := must[store.Policy](t)(s.Policy(ctx, op, id, today))
	if now.Title != p.Title || now.Measure != p.Measure || now.Driver != itsm.Contract || now.ReviewDue == nil || now.Counter != 2 {
		t.Errorf("after the edit: %+v", now.Policy)
	}
	if len(now.Recent) != 2 || !now.Recent[0].Undoes {
		t.Fatalf("history: %+v", now.Recent)
	}
	ok(t, s.Undo(ctx, op, now.Recent[0].EventID))
	now = must[store.Policy](t)(s.Policy(ctx, op, id, today))
	if now.Title != "All incidents must be logged" || now.Measure != "" || now.Driver != itsm.Internal || now.ReviewDue != nil {
		t.Errorf("after undoing: %+v", now.Policy)
	}
	ok(t, s.ArchivePolicy(ctx, op, id, now.Counter))
	if l := must[store.PolicyList](t)(s.Policies(ctx, op, itsm.PolicyFilter{}, today)); l.Total != 0 || l.Any {
		t.Errorf("the archived one is listed: %+v", l)
	}
	if c := must[store.Process](t)(s.Process(ctx, op, s.process, today)); len(c.Policies) != 0 {
		t.Errorf("the archived one governs: %+v", c.Policies)
	}
	_, err := s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: id, Target: itsm.Target{PracticeID: s.practice}, From: today})
	conflicts(t, err, "archived meanwhile")
	ok(t, s.RestorePolicy(ctx, op, id))
	if c := must[store.Process](t)(s.Process(ctx, op, s.process, today)); titles(c.Policies) != "All incidents must be logged" {
		t.Errorf("it came back without what it governs: %+v", c.Policies)
	}
	// All of it is one event each, with its rows.
	if n := storetest.Value[int](t, s.DB, `SELECT count(DISTINCT event_id) FROM change WHERE table_name IN ('policy', 'policy_version', 'policy_attachment')`); n != 5 {
		t.Errorf("%d events changed policies", n)
	}
}

// Nobody is missed in a practice that is only planned: neither the list nor the page of a policy calls its Owner vacant, as no
// gap does.
func TestNobodyIsMissedWhereAPolicysPracticeIsPlanned(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	for _, state := range []itsm.PracticeState{itsm.Planned, itsm.InUse} {
		practice := must[int64](t)(s.AddPractice(ctx, op, itsm.Practice{Name: "Change " + string(state), Category: "service", State: state}))
		of := itsm.Target{PracticeID: practice}
		role := roleOf(t, s.DB, practice, itsm.Owner)
		if state == itsm.Planned { // a process is where its practice is
			of.ProcessID = must[int64](t)(s.AddProcess(ctx, op, itsm.Process{PracticeID: practice, Name: "Run a change", Kind: itsm.Daily}))
			of.PracticeID = 0
			role = must[int64](t)(s.AddRole(ctx, op, itsm.Role{ProcessID: of.ProcessID, Kind: itsm.Owner, Name: "Owner"}))
		}
		id := must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-" + string(state), Title: "No change without a yes", Statement: "As it says.", Driver: itsm.Internal, OwnerRoleID: role},
			[]itsm.NewAttachment{{Target: of, From: today}}))
		idle, vacant := state == itsm.Planned, 1
		if idle {
			vacant = 0
		}
		if p := must[store.Policy](t)(s.Policy(ctx, op, id, today)); p.OwnerIdle != idle {
			t.Errorf("%s: the page says %v", state, p.OwnerIdle)
		}
		for filter, n := range map[itsm.PolicyFilter]int{{Text: string(state)}: 1, {Text: string(state), Vacant: true}: vacant} {
			if l := must[store.PolicyList](t)(s.Policies(ctx, op, filter, today)); l.Total != n || len(l.Lines) != n || n > 0 && l.Lines[0].OwnerIdle != idle {
				t.Errorf("%s, %+v: %+v", state, filter, l.Lines)
			}
		}
	}
}

func TestPolicyListIsNarrowed(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	ownerRole := roleOf(t, s.DB, s.practice, itsm.Owner)
	other := addPractice(t, s.DB, "Change enablement")
	for _, p := range []struct {
		number, title string
		driver        itsm.Driver
		owner, at     int64
	}{{"POL-001", "All incidents must be logged", itsm.Internal, ownerRole, s.practice}, {"POL-002", "Changes keep accounts safe", itsm.Law, 0, other}, {"POL-003", "Suppliers report within a day", itsm.Contract, 0, s.practice}} {
		must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: p.number, Title: p.title, Statement: "As it says.", Driver: p.driver, OwnerRoleID: p.owner, Clock: itsm.Clock{ReviewMonths: 12}},
			[]itsm.NewAttachment{{Target: itsm.Target{PracticeID: p.at}, From: today}}))
	}
	ok(t, factsErr(t, s.DB, `UPDATE policy SET review_due = '2026-11-22' WHERE number = 'POL-002'`))
	ids := must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{ownerRole}, PersonIDs: []int64{s.marta}, From: today, Announced: true}))
	_ = ids
	for name, c := range map[string]struct {
		filter itsm.PolicyFilter
		want   string
	}{
		"all":              {itsm.PolicyFilter{}, "POL-001 POL-002 POL-003"},
		"text":             {itsm.PolicyFilter{Text: "logged INCIDENTS"}, "POL-001"},
		"driver":           {itsm.PolicyFilter{Driver: itsm.Law}, "POL-002"},
		"practice":         {itsm.PolicyFilter{PracticeID: s.practice}, "POL-001 POL-003"},
		"owner vacant":     {itsm.PolicyFilter{Vacant: true}, "POL-002 POL-003"},
		"overdue":          {itsm.PolicyFilter{Overdue: true}, "POL-002"},
		"archived":         {itsm.PolicyFilter{Archived: true}, ""},
		"by driver":        {itsm.PolicyFilter{Sort: "driver"}, "POL-002 POL-003 POL-001"},
		"by review":        {itsm.PolicyFilter{Sort: "review", Driver: itsm.Law}, "POL-002"},
		"by title, down":   {itsm.PolicyFilter{Sort: "title", Descending: true}, "POL-003 POL-002 POL-001"},
		"beyond the pages": {itsm.PolicyFilter{Page: 9}, ""},
	} {
		l := must[store.PolicyList](t)(s.Policies(ctx, op, c.filter, today))
		var numbers []string
		for _, line := range l.Lines {
			numbers = append(numbers, line.Number)
		}
		if got := strings.Join(numbers, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	// An external sees those of the practices they see, and of what else these govern nothing.
	supplier := itsm.Actor{AccountID: 77, PersonID: s.dilnoza, External: true, Sees: []int64{other}, Today: today}
	l := must[store.PolicyList](t)(s.Policies(ctx, supplier, itsm.PolicyFilter{}, today))
	if len(l.Lines) != 1 || l.Lines[0].Number != "POL-002" || !slices.Equal(l.Lines[0].Governs, []string{"Change enablement"}) || len(l.Practices) != 1 {
		t.Errorf("the supplier sees %+v", l)
	}
	first := storetest.Value[int64](t, s.DB, `SELECT id FROM policy WHERE number = 'POL-001'`)
	if _, err := s.Policy(ctx, supplier, first, today); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("the supplier reads another practice's policy: %v", err)
	}
}
