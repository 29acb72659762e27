package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// buffers hold a page until it is whole, out of a pool, as the server's do.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// measureRendering compares a page that is rendered from values in memory with one whose text is there.
func measureRendering(ctx context.Context, s settings, at *site, r *report) error {
	by := itsm.Actor{AccountID: 1, PersonID: at.person, Name: "Somebody", Today: time.Now().UTC().Truncate(24 * time.Hour)}
	m, err := at.db.Matrix(ctx, by, at.matrix, by.Today)
	if err != nil {
		return err
	}
	var text []byte
	handlers := http.NewServeMux()
	handlers.HandleFunc("/rendered", func(w http.ResponseWriter, r *http.Request) {
		screen := page.RACIScreen(page.RACI{Matrix: m, MayEdit: true, Directory: true})
		screen.Reader, screen.Address = page.Reader{By: by}, &url.URL{Path: "/"}
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		if err := screen.Page().Render(r.Context(), b); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(b.Bytes())
	})
	handlers.HandleFunc("/static", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(text) })
	srv := httptest.NewServer(handlers)
	defer srv.Close()
	d := &door{url: srv.URL, client: newClient()}
	if text, err = d.get(ctx, "/rendered", matrixWords...); err != nil {
		return err
	}
	var rendered, static float64
	for range 2 {
		a, err := d.load(ctx, s.span/2, "/rendered", matrixWords...)
		if err != nil {
			return err
		}
		b, err := d.load(ctx, s.span/2, "/static", matrixWords...)
		if err != nil {
			return err
		}
		rendered, static = rendered+a.perSecond, static+b.perSecond
	}
	r.atLeast("rendering a matrix over its text", rendered/static, 0.25)
	return nil
}
