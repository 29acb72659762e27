package sheet

import "testing"

// The frame of a spreadsheet that was saved as a page is no part of its grid: it says on which line a row stands.
func TestTheFrameOfASpreadsheetSaysTheLines(t *testing.T) {
	page := "<table><tr><th></th><th>A</th><th>B</th><th>C</th></tr><tr><th>2</th><td colspan=3>RACI – Fair</td></tr>" +
		"<tr><th>4</th><td>Task</td><td>Chair</td><td>Crew</td></tr><tr><th>5</th><td>Stage</td><td>A</td><td>R</td></tr><tr><th>6</th><td>Tidy</td><td>A</td><td>R</td></tr></table>"
	g, err := ReadGrid("x.html", []byte(page), GridOptions{})
	if err != nil || g.Name != "RACI – Fair" || g.Activities[0].Line != 5 || len(g.Columns) != 3 {
		t.Errorf("got %q, %v, %v, %v", g.Name, g.Activities, g.Columns, err)
	}
	if rows := withoutFrame([]Row{{1, []string{"", "A", "C"}}, {2, []string{"1", "x", "y"}}, {3, []string{"2", "x", "y"}}}); len(rows) != 3 {
		t.Errorf("other heads than the names of columns were taken for a frame: %v", rows)
	}
}
