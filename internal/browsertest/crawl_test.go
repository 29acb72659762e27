package browsertest

import "testing"

// Every kind of page that somebody can reach by links is whole, accessible in light, dark and on a phone, and silent.
func TestEveryPage(t *testing.T) {
	s := serveDemo(t)
	all := []string{"/"}
	small := []string{"/processes/1", "/processes/1?names=1", "/processes/1/raci", "/processes/1/raci?view=people", "/processes/1/raci?view=list"}
	for _, who := range []struct {
		title          string
		within, starts []string
	}{
		// The small process stands for its kind: what is right there is right in the large one.
		{"SMO lead", all, append([]string{"/hats", "/processes/1/columns"}, small...)},
		{"Reader", all, append([]string{"/hats"}, small...)},
		{"Supplier", all, []string{"/hats", "/practices"}},
		// The rest is what a reader sees.
		{"Administrator", []string{"/account", "/settings", "/set-up"}, []string{"/accounts", "/settings", "/set-up/1", "/set-up/5"}},
	} {
		t.Run(who.title, func(t *testing.T) {
			t.Parallel()
			s.of(t).as(cast(t, who.title), true).crawl(who.within, who.starts)
		})
	}
}

// Before anything is in it, every page teaches what to do first.
func TestEveryEmptyPage(t *testing.T) {
	p := newOrganisation(t).as(administrator, true)
	p.crawl([]string{"/"}, []string{"/hats", "/set-up/1"})
}
