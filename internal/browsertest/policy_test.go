package browsertest

import "testing"

// “All incidents must be logged” governs Incident management: it is written, stands on the practice and, as its
// practice's, on the process and the activity; then it ends.
func TestPolicyGovernsAPractice(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Owner", "Joe Okafor", "")
		p := s.as(ingrid, script)
		p.open("/practices/" + s.id("practice", "Incident management"))
		p.sees("No policy governs it")
		p.press("Add a policy")
		p.press("Write a new policy")
		p.fill("Number", "POL-001")
		p.fill("Title", "All incidents must be logged")
		p.fill("What it says", "Every incident gets a record before anything else is done.")
		p.fill("Review every … months", "12")
		p.press("Add policy")
		p.keeps("All incidents must be logged", "Every incident gets a record", "Incident management", "since 23 Nov 2026", "Joe Okafor", "next review")
		p.open("/practices/" + s.id("practice", "Incident management"))
		p.keeps("All incidents must be logged")
		p.misses("No policy governs it")
		p.open("/processes/1/policies")
		p.keeps("All incidents must be logged", "POL-001", "from Incident management")
		p.open("/activities/" + s.activity("Log"))
		p.keeps("All incidents must be logged", "from Incident management")
		p.open("/policies?q=logged")
		p.keeps("POL-001", "Joe Okafor")

		p.press("All incidents must be logged")
		p.press("End")
		p.fill("Last day", "2026-12-31")
		p.press("End it")
		p.keeps("until 31 Dec 2026")
		p.open("/processes/1/policies?on=2026-12-31")
		p.sees("All incidents must be logged")
		p.open("/processes/1/policies?on=2027-01-01")
		p.sees("No policy governs it")
	})
}

// A role not reviewed within its interval is overdue; a sentence and a click set the next day.
func TestRoleNotReviewedIsOverdue(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		s.gives("Incident management", "Practitioner", "Jonas Weber", "")
		role := s.role("Incident management", "Practitioner")
		p := s.as(ingrid, script)
		p.open("/roles/" + role + "/edit")
		p.fill("Review every … months", "6")
		p.press("Save")
		p.keeps("every 6 months", "next review")
		s.ago("role", role, "2026-10-31")
		p.keeps("review overdue since 31 Oct 2026")
		p.open("/reviews")
		p.sees("Practitioner", "1 overdue")
		p.click("Review it")
		p.press("Reviewed, still right")
		p.sees("Say in a sentence what you looked at")
		p.fill("What you looked at", "The duties are what the desk does.")
		p.press("Reviewed, still right")
		p.sees("Nothing is due for review")
		p.open("/roles/" + role)
		p.keeps("next review 23 May 2027", "The duties are what the desk does.", "Ingrid Solberg")
		p.misses("overdue")

		// Who wears the hat does not review it.
		s.ago("role", role, "2026-10-31")
		mine := s.as(jonas, script)
		mine.open("/roles/" + role)
		mine.sees("review overdue since 31 Oct 2026", "You wear this hat")
		mine.misses("Reviewed, still right")
	})
}

// ago moves the day on which something falls due, as if time had passed.
func (s *site) ago(table, id, due string) {
	s.t.Helper()
	if err := s.db.Exec(s.t, `
		SELECT set_config('hatrack.event', id::text, true) FROM (SELECT 1) AS one, LATERAL (SELECT nextval('event_id_seq') AS id) AS e;
		INSERT INTO event (id, at, actor, act, summary) OVERRIDING SYSTEM VALUE VALUES (currval('event_id_seq'), now(), 'migration', 'test', 'test');
		UPDATE `+table+` SET review_due = '`+due+`', last_reviewed = NULL WHERE id = `+id); err != nil {
		s.t.Fatal(err)
	}
}
