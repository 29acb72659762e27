package sheet

import (
	"regexp"
	"strings"

	"hatrack/internal/itsm"
)

// Below the heading of a role, lines with a label say who has it: "Current holder: Ann Bo", "Primary: Ann Bo", "Backup: Cy Dee",
// and for how long, and how they are reached.

var (
	// labelled is such a line.
	labelled = regexp.MustCompile(`^\s*(?:[-*+•]\s+)?(\pL[\pL -]{1,30}?)\s*:\s*(.*)$`)
	// briefly is a name, perhaps of one word.
	briefly = regexp.MustCompile(`^\pL[\pL.'’ -]{1,50}$`)
)

// holderLabels say that a name follows, whatever it looks like; personLabels do below the name of a role, and firstLabels below
// that of anything which has somebody to be asked first.
var (
	holderLabels = words("incumbent holder roleholder heldby representative officeholder appointee")
	personLabels = words("name person who assignedto assignee fullname")
	firstLabels  = words("primary primarycontact maincontact contactperson")
	termLabels   = words("term termofoffice tenure period")
)

// labelledBelow takes a line with a label below a heading: who has the role in it, or more of whom the line before named.
func (r *hatLineReader) labelledBelow(n int, text string) bool {
	m := labelled.FindStringSubmatch(text)
	if m == nil || len(r.headings) == 0 {
		return false
	}
	says := strings.TrimSpace(m[2])
	label := strings.TrimPrefix(compact(m[1]), "current")
	switch role, of, as := r.roleLabelled(label, inHeading(m[1]) == itsm.Deputy); {
	case termLabels[label] && says != "":
		r.term = says
		return true
	case reachLabel(label) && r.below == len(r.headings) && r.holderLast(n):
		if at := mailIn.FindStringSubmatch(says); at != nil {
			r.listing.Rows[len(r.listing.Rows)-1].Cells[3] = at[1]
		}
		return true
	case role != "":
		return r.holderLabelled(n, says, holderLabels[label], []string{of, role, "", "", "", "", "", as})
	}
	return false
}

// roleLabelled is the role that a label says somebody to have, what it is of, and in which way it is held; "" where the label
// or the heading says none; deputy says that it is the label of who stands in.
func (r *hatLineReader) roleLabelled(label string, deputy bool) (role, of, as string) {
	last := len(r.headings) - 1
	heading := numbered.ReplaceAllString(r.headings[last].text, "")
	if deputy {
		as = string(itsm.Deputy)
	}
	switch role = onesRole(heading); {
	case holderLabels[label] && (role != "" || len(tokens(heading)) < 7 && !hasWord(heading, aboutHats)):
		return heading, r.teamAround(heading), ""
	case role != "" && (personLabels[label] || firstLabels[label] || deputy):
		return heading, r.teamAround(heading), as
	case role == "" && (firstLabels[label] || deputy) && len(tokens(heading)) < 7:
		return "Contact", heading, as
	}
	return "", "", ""
}

// teamAround is the heading around that of a role which only says to be one of a team: "Team leader" below "Fire response team".
func (r *hatLineReader) teamAround(role string) string {
	if toks := tokens(role); len(toks) == 0 || toks[0] != "team" || len(r.headings) < 2 {
		return ""
	}
	around := r.headings[len(r.headings)-2].text
	if !strings.HasSuffix(compact(around), "team") {
		return ""
	}
	return around
}

// holderLabelled adds the line of who stands behind a label. What stands behind a comma or in brackets is where somebody works.
func (r *hatLineReader) holderLabelled(n int, says string, surely bool, cells []string) bool {
	name := strings.TrimSpace(mailIn.ReplaceAllString(says, ""))
	if before, aside, cut := strings.Cut(name, " ("); cut {
		if name = before; strings.ContainsAny(aside, "0123456789") {
			r.listing.note(n, "“"+strings.TrimRight(aside, ")")+"” names no day that is kept, and is left out.")
		}
	}
	name, _, _ = strings.Cut(name, ",")
	name = nameValue(name)
	if !namesNobodyYet(name) && !namesOnePerson(name) && (!surely || name != "" && (!briefly.MatchString(name) || len(strings.Fields(name)) > 4)) {
		return false
	}
	cells[2] = name
	if at := mailIn.FindStringSubmatch(says); at != nil {
		cells[3] = at[1]
	}
	if from, until, ok := daysOfTerm(behindLength(r.term)); ok {
		cells[5], cells[6] = until, from
	}
	r.add(n, cells)
	r.below = len(r.headings)
	return true
}

// lengthBefore is how long a term is, before its days: "(2 years) 1 May 2021 – 30 April 2023".
var lengthBefore = regexp.MustCompile(`^\([^()]*\)\s*`)

func behindLength(term string) string { return lengthBefore.ReplaceAllString(term, "") }

// reachLabel reports a label before how somebody is reached.
func reachLabel(label string) bool {
	return reachLine.MatchString(label + ": x")
}

// holderLast reports that the last line of the list is of somebody without an address, named a few lines before.
func (r *hatLineReader) holderLast(n int) bool {
	last := r.listing.Rows[len(r.listing.Rows)-1]
	return len(r.listing.Rows) > 1 && n-last.Line < 6 && last.Cells[3] == ""
}
