package browsertest

import "testing"

// One Owner worldwide: a second is refused by name, with a hand-over that is filled in already.
func TestSecondOwnerIsRefused(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		p := s.as(ingrid, script)
		s.appointing(p, "Incident management", "Owner", "Elena Rossi")
		p.press("Appoint")
		p.sees("Joe Okafor")
		p.press("Hand over from Joe Okafor")
		p.sees("Hand over hats of Joe Okafor", "Elena Rossi")
		p.fill("First day with the new holder", "2026-12-01")
		p.press("Hand over")
		p.open("/roles/" + s.role("Incident management", "Owner"))
		p.keeps("Joe Okafor", "30 Nov 2026", "Elena Rossi", "1 Dec 2026")
		p.open("/practices/" + s.id("practice", "Incident management"))
		p.sees("Joe Okafor")
		p.open("/processes/1/raci?view=list&on=2026-12-01")
		p.sees("Owner: Elena Rossi")
	})
}

// With the A on the Manager each row names the right person per region, and none is red for it.
func TestManagerPerRegionAnswers(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		s.gives("Incident management", "Practitioner", "Jonas Weber", "")
		p := s.as(ingrid, script)
		for region, name := range map[string]string{"EMEA": "Marta Nowak", "Americas": "Carlos Mendes"} {
			s.appointing(p, "Incident management", "Manager", name)
			p.choose("Region", region)
			p.press("Appoint")
			p.sees(region)
		}
		for _, activity := range []string{"Log", "Categorise", "Diagnose"} {
			p.open("/processes/1/raci/" + s.activity(activity))
			p.tick("Practice Manager answers")
			p.tick("Practitioner does")
			p.press("Save the row")
		}
		p.open("/processes/1/raci?view=list")
		p.keeps("one per region (2)")
		for region, name := range map[string]string{"EMEA": "Marta Nowak", "Germany": "Marta Nowak", "Americas": "Carlos Mendes"} {
			p.open("/processes/1/raci?view=list&region=" + s.id("region", region))
			p.keeps("Manager: " + name)
			p.misses("No R", "A vacant", "one per region")
		}
		// Where nobody manages, the Owner answers.
		p.open("/processes/1/raci?view=list&region=" + s.id("region", "APAC"))
		p.sees("Joe Okafor")
	})
}

// Choosing by typing: a hat and a person that nobody filled in.
func TestChoosesByTyping(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/assignments/new")
		hat := "Practice Owner, Configuration management"
		if !script {
			hat = "Practice Owner Configuration management" // in two lines
		}
		p.pick("Hat", "Find hat", "Configuration", hat, script)
		p.pick("Who gets it", "Find person", "rossi", "Elena Rossi", script)
		p.press("Appoint")
		p.sees("Owner: Elena Rossi")
		s.personPage(p, "Elena Rossi")
		p.keeps("Owner of Configuration management")
	})
}
