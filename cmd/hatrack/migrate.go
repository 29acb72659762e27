package main

import (
	"fmt"

	"hatrack/internal/store"
)

// migrate is about the schema alone; serve brings it up by itself.
type migrate struct {
	databaseSettings

	Up      migrateUp      `cmd:"" help:"Apply every migration that is missing."`
	Down    migrateDown    `cmd:"" help:"Take migrations back. What their tables hold is lost."`
	Version migrateVersion `cmd:"" help:"Say which migration the schema stands at."`
}

type migrateUp struct{}

type migrateDown struct {
	Steps int `arg:"" optional:"" default:"1" help:"How many migrations."`
}

type migrateVersion struct{}

func (migrateUp) Run(p *program, m *migrate) error {
	return m.with(p, func(d *database, schema *store.Schema) error {
		if err := d.up(p.ctx, schema); err != nil {
			return err
		}
		return say(p, schema)
	})
}

func (v migrateDown) Run(p *program, m *migrate) error {
	if v.Steps < 1 {
		return wrong("Give how many migrations to take back, 1 or more.")
	}
	return m.with(p, func(_ *database, schema *store.Schema) error {
		at, _, err := schema.Version()
		if err != nil {
			return err
		}
		if uint(v.Steps) > at {
			return wrong("The schema stands at migration %d: no more than that can be taken back.", at)
		}
		if err := schema.Down(v.Steps); err != nil {
			return err
		}
		return say(p, schema)
	})
}

func (migrateVersion) Run(p *program, m *migrate) error {
	return m.with(p, func(_ *database, schema *store.Schema) error { return say(p, schema) })
}

// with connects as the owner of the tables.
func (m *migrate) with(p *program, do func(*database, *store.Schema) error) error {
	return m.reach(p, true, func(d *database) error {
		schema, err := d.schema(p.ctx)
		if err != nil {
			return err
		}
		defer schema.Close()
		return do(d, schema)
	})
}

// say prints where the schema stands.
func say(p *program, schema *store.Schema) error {
	at, dirty, err := schema.Version()
	if err != nil {
		return err
	}
	latest, err := store.LatestMigration()
	if err != nil {
		return err
	}
	if dirty {
		return wrong("Migration %d broke off half-way. Restore the database from a backup, or mend it by hand.", at)
	}
	fmt.Fprintf(p.out, "The schema stands at migration %d of %d.\n", at, latest)
	return nil
}
