package sheet

import (
	"path"
	"regexp"
	"strings"
	"unicode"
)

// A policy may be plain text: its title is its first line, and what stands in capitals or behind a number of its own heads a part.

const (
	headingWords  = 10 // that a heading of plain text has at most
	sentenceWords = 6  // that a sentence has at least, with a sign at its end
	longWords     = 12 // that a line has at least which is no entry of a list
)

// partNumber is the number in front of a heading: "1.", "2.3".
var partNumber = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\pL`)

// isPlainPolicy reports plain text, of a file or pasted, that is written in sentences and is no table.
func isPlainPolicy(f File) bool {
	if ext := path.Ext(f.Name); ext != "" && !strings.EqualFold(ext, ".txt") {
		return false
	}
	if len(f.Data) > policyTextMax || refuseKind(f.Name, f.Data) != nil {
		return false
	}
	text, err := decodeText(f.Data)
	if err != nil || !hasSentence(text) || inRows(text) {
		return false
	}
	listings, err := policyLexicon.find(f.Name, f.Data, Limits{})
	return err != nil || !listings[0].hasColumns()
}

// hasSentence reports a text with a line that is no entry of a list.
func hasSentence(text string) bool {
	for line := range strings.Lines(text) {
		n := len(strings.Fields(line))
		if line = strings.TrimSpace(line); n >= longWords || n >= sentenceWords && strings.ContainsAny(line[len(line)-1:], ".:;!") {
			return true
		}
	}
	return false
}

// inRows reports a text for programs, or one most of whose lines have the signs that part columns.
func inRows(text string) bool {
	if text = strings.TrimSpace(text); strings.ContainsAny(text[:1], "{[<") {
		return true
	}
	rows, all := 0, 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if all++; strings.ContainsAny(line, "\t;|") || strings.Count(line, ",") > 1 {
			rows++
		}
	}
	return rows*2 > all
}

// hasColumns reports a table by its head: several columns of which one is known, or one of titles.
func (l Listing) hasColumns() bool {
	known, columns, said := policyLexicon.byHeading(), 0, false
	for _, heading := range l.Rows[0].Cells {
		f, _ := policyLexicon.guess(known, oneLine(heading))
		said = said || f != NoField && !strings.Contains(heading, ":")
		if heading != "" {
			columns++
		}
	}
	if said && columns == 1 {
		for _, row := range l.Rows[1:] {
			if hasSentence(row.Cell(0)) {
				return false
			}
		}
	}
	return said
}

// plainHeadings marks the headings of a text that has none of Markdown, its title first.
func plainHeadings(text string) string {
	if frontMatter.MatchString(text) || strings.HasPrefix(text, "% ") {
		return text
	}
	lines := strings.Split(marked(text), "\n")
	for _, line := range lines {
		if lineOf(0, line).level > 0 {
			return text
		}
	}
	titled, open := false, false // open: the last line ended with its paragraph
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		next := ""
		if i+1 < len(lines) {
			next = strings.TrimSpace(lines[i+1])
		}
		switch {
		case bare == "":
			open = true
			continue
		case !titled:
			if titled = true; headsText(line) && (next == "" || inCapitals(bare)) {
				lines[i] = "# " + strings.Trim(bare, "*_ ")
			}
		case open && headsText(line):
			lines[i] = partMark(bare, following(lines[i+1:])) + line
		}
		open = false
	}
	return strings.Join(lines, "\n")
}

// partMark is the mark for a short line as the heading of what follows it; "" where it is none, as an entry that others follow.
func partMark(line, next string) string {
	m, n := partNumber.FindStringSubmatch(line), partNumber.FindStringSubmatch(next)
	switch {
	case next == "", m == nil && !inCapitals(line):
		return ""
	case m == nil:
		return "## "
	case n != nil && strings.Count(m[1], ".") == strings.Count(n[1], ".") && n[1] != "1":
		return ""
	}
	return "##" + strings.Repeat("#", strings.Count(m[1], ".")) + " "
}

// headsText reports a short line that is neither a sentence, nor an entry, a fact or a row.
func headsText(line string) bool {
	bare := strings.Trim(strings.TrimSpace(line), "*_ ")
	if bare == "" || len(strings.Fields(bare)) > headingWords || strings.ContainsAny(bare, "|\t:") || strings.ContainsAny(bare[len(bare)-1:], ".,;!?") {
		return false
	}
	return strings.ContainsFunc(bare, unicode.IsLetter) && (partNumber.MatchString(bare) || !itemLine.MatchString(line))
}

// inCapitals reports a line without a small letter.
func inCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper)
}

// following is the next line that says something.
func following(lines []string) string {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
