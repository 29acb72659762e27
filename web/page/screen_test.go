package page

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A component is called on a line of its own: behind words, its call would be shown as text.
func TestNoPageShowsTheCallOfAComponent(t *testing.T) {
	shown := regexp.MustCompile(`WriteString\(.*[^\w.]@[a-z]*\.?[A-Za-z]+[({.]`)
	for _, glob := range []string{"*_templ.go", "../ui/*_templ.go"} {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", glob, len(files), err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if line := shown.Find(text); line != nil {
				t.Errorf("%s shows %s", name, line)
			}
		}
	}
}
