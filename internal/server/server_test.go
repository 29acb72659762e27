package server_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// site is a server on a database of its own.
type site struct {
	*storetest.DB
	t   *testing.T
	url string
}

func serve(t *testing.T) site {
	t.Helper()
	return serveOn(t, storetest.New(t))
}

// serveOn serves a database, which other servers may serve too.
func serveOn(t *testing.T, db *storetest.DB) site {
	t.Helper()
	s, err := server.New(server.Config{Store: db.Store, Log: slog.New(slog.DiscardHandler), BaseURL: "http://localhost"})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	return site{db, t, h.URL}
}

// reader is somebody signed in, with the cookies of a browser.
type reader struct {
	site
	cookie string
}

// as signs a person in, with an account of their own.
func (s site) as(person int64) reader {
	s.t.Helper()
	token := rand.Text()
	sum := sha256.Sum256([]byte(token))
	account := storetest.Value[int64](s.t, s.DB, `SELECT COALESCE((SELECT id FROM account WHERE person_id = $1), 0)`, person)
	if account == 0 {
		facts(s.t, s.DB, `INSERT INTO account (person_id, email) VALUES (`+itoa(person)+`, 'p`+itoa(person)+`@tallgrass.example')`)
		account = storetest.Value[int64](s.t, s.DB, `SELECT id FROM account WHERE person_id = $1`, person)
	}
	if err := s.OpenSession(s.t.Context(), account, sum[:]); err != nil {
		s.t.Fatal(err)
	}
	return reader{s, "hatrack_session=" + token}
}

// page is an answer of the server.
type answer struct {
	status int
	to     string // where it sends the browser
	body   string
	header http.Header
}

// toast is what the next page says of what was done.
func (a answer) toast() string {
	kept, _, _ := strings.Cut(strings.TrimPrefix(a.header.Get("Set-Cookie"), "hatrack_toast="), ";")
	said, _ := base64.RawURLEncoding.DecodeString(kept)
	return string(said)
}

// text is what stands on the page, without markup, white space run together.
func (a answer) text() string {
	text := tags.ReplaceAllString(a.body, " ")
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

var tags = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)

func (r reader) get(path string) answer { return r.do(http.MethodGet, path, nil) }

// post sends a form and waits for what it began: an import or an undo may outlast its request.
func (r reader) post(path string, form url.Values) answer { return r.settled(r.press(path, form)) }

// press sends a form and waits for nothing more.
func (r reader) press(path string, form url.Values) answer { return r.do(http.MethodPost, path, form) }

// settled waits while the page that an answer leads to shows something on its way. An undo's outcome is the answer that its
// page gives then.
func (r reader) settled(a answer) answer {
	r.t.Helper()
	undo := strings.HasPrefix(a.to, "/events/") && strings.HasSuffix(a.to, "/undo")
	if a.status != http.StatusSeeOther || !undo && !strings.HasPrefix(a.to, "/import/") {
		return a
	}
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		switch now := r.get(a.to); {
		case now.header.Get("Refresh") == "" && undo:
			return now
		case now.header.Get("Refresh") == "":
			return a
		case time.Now().After(end):
			r.t.Fatalf("it does not end: %.600s", now.text())
		}
	}
}

func (r reader) do(method, path string, form url.Values) answer {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		r.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Cookie", r.cookie)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header.Get("Location"), string(body), res.Header}
}

// shows fails the test unless the page has a status and shows every one of these words.
func (a answer) shows(t *testing.T, status int, words ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("status %d, want %d: %.300s", a.status, status, a.text())
	}
	text := a.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not on the page: %.2500s", w, text)
		}
	}
}

// facts writes rows as the owner of the tables, under an event of their own: for what a test needs and no door makes.
func facts(t *testing.T, db *storetest.DB, sql string) {
	t.Helper()
	if err := db.Exec(t, `
		SELECT set_config('hatrack.event', id::text, true) FROM (SELECT 1) AS one, LATERAL (SELECT nextval('event_id_seq') AS id) AS e;
		INSERT INTO event (id, at, actor, act, summary) OVERRIDING SYSTEM VALUE VALUES (currval('event_id_seq'), now(), 'migration', 'test', 'test');`+sql); err != nil {
		t.Fatal(err)
	}
}

// must passes on what was made, or ends the test.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s site) person(name string) int64 {
	return must[int64](s.t)(s.AddPerson(s.t.Context(), storetest.Operator, itsm.Person{Name: name, Email: strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@tallgrass.example"}))
}
