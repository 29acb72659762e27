package itsm

import (
	"fmt"
	"slices"
	"strings"
)

// MembersMost is how many people are added to a team at once.
const MembersMost = 200

// NamedLines parts a text that names people, one a line or as a mail program writes them down: "Ana Souza <ana@example.org>; Wei".
// An address in brackets stands for the whole.
func NamedLines(text string) (lines []string) {
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' }) {
		parts := []string{line}
		if addresses := strings.Split(line, ","); !slices.ContainsFunc(addresses, func(s string) bool { return !strings.Contains(s, "@") }) {
			parts = addresses
		}
		for _, part := range parts {
			if _, behind, ok := strings.Cut(part, "<"); ok && strings.Contains(behind, "@") {
				part, _, _ = strings.Cut(behind, ">")
			}
			if part = Clean(part); part != "" && !slices.Contains(lines, part) {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// PeopleCalled finds whom lines name among people: by e-mail address, by number, else by the whole name, accents and titles aside.
// Each that means nobody, or several, is a problem of a field.
func PeopleCalled(lines []string, people []Person, field string) (ids []int64, err error) {
	var c Checks
	if len(lines) > MembersMost {
		c.Say(field, fmt.Sprintf("Add at most %d people at once.", MembersMost))
		return nil, c.Err()
	}
	for _, line := range lines {
		var found []Person
		for _, means := range []func(Person) bool{
			func(p Person) bool { return strings.EqualFold(p.Email, line) },
			func(p Person) bool { return p.ExternalID != "" && p.ExternalID == line },
			func(p Person) bool { return calledSo(p, line) },
		} {
			if len(found) == 0 {
				found = slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !means(p) })
			}
		}
		c.Require(len(found) > 0, field, "Nobody here is called “"+line+"”.")
		c.Require(len(found) < 2, field, fmt.Sprintf("“%s” may be one of %d people: write the e-mail address instead.", line, len(found)))
		if len(found) == 1 && !slices.Contains(ids, found[0].ID) {
			ids = append(ids, found[0].ID)
		}
	}
	return ids, c.Err()
}

func calledSo(p Person, line string) bool {
	asked := plainName(BareName(line))
	if family, given, ok := strings.Cut(line, ", "); ok && plainName(given+" "+family) == plainName(p.Name) {
		return true
	}
	return asked != "" && (asked == plainName(p.Name) || asked == plainName(p.SortName))
}
