package store_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// Who comes is known from an earlier visit until somebody writes, through whatever server, or the day changes; then they are
// as they stand, and whoever may not come any more does not.
func TestAVisitorIsKnownUntilSomebodyWritesOrTheDayChanges(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	ctx, db := t.Context(), storetest.At(t, func() time.Time { return storetest.Now.Add(time.Duration(ahead.Load())) })
	other := must[*store.Store](t)(store.Open(ctx, db.URL, store.Options{MaxConns: 2, Now: func() time.Time { return storetest.Now }}))
	t.Cleanup(other.Close)
	tom := signIn(t, db, db.Store, "Tom Reed")
	ana := signIn(t, db, db.Store, "Ana Souza")
	joe := signIn(t, db, db.Store, "Joe Okafor")
	account := func(person int64) int64 {
		return storetest.Value[int64](t, db, `SELECT id FROM account WHERE person_id = $1`, person)
	}
	counter := func(person int64) int64 {
		return storetest.Value[int64](t, db, `SELECT counter FROM account WHERE person_id = $1`, person)
	}
	visit := func(name string) (itsm.Visit, error) { return db.Visit(ctx, []byte(name), store.Asked{}) }
	comes := func(name, called, organisation string, today time.Time) {
		t.Helper()
		v, err := visit(name)
		ok(t, err)
		if v.Actor.Name != called || v.Organisation.Name != organisation || !v.Actor.Today.Equal(today) || v.Actor.AccountID == 0 || v.Email == "" {
			t.Errorf("%q comes to %q on %s (account %d, %q), want %q to %q", v.Actor.Name, v.Organisation.Name, v.Actor.Today, v.Actor.AccountID, v.Email, called, organisation)
		}
	}
	settings := func() { // each of them, or a new one would be kept at its zero value
		t.Helper()
		v, err := visit("Joe Okafor")
		ok(t, err)
		if stands := must[itsm.Organisation](t)(db.Organisation(ctx)); v.Organisation != stands {
			t.Errorf("comes to %+v, and it is %+v", v.Organisation, stands)
		}
	}
	gone := func(name string) {
		t.Helper()
		if _, err := visit(name); !errors.As(err, &itsm.NotFound{}) {
			t.Errorf("%s still comes: %v", name, err)
		}
	}
	ok(t, db.GrantAccount(ctx, op, itsm.NewGrant{AccountID: account(tom), Kind: itsm.GrantAdministrator})) // one has to stay
	org := must[itsm.Organisation](t)(db.Organisation(ctx))
	comes("Ana Souza", "Ana Souza", org.Name, storetest.Today)
	comes("Ana Souza", "Ana Souza", org.Name, storetest.Today)
	comes("Joe Okafor", "Joe Okafor", org.Name, storetest.Today)

	p := must[store.PersonPage](t)(other.PersonPage(ctx, op, ana, storetest.Today)).Person
	p.Name = "Ana Lopes"
	ok(t, other.EditPerson(ctx, op, p))
	comes("Ana Souza", "Ana Lopes", org.Name, storetest.Today)
	now := must[itsm.Organisation](t)(other.Organisation(ctx))
	now.Name, now.TimeZone = "Tallgrass", "Pacific/Auckland" // where it is 23:00 on the same day
	now.OwnerLabel, now.SupportLetter, now.CountAccepted, now.FourEyes, now.ExternalSees = "process", true, true, true, "nothing"
	ok(t, other.ChangeSettings(ctx, op, now))
	comes("Ana Souza", "Ana Lopes", "Tallgrass", storetest.Today)
	comes("Joe Okafor", "Joe Okafor", "Tallgrass", storetest.Today)
	settings()

	ok(t, other.ChangeAccount(ctx, op, account(ana), counter(ana), itsm.NewAccount{PersonID: ana, Email: "Ana@example.org", LastDay: itsm.ISODay(storetest.Today)}))
	comes("Ana Souza", "Ana Lopes", "Tallgrass", storetest.Today)
	ahead.Store(int64(2 * time.Hour)) // past midnight there
	gone("Ana Souza")
	comes("Joe Okafor", "Joe Okafor", "Tallgrass", storetest.Today.AddDate(0, 0, 1))
	ok(t, other.DisableAccount(ctx, op, account(joe), counter(joe)))
	gone("Joe Okafor")
	gone("Nobody")
}
