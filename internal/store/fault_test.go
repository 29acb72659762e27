package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// A row that another session keeps locked holds nobody up for long: who waits for the row is told so, and who finds no
// free connection meanwhile hears even sooner.
func TestNobodyWaitsForLong(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	other, err := pgx.Connect(ctx, db.OwnerURL)
	ok(t, err)
	defer other.Close(context.Background())
	held, err := other.Begin(ctx)
	ok(t, err)
	_, err = held.Exec(ctx, `SELECT FROM organisation FOR UPDATE`)
	ok(t, err)

	const conns = 4
	few := must[*store.Store](t)(store.Open(ctx, db.URL, store.Options{MaxConns: conns}))
	defer few.Close()
	waited := make(chan error, conns)
	for range conns {
		go func() { waited <- few.SetUpStep(ctx, storetest.Operator, 3) }()
	}
	for began := time.Now(); storetest.Value[int](t, db, `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) < conns; {
		if time.Since(began) > 30*time.Second {
			t.Fatal("the writers do not wait for the row")
		}
		time.Sleep(20 * time.Millisecond)
	}
	began := time.Now()
	if err := few.SetUpStep(ctx, storetest.Operator, 4); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 15*time.Second {
		t.Errorf("without a free connection: %v after %v; want an end of patience after 2 s", err, time.Since(began))
	}
	if _, err := few.Organisation(ctx); err != nil {
		t.Errorf("reads have connections of their own: %v", err)
	}
	for range conns {
		var conflict itsm.Conflict
		if err := <-waited; !errors.As(err, &conflict) || !strings.Contains(conflict.Text, "just now") {
			t.Errorf("waiting for a locked row: %v; want a conflict that says so", err)
		}
	}
	ok(t, held.Rollback(ctx))
	ok(t, few.SetUpStep(ctx, storetest.Operator, 4))
}

// A connection that dies while a commit is on its way leaves it open whether the change stands; saying that nothing was
// changed would be a guess.
func TestLostCommitIsNotCalledUnchanged(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	owner(t, db, `
		CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`,
		`CREATE CONSTRAINT TRIGGER dies_at_commit AFTER UPDATE ON organisation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()`)
	if err := db.SetUpStep(t.Context(), storetest.Operator, 2); !errors.As(err, &itsm.Unsure{}) {
		t.Errorf("got %v, want Unsure", err)
	}
	owner(t, db, `DROP TRIGGER dies_at_commit ON organisation`)
	ok(t, db.SetUpStep(t.Context(), storetest.Operator, 2))
}

// owner executes statements as the role that owns the tables.
func owner(t *testing.T, db *storetest.DB, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), db.OwnerURL)
	ok(t, err)
	defer conn.Close(context.Background())
	for _, sql := range statements {
		_, err := conn.Exec(t.Context(), sql)
		ok(t, err)
	}
}

// The address of a pair of servers asks for the one that takes writes; both pools go there.
func TestAnAddressMayAskForTheServerThatTakesWrites(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	s := must[*store.Store](t)(store.Open(t.Context(), db.URL+"&target_session_attrs=read-write", store.Options{MaxConns: 2}))
	defer s.Close()
	must[int64](t)(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
	if lines := must[[]itsm.PracticeLine](t)(s.Practices(t.Context(), op, store.PracticeFilter{})); len(lines) != 1 {
		t.Errorf("reads %d practices", len(lines))
	}
}
