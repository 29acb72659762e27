package sheet

import (
	"fmt"
	"path"
	"strings"
)

// Orientation is how a grid is laid out.
type Orientation string

// The orientations. Whatever it is, a [Grid] has activities with letters by role.
const (
	ActivityRole   Orientation = "activity-role"   // a row per activity, a column per role, letters in the cells
	RoleActivity   Orientation = "role-activity"   // a row per role, a column per activity
	ActivityLetter Orientation = "activity-letter" // a column per letter, roles in the cells
	PersonLetter   Orientation = "person-letter"   // a row per person, a column per letter, marks in the cells: one activity
	List           Orientation = "list"            // under each activity a line per role: "CISO – A"
)

// Verdict is what a table turned out to be.
type Verdict string

// The verdicts. Activities are given for every verdict but NotAGrid, as far
// as the orientation is read.
const (
	IsRACI     Verdict = "raci"
	IsTemplate Verdict = "template" // the form of a grid that nobody has filled in
	Doubtful   Verdict = "doubtful" // letters, but perhaps with another meaning
	NotAGrid   Verdict = "not-raci"
)

// Reading is everything that was found in a file.
type Reading struct {
	File  string `json:"file"`
	Grids []Grid `json:"grids"`
}

// Grid is one RACI grid as understood. Roles are exactly the keys used in
// the cells; empty cells are left out.
type Grid struct {
	Name        string         `json:"name"`
	Where       string         `json:"where"` // "sheet Roles, line 3"
	Orientation Orientation    `json:"orientation,omitempty"`
	Verdict     Verdict        `json:"verdict"`
	Confidence  float64        `json:"confidence"` // 0 to 1
	Reasons     []string       `json:"reasons"`    // sentences; the first says why it was refused, if it was
	Roles       []string       `json:"roles"`
	Activities  []GridActivity `json:"activities"`
	Repairs     []Repair       `json:"repairs"`
	Problems    []Problem      `json:"problems"`
	Columns     []GridColumn   `json:"columns,omitempty"`
	Notes       []Note         `json:"notes,omitempty"`  // rows above, below and between that are no activities
	Legend      Legend         `json:"legend,omitempty"` // what the file says that letters and abbreviations of this grid mean

	// Key tells the grids of a file apart: the number of its table, and its own in there.
	Key string `json:"-"`

	hidden bool
	weak   bool              // doubtful for no more than the letters that it lacks
	steps  bool              // it says of steps who does them, and no more
	source Table             // the rows it was looked for in
	head   int               // line
	named  map[string]string // the roles that have been given letters, by how they are compared
	uses   map[int]string
	above  []string // what each role stands under in the row above the head
}

// GridActivity is one row of a grid.
type GridActivity struct {
	Line    int             `json:"line"`
	ID      string          `json:"id,omitempty"` // as the grid numbers it
	Name    string          `json:"name"`         // empty where the row has letters and no name
	Section string          `json:"group"`        // the heading or group it stands under
	Cells   map[string]Cell `json:"cells"`        // by role
	Note    string          `json:"note"`
}

// Repair is something that was changed on the way in.
type Repair struct {
	Code   string `json:"code"`
	Where  string `json:"where"` // "line 4, Service desk"
	Was    string `json:"was"`
	Became string `json:"became"`
	Sure   bool   `json:"sure"` // false: a guess, worth a look
}

// line is where it was; 0 of what is in no line.
func (r Repair) line() (n int) {
	_, _ = fmt.Sscanf(r.Where, "line %d", &n)
	return n
}

// Problem is something that a person has to decide.
type Problem struct {
	Code     string   `json:"code"`
	Line     int      `json:"line"`
	Activity string   `json:"activity"`
	Roles    []string `json:"roles"`
	Text     string   `json:"text"`
}

// GridColumn says what a column is used for.
type GridColumn struct {
	Index  int    `json:"index"` // from 0
	Header string `json:"header"`
	Use    string `json:"use"` // role, activity, id, group or note
}

// GridOptions are what a person may say about a file.
type GridOptions struct {
	Sheet   string                // the sheet to read; empty: any
	Limits  Limits                // zero fields take their default
	Choices map[string]GridChoice // by the Key of a grid
}

// ReadGrids reads every table of a file and says of each what it is. The
// error is an [*Error] and means that the file gave no tables at all.
func ReadGrids(name string, data []byte, options GridOptions) (Reading, error) {
	tables, err := ReadTables(name, data, options.Limits)
	if err != nil {
		return Reading{File: baseName(name)}, err
	}
	reading := GridsOf(name, tables, options)
	if len(reading.Grids) == 0 {
		return reading, refuse(NotRACI, "There is no sheet “%s” in this workbook.", options.Sheet)
	}
	return reading, nil
}

func baseName(file string) string { return path.Base(strings.ReplaceAll(file, "\\", "/")) }

// Plain are the grids that are RACI without a doubt; those of hidden sheets only where no other sheet has one.
func (r Reading) Plain() []Grid {
	var shown, hidden []Grid
	for _, g := range r.Grids {
		switch {
		case g.Verdict != IsRACI:
		case g.hidden:
			hidden = append(hidden, g)
		default:
			shown = append(shown, g)
		}
	}
	if len(shown) > 0 {
		return shown
	}
	return hidden
}

// ReadGrid reads the one grid of a file. Everything else is refused with a
// sentence that says what it looks like: Template, NotRACI, or Several where
// one has to be chosen. The grid is given back with the refusal as far as it
// was understood.
func ReadGrid(name string, data []byte, options GridOptions) (Grid, error) {
	reading, err := ReadGrids(name, data, options)
	if err != nil {
		return Grid{}, err
	}
	plain := reading.Plain()
	switch len(plain) {
	case 1:
		return plain[0], nil
	case 0:
		return refuseGrids(reading.Grids)
	}
	var names []string
	for _, g := range plain {
		names = append(names, fmt.Sprintf("“%s” (%s)", g.Name, g.Where))
	}
	return plain[0], refuse(Several, "There are %d grids in this file: %s. Choose one of them, or bring each in a file of its own.", len(plain), strings.Join(names, ", "))
}

// refuseGrids turns the verdict that came nearest to a grid into a refusal.
func refuseGrids(grids []Grid) (Grid, error) {
	nearness := map[Verdict]int{IsRACI: 4, IsTemplate: 3, Doubtful: 2, NotAGrid: 1}
	best := grids[0]
	for _, g := range grids[1:] {
		if nearness[g.Verdict] > nearness[best.Verdict] {
			best = g
		}
	}
	code := NotRACI
	switch {
	case best.Verdict == IsTemplate:
		code = Template
	}
	return best, refuse(code, "%s", best.Reasons[0])
}
