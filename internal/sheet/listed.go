package sheet

import (
	"slices"
	"time"

	"hatrack/internal/itsm"
)

// PeopleTable is the one table of a file that holds people, from its headings
// down, without what is nobody's business: the values of personal columns are
// gone. It is what may be kept between a preview and its confirmation.
type PeopleTable struct {
	Where string `json:"where"`
	Rows  []Row  `json:"rows"`
	Notes []Note `json:"notes"`
	// NoList is that of the [Table].
	NoList string `json:"noList,omitempty"`
	// Others are the other sheets of a workbook that could be meant.
	Others []PeopleTable `json:"others,omitempty"`
}

// sheetScore is how well the headings of a sheet are understood that may be a list of people: a name and another field.
const sheetScore = 5

// namesScore is that of a table of which nothing but the names is understood.
const namesScore = 3

// FindPeople finds the table of people in a file. The error is an [*Error].
func FindPeople(name string, data []byte, options PeopleOptions) (PeopleTable, error) {
	tables, err := ReadTables(name, data, options.Limits)
	if err != nil {
		return PeopleTable{}, err
	}
	if t, ok := mailboxes(data, tables); ok {
		tables = []Table{t}
	}
	table, head, err := choosePeople(tables, options.Sheet)
	if err != nil {
		return PeopleTable{}, err
	}
	least := sheetScore
	if _, score := findHeader(table); score >= namesScore { // nor does the first say more than names
		least = min(score, sheetScore)
	}
	table, rest := parted(tables, table, head)
	found := peopleTable(table, head)
	for _, t := range rest {
		if head, score := findHeader(t); !t.Hidden && options.Sheet == "" && score >= least && len(t.Rows) > head+1 {
			found.Others = append(found.Others, peopleTable(t, head))
		}
	}
	return found, nil
}

// peopleTable is a table from its headings down, without what is nobody's business.
func peopleTable(table Table, head int) PeopleTable {
	found := PeopleTable{Where: table.Name, Rows: table.Rows[head:], Notes: table.Notes, NoList: table.NoList}
	found.Rows[0] = underGroups(table, head)
	found.Rows = sectioned(found.Rows)
	for i, heading := range found.Rows[0].Cells {
		if heading = oneLine(heading); !isSensitive(heading) {
			continue
		}
		employed := saysEmployed(found.Rows[1:], i, heading)
		for n := range found.Rows[1:] {
			switch cells := found.Rows[n+1].Cells; {
			case i >= len(cells):
			case employed:
				cells[i] = withoutReasons(heading, cells[i])
			default:
				cells[i] = ""
			}
		}
	}
	return found
}

// Sheet is the table of a name, else the one that was found first.
func (t PeopleTable) Sheet(name string) PeopleTable {
	for _, other := range t.Others {
		if other.Where == name && name != "" {
			return other
		}
	}
	return t
}

// Sheets are the names of those that could be meant, where there are several.
func (t PeopleTable) Sheets() (names []string) {
	if len(t.Others) > 0 {
		names = append(names, t.Where)
	}
	for _, other := range t.Others {
		names = append(names, other.Where)
	}
	return names
}

// Read reads the people of a table; see [ReadPeople].
func (t PeopleTable) Read(options PeopleOptions) (PeopleList, error) {
	list, table, err := t.settled(options)
	if err != nil {
		return list, err
	}
	r := peopleReader{list: &list, table: table, options: options}
	r.read()
	return list, nil
}

// Empty is the error of a table in which nothing could be read whatever its columns were; its people are not looked at.
func (t PeopleTable) Empty() error {
	if _, _, err := t.settled(PeopleOptions{}); CodeOf(err) == Template {
		return err
	}
	return nil
}

// settled is a list of which the columns are known and the people are not read yet, and the table that they stand in.
func (t PeopleTable) settled(options PeopleOptions) (PeopleList, Table, error) {
	sheets := t.Sheets()
	t = t.Sheet(options.Sheet)
	list := PeopleList{Where: t.Where, Sheets: sheets, Header: t.Rows[0].Line}
	if err := withoutTable(t.NoList); err != nil {
		return list, Table{}, err
	}
	top := options.Top
	if top == TopGuessed && namesOnTop(t.Rows, options.Mapping) {
		top = TopData
	}
	if t.Rows, list.Headless = headed(t.Rows, top, nil); list.Headless {
		list.problem("no-headings", t.Rows[0].Line, NoField, false, noHeadings)
	}
	table := Table{Name: t.Where, Rows: t.Rows, Notes: t.Notes}
	var err error
	list.Columns, err = columnsOf(table, 0, options.Mapping)
	if err != nil {
		list.Columns, _ = columnsOf(table, 0, nil)
		return list, table, err
	}
	if list.column(FullName)+list.column(GivenName)+list.column(FamilyName) == -3 {
		return list, table, list.withoutNames(t.Rows)
	}
	if len(t.Rows) == 1 {
		return list, table, refuse(Template, "There are headings here and nobody below them. Fill the list in, then bring it again.")
	}
	if other := list.otherList(t.Rows[1:]); other != "" {
		list.problem(OtherList, 0, NoField, false, "%s", other)
	}
	for _, n := range t.Notes {
		list.problem("text", n.Line, NoField, false, "%s", n.Text)
	}
	return list, table, nil
}

// Listed are the people of a list as the rules of an import take them. Whoever
// the list itself names as manager is settled (see ResolveManagers); a last day
// becomes the first day without.
func (l PeopleList) Listed() []itsm.ListedPerson {
	out := make([]itsm.ListedPerson, len(l.People))
	for i, p := range l.People {
		out[i] = itsm.ListedPerson{
			Line: p.Line, ManagerLine: p.ManagerLine, ManagerID: p.ManagerID, ManagerName: p.ManagerName, ManagerEmail: p.ManagerEmail,
			Region: p.Region, Company: p.Company,
			Person: itsm.Person{
				ExternalID: p.ExternalID, Name: p.Name, SortName: p.SortName, Title: p.Title, Email: p.Email, Phone: p.Phone,
				Department: p.Department, Location: p.Location, EmployedFrom: dayOf(p.EmployedFrom, 0), EmployedTo: dayOf(p.EmployedTo, 1),
			},
		}
	}
	return out
}

func dayOf(d Day, later int) *time.Time {
	if d.IsZero() {
		return nil
	}
	day := d.AddDate(0, 0, later)
	return &day
}

// Remarks are the problems of the list that the rules of an import do not
// settle themselves: managers who are not in the list may still be known.
func (l PeopleList) Remarks() []itsm.ListRemark {
	var out []itsm.ListRemark
	for _, p := range l.Problems {
		if p.Code != "no-manager" {
			out = append(out, itsm.ListRemark{Line: p.Line, Text: p.Text, Fatal: p.Fatal, What: p.Who, Code: p.Code})
		}
	}
	slices.SortStableFunc(out, func(a, b itsm.ListRemark) int { return a.Line - b.Line })
	return out
}
