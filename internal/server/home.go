package server

import (
	"context"
	"net/http"
	"time"
)

// home is the start page: their hats for who wears one or has people of their own, the practices for everybody else.
func (s *Server) home(v *visit) error {
	to := "/practices"
	own := len(v.by.Hats) > 0
	if !own {
		var err error
		if own, err = s.store.HasReports(v.ctx, v.by); err != nil {
			return err
		}
	}
	if own {
		to = "/hats"
	}
	return v.goTo(to)
}

// healthz says that the process lives; it asks nobody, so it stays quick whatever the database does.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte("ok\n"))
}

// readyz says whether the server can answer pages: the database does.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
