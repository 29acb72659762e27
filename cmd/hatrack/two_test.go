package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hatrack/internal/store/storetest"
)

// ask sends a request with the lead's session; a form is posted.
func ask(t *testing.T, cookie, address string, form url.Values) (status int, to, body string) {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", cookie)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Location"), string(text)
}

// Two servers on one database: started at once over an old schema, one session for both, what one writes the other
// shows at once, of two same names one stands, and where one goes the other goes on.
func TestTwoServersOnOneDatabase(t *testing.T) {
	db := storetest.At(t, time.Now)
	cookie := smoLead(t, db)
	if _, said, err := hatrack(t, []string{"migrate", "down", "1"}, settingsOf(db)...); err != nil {
		t.Fatal(err, said)
	}
	addrs := []string{free(t), free(t)}
	first, _ := launch(t, addrs[0], db), launch(t, addrs[1], db)
	a, b := "http://"+addrs[0], "http://"+addrs[1]
	ready(t, addrs[0])
	ready(t, addrs[1])

	status, to, body := ask(t, cookie, a+"/practices", url.Values{"name": {"Incident management"}, "category": {"service"}, "state": {"in use"}})
	if status != http.StatusSeeOther {
		t.Fatalf("%d %.300s", status, body)
	}
	if status, _, body := ask(t, cookie, b+to, nil); status != http.StatusOK || !strings.Contains(body, "Incident management") {
		t.Errorf("the other server shows %d", status)
	}
	// The same name at both at once: one practice.
	var both sync.WaitGroup
	answers := make([]int, 2)
	for i, base := range []string{a, b} {
		both.Go(func() {
			answers[i], _, _ = ask(t, cookie, base+"/practices", url.Values{"name": {"Change enablement"}, "category": {"service"}, "state": {"in use"}})
		})
	}
	both.Wait()
	if answers[0]+answers[1] != http.StatusSeeOther+http.StatusUnprocessableEntity && answers[0]+answers[1] != http.StatusSeeOther+http.StatusConflict {
		t.Errorf("two of one name: %v", answers)
	}
	// Many writers at both, and one of the servers is told to end among them.
	var acked acknowledged
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() { acked.write(ctx, t, []string{a, b}[w%2], cookie, fmt.Sprintf("two-%d", w)) })
	}
	time.Sleep(800 * time.Millisecond)
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil {
		t.Errorf("the server that was told to end: %v", err)
	}
	time.Sleep(400 * time.Millisecond)
	stop()
	writers.Wait()
	if n := storetest.Value[int](t, db, `SELECT count(*)::int FROM unnest($1::text[]) AS a (name) WHERE NOT EXISTS (SELECT FROM practice p WHERE p.name = a.name)`, acked.names); n != 0 || len(acked.names) < 8 {
		t.Errorf("%d of %d acknowledged are lost", n, len(acked.names))
	}
	// Signed out everywhere is signed out at the server that is left.
	if status, _, _ := ask(t, cookie, b+"/account/sign-out", url.Values{}); status != http.StatusSeeOther {
		t.Errorf("signing out: %d", status)
	}
	if status, to, _ := ask(t, cookie, b+"/hats", nil); status != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in") {
		t.Errorf("signed out, /hats answers %d to %s", status, to)
	}
}
