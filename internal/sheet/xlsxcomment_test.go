package sheet

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// What a comment says of letters or of an activity is their note; what it says of a head, of several cells and of a list's
// cells changes nothing.
func TestCommentsOfAWorkbook(t *testing.T) {
	data := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Phase", "Task", "Lead", "Team")
		setRow(t, f, "Sheet1", "A2", "Plan", "Scope", "A", "R")
		setRow(t, f, "Sheet1", "B3", "Budget", "A", "C (if new)")
		setRow(t, f, "Sheet1", "A4", "Build", "Code", "I", "A/R")
		if err := f.MergeCell("Sheet1", "A2", "A3"); err != nil {
			t.Fatal(err)
		}
		for cell, said := range map[string][]string{
			"A2": {"Ada:\n", "the phase"}, "B2": {"Ada:\n", "with the board"}, "C2": {"only above\n10,000"}, "C3": {strings.Repeat("long ", 100)},
			"D1": {"all of them"}, "D3": {"said already"}, "D4": {"[Threaded comment]\n\nYour version of Excel …\n\nComment:\n    at night too"}, "A3": {"covered"}, "F9": {"nothing here"},
		} {
			c := excelize.Comment{Cell: cell, Author: "Ada"}
			for _, s := range said {
				c.Paragraph = append(c.Paragraph, excelize.RichTextRun{Text: s})
			}
			if err := f.AddComment("Sheet1", c); err != nil {
				t.Fatal(err)
			}
		}
	})
	keptReadsAlike(t, "x.xlsx", data)
	g, err := ReadGrid("x.xlsx", data, GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Lead|Team", "Plan / Scope: A|R", "Plan / Budget: A|C", "Build / Code: I|AR"}, shown(g)); diff != "" {
		t.Error(diff)
	}
	long := strings.TrimSpace(strings.Repeat("long ", 60))
	got := []string{g.Activities[0].Note, g.Activities[0].Cells["Lead"].Note, g.Activities[1].Cells["Lead"].Note, g.Activities[1].Cells["Team"].Note, g.Activities[2].Cells["Team"].Note}
	if diff := cmp.Diff([]string{"with the board", "only above 10,000", long + "…", "if new", "at night too"}, got); diff != "" {
		t.Error(diff)
	}
	for _, r := range g.Repairs {
		if strings.Contains(r.Was+r.Became, ownMark) {
			t.Errorf("the mark shows: %+v", r)
		}
	}
	tables, err := ReadTables("x.xlsx", data, Limits{})
	if err != nil || tables[0].Rows[1].Cell(2) != "A" {
		t.Errorf("a list's cell is %q, %v", tables[0].Rows[1].Cell(2), err)
	}
}

func TestCommentsOfAList(t *testing.T) {
	data := workbookBytes(t, func(f *excelize.File) {
		for i, row := range [][]any{{"Activity", "Role", "Letter"}, {"Log", "Desk", "R"}, {"Log", "Owner", "A"}, {"Close", "Desk", "R"}, {"Close", "Owner", "A"}} {
			setRow(t, f, "Sheet1", "A"+strconv.Itoa(i+1), row...)
		}
		if err := f.AddComment("Sheet1", excelize.Comment{Cell: "C3", Author: "Ada", Text: "by phone"}); err != nil {
			t.Fatal(err)
		}
	})
	keptReadsAlike(t, "x.xlsx", data)
	g, err := ReadGrid("x.xlsx", data, GridOptions{})
	if err != nil || g.Orientation != List || g.Activities[0].Cells["Owner"].Note != "by phone" || g.Activities[1].Cells["Owner"].Note != "" {
		t.Errorf("%v: %+v", err, g)
	}
}

// Where a mark would lead the reading astray, the comment is left out: the legend beside this grid stays one.
func TestCommentsLeadNobodyAstray(t *testing.T) {
	book := func(comments bool) Grid {
		data := workbookBytes(t, func(f *excelize.File) {
			for i, row := range [][]any{{"Task", "Lead", "Team", "", ""}, {"Plan", "A", "R", "R", "Responsible"}, {"Build", "A", "R", "A", "Accountable"}, {"Ship", "R", "A", "C", "Consulted"}} {
				setRow(t, f, "Sheet1", "A"+strconv.Itoa(i+1), row...)
			}
			for _, cell := range []string{"D2", "B2"} {
				if !comments {
					break
				}
				if err := f.AddComment("Sheet1", excelize.Comment{Cell: cell, Author: "Ada", Text: "whoever it is"}); err != nil {
					t.Fatal(err)
				}
			}
		})
		keptReadsAlike(t, "x.xlsx", data)
		g, err := ReadGrid("x.xlsx", data, GridOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	if diff := cmp.Diff(shown(book(false)), shown(book(true))); diff != "" {
		t.Error(diff)
	}
}
