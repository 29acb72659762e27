package itsm

import "slices"

// Wearer is whoever has letters in a matrix by person: a person, a team or a company, "whoever it is in the case", or a
// role that nobody wears. Cells stand in the order of the matrix's rows.
type Wearer struct {
	PersonID, TeamID, CompanyID int64
	Name                        string
	Employer                    string
	Role                        RoleRef // where nobody wears it, or whoever it is in the case
	Roles                       []string
	Capacity                    Capacity // the weakest: all that the wearer does there is acting
	Cells                       []WornCell
}

// WornCell is what one wearer does in one activity. FromAbove says that the A comes from the Owner hat, Through that
// something is done as, or answered for, a team.
type WornCell struct {
	Letters   Letters
	FromAbove bool
	Through   bool
}

// ByPerson turns a matrix to those who wear its roles, for a region and a service: each gets the letters of their roles,
// and an A stands with the one whom it resolves to. What a team or a company does stays with it.
func (m *Matrix) ByPerson(region, service int64) []Wearer {
	t := &turned{m: m, region: m.known(region), service: service}
	for i, c := range m.Columns {
		t.column(i, c)
	}
	for i, row := range m.Rows {
		t.answering(i, row)
	}
	return slices.DeleteFunc(t.all, func(w Wearer) bool {
		return !slices.ContainsFunc(w.Cells, func(c WornCell) bool { return c.Letters != 0 || c.FromAbove })
	})
}

type turned struct {
	m               *Matrix
	region, service int64
	all             []Wearer
}

// column gives the letters of a role, but for the A, to those who wear it there.
func (t *turned) column(i int, c Column) {
	var wearers []int
	if c.Role.Kind != Whoever {
		for _, h := range c.Holdings {
			if h.Counts() && t.there(h) {
				wearers = append(wearers, t.holder(h, c.Role.Name))
			}
		}
	} else if s, ok := t.m.Service(t.service); ok && c.Role.StandsFor == "service owner" {
		for _, h := range s.Owners {
			if h.Counts() {
				wearers = append(wearers, t.holder(h, c.Role.Name))
			}
		}
	}
	if len(wearers) == 0 {
		wearers = []int{t.at(Wearer{Name: c.Role.Name, Role: c.Ref()}, "")}
	}
	for r, row := range t.m.Rows {
		for _, w := range wearers {
			t.all[w].Cells[r].Letters |= row.Cells[i].Letters &^ LetterA
			t.all[w].Cells[r].Through = t.all[w].Cells[r].Letters != 0 && t.all[w].TeamID != 0
		}
	}
}

func (t *turned) there(h Holding) bool {
	return t.m.inPlace(&h, t.region) && (t.service == 0 || h.ServiceID == 0 || h.ServiceID == t.service)
}

// answering puts the A of a row with whom it resolves to; with all of them where no region was chosen.
func (t *turned) answering(r int, row Row) {
	a := t.m.Answers(row, t.region, t.service)
	give := func(w int) {
		if a.Explicit && !a.UpToOwner {
			t.all[w].Cells[r].Letters |= LetterA
		} else {
			t.all[w].Cells[r].FromAbove = true
		}
	}
	through := func(h Holding, role string) {
		w := t.answerer(h, role)
		give(w)
		if h.TeamID != 0 {
			t.all[w].Cells[r].Through = true
		}
	}
	if a.State == Named {
		through(a.Holding, a.Role.Name)
		return
	}
	c := t.m.Owner
	if at := row.Find(LetterA); at >= 0 && !(a.UpToOwner && a.State != Unheld) {
		c = t.m.Columns[at]
	}
	among := t.m.among(c.Holdings, t.region, t.service)
	if a.State == InCase {
		among = Those(inOffice(c.Holdings), func(h *Holding) bool { return t.there(*h) })
	}
	given := false
	for _, h := range among {
		if h.AnswersID != 0 {
			through(h, c.Role.Name)
			given = true
		}
	}
	if !given && c.Role.ID != 0 {
		give(t.at(Wearer{Name: c.Role.Name, Role: c.Ref()}, ""))
	}
}

// holder is the wearer of a holding as it stands: the person, the team or the company.
func (t *turned) holder(h Holding, role string) int {
	return t.at(Wearer{PersonID: h.PersonID, TeamID: h.TeamID, CompanyID: h.CompanyID, Name: h.Name, Employer: h.Employer, Capacity: h.Capacity}, role)
}

// answerer is the living person who answers for a holding.
func (t *turned) answerer(h Holding, role string) int {
	if h.PersonID != 0 {
		return t.holder(h, role)
	}
	return t.at(Wearer{PersonID: h.AnswersID, Name: h.Answers, Capacity: h.Capacity}, role)
}

// at finds or adds a wearer, who then wears role too.
func (t *turned) at(w Wearer, role string) int {
	i := slices.IndexFunc(t.all, func(o Wearer) bool {
		return o.PersonID == w.PersonID && o.TeamID == w.TeamID && o.CompanyID == w.CompanyID && o.Role.ID == w.Role.ID
	})
	if i < 0 {
		w.Cells = make([]WornCell, len(t.m.Rows))
		t.all = append(t.all, w)
		i = len(t.all) - 1
	}
	if role != "" && !slices.Contains(t.all[i].Roles, role) {
		t.all[i].Roles = append(t.all[i].Roles, role)
	}
	if w.Capacity != Acting {
		t.all[i].Capacity = w.Capacity
	}
	return i
}
