package sheet

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func listBook(t *testing.T, most int, head []string, rows ...[]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewListWriter(&out, "people", head)
	w.most = most
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAListComesBackOutOfItsWorkbook(t *testing.T) {
	head := []string{"Name", "Number", "First day", "Note"}
	rows := [][]string{
		{"=1+1", "007", "2026-03-01", "@sum"}, {"Ann & <Bo>", "10026", "0001-01-01", "two\nlines\tand _x0041_ \"so\""},
		{"é — 変", "1234567890123", "", "  kept  "}, {"", "", "2026-13-01", "'it is"},
	}
	data := listBook(t, sheetRows, head, rows...)
	tables, err := ReadTables("x.xlsx", data, Limits{})
	if err != nil || len(tables) != 1 || tables[0].Name != "people" {
		t.Fatalf("got %+v, %v", tables, err)
	}
	for i, want := range append([][]string{head}, rows...) {
		if got := tables[0].Rows[i].Cells; !slices.Equal(got, want) {
			t.Errorf("row %d: got %q, want %q", i, got, want)
		}
	}
	// As another program sees it: no formula, a number and a day as what they are.
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeInlineString, "B3": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset} {
		if got, err := book.GetCellType("people", cell); err != nil || got != want {
			t.Errorf("%s: type %v, %v; want %v", cell, got, err, want)
		}
		if formula, _ := book.GetCellFormula("people", cell); formula != "" {
			t.Errorf("%s is the formula %s", cell, formula)
		}
	}
	if day, _ := book.GetCellValue("people", "C2"); day != "2026-03-01" {
		t.Errorf("the day shows as %q", day)
	}
}

func TestALongListGoesOnInTheNextSheet(t *testing.T) {
	tables, err := ReadTables("x.xlsx", listBook(t, 3, []string{"A"}, []string{"1"}, []string{"2"}, []string{"3"}), Limits{})
	if err != nil || len(tables) != 2 || tables[1].Name != "people 2" || len(tables[1].Rows) != 2 || tables[1].Rows[1].Cells[0] != "3" {
		t.Fatalf("got %+v, %v", tables, err)
	}
	if tables, err = ReadTables("x.xlsx", listBook(t, 3, []string{"A"}), Limits{}); err != nil || len(tables[0].Rows) != 1 {
		t.Errorf("an empty list: %+v, %v", tables, err)
	}
}

func TestATextLongerThanACellIsCut(t *testing.T) {
	tables, err := ReadTables("x.xlsx", listBook(t, 3, []string{"A"}, []string{strings.Repeat("ä", 40_000)}), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := []rune(tables[0].Rows[1].Cells[0]); len(got) != cellText || got[cellText-1] != '…' {
		t.Errorf("%d characters", len(got))
	}
}

func TestAListOf200000RowsIsWrittenInLittleMemory(t *testing.T) {
	row := []string{"Ann Example", "Engineer", "Production", "EMEA", "", "Desk, Second line", "3", "", "10026", "ann@example.org", "+49 30 1", "Berlin", "2020-03-01"}
	w := NewListWriter(io.Discard, "people", row)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := uint64(0)
	for i := range 200_000 {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
		if i%20_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if most > 8<<20 {
		t.Errorf("it held %d MiB", most>>20)
	}
}
