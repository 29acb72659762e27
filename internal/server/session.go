package server

import (
	"crypto/rand"
	"crypto/sha256"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// cookie names. Over https a session cookie is bound to this host and path by its prefix.
const (
	toastCookie = "hatrack_toast"
	themeCookie = "hatrack_theme"
)

func (s *Server) sessionCookie() string {
	if s.secure {
		return "__Host-hatrack_session"
	}
	return "hatrack_session"
}

func (s *Server) setCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}

// visit finds who is asking: round trip one of a page, with what is asked about a kept one. NotFound says nobody.
func (s *Server) visit(w http.ResponseWriter, r *http.Request, asked store.Asked) (*visit, error) {
	hash, ok := s.token(r)
	if !ok {
		return nil, itsm.NotFound{What: "session"}
	}
	found, err := s.store.Visit(r.Context(), hash, asked)
	if err != nil {
		return nil, err
	}
	if found.Stale {
		if err := s.store.SeeSession(r.Context(), hash); err != nil {
			return nil, err
		}
	}
	found.Actor.Request = requestID(r.Context())
	v := &visit{s: s, w: w, r: r, ctx: r.Context(), asked: asked}
	found.Actor.Wrote = func(event int64) { v.wrote = append(v.wrote, event) }
	v.Visit, v.by = found, found.Actor
	return v, nil
}

// token is the sha256 of the session cookie's token: what the database knows.
func (s *Server) token(r *http.Request) ([]byte, bool) {
	c, err := r.Cookie(s.sessionCookie())
	if err != nil || c.Value == "" {
		return nil, false
	}
	sum := sha256.Sum256([]byte(c.Value))
	return sum[:], true
}

// openSession signs an account in with a new token.
func (s *Server) openSession(w http.ResponseWriter, r *http.Request, account int64) error {
	token := rand.Text()
	sum := sha256.Sum256([]byte(token))
	if err := s.store.OpenSession(r.Context(), account, sum[:]); err != nil {
		return err
	}
	s.setCookie(w, s.sessionCookie(), token, int(itsm.SessionLife.Seconds()))
	return nil
}

// toSignIn sends a reader to sign in, and back afterwards: to what they asked for, or to where they were when they sent
// something. What was sent is never sent again by itself; texts that were typed are shown, to be copied.
func (s *Server) toSignIn(w http.ResponseWriter, r *http.Request) {
	to, back := "/sign-in", r.URL.RequestURI()
	if r.Method != http.MethodGet {
		back = shownAt(r, cameFrom(r))
		if r.Header.Get("HX-Request") == "" { // a script keeps what was typed
			if texts := typed(w, r); len(texts) > 0 {
				s.signInPage(w, r, http.StatusUnauthorized, page.SignIn{To: back, Typed: texts})
				return
			}
		}
		_, _ = io.CopyN(io.Discard, r.Body, dropMax) // a browser shows no answer before it has sent its files
		s.setToast(w, toast{Sentence: page.SignedOut})
	}
	if back != "/" {
		to += "?to=" + url.QueryEscape(back)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// shownAt is an address that can be looked at: itself, or what lies above it where things are only sent to it.
func shownAt(r *http.Request, address string) string {
	at, err := url.Parse(address)
	routes := chi.RouteContext(r.Context())
	if err != nil || routes == nil {
		return "/"
	}
	for !routes.Routes.Match(chi.NewRouteContext(), http.MethodGet, at.Path) {
		if at.Path == "/" {
			return "/"
		}
		at.Path, at.RawPath, at.RawQuery = path.Dir(at.Path), "", ""
	}
	return at.RequestURI()
}

// inside keeps a way back within the product: a path of ours, never another host.
func inside(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n") {
		return "/"
	}
	return address
}

// theme is what the reader chose: "light", "dark", or "" for what the system says.
func theme(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}
