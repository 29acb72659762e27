package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

func TestSynthLetsInAndMixesWithNothing(t *testing.T) {
	db := storetest.New(t)
	var out, log bytes.Buffer
	env := map[string]string{"DATABASE_URL": db.URL, "HATRACK_MIGRATE_URL": db.OwnerURL}
	args := []string{"synth", "--scale", "S", "--seed", "3", "--email", "ann@example.org", "--password", "pears on the window sill"}
	getenv := func(name string) string { return env[name] }
	if err := run(t.Context(), args, getenv, &out, &log); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "1000 people") || strings.Contains(out.String(), "pears") || !strings.Contains(log.String(), "assignments: 10000 of 10000") {
		t.Errorf("it said %q and %q", out.String(), log.String())
	}
	s, err := server.New(server.Config{Store: db.Store, Log: slog.New(slog.DiscardHandler), BaseURL: "http://localhost"})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"email": {"ann@example.org"}, "password": {"pears on the window sill"}}
	req := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	in := httptest.NewRecorder()
	s.Handler().ServeHTTP(in, req)
	if in.Code != http.StatusSeeOther || len(in.Result().Cookies()) == 0 {
		t.Errorf("signing in: %d %s", in.Code, in.Body)
	}
	if err := run(t.Context(), args, getenv, &out, &log); err == nil || !strings.Contains(err.Error(), "does not mix") {
		t.Errorf("a second time: %v", err)
	}
	if err := run(t.Context(), []string{"synth", "--scale", "XL"}, getenv, &out, &log); err == nil {
		t.Error("there is no XL")
	}
}
