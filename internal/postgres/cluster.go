package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// choose picks the installation that the data need, and makes the data where there are none. Data of another major
// version are never touched.
func (s *Server) choose(ctx context.Context, installs []Install) (Install, error) {
	have, err := os.ReadFile(filepath.Join(s.data, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		if entries, _ := os.ReadDir(s.data); len(entries) > 0 {
			return Install{}, refuse(ErrForeign, "%s is not empty and holds no PostgreSQL data. Hatrack leaves it as it is: empty it yourself or choose another data directory (HATRACK_DATA_DIR).", s.data)
		}
		return installs[0], s.initdb(ctx, installs[0])
	} else if err != nil {
		return Install{}, explain(err, nil, s.cfg.Dir)
	}
	major, there := strings.TrimSpace(string(have)), []string{}
	for _, in := range installs {
		if strconv.Itoa(in.Major) == major {
			return in, nil
		}
		there = append(there, in.Version)
	}
	return Install{}, refuse(ErrOtherVersion, "The data in %s were made by PostgreSQL %s; on this machine there is %s. Install PostgreSQL %s again, "+
		"or start with another data directory (HATRACK_DATA_DIR) and move the data with pg_dump. Hatrack does not touch them.",
		s.cfg.Dir, major, strings.Join(there, ", "), major)
}

// initdb makes the data aside and moves them into place, so that an interrupted first start leaves nothing half made.
func (s *Server) initdb(ctx context.Context, in Install) error {
	if err := s.sweep(); err != nil {
		return explain(err, nil, s.cfg.Dir)
	}
	tmp, err := os.MkdirTemp(s.cfg.Dir, "new-") // a name of its own: the initdb of a killed start may still be writing
	if err != nil {
		return explain(err, nil, s.cfg.Dir)
	}
	if err := s.who.own(tmp); err != nil {
		return explain(err, nil, s.cfg.Dir)
	}
	out, err := s.runInitdb(ctx, in, tmp, true)
	if err != nil && strings.Contains(string(out), "ICU is not supported") {
		out, err = s.runInitdb(ctx, in, tmp, false)
	}
	if err == nil {
		err = os.Rename(tmp, s.data)
	}
	if err != nil {
		_ = os.RemoveAll(tmp) // what stays is swept at the next start
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return explain(fmt.Errorf("preparing the data directory with initdb: %w", err), out, s.cfg.Dir)
	}
	return nil
}

// sweep removes what interrupted first starts left. It is never data in use: that is called data.
func (s *Server) sweep() error {
	left, err := filepath.Glob(filepath.Join(s.cfg.Dir, "new-*"))
	for _, l := range left {
		err = errors.Join(err, os.RemoveAll(l))
	}
	return err
}

// runInitdb sorts names as people do (ICU's root order), the same in every version. The character type is UTF-8, without
// which trigrams would drop every letter that is not ASCII.
func (s *Server) runInitdb(ctx context.Context, in Install, dir string, icu bool) ([]byte, error) {
	ctype := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		ctype = "UTF-8"
	}
	args := []string{"-D", dir, "-U", Owner, "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C", "--lc-ctype=" + ctype, "--no-instructions"}
	if icu {
		args = append(args, "--locale-provider=icu", "--icu-locale=und")
	}
	if s.cfg.Fast {
		args = append(args, "--no-sync")
	} else {
		args = append(args, "--data-checksums")
	}
	runtime.LockOSThread() // the parent-death signal is about the thread
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, in.program("initdb"), args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = s.cfg.Dir, environ(), s.attributes(syscall.SIGKILL)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // with the servers it starts
	cmd.WaitDelay = time.Second
	return cmd.CombinedOutput()
}

// environ is ours without what would steer PostgreSQL, and in English, since explain reads what it says.
func environ() []string {
	env := []string{}
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "PG") && !strings.HasPrefix(e, "LC_") && !strings.HasPrefix(e, "LANG") && !strings.HasPrefix(e, "TZ=") {
			env = append(env, e)
		}
	}
	return append(env, "LC_ALL=C")
}

// clear makes way for a new server on our data while we hold the lock. A server whose owner died is ended in order
// (orphan is true then); lock files that name no server are removed where PostgreSQL itself would be misled by them.
func (s *Server) clear(ctx context.Context) (orphan bool, err error) {
	pidFile := filepath.Join(s.data, "postmaster.pid")
	b, err := os.ReadFile(pidFile)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	lines := append(strings.Split(string(b), "\n"), make([]string, 5)...) // its pid, data, start, port, socket directory, …
	pid, _ := strconv.Atoi(lines[0])
	name, args, alive := inspect(pid)
	ours := name == "postgres" && strings.Contains(args, s.data)
	switch {
	case alive && ours && lines[4] == s.sock:
		return true, s.end(ctx, pid)
	case alive && (ours || name == "postgres" && !elsewhere(args)):
		return false, explain(nil, []byte("lock file already exists"), s.cfg.Dir)
	}
	// A pid that another program has by now, or a zombie that nobody reaped (a container whose first process is no init),
	// are a running server to PostgreSQL. Its own guard, the shared memory still attached, does not need the files.
	if syscall.Kill(pid, 0) == nil {
		for _, f := range []string{pidFile, s.sock + "/.s.PGSQL.5432.lock", s.sock + "/.s.PGSQL.5432"} {
			if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return false, err
			}
		}
	}
	endStrays(s.data)
	return false, nil
}

// elsewhere tells a postgres with this command line apart from one that may be on our data: it names an absolute other
// directory, or is no head of a server.
func elsewhere(args string) bool {
	return strings.HasPrefix(args, "postgres:") || strings.Contains(args, "-D /")
}

// end shuts an orphaned server down and waits until it is gone.
func (s *Server) end(ctx context.Context, pid int) error {
	s.log.printf("ending the PostgreSQL (process %d) of a Hatrack that was killed", pid)
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil {
		return err
	}
	for deadline := time.Now().Add(stopPatience); ; {
		if name, _, alive := inspect(pid); !alive || name != "postgres" {
			return nil
		}
		if time.Now().After(deadline) {
			if err := syscall.Kill(pid, syscall.SIGQUIT); err != nil && !errors.Is(err, syscall.ESRCH) {
				return err
			}
			deadline = time.Now().Add(stopPatience)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
