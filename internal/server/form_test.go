package server_test

import (
	"io"
	"net/http"
	"net/url"
	"reflect"
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

// Whoever asks for the head of a page is told what the page would say of itself, its length too.
func TestHeadOfAPage(t *testing.T) {
	s := serve(t)
	for _, path := range []string{"/sign-in", "/healthz", "/nowhere"} {
		told := map[string]http.Header{}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", "identity")
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if (len(body) == 0) != (method == http.MethodHead) {
				t.Errorf("%s %s: %d bytes", method, path, len(body))
			}
			told[method] = res.Header
			told[method].Set("Status", res.Status)
			for _, own := range []string{"Date", "X-Request-Id"} {
				told[method].Del(own)
			}
		}
		if !reflect.DeepEqual(told[http.MethodGet], told[http.MethodHead]) {
			t.Errorf("%s: GET told %v, HEAD %v", path, told[http.MethodGet], told[http.MethodHead])
		}
	}
}
