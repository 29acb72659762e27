package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"hatrack/internal/store/storetest"
)

// hatrack runs the program with arguments and NAME=VALUE pairs as its environment.
func hatrack(t *testing.T, args []string, env ...string) (out, errOut string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = run(t.Context(), args, environ(env), &o, &e)
	return o.String(), e.String(), err
}

func environ(pairs []string) func(string) string {
	return func(name string) string {
		for _, pair := range pairs {
			if n, v, _ := strings.Cut(pair, "="); n == name {
				return v
			}
		}
		return ""
	}
}

func TestWrongSettingsAreSaid(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		env  []string
		says string
	}{
		"a port that is none":      {[]string{"serve", "--addr", "127.0.0.1:http"}, nil, "is not an address to listen on"},
		"no port":                  {[]string{"serve"}, []string{"HATRACK_ADDR=localhost"}, "is not an address to listen on"},
		"the demo for everybody":   {[]string{"serve", "--demo", "--addr", "0.0.0.0:8080"}, nil, "listens on this machine only"},
		"the demo on every host":   {[]string{"serve", "--demo", "--addr", ":8080"}, nil, "listens on this machine only"},
		"a base URL without host":  {[]string{"serve"}, []string{"HATRACK_BASE_URL=hatrack.example.com"}, "Give scheme and host"},
		"a base URL with a path":   {[]string{"serve", "--base-url", "https://example.com/hatrack"}, nil, "Give scheme and host"},
		"a base URL of another":    {[]string{"serve", "--base-url", "ftp://example.com"}, nil, "Give scheme and host"},
		"an unknown time zone":     {[]string{"serve"}, []string{"HATRACK_TIME_ZONE=Mars/Olympus"}, "There is no time zone"},
		"an unknown level":         {[]string{"serve"}, []string{"HATRACK_LOG_LEVEL=loud"}, "is no level to log at"},
		"no database address":      {[]string{"serve"}, []string{"DATABASE_URL=mysql://root:hunter2@db/x"}, "DATABASE_URL is not an address of a PostgreSQL database"},
		"a lone migration address": {[]string{"migrate", "up"}, []string{"HATRACK_MIGRATE_URL=postgres://x@y/z"}, "without DATABASE_URL"},
		"two places":               {[]string{"serve"}, []string{"DATABASE_URL=postgres://x@y/z", "HATRACK_DATA_DIR=/tmp/x"}, "give one of them"},
		"an unknown verb":          {[]string{"dance"}, nil, "hatrack --help"},
		"down by nothing":          {[]string{"migrate", "down", "0"}, nil, "1 or more"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errOut, err := hatrack(t, c.args, c.env...)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("said %v; want %q", err, c.says)
			}
			if strings.Contains(out+errOut+err.Error(), "hunter2") {
				t.Error("a password is repeated")
			}
		})
	}
}

func TestHelpIsThereForEveryVerb(t *testing.T) {
	for _, args := range [][]string{nil, {"--help"}, {"serve", "--help"}, {"migrate", "--help"}, {"migrate", "down", "--help"}, {"account", "--help"}, {"account", "grant", "--help"}, {"import", "people", "--help"}} {
		out, _, err := hatrack(t, args)
		if err != nil || !strings.Contains(out, "Usage: hatrack") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	out, _, _ := hatrack(t, []string{"serve", "--help"})
	if !strings.Contains(out, "($HATRACK_ADDR)") || !strings.Contains(out, "($DATABASE_URL)") {
		t.Errorf("the variables are not named:\n%s", out)
	}
}

func TestMigratesDownAndUp(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	env := settingsOf(db)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"migrate", "version"}, "stands at migration "},
		{[]string{"migrate", "down", "2"}, "stands at migration "},
		{[]string{"migrate", "up"}, "stands at migration "},
	} {
		out, _, err := hatrack(t, c.args, env...)
		if err != nil || !strings.Contains(out, c.says) {
			t.Fatalf("%v: %v %s", c.args, err, out)
		}
	}
	if _, _, err := hatrack(t, []string{"migrate", "down", "99"}, env...); err == nil || !strings.Contains(err.Error(), "no more than that") {
		t.Errorf("down by 99: %v", err)
	}
	if owns, err := db.Owns(t.Context()); err != nil || owns {
		t.Errorf("the server's role owns the tables: %v, %v", owns, err)
	}
}

func TestAccountsFromTheTerminal(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	env := settingsOf(db, "HATRACK_BASE_URL=https://hats.example")
	do := func(says string, args ...string) string {
		t.Helper()
		out, errOut, err := hatrack(t, append([]string{"account"}, args...), env...)
		if err != nil {
			out = err.Error()
		}
		if !strings.Contains(out, says) {
			t.Errorf("account %v said %s; want %q", args, out, says)
		}
		if strings.Contains(errOut, "/welcome/") {
			t.Errorf("account %v wrote a link where logs go", args)
		}
		return out
	}
	do("https://hats.example/welcome/", "link")
	do("no such person", "create", "ada@example.org")
	person(t, db, "Ada Stone", "ada@example.org")
	do("Ada Stone chooses a password here:", "create", "Ada@example.org")
	do("There are accounts already", "link")
	do("Ada Stone chooses a password here:", "link", "ADA@example.org")
	do("is now administrator", "grant", "ada@example.org", "administrator")
	do("An auditor's grant ends", "grant", "ada@example.org", "auditor")
	do("is now auditor", "grant", "ada@example.org", "auditor", "--until", "2199-01-01")
	do("between 1900 and 2200", "grant", "ada@example.org", "auditor", "--until", "2999-01-01")
	do("This is the last administrator", "revoke", "ada@example.org", "administrator")
	do("This is the last administrator", "disable", "ada@example.org")
	do("is no longer auditor", "revoke", "ada@example.org", "auditor")
	person(t, db, "Jonas Weber", "jonas@example.org")
	do("Jonas Weber chooses", "create", "jonas@example.org", "--until", "2199-01-01")
	do("is disabled", "disable", "jonas@example.org")
	do("disabled", "list")
	do("may sign in again", "enable", "jonas@example.org")
	do("no such account", "disable", "nobody@example.org")
	do("Nobody signs in as", "--as", "nobody@example.org", "list")
	do("You may not manage accounts", "--as", "jonas@example.org", "list")
	do("Ada@example.org", "--as", "ada@example.org", "list")
}

// terminal is what a running server writes.
type terminal struct {
	sync.Mutex
	bytes.Buffer
}

func (b *terminal) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

func (b *terminal) String() string {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.String()
}

// serving starts a server and returns its address, what it writes, and how to stop it.
func serving(t *testing.T, args []string, env ...string) (base string, out, errOut *terminal, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, errOut = &terminal{}, &terminal{}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", free(t)}, args...), environ(env), out, errOut)
	}()
	stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	t.Cleanup(func() { _ = stop() })
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); {
		if m := regexp.MustCompile(`ready: open (\S+)`).FindStringSubmatch(out.String()); m != nil {
			return m[1], out, errOut, stop
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the server ended: %v\n%s", err, errOut)
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatal("the server did not start in five minutes")
	return
}

// free is an address of this machine that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestServesAnEmptyOrganisation(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	env := settingsOf(db, "HATRACK_TIME_ZONE=Asia/Tokyo")
	base, out, errOut, stop := serving(t, nil, env...)
	token := regexp.MustCompile(`/welcome/([A-Z0-9]+)`).FindStringSubmatch(out.String())
	if token == nil {
		t.Fatalf("no link for the first administrator:\n%s", out)
	}
	other, _, _, _ := serving(t, nil, env...) // two on one database
	for _, url := range []string{base + "/healthz", base + "/readyz", base + token[0], other + token[0]} {
		res, err := http.Get(url)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v %v", url, res, err)
		}
		res.Body.Close()
	}
	if o, err := db.Organisation(t.Context()); err != nil || o.TimeZone != "Asia/Tokyo" {
		t.Errorf("the time zone is %q, %v", o.TimeZone, err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if log := errOut.String(); strings.Contains(log, token[1]) || !strings.Contains(log, `"route":"/welcome/{token}"`) {
		t.Errorf("the log holds a link, or no requests:\n%s", log)
	}
}

func TestSaysWhereOneRoleDoesBoth(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	_, _, errOut, _ := serving(t, nil, "DATABASE_URL="+db.OwnerURL)
	if !strings.Contains(errOut.String(), "owns the tables") {
		t.Errorf("no warning:\n%s", errOut)
	}
}

func TestTakenAddressIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, _, err := hatrack(t, []string{"serve", "--addr", l.Addr().String()}); err == nil || !strings.Contains(err.Error(), "Something listens on") {
		t.Errorf("said %v", err)
	}
}

func TestTheDemoKeepsToItself(t *testing.T) {
	t.Parallel()
	full, empty := storetest.New(t), storetest.New(t)
	person(t, full, "Ada Stone", "ada@example.org")
	_, _, err := hatrack(t, []string{"serve", "--demo", "--addr", free(t)}, settingsOf(full)...)
	if err == nil || !strings.Contains(err.Error(), "holds other data") {
		t.Errorf("the demo in a full database: %v", err)
	}
	env := settingsOf(empty)
	// A building that was broken off is taken down and done again.
	if err := empty.BecomeDemo(t.Context(), storetest.Operator, "Half"); err != nil {
		t.Fatal(err)
	}
	base, out, _, stop := serving(t, []string{"--demo"}, env...)
	if !strings.Contains(out.String(), "Ingrid Solberg") {
		t.Errorf("the cast is not named:\n%s", out)
	}
	res, err := http.Get(base + "/sign-in")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("sign-in: %v %v", res, err)
	}
	res.Body.Close()
	if err := stop(); err != nil {
		t.Error(err)
	}
	if _, _, err := hatrack(t, []string{"serve", "--addr", free(t)}, env...); err == nil || !strings.Contains(err.Error(), "holds the demo organisation") {
		t.Errorf("the demo served as if it were real: %v", err)
	}
}

func TestPrivatePostgreSQLComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for d := filepath.Dir(dir); d != "/" && d != os.TempDir(); d = filepath.Dir(d) { // PostgreSQL's account has to get through
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, first := range []bool{true, false} {
		begun := time.Now()
		base, _, errOut, stop := serving(t, []string{"--data-dir", dir})
		t.Logf("up after %v", time.Since(begun))
		res, err := http.Get(base + "/readyz")
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("readyz: %v %v", res, err)
		}
		res.Body.Close()
		if first {
			out, _, err := hatrack(t, []string{"migrate", "version", "--data-dir", dir}) // beside the running server
			if err != nil || !strings.Contains(out, "stands at migration") {
				t.Errorf("beside the server: %v %s", err, out)
			}
		}
		if strings.Contains(errOut.String(), "owns the tables") {
			t.Error("the server's role owns the tables")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
}
