package sheet

import "time"

// turns are those of a rota: their first and last days, a line each, the columns of who has them, and how that was read. Of the
// last one there may be no last day.
type turns struct {
	days, ends []time.Time
	columns    []int
	how        string
}

// turnsFrom are the turns of a rota of which the first column has the days on which they begin.
func (l Listing) turnsFrom() (t turns, ok bool) {
	if len(l.Rows) < 3 || len(l.Rows[0].Cells) < 2 || l.saysRoles() {
		return t, false
	}
	if first := compact(oneLine(l.Rows[0].Cells[0])); !turnHeads[first] && !(firstDays[first] && l.saysRota()) {
		return t, false
	}
	for _, row := range l.Rows[1:] {
		day, ok := dayForSure(row.Cell(0))
		if n := len(t.days); !ok || n > 0 && (!day.After(t.days[n-1]) || day.Sub(t.days[n-1]) > turnMost) {
			return t, false
		}
		t.days = append(t.days, day)
	}
	for i := range l.Rows[0].Cells[1:] {
		t.columns = append(t.columns, i+1)
	}
	sure := false
	t.how = "to the day before the next one; the last is taken to be as long as most"
	if t.ends, sure = endsOfTurns(t.days); !sure {
		t.how = "to the day before the next one; the last is left out: no two turns say how long it is"
	}
	return t, true
}

// turnsWithin are the turns of a rota that says their first and last days, in a column each or in one: "2 March – 9 March 2026". On a
// day that ends one and begins the next, the next one has it.
func (l Listing) turnsWithin() (t turns, ok bool) {
	if len(l.Rows) < 3 || l.saysRoles() || !l.saysRota() && !l.firstAndSecond() {
		return t, false
	}
	known, from, until := hatLexicon.byHeading(), -1, -1
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		switch f, _ := hatLexicon.guess(known, h); {
		case l.holdsTerms(i):
			from, until = i, i
		case f == HatFrom && from < 0:
			from = i
		case f == HatUntil && until < 0:
			until = i
		case !turnHeads[compact(h)] && !l.holdsNumbers(i):
			t.columns = append(t.columns, i)
		}
	}
	if from < 0 || until < 0 {
		return t, false
	}
	for n, row := range l.Rows[1:] {
		first, last := row.Cell(from), row.Cell(until)
		if from == until {
			first, last, _ = daysOfTerm(first)
		}
		day, ok := dayForSure(first)
		end, till := dayForSure(last)
		if !ok || !till || end.Before(day) || end.Sub(day) > turnMost {
			return t, false
		}
		if n > 0 && t.ends[n-1].Equal(day) && t.days[n-1].Before(day) {
			t.ends[n-1] = day.AddDate(0, 0, -1)
		}
		t.days, t.ends = append(t.days, day), append(t.ends, end)
	}
	t.how = "with the days that it has; on a day that ends one and begins the next, the next one has it"
	return t, true
}

// dayForSure is the day that a cell names in a way that can be read in one way only: "03/04/2026" may be either of two.
func dayForSure(cell string) (time.Time, bool) {
	raw, ok := parseDate(value(cell))
	if !ok || !raw.known && !raw.dotted {
		return time.Time{}, false
	}
	day, ok := raw.in(DMY, latestYear)
	return day.Time, ok
}

// turnMost is how long a turn may be: what has longer ones is no rota.
const turnMost = 92 * 24 * time.Hour

// endsOfTurns are the last days of turns, each the one before the next begins. How long the last one is, the others say where
// half of them are of one length at least and it is not one alone; else it has none.
func endsOfTurns(days []time.Time) (ends []time.Time, sure bool) {
	times, most := map[time.Duration]int{}, time.Duration(0)
	for n, next := range days[1:] {
		ends = append(ends, next.AddDate(0, 0, -1))
		long := next.Sub(days[n])
		if times[long]++; times[long] > times[most] {
			most = long
		}
	}
	if times[most]*2 < len(ends) || times[most] == 1 && len(ends) > 1 {
		return ends, false
	}
	return append(ends, days[len(days)-1].Add(most).AddDate(0, 0, -1)), true
}

// rotaWithoutDays is the error of a list, which for a rota says what is missing: "Week 1" is no day.
func (l Listing) rotaWithoutDays(err error) error {
	if len(l.Rows) < 3 || l.saysRoles() || !l.saysRota() && !l.firstAndSecond() {
		return err
	}
	head := oneLine(l.Rows[0].Cell(0))
	if first := compact(head); !turnHeads[first] && !firstDays[first] {
		return err
	}
	for _, row := range l.Rows[1:] {
		if _, ok := dayForSure(row.Cell(0)); !ok && value(row.Cell(0)) != "" {
			return refuse(WrongMapping, "This looks like a rota, but “%s” under “%s” does not say on which day that turn begins. Write the days there, with their years, or say what the columns are.", short(value(row.Cell(0))), head)
		}
	}
	return err
}
