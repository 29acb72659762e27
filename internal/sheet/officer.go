package sheet

import (
	"slices"
	"strings"
)

// Lists of officers call what each of them is a title or an office: "Judy Roe, Treasurer". A title of a job is no role.

// officeHeads head such a column, and offices are words of what stands below it.
var (
	officeHeads = words("title office officertitle officetitle seat")
	offices     = words("president vicepresident chair cochair vicechair chairperson chairman chairwoman treasurer secretary trustee mayor governor councilmember councillor councilor commissioner warden provost coordinator " +
		"vorsitzender vorsitzende vorstand kassenwart kassenwartin kassierer kassiererin schatzmeister schatzmeisterin schriftfuhrer schriftfuhrerin beisitzer beisitzerin beisitz kassenprufer " +
		"presidente presidenta vicepresidente vicepresidenta tesorero tesorera vocal tresorier tresoriere secretaire tesoriere segretario")
)

// officesAsRoles is a listing with "Role" over a column of offices, where no other says the role; others come back as they are.
func (l Listing) officesAsRoles() Listing {
	known, at, other := hatLexicon.byHeading(), -1, -1
	for i, cell := range l.Rows[0].Cells {
		if officeHeads[compact(cell)] && !l.holdsOffices(i) {
			other = i
		}
		switch f, _ := hatLexicon.guess(known, oneLine(cell)); {
		case f == HatRole || f == HatKind:
			return l
		case at < 0 && officeHeads[compact(cell)] && l.holdsOffices(i):
			at = i
		}
	}
	if at < 0 {
		return l
	}
	l.Notes = append(slices.Clip(l.Notes), Note{Line: l.Rows[0].Line, Text: "What stands under “" + oneLine(l.Rows[0].Cell(at)) + "” is read as the role of each."})
	l.Rows = slices.Clone(l.Rows)
	l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
	l.Rows[0].Cells[at] = "Role"
	return l.titlesForOffices(at, other)
}

// titlesForOffices is such a listing with what another column says of those whose office it leaves open: "Director".
func (l Listing) titlesForOffices(at, other int) Listing {
	filled := 0
	for n, row := range l.Rows {
		if other < 0 || n == 0 || value(row.Cell(at)) != "" || value(row.Cell(other)) == "" {
			continue
		}
		cells := make([]string, len(l.Rows[0].Cells))
		copy(cells, row.Cells)
		cells[at] = cells[other]
		l.Rows[n] = Row{Line: row.Line, Cells: cells}
		filled++
	}
	if filled > 0 {
		l.Notes = append(l.Notes, Note{Line: l.Rows[0].Line, Text: "Where no office is named, what stands under “" + oneLine(l.Rows[0].Cell(other)) + "” is read as the role."})
	}
	return l
}

// holdsOffices reports a column in which two cells, and a quarter of all, name an office.
func (l Listing) holdsOffices(i int) bool {
	n, all := 0, 0
	for _, row := range l.Rows[1:] {
		v := value(row.Cell(i))
		if v == "" {
			continue
		}
		if all++; namesOffice(v) {
			n++
		}
	}
	return n > 1 && n*4 >= all
}

// namesOffice reports a text of a few words with one for an office.
func namesOffice(s string) bool {
	toks := tokens(s)
	return len(toks) < 7 && slices.ContainsFunc(toks, func(t string) bool { return offices[t] })
}

// behindOffice are words that follow an office: "Mayor Pro Tem", "Chair elect".
var behindOffice = words("pro tem tempore elect emeritus emerita designate at large")

// endsWithOffice reports the name of one office, and nothing that stands beside it: "Drama Chair", "Mayor Pro Tem".
func endsWithOffice(s string) bool {
	toks := tokens(s)
	for len(toks) > 1 && behindOffice[toks[len(toks)-1]] {
		toks = toks[:len(toks)-1]
	}
	return len(toks) > 0 && len(toks) < 5 && offices[toks[len(toks)-1]] && !strings.ContainsAny(s, ",;/&\n")
}
