package itsm

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
