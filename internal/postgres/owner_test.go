package postgres

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A test that kills the owner needs an owner to kill: this program, run again with ownerDir set.
const (
	ownerDir  = "HATRACK_TEST_OWNER_DIR"
	ownerUser = "HATRACK_TEST_OWNER_USER" // becomes this user first
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(ownerDir); dir != "" {
		if err := own(dir); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// own starts a server, says so, and writes numbers until it is killed, saying each that is acknowledged.
func own(dir string) error {
	if name := os.Getenv(ownerUser); name != "" {
		if err := become(name); err != nil {
			return err
		}
	}
	s, err := Start(context.Background(), Config{Dir: dir})
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(context.Background(), s.URL())
	if err != nil {
		return err
	}
	if _, err := conn.Exec(context.Background(), `CREATE TABLE IF NOT EXISTS written (n int)`); err != nil {
		return err
	}
	for n := 0; ; n++ {
		if _, err := conn.Exec(context.Background(), `INSERT INTO written VALUES ($1)`, n); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func become(name string) error {
	u, err := user.Lookup(name)
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return errors.Join(syscall.Setgroups(nil), syscall.Setgid(gid), syscall.Setuid(uid))
}

// startOwner runs the program above; its output is what it says.
func startOwner(t *testing.T, dir, name string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	needServer(t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), ownerDir+"="+dir, ownerUser+"="+name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have been killed already
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

func TestOwnerKilled(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "nobody"} {
		if name != "" && os.Geteuid() != 0 {
			continue // we are an ordinary user already
		}
		t.Run("as "+name, func(t *testing.T) {
			dir := newDir(t)
			if name != "" { // its home, so to speak
				if err := os.Chmod(filepath.Dir(dir), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			cmd, out := startOwner(t, dir, name)
			last := -1
			for out.Scan() {
				n, err := strconv.Atoi(out.Text())
				if err != nil {
					t.Fatal(out.Text())
				}
				if last = n; n == 100 {
					if err := cmd.Process.Kill(); err != nil {
						t.Fatal(err)
					}
				}
			}
			s := start(t, Config{Dir: dir})
			if got := value[int](t, connect(t, s.URL()), `SELECT max(n) FROM written`); got < last {
				t.Errorf("%d was acknowledged, the last one kept is %d", last, got)
			}
			pid := postmasterPID(s)
			if group, err := syscall.Getpgid(pid); err != nil || group != pid {
				t.Errorf("the server is in group %d, where a Ctrl-C would reach it (%v)", group, err)
			}
		})
	}
}

// TestOrphan is what happens without a parent-death signal: the server outlives its owner.
func TestOrphan(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Fast: true})
	exec1(t, connect(t, s.URL()), `CREATE TABLE kept (n int)`)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	orphan, err := s.spawn()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { orphan.stop() })
	if err := s.ready(t.Context(), orphan); err != nil {
		t.Fatal(err)
	}
	again := start(t, Config{Dir: dir, Fast: true})
	if !again.Adopted {
		t.Error("did not notice the server of the dead owner")
	}
	if pid := postmasterPID(again); pid == orphan.cmd.Process.Pid {
		t.Error("the server is not ours")
	}
	value[int64](t, connect(t, again.URL()), `SELECT count(*) FROM kept`)
}

func TestServerOfSomebodyElse(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Fast: true})
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	elsewhere := s.sock
	s.sock = filepath.Join(filepath.Dir(dir), "theirs")
	if err := s.who.own(s.sock); err != nil {
		t.Fatal(err)
	}
	theirs, err := s.spawn()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { theirs.stop() })
	if err := s.ready(t.Context(), theirs); err != nil {
		t.Fatal(err)
	}
	_, err = Start(t.Context(), Config{Dir: dir})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "pg_ctl stop") {
		t.Errorf("started beside a server on %s and not %s: %v", s.sock, elsewhere, err)
	}
	value[int](t, connect(t, s.URL()), `SELECT 1`) // it was left alone
}

func TestStalePIDFile(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Config{Dir: dir, Fast: true})
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	// The pid in the file is another program's by now: ours.
	text := fmt.Sprintf("%d\n%s\n0\n5432\n%s\n\n", os.Getpid(), s.data, s.sock)
	if err := os.WriteFile(filepath.Join(s.data, "postmaster.pid"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := start(t, Config{Dir: dir, Fast: true}); again.Adopted {
		t.Error("took a stale file for a server")
	}
}

func TestFirstStartInterrupted(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	for _, kill := range []bool{false, true} {
		wait := func() {
			for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
				if m, _ := filepath.Glob(filepath.Join(dir, "new-*", "base")); len(m) > 0 {
					return
				}
			}
			t.Error("the first start did not begin")
		}
		if kill {
			cmd, out := startOwner(t, dir, "")
			wait()
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			for out.Scan() {
				t.Errorf("killed too late: %s", out.Text())
			}
		} else {
			ctx, cancel := context.WithCancel(t.Context())
			go func() { wait(); cancel() }()
			needServer(t)
			if _, err := Start(ctx, Config{Dir: dir}); !errors.Is(err, context.Canceled) {
				t.Fatalf("the start was not interrupted: %v", err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
			t.Error("half made data are in place")
		}
	}
	start(t, Config{Dir: dir, Fast: true})
	if left, _ := filepath.Glob(filepath.Join(dir, "new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
