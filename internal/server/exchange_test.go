package server_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Where the database is exchanged for a backup below a running server, what the server had kept of what is lost is gone
// with it, and what is written then shows at once.
func TestNothingKeptOutlivesItsDatabase(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader).on(s.beside(0, atNow))
	rename := func(name string) {
		t.Helper()
		p, err := s.Person(t.Context(), s.jonas)
		if err != nil {
			t.Fatal(err)
		}
		p.Name = name
		if err := s.EditPerson(t.Context(), storetest.Operator, p); err != nil {
			t.Fatal(err)
		}
	}
	pages := map[string]string{"the matrix": s.raci(), "the person's page": "/people/" + itoa(s.jonas), "the directory": "/people"}
	see := func(when, what string, want bool) {
		t.Helper()
		for page, at := range pages {
			for range 2 {
				if got := reader.get(at); got.status != http.StatusOK || strings.Contains(got.text(), what) != want {
					t.Errorf("%s: %q on %s: %v (%d)", when, what, page, !want, got.status)
				}
			}
		}
	}
	s.wear(s.analyst, s.jonas, 0)
	s.cell(s.log, s.analyst, itsm.LetterR)
	edit := "/processes/" + itoa(s.process) + "/edit"
	reader.get(edit).shows(t, http.StatusForbidden)
	see("at first", "Jonas Lost", false)
	restore := s.Backup(t)
	s.again(reader)
	rename("Jonas Lost")
	see("after a change", "Jonas Lost", true)
	s.wear(s.owner, s.reader, 0)
	reader.get(edit).shows(t, http.StatusOK)
	restore()
	s.again(reader)
	see("restored", "Jonas Lost", false)
	reader.get(edit).shows(t, http.StatusForbidden)
	rename("Jonas Found")
	see("after a change of what was restored", "Jonas Found", true)
}

// again waits until a server has connections again, and the scene's own store, to read and to write.
func (s scene) again(r reader) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		_, err := s.Organisation(s.t.Context())
		err = errors.Join(err, s.SeeSession(s.t.Context(), []byte("nobody's")))
		if err == nil && r.get("/about").status == http.StatusOK {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("the server does not come back: %v", err)
		}
	}
}
