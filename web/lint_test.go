package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources calls check with each file of ours below web that has the ending.
func sources(t *testing.T, ending string, check func(path, text string)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "vendor") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ending) || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		seen++
		data, err := os.ReadFile(path)
		check(path, string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatalf("no %s file was found", ending)
	}
}

// TestMarkupKeepsTheContentPolicy bans what the policy would block in the browser.
func TestMarkupKeepsTheContentPolicy(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		"an inline style":   regexp.MustCompile(`(?i)[\s{"]style\s*=|"style":|<style`),
		"an event handler":  regexp.MustCompile(`(?i)[\s{]on[a-z]+\s*=\s*["{]`),
		"hx-on":             regexp.MustCompile(`(?i)hx-on`),
		"a script value":    regexp.MustCompile(`(?i)["\s](js|javascript):`),
		"a trigger filter":  regexp.MustCompile(`hx-trigger\s*=\s*"[^"]*\[`),
		"an inline script":  regexp.MustCompile(`(?i)<script(?:\s+type="[^"]*")?\s*>`),
		"a templ script":    regexp.MustCompile(`(?m)^script |templ\.(JSFuncCall|JSUnsafeFuncCall|ComponentScript)`),
		"a templ css block": regexp.MustCompile(`(?m)^css `),
	}
	sources(t, ".templ", func(path, text string) {
		for what, pattern := range banned {
			if at := pattern.FindStringIndex(text); at != nil {
				line := 1 + strings.Count(text[:at[0]], "\n")
				t.Errorf("%s:%d has %s: %q", path, line, what, strings.TrimSpace(text[at[0]:at[1]]))
			}
		}
	})
}

// TestNamedIconsAreInTheSprite reads every icon that markup or code names.
func TestNamedIconsAreInTheSprite(t *testing.T) {
	list, err := os.ReadFile("icons.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields(string(list))
	named := regexp.MustCompile(`(?:Icon\(|Icon:\s*|iconHTML\()"([a-z0-9-]+)"`)
	for _, ending := range []string{".templ", ".go"} {
		sources(t, ending, func(path, text string) {
			for _, match := range named.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(known, match[1]) {
					t.Errorf("%s names the icon %q, which icons.txt lacks", path, match[1])
				}
			}
		})
	}
	if !slices.IsSorted(known) {
		t.Error("icons.txt is not in order")
	}
}
