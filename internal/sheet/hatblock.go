package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Texts list who has a role as a name on a line of its own, with lines below it on how to reach them. The role stands above, as
// a heading or as a line with a colon: "Current maintainers:".

var (
	// reachLine says how somebody is reached, below the name.
	reachLine = regexp.MustCompile(`(?i)^\s*(?:[-*+•]\s+)?(e-?mail|mail|courriel|correo|github|gitlab|github (?:user ?name|id|handle)|affiliation|organi[sz]ation|company|irc|slack|matrix|pgp fingerprint|key fingerprint|phone|mobile|telefon)\s*:\s*(\S.*)$`)
	// colonHead is a line that stands over others: "Consensus builder:".
	colonHead = regexp.MustCompile(`^\s*([\pL][\pL &/'’-]{2,60}):\s*$`)
)

// hatBlocks makes a table of such names.
func hatBlocks(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Role", "Holder", "E-mail", "Status"}}}}
	lines := strings.Split(marked(text), "\n")
	role, former, nameless := "", false, 0
	for n, line := range lines {
		t := lineOf(n+1, strings.TrimRight(line, "\r"))
		holder, reached, address := t.text, false, ""
		if !t.bullet && t.text != "" && !reachLine.MatchString(line) {
			reached, address = reachedBelow(lines[n+1:])
		}
		head := t.text
		if m := colonHead.FindStringSubmatch(line); m != nil {
			head = m[1]
		}
		switch says, over := roleOfHead(head); {
		case reached && role != "" && (namesOnePerson(nameValue(holder)) || address != "" && calledBriefly(holder)):
			state := ""
			if former {
				state = "former"
			}
			l.Rows = append(l.Rows, Row{Line: n + 1, Cells: []string{role, nameValue(holder), address, state}})
		case reached && says == "":
			nameless++
		case says != "" && (t.level > 0 || head != t.text):
			role, former = says, over
		case t.level > 0 || head != t.text:
			role = ""
		}
	}
	l.Notes = []Note{{Line: 1, Text: "The names of this text that have lines on how to reach them are read as a list of those who have the role above them."}}
	return l, len(l.Rows) > 2 && nameless*2 < len(l.Rows) && len(l.Rows) <= listRows
}

// reachedBelow reports lines below a name that say how somebody is reached, the first of them right below it, and the address
// among them.
func reachedBelow(lines []string) (reached bool, address string) {
	for _, line := range lines[:min(len(lines), 12)] {
		if strings.TrimSpace(line) == "" {
			continue
		}
		m := reachLine.FindStringSubmatch(plainText(line))
		if m == nil {
			break
		}
		reached = true
		if at := mailIn.FindStringSubmatch(m[2]); at != nil && address == "" && strings.Contains(strings.ToLower(m[1]), "mail") {
			address = at[1]
		}
	}
	return reached, address
}

// calledBriefly reports what may be a name, of whatever script and spelling: an address below it says that somebody is meant.
func calledBriefly(s string) bool {
	return len(strings.Fields(s)) < 6 && !strings.ContainsAny(s, ":.!?;,/=|<>")
}

// roleOfHead is the role of all who stand below a heading, and whether they had it once. It may be no more than the role.
func roleOfHead(heading string) (role string, former bool) {
	text := strings.TrimRight(numbered.ReplaceAllString(heading, ""), ":")
	former = slices.ContainsFunc(tokens(text), func(w string) bool { return formerWords[w] })
	if role = entriesRole(text); role != "" {
		return role, former
	}
	text, _, _ = strings.Cut(text, " (")
	if rest, ok := strings.CutPrefix(text, "Members "); ok && len(tokens(text)) < 5 {
		return "Member " + rest, former
	}
	if one := singular(text); namesOffice(one) && !namesOnePerson(one) || builder.MatchString(one) {
		return one, former
	}
	return "", former
}

// singular is what several are called, as one of them is: "Regional Secretaries".
func singular(s string) string {
	if one, ok := strings.CutSuffix(s, "ies"); ok && len(one) > 3 {
		return one + "y"
	}
	if one := strings.TrimSuffix(s, "s"); one != s && namesOffice(one) {
		return one
	}
	return s
}

// builder ends what some roles are called.
var builder = regexp.MustCompile(`(?i)^[\pL-]+ (?:builder|facilitator|shepherd|ambassador|steward|custodian|moderator)$`)
