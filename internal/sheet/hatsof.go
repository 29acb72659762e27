package sheet

import (
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Lists of processes, practices and services with their owners and managers call what they list by its name alone. What that is,
// the name of the table or file says: "processes".

// thingWords are the words for what hats hang on.
var thingWords = map[Field]map[string]bool{
	HatProcess:  words("process processes prozess prozesse processus proceso procesos processo processos processi procedimientos processen"),
	HatPractice: words("practice practices praktik praktiken pratique pratiques practica practicas pratica praticas praktijken"),
	HatService:  words("service services dienst dienste leistungen servicio servicios servico servicos servizi diensten"),
}

// thingHeads are how columns of each are headed.
var thingHeads = map[Field]string{HatProcess: "Process", HatPractice: "Practice", HatService: "Service"}

// ofThings is a listing with that word over its first column of names, where another has the kind of a role over it and names of
// people below; others come back as they are.
func (l Listing) ofThings() Listing {
	if len(l.Rows) < 2 {
		return l
	}
	name, kinds := -1, 0
	for i, cell := range l.Rows[0].Cells {
		switch h := oneLine(cell); {
		case name < 0 && kinds == 0 && (nameWords[compact(h)] || titleKeys[strings.ToLower(h)]):
			name = i
		case kindHeading(h) && !l.tickedColumn(i):
			kinds++
		}
	}
	if name < 0 || kinds == 0 {
		return l
	}
	head := ""
	for _, f := range []Field{HatPractice, HatProcess, HatService} {
		for _, says := range []string{l.Where, stem(l.File)} {
			if head == "" && slices.ContainsFunc(tokens(says), func(w string) bool { return thingWords[f][w] }) {
				head = thingHeads[f]
			}
		}
	}
	if head == "" && kinds > 1 {
		head = "Belongs to"
	}
	if head != "" {
		l.Rows = slices.Clone(l.Rows)
		l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
		l.Rows[0].Cells[name] = head
	}
	return l
}

// doersBeside adds the column of those who do the work to those of owners and managers.
func (l Listing) doersBeside(kinds []int) []int {
	if len(kinds) == 0 {
		return kinds
	}
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		if itsm.RoleKindOf(strings.TrimSuffix(h, "s")) == itsm.Practitioner && !l.tickedColumn(i) && !slices.Contains(kinds, i) {
			kinds = append(kinds, i)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// holdsPeople reports columns in which most cells name people.
func (l Listing) holdsPeople(columns []int) bool {
	people, all := 0, 0
	for _, row := range l.Rows[1:] {
		for _, i := range columns {
			v := value(row.Cell(i))
			if v == "" || namesNobodyYet(v) {
				continue
			}
			all++
			parts := strings.FieldsFunc(row.Cell(i), func(r rune) bool { return strings.ContainsRune(";,/&\n", r) })
			if !slices.ContainsFunc(parts, func(s string) bool { return !namesOnePerson(nameValue(beforeRemark(strings.TrimSpace(s)))) }) {
				people++
			}
		}
	}
	return people > 1 && people*4 >= all*3
}

// kindsBelow are the columns below which nothing but kinds of roles stand, each under what they are of: "Incident management" over
// "Owner". There are several kinds: a column of one may say what all are.
func (l Listing) kindsBelow() (columns []int) {
	kinds, known := map[itsm.RoleKind]bool{}, hatLexicon.byHeading()
	for i, cell := range l.Rows[0].Cells {
		h, n := oneLine(cell), 0
		if f, sure := hatLexicon.guess(known, h); h == "" || sure > 0 && f == HatKind || isSensitive(h) {
			continue
		}
		only := true
		for _, row := range l.Rows[1:] {
			v := value(row.Cell(i))
			if v == "" {
				continue
			}
			kind := itsm.RoleKindOf(v)
			only, kinds[kind], n = only && kind != "", true, n+1
		}
		if only && n > 0 {
			columns = append(columns, i)
		}
	}
	if len(kinds) < 2 {
		return nil
	}
	return columns
}
