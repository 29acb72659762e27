package server_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

const password = "four mild otters dance"

// browser keeps cookies and follows redirects.
type browser struct {
	t    *testing.T
	base string
	http.Client
	from string // where it is, as a proxy says
}

func (s site) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{t: s.t, base: s.url, Client: http.Client{Jar: jar}}
}

// landed is what a browser ends up on.
type landed struct {
	answer
	path string
}

func (b *browser) open(path string) landed { return b.send(http.MethodGet, path, nil) }

func (b *browser) post(path string, form url.Values) landed {
	return b.send(http.MethodPost, path, form)
}

func (b *browser) send(method, path string, form url.Values) landed {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.from != "" {
		req.Header.Set("X-Forwarded-For", "198.51.100.1, "+b.from)
	}
	res, err := b.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return landed{answer{status: res.StatusCode, body: string(body)}, res.Request.URL.RequestURI()}
}

// isIn fails the test unless the browser came to its start page.
func (l landed) isIn(t *testing.T) {
	t.Helper()
	if l.path != "/practices" && l.path != "/hats" {
		t.Errorf("came to %s: %d %.300s", l.path, l.status, l.text())
	}
}

// welcome follows a one-time link and chooses the password.
func (b *browser) welcome(token string) landed {
	return b.post("/welcome/"+token, url.Values{"password": {password}, "again": {password}})
}

// administrator is the first administrator of a new organisation, in a browser, by way of the link of the terminal.
func (s site) administrator(lead bool) *browser {
	s.t.Helper()
	b := s.browser()
	token := must[string](s.t)(s.FirstLink(s.t.Context()))
	form := url.Values{"name": {"Ada Stone"}, "email": {"Ada@example.org"}, "organisation": {"Acme"}, "password": {password}, "again": {password}}
	if lead {
		form.Set("lead", "on")
	}
	if got := b.post("/welcome/"+token, form); got.path != "/set-up/1" || got.status != http.StatusOK {
		s.t.Fatalf("the first administrator landed on %s: %d %.400s", got.path, got.status, got.text())
	}
	return b
}

func TestTheFirstAdministratorBegins(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := must[string](t)(s.FirstLink(t.Context()))
	b := s.browser()
	b.open("/welcome/"+token).shows(t, http.StatusOK, "You are the first one here", "I lead the service management office")
	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"nothing":          {url.Values{}, "Give your name."},
		"a short password": {url.Values{"name": {"Ada"}, "email": {"a@b"}, "organisation": {"X"}, "password": {"short"}, "again": {"short"}}, "at least 12 characters"},
		"two passwords":    {url.Values{"name": {"Ada"}, "email": {"a@b"}, "organisation": {"X"}, "password": {password}, "again": {"other"}}, "The two passwords differ"},
		"no address":       {url.Values{"name": {"Ada"}, "email": {"ada"}, "organisation": {"X"}, "password": {password}, "again": {password}}, "Give an e-mail address"},
		"an easy one":      {url.Values{"name": {"Ada"}, "email": {"a@b"}, "organisation": {"X"}, "password": {"aaaaaaaaaaaaa"}, "again": {"aaaaaaaaaaaaa"}}, "too easy to guess"},
	} {
		if got := b.post("/welcome/"+token, c.form); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), c.says) {
			t.Errorf("%s: %d %.300s", name, got.status, got.text())
		}
	}
	b = s.administrator(true)
	s.browser().open("/welcome/"+token).shows(t, http.StatusNotFound, "This link was used already")
	by := must[itsm.Actor](t)(s.ActorOf(t.Context(), "ada@example.org"))
	if !by.Administrator || !by.Wears(itsm.SMO) {
		t.Errorf("the first administrator is %+v", by)
	}
	if o := must[itsm.Organisation](t)(s.Organisation(t.Context())); o.Name != "Acme" {
		t.Errorf("the organisation is called %q", o.Name)
	}
	if _, err := s.FirstLink(t.Context()); err == nil {
		t.Error("a second first administrator could be made")
	}
	b.post("/sign-out", url.Values{})
	if got := b.open("/account"); got.path != "/sign-in?to=%2Faccount" {
		t.Errorf("signed out, /account leads to %s", got.path)
	}
}

func TestSignInReturnsToWhereOneWanted(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	b := s.browser()
	form := url.Values{"email": {" ADA@example.org "}, "password": {password}, "to": {"/account?x=1"}}
	if got := b.post("/sign-in", form); got.path != "/account?x=1" {
		t.Errorf("landed on %s", got.path)
	}
	u, _ := url.Parse(s.url)
	first := b.Jar.Cookies(u)[0].Value
	b.post("/sign-in", form)
	if second := b.Jar.Cookies(u)[0].Value; second == first {
		t.Error("signing in again kept the token")
	}
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		form.Set("to", to)
		b.post("/sign-in", form).isIn(t)
	}
}

func TestWrongSignInsReadTheSame(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	b := s.browser()
	ghost := b.post("/sign-in", url.Values{"email": {"ghost@example.org"}, "password": {"whatever it is"}})
	wrong := b.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {"whatever it is"}})
	ghost.shows(t, http.StatusUnprocessableEntity, "do not fit together")
	if strings.ReplaceAll(ghost.body, "ghost@", "ada@") != wrong.body {
		t.Error("an account that is not there reads differently")
	}
	if !strings.Contains(wrong.body, `value="ada@example.org"`) {
		t.Error("the typed address is gone")
	}
	for range itsm.TriesMax - 1 {
		wrong = b.post("/sign-in", url.Values{"email": {"Ada@example.org"}, "password": {"whatever it is"}})
	}
	wrong.shows(t, http.StatusUnprocessableEntity, "do not fit together")
	b.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).shows(t, http.StatusTooManyRequests, "Wait a quarter of an hour", "one-time link")
	// Nobody keeps another one out: from elsewhere the address signs in, a little slower, and what a place says about
	// itself counts only where a proxy on this machine says it.
	begun := time.Now()
	elsewhere := s.browser()
	elsewhere.from = "203.0.113.7"
	elsewhere.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).isIn(t)
	if waited := time.Since(begun); waited < itsm.TryDelay(itsm.TriesMax) {
		t.Errorf("after %d failed tries the next took %v", itsm.TriesMax, waited)
	}
	b.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).shows(t, http.StatusTooManyRequests)
	// A link lets in at once.
	account := must[itsm.Account](t)(s.AccountByEmail(t.Context(), "ada@example.org"))
	token := must[string](t)(s.MakeLink(t.Context(), storetest.Operator, account.ID))
	b.welcome(token).isIn(t)
	s.browser().post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).isIn(t)
}

func TestSignInRefusesWhatIsNoSignIn(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.browser()
	b.post("/sign-in", url.Values{"email": {strings.Repeat("x", 5000)}, "password": {strings.Repeat("x", 5000)}}).shows(t, http.StatusUnprocessableEntity)
	b.post("/sign-in", url.Values{"email": {"a\x00b"}}).shows(t, http.StatusUnprocessableEntity, "cannot be stored")
	b.post("/sign-in/demo", url.Values{"email": {"ingrid.solberg@tallgrass.example"}}).shows(t, http.StatusNotFound)
	b.open("/welcome/NOSUCHTOKEN").shows(t, http.StatusNotFound, "This link was used already")
}

func TestALinkWorksOnceAndForADay(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	id := must[int64](t)(s.AddAccount(t.Context(), storetest.Operator, itsm.NewAccount{PersonID: s.person("Jonas Weber"), Email: "jonas@example.org"}))
	early := must[string](t)(s.MakeLink(t.Context(), storetest.Operator, id))
	token := must[string](t)(s.MakeLink(t.Context(), storetest.Operator, id))
	s.browser().open("/welcome/"+early).shows(t, http.StatusNotFound)
	s.browser().open("/welcome/"+token).shows(t, http.StatusOK, "Welcome, Jonas Weber")
	b := s.browser()
	b.welcome(token).isIn(t)
	b.open("/account").shows(t, http.StatusOK, "jonas@example.org")
	s.browser().welcome(token).shows(t, http.StatusNotFound)
	late := must[string](t)(s.MakeLink(t.Context(), storetest.Operator, id))
	if err := s.Exec(t, `UPDATE login_link SET expires_at = $1 WHERE used_at IS NULL`, storetest.Now); err != nil {
		t.Fatal(err)
	}
	s.browser().open("/welcome/"+late).shows(t, http.StatusNotFound)
}

func TestPasswordChangeEndsOtherSessions(t *testing.T) {
	t.Parallel()
	s := serve(t)
	here := s.administrator(true)
	there := s.browser()
	there.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).isIn(t)
	next := "seven slow rivers bend"
	here.post("/account/password", url.Values{"current": {"not this"}, "password": {next}, "again": {next}}).shows(t, http.StatusUnprocessableEntity, "This is not your password now.")
	here.post("/account/password", url.Values{"current": {password}, "password": {next}, "again": {next}}).shows(t, http.StatusOK, "The password is changed.")
	if got := there.open("/account"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("the other session is still in: %s", got.path)
	}
	here.open("/account").shows(t, http.StatusOK)
	there.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {next}}).isIn(t)
	here.post("/account/sign-out", url.Values{})
	for _, b := range []*browser{here, there} {
		if got := b.open("/account"); !strings.HasPrefix(got.path, "/sign-in") {
			t.Errorf("signed out everywhere, and still in: %s", got.path)
		}
	}
}

// A session ends a while after it was last seen, and some time after sign-in however busy it is.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	for _, c := range []struct {
		set  string
		past time.Duration
		in   bool
	}{
		{"seen_at", itsm.SessionIdle - time.Minute, true}, {"seen_at", itsm.SessionIdle + time.Minute, false},
		{"expires_at", -time.Minute, true}, {"expires_at", time.Minute, false},
	} {
		b := s.browser()
		b.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}}).isIn(t)
		if err := s.Exec(t, `UPDATE session SET `+c.set+` = $1`, storetest.Now.Add(-c.past)); err != nil {
			t.Fatal(err)
		}
		if in := !strings.HasPrefix(b.open("/account").path, "/sign-in"); in != c.in {
			t.Errorf("%s %v ago: in %v, want %v", c.set, c.past, in, c.in)
		}
	}
}

func TestThemeIsKept(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := s.administrator(true)
	got := b.post("/theme", url.Values{"theme": {"dark"}, "return": {"/account"}})
	if got.path != "/account" || !strings.Contains(got.body, `data-theme="dark"`) {
		t.Errorf("landed on %s without the dark theme", got.path)
	}
	if got = b.post("/theme", url.Values{"theme": {"auto"}, "return": {"https://evil.example"}}); strings.Contains(got.body, "data-theme=\"dark\"") || strings.Contains(got.path, "evil") {
		t.Errorf("landed on %s", got.path)
	}
}

// counter reads the hidden counter of a form.
func (a answer) counter(t *testing.T) string {
	t.Helper()
	m := regexp.MustCompile(`name="counter" value="(\d+)"`).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no counter on the page: %.300s", a.text())
	}
	return m[1]
}

// Signed out while a form was open: what was sent is not saved, and sign-in leads back to where one was, never to where it
// was sent.
func TestSignInReturnsToTheFormThatWasSent(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	for from, want := range map[string]string{
		"/import/raci/7?x=1":                  "/import/raci/7?x=1",
		"/import/raci/7/import":               "/import/raci/7", // nothing is shown there
		"/practices":                          "/practices",
		"https://elsewhere.example/practices": "",
		"":                                    "",
	} {
		b := s.browser()
		if strings.HasPrefix(from, "/") {
			from = s.url + from
		}
		req := must[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/import/raci/7/import", strings.NewReader("seen=1")))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Referer", from)
		res := must[*http.Response](t)(b.Do(req))
		text := string(must[[]byte](t)(io.ReadAll(res.Body)))
		_ = res.Body.Close()
		if to := res.Request.URL.Query().Get("to"); res.Request.URL.Path != "/sign-in" || to != want || !strings.Contains(text, "was not saved") {
			t.Errorf("from %q to %s %q: %.200s", from, res.Request.URL.Path, to, text)
			continue
		}
		if want == "/practices" {
			if got := b.post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {password}, "to": {want}}); got.path != want {
				t.Errorf("after sign-in one is on %s", got.path)
			}
		}
	}
}
