package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// house is a small organisation: Incident management with its three roles, three regions and Germany below one, people
// and a team.
type house struct {
	*storetest.DB
	practice, owner, manager, analyst  int64
	emea, germany, americas            int64
	marta, jonas, ana, henrik, dilnoza int64
	desk, acme                         int64
	lead                               itsm.Actor // the SMO lead
}

func build(t *testing.T) house {
	t.Helper()
	db := storetest.New(t)
	facts(t, db, `
		INSERT INTO region (name) VALUES ('EMEA'), ('Americas');
		INSERT INTO region (name, parent_id) SELECT 'Germany', id FROM region WHERE name = 'EMEA';
		INSERT INTO company (name, kind) VALUES ('Acme Networks', 'supplier');
		INSERT INTO person (name, sort_name) VALUES ('Marta Nowak', 'Nowak, Marta'), ('Jonas Lindqvist', 'Lindqvist, Jonas'),
			('Ana Souza', 'Souza, Ana'), ('Henrik Wolff', 'Wolff, Henrik'), ('Dilnoza Karimova', 'Karimova, Dilnoza'), ('Lea Lead', 'Lead, Lea');
		INSERT INTO team (name, lead_id) SELECT 'Service desk', id FROM person WHERE name = 'Jonas Lindqvist';
		INSERT INTO practice (name, category, state) VALUES ('Incident management', 'service', 'in use');
		INSERT INTO role (kind, name, practice_id) SELECT k, n, p.id FROM practice p,
			(VALUES ('owner', 'Incident owner'), ('manager', 'Incident manager'), ('practitioner', 'Service desk analyst')) AS r (k, n);`)
	id := func(table, name string) int64 {
		return storetest.Value[int64](t, db, `SELECT id FROM `+table+` WHERE name = $1`, name)
	}
	h := house{
		DB: db, practice: id("practice", "Incident management"), owner: id("role", "Incident owner"), manager: id("role", "Incident manager"),
		analyst: id("role", "Service desk analyst"), emea: id("region", "EMEA"), germany: id("region", "Germany"), americas: id("region", "Americas"),
		marta: id("person", "Marta Nowak"), jonas: id("person", "Jonas Lindqvist"), ana: id("person", "Ana Souza"), henrik: id("person", "Henrik Wolff"),
		dilnoza: id("person", "Dilnoza Karimova"), desk: id("team", "Service desk"), acme: id("company", "Acme Networks"),
	}
	h.lead = h.actor(id("person", "Lea Lead"), itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder})
	return h
}

// facts writes rows as the owner of the tables, under an event of their own.
func facts(t *testing.T, db *storetest.DB, sql string) {
	t.Helper()
	if err := db.Exec(t, `
		SELECT set_config('hatrack.event', id::text, true) FROM (SELECT 1) AS one, LATERAL (SELECT nextval('event_id_seq') AS id) AS e;
		INSERT INTO event (id, at, actor, act, summary) OVERRIDING SYSTEM VALUE VALUES (currval('event_id_seq'), now(), 'migration', 'test', 'test');`+sql); err != nil {
		t.Fatal(err)
	}
}

func (h house) actor(person int64, hats ...itsm.Hat) itsm.Actor {
	return itsm.Actor{AccountID: 100 + person, PersonID: person, Name: "Somebody", Today: storetest.Today, Hats: hats}
}

func (h house) of(role int64, person int64) itsm.NewAssignment {
	return itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{person}, From: storetest.Today, Announced: true}
}

func (h house) appoint(t *testing.T, in itsm.NewAssignment) int64 {
	t.Helper()
	ids, err := h.Appoint(t.Context(), storetest.Operator, in)
	if err != nil {
		t.Fatal(err)
	}
	return ids[0]
}

func (h house) timeline(t *testing.T, by itsm.Actor, role int64) string {
	t.Helper()
	list, err := h.RoleTimeline(t.Context(), by, role)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, a := range list {
		until := "…"
		if a.Until != nil {
			until = itsm.ISODay(a.Until.AddDate(0, 0, -1))
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s %s", a.Name, a.Capacity, a.State, itsm.ISODay(a.Since), until, a.Region)))
	}
	return strings.Join(lines, "; ")
}

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestSecondOwnerIsRefusedByName(t *testing.T) {
	t.Parallel()
	h := build(t)
	in := h.of(h.owner, h.marta)
	in.From, in.Reason = day("2025-03-03"), "as found"
	h.appoint(t, in)
	_, err := h.Appoint(t.Context(), h.lead, h.of(h.owner, h.jonas))
	var held itsm.Held
	if !errors.As(err, &held) || !errors.As(err, &itsm.Conflict{}) || held.By.PersonID != h.marta {
		t.Fatalf("got %v, want a Held by Marta", err)
	}
	if want := "Marta Nowak owns Incident management since 3 Mar 2025, and there is one at a time. Hand the hat over instead."; held.Error() != want {
		t.Errorf("got %q, want %q", held, want)
	}
	// Somebody may act beside the holder, and stand by as deputy.
	acting := h.of(h.owner, h.jonas)
	acting.Capacity, acting.Until = itsm.Acting, itsm.Until(day("2026-12-31"))
	h.appoint(t, acting)
	deputy := h.of(h.owner, h.ana)
	deputy.Capacity = itsm.Deputy
	h.appoint(t, deputy)
}

func TestTwoAppointAnOwnerAtOnce(t *testing.T) {
	t.Parallel()
	h := build(t)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i, person := range []int64{h.marta, h.jonas} {
		wg.Go(func() { _, errs[i] = h.Appoint(t.Context(), h.lead, h.of(h.owner, person)) })
	}
	wg.Wait()
	var held itsm.Held
	if (errs[0] == nil) == (errs[1] == nil) || !errors.As(errors.Join(errs...), &held) {
		t.Fatalf("one must win and the other be told the name: %v", errs)
	}
	if winner := h.timeline(t, h.lead, h.owner); !strings.HasPrefix(winner, held.By.Name+" ") || strings.Contains(winner, ";") {
		t.Errorf("%s stands, but %s was named", winner, held.By.Name)
	}
}

func TestHandOverOfAnOwnerHat(t *testing.T) {
	t.Parallel()
	h := build(t)
	in := h.of(h.owner, h.marta)
	in.From, in.Reason = day("2025-03-03"), "as found"
	id := h.appoint(t, in)
	over := itsm.HandOver{PersonID: h.marta, Day: day("2027-01-01"), Parts: []itsm.HandOverPart{{AssignmentID: id, ToID: h.jonas}}}
	if err := h.HandOver(t.Context(), h.actor(h.jonas, h.lead.Hats...), over); err == nil || !strings.Contains(err.Error(), "Nobody appoints themselves") {
		t.Errorf("a successor handed over to themselves: %v", err)
	}
	if err := h.HandOver(t.Context(), h.actor(h.ana), over); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a reader handed over: %v", err)
	}
	if err := h.HandOver(t.Context(), h.lead, over); err != nil {
		t.Fatal(err)
	}
	if got, want := h.timeline(t, h.lead, h.owner), "Jonas Lindqvist holder appointed 2027-01-01 …; Marta Nowak holder appointed 2025-03-03 2026-12-31"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Nothing of it is announced: a plain reader learns neither who comes nor that somebody goes.
	if got, want := h.timeline(t, h.actor(h.ana), h.owner), "Marta Nowak holder appointed 2025-03-03 …"; got != want {
		t.Errorf("a reader saw %s, want %s", got, want)
	}
	events := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event WHERE summary LIKE 'handed over%' AND private`)
	if events != 1 {
		t.Errorf("%d events, want one", events)
	}
	// What is announced of one is announced of both.
	if err := h.Announce(t.Context(), h.lead, storetest.Value[int64](t, h.DB, `SELECT id FROM assignment WHERE person_id = $1`, h.jonas)); err != nil {
		t.Fatal(err)
	}
	if got, want := h.timeline(t, h.actor(h.ana), h.owner), h.timeline(t, h.lead, h.owner); got != want {
		t.Errorf("a reader saw %s, want %s", got, want)
	}
}

func TestHandOverSplitBetweenSuccessorsIsAllOrNothing(t *testing.T) {
	t.Parallel()
	h := build(t)
	a := h.appoint(t, h.of(h.manager, h.marta))
	other := h.of(h.analyst, h.marta)
	b := h.appoint(t, other)
	h.appoint(t, h.of(h.analyst, h.ana))
	over := itsm.HandOver{PersonID: h.marta, Day: day("2026-12-01"), Parts: []itsm.HandOverPart{{AssignmentID: a, ToID: h.jonas}, {AssignmentID: b, ToID: h.ana}}}
	if err := h.HandOver(t.Context(), h.lead, over); !errors.As(err, &itsm.Conflict{}) {
		t.Fatalf("Ana wears it already: %v", err)
	}
	if got := h.timeline(t, h.lead, h.manager); strings.Contains(got, "Jonas") {
		t.Errorf("half of a refused hand-over stands: %s", got)
	}
	over.Parts[1].ToID = h.henrik
	if err := h.HandOver(t.Context(), h.lead, over); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[int64]string{h.manager: "Jonas Lindqvist holder appointed 2026-12-01", h.analyst: "Henrik Wolff holder appointed 2026-12-01"} {
		if got := h.timeline(t, h.lead, role); !strings.HasPrefix(got, want) {
			t.Errorf("got %s, want %s first", got, want)
		}
	}
}

func TestRegionalManagerAppointsWithinTheRegionsAlone(t *testing.T) {
	t.Parallel()
	h := build(t)
	regional := h.of(h.manager, h.jonas)
	regional.RegionID = h.emea
	h.appoint(t, regional)
	must[int64](t)(h.AddAccount(t.Context(), op, itsm.NewAccount{PersonID: h.jonas, Email: "jonas@example.org"}))
	jonas := must[itsm.Actor](t)(h.ActorOf(t.Context(), "jonas@example.org"))
	if len(jonas.Hats) != 1 || !slices.Equal(jonas.Hats[0].Regions, []int64{h.emea, h.germany}) {
		t.Errorf("the hat of a region reaches %v, want it and what is below", jonas.Hats)
	}
	for name, c := range map[string]struct {
		role, region int64
		ok           bool
	}{
		"own region":     {h.analyst, h.emea, true},
		"below it":       {h.analyst, h.germany, true},
		"another region": {h.analyst, h.americas, false},
		"everywhere":     {h.analyst, 0, false},
		"a manager":      {h.manager, h.emea, false},
	} {
		in := h.of(c.role, h.dilnoza)
		in.RegionID = c.region
		_, err := h.Appoint(t.Context(), jonas, in)
		if c.ok && err != nil || !c.ok && !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Appoint(t.Context(), jonas, itsm.NewAssignment{RoleIDs: []int64{h.analyst}, PersonIDs: []int64{h.jonas}, RegionID: h.emea, From: storetest.Today}); err == nil {
		t.Error("a manager appointed themselves")
	}
}

func TestSeveralHatsAndHoldersAreOneEvent(t *testing.T) {
	t.Parallel()
	h := build(t)
	before := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`)
	ids, err := h.Appoint(t.Context(), h.lead, itsm.NewAssignment{
		RoleIDs: []int64{h.analyst}, PersonIDs: []int64{h.ana, h.henrik}, TeamIDs: []int64{h.desk}, CompanyIDs: []int64{h.acme}, From: storetest.Today, Announced: true})
	if err != nil || len(ids) != 4 {
		t.Fatalf("%v, %v", ids, err)
	}
	if after := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`); after != before+1 {
		t.Errorf("%d events, want one", after-before)
	}
	for _, in := range []itsm.NewAssignment{
		{RoleIDs: []int64{h.manager}, TeamIDs: []int64{h.desk}, From: storetest.Today},
		{RoleIDs: []int64{h.owner}, CompanyIDs: []int64{h.acme}, From: storetest.Today},
		{RoleIDs: []int64{h.owner}, PersonIDs: []int64{h.ana, h.marta}, From: storetest.Today},
		{RoleIDs: []int64{h.manager}, PersonIDs: []int64{999}, From: storetest.Today},
	} {
		if _, err := h.Appoint(t.Context(), h.lead, in); !errors.As(err, &itsm.Invalid{}) {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if _, err := h.Appoint(t.Context(), h.lead, h.of(h.analyst, h.ana)); !errors.As(err, &itsm.Conflict{}) || !strings.Contains(err.Error(), "Ana Souza wears Service desk analyst there already") {
		t.Errorf("twice the same hat: %v", err)
	}
	elsewhere := h.of(h.analyst, h.ana)
	elsewhere.RegionID = h.americas
	h.appoint(t, elsewhere) // two regions are two assignments
}

func TestTheSameHatTwiceAtOnce(t *testing.T) {
	t.Parallel()
	h := build(t)
	errs := make([]error, 3)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = h.Appoint(t.Context(), h.lead, h.of(h.analyst, h.ana)) })
	}
	wg.Wait()
	if n := len(slices.DeleteFunc(errs, func(err error) bool { return err != nil })); n != 1 {
		t.Errorf("%d of three appointed the same hat", n)
	}
}
