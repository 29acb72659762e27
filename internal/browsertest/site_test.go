package browsertest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"

	"hatrack/internal/demo"
	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

// organisation is the demo, built once; each test gets a copy.
var organisation = storetest.Filled{Name: "hatrack_demo", Fill: func(ctx context.Context, url string) error {
	return demo.Build(ctx, url, storetest.Now)
}}

// site is a running server over a database of its own.
type site struct {
	t    *testing.T
	db   *storetest.DB
	base string
}

// serve starts a server for one test.
func serve(t *testing.T, db *storetest.DB, isDemo bool) *site {
	t.Helper()
	web := httptest.NewUnstartedServer(nil)
	base := "http://" + web.Listener.Addr().String()
	s, err := server.New(server.Config{
		Store: db.Store, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Now: now, BaseURL: base,
		Demo: isDemo, Cast: demo.Cast,
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Config.Handler = s.Handler()
	web.Start()
	t.Cleanup(web.Close)
	return &site{t, db, base}
}

// serveDemo starts a server over a copy of the demo organisation.
func serveDemo(t *testing.T) *site {
	t.Helper()
	return serve(t, organisation.New(t), true)
}

// of is the site for a subtest.
func (s *site) of(t *testing.T) *site { return &site{t, s.db, s.base} }

// as opens a tab in which the account of an e-mail address is signed in already.
func (s *site) as(email string, script bool) *tab {
	s.t.Helper()
	p := newTab(s.t, s.base, script)
	account, err := s.db.AccountByEmail(s.t.Context(), email)
	if err != nil {
		s.t.Fatalf("%s: %v", email, err)
	}
	token := rand.Text()
	hash := sha256.Sum256([]byte(token))
	if err := s.db.OpenSession(s.t.Context(), account.ID, hash[:]); err != nil {
		s.t.Fatal(err)
	}
	call(p, network.SetCookie, network.SetCookieParams{Name: "hatrack_session", Value: token, URL: s.base})
	return p
}

// cast is the e-mail address of one of the demo's, by what they are.
func cast(t *testing.T, title string) string {
	t.Helper()
	for _, a := range demo.Cast {
		if a.Title == title {
			return a.Email
		}
	}
	t.Fatalf("nobody of the demo is a %s", title)
	return ""
}

// each runs a journey with script and once more without.
func each(t *testing.T, journey func(t *testing.T, script bool)) {
	for _, way := range []struct {
		name   string
		script bool
	}{{"with script", true}, {"without script", false}} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			journey(t, way.script)
		})
	}
}

// administrator signs in to an organisation of which nothing else is known.
const administrator = "ada.byrne@example.org"

// newOrganisation is a server over an organisation that has its first administrator, who leads the office as well.
func newOrganisation(t *testing.T) *site {
	t.Helper()
	s := serve(t, storetest.New(t), false)
	token, err := s.db.FirstLink(t.Context())
	if err == nil {
		_, err = s.db.MakeFirstAdministrator(t.Context(), token, "", itsm.FirstAdministrator{Name: "Ada Byrne", Email: administrator, Organisation: "Brightwater", Lead: true}, "x")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func now() time.Time { return storetest.Now }
