package browsertest

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

// site is a running server over a database of its own.
type site struct {
	t    *testing.T
	db   *storetest.DB
	base string
}

// serve starts a server for one test.
func serve(t *testing.T, db *storetest.DB, demo bool) *site {
	t.Helper()
	web := httptest.NewUnstartedServer(nil)
	base := "http://" + web.Listener.Addr().String()
	s, err := server.New(server.Config{
		Store: db.Store, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Now: func() time.Time { return storetest.Now }, BaseURL: base, Demo: demo,
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Config.Handler = s.Handler()
	web.Start()
	t.Cleanup(web.Close)
	return &site{t, db, base}
}

// each runs a journey with script and once more without.
func each(t *testing.T, journey func(t *testing.T, script bool)) {
	for _, way := range []struct {
		name   string
		script bool
	}{{"with script", true}, {"without script", false}} {
		t.Run(way.name, func(t *testing.T) { journey(t, way.script) })
	}
}
