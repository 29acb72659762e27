package store

import (
	"slices"
	"testing"

	"hatrack/internal/itsm"
)

// Every act can be taken back, or is one of these: logins and the rights that hang on them, what somebody says for themselves,
// and what only the machine's owner does.
func TestEveryActIsUndoneOrNever(t *testing.T) {
	never := []itsm.Action{
		itsm.ManageAccounts, itsm.ChangePassword, itsm.AppointFirstLead, itsm.Object, itsm.ReportMistake, itsm.Generate,
	}
	for _, act := range itsm.Actions() {
		if undone := undoable[act] != nil || slices.Contains(byRows, act); undone == slices.Contains(never, act) {
			t.Errorf("%q: undone is %v", act, undone)
		}
	}
}
