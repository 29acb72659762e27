package itsm

import "slices"

// LacksRoles compares the entry of the organisation itself with the roles that the organisation has: what it has not, and
// what has empty texts.
func (p LibraryPractice) LacksRoles(has []Role) []LackingRole {
	var lacking []LackingRole
	for _, l := range p.Roles {
		r := l.Role()
		there := slices.IndexFunc(has, func(h Role) bool { return h.governs(r) })
		if there < 0 {
			lacking = append(lacking, LackingRole{Role: r})
		} else if filled, empty := has[there].filledFrom(r); empty {
			lacking = append(lacking, LackingRole{Role: filled})
		}
	}
	return lacking
}

// governs says that a role of the organisation is the library's: of the same name, or its one Owner.
func (r Role) governs(of Role) bool {
	return r.Kind == Owner && of.Kind == Owner || r.Kind != Whoever && LibraryKey(r.Name) == LibraryKey(of.Name)
}

// TickedRoles are those of what is lacking that a form ticked.
func TickedRoles(lacking []LackingRole, keys []string) []LackingRole {
	return slices.DeleteFunc(slices.Clone(lacking), func(r LackingRole) bool { return !slices.Contains(keys, r.Key()) })
}
