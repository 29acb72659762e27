package page

import (
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

func TestStripSaysWhoseAnInvitedHatIs(t *testing.T) {
	for _, c := range []itsm.Column{
		{Role: itsm.Role{ID: 7, Kind: itsm.Practitioner, Name: "Change authority", PracticeID: 3, ScopeName: "Change enablement", PerCase: true}, Source: itsm.Invited},
		{Role: itsm.Role{ID: 7, Kind: itsm.Practitioner, Name: "Change analyst", PracticeID: 3, ScopeName: "Change enablement"}, Source: itsm.Invited},
		{Role: itsm.Role{ID: 7, Kind: itsm.Manager, Name: "Practice Manager", PracticeID: 3, ScopeName: "Change enablement"}, Source: itsm.Invited},
	} {
		markup := markupOf(t, HatStrip{At: itsm.Scope{PracticeID: 1, ProcessID: 2}, Columns: []itsm.Column{c}}.View())
		if strings.Count(markup, `href="/practices/3-change-enablement"`) != 1 || strings.Contains(markup, "per case") != c.Role.PerCase {
			t.Errorf("%s: %s", c.Role.Name, markup)
		}
	}
}

// Planned practices have next steps, not gaps: there a chair is not vacant, but nobody's yet.
func TestAnEmptyChairIsANextStepInAPlannedPractice(t *testing.T) {
	strip := HatStrip{
		At: itsm.Scope{PracticeID: 1}, Owner: itsm.Column{Role: itsm.Role{ID: 7, Kind: itsm.Owner, Name: "Owner"}},
		Columns: []itsm.Column{{Role: itsm.Role{ID: 8, Kind: itsm.Manager, Name: "Manager"}}},
	}
	for planned, want := range map[bool][3]int{true: {2, 0, 0}, false: {0, 2, 1}} {
		strip.Planned = planned
		markup := markupOf(t, strip.View())
		red := strings.Count(markup, " hole") - strings.Count(markup, " hole calm")
		if got := [3]int{strings.Count(markup, "Nobody yet"), strings.Count(markup, "Vacant"), red}; got != want {
			t.Errorf("planned %v: nobody yet, vacant, red glyphs %v, want %v", planned, got, want)
		}
	}
}
