package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// A test that kills a server needs one to kill: this program, run again with its arguments in serveArgs.
const serveArgs = "HATRACK_TEST_SERVE"

// tellPeak makes a program that is run again say the most memory it held.
const tellPeak = "HATRACK_TEST_PEAK"

func TestMain(m *testing.M) {
	if args := os.Getenv(serveArgs); args != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		code := 0
		if err := run(ctx, strings.Fields(args), os.Getenv, os.Stdout, os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = exitCode(err)
		}
		if os.Getenv(tellPeak) != "" {
			status, _ := os.ReadFile("/proc/self/status")
			fmt.Fprintln(os.Stderr, string(status))
		}
		os.Exit(code)
	}
	storetest.Main(m)
}

// acknowledged are the practices that a server said it added.
type acknowledged struct {
	sync.Mutex
	names []string
}

func (a *acknowledged) add(name string) {
	a.Lock()
	defer a.Unlock()
	a.names = append(a.names, name)
}

func (a *acknowledged) count() int {
	a.Lock()
	defer a.Unlock()
	return len(a.names)
}

// write adds practices through the pages until ctx ends. Whatever is not 303 or a dead connection is an error, but 503.
func (a *acknowledged) write(ctx context.Context, t *testing.T, base, cookie, prefix string) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for n := 0; ctx.Err() == nil; n++ {
		name := fmt.Sprintf("%s-%d", prefix, n)
		form := url.Values{"name": {name}, "category": {"service"}, "state": {"planned"}}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/practices", strings.NewReader(form.Encode()))
		if err != nil {
			t.Error(err)
			return
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Cookie", cookie)
		res, err := client.Do(req)
		if err != nil {
			continue
		}
		res.Body.Close()
		switch {
		case res.StatusCode == http.StatusSeeOther && strings.HasPrefix(res.Header.Get("Location"), "/practices/"):
			a.add(name)
		case res.StatusCode != http.StatusServiceUnavailable:
			t.Errorf("adding %s: %s to %s", name, res.Status, res.Header.Get("Location"))
			return
		}
	}
}

// spawn starts the server as a process of its own and waits until it is ready.
func spawn(t *testing.T, addr string, db *storetest.DB) *exec.Cmd {
	t.Helper()
	cmd := launch(t, addr, db)
	ready(t, addr)
	return cmd
}

// launch starts the server as a process of its own.
func launch(t *testing.T, addr string, db *storetest.DB) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), settingsOf(db, serveArgs+"=serve --addr "+addr)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd
}

// ready waits until a server is.
func ready(t *testing.T, addr string) {
	t.Helper()
	for range 1500 {
		if res, err := http.Get("http://" + addr + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server was not ready in half a minute")
}

// smoLead makes somebody who may add practices and returns the cookie of their session.
func smoLead(t *testing.T, db *storetest.DB) string {
	t.Helper()
	ctx := t.Context()
	id, err := db.AddPerson(ctx, storetest.Operator, itsm.Person{Name: "Ingrid Solberg", SortName: "Solberg, Ingrid"})
	if err != nil {
		t.Fatal(err)
	}
	account, err := db.AddAccount(ctx, storetest.Operator, itsm.NewAccount{PersonID: id, Email: "ingrid@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AppointFirstLead(ctx, storetest.Operator, id); err != nil {
		t.Fatal(err)
	}
	token := sha256.Sum256([]byte("a token of this test"))
	if err := db.OpenSession(ctx, account, token[:]); err != nil {
		t.Fatal(err)
	}
	return "hatrack_session=a token of this test"
}

// A server that is killed under write load has lost nothing that it acknowledged, and nothing stands half: a practice has
// its three roles, and every change its event.
func TestKilledUnderLoadLosesNothing(t *testing.T) {
	db := storetest.At(t, time.Now)
	cookie, addr := smoLead(t, db), free(t)
	var acked acknowledged
	const kills, together = 10, 16
	for round := range kills {
		server := spawn(t, addr, db)
		ctx, stop := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		for w := range together {
			writers.Go(func() { acked.write(ctx, t, "http://"+addr, cookie, fmt.Sprintf("killed-%d-%d", round, w)) })
		}
		// Every round is killed in the middle of its load, on a slow machine too.
		before, began := acked.count(), time.Now()
		for acked.count() < before+2*together && time.Since(began) < 5*time.Second {
			time.Sleep(20 * time.Millisecond)
		}
		if err := server.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		_ = server.Wait()
		stop()
		writers.Wait()
	}
	if len(acked.names) < kills*together {
		t.Fatalf("only %d practices were added: no load", len(acked.names))
	}
	// What the killed server had under way ends with its connections.
	for range 100 {
		if storetest.Value[int](t, db, `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`) == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	for says, sql := range map[string]string{
		"acknowledged and lost":            `SELECT count(*)::int FROM unnest($1::text[]) AS a (name) WHERE NOT EXISTS (SELECT FROM practice p WHERE p.name = a.name)`,
		"practices without their 3 roles":  `SELECT count(*)::int FROM practice p WHERE (SELECT count(*) FROM role r WHERE r.practice_id = p.id) <> 3 AND $1::text[] IS NOT NULL`,
		"practices without a change":       `SELECT count(*)::int FROM practice p WHERE NOT EXISTS (SELECT FROM change c WHERE c.table_name = 'practice' AND c.row_id = p.id) AND $1::text[] IS NOT NULL`,
		"events without a change":          `SELECT count(*)::int FROM event e WHERE act = 'add a practice' AND $1::text[] IS NOT NULL AND (SELECT count(*) FROM change c WHERE c.event_id = e.id) <> 4`,
		"events without a sentence":        `SELECT count(*)::int FROM event e WHERE act = 'add a practice' AND $1::text[] IS NOT NULL AND (summary = '' OR NOT EXISTS (SELECT FROM event_about b WHERE b.event_id = e.id))`,
		"changes without an event":         `SELECT count(*)::int FROM change c WHERE NOT EXISTS (SELECT FROM event e WHERE e.id = c.event_id) AND $1::text[] IS NOT NULL`,
		"changes of what is not there any": `SELECT count(*)::int FROM change c WHERE c.table_name = 'practice' AND $1::text[] IS NOT NULL AND NOT EXISTS (SELECT FROM practice p WHERE p.id = c.row_id)`,
	} {
		if n := storetest.Value[int](t, db, sql, acked.names); n != 0 {
			t.Errorf("%s: %d of %d", says, n, len(acked.names))
		}
	}
	t.Logf("%d acknowledged", len(acked.names))
}

// What is written through one server stands at once on the page of another, which has kept it rendered.
func TestTwoServersShowTheSameMatrix(t *testing.T) {
	db := storetest.At(t, time.Now)
	cookie := smoLead(t, db)
	ctx := t.Context()
	practice, err := db.AddPractice(ctx, storetest.Operator, itsm.Practice{Name: "Incident management", Category: "service", State: "in use"})
	if err != nil {
		t.Fatal(err)
	}
	process, err := db.AddProcess(ctx, storetest.Operator, itsm.Process{PracticeID: practice, Name: "Handle an incident", Kind: itsm.Daily})
	if err != nil {
		t.Fatal(err)
	}
	one, two := free(t), free(t)
	spawn(t, one, db)
	spawn(t, two, db)
	ask := func(method, addr, path string, form url.Values) string {
		t.Helper()
		req, err := http.NewRequestWithContext(ctx, method, "http://"+addr+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Cookie", cookie)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s %s: %s %v", method, path, res.Status, err)
		}
		return string(body)
	}
	matrix := fmt.Sprintf("/processes/%d/raci", process)
	for n := range 5 {
		name := fmt.Sprintf("Restore service, round %d", n)
		for _, addr := range []string{one, two} {
			if strings.Contains(ask(http.MethodGet, addr, matrix, nil), name) {
				t.Fatal("the name is there before its time")
			}
		}
		ask(http.MethodPost, one, "/activities", url.Values{"process": {fmt.Sprint(process)}, "name": {name}})
		if !strings.Contains(ask(http.MethodGet, two, matrix, nil), name) {
			t.Errorf("%q is not on the other server's page", name)
		}
	}
}
