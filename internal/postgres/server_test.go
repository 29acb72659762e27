package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// needServer skips on a laptop without PostgreSQL and fails where CI is set.
func needServer(t *testing.T) {
	t.Helper()
	if _, err := Find(t.Context()); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// newDir is a place for data that PostgreSQL's account can reach; t.TempDir is root's alone where we are root.
func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "hatrack-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "db")
}

func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	needServer(t)
	if cfg.Log == nil {
		cfg.Log = t.Output()
	}
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop() })
	return s
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func exec1(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func value[T any](t *testing.T, conn *pgx.Conn, sql string) (v T) {
	t.Helper()
	if err := conn.QueryRow(context.Background(), sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func TestColdAndWarmStart(t *testing.T) {
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Database: "first"}) // with fsync, as people run it
	conn := connect(t, s.URL())
	exec1(t, conn, `CREATE EXTENSION btree_gist`)
	exec1(t, conn, `CREATE EXTENSION pg_trgm`)
	exec1(t, conn, `CREATE ROLE hatrack_app LOGIN`)
	exec1(t, conn, `CREATE TABLE kept (n int)`)
	exec1(t, conn, `INSERT INTO kept VALUES (7)`)
	if got := value[string](t, conn, `SHOW timezone`); got != "UTC" {
		t.Errorf("time zone %s", got)
	}
	if got := value[[]string](t, conn, `SELECT array_agg(n ORDER BY n) FROM (VALUES ('Zoe'), ('Émile'), ('adam'), ('Ärzte')) v(n)`); strings.Join(got, " ") != "adam Ärzte Émile Zoe" {
		t.Errorf("names sort as %v", got)
	}
	if !value[bool](t, conn, `SELECT show_trgm('محمد') <> '{}' AND 'Müller' ILIKE 'MÜLL%'`) {
		t.Error("letters outside ASCII are not letters to the database")
	}
	if got := value[string](t, connect(t, s.URLFor("hatrack_app")), `SELECT current_user::text`); got != "hatrack_app" {
		t.Errorf("connected as %s", got)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("stopping twice: %v", err)
	}

	began := time.Now()
	s = start(t, Config{Dir: dir, Database: "first"})
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("a second start took %v", took)
	}
	if s.Adopted {
		t.Error("adopted a server after an orderly stop")
	}
	if got := value[int](t, connect(t, s.URL()), `SELECT n FROM kept`); got != 7 {
		t.Errorf("kept %d", got)
	}
}

func TestPathsThatNeedCare(t *testing.T) {
	t.Parallel()
	long := filepath.Join(newDir(t)+" of, O'Brien+sons & co", strings.Repeat("long", 20), "db")
	t.Cleanup(func() { os.RemoveAll(socketDir(long)) })
	for _, dir := range []string{filepath.Join(newDir(t), "Application Support+", "100%", "db"), long} {
		s := start(t, Config{Dir: dir, Database: "a b", Fast: true})
		if got := value[string](t, connect(t, s.URL()), `SELECT current_database()::text`); got != "a b" {
			t.Errorf("connected to %s", got)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
}

func TestServerKilled(t *testing.T) {
	t.Parallel()
	s := start(t, Config{Dir: newDir(t)}) // not Fast: what is acknowledged has to be on disk
	pool, err := pgxpool.New(t.Context(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	ctx := t.Context()
	if _, err := pool.Exec(ctx, `CREATE TABLE written (n int PRIMARY KEY)`); err != nil {
		t.Fatal(err)
	}
	busy := connect(t, s.URL())
	go busy.Exec(ctx, `SELECT count(*) FROM generate_series(1, 100000000000)`) // a session that does not notice the death

	acknowledged := map[int]bool{}
	for n, deaths, killed, at := 0, 0, 0, time.Now(); deaths < 9 || killed != 0; n++ {
		_, err := pool.Exec(ctx, `INSERT INTO written VALUES ($1)`, n)
		acknowledged[n] = err == nil
		switch pid := postmasterPID(s); {
		case killed != 0 && err == nil && pid != killed && pid != 0:
			t.Logf("back after %v", time.Since(at).Round(time.Millisecond))
			killed = 0
		case killed != 0 && time.Since(at) > 10*time.Second: // growing pauses would have come to 12 s
			t.Fatalf("not back after death %d: %v", deaths, err)
		case killed != 0:
			time.Sleep(5 * time.Millisecond)
		case n%50 == 49:
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			killed, at, deaths = pid, time.Now(), deaths+1
		}
	}
	rows, _ := pool.Query(ctx, `SELECT n FROM written`)
	there, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range there {
		delete(acknowledged, n)
	}
	for n, ok := range acknowledged {
		if ok {
			t.Errorf("%d was acknowledged and is lost", n)
		}
	}
}

// postmasterPID is 0 while there is no server.
func postmasterPID(s *Server) (pid int) {
	b, _ := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	_, _ = fmt.Sscan(string(b), &pid)
	return pid
}

func TestSecondStartIsRefusedAndJoins(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Fast: true})
	_, err := Start(t.Context(), Config{Dir: dir})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a second start: %v", err)
	}
	j, err := Join(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if j.URL() != s.URL() {
		t.Errorf("joined %s instead of %s", j.URL(), s.URL())
	}
	if err := j.Stop(); err != nil {
		t.Error(err)
	}
	value[int](t, connect(t, s.URL()), `SELECT 1`)
}
