package itsm

import (
	"fmt"
	"strings"
)

// Severity says how bad a gap is.
type Severity string

// The severities. Red is four things only: an Owner hat vacant; an activity nobody does or nobody answers for; a
// forbidden conflict without exception; an overdue policy driven by law or contract.
const (
	Red   Severity = "red"
	Amber Severity = "amber" // worth watching
	Grey  Severity = "grey"  // a question
)

// RowProblem is one thing a check of a row or a column says.
type RowProblem struct {
	Code     string
	Severity Severity
	Word     string // for the Check column: "No R"
	Sentence string
	RoleID   int64 // the role it is about, where it is about one
	RegionID int64
}

// RowChecks are how many rows of a matrix need mending, and how many of the others are worth watching.
type RowChecks struct{ Fix, Watch int }

// From how many on a row or a column is asked about. They are questions, not rules: small enough to be met, large
// enough that most rows stay quiet.
const (
	manyR, manyC, manyI    = 4, 5, 6
	wholeRow, quietColumns = 5, 4
	columnRows             = 6 // columns of shorter matrices are not asked about
	manyOfColumn           = 60
)

// Problems are what the rules and hints say of a row, worst first, for a region (0: all) and a service (0: any). A row
// whose A comes from the owner is no problem, nor is a vacant Owner: that is one gap, not one per row.
func (m *Matrix) Problems(row Row, region, service int64) []RowProblem {
	q := m.ask(region, service)
	defer q.done()
	return q.problems(&row)
}

// rowProblems are what is said of one row, as it is found.
type rowProblems []RowProblem

func (all *rowProblems) say(s Severity, code, word, format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	*all = append(*all, RowProblem{Code: code, Severity: s, Word: word, Sentence: format})
}

func (q *asking) check(row *Row) []RowProblem {
	var found rowProblems
	q.m.checkDoing(row, q.region, &found)
	if p := q.wrong(row.Find(LetterA)); p.Code != "" {
		found = append(found, *p)
	}
	for i := range row.Cells {
		if role := &q.m.Columns[i].Role; role.Archived && row.Cells[i].Letters != 0 {
			found.say(Amber, "role-retired", "Role retired", "%s is retired and still has letters here.", role.Name)
			found[len(found)-1].RoleID = role.ID
		}
	}
	askRow(row, &found)
	return worstFirst(found)
}

func (m *Matrix) checkDoing(row *Row, region int64, found *rowProblems) {
	region = m.known(region)
	does, held, there := false, false, false
	for i := range row.Cells {
		if !row.Cells[i].Letters.Has(LetterR) {
			continue
		}
		c := &m.Columns[i]
		does, held, there = true, held || c.Held(), there || m.reaches(c, region)
	}
	switch {
	case !does:
		found.say(Red, "no-responsible", "No R", "Nobody does “%s”: give one role the R.", row.Name)
	case !held:
		found.say(Red, "responsible-unheld", "R held by nobody", "%s should do “%s”, and nobody wears the hat.", strings.Join(m.rolesWith(row, LetterR), ", "), row.Name)
	case !there:
		r, _ := m.Region(region)
		found.say(Amber, "responsible-unheld-region", "R held by nobody in "+r.Name, "Nobody in %s wears a hat that does “%s”.", r.Name, row.Name)
	}
}

// rolesWith are the names of the roles that have a letter in a row.
func (m *Matrix) rolesWith(row *Row, letter Letters) (names []string) {
	for i := range row.Cells {
		if row.Cells[i].Letters.Has(letter) {
			names = append(names, m.Columns[i].Role.Name)
		}
	}
	return names
}

// reaches says whether anybody wears the role for a region: there, above it or below it.
func (m *Matrix) reaches(c *Column, region int64) bool {
	return region == 0 || c.Role.Kind == Whoever || anyOf(c.Holdings, func(h *Holding) bool { return h.Counts() && m.inPlace(h, region) })
}

// within says that a region is another, or lies in it.
func (m *Matrix) within(region, other int64) bool {
	for range len(m.Regions) + 1 {
		if region == other {
			return true
		}
		r, _ := m.Region(region)
		if region = r.ParentID; region == 0 {
			return false
		}
	}
	return false
}

// checkAnswering judges who answers, ownerless where no Owner would step in; without a code nothing is wrong.
func checkAnswering(a *Accountable, ownerless bool) (p RowProblem) {
	role, fault := a.Role.Name, a.Fault()
	p.RoleID = a.Role.ID
	switch {
	case a.Role.ID == 0:
		p.Code, p.Severity, p.Word, p.Sentence = "nobody-answers", Red, "Nobody answers", "There is no A, and no Owner role to answer."
	case fault != nil && fault.State == HeldBySome:
		where := inPlace(fault.Holding)
		p.Code, p.Severity, p.Word = "accountable-several", Amber, fmt.Sprintf("A held by %d", fault.Count)+inRegion(fault.Holding)
		if where == "" {
			where = " in the same place"
		}
		p.Sentence = fmt.Sprintf("%s wear the hat %s%s; one of them has to answer.", NamesAnd(fault.Names), role, where)
		p.RegionID = fault.Holding.RegionID
	case fault != nil:
		p.Code, p.Severity, p.Word = "accountable-no-lead", Red, "Nobody answers"+inRegion(fault.Holding)
		p.Sentence = fmt.Sprintf("%s holds %s%s, and nobody answers for it: name a lead or a contact on our side.", fault.Holding.Name, role, inRegion(fault.Holding))
		p.RegionID = fault.Holding.RegionID
	case a.State == Unheld && a.Explicit && a.UpToOwner:
		p.Code, p.Severity, p.Word = "accountable-vacant", Red, "A vacant"
		p.Sentence = fmt.Sprintf("Nobody wears the hat %s, nor the Owner's: nobody answers.", role)
	case a.State == Unheld: // the Owner hat is vacant: one gap of the process, not one per row
	case a.UpToOwner:
		p.Code, p.Severity, p.Word = "accountable-vacant", Amber, "A vacant"
		p.Sentence = fmt.Sprintf("Nobody wears the hat %s; the Owner answers meanwhile.", role)
	case len(a.Vacant) > 0 && a.Explicit && ownerless:
		p.Code, p.Severity, p.Word = "accountable-vacant-region", Red, "A vacant in "+places(a.Vacant)
		p.Sentence = fmt.Sprintf("Nobody wears the hat %s in %s, nor the Owner's: nobody answers there.", role, RegionNames(a.Vacant))
		p.RegionID = a.Vacant[0].ID
	case len(a.Vacant) > 0 && a.Explicit:
		p.Code, p.Severity, p.Word = "accountable-vacant-region", Amber, "A vacant in "+places(a.Vacant)
		p.Sentence = fmt.Sprintf("Nobody wears the hat %s in %s; the Owner answers there meanwhile.", role, RegionNames(a.Vacant))
		p.RegionID = a.Vacant[0].ID
	case a.Outside():
		p.Code, p.Severity, p.Word = "accountable-outside", Amber, "A outside"
		p.Sentence = fmt.Sprintf("%s of %s answers; the A should stay inside the organisation.", a.Holding.Answers, a.Holding.Employer)
	}
	return p
}

func places(regions []RegionRef) string {
	if len(regions) > 2 {
		return fmt.Sprintf("%d regions", len(regions))
	}
	return RegionNames(regions)
}

// RegionNames are regions in a sentence.
func RegionNames(regions []RegionRef) string {
	all := make([]string, len(regions))
	for i, r := range regions {
		all[i] = r.Name
	}
	return strings.Join(all, ", ")
}

// fewNames is up to how many names stand one by one.
const fewNames = 4

// NamesAnd is "Ana Souza, Lin Wei and Marta Nowak"; of many the first, and how many more there are.
func NamesAnd(names []string) string {
	if more := len(names) - fewNames; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:fewNames], ", "), more)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// askRow looks along a row for what is allowed and worth a question.
func askRow(row *Row, found *rowProblems) {
	r, c, i, filled := row.Count(LetterR), row.Count(LetterC), row.Count(LetterI), 0
	for n := range row.Cells {
		l := row.Cells[n].Letters
		if l != 0 {
			filled++
		}
		if l&(LetterA|LetterR) != 0 && l&(LetterC|LetterI) != 0 {
			found.say(Grey, "redundant", "C or I beside A or R", "Who answers or does it is asked and told anyway: the C or I says nothing more.")
		}
	}
	switch {
	case filled >= wholeRow && filled == len(row.Cells):
		found.say(Grey, "everybody", "Everybody is in it", "Every role has a letter here: is each of them needed?")
	case c >= manyC:
		found.say(Grey, "many-consulted", fmt.Sprintf("%d × C", c), "%d roles are asked: do all need to be? Each one slows the work.", c)
	case i >= manyI:
		found.say(Grey, "many-informed", fmt.Sprintf("%d × I", i), "%d roles are told: every time, or only of exceptions?", i)
	}
	if r >= manyR {
		found.say(Grey, "many-responsible", fmt.Sprintf("%d × R", r), "%d roles do it: too many hands, or several activities in one?", r)
	}
	if filled > 0 && c == 0 && i == 0 && len(row.Cells) >= quietColumns {
		found.say(Grey, "quiet", "No C, no I", "Nobody is asked and nobody is told: are the teams talking?")
	}
}

// ColumnQuestions are what looking down the columns asks, by column; retired roles are said in the rows.
func (m *Matrix) ColumnQuestions() [][]RowProblem {
	out := make([][]RowProblem, len(m.Columns))
	if len(m.Rows) < columnRows {
		return out
	}
	totals, rows := m.tally()
	for i, t := range totals {
		role, filled := &m.Columns[i].Role, rows[i]
		say := func(code, word, format string, args ...any) {
			out[i] = append(out[i], RowProblem{Code: code, Severity: Grey, Word: word, Sentence: fmt.Sprintf(format, args...), RoleID: role.ID})
		}
		many := func(n int) bool { return n*100 >= len(m.Rows)*manyOfColumn }
		switch {
		case role.Kind == Owner: // answers for the process whatever the letters
		case filled == 0:
			say("column-empty", "No letter", "%s has no letter yet: does it belong in this matrix?", role.Name)
		case t.I == filled:
			say("column-told", "Only told", "%s is only ever told: a mailing list would do.", role.Name)
		case t.A == 0 && t.R == 0 && role.Kind != Whoever:
			say("column-audience", "No A, no R", "%s neither answers nor does: a role, or an audience?", role.Name)
		}
		if many(t.A) && role.Kind != Owner {
			say("column-many-a", fmt.Sprintf("%d × A", t.A), "%s answers for %d of %d activities: can some move closer to the work?", role.Name, t.A, len(m.Rows))
		}
		if many(t.R) {
			say("column-many-r", fmt.Sprintf("%d × R", t.R), "%s does %d of %d activities: can one role do all this?", role.Name, t.R, len(m.Rows))
		}
		if filled == len(m.Rows) {
			say("column-full", "In every row", "%s is in every row: does it need to be in everything?", role.Name)
		}
	}
	return out
}

func worstFirst(all []RowProblem) []RowProblem {
	if len(all) < 2 {
		return all
	}
	out := make([]RowProblem, 0, len(all))
	for _, s := range []Severity{Red, Amber, Grey} {
		for i := range all {
			if all[i].Severity == s {
				out = append(out, all[i])
			}
		}
	}
	return out
}

// Worst is the worst severity among problems; "" for none.
func Worst(all []RowProblem) (worst Severity) {
	for i := range all {
		if s := all[i].Severity; worst == "" || severityRank[s] < severityRank[worst] {
			worst = s
		}
	}
	return worst
}
