package sheet

import (
	"os"
	"strings"
	"testing"
)

// notesDocument is a Word document with a table between paragraphs, its head in two runs and a cell of two lines.
func notesDocument() []byte {
	p := func(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }
	row := func(cells ...string) string {
		out := `<w:tr>`
		for _, c := range cells {
			out += `<w:tc>` + c + `</w:tc>`
		}
		return out + `</w:tr>`
	}
	body := p("Changes, as agreed in March") + `<w:tbl>` +
		row(p("What is done"), `<w:p><w:r><w:t xml:space="preserve">Change </w:t></w:r><w:r><w:t>manager</w:t></w:r></w:p>`, p("Builder")) +
		row(p("Assess"), p("A"), p("R")) + row(p("Build"), p("a"), p("R ")) + row(p("Close"), p("A")+p("R"), p("I")) + `</w:tbl>` + p("Signed: the board")
	return zipped("word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`)
}

// TestUglyGrids holds the reader to a careful reading of grids made up by somebody who had not seen how it works.
func TestUglyGrids(t *testing.T) {
	grids, decoys, right, all := 0, 0, 0, 0
	for file, want := range carefulIn(t, "testdata/ugly.txt") {
		data := notesDocument()
		if file != "notes.docx" {
			var err error
			if data, err = os.ReadFile("testdata/ugly/" + file); err != nil {
				t.Fatal(err)
			}
		}
		keptReadsAlike(t, file, data)
		reading, err := ReadGrids(file, data, GridOptions{})
		if err != nil || len(reading.Grids) != len(want) {
			t.Errorf("%s: %d grids, want %d, %v", file, len(reading.Grids), len(want), err)
			continue
		}
		for i, g := range reading.Grids {
			if strings.HasPrefix(file, "decoy-") {
				decoys++
				if string(g.Verdict) != want[i].verdict {
					t.Errorf("%s: %s, want %s: %v", file, g.Verdict, want[i].verdict, g.Reasons)
				}
				continue
			}
			grids++
			r, n := want[i].score(t, file, g)
			right, all = right+r, all+n
		}
	}
	t.Logf("%d of %d cells right, in %d grids; %d decoys", right, all, grids, decoys)
}
