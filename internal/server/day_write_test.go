package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Who writes on a page that speaks of today, and came from another day, comes back to that day.
func TestWhatIsPostedOnAPageOfTodayKeepsTheDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	const day, to = "on=2026-03-01", "since=2026-02-01"
	page := lead.get("/steering?" + to + "&" + day)
	if posts := parsePage(t, page.body).posts; !slices.Contains(posts, "/steering?"+day) {
		t.Fatalf("the forms of the page go to %q", posts)
	}
	for _, day := range []string{day, "on=" + itsm.ISODay(storetest.Today)} {
		a := lead.post("/steering?"+day, url.Values{"text": {"Decide " + day}, "since": {"2026-02-01"}})
		if a.status != http.StatusSeeOther || strings.Contains(a.to, "on=2026-03-01") != (day == "on=2026-03-01") {
			t.Errorf("%s: %d to %s", day, a.status, a.to)
		}
	}
	lead.post("/steering?"+day, url.Values{"text": {""}}).shows(t, http.StatusUnprocessableEntity, "Say what the group is to decide", "What it leads to shows 1 Mar 2026 again")
	lead.post("/practices?"+day, url.Values{"name": {"X"}}).shows(t, http.StatusForbidden, "writing is off there")
}

// A file that is brought keeps the day until it is imported or thrown away; what came of it is of today.
func TestAnImportKeepsTheDayUntilSomethingIsWritten(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	const day = "on=2026-03-01"
	stage := func() string {
		up := lead.upload("/import/assignments?"+day, "hats.csv", []byte(smallHats))
		if up.status != http.StatusSeeOther || !strings.Contains(up.to, day) {
			t.Fatalf("%d to %s", up.status, up.to)
		}
		return up.to
	}
	page := func(to string) string { path, _, _ := strings.Cut(to, "?"); return path }
	up := stage()
	if a := lead.post(page(up)+"?"+day, url.Values{"rest": {"out"}}); a.status != http.StatusSeeOther || !strings.Contains(a.to, day) {
		t.Errorf("answering: %d to %s", a.status, a.to)
	}
	if posts := parsePage(t, lead.get(up).body).posts; !slices.Contains(posts, page(up)+"/confirm?"+day) {
		t.Errorf("the forms of the list go to %q", posts)
	}
	if a := lead.post(page(up)+"/confirm?"+day, url.Values{}); a.status != http.StatusSeeOther || strings.Contains(a.to, "on=") {
		t.Errorf("importing: %d to %s", a.status, a.to)
	}
	if a := lead.post(page(stage())+"/discard?"+day, url.Values{}); a.status != http.StatusSeeOther || !strings.Contains(a.to, day) {
		t.Errorf("throwing away: %d to %s", a.status, a.to)
	}
}

// What is adopted from the library is of today: whoever came from another day sees it, and can go on with it.
func TestWhatIsAdoptedIsSeenToday(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, path := range []string{"/library/knowledge-management", "/library/organisation"} {
		ticks := tick.FindAllStringSubmatch(lead.get(path+"?all=1").body, -1)
		if len(ticks) == 0 {
			t.Fatalf("%s offers nothing", path)
		}
		a := lead.post(path+"?on=2026-03-01", url.Values{"tick": {ticks[0][1]}})
		if a.status != http.StatusSeeOther || strings.Contains(a.to, "on=") {
			t.Errorf("%s: %d to %s", path, a.status, a.to)
		}
		if text := a.toast(); !strings.Contains(text, "You look at today again.") {
			t.Errorf("%s does not say that it leads to today: %q", path, text)
		}
	}
}

var tick = regexp.MustCompile(`name="tick" value="([^"]+)"`)
