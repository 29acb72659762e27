package page

import (
	"bytes"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// A process of which only something is worth watching is not said to be well.
func TestTheCheckOfAProcessIsItsWorst(t *testing.T) {
	line := itsm.ProcessLine{ID: 7, Name: "Handle an incident", Activities: 8}
	for _, c := range []struct {
		state  itsm.PracticeState
		checks itsm.RowChecks
		says   string
	}{
		{itsm.InUse, itsm.RowChecks{}, "OK"},
		{itsm.InUse, itsm.RowChecks{Watch: 6}, "6 rows to watch"},
		{itsm.InUse, itsm.RowChecks{Fix: 1, Watch: 6}, "1 row to fix"},
		{itsm.Planned, itsm.RowChecks{Fix: 1, Watch: 6}, "7 next steps"},
	} {
		v := Practice{Practice: itsm.Practice{State: c.state}, Checks: map[int64]itsm.RowChecks{7: c.checks}}
		var b bytes.Buffer
		if err := v.process(line, 0, 1).Render(t.Context(), &b); err != nil || !strings.Contains(b.String(), c.says) {
			t.Errorf("%s, %+v: %v, %s", c.state, c.checks, err, b.String())
		}
	}
}
