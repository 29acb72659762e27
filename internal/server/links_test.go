package server_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// href is a link of a page to another page of the product.
var href = regexp.MustCompile(`href="(/[^"#]*)"`)

// TestNoLinkEndsNowhere follows what a supplier's people are offered, from page to page: whatever is named to them without
// being open to them stands there without a link.
func TestNoLinkEndsNowhere(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	// A service that their practice supports, and a role of a practice that is not theirs invited into their process.
	service := id(s.AddService(ctx, op, itsm.Service{Name: "Mail"}))
	for _, err := range []error{
		s.AddSupport(ctx, op, service, itsm.Support{PracticeID: s.practice}),
		s.AddColumn(ctx, op, s.process, s.veilRole, store.Latest),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s.cell(s.log, s.veilRole, itsm.LetterI)
	reader := s.readers()["supplier"]
	from := map[string]string{"/hats": "the start", "/practices": "the start", "/services": "the start", "/gaps": "the start"}
	todo := []string{"/hats", "/practices", "/services", "/gaps"}
	for n := 0; n < len(todo) && n < 400; n++ {
		a := reader.get(todo[n])
		if a.status >= http.StatusBadRequest {
			t.Errorf("%s leads to %s: %d", from[todo[n]], todo[n], a.status)
			continue
		}
		for _, m := range href.FindAllStringSubmatch(a.body, -1) {
			to := html.UnescapeString(m[1])
			if strings.HasPrefix(to, "/static/") || strings.Contains(to, ".csv") || strings.Contains(to, ".xlsx") || strings.Contains(to, "on=") || from[to] != "" {
				continue
			}
			from[to] = todo[n]
			todo = append(todo, to)
		}
	}
	if len(todo) < 30 {
		t.Errorf("only %d pages were opened", len(todo))
	}
}

// Of a practice that a supplier's people do not see, the library does not say that the organisation has none.
func TestTheLibrarySaysNothingOfWhatIsNotSeen(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	readers := s.readers()
	for page, says := range map[string]string{"/library": "not yet", "/library/knowledge-management": "does not have this practice"} {
		for _, who := range []string{"supplier", "reader"} {
			if got, want := strings.Contains(readers[who].get(page).text(), says), who == "reader"; got != want {
				t.Errorf("%s, %s: %v", page, who, got)
			}
		}
	}
}

// Hats are handed over by who may appoint to one of them; others propose.
func TestOnlyWhoAppointsHandsHatsOver(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.analyst, s.jonas, 0)
	for who, offers := range map[int64]string{s.lead: "Give a hat Hand hats over", s.marta: "Give a hat Hand hats over", s.jonas: "Propose for a hat Export"} {
		s.as(who).get("/people/"+itoa(s.jonas)).shows(t, http.StatusOK, offers)
	}
	s.as(s.marta).get("/people/"+itoa(s.marta)).shows(t, http.StatusOK, "Give a hat Export")
}

// TestAnEmptyOrganisationHasNothingToSort: the page was blank where no practice was yet.
func TestAnEmptyOrganisationHasNothingToSort(t *testing.T) {
	t.Parallel()
	s := scene{site: serve(t)}
	s.lead, s.reader = s.person("Ingrid Solberg"), s.person("Priya Raman")
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = 'SMO lead'`), s.lead, 0)
	s.as(s.lead).get("/practices/sort").shows(t, http.StatusOK, "Nothing to sort")
	s.as(s.reader).get("/practices/sort").shows(t, http.StatusForbidden)
}
