package sheet

import (
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// A rota has a line for each turn: the day on which it begins, and who is on call then. Each is a hat for as long as the turn.

// rotaWords say that a table is one, where the columns say no role: "Primary", "Backup".
var rotaWords = words("rota rotation bereitschaft rufbereitschaft astreinte guardia plantao")

// turnHeads head the days on which turns begin; firstDays do so in what is called a rota.
var (
	turnHeads = words("week weekof weekstarting weekbeginning weekstart weekstarts weekcommencing startofweek woche wocheab wochevom semaine semainedu semana semanadel settimana")
	firstDays = words("starting starts start startdate begins from date ab von datum debut inicio")
)

// turnsApart is a rota as a list with a line for each who has a turn; others come back as they are.
func (l Listing) turnsApart() Listing {
	t, ok := l.turnsWithin()
	if !ok {
		t, ok = l.turnsFrom()
	}
	if !ok {
		return l
	}
	rows := []Row{{Line: l.Rows[0].Line, Cells: []string{"Role", "Holder", "Capacity", "From", "Until"}}}
	var left []string
	for _, i := range t.columns {
		role, as := l.roleOfTurns(i)
		if !l.holdsTurns(i) {
			left = append(left, oneLine(l.Rows[0].Cell(i)))
			continue
		}
		if role == "" {
			return l // half of a rota would be said to be all of it
		}
		for n, row := range l.Rows[1:] {
			if who := value(row.Cell(i)); who != "" && n < len(t.ends) && len(rows) <= listRows {
				rows = append(rows, Row{Line: row.Line, Cells: []string{role, row.Cell(i), string(as), t.days[n].Format(time.DateOnly), t.ends[n].Format(time.DateOnly)}})
			}
		}
	}
	if len(rows) == 1 {
		return l
	}
	slices.SortStableFunc(rows[1:], func(a, b Row) int { return a.Line - b.Line })
	l.Rows, l.Score = rows, max(l.Score, twoFields)
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "This is read as a rota: each turn is a line of its own, " + t.how + "."})
	if len(left) > 0 {
		l.note(l.Rows[0].Line, "What stands under “"+strings.Join(left, "”, “")+"” in the rota is left out.")
	}
	return l
}

// turnRoles are what those are called who have turns.
var turnRoles = words("commander responder engineer dba warden duty lead escalation")

// roleOfTurns is the role that the heading of a column of a rota says, and in which way those below have it.
func (l Listing) roleOfTurns(i int) (role string, as itsm.Capacity) {
	heading := oneLine(l.Rows[0].Cell(i))
	var rest []string
	for _, word := range strings.Fields(heading) {
		switch c := itsm.CapacityOf(strings.Trim(word, "()")); {
		case c == itsm.Deputy || compact(word) == "secondary":
			as = itsm.Deputy
		case c == "":
			rest = append(rest, word)
		}
	}
	role = strings.Trim(strings.Join(rest, " "), " -–")
	switch field, _ := hatLexicon.guess(hatLexicon.byHeading(), role); {
	case compact(role) == "oncall", (role == "" || field == HatHolder) && l.saysRota(), role == "" && l.firstAndSecond():
		return "On call", as
	case l.spelledOut(role) != "":
		return l.spelledOut(role), as
	case role != heading && role != "", isParty(role), endsWithOffice(role), hasWord(role, turnRoles):
		return role, as
	}
	return "", ""
}

// holdsTurns reports a column of people; some of its places may be vacant.
func (l Listing) holdsTurns(i int) bool {
	people := 0
	for _, row := range l.Rows[1:] {
		switch who := value(row.Cell(i)); {
		case namesOnePerson(nameValue(who)):
			people++
		case who != "" && !namesNobodyYet(who):
			return false
		}
	}
	return people > 0
}

// saysRota reports a table whose place or file says that it is one.
func (l Listing) saysRota() bool {
	where := l.Where + " " + stem(l.File)
	return strings.Contains(compact(where), "oncall") || hasWord(where, rotaWords)
}

// firstAndSecond reports a table with a column for who is first and one for who is second, which say no role.
func (l Listing) firstAndSecond() bool {
	first, second := false, false
	for _, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		first = first || itsm.CapacityOf(h) == itsm.Holder
		second = second || inHeading(h) == itsm.Deputy
	}
	return first && second
}

// spelledOut is the heading whose first letters a short role is: "IC" beside "Incident Commander".
func (l Listing) spelledOut(role string) string {
	for _, cell := range l.Rows[0].Cells[1:] {
		var first strings.Builder
		for _, word := range strings.Fields(oneLine(cell)) {
			first.WriteRune([]rune(word)[0])
		}
		if first.Len() > 1 && first.String() == role {
			return oneLine(cell)
		}
	}
	return ""
}
