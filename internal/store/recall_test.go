package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// secondServer is another server over the same database.
func secondServer(t *testing.T, db *storetest.DB) *store.Store {
	t.Helper()
	other := must[*store.Store](t)(store.Open(t.Context(), db.URL, store.Options{MaxConns: 2}))
	t.Cleanup(other.Close)
	return other
}

// signIn adds a person with an account and a session at a server, whose token's hash is their name.
func signIn(t *testing.T, db *storetest.DB, at *store.Store, name string) int64 {
	t.Helper()
	id := must[int64](t)
	email := strings.Fields(name)[0] + "@example.org"
	person := id(db.AddPerson(t.Context(), op, itsm.Person{Name: name, Email: email}))
	ok(t, at.OpenSession(t.Context(), id(db.AddAccount(t.Context(), op, itsm.NewAccount{PersonID: person, Email: email})), []byte(name)))
	return person
}

// What a server keeps of the whole organisation holds until somebody writes, through whatever server, and whenever what
// was begun before is committed.
func TestWhatIsKeptHoldsUntilSomebodyWrites(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), storetest.New(t)
	id := must[int64](t)
	practice := id(db.AddPractice(ctx, op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
	other := secondServer(t, db)
	signIn(t, db, other, "Ingrid Solberg")
	names := func() (names []string, lines []itsm.PracticeLine) {
		t.Helper()
		visit, err := other.Visit(ctx, []byte("Ingrid Solberg"), store.Asked{})
		ok(t, err)
		lines, err = other.Practices(ctx, visit.Actor, store.PracticeFilter{})
		ok(t, err)
		for _, l := range lines {
			names = append(names, l.Name)
		}
		return names, lines
	}
	sees := func(want ...string) {
		t.Helper()
		if got, _ := names(); !slices.Equal(got, want) {
			t.Errorf("sees %q, want %q", got, want)
		}
	}

	_, first := names()
	ok(t, db.Exec(t, `INSERT INTO sign_in_attempt (email, at) VALUES ('x@example.org', now())`)) // no fact
	if _, again := names(); &first[0] != &again[0] {
		t.Error("read again, though nobody wrote")
	}
	id(db.AddPractice(ctx, op, itsm.Practice{Name: "Service desk", Category: "service", State: itsm.InUse}))
	sees("Change enablement", "Service desk")

	slow, err := pgx.Connect(ctx, db.OwnerURL)
	ok(t, err)
	defer slow.Close(ctx)
	tx, err := slow.Begin(ctx)
	ok(t, err)
	_, err = tx.Exec(ctx, `
		WITH begun AS (INSERT INTO event (at, actor, act) VALUES (now(), 'operator', 'edit a practice') RETURNING id)
		SELECT set_config('hatrack.event', id::text, true) FROM begun`)
	ok(t, err)
	_, err = tx.Exec(ctx, `UPDATE practice SET name = 'Change control' WHERE id = $1`, practice)
	ok(t, err)
	id(db.AddPractice(ctx, op, itsm.Practice{Name: "Problem management", Category: "service", State: itsm.InUse}))
	sees("Change enablement", "Problem management", "Service desk") // with a later number than what is not committed yet
	ok(t, tx.Commit(ctx))
	sees("Change control", "Problem management", "Service desk")

	// Whoever came before a write may be told what stood then; who comes after it never is, however many ask at once.
	var asking sync.WaitGroup
	for i := range 40 {
		p, err := db.Practice(ctx, op, practice, storetest.Today)
		ok(t, err)
		p.Practice.Name = fmt.Sprintf("Change %02d", i)
		ok(t, db.EditPractice(ctx, op, p.Practice))
		for range 4 {
			asking.Go(func() {
				visit, err := other.Visit(ctx, []byte("Ingrid Solberg"), store.Asked{})
				if err != nil {
					t.Error(err)
					return
				}
				lines, err := other.Practices(ctx, visit.Actor, store.PracticeFilter{})
				if err != nil || lines[0].Name < p.Practice.Name {
					t.Errorf("after %q: %v, %v", p.Practice.Name, lines, err)
				}
			})
		}
	}
	asking.Wait()
}

// My hats of one person are kept for them alone, and their answers make room for none about the organisation.
func TestMyHatsAreKeptForTheirWearerUntilSomebodyWrites(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), storetest.New(t)
	id := must[int64](t)
	practice := id(db.AddPractice(ctx, op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
	other := secondServer(t, db)
	signIn(t, db, other, "Ingrid Solberg")
	joe := signIn(t, db, other, "Joe Okafor")
	wears := func(name string, hats int) itsm.MyHats {
		t.Helper()
		visit, err := other.Visit(ctx, []byte(name), store.Asked{})
		ok(t, err)
		got, err := other.MyHats(ctx, visit.Actor)
		ok(t, err)
		if got.Person.Name != name || len(got.Hats) != hats {
			t.Errorf("My hats of %s are those of %s: %d, want %d", name, got.Person.Name, len(got.Hats), hats)
		}
		return got
	}

	wears("Ingrid Solberg", 0)
	wears("Joe Okafor", 0)
	must[[]int64](t)(db.Appoint(ctx, op, itsm.NewAssignment{
		RoleIDs: []int64{roleOf(t, db, practice, itsm.Owner)}, PersonIDs: []int64{joe}, From: storetest.Today, Announced: true}))
	wears("Ingrid Solberg", 0)
	first := wears("Joe Okafor", 1)
	if again := wears("Joe Okafor", 1); &first.Hats[0] != &again.Hats[0] {
		t.Error("read again, though nobody wrote")
	}
}

// What was found is kept for whoever may do the same, what a question was answered with for who asked: until somebody writes.
func TestWhatWasFoundIsKeptUntilSomebodyWrites(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), storetest.New(t)
	id := must[int64](t)
	practice := id(db.AddPractice(ctx, op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
	other := secondServer(t, db)
	ingrid := signIn(t, db, other, "Ingrid Solberg")
	signIn(t, db, other, "Joe Okafor")
	asks := func(name, text string) itsm.Results {
		t.Helper()
		visit, err := other.Visit(ctx, []byte(name), store.Asked{})
		ok(t, err)
		got, err := other.Search(ctx, visit.Actor, itsm.SearchFilter{Text: text}, visit.Actor.Today)
		ok(t, err)
		return got
	}
	first := asks("Ingrid Solberg", "change")
	if again := asks("Joe Okafor", "change"); len(first.Found) == 0 || &first.Found[0] != &again.Found[0] {
		t.Errorf("%d found, or read again though nobody wrote", len(first.Found))
	}
	if got := asks("Joe Okafor", "chang"); len(got.Found) == 0 || &first.Found[0] == &got.Found[0] {
		t.Error("another text was answered with what was kept for this one")
	}
	const who = "who answers for change enablement"
	held := func(name string) (answering int) {
		t.Helper()
		for _, r := range asks(name, who).Replies {
			for _, l := range r.Lines {
				if l.Holding.Name == "Ingrid Solberg" {
					answering++
				}
			}
		}
		return answering
	}
	if got := held("Joe Okafor"); got != 0 {
		t.Errorf("%d answer before anybody was appointed", got)
	}
	must[[]int64](t)(db.Appoint(ctx, op, itsm.NewAssignment{
		RoleIDs: []int64{roleOf(t, db, practice, itsm.Owner)}, PersonIDs: []int64{ingrid}, From: storetest.Today, Announced: true}))
	if got := held("Joe Okafor"); got != 1 {
		t.Errorf("%d answer after Ingrid was appointed", got)
	}
	p := must[store.Practice](t)(db.Practice(ctx, op, practice, storetest.Today))
	p.Practice.Name = "Change control"
	ok(t, db.EditPractice(ctx, op, p.Practice))
	if got := asks("Joe Okafor", "change"); got.Found[0].Name != "Change control" {
		t.Errorf("%q after it was renamed", got.Found[0].Name)
	}
}
