package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store"
	"hatrack/internal/synth"
)

// synthesise fills an empty database with a generated organisation, for measuring.
type synthesise struct {
	databaseSettings
	Scale    string `enum:"S,M,L" required:"" placeholder:"S|M|L" help:"How much: S is 1,000 people and 10,000 assignments, M twenty times that, L 200,000 and 2,000,000."`
	Seed     uint64 `default:"1" help:"The same seed on the same day makes the same organisation."`
	Email    string `default:"lead@example.org" placeholder:"E-MAIL" help:"The SMO lead signs in with this address."`
	Password string `placeholder:"PASSWORD" help:"And with this password; without one it is made up and printed."`
}

// Help says more than fits into a line.
func (synthesise) Help() string {
	return "Generates people, teams, practices, processes with their matrices, and who wears which hat, in plausible shares. " +
		"Two matrices, Handle an incident (60 activities, 12 roles) and Close a change (13 and 13), are the same in every scale. " +
		"The database must be empty. L takes a quarter of an hour and 5 GB."
}

func (v *synthesise) Run(p *program) error {
	scale, _ := synth.ScaleOf(v.Scale)
	made := v.Password == ""
	if made {
		v.Password = rand.Text()
	}
	var c itsm.Checks
	c.Address(&v.Email, "email")
	c.Password(v.Password, "password", v.Email)
	if err := c.Err(); err != nil {
		return err
	}
	return v.on(p, func(d *database, db *store.Store) error {
		return v.fill(p, d, db, scale, made)
	})
}

func (v *synthesise) fill(p *program, d *database, db *store.Store, scale synth.Scale, made bool) error {
	by := itsm.Actor{Operator: true}
	empty, err := db.Empty(p.ctx)
	if err != nil {
		return err
	}
	if !empty {
		return wrong("This database holds data, and a generated organisation does not mix with it. Give an empty one: another HATRACK_DATA_DIR, or another DATABASE_URL.")
	}
	today, err := db.Today(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Generating %s from seed %d: %s.\n", v.Scale, v.Seed, scale)
	began := time.Now()
	marks, err := synth.Build(p.ctx, db, by, scale, v.Seed, today, announce(p.errOut))
	if err != nil {
		return err
	}
	hash, err := server.HashPassword(v.Password)
	if err != nil {
		return err
	}
	if err := letIn(p, db, by, marks.Lead, v.Email, hash); err != nil {
		return err
	}
	if err := d.tidy(p); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Done in %s. The SMO lead signs in as %s", time.Since(began).Round(time.Second), v.Email)
	if made {
		fmt.Fprintf(p.out, " with the password %s", v.Password)
	}
	_, err = fmt.Fprintln(p.out, ".")
	return err
}

// tidy lets the database count what came in at once; by itself it would do so a minute later.
func (d *database) tidy(p *program) error {
	schema, err := d.schema(p.ctx)
	if err != nil {
		return err
	}
	defer schema.Close()
	return schema.Tidy(p.ctx)
}

// letIn makes an account with a password, as a one-time link would.
func letIn(p *program, db *store.Store, by itsm.Actor, person int64, email, hash string) error {
	account, err := db.AddAccount(p.ctx, by, itsm.NewAccount{PersonID: person, Email: email})
	if err != nil {
		return err
	}
	link, err := db.MakeLink(p.ctx, by, account)
	if err != nil {
		return err
	}
	_, err = db.UseLink(p.ctx, link, hash, "")
	return err
}

// announce writes how far a building is, a line a second at most and one where a kind is done.
func announce(out io.Writer) synth.Heard {
	var last time.Time
	return func(what string, done, of int) {
		if done < of && time.Since(last) < time.Second {
			return
		}
		last = time.Now()
		fmt.Fprintf(out, "%s: %d of %d\n", what, done, of)
	}
}
