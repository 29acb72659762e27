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

// Who saves what somebody else saved meanwhile reads who that was, and what stands beside what they typed: that alone
// which differs, in every kind of form.
func TestAFormThatWasOutrunSaysByWhom(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	s.wear(s.owner, s.marta, 0)
	lead, owner := s.as(s.lead), s.as(s.marta)
	activity := "/activities/" + itoa(s.log)
	edit := func(name, text string) url.Values {
		return url.Values{"name": {name}, "text": {text}, "procedure": {"First this.\r\nThen that."}, "counter": {lead.get(activity + "/edit").counter(t)}}
	}
	lead.post(activity, edit("Log", "Write it down.")).shows(t, http.StatusSeeOther)
	late, early := edit("Log", "Write it down at once."), edit("Log it", "Write it down.")
	lead.post(activity, early).shows(t, http.StatusSeeOther)
	stale := owner.post(activity, late)
	stale.shows(t, http.StatusConflict, "Ingrid Solberg changed this on 23 Nov 2026 at ", ", after you opened it.", "Stands now", "Log it", "Write it down at once.")
	if strings.Contains(stale.body, `<th scope="row">Procedure</th>`) {
		t.Error("the form sets a text beside itself: it came with other ends of lines")
	}
	lead.post(activity, late).shows(t, http.StatusConflict, "You changed this elsewhere on 23 Nov 2026 at ")

	archived := edit("Log", "Write it down.")
	lead.post("/processes/"+itoa(s.process)+"/archive", url.Values{"counter": {lead.get("/processes/" + itoa(s.process) + "/archive").counter(t)}}).shows(t, http.StatusSeeOther)
	owner.post(activity, archived).shows(t, http.StatusConflict, "Ingrid Solberg archived this on 23 Nov 2026 at ", "Bring it back to change it.")

	region := must[int64](t)(s.AddRegion(ctx, op, itsm.Region{Name: "Nordics", ParentID: s.emea}))
	person := must[int64](t)(s.AddPerson(ctx, op, itsm.Person{Name: "Tom O'Hara", Title: "Engineer", RegionID: s.emea}))
	for _, f := range []struct {
		at     string
		typed  url.Values
		differ []string
	}{
		{"/people/" + itoa(person) + "/edit", url.Values{"name": {"Tom O'Hara"}, "title": {"Engineer"}, "region": {itoa(s.apac)}}, []string{"Region", "EMEA", "APAC"}},
		{"/teams/" + itoa(s.desk) + "/edit", url.Values{"name": {"Service desk"}, "lead": {itoa(s.jonas)}}, []string{"Lead", "Ana Souza", "Jonas Weber"}},
		{"/companies/" + itoa(s.acme) + "/edit", url.Values{"name": {"Corvid Networks"}, "kind": {"supplier"}, "our_contact": {itoa(s.marta)}, "note": {"Lines"}}, []string{"Note", "nothing", "Lines"}},
		{"/regions/" + itoa(region) + "/edit", url.Values{"name": {"Nordics"}, "parent": {""}}, []string{"Lies within", "EMEA", "nothing"}},
	} {
		f.typed.Set("counter", "0")
		got := lead.post(f.at, f.typed)
		got.shows(t, http.StatusConflict, append(f.differ, "The operator changed this on", "Stands now")...)
		if n := strings.Count(got.body, `<td data-l="Stands now">`); n != 1 {
			t.Errorf("%s sets %d fields side by side, want the one that differs", f.at, n)
		}
	}
}

// Who is outrun keeps what they typed, and gets what stands now in every field that they did not type into: saved then, the
// work of both is there. So in every form that changes something.
func TestAFormThatWasOutrunKeepsTheWorkOfBoth(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	s.wear(s.owner, s.marta, 0)
	lead := s.as(s.lead)
	policy := id(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All is logged.", Driver: itsm.Internal, OwnerRoleID: s.owner}, nil))
	service := id(s.AddService(ctx, op, itsm.Service{Name: "Payroll", Purpose: "Pays"}))
	action := id(s.PlanAction(ctx, op, itsm.ActionInput{Subject: itsm.Subject{RoleID: s.manager}, What: "Ask around", PersonID: s.marta, DueOn: itsm.Until(storetest.Today)}))
	type change struct{ field, value string }
	for path, c := range map[string]struct{ theirs, mine change }{
		"/practices/" + itoa(s.practice): {change{"purpose", "Restore service"}, change{"value_streams", "From alert to review"}},
		"/processes/" + itoa(s.process):  {change{"triggers", "A call\r\nAn alert"}, change{"review_months", "6"}},
		"/activities/" + itoa(s.log):     {change{"name", "Log it"}, change{"text", "At once."}},
		"/roles/" + itoa(s.analyst):      {change{"wanted_min", "2"}, change{"wanted_max", "5"}},
		"/roles/" + itoa(s.manager):      {change{"per_case", "on"}, change{"purpose", "Steers"}},
		"/policies/" + itoa(policy):      {change{"owner", itoa(s.manager)}, change{"why", "To learn"}},
		"/services/" + itoa(service):     {change{"name", "Salaries"}, change{"purpose", "Pays all"}},
		"/people/" + itoa(s.jonas):       {change{"region", itoa(s.apac)}, change{"employed_from", "2020-02-01"}},
		"/teams/" + itoa(s.desk):         {change{"lead", itoa(s.marta)}, change{"purpose", "First line"}},
		"/companies/" + itoa(s.acme):     {change{"our_contact", itoa(s.ana)}, change{"note", "Lines"}},
		"/regions/" + itoa(s.germany):    {change{"parent", itoa(s.apac)}, change{"name", "DACH"}},
		"/actions/" + itoa(action):       {change{"person", itoa(s.jonas)}, change{"due", itsm.ISODay(storetest.Today.AddDate(0, 2, 0))}},
	} {
		edit := formWith(t, lead.get(path+"/edit").body, "seen")
		with := func(changes ...change) url.Values {
			v := edit.values()
			for _, c := range changes {
				v.Set(c.field, c.value)
				if v.Has(c.field + "_q") { // as it stands beside who is chosen
					v.Set(c.field+"_q", "chosen")
				}
			}
			return v
		}
		lead.post(edit.action, with(c.theirs)).shows(t, http.StatusSeeOther)
		outrun := lead.post(edit.action, with(c.mine))
		outrun.shows(t, http.StatusConflict, "nothing here: the form has what stands now")
		for _, head := range rowHead.FindAllStringSubmatch(outrun.body, -1) {
			if strings.Count(outrun.body, ">"+head[1]) < 2 {
				t.Errorf("%s sets “%s” side by side, which no field of the form is called", path, head[1])
			}
		}
		again := formWith(t, outrun.body, "seen")
		lead.post(again.action, again.values()).shows(t, http.StatusSeeOther)
		stands := formWith(t, lead.get(path+"/edit").body, "seen").values()
		for _, c := range []change{c.theirs, c.mine} {
			if got := itsm.Clean(stands.Get(c.field)); got != itsm.Clean(c.value) {
				t.Errorf("%s: %s is %q after both saved, want %q", path, c.field, got, c.value)
			}
		}
	}
}

var rowHead = regexp.MustCompile(`<th scope="row">([^<]+)</th>`)

// formWith is the first form of a page that has a field.
func formWith(t *testing.T, body, name string) postForm {
	t.Helper()
	list, _ := forms(t, body)
	for _, f := range list {
		for _, field := range f.fields {
			if field.name == name {
				return f
			}
		}
	}
	t.Fatalf("no form has a field %q", name)
	return postForm{}
}

var (
	crumbsOf  = regexp.MustCompile(`(?s)<nav class="crumbs".*?</nav>`)
	headingOf = regexp.MustCompile(`(?s)<h1.*?</h1>`)
)

// A form that comes back stands under the name of what it changes, whatever was typed: an unsaved name is none yet.
func TestAFormThatComesBackKeepsTheNameThatStands(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	lead := s.as(s.lead)
	policy := id(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All is logged.", Driver: itsm.Internal, OwnerRoleID: s.owner}, nil))
	service := id(s.AddService(ctx, op, itsm.Service{Name: "Payroll", Purpose: "Pays"}))
	for _, path := range []string{
		"/practices/" + itoa(s.practice), "/processes/" + itoa(s.process), "/activities/" + itoa(s.log), "/roles/" + itoa(s.analyst), "/policies/" + itoa(policy), "/services/" + itoa(service),
		"/people/" + itoa(s.jonas), "/teams/" + itoa(s.desk), "/companies/" + itoa(s.acme),
	} {
		page := lead.get(path + "/edit").body
		edit := formWith(t, page, "seen")
		title := "name"
		if strings.HasPrefix(path, "/policies") {
			title = "title"
		}
		for status, change := range map[int][2]string{http.StatusUnprocessableEntity: {title, ""}, http.StatusConflict: {"counter", "99"}} {
			typed := edit.values()
			typed.Set(title, "Unsaved")
			typed.Set(change[0], change[1])
			back := lead.post(edit.action, typed)
			if back.status != status {
				t.Errorf("%s: got %d, want %d: %.200s", path, back.status, status, back.text())
			}
			for _, part := range []*regexp.Regexp{crumbsOf, headingOf} {
				if got, want := part.FindString(back.body), part.FindString(page); got != want {
					t.Errorf("%s stands under %s after %d, want %s", path, got, status, want)
				}
			}
		}
	}
}
