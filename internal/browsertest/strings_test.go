package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

var sharedData = filepath.Join("..", "..", "..", "shared", "data")

// shared is a file that strangers wrote; the test is skipped where such files are not beside the repository.
func shared(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(sharedData, filepath.FromSlash(name)))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Skipf("files of strangers are not here: %v", err)
	}
	return path
}

// nastyTexts are texts that broke pages elsewhere, as far as a name holds them.
func nastyTexts(t *testing.T) (texts []string) {
	t.Helper()
	for _, name := range []string{"blns.json", "csv-formula-injection.txt", "ldap-fuzzing.txt", "xss-polyglots-dmiessler.txt", "xss-somdev.txt"} {
		data, err := os.ReadFile(shared(t, "web/"+name))
		if err != nil {
			t.Fatal(err)
		}
		list := strings.Split(string(data), "\n")
		if strings.HasSuffix(name, ".json") {
			list = nil
			if err := json.Unmarshal(data, &list); err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range list {
			if !itsm.Storable(text) {
				continue
			}
			if text = itsm.OneLine(text); text != "" && len([]rune(text)) <= itsm.LabelMax-10 {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// Every text that breaks naive pages is a name here: shown as typed, executed nowhere. Each person's name holds one, and
// the directory shows them all; a handful is typed into forms by hand.
func TestStrangeNamesAreText(t *testing.T) {
	texts := nastyTexts(t)
	s := newOrganisation(t)
	want := map[string]bool{}
	for i, text := range texts {
		name := fmt.Sprintf("%04d %s", i, text)
		if _, err := s.db.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: name, Title: text}); err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		want[fold(name)] = true
	}
	p := s.as(administrator, true)
	shown := 0
	for page := 1; shown < len(want) && page < 60; page++ {
		p.open(fmt.Sprintf("/people?page=%d", page))
		names := run[[]string](p, `[...document.querySelectorAll('main tbody th a')].map(e => e.textContent)`)
		for _, name := range names {
			if want[fold(name)] {
				shown++
			}
		}
		if harm := run[int](p, `document.querySelectorAll('main script, main img, main iframe, main [onerror], main [onload], main [onclick], main style').length`); harm > 0 {
			t.Errorf("%s holds %d elements that a name made", p.where(), harm)
		}
	}
	if shown != len(want) {
		t.Errorf("%d of %d names are shown as typed", shown, len(want))
	}
	p.quiet()
}

func TestTypesStrangeNames(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		texts := nastyTexts(t)
		s := newOrganisation(t)
		p := s.as(administrator, script)
		for i := 0; i < len(texts); i += len(texts)/8 + 1 {
			p.open("/practices/new")
			p.fill("Name", texts[i])
			p.fill("Purpose", texts[i])
			p.press("Add practice")
			p.reload()
			if got := run[string](p, `document.querySelector('h1').textContent`); fold(got) != fold(texts[i]) {
				t.Errorf("typed %q, and it reads %q", texts[i], got)
			}
		}
	})
}
