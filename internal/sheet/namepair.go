package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// Lists without headings may have family names in one column and given names in the next: "Roe,Ida,1990-01-01". Which is which,
// nothing says for sure.

// MayBePart is why a column is left out that holds family names or given names.
const MayBePart = "it may hold family names or given names"

// isNamePart reports one part of somebody's name, and no word for work or for a unit.
func isNamePart(s string) bool {
	return namesOnePerson("Ida "+s) && !slices.ContainsFunc(strings.Fields(s), func(w string) bool { return workWords[compact(w)] || unitWords[compact(w)] })
}

// namePair is the first of two columns beside each other in which nothing but such parts stand, most of them of one word, and
// others in nearly every row; -1 where there are none.
func namePair(rows []Row, width int) int {
	for i := range width - 1 {
		seen, all, short := map[string]bool{}, 0, 0
		parts := true
		for _, row := range rows[:min(len(rows), samplesPerColumn)] {
			a, b := value(row.Cell(i)), value(row.Cell(i+1))
			if a+b == "" {
				continue
			}
			if parts = isNamePart(a) && isNamePart(b); !parts {
				break
			}
			seen[a+" "+b] = true
			if all++; !strings.Contains(a+b, " ") {
				short++
			}
		}
		if parts && all > 1 && len(seen)*10 >= all*9 && short*4 >= all*3 {
			return i
		}
	}
	return -1
}

// withoutNames refuses a list in which no column is known to hold names, and says where they may be.
func (l *PeopleList) withoutNames(rows []Row) error {
	at := namePair(rows[1:], len(l.Columns))
	if at >= 0 && !l.Headless && !namesOnTop(rows, map[int]Field{at: FamilyName, at + 1: GivenName}) {
		at = -1 // headings that are not known say what else it is
	}
	if at < 0 {
		return refuse(NotPeople, "This does not look like a list of people: none of its columns is known to hold names. Say which column does.")
	}
	for i := at; i < at+2; i++ {
		l.Columns[i].Why = MayBePart
	}
	return refuse(NotPeople, "It is not known which columns of this list hold names. Two beside each other, with %s, look like family names and given names; which is which is not guessed. Say so.",
		fmt.Sprintf("“%s” and “%s”", short(value(rows[1].Cell(at))), short(value(rows[1].Cell(at+1)))))
}

// namesOnTop reports a first row without any known heading that holds names where a person said that names stand: it is one of
// the list.
func namesOnTop(rows []Row, mapping map[int]Field) bool {
	named := false
	for i, cell := range rows[0].Cells {
		if _, sure := guessField(oneLine(cell)); sure > 0 || isSensitive(oneLine(cell)) {
			return false
		}
		switch v := value(cell); mapping[i] {
		case FullName:
			named = namesOnePerson(v)
		case GivenName, FamilyName:
			named = isNamePart(v)
		default:
			continue
		}
		if !named {
			return false
		}
	}
	return named
}
