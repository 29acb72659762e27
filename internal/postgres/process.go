package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	stopPatience  = 20 * time.Second // for a shutdown in order, then an immediate one
	startPatience = 5 * time.Minute  // for the recovery of much unfinished work
)

// process is one run of the server.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // why; read after done
}

// how it ended, in the system's words ("signal: killed"); ask after done.
func (p *process) how() string { return p.cmd.ProcessState.String() }

// settings for an application's own server on somebody's laptop: quiet, in UTC, on no network.
func (s *Server) settings() []string {
	set := []string{
		"listen_addresses=", "port=5432", "unix_socket_directories=" + s.sock, "unix_socket_permissions=0700",
		"timezone=UTC", "log_timezone=UTC", "lc_messages=C", "log_min_messages=warning", "log_checkpoints=off", "logging_collector=off",
		"log_destination=stderr", "log_line_prefix=%m [%p] ",
		"log_error_verbosity=terse",                               // the details of an error are rows, and rows hold what no log may
		"shared_buffers=128MB", "random_page_cost=1.1", "jit=off", // short queries on a solid-state disk
	}
	if s.cfg.Fast {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_connections=300")
	}
	return set
}

// attributes run a program as the account, in a group of its own (a Ctrl-C goes to us alone), ended when we die.
func (s *Server) attributes(onDeath syscall.Signal) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Credential: s.who.cred, Setpgid: true}
	dieWithParent(a, onDeath)
	return a
}

// spawn starts the server without waiting until it answers.
func (s *Server) spawn() (*process, error) {
	args := []string{"-D", s.data}
	for _, set := range s.settings() {
		args = append(args, "-c", set)
	}
	cmd := exec.Command(s.Install.program("postgres"), args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.cfg.Dir, environ(), s.log, s.log
	cmd.SysProcAttr = s.attributes(syscall.SIGINT)
	cmd.WaitDelay = 100 * time.Millisecond // sessions of a killed server may hold its output open
	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() { // the parent-death signal follows the thread that starts it, which therefore lives as long
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting PostgreSQL as %s: %w", s.who.name, err)
	}
	return p, nil
}

// ready waits until the server answers, and creates the database.
func (s *Server) ready(ctx context.Context, p *process) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.url(Owner, "postgres"))
		if err == nil {
			defer conn.Close(ctx)
			return s.createDatabase(ctx, conn)
		}
		select {
		case <-p.done:
			return explain(fmt.Errorf("PostgreSQL ended while starting (%s)", p.how()), s.log.tail(), s.cfg.Dir)
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL did not get ready: %w", errors.Join(ctx.Err(), err))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (s *Server) createDatabase(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, s.cfg.Database).Scan(&there); err != nil || there {
		return err
	}
	_, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{s.cfg.Database}.Sanitize())
	if err != nil {
		return explain(err, []byte(err.Error()), s.cfg.Dir)
	}
	return nil
}

// stop asks for a shutdown in order, which ends sessions, then for an immediate one, and waits for the end.
func (p *process) stop() error {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		_ = p.cmd.Process.Signal(sig) // it may have ended just now
		select {
		case <-p.done:
			return p.err
		case <-time.After(stopPatience):
		}
	}
	<-p.done
	return p.err
}

// logbook passes the server's log on and keeps its end for explanations. Safe for concurrent use.
type logbook struct {
	mu   sync.Mutex
	to   io.Writer
	last []byte
}

const logTail = 8 << 10

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = append(l.last, b...)
	l.last = l.last[max(0, len(l.last)-logTail):]
	if l.to != nil {
		_, _ = l.to.Write(b) // a log that cannot be written does not stop the database
	}
	return len(b), nil
}

func (l *logbook) printf(format string, args ...any) {
	fmt.Fprintf(l, "hatrack: "+format+"\n", args...)
}

func (l *logbook) tail() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]byte(nil), l.last...)
}

// forget starts a new tail, so that what an earlier run said explains nothing about the next.
func (l *logbook) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = nil
}
