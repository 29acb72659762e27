package sheet

import (
	"regexp"
	"strings"
	"time"
)

// Ends that are none, and months without a day, are days as people write them in lists of who is or was employed.

// openEnds stand in the place of a last day for whoever is still there.
var openEnds = folded("present current currently now today ongoing open openended tilldate todate untilnow untilfurthernotice permanent indefinite active never none heute aktuell laufend unbefristet offen bisheute bisaufweiteres jetzt " +
	"présent actuel actuellement àcejour aujourdhui encours indéterminé presente actual actualidad hastalafecha vigente indefinido atual atualmente emaberto indeterminado attuale incorso tuttora heden onbepaald obecnie настоящеевремя понастоящеевремя 至今 现在 現在 在職中 현재 재직중")

// saysOpen reports such a word.
func saysOpen(s string) bool { return len(s) <= 40 && openEnds[compact(s)] }

// monthOnly reads "Feb 2020", "02/2020" and "2020-02".
func monthOnly(s string) (year int, month time.Month, ok bool) {
	numbers, named, _, ok := dateTokens(dropClock(lowerPlain(s)))
	switch {
	case !ok || len(s) > 30:
		return 0, 0, false
	case named > 0 && len(numbers) == 1 && len(numbers[0]) == 4:
		return atoi(numbers[0]), time.Month(named), true
	case named > 0 || len(numbers) != 2:
		return 0, 0, false
	case len(numbers[0]) == 4 && len(numbers[1]) <= 2:
		year, month = atoi(numbers[0]), time.Month(atoi(numbers[1]))
	case len(numbers[1]) == 4 && len(numbers[0]) <= 2:
		year, month = atoi(numbers[1]), time.Month(atoi(numbers[0]))
	}
	return year, month, year > 1900 && year < openEnd && month >= time.January && month <= time.December
}

// dayOfMonth is the first day of a month, or its last one where a period ends with it.
func dayOfMonth(year int, month time.Month, last bool) Day {
	if last {
		return Day{time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)}
	}
	return Day{time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)}
}

// holdsDays says that a column is one of days, as its heading has it: half of what stands in it at least.
func (g *columnGuess) holdsDays() bool {
	ends := g.want == EmployedTo || g.want == HatUntil
	terms := g.want == HatFrom || g.want == HatUntil // which say no more than the year now and then: those lines are asked about
	return g.share(func(s string) bool {
		return saysWhen(s) || ends && saysOpen(s) || terms && yearOnly.MatchString(s) || terms && saysWhen(beforeRemark(s))
	}) >= 0.5
}

var yearOnly = regexp.MustCompile(`^(?:19|20)\d\d$`)

// beforeRemark is a day without what stands in brackets behind it: "1967-12-17 (left early)".
func beforeRemark(s string) string {
	if day, remark, ok := strings.Cut(s, " ("); ok && strings.HasSuffix(remark, ")") {
		return day
	}
	return s
}

// saysWhen reports what may stand in a column of days.
func saysWhen(s string) bool {
	_, day := parseDate(s)
	_, _, month := monthOnly(s)
	return day || month
}
