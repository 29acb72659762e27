// Package server is how people reach Hatrack: a chi router over pages of web/page and the store. routes.go is every
// address of the product; handle.go is how a request becomes an answer.
package server

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// Config is what a server needs to know.
type Config struct {
	Store *store.Store
	Log   *slog.Logger
	Now   func() time.Time
	// BaseURL is how browsers reach the server: https:// there makes cookies secure.
	BaseURL string
	// Demo offers one-click sign-in as the Cast of the demo organisation.
	Demo bool
	Cast []itsm.DemoAccount
	// PageBytes bounds the rendered pages that the server keeps; 0 is 64 MiB, and less than that keeps none.
	PageBytes int
}

// Server answers requests. Everything that another server on the same database must know stands in the database.
type Server struct {
	store  *store.Store
	log    *slog.Logger
	now    func() time.Time
	base   *url.URL
	demo   bool
	cast   []itsm.DemoAccount
	secure bool
	pages  *pages
	hashes chan struct{} // bounds how many passwords are hashed at once
	tries  tries
	people people
	undos  sync.Map // by undoKey: *undoing
}

// New builds a server.
func New(c Config) (*Server, error) {
	base, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/"))
	if err != nil {
		return nil, err
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.PageBytes == 0 {
		c.PageBytes = pagesBytes
	}
	var cast []itsm.DemoAccount
	if c.Demo {
		cast = c.Cast
	}
	return &Server{
		store: c.Store, log: c.Log, now: c.Now, base: base, demo: c.Demo, cast: cast, secure: base.Scheme == "https",
		hashes: make(chan struct{}, hashesAtOnce), pages: newPages(c.PageBytes),
	}, nil
}

// Handler is the whole product as one handler.
func (s *Server) Handler() http.Handler { return s.Routes() }
