package sheet

import (
	"regexp"
	"strings"
	"unicode"
)

// columnRule is drawn above, below and within a simple table of reStructuredText: a run of signs over each column.
var columnRule = regexp.MustCompile(`^={2,}(?: +={2,})+$`)

// simpleMost is how many lines such a table may have.
const simpleMost = 5_000

// simple reads a table whose columns stand below a rule; false where no rule ends it. A line without a first cell goes on with the
// row above.
func (w *wiki) simple() bool {
	end := w.simpleEnd()
	if end < 0 {
		return false
	}
	starts := columnStarts(w.lines[w.at])
	var row []string
	first := w.at
	flush := func() {
		if row != nil {
			w.out[first] = barRow(row)
		}
		row = nil
	}
	for w.at++; w.at < end; w.at++ {
		line := strings.TrimRight(w.lines[w.at], " \t")
		bare := strings.TrimSpace(line)
		if bare == "" || strings.Trim(bare, "= ") == "" || strings.Trim(bare, "- ") == "" && strings.Contains(bare, "--") {
			flush()
			continue
		}
		cells := cutWide(line, starts)
		if cells[0] == "" && row != nil {
			for i, c := range cells {
				row[i] = strings.TrimSpace(row[i] + " " + c)
			}
			continue
		}
		flush()
		row, first = cells, w.at
	}
	flush()
	w.at = end + 1
	return true
}

// simpleEnd is the line of the last rule: nothing of the table follows it.
func (w *wiki) simpleEnd() int {
	last := -1
	for i := w.at + 1; i < min(len(w.lines), w.at+simpleMost); i++ {
		line := strings.TrimSpace(w.lines[i])
		if !columnRule.MatchString(line) {
			continue
		}
		last = i
		if i+1 >= len(w.lines) || strings.TrimSpace(w.lines[i+1]) == "" {
			break
		}
	}
	if last < w.at+2 {
		return -1
	}
	return last
}

// columnStarts are the places where the runs of a rule begin.
func columnStarts(rule string) (starts []int) {
	before := ' '
	for i, r := range []rune(rule) {
		if r == '=' && before != '=' {
			starts = append(starts, i)
		}
		before = r
	}
	return starts
}

// cutWide cuts a line where the columns begin. Signs of the East take two places.
func cutWide(line string, starts []int) []string {
	cells := make([]string, len(starts))
	at, col := 0, 0
	for _, r := range line {
		for col+1 < len(starts) && at >= starts[col+1] {
			col++
		}
		cells[col] += string(r)
		at++
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= '！' && r <= '～' {
			at++
		}
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}
