package main

import (
	"errors"
	"fmt"
	"os"

	"hatrack/internal/postgres"
	"hatrack/internal/store"
)

// backup writes all that a database holds into a file. People may work meanwhile: it is of one moment.
type backup struct {
	databaseSettings
	File string `arg:"" type:"path" help:"Write to this file, which must not be there yet."`
}

// Help says more than fits into a line.
func (backup) Help() string {
	return "Writes everything of one moment into a file, beside a running server: practices, people, who wore which hat, the trail. " +
		"It holds e-mail addresses and hashes of passwords, and only its owner may read it: keep it as safe as the database. " +
		"hatrack restore puts it into an empty database; so does pg_restore of PostgreSQL."
}

func (v *backup) Run(p *program) error {
	return v.reach(p, true, func(d *database) error {
		held, err := store.LookAt(p.ctx, d.migrateURL)
		if err != nil {
			return err
		}
		if !held.Schema {
			return wrong("There is nothing to back up: this database holds no organisation. Give the one that does, by HATRACK_DATA_DIR or DATABASE_URL.")
		}
		f, err := os.OpenFile(v.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			return wrong("%s is there already, and a backup replaces nothing. Give another name.", v.File)
		}
		if err != nil {
			return wrong("%s cannot be written: %v.", v.File, errors.Unwrap(err))
		}
		size, err := v.write(p, d, f)
		if err != nil {
			return errors.Join(err, os.Remove(v.File)) // half a backup is none
		}
		fmt.Fprintf(p.out, "Backed up to %s, %s.\n", v.File, size)
		return nil
	})
}

// write fills the file and says how large it became.
func (v *backup) write(p *program, d *database, f *os.File) (size string, err error) {
	err = postgres.Client(p.ctx, d.programs(), "pg_dump", d.migrateURL, nil, f, "--format=custom", "--no-owner", "--no-privileges")
	if err == nil {
		err = f.Sync()
	}
	if info, e := f.Stat(); e == nil {
		size = fmt.Sprintf("%d KB", (info.Size()+1023)>>10)
	}
	return size, errors.Join(err, f.Close())
}

// restore fills an empty database from a backup.
type restore struct {
	databaseSettings
	File string `arg:"" type:"existingfile" help:"What hatrack backup wrote."`
}

// Help says more than fits into a line.
func (restore) Help() string {
	return "Fills an empty database with what a backup holds, all of it or nothing, and brings its schema up to this version. Nothing is ever replaced: " +
		"give a new HATRACK_DATA_DIR or an empty DATABASE_URL, look at it with hatrack serve, and then let it take the other's place. " +
		"No server may run on it meanwhile, and everybody signs in anew."
}

func (v *restore) Run(p *program) error {
	return v.reach(p, false, func(d *database) error {
		held, err := store.LookAt(p.ctx, d.migrateURL)
		if err != nil {
			return err
		}
		if held.Data {
			return wrong("This database holds data, and a backup replaces none. Give an empty one: another HATRACK_DATA_DIR, or another DATABASE_URL.")
		}
		used, err := store.InUse(p.ctx, d.migrateURL)
		if err != nil {
			return err
		}
		if used {
			return wrong("Something else uses this database. Stop the server that does, and restore again.")
		}
		return v.fill(p, d)
	})
}

func (v *restore) fill(p *program, d *database) error {
	f, err := os.Open(v.File)
	if err != nil {
		return wrong("%s cannot be read: %v.", v.File, errors.Unwrap(err))
	}
	defer f.Close()
	head := make([]byte, 5)
	if _, err := f.ReadAt(head, 0); err != nil || string(head) != "PGDMP" {
		return coded{exitUnreadable, v.File + " is no backup of Hatrack. Give a file that hatrack backup wrote."}
	}
	schema, err := d.schema(p.ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(schema.Clear(p.ctx), schema.Close()); err != nil {
		return err
	}
	if err := postgres.Client(p.ctx, d.programs(), "pg_restore", d.migrateURL, f, nil, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"); err != nil {
		return coded{exitUnreadable, "Nothing was restored: " + v.File + " is damaged, or of a newer PostgreSQL. " + err.Error()}
	}
	if schema, err = d.schema(p.ctx); err != nil {
		return err
	}
	defer schema.Close()
	if err = d.up(p.ctx, schema); err == nil {
		err = schema.EndSessions(p.ctx)
	}
	if err == nil {
		err = schema.Tidy(p.ctx)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Restored from %s. Everybody signs in anew.\n", v.File)
	return nil
}

// programs is where those of the private PostgreSQL are.
func (d *database) programs() string {
	if d.private == nil {
		return ""
	}
	return d.private.Install.BinDir
}
