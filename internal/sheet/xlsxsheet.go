package sheet

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// sheetReader reads worksheets against the texts and formats they share.
type sheetReader struct {
	book      *archive
	shared    []string
	looks     map[int]runText // of those of them that have runs
	formats   []cellFormat
	epoch1904 bool
	cells     int // of all sheets so far
	looked    int // the same with the empty ones
}

// span is a merged range, rows and columns counted from 0.
type span struct{ top, left, bottom, right int }

// sheetBuild is one sheet while it is read.
type sheetBuild struct {
	Table
	spans []span
	row   int // the current row, from 0
	col   int // the next column, from 0
	apart hiddenParts
}

func (r *sheetReader) read(part string) (Table, error) {
	b := sheetBuild{row: -1}
	err := r.book.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			b.row, b.col = b.row+1, 0
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
				b.row = n - 1
			}
			b.apart.hideRow(b.row, attr(e, "hidden"))
		case "col":
			b.apart.hideColumns(e)
		case "c":
			return r.cell(d, e, &b)
		case "mergeCell":
			if s, ok := parseSpan(attr(e, "ref")); ok {
				b.spans = append(b.spans, s)
			}
		}
		return nil
	})
	if err != nil {
		return Table{}, err
	}
	if err := r.spread(&b); err != nil {
		return Table{}, err
	}
	rows := b.Rows[:0]
	for _, row := range b.Rows {
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	b.Rows, b.Notes = rows, b.apart.notes(rows)
	b.comments, err = r.book.comments(part)
	for _, s := range b.spans { // what is said of several cells is said of none of them
		delete(b.comments, cellAt{s.top + 1, s.left})
	}
	return b.Table, err
}

// cell reads one cell and keeps it if something stands in it.
func (r *sheetReader) cell(d *xml.Decoder, e xml.StartElement, b *sheetBuild) error {
	if ref := attr(e, "r"); ref != "" {
		row, col, ok := parseRef(ref)
		if !ok {
			return r.book.kind.broken()
		}
		b.row, b.col = row, col
	}
	at := b.col
	b.col++
	if r.looked++; r.looked > r.book.limits.Cells {
		return r.book.limits.check(b.row+1, 0, 0, r.looked)
	}
	names := []string{"v"}
	if attr(e, "t") == "inlineStr" {
		names = []string{"t"}
	}
	raw, err := runs(d, names...)
	if err != nil {
		return err
	}
	f := r.format(attr(e, "s"))
	value, err := r.value(attr(e, "t"), f, &raw)
	if err != nil {
		return err
	}
	if f.struck {
		raw.struck, value = strings.Replace(value, raw.own, "", 1), raw.own
	}
	b.leaveOut(b.row+1, at, raw.struck, value)
	if clean(value) == "" {
		return nil
	}
	if strings.IndexByte(value, 0) >= 0 {
		return r.book.kind.broken()
	}
	return r.put(b, b.row, at, value)
}

// put writes a value at a place, growing rows and columns as far as allowed.
func (r *sheetReader) put(b *sheetBuild, row, col int, value string) error {
	if err := r.book.limits.fits(row+1, value); err != nil {
		return err
	}
	at := len(b.Rows) - 1
	if at < 0 || b.Rows[at].Line < row+1 {
		b.Rows = append(b.Rows, Row{Line: row + 1})
		at++
	} else if b.Rows[at].Line > row+1 {
		return r.book.kind.broken() // rows out of order: no spreadsheet writes that
	}
	cells := b.Rows[at].Cells
	if col < len(cells) {
		cells[col] = value
		return nil
	}
	r.cells += col + 1 - len(cells)
	if err := r.book.limits.check(row+1, len(b.Rows), col+1, r.cells); err != nil {
		return err
	}
	for len(cells) < col {
		cells = append(cells, "")
	}
	b.Rows[at].Cells = append(cells, value)
	return nil
}

// spread copies the value of a merged range to the cells it covers, as far as
// the sheet has rows. Cells that hold something keep it.
func (r *sheetReader) spread(b *sheetBuild) error {
	byLine := make(map[int]int, len(b.Rows))
	width, work := 0, 0
	for i, row := range b.Rows {
		byLine[row.Line] = i
		width = max(width, len(row.Cells))
	}
	for _, s := range b.spans {
		top, ok := byLine[s.top+1]
		if !ok || b.Rows[top].Cell(s.left) == "" {
			continue
		}
		value := b.Rows[top].Cells[s.left]
		for i := top; i < len(b.Rows) && b.Rows[i].Line <= s.bottom+1; i++ {
			for col := s.left; col <= min(s.right, width-1); col++ {
				// Ranges that cover each other again and again are an attack.
				if work++; work > 2*r.book.limits.Cells {
					return r.book.kind.broken()
				}
				if b.Rows[i].Cell(col) != "" {
					continue
				}
				if r.cells++; r.cells > r.book.limits.Cells {
					return r.book.limits.check(b.Rows[i].Line, 0, 0, r.cells)
				}
				for len(b.Rows[i].Cells) <= col {
					b.Rows[i].Cells = append(b.Rows[i].Cells, "")
				}
				b.Rows[i].Cells[col] = value
			}
		}
	}
	return nil
}

// format is that of a cell's style.
func (r *sheetReader) format(style string) cellFormat {
	if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(r.formats) {
		return r.formats[n]
	}
	return cellFormat{}
}

// value turns what is stored into what a person sees; of a text that is stored elsewhere it learns how it looks.
func (r *sheetReader) value(kind string, f cellFormat, stored *runText) (string, error) {
	raw := stored.shown
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || n < 0 || n >= len(r.shared) {
			return "", r.book.kind.broken()
		}
		*stored = r.looks[n]
		return r.shared[n], nil
	case "b":
		if raw == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "str", "inlineStr":
		return unescapeExcel(raw), nil
	case "e":
		return raw, nil
	case "d":
		return strings.TrimSuffix(raw, "T00:00:00"), nil
	}
	return r.number(raw, f), nil
}

// number shows a number: days in ISO form, everything else with the fifteen
// digits that a spreadsheet shows.
func (r *sheetReader) number(raw string, f cellFormat) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) >= 1e21 {
		return raw
	}
	if (f.date || f.clock) && v >= 0 && v < 2_958_466 {
		return r.day(v, f)
	}
	suffix := ""
	if f.percent {
		v, suffix = v*100, "%"
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	out := strconv.FormatFloat(v, 'f', -1, 64)
	if f.digits > len(out) && v >= 0 && v == math.Trunc(v) {
		out = strings.Repeat("0", f.digits-len(out)) + out
	}
	return out + suffix
}

func (r *sheetReader) day(serial float64, f cellFormat) string {
	at := serialTime(serial, r.epoch1904)
	switch {
	case f.date && (!f.clock || serial == math.Trunc(serial)):
		return at.Format(time.DateOnly)
	case f.date:
		return at.Format(time.DateTime)
	}
	if whole := int(serial) * 24; whole > 0 && serial < 1000 {
		return fmt.Sprintf("%d:%02d", whole+at.Hour(), at.Minute())
	}
	return at.Format("15:04")
}

// serialTime is the moment of a spreadsheet's day number. Excel believes in a
// 29 February 1900, so days before that one are counted from a day later.
func serialTime(serial float64, epoch1904 bool) time.Time {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case epoch1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		start = start.AddDate(0, 0, 1)
	}
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * 86400)
	return start.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
}

// parseRef reads "BC12" as row 11, column 54.
func parseRef(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	n, err := strconv.Atoi(ref[i:])
	if i == 0 || err != nil || n < 1 || n > 1<<20 || col > 1<<14 {
		return 0, 0, false
	}
	return n - 1, col - 1, true
}

func parseSpan(ref string) (span, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return span{}, false
	}
	top, left, ok1 := parseRef(from)
	bottom, right, ok2 := parseRef(to)
	return span{top, left, bottom, right}, ok1 && ok2 && top <= bottom && left <= right
}
