package itsm

import (
	"slices"
	"strings"
	"time"
)

// Reply is what is known about one thing that a question asks about, one line for each who is named.
type Reply struct {
	About QuestionAbout
	// What the question turned out to be about: an activity in its process, or what a role hangs on.
	Kind   SearchKind
	ID     int64
	Name   string
	InID   int64 // the activity's process
	In     string
	Role   Role   // of a role
	For    *Found // the process or policy asked about, where the role answers for it and hangs on something else
	Lines  []ReplyLine
	More   int // lines left out
	Vacant bool
	On     *time.Time // the day it is true of; nil is today
	Ahead  bool       // that day is still to come
	// Recorded is the day on which it was put on record, where that is after On: of On nothing is known but what was entered later.
	Recorded *time.Time
	Lay      *Lay   // where the process lay on that day, in another practice than today
	Where    string // the regions asked about, "Japan and India"; "" is everywhere
	RegionID int64  // of the only one
	// Elsewhere says that nobody wears the role there, and others do elsewhere; Owner is who answers there then, if anybody.
	Elsewhere bool
	Owner     *ReplyLine
}

// ReplyLine names who it is, through what and where.
type ReplyLine struct {
	Holding Holding // of whom it is; without a name nobody
	Role    RoleRef
	Region  string
	Service string
	// Of an A: how far it resolves, and through what.
	Accountable Accountable
	Elsewhere   bool // nobody wears the role in the regions asked about, and others do elsewhere
}

// replyLines is how many lines of an answer are shown.
const replyLines = 12

// ReplyTo says what a matrix knows of a question about one of its activities; regions narrow it to where was asked.
func (m *Matrix) ReplyTo(q Question, activity int64, regions []RegionRef) (Reply, bool) {
	row, ok := m.Row(activity)
	a := Reply{About: q.About, Kind: FoundActivity, ID: activity, Name: row.Name, InID: m.ProcessID, In: m.Process, Where: regionNames(regions)}
	if len(regions) == 1 {
		a.RegionID = regions[0].ID
	}
	if !ok || q.Letter() == 0 {
		return a, false
	}
	if q.About == WhoAnswers {
		a.Lines = m.answering(row, regions)
	} else {
		a.Lines = m.taking(row, q.Letter(), regions)
	}
	if m.Lay != nil {
		a.Lay, a.Lines = m.Lay, slices.DeleteFunc(a.Lines, m.byTodaysPractice)
	}
	a.Vacant = len(a.Lines) == 0 && m.Lay == nil
	return a.cut(), true
}

// byTodaysPractice says that a line goes by a hat of the practice in which the process lies today.
func (m *Matrix) byTodaysPractice(l ReplyLine) bool {
	if (l.Accountable.UpToOwner || l.Role.ID == m.Owner.Role.ID) && m.laidElsewhere(m.Owner) {
		return true
	}
	at := m.Column(l.Role.ID)
	return at >= 0 && m.laidElsewhere(m.Columns[at])
}

// laidElsewhere says that a column is a hat of today's practice, and that the process went by another one on the day.
func (m *Matrix) laidElsewhere(c Column) bool {
	return m.Lay != nil && c.Source == OfPractice && !slices.Contains(m.Lay.Along, c.Role.ID)
}

// answering is who answers for a row, region by region where they differ.
func (m *Matrix) answering(row Row, regions []RegionRef) (lines []ReplyLine) {
	line := func(a Accountable, region string) {
		lines = append(lines, ReplyLine{Holding: a.Holding, Role: a.Role, Region: region, Service: a.Holding.Service, Accountable: a})
	}
	for _, r := range regions {
		line(m.Answers(row, r.ID, 0), r.Name)
		if at := row.Find(LetterA); at >= 0 {
			lines[len(lines)-1].Elsewhere = anyOf(m.Columns[at].Holdings, (*Holding).Counts)
		}
	}
	if len(regions) > 0 {
		return lines
	}
	a := m.Answers(row, 0, 0)
	if a.State == PerRegion || !a.UpToOwner && (a.State == HeldBySome || a.State == WithoutLead) {
		m.eachRegion(row, line)
	} else {
		line(a, a.Holding.Region)
	}
	for _, r := range a.Vacant {
		line(m.Answers(row, r.ID, 0), r.Name)
	}
	return lines
}

// eachRegion goes through the regions in which the A of a row is held.
func (m *Matrix) eachRegion(row Row, line func(Accountable, string)) {
	c := m.Owner
	if at := row.Find(LetterA); at >= 0 {
		c = m.Columns[at]
	}
	seen := map[int64]bool{}
	for _, h := range inOffice(c.Holdings) {
		if seen[h.RegionID] {
			continue
		}
		seen[h.RegionID] = true
		if h.RegionID != 0 {
			line(m.Answers(row, h.RegionID, 0), h.Region)
			continue
		}
		elsewhere := m.Elsewhere(&c, 0)
		elsewhere.Explicit = row.Find(LetterA) >= 0
		where := ""
		if byRegion(c.Holdings) {
			where = "elsewhere"
		}
		line(elsewhere, where)
	}
}

// Elsewhere resolves a role where no region has its own holder: those who wear it without one.
func (m *Matrix) Elsewhere(c *Column, service int64) Accountable {
	a := Accountable{Role: c.Ref(), State: Unheld}
	a.at(m.nearest(inCase(c.Holdings, service), 0), service)
	a.signed(c.Holdings, service)
	return a
}

// byRegion says that some of the holdings are for a region.
func byRegion(holdings []Holding) bool {
	return anyOf(inOffice(holdings), func(h *Holding) bool { return h.RegionID != 0 })
}

// taking is who has a letter in a row.
func (m *Matrix) taking(row Row, letter Letters, regions []RegionRef) (lines []ReplyLine) {
	for i, cell := range row.Cells {
		if !cell.Letters.Has(letter) {
			continue
		}
		c, before := m.Columns[i], len(lines)
		for _, h := range c.Holdings {
			if h.Counts() && c.Role.Kind != Whoever && m.anyReaches(regions, h.RegionID) {
				lines = append(lines, ReplyLine{Holding: h, Role: c.Ref(), Region: h.Region, Service: h.Service})
			}
		}
		if len(lines) == before {
			state := Unheld
			if c.Role.Kind == Whoever {
				state = InCase
			}
			lines = append(lines, ReplyLine{
				Role: c.Ref(), Accountable: Accountable{Role: c.Ref(), State: state}, Elsewhere: state == Unheld && anyOf(c.Holdings, (*Holding).Counts),
			})
		}
	}
	return lines
}

// anyReaches says that a holding's region has to do with one of those asked about; with none asked about, each has.
func (m *Matrix) anyReaches(regions []RegionRef, held int64) bool {
	return len(regions) == 0 || held == 0 || slices.ContainsFunc(regions, func(r RegionRef) bool { return m.within(r.ID, held) || m.within(held, r.ID) })
}

// HeldReply says who wears a role that a question asks about, in the regions asked about. Who manages or owns something
// there is whoever answers there, the nearest up the tree; of other hats whoever wears them there, above or below. Where
// nobody does, though others do elsewhere, owner answers: the role of the Owner there, if any.
func HeldReply(about QuestionAbout, r Role, owner *Role, holdings []Holding, regions, tree []RegionRef) Reply {
	a := Reply{About: about, Kind: FoundRole, ID: r.ID, Name: r.Name, In: r.ScopeName, Role: r, Where: regionNames(regions)}
	m := &Matrix{Regions: tree}
	all := Those(holdings, func(h *Holding) bool { return h.RoleID == r.ID && h.Counts() })
	here := m.placed(about, r, all, regions)
	signing := map[int64]bool{}
	for _, h := range here {
		l := ReplyLine{Holding: h, Role: RoleRef{r.ID, r.Kind, r.Name}, Region: h.Region, Service: h.Service}
		if l.Accountable.SignsFor = deputyOf(&h, all, 0); l.Accountable.SignsFor != nil {
			signing[l.Accountable.SignsFor.AssignmentID] = true
		}
		a.Lines = append(a.Lines, l)
	}
	// Who signs for somebody is told beside them.
	a.Lines = slices.DeleteFunc(a.Lines, func(l ReplyLine) bool { return l.Holding.Capacity == Deputy && signing[l.Holding.AssignmentID] })
	a.Vacant = len(a.Lines) == 0 && r.Kind != Whoever
	if a.Elsewhere = a.Vacant && len(inOffice(all)) > 0; a.Elsewhere && owner != nil {
		if up := HeldReply(WhoAnswers, *owner, nil, holdings, regions, tree); len(up.Lines) > 0 {
			a.Owner = &up.Lines[0]
		}
	}
	return a.cut()
}

// regionNames are regions in a sentence.
func regionNames(regions []RegionRef) string {
	var names []string
	for _, r := range regions {
		names = append(names, r.Name)
	}
	return strings.Join(names, " and ")
}

// placed are the holdings of a role that have to do with the regions asked about: all of them where none is.
func (m *Matrix) placed(about QuestionAbout, r Role, all []Holding, regions []RegionRef) (here []Holding) {
	near := func(h *Holding) bool { return m.anyReaches(regions, h.RegionID) }
	if len(regions) == 0 || r.Kind != Owner && r.Kind != Manager {
		return Those(all, near)
	}
	take := func(some []Holding) {
		for _, h := range some {
			if !anyOf(here, func(o *Holding) bool { return o.AssignmentID == h.AssignmentID }) {
				here = append(here, h)
			}
		}
	}
	for _, at := range regions {
		take(m.among(all, at.ID, 0))
		if below := Those(inOffice(all), func(h *Holding) bool { return m.within(h.RegionID, at.ID) }); about == WhoHolds || len(here) == 0 {
			take(below)
		}
	}
	return here
}

func (a Reply) cut() Reply {
	a.More = max(len(a.Lines)-replyLines, 0)
	a.Lines = a.Lines[:len(a.Lines)-a.More]
	return a
}

// NamedRegions are the regions that stand among the words of a question, by their whole name, of one word or of several;
// not those that are only a part of a longer name.
func NamedRegions(words []string, regions []RegionRef) (named []RegionRef) {
	said := spaced(words)
	for _, r := range regions {
		if name := spaced(SearchWords(r.Name)); name != "  " && strings.Contains(said, name) {
			named = append(named, r)
		}
	}
	return slices.DeleteFunc(slices.Clone(named), func(r RegionRef) bool {
		return slices.ContainsFunc(named, func(o RegionRef) bool {
			return len(o.Name) > len(r.Name) && strings.Contains(spaced(SearchWords(o.Name)), spaced(SearchWords(r.Name)))
		})
	})
}

// spaced are words with a space around each, in small letters.
func spaced(words []string) string { return " " + strings.ToLower(strings.Join(words, " ")) + " " }
