package server_test

import (
	"bufio"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/demo"
	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

// readers are those who walk: nobody, and three of the demo's cast.
var readers = []string{"nobody", "Reader", "Supplier", "Administrator"}

// TestAccess walks every route of the router as each kind of reader and compares the status with testdata/access.txt: a
// line "METHOD pattern nobody reader supplier administrator". A route without a line fails, and so does a line without
// a route. Forms are posted empty: what may not be done is refused before it is looked at.
func TestAccess(t *testing.T) {
	db := storetest.New(t)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	s := accessServer(t, db)
	h, expected := s.Handler(), readAccess(t)
	sessions := map[string]*http.Cookie{}
	for _, a := range demo.Cast {
		sessions[a.Title] = enter(t, h, a.Email)
	}
	var got []string
	walk := func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodHead || strings.HasPrefix(pattern, "/sign-out") || pattern == "/account/sign-out" || pattern == "/sign-in/demo" {
			return nil // would end the session that walks on
		}
		line := method + " " + pattern
		for _, reader := range readers {
			line += " " + strconv.Itoa(knock(t, h, db, method, pattern, sessions[reader]))
		}
		got = append(got, line)
		if expected[line] {
			delete(expected, line)
			return nil
		}
		t.Errorf("not as expected, or not written down: %s", line)
		return nil
	}
	if err := chi.Walk(s.Routes(), walk); err != nil {
		t.Fatal(err)
	}
	for line := range expected {
		t.Errorf("written down and not so: %s", line)
	}
	if os.Getenv("HATRACK_WRITE_ACCESS") != "" {
		slices.Sort(got)
		text := "# METHOD pattern: the status for " + strings.Join(readers, ", ") + ". Read each change of it as you would read a change of rights.\n" + strings.Join(got, "\n") + "\n"
		if err := os.WriteFile(accessFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var accessFile = filepath.Join("testdata", "access.txt")

func readAccess(t *testing.T) map[string]bool {
	t.Helper()
	f, err := os.Open(accessFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := map[string]bool{}
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if line := scan.Text(); line != "" && !strings.HasPrefix(line, "#") {
			lines[line] = true
		}
	}
	return lines
}

// knock asks for a route as a reader and answers with the status. What a 5xx says is a failure whatever is written down.
func knock(t *testing.T, s http.Handler, db *storetest.DB, method, pattern string, session *http.Cookie) int {
	t.Helper()
	r := httptest.NewRequest(method, address(t, db, pattern), strings.NewReader(""))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if session != nil {
		r.AddCookie(session)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code >= 500 {
		t.Errorf("%s %s: %d %s", method, r.URL, w.Code, w.Body)
	}
	return w.Code
}

// tables say where the ids of a route's noun come from: things of the demo that the supplier has nothing to do with.
var tables = map[string]string{
	"practices": "SELECT id FROM practice WHERE name ILIKE 'Change%'", "processes": "SELECT c.id FROM process c JOIN practice p ON p.id = c.practice_id WHERE p.name ILIKE 'Change%' ORDER BY c.id LIMIT 1",
	"activities": "SELECT a.id FROM activity a JOIN process c ON c.id = a.process_id JOIN practice p ON p.id = c.practice_id WHERE p.name ILIKE 'Change%' ORDER BY a.id LIMIT 1",
	"roles":      "SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name ILIKE 'Change%' ORDER BY r.id LIMIT 1",
	"policies":   "SELECT id FROM policy WHERE number = 'POL-005'",
	"services":   "SELECT min(id) FROM service", "people": "SELECT min(id) FROM person", "teams": "SELECT min(id) FROM team", "companies": "SELECT min(id) FROM company",
	"regions": "SELECT min(id) FROM region", "accounts": "SELECT min(id) FROM account",
	"assignments": "SELECT a.id FROM assignment a JOIN role r ON r.id = a.role_id JOIN practice p ON p.id = r.practice_id WHERE p.name ILIKE 'Change%' ORDER BY a.id LIMIT 1",
}

var param = regexp.MustCompile(`\{(\w+)\}`)

// address fills the parameters of a pattern with ids of the demo, others with 1.
func address(t *testing.T, db *storetest.DB, pattern string) string {
	t.Helper()
	noun := strings.Split(pattern, "/")[1]
	return param.ReplaceAllStringFunc(strings.TrimSuffix(pattern, "*"), func(p string) string {
		query := tables[noun]
		if p == "{key}" {
			return "risk-management" // an entry of the library
		}
		if p == "{activity}" {
			query = tables["activities"]
		}
		if p != "{id}" && p != "{activity}" || query == "" {
			return "1"
		}
		return fmt.Sprint(storetest.Value[int64](t, db, query))
	})
}

// accessServer serves the demo.
func accessServer(t *testing.T, db *storetest.DB) *server.Server {
	t.Helper()
	s, err := server.New(server.Config{
		Store: db.Store, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return storetest.Now }, BaseURL: "http://localhost", Demo: true, Cast: demo.Cast,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// enter signs one of the cast in.
func enter(t *testing.T, s http.Handler, email string) *http.Cookie {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/sign-in/demo", strings.NewReader(url.Values{"email": {email}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if strings.HasSuffix(c.Name, "hatrack_session") {
			return c
		}
	}
	t.Fatalf("%s could not sign in: %d", email, w.Code)
	return nil
}
