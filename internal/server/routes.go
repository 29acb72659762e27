package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/klauspost/compress/gzhttp"

	"hatrack/internal/itsm"
	"hatrack/web"
)

// Routes is every address of the product. {id} is a number with decoration: 7-handle-an-incident.
func (s *Server) Routes() chi.Router {
	r := chi.NewRouter()
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusForbidden, itsm.Forbidden{Why: "This came from another site and was not done. Open the page here and repeat."})
	}))
	r.Use(s.record, s.headers, guard.Handler)
	r.NotFound(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusNotFound, itsm.NotFound{What: "page"})
	})
	r.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, http.StatusMethodNotAllowed, errors.New("This page cannot be used in that way."))
	})

	// For machines.
	r.Get("/healthz", s.healthz)
	r.Get("/readyz", s.readyz)
	r.Method(http.MethodGet, "/static/*", web.Handler())

	r.Group(func(r chi.Router) {
		r.Use(func(next http.Handler) http.Handler { return gzhttp.GzipHandler(next) })

		// Coming in.
		r.Get("/", s.signedIn(s.home))
		r.Get("/sign-in", s.showSignIn)
		r.With(s.byAddress()).Post("/sign-in", s.signIn)
		if s.demo {
			r.Post("/sign-in/demo", s.signInDemo)
		}
		r.Post("/sign-out", s.signOut)
		r.Post("/theme", s.setTheme)
		r.Group(func(r chi.Router) {
			r.Use(s.byAddress())
			r.Get("/welcome/{token}", s.showWelcome)
			r.Post("/welcome/{token}", s.useWelcome)
		})

		// Practices, processes, activities.

		// Roles.

		// Services.

		// People, teams, companies, regions.
		r.Get("/people/pick", s.may(itsm.ReadDirectory, s.pickPeople))

		// Assignments: who wears which hat.

		// The matrix.

		// My hats, and reports of what is wrong.

		// Imports.

		// Accounts and settings.

		// The visual vocabulary.
	})
	return r
}
