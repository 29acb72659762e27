package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axe is axe-core as npm brought it; the product does not serve it.
var axe = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile(filepath.Join("..", "..", "web", "vendor", "_test", "axe.min.js"))
	return string(b), err
})

// accessible fails the test for what axe finds wrong with the page by WCAG 2.2 A and AA.
func (p *tab) accessible() {
	p.t.Helper()
	source, err := axe()
	if err != nil {
		if os.Getenv("CI") != "" {
			p.t.Fatal(err)
		}
		p.t.Skipf("axe-core is not here; make assets brings it: %v", err)
	}
	p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[bool](source+"; true")(ctx, t)
		return chromedp.Void{}, err
	})
	found := run[string](p, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.failureSummary || '').slice(0, 300))}))))`)
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		p.t.Fatal(err)
	}
	for _, v := range violations {
		p.t.Errorf("%s: %s (%s): %q", p.where(), v.Help, v.ID, v.Nodes)
	}
}

// fits fails the test where the page as a whole scrolls sideways.
func (p *tab) fits() {
	p.t.Helper()
	if over := run[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		wide := run[string](p, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'fixed').slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ')`)
		p.t.Errorf("%s scrolls sideways by %d pixels: %s", p.where(), over, wide)
	}
}

// scheme shows the page as a reader with a light or dark system sees it.
func (p *tab) scheme(name string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

// shot keeps a picture of the page where HATRACK_SHOTS names a directory: for looking at.
func (p *tab) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("HATRACK_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		p.t.Error(err)
	}
}

// printed keeps the page as it prints, where HATRACK_SHOTS names a directory.
func (p *tab) printed(name string) {
	p.t.Helper()
	dir := os.Getenv("HATRACK_SHOTS")
	if dir == "" {
		return
	}
	pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{})
	if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf.Data, 0o644); err != nil {
		p.t.Error(err)
	}
}

var digits = regexp.MustCompile(`/[0-9]+(-[^/?]*)?`)

// pattern is what is the same about the addresses of one kind of page.
func pattern(address string) string { return digits.ReplaceAllString(address, "/{id}") }

// crawl visits one page of every kind that can be reached from start by links, and calls look on each.
func (p *tab) crawl(start string, most int, look func(address string)) int {
	p.t.Helper()
	seen, queue := map[string]bool{pattern(start): true}, []string{start}
	for i := 0; i < len(queue); i++ {
		p.open(queue[i])
		look(queue[i])
		links := run[[]string](p, `[...document.querySelectorAll('a[href^="/"]')].map(a => a.getAttribute('href').split('#')[0]).filter(h => !h.startsWith('/static/'))`)
		for _, link := range links {
			kind := pattern(regexp.MustCompile(`=[^&]*`).ReplaceAllString(link, "="))
			if !seen[kind] && len(queue) < most {
				seen[kind] = true
				queue = append(queue, link)
			}
		}
	}
	if len(queue) >= most {
		p.t.Log(fmt.Sprintf("stopped at %d kinds of page", most))
	}
	return len(queue)
}
