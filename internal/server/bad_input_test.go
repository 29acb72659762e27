package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"hatrack/internal/demo"
	"hatrack/internal/store/storetest"
)

// rough is the demo, asked in ways that no page of it asks.
type rough struct {
	t  *testing.T
	db *storetest.DB
	h  http.Handler
	in map[string]*http.Cookie // the sessions of the cast, by what they are
}

func roughDemo(t *testing.T) (rough, chi.Router) {
	t.Helper()
	db := storetest.New(t)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	s := accessServer(t, db)
	r := rough{t, db, s.Handler(), map[string]*http.Cookie{}}
	r.enter()
	return r, s.Routes()
}

// enter signs the cast in: at first, and again after what may have signed one of them out.
func (r rough) enter() {
	r.t.Helper()
	for _, a := range demo.Cast {
		r.in[a.Title] = enter(r.t, r.h, a.Email)
	}
}

func (r rough) events() int { return storetest.Value[int](r.t, r.db, `SELECT count(*) FROM event`) }

// send asks for an address as one of the cast, and fails the test for an answer that is no sentence: 5xx, or nothing to read.
func (r rough) send(who, method, address, kind, body string) int {
	r.t.Helper()
	req := httptest.NewRequest(method, "http://localhost/", strings.NewReader(body))
	path, query, _ := strings.Cut(address, "?")
	req.URL.Path, req.URL.RawQuery = path, query
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.AddCookie(r.in[who])
	w := httptest.NewRecorder()
	r.h.ServeHTTP(w, req)
	if w.Code >= 500 || w.Code >= 400 && !strings.Contains(w.Body.String(), "<h1") && !strings.Contains(w.Body.String(), "data-message") && !strings.Contains(w.Body.String(), "<dialog") {
		r.t.Errorf("%s %.200s as %s, %.60q: %d %.300s", method, address, who, body, w.Code, w.Body)
	}
	return w.Code
}

// fieldNames are the names of every field that any form of the product may have.
func fieldNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, dir := range []string{".", filepath.Join("..", "..", "web", "page")} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile("`form:\"([a-z_]+)\"`").FindAllStringSubmatch(string(text), -1) {
				names = append(names, m[1])
			}
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) < 50 {
		t.Fatalf("only %d names of fields were found", len(names))
	}
	return names
}

// TestBadInputOnEveryRoute posts to every route of the router what no page sends: unknown and impossible ids, text that
// cannot be stored, numbers that do not fit, a body of another kind. The answer is a sentence, and nothing is changed.
func TestBadInputOnEveryRoute(t *testing.T) {
	t.Parallel()
	r, routes := roughDemo(t)
	names := fieldNames(t)
	const form = "application/x-www-form-urlencoded"
	all := func(value string) string {
		values := url.Values{}
		for _, name := range names {
			values.Set(name, value)
		}
		return values.Encode()
	}
	brackets := url.Values{}
	for _, name := range names {
		brackets.Set(name+"[", "1")
		brackets.Set(name+"]", "1")
		brackets.Set(name+"[1][2", "1")
	}
	bodies := []struct{ kind, body string }{
		{form, ""}, {form, all("\x00")}, {form, all("\xff")}, {form, all(strings.Repeat("x", 30_000))}, {form, all("99999999999999999999")}, {form, all("-1")},
		{form, all("2026-02-31")}, {form, "name=%zz"}, {form, brackets.Encode()}, {"application/json", `{"name": 1}`}, {"multipart/form-data", "name"}, {"", "name=x"},
	}
	walk := func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method != http.MethodPost {
			return nil
		}
		before := r.events()
		real := address(t, r.db, pattern)
		who := "SMO lead"
		first := r.send(who, method, real, form, "name=%zz")
		if first == http.StatusForbidden {
			who = "Administrator"
		}
		done := first < 400 // what takes nothing from its form is done at once
		for _, b := range bodies {
			done = r.send(who, method, real, b.kind, b.body) < 400 || done
		}
		if strings.HasSuffix(pattern, "/sign-out") {
			r.enter()
		}
		for _, id := range []string{"999999999", "99999999999999999999", "-1", "0", "abc", "1%00"} {
			if other := param.ReplaceAllString(pattern, id); other != pattern && !strings.Contains(pattern, "{token}") && !strings.Contains(pattern, "{step}") && !strings.HasSuffix(pattern, "/discard") {
				if code := r.send(who, method, other, form, all("1")); code < 400 {
					t.Errorf("POST %s: %d", other, code)
				}
			}
		}
		if !done && r.events() != before {
			t.Errorf("POST %s was refused and changed something", pattern)
		}
		return nil
	}
	if err := chi.Walk(routes, walk); err != nil {
		t.Fatal(err)
	}
}

// field is one field of a form as the page shows it.
type field struct{ name, kind, value string }

// postForm is a form that posts.
type postForm struct {
	action string
	fields []field
}

func (f postForm) values() url.Values {
	v := url.Values{}
	for _, field := range f.fields {
		v.Add(field.name, field.value)
	}
	return v
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// forms reads the forms and links of a page.
func forms(t *testing.T, page string) (found []postForm, links []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch action, _ := attribute(n, "action"); {
		case n.Data == "a":
			if href, _ := attribute(n, "href"); strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/static/") {
				links = append(links, strings.SplitN(href, "#", 2)[0])
			}
		case n.Data == "form":
			method, _ := attribute(n, "method")
			encoding, _ := attribute(n, "enctype")
			if method == "post" && encoding == "" {
				found = append(found, postForm{action, fieldsOf(n)})
			}
		}
	}
	return found, links
}

func fieldsOf(form *html.Node) (fields []field) {
	for n := range form.Descendants() {
		name, _ := attribute(n, "name")
		value, _ := attribute(n, "value")
		kind, _ := attribute(n, "type")
		_, checked := attribute(n, "checked")
		switch {
		case name == "" || n.Data == "button":
		case n.Data == "input" && kind == "checkbox" && value == "" && checked:
			fields = append(fields, field{name, kind, "on"})
		case n.Data == "input" && (kind != "radio" && kind != "checkbox" || checked):
			fields = append(fields, field{name, kind, value})
		case n.Data == "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			fields = append(fields, field{name, "textarea", text})
		case n.Data == "select":
			fields = append(fields, field{name, "select", chosen(n)})
		}
	}
	return fields
}

func chosen(list *html.Node) (value string) {
	first := true
	for n := range list.Descendants() {
		if n.Data != "option" {
			continue
		}
		if _, selected := attribute(n, "selected"); selected || first {
			value, _ = attribute(n, "value")
			first = false
			if selected {
				return value
			}
		}
	}
	return value
}

var (
	ids     = regexp.MustCompile(`/[0-9]+(-[^/?]*)?`)
	answers = regexp.MustCompile(`=[^&]*`)
)

// everyForm visits one page of every kind and returns the forms on them.
func (r rough) everyForm(who, start string) (found []postForm) {
	r.t.Helper()
	seen, known, queue := map[string]bool{}, map[string]bool{}, []string{start}
	queries := map[string]int{} // a list's filters and orders are many; a handful of each is asked for
	for i := 0; i < len(queue) && i < 300; i++ {
		req := httptest.NewRequest(http.MethodGet, queue[i], nil)
		req.AddCookie(r.in[who])
		w := httptest.NewRecorder()
		r.h.ServeHTTP(w, req)
		if w.Code >= 400 && i > 0 {
			r.t.Errorf("a link leads %s to %s: %d", who, queue[i], w.Code)
		}
		list, links := forms(r.t, w.Body.String())
		for _, f := range list {
			if key := ids.ReplaceAllString(f.action, "/{id}"); !known[key] && f.action != "/theme" && f.action != "/sign-out" {
				known[key] = true
				found = append(found, f)
			}
		}
		for _, link := range links {
			key := answers.ReplaceAllString(ids.ReplaceAllString(link, "/{id}"), "=")
			path, _, _ := strings.Cut(key, "?")
			if !seen[key] && queries[path] < 12 {
				seen[key] = true
				queries[path]++
				queue = append(queue, link)
			}
		}
	}
	return found
}

// TestBadValuesInEveryForm fills the forms of the product as its pages show them, but for one field: too long, no day,
// older than what stands. What comes back is a sentence, and nothing is changed.
func TestBadValuesInEveryForm(t *testing.T) {
	t.Parallel()
	r, _ := roughDemo(t)
	for _, who := range []struct{ title, start string }{{"SMO lead", "/practices"}, {"Administrator", "/accounts"}} {
		list := r.everyForm(who.title, who.start)
		if len(list) < 5 {
			t.Fatalf("only %d forms were found", len(list))
		}
		for _, f := range list {
			before := r.events()
			for _, field := range f.fields {
				for _, bad := range badValues(field) {
					values := f.values()
					values.Set(field.name, bad)
					if code := r.send(who.title, http.MethodPost, f.action, "application/x-www-form-urlencoded", values.Encode()); code < 400 {
						t.Errorf("%s took %s = %.40q: %d", f.action, field.name, bad, code)
					}
				}
			}
			if r.events() != before {
				t.Errorf("%s refused a bad value and changed something", f.action)
			}
		}
	}
}

func badValues(f field) []string {
	switch {
	case f.name == "counter":
		return []string{"0", "99999", "x"}
	case f.kind == "date":
		return []string{"2026-02-31", "yesterday", "0000-00-00", strings.Repeat("9", 400)}
	case f.name == "back" || strings.HasSuffix(f.name, "_q"): // a way back and a search
		return nil
	case f.kind == "textarea", f.kind == "text", f.kind == "", f.kind == "email":
		return []string{strings.Repeat("x", 30_000), "\x00", "\xff"}
	}
	return nil
}

// TestBadQueriesOnEveryPage asks for every page with a query that means nothing.
func TestBadQueriesOnEveryPage(t *testing.T) {
	t.Parallel()
	r, routes := roughDemo(t)
	queries := []string{"", "q=%00&page=%ff", "q=" + strings.Repeat("x", 100_000)}
	for _, sort := range []string{"name", "title", "hats", "duties", "region", "team", "due", "number", "kind"} {
		queries = append(queries, "sort="+sort+"&order=down", "sort="+sort+"&vacant=1&region=1&practice=1")
	}
	for _, value := range []string{"99999999999999999999", "-1", "2026-02-31", "%27%22%3Cscript%3E", "%zz"} {
		query := ""
		for _, name := range []string{"q", "page", "sort", "order", "region", "service", "role", "person", "process", "practice", "on", "at", "into", "view", "activity", "hat", "team", "company", "state", "grant", "category", "department", "day", "step"} {
			query += name + "=" + value + "&"
		}
		queries = append(queries, query)
	}
	walk := func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodGet && !strings.HasPrefix(pattern, "/static") {
			for _, query := range queries {
				r.read("SMO lead", address(t, r.db, pattern)+"?"+query)
			}
			for _, id := range []string{"999999999", "99999999999999999999", "-1", "abc"} {
				r.read("SMO lead", param.ReplaceAllString(pattern, id))
			}
		}
		return nil
	}
	if err := chi.Walk(routes, walk); err != nil {
		t.Fatal(err)
	}
}

// read asks for a page or a part of one: anything but 5xx will do.
func (r rough) read(who, address string) {
	r.t.Helper()
	req := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
	req.URL.Path, req.URL.RawQuery, _ = strings.Cut(address, "?")
	req.AddCookie(r.in[who])
	w := httptest.NewRecorder()
	r.h.ServeHTTP(w, req)
	if w.Code >= 500 {
		r.t.Errorf("GET %.200s: %d %.300s", address, w.Code, w.Body)
	}
}
