package browsertest

import (
	"regexp"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

var sheetOfPDF = regexp.MustCompile(`/Type\s*/Page\b`)

// sheets prints the page that is open, and counts.
func (p *tab) sheets() int {
	p.t.Helper()
	own := true
	pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &own, PrintBackground: &own})
	return len(sheetOfPDF.FindAll(pdf.Data, -1))
}

// My hats is a sheet of paper for an ordinary holder; who wears four hats with forty activities has two.
func TestMyHatsFitOnASheet(t *testing.T) {
	t.Parallel()
	s := serveDemo(t)
	for who, most := range map[string]int{"Manager": 1, "Supplier": 1, "Practitioner": 2} {
		p := s.as(cast(t, who), true)
		p.open("/hats")
		p.sees("My hats")
		if n := p.sheets(); n < 1 || n > most {
			t.Errorf("the hats of the %s print on %d sheets; want at most %d", who, n, most)
		}
	}
}

// What an office prints wastes no paper: the steering page is one sheet, gaps, a practice and a process are two.
func TestPagesFitOnFewSheets(t *testing.T) {
	t.Parallel()
	s := serveDemo(t)
	p := s.as(cast(t, "SMO lead"), true)
	for path, c := range map[string]struct {
		says string
		most int
	}{
		"/steering": {"Steering group", 1}, "/steering?since=2020-01-01": {"What changed since 1 Jan 2020", 1}, "/gaps": {"Gaps", 2}, "/practices/1": {"Incident management", 2}, "/processes/1": {"Handle an incident", 2}, "/map/regions": {"Who wears which hat", 2},
	} {
		p.open(path)
		p.sees(c.says)
		if n := p.sheets(); n < 1 || n > c.most {
			t.Errorf("%s prints on %d sheets; want at most %d", path, n, c.most)
		}
	}
}

// Columns of the same kind share a sheet evenly.
func TestColumnsShareTheSheet(t *testing.T) {
	t.Parallel()
	p := serveDemo(t).as(cast(t, "SMO lead"), true)
	p.size(1047, 718) // a sheet on its side, within its margins
	for _, path := range []string{"/processes/4/raci", "/map"} {
		p.open(path)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		widths := `(() => [...document.querySelectorAll('.mx tr.rl th:not(.first, .chk, .load)')].map(c => c.offsetWidth))()`
		if w := run[[]float64](p, widths); len(w) < 4 || slices.Max(w)-slices.Min(w) > 1 {
			t.Errorf("the columns of %s are %v wide on paper", path, w)
		}
		wide := `(() => [...document.querySelectorAll('.mx tbody td')].filter(c => [...c.querySelectorAll('.g, .n, .tm')].some(e => e.getBoundingClientRect().right > c.getBoundingClientRect().right + 1)).length)()`
		if n := run[int](p, wide); n > 0 {
			t.Errorf("%d cells of %s are wider than their columns on paper", n, path)
		}
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"})
	}
}

// What is longer than a sheet begins below the head of its page and breaks; kept in one piece it would leave the first sheet empty.
func TestWhatIsLongerThanASheetBreaks(t *testing.T) {
	t.Parallel()
	p := serveDemo(t).as(cast(t, "SMO lead"), true)
	p.size(718, 1047) // a sheet within its margins
	longest := 0
	for _, path := range []string{"/people/1", "/people/3", "/people/4", "/people/5", "/people/6", "/people/7", "/people/8", "/practices/1", "/processes/1", "/trail", "/gaps", "/people"} {
		p.open(path)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		longest = max(longest, run[int](p, `Math.max(0, ...[...document.querySelectorAll('.card')].map(c => c.offsetHeight))`))
		if whole := run[[]string](p, `[...document.querySelectorAll('.card')].filter(c => c.offsetHeight > 700 && getComputedStyle(c).breakInside === 'avoid').map(c => c.innerText.slice(0, 40))`); len(whole) > 0 {
			t.Errorf("%s keeps in one piece: %q", path, whole)
		}
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"})
	}
	if longest < 1047 {
		t.Errorf("nothing of it is longer than a sheet: %d", longest)
	}
}
