package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"hatrack/internal/demo"
	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store"
)

// serve runs the server until it is told to stop.
type serve struct {
	databaseSettings
	webSettings
	Demo       bool `help:"Serve the invented demo organisation, from a data directory of its own, with sign-in by one click."`
	ExposeDemo bool `help:"Let others than this machine reach the demo."`
}

// Limits of one connection. An upload of 20 MiB over a slow line fits into the longest of them.
const (
	headerPatience   = 10 * time.Second
	transferPatience = 5 * time.Minute
	idlePatience     = 2 * time.Minute
	stopPatience     = 10 * time.Second // for requests under way when the server is told to stop
)

// Run listens first, so that a taken address is said before anything starts, then brings the database up.
func (v *serve) Run(p *program) (err error) {
	if err := errors.Join(v.databaseSettings.check(), v.webSettings.check(v.Demo, v.ExposeDemo)); err != nil {
		return err
	}
	level, _ := v.level(v.Demo)
	log := slog.New(slog.NewJSONHandler(p.errOut, &slog.HandlerOptions{Level: level}))
	listener, err := net.Listen("tcp", v.Addr)
	if err != nil {
		return listening(v.Addr, err)
	}
	defer listener.Close()
	d, err := v.database(p.ctx, v.Demo, false, logWriter{log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.stop()) }()
	db, err := v.open(p, d, log)
	if err != nil {
		return err
	}
	defer db.Close()
	address := v.address(listener.Addr())
	s, err := server.New(server.Config{Store: db, Log: log, BaseURL: address, Demo: v.Demo, Cast: demo.Cast})
	if err != nil {
		return err
	}
	if err := v.welcome(p, db, address); err != nil {
		return err
	}
	server.RaiseHeap()
	return answer(p.ctx, listener, s.Handler(), log)
}

// listening says why an address cannot be listened on.
func listening(addr string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return wrong("Something listens on %s already. Stop it, or choose another address (--addr or HATRACK_ADDR).", addr)
	}
	return wrong("Hatrack cannot listen on %s: %v. Choose another address (--addr or HATRACK_ADDR).", addr, err)
}

// open migrates and connects, builds the demo where it is missing, and refuses the other kind of data.
func (v *serve) open(p *program, d *database, log *slog.Logger) (*store.Store, error) {
	db, err := d.open(p.ctx)
	if err != nil {
		return nil, err
	}
	if err := v.prepare(p, d, db, log); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func (v *serve) prepare(p *program, d *database, db *store.Store, log *slog.Logger) error {
	owns, err := db.Owns(p.ctx)
	if err != nil {
		return err
	}
	if owns {
		log.Warn("the server's database role owns the tables and could switch the trail off; give HATRACK_MIGRATE_URL another role that owns them")
	}
	if v.TimeZone != "" {
		if err := db.SetTimeZone(p.ctx, itsm.Actor{Operator: true}, v.TimeZone); err != nil {
			return err
		}
	}
	if v.Demo {
		return v.prepareDemo(p, d, db)
	}
	o, err := db.Organisation(p.ctx)
	if err == nil && o.Demo {
		return wrong("This database holds the demo organisation. Serve it with --demo, or give another database.")
	}
	return err
}

// prepareDemo builds the demo organisation where there is none. Servers that start together do it one after the other.
// A building that was broken off is taken down: nobody was ever let in.
func (v *serve) prepareDemo(p *program, d *database, db *store.Store) error {
	schema, err := d.schema(p.ctx)
	if err != nil {
		return err
	}
	defer schema.Close()
	return schema.Alone(p.ctx, "demo", func() error {
		state, err := demo.Look(p.ctx, db)
		if err != nil {
			return err
		}
		switch state {
		case demo.Foreign:
			return wrong("This database holds other data, and the demo shall not mix with it. Leave DATABASE_URL out, or give an empty database.")
		case demo.Built:
			return nil
		case demo.BrokenOff:
			if err := schema.Reset(); err != nil {
				return err
			}
			if err := d.up(p.ctx, schema); err != nil {
				return err
			}
		}
		fmt.Fprintln(p.out, "Building the demo organisation; the next start is quick.")
		return demo.Build(p.ctx, d.url, time.Now())
	})
}

// welcome tells the person at the terminal what to open. The first administrator's link is printed here and never logged.
func (v *serve) welcome(p *program, db *store.Store, address string) error {
	var text strings.Builder // written at once: who sees that it is ready sees the rest
	fmt.Fprintf(&text, "Hatrack is ready: open %s\n", address)
	if v.Demo {
		fmt.Fprintln(&text, "Everything in it is invented. With one click you are:")
		for _, who := range demo.Cast {
			fmt.Fprintf(&text, "  %-18s %-20s %s\n", who.Title, who.Name, who.Sees)
		}
	} else if token, err := db.FirstLink(p.ctx); err == nil {
		printLink(&text, "Nobody can sign in yet. Make yourself the first administrator here:", address, token)
	} else if !errors.As(err, &itsm.Conflict{}) { // a conflict: there is an account already
		return err
	}
	_, err := io.WriteString(p.out, text.String())
	return err
}

// answer serves until ctx ends, then lets the requests under way finish, for a while.
func answer(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	requests, cancel := context.WithCancel(context.Background())
	defer cancel()
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerPatience, ReadTimeout: transferPatience, WriteTimeout: transferPatience, IdleTimeout: idlePatience,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return requests },
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	patience, done := context.WithTimeout(context.Background(), stopPatience)
	defer done()
	if err := srv.Shutdown(patience); err != nil {
		log.Warn("requests were cut off", "error", err.Error())
		cancel()
		return srv.Close()
	}
	return nil
}
