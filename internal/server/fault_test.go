package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

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
