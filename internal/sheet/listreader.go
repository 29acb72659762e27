package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// listReader reads the rows of a list by their fields.
type listReader struct {
	Listing
	at      map[Field]int
	order   DateOrder
	columns ListColumns
	commas  bool              // family names come first among the holders: "Lee, Ann"
	holder  func(string) bool // says whether a text names somebody there is; may be nil
	role    func(string) bool // says so of a role
}

// reader settles the columns of a listing; the error is an [*Error], and the
// columns stand even then, so that a person can say what they are.
func (x lexicon) reader(l Listing, options ListOptions) (listReader, error) {
	var err error
	r := listReader{at: map[Field]int{}}
	if !l.Documents {
		l.Rows, r.columns.Headless = headed(l.Rows, options.Top, options.Known[HatHolder])
	}
	if r.Listing = l; r.columns.Headless {
		r.columns.Remarks = append(r.columns.Remarks, Note{Line: l.Rows[0].Line, Text: noHeadings})
	}
	if r.columns.Columns, err = x.columns(l, options); err != nil {
		r.columns.Columns, _ = x.columns(l, ListOptions{Known: options.Known})
		return r, err
	}
	for _, f := range x.fields {
		r.at[f] = -1
	}
	for _, c := range r.columns.Columns {
		if c.Field != NoField {
			r.at[c.Field] = c.Index
		}
	}
	if !slices.ContainsFunc(x.named, func(f Field) bool { return r.at[f] >= 0 }) {
		return r, refuse(WrongMapping, "This does not look like a %s: none of its columns is known to be the %s. Say which column is.", x.noun, x.named[0].Words())
	}
	r.columns.Remarks = append(r.columns.Remarks, l.Notes...)
	r.settleOrder(options.DateOrder)
	return r, nil
}

// shortStatements is the column of what a list of policies says of each, where it has no titles and these texts are
// as short as titles; else -1.
func (r *listReader) shortStatements(options ListOptions) int {
	at, titled := r.at[PolicyStatement]
	if _, chosen := options.Mapping[at]; !titled || at < 0 || chosen || r.at[PolicyTitle] >= 0 {
		return -1
	}
	for _, row := range r.Rows[1:] {
		if s := oneLine(row.Cell(at)); utf8.RuneCountInString(s) > 80 || strings.HasSuffix(s, ".") {
			return -1
		}
	}
	return at
}

func (r *listReader) get(row Row, f Field) string { return value(row.Cell(r.at[f])) }

// saysHeadings tells a line that repeats the headings, as lists do on each printed page.
func (r *listReader) saysHeadings(row Row) bool {
	same, filled := 0, 0
	for i, head := range r.Rows[0].Cells {
		if v := value(row.Cell(i)); v != "" {
			if filled++; strings.EqualFold(v, oneLine(head)) {
				same++
			}
		}
	}
	return filled > 1 && same == filled
}

// settleOrder finds the order of the list's dates, all columns together.
func (r *listReader) settleOrder(chosen DateOrder) {
	var e dateEvidence
	column := -1
	for _, f := range dayFields {
		if at, ok := r.at[f]; ok && at >= 0 {
			for _, row := range r.Rows[1:] {
				was := e.ambiguous
				if e.add(row.Line, value(row.Cell(at))); was == 0 && e.ambiguous == 1 {
					column = at
				}
			}
		}
	}
	order, sure := e.order()
	if order == AnyOrder {
		order, sure = DMY, false
	}
	if chosen != AnyOrder {
		order, sure = chosen, true
	}
	r.order = order
	if !sure && e.ambiguous > 0 && column >= 0 {
		r.columns.Questions = append(r.columns.Questions, e.question(r.columns.Columns[column], order))
	}
}

// day reads a date; ok is false for a text that is none. What never ends has
// no end.
func (r *listReader) day(row Row, f Field) (day Day, ok bool) {
	s := r.get(row, f)
	if s == "" || strings.Trim(s, "0/.-: ") == "" {
		return Day{}, true
	}
	if f == HatUntil && saysOpen(s) {
		return Day{}, true
	}
	s = beforeRemark(s)
	raw, ok := parseDate(s)
	if !ok {
		if year, month, ok := monthOnly(s); ok {
			return dayOfMonth(year, month, f == HatUntil || f == PolicyDue), true
		}
		return wholeYear(s, f)
	}
	if day, ok = raw.in(r.order, latestYear); ok && day.Year() >= openEnd {
		return Day{}, true
	}
	return day, ok
}

// spokenName is the name of a holder in the order in which it is spoken. "Ann Mary Lee, Bob Ray" are two, unless commas says
// that family names come first.
func spokenName(s string, commas bool) string {
	s = personName(beforeAccounts(s))
	if before, title, cut := strings.Cut(s, " ("); cut && strings.HasSuffix(title, ")") && isParty(strings.TrimSuffix(title, ")")) && namesOnePerson(before) {
		s = before // "Ann Bo (Head of sales)"
	}
	if given, family, suffix, ok := splitLastFirst(s); ok && !initialsBehind(given, family) && !endsAsCompany(given) && (commas || !strings.Contains(given, " ") || !strings.Contains(family, " ")) {
		return strings.Join(strings.Fields(given+" "+family+" "+suffix), " ")
	}
	return s
}

// beforeAccounts is a name without the brackets behind it that say how somebody is called in programs: "Ann Bo (@ann / chat: @bo)".
func beforeAccounts(s string) string {
	if name, rest, cut := strings.Cut(oneLine(s), " ("); cut && strings.Contains(rest, "@") && namesOnePerson(nameValue(name)) {
		return name
	}
	return s
}

// initialsBehind reports what stands behind a comma and is short for something: "Head of Credit, CFO" are two.
func initialsBehind(given, family string) bool {
	return len(given) > 1 && len(given) <= 5 && strings.ToUpper(given) == given && !strings.ContainsAny(given, " .") && strings.ToUpper(family) != family
}
