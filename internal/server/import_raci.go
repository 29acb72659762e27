package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

const (
	stagedRACI = "raci"
	// dropMax is what the files of one drop may have together, in bytes; filesMost, how many wait in one upload.
	dropMax   = 40 << 20
	filesMost = 100
)

// batchState is what is known of an upload beside its files.
type batchState struct {
	itsm.BatchAnswers
	From itsm.GridInto     `json:"from"`          // the process or practice on whose page it began
	Run  *importRun        `json:"run,omitempty"` // the import on its way, or one that came to nothing
	Done *page.BatchResult `json:"done,omitempty"`
}

// askRACI asks for files with grids.
func (s *Server) askRACI(v *visit) error {
	return v.raciForm(http.StatusOK, itsm.GridInto{ProcessID: v.query("process"), PracticeID: v.query("practice")}, "", nil)
}

// mayImport refuses who may import nowhere.
func (v *visit) mayImport() error {
	if v.by.On != nil {
		return itsm.Forbidden{Why: v.by.WritingOff()}
	}
	for _, h := range v.by.Hats {
		at := itsm.Scope{PracticeID: h.PracticeID, ProcessID: h.ProcessID}
		if v.by.Can(itsm.ImportRACI, at) {
			return nil
		}
	}
	return itsm.Forbidden{Why: "You may not import a grid anywhere. It is for Owners, Managers and the service management office."}
}

func (v *visit) raciForm(status int, from itsm.GridInto, paste string, list []itsm.Problem) error {
	if err := v.mayImport(); err != nil {
		return err
	}
	waiting, err := v.s.store.WaitingBatches(v.ctx, v.by)
	if err != nil {
		return err
	}
	form := page.ImportRACI{Process: from.ProcessID, Practice: from.PracticeID, Paste: paste, Problems: list}
	for _, w := range waiting {
		form.Waiting = append(form.Waiting, page.WaitingGrids{ID: w.ID, Name: w.FileName, Age: v.s.now().Sub(w.StagedAt)})
	}
	return v.showAs(status, page.Screen{Title: "Import RACI grids", Section: "practices", Crumbs: page.ImportKind{}.Crumbs(), Body: form.Page(), Scripts: []string{"drop.js"}})
}

// broughtFiles are the files of a form, as they are staged.
func (v *visit) broughtFiles() (files []store.StagedFile, fields map[string]string, err error) {
	up, fields, err := v.uploads("file", dropMax)
	if err != nil {
		return nil, fields, err
	}
	for _, f := range up {
		files = append(files, store.StagedFile{FileName: f.Name, Content: f.Data})
	}
	switch {
	case len(files) == 0:
		return nil, fields, noFile("file")
	case len(files) > filesMost:
		return nil, fields, itsm.Invalid{Problems: []itsm.Problem{{Field: "file", Text: fmt.Sprintf("These are %d files. Bring at most %d at once.", len(files), filesMost)}}}
	}
	return files, fields, nil
}

// tooManyBytes refuses what is too large to be read.
const tooManyBytes = "A file has more than 20 MiB, or all of them more than 40 MiB. Bring the sheets with the grids alone."

// stageRACI takes files and keeps them until they are confirmed.
func (s *Server) stageRACI(v *visit) error {
	if err := v.mayImport(); err != nil {
		return err
	}
	files, fields, err := v.broughtFiles()
	from := itsm.GridInto{ProcessID: number(fields["process"]), PracticeID: number(fields["practice"])}
	if list, status, ok := uploadProblems(err, tooManyBytes); ok {
		return v.raciForm(status, from, fields["paste"], list)
	}
	if err != nil {
		return err
	}
	name := files[0].FileName
	if len(files) > 1 {
		name = fmt.Sprintf("%s and %d more", name, len(files)-1)
	}
	state := batchState{From: from}
	state.PracticeID = from.PracticeID
	id, err := s.store.Stage(v.ctx, v.by, store.Staged{Kind: stagedRACI, FileName: name, Content: []byte{}})
	if err == nil {
		err = s.store.AnswerStaged(v.ctx, v.by, id, state)
	}
	if err == nil {
		err = s.store.StageFiles(v.ctx, v.by, id, v.readLarge(id, files))
	}
	if err != nil {
		return err
	}
	return v.readAndShow(id)
}

// addRACI takes more files into an upload.
func (s *Server) addRACI(v *visit) error {
	b, err := v.openBatch()
	if err != nil {
		return err
	}
	files, _, err := v.broughtFiles()
	if err == nil && len(b.files)+len(files) > filesMost {
		err = itsm.Invalid{Problems: []itsm.Problem{{Field: "file", Text: fmt.Sprintf("At most %d files wait together. Import these first.", filesMost)}}}
	}
	if list, status, ok := uploadProblems(err, tooManyBytes); ok {
		return b.overview(status, list)
	}
	if err == nil {
		err = s.store.StageFiles(v.ctx, v.by, b.u.ID, v.readLarge(b.u.ID, files))
	}
	if err != nil {
		return err
	}
	return v.readAndShow(b.u.ID)
}

// readAtOnce is the size, in bytes, from which on a file is read before it is kept: it would go through memory twice more.
const readAtOnce = 1 << 20

// readLarge are files with those read that are large.
func (v *visit) readLarge(upload int64, files []store.StagedFile) []store.StagedFile {
	for i, f := range files {
		if len(f.Content) >= readAtOnce {
			files[i] = v.s.readFile(v.ctx, v.by, upload, f)
			files[i].Read = true
		}
	}
	return files
}

// readAndShow begins to read what waits, gives it a moment, and goes to the page that shows how far it is.
func (v *visit) readAndShow(id int64) error {
	over := make(chan struct{})
	ctx := context.WithoutCancel(v.ctx)
	go func() {
		defer close(over)
		v.s.readFiles(ctx, v.by, id)
	}()
	select {
	case <-over:
	case <-time.After(waitForRun):
	}
	return v.goTo(page.BatchURL(id))
}

// readFiles reads the files of an upload that nobody has read yet, one by one. A server that is stopped in between leaves
// the rest to whoever looks at the upload next.
func (s *Server) readFiles(ctx context.Context, by itsm.Actor, upload int64) {
	for {
		f, ok, err := s.store.ClaimFile(ctx, upload)
		if err != nil {
			s.log.ErrorContext(ctx, "a file could not be taken up", "request", by.Request, "error", err.Error())
			return
		}
		if !ok {
			return
		}
		f = s.readFile(ctx, by, upload, f)
		if err := s.store.FileRead(ctx, f); err != nil {
			s.log.ErrorContext(ctx, "a reading could not be kept", "request", by.Request, "error", err.Error())
			return
		}
	}
}

// readFile makes tables of a file, and reads grids of a known shape as they were read the last time.
func (s *Server) readFile(ctx context.Context, by itsm.Actor, upload int64, f store.StagedFile) (out store.StagedFile) {
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "panic", "request", by.Request, "panic", p, "stack", string(debug.Stack()))
			out = store.StagedFile{ID: f.ID, FileName: f.FileName, Content: []byte("null"), Choices: []byte("{}"), Problem: "This file could not be read."}
		}
	}()
	var tables []sheet.Table
	err := gently(len(f.Content), func() (err error) {
		tables, err = sheet.ReadTables(f.FileName, f.Content, sheet.Limits{})
		return err
	})
	f.Choices = []byte("{}")
	if err != nil {
		var refusal *sheet.Error
		f.Problem, f.Content = "This file could not be read.", []byte("null")
		if errors.As(err, &refusal) {
			f.Problem = refusal.Text
		}
		return f
	}
	tables = sheet.Kept(tables)
	if f.Content, err = json.Marshal(tables); err != nil {
		f.Problem, f.Content = "This file could not be read.", []byte("null")
		return f
	}
	choices, of, err := s.recall(ctx, by, upload, f.FileName, tables)
	if err != nil {
		s.log.WarnContext(ctx, "earlier readings could not be looked up", "error", err.Error())
	}
	f.Remembered, f.RememberedOf = of != nil, strings.Join(of, ", ")
	if len(choices) > 0 {
		if text, err := json.Marshal(choices); err == nil {
			f.Choices = text
		}
	}
	return f
}

// recall finds how grids of these shapes were read the last time, and puts what was answered then among the answers;
// of are those who said something then; nil where nothing was said.
func (s *Server) recall(ctx context.Context, by itsm.Actor, upload int64, file string, tables []sheet.Table) (choices map[string]sheet.GridChoice, of []string, err error) {
	grids := sheet.GridsOf(file, tables, sheet.GridOptions{}).Grids
	shapes := map[string]sheet.Grid{}
	for _, g := range grids {
		shapes[g.Shape()] = g
	}
	var names []string
	for shape := range shapes {
		names = append(names, shape)
	}
	found, err := s.store.Remembered(ctx, by, names)
	choices = map[string]sheet.GridChoice{}
	for _, m := range found {
		var c sheet.GridChoice
		if json.Unmarshal(m.Choice, &c) != nil {
			c = sheet.GridChoice{}
		}
		if g := shapes[m.Shape]; g.Verdict == sheet.Doubtful {
			c.Sure = true // one of its shape came in: somebody said what its letters mean
		}
		if !c.IsZero() {
			choices[shapes[m.Shape].Key] = c
		}
		if err == nil {
			err = s.store.RecallAnswers(ctx, upload, m.Answers)
		}
		if said := !c.IsZero() || string(m.Answers) != "{}"; said && !slices.Contains(of, m.Of) {
			of = append(of, m.Of)
		}
	}
	return choices, of, err
}

// discardRACI throws an upload away.
func (s *Server) discardRACI(v *visit) error {
	b, err := v.batch()
	if err != nil {
		return err
	}
	if err := s.store.DropStaged(v.ctx, v.by, b.u.ID); err != nil {
		return err
	}
	return v.done("/practices", "The grids are discarded. Nothing was changed.")
}

// dropRACIFile throws one file of an upload away.
func (s *Server) dropRACIFile(v *visit) error {
	b, err := v.openBatch()
	if err != nil {
		return err
	}
	file, err := v.number("file")
	if err != nil {
		return err
	}
	at := slices.IndexFunc(b.files, func(f store.StagedFile) bool { return f.ID == file })
	if at < 0 {
		return itsm.NotFound{What: "file"}
	}
	if err := s.store.DropFile(v.ctx, v.by, b.u.ID, file); err != nil {
		return err
	}
	return v.done(page.Next(page.BatchURL(b.u.ID)), "“"+b.files[at].FileName+"” was discarded.")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
