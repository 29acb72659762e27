package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows say which of our packages each layer may import, beside the standard library; third parties are bound to layers
// below. A layer that is missing here must be added before it can exist.
var arrows = map[string][]string{
	"cmd/hatrack":              {"internal/demo", "internal/itsm", "internal/postgres", "internal/server", "internal/sheet", "internal/store", "internal/synth"},
	"internal":                 {},
	"internal/bench":           {"internal/itsm", "internal/postgres", "internal/server", "internal/store", "web/page"},
	"internal/browsertest":     {"internal/demo", "internal/itsm", "internal/server", "internal/store", "internal/store/storetest", "internal/postgres", "web"},
	"internal/demo":            {"internal/itsm", "internal/library", "internal/store"},
	"internal/itsm":            {},
	"internal/library":         {"internal/itsm"},
	"internal/postgres":        {},
	"internal/server":          {"internal/itsm", "internal/library", "internal/sheet", "internal/store", "web", "web/page", "web/ui"},
	"internal/sheet":           {"internal/itsm"},
	"internal/store":           {"internal/itsm", "migrations"},
	"internal/synth":           {"internal/itsm", "internal/store"},
	"internal/store/storetest": {"internal/itsm", "internal/postgres", "internal/store"},
	"migrations":               {},
	"web":                      {},
	"web/page":                 {"internal/itsm", "web", "web/ui"},
	"web/ui":                   {"web"},
}

// bound are third parties, by prefix, and the only layers whose code may know them.
var bound = map[string][]string{
	"github.com/jackc/pgx":              {"internal/store", "internal/postgres", "internal/store/storetest", "internal/server", "internal/bench"},
	"github.com/golang-migrate/migrate": {"internal/store"},
	"github.com/go-chi":                 {"internal/server"},
	"github.com/a-h/templ":              {"internal/server", "web/page", "web/ui"},
	"github.com/xuri/excelize":          {"internal/sheet"},
	"github.com/alecthomas/kong":        {"cmd/hatrack"},
	"github.com/chromedp":               {"internal/browsertest"},
}

// forbidden are packages of the standard library that a layer must not know.
var forbidden = map[string][]string{
	"internal/itsm":  {"net/http", "database/sql", "database/sql/driver", "html/template"},
	"internal/sheet": {"net/http", "database/sql"},
	"web/page":       {"database/sql"},
	"web/ui":         {"database/sql"},
}

func TestArrowsBetweenLayers(t *testing.T) {
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "node_modules" || d.Name() == "testdata") {
			return cmpSkip(err)
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		checkFile(t, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func cmpSkip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

func checkFile(t *testing.T, file string) {
	layer, test := path.Dir(file), strings.HasSuffix(file, "_test.go")
	allowed, known := arrows[layer]
	if !known {
		t.Errorf("%s: %s is no layer of the house", file, layer)
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", file), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if ours, ok := strings.CutPrefix(name, "hatrack/"); ok {
			if !slices.Contains(allowed, ours) && ours != layer && !(test && slices.Contains([]string{"internal/store/storetest", "internal/store", "internal/itsm", "internal/library", "internal/postgres", "internal/demo"}, ours)) {
				t.Errorf("%s imports %s: no arrow from %s", file, ours, layer)
			}
			continue
		}
		if slices.Contains(forbidden[layer], name) && !test {
			t.Errorf("%s imports %s, which %s must not know", file, name, layer)
		}
		for prefix, layers := range bound {
			if (name == prefix || strings.HasPrefix(name, prefix+"/")) && !slices.Contains(layers, layer) && !test {
				t.Errorf("%s imports %s, which only %v may know", file, name, layers)
			}
		}
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	card := []string{"cmd", "internal", "web", "migrations", "go.mod", "go.sum", "Makefile", "README.md", "bin"} // bin is built and ignored
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(card, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
