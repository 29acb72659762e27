package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tables of bodies name those who lead each and those who sit in it: "Committee, Chair, Members". What stands below "Members" is
// then no list of its own but a role in the body of the row.

var (
	// bodyHeads head a column of bodies that have members, crewHeads one of groups that also stand in tables of other things, and
	// districtHeads one of places that somebody is elected for.
	bodyHeads = words("committee committeename subcommittee board boardname council commission workinggroup taskforce panel steeringgroup gremium ausschuss kommission arbeitsgruppe arbeitskreis beirat rat " +
		"comite commissions groupedetravail conseil comision consejo grupodetrabajo comissao conselho grupodetrabalho comitato commissione consiglio gruppodilavoro commissie werkgroep raad")
	crewHeads     = words("team teamname group groupname squad guild chapter tribe crew sig gruppe equipe equipo grupo gruppo ploeg groep")
	districtHeads = words("district ward constituency precinct borough parish wahlkreis stadtbezirk circonscription distrito circoscrizione")
	// memberHeads head a column of those who sit in a body, each with the word for one of them.
	memberHeads = map[string]string{
		"members": "Member", "teammembers": "Member", "committeemembers": "Member", "boardmembers": "Member", "groupmembers": "Member", "othermembers": "Member", "membership": "Member",
		"mitglieder": "Mitglied", "weiteremitglieder": "Mitglied", "teammitglieder": "Mitglied", "ausschussmitglieder": "Mitglied", "membres": "Membre", "autresmembres": "Membre", "miembros": "Miembro", "integrantes": "Integrante",
		"otrosmiembros": "Miembro", "membros": "Membro", "outrosmembros": "Membro", "membri": "Membro", "altrimembri": "Membro", "leden": "Lid", "overigeleden": "Lid",
	}
)

// bodyTable are the columns of such a table: of bodies, of who leads them, and of their members, or -1.
type bodyTable struct {
	of, members int
	leads       []int
}

// withBodies is a listing of bodies or of districts with a line for each of those who have a role in them; others come back as
// they are.
func (l Listing) withBodies() Listing {
	if len(l.Rows) < 2 {
		return l
	}
	b, ok := l.bodyColumns()
	if !ok {
		return l
	}
	l.Rows = slices.Clone(l.Rows)
	l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
	l.Rows[0].Cells[b.of] = "Belongs to"
	columns, member := b.leads, ""
	if b.members >= 0 {
		columns, member = append(slices.Clip(columns), b.members), oneLine(l.Rows[0].Cells[b.members])
		l.membersApart(b.members)
	}
	slices.Sort(columns)
	return l.unfolded(columns, []string{"Role", "Holder"}, func(heading, cell string) []string {
		switch {
		case heading == member:
			return []string{memberHeads[compact(heading)], cell}
		case onesRole(heading) != "":
			return []string{onesRole(heading), cell}
		}
		return []string{heading, cell}
	})
}

// bodyColumns finds these columns; ok is false for a table that says in other columns who has which role, or has none of them.
func (l Listing) bodyColumns() (b bodyTable, ok bool) {
	b = bodyTable{of: -1, members: -1}
	known, group, district := hatLexicon.byHeading(), false, false
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, sure := hatLexicon.guess(known, h)
		key := compact(h)
		switch {
		case b.of < 0 && (bodyHeads[key] || crewHeads[key] || districtHeads[key]):
			b.of, group, district = i, crewHeads[key], districtHeads[key]
		case b.members < 0 && memberHeads[key] != "" && l.holdsMembers(i):
			b.members = i
		case l.roleColumn(i), (onesRole(h) != "" || offices[key]) && l.holdsOneEach(i):
			b.leads = append(b.leads, i)
		case sure > 0 && (f == HatHolder || f == HatRole || f == HatKind || f == GivenName || f == FamilyName || f == ExternalID):
			return b, false
		}
	}
	switch {
	case b.of < 0:
		return b, false
	case district: // elected, one for each
		return b, b.members < 0 && len(b.leads) == 1
	case group:
		return b, b.members >= 0 && len(b.leads) > 0
	}
	return b, b.members >= 0
}

// betweenMembers stands between the members of a body in a cell.
var betweenMembers = regexp.MustCompile(`\s*(?:[;\n\r]|<br\s*/?>|,|&|\s(?:and|und|et|y|e|en)\s)\s*`)

// membersIn are those whom a cell names, by their family names only where that is all it says.
func membersIn(cell string) (names []string) {
	for _, name := range betweenMembers.Split(asideBehind.ReplaceAllString(cell, ""), -1) {
		if name = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(name), "•*-")); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// holdsMembers reports a column whose cells name people, accounts or who sits there by their office: words that begin large, and
// no numbers or sentences.
func (l Listing) holdsMembers(i int) bool {
	return l.holdsOnly(i, func(cell string) bool {
		names := membersIn(cell)
		return len(names) <= sharesMost && !slices.ContainsFunc(names, func(s string) bool { return !mayBeMember(s) })
	})
}

// holdsOneEach reports a column with the name of one person in each cell, by one word at least.
func (l Listing) holdsOneEach(i int) bool {
	return l.holdsOnly(i, func(cell string) bool {
		cell = asideBehind.ReplaceAllString(oneLine(cell), "")
		return namesHolder(cell) || mayBeMember(cell) && len(strings.Fields(cell)) < 2
	})
}

// holdsOnly reports a column in which every cell that says something passes a test.
func (l Listing) holdsOnly(i int, test func(cell string) bool) bool {
	n := 0
	for _, row := range l.Rows[1:] {
		v := value(row.Cell(i))
		if v == "" || namesNobodyYet(v) {
			continue
		}
		if n++; !test(row.Cell(i)) {
			return false
		}
	}
	return n > 0
}

func mayBeMember(s string) bool {
	if accountName.MatchString(s) || plainAddress.MatchString(s) || namesOnePerson(nameValue(s)) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	return (isUpper(s) || unicode.In(first, unicode.Han, unicode.Hangul, unicode.Arabic, unicode.Hebrew)) &&
		len(strings.Fields(s)) < 5 && !strings.ContainsAny(s, "0123456789:.!?/")
}

// membersApart parts the members in the cells of their column, and says once that a comma may as well stand before a given name.
func (l *Listing) membersApart(at int) {
	said := false
	for n, row := range l.Rows[1:] {
		names := membersIn(row.Cell(at))
		if len(names) < 2 {
			continue
		}
		if !said && strings.Contains(asideBehind.ReplaceAllString(row.Cell(at), ""), ",") {
			said = true
			l.note(row.Line, "“"+short(oneLine(row.Cell(at)))+"” is read as the names of several, as are others that a comma parts.")
		}
		cells := make([]string, len(l.Rows[0].Cells))
		copy(cells, row.Cells)
		cells[at] = strings.Join(names, "; ")
		l.Rows[n+1] = Row{Line: row.Line, Cells: cells}
	}
}
