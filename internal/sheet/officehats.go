package sheet

import (
	"regexp"
	"strings"
)

// Pages on who serves have the office in a line of its own, in bold, and below it who holds it: "**President**", "Ann Bo,
// ann [ at ] example.org". Where a heading names the role of all below it, the lines in bold say what each is of.

var (
	// inBold is a line of nothing but a text in bold, perhaps with a mark behind it.
	inBold = regexp.MustCompile(`^\s*(?:\*\*|__)([^*_|:]{2,60}?):?(?:\*\*|__):?\s*[*†‡]*\s*$`)
	// hiddenAt is the sign in an address that programs shall not find.
	hiddenAt = regexp.MustCompile(`\s*[\[({]\s*(?:at|@)\s*[\])}]\s*`)
)

// officeReader goes through the lines of such a page.
type officeReader struct {
	listing  Listing
	all      string   // the role of all below the heading that is open
	former   bool     // they had it once
	of, role string   // of the line in bold
	term     []string // the last and the first day of those below it
	waits    bool     // for the name of who holds it
	single   string   // the office that the heading names, and its level
	level    int
}

// officeHats makes a table of such lines.
func officeHats(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	r := officeReader{term: []string{"", ""}}
	r.listing = Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail", "Until", "From"}}}}
	lines, at := documentLines(text)
	for i, line := range lines {
		n := at[i] - 1
		t := lineOf(n+1, line)
		m := inBold.FindStringSubmatch(line)
		switch {
		case t.level > r.level && r.level > 0 && namesOnePerson(nameValue(t.text)): // "### President" over "#### Ann Bo"
			r.listing.Rows = append(r.listing.Rows, Row{Line: n + 1, Cells: append([]string{"", r.single, nameValue(t.text), ""}, r.term...)})
			r.role = ""
		case t.level > 0:
			r.heading(t)
		case m != nil:
			r.office(m[1])
		case t.text != "" && !t.bullet:
			r.holder(n+1, line)
		}
	}
	l := &r.listing
	l.withoutEmpty(4)
	l.Notes = append([]Note{{Line: 1, Text: "The names below an office, in bold or as a heading, are read as those of who holds it."}}, l.Notes...)
	return *l, len(l.Rows) > 2 && len(l.Rows) <= listRows
}

// heading takes a heading: an office, or the role of all below it.
func (r *officeReader) heading(t textLine) {
	r.all, r.former = roleOfHead(t.text)
	r.of, r.role, r.term, r.waits, r.single, r.level = "", "", []string{"", ""}, false, "", 0
	if bare := numbered.ReplaceAllString(t.text, ""); endsWithOffice(bare) && !r.former {
		r.single, r.level, r.role, r.waits = bare, t.level, bare, true
	}
}

// office takes a line in bold: an office, what the role above is of, or the term of those below.
func (r *officeReader) office(says string) {
	if from, until, ok := termOfHeading(says); ok {
		if r.term = []string{until, from}; len(r.listing.Notes) == 0 {
			r.listing.note(1, wholeYears)
		}
		return
	}
	role, over := roleOfHead(says)
	r.of, r.role, r.waits = "", role, true
	if !namesOffice(says) && r.all != "" && len(tokens(says)) < 5 {
		r.of, r.role, over = says, r.all, r.former
	}
	if over || r.former {
		r.role = ""
	}
}

// holder takes a line below: the name of who holds the office, or the address of whom the line before names.
func (r *officeReader) holder(n int, line string) {
	holder, address := servedBy(line)
	rows := r.listing.Rows
	switch last := rows[len(rows)-1]; {
	case r.role == "":
	case holder != "":
		r.listing.Rows = append(rows, Row{Line: n, Cells: append([]string{r.of, r.role, holder, address}, r.term...)})
		r.waits = false
	case address != "" && len(rows) > 1 && last.Line == n-1:
		last.Cells[3] = address
	case r.waits: // what the office is for
		r.role = ""
	}
}

// servedBy is the name that a line consists of, and the address that does so, or stands behind the name.
func servedBy(line string) (holder, address string) {
	says := plainText(hiddenAt.ReplaceAllString(line, "@"))
	if at := mailIn.FindStringSubmatch(says); at != nil && strings.Count(says, "@") == 1 {
		address, says = at[1], mailIn.ReplaceAllString(says, "")
	}
	if says = nameValue(strings.Trim(says, " ,;*\t")); namesOnePerson(says) {
		return says, address
	}
	if says != "" {
		return "", ""
	}
	return "", address
}
