package server

import (
	"context"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// peopleRun is an import on its way or over. It stands in the database, so that any server can show it.
type peopleRun struct {
	Done    int               `json:"done"`
	Of      int               `json:"of"`
	Beat    time.Time         `json:"beat"` // when it was last heard of
	Over    bool              `json:"over"`
	Problem string            `json:"problem,omitempty"`
	Event   int64             `json:"event,omitempty"`
	Result  itsm.PeopleImport `json:"result"` // figures only
	Remarks []itsm.ListRemark `json:"remarks,omitempty"`
}

const (
	beatEvery   = 400 * time.Millisecond
	beatMissing = 20 * time.Second // a run that is not heard of for so long was broken off
	runMost     = 10 * time.Minute
	waitForRun  = 900 * time.Millisecond // what is done by then is shown at once
)

func (r *peopleRun) over(now time.Time) bool { return r.Over || now.Sub(r.Beat) > beatMissing }

// importRun shows a run; while it lasts the page comes back each second.
func (v *visit) importRun(u store.Staged, r *peopleRun) error {
	screen := page.Screen{Title: "Import people", Section: "people", Crumbs: page.PeopleCrumbs()}
	if !r.over(v.s.now()) {
		v.w.Header().Set("Refresh", "1")
		screen.Body = page.ImportRunning{File: u.FileName, Done: r.Done, Of: r.Of}.Page()
		return v.show(screen)
	}
	if u.Undone {
		screen.Body = page.ImportUndone{File: u.FileName, Again: "/import/people"}.Page()
		return v.show(screen)
	}
	done := page.ImportDone{ID: u.ID, File: u.FileName, Event: r.Event, Result: r.Result, Problem: r.Problem, Remarks: r.Remarks, Again: r.Problem != "" || !r.Over}
	if !r.Over {
		done.Problem = "The import was broken off, perhaps because the server was stopped. Nothing was changed; look at the list again and repeat."
	}
	screen.Body = done.Page()
	return v.show(screen)
}

// confirmPeople begins the import of an upload, waits a moment for it, and goes to the page that shows how far it is.
func (s *Server) confirmPeople(v *visit) error {
	u, answers, err := v.stagedPeople()
	if err != nil {
		return err
	}
	if answers.Run != nil {
		http.Redirect(v.w, v.r, peopleImportURL(u.ID), http.StatusSeeOther)
		return nil
	}
	list, err := readStaged(u, answers.options(v))
	if err != nil {
		return asInvalid(err)
	}
	answers.Run = &peopleRun{Beat: s.now()}
	if err := s.store.ClaimStaged(v.ctx, v.by, u.ID, u.Answers, answers); err != nil {
		return err
	}
	over := make(chan struct{})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.ctx), runMost)
	go func() {
		defer cancel()
		defer close(over)
		s.runImport(ctx, v.by, u, answers, list)
	}()
	select {
	case <-over:
	case <-time.After(waitForRun):
	}
	http.Redirect(v.w, v.r, peopleImportURL(u.ID), http.StatusSeeOther)
	return nil
}

// runImport writes a list and keeps saying how far it is.
func (s *Server) runImport(ctx context.Context, by itsm.Actor, u store.Staged, answers peopleAnswers, list sheet.PeopleList) {
	var done, of atomic.Int64
	beats, still := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.beat(beats, by, u.ID, answers, &done, &of)
	}()
	silent := func() { // nobody says how far it is where it is over
		still()
		<-stopped
	}
	up := &store.Upload[itsm.PeopleImport]{ID: u.ID, Kept: func(done itsm.PeopleImport, event int64) (any, any) {
		silent()
		answers.Run = overRun(s.now(), list, done, event)
		return answers, done.Results(list.Remarks())
	}}
	err := s.importPeople(ctx, by, u, list, answers.PeopleChoices, up, func(d, o int) {
		done.Store(int64(d))
		of.Store(int64(o))
	})
	silent()
	if err == nil {
		return
	}
	s.log.ErrorContext(ctx, "import failed", "request", by.Request, "error", err.Error())
	answers.Run = &peopleRun{Over: true, Beat: s.now(), Problem: sentence(statusOf(err), err)}
	if err := s.store.BeatStaged(context.WithoutCancel(ctx), by, u.ID, answers); err != nil {
		s.log.ErrorContext(ctx, "the outcome of an import could not be kept", "request", by.Request, "error", err.Error())
	}
}

// overRun is a run that is done, in figures.
func overRun(now time.Time, list sheet.PeopleList, done itsm.PeopleImport, event int64) *peopleRun {
	run := &peopleRun{Over: true, Beat: now, Event: event, Remarks: append(list.Remarks(), done.Remarks...)}
	run.Remarks = run.Remarks[:min(len(run.Remarks), 200)]
	done.Lines, done.Remarks, done.Missing = nil, nil, nil
	done.Refused += list.Counts.Refused
	run.Result = done
	return run
}

// importPeople makes an error of a panic: no request is there to answer it, and it would end the server.
func (s *Server) importPeople(ctx context.Context, by itsm.Actor, u store.Staged, list sheet.PeopleList, choices itsm.PeopleChoices, up *store.Upload[itsm.PeopleImport], progress func(done, of int)) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "panic", "request", by.Request, "panic", p, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	_, err = s.store.ImportPeople(ctx, by, u.FileName, list.Listed(), choices, up, progress)
	return err
}

// beat writes how far a run is until ctx ends.
func (s *Server) beat(ctx context.Context, by itsm.Actor, id int64, answers peopleAnswers, done, of *atomic.Int64) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			answers.Run = &peopleRun{Done: int(done.Load()), Of: int(of.Load()), Beat: s.now()}
			// To its end: one that is broken off might still reach the database after the import is over.
			if err := s.store.BeatStaged(context.WithoutCancel(ctx), by, id, answers); err != nil {
				s.log.WarnContext(ctx, "progress could not be kept", "error", err.Error())
			}
		}
	}
}
