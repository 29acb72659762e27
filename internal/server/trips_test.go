package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/demo"
	"hatrack/internal/server"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// mostTrips is how many round trips to the database a page may take: who is asking, and what is shown.
const mostTrips = 2

// moreTrips are forms, opened now and then, that read a thing first and then what it may be changed to; they take no more
// than this.
var moreTrips = map[string]int64{
	"/companies/{id}/edit": 4, "/teams/{id}/edit": 4, "/people/{id}/edit": 3, "/regions/{id}/edit": 3, "/roles/{id}/merge": 3, "/accounts/{id}": 3,
	"/import/raci": 3, "/actions/{id}/edit": 3, "/processes/{id}/practice": 3,
	"/practices/{id}/archive": 3, "/processes/{id}/archive": 3, "/services/{id}/archive": 3,
}

// counted is the demo served over a store that counts its round trips to the database.
func counted(t *testing.T) (db *storetest.DB, h http.Handler, trips *atomic.Int64) {
	t.Helper()
	db, trips = storetest.New(t), new(atomic.Int64)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	counting, err := store.Open(t.Context(), db.URL, store.Options{Now: func() time.Time { return storetest.Now }, MaxConns: 1, Trip: func() { trips.Add(1) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(counting.Close)
	s, err := server.New(server.Config{
		Store: counting, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return storetest.Now }, BaseURL: "http://localhost", Demo: true, Cast: demo.Cast, PageBytes: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, s.Handler(), trips
}

// TestEveryPageTakesTwoTrips walks every page of the demo as its SMO lead and as its administrator.
func TestEveryPageTakesTwoTrips(t *testing.T) {
	t.Parallel()
	db, h, trips := counted(t)
	routes := accessServer(t, db).Routes()
	walked := 0
	for _, who := range demo.Cast {
		if who.Title != "SMO lead" && who.Title != "Administrator" {
			continue
		}
		session := enter(t, h, who.Email)
		walk := func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
			if method != http.MethodGet || path.Ext(pattern) != "" { // files are streamed through a cursor
				return nil
			}
			r := httptest.NewRequest(method, address(t, db, pattern), nil)
			r.AddCookie(session)
			before := trips.Load()
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code == http.StatusOK {
				walked++
			}
			if n := trips.Load() - before; n > max(mostTrips, moreTrips[pattern]) {
				t.Errorf("%s takes %d round trips as %s (status %d)", pattern, n, who.Title, w.Code)
			}
			return nil
		}
		if err := chi.Walk(routes, walk); err != nil {
			t.Fatal(err)
		}
	}
	if walked < 50 {
		t.Errorf("only %d pages were shown", walked)
	}
}

// TestAPageWithAMessageTakesTwoTrips does something and looks at the page that says so and offers to take it back.
func TestAPageWithAMessageTakesTwoTrips(t *testing.T) {
	t.Parallel()
	_, h, trips := counted(t)
	lead := enter(t, h, "ingrid.solberg@tallgrass.example")
	served := httptest.NewServer(h)
	t.Cleanup(served.Close)
	by := reader{site{t: t, url: served.URL}, lead.Name + "=" + lead.Value}
	done := by.post("/services", url.Values{"name": {"Door locks"}})
	done.shows(t, http.StatusSeeOther)
	before := trips.Load()
	if said := by.carrying(done).get(done.to); !strings.Contains(said.body, `/undo"`) {
		t.Errorf("no undo is offered: %.600s", said.text())
	}
	if n := trips.Load() - before; n > mostTrips {
		t.Errorf("the page with the message takes %d round trips", n)
	}
}

// TestPagesOfUploadsTakeFewTrips brings one of each kind and looks at it: who is asking, the upload, what is meant by its names, what it
// is compared with.
func TestPagesOfUploadsTakeFewTrips(t *testing.T) {
	t.Parallel()
	_, h, trips := counted(t)
	lead := enter(t, h, "ingrid.solberg@tallgrass.example")
	served := httptest.NewServer(h)
	t.Cleanup(served.Close)
	by := reader{site{t: t, url: served.URL}, lead.Name + "=" + lead.Value}
	for _, u := range []struct {
		path, name, content string
		most                int64
		more                []string
	}{
		{"/import/raci", "grid.csv", "Activity,Planner,Desk\nPlan,A,R\nDo,A,R\n", 4, []string{"/grids/1-1.1"}},
		{"/import/people", "people.csv", "Employee ID,Name\n77,Ada Byrne\n", 4, nil},
		{"/import/assignments", "hats.csv", "Person,Role,Practice\nJoe Okafor,Owner,Incident management\n", 4, nil},
		{"/import/policies", "policies.csv", "Number,Title,Statement\nP-1,Log it,Log every call.\n", 3, nil},
	} {
		up := by.upload(u.path, u.name, []byte(u.content))
		up.shows(t, http.StatusSeeOther)
		for _, more := range append([]string{""}, u.more...) {
			before := trips.Load()
			by.get(up.to+more).shows(t, http.StatusOK)
			if n := trips.Load() - before; n > u.most {
				t.Errorf("%s%s takes %d round trips", u.path, more, n)
			}
		}
	}
}
