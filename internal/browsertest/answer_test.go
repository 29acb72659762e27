package browsertest

import "testing"

// Who is given a hat answers: accepts, objects with a reason, gives it up from a day.
func TestHoldersAnswer(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Practitioner", "Jonas Weber", "")
		s.gives("Change enablement", "Practitioner", "Jonas Weber", "")
		p := s.as(jonas, script)
		p.open("/hats")
		p.sees("Hat offered: Practitioner")
		p.press("Accept")
		p.open("/assignments/2")
		p.keeps("Accepted")
		p.click("Give up")
		p.fill("Last day with the hat", "2026-12-31")
		p.press("Give up from then on")
		p.open("/assignments/2")
		p.keeps("31 Dec 2026")
		p.open("/assignments/3")
		p.click("Object")
		p.fill("Why", "The desk is two people short.")
		p.press("Object")
		p.open("/assignments/3")
		p.keeps("Objected", "The desk is two people short.")
		// It is a task for whoever appointed, and ends nothing.
		lead := s.as(ingrid, script)
		lead.open("/hats")
		lead.sees("Objection: Jonas Weber", "The desk is two people short.")
		p.open("/hats")
		p.sees("Change enablement")
	})
}

// Who may not appoint proposes; who may decides.
func TestProposalIsDecided(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		p := s.as(jonas, script)
		s.appointing(p, "Incident management", "Manager", "Marta Nowak")
		p.misses("Only propose")
		p.press("Propose")
		p.keeps("Proposed, not decided")
		owner := s.as(joe, script)
		owner.open("/hats")
		owner.sees("Marta Nowak is proposed")
		owner.press("Decide")
		owner.press("Appoint")
		owner.open("/practices/" + s.id("practice", "Incident management"))
		owner.keeps("Marta Nowak")
	})
}

// A last day cuts hats and memberships there, and says so before.
func TestLeavingDayCutsHats(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		p := s.as(ingrid, script)
		p.open("/people/" + s.id("person", "Joe Okafor") + "/leaving")
		p.fill("Last day", "2026-12-31")
		p.press("Show what this cuts")
		p.sees("Owner", "Incident management")
		p.press("Set 31 Dec 2026 as the last day")
		p.open("/roles/" + s.role("Incident management", "Owner"))
		p.keeps("Joe Okafor", "31 Dec 2026")
		s.appointing(p, "Change enablement", "Owner", "Joe Okafor")
		p.fill("First day", "2027-02-01")
		p.press("Appoint")
		p.sees("31 Dec 2026")
	})
}

// Whoever reads a line that is wrong says so there, and reads the answer where they asked.
func TestReportsWhatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		s.gives("Incident management", "Practitioner", "Jonas Weber", "")
		lead := s.as(ingrid, script)
		lead.open("/processes/1/raci/" + s.activity("Log"))
		lead.tick("Practitioner does")
		lead.press("Save the row")
		p := s.as(jonas, script)
		p.open("/hats")
		p.press("This is wrong")
		p.fill("What is wrong", "The portal logs most of them.")
		p.press("Report")
		p.open("/hats")
		p.keeps("You reported", "The portal logs most of them.")
		owner := s.as(joe, script)
		owner.open("/hats")
		owner.sees("Reported", "The portal logs most of them.")
		owner.click("Answer and close")
		owner.fill("Answer", "True; the text says so now.")
		owner.press("Close")
		owner.open("/hats")
		owner.misses("The portal logs most of them.")
		p.keeps("True; the text says so now.")
	})
}
