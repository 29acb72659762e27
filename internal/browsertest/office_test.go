package browsertest

import (
	"strings"
	"testing"
)

// A stranger in the demo, as the SMO lead: two practices come out of the library, an old process moves into one of them,
// the past is asked who answered, two gaps are planned, the steering page is printed. Then the others see what is theirs.
func TestAnEveningOfTheOffice(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveDemo(t)
		p := s.as(cast(t, "SMO lead"), script)
		for _, name := range []string{"Information security management", "Availability management"} {
			p.open("/library")
			p.press(name)
			p.press("Adopt")
			p.keeps(name, "Planned", "from the practice library (ITIL 4)")
		}
		p.open("/practices")
		p.press("From processes to practices")
		p.sees("1 process", "Access management", "is its name in ITIL v3")
		p.press("See what would happen")
		p.sees("Service request management → Information security management")
		p.press("Move")
		p.keeps("Access management", "Information security management")

		p.open("/activities/" + s.activity("Diagnose and escalate") + "?on=2026-03-03&region=" + s.id("region", "APAC"))
		p.keeps("You look at 3 Mar 2026", "Hiroshi Sato")

		for kind, what := range map[string]string{"role-vacant": "Find a procurement specialist", "no-responsible": "Say who reviews a major incident"} {
			p.open("/gaps?kind=" + kind)
			p.press("Plan")
			p.fill("What is to be done", what)
			p.pick("Who does it", "Find person", "Elena", "Elena Rossi", script)
			p.fill("By", "2026-12-18")
			p.press("Plan it")
			p.sees("Planned: Elena Rossi, by 18 Dec 2026")
		}
		p.open("/actions")
		p.keeps("Find a procurement specialist", "Say who reviews a major incident")
		p.open("/steering")
		p.sees("What we ask you to decide", "Availability management")
		if n := p.sheets(); n != 1 {
			t.Errorf("it prints on %d sheets", n)
		}
		s.othersSee(t, script)
	})
}

// othersSee looks in as owner, manager, auditor and supplier: each may what is theirs, and nothing else.
func (s *site) othersSee(t *testing.T, script bool) {
	incident, availability := "/practices/"+s.id("practice", "Incident management"), "/practices/"+s.id("practice", "Availability management")
	owner := s.as(cast(t, "Process owner"), script)
	owner.open(incident)
	owner.sees("Edit practice")
	owner.open(availability)
	owner.sees("Availability management")
	owner.misses("Edit practice")
	owner.open("/steering")
	owner.sees("This page is not for you")

	manager := s.as(cast(t, "Manager"), script)
	manager.open(incident)
	manager.misses("Edit practice")
	manager.open("/trail")
	manager.sees("This is not yours to do")

	auditor := s.as(cast(t, "Auditor"), script)
	auditor.open("/steering")
	auditor.sees("What we ask you to decide")
	auditor.open("/gaps")
	auditor.misses("Accept for a while")
	auditor.open("/trail")
	auditor.sees("Ingrid Solberg", "planned")

	supplier := s.as(cast(t, "Supplier"), script)
	supplier.open("/practices")
	supplier.sees("Incident management")
	supplier.misses("Availability management", "Change enablement")
	for _, closed := range []string{availability, "/people", "/steering", "/trail"} {
		supplier.open(closed)
		if text := supplier.text(); !strings.Contains(text, "not for you") && !strings.Contains(text, "not yours to do") {
			t.Errorf("%s is open to a supplier: %.300s", closed, text)
		}
	}
}
