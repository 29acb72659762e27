package browsertest

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is axe-core as npm brought it; the product does not serve it.
var axe = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile(filepath.Join("..", "..", "web", "vendor", "_test", "axe.min.js"))
	return string(b), err
})

// accessible fails the test for what axe finds wrong with the page.
func (p *tab) accessible(how string) {
	p.t.Helper()
	source, err := axe()
	if err != nil {
		if os.Getenv("CI") != "" {
			p.t.Fatal(err)
		}
		p.t.Skipf("axe-core is not here; make assets brings it: %v", err)
	}
	if !run[bool](p, `typeof axe === 'object'`) {
		p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := chromedp.Evaluate[bool](source+"; true")(ctx, t)
			return chromedp.Void{}, err
		})
	}
	found := run[string](p, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: {'target-size': {enabled: true}}}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.failureSummary || '').slice(0, 300))}))))`)
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		p.t.Fatal(err)
	}
	for _, v := range violations {
		p.t.Errorf("%s, %s: %s (%s): %q", p.where(), how, v.Help, v.ID, v.Nodes)
	}
}

// wellMade fails the test unless the page answered with a status and is a whole document: one h1, a title.
func (p *tab) wellMade(status int) {
	p.t.Helper()
	got := run[struct {
		Status, Heads int
		Title         string
	}](p, `({status: performance.getEntriesByType('navigation')[0].responseStatus, heads: document.querySelectorAll('h1').length, title: document.title})`)
	if got.Status != status || got.Heads != 1 || strings.TrimSpace(got.Title) == "" || strings.HasPrefix(got.Title, "·") {
		p.t.Errorf("%s: status %d with %d h1 and the title %q", p.where(), got.Status, got.Heads, got.Title)
	}
	if !run[bool](p, `!document.querySelector('form[hx-get]') || [...document.scripts].some(s => s.src.includes('/htmx.'))`) {
		p.t.Errorf("%s has a filter that its list does not follow: the page asks for no htmx.js", p.where())
	}
}

// audit looks at the page as it is read: wide and light, narrow and dark.
func (p *tab) audit() {
	p.t.Helper()
	p.scheme("light")
	p.accessible("wide and light")
	p.scheme("dark")
	p.size(390, 844)
	p.fits()
	p.accessible("390 pixels and dark")
	p.size(1440, 900)
	p.quiet()
}

// fits fails the test where the page as a whole scrolls sideways.
func (p *tab) fits() {
	p.t.Helper()
	if over := run[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		wide := run[string](p, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'fixed').slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ')`)
		p.t.Errorf("%s scrolls sideways by %d pixels: %s", p.where(), over, wide)
	}
}

// scheme shows the page as a reader with a light or dark system sees it, who wants nothing to move.
func (p *tab) scheme(name string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

var (
	digits = regexp.MustCompile(`/[0-9]+(-[^/?]*)?|/library/[a-z-]+`) // entries of the library have keys
	order  = regexp.MustCompile(`(order|sort|page|after|before|back|about)=[^&]*&?`)
	values = regexp.MustCompile(`=[^&]*`)
)

// twice is an address that asks for two things at once: each of them alone stands for it.
var twice = regexp.MustCompile(`[?].+=.*&.+=`)

// kind is what is the same about the addresses of one kind of page: numbers, order and what is asked for may differ.
func kind(address string) string {
	of := values.ReplaceAllString(order.ReplaceAllString(digits.ReplaceAllString(address, "/{id}"), ""), "=")
	return strings.TrimRight(of, "?&")
}

// crawl visits one page of every kind that can be reached by links and begins with one of within, and audits each.
func (p *tab) crawl(within, starts []string) {
	p.t.Helper()
	seen, queue, from := map[string]bool{}, starts, map[string]string{}
	for _, start := range starts {
		seen[kind(start)] = true
	}
	for i := 0; i < len(queue); i++ {
		begun := time.Now()
		p.open(queue[i])
		p.wellMade(http.StatusOK)
		p.audit()
		p.t.Logf("%5d ms %s, linked from %s", time.Since(begun).Milliseconds(), queue[i], from[queue[i]])
		links := run[[]string](p, `[...document.querySelectorAll('a[href^="/"]')].map(a => a.getAttribute('href').split('#')[0]).filter(h => !h.startsWith('/static/') && !/\.(csv|xlsx|md|html)([?]|$)/.test(h))`)
		for _, link := range links {
			if !seen[kind(link)] && !twice.MatchString(kind(link)) && slices.ContainsFunc(within, func(s string) bool { return strings.HasPrefix(link, s) }) {
				seen[kind(link)] = true
				queue = append(queue, link)
				from[link] = queue[i]
			}
		}
	}
}
