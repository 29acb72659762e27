package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// What a document says of itself may stand in one line, "**Version:** 1.0 | **Owner:** SMO lead", or in a table with a line of
// headings above one of values.

// isFact reports a field that lines and tables of a document may give.
func isFact(f Field) bool {
	switch f {
	case PolicyNumber, PolicyDriver, PolicyBody, PolicyInterval, PolicyTitle, PolicyOwnerRole, PolicyVersion, PolicyState, PolicyReviewed, PolicyDue:
		return true
	}
	return false
}

var betweenFacts = regexp.MustCompile(`\s+[|·•]\s+`)

// factsOf takes a line apart that says several things of the document.
func factsOf(line string) []string {
	if strings.HasPrefix(strings.TrimSpace(line), "|") {
		return nil
	}
	parts := betweenFacts.Split(strings.TrimLeft(line, "> "), -1)
	if slices.ContainsFunc(parts, func(part string) bool { return !factLine.MatchString(part) }) {
		return nil
	}
	return parts
}

// factTables turns tables of one line, of which two headings at least are known to be of documents, into a row for each heading.
func (s *policySections) factTables(text string) string {
	lines := strings.Split(text, "\n")
	cells := func(i int) []string {
		if i >= len(lines) || !strings.HasPrefix(strings.TrimSpace(lines[i]), "|") {
			return nil
		}
		return strings.Split(strings.Trim(strings.TrimSpace(lines[i]), "|"), "|")
	}
	var out []string
	for i := 0; i < len(lines); i++ {
		heads, values := cells(i), cells(i+2)
		facts := 0
		for _, h := range heads {
			if isFact(s.known[compact(h)]) && !toFillIn(strings.TrimSpace(h)) {
				facts++
			}
		}
		inside := i > 0 && cells(i-1) != nil || len(values) > 0 && isFact(s.known[compact(values[0])])
		if facts < 2 || inside || len(values) != len(heads) || !tableRule.MatchString(strings.TrimSpace(lines[i+1])) || cells(i+3) != nil {
			out = append(out, lines[i])
			continue
		}
		for n, h := range heads {
			if strings.TrimSpace(values[n]) != "" {
				out = append(out, "| "+strings.TrimSpace(h)+" | "+strings.TrimSpace(values[n])+" |")
			}
		}
		i += 2
	}
	return strings.Join(out, "\n")
}

// namesItself reports a table of one line that names the document it stands in.
func (l Listing) namesItself(data []byte) bool {
	text, err := decodeText(data)
	if err != nil || len(l.Rows) != 2 {
		return false
	}
	known := policyLexicon.byHeading()
	for i, cell := range l.Rows[0].Cells {
		title := oneLine(l.Rows[1].Cell(i))
		if f, _ := policyLexicon.guess(known, oneLine(cell)); f != PolicyTitle || title == "" {
			continue
		}
		for line := range strings.Lines(text) {
			if t := lineOf(0, strings.TrimSpace(line)); t.level > 0 && strings.EqualFold(strings.TrimSpace(plainText(t.text)), title) {
				return true
			}
		}
	}
	return false
}
