package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is read as somebody sees it: tables of any element, pictures and controls for letters, nothing that is hidden.
func TestPagesAsTheyAreSeen(t *testing.T) {
	rows := [][]string{{"Task", "Lead", "Team", "Vendor"}, {"Plan", "A", "R", "I"}, {"Build", "A", "R", "C"}, {"Ship", "I", "A", "R"}}
	page := func(table, row, cell, end string) string {
		var out strings.Builder
		out.WriteString("<h2>Release</h2>" + table)
		for i, r := range rows {
			out.WriteString(row)
			for j, s := range r {
				if c := "<td>" + s + "</td>"; i == 0 || j == 0 {
					if !strings.HasPrefix(cell, "<td") {
						c = `<div role="cell">` + s + `</div>`
					}
					out.WriteString(c)
				} else {
					out.WriteString(strings.ReplaceAll(cell, "?", s))
				}
			}
			out.WriteString(end)
		}
		return out.String()
	}
	for name, text := range map[string]string{
		"roles":        page(`<div role="table"><div role="rowgroup">`, `<div role="row">`, `<div role="cell"><div><div>?</div></div></div>`, `</div>`) + `</div></div><p>below</p>`,
		"a grid":       page(`<section role="grid">`, `<ul role="row">`, `<li role="gridcell">?</li>`, `</ul>`),
		"pictures":     page(`<table>`, `<tr>`, `<td><img src="x.png" alt="?"></td>`, `</tr>`),
		"dots":         page(`<table>`, `<tr>`, `<td><span class="dot" title="?"></span></td>`, `</tr>`),
		"hidden keys":  page(`<table>`, `<tr>`, `<td><span style="Display: none">9<span>8</span></span>?<b hidden>A</b></td>`, `</tr>`),
		"choices":      page(`<table>`, `<tr>`, `<td><select><option>R<option>A<option selected>?<option>I</select></td>`, `</tr>`),
		"fields":       page(`<table>`, `<tr>`, `<td><input value="?"></td>`, `</tr>`),
		"macros":       page(`<table>`, `<tr>`, `<td><ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">?</ac:parameter></ac:structured-macro></td>`, `</tr>`),
		"native roles": page(`<table role="grid">`, `<tr role="row">`, `<td role="gridcell">?</td>`, `</tr>`),
	} {
		g, err := ReadGrid("x.html", []byte(text), GridOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff([]string{"Lead|Team|Vendor", "Plan: A|R|I", "Build: A|R|C", "Ship: I|A|R"}, shown(g)); diff != "" || g.Verdict != IsRACI {
			t.Errorf("%s: %s %s", name, g.Verdict, diff)
		}
	}
	ticks := `<h2>Ship</h2><table><tr><th>Role<th>R<th>A<th>C<tr><td>Team<td><input type=checkbox checked><td><input type=checkbox><td><input type=checkbox><tr><td>Lead<td><input type=checkbox><td><input type=checkbox checked><td><input type=checkbox></table>`
	if g, err := ReadGrid("x.html", []byte(ticks), GridOptions{}); err != nil || g.Verdict != IsRACI || len(g.Activities) != 1 || len(g.Activities[0].Cells["Team"].Letters) != 1 || g.Activities[0].Cells["Lead"].Letters[0] != "A" {
		t.Errorf("boxes: %v, %+v", err, g)
	}
}

// However deep a page lays elements in one another, only so many are followed.
func TestDeepPages(t *testing.T) {
	var h htmlShown
	for range 2 * rolesDeep {
		h.start(html.Token{Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{{Key: "role", Val: "row"}}}, false)
	}
	if len(h.roles) > rolesDeep {
		t.Errorf("%d are followed", len(h.roles))
	}
}
