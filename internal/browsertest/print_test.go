package browsertest

import (
	"regexp"
	"testing"

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
