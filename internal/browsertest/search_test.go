package browsertest

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// Somebody mistypes the name of a role and still gets to it; then asks who answers, and reads a name first.
func TestFindsByASlipAndAsksWhoAnswers(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		s.gives("Incident management", "Manager", "Marta Nowak", "EMEA")
		p := s.as(jonas, script)
		p.open("/hats")
		s.searches(p, script, "incidnet managr")
		p.sees("Manager", "Incident management")
		if script {
			p.keys(kb.ArrowDown)
			p.keys(kb.Enter)
			p.arrives("/roles/")
		} else {
			p.press("Practice Manager")
		}
		p.sees("Manager", "Incident management", "Marta Nowak")
		s.searches(p, script, "who answers for logging")
		p.sees("Joe Okafor answers for Log in Handle an incident")
		if script {
			p.keys(kb.ArrowDown)
			p.keys(kb.Enter)
			p.arrives("/activities/")
		} else {
			p.press("Log")
		}
		p.sees("Log", "Handle an incident")
	})
}

// searches opens the palette and types; without script it sends the field of the top bar.
func (s *site) searches(p *tab, script bool, text string) {
	s.t.Helper()
	if !script {
		p.fill("Search", text)
		p.keys(kb.Enter)
		p.arrives("/search?")
		return
	}
	p.keys("/")
	p.waits(`document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'`)
	p.keys(text)
	p.waits(`document.querySelector('.options[data-of="` + text + `"] [role=option]')`)
}

// arrives waits for a page whose address holds a part.
func (p *tab) arrives(part string) {
	p.t.Helper()
	p.waits(`location.href.includes("` + part + `") && document.readyState === 'complete'`)
}

// What is typed right after the slash, before the palette is there, is searched for as well.
func TestThePaletteLosesNoLetter(t *testing.T) {
	s := serveScene(t)
	p := s.as(jonas, true)
	for _, page := range []string{"/practices", "/practices?on=2026-11-02"} {
		p.open(page)
		p.keys("/incid")
		p.waits(`document.querySelector('dialog.palette[open] .options[data-of="incid"] [role=option]')`)
		if got := run[string](p, `document.querySelector('dialog.palette input').value + '|' + document.querySelector('[data-slash]').value`); got != "incid|" {
			t.Errorf("the fields of %s say %q", page, got)
		}
	}
}

// The palette says to a screen reader what it does, closes with Escape, and shows the latest answer whatever order they
// come in.
func TestThePaletteKeepsOrder(t *testing.T) {
	s := serveScene(t)
	p := s.as(jonas, true)
	p.open("/practices")
	p.keys("/")
	p.waits(`document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'`)
	// The first answer comes last.
	run[bool](p, `(() => { const real = window.fetch; let n = 0;
		window.fetch = (url, o) => { const late = n++ === 0 ? 600 : 0; return real(url, {}).then(a => new Promise(r => setTimeout(() => r(a), late))) };
		return true })()`)
	p.keys("chan")
	time.Sleep(300 * time.Millisecond)
	p.keys(kb.Backspace + kb.Backspace + kb.Backspace + kb.Backspace + "release")
	p.waits(`document.querySelector('dialog.palette [role=option]')?.innerText.includes('Release')`)
	time.Sleep(700 * time.Millisecond)
	if got := run[string](p, `document.querySelector('dialog.palette [role=option]').innerText`); !strings.Contains(got, "Release") {
		t.Errorf("an old answer came over the new one: %s", got)
	}
	p.keys(kb.ArrowDown)
	if got := run[string](p, `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.ariaSelected + ' ' + document.activeElement.ariaExpanded`); got != "true true" {
		t.Errorf("a screen reader hears %s", got)
	}
	p.keys(kb.Escape)
	p.waits(`!document.querySelector('dialog[open]')`)
	if at := p.where(); !strings.HasSuffix(at, "/practices") {
		t.Errorf("Escape led to %s", at)
	}
}

// The focus comes back to where it was when the palette closes, so that the slash opens it again; a menu that Tab leaves closes.
func TestTheFocusComesBack(t *testing.T) {
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/practices/" + s.id("practice", "Incident management"))
	const link = `document.querySelector('main a')`
	run[bool](p, link+`.focus() || true`)
	for range 2 {
		p.keys("/")
		p.waits(`document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'`)
		p.keys(kb.Escape)
		p.waits(`!document.querySelector('dialog[open]') && document.activeElement === ` + link)
	}
	run[bool](p, `document.querySelector('details.enter summary').focus() || true`)
	p.keys(kb.Enter)
	p.waits(`document.querySelector('details.enter[open]')`)
	p.keys(kb.Tab)
	p.waits(`document.querySelector('details.enter[open]').contains(document.activeElement)`)
	run[bool](p, link+`.focus() || true`)
	p.waits(`!document.querySelector('details.enter[open]')`)
}
