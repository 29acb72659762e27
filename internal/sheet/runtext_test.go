package sheet

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// What is struck out is said no more, in a workbook as in a document: a cell, a run of it, and a cell in which a run is not.
func TestStruckOut(t *testing.T) {
	book := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Task", "Lead", "Team", "Vendor")
		setRow(t, f, "Sheet1", "A2", "Plan", "A", "R", "R")
		setRow(t, f, "Sheet1", "A3", "Build", "A", "R", "I")
		setRow(t, f, "Sheet1", "A4", "Ship", "A", "R", "")
		setRow(t, f, "Sheet1", "A5", "Burn", "A", "R", "C")
		struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range [][2]string{{"D2", "D2"}, {"D4", "D4"}, {"A5", "D5"}} {
			if err := f.SetCellStyle("Sheet1", span[0], span[1], struck); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellRichText("Sheet1", "D3", []excelize.RichTextRun{{Text: "I", Font: &excelize.Font{Strike: true}}, {Text: "C", Font: &excelize.Font{}}}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellRichText("Sheet1", "D4", []excelize.RichTextRun{{Text: "R"}, {Text: "I", Font: &excelize.Font{Bold: true}}}); err != nil {
			t.Fatal(err)
		}
	})
	para := func(runs ...string) string {
		out := "<w:p>"
		for _, run := range runs {
			look := ""
			if run[0] == '-' {
				look, run = "<w:rPr><w:strike/></w:rPr>", run[1:]
			}
			out += "<w:r>" + look + "<w:t>" + run + "</w:t></w:r>"
		}
		return out + "</w:p>"
	}
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, cell := range cells {
			out += "<w:tc>" + cell + "</w:tc>"
		}
		return out + "</w:tr>"
	}
	document := zipped("word/document.xml", `<w:document xmlns:w="w"><w:body>`+para("-Old", "New")+`<w:tbl>`+
		row(para("Task"), para("Lead"), para("Team"), para("Vendor"))+row(para("Plan"), para("A"), para("R"), para("-R"))+row(para("Build"), para("A"), para("R"), para("-I", "C"))+
		row(para("Ship"), para("A"), para("R"), para("-R", "I"))+row(para("-Burn"), para("-A"), para("-R"), para("-C"))+`</w:tbl></w:body></w:document>`)
	for name, data := range map[string][]byte{"x.xlsx": book, "x.docx": document} {
		g, err := ReadGrid(name, data, GridOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Lead|Team|Vendor", "Plan: A|R|", "Build: A|R|C", "Ship: A|R|I"}, shown(g)); diff != "" {
			t.Error(name, diff)
		}
		var said []string
		for _, r := range g.Repairs {
			said = append(said, r.Code+", "+r.Where+": "+r.Was+" to "+r.Became)
		}
		if diff := cmp.Diff([]string{"struck-out, line 2: R to ", "struck-out, line 3: I to C", "struck-out, line 4: R to I",
			"struck-out, line 5: Burn to ", "struck-out, line 5: A to ", "struck-out, line 5: R to ", "struck-out, line 5: C to "}, said); diff != "" {
			t.Error(name, diff)
		}
		if len(g.Staged().Remarks) != 0 {
			t.Errorf("%s: what the repairs say is said again: %v", name, g.Staged().Remarks)
		}
	}
}

// Repairs stand in the order of their lines, however late they were found.
func TestRepairsInOrderOfTheirLines(t *testing.T) {
	table := Table{Rows: []Row{{1, []string{"Task", "Lead", "Team"}}, {2, []string{"Plan", "A", "r"}}, {3, []string{"Build", "a", "R"}}}}
	table.leaveOut(2, 0, "Old", "")
	var lines []int
	for _, r := range GridsOf("x.xlsx", []Table{table}, GridOptions{}).Grids[0].Repairs {
		lines = append(lines, r.line())
	}
	if !slices.IsSorted(lines) || len(lines) < 2 {
		t.Errorf("the repairs are of lines %v", lines)
	}
}

// A row of a Word table may begin some columns later than the others.
func TestRowsThatBeginLater(t *testing.T) {
	cell := func(text string) string { return "<w:tc><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>" }
	before := func(n string) string { return `<w:tr><w:trPr><w:gridBefore w:val="` + n + `"/></w:trPr>` }
	data := zipped("word/document.xml", `<w:document xmlns:w="w"><w:body><w:tbl>`+
		before("2")+cell("Lead")+cell("Team")+"</w:tr><w:tr>"+cell("Start")+cell("Plan")+cell("A")+cell("R")+"</w:tr>"+before("1")+cell("Build")+cell("A")+cell("R")+
		"</w:tr><w:tr>"+cell("End")+cell("Ship")+cell("R")+cell("A")+"</w:tr></w:tbl></w:body></w:document>")
	g, err := ReadGrid("x.docx", data, GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Lead|Team", "Start / Plan: A|R", "Start / Build: A|R", "End / Ship: R|A"}, shown(g)); diff != "" {
		t.Error(diff)
	}
}
