package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// A list of people has lines that name nobody: sums, headings said again on each printed page, remarks below, and
// entries of directories that are groups or machines.

// nobody says why a line names nobody although something stands in it; "" of others.
func (r *peopleReader) nobody(row Row) (code, why string) {
	switch {
	case row.isTotal():
		return "total", "This line counts others and names nobody."
	case r.saysHeadings(row):
		return "headings", "This line says the headings again and names nobody."
	case r.isRemark(row):
		return "remark", "This line seems to be a remark: nothing but “" + value(row.Cell(r.at[FullName])) + "” stands in it."
	case r.isThing(row):
		return "no-person", "This entry of the directory is no person but a " + strings.ToLower(value(row.Cell(r.class))) + "."
	}
	return "", ""
}

// saysHeadings tells a line whose cells are the headings of their columns, or other words for them.
func (r *peopleReader) saysHeadings(row Row) bool {
	said := joined(row.Cell(r.at[FullName]), row.Cell(r.at[GivenName])) // one look at most lines
	if f, sure := guessField(said); said == "" || len(said) > 40 || sure == 0 || !slices.Contains(nameFields, f) {
		return false
	}
	filled, headings := 0, 0
	for _, c := range r.list.Columns {
		v := value(row.Cell(c.Index))
		if v == "" || c.Field == NoField {
			continue
		}
		filled++
		if strings.EqualFold(v, c.Header) {
			headings++
		} else if f, sure := guessField(v); sure > 0 && len(v) <= 40 && (f == c.Field || slices.Contains(managerFields, f) && slices.Contains(managerFields, c.Field)) {
			headings++
		}
	}
	return filled >= 3 && headings*5 >= filled*4 || filled == 2 && headings == 2
}

var (
	nameFields    = []Field{FullName, GivenName, FamilyName}
	managerFields = []Field{ManagerID, ManagerName, ManagerEmail}
)

// isRemark tells a line that has nothing but a text, which is no name, where others have more: "Confidential – HR only".
func (r *peopleReader) isRemark(row Row) bool {
	used, filled := 0, 0
	for _, c := range r.list.Columns {
		if c.Field != NoField {
			used++
		}
		if value(row.Cell(c.Index)) != "" {
			filled++
		}
	}
	text := value(row.Cell(r.at[FullName]))
	if used < 2 || filled != 1 || text == "" {
		return false
	}
	words := strings.Fields(text)
	first, last := []rune(words[0])[0], []rune(words[len(words)-1])[0]
	return len(words) > 6 || len(words) > 2 && (strings.ContainsAny(text, ":–—©0123456789") || unicode.IsUpper(first) && unicode.IsLower(last))
}

// things are classes of entries of directories that are no people.
var things = words("group computer organizationalunit container domaindns builtindomain foreignsecurityprincipal printqueue room equipment device")

func (r *peopleReader) isThing(row Row) bool {
	if r.class < 0 {
		return false
	}
	for _, class := range strings.FieldsFunc(strings.ToLower(row.Cell(r.class)), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		if things[class] {
			return true
		}
	}
	return false
}

// classColumn is the column that says what an entry of a directory is, or -1.
func classColumn(columns []Column) int {
	for _, c := range columns {
		if h := compact(c.Header); h == "objectclass" || h == "objectcategory" {
			return c.Index
		}
	}
	return -1
}
