package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Some texts name the person before the office, "Ann Bo, Treasurer", and say over a list in a sentence who stands in it: "The
// members of the Steering Committee are:".

var (
	// nameFirst is a line that may be one of the first kind.
	nameFirst = regexp.MustCompile(`^\s*(?:[-*+•]\s+|\d{1,2}[.)]\s+)?([^,:–—()|]{4,50}?)\s*(?:,| –| —| - |:| \()\s*([\pL][^|]{2,80})$`)
	// sentenceHead is a sentence over a list.
	sentenceHead = regexp.MustCompile(`(?i)^\s*(?:the |our )?(.{3,60}?)\s+(?:are|is|include|includes|consists? of|currently are|are currently)(?: the following| as follows| these)?(?: people| persons| members)?\s*:\s*$`)
	membersOf    = regexp.MustCompile(`(?i)^(?:(?:current|initial|active) )?members of (?:the |our )?(.*)$`)
)

// officerOn is the line of a hat in which the name stands first: the role, the name, whether it was had once, and the term.
func officerOn(line string) (role, holder string, former bool, term []string, ok bool) {
	m := nameFirst.FindStringSubmatch(plainText(line))
	if m == nil || !namesOnePerson(nameValue(m[1])) {
		return "", "", false, nil, false
	}
	if role, former, term = officeSaid(m[2]); !endsWithOffice(role) {
		return "", "", false, nil, false
	}
	return role, nameValue(m[1]), former, term, true
}

// officeSaid is the office that stands behind a name, whether it was had once, and the term: "Former treasurer (2019–2021)".
func officeSaid(says string) (office string, former bool, term []string) {
	office, rest, _ := strings.Cut(says, " (")
	office, _, _ = strings.Cut(office, ",")
	office = strings.Trim(office, " *_.)")
	former = saysFormer(office)
	office = strings.Join(slices.DeleteFunc(strings.Fields(office), func(w string) bool { return formerWords[compact(w)] }), " ")
	term = []string{"", ""}
	if from, until, _, ok := yearsOfTerm(strings.TrimRight(rest, ") *_.")); ok {
		term, former = []string{until, from}, false
	}
	return office, former, term
}

// listedBelow is the heading that a sentence over a list stands for; "" of other lines.
func listedBelow(line string) string {
	m := sentenceHead.FindStringSubmatch(plainText(line))
	if m == nil {
		return ""
	}
	head := m[1]
	if of := membersOf.FindStringSubmatch(head); of != nil {
		head = of[1]
	}
	if entriesRole(head) == "" {
		return ""
	}
	return head
}
