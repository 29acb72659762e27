package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Top says what the first line of a list is.
type Top string

// What it may be; TopGuessed leaves it to what stands in it.
const (
	TopGuessed  Top = ""
	TopHeadings Top = "headings"
	TopData     Top = "data"
)

// coded is a number that begins with letters: "P-801", "EMP00012".
var coded = regexp.MustCompile(`^\pL{1,6}[-_ .]?\d{2,}$`)

// speaksForItself reports what stands under headings and is none: an e-mail address, a day, a coded number.
func speaksForItself(s string) (kind int) {
	if _, ok := address(s); ok {
		return 1
	}
	switch {
	case isDay(s):
		return 2
	case coded.MatchString(s):
		return 3
	}
	return 0
}

// holdsAddress says that a row is none of headings, however many of its words could be.
func holdsAddress(row Row) bool {
	return slices.ContainsFunc(row.Cells, func(cell string) bool { return speaksForItself(value(cell)) == 1 })
}

// headless says that the first of some rows is no head: it holds an address, a day or a coded number as the rows below do in
// the same column, or the name of somebody who is known.
func headless(rows []Row, known func(string) bool) bool {
	if countsOn(rows) {
		return true
	}
	for i, cell := range rows[0].Cells {
		v := value(cell)
		if known != nil && strings.Contains(v, " ") && known(v) {
			return true
		}
		kind, alike, filled := speaksForItself(v), 0, 0
		if kind == 0 {
			continue
		}
		for _, row := range rows[1:min(len(rows), samplesPerColumn)] {
			if below := value(row.Cell(i)); below != "" {
				if filled++; speaksForItself(below) == kind {
					alike++
				}
			}
		}
		if alike*2 > filled || filled == 0 && kind == 1 {
			return true
		}
	}
	return false
}

// countsOn reports rows that are numbered from the first one on: "1, 2, 3" in the first column.
func countsOn(rows []Row) bool {
	if len(rows) < 3 {
		return false
	}
	for i, row := range rows[:3] {
		if n, err := strconv.Atoi(value(row.Cell(0))); err != nil || n > 9 || i > 0 && value(rows[i-1].Cell(0)) != strconv.Itoa(n-1) {
			return false
		}
	}
	return true
}

// countsBetween reports a row whose number in the first column goes on with the next row's.
func countsBetween(rows []Row, i int) bool {
	if i+1 >= len(rows) {
		return false
	}
	n, err := strconv.Atoi(value(rows[i].Cell(0)))
	return err == nil && value(rows[i+1].Cell(0)) == strconv.Itoa(n+1)
}

// saysTwice reports a row below a full one that says a word twice: one of a list, in which words stand that could head it.
func saysTwice(rows []Row, i int) bool {
	return i > 0 && filled(rows[0]) >= filled(rows[i]) && !rows[0].repeats() && rows[i].repeats()
}

func (r Row) repeats() bool {
	seen := map[string]bool{}
	for _, cell := range r.Cells {
		s := strings.ToLower(oneLine(cell))
		if s != "" && seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}

// headed puts a head without words above rows that have none; bare says that it did.
func headed(rows []Row, top Top, known func(string) bool) (all []Row, bare bool) {
	if len(rows) == 0 || top == TopHeadings || top == TopGuessed && !headless(rows, known) {
		return rows, false
	}
	return append([]Row{{Line: rows[0].Line, Cells: make([]string, len(rows[0].Cells))}}, rows...), true
}

// noHeadings says so of a list.
const noHeadings = "The first line holds no headings: it is read as a line of the list."

// namesBesideAddresses finds in a list of people without headings the column of addresses, the one whose words stand in
// these, and numbers in the first column.
func namesBesideAddresses(guesses []columnGuess, rows []Row) {
	isAddress := func(s string) bool { return speaksForItself(s) == 1 }
	mail := slices.IndexFunc(guesses, func(g columnGuess) bool { return len(g.samples) > 0 && g.share(isAddress) >= 0.8 })
	if mail < 0 {
		return
	}
	take := func(i int, f Field, why string) {
		if g := &guesses[i]; g.want == NoField && g.Confidence == 0 {
			g.want, g.Confidence, g.Why = f, 0.6, why
		}
	}
	take(mail, Email, "its values are e-mail addresses")
	best, most := -1, 0.5
	for i := range guesses {
		hits, n := 0, 0
		for _, row := range rows {
			if local, _, ok := strings.Cut(compactMail(row.Cell(mail)), "@"); ok && i != mail && value(row.Cell(i)) != "" {
				n++
				words := tokens(nameValue(row.Cell(i)))
				if len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return len(w) > 2 && strings.Contains(local, w) }) {
					hits++
				}
			}
		}
		if share := float64(hits) / float64(max(n, 1)); share > most {
			best, most = i, share
		}
	}
	if best >= 0 && guesses[best].share(noName.MatchString) <= 0.5 {
		take(best, FullName, "its words stand in the addresses")
	}
	if first := guesses[0]; best != 0 && mail != 0 && len(first.samples) > 0 && first.share(func(s string) bool { return isNumber(s) || coded.MatchString(s) }) == 1 {
		take(0, ExternalID, "its values are numbers, and stand first")
	}
}

// compactMail is an address in small letters.
func compactMail(s string) string {
	a, _ := address(value(s))
	return strings.ToLower(a)
}
