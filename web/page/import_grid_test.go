package page

import (
	"testing"
	"time"
)

// Of a grid that was not understood, what can be said is what the page offers to say.
func TestANotUnderstoodGridNamesWhatIsOffered(t *testing.T) {
	rows := []GridRowChoice{{1, "a"}, {2, "b"}}
	for want, r := range map[string]GridReading{
		"If it is one, say above which way round it is and which row has the names. Then its columns can be chosen.":              {Rows: rows},
		"If it is one, say above which way round it is, which row has the names, what its columns are and what its letters mean.": {Rows: rows, Columns: []GridColumnUse{{0, "a", "ignore"}}, Signs: []GridSign{{"k", "X", ""}}},
		"If it is one, change its file so that a row names the roles, and bring it again.":                                        {List: true},
	} {
		if got := (BatchGrid{Reading: r}).notRead(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Uploads of one name are told apart by when they came.
func TestWaitingUploadsSayWhenTheyCame(t *testing.T) {
	for age, want := range map[time.Duration]string{20 * time.Second: "just now", 61 * time.Second: "1 minute ago", 59 * time.Minute: "59 minutes ago", 150 * time.Minute: "2 hours ago"} {
		if got := (WaitingGrids{Age: age}).age(); got != want {
			t.Errorf("%v: %q, want %q", age, got, want)
		}
	}
}
