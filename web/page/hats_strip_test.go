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
