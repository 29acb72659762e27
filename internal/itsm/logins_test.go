package itsm

import (
	"errors"
	"testing"
	"time"
)

func TestWhoGetsALinkAmongSeveral(t *testing.T) {
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	ana := AccountFor{PersonID: 1, Name: "Ana Souza", Email: "ana@example.org", Here: true}
	with := func(change func(*AccountFor)) AccountFor {
		p := AccountFor{PersonID: 2, Name: "Wei Chen", Email: "wei@example.org", Here: true}
		change(&p)
		return p
	}
	for _, tt := range []struct {
		name    string
		p       AccountFor
		lastDay string
		links   int
		says    Problem
	}{
		{"two", with(func(*AccountFor) {}), "", 2, Problem{}},
		{"one has a password", with(func(p *AccountFor) { p.AccountID, p.Closed = 9, true }), "", 1, Problem{}},
		{"one waits still", with(func(p *AccountFor) { p.AccountID, p.Email, p.Taken = 9, "", true }), "", 2, Problem{}},
		{"gone", with(func(p *AccountFor) { p.Here = false }), "", 1, Problem{"people", "Wei Chen is not with the organisation today."}},
		{"no address", with(func(p *AccountFor) { p.Email = "" }), "", 1, Problem{"people", "Wei Chen has no e-mail address in the directory. Add it there, or make this account alone."}},
		{"no such address", with(func(p *AccountFor) { p.Email = "wei" }), "", 1, Problem{"people", "The e-mail address of Wei Chen in the directory is none: wei. Correct it there, or make this account alone."}},
		{"taken", with(func(p *AccountFor) { p.Taken = true }), "", 1, Problem{"people", "Another account signs in with the e-mail address of Wei Chen."}},
		{"one address", with(func(p *AccountFor) { p.Email = "ANA@example.org" }), "", 1, Problem{"people", "Ana Souza and Wei Chen have one e-mail address. Make one of the two accounts alone, with another one."}},
		{"external", with(func(p *AccountFor) { p.External = true }), "", 1, Problem{"last_day", "Wei Chen is external: give the accounts a last day."}},
		{"external with an end", with(func(p *AccountFor) { p.External = true }), "2026-12-31", 2, Problem{}},
	} {
		n := NewAccounts{LastDay: tt.lastDay}
		if err := n.Check(today); err != nil {
			t.Fatal(tt.name, err)
		}
		link, err := n.For([]AccountFor{ana, tt.p})
		var wrong Invalid
		errors.As(err, &wrong)
		if len(link) != tt.links || (tt.says == Problem{}) != (err == nil) || err != nil && (len(wrong.Problems) != 1 || wrong.Problems[0] != tt.says) {
			t.Errorf("%s: %d links, %v", tt.name, len(link), err)
		}
	}
	if n := (NewAccounts{LastDay: "2026-11-01"}); n.Check(today) == nil {
		t.Error("a day that is over is taken")
	}
}
