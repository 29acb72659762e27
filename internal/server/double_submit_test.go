package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"hatrack/internal/store/storetest"
)

var counterField = regexp.MustCompile(`name="counter" value="([0-9]+)"`)

// counter is what the first form of a page carries.
func (r reader) counter(path string) string {
	r.t.Helper()
	found := counterField.FindStringSubmatch(r.get(path).body)
	if found == nil {
		r.t.Fatalf("no form on %s carries a counter", path)
	}
	return found[1]
}

// TestDoubleSubmit sends forms that make something twice, as an impatient hand does: one thing is made.
func TestDoubleSubmit(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, made := range []struct {
		table, path string
		form        url.Values
	}{
		{"practice", "/practices", url.Values{"name": {"Change enablement"}, "category": {"service"}, "state": {"in use"}}},
		{"process", "/practices/" + itoa(s.practice) + "/processes", url.Values{"name": {"Care for incidents"}, "kind": {"daily"}}},
		{"activity", "/activities", url.Values{"process": {itoa(s.process)}, "name": {"Close"}, "counter": {lead.counter("/activities/new?process=" + itoa(s.process))}}},
		{"role", "/roles", url.Values{"practice": {itoa(s.practice)}, "name": {"Technical specialist"}, "kind": {"practitioner"}}},
		{"service", "/services", url.Values{"name": {"Payroll"}}},
		{"team", "/teams", url.Values{"name": {"Network operations"}}},
		{"company", "/companies", url.Values{"name": {"Acme"}, "kind": {"supplier"}}},
		{"region", "/regions", url.Values{"name": {"Americas"}}},
		{"person", "/people", url.Values{"name": {"Hiroshi Sato"}, "email": {"hiroshi.sato@tallgrass.example"}}},
		{"membership", "/teams/" + itoa(s.desk) + "/members", url.Values{"person": {itoa(s.jonas)}, "from": {"2026-11-23"}}},
		{"assignment", "/assignments", url.Values{"role": {itoa(s.analyst)}, "person": {itoa(s.jonas)}, "from": {"2026-11-23"}, "capacity": {"holder"}, "do": {"appoint"}, "announced": {"on"}}},
		{"policy", "/policies", policyForm("POL-001", "All incidents must be logged")},
		{"mistake", "/mistakes", url.Values{"process": {itoa(s.process)}, "about": {"Log"}, "text": {"The portal does that."}}},
		{"hand_off", "/activities/" + itoa(s.log) + "/hand-offs", url.Values{"direction": {"out"}, "what": {"An incident record"}, "other": {"a" + itoa(s.sort)}, "counter": {lead.counter("/activities/" + itoa(s.log))}}},
	} {
		count := func() int { return storetest.Value[int](t, s.DB, fmt.Sprintf(`SELECT count(*) FROM %s`, made.table)) }
		before := count()
		if a := lead.post(made.path, made.form); a.status != http.StatusSeeOther {
			t.Errorf("%s: status %d: %.400s", made.path, a.status, a.text())
			continue
		}
		again := lead.post(made.path, made.form)
		if n := count() - before; n != 1 {
			t.Errorf("%s: two clicks made %d, the second answered %d", made.path, n, again.status)
		}
		if again.status >= 500 {
			t.Errorf("%s: the second answered %d", made.path, again.status)
		}
	}
}
