package browsertest

import (
	"testing"

	"hatrack/internal/store/storetest"
)

// A stranger adopts one practice whole and one in part; then adds to what is there only what was ticked.
func TestAdoptsFromTheLibrary(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/practices")
		p.press("Adopt from the practice library")
		p.sees("34 of 34 practices", "ITIL 4", "not yet")
		p.fill("Name, older name or purpose", "vendor")
		p.press("Apply")
		p.sees("1 of 34 practices")
		p.press("Supplier management")
		p.sees("planned", "7 roles", "2 processes", "14 activities", "Contract manager", "Example matrix")
		p.press("Adopt")
		p.sees("Planned", "Run the supplier journey", "Keep strategy and procedures for sourcing")
		p.keeps("Get value from suppliers, and keep their performance in hand.", "Contract manager", "adopted Supplier management from the practice library (ITIL 4)")
		p.press("Run the supplier journey")
		p.sees("Scan the market and ask for offers", "Renew or offboard")

		p.open("/library/knowledge-management")
		p.tick(": Knowledge coach")
		p.tick(": Set up the environment for knowledge")
		p.press("Adopt")
		p.keeps("Run knowledge routines", "Knowledge author")
		p.misses("Set up the environment for knowledge", "Knowledge coach")

		p.open("/practices/" + s.id("practice", "Incident management"))
		p.press("Compare with the library")
		p.sees("You have it as Incident management", "Handle a major incident")
		p.press("Add what is ticked")
		p.sees("Nothing was added: tick what you want of it.")
		p.tick(": Handle a major incident")
		p.tick(": Detect and report")
		p.press("Add what is ticked")
		p.sees("What you ticked was added.")
		p.keeps("Handle a major incident", "Handle an incident")
		p.misses("Review incidents and models")
		if n := storetest.Value[int](t, s.db, `SELECT count(*)::int FROM step s JOIN activity a ON a.id = s.activity_id JOIN process p ON p.id = a.process_id WHERE p.name = 'Handle an incident'`); n != 4 {
			t.Errorf("%d activities; want the three and the one ticked", n)
		}
	})
}

// Whoever may not adopt reads the library, and what the product is made of.
func TestReadsTheLibrary(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(jonas, script)
		p.open("/library/incident-management")
		p.sees("Partly adapted from FitSM 3.0, ITEMO e.V., CC BY 4.0.", "Major incident manager", "Every incident is logged", "Time to restore, by priority", "may add what it lacks")
		p.misses("Add what is ticked")
		p.open("/library/supplier-management")
		p.sees("The service management office may adopt it.")
		p.open("/about")
		p.sees("ITIL is a registered trade mark of its owner", "Partly adapted from FitSM 3.0", "Version")
	})
}
