package sheet

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"strings"
)

// Address books give cards, a property a line. As a table that is a row for each card; what is nobody's business, such as
// addresses of homes and birthdays, is not read.

// cardColumns are the columns of that table.
var cardColumns = []string{"Full name", "Given name", "Middle name", "Family name", "Name title", "Job title", "Department", "Company", "E-mail", "Phone", "Object class"}

func looksLikeCards(data []byte) bool { return bytes.HasPrefix(beginning(data), []byte("begin:vcard")) }

// readCards makes a row of each card.
func readCards(data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if err := tooManyLines(text, limits.Rows, "lines", limits.Rows); err != nil {
		return nil, err
	}
	t := Table{Rows: []Row{{Line: 1, Cells: cardColumns}}}
	var card map[string]string
	for i, line := range cardLines(text) {
		name, params, value := property(line)
		switch {
		case name == "begin" && strings.EqualFold(value, "vcard"):
			card = map[string]string{}
			t.Rows = append(t.Rows, Row{Line: i + 1, Cells: make([]string, len(cardColumns))})
		case name == "end":
			card = nil
		case card != nil && card[name] == "": // the first of several is the one to use
			if card[name] = value; strings.Contains(params, "quoted-printable") {
				value = decodedQuotes(value)
			}
			fillCard(t.Rows[len(t.Rows)-1].Cells, name, value)
		}
	}
	return []Table{t}, nil
}

// cardLines are the lines of a text, those that go on from the one before put together with it.
func cardLines(text string) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	last := 0
	for i, line := range lines {
		if i > 0 && line != "" && strings.ContainsRune(" \t", rune(line[0])) {
			lines[last] += line[1:]
			lines[i] = ""
			continue
		}
		last = i
	}
	return lines
}

// property is a line as its name and parameters, in lower case, and its value: "item1.EMAIL;TYPE=WORK:ann@example.org".
func property(line string) (name, params, value string) {
	before, value, _ := strings.Cut(line, ":")
	name, params, _ = strings.Cut(strings.ToLower(before), ";")
	if _, rest, grouped := strings.Cut(name, "."); grouped {
		name = rest
	}
	return name, params, value
}

func decodedQuotes(s string) string {
	if out, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s))); err == nil {
		return string(out)
	}
	return s
}

// cardAt are the columns of properties, in the order of their parts: N is the family name, the given name, and so on.
var cardAt = map[string][]int{"fn": {0}, "n": {3, 1, 2, 4}, "title": {5}, "role": {5}, "org": {7, 6}, "email": {8}, "tel": {9}, "kind": {10}}

// fillCard puts the parts of a property into its columns.
func fillCard(cells []string, name, value string) {
	parts := strings.Split(strings.NewReplacer(`\;`, "\x00", `\,`, ",", `\n`, " ", `\N`, " ").Replace(value), ";")
	for n, col := range cardAt[name] {
		if n < len(parts) && cells[col] == "" {
			cells[col] = clean(strings.ReplaceAll(parts[n], "\x00", ";"))
		}
	}
}
