package page

import (
	"testing"

	"hatrack/internal/itsm"
)

// A hat that is bound to a service alone does not carry the sign of a region.
func TestAHatOfAServiceIsNoHatOfARegion(t *testing.T) {
	for want, h := range map[string]itsm.WornHat{"life-buoy": {Service: "Payroll"}, "globe": {Region: "EMEA", Service: "Payroll"}} {
		if got := wornIcon(h); got != want {
			t.Errorf("%s: %s", wornWhere(h), got)
		}
	}
}
