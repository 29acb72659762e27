package browsertest

import (
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// A gap is planned from where it stands, and one is accepted until a day, after which it is back; the one who promised
// closes the action.
func TestPlansAndAcceptsGaps(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		kind := "/gaps?kind=owner-vacant&practice=" + s.id("practice", "Incident management")
		p.open(kind)
		p.sees("Owner vacant", "Incident management")
		p.press("Plan")
		p.fill("What is to be done", "Ask Joe to own it")
		p.pick("Who does it", "Find person", "Joe", "Joe Okafor", script)
		p.fill("By", "2026-12-12")
		p.press("Plan it")
		p.sees("Planned: Joe Okafor, by 12 Dec 2026")
		p.open("/practices/" + s.id("practice", "Incident management"))
		p.sees("Planned: Joe Okafor, by 12 Dec 2026")

		p.open("/gaps?kind=owner-vacant&practice=" + s.id("practice", "Release management"))
		p.press("Accept for a while")
		p.fill("Why it may stay as it is", "It begins in spring.")
		p.fill("Until", "2026-11-30")
		p.press("Accept it")
		p.sees("No gap matches")
		p.open("/gaps?state=accepted")
		p.sees("Release management", "It begins in spring.", "30 Nov 2026")
		for day, open := range map[time.Time]bool{itsm.Day(2026, 11, 30): false, itsm.Day(2026, 12, 1): true} {
			by, err := s.db.ActorOf(t.Context(), ingrid)
			if err != nil {
				t.Fatal(err)
			}
			list, err := s.db.Gaps(t.Context(), by, day, itsm.GapFilter{Code: "owner-vacant", PracticeID: storetest.Value[int64](t, s.db, `SELECT id FROM practice WHERE name = 'Release management'`)})
			if err != nil || (len(list.Kinds) == 1) != open {
				t.Errorf("%s: open = %v, %v", itsm.ISODay(day), len(list.Kinds) == 1, err)
			}
		}

		other := s.as(joe, script)
		other.open("/hats")
		other.press("Ask Joe to own it")
		other.fill("How it was done", "I do it from January.")
		other.press("It is done")
		other.keeps("Done", "I do it from January.")
		p.open("/actions")
		p.sees("No open action")
	})
}

// The page for the steering group takes a line and prints it, without its forms.
func TestPrintsTheSteeringPage(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		p.open("/steering")
		p.sees("Incident management", "Vacant")
		p.fill("Add a line", "Name an Owner for each practice")
		p.press("Add")
		p.keeps("Name an Owner for each practice")
		if script {
			p.accessible("the steering page")
		}
	})
}

// With the demo it prints on one sheet.
func TestSteeringPageIsOneSheet(t *testing.T) {
	s := serveDemo(t)
	p := s.as(cast(t, "SMO lead"), true)
	p.open("/steering")
	p.sees("What we ask you to decide", "Mail and calendar")
	pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{})
	if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf.Data, -1)); n != 1 {
		t.Errorf("%d sheets; want 1", n)
	}
}
