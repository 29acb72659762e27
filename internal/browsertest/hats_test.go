package browsertest

import "testing"

// One person, two Owner hats: one page shows both.
func TestOneOwnsTwoPractices(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		s.appoint(p, "Incident management", "Owner", "Joe Okafor")
		s.appoint(p, "Request fulfilment", "Owner", "Joe Okafor")
		s.personPage(p, "Joe Okafor")
		p.keeps("Director of Service Operations", "Owner of Incident management", "Owner of Request fulfilment")
		own := s.as(joe, script)
		own.open("/hats")
		own.keeps("Incident management", "Request fulfilment", "Accept")
	})
}

// A title is not a hat: whose title says Manager owns two practices and does work in two others.
func TestTitleIsNoHat(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		s.personPage(p, "Elena Rossi")
		p.sees("Service Transition Manager", "Wears no hat today. A title alone is none.")
		for _, hat := range [][2]string{
			{"Release management", "Owner"}, {"Deployment management", "Owner"}, {"Change enablement", "Practitioner"}, {"Configuration management", "Practitioner"},
		} {
			s.appoint(p, hat[0], hat[1], "Elena Rossi")
		}
		s.personPage(p, "Elena Rossi")
		p.keeps("Service Transition Manager", "Owner of Release management", "Owner of Deployment management", "Practitioner of Change enablement",
			"Practitioner of Configuration management")
		p.misses("Wears no hat", "Practice Manager of")
	})
}

// Owner and Manager in one person is shown as combined, and allowed.
func TestOwnerIsManager(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		s.appoint(p, "Change enablement", "Owner", "Elena Rossi")
		s.appoint(p, "Change enablement", "Manager", "Elena Rossi")
		p.keeps("combined")
		p.open("/practices/" + s.id("practice", "Change enablement"))
		p.keeps("combined")
	})
}

// A supplier's engineer and a customer's super-user do work here, and it is said for whom they work.
func TestSuppliersAndCustomersWearHats(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		s.appoint(p, "Incident management", "Practitioner", "Dana Petrov")
		s.appoint(p, "Incident management", "Practitioner", "Sofie Lindqvist")
		p.open("/roles/" + s.role("Incident management", "Practitioner"))
		p.keeps("Dana Petrov", "Corvid Networks", "Sofie Lindqvist", "Lindqvist Retail")
		p.open("/companies/" + s.id("company", "Corvid Networks"))
		p.keeps("Dana Petrov", "Practitioner of Incident management")
	})
}

// A team does what its hat does; who is in it reads so among their hats.
func TestTeamDoesTheWork(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/assignments/new?role=" + s.role("Incident management", "Practitioner"))
		p.choose("Or a team", "Service desk")
		p.press("Appoint")
		for _, activity := range []string{"Log", "Categorise"} {
			p.open("/processes/1/raci/" + s.activity(activity))
			p.tick("Practitioner does")
			p.press("Save the row")
		}
		p.open("/processes/1?names=1")
		p.keeps("Service desk")
		own := s.as(jonas, script)
		own.open("/hats")
		own.keeps("Practitioner", "through Service desk", "Log", "Categorise")
		own.misses("Diagnose")
	})
}

// A regional Manager leaves; a colleague acts there until June: covered, not filled.
func TestManagerLeavesAndColleagueActs(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		s.gives("Incident management", "Manager", "Marta Nowak", "EMEA")
		s.gives("Incident management", "Manager", "Carlos Mendes", "Americas")
		p := s.as(ingrid, script)
		p.open("/people/" + s.id("person", "Carlos Mendes") + "/leaving")
		p.fill("Last day", "2026-11-30")
		p.press("Show what this cuts")
		p.sees("Manager")
		p.press("Set 30 Nov 2026 as the last day")
		p.open("/roles/" + s.role("Incident management", "Manager"))
		p.keeps("Carlos Mendes", "23 Nov 2026 to 30 Nov 2026")
		s.appointing(p, "Incident management", "Manager", "Marta Nowak")
		p.tick("Acting")
		p.fill("First day", "2026-12-01")
		p.fill("Last day", "2027-06-30")
		p.choose("Region", "Americas")
		p.press("Appoint")
		p.keeps("Begins 1 Dec 2026", "acting: covered, not filled", "30 Jun 2027")
		p.open("/people/" + s.id("person", "Marta Nowak"))
		p.keeps("acting", "30 Jun 2027")
	})
}
