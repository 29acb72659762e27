package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Lists other than those of people are read the same way: each kind of list
// has a lexicon, which knows its headings in several languages. Where the
// headings say nothing, the values do: a column that holds names of known
// people, roles or days is one, whatever stands above it.

// lexicon knows the columns of one kind of list.
type lexicon struct {
	fields   []Field
	headings map[Field]string // compacted, the surest first; see compact
	weak     map[string]bool  // taken only where nothing better claims the field
	named    []Field          // one of these makes it a list of this kind
	private  bool             // personal columns are neither read nor kept
	noun     string           // "list of hats"
}

// Listing is a table that could be a list of some kind, from its headings
// down: what may be kept between a preview and its confirmation.
type Listing struct {
	File  string `json:"file"`
	Where string `json:"where"` // the sheet, where there are several
	Rows  []Row  `json:"rows"`
	Notes []Note `json:"notes"`
	Score int    `json:"score"` // how much of it is understood
	// Documents says that each line is a document, which stands in its first cell.
	Documents bool `json:"documents,omitempty"`

	parts []Note // the headings of several tables that are one list, with the last line of each
}

// Texts are the cells, the first line as well, whatever their columns say, and the parts of those that may name several things.
func (l Listing) Texts() (texts []string) {
	for _, row := range l.Rows {
		for _, cell := range row.Cells {
			texts = append(texts, cell)
			if strings.ContainsAny(cell, ";,/&\n") && len(cell) < textWithNames {
				for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(";,/&\r\n", r) }) {
					texts = append(texts, strings.TrimSpace(part))
				}
			}
		}
	}
	return texts
}

// textWithNames is how long a cell that names several people may be: a longer one tells a story.
const textWithNames = 500

// ListOptions are the answers a person has given about a list, and what is
// known that its values may name.
type ListOptions struct {
	Mapping   map[int]Field               // by column index; NoField leaves a column out
	DateOrder DateOrder                   // for dates that can be read in two ways
	Top       Top                         // what the first line is
	Known     map[Field]func(string) bool // says whether a value names something there is
}

// ListColumns is how the columns of a list are used, with what they leave open.
type ListColumns struct {
	Columns   []Column   `json:"columns"`
	Questions []Question `json:"questions"`
	Remarks   []Note     `json:"remarks"`
	Headless  bool       `json:"headless"` // the first line is one of the list
}

// listRows bounds a list of hats or policies; more is a list of something else.
const listRows = 20_000

// find makes listings of the tables of a file, the best first.
func (x lexicon) find(name string, data []byte, limits Limits) ([]Listing, error) {
	if limits.Rows == 0 {
		limits.Rows = listRows // what is longer is refused without being kept
	}
	tables, err := ReadTables(name, data, limits)
	if err != nil {
		return nil, err
	}
	var found []Listing
	for _, t := range tables {
		if err := withoutTable(t.NoList); err != nil {
			return nil, err
		}
		head, score := x.header(t)
		if len(t.Rows)-head > listRows {
			return nil, refuse(TooLarge, "There are %s lines here; a %s has at most %s. It looks like a list of something else; if not, split it.", count(len(t.Rows)-head), x.noun, count(listRows))
		}
		if t.Hidden {
			score = min(score, 1)
		}
		l := Listing{File: name, Where: t.Name, Rows: t.Rows[head:], Notes: t.Notes, Score: score}
		if x.private {
			l.blank()
		}
		found = append(found, l)
	}
	if !bytes.HasPrefix(data, []byte("PK")) { // the sheets of a workbook may be the same list at several times
		found = oneList(found)
	}
	slices.SortStableFunc(found, func(a, b Listing) int { return b.Score - a.Score })
	if len(found[0].Rows) == 1 && len(found) == 1 && !headless(found[0].Rows, nil) {
		return nil, refuse(Template, "There is only one line here and nothing below it. Fill the list in, then bring it again.")
	}
	return found, nil
}

// blank takes the values out of columns that are nobody's business.
func (l Listing) blank() {
	for i, heading := range l.Rows[0].Cells {
		if !isSensitive(oneLine(heading)) {
			continue
		}
		for _, row := range l.Rows[1:] {
			if i < len(row.Cells) {
				row.Cells[i] = ""
			}
		}
	}
}

// knownHeadings keeps the fields by heading of each lexicon, by its noun: they are asked for at each table of a document.
var knownHeadings sync.Map

// byHeading are the fields by compacted heading; it is not to be changed.
func (x lexicon) byHeading() map[string]Field {
	if m, ok := knownHeadings.Load(x.noun); ok {
		return m.(map[string]Field)
	}
	m := map[string]Field{}
	for _, f := range x.fields {
		for w := range strings.FieldsSeq(x.headings[f]) {
			if w = compact(w); m[w] == NoField { // letters of other scripts are taken apart there
				m[w] = f
			}
		}
	}
	knownHeadings.Store(x.noun, m)
	return m
}

// guess tells the field of a heading and how sure that is. "name[fr]" is the
// name in another language: taken where there is no other.
func (x lexicon) guess(known map[string]Field, heading string) (Field, float64) {
	plain, tongue, bracket := strings.Cut(heading, "[")
	sure := 0.95
	if bracket && len(tongue) <= 6 {
		heading, sure = plain, 0.4
	}
	joined := compact(heading)
	if _, ok := known[joined]; !ok {
		joined = x.nearest(known, heading, joined)
	}
	f, ok := known[joined]
	if !ok {
		// "Policy title (short)", "Startdatum der Rolle": the words before a
		// bracket, else the first or the last word where it is a strong one.
		before, _, cut := strings.Cut(heading, "(")
		if f, ok = known[compact(before)]; cut && ok {
			return f, min(sure, 0.7)
		}
		if before, _, cut = strings.Cut(heading, " / "); cut && known[compact(before)] != NoField { // "Role / contribution"
			return known[compact(before)], min(sure, 0.5)
		}
		return NoField, 0
	}
	if x.weak[joined] {
		sure = min(sure, 0.6)
	}
	return f, sure
}

// nearest is the known heading that one is but for an "s" or a "name" at its end, or for the "u_" that a service tool writes
// before columns of one's own.
func (x lexicon) nearest(known map[string]Field, heading, joined string) string {
	for _, bare := range []string{strings.TrimSuffix(joined, "s"), compact(strings.TrimPrefix(heading, "u_")), strings.TrimSuffix(joined, "name")} {
		if known[bare] != NoField && len(bare) > 3 {
			return bare
		}
	}
	return joined
}

// header picks the row whose headings are understood best.
func (x lexicon) header(t Table) (row, score int) {
	known := x.byHeading()
	for i := range min(len(t.Rows), headerRows) {
		if holdsAddress(t.Rows[i]) || countsBetween(t.Rows, i) || saysTwice(t.Rows, i) {
			continue
		}
		fields := map[Field]bool{}
		for _, cell := range t.Rows[i].Cells {
			heading := oneLine(cell)
			if heading == "" || len(heading) > 80 || x.private && isSensitive(heading) {
				continue
			}
			if f, sure := x.guess(known, heading); sure > 0 {
				fields[f] = true
			}
		}
		if i > 0 && len(fields) == 1 && filled(t.Rows[i]) > 2 && filled(t.Rows[i-1]) >= filled(t.Rows[i]) {
			continue // one of the list, in which a word stands that could head it: "employees"
		}
		n := 2 * len(fields)
		for _, f := range x.named {
			if fields[f] {
				n++
			}
		}
		if n > score {
			row, score = i, n
		}
	}
	return row, score
}

// columns decides what every column is used for: by what was chosen, by its
// heading, by what its values name. A field goes to the column that claims it
// most surely.
func (x lexicon) columns(l Listing, options ListOptions) ([]Column, error) {
	guesses := x.collect(l)
	if err := applyMapping(guesses, options.Mapping); err != nil {
		return nil, err
	}
	if x.ownColumns(guesses, options.Mapping) {
		return shareFields(guesses), nil
	}
	for i := range guesses {
		if _, chosen := options.Mapping[i]; !chosen && !guesses[i].Sensitive {
			x.byValues(&guesses[i], options.Known)
		}
	}
	referenced(guesses, options.Mapping)
	x.likelyNamed(guesses, options)
	x.days(guesses, options.Mapping)
	return shareFields(guesses), nil
}

// likelyNamed gives what such a list cannot do without, where no column is known to be it, to the one whose values name it
// most often.
func (x lexicon) likelyNamed(guesses []columnGuess, options ListOptions) {
	if slices.ContainsFunc(guesses, func(g columnGuess) bool { return slices.Contains(x.named, g.want) }) {
		return
	}
	best, field, most := -1, NoField, 0.25
	for i, g := range guesses {
		if _, chosen := options.Mapping[i]; chosen || g.Sensitive || g.want != NoField || len(g.samples) == 0 {
			continue
		}
		for _, f := range x.named {
			if test := options.Known[f]; test != nil && g.share(test) > most {
				best, field, most = i, f, g.share(test)
			}
		}
	}
	if best >= 0 {
		guesses[best].want, guesses[best].Confidence, guesses[best].Why = field, 0.4, "some of its values name "+fieldThings[field]
	}
}

func (x lexicon) collect(l Listing) []columnGuess {
	width := 0
	for _, r := range l.Rows {
		width = max(width, len(r.Cells))
	}
	known := x.byHeading()
	guesses := make([]columnGuess, width)
	for i := range guesses {
		g := &guesses[i]
		g.Index, g.Header = i, oneLine(l.Rows[0].Cell(i))
		switch {
		case x.private && isSensitive(g.Header):
			g.Sensitive, g.Why = true, "personal, and of no use here: it is not read"
		case g.Header == "":
			g.Why = "it has no heading"
		default:
			g.want, g.Confidence = x.guess(known, g.Header)
			switch g.Why = whyHeading(g.want, g.Confidence); {
			case g.want == Region:
				g.Why = "by its heading"
			case g.want == NoField && x.private && accountKeys[compact(g.Header)]:
				g.Why = namesAccounts
			}
		}
	}
	for _, r := range l.Rows[1:] {
		for i := range r.Cells {
			if v := value(r.Cells[i]); v != "" && len(guesses[i].samples) < samplesPerColumn {
				guesses[i].samples = append(guesses[i].samples, v)
			}
		}
	}
	return guesses
}

// Name names a listing on the screen.
func (l Listing) Name() string {
	if l.Where == "" {
		return l.File
	}
	return fmt.Sprintf("%s, %s", l.File, l.Where)
}
