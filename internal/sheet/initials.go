package sheet

import (
	"slices"
	"strings"
)

// headsInitials reports letters that each are the first of what heads their column, which is nobody, and not the same in all: "C"
// under "Create".
func (r *gridReader) headsInitials() bool {
	if r.saysRACI() || partyShare(r.grid.Roles) > 0 || slices.ContainsFunc(r.grid.Roles, func(s string) bool { _, word := wordMeaning(s); return word }) {
		return false
	}
	found := map[string]bool{}
	for _, a := range r.grid.Activities {
		for role, c := range a.Cells {
			if len(c.Letters) != 1 || !strings.HasPrefix(strings.ToUpper(role), c.Letters[0]) {
				return false
			}
			found[c.Letters[0]] = true
		}
	}
	return len(found) > 1
}

// rowsInitials reports letters that each are the first of what their row is called, and not the same in all: "C" beside "Create".
func (r *gridReader) rowsInitials() bool {
	if r.saysRACI() {
		return false
	}
	found := map[string]bool{}
	for _, a := range r.grid.Activities {
		for _, c := range a.Cells {
			if len(c.Letters) > 1 || len(c.Letters) == 1 && !strings.HasPrefix(strings.ToUpper(a.Name), c.Letters[0]) {
				return false
			}
			if len(c.Letters) == 1 {
				found[c.Letters[0]] = true
			}
		}
	}
	return len(found) > 1
}
