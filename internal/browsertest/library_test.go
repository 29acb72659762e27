package browsertest

import (
	"testing"

	"hatrack/internal/itsm"
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
		p.sees("planned", "8 roles", "2 processes", "14 activities", "Contract manager", "Example matrix")
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

// An office that has processes moves an old one into the practice it belongs to, which comes from the library; then
// makes two practices one, and takes it back.
func TestMovesAnOldProcessIntoItsPractice(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/practices/" + s.id("practice", "Incident management") + "/processes/new")
		p.fill("Name", "Event management")
		p.press("Add process")
		s.answered("Incident management", "Joe Okafor")
		p.open("/practices")
		p.press("From processes to practices")
		p.sees("Event management", "is its name in ITIL v3")
		p.misses("Handle an incident")
		p.press("See what would happen")
		p.sees("Incident management → Monitoring and event management", "is added from the library", "(nobody yet), not Incident management’s (Joe Okafor)", "The letters of “Practice Owner” go to")
		p.press("Move")
		p.keeps("Event management", "Monitoring and event management")
		p.press("Move it to another practice")
		p.choose("Practice", "Change enablement")
		p.press("See what would happen")
		p.sees("Monitoring and event management → Change enablement")
		p.press("Move")
		p.keeps("Change enablement")

		s.answered("Change enablement", "Elena Rossi")
		p.open("/practices/" + s.id("practice", "Change enablement"))
		p.press("Make it one with another practice")
		p.choose("Practice", "Incident management")
		p.press("See what would happen")
		p.sees("Whose Owner stays", "Elena Rossi", "Joe Okafor", "Event management")
		p.press("Make them one")
		p.sees("Choose whether Joe Okafor or Elena Rossi stays")
		p.tick("Elena Rossi")
		p.press("Make them one")
		p.keeps("Incident management", "Elena Rossi", "Event management", "Handle an incident")
		p.open("/practices/" + s.id("practice", "Change enablement"))
		p.sees("was made one with another one")
		p.press("Incident management")
		p.press("Undo")
		p.sees("made Change enablement one with Incident management")
		p.press("Undo")
		p.sees("It is undone.")
		p.open("/practices/" + s.id("practice", "Change enablement"))
		p.keeps("Event management", "Elena Rossi")
	})
}

// answered gives a practice an Owner since a month ago: one who begins today would only be withdrawn.
func (s *site) answered(practice, person string) {
	s.t.Helper()
	role := storetest.Value[int64](s.t, s.db, `SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name = $1 AND r.kind = 'owner'`, practice)
	who := storetest.Value[int64](s.t, s.db, `SELECT id FROM person WHERE name = $1`, person)
	if _, err := s.db.Appoint(s.t.Context(), storetest.Operator, itsm.NewAssignment{
		RoleIDs: []int64{role}, PersonIDs: []int64{who}, From: storetest.Today.AddDate(0, -1, 0), Reason: "Found so.", Announced: true,
	}); err != nil {
		s.t.Fatal(err)
	}
}

// A practice's page asks for what is empty, and takes the answer on the spot.
func TestAsksWhatAPracticeNeeds(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/practices/" + s.id("practice", "Release management"))
		p.click("Which teams, skills and habits does it need?")
		p.fill("Organisations and people", "Two release trains.")
		p.press("Write it down")
		p.keeps("Two release trains.", "Who outside takes part, and under which contract?")
		p.misses("Which teams, skills and habits does it need?")
		r := s.as(jonas, script)
		r.open("/practices/" + s.id("practice", "Release management"))
		r.misses("Who outside takes part")
	})
}

// The roles of the organisation are compared, ticked and adopted like practices; what was added is taken back from their page.
func TestAdoptsRolesOfTheOrganisation(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/practices")
		p.press("Roles of the organisation")
		p.sees("SMO lead", "Ingrid Solberg")
		p.misses("Internal auditor")
		p.press("Adopt from the practice library")
		p.sees("You have it", "Not here: SMS manager, Steering committee member, Process sponsor, Internal auditor")
		p.press("Add what is ticked")
		p.sees("Nothing was added: tick what you want of it.")
		p.tick(": Internal auditor")
		p.press("Add what is ticked")
		p.keeps("Internal auditor", "for the organisation from the practice library")
		p.misses("Steering committee member")
		p.press("Undo")
		p.press("Undo")
		p.sees("It is undone.")
		p.open("/organisation")
		p.misses("Internal auditor")
		r := s.as(jonas, script)
		r.open("/library/organisation")
		r.sees("The service management office may add what is missing.")
		r.misses("Add what is ticked")
	})
}

// What was done to a team is taken back from its history; a team that was added goes again, and the way back leads to the list.
func TestUndoesWhatWasDoneToATeam(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/teams/new")
		p.fill("Name", "Night desk")
		p.press("Save")
		p.sees("Night desk")
		p.press("History")
		p.press("Undo")
		p.press("Undo")
		p.sees("It is undone: what was added is gone again.")
		p.misses("Night desk")
	})
}
