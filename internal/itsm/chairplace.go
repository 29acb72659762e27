package itsm

import (
	"slices"
	"time"
)

// Seat is who fills a chair somewhere: as holder or acting, everywhere (RegionID 0) or in a region, for every service
// (ServiceID 0) or for one.
type Seat struct {
	RegionID  int64
	ServiceID int64
	Acting    bool
	Name      string
	Until     *time.Time // the first day without
}

// ChairSeats is an Owner or Manager role with the seats that count on a day.
type ChairSeats struct {
	Role       RoleRef
	PracticeID int64
	ProcessID  int64
	Process    string
	Seats      []Seat
}

// ChairPlace is where a chair has no holder; By says who covers it for a while.
type ChairPlace struct {
	RegionID int64 // 0: everywhere
	Region   string
	By       string
	Until    *time.Time // the first day without cover
}

// Covered says that somebody acts there.
func (p ChairPlace) Covered() bool { return p.By != "" }

// with adds another who covers the place: it is covered until the last of them ends.
func (p *ChairPlace) with(s Seat) {
	p.By += ", " + s.Name
	if s.Until == nil || p.Until != nil && s.Until.After(*p.Until) {
		p.Until = s.Until
	}
}

// OpenChair is a chair with the places where nobody holds it.
type OpenChair struct {
	ChairSeats
	Places []ChairPlace
}

// Open are the places of a chair without a holder: everywhere, where nobody sits on it; covered, where somebody only
// acts; and of a chair filled by region the topmost regions in which, and above which, nobody is.
func (c ChairSeats) Open(regions []RegionRef) []ChairPlace {
	if len(c.Seats) == 0 {
		return []ChairPlace{{}}
	}
	m := &Matrix{Regions: regions}
	held := make([]int64, len(c.Seats))
	for i, s := range c.Seats {
		held[i] = s.RegionID
	}
	var places []ChairPlace
	for _, s := range c.Seats {
		holder := slices.ContainsFunc(c.Seats, func(o Seat) bool { return !o.Acting && s.filledFrom(o) })
		if !s.Acting || holder {
			continue
		}
		if at := slices.IndexFunc(places, func(p ChairPlace) bool { return p.RegionID == s.RegionID }); at >= 0 {
			places[at].with(s)
			continue
		}
		r, _ := m.Region(s.RegionID)
		places = append(places, ChairPlace{RegionID: s.RegionID, Region: r.Name, By: s.Name, Until: s.Until})
	}
	if c.Role.Kind == Owner {
		return places
	}
	for _, r := range m.uncovered(held) {
		places = append(places, ChairPlace{RegionID: r.ID, Region: r.Name})
	}
	return places
}

// filledFrom says that who holds another seat fills the place of this one: for the same service, or for all of them.
func (s Seat) filledFrom(o Seat) bool {
	return o.RegionID == s.RegionID && (o.ServiceID == 0 || o.ServiceID == s.ServiceID)
}

// Vacant says that in some place of the chair nobody is, not even acting.
func (c OpenChair) Vacant() bool {
	return slices.ContainsFunc(c.Places, func(p ChairPlace) bool { return !p.Covered() })
}

// OpenChairs are those of the chairs that are open somewhere in a region (0: anywhere), Owners first.
func OpenChairs(all []ChairSeats, regions []RegionRef, region int64) []OpenChair {
	m := &Matrix{Regions: regions}
	var out []OpenChair
	for _, c := range all {
		places := slices.DeleteFunc(c.Open(regions), func(p ChairPlace) bool {
			return region != 0 && p.RegionID != 0 && !m.Related(p.RegionID, region)
		})
		if len(places) > 0 {
			out = append(out, OpenChair{c, places})
		}
	}
	slices.SortStableFunc(out, func(a, b OpenChair) int { return kindOrder(a.Role.Kind) - kindOrder(b.Role.Kind) })
	return out
}

func kindOrder(k RoleKind) int {
	return slices.Index([]RoleKind{Owner, Manager, Practitioner, Whoever}, k)
}

// CountOpen says in how many places of a kind of chair nobody is, and in how many more somebody only acts.
func CountOpen(chairs []OpenChair, kind RoleKind) (vacant, covered int) {
	for _, c := range chairs {
		if c.Role.Kind != kind {
			continue
		}
		for _, p := range c.Places {
			if p.Covered() {
				covered++
			} else {
				vacant++
			}
		}
	}
	return vacant, covered
}

// RegionAnswer is who runs something in one region: whoever sits there, else the nearest up the tree; nobody is vacant.
type RegionAnswer struct {
	Holdings []Holding
	// From is where they sit, where it is not the region itself: a region above it, or everywhere (an id of 0).
	Above bool
	From  RegionRef
}

// AnswerIn is who of the holdings of a role answers in a region. Deputies stand by and are left out.
func AnswerIn(holdings []Holding, regions []RegionRef, region int64) RegionAnswer {
	m := &Matrix{Regions: regions}
	here := m.nearest(inOffice(holdings), region)
	if len(here) == 0 {
		return RegionAnswer{}
	}
	from, _ := m.Region(here[0].RegionID)
	return RegionAnswer{Holdings: here, Above: here[0].RegionID != region, From: from}
}

// Related says that one of two regions lies within the other.
func (m *Matrix) Related(a, b int64) bool { return m.within(a, b) || m.within(b, a) }
