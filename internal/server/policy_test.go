package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func policyForm(number, title string) url.Values {
	return url.Values{"number": {number}, "title": {title}, "statement": {"Every incident gets a record."}, "driver": {"internal"}}
}

// policy is written past the pages, for what a test begins with.
func (s scene) policy(number, title string, of itsm.Target) int64 {
	s.t.Helper()
	return must[int64](s.t)(s.AddPolicy(s.t.Context(), storetest.Operator, itsm.Policy{
		Number: number, Title: title, Statement: title + ".", Driver: itsm.Law, Clock: itsm.Clock{ReviewMonths: 12},
	}, []itsm.NewAttachment{{Target: of, From: storetest.Today}}))
}

func TestAPolicyIsWrittenAndGoverns(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	practice := "/practices/" + itoa(s.practice)
	lead.get("/policies").shows(t, 200, "No policy yet", "Add your first policy")
	if page := reader.get("/policies"); strings.Contains(page.body, "/policies/new") {
		t.Error("a reader is offered to add one")
	}
	lead.get("/policies/new?practice="+itoa(s.practice)).shows(t, 200, "It governs Incident management from today on", "Owner")
	bad := policyForm("", " \u200b ")
	bad.Set("review_months", "x")
	lead.post("/policies", bad).shows(t, 422, "not a whole number", "Every incident gets a record.")
	bad.Set("review_months", "0")
	lead.post("/policies", bad).shows(t, 422, "Give the policy a number", "the policy a title", "between 1 and 120")

	form := policyForm("POL-001", "All incidents must be logged")
	form.Set("target", "p"+itoa(s.practice))
	form.Set("owner", itoa(s.owner))
	form.Set("owner_q", "Owner")
	form.Set("review_months", "12")
	page := lead.follow("/policies", form)
	page.shows(t, 200, "All incidents must be logged", "Every incident gets a record.", "Incident management", "Vacant", "next review")
	reader.get("/policies").shows(t, 200, "POL-001", "All incidents must be logged", "Vacant", "1 policy")
	reader.get(practice).shows(t, 200, "All incidents must be logged")
	reader.get("/processes/"+itoa(s.process)).shows(t, 200, "All incidents must be logged", "from")
	reader.get("/processes/"+itoa(s.process)+"/policies").shows(t, 200, "POL-001", "Every incident gets a record.")
	reader.get("/activities/"+itoa(s.log)).shows(t, 200, "All incidents must be logged")
	lead.post("/policies", policyForm("pol-001", "Another")).shows(t, 422, "has this number already", "Another")

	// Archived it governs nothing; brought back it governs what it did.
	id := storetest.Value[int64](t, s.DB, `SELECT id FROM policy`)
	at := "/policies/" + itoa(id)
	lead.follow(at+"/archive", url.Values{"counter": {"1"}}).shows(t, 200, "This policy is archived", "What it governed", "until the policy was archived on 23 Nov 2026")
	reader.get(practice).shows(t, 200, "No policy governs it")
	lead.follow(at+"/restore", nil).shows(t, 200, "brought the policy All incidents must be logged back")
	if text := reader.get(practice).text(); strings.Contains(text, "No policy governs it") {
		t.Error("the policy came back without what it governs")
	}
	reader.get("/policies.csv").shows(t, 200, "POL-001,All incidents must be logged,Every incident gets a record.,,,Internal")
}

func TestALaterEditOfAPolicySeesBoth(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	at := "/policies/" + itoa(s.policy("POL-001", "Keep it safe", itsm.Target{PracticeID: s.practice}))
	mine := policyForm("POL-001", "Theirs")
	mine.Set("counter", "1")
	lead.follow(at, mine).shows(t, 200, "Theirs")
	mine.Set("title", "Mine")
	again := lead.post(at, mine)
	again.shows(t, 409, "Theirs", "Mine", "Stands now")
	if !strings.Contains(again.body, `name="counter" value="2"`) {
		t.Error("the form does not compare with what it showed")
	}
	// Looking for a hat keeps what was typed.
	mine.Set("owner_q", "manager")
	mine.Set("find", "owner")
	looking := lead.post(at, mine)
	looking.shows(t, 422, "Choose one of these hats", "Manager, Incident management")
	if !strings.Contains(looking.body, `value="Mine"`) {
		t.Error("what was typed is lost")
	}
}

func TestWhatAPolicyGovernsEnds(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	id := itoa(s.policy("POL-001", "Keep it safe", itsm.Target{PracticeID: s.practice}))
	attach := url.Values{"policy": {id}, "target": {"c" + itoa(s.process)}, "from": {"2026-12-24"}, "given": {"policy"}}
	lead.get("/policies/attach?policy="+id).shows(t, 200, "All of Incident management", "Handle an incident")
	lead.get("/policies/attach?activity="+itoa(s.log)).shows(t, 200, "A policy for Log", "POL-001 Keep it safe")
	reader.get("/policies/attach?policy="+id).shows(t, 403)
	reader.post("/policies/attach", attach).shows(t, 403)
	lead.post("/policies/attach", url.Values{"policy": {id}, "from": {"24.13.2026"}, "given": {"policy"}}).shows(t, 422, "This is not a day")
	lead.post("/policies/attach", url.Values{"policy": {id}, "target": {"p" + itoa(s.practice)}, "from": {"2026-11-23"}, "given": {"policy"}}).shows(t, 422, "governs it on some of these days already")

	// What begins later is a plan: its page, the process, their history, and days to come.
	lead.follow("/policies/attach", attach).shows(t, 200, "Handle an incident", "from 24 Dec 2026")
	for _, path := range []string{"/policies/" + id, "/processes/" + itoa(s.process), "/processes/" + itoa(s.process) + "/policies?on=2026-12-31"} {
		if text := reader.get(path).text(); strings.Contains(text, "24 Dec 2026") || strings.Contains(text, "let the policy") {
			t.Errorf("%s tells a reader what will govern: %s", path, text)
		}
	}
	lead.get("/processes/"+itoa(s.process)+"/policies?on=2026-12-31").shows(t, 200, "since 24 Dec 2026")
	later := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM policy_attachment`))
	reader.get("/policies/attachments/"+later).shows(t, 404)
	lead.get("/policies/attachments/"+later).shows(t, 200, "Withdraw it")
	lead.post("/policies/attachments/"+later, url.Values{"last_day": {"2026-12-31"}}).shows(t, 409, "It has not begun")
	lead.follow("/policies/attachments/"+later+"/withdraw", nil).shows(t, 200, "withdrew that the policy Keep it safe will govern Handle an incident")
	if page := lead.get("/policies/" + id); strings.Contains(page.body, "/attachments/"+later) {
		t.Error("what was withdrawn still stands on the policy's page")
	}

	now := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM policy_attachment`))
	reader.post("/policies/attachments/"+now, url.Values{"last_day": {"2026-12-31"}}).shows(t, 403)
	lead.post("/policies/attachments/"+now, url.Values{"last_day": {""}}).shows(t, 422, "Give the last day")
	lead.post("/policies/attachments/"+now, url.Values{"last_day": {"2026-10-01"}}).shows(t, 422, "yesterday or a later day")
	lead.follow("/policies/attachments/"+now, url.Values{"last_day": {"2026-12-31"}}).shows(t, 200, "until 31 Dec 2026")
	lead.post("/policies/attachments/"+now, url.Values{"last_day": {"2027-12-31"}}).shows(t, 422, "It ends on 31 Dec 2026 already")
}

// An external reads the policies of the practices they see, and of these only what they govern there.
func TestAnExternalSeesTheirPoliciesAlone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	other := must[int64](t)(s.AddPractice(ctx, op, itsm.Practice{Name: "Secret ventures", Category: "service", State: "in use"}))
	dana := must[int64](t)(s.AddPerson(ctx, op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	shared := s.policy("POL-001", "Report dead lines", itsm.Target{ActivityID: s.log})
	must[int64](t)(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: shared, Target: itsm.Target{PracticeID: other}, From: storetest.Today}))
	hidden := s.policy("POL-002", "Buy the competitor", itsm.Target{PracticeID: other})
	if _, err := s.SetIntervals(ctx, op, 1, itsm.Reviewables[:2]); err != nil {
		t.Fatal(err)
	}
	facts(t, s.DB, `UPDATE role SET review_due = '2026-01-01' WHERE review_due IS NOT NULL; UPDATE policy SET review_due = '2026-01-01'`)
	supplier := s.as(dana)
	supplier.get("/policies/"+itoa(shared)).shows(t, 200, "Report dead lines", "Log")
	supplier.get("/policies/"+itoa(hidden)).shows(t, 404)
	for _, path := range []string{
		"/policies", "/policies.csv", "/policies?practice=" + itoa(other), "/policies?overdue=1", "/policies?sort=review", "/policies?archived=1", "/policies/" + itoa(shared),
		"/reviews", "/reviews?all=1", "/reviews.csv?all=1", "/reviews?practice=" + itoa(other), "/practices/" + itoa(s.practice), "/processes/" + itoa(s.process),
		"/processes/" + itoa(s.process) + "/policies", "/activities/" + itoa(s.log), "/hats", "/policies/attach?policy=" + itoa(shared), "/policies/attach?practice=" + itoa(other),
		"/policies/" + itoa(hidden) + "/review", "/policies/" + itoa(hidden) + "/edit", "/policies/" + itoa(hidden) + "/archive",
	} {
		if text := supplier.get(path).text(); strings.Contains(text, "Secret ventures") || strings.Contains(text, "Buy the competitor") || strings.Contains(text, "POL-002") {
			t.Errorf("%s tells a supplier of another practice: %s", path, text)
		}
	}
	supplier.get("/reviews?all=1").shows(t, 200, "Report dead lines", "Practitioner")
	if text := supplier.get("/reviews?all=1").text(); strings.Contains(text, "SMO lead") {
		t.Errorf("the supplier sees the clocks of the office: %s", text)
	}
	for _, path := range []string{"/policies/" + itoa(hidden), "/policies/" + itoa(hidden) + "/review", "/policies/" + itoa(hidden) + "/archive", "/policies/" + itoa(hidden) + "/restore"} {
		if a := supplier.post(path, url.Values{"sentence": {"x"}}); a.status != http.StatusForbidden && a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestAReviewIsASentenceAndAClick(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader, marta := s.as(s.lead), s.as(s.reader), s.as(s.marta)
	s.wear(s.manager, s.marta, 0)
	s.wear(s.analyst, s.marta, 0)
	role := "/roles/" + itoa(s.analyst)
	counter := itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM role WHERE id = $1`, s.analyst))
	lead.follow(role, url.Values{"name": {"Analyst"}, "kind": {"practitioner"}, "review_months": {"12"}, "counter": {counter}}).shows(t, 200, "next review", "every year")
	facts(t, s.DB, `UPDATE role SET review_due = '2026-10-31' WHERE id = `+itoa(s.analyst))
	reader.get(role).shows(t, 200, "review overdue since 31 Oct 2026")
	if strings.Contains(reader.get(role).body, `/review"`) {
		t.Error("a reader may click")
	}
	reader.post(role+"/review", url.Values{"sentence": {"Fine."}}).shows(t, 403)
	marta.get(role).shows(t, 200, "You wear this hat: the next hat up reviews it")
	marta.post(role+"/review", url.Values{"sentence": {"Fine."}}).shows(t, 403, "Nobody reviews a hat that they wear")
	lead.get("/hats").shows(t, 200, "Still right? Analyst")
	lead.get("/reviews").shows(t, 200, "Analyst", "review overdue since 31 Oct 2026", "1 review, 1 overdue")
	lead.get(role+"/review").shows(t, 200, "Recent changes", "Ingrid Solberg edited the role Analyst")
	lead.post(role+"/review", url.Values{"sentence": {" \u200b"}, "back": {"/reviews"}}).shows(t, 422, "Say in a sentence", "The next review will be on 23 Nov 2027")
	after := lead.post(role+"/review", url.Values{"sentence": {"Duties fit the desk."}, "back": {"/reviews"}})
	if after.status != http.StatusSeeOther || after.to != "/reviews" {
		t.Fatalf("%d, to %s", after.status, after.to)
	}
	lead.get("/reviews").shows(t, 200, "Nothing is due for review")
	lead.get(role).shows(t, 200, "next review 23 Nov 2027", "Ingrid Solberg found it still right: “Duties fit the desk.”")
	if text := reader.get(role).text(); !strings.Contains(text, "Ingrid Solberg found it still right") || strings.Contains(text, "Duties fit the desk") {
		t.Errorf("a reader sees: %s", text)
	}
	lead.get(role+"/review").shows(t, 200, "Ingrid Solberg found it still right: “Duties fit the desk.”")
	again := lead.post(role+"/review", url.Values{"sentence": {"Again."}})
	again.shows(t, 409, "reviewed today already")
	if !strings.Contains(again.body, `value="Again."`) {
		t.Error("the form lost what was typed")
	}
}

func TestIntervalsForAllThatHasNone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	reader.get("/reviews/intervals").shows(t, 403)
	reader.post("/reviews/intervals", url.Values{"kind": {"role"}, "review_months": {"12"}}).shows(t, 403)
	lead.get("/reviews/intervals").shows(t, 200, "6 without an interval", "1 without an interval")
	lead.post("/reviews/intervals", url.Values{"review_months": {"12"}}).shows(t, 422, "Choose at least one kind")
	typed := lead.post("/reviews/intervals", url.Values{"kind": {"role"}, "review_months": {"twelve"}})
	typed.shows(t, 422, "not a whole number")
	if !strings.Contains(typed.body, `value="twelve"`) {
		t.Error("the form lost what was typed")
	}
	lead.follow("/reviews/intervals", url.Values{"kind": {"role", "process"}, "review_months": {"12"}}).shows(t, 200, "next review", "7 reviews")
	lead.get("/reviews/intervals").shows(t, 200, "Everything has an interval")
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE act = 'set review intervals'`); n != 1 {
		t.Errorf("%d events", n)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(DISTINCT review_due) FROM (SELECT review_due FROM role UNION ALL SELECT review_due FROM process) x`); n < 7 {
		t.Errorf("seven things fall due on %d days", n)
	}
}

func TestPoliciesOnAnotherDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	from := storetest.Today.AddDate(0, -6, 0)
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.ana}, From: from, Until: itsm.Until(storetest.Today.AddDate(0, -3, 0)), Reason: "As found."}))
	s.wear(s.owner, s.marta, 0)
	id := must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-9", Title: "Log first", Statement: "Every incident gets a record.", Driver: itsm.Internal, OwnerRoleID: s.owner},
		[]itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: storetest.Today}}))
	policy, reader := "/policies/"+itoa(id), s.as(s.reader)
	then := "?on=" + itsm.ISODay(from.AddDate(0, 1, 0))
	for path, then := range map[string]string{policy: policy + then, "/policies": "/policies" + then} {
		reader.get(path).shows(t, http.StatusOK, "Marta Nowak")
		a := reader.get(then)
		a.shows(t, http.StatusOK, "Ana Souza", "You look at")
		if strings.Contains(a.text(), "Marta Nowak") {
			t.Errorf("%s names who came later", then)
		}
	}
	// Who comes is not told before it is announced, nor who goes.
	begin := storetest.Today.AddDate(0, 1, 0)
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.jonas}, From: begin, Capacity: itsm.Deputy}))
	ahead := "?on=" + itsm.ISODay(begin.AddDate(0, 0, 2))
	reader.get("/policies"+ahead).shows(t, http.StatusOK, "for those who plan everywhere", "Marta Nowak")
	if a := reader.get(policy + ahead); a.status != http.StatusOK || strings.Contains(a.text(), "Jonas Weber") {
		t.Errorf("%d: the policy tells who comes", a.status)
	}
	reader.get(policy+"/history"+then).shows(t, http.StatusOK, "This history tells of all days")
	s.as(s.lead).get("/policies/new"+then).shows(t, http.StatusForbidden, "writing is off")
}

// A new policy is offered the next number, where policies are numbered so.
func TestANewPolicyIsOfferedTheNextNumber(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, step := range []struct{ had, next string }{{"", "POL-001"}, {"R 1", ""}, {"POL-007", "POL-008"}, {"POL-1234", "POL-1235"}} {
		if step.had != "" {
			lead.post("/policies", policyForm(step.had, "Rule "+step.had)).shows(t, http.StatusSeeOther)
		}
		a := lead.get("/policies/new")
		a.shows(t, http.StatusOK, "Add a policy")
		if got := regexp.MustCompile(`value="(POL-\d+)"`).FindStringSubmatch(a.body + `value="POL-0"`)[1]; got != step.next && (got != "POL-0" || step.next != "") {
			t.Errorf("after %q it offers %s; want %q", step.had, got, step.next)
		}
	}
}

// Whoever ends a hat later is told who sees it, before they do.
func TestWhoSeesALastDayIsSaidBefore(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.manager, s.jonas, s.emea)
	lead := s.as(s.lead)
	lead.get("/assignments/"+itoa(hat)).shows(t, http.StatusOK, "Everybody may see a last day ahead")
	lead.get("/people/"+itoa(s.jonas)+"/hand-over").shows(t, http.StatusOK, "Everybody may see before the day who goes and who comes")
}

// The library says before anything is adopted which of its policies are here already, to those who may see them.
func TestTheLibrarySaysWhichPolicyIsHere(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	id := s.policy("POL-9", "Every risk has an owner", itsm.Target{PracticeID: s.practice})
	page := s.as(s.lead).get("/library/risk-management")
	page.shows(t, http.StatusOK, "You have it as POL-9", "No second “Every risk has an owner”: POL-9, which you have, governs it as well from today")
	if !strings.Contains(page.body, "/policies/"+itoa(id)) {
		t.Error("no way to the policy")
	}
	dana := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	if a := s.as(dana).get("/library/risk-management"); strings.Contains(a.text(), "POL-9") {
		t.Error("a supplier reads of a policy that they may not see")
	}
}
