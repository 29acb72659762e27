package sheet

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hatrack/internal/itsm"
)

// StagedGrid is one plain grid of a file, ready to be compared with a process: what was read, what was repaired, and
// what is left out, line by line. Doubts are sentences about whole columns that may have been meant otherwise.
type StagedGrid struct {
	Name    string
	Where   string
	Listed  itsm.ListedGrid
	Repairs []Repair
	Remarks []string
	Doubts  []string
}

// oddMax is the longest text of a cell that may still be somebody's letter; a longer one is a remark.
const oddMax = 3

// standFor is what the file says that headings stand for: more of a name than the heading, and not of its letters.
func (g Grid) standFor() map[string]string {
	var out map[string]string
	for _, role := range g.Roles {
		means := g.Legend[role]
		if utf8.RuneCountInString(means) <= utf8.RuneCountInString(role) || explained(means) != "" {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[role] = means
	}
	return out
}

// Staged is the grid as it is compared with a process. What is longer than a letter could be is left out and said.
func (g Grid) Staged() StagedGrid {
	out := StagedGrid{Name: g.Name, Where: g.Where, Repairs: g.Repairs, Listed: itsm.ListedGrid{Roles: g.Roles, Means: g.standFor()}}
	for _, n := range g.Notes {
		out.Remarks = append(out.Remarks, fmt.Sprintf("Line %d: %s", n.Line, short(oneLine(n.Text))))
	}
	for _, p := range g.Problems {
		if p.Code == "letters-left-out" {
			out.Doubts = append(out.Doubts, p.Text)
		}
	}
	for _, a := range g.Activities {
		row := itsm.ListedActivity{Line: a.Line, Name: a.Name, Section: a.Section, Note: a.Note, Cells: map[string]itsm.ListedCell{}}
		for _, role := range g.Roles {
			c, given := a.Cells[role]
			if !given {
				continue
			}
			letters, _ := itsm.ParseLetters(c.RACI())
			cell := itsm.ListedCell{Letters: letters, Note: c.Note}
			for _, l := range c.Letters {
				if !isLetter(l) {
					cell.Other = append(cell.Other, l)
				}
			}
			if text := oneLine(c.Raw); letters == 0 && len(cell.Other) == 0 && text != "" {
				if utf8.RuneCountInString(text) <= oddMax {
					cell.Other = append(cell.Other, strings.ToUpper(text))
				} else {
					out.Remarks = append(out.Remarks, fmt.Sprintf("Line %d, %s: “%s” is no letter and is left out.", a.Line, role, short(text)))
					continue
				}
			}
			row.Cells[role] = cell
		}
		out.Listed.Rows = append(out.Listed.Rows, row)
	}
	return out
}
