package sheet

import (
	"regexp"
	"strings"
)

// A document says who wrote it, when, and for whom in a table or a block of lines in front, among what is kept of a policy. Where
// most labels there are known, the others say something of the document, too, and are no rules.

// metaRows is how many rows or lines such a block has at least, and metaFacts how many of them say what is kept.
const (
	metaRows  = 3
	metaFacts = 2
)

// metaLines are the lines of such blocks.
func (s *policySections) metaLines(text string) map[string]bool {
	out := map[string]bool{}
	var block []string
	for line := range strings.Lines(text + "\n\n") {
		if line = trimmedLine(line); metaLabel(line) != "" || tableRule.MatchString(strings.TrimSpace(line)) {
			block = append(block, line)
			continue
		}
		if s.saysOfItself(block) {
			for _, of := range block {
				out[of] = true
			}
		}
		block = nil
	}
	return out
}

// trimmedLine is a line without its end, which may be "\" in Markdown.
func trimmedLine(line string) string {
	return strings.TrimRight(strings.TrimSuffix(strings.TrimRight(line, " \t\r\n"), "\\"), " ")
}

// bareRow is a row of a table of two columns whose second is empty: "| Document information | |".
var bareRow = regexp.MustCompile(`^\s*\|\s*[*_]{0,2}([^|*_]{2,40}?)[*_]{0,2}\s*\|\s*\|\s*$`)

// metaLabel is the label of a line or a row that has one, as a word; "" of others.
func metaLabel(line string) string {
	for _, form := range []*regexp.Regexp{factRow, bareRow, factLine} {
		if m := form.FindStringSubmatch(line); m != nil {
			return compact(m[1])
		}
	}
	return ""
}

// saysOfItself reports a block of labels most of which are known to be of documents.
func (s *policySections) saysOfItself(block []string) bool {
	all, known, facts := 0, 0, 0
	headed := len(block) > 1 && tableRule.MatchString(strings.TrimSpace(block[1]))
	for i, line := range block {
		label := metaLabel(line)
		switch f := s.known[label]; {
		case label == "", i == 0 && (headed && !isFact(f) || overValues(line)):
			continue
		case isFact(f):
			known, facts = known+1, facts+1
		case controlWords[label] || f == PolicyCategory:
			known++
		}
		all++
	}
	switch {
	case len(block) == 0:
		return false
	case overValues(block[0]): // no roles or rules stand below such a head
		return facts > 0 && known*2 >= all
	case headed && !isFact(s.known[metaLabel(block[0])]) || factRow.FindString(block[len(block)-1]) == "":
		return all >= metaRows && facts >= metaFacts && known*2 > all
	}
	return all >= metaRows && facts > 0 && known*2 > all
}

// overValues reports the head of a table that says a thing in each row: "| Attribute | Value |".
func overValues(line string) bool {
	m := factRow.FindStringSubmatch(line)
	return m != nil && columnHeads[compact(m[1])] && valueHeads[compact(plainText(m[2]))]
}

// inMeta takes a line of such a block out of what the policy says, as long as nothing else has been said; a table may also stand
// below a text that opens the document.
func (s *policySections) inMeta(line string) bool {
	inFront := !s.begun && strings.HasPrefix(strings.TrimSpace(line), "|")
	if !s.meta[line] || !s.control && !inFront && !s.silent() {
		return false
	}
	for _, form := range []*regexp.Regexp{factRow, factLine} {
		m := form.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		word := compact(m[1])
		if f := s.known[word]; (f == PolicyWhy || f == PolicyStatement || f == PolicyMeasure) && s.given[f] == "" {
			s.given[f] = strings.Trim(plainText(m[2]), "*_ ")
		} else if f != PolicyTitle && !controlHeads[word] {
			s.leave(word, m[1], m[2])
		}
		break
	}
	return true
}

// silent reports a document of which nothing but headings has been read.
func (s *policySections) silent() bool {
	for _, part := range s.parts {
		for line := range strings.Lines(part.String()) {
			if line = strings.Trim(line, "-=* \n"); line != "" && lineOf(0, line).level == 0 {
				return false
			}
		}
	}
	return true
}

// The days on which a document says that it was agreed to, the surest first, and those that may be the last review or the next.
var (
	agreedWords = strings.Fields("effectivedate effective effectivefrom dateeffective validfrom approvaldate approvedon dateapproved dateofapproval issuedate issuedon dateissued dateofissue lastupdated lastupdate updated revisiondate date")
	reviewWords = folded("reviewdate dateofreview datumderüberprüfung datederévision fechaderevisión datadarevisão datadirevisione")
)

// reviewDay takes "Review date" for the next review where it is after what else the document says, and for the last one where it
// names another as the next.
func (s *policySections) reviewDay() {
	at, day := -1, ""
	agreed := s.given[PolicyReviewed]
	for i, left := range s.left {
		key, says, _ := strings.Cut(left, ": ")
		if reviewWords[compact(key)] && saysWhen(says) && at < 0 {
			at, day = i, says
		}
	}
	for _, word := range agreedWords {
		for _, left := range s.left {
			if key, says, _ := strings.Cut(left, ": "); compact(key) == word && agreed == "" {
				agreed = says
			}
		}
	}
	switch {
	case at < 0:
		return
	case s.given[PolicyDue] != "" && s.given[PolicyReviewed] == "" && isLater(s.given[PolicyDue], day):
		s.given[PolicyReviewed] = day
	case s.given[PolicyDue] == "" && isLater(day, agreed):
		s.given[PolicyDue] = day
	default:
		return
	}
	s.left = append(s.left[:at], s.left[at+1:]...)
}

// isLater reports the later of two days; what is no day is neither.
func isLater(day, than string) bool {
	a, ok := parseDate(day)
	b, also := parseDate(than)
	if !ok || !also {
		return false
	}
	later, ok := a.in(DMY, latestYear)
	earlier, also := b.in(DMY, latestYear)
	return ok && also && later.After(earlier.Time)
}

// oneOfficer is a title that one person has.
var oneOfficer = regexp.MustCompile(`(?i)^(?:c[a-z]{1,3}o|chief\s[\pL ]+\sofficer|(?:managing|executive|general)?\s*director|head of\s[\pL &]+|president|geschäftsführer(?:in)?|directeur(?: général)?|director(?:a)? general|diretor(?:a)?)(?:\s*\([\pL]+\))?$`)

// officerSaid remarks on an approver who is one officer and no body; "" of others.
func officerSaid(body string) string {
	if !oneOfficer.MatchString(strings.TrimSpace(body)) {
		return ""
	}
	return "“" + short(body) + "” approves it, who is an officer and stands as the issuing body; change that if a board or another body has issued it."
}
