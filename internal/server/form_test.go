package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"hatrack/internal/store/storetest"
)

func TestNoFormSkipsTheStaleCheck(t *testing.T) {
	s := setScene(t)
	lead := s.as(s.lead)
	before := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`)
	for path, form := range map[string]url.Values{
		"/practices/" + itoa(s.practice):               {"name": {"Renamed past the check"}, "category": {"service"}, "state": {"in use"}, "counter": {"-1"}},
		"/processes/" + itoa(s.process) + "/raci/cell": {"activity": {itoa(s.log)}, "role": {itoa(s.analyst)}, "letters": {"C"}, "counter": {"-1"}},
	} {
		if answer := lead.post(path, form); answer.status != http.StatusUnprocessableEntity {
			t.Errorf("counter -1 at %s was answered with %d", path, answer.status)
		}
	}
	if after := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`); after != before {
		t.Errorf("%d writes went past the stale check", after-before)
	}
}
