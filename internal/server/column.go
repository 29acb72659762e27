package server

import (
	"net/http"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// columns is where the roles of a process are chosen and put in order.
func (s *Server) columns(v *visit) error { return s.columnsPage(v, http.StatusOK, nil) }

// columnsAt reads the columns of the address's process, for who may edit it.
func (s *Server) columnsAt(v *visit) (store.Columns, error) {
	id, err := v.id()
	if err != nil {
		return store.Columns{}, err
	}
	c, err := s.store.Columns(v.ctx, v.by, id)
	if err != nil {
		return c, err
	}
	return c, v.must(itsm.EditProcess, c.Scope())
}

func (s *Server) columnsPage(v *visit, status int, wrong page.Problems) error {
	c, err := s.columnsAt(v)
	if err != nil {
		return err
	}
	return v.showAs(status, page.Columns{Reader: v.reader(), Process: c.Process, Matrix: c.Matrix, Choices: c.Choices, Wrong: wrong}.Screen())
}

// onColumns runs a change of the columns and shows them again: with what was wrong, or after a redirect.
func (s *Server) onColumns(sentence string, do func(v *visit, process int64, in moveForm) error) handler {
	return func(v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		in, err := read[moveForm](v)
		if err == nil {
			err = do(v, id, in)
		}
		if list, status, ok := problems(err); ok {
			return s.columnsPage(v, status, list)
		}
		if err != nil {
			return err
		}
		return v.done(page.ColumnsURL(id, ""), sentence)
	}
}

func (s *Server) addColumn(v *visit, process int64, in moveForm) error {
	return s.store.AddColumn(v.ctx, v.by, process, in.Role, in.Counter)
}

func (s *Server) moveColumn(v *visit, process int64, in moveForm) error {
	return s.store.MoveColumn(v.ctx, v.by, process, in.Role, in.To, in.Counter)
}

func (s *Server) removeColumn(v *visit, process int64, in moveForm) error {
	return s.store.RemoveColumn(v.ctx, v.by, process, in.Role, in.Counter)
}

func (s *Server) giveOwnRole(v *visit, process int64, in moveForm) error {
	_, err := s.store.GiveProcessItsOwnRole(v.ctx, v.by, process, in.Role)
	return err
}

// askRemoveColumn says which letters go with a column.
func (s *Server) askRemoveColumn(v *visit) error {
	c, err := s.columnsAt(v)
	if err != nil {
		return err
	}
	at := c.Matrix.Column(v.query("role"))
	if at < 0 {
		return itsm.NotFound{What: "column"}
	}
	role, letters := c.Matrix.Columns[at].Role, 0
	for _, row := range c.Matrix.Rows {
		if row.Cells[at].Letters != 0 {
			letters++
		}
	}
	url := page.ColumnsURL(c.ID, c.Name)
	return v.show(page.Confirm{
		Title: "Take " + role.Name + " out of this matrix?", Section: "practices", Action: url + "/remove", Do: "Take it out", Danger: letters > 0, Back: url,
		Crumbs: []ui.Link{{Text: "Practices", Href: "/practices"}, {Text: c.Practice, Href: page.PracticeURL(c.PracticeID, c.Practice)}, {Text: c.Name, Href: page.ProcessURL(c.ID, c.Name)}},
		Says: []string{
			"Its letters in " + ui.Plural(letters, "activity", "activities") + " go with it. The role itself stays, with everybody who wears it.",
			"The recent changes of the process hold it, with a way to undo it.",
		},
		Hidden: []ui.Param{{Name: "role", Value: strconv.FormatInt(role.ID, 10)}, {Name: "counter", Value: strconv.FormatInt(c.Matrix.Counter, 10)}},
	}.Screen())
}
