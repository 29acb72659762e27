package sheet

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// bookOf is a workbook with these rows on its one sheet.
func bookOf(t *testing.T, rows [][]any, change func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	return workbookBytes(t, func(f *excelize.File) {
		for i, row := range rows {
			setRow(t, f, "Sheet1", fmt.Sprintf("A%d", i+1), row...)
		}
		if change != nil {
			change(f, "Sheet1")
		}
	})
}

// What a workbook hides is read and said.
func TestHiddenRowsAndColumns(t *testing.T) {
	data := bookOf(t, [][]any{{"Task", "Owner", "Baker"}, {"Mix", "A", "R"}, {"Bake", "A", "R"}, {"Sell", "A/R", nil}}, func(f *excelize.File, sheet string) {
		_, _ = f.SetColVisible(sheet, "B", false), f.SetColVisible(sheet, "F", false)
		_ = f.SetRowVisible(sheet, 3, false)
	})
	grid, err := ReadGrid("x.xlsx", data, GridOptions{})
	if diff := cmp.Diff([]string{"Owner|Baker", "Mix: A|R", "Bake: A|R", "Sell: AR|"}, shown(grid)); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
	want := []Note{{1, "Column B is hidden in the workbook, and read like the others: it begins with “Owner”."}, {3, "Rows are hidden in the workbook, and read like the others: line 3."}}
	if diff := cmp.Diff(want, grid.Notes); diff != "" {
		t.Error(diff)
	}
}

// A grid above a wider one has its own columns only; sums that no program has worked out are no letters; a legend apart says
// what letters of another language mean.
func TestWhatStandsAroundAGridInAWorkbook(t *testing.T) {
	for name, tt := range map[string]struct {
		rows [][]any
		want []string
	}{
		"a wider grid below": {[][]any{{"Day"}, {"Task", "Owner", "Baker"}, {"Mix", "A", "R"}, {"Bake", "A", "R"}, {}, {"Night"}, {"Task", "Owner", "Watch", "Oven"}, {"Lock", "A", "R", "I"}, {"Heat", "A", "C", "R"}},
			[]string{"Owner|Baker", "Mix: A|R", "Bake: A|R"}},
		"sums left out": {[][]any{{"Task", "Owner", "Baker", "# A", "# R"}, {"Mix", "A", "R"}, {"Bake", "A", "R"}}, []string{"Owner|Baker", "Mix: A|R", "Bake: A|R"}},
		"a legend apart": {[][]any{{"Task", "Leitung", "Backstube", nil, "Legende"}, {"Mischen", "V", "D", nil, "V", "Verantwortlich (Accountable)"}, {"Backen", "V", "D", nil, "D", "Durchführung (Responsible)"}, {"Putzen", "M", "V, D", nil, "M", "Mitwirkung (Consulted)"}},
			[]string{"Leitung|Backstube", "Mischen: A|R", "Backen: A|R", "Putzen: C|AR"}},
	} {
		reading, err := ReadGrids("x.xlsx", bookOf(t, tt.rows, nil), GridOptions{})
		if err != nil || reading.Grids[0].Verdict != IsRACI {
			t.Errorf("%s: %v %+v", name, err, reading.Grids)
		} else if diff := cmp.Diff(tt.want, shown(reading.Grids[0])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
