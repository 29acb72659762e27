package itsm

import "slices"

// ColumnFate is what becomes of a role of the old practice that a process used, when the process moves to another one.
type ColumnFate string

// The fates. No letter is lost in any of them.
const (
	Replaced ColumnFate = "replaced" // its letters go to the same role of the new practice
	Along    ColumnFate = "along"    // nothing else of the old practice uses it: it moves with its holders
	Remains  ColumnFate = "remains"  // it stays a role of the old practice, and a column from elsewhere here
)

// ColumnMove is one role with its fate; By is the role of the new practice that its letters go to.
type ColumnMove struct {
	Role Role
	Fate ColumnFate
	By   Role
	// Answers and Does are in how many activities it has an A and an R.
	Answers, Does int
	// Was and Now name who wears Role, and who wears By; Bare are the regions in which somebody wears the one and nobody
	// the other.
	Was, Now, Bare []string
}

// Worn fills in who wears the role and the one that comes in its place, out of those who wear either.
func (c *ColumnMove) Worn(held []Holding, regions []RegionRef) {
	m := Matrix{Regions: regions}
	of := func(role int64) []Holding {
		return Those(held, func(h *Holding) bool { return role != 0 && h.RoleID == role && h.Counts() })
	}
	was, now := of(c.Role.ID), of(c.By.ID)
	names := func(list []Holding) (names []string) {
		for _, h := range list {
			if !slices.Contains(names, h.Name) {
				names = append(names, h.Name)
			}
		}
		return names
	}
	c.Was, c.Now = names(was), names(now)
	for _, h := range was {
		if len(now) > 0 && h.RegionID != 0 && len(m.nearest(now, h.RegionID)) == 0 && !slices.Contains(c.Bare, h.Region) {
			c.Bare = append(c.Bare, h.Region)
		}
	}
}

// MoveColumn says what becomes of a role: elsewhere says that its practice uses it in a process that stays.
func MoveColumn(r Role, elsewhere bool, target []Role) ColumnMove {
	var same []Role
	for _, t := range target {
		if t.Kind != r.Kind {
			continue
		}
		if r.Kind == Owner || LibraryKey(t.Name) == LibraryKey(r.Name) {
			return ColumnMove{Role: r, Fate: Replaced, By: t}
		}
		same = append(same, t)
	}
	switch {
	case r.Kind == Manager && len(same) == 1:
		return ColumnMove{Role: r, Fate: Replaced, By: same[0]}
	case r.Kind == Practitioner && !elsewhere, r.Kind == Whoever && !elsewhere:
		return ColumnMove{Role: r, Fate: Along}
	}
	return ColumnMove{Role: r, Fate: Remains}
}

// MovesMax bounds how many processes move at once.
const MovesMax = 100
