// Package storetest gives every test a database of its own on a private PostgreSQL: a clone of a migrated template,
// used as the server uses it, through a role that does not own the tables.
package storetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/postgres"
	"hatrack/internal/store"
)

// Now is the instant at which tests run; Today is the organisation's day then.
var (
	Now   = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	Today = itsm.Day(2026, 11, 23)
)

// Operator may do everything, as at the command line.
var Operator = itsm.Actor{Operator: true, Today: Today}

// ServerRole is the role that the stores of tests connect as.
const ServerRole = "hatrack_server"

const template = "hatrack_template"

var private struct {
	once sync.Once
	pg   *postgres.Server
	dir  string
	err  error
}

var databases atomic.Int64

// Main runs a package's tests and takes the private PostgreSQL down after them: func TestMain(m *testing.M) { storetest.Main(m) }.
func Main(m interface{ Run() int }) {
	code := m.Run()
	if private.pg != nil {
		_ = private.pg.Stop()
		_ = os.RemoveAll(private.dir)
	}
	os.Exit(code)
}

// DB is one test's database.
type DB struct {
	*store.Store
	URL      string // as the server's role
	OwnerURL string // as the role that owns the tables
}

// New makes a database for t, empty but for what migrations make. Without PostgreSQL the test is skipped, or fails where
// CI is set.
func New(t testing.TB) *DB { return At(t, func() time.Time { return Now }) }

// At is New with a clock.
func At(t testing.TB, now func() time.Time) *DB {
	t.Helper()
	running(t)
	return clone(t, template, now)
}

// Bare makes a database without anything in it, and no store on it.
func Bare(t testing.TB) *DB {
	t.Helper()
	running(t)
	return create(t, "")
}

// create makes a database, as further words of the statement say, and no store on it.
func create(t testing.TB, as string) *DB {
	t.Helper()
	name := fmt.Sprintf("test_%d", databases.Add(1))
	admin(t, "CREATE DATABASE "+name+as)
	t.Cleanup(func() { admin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return &DB{URL: address(ServerRole, name), OwnerURL: address(postgres.Owner, name)}
}

// Filled is a database that is filled once for all tests of a package, each of which gets a copy.
type Filled struct {
	Name string
	Fill func(ctx context.Context, url string) error // through the server's role

	once sync.Once
	err  error
}

// New makes a copy for t.
func (f *Filled) New(t testing.TB) *DB {
	t.Helper()
	running(t)
	f.once.Do(func() {
		admin(t, "CREATE DATABASE "+f.Name+" TEMPLATE "+template)
		f.err = f.Fill(context.Background(), address(ServerRole, f.Name))
	})
	if f.err != nil {
		t.Fatal(f.err)
	}
	return clone(t, f.Name, func() time.Time { return Now })
}

func running(t testing.TB) {
	t.Helper()
	private.once.Do(start)
	if private.err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(private.err)
		}
		t.Skipf("no PostgreSQL to test on; make setup installs it: %v", private.err)
	}
}

// conns are the connections a copy's store may open: more than a test has writers at once, so that on a busy machine they
// meet the database's answer and none gives up in the queue for a connection.
const conns = 16

func clone(t testing.TB, from string, now func() time.Time) *DB {
	t.Helper()
	d := create(t, " TEMPLATE "+from)
	var err error
	if d.Store, err = store.Open(t.Context(), d.URL, store.Options{Now: now, MaxConns: conns}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if !Value[bool](t, d, `SELECT to_regproc('step_rows') IS NOT NULL`) { // a test took the schema back
			return
		}
		if differ := Value[string](t, d, rowsDiffer); differ != "" {
			t.Errorf("rows of matrices are kept otherwise than their letters and hand-offs stand:\n%s", differ)
		}
	})
	return d
}

// rowsDiffer are the rows of matrices that are kept otherwise than their letters and hand-offs make them, whatever a test has done.
const rowsDiffer = `
	SELECT COALESCE(string_agg(concat_ws(' ', s.id, 'kept', s.row_letters, s.row_notes, s.row_hand_offs, 'made', r.letters, r.notes, r.hand_offs), E'\n'), '')
	FROM step s, (SELECT array_agg(version_id) AS versions, array_agg(activity_id) AS activities FROM step) whole, step_rows(whole.versions, whole.activities) r
	WHERE r.step_id = s.id AND (s.row_letters, s.row_notes, s.row_hand_offs) IS DISTINCT FROM (r.letters, r.notes, r.hand_offs)`

// Backup copies the database as it is now; restore puts the copy in its place, below the stores that are connected to it.
// Both break their connections.
func (d *DB) Backup(t testing.TB) (restore func()) {
	t.Helper()
	name := Value[string](t, d, "SELECT current_database()")
	admin(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
	admin(t, "CREATE DATABASE "+name+"_backup TEMPLATE "+name)
	return func() {
		t.Helper()
		admin(t, "DROP DATABASE "+name+" WITH (FORCE)")
		admin(t, "ALTER DATABASE "+name+"_backup RENAME TO "+name)
	}
}

// Exec runs SQL as the owner of the tables, past the store: for tests of what the database itself refuses.
func (d *DB) Exec(t testing.TB, sql string, args ...any) error {
	t.Helper()
	conn := connect(t, d.OwnerURL)
	defer conn.Close(context.Background())
	_, err := conn.Exec(context.Background(), sql, args...)
	return err
}

// Value reads one value as the owner of the tables.
func Value[T any](t testing.TB, d *DB, sql string, args ...any) (v T) {
	t.Helper()
	conn := connect(t, d.OwnerURL)
	defer conn.Close(context.Background()) // a test that asks hundreds of times would use up the server's connections
	if err := conn.QueryRow(context.Background(), sql, args...).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// address connects to another database of the private server.
func address(role, database string) string {
	return strings.Replace(private.pg.URLFor(role), "/"+template+"?", "/"+database+"?", 1)
}

func start() {
	ctx := context.Background()
	if private.dir, private.err = os.MkdirTemp("", "hatrack-test-"); private.err != nil {
		return
	}
	// PostgreSQL's user has to get through.
	if private.err = os.Chmod(private.dir, 0o755); private.err != nil {
		return
	}
	private.pg, private.err = postgres.Start(ctx, postgres.Config{Dir: filepath.Join(private.dir, "postgres"), Database: template, Fast: true})
	if private.err != nil {
		return
	}
	private.err = migrate(ctx)
}

func migrate(ctx context.Context) error {
	schema, err := store.OpenSchema(private.pg.URL())
	if err != nil {
		return err
	}
	defer schema.Close()
	if err := schema.CreateRole(ctx, ServerRole); err != nil {
		return err
	}
	if err := schema.Up(); err != nil {
		return err
	}
	return schema.Grant(ctx, ServerRole)
}

func admin(t testing.TB, sql string) {
	t.Helper()
	if _, err := connect(t, address(postgres.Owner, "postgres")).Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

func connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// Dump is the schema of a new database as pg_dump writes it, and PostgreSQL's major version.
func Dump(t testing.TB) (dump, major string) {
	t.Helper()
	New(t)
	out, err := exec.Command(filepath.Join(private.pg.Install.BinDir, "pg_dump"), "--schema-only", "--no-owner", "--no-privileges", "--no-comments",
		"--exclude-table=schema_migrations", "--dbname="+address(postgres.Owner, template)).CombinedOutput()
	if err != nil {
		t.Fatalf("pg_dump: %v: %s", err, out)
	}
	return string(out), strconv.Itoa(private.pg.Install.Major)
}
