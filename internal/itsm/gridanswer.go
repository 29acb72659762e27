package itsm

import (
	"cmp"
	"fmt"
	"slices"
)

// accountable leaves at most one A in a row, as decided. Of several, the others keep an R where nothing else is left.
func (p *gridPlanner) accountable(row *GridRow) {
	var have []int
	for i, c := range row.Cells {
		if c.Letters.Has(LetterA) {
			have = append(have, i)
		}
	}
	switch {
	case len(have) == 0:
		answer := cmp.Or(p.answers.RowNoA[rowKey(row.Grid, row.Line)], p.answers.NoA)
		at := p.heading(answer)
		p.ask(GridQuestion{Code: "no-accountable", Grid: row.Grid, Line: row.Line, Activity: row.Name, Answered: answer == "owner" || answer == "open" || at >= 0, Text: fmt.Sprintf("“%s” has no A: who answers?", row.Name)})
		if at >= 0 {
			row.Cells[at].Letters |= LetterA
		} else if answer == "open" {
			p.plan.LeftOpen++
		}
	case len(have) > 1:
		keeps := p.keeps(rowKey(row.Grid, row.Line), have)
		decided := keeps == nobodys || slices.Contains(have, keeps)
		p.ask(GridQuestion{Code: "several-accountable", Grid: row.Grid, Line: row.Line, Activity: row.Name, Roles: p.headings(have), Answered: decided, Text: fmt.Sprintf("“%s” has %d A: which one answers?", row.Name, len(have))})
		for _, i := range have {
			if !decided {
				row.Asked[i] = true
			} else if i != keeps {
				if row.Cells[i].Letters &^= LetterA; row.Cells[i].Letters == 0 {
					row.Cells[i].Letters = LetterR
				}
			}
		}
	}
}

// keeps is the column that keeps the A of a row with several; -1 where nobody said which.
func (p *gridPlanner) keeps(key int, have []int) int {
	if h, decided := p.answers.Several[key]; decided {
		if at := p.heading(h); at >= 0 {
			return at
		}
	}
	switch p.answers.SomeA {
	case "first":
		return have[0]
	case "last":
		return have[len(have)-1]
	case "owner":
		return nobodys
	}
	return -1
}

func (p *gridPlanner) heading(h string) int {
	return slices.IndexFunc(p.plan.Roles, func(r RoleMatch) bool { return r.Heading == h })
}

func (p *gridPlanner) headings(at []int) []string {
	out := make([]string, len(at))
	for i, n := range at {
		out[i] = p.plan.Roles[n].Heading
	}
	return out
}
