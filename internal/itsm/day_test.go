package itsm

import (
	"testing"
	"time"
)

func TestOnAnotherDayNothingButReading(t *testing.T) {
	today, day := Day(2026, 11, 23), Day(2026, 3, 3)
	lead := Actor{AccountID: 1, PersonID: 1, Today: today, Administrator: true, Hats: []Hat{{Kind: Manager, Capacity: Holder}}}
	for act := range rights {
		here := Scope{PersonID: 1}
		then := lead
		then.On = &day
		if then.Can(act, here) != (act.Reads() && lead.Can(act, here)) {
			t.Errorf("%s on another day: %v", act, then.Can(act, here))
		}
		if lead.Can(act, here) != then.Now().Can(act, here) {
			t.Errorf("%s: back at today the right is another", act)
		}
	}
}

func TestWhoKnowsWhatComes(t *testing.T) {
	today := Day(2026, 11, 23)
	ahead, before := today.AddDate(0, 1, 0), today.AddDate(0, -1, 0)
	reader := Actor{AccountID: 1, Today: today}
	owner := Actor{AccountID: 1, Today: today, Hats: []Hat{{Kind: Owner, Capacity: Holder, PracticeID: 7}}}
	for name, c := range map[string]struct {
		by        Actor
		at        Scope
		day, want time.Time
	}{
		"a reader, ahead":               {reader, Scope{PracticeID: 7}, ahead, today},
		"a reader, before":              {reader, Scope{PracticeID: 7}, before, before},
		"a reader, today":               {reader, Scope{}, today, today},
		"an owner, ahead, in the scope": {owner, Scope{PracticeID: 7}, ahead, ahead},
		"an owner, ahead, elsewhere":    {owner, Scope{PracticeID: 8}, ahead, today},
	} {
		if got := c.by.Knows(c.day, c.at); !got.Equal(c.want) || c.by.Foresees(c.day, c.at) != c.want.Equal(c.day) {
			t.Errorf("%s: knows up to %s", name, ShowDay(got))
		}
	}
}

func TestDaysNearAtHand(t *testing.T) {
	for day, want := range map[time.Time][2]time.Time{
		Day(2026, 11, 23): {Day(2026, 10, 23), Day(2026, 10, 1)},
		Day(2026, 3, 31):  {Day(2026, 2, 28), Day(2026, 1, 1)},
		Day(2024, 3, 30):  {Day(2024, 2, 29), Day(2024, 1, 1)},
		Day(2026, 1, 1):   {Day(2025, 12, 1), Day(2026, 1, 1)},
	} {
		if month, quarter := MonthBefore(day), QuarterOf(day); !month.Equal(want[0]) || !quarter.Equal(want[1]) {
			t.Errorf("%s: a month before %s, quarter from %s", ShowDay(day), ShowDay(month), ShowDay(quarter))
		}
	}
}
