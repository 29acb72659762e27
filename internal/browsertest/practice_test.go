package browsertest

import (
	"strings"
	"testing"
)

// A practice is born with three roles; its process gets activities at the end, in between, and in another order.
func TestMakesPracticeProcessActivities(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.open("/practices")
		p.press("Add your first practice")
		p.fill("Name", "Incident management")
		p.fill("Purpose", "Get service back to normal quickly.")
		p.press("Add practice")
		p.keeps("Incident management", "Get service back to normal quickly.", "Owner", "Manager", "Practitioner", "No process yet")
		p.press("Add a process")
		p.fill("Name", "Handle an incident")
		p.fill("Triggers", "A user reports\nMonitoring reports")
		p.press("Add process")
		p.keeps("Handle an incident", "A user reports", "Monitoring reports", "No activity yet")
		p.press("Add an activity")
		p.fill("Name", "Log")
		p.press("Add, and another one")
		p.fill("Name", "Restore")
		p.press("Add activity")
		p.open("/processes/1/order")
		p.press("Insert before Restore")
		p.fill("Name", "Diagnose")
		p.fill("Procedure", "Call whoever is on duty.")
		p.press("Add activity")
		order := func(want string) {
			t.Helper()
			p.open("/processes/1")
			p.reload()
			if got := strings.Join(run[[]string](p, `[...document.querySelectorAll('table.flow .nm')].map(e => e.innerText)`), ", "); got != want {
				t.Errorf("activities in order %s; want %s", got, want)
			}
		}
		order("Log, Diagnose, Restore")
		p.open("/processes/1/order")
		p.press("Move Restore up")
		order("Log, Restore, Diagnose")
		p.press("Diagnose")
		p.keeps("Call whoever is on duty.")
	})
}

// A process with activities is archived, and comes back; a practice that nothing hangs on is deleted.
func TestArchivesAndRestores(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		practice := "/practices/" + s.id("practice", "Incident management")
		p.open("/processes/1")
		p.press("Archive")
		p.press("Archive it")
		p.open(practice)
		p.keeps("No process yet")
		p.open("/processes/1")
		p.press("Bring it back")
		p.open(practice)
		p.keeps("Handle an incident")
		p.open("/practices/" + s.id("practice", "Change enablement") + "/archive")
		p.press("Delete it")
		p.sees("was deleted")
		p.open("/practices")
		p.keeps("Incident management")
		p.misses("Change enablement")
	})
}

// Two people edit one practice: the later one sees what stands, and loses nothing typed.
func TestSecondEditorSeesBoth(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		first, second := s.as(ingrid, script), s.as(ingrid, script)
		address := "/practices/" + s.id("practice", "Incident management") + "/edit"
		first.open(address)
		second.open(address)
		first.fill("Purpose", "Restore service.")
		first.press("Save")
		second.fill("Purpose", "Limit the harm.")
		second.press("Save")
		second.sees("Restore service.")
		if got := run[string](second, `document.querySelector('[name=purpose]').value`); got != "Limit the harm." {
			t.Errorf("the form came back with the purpose %q", got)
		}
		first.keeps("Restore service.")
	})
}
