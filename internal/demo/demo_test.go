package demo

import (
	"testing"
	"time"

	"hatrack/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestBuildsAnOrganisation(t *testing.T) {
	db := storetest.New(t)
	start := time.Now()
	if err := Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	t.Logf("built in %v", time.Since(start))
	state, err := Look(t.Context(), db.Store)
	if err != nil || state != Built {
		t.Fatalf("Look = %v, %v; want Built", state, err)
	}
	for _, who := range Cast {
		by, err := db.ActorOf(t.Context(), who.Email)
		if err != nil || by.Name != who.Name {
			t.Errorf("%s: actor %q, %v", who.Email, by.Name, err)
		}
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM person`); n != 60 {
		t.Errorf("%d people; want 60", n)
	}
}
