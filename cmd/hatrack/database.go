package main

import (
	"context"
	"io"
	"log/slog"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/postgres"
	"hatrack/internal/store"
)

// serverRole is the role that the server connects as to its private PostgreSQL. It does not own the tables.
const serverRole = "hatrack_server"

// database is where the data are, once it answers.
type database struct {
	url, migrateURL string
	private         *postgres.Server // nil: one that was given
	dir             string
}

// database finds the database that the settings name, or starts the private PostgreSQL. Where another hatrack runs that
// one already and join is set, its server is used.
func (s databaseSettings) database(ctx context.Context, demo, join bool, log io.Writer) (*database, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if s.DatabaseURL != "" {
		d := &database{url: s.DatabaseURL, migrateURL: s.MigrateURL}
		if d.migrateURL == "" {
			d.migrateURL = d.url
		}
		return d, nil
	}
	dir := s.DataDir
	if dir == "" {
		var err error
		if dir, err = postgres.DefaultDir(demo); err != nil {
			return nil, err
		}
	}
	start := postgres.Start
	if join {
		start = postgres.Join
	}
	pg, err := start(ctx, postgres.Config{Dir: dir, Log: log})
	if err != nil {
		return nil, err
	}
	return &database{url: pg.URLFor(serverRole), migrateURL: pg.URL(), private: pg, dir: dir}, nil
}

// schema connects as the role that owns the tables.
func (d *database) schema(ctx context.Context) (*store.Schema, error) {
	schema, err := store.OpenSchema(d.migrateURL)
	if err != nil {
		return nil, err
	}
	if d.private != nil {
		if err := schema.CreateRole(ctx, serverRole); err != nil {
			schema.Close()
			return nil, err
		}
	}
	return schema, nil
}

// up applies what is missing of the schema, and lets the server's role use it. Of several servers that start at once one
// does it and the others wait: half-way, the schema reads as one that broke off.
func (d *database) up(ctx context.Context, schema *store.Schema) error {
	return schema.Alone(ctx, "schema", func() error { return d.raise(ctx, schema) })
}

func (d *database) raise(ctx context.Context, schema *store.Schema) error {
	if err := schema.Fits(); err != nil {
		return err
	}
	if err := schema.Up(); err != nil {
		return err
	}
	server, err := store.RoleOf(d.url)
	if err != nil {
		return err
	}
	owner, err := store.RoleOf(d.migrateURL)
	if err != nil || server == owner {
		return err
	}
	return schema.Grant(ctx, server)
}

// open migrates the database and connects to it as the server does.
func (d *database) open(ctx context.Context) (*store.Store, error) {
	schema, err := d.schema(ctx)
	if err != nil {
		return nil, err
	}
	defer schema.Close()
	if err := d.up(ctx, schema); err != nil {
		return nil, err
	}
	return store.Open(ctx, d.url, store.Options{})
}

// stop ends the private PostgreSQL, if that is what it is.
func (d *database) stop() error {
	if d.private == nil {
		return nil
	}
	return d.private.Stop()
}

// at opens the database for a verb of the command line, does it, and closes everything behind it.
func (s databaseSettings) at(p *program, as string, do func(db *store.Store, by itsm.Actor) error) (err error) {
	return s.on(p, func(_ *database, db *store.Store) error {
		by := itsm.Actor{Operator: true}
		if as != "" {
			if by, err = db.ActorOf(p.ctx, as); err != nil {
				return wrong("Nobody signs in as %s now. Give the e-mail address of an account that is not disabled (--as), or leave it out.", as)
			}
		}
		return do(db, by)
	})
}

// on is at for the operator, with what is known of the database.
func (s databaseSettings) on(p *program, do func(d *database, db *store.Store) error) error {
	return s.reach(p, true, func(d *database) error {
		db, err := d.open(p.ctx)
		if err != nil {
			return err
		}
		defer db.Close()
		return do(d, db)
	})
}

// reach finds the database, or starts it, for a verb of the command line, and stops what it started behind it. With join
// that may be a private PostgreSQL that another hatrack runs.
func (s databaseSettings) reach(p *program, join bool, do func(d *database) error) (err error) {
	d, err := s.database(p.ctx, false, join, io.Discard)
	if err != nil {
		return err
	}
	defer func() {
		if e := d.stop(); err == nil {
			err = e
		}
	}()
	return do(d)
}

// logWriter makes records of the lines that PostgreSQL writes.
type logWriter struct{ log *slog.Logger }

func (w logWriter) Write(p []byte) (int, error) {
	for line := range strings.Lines(string(p)) {
		if line = strings.TrimSpace(line); line != "" {
			w.log.Info("postgresql", "line", line)
		}
	}
	return len(p), nil
}
