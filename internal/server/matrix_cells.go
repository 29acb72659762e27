package server

import (
	"errors"
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// cellsInput is cells of several rows in parallel columns: each row with the counter that its editor saw, each cell with its letters.
type cellsInput struct {
	Row     []int64  `form:"row"`
	Counter []int64  `form:"counter"`
	In      []int64  `form:"activity"`
	Role    []int64  `form:"role"`
	Letters []string `form:"letters"`
	Note    []string `form:"note"`
}

var (
	illegible = itsm.Invalid{Problems: []itsm.Problem{{Text: "The cells could not be read. Load the page again and repeat."}}}
	noLetters = itsm.Invalid{Problems: []itsm.Problem{{Text: "A cell holds the letters A, R, C, I and S, and nothing else."}}}
)

// edit puts the columns together.
func (in cellsInput) edit(process int64) (e store.CellsEdit, err error) {
	e = store.CellsEdit{ProcessID: process, Counters: map[int64]int64{}, Cells: map[int64]map[int64]itsm.Cell{}}
	if len(in.Counter) != len(in.Row) || len(in.Role) != len(in.In) || len(in.Letters) != len(in.In) || len(in.Note) != len(in.In) {
		return e, illegible
	}
	for i, row := range in.Row {
		e.Counters[row] = in.Counter[i]
	}
	for i, activity := range in.In {
		letters, ok := itsm.ParseLetters(in.Letters[i])
		if !ok {
			return e, noLetters
		}
		if e.Cells[activity] == nil {
			e.Cells[activity] = map[int64]itsm.Cell{}
		}
		e.Cells[activity][in.Role[i]] = itsm.Cell{Letters: letters, Note: in.Note[i]}
	}
	return e, nil
}

// setCells takes cells of several rows from the grid and answers with the fresh rows; where they are not set, with the reason, too.
func (s *Server) setCells(v *visit) error {
	process, err := v.id()
	if err != nil {
		return v.refused(err)
	}
	in, err := read[cellsInput](v)
	if err != nil {
		return v.refused(err)
	}
	edit, err := in.edit(process)
	if err != nil {
		return v.refused(err)
	}
	refusal := s.store.SetCells(v.ctx, v.by, edit)
	if refusal != nil && !errors.As(refusal, &itsm.Conflict{}) {
		return v.refused(refusal)
	}
	raci, err := v.raci(process, v.raciView())
	if err != nil {
		return v.refused(err)
	}
	var rows []itsm.Row
	for _, activity := range in.Row {
		if row, there := raci.Matrix.Row(activity); there {
			rows = append(rows, row)
		}
	}
	if refusal != nil {
		return v.fragment(http.StatusConflict, raci.Refused(rows, refusal.Error()))
	}
	return v.fragment(http.StatusOK, raci.Answer(rows...))
}
