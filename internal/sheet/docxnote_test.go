package sheet

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a Word document says beside a table is found where its mark stands; what is struck out is said no more.
func TestNotesOfADocument(t *testing.T) {
	para := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	raised := func(before, sign, after string) string {
		return `<w:p><w:r><w:t xml:space="preserve">` + before + `</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + sign + `</w:t></w:r><w:r><w:t xml:space="preserve">` + after + `</w:t></w:r></w:p>`
	}
	table := func(rows ...[]string) string {
		out := "<w:tbl>"
		for _, row := range rows {
			out += "<w:tr>"
			for _, cell := range row {
				if !strings.HasPrefix(cell, "<") {
					cell = para(cell)
				}
				out += "<w:tc>" + cell + "</w:tc>"
			}
			out += "</w:tr>"
		}
		return out + "</w:tbl>"
	}
	body := table(
		[]string{"Task", "Lead", "Team", "Vendor"},
		[]string{"Plan", `<w:p><w:r><w:t>A</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, "R", "I"},
		[]string{`<w:p><w:r><w:t>Build</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>`, "A", `<w:p><w:r><w:t>R</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`, raised("C", "1", "")},
		[]string{"Ship", "A", "R", `<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>R</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>C</w:t></w:r></w:p>`},
	) + raised("", "1", " only above ten tons")
	data := zipped("word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="2">`+para(" with the board")+`</w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments xmlns:w="w"><w:comment w:id="0">`+para("at night: the deputy")+`</w:comment><w:comment w:id="1">`+para("each spring")+`</w:comment></w:comments>`)
	keptReadsAlike(t, "x.docx", data)
	g, err := ReadGrid("x.docx", data, GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Lead|Team|Vendor", "Plan: A|R|I", "Build: A|R|C", "Ship: A|R|C"}, shown(g)); diff != "" {
		t.Error(diff)
	}
	var got []string
	for _, a := range g.Activities {
		got = append(got, a.Name+": "+a.Note)
		for _, role := range slices.Sorted(maps.Keys(a.Cells)) {
			if note := a.Cells[role].Note; note != "" {
				got = append(got, a.Name+", "+role+": "+note)
			}
		}
	}
	if diff := cmp.Diff([]string{"Plan: ", "Plan, Lead: with the board", "Build: each spring", "Build, Team: at night: the deputy", "Build, Vendor: only above ten tons", "Ship: "}, got); diff != "" {
		t.Error(diff)
	}
	for _, r := range g.Repairs {
		if strings.Contains(r.Was+r.Became, ownMark) {
			t.Errorf("the mark shows: %+v", r)
		}
	}
}

// A box is ticked or not whichever sign the program draws, and ticks of a font are ticks.
func TestBoxes(t *testing.T) {
	for name, sign := range map[string][2]string{"Word": {"☒", "☐"}, "beside a tick": {"☑", "☒"}, "a list of tasks": {"[x]", "[ ]"}, "filled": {"●", "○"}, "square": {"■", "□"}} {
		rows := strings.NewReplacer("+", sign[0], "-", sign[1]).Replace("| Desk | + | - | - | - |\n| Owner | - | + | - | - |\n| Ops | - | - | + | - |\n")
		text := "## Close an incident\n\n| Role | R | A | C | I |\n|---|---|---|---|---|\n" + rows
		g, err := ReadGrid("x.md", []byte(text), GridOptions{})
		if err != nil || g.Verdict != IsRACI || len(g.Activities) != 1 {
			t.Errorf("%s: %v, %s %v", name, err, g.Verdict, g.Reasons)
			continue
		}
		for role, letter := range map[string]string{"Desk": "R", "Owner": "A", "Ops": "C"} {
			if got := g.Activities[0].Cells[role].Letters; !slices.Equal(got, []string{letter}) {
				t.Errorf("%s: %s has %v", name, role, got)
			}
		}
	}
	for _, c := range []struct{ font, char, want string }{{"Wingdings", "F0FC", "✓"}, {"Wingdings 2", "F052", "☑"}, {"Wingdings", "00FE", "☑"}, {"Arial", "F0FC", ""}, {"Wingdings", "x", ""}} {
		if got := symbol(c.font, c.char); got != c.want {
			t.Errorf("%s %s is %q, want %q", c.font, c.char, got, c.want)
		}
	}
}
