package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// account manages who may sign in, for the person who keeps the machine.
type account struct {
	databaseSettings
	BaseURL string `name:"base-url" variable:"HATRACK_BASE_URL" default:"http://localhost:8080" placeholder:"URL" help:"How browsers reach the server: one-time links begin with it."`
	As      string `placeholder:"E-MAIL" help:"Act as this account, with its rights; else as the operator of the machine, who may do everything."`

	List    accountList    `cmd:"" help:"List the accounts."`
	Link    accountLink    `cmd:"" help:"Make a one-time link: for an account to choose its password, or without one for the first administrator."`
	Create  accountCreate  `cmd:"" help:"Make an account for a person, and a one-time link to choose the password."`
	Disable accountDisable `cmd:"" help:"Shut an account out, at its next request."`
	Enable  accountEnable  `cmd:"" help:"Let a disabled account in again."`
	Grant   accountGrant   `cmd:"" help:"Make an account administrator or auditor."`
	Revoke  accountRevoke  `cmd:"" help:"Take administrator or auditor back."`
}

type accountList struct{}

type accountLink struct {
	Email string `arg:"" optional:"" help:"The account's e-mail address."`
}

type accountCreate struct {
	Email  string `arg:"" help:"What the account signs in with."`
	Person int64  `help:"Number of the person it is for; without it the one person who has this e-mail address." placeholder:"NUMBER"`
	Until  string `help:"Last day of the account, 2026-12-31. An external person's account must have one." placeholder:"DAY"`
}

type accountDisable struct {
	Email string `arg:"" help:"The account's e-mail address."`
}

type accountEnable struct {
	Email string `arg:"" help:"The account's e-mail address."`
}

type accountGrant struct {
	Email    string `arg:"" help:"The account's e-mail address."`
	What     string `arg:"" enum:"administrator,auditor" help:"administrator or auditor."`
	Practice int64  `help:"An auditor's practice by its number; without it the whole organisation." placeholder:"NUMBER"`
	Until    string `help:"Last day of the grant, 2026-12-31. An auditor's must have one." placeholder:"DAY"`
}

type accountRevoke struct {
	Email string `arg:"" help:"The account's e-mail address."`
	What  string `arg:"" enum:"administrator,auditor" help:"administrator or auditor."`
}

func (v accountLink) Run(p *program, a *account) error {
	return a.at(p, a.As, func(db *store.Store, by itsm.Actor) error {
		if v.Email == "" {
			token, err := db.FirstLink(p.ctx)
			if err != nil {
				return err
			}
			printLink(p.out, "Make yourself the first administrator here:", a.BaseURL, token)
			return nil
		}
		found, err := db.AccountByEmail(p.ctx, v.Email)
		if err != nil {
			return err
		}
		return a.link(p, db, by, found)
	})
}

// link makes a one-time link for an account and prints it.
func (a *account) link(p *program, db *store.Store, by itsm.Actor, to itsm.Account) error {
	token, err := db.MakeLink(p.ctx, by, to.ID)
	if err != nil {
		return err
	}
	printLink(p.out, to.Name+" chooses a password here:", a.BaseURL, token)
	return nil
}

// printLink shows a one-time link, on the terminal only.
func printLink(out io.Writer, sentence, base, token string) {
	fmt.Fprintf(out, "\n%s\n\n  %s/welcome/%s\n\nThe link works once, for 24 hours. hatrack account link makes a new one.\n", sentence, base, token)
}

func (v accountCreate) Run(p *program, a *account) error {
	return a.at(p, a.As, func(db *store.Store, by itsm.Actor) error {
		in := itsm.NewAccount{Email: v.Email, PersonID: v.Person, LastDay: v.Until}
		if in.PersonID == 0 {
			var err error
			in.PersonID, err = db.PersonByEmail(p.ctx, v.Email)
			if errors.As(err, &itsm.NotFound{}) {
				return wrong("There is no such person: nobody, or more than one, has the e-mail address %s and no account yet. Say whose it is with --person NUMBER: it stands in the address of their page.", v.Email)
			}
			if err != nil {
				return err
			}
		}
		id, err := db.AddAccount(p.ctx, by, in)
		if err != nil {
			return err
		}
		made, err := db.Account(p.ctx, id)
		if err != nil {
			return err
		}
		return a.link(p, db, by, made)
	})
}

func (v accountDisable) Run(p *program, a *account) error {
	return a.change(p, v.Email, "is disabled", func(db *store.Store, by itsm.Actor, found itsm.Account) error {
		return db.DisableAccount(p.ctx, by, found.ID, found.Counter)
	})
}

func (v accountEnable) Run(p *program, a *account) error {
	return a.change(p, v.Email, "may sign in again", func(db *store.Store, by itsm.Actor, found itsm.Account) error {
		return db.EnableAccount(p.ctx, by, found.ID, found.Counter)
	})
}

func (v accountGrant) Run(p *program, a *account) error {
	return a.change(p, v.Email, "is now "+v.What, func(db *store.Store, by itsm.Actor, found itsm.Account) error {
		return db.GrantAccount(p.ctx, by, itsm.NewGrant{AccountID: found.ID, Kind: itsm.GrantKind(v.What), PracticeID: v.Practice, LastDay: v.Until})
	})
}

func (v accountRevoke) Run(p *program, a *account) error {
	return a.change(p, v.Email, "is no longer "+v.What, func(db *store.Store, by itsm.Actor, found itsm.Account) error {
		done := false
		for _, g := range found.Grants {
			if g.Kind == itsm.GrantKind(v.What) {
				if err := db.RevokeGrant(p.ctx, by, found.ID, g.ID); err != nil {
					return err
				}
				done = true
			}
		}
		if !done {
			return wrong("%s is not %s.", found.Email, v.What)
		}
		return nil
	})
}

// change does something to the account of an e-mail address and says so.
func (a *account) change(p *program, email, what string, do func(*store.Store, itsm.Actor, itsm.Account) error) error {
	return a.at(p, a.As, func(db *store.Store, by itsm.Actor) error {
		found, err := db.AccountByEmail(p.ctx, email)
		if err != nil {
			return err
		}
		if err := do(db, by, found); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s (%s) %s.\n", found.Email, found.Name, what)
		return nil
	})
}

func (accountList) Run(p *program, a *account) error {
	return a.at(p, a.As, func(db *store.Store, by itsm.Actor) error {
		w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "E-MAIL\tPERSON\tSTATE\tGRANTS")
		for page := 1; ; page++ {
			list, err := db.Accounts(p.ctx, by, itsm.AccountFilter{Page: page})
			if err != nil {
				return err
			}
			for _, x := range list.Accounts {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", x.Email, x.Name, x.State(list.Today), x.GrantsInWords())
			}
			if page >= list.Pages() {
				return w.Flush()
			}
		}
	})
}
