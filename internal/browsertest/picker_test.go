package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// reach is pick without a pointer: the arrows lead to the option, Enter takes it and does not send the form.
func (p *tab) reach(label, find, part, option string, script bool) {
	p.t.Helper()
	if !script {
		p.pick(label, find, part, option, false)
		return
	}
	p.fill(label, part)
	p.waits(`document.querySelector('[role=option][aria-selected=true]')`)
	for range run[int](p, `document.querySelectorAll('[role=option]').length`) {
		if run[bool](p, `document.querySelector('[role=option][aria-selected=true] bdi').innerText === %s`, option) {
			break
		}
		p.keys(kb.ArrowDown)
	}
	was := p.where()
	p.keys(kb.Enter)
	p.waits(`[...document.querySelectorAll('[data-picker]')].some(e => e.querySelector('input[type=text]').value === %s && e.querySelector('input[type=hidden]').value !== '')`, option)
	if p.where() != was {
		p.t.Errorf("the form was sent: %s", p.where())
	}
}

// What supports a service is found among practices, teams and companies; what does already is offered no more.
func TestChoosesWhatSupportsAService(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		if _, err := s.db.AddService(t.Context(), storetest.Operator, itsm.Service{Name: "Payroll"}); err != nil {
			t.Fatal(err)
		}
		p := s.as(ingrid, script)
		p.open("/services/" + s.id("service", "Payroll"))
		p.reach("Add what supports it", "Find", "management", "Release management", script)
		p.press("Add")
		p.keeps("Release management practice")
		p.pick("Add what supports it", "Find", "desk", "Service desk", script)
		p.press("Add")
		p.keeps("Service desk team")
		p.fill("Add what supports it", "release")
		if !script {
			p.press("Find")
		}
		p.sees("Nothing found. Check the spelling")
	})
}

// The other side of a hand-off is an activity of the process or another process, found by typing, or a party in words.
func TestChoosesTheOtherSideOfAHandOff(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/activities/" + s.activity("Log"))
		p.click("Write down a hand-off")
		p.fill("What", "the incident record")
		p.reach("The other side", "Find", "i", "Diagnose", script)
		p.press("Write it down")
		p.keeps("the incident record to Diagnose")
		p.click("Write down a hand-off")
		p.tick("It comes in")
		p.fill("What", "a call")
		p.fill("Or a party in words", "the user")
		p.press("Write it down")
		p.keeps("a call from the user")
		p.open("/activities/" + s.activity("Diagnose"))
		p.sees("the incident record from Log")
	})
}

// Who types a part of a name and sends the form sees who may be meant; a whole name is enough.
func TestANameThatIsTypedIsEnough(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/assignments/new?role=" + s.role("Incident management", "Manager"))
		p.fill("Who gets it", "weber")
		p.press("Appoint")
		p.sees("Choose who is meant by “weber”.")
		p.sees("Jonas Weber")
		p.fill("Who gets it", "jonas weber")
		p.press("Appoint")
		p.keeps("Jonas Weber")
	})
}
