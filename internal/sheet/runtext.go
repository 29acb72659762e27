package sheet

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// runText is a text of several runs, each of which may have a look of its own.
type runText struct {
	shown  string
	own    string // of it the runs with a look of their own: they stay where their cell is struck out
	struck string // what is struck out: it is said no more
}

// text collects the characters of the named elements below the one just
// opened, or all below it where none is named, and steps past its end. Phonetic
// guides (rPh) are not text, and what is struck out is text no more.
func text(d *xml.Decoder, names ...string) (string, error) {
	t, err := runs(d, names...)
	return t.shown, err
}

// runs collects the same and says how it looks.
func runs(d *xml.Decoder, names ...string) (runText, error) {
	r := runReader{names: names, depth: 1}
	if len(names) == 0 {
		r.take = 1
	}
	for r.depth > 0 {
		token, err := d.Token()
		if err != nil {
			return runText{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			r.characters(t)
		}
	}
	return runText{r.shown.String(), r.own.String(), r.struck.String()}, nil
}

// runReader knows at which depths the elements opened that say what the characters are; 0 where none is open.
type runReader struct {
	names                           []string
	shown, own, struck              strings.Builder
	depth, take, phonetic, struckAt int
	look                            bool // the run has one of its own
}

func (r *runReader) start(e xml.StartElement) {
	r.depth++
	if r.phonetic > 0 {
		return
	}
	switch name := e.Name.Local; {
	case name == "rPh":
		r.phonetic = r.depth
	case name == "rPr":
		r.look = true
	case (name == "strike" || name == "dstrike") && r.look && isOn(e):
		r.struckAt = r.depth - 2 // the run that has this property
	}
	for _, n := range r.names {
		if e.Name.Local == n {
			r.take = r.depth
		}
	}
}

func (r *runReader) end(name string) {
	for _, at := range []*int{&r.take, &r.phonetic, &r.struckAt} {
		if *at == r.depth {
			*at = 0
		}
	}
	r.look = r.look && name != "r"
	r.depth--
}

func (r *runReader) characters(text []byte) {
	switch {
	case r.take == 0:
	case r.struckAt > 0:
		r.struck.Write(text)
	default:
		r.shown.Write(text)
		if r.look {
			r.own.Write(text)
		}
	}
}

// struckMost bounds how much is said of what is struck out in a table.
const struckMost = 200

// strikes are what strikes a text out in Markdown.
var strikes = strings.NewReplacer("~~", "", "<s>", "", "</s>", "", "<del>", "", "</del>", "", "<strike>", "", "</strike>", "")

// leaveOut says that a text is struck out, and what of its cell stays: to a list as a note, of a grid as a repair.
func (t *Table) leaveOut(line, column int, struck, stays string) {
	if struck == "" {
		return
	}
	struck, stays = short(oneLine(strikes.Replace(struck))), short(oneLine(stays))
	if struck == "" || len(t.struck) >= struckMost {
		return
	}
	beside := ""
	if stays != "" {
		beside = " beside “" + stays + "”"
	}
	note := Note{Line: line, Text: "“" + struck + "” is struck out" + beside + " and was left out."}
	t.Notes = append(t.Notes, note)
	t.struck = append(t.struck, struckOut{line, column, note, Repair{Code: "struck-out", Where: fmt.Sprintf("line %d", line), Was: struck, Became: stays, Sure: true}})
}

// struckOut is a repair of a cell, the line of which may hold nothing else, and the note that says the same to a list.
type struckOut struct {
	line, column int
	note         Note
	repair       Repair
}

// withoutStruck is the table without the notes of what is struck out: of a grid a repair says it.
func (t Table) withoutStruck() Table {
	said := map[Note]bool{}
	for _, s := range t.struck {
		said[s.note] = true
	}
	t.Notes = slices.DeleteFunc(slices.Clone(t.Notes), func(n Note) bool { return said[n] })
	return t
}

// struckUpTo adds to a grid what is struck out in its lines, up to its last; the rest is left for the next.
func (g *Grid) struckUpTo(line int, all []struckOut) (rest []struckOut) {
	for i, s := range all {
		if s.line > line {
			return all[i:]
		}
		if g.Verdict != NotAGrid {
			g.Repairs = append(g.Repairs, s.repair)
		}
	}
	return nil
}
