// Package postgres runs a private PostgreSQL for one Hatrack on a machine that has no DATABASE_URL: it finds the programs,
// makes the data on first use, keeps the server alive while Hatrack runs, and takes it down with it.
//
// The server listens on a Unix socket in a private directory and on no network. It dies with its owner (Linux), and one
// whose owner was killed is ended and started anew by the next Start. Nothing here deletes, upgrades or takes over data:
// what cannot be used is refused with a Problem, a sentence that says what to do.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Owner is the role that owns the cluster, a superuser.
const Owner = "hatrack"

// Config says where the private server keeps its data and what to call the database.
type Config struct {
	Dir      string    // "" means DefaultDir(false); holds nothing else
	Database string    // created when missing; "" means hatrack
	BinDirs  []string  // directories with initdb and postgres, looked at before the well-known ones
	Log      io.Writer // PostgreSQL's log and what happened to it; nil drops it
	Fast     bool      // for tests: a crash of the machine may lose everything
}

// Server is a private PostgreSQL that is kept running until Stop.
type Server struct {
	Install Install
	// Adopted says that an earlier owner died without its server, which has been ended in order and started anew as ours.
	Adopted bool

	cfg        Config
	data, sock string
	who        account
	lock       *os.File // nil: somebody else's server that we joined
	log        *logbook
	quit       chan struct{}
	stop       sync.Once
	ended      chan struct{} // closed when nothing runs any more
	err        error         // of the last shutdown; read after ended
}

// Start brings the server up, makes its data on first use, and returns when it answers. ctx bounds the start only. The
// server is then started again whenever it ends, until Stop. Refusals are a *Problem; ErrInUse, where another Hatrack
// runs on the directory, is among them.
func Start(ctx context.Context, cfg Config) (_ *Server, err error) {
	s, err := newServer(cfg)
	if err != nil {
		return nil, err
	}
	if err := s.claim(); err != nil {
		return nil, explain(err, nil, s.cfg.Dir)
	}
	defer func() {
		if err != nil {
			unlock(s.lock)
		}
	}()
	installs, err := find(ctx, s.who, candidates(ctx, cfg.BinDirs), len(cfg.BinDirs))
	if err != nil {
		return nil, err
	}
	if s.Install, err = s.choose(ctx, installs); err != nil {
		return nil, err
	}
	if s.Adopted, err = s.clear(ctx); err != nil {
		return nil, err
	}
	p, err := s.spawn()
	if err != nil {
		return nil, explain(err, nil, s.cfg.Dir)
	}
	if err := s.ready(ctx, p); err != nil {
		_ = p.stop()
		return nil, err
	}
	go s.supervise(p)
	return s, nil
}

// Join is Start, except that where another Hatrack runs its server on the directory, that server is used: so a command
// can work beside a running serve. Stop then leaves the server alone.
func Join(ctx context.Context, cfg Config) (*Server, error) {
	s, err := Start(ctx, cfg)
	if !errors.Is(err, ErrInUse) {
		return s, err
	}
	other, err2 := newServer(cfg)
	if err2 != nil {
		return nil, err2
	}
	conn, err2 := pgx.Connect(ctx, other.URL())
	if err2 != nil {
		return nil, fmt.Errorf("%w (its database did not answer: %w)", err, err2)
	}
	defer conn.Close(ctx)
	close(other.ended)
	return other, nil
}

// newServer works out every path and touches nothing.
func newServer(cfg Config) (*Server, error) {
	if cfg.Database == "" {
		cfg.Database = "hatrack"
	}
	var err error
	if cfg.Dir == "" {
		if cfg.Dir, err = DefaultDir(false); err != nil {
			return nil, err
		}
	}
	if cfg.Dir, err = filepath.Abs(cfg.Dir); err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(cfg.Dir); err == nil {
		cfg.Dir = real
	}
	return &Server{cfg: cfg, data: filepath.Join(cfg.Dir, "data"), sock: socketDir(cfg.Dir), log: &logbook{to: cfg.Log},
		quit: make(chan struct{}), ended: make(chan struct{})}, nil
}

// claim makes the directories and takes the lock.
func (s *Server) claim() (err error) {
	if s.who, err = accountFor(s.data); err != nil {
		return err
	}
	if entries, _ := os.ReadDir(s.cfg.Dir); len(entries) > 0 {
		if _, err := os.Stat(lockFile(s.cfg.Dir)); errors.Is(err, fs.ErrNotExist) { // we would change its owner and mode
			return refuse(ErrForeign, "%s is not empty and not a data directory of Hatrack. Choose an empty or a new one (HATRACK_DATA_DIR).", s.cfg.Dir)
		}
	}
	if err := makeParents(s.cfg.Dir); err != nil {
		return err
	}
	parent := filepath.Dir(s.cfg.Dir)
	if barred := s.who.barredAt(parent); barred != "" {
		return refuse(ErrBarred, "PostgreSQL runs as %s here, who may not enter %s. Choose another data directory (HATRACK_DATA_DIR), or let it through (chmod o+x %s).",
			s.who.name, barred, barred)
	}
	if err := s.who.own(s.cfg.Dir); err != nil {
		return err
	}
	if s.lock, err = lock(s.cfg.Dir); err != nil {
		return err
	}
	if err := s.who.own(s.sock); err != nil {
		unlock(s.lock)
		return err
	}
	return nil
}

// URL connects as the owner.
func (s *Server) URL() string { return s.URLFor(Owner) }

// URLFor connects as role, without a password: who may enter the socket's directory may connect. The role must exist.
// The form is postgres://role@/database?host=/directory&port=5432&sslmode=disable.
func (s *Server) URLFor(role string) string { return s.url(role, s.cfg.Database) }

func (s *Server) url(role, database string) string {
	host := strings.NewReplacer("+", "%20", "%2F", "/").Replace(url.QueryEscape(s.sock)) // libpq does not read + as a space
	return fmt.Sprintf("postgres://%s@/%s?host=%s&port=5432&sslmode=disable", url.PathEscape(role), url.PathEscape(database), host)
}

const (
	firstPause = 50 * time.Millisecond
	readyPause = time.Second // after one that had been ready: people wait for it, and it can be ready again
	longPause  = 30 * time.Second
	longLife   = time.Minute // after which an end is no part of an earlier trouble
)

// supervise starts the server again whenever it ends, at growing intervals, until Stop. Pools connect anew by themselves.
func (s *Server) supervise(p *process) {
	defer close(s.ended)
	pause, born := firstPause, time.Now()
	for {
		if p != nil {
			select {
			case <-s.quit:
				s.err = p.stop()
				return
			case <-p.done:
			}
			if time.Since(born) > longLife {
				pause = firstPause
			} else if s.wasReady() {
				pause = min(pause, readyPause)
			}
			s.log.printf("PostgreSQL ended (%s); starting it again. %s", p.how(), s.known())
		}
		select {
		case <-s.quit:
			return
		case <-time.After(pause):
		}
		pause, born = min(2*pause, longPause), time.Now()
		p = s.again()
	}
}

// wasReady says whether the server that ended had been ready, by the file that one that was killed leaves behind: it says so
// in its eighth line.
func (s *Server) wasReady() bool {
	b, _ := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	lines := strings.Split(string(b), "\n")
	return len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
}

// known is what the server's last words mean, where we know.
func (s *Server) known() string {
	var p *Problem
	if errors.As(explain(nil, s.log.tail(), s.cfg.Dir), &p) {
		return p.Text
	}
	return ""
}

// again is one attempt at a new run; nil where not even that worked.
func (s *Server) again() *process {
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	s.log.forget()
	_, err := s.clear(ctx)
	if err != nil {
		s.log.printf("PostgreSQL cannot be started again yet: %v", err)
		return nil
	}
	p, err := s.spawn()
	if err != nil {
		s.log.printf("PostgreSQL cannot be started again yet: %v", explain(err, nil, s.cfg.Dir))
		return nil
	}
	return p
}

// Stop ends the server and waits for it; close the pools first. Sessions that are left are ended. Calling it again is fine.
func (s *Server) Stop() error {
	s.stop.Do(func() {
		close(s.quit)
		<-s.ended
		if s.lock != nil {
			unlock(s.lock)
		}
	})
	return s.err
}
