package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// A text with commas that lacks its quotation marks falls into several cells, and moves all behind it. Where the other lines say
// in which columns addresses, numbers or days stand, only one way to put it together leaves each in its place.

var (
	// pageAddress is one of a page of the web, and codeSaid a number or a code of one word.
	pageAddress = regexp.MustCompile(`^(?:https?|ftp)://\S+$`)
	codeSaid    = regexp.MustCompile(`^[\pL._/#-]{0,12}\d[\w./#-]{0,20}$`)
)

// anchors tell cells by what they hold, however long the list is.
var anchors = []func(string) bool{pageAddress.MatchString, plainAddress.MatchString, isDay, codeSaid.MatchString, holdsLetters}

func holdsLetters(s string) bool { return readCell(s).kind == letterCell }

// rejoinMost is how many lines are looked at for what their columns hold.
const rejoinMost = 500

// rejoined puts together what fell apart in lines with more cells than the head has, where only one way fits, and says so.
func (p *csvParser) rejoined(t Table) Table {
	if len(t.Rows) < 4 {
		return t
	}
	width := len(t.Rows[0].Cells)
	long := 0
	for _, row := range t.Rows[1:] {
		if len(row.Cells) > width {
			long++
		}
	}
	if width < 3 || long == 0 || long*2 > len(t.Rows) {
		return t
	}
	held := heldBy(t.Rows[1:], width)
	for n, row := range t.Rows {
		if len(row.Cells) <= width {
			continue
		}
		if at := held.onlyPlace(row.Cells, width); at >= 0 {
			extra := len(row.Cells) - width
			one := strings.Join(row.Cells[at:at+extra+1], string(p.delim))
			t.Rows[n].Cells = slices.Concat(row.Cells[:at:at], []string{one}, row.Cells[at+extra+1:])
			t.Notes = append(t.Notes, Note{Line: row.Line, Text: "This line has more cells than there are headings: “" + short(clean(one)) + "” is read as one of them, which lacks its quotation marks."})
		}
	}
	return t
}

// columnsHold says of each column what nearly all of its cells are; nil of columns of any text.
type columnsHold []func(string) bool

func heldBy(rows []Row, width int) columnsHold {
	held := make(columnsHold, width)
	for i := range held {
		for _, is := range anchors {
			all, fit := 0, 0
			for _, row := range rows[:min(len(rows), rejoinMost)] {
				if v := value(row.Cell(i)); v != "" && len(row.Cells) == width {
					all++
					if is(v) {
						fit++
					}
				}
			}
			if all > 1 && fit*10 >= all*9 {
				held[i] = is
				break
			}
		}
	}
	return held
}

// onlyPlace is where cells have to be put together so that each column holds what it does elsewhere; -1 where none or several
// places do.
func (h columnsHold) onlyPlace(cells []string, width int) int {
	extra, place := len(cells)-width, -1
	for at := range width {
		if h[at] != nil || !h.fits(cells, at, extra) {
			continue
		}
		if place >= 0 {
			return -1
		}
		place = at
	}
	return place
}

// fits reports that the cells before and behind such a place hold what their columns do.
func (h columnsHold) fits(cells []string, at, extra int) bool {
	for i, is := range h {
		from := i
		if i > at {
			from = i + extra
		}
		if is != nil && i != at && value(cells[from]) != "" && !is(value(cells[from])) {
			return false
		}
	}
	return true
}
