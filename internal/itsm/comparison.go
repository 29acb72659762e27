package itsm

import (
	"cmp"
	"slices"
)

// Comparison is two days of one matrix side by side: of each activity who wore its letters then and who does later.
type Comparison struct {
	From, To *Matrix
	Rows     []ComparedRow
}

// ComparedRow is one activity on both days. Position, section and name are the later day's, where the activity is there.
type ComparedRow struct {
	ActivityID    int64
	Position      int
	Section, Name string
	In, Gone      bool // only the later day's, or only the earlier day's definition has it
	Letters       []ComparedLetter
}

// ComparedLetter is who wore one letter of a row on each day.
type ComparedLetter struct {
	Letter   Letters
	From, To []Doer
	Ended    []Doer // there on the earlier day and not on the later
	Begun    []Doer // there on the later day and not on the earlier
}

// Changed says that others wear the letter on the later day.
func (l ComparedLetter) Changed() bool { return len(l.Ended)+len(l.Begun) > 0 }

// Changed says that anything of the row is other on the later day.
func (r ComparedRow) Changed() bool {
	return r.In || r.Gone || slices.ContainsFunc(r.Letters, ComparedLetter.Changed)
}

// Doer is one who wears a letter of an activity: a person, a team or a company through a role; or that role, where nobody
// wears it or it is whoever it is in the case.
type Doer struct {
	PersonID, TeamID, CompanyID int64
	Name                        string // "" where nobody wears the role
	Role                        RoleRef
	Region, Service             string
	Capacity                    Capacity
	FromOwner                   bool   // an A that no role of the row has
	For                         string // whom a deputy signs for, or which team or company the person answers for
	InCase                      bool
	Lay                         string // the practice whose hat it went by, where the process was moved since; it is not said who that was
	Unrecorded                  bool   // the process was not on record then, and lay elsewhere afterwards
}

// Compare puts two days of a matrix side by side, for a region (0: all). Rows stand in the later day's order; what only
// the earlier day has comes last.
func Compare(from, to *Matrix, region int64) Comparison {
	c := Comparison{From: from, To: to}
	for _, row := range to.Rows {
		before, was := from.Row(row.ActivityID)
		c.Rows = append(c.Rows, comparedRow(from, to, before, row, region, was, true))
	}
	for _, row := range from.Rows {
		if _, is := to.Row(row.ActivityID); !is {
			c.Rows = append(c.Rows, comparedRow(from, to, row, row, region, true, false))
		}
	}
	return c
}

// Changed are the rows in which anything is other on the later day.
func (c Comparison) Changed() (rows []ComparedRow) {
	for _, r := range c.Rows {
		if r.Changed() {
			rows = append(rows, r)
		}
	}
	return rows
}

func comparedRow(from, to *Matrix, before, after Row, region int64, was, is bool) ComparedRow {
	out := ComparedRow{ActivityID: after.ActivityID, Position: after.Position, Section: after.Section, Name: after.Name, In: !was, Gone: !is}
	for _, letter := range []Letters{LetterA, LetterR, LetterS, LetterC, LetterI} {
		l := ComparedLetter{Letter: letter}
		if was {
			l.From = from.Doers(before, letter, region)
		}
		if is {
			l.To = to.Doers(after, letter, region)
		}
		if was && is {
			l.Ended, l.Begun = without(l.From, l.To), without(l.To, l.From)
		}
		if len(l.From)+len(l.To) > 0 {
			out.Letters = append(out.Letters, l)
		}
	}
	return out
}

// without are those of a list that another does not have.
func without(list, other []Doer) (left []Doer) {
	for _, d := range list {
		if !slices.Contains(other, d) {
			left = append(left, d)
		}
	}
	return left
}

// Doers are those who wear a letter of a row, for a region (0: all): an A stands with the living persons it resolves to,
// all other letters with everybody who wears a role that has them.
func (m *Matrix) Doers(row Row, letter Letters, region int64) []Doer {
	return m.DoersFor(row, letter, region, 0)
}

// DoersFor is Doers for a service (0: any).
func (m *Matrix) DoersFor(row Row, letter Letters, region, service int64) []Doer {
	region = m.known(region)
	if letter == LetterA {
		return m.answerers(row, region, service)
	}
	var out []Doer
	for i, cell := range row.Cells {
		if !cell.Letters.Has(letter) {
			continue
		}
		c := m.Columns[i]
		if m.laidElsewhere(c) {
			out = append(out, m.layDoer(c))
			continue
		}
		held, holdings := false, c.Holdings
		if s, named := m.Service(service); named && c.Role.StandsFor == "service owner" {
			holdings = s.Owners
		}
		for _, h := range holdings {
			if h.Counts() && m.inPlace(&h, region) && (service == 0 || h.ServiceID == 0 || h.ServiceID == service) {
				out, held = append(out, doer(c.Ref(), h)), true
			}
		}
		if !held {
			out = append(out, Doer{Role: c.Ref(), InCase: c.Role.Kind == Whoever})
		}
	}
	return inOrder(out)
}

// answerers are those who answer for a row: one where the A resolves to one, else all among whom the case decides.
func (m *Matrix) answerers(row Row, region, service int64) []Doer {
	c, explicit := m.Owner, false
	if at := row.Find(LetterA); at >= 0 {
		c, explicit = m.Columns[at], true
	}
	a := m.Answers(row, region, service)
	if m.laidElsewhere(c) || a.UpToOwner && m.laidElsewhere(m.Owner) {
		d := m.layDoer(c)
		d.FromOwner = !explicit
		return []Doer{d}
	}
	switch a.State {
	case InCase:
		return []Doer{{Role: c.Ref(), InCase: true, FromOwner: !explicit}}
	case Unheld:
		return []Doer{{Role: c.Ref(), FromOwner: !explicit}}
	case Named:
		if a.UpToOwner {
			c = m.Owner
		}
		return []Doer{a.doer(c.Ref(), !explicit || a.UpToOwner)}
	}
	if a.UpToOwner {
		c, explicit = m.Owner, false
	}
	var out []Doer
	for _, h := range m.among(c.Holdings, region, service) {
		d := answering(doer(c.Ref(), h), h)
		d.FromOwner = !explicit
		out = append(out, d)
	}
	return inOrder(out)
}

// layDoer stands for whoever wore a hat of the practice that the process lay in.
func (m *Matrix) layDoer(c Column) Doer {
	d := Doer{Role: c.Ref(), Lay: m.Lay.Practice, Unrecorded: m.Lay.Recorded != nil}
	if d.Lay == "" {
		d.Lay = "another practice"
	}
	return d
}

// doer is the one person whom an A resolves to.
func (a Accountable) doer(role RoleRef, fromOwner bool) Doer {
	d := answering(doer(role, a.Holding), a.Holding)
	if a.SignsFor != nil {
		d = doer(role, *a.SignsFor)
		_, d.For = a.Person()
	}
	d.FromOwner = fromOwner
	return d
}

// answering turns a team or a company that wears an A to the person who answers for it; where there is none it stays.
func answering(d Doer, h Holding) Doer {
	if h.PersonID == 0 && h.AnswersID != 0 {
		d.PersonID, d.TeamID, d.CompanyID, d.Name, d.For = h.AnswersID, 0, 0, h.Answers, h.Name
	}
	return d
}

func doer(role RoleRef, h Holding) Doer {
	return Doer{PersonID: h.PersonID, TeamID: h.TeamID, CompanyID: h.CompanyID, Name: h.Name, Role: role, Region: h.Region, Service: h.Service, Capacity: h.Capacity}
}

// inPlace says that a holding reaches a region: it is worn there, above it or below it.
func (m *Matrix) inPlace(h *Holding, region int64) bool {
	return region == 0 || h.RegionID == 0 || m.within(region, h.RegionID) || m.within(h.RegionID, region)
}

// inOrder sorts by role as they came, then by name, and leaves each once.
func inOrder(list []Doer) []Doer {
	place := map[int64]int{}
	for _, d := range list {
		if _, known := place[d.Role.ID]; !known {
			place[d.Role.ID] = len(place)
		}
	}
	slices.SortStableFunc(list, func(a, b Doer) int {
		return cmp.Or(cmp.Compare(place[a.Role.ID], place[b.Role.ID]), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Name, b.Name))
	})
	return slices.Compact(list)
}
