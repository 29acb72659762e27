package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// A database that is away, or gave up, is never somebody's mistake and never an error of ours; and what may have been
// saved is not called unchanged.
func TestWhatTheDatabaseLeftUndoneIs503(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
		says string
	}{
		"no connection was free":       {context.DeadlineExceeded, http.StatusServiceUnavailable, "Nothing was changed"},
		"a statement took too long":    {&pgconn.PgError{Code: "57014"}, http.StatusServiceUnavailable, "Nothing was changed"},
		"it is shutting down":          {&pgconn.PgError{Code: "57P01"}, http.StatusServiceUnavailable, "Nothing was changed"},
		"it has no connections left":   {&pgconn.PgError{Code: "53300"}, http.StatusServiceUnavailable, "Nothing was changed"},
		"it died in an answer":         {fmt.Errorf("receiving: %w", io.ErrUnexpectedEOF), http.StatusServiceUnavailable, "Nothing was changed"},
		"it died at a commit":          {itsm.Unsure{Err: io.ErrUnexpectedEOF}, http.StatusServiceUnavailable, "may be saved or not"},
		"it refused what was too much": {&pgconn.PgError{Code: "22003"}, http.StatusInternalServerError, "our side"},
		"a mistake of ours":            {errors.New("no such template"), http.StatusInternalServerError, "our side"},
	} {
		got := statusOf(c.err)
		if text := sentence(got, c.err); got != c.want || !strings.Contains(text, c.says) {
			t.Errorf("%s: %d %q", name, got, text)
		}
	}
}

// Who is told that the database is away is told when to come again, whether it was away before the reader was known or after.
func TestWhoIsTurnedAwayHearsWhenToComeAgain(t *testing.T) {
	s := &Server{log: slog.New(slog.DiscardHandler)}
	for after, err := range map[string]error{"": errors.New("no such template"), "5": context.DeadlineExceeded} {
		for _, v := range []func(w http.ResponseWriter, r *http.Request) *visit{
			func(http.ResponseWriter, *http.Request) *visit { return nil },
			func(w http.ResponseWriter, r *http.Request) *visit { return &visit{s: s, w: w, r: r, ctx: r.Context()} },
		} {
			w := httptest.NewRecorder()
			h := s.record(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, v(w, r), err) }))
			h.ServeHTTP(w, httptest.NewRequestWithContext(chiContext(t.Context()), http.MethodPost, "/practices", nil))
			if got := w.Header().Get("Retry-After"); got != after || w.Code < 500 {
				t.Errorf("%v: %d, Retry-After %q, want %q", err, w.Code, got, after)
			}
		}
	}
}

// Whoever goes away while the answer is made broke nothing: neither the log nor the statuses call it our mistake.
func TestAReaderWhoWentAwayIsNoFault(t *testing.T) {
	for name, broke := range map[string]error{
		"the query ended": fmt.Errorf("timeout: %w", context.Canceled), "the body ended": io.ErrUnexpectedEOF, "what followed": errors.New("conn busy"),
	} {
		var said bytes.Buffer
		s := &Server{log: slog.New(slog.NewTextHandler(&said, nil))}
		ctx, goAway := context.WithCancel(t.Context())
		w := httptest.NewRecorder()
		h := s.record(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			goAway()
			s.answer(w, r, nil, broke)
		}))
		h.ServeHTTP(w, httptest.NewRequestWithContext(chiContext(ctx), http.MethodPost, "/import/raci", nil))
		if w.Code != wentAway || w.Body.Len() > 0 || strings.Contains(said.String(), "ERROR") {
			t.Errorf("%s: %d %q, and the log says %s", name, w.Code, w.Body, said.String())
		}
	}
}

func chiContext(ctx context.Context) context.Context {
	return context.WithValue(ctx, chi.RouteCtxKey, chi.NewRouteContext())
}
