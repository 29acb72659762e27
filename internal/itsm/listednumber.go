package itsm

import (
	"slices"
	"strings"
)

// numberKey is a number for comparing: spreadsheets lose the zeros before it, and other systems add some.
func numberKey(number string) string {
	if number == "" || strings.Trim(number, "0123456789") != "" {
		return number
	}
	if bare := strings.TrimLeft(number, "0"); bare != "" {
		return bare
	}
	return "0"
}

// NumberForms are the ways in which a number may be known here: as it is, and without zeros before it.
func NumberForms(number string) []string {
	if key := numberKey(number); key != number {
		return []string{number, key}
	}
	return []string{number}
}

// otherNumbersLeast is how many lines make a numbering of its own: less may be slips.
const otherNumbersLeast = 3

// otherNumbers is the list without its numbers where these are of another system: none of them is known here, and most
// of the lines have the address and the name of somebody with a number. People are then found by address and name.
func (p *planner) otherNumbers(list []ListedPerson) []ListedPerson {
	numbered, others := 0, 0
	for _, l := range list {
		if l.ExternalID == "" {
			continue
		}
		numbered++
		if _, known := p.number[numberKey(l.ExternalID)]; known {
			return list
		}
		if slices.ContainsFunc(p.email[strings.ToLower(l.Email)], func(at int) bool {
			k := p.known.People[at]
			return k.ExternalID != "" && shareWord(k.Name, l.Name)
		}) && l.Email != "" {
			others++
		}
	}
	if others < otherNumbersLeast || others*2 <= numbered {
		return list
	}
	p.remark(0, "The numbers of this list are not those that people have here, although their addresses are: it comes from another system. People are found by address and name, and the numbers are left out.")
	list = slices.Clone(list)
	for i := range list {
		list[i].ExternalID = ""
	}
	return list
}
