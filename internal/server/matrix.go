package server

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// raciView reads what a reader chose to see of a matrix.
func (v *visit) raciView() page.RACIView {
	q := v.r.URL.Query()
	at := page.RACIView{Region: v.query("region"), Service: v.query("service"), Role: v.query("role"), OnlyGaps: q.Get("gaps") != ""}
	switch view := q.Get("view"); view {
	case "people", "list", "column":
		at.View = view
	}
	if at.View == "column" && at.Role == 0 {
		for _, hat := range v.by.Hats {
			at.Worn += strconv.FormatInt(hat.RoleID, 10) + " "
		}
	}
	return at
}

// raci reads a process's matrix for a view, with what this reader may do there.
func (v *visit) raci(process int64, at page.RACIView) (page.RACI, error) {
	m, around, err := v.s.store.MatrixAround(v.ctx, v.by, process, v.day())
	if err != nil {
		return page.RACI{}, err
	}
	if at.View == "column" && m.Column(at.Role) < 0 && len(m.Columns) > 0 {
		at.Role = m.Columns[0].Role.ID
		for _, worn := range strings.Fields(at.Worn) { // the reader's own, where they wear one of them
			if id, _ := strconv.ParseInt(worn, 10, 64); m.Column(id) >= 0 {
				at.Role = id
				break
			}
		}
	}
	raci := v.frame(at, m.Scope())
	raci.Matrix, raci.Around = m, around
	return raci, nil
}

// frame is a matrix's page before there is a matrix: the view, and all that the page takes from its reader.
func (v *visit) frame(at page.RACIView, scope itsm.Scope) page.RACI {
	return page.RACI{
		Days: page.DaysOf(v.by), At: at, MayEdit: v.by.Can(itsm.EditProcess, scope), MayColumns: v.by.Can(itsm.EditProcess, scope), MayImport: v.by.Can(itsm.ImportRACI, scope),
		Supports: v.Organisation.SupportLetter, Directory: v.by.Can(itsm.ReadDirectory, itsm.Scope{}),
	}
}

// showRACI is a process's matrix, as it was rendered before where nothing of it changed since.
func (s *Server) showRACI(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	at := v.raciView()
	key, known := v.matrixKey(id, v.frame(at, itsm.Scope{PracticeID: v.Page.PracticeID, ProcessID: id}))
	if known {
		if screen, kept := s.pages.get(key); kept {
			return v.show(screen)
		}
	}
	raci, err := v.raci(id, at)
	if err != nil {
		return err
	}
	screen := page.RACIScreen(raci)
	if known && raci.Matrix.PracticeID == v.Page.PracticeID {
		if screen, err = s.pages.keep(v.ctx, key, screen); err != nil {
			return err
		}
	}
	return v.show(screen)
}

type cellInput struct {
	Activity int64  `form:"activity"`
	Role     int64  `form:"role"`
	Letters  string `form:"letters"`
	Note     string `form:"note"`
	Counter  int64  `form:"counter"`
	Move     bool   `form:"move"`
}

// setCell takes one cell from the grid and answers with the fresh row and all that hangs on it.
func (s *Server) setCell(v *visit) error {
	process, err := v.id()
	if err != nil {
		return v.refused(err)
	}
	in, err := read[cellInput](v)
	if err != nil {
		return v.refused(err)
	}
	letters, ok := itsm.ParseLetters(in.Letters)
	if !ok {
		return v.refused(noLetters)
	}
	edit := store.CellEdit{ProcessID: process, ActivityID: in.Activity, RoleID: in.Role, Counter: in.Counter, Cell: itsm.Cell{Letters: letters, Note: in.Note}, Move: in.Move}
	refusal := s.store.SetCell(v.ctx, v.by, edit)
	if refusal != nil && !errors.As(refusal, &itsm.Conflict{}) {
		return v.refused(refusal)
	}
	raci, row, err := v.raciRow(in.Activity)
	if err != nil {
		return v.refused(cmp.Or(refusal, err))
	}
	if refusal == nil {
		return v.fragment(http.StatusOK, raci.Answer(row))
	}
	at := raci.Matrix.Column(in.Role)
	if at < 0 {
		refusal = itsm.Conflict{Text: "The role was taken out of this matrix meanwhile. Reload the page."}
	}
	if at < 0 || raci.Matrix.Archived { // there is no cell to choose between
		return v.refused(refusal)
	}
	return v.fragment(http.StatusConflict, raci.Conflict(row, page.CellConflict{
		Text: refusal.Error(), Changed: v.changedBy(in.Activity, in.Counter, row.Counter), RoleID: in.Role, Mine: edit.Cell, Theirs: row.Cells[at],
	}))
}

// refused answers a script in a sentence that it can show.
func (v *visit) refused(err error) error {
	status := statusOf(err)
	if status >= http.StatusInternalServerError {
		return err
	}
	return v.fragment(status, page.Message(sentence(status, err)))
}

// raciRow reads the matrix of the address anew, with one row of it.
func (v *visit) raciRow(activity int64) (page.RACI, itsm.Row, error) {
	id, err := v.id()
	if err != nil {
		return page.RACI{}, itsm.Row{}, err
	}
	raci, err := v.raci(id, v.raciView())
	if err != nil {
		return raci, itsm.Row{}, err
	}
	row, ok := raci.Matrix.Row(activity)
	if !ok {
		return raci, row, itsm.NotFound{What: "activity"}
	}
	return raci, row, nil
}

// changedBy says who changed a row since the counter that an editor saw, who may be the editor in another window; "" where nobody did.
func (v *visit) changedBy(activity, seen, now int64) string {
	if seen == now {
		return ""
	}
	person, who, at, err := v.s.store.RowChange(v.ctx, activity)
	if err != nil {
		return "This row was changed meanwhile"
	}
	zone, err := time.LoadLocation(v.Organisation.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	changed := who + " changed this row"
	if person != 0 && person == v.by.PersonID {
		changed = "You changed this row elsewhere"
	}
	return changed + " on " + at.In(zone).Format("2 Jan at 15:04")
}

// showRow is the form of one row.
func (s *Server) showRow(v *visit) error {
	activity, err := v.number("activity")
	if err != nil {
		return err
	}
	raci, row, err := v.raciRow(activity)
	if err != nil {
		return err
	}
	return v.show(page.RACIRowScreen(page.RACIRow{Reader: v.reader(), RACI: raci, Row: row}))
}

type rowInput struct {
	Counter int64            `form:"counter"`
	A       int64            `form:"a"`
	R       []int64          `form:"r"`
	C       []int64          `form:"c"`
	I       []int64          `form:"i"`
	S       []int64          `form:"s"`
	Note    map[int64]string `form:"note"`
}

// cells are the letters of every role that the form showed.
func (in rowInput) cells() map[int64]itsm.Cell {
	cells := map[int64]itsm.Cell{}
	for role, note := range in.Note {
		cells[role] = itsm.Cell{Note: note}
	}
	for letter, roles := range map[itsm.Letters][]int64{itsm.LetterA: {in.A}, itsm.LetterR: in.R, itsm.LetterC: in.C, itsm.LetterI: in.I, itsm.LetterS: in.S} {
		for _, role := range roles {
			if role != 0 {
				c := cells[role]
				c.Letters |= letter
				cells[role] = c
			}
		}
	}
	return cells
}

// setRow takes a row's form.
func (s *Server) setRow(v *visit) error {
	process, err := v.id()
	if err != nil {
		return err
	}
	activity, err := v.number("activity")
	if err != nil {
		return err
	}
	in, err := read[rowInput](v)
	if err == nil {
		err = s.store.SetRow(v.ctx, v.by, store.RowEdit{ProcessID: process, ActivityID: activity, Counter: in.Counter, Cells: in.cells()})
	}
	if err == nil {
		return v.savedRow(activity)
	}
	list, status, ok := problems(err)
	if !ok {
		return err
	}
	raci, row, readErr := v.raciRow(activity)
	if conflict(err) && errors.As(readErr, &itsm.NotFound{}) {
		return err // it was taken out while somebody wrote in it
	}
	if readErr != nil {
		return readErr
	}
	return v.showAs(status, page.RACIRowScreen(page.RACIRow{
		Reader: v.reader(),
		RACI:   raci, Row: row, Typed: in.cells(), Problems: list, Changed: v.changedBy(activity, in.Counter, row.Counter),
	}))
}

func (v *visit) savedRow(activity int64) error {
	raci, row, err := v.raciRow(activity)
	if err != nil {
		return err
	}
	return v.done(raci.At.URL(raci.Matrix), "Saved: the row of "+row.Name+".")
}
