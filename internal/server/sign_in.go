package server

import (
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// Tries at sign-in and one-time links from one address of the network, whatever account they are for.
const (
	addressTries  = 60
	addressWindow = time.Minute
)

// byAddress slows down who tries many accounts from one place.
func (s *Server) byAddress() func(http.Handler) http.Handler {
	return httprate.LimitBy(addressTries, addressWindow, func(r *http.Request) (string, error) {
		return place(r), nil
	}, httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusTooManyRequests, itsm.Conflict{Text: "Too many tries came from this address. Wait a minute and repeat."})
	}))
}

type signInForm struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	To       string `form:"to"`
}

// showSignIn is the way in. Who is in already goes on.
func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) {
	to := inside(r.URL.Query().Get("to"))
	if _, err := s.visit(w, r, store.Asked{}); err == nil {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	s.signInPage(w, r, http.StatusOK, page.SignIn{To: to})
}

func (s *Server) signInPage(w http.ResponseWriter, r *http.Request, status int, p page.SignIn) {
	org, err := s.store.Organisation(r.Context())
	if err != nil {
		s.answer(w, r, nil, err)
		return
	}
	p.Organisation, p.Cast = org.Name, s.cast
	s.bare(w, r, status, "Sign in", p.Page())
}

// signIn answers the same for a wrong password and for an account that is not there, and takes as long.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	in, ok := readBare[signInForm](s, w, r)
	if !ok {
		return
	}
	again := page.SignIn{Email: in.Email, To: inside(in.To)}
	refuse := func(status int, text string) {
		again.Problems = page.Problems{{Text: text}}
		s.signInPage(w, r, status, again)
	}
	email := itsm.Clean(in.Email)
	if len(email) > 320 || len(in.Password) > 4*itsm.PasswordMax {
		refuse(http.StatusUnprocessableEntity, wrongSignIn)
		return
	}
	found, tooMany, err := s.credentials(r, email)
	if err != nil {
		s.answer(w, r, nil, err)
		return
	}
	if tooMany {
		w.Header().Set("Retry-After", "900")
		refuse(http.StatusTooManyRequests, "Too many tries for this e-mail address came from where you are. Wait a quarter of an hour and repeat, or ask an administrator for a one-time link: with it you choose a new password and are in at once.")
		return
	}
	same, err := s.samePassword(r.Context(), in.Password, found.PasswordHash)
	if err != nil {
		s.answer(w, r, nil, err)
		return
	}
	if !same {
		refuse(http.StatusUnprocessableEntity, wrongSignIn)
		return
	}
	if err := s.gotIn(r, email); err != nil {
		s.answer(w, r, nil, err)
		return
	}
	s.enter(w, r, found.AccountID, again.To)
}

const wrongSignIn = "The e-mail address and the password do not fit together. Check both and repeat."

// enter opens a session with a new token, ends the one the browser had, and goes on to where one wanted to go.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, account int64, to string) {
	if old, ok := s.token(r); ok {
		if err := s.store.CloseSession(r.Context(), old); err != nil {
			s.answer(w, r, nil, err)
			return
		}
	}
	if err := s.openSession(w, r, account); err != nil {
		s.answer(w, r, nil, err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// signInDemo signs in as somebody of the demo's cast.
func (s *Server) signInDemo(w http.ResponseWriter, r *http.Request) {
	in, ok := readBare[signInForm](s, w, r)
	if !ok {
		return
	}
	if !slices.ContainsFunc(s.cast, func(a itsm.DemoAccount) bool { return a.Email == in.Email }) {
		s.answer(w, r, nil, itsm.NotFound{What: "page"})
		return
	}
	found, err := s.store.AccountByEmail(r.Context(), in.Email)
	if err != nil {
		s.answer(w, r, nil, err)
		return
	}
	s.enter(w, r, found.ID, inside(in.To))
}

// signOut ends this session. It works without one too.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	if hash, ok := s.token(r); ok {
		if err := s.store.CloseSession(r.Context(), hash); err != nil {
			s.answer(w, r, nil, err)
			return
		}
	}
	s.setCookie(w, s.sessionCookie(), "", -1)
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
}

type themeForm struct {
	Theme  string `form:"theme"`
	Return string `form:"return"`
}

// setTheme keeps the reader's choice of light or dark in a cookie, for a year.
func (s *Server) setTheme(w http.ResponseWriter, r *http.Request) {
	in, ok := readBare[themeForm](s, w, r)
	if !ok {
		return
	}
	switch in.Theme {
	case "light", "dark":
		s.setCookie(w, themeCookie, in.Theme, 365*24*60*60)
	default:
		s.setCookie(w, themeCookie, "", -1)
	}
	http.Redirect(w, r, inside(in.Return), http.StatusSeeOther)
}

type welcomeForm struct {
	Name         string `form:"name"`
	Email        string `form:"email"`
	Organisation string `form:"organisation"`
	Lead         bool   `form:"lead"`
	Password     string `form:"password"`
	Again        string `form:"again"`
}

// showWelcome is where a one-time link leads. Looking does not spend it.
func (s *Server) showWelcome(w http.ResponseWriter, r *http.Request) {
	link, ok := s.link(w, r)
	if !ok {
		return
	}
	if link.AccountID == 0 {
		s.bare(w, r, http.StatusOK, "Welcome", page.FirstAdministrator{Action: r.URL.Path, Typed: itsm.FirstAdministrator{Lead: true}}.Page())
		return
	}
	s.bare(w, r, http.StatusOK, "Welcome", page.Welcome{Name: link.Name, Email: link.Email, Action: r.URL.Path}.Page())
}

func (s *Server) link(w http.ResponseWriter, r *http.Request) (itsm.Link, bool) {
	link, err := s.store.Link(r.Context(), chi.URLParam(r, "token"))
	if err == nil {
		return link, true
	}
	if statusOf(err) == http.StatusNotFound {
		s.bare(w, r, http.StatusNotFound, "This link does not work", page.ErrorScreen(http.StatusNotFound,
			"This link was used already, or it is older than 24 hours. Ask an administrator for a new one; for the very first one, whoever keeps the machine types hatrack account link.", "").Body)
		return link, false
	}
	s.answer(w, r, nil, err)
	return link, false
}

// useWelcome sets the password, for the very first one with all that begins an organisation, and signs in.
func (s *Server) useWelcome(w http.ResponseWriter, r *http.Request) {
	link, ok := s.link(w, r)
	if !ok {
		return
	}
	in, ok := readBare[welcomeForm](s, w, r)
	if !ok {
		return
	}
	account, to, err := s.spend(r, link, in)
	if err == nil {
		s.tries.forget(tryKey(r, link.Email))
		s.enter(w, r, account, to)
		return
	}
	list, status, ok := problems(err)
	if !ok {
		s.answer(w, r, nil, err)
		return
	}
	if link.AccountID == 0 {
		typed := itsm.FirstAdministrator{Name: in.Name, Email: in.Email, Organisation: in.Organisation, Lead: in.Lead}
		s.bare(w, r, status, "Welcome", page.FirstAdministrator{Action: r.URL.Path, Typed: typed, Problems: list}.Page())
		return
	}
	s.bare(w, r, status, "Welcome", page.Welcome{Name: link.Name, Email: link.Email, Action: r.URL.Path, Problems: list}.Page())
}

func (s *Server) spend(r *http.Request, link itsm.Link, in welcomeForm) (account int64, to string, err error) {
	var c itsm.Checks
	first := itsm.FirstAdministrator{Name: in.Name, Email: in.Email, Organisation: in.Organisation, Lead: in.Lead}
	if link.AccountID == 0 {
		c.Add(first.Check())
	}
	c.Password(in.Password, "password", link.Email, in.Email)
	c.Require(in.Again == in.Password, "again", "The two passwords differ. Type the same one twice.")
	if err := c.Err(); err != nil {
		return 0, "", err
	}
	hash, err := s.hashPassword(r.Context(), in.Password)
	if err != nil {
		return 0, "", err
	}
	token, request := chi.URLParam(r, "token"), requestID(r.Context())
	if link.AccountID == 0 {
		account, err = s.store.MakeFirstAdministrator(r.Context(), token, request, first, hash)
		return account, "/set-up/1", err
	}
	account, err = s.store.UseLink(r.Context(), token, hash, request)
	return account, "/", err
}

// bare answers with a page before sign-in.
func (s *Server) bare(w http.ResponseWriter, r *http.Request, status int, title string, body templ.Component) {
	screen := page.Screen{Title: title, Body: body, Bare: true, Theme: theme(r), Address: r.URL, Toast: page.Toast{Text: s.toast(w, r).Sentence}}
	if err := render(w, r, status, screen.Page()); err != nil {
		s.fail(w, r, http.StatusInternalServerError, err)
	}
}

// readBare is read for forms before sign-in; where it fails it has answered.
func readBare[T any](s *Server, w http.ResponseWriter, r *http.Request) (into T, ok bool) {
	values, err := posted(w, r)
	if err == nil {
		err = decode(&into, values)
	}
	if err != nil {
		s.answer(w, r, nil, err)
	}
	return into, err == nil
}
