package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"hatrack/internal/postgres"
	"hatrack/internal/server"
	"hatrack/internal/store"
)

// Who signs in at a generated organisation.
const (
	email    = "lead@example.org"
	password = "pears on the window sill"
)

// site is a generated organisation with two servers over it: one that keeps rendered pages, and one that does not.
type site struct {
	scale       string
	pg          *postgres.Server
	db          *store.Store
	pool        *pgxpool.Pool // the yardstick's
	trips       atomic.Int64
	kept, fresh *door
	matrix      int64
	person      int64
	size        atomic.Int64 // of the yardstick's page
	close       func()
}

// door is one server on the loopback, with a client that is signed in there.
type door struct {
	url    string
	client *http.Client
	server *server.Server
}

// made says by what a kept organisation was made; with a newer schema it is migrated.
type made struct {
	Schema int64  `json:"schema"`
	Scale  string `json:"scale"`
}

// open finds or generates an organisation and serves it.
func open(ctx context.Context, s settings, scale string, out io.Writer) (at *site, err error) {
	dir := filepath.Join(s.dir, scale)
	if err := generate(ctx, s, scale, dir, out); err != nil {
		return nil, err
	}
	at = &site{scale: scale}
	var closers []func()
	closeAll := func() {
		for i := len(closers) - 1; i >= 0; i-- {
			closers[i]()
		}
	}
	at.close = closeAll
	defer func() {
		if err != nil { // where at is nil
			closeAll()
		}
	}()
	if at.pg, err = postgres.Start(ctx, postgres.Config{Dir: filepath.Join(dir, "data")}); err != nil {
		return nil, err
	}
	closers = append(closers, func() { _ = at.pg.Stop() })
	url := at.pg.URLFor("hatrack_server")
	if at.db, err = store.Open(ctx, url, store.Options{Trip: func() { at.trips.Add(1) }}); err != nil {
		return nil, err
	}
	closers = append(closers, at.db.Close)
	if at.pool, err = pgxpool.New(ctx, url); err != nil {
		return nil, err
	}
	closers = append(closers, at.pool.Close)
	if err := at.pool.QueryRow(ctx, `SELECT (SELECT id FROM process WHERE name = 'Handle an incident'), (SELECT id FROM person WHERE external_id = 'E0000006')`).Scan(&at.matrix, &at.person); err != nil {
		return nil, err
	}
	for _, d := range []struct {
		at    **door
		pages int
	}{{&at.kept, 0}, {&at.fresh, -1}} {
		opened, closed, err := at.serve(d.pages)
		if err != nil {
			return nil, err
		}
		*d.at = opened
		closers = append(closers, closed)
		if err := opened.signIn(ctx); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// generate makes the organisation where it is missing or of another schema.
func generate(ctx context.Context, s settings, scale, dir string, out io.Writer) error {
	schema, err := store.LatestMigration()
	if err != nil {
		return err
	}
	mark := filepath.Join(dir, "made.json")
	want := made{schema, scale}
	if text, err := os.ReadFile(mark); err == nil {
		var have made
		if json.Unmarshal(text, &have) == nil && have == want {
			return nil
		}
		if have.Scale == scale && have.Schema < schema { // the same organisation, brought up to the schema
			fmt.Fprintf(out, "Migrating %s in %s.\n", scale, dir)
			if _, err := hatrack(ctx, s, nil, "migrate", "up", "--data-dir", filepath.Join(dir, "data")); err == nil {
				return remember(mark, want)
			}
		}
	}
	fmt.Fprintf(out, "Generating %s in %s; it is kept.\n", scale, dir)
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, s.hatrack, "synth", "--scale", scale, "--seed", "1", "--email", email, "--password", password, "--data-dir", filepath.Join(dir, "data"))
	cmd.Env = append(os.Environ(), "DATABASE_URL=", "HATRACK_DATA_DIR=")
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("generating %s: %w", scale, err)
	}
	return remember(mark, want)
}

// remember notes by what an organisation was made.
func remember(mark string, m made) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(mark, text, 0o644)
}

// serve runs the whole product, with the yardstick mounted beside it, as it never is outside.
func (at *site) serve(pages int) (*door, func(), error) {
	log := slog.New(slog.NewJSONHandler(io.Discard, nil)) // as costly as a log that somebody reads
	s, err := server.New(server.Config{Store: at.db, Log: log, BaseURL: "http://localhost", PageBytes: pages})
	if err != nil {
		return nil, nil, err
	}
	server.RaiseHeap()
	routes := s.Routes()
	routes.Get("/bench/yardstick", at.yardstick)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	srv := &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(listener) }()
	d := &door{url: "http://" + listener.Addr().String(), client: newClient(), server: s}
	return d, func() { _ = srv.Close() }, nil
}

var filler = make([]byte, 1<<20)

// yardstick asks for 1 and writes a page as large as the one it is compared with.
func (at *site) yardstick(w http.ResponseWriter, r *http.Request) {
	var one int
	if err := at.pool.QueryRow(r.Context(), `SELECT 1`).Scan(&one); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(filler[:at.size.Load()])
}
