package sheet

import (
	"maps"
	"regexp"
	"strconv"
	"strings"
)

var (
	// asciiTable begins and ends a table of AsciiDoc: of cells behind bars, or of values between commas.
	asciiTable = regexp.MustCompile(`^[|,]={3,}$`)
	asciiCols  = regexp.MustCompile(`\bcols\s*=\s*(?:"([^"]*)"|([^",\]]+))`)
	// cellSpec stands right before the bar of a cell: how many columns and rows it takes, how often it comes, how it is set.
	cellSpec = regexp.MustCompile(`(?:^|\s)(?:(\d+)?(?:\.(\d+))?([+*]))?(?:[<^>]?(?:\.[<^>])?)[adehlms]?$`)
)

// asciiCell is a cell with the columns and rows that it takes.
type asciiCell struct {
	text       string
	cols, rows int
}

// asciiDoc reads a table from its first line to the next one like it: rows may stand in one line, or a cell a line.
func (w *wiki) asciiDoc(fence string) {
	wide := w.asciiColumns()
	var cells []asciiCell
	first, spans := w.at, map[int]asciiCell{}
	flush := func() {
		if len(cells) > 0 {
			w.out[first] = barRow(spread(cells, spans))
		}
		cells = nil
	}
	for w.at++; w.at < len(w.lines); w.at++ {
		line := strings.TrimSpace(w.lines[w.at])
		if line == fence {
			w.at++
			break
		}
		if fence[0] == ',' {
			if line != "" {
				w.out[w.at] = barRow(valuesOf(line))
			}
			continue
		}
		before, found := asciiCells(line)
		if len(cells) > 0 && before != "" {
			cells[len(cells)-1].text += " " + before
		}
		if len(found) == 0 {
			continue
		}
		if taken(cells, spans) >= wide && wide > 0 {
			flush()
		}
		if len(cells) == 0 {
			first = w.at
		}
		cells = append(cells, found...)
		if wide == 0 {
			wide = taken(cells, nil)
		}
		if next := w.at + 1; taken(cells, spans) >= wide && (next >= len(w.lines) || startsCell(w.lines[next]) || strings.TrimSpace(w.lines[next]) == "") {
			flush()
		}
	}
	flush()
}

// asciiColumns is how many columns the line above a table says that it has, 0 where it does not. The line before that may be
// its title.
func (w *wiki) asciiColumns() (n int) {
	at := w.at - 1
	if at >= 0 && strings.HasPrefix(strings.TrimSpace(w.lines[at]), "[") {
		if m := asciiCols.FindStringSubmatch(w.lines[at]); m != nil {
			for col := range strings.SplitSeq(m[1]+m[2], ",") {
				times, _, many := strings.Cut(strings.TrimSpace(col), "*")
				if k, err := strconv.Atoi(times); many && err == nil {
					n += min(k, 1_000)
				} else {
					n++
				}
			}
		}
		at--
	}
	if at >= 0 {
		if title, found := strings.CutPrefix(strings.TrimSpace(w.lines[at]), "."); found && title != "" && !strings.ContainsAny(title[:1], ". ") {
			w.out[at] = "# " + title
		}
	}
	return n
}

func startsCell(line string) bool {
	before, found := asciiCells(strings.TrimSpace(line))
	return before == "" && len(found) > 0
}

// asciiCells cuts a line at its bars, of which a backslash makes a sign. What stands before the first cell belongs to the one
// before.
func asciiCells(line string) (before string, cells []asciiCell) {
	parts := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	var next asciiCell
	times := 1
	for i, part := range parts {
		spec := cellSpec.FindStringSubmatchIndex(part)
		after, again := asciiCell{cols: 1, rows: 1}, 1
		if spec != nil && i+1 < len(parts) {
			after, again = specified(part, spec)
			part = part[:spec[0]]
		}
		part = strings.TrimSpace(strings.ReplaceAll(part, "\x00", "|"))
		if i == 0 {
			before = part
		}
		for k := 0; i > 0 && k < times; k++ {
			next.text = part
			cells = append(cells, next)
		}
		next, times = after, again
	}
	return before, cells
}

// specified reads what stands before the bar of a cell.
func specified(part string, at []int) (cell asciiCell, times int) {
	number := func(n int) int {
		if at[n] < 0 {
			return 1
		}
		k, _ := strconv.Atoi(part[at[n]:at[n+1]])
		return min(max(k, 1), 200)
	}
	cell = asciiCell{cols: number(2), rows: number(4)}
	if at[6] >= 0 && part[at[6]] == '*' {
		return asciiCell{cols: 1, rows: 1}, cell.cols
	}
	return cell, 1
}

// taken is how many columns cells take, beside those that reach down from rows above.
func taken(cells []asciiCell, spans map[int]asciiCell) (n int) {
	for _, c := range cells {
		n += c.cols
	}
	return n + len(spans)
}

// spread is a row with what reaches down into it from above; what reaches further is kept.
func spread(cells []asciiCell, spans map[int]asciiCell) (row []string) {
	kept := map[int]asciiCell{}
	put := func(c asciiCell) {
		if c.rows--; c.rows > 0 {
			kept[len(row)] = c
		}
		row = append(row, c.text)
	}
	down := func() {
		for c, ok := spans[len(row)]; ok; c, ok = spans[len(row)] {
			delete(spans, len(row))
			put(c)
		}
	}
	for _, c := range cells {
		down()
		for range c.cols {
			put(c)
			c.text = ""
		}
	}
	down()
	maps.Copy(spans, kept)
	return row
}
