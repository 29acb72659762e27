package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"hatrack/internal/demo"
	"hatrack/internal/store/storetest"
)

// telling are the parameters with which a page shows something else; with others it shows less of the same, or in another order.
var telling = []string{"on", "view", "names", "kind", "q", "role", "find", "into"}

// crawl opens what a reader comes to by links, one address of each route and way to look at it, and gives each page to look.
func crawl(t *testing.T, h http.Handler, routes chi.Router, session *http.Cookie, seeds []string, look func(address, body string)) (pages int) {
	t.Helper()
	seen, kinds := map[string]bool{}, map[string]int{}
	for queue := seeds; len(queue) > 0; queue = queue[1:] {
		u, err := url.Parse(queue[0])
		if err != nil || u.Host != "" || seen[u.RequestURI()] {
			continue
		}
		seen[u.RequestURI()] = true
		found := chi.NewRouteContext()
		if u.Path == "/sign-out" || !routes.Match(found, http.MethodGet, u.Path) || strings.HasPrefix(u.Path, "/static") {
			continue
		}
		kind := found.RoutePattern()
		for _, name := range telling {
			if u.Query().Has(name) {
				kind += " " + name + "=" + u.Query().Get("view")
			}
		}
		if kinds[kind]++; kinds[kind] > 1 && !strings.HasPrefix(kind, "/search") {
			continue
		}
		r := httptest.NewRequest(http.MethodGet, u.RequestURI(), nil)
		r.AddCookie(session)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			continue
		}
		pages++
		look(u.RequestURI(), w.Body.String())
		if path.Ext(u.Path) == "" {
			queue = append(queue, linksOf(w.Body.String())...)
		}
	}
	return pages
}

func linksOf(body string) (links []string) {
	for z := html.NewTokenizer(strings.NewReader(body)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.Data != "a" {
			continue
		}
		for _, a := range token.Attr {
			if a.Key == "href" && strings.HasPrefix(a.Val, "/") {
				links = append(links, a.Val)
			}
		}
	}
	return links
}

// otherLabel is what the screen calls nobody where the setting says "Process".
// A name without the word is that of no hat; only the card that says what an Owner is, is headed so.
var otherLabel = regexp.MustCompile(`Practice (Owner|Manager)|<bdi>(Owner|Manager)</bdi>|/roles/\d[^>]*>(Owner|Manager)<|(^|,)(Owner|Manager)(,|\n)`)

// elsewhere are the setting itself and the page of patterns; and the file of policies, which an import reads by the names of roles.
var elsewhere = regexp.MustCompile(`^/(settings|design|policies\.csv)`)

// TestEveryPageKeepsToTheLabelOfOwnersAndManagers crawls the demo with the setting on "Process".
func TestEveryPageKeepsToTheLabelOfOwnersAndManagers(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	facts(t, db, `UPDATE organisation SET owner_label = 'process'`)
	s := accessServer(t, db)
	h := s.Handler()
	var seeds []string
	if err := chi.Walk(s.Routes(), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodGet {
			seeds = append(seeds, address(t, db, pattern))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	seeds = append([]string{"/search?q=owner", "/search?q=who+answers+for+logging", "/search?q=manager"}, seeds...)
	for _, who := range []string{"SMO lead", "Process owner", "Supplier"} {
		for _, a := range demo.Cast {
			if a.Title != who {
				continue
			}
			pages := crawl(t, h, s.Routes(), enter(t, h, a.Email), seeds, func(address, body string) {
				if elsewhere.MatchString(address) {
					return
				}
				body = strings.ReplaceAll(body, `<h2 id="h-owner"><bdi>Owner</bdi>`, "")
				for _, at := range otherLabel.FindAllStringIndex(body, 4) {
					t.Errorf("%s sees at %s: %q", who, address, body[max(at[0]-120, 0):min(at[1]+60, len(body))])
				}
			})
			if pages < 40 {
				t.Errorf("%s saw only %d pages", who, pages)
			}
			t.Logf("%s saw %d pages", who, pages)
		}
	}
}
