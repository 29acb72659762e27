package ui

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func TestLettersReadAndWrite(t *testing.T) {
	for in, want := range map[string]string{"": "", "A": "A", "r,a": "A,R", "RACIS": "A,R,C,I,S", "x": "", "I C": "C,I"} {
		if got := ParseLetters(in).String(); got != want {
			t.Errorf("%q reads as %q, want %q", in, got, want)
		}
	}
}

func TestCellDrawsShapeLetterAndWord(t *testing.T) {
	for name, c := range map[string]struct {
		cell      Cell
		note, was string
		want      string
	}{
		"empty":      {Cell{}, "", "", "<td></td>"},
		"one":        {Cell{Letters: R}, "", "", `<td><i class="g g-r">R</i></td>`},
		"two":        {Cell{Letters: A | R}, "", "", `<td><span class="g2"><i class="g g-a">A</i><i class="g g-r">R</i></span></td>`},
		"from above": {Cell{Look: FromAbove}, "", "", `<td><i class="g g-a inh">A</i><span class="vh"> from the owner</span></td>`},
		"repaired":   {Cell{Letters: R}, "", "<r>", `<td class="fix"><i class="g g-r">R</i><s><span class="vh"> written as </span>&lt;r&gt;</s></td>`},
		"wanted":     {Cell{Look: Wanted | PerCase}, "", "", `<td class="ever want"></td>`},
		"acting":     {Cell{Letters: A, Look: Acting}, "", "", `<td><i class="g g-a half">A</i><span class="vh"> acting</span></td>`},
		"note":       {Cell{Letters: I}, `by "phone"`, "", `<td class="nt" title="by &#34;phone&#34;"><i class="g g-i">I</i><span class="vh"> with a note</span></td>`},
	} {
		if got := drawnCell(c.cell, c.note, c.was); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := drawnCell(Cell{Letters: R, Look: ThroughTeam}, "", ""); !strings.Contains(got, "through a team") {
		t.Errorf("through a team: %s", got)
	}
}

func drawnCell(c Cell, note, was string) string {
	var b bytes.Buffer
	c.write(&b, note, was)
	return b.String()
}

func sampleGrid() Grid {
	return Grid{
		Label: "RACI", Corner: "Activity", Save: "/processes/7/raci", Supports: true,
		Groups:  []GridGroup{{"Practitioners", 2}},
		Columns: []GridColumn{{Key: "4", Name: "Owner", Detail: "from the practice"}, {Key: "5", Name: "User", PerCase: true}},
		Rows: []GridRow{
			{Key: "11", Counter: 3, No: "1", Name: "Log", Href: "/rows/11", Section: "First line", Cells: []Cell{{Letters: A}, {Look: PerCase}}, Check: Tag(OK, "OK")},
			{Key: "12", Counter: 1, No: "2", Name: "Close", Tone: Crit, Cells: []Cell{{}, {}}, Check: Tag(Crit, "No R")},
		},
		Foot: GridFoot{Label: "A and R", Counts: []GridCount{{A: 1, FromAbove: 1, R: 2}, {PerCase: true}}, Note: "+ from above"},
	}
}

// TestGridKeepsItsWordToTheScript holds the attributes that grid.js reads.
func TestGridKeepsItsWordToTheScript(t *testing.T) {
	markup := render(t, sampleGrid().View())
	has(t, markup, `<div class="mx-wrap" tabindex="0" role="region"`, `data-grid`, `data-save="/processes/7/raci"`, `data-supports`,
		`<tr class="rl"`, `data-role="4" data-name="Owner"`, `class="ever" data-role="5"`, `<tr class="sect"`, `colspan="4"`,
		`data-activity="11" data-counter="3"`, `scope="row" data-name="Log"`, `href="/rows/11"`, `<td class="chk">`,
		`<tr class="crit" data-activity="12"`, `<tfoot id="grid-foot" data-replace="#grid-foot">`, "1 A", "+ 1", "2 R")
	readOnly := sampleGrid()
	readOnly.Save = ""
	lacks(t, render(t, readOnly.View()), "data-grid", "data-save")
}

func TestGridAnswerSurvivesAParser(t *testing.T) {
	grid := sampleGrid()
	answer := render(t, GridAnswer{Rows: grid.Rows[1:2], Foot: grid.Foot}.View())
	has(t, answer, "<table data-columns=", "<tbody>", `data-activity="12"`, "</tbody>", `data-replace="#grid-foot"`, "</table>", "<p>inside</p>")
	conflict := render(t, GridConflict{GridAnswer: GridAnswer{Rows: grid.Rows[1:2]}, Who: "Ana changed this row", Versus: Versus{Mine: "Mine", Theirs: "Theirs", Lines: []VersusLine{{"Owner", "", "A"}}}}.View())
	has(t, conflict, `data-activity="12"`, "<dialog", "Ana changed this row", "Mine", "empty", "Theirs", `value="theirs"`, `value="mine"`)
}

func TestIconsOfTonesAreInTheSprite(t *testing.T) {
	list, err := os.ReadFile("../icons.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields(string(list))
	for tone, name := range toneIcons {
		if !slices.Contains(known, name) {
			t.Errorf("%s has the icon %s, which icons.txt lacks", tone, name)
		}
	}
}

// BenchmarkGrid draws 60 × 40 cells; what it costs is what an uncached matrix page costs.
func BenchmarkGrid(b *testing.B) {
	grid := Grid{Label: "RACI"}
	for range 40 {
		grid.Columns = append(grid.Columns, GridColumn{Key: "1", Name: "Role"})
	}
	for i := range 60 {
		row := GridRow{Key: "1", Name: "Activity", Check: templ.NopComponent}
		for j := range 40 {
			row.Cells = append(row.Cells, Cell{Letters: Letters((i + j) % 16)})
		}
		grid.Rows = append(grid.Rows, row)
	}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := grid.View().Render(b.Context(), &out); err != nil {
			b.Fatal(err)
		}
	}
}
