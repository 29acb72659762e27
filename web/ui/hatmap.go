package ui

import (
	"context"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// HatMap is people by what they wear where: rows of hat glyphs, darker the more hangs on them. Put it in a Card.
type HatMap struct {
	Label   string
	Corner  string
	Last    string // head of the column at the right
	Columns []HatColumn
	Rows    []HatRow
	Foot    string // label of the counts; "" for none
	Counts  []int  // one a column
}

// HatColumn is the head of a column.
type HatColumn struct {
	Name, Href string
}

// HatRow is one row; Group, where set, is a heading above it.
type HatRow struct {
	Group, GroupHref string
	Name             string
	Href             string
	Detail           string
	Kind             AvatarKind
	Cells            []HatCell
	Bar              int    // per cent of the longest
	Sum              string // "5 hats · 21"
}

// HatMarks are the hats of a cell.
type HatMarks uint8

// The marks, in the order they are drawn; a half one is worn by somebody acting.
const (
	HatO HatMarks = 1 << iota
	HatHalfO
	HatM
	HatHalfM
	HatP
	HatHalfP
	hatMarks // number of combinations
)

// HatHeats are the shades of a cell: none, and four.
const HatHeats = 5

// What a cell is put together from, ready to write: a map of 1,500 cells calls no component and builds no class list.
var (
	hatHeats = func() (all [HatHeats]string) {
		for i := range all {
			all[i] = `<td><span class="c"`
			if i > 0 {
				all[i] = `<td class="h` + strconv.Itoa(i) + `"><span class="c"`
			}
		}
		return all
	}()
	hatGlyphs = func() (all [hatMarks]string) {
		for i := range all {
			for n, m := range []string{"o", "o half", "m", "m half", "p", "p half"} {
				if i&(1<<n) != 0 {
					all[i] += `<i class="g g-` + m + `" aria-hidden="true">` + strings.ToUpper(m[:1]) + `</i>`
				}
			}
		}
		return all
	}()
	hatTeam = iconHTML("users", "ic tm")
)

// HatCell is one cell; without marks and holes it is empty.
type HatCell struct {
	Marks HatMarks
	Heat  int
	Count string // printed beside the marks
	Words string // what the marks say, for a pointer and for who listens
	Team  bool   // something comes through a team alone
	Holes []HatHole
}

// HatHole is a hat that nobody wears, with what fills it.
type HatHole struct {
	Letter, Href, Words string
	Count               int // how many, where more than one
	Half                bool
}

// write writes the cell, as <td>…</td>.
func (c HatCell) write(b *strings.Builder) {
	if c.Marks == 0 && len(c.Holes) == 0 {
		b.WriteString("<td></td>")
		return
	}
	b.WriteString(hatHeats[c.Heat%HatHeats])
	words := html.EscapeString(c.Words)
	if words != "" {
		b.WriteString(` title="` + words + `"`)
	}
	b.WriteString(">" + hatGlyphs[c.Marks%hatMarks])
	for _, h := range c.Holes {
		h.write(b)
	}
	if c.Count != "" {
		b.WriteString(`<span class="n" aria-hidden="true">` + c.Count + `</span>`)
	}
	if c.Team {
		b.WriteString(hatTeam)
	}
	if words != "" {
		b.WriteString(`<span class="vh">` + words + `</span>`)
	}
	b.WriteString("</span></td>")
}

func (h HatHole) write(b *strings.Builder) {
	calm := ""
	if h.Letter != "O" {
		calm = " calm"
	}
	inside := `<i class="g g-` + strings.ToLower(h.Letter) + ` hole` + calm + `" aria-hidden="true">` + html.EscapeString(h.Letter) + `</i>`
	if h.Count > 1 {
		inside += `<span class="n" aria-hidden="true">` + strconv.Itoa(h.Count) + `</span>`
	}
	words := html.EscapeString(h.Words)
	if h.Href == "" {
		b.WriteString(`<span class="ho" title="` + words + `">` + inside + `<span class="vh">` + words + `</span></span>`)
		return
	}
	b.WriteString(`<a class="ho" href="` + html.EscapeString(h.Href) + `" title="` + words + `">` + inside + `<span class="vh">` + words + `</span></a>`)
}

// hatRow writes the cells of a row in one go.
func hatRow(cells []HatCell) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, c := range cells {
			c.write(&b)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// bar is a load bar of so many per cent, drawn so many wide.
func bar(percent, width int) templ.Component {
	w, v := strconv.Itoa(width), strconv.Itoa(max(min(percent, 100), 0)*width/100)
	return templ.Raw(`<svg class="lbar" width="` + w + `" height="6" viewBox="0 0 ` + w + ` 6" aria-hidden="true"><rect class="t" width="` + w + `" height="6" rx="3"/><rect class="v" width="` + v + `" height="6" rx="3"/></svg>`)
}

func (v HatMap) most() (n int) {
	for _, c := range v.Counts {
		n = max(n, c)
	}
	return max(n, 1)
}
