package page

import (
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// Whoever may appoint is told to, others may propose, and an external neither.
func TestAGapOffersWhatItsReaderMayDo(t *testing.T) {
	hat := func(kind itsm.RoleKind, practice int64) itsm.Actor {
		return itsm.Actor{AccountID: 1, PersonID: 4, Hats: []itsm.Hat{{Kind: kind, Capacity: itsm.Holder, PracticeID: practice}}}
	}
	owner, staff, supplier := hat(itsm.Owner, 3), hat(itsm.Practitioner, 3), itsm.Actor{AccountID: 2, PersonID: 5, External: true, Sees: []int64{3}}
	for name, c := range map[string]struct {
		by   itsm.Actor
		kind itsm.RoleKind
		fix  itsm.Fix
		want string
	}{
		"the Owner, a Manager":     {owner, itsm.Manager, itsm.FixAppoint, "Appoint"},
		"the Owner, an Owner":      {owner, itsm.Owner, itsm.FixAppoint, "Propose"},
		"the Owner, a deputy":      {owner, itsm.Manager, itsm.FixDeputy, "Appoint a deputy"},
		"of another practice":      {hat(itsm.Owner, 9), itsm.Manager, itsm.FixAppoint, "Propose"},
		"a Practitioner":           {staff, itsm.Practitioner, itsm.FixAppoint, "Propose"},
		"a Practitioner, a deputy": {staff, itsm.Manager, itsm.FixDeputy, "Propose a deputy"},
		"an external":              {supplier, itsm.Manager, itsm.FixAppoint, ""},
	} {
		if got := (GapsCard{By: c.by}).fix(itsm.Gap{Fix: c.fix, PracticeID: 3, RoleID: 8, RoleKind: c.kind}).Text; got != c.want {
			t.Errorf("%s: %q; want %q", name, got, c.want)
		}
	}
	if lead, plain := (Reader{By: owner}), (Reader{By: staff}); lead.giveHat() != "Give a hat" || plain.giveHat() != "Propose a holder" {
		t.Errorf("the map offers %q and %q", lead.giveHat(), plain.giveHat())
	}
}

// A practice of thousands of holders shows the first gaps of a kind, and where the others are; a process, whose gaps no list has
// alone, and a planned practice, which no list has, show all.
func TestManyGapsOfAKindLeadToTheList(t *testing.T) {
	fold := itsm.GapFold{Code: "not-accepted", Title: "300 not accepted yet", Gaps: make([]itsm.Gap, 300)}
	at := itsm.Scope{PracticeID: 3}
	practice := markupOf(t, GapsCard{At: at}.folded(fold))
	if n := strings.Count(practice, "<li>"); n != foldedMost || !strings.Contains(practice, `href="/gaps?kind=not-accepted&amp;practice=3">Show all 300`) {
		t.Errorf("%d of 300, %.200s", n, practice[max(0, len(practice)-200):])
	}
	for name, v := range map[string]GapsCard{"a process": {At: itsm.Scope{PracticeID: 3, ProcessID: 4}}, "a planned practice": {At: at, Planned: true}, "my hats": {}} {
		if all := markupOf(t, v.folded(fold)); strings.Count(all, "<li>") != 300 || strings.Contains(all, "Show all") {
			t.Errorf("%s: %d of 300", name, strings.Count(all, "<li>"))
		}
	}
	fold.Gaps = fold.Gaps[:foldedMost]
	if few := markupOf(t, GapsCard{At: at}.folded(fold)); strings.Contains(few, "Show all") {
		t.Error("the list is shown though nothing is left out")
	}
}

// Where nothing is open, the card claims no more than it knows.
func TestNothingIsMissingClaimsNoMoreThanIsKnown(t *testing.T) {
	all := "every activity has somebody who does it"
	for name, c := range map[string]struct {
		card  GapsCard
		want  string
		claim bool
	}{
		"a process":        {GapsCard{About: itsm.Subject{ProcessID: 4}}, "Nothing is missing", true},
		"a service":        {GapsCard{About: itsm.Subject{ServiceID: 4}}, "stands on their own pages", false},
		"an accepted gap":  {GapsCard{Gaps: []itsm.Gap{{Code: "owner-vacant", Accepted: &itsm.GapAcceptance{}}}}, "Nothing else is missing", false},
		"one of a service": {GapsCard{About: itsm.Subject{ServiceID: 4}, Gaps: []itsm.Gap{{Accepted: &itsm.GapAcceptance{}}}}, "Nothing else is missing", false},
	} {
		if got := markupOf(t, c.card.View()); !strings.Contains(got, c.want) || strings.Contains(got, all) != c.claim {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Who may set a planned practice to in use is told where, beside its next steps; nobody else is, and nowhere else.
func TestAPlannedPracticeSaysHowItIsSetToInUse(t *testing.T) {
	owner := itsm.Actor{AccountID: 1, PersonID: 4, Hats: []itsm.Hat{{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: 3}}}
	at := itsm.Scope{PracticeID: 3}
	for name, c := range map[string]struct {
		card GapsCard
		told bool
	}{
		"the Owner":       {GapsCard{By: owner, At: at, Planned: true}, true},
		"a reader":        {GapsCard{By: itsm.Actor{AccountID: 2, PersonID: 5}, At: at, Planned: true}, false},
		"one that is":     {GapsCard{By: owner, At: at}, false},
		"another's Owner": {GapsCard{By: owner, At: itsm.Scope{PracticeID: 9}, Planned: true}, false},
	} {
		if got := strings.Contains(markupOf(t, c.card.View()), "/practices/3/edit#f-state"); got != c.told {
			t.Errorf("%s: %t", name, got)
		}
	}
}
