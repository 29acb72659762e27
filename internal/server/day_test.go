package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"hatrack/internal/demo"
	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// noDay are the addresses that speak of no day: of the reader, of the product, of what is done today, or of two days.
var noDay = regexp.MustCompile(`^/(static|accounts|settings|events)(/|\.|$)|^/processes/[^/]+/raci/compare$`)

// ofToday are the addresses that speak of today and lead back to the day.
var ofToday = regexp.MustCompile(`^/(reviews|search|actions|steering|library|import|about|account)(/|$)`)

// pageOf is what a page's markup says to a browser: where its links lead, where its forms go, its most important buttons.
type pageOf struct {
	links, posts, primary []string
	asks                  []map[string]string // the fields of forms that only ask
}

func parsePage(t *testing.T, body string) (p pageOf) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	attr := func(n *html.Node, key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "a":
			p.links = append(p.links, attr(n, "href"))
			if slices.Contains(strings.Fields(attr(n, "class")), "pri") {
				p.primary = append(p.primary, attr(n, "href"))
			}
		case n.Data == "form" && attr(n, "method") == "post":
			p.posts = append(p.posts, attr(n, "action"))
		case n.Data == "form" && attr(n, "method") != "dialog":
			fields := map[string]string{}
			for f := range n.Descendants() {
				if f.Type == html.ElementNode && attr(f, "name") != "" {
					fields[attr(f, "name")] = attr(f, "value")
				}
			}
			p.asks = append(p.asks, fields)
		}
	}
	return p
}

// TestEveryLinkOfAPageWithADayKeepsIt walks the demo on another day from link to link, as each kind of reader: there is no
// way out of the day but the one to today, and nothing to write with.
func TestEveryLinkOfAPageWithADayKeepsIt(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	h := accessServer(t, db).Handler()
	for i, a := range demo.Cast {
		day := itsm.ISODay(storetest.Today.AddDate(0, []int{-9, 2}[i%2], 0))
		t.Run(a.Title, func(t *testing.T) {
			w := dayWalk{t: t, h: h, day: day, session: enter(t, h, a.Email), seen: map[string]bool{}}
			w.follow("/practices?on=" + day)
			w.follow("/services?on=" + day)
			w.follow("/people?on=" + day)
			w.follow("/policies?on=" + day)
			if len(w.seen) < 15 {
				t.Errorf("only %d pages were reached", len(w.seen))
			}
		})
	}
}

type dayWalk struct {
	t       *testing.T
	h       http.Handler
	day     string
	session *http.Cookie
	seen    map[string]bool
	kinds   map[string]int
}

// plainPath is a path without the words after its number.
func plainPath(path string) string {
	return regexp.MustCompile(`^(/[a-z-]+/\d+)[^/]*`).ReplaceAllString(path, "$1")
}

// enough pages of one kind say what the others would.
const enough = 12

var digits = regexp.MustCompile(`/\d+[^/]*`)

// kind is the route that an address belongs to, with the names of what it asks for.
func kind(u *url.URL) string {
	names := []string{}
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return digits.ReplaceAllString(u.Path, "/{id}") + "?" + strings.Join(names, ",")
}

func (w *dayWalk) follow(start string) {
	if w.kinds == nil {
		w.kinds = map[string]int{}
	}
	for todo := []string{start}; len(todo) > 0; todo = todo[1:] {
		u, err := url.Parse(todo[0])
		if err != nil {
			w.t.Fatal(err)
		}
		u.Fragment = ""
		if w.seen[u.String()] || w.kinds[kind(u)] >= enough {
			continue
		}
		w.seen[u.String()] = true
		w.kinds[kind(u)]++
		todo = append(todo, w.look(u)...)
	}
}

func (w *dayWalk) get(u *url.URL) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, u.String(), nil)
	r.AddCookie(w.session)
	rec := httptest.NewRecorder()
	w.h.ServeHTTP(rec, r)
	return rec
}

// look checks one page and returns where it leads on.
func (w *dayWalk) look(u *url.URL) (on []string) {
	rec := w.get(u)
	if rec.Code == http.StatusSeeOther {
		return []string{rec.Header().Get("Location")}
	}
	if rec.Header().Get("Content-Disposition") != "" || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
		return nil
	}
	if rec.Code != http.StatusOK { // what is not for this reader is not for them on any day
		now, q := *u, u.Query()
		q.Del("on")
		now.RawQuery = q.Encode()
		if today := w.get(&now); today.Code != rec.Code {
			w.t.Errorf("%s: %d, and today %d", u, rec.Code, today.Code)
		}
		return nil
	}
	p, today := parsePage(w.t, rec.Body.String()), 0
	for _, href := range p.links {
		link, err := url.Parse(href)
		if err != nil || href == "" || !strings.HasPrefix(href, "/") {
			continue
		}
		switch link.Query().Get("on") {
		case w.day:
			on = append(on, href)
		case "":
			if plainPath(link.Path) == plainPath(u.Path) && today < 2 { // the banner's and the day picker's
				today++
			} else if !noDay.MatchString(link.Path) {
				w.t.Errorf("%s: the link to %s loses the day", u, href)
			}
		}
	}
	if today == 0 {
		w.t.Errorf("%s: no way back to today", u)
	}
	for _, form := range p.asks {
		if form["on"] != w.day {
			w.t.Errorf("%s: a form loses the day: %v", u, form)
		}
	}
	if ofToday.MatchString(u.Path) {
		if !strings.Contains(rec.Body.String(), "This page speaks of today") {
			w.t.Errorf("%s: does not say that it speaks of today", u)
		}
		return on
	}
	for _, action := range p.posts {
		if action != "/theme" && action != "/sign-out" {
			w.t.Errorf("%s: something can be written to %s", u, action)
		}
	}
	if len(p.primary) > 0 || strings.Contains(rec.Body.String(), "data-save") {
		w.t.Errorf("%s: there is something to write with: %v", u, p.primary)
	}
	if !strings.Contains(rec.Body.String(), "letters and texts as they are today") {
		w.t.Errorf("%s: does not say that it speaks of another day", u)
	}
	if day, err := time.Parse(time.DateOnly, w.day); err != nil || !regexp.MustCompile(`<html[^>]* data-sheet="[^"]+ · [^"]+, `+itsm.ShowDay(day)+`"`).MatchString(rec.Body.String()) {
		w.t.Errorf("%s: its sheets do not say of which day they are", u)
	}
	return on
}

func TestNothingIsWrittenOnAnotherDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, path := range []string{s.raci() + "/cell", "/practices", "/people/" + itoa(s.marta) + "/edit", "/processes/" + itoa(s.process)} {
		lead.post(path+"?on=2026-03-03", url.Values{"name": {"X"}}).shows(t, http.StatusForbidden, "You look at 3 Mar 2026, and writing is off there")
	}
	for _, path := range []string{"/practices/new", "/people/new", "/processes/" + itoa(s.process) + "/edit", "/processes/" + itoa(s.process) + "/columns"} {
		lead.get(path).shows(t, http.StatusOK)
		lead.get(path+"?on=2026-03-03").shows(t, http.StatusForbidden, "writing is off there")
	}
	if err := s.EditPractice(t.Context(), itsm.Actor{AccountID: 1, Today: storetest.Today, On: &storetest.Today}, itsm.Practice{ID: s.practice, Name: "X", Category: "service", State: "in use"}); err == nil {
		t.Error("the store writes on another day")
	}
}

func TestADayThatIsNoneIsRefusedWithAWayBack(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader)
	for _, page := range []string{"/practices", "/practices/" + itoa(s.practice), s.raci(), "/processes/" + itoa(s.process), "/roles/" + itoa(s.owner), "/people/" + itoa(s.marta), "/teams/" + itoa(s.desk)} {
		for day, says := range map[string]string{"yesterday": "This is not a day", "0031-12-01": "Give a day between 1900 and 2200", "99999-01-01": "This is not a day", "2026-02-30": "This is not a day"} {
			a := reader.get(page + "?gaps=1&on=" + day)
			a.shows(t, http.StatusUnprocessableEntity, says, "Go to the page as of today")
			if !strings.Contains(a.body, `href="`+page+`?gaps=1"`) {
				t.Errorf("%s: no way back", page)
			}
		}
		for _, day := range []string{"1900-01-01", "2200-12-31", "2024-02-29"} {
			reader.get(page+"?on="+day).shows(t, http.StatusOK, "You look at")
		}
		for _, day := range []string{"", itsm.ISODay(storetest.Today)} {
			if a := reader.get(page + "?on=" + day); a.status != http.StatusOK || strings.Contains(a.text(), "You look at") {
				t.Errorf("%s: today is taken for another day", page)
			}
		}
	}
}

// What speaks of today shows the same with a day in its address, says so, and leads back to the day.
func TestWhatSpeaksOfTodaySaysSoAndLeadsBackToTheDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.jonas, 0)
	lead := s.as(s.lead)
	for _, page := range []string{"/search?q=incident&", "/actions?", "/reviews?", "/steering?", "/library?", "/import?", "/import/people?", "/import/raci?", "/about?", "/account?"} {
		a := lead.get(page + "on=2026-03-01")
		a.shows(t, http.StatusOK, "This page speaks of today. What it leads to shows 1 Mar 2026 again", "Go to today")
		if !strings.Contains(a.body, `href="/gaps?on=2026-03-01"`) {
			t.Errorf("%s does not lead back to the day", page)
		}
		if strings.Contains(a.text(), "Writing is off") {
			t.Errorf("%s says of today that nothing can be written", page)
		}
		if now := lead.get(strings.TrimRight(page, "?&")); strings.Contains(now.text(), "speaks of today") {
			t.Errorf("%s explains itself to who comes from today", page)
		}
		lead.get(page+"on=yesterday").shows(t, http.StatusUnprocessableEntity, "This is not a day")
	}
	if a := lead.get("/search?palette=1&q=incident&on=2026-03-01"); !strings.Contains(a.body, "?on=2026-03-01") {
		t.Error("the palette loses the day")
	}
	reader := s.as(s.reader)
	for _, page := range []string{"/processes/" + itoa(s.process), s.raci()} {
		if a := reader.get(page + "?on=2026-03-01"); !strings.Contains(a.body, `name="on" value="2026-03-01"`) {
			t.Errorf("%s: the search loses the day", page)
		}
	}
}

func TestTheRegionGoesAlong(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.manager, s.ana, s.apac)
	at := "?on=2026-12-24&region=" + itoa(s.apac)
	a := s.as(s.reader).get("/processes/" + itoa(s.process) + at)
	a.shows(t, http.StatusOK, "On 24 Dec 2026 in APAC Marta Nowak will answer for Handle an incident, as Practice Owner.", "Ana Souza will answer for Log, as Practice Manager.")
	p := parsePage(t, a.body)
	for _, want := range []string{s.raci(), "/activities/" + itoa(s.log)} {
		if !slices.ContainsFunc(p.links, func(href string) bool {
			u, err := url.Parse(href)
			return err == nil && strings.HasPrefix(u.Path, strings.TrimSuffix(want, "/raci")) && u.Query().Get("region") == itoa(s.apac)
		}) {
			t.Errorf("the link to %s does not keep the region: %v", want, p.links)
		}
	}
	all := 0
	for _, href := range p.links {
		u, _ := url.Parse(href)
		if u.Path == "/people" && u.Query().Has("region") {
			t.Error("the directory would be narrowed to the region")
		}
		if strings.HasPrefix(u.Path, "/processes/"+itoa(s.process)) && !strings.HasSuffix(u.Path, "/raci") && !u.Query().Has("region") && u.Query().Has("on") {
			all++
		}
	}
	if all == 0 {
		t.Error("no link leads back to all regions")
	}
}

// Where no region is chosen, other days of the same page keep the one that the reader came with.
func TestTheRegionGoesAlongToOtherDaysOfAPage(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	practice := "/practices/" + itoa(s.practice)
	a := s.as(s.reader).get(practice + "?on=2026-12-24&region=" + itoa(s.apac))
	days := 0
	for _, href := range parsePage(t, a.body).links {
		u, _ := url.Parse(href)
		if strings.HasPrefix(u.Path, practice+"-") && u.Query().Has("on") && !strings.Contains(u.Path, "/history") {
			if days++; u.Query().Get("region") != itoa(s.apac) {
				t.Errorf("%s loses the region", href)
			}
		}
	}
	if form := `<input type="hidden" name="region" value="` + itoa(s.apac) + `">`; days == 0 || strings.Count(a.body, form) != 1 {
		t.Errorf("%d links to other days, and the form that chooses one: %d", days, strings.Count(a.body, form))
	}
}
