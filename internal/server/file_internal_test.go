package server

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzhttp"

	"hatrack/internal/itsm"
)

// download serves rows as a file and returns the answer, or the error with which it broke off.
func download(t *testing.T, head []string, rows iter.Seq2[[]string, error]) (status int, header http.Header, body string, err error) {
	t.Helper()
	s := &Server{log: slog.New(slog.DiscardHandler)}
	h := httptest.NewServer(gzhttp.GzipHandler(s.record(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{s: s, w: w, r: r, ctx: r.Context(), by: itsm.Actor{Today: itsm.Day(2026, 11, 23)}}
		if err := v.file("list", head, rows); err != nil {
			w.WriteHeader(statusOf(err))
		}
	}))))
	defer h.Close()
	res, err := http.Get(h.URL)
	if err != nil {
		return 0, nil, "", err
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	return res.StatusCode, res.Header, string(all), err
}

func TestAFileIsPlainForSpreadsheets(t *testing.T) {
	t.Parallel()
	given := [][]string{
		{"=1+1", "+49 30 1", "-5", "@sum"}, {"\tx", "\rx", "  =2", "＝3"}, {"a,b", `say "so"`, "two\nlines", " kept "}, {"it's", "a=b", "", "é — 変"},
	}
	status, header, body, err := download(t, []string{"A", "B", "C", "D"}, rows(given, func(r []string) []string { return append([]string(nil), r...) }))
	if err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	for name, want := range map[string]string{"Content-Type": "text/csv; charset=utf-8; header=present", "Content-Disposition": `attachment; filename="list-2026-11-23.csv"`} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	bare, marked := strings.CutPrefix(body, "\ufeff")
	if !marked {
		t.Error("no mark of UTF-8")
	}
	got, err := csv.NewReader(strings.NewReader(bare)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"A", "B", "C", "D"}, {"'=1+1", "'+49 30 1", "'-5", "'@sum"}, {"'\tx", "'x", "'  =2", "'＝3"}, {"a,b", `say "so"`, "two\nlines", " kept "}, {"it's", "a=b", "", "é — 変"},
	}
	for i, row := range want {
		if strings.Join(got[i], "|") != strings.Join(row, "|") {
			t.Errorf("row %d: got %q, want %q", i, got[i], row)
		}
	}
}

func TestAnEmptyListIsItsHead(t *testing.T) {
	t.Parallel()
	if _, _, body, err := download(t, []string{"A"}, rows[int](nil, nil)); err != nil || body != "\ufeffA\r\n" {
		t.Errorf("%q %v", body, err)
	}
}

func TestWhatFailsMidwayBreaksOff(t *testing.T) {
	t.Parallel()
	failing := func(after int) iter.Seq2[[]string, error] {
		return func(yield func([]string, error) bool) {
			for range after {
				if !yield([]string{strings.Repeat("x", 50)}, nil) {
					return
				}
			}
			yield(nil, errors.New("the database went away"))
		}
	}
	for _, after := range []int{1, 10, 1000, 100_000} {
		if status, _, body, err := download(t, []string{"A"}, failing(after)); err == nil {
			t.Errorf("after %d rows: %d with %d bytes passes for a whole file", after, status, len(body))
		}
	}
	status, header, _, err := download(t, []string{"A"}, failing(0))
	if err != nil || status != http.StatusInternalServerError || header.Get("Content-Disposition") != "" {
		t.Errorf("before the first row: %d %v", status, err)
	}
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{s: &Server{log: slog.New(slog.DiscardHandler)}, w: w, r: r, ctx: r.Context()}
		_ = v.file("list", []string{"A"}, failing(100_000))
	}))
	defer h.Close()
	if res, err := http.Get(h.URL + "/list.xlsx"); err == nil {
		defer res.Body.Close()
		if _, err = io.ReadAll(res.Body); err == nil {
			t.Error("half a workbook passes for a whole one")
		}
	}
	slow := func(yield func([]string, error) bool) { yield(nil, context.DeadlineExceeded) }
	if status, _, _, _ := download(t, []string{"A"}, slow); status != http.StatusServiceUnavailable {
		t.Errorf("a busy database: %d", status)
	}
}
