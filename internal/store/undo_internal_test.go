package store

import (
	"encoding/json"
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

// Where a column stood says nothing of one that was added or removed, and all of one that was moved.
func TestThePlaceOfWhatIsAddedIsNotTold(t *testing.T) {
	at := func(n int) map[string]any { return map[string]any{"position": float64(n), "role_id": nil} }
	for want, c := range map[int]rowChange{0: {Table: "raci_column", After: at(1)}, 1: {Table: "raci_column", Before: at(1), After: at(2)}} {
		if words, _ := c.words(nil); len(words.Fields) != want {
			t.Errorf("%+v", words)
		}
	}
}

// While there is one version of each, no page speaks of versions and their states: neither does what an event changed.
func TestNothingIsToldOfVersionsAndDrafts(t *testing.T) {
	for _, table := range []string{"policy_version", "process_version"} {
		c := rowChange{Table: table, After: map[string]any{"number": json.Number("1"), "state": "draft", "title": "All incidents must be logged"}}
		words, _ := c.words(nil)
		if len(words.Fields) != 1 || words.Fields[0].Name != "Title" {
			t.Errorf("%s: %+v", table, words.Fields)
		}
	}
	practice := rowChange{Table: "practice", After: map[string]any{"state": "planned"}}
	if words, _ := practice.words(nil); len(words.Fields) != 1 {
		t.Errorf("the state of a practice is not told: %+v", words)
	}
}
