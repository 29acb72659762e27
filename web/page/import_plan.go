package page

import (
	"fmt"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v BatchPlan) lede() string {
	if v.Idle() {
		return "Nothing would change: everything stands already as the grids say."
	}
	rows := 0
	for _, p := range v.Parts {
		rows += len(p.Plan.Rows)
	}
	return "All of it is one change: written whole or not at all, and undone as a whole. Nothing is changed yet." + longWord(rows)
}

// Idle says that nothing would be written.
func (v BatchPlan) Idle() bool {
	return v.Approved == "" && len(v.NewRoles)+len(v.Holders) == 0 && !slices.ContainsFunc(v.Parts, func(p GridPart) bool {
		return p.Matrix == nil || len(p.Plan.TakenOut)+p.Plan.Count(itsm.RowAdded)+p.Plan.Count(itsm.RowChanged)+len(p.newColumns()) > 0
	})
}

// newColumns are the roles that the matrix has no column for yet.
func (p GridPart) newColumns() (names []string) {
	for _, r := range p.Plan.Roles {
		if p.Matrix != nil && p.Matrix.Column(r.RoleID) < 0 {
			names = append(names, r.Name)
		}
	}
	return names
}

func (v BatchPlan) do() string {
	return "Import " + ui.Plural(v.Grids, "grid", "grids")
}

func (p GridPart) rows(c itsm.GridChange) (rows []itsm.GridRow) {
	for _, r := range p.Plan.Rows {
		if r.Change == c {
			rows = append(rows, r)
		}
	}
	return rows
}

// counts says in figures what becomes of a process.
func (p GridPart) counts() string {
	text := fmt.Sprintf("%d added", p.Plan.Count(itsm.RowAdded))
	if p.Matrix == nil {
		return text
	}
	text += fmt.Sprintf(", %d changed, %d unchanged", p.Plan.Count(itsm.RowChanged), p.Plan.Count(itsm.RowSame))
	if n := len(p.Plan.TakenOut); n > 0 {
		text += fmt.Sprintf(", %d taken out", n)
	}
	return text
}

// lettersOf says who does what in a row, in short.
func (p GridPart) lettersOf(r itsm.GridRow) string {
	var parts []string
	for i, c := range r.Cells {
		if c.Letters != 0 {
			parts = append(parts, p.Plan.Roles[i].Name+" "+c.Letters.String())
		}
	}
	text := strings.Join(parts, ", ")
	if r.Note != "" && r.Change == itsm.RowAdded {
		text += ". It says: " + clip(r.Note)
	}
	return text
}

func cellWord(c itsm.Cell) string {
	word := c.Letters.String()
	if word == "" {
		return "nothing"
	}
	if c.Note != "" {
		word += " (" + c.Note + ")"
	}
	return word
}
