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
	listedMail = regexp.MustCompile(`^(?:[-*+•]|\d+[.)])\s+\**(\pL[^<>@;:=|"\t,(*–—]{1,60}?)\**(?:\s*(?:,|:|\s[-–—])\s*([^<>@|()\[\]]{2,80}?))?\s*(?:,|:|\s[-–—]|\()\s*\[?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)`)
	// listedBold is one with neither, but a name in bold before what somebody does.
	listedBold = regexp.MustCompile(`^(?:[-*+•]|\d+[.)])\s+\*\*(\pL[^*:]{1,60}?):?\*\*\s*(?:,|:|[-–—])\s*([^<>@|]{2,80})$`)
	// mailOfMany is one of several in a line: "To: Ann Lee <ann@example.org>; "Ray, Bob" <bob@example.org>".
	mailOfMany = regexp.MustCompile(`(?:^|[;,:])\s*(?:"([^"<>]{2,60})"|(\pL[^<>@;:=|"\t,]{1,60}?))\s*<([^<>\s@]+@[^<>\s@]+\.[^<>\s@]+)>`)
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
	t := Table{Rows: []Row{{Line: 1, Cells: []string{"Name", "E-mail", "Title", "Status", "Line"}}}}
	people, left, number, beside := 0, "", 0, false
	for line := range strings.Lines(text) {
		number++
		bare := strings.TrimSpace(line)
		of := lineOf(number, strings.TrimRight(line, "\r\n"))
		listed, words := mailOf(bare), len(strings.Fields(bare))
		switch {
		case listed != nil:
			people += len(listed)
			for _, one := range listed {
				t.Rows = append(t.Rows, Row{Line: number, Cells: append(one, left)})
			}
		case of.bullet && of.indent == 0, strings.Contains(bare, "<") && hasAt(bare), beside && words > 0 && of.indent == 0 && !underline.MatchString(line):
			t.Rows = append(t.Rows, Row{Line: number, Cells: []string{"", "", "", "", bare}})
		case words > 0 && words < 7 && !strings.HasSuffix(bare, ".") && of.indent == 0 && of.text != "" && !underline.MatchString(line):
			left = ""
			if slices.ContainsFunc(tokens(bare), func(w string) bool { return formerWords[w] }) {
				left = "former"
			}
		}
		beside = listed != nil || beside && words > 0
	}
	return t, people > 1 && people*2 >= len(t.Rows)-1
}

// mailOf are those whom a line lists, each with a name, an address and what they do.
func mailOf(line string) (listed [][]string) {
	if many := mailOfMany.FindAllStringSubmatch(line, -1); len(many) > 1 {
		for _, m := range many {
			name := m[1] + m[2]
			if given, family, suffix, ok := splitLastFirst(name); ok {
				name = joined(given, family, suffix)
			}
			listed = append(listed, []string{name, m[3], ""})
		}
		return listed
	}
	if m := mailbox.FindStringSubmatch(line); m != nil {
		return [][]string{{m[1], m[2], ""}}
	}
	if m := listedMail.FindStringSubmatch(line); m != nil {
		return [][]string{{m[1], m[3], m[2]}}
	}
	if m := listedBold.FindStringSubmatch(line); m != nil && namesOnePerson(m[1]) {
		return [][]string{{m[1], "", m[2]}}
	}
	return nil
}

// namesPeople reports a table with a column of names under a heading.
func namesPeople(t Table) bool {
	_, score := findHeader(t)
	return t.NoList == "" && score >= namesScore
}
