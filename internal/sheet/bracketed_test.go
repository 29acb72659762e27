package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Brackets around a person are what is left of a link; around what a form asks for they are a blank.
func TestNamesInSquareBrackets(t *testing.T) {
	for s, want := range map[string]string{
		"[Ida Roe]": "Ida Roe", "[Jean-Luc O'Hara]": "Jean-Luc O'Hara", "[Ole van Sun]": "Ole van Sun", "[[people/ida|Ida Roe]]": "Ida Roe", "[[User:Ida Roe]]": "Ida Roe",
		"[[Service desk]]": "Service desk", "[Process Owner]": "[Process Owner]", "[Full Name]": "[Full Name]", "[Business Unit]": "[Business Unit]", "[Ida]": "[Ida]", "[role]": "[role]",
		"[Insert Name Here]": "[Insert Name Here]", "[Firma Name]": "[Firma Name]", "see [[role:7]] there": "see [[role:7]] there", "<Ida Roe>": "<Ida Roe>",
	} {
		if got := unbracketed(s); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
	grid, err := ReadGrid("x.csv", []byte("Activity,[Ida Roe],[Ole Sun]\nMill,A,R\nSift,A,R\n"), GridOptions{})
	if diff := cmp.Diff([]string{"Ida Roe|Ole Sun", "Mill: A|R", "Sift: A|R"}, shown(grid)); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if _, err := ReadGrid("x.csv", []byte("Activity,[Process Owner],[Service Desk]\nMill,A,R\nSift,A,R\n"), GridOptions{}); CodeOf(err) != Template {
		t.Error(err)
	}
}

// Links read as they are seen, whatever the markup.
func TestLinksOfOtherMarkup(t *testing.T) {
	for s, want := range map[string]string{
		"[mailto:ida@example.org Ida Roe]": "Ida Roe", "[https://example.org/ida Ida Roe]": "Ida Roe", "`Ida Roe <mailto:ida@example.org>`_": "Ida Roe", "`Ida Roe`_, `Ole Sun <ole>`__": "Ida Roe, Ole Sun",
		":doc:`Mill <mill>`": "Mill", "link:ida.html[Ida Roe]": "Ida Roe", "mailto:ida@example.org[Ida Roe]": "Ida Roe", "<<mill,The mill>>": "The mill", "[Ida Roe|mailto:ida@example.org]": "Ida Roe",
		"[~ida.roe]": "ida.roe", "[[ida|Ida Roe]]": "Ida Roe", "R[^1]": "R[^1]", "[Mill](mill.md)": "Mill", "https://example.org": "https://example.org",
	} {
		if got := plainText(s); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

// A cell of MediaWiki that takes several rows or columns stands in each of them.
func TestCellsOfMediaWikiThatReachFurther(t *testing.T) {
	text := "{| class=\"wikitable\"\n|+ style=\"text-align:left\" | RACI of the mill\n! Part !! Task !! Miller !! Owner\n|-\n| rowspan=2 | Day || Mill || R || A\n|-\n| Sift || [[User:Ida|R]] || '''A'''\n|-\n| colspan=\"4\" | Night\n|-\n| Hall || Lock || A, R || I\n|}\n"
	reading, err := ReadGrids("x.wiki", []byte(text), GridOptions{})
	if err != nil || len(reading.Grids) != 1 {
		t.Fatal(err, reading.Grids)
	}
	g := reading.Grids[0]
	if diff := cmp.Diff([]string{"Miller|Owner", "Day / Mill: R|A", "Day / Sift: R|A", "Night › Hall / Lock: AR|I"}, shown(g)); diff != "" || g.Name != "RACI of the mill" {
		t.Error(g.Name, diff)
	}
}
