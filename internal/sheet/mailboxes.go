package sheet

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// People are also listed in a text, a line each: "* Ann Lee <ann@example.org>". As a table that is a line each, with what the
// heading above them says where these have left.

// mailbox is a name with an address, as programs for mail write it; listedMail an entry of a list that begins with both.
var (
	mailbox    = regexp.MustCompile(`^(?:[-*+•]\s+|\d+[.)]\s+)?"?(\pL[^<>@;:=|"\t]{1,60}?)"?\s*<(?:mailto:)?([^<>\s@]+@[^<>\s@]+\.[^<>\s@]+)>`)
	listedMail = regexp.MustCompile(`^(?:[-*+•]|\d+[.)])\s+\**(\pL[^<>@;:=|"\t,(]{1,60}?)\**\s*(?:,|:|\s[-–—]|\()\s*\[?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)`)
)

// addressIn is the address behind a name, or "".
func addressIn(s string) string {
	if m := mailbox.FindStringSubmatch(value(s)); m != nil {
		return m[2]
	}
	return ""
}

// formerWords head those of a list of people who have left it.
var formerWords = words("former past emeritus emeriti emerita alumni alumnus retired previous inactive ehemalige frühere anciens antiguos antigos")

// mailboxes makes a table of such lines, where none of some tables holds names; what else stands in the list is a row without a
// name.
func mailboxes(data []byte, tables []Table) (Table, bool) {
	if bytes.HasPrefix(data, []byte("PK")) || slices.ContainsFunc(tables, namesPeople) {
		return Table{}, false
	}
	text, err := decodeText(data)
	if err != nil {
		return Table{}, false
	}
	t := Table{Rows: []Row{{Line: 1, Cells: []string{"Name", "E-mail", "Status", "Line"}}}}
	people, left, number, beside := 0, "", 0, false
	for line := range strings.Lines(text) {
		number++
		bare := strings.TrimSpace(line)
		of := lineOf(number, strings.TrimRight(line, "\r\n"))
		m, words := mailbox.FindStringSubmatch(bare), len(strings.Fields(bare))
		if m == nil {
			m = listedMail.FindStringSubmatch(bare)
		}
		switch {
		case m != nil:
			people++
			t.Rows = append(t.Rows, Row{Line: number, Cells: []string{m[1], m[2], left}})
		case of.bullet && of.indent == 0, strings.Contains(bare, "<") && hasAt(bare), beside && words > 0 && of.indent == 0 && !underline.MatchString(line):
			t.Rows = append(t.Rows, Row{Line: number, Cells: []string{"", "", "", bare}})
		case words > 0 && words < 7 && !strings.HasSuffix(bare, ".") && of.indent == 0 && of.text != "" && !underline.MatchString(line):
			left = ""
			if slices.ContainsFunc(tokens(bare), func(w string) bool { return formerWords[w] }) {
				left = "former"
			}
		}
		beside = m != nil || beside && words > 0
	}
	return t, people > 1 && people*2 >= len(t.Rows)-1
}

// namesPeople reports a table with a column of names under a heading.
func namesPeople(t Table) bool {
	_, score := findHeader(t)
	return t.NoList == "" && score >= namesScore
}
