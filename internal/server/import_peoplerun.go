package server

import (
	"context"
	"encoding/json"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// peopleRun is an import of people on its way, or over with what came of it.
type peopleRun struct {
	importRun
	Event   int64             `json:"event,omitempty"`
	Result  itsm.PeopleImport `json:"result"` // figures only
	Remarks []itsm.ListRemark `json:"remarks,omitempty"`
}

// goes says that an import is on its way.
func (r *peopleRun) goes(now time.Time) bool { return r != nil && r.importRun.goes(now) }

// importRun shows a run; while it lasts the page comes back each second.
func (v *visit) importRun(u store.Staged, r *peopleRun) error {
	screen := page.Screen{Title: "Import people", Section: "people", Crumbs: page.ImportKind{}.Crumbs()}
	switch why := r.failed(v.s.now()); {
	case r.goes(v.s.now()):
		return v.showRunning(screen, u.FileName, "people", "", &r.importRun)
	case u.Undone:
		screen.Body = page.ImportUndone{File: u.FileName, Again: "/import/people"}.Page()
	case why != "":
		screen.Body = page.ImportStopped{Path: "/import/people", ID: u.ID, Why: why}.Page()
	default:
		screen.Body = page.ImportDone{ID: u.ID, File: u.FileName, Event: r.Event, Result: r.Result, Remarks: r.Remarks}.Page()
	}
	return v.show(screen)
}

// showRunning shows how far an import is, in what it counts; the page comes back each second.
func (v *visit) showRunning(screen page.Screen, file, what, counts string, r *importRun) error {
	v.comeBack()
	screen.Title = "Importing " + what
	screen.Body = page.ImportRunning{What: what, Counts: counts, File: file, Done: r.Done, Of: r.Of}.Page()
	return v.show(screen)
}

// confirmPeople begins the import of an upload, waits a moment for it, and goes to the page that shows how far it is.
func (s *Server) confirmPeople(v *visit) error {
	u, answers, err := v.stagedPeople()
	if err != nil {
		return err
	}
	if answers.Run != nil {
		return v.goToToday(page.Next(peopleImportURL(u.ID)))
	}
	list, err := readStaged(u, answers.options(v))
	if err != nil {
		return asInvalid(err)
	}
	with := func(r importRun) any {
		a := answers
		a.Run = &peopleRun{importRun: r}
		return a
	}
	over, err := v.begin(u, with, func(ctx context.Context, r *running) error {
		up := &store.Upload[itsm.PeopleImport]{ID: u.ID, Memory: peopleMemory(u, answers), Kept: func(done itsm.PeopleImport, event int64) (any, any) {
			r.silent()
			a := answers
			a.Run = overRun(s.now(), list, done, event)
			return a, done.Results(list.Remarks())
		}}
		_, err := s.store.ImportPeople(ctx, v.by, u.FileName, list.Listed(), answers.PeopleChoices, up, r.heard)
		return err
	})
	if err != nil && !over {
		return err
	}
	// What it came to stands on its page, whichever it was.
	return v.goToToday(page.Next(peopleImportURL(u.ID)))
}

// peopleMemory is how the columns of a list were used, for the next one with the same headings.
func peopleMemory(u store.Staged, answers peopleAnswers) store.Memory {
	var table sheet.PeopleTable
	if json.Unmarshal(u.Content, &table) != nil || len(table.Rows) == 0 {
		return store.Memory{}
	}
	return remembered(listShape(stagedPeople, table.Sheet(answers.Sheet).Rows[0]), listMemory{answers.Mapping, answers.Dates}, nil)
}

// overRun is a run that is done, in figures.
func overRun(now time.Time, list sheet.PeopleList, done itsm.PeopleImport, event int64) *peopleRun {
	run := &peopleRun{importRun: importRun{Over: true, Beat: now}, Event: event, Remarks: itsm.Gathered(append(list.Remarks(), done.Remarks...))}
	run.Remarks = run.Remarks[:min(len(run.Remarks), 200)]
	done.Lines, done.Remarks, done.Missing = nil, nil, nil
	done.Refused += list.Counts.Refused
	run.Result = done
	return run
}
