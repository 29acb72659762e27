package page

import (
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// namesURL is where a matrix is taken out with names instead of letters.
func (v RACI) namesURL() string {
	at := v.At
	at.View, at.Role = "", 0
	return RACIURL(v.Matrix.ProcessID, v.Matrix.Process) + "/names" + at.query()
}

// lettersAt is the view as its files of letters know it: which rows are shown, which only the region and the service decide
// among gaps. Everything else in them is the same in each view.
func (v RACI) lettersAt() RACIView {
	if !v.At.OnlyGaps {
		return RACIView{}
	}
	at := v.At
	at.View, at.Role = "", 0
	return at
}

// files are what the matrix can be taken out as: with the names that a view shows first, where it shows them.
func (v RACI) files() (links []ui.Link) {
	before := ""
	if v.At.View == "people" || v.At.View == "list" {
		before = "Letters of roles: "
		for _, f := range ListFiles(v.namesURL()) {
			links = append(links, ui.Link{Text: "Names, by activity: " + f.Text, Href: f.Href})
		}
	}
	address := v.lettersAt().URL(v.Matrix)
	for _, f := range []struct{ kind, text string }{
		{"xlsx", "Workbook (XLSX), with who wears the hats"}, {"csv", "Table (CSV)"}, {"md", "Markdown, for a wiki"}, {"html", "Web page (HTML)"},
	} {
		links = append(links, ui.Link{Text: before + f.text, Href: FileURL(address, f.kind)})
	}
	return links
}

// namedLetters are the columns of names.
func (v RACI) namedLetters() []itsm.Letters {
	letters := []itsm.Letters{itsm.LetterA, itsm.LetterR, itsm.LetterC, itsm.LetterI}
	if v.Supports {
		letters = append(letters, itsm.LetterS)
	}
	return letters
}

// NamesHead are the columns of a matrix with names.
func (v RACI) NamesHead() []string {
	head := []string{"No", "Section", "Activity"}
	for _, l := range v.namedLetters() {
		head = append(head, map[itsm.Letters]string{
			itsm.LetterA: "Answers for it (A)", itsm.LetterR: "Does it (R)", itsm.LetterC: "Gives input (C)", itsm.LetterI: "Is told (I)", itsm.LetterS: "Supports (S)",
		}[l])
	}
	return append(head, "Remark")
}

// Names are the rows that are shown with who wears their letters, in the region, for the service and on the day of the view. The
// first says of which these are.
func (v RACI) Names() [][]string {
	m := *v.Matrix
	m.Lay = v.Around.Lay // by the hats of another practice nobody is named
	first := make([]string, len(v.NamesHead()))
	first[len(first)-1] = v.namesOf()
	lines := [][]string{first}
	for _, row := range v.Shown() {
		line := []string{strconv.Itoa(row.Position), row.Section, row.Name}
		for _, l := range v.namedLetters() {
			text := filed(m.DoersFor(row, l, v.At.Region, v.At.Service))
			if l == itsm.LetterA {
				text += v.above(&m, row)
			}
			line = append(line, text)
		}
		lines = append(lines, append(line, ""))
	}
	return lines
}

// above is who answers in the regions in which nobody wears the role of the A, while no region is asked about.
func (v RACI) above(m *itsm.Matrix, row itsm.Row) string {
	var list []itsm.Doer
	for _, r := range m.Answers(row, v.At.Region, v.At.Service).Vacant {
		for _, d := range m.DoersFor(row, itsm.LetterA, r.ID, v.At.Service) {
			d.Region = r.Name
			list = append(list, d)
		}
	}
	if len(list) == 0 || m.Lay != nil {
		return ""
	}
	return "; " + filed(list)
}

// namesOf says for which region, service and day names stand.
func (v RACI) namesOf() string {
	where := "In all regions"
	if r, ok := v.Matrix.Region(v.At.Region); ok {
		where = "In " + r.Name
	}
	if s, ok := v.Matrix.Service(v.At.Service); ok {
		where += ", for " + s.Name
	}
	parts := []string{where + ".", v.Days.Standing()}
	switch {
	case v.Around.Lay != nil:
		parts = append(parts, layText(v.Around.Lay, v.Matrix.Process, v.Days.At))
	case v.Around.Recorded != nil && v.Days.At.Before(*v.Around.Recorded):
		parts = append(parts, unrecordedText(v.Matrix.Process, *v.Around.Recorded, v.Days.At))
	}
	if late := v.late(); len(late) > 0 {
		parts = append(parts, "Put on record after that day: "+strings.Join(late, "; ")+".")
	}
	return strings.Join(parts, " ")
}

// late are the hats among those that were put on record only after the day, each with when and by whom.
func (v RACI) late() (late []string) {
	if v.Around.Lay != nil { // nobody is named by hats that counted only later
		return nil
	}
	said := map[int64]bool{}
	for _, c := range append([]itsm.Column{v.Matrix.Owner}, v.Matrix.Columns...) {
		for _, h := range c.Holdings {
			if text := lateText(v.Days, h); text != "" && h.Counts() && !said[h.AssignmentID] {
				said[h.AssignmentID] = true
				late = append(late, h.Name+" as "+c.Role.Name+" "+text)
			}
		}
	}
	return late
}
