package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read reads the grids of a text, each as its roles and rows.
func read(t *testing.T, name, text string) (out [][]string, all []Grid) {
	t.Helper()
	reading, err := ReadGrids(name, []byte(text), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range reading.Grids {
		if g.Verdict == IsRACI {
			out, all = append(out, shown(g)), append(all, g)
		}
	}
	return out, all
}

func TestMarkdown(t *testing.T) {
	plain := []string{"PM|Dev", "Scope: A|R", "Code: I|AR"}
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"as it should be", "# Plan\n\n| Task | PM | Dev |\n|---|:-:|---|\n| Scope | A | R |\n| Code | I | R/A |\n", [][]string{plain}},
		{"without bars at the ends", "Task | PM | Dev\n--- | --- | ---\nScope | A | R\nCode | I | A/R\n\nThe end.\n", [][]string{plain}},
		{"without dashes", "| Task | PM | Dev |\n| Scope | A | R |\n| Code | I | **R/A** |\n", [][]string{plain}},
		{"blank lines between rows", "| Task | PM | Dev |\n\n|---|---|---|\n\n| Scope | A | R |\n\n| Code | I | R/A |\n", [][]string{plain}},
		{"markup", "| **Task** | [PM](https://x.example/y) | `Dev` |\n|-|-|-|\n| *Scope* | A&nbsp; | <b>R</b> |\n| Co<!-- -->de | I | R<br>A |\n", [][]string{{"PM|Dev", "Scope: A|R", "Co<!-- -->de: I|AR"}}},
		{"escaped bars", "| Task | PM | Dev |\n|---|---|---|\n| Scope \\| Plan | A | R |\n", [][]string{{"PM|Dev", "Scope | Plan: A|R"}}},
		{"two tables, a blank line apart", "| Task | PM |Dev|\n|---|---|---|\n| Scope | A | R |\n\n| Task | Ops | QA |\n|---|---|---|\n| Run | A | R |\n",
			[][]string{{"PM|Dev", "Scope: A|R"}, {"Ops|QA", "Run: A|R"}}},
		{"HTML inside", "# Plan\n<table><tr><th>Task<th>PM<th>Dev\n<tr><td>Scope<td>A<td>R\n<tr><td>Code<td>I<td>R/A</table>\n\n| Letter | Word |\n|---|---|\n| R | Responsible |\n| A | Accountable |\n", [][]string{plain}},
		{"roles under headings", "# RACI\nR – Responsible\nA – Accountable\n\n## 1. Scope\nPM – A\nDev – R (lead)\n\n## 2. Code\n- PM: I\n- Dev: R, A\n", [][]string{{"PM|Dev", "1 Scope: A|R", "2 Code: I|AR"}}},
		{"letters under activities", "# RACI\n- Scope\n  - Accountable: PM\n  - R: Dev, QA\n- Code\n  - Responsible: Dev\n  - A: PM\n", [][]string{{"PM|Dev|QA", "Scope: A|R|R", "Code: A|R|"}}},
		{"no table", "# Plan\nSome words | and a bar.\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, "x.md", tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			// What was copied out of a page has no name that tells what it is.
			if pasted, _ := read(t, "pasted", tt.text); tt.want != nil && tt.name != "without dashes" && cmp.Diff(tt.want, pasted) != "" {
				t.Errorf("pasted: %v", pasted)
			}
		})
	}
	_, grids := read(t, "x.md", tests[0].text)
	if g := grids[0]; g.Name != "Plan" || g.Where != "under “Plan”, line 3" || g.Activities[1].Line != 6 {
		t.Errorf("%q %q, line %d", g.Name, g.Where, g.Activities[1].Line)
	}
}

func TestHTML(t *testing.T) {
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"a page", "<!DOCTYPE html><title>x</title><style>td{}</style><h1>Plan</h1><table><thead><tr><th>Task</th><th>PM</th><th>Dev</th></tr></thead>" +
			"<tbody><tr><td>Scope</td><td>A</td><td>R</td></tr><tr><td>Code<script>no</script></td><td>I</td><td>R<br>A</td></tr></tbody></table>",
			[][]string{{"PM|Dev", "Scope: A|R", "Code: I|AR"}}},
		{"merged cells", "<table><tr><th rowspan=2>Phase<th rowspan=2>Task<th colspan=2>Team<tr><th>PM<th>Dev<tr><td rowspan=2>Before<td>Scope<td>A<td>R<tr><td>Code<td colspan=2>A/R</table>",
			[][]string{{"PM|Dev", "Before / Scope: A|R", "Before / Code: AR|AR"}}},
		{"a table for the layout", "<table><tr><td>Menu<td><table><caption>Plan</caption><tr><th>Task<th>PM<th>Dev<tr><td>Scope<td>A<td>R</table></table>",
			[][]string{{"PM|Dev", "Scope: A|R"}}},
		{"never closed", "<table><tr><td>Task<td>PM<td>Dev<tr><td>Scope<td>A<td>R", [][]string{{"PM|Dev", "Scope: A|R"}}},
		{"a list", "<html><h2>Scope</h2><ul><li>PM – A</li><li>Dev – R</li></ul><h2>Code</h2><ul><li>Dev – A, R</li></ul></html>", [][]string{{"PM|Dev", "Scope: A|R", "Code: |AR"}}},
		{"white space of the source", "<table>\n<tr>\n<td>\n  Task\n  name </td><td>PM</td><td>Dev</td></tr>\n<tr><td>Scope\n and plan</td><td>A</td><td> R </td></tr></table>",
			[][]string{{"PM|Dev", "Scope and plan: A|R"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"x.html", "pasted", "x.xls"} {
				if got, _ := read(t, name, tt.text); cmp.Diff(tt.want, got) != "" {
					t.Errorf("%s: %v", name, got)
				}
			}
		})
	}
}

// word is a Word document with a body.
func word(body string) []byte {
	return zipped("word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`)
}

func TestWord(t *testing.T) {
	par := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	cell := func(s, props string) string { return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + par(s) + "</w:tc>" }
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, c := range cells {
			out += cell(c, "")
		}
		return out + "</w:tr>"
	}
	heading := func(s string) string {
		return `<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>` + s + `</w:t></w:r></w:p>`
	}
	data := word(heading("Plan") + par("W = Witness") + "<w:tbl>" + row("Phase", "Task", "PM", "Dev") +
		"<w:tr>" + cell("Before", `<w:vMerge w:val="restart"/>`) + cell("Sc</w:t></w:r><w:r><w:t>ope", "") + cell("A", "") + cell("R", "") + "</w:tr>" +
		"<w:tr>" + cell("", "<w:vMerge/>") + cell("Code", "") + cell("A/R", `<w:gridSpan w:val="2"/>`) + "</w:tr>" +
		row("After", "Ship", "A", "W") + "</w:tbl>")
	reading, err := ReadGrids("x.docx", data, GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	g := reading.Grids[0]
	want := []string{"PM|Dev", "Before / Scope: A|R", "Before / Code: AR|AR", "After / Ship: A|W"}
	if diff := cmp.Diff(want, shown(g)); diff != "" || g.Name != "Plan" || g.Legend["W"] != "Witness" {
		t.Errorf("%q %v %s", g.Name, g.Legend, diff)
	}
	if got, _ := read(t, "x.docx", string(word(heading("Scope")+par("PM – A")+par("Dev – R")+heading("Code")+par("Dev – A")))); len(got) != 1 || got[0][1] != "Scope: A|R" {
		t.Errorf("a list: %v", got)
	}
}

func TestRecords(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"roles by letter", "x.yaml", "rows:\n  - stage: S1\n    activity: Scope\n    accountable: PM\n    responsible: [Dev, QA]\n  - stage: S1\n    activity: Code\n    accountable: PM\n    responsible:\n      - Dev\n",
			[]string{"PM|Dev|QA", "S1 / Scope: A|R|R", "S1 / Code: A|R|"}},
		{"letters by role", "x.json", `[{"task":"Scope","raci":{"PM":"A","Dev":"R"}},{"task":"Code","raci":{"PM":"I","Dev":["R","A"]}}]`,
			[]string{"PM|Dev", "Scope: A|R", "Code: I|AR"}},
		{"roles as columns", "x.json", `{"matrix":[{"task":"Scope","PM":"A","Dev":"R"},{"task":"Code","Dev":"A"}]}`, []string{"PM|Dev", "Scope: A|R", "Code: |A"}},
		{"by the activity's name", "x.yml", "raci:\n  Scope: {accountable: PM, responsible: Dev}\n  Code:\n    responsible: Dev\n    accountable: Dev\n", []string{"PM|Dev", "Scope: A|R", "Code: |AR"}},
		{"a list of roles", "x.json", `[{"activity":"Scope","roles":[{"role":"PM","raci":"A"},{"role":"Dev","raci":"R"}]},{"activity":"Code","roles":[{"role":"Dev","raci":"A"}]}]`,
			[]string{"PM|Dev", "Scope: A|R", "Code: |A"}},
		{"rows as lists", "pasted", `[["Task","PM","Dev"],["Scope","A","R"]]`, []string{"PM|Dev", "Scope: A|R"}},
		{"anchors", "x.yaml", "d: &d [Dev]\nrows:\n  - {task: Scope, R: *d, A: PM}\n  - {task: Code, R: *d, A: PM}\n", []string{"Dev|PM", "Scope: R|A", "Code: R|A"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := read(t, tt.file, tt.text); len(got) != 1 || cmp.Diff(tt.want, got[0]) != "" {
				t.Errorf("%v", got)
			}
		})
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for _, l := range "bcdefghij" {
		before := string(l - 1)
		bomb += string(l) + ": &" + string(l) + " [*" + strings.Join(strings.Split(strings.Repeat(before, 9), ""), ",*") + "]\n"
	}
	for name, text := range map[string]string{"x.yaml": "a: [b\n", "x.json": `{"a":`, "bomb.yaml": bomb, "deep.json": strings.Repeat("[", 5000) + strings.Repeat("]", 5000)} {
		if _, err := ReadGrids(name, []byte(text), GridOptions{}); CodeOf(err) != Broken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzFormats holds that whatever a file says it is, reading it ends in grids or in a sentence.
func FuzzFormats(f *testing.F) {
	for _, s := range []string{"# a\n|b|c|\n|-|-|\n|A|R|\n", "<table><tr><td rowspan=3 colspan=2>A<table><td>R", "a:\n- {b: A, c: R}\n", `[{"a":"A","R":["b"]}]`, "## a\nb – A\nc – R\n## d\ne – A", `\begin{tabular}{ll}\textbf{a}&b\\\multirow{2}{*}{\"u}&A/R\footnote{x}\end{tabular}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"x.md", "x.html", "x.yaml", "x.json", "x.tex", "pasted"} {
			reading, err := ReadGrids(name, []byte(text), GridOptions{})
			if err != nil && CodeOf(err) == "" {
				t.Fatalf("%s: %v", name, err)
			}
			for _, g := range reading.Grids {
				if len(g.Reasons) == 0 {
					t.Fatalf("%s: a verdict without a reason", name)
				}
			}
		}
	})
}
