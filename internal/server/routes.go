package server

import (
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
	r.Use(s.record, s.headers, s.hurry, guard.Handler)
	r.NotFound(s.astray(itsm.NotFound{What: "page"}))
	r.MethodNotAllowed(s.astray(errMethod))

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

		// Search.
		r.Get("/search", s.signedIn(s.search))

		// Practices, processes, activities.
		r.Get("/practices", s.signedIn(s.practices))
		r.Get("/practices.csv", s.signedIn(s.practicesCSV))
		r.Get("/practices/new", s.signedIn(s.newPractice))
		r.Post("/practices", s.signedIn(s.addPractice))
		r.Get("/practices/{id}", s.signedIn(s.practice))
		r.Get("/practices/{id}/edit", s.signedIn(s.editPractice))
		r.Post("/practices/{id}", s.signedIn(s.savePractice))
		r.Get("/practices/{id}/archive", s.signedIn(s.askArchivePractice))
		r.Post("/practices/{id}/archive", s.signedIn(s.archivePractice))
		r.Post("/practices/{id}/restore", s.signedIn(s.restorePractice))
		r.Post("/practices/{id}/related", s.signedIn(s.relatePractice))
		r.Post("/practices/{id}/related/remove", s.signedIn(s.unrelatePractice))
		r.Get("/practices/{id}/processes/new", s.signedIn(s.newProcess))
		r.Post("/practices/{id}/processes", s.signedIn(s.addProcess))
		r.Get("/processes/{id}", s.signedIn(s.process))
		r.Get("/processes/{id}/edit", s.signedIn(s.editProcess))
		r.Post("/processes/{id}", s.signedIn(s.saveProcess))
		r.Post("/processes/{id}/move", s.signedIn(s.moveProcess))
		r.Get("/processes/{id}/archive", s.signedIn(s.askArchiveProcess))
		r.Post("/processes/{id}/archive", s.signedIn(s.archiveProcess))
		r.Post("/processes/{id}/restore", s.signedIn(s.restoreProcess))
		r.Get("/processes/{id}/order", s.signedIn(s.order))
		r.Post("/processes/{id}/order", s.signedIn(s.moveActivity))
		r.Get("/activities/new", s.signedIn(s.newActivity))
		r.Post("/activities", s.signedIn(s.addActivity))
		r.Get("/activities/{id}", s.signedIn(s.activity))
		r.Get("/activities/{id}/edit", s.signedIn(s.editActivity))
		r.Post("/activities/{id}", s.signedIn(s.saveActivity))
		r.Get("/activities/{id}/remove", s.signedIn(s.askRemoveActivity))
		r.Post("/activities/{id}/remove", s.signedIn(s.removeActivity))
		r.Post("/activities/{id}/hand-offs", s.signedIn(s.addHandOff))
		r.Post("/activities/{id}/hand-offs/remove", s.signedIn(s.removeHandOff))
		r.Get("/events/{id}/undo", s.signedIn(s.askUndo))
		r.Post("/events/{id}/undo", s.signedIn(s.undo))

		// The practice library.
		r.Get("/library", s.signedIn(s.showLibrary))
		r.Get("/library/{key}", s.signedIn(s.showLibraryEntry))
		r.Post("/library/{key}", s.signedIn(s.adopt))

		// Roles, and the columns of a matrix that they are.
		r.Get("/roles/new", s.signedIn(s.newRole))
		r.Post("/roles", s.signedIn(s.addRole))
		r.Get("/roles/{id}", s.signedIn(s.role))
		r.Get("/roles/{id}/edit", s.signedIn(s.editRole))
		r.Post("/roles/{id}", s.signedIn(s.saveRole))
		r.Get("/roles/{id}/archive", s.signedIn(s.askArchiveRole))
		r.Post("/roles/{id}/archive", s.signedIn(s.archiveRole))
		r.Post("/roles/{id}/restore", s.signedIn(s.restoreRole))
		r.Get("/roles/{id}/give-back", s.signedIn(s.askGiveBack))
		r.Post("/roles/{id}/give-back", s.signedIn(s.giveBack))
		r.Get("/roles/{id}/merge", s.signedIn(s.askMerge))
		r.Post("/roles/{id}/merge", s.signedIn(s.merge))
		r.Get("/processes/{id}/columns", s.signedIn(s.columns))
		r.Post("/processes/{id}/columns", s.signedIn(s.onColumns("The role has a column now.", s.addColumn)))
		r.Post("/processes/{id}/columns/move", s.signedIn(s.onColumns("The column was moved.", s.moveColumn)))
		r.Get("/processes/{id}/columns/remove", s.signedIn(s.askRemoveColumn))
		r.Post("/processes/{id}/columns/remove", s.signedIn(s.onColumns("The column was taken out. The recent changes of the process can undo it.", s.removeColumn)))
		r.Post("/processes/{id}/own-role", s.signedIn(s.onColumns("The process has a role of its own now. Nobody wears it yet.", s.giveOwnRole)))

		// Services.
		r.Get("/services", s.signedIn(s.services))
		r.Get("/services/new", s.signedIn(s.newService))
		r.Post("/services", s.signedIn(s.addService))
		r.Get("/services/{id}", s.signedIn(s.service))
		r.Get("/services/{id}/edit", s.signedIn(s.editService))
		r.Post("/services/{id}", s.signedIn(s.saveService))
		r.Get("/services/{id}/archive", s.signedIn(s.askArchiveService))
		r.Post("/services/{id}/archive", s.signedIn(s.archiveService))
		r.Post("/services/{id}/restore", s.signedIn(s.restoreService))
		r.Post("/services/{id}/support", s.signedIn(s.addSupport))
		r.Post("/services/{id}/support/remove", s.signedIn(s.removeSupport))

		// People, teams, companies, regions.
		r.Get("/people", s.may(itsm.ReadDirectory, s.showPeople))
		r.Get("/people.csv", s.may(itsm.ReadDirectory, s.peopleCSV))
		r.Get("/people/pick", s.may(itsm.ReadDirectory, s.pickPeople))
		r.Get("/people/new", s.may(itsm.EditPeople, s.newPerson))
		r.Post("/people", s.may(itsm.EditPeople, s.addPerson))
		r.Get("/people/{id}", s.signedIn(s.showPerson))
		r.Get("/people/{id}/edit", s.may(itsm.EditPeople, s.editPerson))
		r.Post("/people/{id}/edit", s.may(itsm.EditPeople, s.savePerson))
		r.Get("/people/{id}/leaving", s.may(itsm.EditPeople, s.showLeaving))
		r.Post("/people/{id}/leaving", s.may(itsm.EditPeople, s.leave))
		r.Post("/people/{id}/leaving/withdraw", s.may(itsm.EditPeople, s.withdrawLeaving))
		r.Get("/people/{id}/lines", s.may(itsm.EditPeople, s.newLine))
		r.Post("/people/{id}/lines", s.may(itsm.EditPeople, s.addLine))
		r.Post("/people/{id}/lines/remove", s.may(itsm.EditPeople, s.removeLine))
		r.Get("/people/{id}/absences", s.signedIn(s.newAbsence))
		r.Post("/people/{id}/absences", s.signedIn(s.addAbsence))
		r.Post("/people/{id}/absences/end", s.signedIn(s.endAbsence))
		r.Get("/teams", s.may(itsm.ReadDirectory, s.showTeams))
		r.Get("/teams/new", s.may(itsm.EditPeople, s.newTeam))
		r.Post("/teams", s.may(itsm.EditPeople, s.addTeam))
		r.Get("/teams/{id}", s.may(itsm.ReadDirectory, s.showTeam))
		r.Get("/teams/{id}/edit", s.may(itsm.EditPeople, s.editTeam))
		r.Post("/teams/{id}/edit", s.may(itsm.EditPeople, s.saveTeam))
		r.Post("/teams/{id}/archive", s.may(itsm.EditPeople, s.archiveTeam))
		r.Get("/teams/{id}/members/new", s.may(itsm.EditPeople, s.newMember))
		r.Post("/teams/{id}/members", s.may(itsm.EditPeople, s.addMember))
		r.Get("/teams/{id}/members/{membership}", s.may(itsm.EditPeople, s.askMemberEnd))
		r.Post("/teams/{id}/members/{membership}", s.may(itsm.EditPeople, s.endMember))
		r.Get("/companies", s.may(itsm.ReadDirectory, s.showCompanies))
		r.Get("/companies/new", s.may(itsm.EditPeople, s.newCompany))
		r.Post("/companies", s.may(itsm.EditPeople, s.addCompany))
		r.Get("/companies/{id}", s.may(itsm.ReadDirectory, s.showCompany))
		r.Get("/companies/{id}/edit", s.may(itsm.EditPeople, s.editCompany))
		r.Post("/companies/{id}/edit", s.may(itsm.EditPeople, s.saveCompany))
		r.Post("/companies/{id}/archive", s.may(itsm.EditPeople, s.archiveCompany))
		r.Get("/regions", s.may(itsm.ReadDirectory, s.showRegions))
		r.Get("/regions/new", s.may(itsm.EditPeople, s.newRegion))
		r.Post("/regions", s.may(itsm.EditPeople, s.addRegion))
		r.Get("/regions/{id}/edit", s.may(itsm.EditPeople, s.editRegion))
		r.Post("/regions/{id}/edit", s.may(itsm.EditPeople, s.saveRegion))
		r.Post("/regions/{id}/delete", s.may(itsm.EditPeople, s.deleteRegion))

		// The map: who wears which hat.
		r.Get("/map", s.signedIn(s.showMap))
		r.Get("/map/practices", s.signedIn(s.showMapPractices))
		r.Get("/map/regions", s.signedIn(s.showMapRegions))

		// Assignments: from when to when.
		r.Get("/assignments/new", s.may(itsm.Propose, s.newAssignment))
		r.Get("/assignments/pick-role", s.may(itsm.Propose, s.pickRoles))
		r.Post("/assignments", s.may(itsm.Propose, s.appoint))
		r.Get("/assignments/{id}", s.signedIn(s.assignment))
		r.Post("/assignments/{id}/accept", s.signedIn(s.onAssignment("accept", s.acceptHat)))
		r.Post("/assignments/{id}/object", s.signedIn(s.onAssignment("object", s.objectToHat)))
		r.Post("/assignments/{id}/give-up", s.signedIn(s.onAssignment("give-up", s.giveUpHat)))
		r.Post("/assignments/{id}/decide", s.signedIn(s.onAssignment("decide", s.decideProposal)))
		r.Post("/assignments/{id}/end", s.signedIn(s.onAssignment("end", s.endAssignment)))
		r.Post("/assignments/{id}/withdraw", s.signedIn(s.onAssignment("withdraw", s.withdrawAssignment)))
		r.Post("/assignments/{id}/announce", s.signedIn(s.onAssignment("announce", s.announceAssignment)))
		r.Post("/assignments/{id}/settle", s.signedIn(s.onAssignment("settle", s.settleObjection)))
		r.Post("/assignments/{id}/told", s.signedIn(s.onAssignment("told", s.recordTold)))
		r.Get("/people/{id}/hand-over", s.may(itsm.Propose, s.handOver))
		r.Post("/people/{id}/hand-over", s.may(itsm.Propose, s.handOverHats))

		// The matrix.
		r.Get("/processes/{id}/raci", s.matrix(s.showRACI))
		r.Get("/processes/{id}/raci.csv", s.signedIn(s.raciCSV))
		r.Get("/processes/{id}/raci.xlsx", s.signedIn(s.raciXLSX))
		r.Get("/processes/{id}/raci.md", s.signedIn(s.raciMarkdown))
		r.Get("/processes/{id}/raci.html", s.signedIn(s.raciHTML))
		r.Post("/processes/{id}/raci/cell", s.signedIn(s.setCell))
		r.Get("/processes/{id}/raci/{activity}", s.signedIn(s.showRow))
		r.Post("/processes/{id}/raci/{activity}", s.signedIn(s.setRow))

		// My hats, and reports of what is wrong.
		r.Get("/hats", s.signedIn(s.myHats))
		r.Get("/mistakes/new", s.signedIn(s.newMistake))
		r.Post("/mistakes", s.signedIn(s.reportMistake))
		r.Post("/mistakes/{id}/close", s.signedIn(s.closeMistake))

		// Gaps, and what is done about them.
		r.Get("/gaps/accept", s.signedIn(s.newAcceptance))
		r.Post("/gaps/accept", s.signedIn(s.acceptGap))
		r.Post("/gaps/accepted/{id}/reopen", s.signedIn(s.reopenGap))
		r.Get("/actions", s.signedIn(s.actions))
		r.Get("/actions/new", s.signedIn(s.newAction))
		r.Post("/actions", s.signedIn(s.planAction))
		r.Get("/actions/{id}", s.signedIn(s.action))
		r.Get("/actions/{id}/edit", s.signedIn(s.editAction))
		r.Post("/actions/{id}/edit", s.signedIn(s.saveAction))
		r.Post("/actions/{id}/done", s.signedIn(s.closeAction))
		r.Post("/actions/{id}/reopen", s.signedIn(s.reopenAction))

		// Imports.
		r.Get("/import/people", s.may(itsm.ImportPeople, s.askPeople))
		r.Post("/import/people", s.may(itsm.ImportPeople, s.stagePeople))
		r.Get("/import/people/{id}", s.may(itsm.ImportPeople, s.showImportPeople))
		r.Post("/import/people/{id}", s.may(itsm.ImportPeople, s.answerPeople))
		r.Post("/import/people/{id}/confirm", s.may(itsm.ImportPeople, s.confirmPeople))
		r.Post("/import/people/{id}/discard", s.may(itsm.ImportPeople, s.discardPeople))
		r.Get("/import/raci", s.signedIn(s.askRACI))
		r.Post("/import/raci", s.signedIn(s.stageRACI))
		r.Get("/import/raci/{id}", s.signedIn(s.showImportRACI))
		r.Post("/import/raci/{id}", s.signedIn(s.answerRACI))
		r.Post("/import/raci/{id}/discard", s.signedIn(s.discardRACI))

		// Accounts and settings.
		r.Get("/account", s.signedIn(s.showOwnAccount))
		r.With(s.byAddress()).Post("/account/password", s.signedIn(s.changePassword))
		r.Post("/account/sign-out", s.signedIn(s.signOutEverywhere))
		r.Get("/accounts", s.may(itsm.ManageAccounts, s.showAccounts))
		r.Post("/accounts", s.may(itsm.ManageAccounts, s.addAccount))
		r.Get("/accounts/new", s.may(itsm.ManageAccounts, s.newAccount))
		r.Get("/accounts/{id}", s.may(itsm.ManageAccounts, s.showAccount))
		r.Post("/accounts/{id}", s.may(itsm.ManageAccounts, s.changeAccount))
		r.Post("/accounts/{id}/link", s.may(itsm.ManageAccounts, s.makeLink))
		r.Post("/accounts/{id}/disable", s.may(itsm.ManageAccounts, s.disableAccount))
		r.Post("/accounts/{id}/enable", s.may(itsm.ManageAccounts, s.enableAccount))
		r.Post("/accounts/{id}/grants", s.may(itsm.ManageAccounts, s.addGrant))
		r.Post("/accounts/{id}/grants/{grant}/revoke", s.may(itsm.ManageAccounts, s.revokeGrant))
		r.Get("/settings", s.may(itsm.EditSettings, s.showSettings))
		r.Post("/settings", s.may(itsm.EditSettings, s.changeSettings))
		r.Get("/lead", s.may(itsm.AppointFirstLead, s.showLead))
		r.Post("/lead", s.may(itsm.AppointFirstLead, s.appointLead))
		r.Get("/set-up/{step}", s.may(itsm.EditSettings, s.showSetUp))
		r.Post("/set-up/{step}", s.may(itsm.EditSettings, s.nextSetUp))

		// What this is, and the visual vocabulary.
		r.Get("/about", s.signedIn(s.showAbout))
		r.Get("/design", s.signedIn(s.showDesign))
	})
	return r
}
