package server_test

import (
	"net/http"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// On a day before it was moved, a process went by the hats of the practice that it lay in: it is said where, and nothing of
// who answered is made out of the hats of today's practice. Who may not see that practice is not told its name.
func TestAMovedProcessSaysWhereItLay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op, id := storetest.Operator, must[int64](t)
	other := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access control", Category: "service", State: "in use"}))
	dana := id(s.AddPerson(t.Context(), op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'practitioner'`, other), dana, 0)
	move := func(to int64) {
		t.Helper()
		if err := s.MoveProcesses(t.Context(), op, []store.ProcessMove{{ProcessID: s.process, To: to, Counter: store.Latest}}); err != nil {
			t.Fatal(err)
		}
	}
	must[[]int64](t)(s.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.marta}, From: itsm.Day(2026, 10, 1), Reason: "Found in the letter."}))
	s.wear(s.manager, s.ana, s.apac)
	s.as(s.lead).get("/processes/"+itoa(s.process)+"/practice?to="+itoa(other)).shows(t, http.StatusOK,
		"Move Handle an incident to Access control?", "answered for: until now by Ana Souza, from now on by nobody. Where nobody wears it, nobody answers until somebody is appointed.")
	same := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access requests", Category: "service", State: "in use"}))
	for kind, who := range map[string]int64{"owner": s.marta, "manager": s.ana} {
		s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = $2`, same, kind), who, 0)
	}
	s.as(s.lead).get("/processes/"+itoa(s.process)+"/practice?to="+itoa(same)).shows(t, http.StatusOK,
		"Where no A is set, Marta Nowak goes on answering, as Owner of Access requests.", "answered for: by Ana Souza, as until now.")
	later := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access reviews", Category: "service", State: "planned"}))
	s.as(s.lead).get("/processes/"+itoa(s.process)+"/practice?to="+itoa(later)).shows(t, http.StatusOK,
		"Access reviews is planned, and Incident management in use: what is missing in the process does not count as gaps any more")
	s.recordedBefore()
	move(other)
	reader, process := s.as(s.reader), "/processes/"+itoa(s.process)
	const lay = "On 1 Nov 2026 Handle an incident lay in Incident management, and went by the hats of that practice until it was moved on 23 Nov 2026."
	for _, asked := range []string{"Handle+an+incident", "Categorise"} {
		a := reader.get("/search?q=who+answered+for+" + asked + "+on+1+November+2026")
		a.shows(t, http.StatusOK, lay)
		if strings.Contains(a.text(), "Nobody") {
			t.Errorf("nobody answered for %s on a day before it was moved", asked)
		}
		if a = s.as(dana).get("/search?q=who+answered+for+" + asked + "+on+1+November+2026"); strings.Contains(a.body, "Incident management") || strings.Contains(a.text(), "Nobody") {
			t.Errorf("an external is told of a practice that is not theirs: %s", a.text())
		}
	}
	reader.get("/search?q=who+answered+for+Handle+an+incident+on+1+November+2026").shows(t, http.StatusOK, "Marta Nowak answered for Handle an incident ; as Practice Owner of Incident management, since 1 Oct 2026")
	two := s.raci() + "/compare?from=2026-11-01"
	reader.get(two).shows(t, http.StatusOK, lay, "nobody instead of whoever wore it in Incident management")
	if file := reader.get(s.raci() + "/compare.csv?from=2026-11-01"); !strings.Contains(file.body, lay) {
		t.Error("the file of two days knows nothing of the move between them")
	}
	if a := s.as(dana).get(two); strings.Contains(a.body, "Incident management") || !strings.Contains(a.text(), "lay in another practice") {
		t.Error("two days tell an external of a practice that is not theirs")
	}
	for _, page := range []string{process, s.raci()} {
		a := reader.get(page + "?on=2026-11-01")
		a.shows(t, http.StatusOK, "On 1 Nov 2026 this process lay in Incident management, and went by the hats of that practice until it was moved on 23 Nov 2026.", "Hats of Incident management")
		if strings.Contains(a.text(), "Who answered") {
			t.Errorf("%s says who answered, of the hats that it has today", page)
		}
		if strings.Contains(reader.get(page).text(), "this process lay in") {
			t.Errorf("%s says today where it lay", page)
		}
		a = s.as(dana).get(page + "?on=2026-11-01")
		a.shows(t, http.StatusOK, "On 1 Nov 2026 this process lay in another practice")
		if strings.Contains(a.body, "Incident management") {
			t.Errorf("%s tells an external of a practice that is not theirs", page)
		}
	}
	move(s.practice)
	if text := reader.get(process + "?on=2026-11-01").text(); strings.Contains(text, "this process lay in") || !strings.Contains(text, "Who answered") {
		t.Error("a process that is back where it was goes by other hats")
	}
}

// On a day before it was made one with another one, a practice has its hats and its processes on its own page and on the map,
// and the other one has none of them.
func TestAPracticeMadeOneWithAnotherKeepsItsPast(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op := storetest.Operator
	other := must[int64](t)(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access control", Category: "service", State: "in use"}))
	hat := func(kind itsm.RoleKind) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = $2`, other, string(kind))
	}
	wear := func(role, person int64) {
		t.Helper()
		must[[]int64](t)(s.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{person}, From: itsm.Day(2026, 10, 1), Reason: "Found in the letter.", Announced: true}))
	}
	wear(s.owner, s.marta)
	wear(s.manager, s.marta)
	wear(hat(itsm.Owner), s.ana)
	wear(hat(itsm.Manager), s.ana)
	s.recordedBefore()
	if err := s.MergePractices(t.Context(), op, other, s.practice, other, 1, storetest.Value[int64](t, s.DB, `SELECT counter FROM practice WHERE id = $1`, s.practice)); err != nil {
		t.Fatal(err)
	}
	reader := s.as(s.reader)
	for page, c := range map[string]struct{ says, not []string }{
		"/practices/" + itoa(s.practice): {
			[]string{"made one with another one on 23 Nov 2026", "Below stand its hats as they were worn on 1 Nov 2026", "Marta Nowak", "On 1 Nov 2026 Handle an incident lay here, too. Access control has had it since 23 Nov 2026."},
			[]string{"Vacant", "Ana Souza"}},
		"/practices/" + itoa(other): {
			[]string{"Ana Souza", "Not here yet on 1 Nov 2026: Handle an incident. Until 23 Nov 2026 Incident management had it."}, []string{"Marta Nowak"}},
		"/roles/" + itoa(s.manager):         {[]string{"Marta Nowak"}, []string{"Ana Souza"}},
		"/roles/" + itoa(hat(itsm.Manager)): {[]string{"Ana Souza"}, nil},
		"/map/practices":                    {[]string{"Incident management (with Access control on 23 Nov 2026)", "Marta Nowak"}, nil},
		"/map":                              {[]string{"Incident management (with Access control on 23 Nov 2026)"}, nil},
	} {
		a := reader.get(page + "?on=2026-11-01")
		a.shows(t, http.StatusOK, c.says...)
		hats, _, _ := strings.Cut(a.text(), "Recent changes")
		for _, text := range c.not {
			if strings.Contains(hats, text) {
				t.Errorf("%s says %q of a day before the two were made one", page, text)
			}
		}
		if text := reader.get(page).text(); strings.Contains(text, "1 Nov 2026") || strings.Contains(text, "(with Access control") {
			t.Errorf("%s speaks today of the day before", page)
		}
	}
}

// Of a day before it was put on record nothing is said: not that it lay anywhere, not that a hat was vacant.
func TestWhatWasNotOnRecordIsNotSaidToHaveBeen(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op := storetest.Operator
	other := must[int64](t)(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access control", Category: "service", State: "in use"}))
	reader, process := s.as(s.reader), "/processes/"+itoa(s.process)
	reader.get(s.raci()+"/compare?from=2026-03-03").shows(t, http.StatusOK, "Handle an incident was put on record here on 23 Nov 2026. On 3 Mar 2026 it was not here yet")
	for asked, want := range map[string]string{
		"who owned incident management on 3 March 2026": "Nobody on record answered for Incident management : the hat has nobody on record for 3 Mar 2026 The role of Practice Owner of Incident management was put on record here on 23 Nov 2026.",
		"who did log on 3 March 2026":                   "Nobody on record did Log in Handle an incident : Practitioner has nobody on record for 3 Mar 2026 Log was put on record here on 23 Nov 2026.",
	} {
		a := reader.get(searchURL(asked))
		a.shows(t, http.StatusOK, want)
		if strings.Contains(a.text(), "acant") {
			t.Errorf("%s: a vacancy of a day of which nothing is known: %.900s", asked, a.text())
		}
	}
	if err := s.MoveProcesses(t.Context(), op, []store.ProcessMove{{ProcessID: s.process, To: other, Counter: store.Latest}}); err != nil {
		t.Fatal(err)
	}
	const lay = "was put on record in Incident management on 23 Nov 2026, and moved on 23 Nov 2026. On 3 Mar 2026 it was not on record here: by which hats it went is not known."
	for _, page := range []string{process + "?on=2026-03-03", s.raci() + "?on=2026-03-03", searchURL("who answered for handle an incident on 3 March 2026"), s.raci() + "/compare?from=2026-03-03", s.raci() + "/compare.csv?from=2026-03-03"} {
		a := reader.get(page)
		if a.status != http.StatusOK || !strings.Contains(a.text()+a.body, lay) {
			t.Errorf("%s: %d %.900s", page, a.status, a.text())
		}
		for _, untrue := range []string{"3 Mar 2026 this process lay in", "3 Mar 2026 Handle an incident lay in", "whoever wore it in"} {
			if strings.Contains(a.text()+a.body, untrue) {
				t.Errorf("%s says %q: %.900s", page, untrue, a.text())
			}
		}
	}
}
