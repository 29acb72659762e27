package server_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// standing is every fact that people enter beside definitions, as text, without what only goes up. A hat that was withdrawn
// counts on no day, and one that stands in its place is the same.
func (s scene) standing() string {
	s.t.Helper()
	return storetest.Value[string](s.t, s.DB, `
		SELECT COALESCE(string_agg(row, E'\n' ORDER BY row), '') FROM (
			SELECT 'hat ' || (to_jsonb(x) - 'id')::text FROM assignment x WHERE state <> 'withdrawn'
			UNION ALL SELECT 'absence ' || to_jsonb(x)::text FROM absence x UNION ALL SELECT 'member ' || to_jsonb(x)::text FROM membership x
			UNION ALL SELECT 'line ' || to_jsonb(x)::text FROM reporting_line x UNION ALL SELECT 'person ' || (to_jsonb(x) - 'counter')::text FROM person x
			UNION ALL SELECT 'action ' || (to_jsonb(x) - 'counter')::text FROM action x UNION ALL SELECT 'gap ' || to_jsonb(x)::text FROM accepted_gap x
			UNION ALL SELECT 'governs ' || to_jsonb(x)::text FROM policy_attachment x UNION ALL SELECT 'policy ' || (to_jsonb(x) - 'counter')::text FROM policy x
			UNION ALL SELECT 'review ' || to_jsonb(x)::text FROM review x UNION ALL SELECT 'role ' || (to_jsonb(x) - 'counter')::text FROM role x WHERE practice_id IS NOT NULL
			UNION ALL SELECT 'organisation ' || (to_jsonb(x) - 'counter')::text FROM organisation x UNION ALL SELECT 'mistake ' || to_jsonb(x)::text FROM mistake x
			UNION ALL SELECT 'line asked ' || (to_jsonb(x) - 'counter')::text FROM steering_line x UNION ALL SELECT 'process ' || (to_jsonb(x) - 'counter')::text FROM process x UNION ALL SELECT 'activity ' || to_jsonb(x)::text FROM activity x) AS all_rows (row)`)
}

// lastEvent is the number of the latest event.
func (s scene) lastEvent() int64 {
	s.t.Helper()
	return storetest.Value[int64](s.t, s.DB, `SELECT max(id) FROM event`)
}

func undoOf(event int64) string { return "/events/" + itoa(event) + "/undo" }

var backField = regexp.MustCompile(`name="back" value="([^"]*)"`)

// undone is an act that is done over HTTP and taken back from the page that tells of it.
type undone struct {
	path    string // where the form goes
	form    url.Values
	counter string   // the page that says how often it was changed
	at      string   // the page that offers the undo
	by      int64    // who does it and takes it back; 0 is the lead
	asks    []string // what the question says
	gone    bool     // the page goes with what was added
}

func (s scene) undoScene() (policy, attached int64) {
	s.t.Helper()
	ctx, op, id := s.t.Context(), storetest.Operator, must[int64](s.t)
	facts(s.t, s.DB, `UPDATE role SET review_months = 12, review_due = '2026-12-01' WHERE id = `+itoa(s.analyst)+`;
		INSERT INTO account_grant (account_id, kind, during) SELECT id, 'administrator', '[2026-01-01,)' FROM account WHERE person_id = `+itoa(s.admin()))
	must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, From: storetest.Today.AddDate(0, -2, 0), Reason: "found", Announced: true}))
	must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.ana}, From: storetest.Today.AddDate(0, 1, 0)}))
	must[[]int64](s.t)(s.Propose(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.marta}, From: storetest.Today}))
	policy = id(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All are logged.", Driver: itsm.Internal}, nil))
	attached = id(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: policy, Target: itsm.Target{PracticeID: s.practice}, From: storetest.Today.AddDate(0, -1, 0)}))
	return policy, attached
}

// admin is an administrator with an account of their own.
func (s scene) admin() int64 {
	s.t.Helper()
	id := storetest.Value[int64](s.t, s.DB, `SELECT COALESCE((SELECT id FROM person WHERE name = 'Tomas Rivera'), 0)`)
	if id == 0 {
		id = s.person("Tomas Rivera")
		s.as(id)
	}
	return id
}

// Whatever is done is taken back from the page that tells of it: by who may do the opposite, once, and by nobody else.
func TestEveryKindOfChangeIsUndone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	policy, attached := s.undoScene()
	ctx, op := t.Context(), storetest.Operator
	role, marta := "/roles/"+itoa(s.analyst)+"/history", "/people/"+itoa(s.marta)
	for _, err := range []error{
		s.AddMembership(ctx, op, s.desk, s.jonas, itsm.Period{From: storetest.Today.AddDate(0, -1, 0)}), s.AddReportingLine(ctx, op, s.ana, s.jonas, true),
		s.AddAbsence(ctx, op, s.ana, itsm.Period{From: storetest.Today.AddDate(0, 0, -2), To: itsm.Until(storetest.Today.AddDate(0, 0, 5))}),
		s.AskSteering(ctx, op, itsm.SteeringLine{Text: "A second shift?"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	action := must[int64](t)(s.PlanAction(ctx, op, itsm.ActionInput{Subject: itsm.Subject{RoleID: s.owner}, What: "Ask around", PersonID: s.ana, DueOn: itsm.Until(storetest.Today)}))
	report := must[int64](t)(s.ReportMistake(ctx, itsm.Actor{AccountID: 1, PersonID: s.reader, Today: storetest.Today}, itsm.Mistake{ProcessID: s.process, Text: "Wrong tool"}))
	member := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM membership`)
	settings := url.Values{"name": {"Renamed"}, "time_zone": {"Europe/Paris"}, "owner_label": {"process"}, "external_sees": {"own"}}
	person := func(more ...string) url.Values {
		form := url.Values{"name": {"Marta Nowak"}, "sort_name": {"Nowak, Marta"}, "email": {"marta.nowak@tallgrass.example"}}
		for i := 0; i+1 < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return form
	}
	for name, c := range map[string]undone{
		"appointed":                  {path: "/assignments", form: appointment(s.owner, s.marta), at: "/roles/" + itoa(s.owner) + "/history", asks: []string{"is withdrawn: Days", "is withdrawn: it stays on record"}},
		"appointed from long ago":    {path: "/assignments", form: appointment(s.owner, s.marta, "from", "2026-03-01", "reason", "forgotten"), at: "/roles/" + itoa(s.owner)},
		"appointed, not announced":   {path: "/assignments", form: appointment(s.owner, s.marta, "from", "2027-03-01", "announced", ""), at: "/practices/" + itoa(s.practice) + "/history"},
		"proposed by the lead":       {path: "/assignments", form: appointment(s.analyst, s.jonas, "do", "propose"), at: role},
		"a team":                     {path: "/assignments", form: appointment(s.analyst, 0, "team", itoa(s.desk), "person", ""), at: "/teams/" + itoa(s.desk) + "/history"},
		"ended":                      {path: "/assignments/@hat/end", form: url.Values{"last_day": {"2026-11-30"}}, at: "/assignments/@hat"},
		"ended long ago":             {path: "/assignments/@hat/end", form: url.Values{"last_day": {"2026-10-30"}, "reason": {"late"}}, at: "/people/" + itoa(s.jonas) + "/history"},
		"given up":                   {path: "/assignments/@hat/give-up", form: url.Values{"last_day": {"2026-11-30"}}, by: s.jonas, at: "/roles/" + itoa(s.manager)},
		"ended and announced":        {path: "/assignments/@hat/end", form: url.Values{"last_day": {"2026-11-30"}, "announced": {"on"}}, at: "/roles/" + itoa(s.manager) + "/history"},
		"withdrawn":                  {path: "/assignments/@hat/withdraw", form: url.Values{"reason": {"wrong"}}, at: "/assignments/@hat", asks: []string{"stays so; the same hat"}},
		"withdrawn before it begins": {path: "/assignments/@ahead/withdraw", form: url.Values{}, at: role},
		"announced":                  {path: "/assignments/@ahead/announce", form: url.Values{}, at: "/assignments/@ahead"},
		"a proposal appointed":       {path: "/assignments/@proposal/decide", form: url.Values{"do": {"appoint"}}, at: "/assignments/@proposal"},
		"a proposal declined":        {path: "/assignments/@proposal/decide", form: url.Values{"do": {"decline"}, "reason": {"no"}}, at: role},
		"told":                       {path: "/assignments/@hat/told", form: url.Values{"told_how": {"by phone"}}, at: "/assignments/@hat"},
		"handed over": {path: "/people/" + itoa(s.jonas) + "/hand-over", form: url.Values{"hat": {"@hat"}, "person": {itoa(s.ana)}, "day": {"2026-12-01"}, "announced": {"on"}},
			at: "/people/" + itoa(s.jonas) + "/history"},
		"a last day":      {path: "/people/" + itoa(s.jonas) + "/leaving", form: url.Values{"last_day": {"2026-11-30"}}, counter: "/people/" + itoa(s.jonas) + "/edit", at: "/people/" + itoa(s.jonas) + "/history"},
		"attached":        {path: "/policies/attach", form: url.Values{"policy": {itoa(policy)}, "target": {"c" + itoa(s.process)}, "from": {"2026-11-23"}}, at: "/policies/" + itoa(policy)},
		"no longer":       {path: "/policies/attachments/" + itoa(attached), form: url.Values{"last_day": {"2026-11-30"}}, at: "/practices/" + itoa(s.practice)},
		"away":            {path: marta + "/absences", form: url.Values{"from": {"2026-11-24"}, "until": {"2026-11-27"}}, by: s.marta, at: marta + "/history"},
		"back":            {path: "/people/" + itoa(s.ana) + "/absences/end", form: url.Values{"absence": {"1"}}, by: s.jonas, at: "/people/" + itoa(s.ana) + "/history"},
		"a title":         {path: marta + "/edit", form: person("title", "Head of desk"), counter: marta + "/edit", at: marta + "/history", asks: []string{"Title: Head of desk → nothing"}},
		"a person":        {path: "/people", form: url.Values{"name": {"Nina Newcomer"}, "email": {"nina@tallgrass.example"}}, at: "/people/%/history", gone: true},
		"a line":          {path: marta + "/lines", form: url.Values{"manager": {itoa(s.jonas)}, "primary": {"on"}}, at: marta + "/history"},
		"a second line":   {path: "/people/" + itoa(s.ana) + "/lines", form: url.Values{"manager": {itoa(s.marta)}, "primary": {"on"}}, at: "/people/" + itoa(s.ana) + "/history"},
		"a line less":     {path: "/people/" + itoa(s.ana) + "/lines/remove", form: url.Values{"manager": {itoa(s.jonas)}}, at: "/people/" + itoa(s.ana) + "/history"},
		"a member":        {path: "/teams/" + itoa(s.desk) + "/members", form: url.Values{"person": {itoa(s.marta)}, "from": {"2026-11-23"}}, at: "/teams/" + itoa(s.desk) + "/history"},
		"a member less":   {path: "/teams/" + itoa(s.desk) + "/members/" + itoa(member), form: url.Values{"last_day": {"2026-11-30"}}, at: "/teams/" + itoa(s.desk) + "/history"},
		"still right":     {path: "/roles/" + itoa(s.analyst) + "/review", form: url.Values{"sentence": {"Looked at it."}}, at: "/roles/" + itoa(s.analyst)},
		"planned":         {path: "/actions", form: vacancy(s.owner, "what", "Find one", "person", itoa(s.marta), "due", "2026-12-20"), at: "/actions/%", gone: true},
		"changed":         {path: "/actions/" + itoa(action) + "/edit", form: url.Values{"what": {"Ask everybody"}, "person": {itoa(s.jonas)}, "due": {"2026-12-20"}}, counter: "/actions/" + itoa(action) + "/edit", at: "/actions/" + itoa(action)},
		"done":            {path: "/actions/" + itoa(action) + "/done", form: url.Values{"outcome": {"Asked."}}, at: "/actions/" + itoa(action)},
		"accepted a gap":  {path: "/gaps/accept", form: vacancy(s.owner, "reason", "The board decides", "last_day", "2026-12-20"), at: "/roles/" + itoa(s.owner)},
		"a report":        {path: "/mistakes/" + itoa(report) + "/close", form: url.Values{"answer": {"Mended."}}, at: "/processes/" + itoa(s.process) + "/history"},
		"settings":        {path: "/settings", form: settings, counter: "/settings", by: s.admin(), at: "/settings"},
		"a question less": {path: "/steering/1/drop", form: url.Values{"counter": {"1"}}, at: "/trail"},
		"a process":       {path: "/practices/" + itoa(s.practice) + "/processes", form: url.Values{"name": {"Learn from it"}, "kind": {"daily"}}, at: "/practices/" + itoa(s.practice) + "/history"},
		"an activity":     {path: "/activities", form: url.Values{"process": {itoa(s.process)}, "name": {"Look back"}}, at: "/processes/" + itoa(s.process) + "/history"},
		"a role":          {path: "/roles", form: url.Values{"kind": {"practitioner"}, "name": {"Dispatcher"}, "practice": {itoa(s.practice)}}, at: "/practices/" + itoa(s.practice) + "/history"},
		"a policy":        {path: "/policies", form: url.Values{"number": {"POL-9"}, "title": {"Another"}, "statement": {"So it is."}, "driver": {"internal"}}, at: "/policies/%", gone: true},
	} {
		s.takesBack(t, name, c)
	}
}

// named puts the numbers of the hats that stand now into an address: one that was withdrawn comes back under another.
func (s scene) named(address string) string {
	s.t.Helper()
	for name, person := range map[string]int64{"@hat": s.jonas, "@ahead": s.ana, "@proposal": s.marta} {
		if strings.Contains(address, name) {
			id := storetest.Value[int64](s.t, s.DB, `SELECT max(id) FROM assignment WHERE person_id = $1 AND state <> 'withdrawn'`, person)
			address = strings.ReplaceAll(address, name, itoa(id))
		}
	}
	return address
}

// lost are the lines of one text that another one has not.
func lost(from, in string) string {
	var lines []string
	for _, line := range strings.Split(from, "\n") {
		if !strings.Contains(in, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// takesBack does an act, sees that a reader may not take it back, and takes it back from the page that tells of it.
func (s scene) takesBack(t *testing.T, name string, c undone) {
	t.Helper()
	before := s.standing()
	c.path, c.at = s.named(c.path), s.named(c.at)
	if c.form.Has("hat") {
		c.form.Set("hat", s.named(c.form.Get("hat")))
	}
	by := s.as(s.lead)
	if c.by != 0 {
		by = s.as(c.by)
	}
	if c.counter != "" {
		c.form.Set("counter", by.get(c.counter).counter(t))
	}
	a := by.post(c.path, c.form)
	if a.status != http.StatusSeeOther || s.standing() == before {
		t.Errorf("%s: %d, nothing was done: %.600s", name, a.status, a.text())
		return
	}
	event := s.lastEvent()
	undo := undoOf(event)
	other := s.as(s.admin())
	if c.by == s.admin() {
		other = s.as(s.lead)
	}
	s.saysSo(name, a, by, other, undo, name != "given up")
	if c.gone {
		c.at = strings.Replace(c.at, "%", itoa(storetest.Value[int64](t, s.DB, `SELECT row_id FROM change WHERE event_id = $1 ORDER BY id LIMIT 1`, event)), 1)
	}
	if name == "given up" { // nobody appoints themselves: who appoints takes it back
		by.get(undo).shows(t, http.StatusForbidden)
		by = s.as(s.lead)
	}
	reader := s.as(s.reader)
	for _, a := range []answer{reader.get(undo), reader.post(undo, url.Values{})} {
		if a.status != http.StatusForbidden && a.status != http.StatusNotFound {
			t.Errorf("%s: a reader is answered %d", name, a.status)
		}
	}
	if strings.Contains(reader.get(c.at).body, undo) {
		t.Errorf("%s: a reader is offered to undo it", name)
	}
	if !strings.Contains(by.get(c.at).body, `"`+undo+`"`) {
		t.Errorf("%s: %s does not offer to undo it: %.900s", name, c.at, by.get(c.at).text())
	}
	asked := by.get(undo) // as by a link that was sent: it comes from no page
	asked.shows(t, http.StatusOK, append(c.asks, "Undo this change?")...)
	if back := backField.FindStringSubmatch(asked.body); back == nil || back[1] == "/" {
		t.Errorf("%s: its undo leads to %q, and not to what it is about", name, back)
	} else if page := by.get(html.UnescapeString(back[1])); page.status != http.StatusOK {
		t.Errorf("%s: its undo leads to %s, which answers %d", name, back[1], page.status)
	}
	from := a.to
	a = by.post(undo, url.Values{"back": {from}})
	a.shows(t, http.StatusSeeOther)
	if got := s.standing(); got != before {
		t.Errorf("%s: after the undo it is\n%s\nand was\n%s", name, lost(got, before), lost(before, got))
	}
	page := by.get(a.to)
	if page.status != http.StatusOK || strings.Contains(page.body, undo) {
		t.Errorf("%s: %s answers %d, or offers it again", name, a.to, page.status)
	}
	by.post(undo, url.Values{}).shows(t, http.StatusConflict, "undone already")
	by.post(undoOf(s.lastEvent()), url.Values{}).shows(t, http.StatusConflict, "undone already")
}

// saysSo sees that the page after an act offers to take it back beside its message: once, to who did it alone, and on no
// other day.
func (s scene) saysSo(name string, done answer, by, other reader, undo string, want bool) {
	s.t.Helper()
	offers := func(who reader, address string) bool {
		page := who.carrying(done).get(address)
		if page.status != http.StatusOK {
			s.t.Errorf("%s: %s answers %d", name, address, page.status)
		}
		return strings.Contains(page.body, `action="`+undo+`"`)
	}
	if offers(by, done.to) != want {
		s.t.Errorf("%s: whether the message offers an undo is %v", name, !want)
	}
	if strings.Contains(other.carrying(done).get(done.to).body, `action="`+undo+`"`) {
		s.t.Errorf("%s: somebody else is offered it with the message", name)
	}
	if path, _, _ := strings.Cut(done.to, "?"); !ofAnyDay.MatchString(path) && strings.Contains(by.carrying(done).get(path+"?on=2027-06-01").body, `action="`+undo+`"`) {
		s.t.Errorf("%s: the message offers it on another day", name)
	}
	if strings.Contains(by.get(done.to).body, `action="`+undo+`"`) {
		s.t.Errorf("%s: without the message it is offered, too", name)
	}
}

// ofAnyDay are pages that speak of today whatever their address says.
var ofAnyDay = regexp.MustCompile(`^/(actions|settings|steering|reviews)`)

// carrying is the reader with the cookies that an answer set.
func (r reader) carrying(a answer) reader {
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		r.cookie += "; " + c.Name + "=" + c.Value
	}
	return r
}

// refusal is an undo that comes too late, and what it is told.
type refusal struct {
	do    func() error // what is undone
	since func() error // what stands against it now
	says  string
}

// An undo that is refused says what is in the way and what to do, and does not offer the same again.
func TestARefusedUndoSaysWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.post("/practices", url.Values{"name": {"Risk management"}, "category": {"general"}, "state": {"planned"}}).shows(t, http.StatusSeeOther)
	event := s.lastEvent()
	owner := storetest.Value[int64](t, s.DB, `SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name = 'Risk management' AND r.kind = 'owner'`)
	lead.get(undoOf(event)).shows(t, http.StatusOK, "Undo it", "Everything it changed goes back")
	s.wear(owner, s.marta, 0)
	asked := lead.get(undoOf(event))
	asked.shows(t, http.StatusOK, "the hat “Owner of Marta Nowak” hangs on the role that it added")
	if strings.Contains(asked.text(), "Undo it") {
		t.Error("what would be refused is offered")
	}
	refused := lead.post(undoOf(event), url.Values{"back": {"/practices"}})
	refused.shows(t, http.StatusConflict, "Nothing was undone", "the hat “Owner of Marta Nowak” hangs on the role that it added, since The operator changed that on 23 Nov 2026.", "archive what is not wanted instead", "Go back")
	if text := refused.text(); strings.Contains(text, "Undo it") || strings.Contains(text, "goes back to what it was") {
		t.Errorf("what was refused is promised again: %s", text)
	}
}
