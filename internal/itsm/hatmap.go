package itsm

import (
	"cmp"
	"slices"
	"time"
)

// MapFilter narrows and orders who wears which hat; the zero value is everybody who wears one, team by team.
type MapFilter struct {
	Text       string // words found in name, e-mail or title; by practice, in its name
	RegionID   int64  // where people are, with everything below it; of chairs, the region they are wanted for
	TeamID     int64
	CompanyID  int64
	ManagerID  int64 // their people: whoever reports to them, directly or not
	Practices  []int64
	Kind       RoleKind
	Vacant     bool   // only what is vacant or covered for a while
	Sort       string // one of MapSorts; "" is by team
	Descending bool
	Page       int // from 1
	Size       int // people on a page, or by practice practices; 0 is as many as a screen shows
}

// People is how many people a page shows.
func (f MapFilter) People() int { return cmp.Or(f.Size, MapPage) }

// Scopes is how many practices a page by practice shows.
func (f MapFilter) Scopes() int { return cmp.Or(f.Size, MapPractices) }

// MapSorts are what the people of the map can be sorted by, beside their teams.
var MapSorts = []string{"name", "hats", "duties"}

const (
	// MapPage is how many people a page of the map shows, MapPractices how many practices a page by practice.
	MapPage      = 50
	MapPractices = 20
	// MapSheet is a Size for paper.
	MapSheet = 500
	// MapWhole is a Size that no organisation has the practices for: all of them, for a file.
	MapWhole = 100_000
	// MapMost bounds the people that the map orders and counts: beyond, it asks for a filter.
	MapMost = 1000
	// MapColumns is how many practices stand side by side.
	MapColumns = 30
)

// Personal says that the filter is about some people, so that what nobody wears is not part of the question.
func (f MapFilter) Personal() bool {
	return f.Text != "" || f.TeamID != 0 || f.CompanyID != 0 || f.ManagerID != 0
}

// Narrowed says that the filter leaves somebody out.
func (f MapFilter) Narrowed() bool {
	return f.Personal() || f.RegionID != 0 || len(f.Practices) > 0 || f.Kind != "" || f.Vacant
}

// MapPractice is a practice as the map names it.
type MapPractice struct {
	ID    int64
	Name  string
	State string // planned, in use, retired
	// ArchivedOn is the day on which it was archived, of a map of a day before; Became is what it was made one with then.
	ArchivedOn *time.Time
	Became     string
}

// MapHat is one role that somebody wears in a practice, with what it has in the matrices: A and R, and apart from them
// the activities that it answers for as Owner because no A stands there.
type MapHat struct {
	Role       RoleRef
	PracticeID int64
	Capacity   Capacity
	TeamID     int64 // 0: worn in person
	Team       string
	Region     string
	Until      *time.Time // the first day without
	A, R, Up   int
}

// MapRow is one person, or a company that holds hats itself, with what they wear.
type MapRow struct {
	PersonID  int64
	CompanyID int64 // of a person, where they come from
	Name      string
	Detail    string
	// Group is whom they stand with: their first team, else their company.
	Group     string
	GroupTeam int64
	Lead      bool
	Hats      []MapHat
}

// MapCell is what one of the map has in a practice: each kind of hat once, the letters that hang on them, and whether any
// comes through a team alone.
type MapCell struct {
	Hats     []MapHat
	A, R, Up int
	Through  string // the team; "" where every hat is worn in person
}

// Duties are the A and R held.
func (c MapCell) Duties() int { return c.A + c.R }

// Cell is what the row has in a practice; a role worn twice, in person and through a team, counts once.
func (r MapRow) Cell(practice int64) (c MapCell) {
	own := map[int64]bool{}
	for _, h := range r.Hats {
		if h.TeamID == 0 {
			own[h.Role.ID] = true
		}
	}
	counted := map[int64]bool{}
	for _, h := range r.Hats {
		if h.PracticeID != practice || h.TeamID != 0 && own[h.Role.ID] {
			continue
		}
		c.Hats = append(c.Hats, h)
		if h.TeamID != 0 && c.Through == "" {
			c.Through = h.Team
		}
		if !counted[h.Role.ID] {
			counted[h.Role.ID] = true
			c.A, c.R, c.Up = c.A+h.A, c.R+h.R, c.Up+h.Up
		}
	}
	return c
}

// Totals are the different roles that the row wears, and their A and R.
func (r MapRow) Totals() (hats, duties int) {
	seen := map[int64]bool{}
	for _, h := range r.Hats {
		if !seen[h.Role.ID] {
			seen[h.Role.ID] = true
			hats, duties = hats+1, duties+h.A+h.R
		}
	}
	return hats, duties
}

// Heat is how dark a cell is by the A and R it holds: from 1, from 3, from 6, from 10; 0 holds none.
func Heat(duties int) int {
	heat := 0
	for _, from := range []int{1, 3, 6, 10} {
		if duties >= from {
			heat++
		}
	}
	return heat
}

// HatMap is who wears which hat, by person.
type HatMap struct {
	Rows  []MapRow
	Total int
	// More says that beyond MapMost there are others; then the order is by name, and nothing is counted over all of them.
	More bool
	Page int // as shown: beyond the last, the last
	// Of all rows, where there are not more: how they are spread, what they wear and what ends next.
	Teams, Companies int
	// InTeams and InCompanies are how many of the people are in the teams and of the companies.
	InTeams, InCompanies int
	Hats, Through        int
	On                   int // how many practices these hats are of
	Acting               int
	ActingUntil          *time.Time
	Practices            []MapPractice // that the reader sees
	Chairs               []OpenChair
	Regions              []Region
	TeamRefs             []TeamRef
	CompanyRefs          []CompanyRef
	Manager              PersonRef // of the filter
	HasReports           bool      // somebody reports to the reader
	chosen               []MapPractice
}

// Columns are the practices side by side: those chosen, or all; where they are too many, those with most hats of the
// rows shown, or with something vacant where that is asked for. They stand by name.
func (m *HatMap) Columns(f MapFilter) []MapPractice {
	if m.chosen != nil {
		return m.chosen
	}
	weight := map[int64]int{}
	for _, c := range m.Chairs {
		if f.Vacant {
			weight[c.PracticeID] += len(c.Places)
		}
	}
	for _, r := range m.Rows {
		for _, h := range r.Hats {
			if !f.Vacant {
				weight[h.PracticeID]++
			}
		}
	}
	columns := []MapPractice{}
	for _, p := range m.Practices {
		switch {
		case len(f.Practices) > 0 && !slices.Contains(f.Practices, p.ID), f.Vacant && weight[p.ID] == 0, p.State == "retired" && weight[p.ID] == 0:
		default:
			columns = append(columns, p)
		}
	}
	if len(columns) > MapColumns {
		slices.SortStableFunc(columns, func(a, b MapPractice) int { return cmp.Compare(weight[b.ID], weight[a.ID]) })
		kept := map[int64]bool{}
		for _, p := range columns[:MapColumns] {
			kept[p.ID] = true
		}
		columns = slices.DeleteFunc(slices.Clone(m.Practices), func(p MapPractice) bool { return !kept[p.ID] })
	}
	m.chosen = columns
	return columns
}

// Left is how many practices of the filter have no column.
func (m *HatMap) Left(f MapFilter) int {
	n := len(m.Practices)
	if len(f.Practices) > 0 {
		n = 0
		for _, p := range m.Practices {
			if slices.Contains(f.Practices, p.ID) {
				n++
			}
		}
	}
	return n - len(m.Columns(f))
}

// ScopeMap is who wears which hat by practice: a page of practices, those with something vacant first, each followed by
// its processes that have hats of their own.
type ScopeMap struct {
	Scopes    []MapScope
	Total     int // practices
	Page      int // as shown: beyond the last, the last
	Practices []MapPractice
	Chairs    []OpenChair
	Regions   []Region
}

// MapScope is a practice, or one of its processes, with its hats.
type MapScope struct {
	PracticeID int64
	Practice   string
	State      string // of the practice
	ProcessID  int64  // 0: the practice itself
	Process    string
	Chairs     []HeldRole // Owner and Manager roles
	Crews      []Crew     // practitioner roles
}

// HeldRole is an Owner or Manager role with those who wear it.
type HeldRole struct {
	Role     RoleRef
	PerCase  bool
	Holdings []Holding
}

// Open are the places of the chair without a holder.
func (c HeldRole) Open(regions []RegionRef) []ChairPlace {
	if c.PerCase && anyOf(c.Holdings, (*Holding).Counts) { // the case names one of them, wherever it is
		return nil
	}
	seats := ChairSeats{Role: c.Role}
	for _, h := range inOffice(c.Holdings) {
		seats.Seats = append(seats.Seats, Seat{RegionID: h.RegionID, ServiceID: h.ServiceID, Acting: h.Capacity == Acting, Name: h.Name, Until: h.Until})
	}
	return seats.Open(regions)
}

// CrewMost is up to how many wearers of a practitioner role are counted.
const CrewMost = 100

// Crew is a practitioner role with how many wear it, teams counted by their members, at most CrewMost; Wanted is how many
// should at least.
type Crew struct {
	Role           RoleRef
	People, Wanted int
	PerCase        bool
}

// Thin says that fewer wear it than are wanted.
func (c Crew) Thin() bool { return c.People < c.Wanted }

// Crew sums the practitioner roles of a scope: how many people, whether there may be more, and the thin ones.
func (s MapScope) Crew() (people int, more bool, thin []Crew) {
	for _, c := range s.Crews {
		people += c.People
		more = more || c.People >= CrewMost
		if c.Thin() {
			thin = append(thin, c)
		}
	}
	return people, more, thin
}
