package page

import (
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Who left is away no more, whatever absence was entered before.
func TestWhoLeftIsNotAway(t *testing.T) {
	today := storetest.Today
	back := today.AddDate(0, 0, 14)
	v := Person{
		Person: itsm.Person{ID: 4, Name: "Ana Souza"}, Today: today, By: itsm.Actor{Today: today}, May: PersonMay{Absence: true},
		Absences: []itsm.Absence{{ID: 1, Period: itsm.Period{From: today.AddDate(0, 0, -3), To: &back}}},
	}
	if got := markupOf(t, v.state()) + markupOf(t, v.absent()); !strings.Contains(got, "away until") || !strings.Contains(got, "Back today") {
		t.Errorf("who is away: %s", got)
	}
	v.Person.EmployedTo = &today
	if got := markupOf(t, v.state()) + markupOf(t, v.absent()); strings.Contains(got, "away until") || strings.Contains(got, "Back today") || !strings.Contains(got, "left, last day") {
		t.Errorf("who left: %s", got)
	}
}
