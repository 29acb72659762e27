package browsertest

import (
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

const password = "blue lorry at dawn"

// From the first link to the end of the set-up, and in again with the password.
func TestFirstAdministrator(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serve(t, storetest.New(t), false)
		token, err := s.db.FirstLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p := newTab(t, s.base, script)
		p.open("/welcome/" + token)
		p.fill("Your name", "Ada Byrne")
		p.fill("Your e-mail address", administrator)
		p.fill("New password", password)
		p.fill("The same again", password)
		p.fill("The organisation’s name", "Brightwater")
		p.press("Begin")
		p.sees("Name and regions")
		p.fill("Time zone", "Europe/Lisbon")
		p.press("Save")
		for _, step := range []string{"People", "First practice", "Owners", "Who sees what"} {
			p.press("Next: " + step)
			p.keeps(step)
		}
		p.press("Finish")
		p.open("/settings")
		p.sees("Settings")
		if got := run[string](p, `document.querySelector('[name=time_zone]').value`); got != "Europe/Lisbon" {
			t.Errorf("the time zone is %q", got)
		}
		// The link is spent; the password is not.
		other := newTab(t, s.base, script)
		other.open("/welcome/" + token)
		other.sees("This link was used already")
		other.signIn(administrator, "wrong "+password)
		other.sees("do not fit together")
		other.signIn(administrator, password)
		other.keeps("My hats")
	})
}

func (p *tab) signIn(email, password string) {
	p.t.Helper()
	p.open("/sign-in")
	p.fill("E-mail address", email)
	p.fill("Password", password)
	p.press("Sign in")
}

// Signing out everywhere ends the other browser's session at its next page.
func TestSignsOutEverywhere(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p, other := s.as(jonas, script), s.as(jonas, script)
		other.open("/hats")
		other.sees("My hats")
		p.open("/account")
		p.press("Sign out everywhere")
		p.sees("Sign in")
		other.reload()
		other.sees("Sign in")
		other.misses("My hats")
	})
}

// Whose account is disabled is out at the next request.
func TestDisabledAccountIsOut(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.open("/people/new")
		p.fill("Name", "Jonas Weber")
		p.fill("E-mail", "jonas.weber@example.org")
		p.press("Save")
		p.open("/accounts/new")
		p.pick("Person", "Find person", "jonas", "Jonas Weber", script)
		p.press("Make account")
		p.sees("Jonas Weber")
		out := s.as(jonas, script)
		out.open("/hats")
		out.sees("My hats")
		p.press("Disable account")
		p.keeps("Enable account")
		out.reload()
		out.sees("Sign in")
		out.misses("My hats")
	})
}

// Several accounts are made at once, and each of their people comes in by the link that is theirs.
func TestSeveralAccounts(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		for _, name := range []string{"Jonas Weber", "Mia Weber"} {
			p.open("/people/new")
			p.fill("Name", name)
			p.fill("E-mail", strings.ToLower(strings.ReplaceAll(name, " ", "."))+"@example.org")
			p.press("Save")
		}
		p.open("/accounts/new")
		p.fill("Or several at once", "Jonas Weber\nMia Webber")
		p.press("Make account")
		p.sees("Nobody here is called “Mia Webber”.")
		p.fill("Or several at once", "Jonas Weber\nmia.weber@example.org")
		p.press("Make account")
		p.sees("One-time links", "2 accounts are made.", "Mia Weber")
		if script { // axe is one
			p.accessible("links")
		}
		for name, link := range run[map[string]string](p, `Object.fromEntries([...document.querySelectorAll('main tbody tr')].map(r => [r.querySelector('th').innerText.trim(), new URL(r.querySelector('.mono').innerText.trim()).pathname]))`) {
			theirs := newTab(t, s.base, script)
			theirs.open(link)
			theirs.sees(name)
			theirs.fill("New password", password)
			theirs.fill("The same again", password)
			theirs.press("Save and sign in")
			theirs.open("/account")
			theirs.sees("You are " + name)
		}
	})
}

// The demo lets one in as any of its cast with one click.
func TestDemoSignIn(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveDemo(t)
		p := newTab(t, s.base, script)
		p.open("/practices")
		p.sees("Look around as")
		p.press("Sign in as Priya Raman, Reader")
		p.keeps("Practices", "Incident management")
		p.misses("Add a practice")
	})
}
