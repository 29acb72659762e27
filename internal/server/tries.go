package server

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/httprate"

	"hatrack/internal/itsm"
)

// tries counts the sign-ins for one e-mail address from one place. Each server counts for itself and forgets at a
// restart: it keeps no address of the network anywhere. What all servers know of an e-mail address slows them all.
type tries struct {
	mu   sync.Mutex
	made map[string][]time.Time
}

// triesSwept is how many places are kept before those whose tries are over are thrown out.
const triesSwept = 10_000

// again notes a try, and says whether it is one too many.
func (t *tries) again(key string, now time.Time) (tooMany bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.made == nil {
		t.made = map[string][]time.Time{}
	}
	if len(t.made) > triesSwept {
		for k, made := range t.made {
			if now.Sub(made[len(made)-1]) >= itsm.TriesWindow {
				delete(t.made, k)
			}
		}
	}
	made := t.made[key]
	for len(made) > 0 && now.Sub(made[0]) >= itsm.TriesWindow {
		made = made[1:]
	}
	if len(made) >= itsm.TriesMax {
		return true
	}
	t.made[key] = append(made, now)
	return false
}

// forget drops the tries of who got in.
func (t *tries) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.made, key)
}

// tryKey is an e-mail address and the place of a request.
func tryKey(r *http.Request, email string) string { return strings.ToLower(email) + "\n" + place(r) }

// place is the address of the network that a request came from. A proxy on this very machine says for whom it asks; what
// others say about themselves is not believed.
func place(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		said := r.Header.Values("X-Forwarded-For")
		last := strings.Join(said, ",")
		last = strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
		if net.ParseIP(last) != nil {
			host = last
		}
	}
	return httprate.CanonicalizeIP(host)
}

// pause keeps a try waiting; before it takes its turn at hashing, so that it holds nobody else up.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// credentials notes a try for an e-mail address and answers, after a pause where many failed, with what to hold the
// password against. tooMany says that this place has to wait.
func (s *Server) credentials(r *http.Request, email string) (c itsm.Credentials, tooMany bool, err error) {
	if s.tries.again(tryKey(r, email), time.Now()) {
		return c, true, nil
	}
	c, failed, err := s.store.TrySignIn(r.Context(), email)
	if err != nil {
		return c, false, err
	}
	return c, false, pause(r.Context(), itsm.TryDelay(failed))
}

// gotIn forgets the failed tries of who knew the password.
func (s *Server) gotIn(r *http.Request, email string) error {
	s.tries.forget(tryKey(r, email))
	return s.store.SignedIn(r.Context(), email)
}
