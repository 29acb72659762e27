package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// While somebody types, the list follows: the cursor stays, the address and the files are those of what is shown.
func TestAListFollowsItsFilter(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/people")
	p.sees("Joe Okafor", "Marta Nowak")
	p.fill("Name, e-mail or title", "marta")
	p.waits(`document.querySelectorAll('main tbody tr').length === 1`)
	p.sees("Marta Nowak", "1 person", "Show all")
	p.misses("Joe Okafor")
	if !run[bool](p, `document.activeElement.name === 'q' && document.activeElement.value === 'marta'`) {
		t.Error("the cursor left the field")
	}
	if where := p.where(); !strings.Contains(where, "q=marta") {
		t.Errorf("the address is still %s", where)
	}
	p.waits(`[...document.querySelectorAll('.files a')].every(a => a.href.includes('q=marta'))`)
	p.reload()
	p.sees("Marta Nowak", "1 person")
	p.misses("Joe Okafor")
	p.choose("Hats", "Wears a hat")
	p.sees("Nobody matches")
	p.press("Show all")
	p.sees("Joe Okafor", "Marta Nowak")
}

// Somebody who types a name and goes down in a list of one still chooses it with Enter, and does not send the form.
func TestAnArrowNeverLeavesTheList(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/assignments/new")
	p.fill("Who gets it", "marta")
	p.waits(`document.querySelector('[role=option][aria-selected=true]')?.offsetParent`)
	p.keys(kb.ArrowDown)
	p.waits(`document.querySelector('[role=option][aria-selected=true]')`)
	p.keys(kb.Enter)
	p.waits(`[...document.querySelectorAll('[data-picker]')].some(e => e.querySelector('input[type=text]').value === 'Marta Nowak' && e.querySelector('input[type=hidden]').value !== '')`)
	if where := p.where(); !strings.Contains(where, "/assignments/new") {
		t.Errorf("the form was sent: %s", where)
	}
}

// What a matrix shows is chosen in a page that comes anew; the focus stays on what was chosen.
func TestTheFocusStaysOnWhatWasChosen(t *testing.T) {
	t.Parallel()
	s := serveScene(t)
	p := s.as(ingrid, true)
	p.open("/processes/1/raci")
	const gaps = `document.querySelector('form.choose [name=gaps]')`
	run[bool](p, gaps+`.focus() || true`)
	p.keys(" ")
	p.arrives("gaps=")
	p.waits(`document.activeElement === ` + gaps)
	p.open("/processes/1/raci")
	p.waits(`document.activeElement === document.body && sessionStorage.length === 0`)
}
