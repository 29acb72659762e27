package browsertest

import "testing"

// A vacancy is found on the map, and filled from there.
func TestFillsAVacancyFromTheMap(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		s.gives("Incident management", "Manager", "Marta Nowak", "EMEA")
		p := s.as(ingrid, script)
		p.open("/people")
		p.press("Who wears which hat")
		p.sees("Joe Okafor", "Marta Nowak", "Nobody yet", "5 owners vacant")
		p.press("O Change enablement: Practice Owner vacant")
		p.sees("Owner", "Change enablement")
		p.pick("Who gets it", "Find person", "Elena", "Elena Rossi", script)
		p.press("Appoint")
		p.open("/map")
		p.keeps("Elena Rossi", "4 owners vacant")
		// Region by region: the hole of one leads to the form with the region filled in.
		p.press("By region")
		p.sees("Owner, worldwide", "Marta Nowak", "from EMEA")
		p.press("vacant: Appoint to Practice Manager, Incident management, in APAC")
		p.sees("APAC")
		p.pick("Who gets it", "Find person", "Hiroshi", "Hiroshi Sato", script)
		p.press("Appoint")
		p.open("/map/practices?practice=" + s.id("practice", "Incident management"))
		p.keeps("Marta Nowak", "Hiroshi Sato", "APAC")
	})
}

// A line manager reads of a hat offered to one of their people, objects, and whoever appointed has it to answer.
func TestLineManagerObjects(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.reports("Jonas Weber", "Carlos Mendes")
		s.gives("Incident management", "Practitioner", "Jonas Weber", "")
		p := s.as(carlos, script)
		p.open("/")
		p.sees("Offered to your people", "Jonas Weber: Practitioner", "not answered yet")
		p.press("Jonas Weber: Practitioner")
		p.click("Object")
		p.fill("Why", "He covers the night desk until spring.")
		p.press("Object")
		p.open("/hats")
		p.keeps("you object")
		lead := s.as(ingrid, script)
		lead.open("/hats")
		lead.sees("Objection: Jonas Weber", "He covers the night desk until spring.")
		lead.press("Answer it")
		lead.fill("Answer the objection", "From April, then.")
		lead.press("Answer")
		p.open("/hats")
		p.keeps("Jonas Weber: Practitioner", "not answered yet")
		p.misses("you object")
	})
}
