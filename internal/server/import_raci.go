package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

const stagedRACI = "raci"

// raciUpload is what is kept of an upload until it is confirmed: its plain grids.
type raciUpload struct {
	Grids []sheet.StagedGrid
}

// raciAnswers are what is known of an upload beside its content.
type raciAnswers struct {
	Target store.GridTarget
	Grid   int // which of several
	itsm.GridAnswers
}

func raciImportURL(id int64) string { return "/import/raci/" + strconv.FormatInt(id, 10) }

// askRACI asks for a grid and where it goes.
func (s *Server) askRACI(v *visit) error {
	return v.raciForm(http.StatusOK, store.GridTarget{ProcessID: v.query("process"), PracticeID: v.query("practice")}, nil)
}

func (v *visit) raciForm(status int, target store.GridTarget, list []itsm.Problem) error {
	processes, err := v.s.store.Processes(v.ctx, v.by, store.ProcessFilter{})
	if err != nil {
		return err
	}
	practices, err := v.s.store.Practices(v.ctx, v.by, store.PracticeFilter{})
	if err != nil {
		return err
	}
	form := page.ImportRACI{
		Process: target.ProcessID, Practice: target.PracticeID, NewProcess: target.Process, NewPractice: target.Practice,
		MayPractice: v.by.Can(itsm.AddPractice, itsm.Scope{}), Problems: list,
	}
	for _, p := range processes {
		if v.by.Can(itsm.ImportRACI, itsm.Scope{PracticeID: p.PracticeID, ProcessID: p.ID}) {
			form.Processes = append(form.Processes, p)
		}
	}
	for _, p := range practices {
		if v.by.Can(itsm.AddProcess, itsm.Scope{PracticeID: p.ID}) {
			form.Practices = append(form.Practices, itsm.RoleRef{ID: p.ID, Name: p.Name})
		}
	}
	if len(form.Processes) == 0 && len(form.Practices) == 0 && !form.MayPractice {
		return itsm.Forbidden{Why: "You may not import a grid anywhere. It is for Owners, Managers and the service management office."}
	}
	return v.showAs(status, page.Screen{Title: "Import a RACI grid", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: form.Page()})
}

// stageRACI takes a file and keeps its grids until they are confirmed.
func (s *Server) stageRACI(v *visit) error {
	name, data, fields, err := v.upload("file")
	target := store.GridTarget{ProcessID: number(fields["process"]), PracticeID: number(fields["practice"]), Process: fields["process_name"], Practice: fields["practice_name"]}
	if target.ProcessID != 0 {
		target = store.GridTarget{ProcessID: target.ProcessID}
	}
	if target.PracticeID != 0 {
		target.Practice = ""
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return v.raciForm(http.StatusRequestEntityTooLarge, target, []itsm.Problem{{Field: "file", Text: "This file has more than 20 MiB. Bring the sheet with the grid alone."}})
	}
	var kept raciUpload
	if err == nil {
		kept.Grids, err = sheet.PlainGrids(name, data, sheet.GridOptions{})
		err = asInvalid(err)
	}
	if err == nil {
		_, _, _, err = s.store.PlanGrid(v.ctx, v.by, target, kept.Grids[0].Listed, itsm.GridAnswers{}, v.by.Today)
	}
	if list, status, ok := problems(err); ok {
		return v.raciForm(status, target, list)
	}
	if err != nil {
		return err
	}
	return v.keepRACI(name, kept, raciAnswers{Target: target})
}

func (v *visit) keepRACI(name string, kept raciUpload, answers raciAnswers) error {
	content, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	id, err := v.s.store.Stage(v.ctx, v.by, store.Staged{Kind: stagedRACI, ProcessID: answers.Target.ProcessID, FileName: name, Content: content})
	if err != nil {
		return err
	}
	if err := v.s.store.AnswerStaged(v.ctx, v.by, id, answers); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, raciImportURL(id), http.StatusSeeOther)
	return nil
}

// stagedGrid is an upload with its answers.
func (v *visit) stagedGrid() (u store.Staged, kept raciUpload, answers raciAnswers, err error) {
	id, err := v.id()
	if err != nil {
		return u, kept, answers, err
	}
	if u, err = v.s.store.Staged(v.ctx, v.by, stagedRACI, id); err != nil {
		return u, kept, answers, err
	}
	if err = json.Unmarshal(u.Content, &kept); err == nil {
		err = json.Unmarshal(u.Answers, &answers)
	}
	if err == nil && (answers.Grid < 0 || answers.Grid >= len(kept.Grids)) {
		answers.Grid = 0
	}
	return u, kept, answers, err
}

// showImportRACI is the preview: the grid as understood, and what is asked.
func (s *Server) showImportRACI(v *visit) error {
	u, kept, answers, err := v.stagedGrid()
	if err != nil {
		return err
	}
	return v.raciPreview(http.StatusOK, u, kept, answers, nil)
}

func (v *visit) raciPreview(status int, u store.Staged, kept raciUpload, answers raciAnswers, list []itsm.Problem) error {
	grid := kept.Grids[answers.Grid]
	m, candidates, plan, err := v.s.store.PlanGrid(v.ctx, v.by, answers.Target, grid.Listed, answers.GridAnswers, v.by.Today)
	if err != nil {
		return err
	}
	preview := page.RACIPreview{
		ID: u.ID, File: u.FileName, Where: grid.Where, Headings: grid.Listed.Roles, Matrix: m, NewProcess: answers.Target.Process, NewPractice: answers.Target.Practice,
		Plan: plan, Candidates: candidates, Answers: answers.GridAnswers, Remarks: grid.Remarks, Problems: list, Supports: v.Organisation.SupportLetter,
	}
	for _, r := range grid.Repairs {
		preview.Repairs = append(preview.Repairs, page.GridRepair{Where: r.Where, Was: r.Was, Became: r.Became})
	}
	for i, g := range kept.Grids {
		preview.Grids = append(preview.Grids, page.GridChoice{Name: g.Name, Where: g.Where, Chosen: i == answers.Grid})
	}
	return v.showAs(status, page.Screen{Title: "Is this how you mean it?", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: preview.Page(), Wide: true})
}

type raciAnswerInput struct {
	Grid    int            `form:"grid"`
	Role    map[int]string `form:"role"`
	Meant   map[int]string `form:"elsewhere"` // of headings not decided among the roles
	Letter  map[int]string `form:"letter"`
	NoA     string         `form:"no_a"`
	NoARole int            `form:"no_a_role"`
	Row     map[int]string `form:"row"`
	Several map[int]string `form:"several"`
	Name    map[int]string `form:"name"`
	Do      string         `form:"do"`
}

// answers turns what a form says by number into what was decided by name.
func (in raciAnswerInput) answers(g itsm.ListedGrid, letters []string) itsm.GridAnswers {
	heading := func(s string) string {
		if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(g.Roles) {
			return g.Roles[n]
		}
		return ""
	}
	a := itsm.GridAnswers{Roles: map[string]string{}, Letters: map[string]string{}, RowNoA: map[int]string{}, Several: map[int]string{}, Names: in.Name}
	for n, choice := range in.Role {
		if n >= 0 && n < len(g.Roles) && choice != "" {
			a.Roles[g.Roles[n]] = choice
		}
	}
	for n, choice := range in.Meant {
		if n >= 0 && n < len(g.Roles) && choice != "" && in.Role[n] == "" {
			a.Roles[g.Roles[n]] = choice
		}
	}
	for n, choice := range in.Letter {
		if n >= 0 && n < len(letters) && choice != "" {
			a.Letters[letters[n]] = choice
		}
	}
	switch in.NoA {
	case "owner", "open":
		a.NoA = in.NoA
	case "role":
		a.NoA = heading(strconv.Itoa(in.NoARole))
	}
	for line, choice := range in.Row {
		if choice == "owner" || choice == "open" {
			a.RowNoA[line] = choice
		} else if h := heading(choice); h != "" {
			a.RowNoA[line] = h
		}
	}
	for line, choice := range in.Several {
		a.Several[line] = heading(choice)
	}
	return a
}

// answerRACI keeps what was decided and shows the grid anew, or writes it.
func (s *Server) answerRACI(v *visit) error {
	u, kept, answers, err := v.stagedGrid()
	if err != nil {
		return err
	}
	in, err := read[raciAnswerInput](v)
	if list, status, ok := problems(err); ok {
		return v.raciPreview(status, u, kept, answers, list)
	} else if err != nil {
		return err
	}
	grid := kept.Grids[answers.Grid].Listed
	answers.GridAnswers = in.answers(grid, grid.Strange())
	if in.Do == "grid" && in.Grid >= 0 && in.Grid < len(kept.Grids) {
		answers = raciAnswers{Target: answers.Target, Grid: in.Grid}
	}
	if err := s.store.AnswerStaged(v.ctx, v.by, u.ID, answers); err != nil {
		return err
	}
	if in.Do != "import" {
		http.Redirect(v.w, v.r, raciImportURL(u.ID), http.StatusSeeOther)
		return nil
	}
	return v.importRACI(u, kept, answers)
}

func (v *visit) importRACI(u store.Staged, kept raciUpload, answers raciAnswers) error {
	grid := kept.Grids[answers.Grid]
	m, _, plan, err := v.s.store.PlanGrid(v.ctx, v.by, answers.Target, grid.Listed, answers.GridAnswers, v.by.Today)
	if err != nil {
		return err
	}
	process, err := v.s.store.ImportGrid(v.ctx, v.by, answers.Target, u.FileName, m, plan, u.ID)
	var forbidden itsm.Forbidden
	if errors.As(err, &forbidden) {
		return v.raciPreview(http.StatusForbidden, u, kept, answers, []itsm.Problem{{Text: forbidden.Why}})
	}
	if list, status, ok := problems(err); ok {
		if _, gone := v.s.store.Staged(v.ctx, v.by, stagedRACI, u.ID); gone != nil {
			return err // imported a moment ago, by the same button
		}
		return v.raciPreview(status, u, kept, answers, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.RACIURL(process, ""), page.Imported(plan))
}

// discardRACI throws an upload away.
func (s *Server) discardRACI(v *visit) error {
	u, _, _, err := v.stagedGrid()
	if err != nil {
		return err
	}
	if err := s.store.DropStaged(v.ctx, v.by, u.ID); err != nil {
		return err
	}
	return v.done("/practices", "Thrown away. Nothing was changed.")
}
