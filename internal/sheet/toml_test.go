package sheet

import (
	"strings"
	"testing"
)

// What is no TOML is refused, however deep it lies, and nothing of it hangs.
func TestBrokenTOMLIsRefused(t *testing.T) {
	for _, text := range []string{"a", "a =", "[a", "[[a]", "a = [1, 2", "a = {b = 1", "a = \"x", "= 1", "a..b = 1", "a = [}", "a = {]", "[]\n", "[a]b]\n=", strings.Repeat("a = [", 1) + strings.Repeat("[", 500)} {
		_, err := tomlValues(text)
		if _, refused := ReadTables("x.toml", []byte(text), Limits{}); err != nil && refused == nil {
			t.Errorf("%q is read", text)
		}
	}
}

// Names with dots, texts of several lines and lists of lists are read as they are meant.
func TestTOMLIsReadAsATree(t *testing.T) {
	roots, err := tomlValues("a.b = 'x'\r\na.c = \"\"\"two\nlines\"\"\"\n[d]\ne = [[1, 2], [3]] # more\nf = 2025-01-02\n[[g.h]]\ni = \"\\u00e9\"\n[[g.h]]\ni = true\n")
	if err != nil {
		t.Fatal(err)
	}
	root := roots[0]
	a, d, h := root.of[0], root.of[1], root.of[2].of[0]
	if a.of[0].text != "x" || a.of[1].text != "two\nlines" || d.of[0].list[0].list[1].text != "2" || d.of[1].text != "2025-01-02" ||
		len(h.list) != 2 || h.list[0].of[0].text != "é" || h.list[1].of[0].text != "true" || h.list[1].line != 9 {
		t.Errorf("got %+v", root)
	}
}

func FuzzTOML(f *testing.F) {
	f.Add("[a.b]\nc = [\"x\", {d = 'y'}]\n[[e]]\n")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = tomlValues(text) })
}
