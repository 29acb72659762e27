package sheet

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// PeopleOptions are the answers a person has given about a list, and what the
// reading depends on. The zero value guesses everything.
type PeopleOptions struct {
	Today     time.Time          // settles the century of two-digit years; they lie at most ten years after it
	Mapping   map[int]Field      // by column index; NoField leaves a column out
	DateOrder DateOrder          // for dates that can be read in two ways
	Top       Top                // what the first line is
	Sheet     string             // the sheet to read; empty: the one that looks most like a list of people
	Limits    Limits             // zero fields take their default
	Progress  func(done, of int) // called now and then with the rows read so far
}

// PeopleList is what was understood of a list of people.
type PeopleList struct {
	Where     string        `json:"where"`            // the sheet, empty for a text file
	Sheets    []string      `json:"sheets,omitempty"` // of a workbook that could be meant, where there are several
	Header    int           `json:"header"`           // the line of the headings
	Headless  bool          `json:"headless"`         // there are none: the first line is one of the list
	Columns   []Column      `json:"columns"`
	People    []PersonRow   `json:"people"`
	Problems  []LineProblem `json:"problems"`
	Questions []Question    `json:"questions"`
	Counts    PeopleCounts  `json:"counts"`
}

// PersonRow is one person as a line gives them. Values are trimmed; empty
// fields say nothing about the person.
type PersonRow struct {
	Line         int    `json:"line"`
	ExternalID   string `json:"externalId,omitempty"`
	Name         string `json:"name"`     // First M Last
	SortName     string `json:"sortName"` // Last, First M
	Given        string `json:"given,omitempty"`
	Family       string `json:"family,omitempty"`
	Email        string `json:"email,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Title        string `json:"title,omitempty"`
	Department   string `json:"department,omitempty"`
	Location     string `json:"location,omitempty"`
	Region       string `json:"region,omitempty"`
	EmployedFrom Day    `json:"employedFrom,omitzero"`
	EmployedTo   Day    `json:"employedTo,omitzero"` // the last day employed, as files have it; our ranges end the day after
	ManagerID    string `json:"managerId,omitempty"`
	ManagerName  string `json:"managerName,omitempty"`
	ManagerEmail string `json:"managerEmail,omitempty"`
	Company      string `json:"company,omitempty"`
	ManagerLine  int    `json:"managerLine,omitempty"` // the line of the manager in this list, see ResolveManagers
}

// LineProblem is one thing that was wrong on a line. A fatal one means that
// the line gives no person; otherwise only the field was left empty, or
// something deserves a look.
type LineProblem struct {
	Code  string `json:"code"`
	Line  int    `json:"line"`
	Field Field  `json:"field,omitempty"`
	Who   string `json:"who,omitempty"` // it is about, of those that come in great number
	Text  string `json:"text"`
	Fatal bool   `json:"fatal"`
}

// Question is something the file leaves open, with what was assumed.
type Question struct {
	Code    string   `json:"code"`
	Column  int      `json:"column"`
	Text    string   `json:"text"`
	Assumed string   `json:"assumed"`
	Choices []string `json:"choices"`
}

// PeopleCounts adds up: Lines = People + Repeated + Refused.
type PeopleCounts struct {
	Lines    int `json:"lines"`    // below the headings, blank ones not counted
	People   int `json:"people"`   // lines that give a person
	Repeated int `json:"repeated"` // lines that say again what an earlier one said
	Refused  int `json:"refused"`  // lines that could not be used
}

// ReadPeople reads a list of people out of any file that [ReadTables] reads. The rows
// it can use are in People, every other line has a fatal problem. Values of
// columns that are left out are in no part of the result.
//
// The error is an [*Error]. With NotPeople, WrongMapping and Template the list
// still has its columns, so that a person can say which one holds the names.
func ReadPeople(name string, data []byte, options PeopleOptions) (PeopleList, error) {
	table, err := FindPeople(name, data, options)
	if err != nil {
		return PeopleList{}, err
	}
	return table.Read(options)
}

// choosePeople picks the sheet that looks most like a list of people; a
// hidden one only where no other does.
func choosePeople(tables []Table, want string) (Table, int, error) {
	best, bestHead, bestScore := -1, 0, -1
	for i, t := range tables {
		if want != "" && t.Name != want {
			continue
		}
		head, score := findHeader(t)
		if t.Hidden {
			score = min(score, 1)
		}
		if score > bestScore {
			best, bestHead, bestScore = i, head, score
		}
	}
	if best < 0 {
		return Table{}, 0, refuse(NotPeople, "There is no sheet “%s” in this workbook.", want)
	}
	return tables[best], bestHead, nil
}

// column is the index of the column that holds a field, or -1.
func (l *PeopleList) column(f Field) int {
	for _, c := range l.Columns {
		if c.Field == f {
			return c.Index
		}
	}
	return -1
}

func (l *PeopleList) problem(code string, line int, f Field, fatal bool, format string, args ...any) {
	l.Problems = append(l.Problems, LineProblem{Code: code, Line: line, Field: f, Text: fmt.Sprintf(format, args...), Fatal: fatal})
}

// peopleReader reads the rows below the headings.
type peopleReader struct {
	list    *PeopleList
	table   Table
	head    int
	options PeopleOptions
	at      map[Field]int
	orders  map[Field]DateOrder
	signs   map[Field]map[byte]DateOrder // see ofSigns
	latest  int                          // the last year that two digits may mean
	commas  bool
	class   []int // the columns that say what an entry of a directory is
	former  int   // the column of groups of which one is of those who left, or -1
	seen    peopleSeen
	months  map[Field]bool // columns with months that have no day
	placed  []Field        // see inPlace
}

func (r *peopleReader) read() {
	r.at, r.months = map[Field]int{}, map[Field]bool{}
	for _, f := range Fields {
		r.at[f] = r.list.column(f)
	}
	r.latest = r.options.Today.Year() + 10
	if r.options.Today.IsZero() {
		r.latest = latestYear
	}
	rows := r.table.Rows[r.head+1:]
	r.commas = lastFirst(r.values(rows, FullName))
	r.class = classColumns(r.list.Columns)
	r.former = r.formerGroup(rows)
	r.placed = r.inPlace(rows)
	r.dateOrders(rows)
	r.unknownStates(rows)
	r.seen = peopleSeen{id: map[string]int{}, whole: map[PersonRow]int{}, email: map[string]int{}}
	r.list.People = make([]PersonRow, 0, len(rows))
	for i, row := range rows {
		r.list.Counts.Lines++
		if p, ok := r.person(row); ok && !r.repeated(p) {
			r.list.People = append(r.list.People, p)
		}
		if r.options.Progress != nil && (i%1000 == 999 || i == len(rows)-1) {
			r.options.Progress(i+1, len(rows))
		}
	}
	for f := range r.months {
		which := "first"
		if f == EmployedTo {
			which = "last"
		}
		r.list.Columns[r.at[f]].Why += ", months without a day read as their " + which + " day"
	}
	r.oneNames()
	c := &r.list.Counts
	c.People = len(r.list.People)
	c.Refused = c.Lines - c.People - c.Repeated
}

func (r *peopleReader) values(rows []Row, f Field) []string {
	if r.at[f] < 0 {
		return nil
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.Cell(r.at[f])
	}
	return out
}

// person reads one row. Without a name, or with days that cannot be, there is
// no person in it.
func (r *peopleReader) person(row Row) (PersonRow, bool) {
	get := func(f Field) string { return value(row.Cell(r.at[f])) }
	name := func(f Field) string { return nameValue(row.Cell(r.at[f])) }
	if code, why := r.nobody(row); code != "" {
		r.list.problem(code, row.Line, FullName, true, "%s", why)
		return PersonRow{}, false
	}
	p := PersonRow{
		Line: row.Line, ExternalID: get(ExternalID), Phone: phoneSaid(get(Phone)), Title: get(Title), Department: get(Department),
		Location: get(Location), Region: get(Region), Company: get(Company),
		ManagerID: get(ManagerID), ManagerName: cmp.Or(name(ManagerName), joined(name(ManagerGiven), name(ManagerFamily))), Email: r.email(row, Email), ManagerEmail: r.email(row, ManagerEmail),
	}
	p.Email = cmp.Or(p.Email, addressIn(row.Cell(r.at[FullName])))
	if _, number := withoutPhone(get(FullName)); p.Phone == "" {
		p.Phone = phoneSaid(number)
	}
	full, below := r.nameAndTitle(row)
	p.Title = cmp.Or(p.Title, below)
	full, p.ExternalID = withNumber(full, p.ExternalID)
	p.ManagerName, p.ManagerID = withNumber(p.ManagerName, p.ManagerID)
	p.setName(full, joined(name(GivenName), name(MiddleName)), joined(get(Particle), name(FamilyName), get(SecondFamily)), r.commas)
	p.Name = titled(get(NameTitle), p.Name)
	if p.Name == "" {
		r.list.problem("no-name", row.Line, FullName, true, "There is no name on this line.")
		return p, false
	}
	var ok bool
	if p.EmployedFrom, ok = r.day(row, EmployedFrom); !ok {
		r.list.problem("no-date", row.Line, EmployedFrom, false, "“%s” is not a date; the first day of %s is left open.", get(EmployedFrom), p.Name)
	}
	if p.EmployedTo, ok = r.day(row, EmployedTo); !ok {
		r.list.problem("no-date", row.Line, EmployedTo, true, "“%s” is not a date, so it is not known whether %s has left.", get(EmployedTo), p.Name)
		return p, false
	}
	if p.EmployedTo.Year() >= openEnd {
		p.EmployedTo = Day{}
	}
	if !p.EmployedTo.IsZero() && p.EmployedTo.Before(p.EmployedFrom.Time) {
		r.list.problem("ends-before-start", row.Line, EmployedTo, true, "%s leaves on %s, before the first day on %s.",
			p.Name, p.EmployedTo.Format("2 Jan 2006"), p.EmployedFrom.Format("2 Jan 2006"))
		return p, false
	}
	r.ofAccount(p, row)
	return p, true
}

// day reads a date; ok is false only for a text that is none.
func (r *peopleReader) day(row Row, f Field) (Day, bool) {
	s := value(row.Cell(r.at[f]))
	if s == "" || strings.Trim(s, "0/.-: ") == "" {
		return Day{}, true
	}
	if f == EmployedTo && saysOpen(s) {
		return Day{}, true
	}
	raw, ok := parseDate(s)
	if !ok {
		year, month, ok := monthOnly(s)
		if !ok {
			return Day{}, false
		}
		r.months[f] = true
		return dayOfMonth(year, month, f == EmployedTo), true
	}
	return raw.in(cmp.Or(r.signs[f][raw.sign], r.orders[f]), r.latest)
}

// email reads an address; what is none is left out and said.
func (r *peopleReader) email(row Row, f Field) string {
	s := value(row.Cell(r.at[f]))
	if s == "" {
		return ""
	}
	if address, ok := oneAddress(s); ok {
		return address
	}
	r.list.problem("no-email", row.Line, f, false, "“%s” is not an e-mail address; it is left out.", s)
	return ""
}

// address accepts "ann@example.org", "mailto:…" and "Ann <ann@example.org>".
func address(s string) (string, bool) {
	s = invitedAddress(strings.TrimPrefix(s, "mailto:"))
	if open := strings.LastIndexByte(s, '<'); open >= 0 && strings.HasSuffix(s, ">") {
		s = s[open+1 : len(s)-1]
	}
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(s, " \t,;<>\"") || strings.Contains(domain, "@") ||
		!strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") {
		return "", false
	}
	return s, true
}

// phoneSaid is a number to call, and nothing where a system writes zeros for none.
func phoneSaid(s string) string {
	if strings.Trim(s, "0 -+()/.") == "" {
		return ""
	}
	return s
}
