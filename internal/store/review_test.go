package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func TestReviewedStillRight(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	r := must[store.RoleView](t)(s.Role(ctx, op, s.analyst))
	conflicts(t, s.Review(ctx, op, itsm.RoleReview, s.analyst, "Looked at it."), "No interval is set")
	r.ReviewMonths = 6
	ok(t, s.EditRole(ctx, op, r.Role))
	ok(t, factsErr(t, s.DB, `UPDATE role SET review_due = '2026-10-01' WHERE id = `+itoa(s.analyst)))
	r = must[store.RoleView](t)(s.Role(ctx, op, s.analyst))
	if r.Clock.Review(today) != itsm.Overdue {
		t.Fatalf("the clock: %+v", r.Clock)
	}
	manager := roleOf(t, s.DB, s.practice, itsm.Manager)
	marta := s.actor(s.marta, itsm.Hat{RoleID: manager, Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: s.practice})
	holder := s.actor(s.ana, itsm.Hat{RoleID: s.analyst, Kind: itsm.Practitioner, Capacity: itsm.Holder, PracticeID: s.practice},
		itsm.Hat{RoleID: manager, Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: s.practice})
	if err := s.Review(ctx, holder, itsm.RoleReview, s.analyst, "Still right."); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("somebody reviewed their own hat: %v", err)
	}
	if err := s.Review(ctx, s.actor(s.dilnoza), itsm.RoleReview, s.analyst, "Still right."); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a reader reviewed: %v", err)
	}
	if err := s.Review(ctx, marta, itsm.RoleReview, s.analyst, " \u200b "); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("without a sentence: %v", err)
	}
	before := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`)
	ok(t, s.Review(ctx, marta, itsm.RoleReview, s.analyst, "Duties match what the desk does."))
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`) - before; n != 1 {
		t.Errorf("%d events", n)
	}
	r = must[store.RoleView](t)(s.Role(ctx, marta, s.analyst))
	want := itsm.Day(2027, 5, 23)
	if r.ReviewDue == nil || !r.ReviewDue.Equal(want) || !r.LastReviewed.Equal(today) || r.Counter != 2 {
		t.Errorf("the clock after it: %+v", r.Clock)
	}
	if len(r.Reviews) != 1 || r.Reviews[0].By != "Marta Nowak" || r.Reviews[0].Sentence == "" || !r.Reviews[0].DueAfter.Equal(want) || itsm.ISODay(r.Reviews[0].DueBefore) != "2026-10-01" {
		t.Errorf("the review: %+v", r.Reviews)
	}
	conflicts(t, s.Review(ctx, op, itsm.RoleReview, s.analyst, "Again."), "reviewed today already")
	// What was said is a remark; that it was reviewed is for everybody.
	if seen := must[store.RoleView](t)(s.Role(ctx, s.actor(s.dilnoza), s.analyst)); len(seen.Reviews) != 1 || seen.Reviews[0].Sentence != "" {
		t.Errorf("a reader sees %+v", seen.Reviews)
	}
	ok(t, s.Undo(ctx, marta, r.Recent[0].EventID))
	if r = must[store.RoleView](t)(s.Role(ctx, op, s.analyst)); itsm.ISODay(*r.ReviewDue) != "2026-10-01" || r.LastReviewed != nil || len(r.Reviews) != 0 {
		t.Errorf("undone: %+v", r.Clock)
	}
}

// What the list calls due is what the rule calls due, day by day.
func TestReviewListAndRuleAgree(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	n := must[int](t)(s.SetIntervals(ctx, op, 7, []itsm.Reviewable{itsm.RoleReview, itsm.ProcessReview}))
	if want := storetest.Value[int](t, s.DB, `SELECT (SELECT count(*) FROM role WHERE kind <> 'whoever' AND archived_at IS NULL) + (SELECT count(*) FROM process)`); n != want {
		t.Errorf("set %d of %d", n, want)
	}
	if _, err := s.SetIntervals(ctx, op, 12, []itsm.Reviewable{itsm.RoleReview}); err == nil || !strings.Contains(err.Error(), "an interval already") {
		t.Errorf("a second time: %v", err)
	}
	if _, err := s.SetIntervals(ctx, s.actor(s.dilnoza), 12, []itsm.Reviewable{itsm.PolicyReview}); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a reader sets intervals: %v", err)
	}
	all := must[store.ReviewList](t)(s.Reviews(ctx, op, itsm.ReviewFilter{All: true}, storetest.Today))
	if all.Total != n || all.Overdue != 0 {
		t.Fatalf("all: %d, overdue %d", all.Total, all.Overdue)
	}
	defer func() { // all at once, and all at once back
		ok(t, s.Undo(ctx, op, storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event WHERE act = 'set review intervals'`)))
		if left := storetest.Value[int](t, s.DB, `SELECT (SELECT count(*) FROM role WHERE review_due IS NOT NULL) + (SELECT count(*) FROM process WHERE review_due IS NOT NULL)`); left != 0 {
			t.Errorf("%d intervals stay", left)
		}
	}()
	for day := storetest.Today; day.Before(storetest.Today.AddDate(0, 8, 0)); day = day.AddDate(0, 0, 5) {
		want, overdue := 0, 0
		for _, x := range all.Lines {
			switch x.Review(day) {
			case itsm.Overdue:
				overdue++
				fallthrough
			case itsm.DueSoon:
				want++
			}
		}
		if l := must[store.ReviewList](t)(s.Reviews(ctx, op, itsm.ReviewFilter{}, day)); l.Total != want || l.Overdue != overdue {
			t.Errorf("%s: the list has %d due, %d of them overdue; the rule says %d and %d", itsm.ISODay(day), l.Total, l.Overdue, want, overdue)
		}
	}
}

// The list of what is mine to review is what MayReview says, for every kind of hat.
func TestMineIsWhatIMayReview(t *testing.T) {
	s := buildMatrix(t)
	ctx := t.Context()
	must[int](t)(s.SetIntervals(ctx, op, 12, itsm.Reviewables[:2]))
	must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "1", Title: "Ours", Statement: "x", Driver: itsm.Law, Clock: itsm.Clock{ReviewMonths: 12}, OwnerRoleID: roleOf(t, s.DB, s.practice, itsm.Owner)}, nil))
	must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "2", Title: "The office's", Statement: "x", Driver: itsm.Law, Clock: itsm.Clock{ReviewMonths: 12}}, nil))
	office := func(name string, kind itsm.RoleKind) itsm.Hat {
		return itsm.Hat{RoleID: storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = $1`, name), Kind: kind, Capacity: itsm.Holder}
	}
	hat := func(kind itsm.RoleKind) itsm.Hat {
		return itsm.Hat{RoleID: roleOf(t, s.DB, s.practice, kind), Kind: kind, Capacity: itsm.Holder, PracticeID: s.practice}
	}
	for name, by := range map[string]itsm.Actor{
		"reader": s.actor(s.ana), "owner": s.actor(s.ana, hat(itsm.Owner)), "manager": s.actor(s.ana, hat(itsm.Manager)), "analyst": s.actor(s.ana, hat(itsm.Practitioner)),
		"lead": s.actor(s.ana, office("SMO lead", itsm.Manager)), "member": s.actor(s.ana, office("SMO member", itsm.Practitioner)), "operator": op,
		"process owner": s.actor(s.ana, itsm.Hat{RoleID: 999, Kind: itsm.Owner, Capacity: itsm.Holder, ProcessID: s.process}),
	} {
		want := map[string]bool{}
		for _, x := range must[store.ReviewList](t)(s.Reviews(ctx, op, itsm.ReviewFilter{All: true}, storetest.Today)).Lines {
			if by.MayReview(x) {
				want[string(x.Of)+x.Name] = true
			}
		}
		mine := must[store.ReviewList](t)(s.Reviews(ctx, by, itsm.ReviewFilter{All: true, Mine: true}, storetest.Today))
		if len(mine.Lines) != len(want) || mine.Total != len(want) {
			t.Errorf("%s: %d are listed, %d may be reviewed: %v", name, len(mine.Lines), len(want), mine.Lines)
		}
		for _, x := range mine.Lines {
			if !want[string(x.Of)+x.Name] {
				t.Errorf("%s: %s %s is listed and may not be reviewed", name, x.Of, x.Name)
			}
		}
	}
}

// What nobody looked at in time is a gap where it belongs: red only where a law or a contract asks for it.
func TestOverdueReviewsAreGapsOnPages(t *testing.T) {
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	must[int](t)(s.SetIntervals(ctx, op, 12, itsm.Reviewables[:2]))
	id := must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "1", Title: "Report breaches", Statement: "x", Driver: itsm.Law, Clock: itsm.Clock{ReviewMonths: 12}},
		[]itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: today.AddDate(0, -1, 0)}}))
	codes := func(gaps []itsm.Gap) string {
		var found []string
		for _, g := range gaps {
			if strings.HasSuffix(g.Code, "-overdue") {
				found = append(found, string(g.Severity)+" "+g.Key().About)
			}
		}
		slices.Sort(found)
		return strings.Join(found, ", ")
	}
	pages := func() (practice, process string) {
		return codes(must[store.Practice](t)(s.Practice(ctx, op, s.practice, today)).Gaps), codes(must[store.Process](t)(s.Process(ctx, op, s.process, today)).Gaps)
	}
	if practice, process := pages(); practice != "" || process != "" {
		t.Fatalf("in time: %q, %q", practice, process)
	}
	ok(t, factsErr(t, s.DB, `UPDATE role SET review_due = '2026-11-22' WHERE id = `+itoa(s.analyst)+`; UPDATE process SET review_due = '2026-11-22'; UPDATE policy SET review_due = '2026-11-22'`))
	practice, process := pages()
	if want := "amber process:" + itoa(s.process) + ", amber role:" + itoa(s.analyst) + ", red policy:" + itoa(id); practice != want {
		t.Errorf("the practice: %q, want %q", practice, want)
	}
	if want := "amber process:" + itoa(s.process) + ", red policy:" + itoa(id); process != want {
		t.Errorf("the process: %q, want %q", process, want)
	}
	ok(t, s.Review(ctx, op, itsm.PolicyReview, id, "Still the law."))
	if practice, _ := pages(); strings.Contains(practice, "policy") {
		t.Errorf("after the review: %q", practice)
	}
}

// A policy that comes into force only later is overdue nowhere: not on the pages of what it governs, nor on any list.
func TestAPolicyIsOverdueOnlyWhereItIsInForce(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	id := must[int64](t)(s.AddPolicy(ctx, op, logged(0), []itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: today.AddDate(0, -6, 0)}}))
	ok(t, factsErr(t, s.DB, `UPDATE policy SET review_months = 12, review_due = '2026-11-22'; UPDATE policy_version SET state = 'published', in_force_from = '2026-12-01'`))
	about := "policy-overdue policy:" + itoa(id)
	for day, want := range map[time.Time]bool{today: false, today.AddDate(0, 1, 0): true} {
		found := map[string]bool{
			"the practice": slices.ContainsFunc(must[store.Practice](t)(s.Practice(ctx, op, s.practice, day)).Gaps, func(g itsm.Gap) bool { return g.Code == "policy-overdue" }),
			"the process":  slices.ContainsFunc(must[store.Process](t)(s.Process(ctx, op, s.process, day)).Gaps, func(g itsm.Gap) bool { return g.Code == "policy-overdue" }),
			"the gaps":     slices.Contains(s.listed(t, day, itsm.GapFilter{}), about),
			"its gaps":     slices.Contains(s.listed(t, day, itsm.GapFilter{PracticeID: s.practice}), about),
			"the policies": must[store.PolicyList](t)(s.Policies(ctx, op, itsm.PolicyFilter{Overdue: true}, day)).Total > 0,
			"the reviews":  must[store.ReviewList](t)(s.Reviews(ctx, op, itsm.ReviewFilter{Of: itsm.PolicyReview}, day)).Overdue > 0,
		}
		for where, is := range found {
			if is != want {
				t.Errorf("on %s it is overdue by %s: %v", itsm.ISODay(day), where, is)
			}
		}
	}
}
