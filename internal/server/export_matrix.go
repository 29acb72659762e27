package server

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/web/page"
)

// raciCSV is a process's matrix as a file that an import reads back: a row per activity, a column per role.
func (s *Server) raciCSV(v *visit) error {
	raci, err := v.matrix()
	if err != nil {
		return err
	}
	e := export(raci)
	// No people stand in it: its letters are today's, whatever the day that its reader looks at.
	name := "raci-" + page.Slug(raci.Matrix.Process)
	return v.fileOf(name, name+"-"+lettersOf(raci.Days), harmless(e.Head), rows(e.Rows, func(row []string) []string { return row }))
}

// raciNames is who wears the letters of a matrix, by name, in the region, for the service and on the day that its reader looks at.
func (s *Server) raciNames(v *visit) error {
	raci, err := v.matrix()
	if err != nil {
		return err
	}
	name := "raci-names-" + page.Slug(raci.Matrix.Process)
	whole := name + "-" + lettersOf(raci.Days)
	if raci.Days.Other() {
		whole = name + "-people-of-" + itsm.ISODay(raci.Matrix.Day) + "-" + lettersOf(raci.Days)
	}
	return v.fileOf(name, whole, raci.NamesHead(), rows(raci.Names(), func(row []string) []string { return row }))
}

// lettersOf is the day of a file's letters, in its name: said to be of the letters where the people are of another day.
func lettersOf(d page.Days) string {
	if d.Other() {
		return "letters-of-" + itsm.ISODay(d.Today)
	}
	return itsm.ISODay(d.Today)
}

// raciXLSX is a process's matrix as a workbook, with who wears its hats on a sheet of its own.
func (s *Server) raciXLSX(v *visit) error {
	return v.raciFile("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.Export.XLSX)
}

// raciMarkdown is a process's matrix as a table for a wiki.
func (s *Server) raciMarkdown(v *visit) error {
	return v.raciFile("md", "text/markdown; charset=utf-8", sheet.Export.Markdown)
}

// raciHTML is a process's matrix as a page of its own.
func (s *Server) raciHTML(v *visit) error {
	return v.raciFile("html", "text/html; charset=utf-8", sheet.Export.HTML)
}

func (v *visit) matrix() (page.RACI, error) {
	id, err := v.id()
	if err != nil {
		return page.RACI{}, err
	}
	return v.raci(id, v.raciView())
}

// raciFile answers with a matrix as a file. A matrix is small: it is written whole before the first byte goes out.
func (v *visit) raciFile(ext, kind string, write func(sheet.Export, io.Writer) error) error {
	raci, err := v.matrix()
	if err != nil {
		return err
	}
	e := export(raci)
	e.Holders = holderRows(raci.Matrix)
	var out bytes.Buffer
	if err := write(e, &out); err != nil {
		return err
	}
	h, name := v.w.Header(), "raci-"+page.Slug(raci.Matrix.Process)+"-"
	if raci.Days.Other() {
		name += "people-of-" + itsm.ISODay(raci.Matrix.Day) + "-"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+lettersOf(raci.Days)+"."+ext+`"`)
	_, _ = out.WriteTo(v.w) // the reader went away: nobody is left to tell
	return nil
}

// export is the rows of a matrix that are shown, as text.
func export(raci page.RACI) sheet.Export {
	m := raci.Matrix
	e := sheet.Export{
		Title: m.Process, Says: "Process of " + m.Practice + ". " + raci.Days.Standing(),
		Head: []string{"No", "Section", "Activity"}, Names: 3,
	}
	for _, c := range m.Columns {
		e.Head = append(e.Head, columnHead(m, c))
	}
	for _, r := range raci.Shown() {
		row := []string{strconv.Itoa(r.Position), r.Section, r.Name}
		for _, c := range r.Cells {
			row = append(row, cellText(c))
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

// holderRows are who wears the hats of a matrix on its day, under their heads.
func holderRows(m *itsm.Matrix) [][]string {
	out := [][]string{{"Role", "Holder", "Capacity", "Answers for them", "Company", "Region", "Service", "From", "Last day"}}
	columns := m.Columns
	if m.Column(m.Owner.Role.ID) < 0 && m.Owner.Role.ID != 0 {
		columns = append([]itsm.Column{m.Owner}, columns...)
	}
	for _, c := range columns {
		for _, h := range c.Holdings {
			answers := ""
			if h.PersonID == 0 {
				answers = h.Answers
			}
			out = append(out, []string{columnHead(m, c), h.Name, string(h.Capacity), answers, h.Employer, h.Region, h.Service, itsm.ISODay(h.Since), untilDay(h.Until)})
		}
		if len(c.Holdings) == 0 && c.Role.Kind != itsm.Whoever {
			out = append(out, []string{columnHead(m, c), "vacant", "", "", "", "", "", "", ""})
		}
	}
	return out
}

// columnHead names a role, with what it hangs on where another column has the same name.
func columnHead(m *itsm.Matrix, c itsm.Column) string {
	for _, other := range m.Columns {
		if other.Role.ID != c.Role.ID && strings.EqualFold(other.Role.Name, c.Role.Name) && c.Role.ScopeName != "" {
			return c.Role.Name + " (" + c.Role.ScopeName + ")"
		}
	}
	return c.Role.Name
}

// cellText writes a cell as people do: "A, R (in office hours)".
func cellText(c itsm.Cell) string {
	text := strings.Join(strings.Split(c.Letters.String(), ""), ", ")
	if c.Note != "" {
		text += " (" + c.Note + ")"
	}
	return text
}
