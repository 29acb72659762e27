package server

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// visit is one request by somebody signed in.
type visit struct {
	itsm.Visit
	s     *Server
	w     http.ResponseWriter
	r     *http.Request
	ctx   context.Context
	by    itsm.Actor
	asked store.Asked
	wrote []int64 // the events that the visit wrote
	// kept is the day that the links of the page keep, where it is not today.
	kept *time.Time
}

// handler answers a visit: it reads the request, asks or tells the store, and shows a page or goes to one. What it
// returns becomes an answer in one place, fail.
type handler func(*visit) error

var (
	errPanic  = errors.New("panic")
	errMethod = errors.New("This page cannot be used in that way.") //nolint:staticcheck // a sentence for the screen
)

// signedIn lets a handler answer those who are signed in; others are sent to the sign-in page and come back after it.
func (s *Server) signedIn(h handler) http.HandlerFunc {
	return s.asking(func(*http.Request) store.Asked { return store.Asked{} }, h)
}

// matrix is signedIn for the page of a process's matrix, whose version comes with the reader.
func (s *Server) matrix(h handler) http.HandlerFunc {
	return s.asking(func(r *http.Request) store.Asked {
		id, _ := numberIn(r, "id") // what is no number is NotFound to the handler
		return store.Asked{Process: id}
	}, h)
}

// asking is signedIn for pages that may be kept: what is asked about them comes with the reader.
func (s *Server) asking(what func(*http.Request) store.Asked, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visit(w, r, what(r))
		if errors.As(err, &itsm.NotFound{}) {
			s.toSignIn(w, r)
			return
		}
		if err == nil {
			err = v.onDay(h)
		}
		if err != nil {
			s.answer(w, r, v, err)
		}
	}
}

// may is signedIn for pages that only some may open, whatever they show.
func (s *Server) may(act itsm.Action, h handler) http.HandlerFunc {
	return s.signedIn(func(v *visit) error {
		if !v.by.Can(act, itsm.Scope{}) {
			return v.refusal(act, itsm.Scope{}, "This page is not for you: you may not "+string(act)+".")
		}
		return h(v)
	})
}

// id reads the number of an address like 7-handle-an-incident; the words after it are decoration.
func (v *visit) id() (int64, error) { return v.number("id") }

func (v *visit) number(param string) (int64, error) { return numberIn(v.r, param) }

func numberIn(r *http.Request, param string) (int64, error) {
	digits, _, _ := strings.Cut(chi.URLParam(r, param), "-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 {
		return 0, itsm.NotFound{What: "page"}
	}
	return n, nil
}

// query reads a number from the address's query; 0 where there is none or it is no number.
func (v *visit) query(name string) int64 {
	n, err := strconv.ParseInt(v.r.URL.Query().Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// listPage is the page of a list that the address asks for, from 1.
func (v *visit) listPage() int { return int(min(max(v.query("page"), 1), 100_000)) }

// show renders a screen in the shell of this reader.
func (v *visit) show(s page.Screen) error { return v.showAs(http.StatusOK, s) }

// showAs is show with another status: 422 for a form that comes back with problems.
func (v *visit) showAs(status int, screen page.Screen) error {
	screen.Reader = page.ReaderOf(v.Visit)
	screen.Theme, screen.Address, screen.Kept = theme(v.r), v.r.URL, v.kept
	screen.Toast = v.takeToast()
	return renderOn(v.w, v.r, status, screen.Page(), v.keeper())
}

// comeBack has the page asked for again in a second. It is named, since a browser takes an address with a place in it for
// where it is already.
func (v *visit) comeBack() { v.w.Header().Set("Refresh", "1; url="+v.r.URL.RequestURI()) }

// fragment renders a part of a page, for scripts that swap it in.
func (v *visit) fragment(status int, c templ.Component) error {
	return renderOn(v.w, v.r, status, c, v.keeper())
}

// render writes a component, once it has rendered as a whole.
func render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	return renderOn(w, r, status, c, nil)
}

// renderOn is render with the day in the links, where there is one to keep.
func renderOn(w http.ResponseWriter, r *http.Request, status int, c templ.Component, keep *dayKeeper) error {
	buf := templ.GetBuffer() // out of a pool: a page's own would grow ten times
	defer templ.ReleaseBuffer(buf)
	if err := c.Render(r.Context(), buf); err != nil {
		return err
	}
	text := keep.keep(buf.Bytes())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(text))) // in chunks it would take longer
	w.WriteHeader(status)
	_, _ = w.Write(text) // the reader went away: nobody is left to tell
	return nil
}

// done goes to a page after a write and shows a sentence there once, with the way to take the write back. Where the reader came
// from another day, they leave it for what they wrote, unless the page speaks of today anyway.
func (v *visit) done(address, sentence string) error {
	to := v.goTo
	if v.kept != nil && len(v.wrote) > 0 && !ofToday.MatchString(address) {
		to, sentence = v.goToToday, sentence+" You look at today again."
	}
	v.s.setToast(v.w, toast{Sentence: sentence, Event: v.undoes(), Account: v.by.AccountID})
	return to(address)
}

// goTo goes to another page of the day that the reader looks at.
func (v *visit) goTo(address string) error {
	if k := v.keeper(); k != nil {
		address = k.href(address)
	}
	return v.goToToday(address)
}

// goToToday goes to another page and leaves the day that the reader looks at: to what was written, which is of today.
func (v *visit) goToToday(address string) error {
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
	return nil
}

// answer turns an error into its answer: the four kinds of itsm into pages with their sentence, a database that does
// not answer into 503, everything else into 500 with the request's id and no internals.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	status := statusOf(err)
	if status >= http.StatusInternalServerError && errors.Is(r.Context().Err(), context.Canceled) {
		w.WriteHeader(wentAway) // whatever broke, it broke with the request
		return
	}
	if status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "failed", "request", requestID(r.Context()), "error", err.Error())
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	if v == nil {
		s.fail(w, r, status, err)
		return
	}
	screen := page.Error{Status: status, Text: sentence(status, err), Request: requestID(r.Context())}
	if r.Method == http.MethodPost {
		screen.Typed = typed(w, r)
		if status == http.StatusNotFound {
			screen.Text += " Nothing was saved: it may have been archived or taken out meanwhile."
		}
	}
	if err := v.showAs(status, screen.Screen()); err != nil {
		s.fail(w, r, http.StatusInternalServerError, err)
	}
}

// wentAway is the status, for the log alone, of a request whose reader did not wait for the answer.
const wentAway = 499

// astray answers an address that leads nowhere, in the reader's own shell where somebody is signed in.
func (s *Server) astray(err error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, unknown := s.visit(w, r, store.Asked{})
		if unknown != nil {
			v = nil
		}
		s.answer(w, r, v, err)
	}
}

// fail answers where there is no reader.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	screen := page.ErrorScreen(status, sentence(status, err), requestID(r.Context()))
	screen.Theme, screen.Address = theme(r), r.URL
	if err := render(w, r, status, screen.Page()); err != nil {
		http.Error(w, "Something went wrong.", http.StatusInternalServerError)
	}
}

func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	var connect *pgconn.ConnectError
	var timeout net.Error
	switch {
	case errors.As(err, &itsm.Invalid{}):
		return http.StatusUnprocessableEntity
	case errors.As(err, &itsm.NotFound{}):
		return http.StatusNotFound
	case errors.As(err, &itsm.Forbidden{}):
		return http.StatusForbidden
	case errors.As(err, &itsm.Conflict{}):
		return http.StatusConflict
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &itsm.Unsure{}), errors.As(err, &connect), errors.As(err, &timeout) && !errors.Is(err, context.Canceled), closedByServer(err):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// closedByServer says that the database ended the connection or gave the statement up: it is shutting down, starting,
// full, too slow, or read only after a failover; or it died in the middle of an answer.
func closedByServer(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "57") || strings.HasPrefix(pg.Code, "53") || pg.Code == "25006" || pg.Code == "25P03"
	}
	return pgconn.SafeToRetry(err) || errors.Is(err, net.ErrClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func sentence(status int, err error) string {
	switch status {
	case http.StatusNotFound:
		var nf itsm.NotFound
		errors.As(err, &nf)
		return "There is no such " + nf.What + ", or it is not for you to see."
	case http.StatusRequestEntityTooLarge:
		return "That is too large. A form may hold 1 MiB, a file 20 MiB."
	case http.StatusServiceUnavailable:
		if errors.As(err, &itsm.Unsure{}) {
			return "The database went away while this was being saved. It may be saved or not: look, before you repeat it."
		}
		return "The database does not answer just now. Nothing was changed; try again in a moment."
	case http.StatusInternalServerError:
		return "Something went wrong on our side. Nothing was changed."
	}
	return err.Error()
}

// reader is who reads, for pages.
func (v *visit) reader() page.Reader { return page.ReaderOf(v.Visit) }

// must answers Forbidden to who may not do something, before a form is shown.
func (v *visit) must(act itsm.Action, at itsm.Scope) error {
	if v.by.Can(act, at) {
		return nil
	}
	return v.refusal(act, at, "You may not "+string(act)+" here.")
}

// refusal is Forbidden with what the reader may not do; on another day than today, and of an auditor, with that they write
// nothing there at all.
func (v *visit) refusal(act itsm.Action, at itsm.Scope, why string) error {
	if off := v.by.WritesNothing(act, at); off != "" {
		why = off
	}
	return itsm.Forbidden{Why: why}
}

// conflict says that somebody else was quicker: the form shows what stands.
func conflict(err error) bool { return errors.As(err, &itsm.Conflict{}) }

// parse reads a whole number that was typed or chosen; 0 where it is none.
func parse(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
