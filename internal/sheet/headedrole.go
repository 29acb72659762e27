package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// Lists of who looks after something often have no column for the role, since all who are listed have the same: it stands above
// the column of names, "Maintainer", or above the table.

// headedRoles are the roles that such lists are of.
var headedRoles = words("maintainer contributor reviewer approver committer moderator triager trustee steward")

// withRole is a listing with a column for the role that stands above its names, where no column says it; others come back as
// they are. What stands over a heading that says no more than "Members" is over.
func (l Listing) withRole(over string) Listing {
	known, holder := hatLexicon.byHeading(), -1
	role := ""
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, _ := hatLexicon.guess(known, h)
		switch says := headedRole(h); {
		case f == HatRole || f == HatKind:
			return l
		case says != "" && role != "":
			return l // two roles: which is whose is not guessed
		case says != "":
			holder, role = i, says
		case f == HatHolder && holder < 0:
			holder = i
		}
	}
	above := strings.TrimRight(oneLine(l.Where), ":")
	if role == "" || role == "Member" {
		role = cmp.Or(listedRole(above), listedRole(over), role)
	}
	if holder < 0 && role == "" {
		holder, role = l.termColumn()
	}
	if holder < 0 || role == "" || len(l.Rows) < 2 {
		return l
	}
	heads, says := []string{"Role"}, []string{role}
	if slices.ContainsFunc(tokens(above), func(t string) bool { return formerWords[t] }) {
		heads, says = append(heads, "Status"), append(says, "former")
	}
	rows := make([]Row, len(l.Rows))
	for n, row := range l.Rows {
		cells := make([]string, len(l.Rows[0].Cells))
		copy(cells, row.Cells)
		rows[n] = Row{Line: row.Line, Cells: append(cells, says...)}
	}
	copy(rows[0].Cells[len(l.Rows[0].Cells):], heads)
	if f, _ := hatLexicon.guess(known, oneLine(rows[0].Cells[holder])); f != HatHolder {
		rows[0].Cells[holder] = "Holder"
	}
	l.Rows = rows
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "No column says the role. All are read as “" + role + "”, which stands above them."})
	return l
}

// listedRole is the role of all who stand below a heading: that which it names, or to be a member of the body that it names.
func listedRole(heading string) string {
	if role := headedRole(heading); role != "" {
		return role
	}
	if role := onesRole(heading); role != "" && !strings.HasSuffix(heading, role) && !strings.HasSuffix(compact(role), "owner") && len(tokens(heading)) < 4 { // several: "Secretaries"; owners are of what a column says
		return role
	}
	words := strings.Fields(heading)
	words = slices.DeleteFunc(words, func(w string) bool { return formerWords[compact(w)] || nowWords[compact(w)] })
	if n := len(words); n > 2 && compact(words[n-1]) == "members" && memberBodies[compact(words[n-2])] {
		words = words[:n-1]
	}
	if len(words) < 2 || len(words) > 5 {
		return ""
	}
	switch last := compact(words[len(words)-1]); {
	case memberBodies[last], last == "board" && boards[compact(words[0])], compact(strings.Join(words, " ")) == "boardofdirectors":
		return strings.Join(words, " ") + " member"
	}
	return ""
}

// memberBodies have members, and so have boards of these kinds: one of tasks has none.
var (
	memberBodies = words("committee council subcommittee taskforce")
	boards       = words("advisory governing governance executive steering management supervisory change architecture editorial review security ethics data")
)

// termColumn is a column of people headed by the office that they held, where others say from when until when; -1 of others.
func (l Listing) termColumn() (at int, role string) {
	known, days := hatLexicon.byHeading(), 0
	at = -1
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, sure := hatLexicon.guess(known, h)
		switch {
		case f == HatFrom || f == HatUntil:
			days++
		case at < 0 && sure == 0 && h != "" && len(tokens(h)) < 4 && l.holdsPeople([]int{i}):
			at, role = i, h
		}
	}
	if days < 2 {
		return -1, ""
	}
	return at, role
}

// headedRole is the role that a heading of a few words ends with: "Current maintainers".
func headedRole(heading string) string {
	words := strings.Fields(heading)
	words = slices.DeleteFunc(words, func(w string) bool { return formerWords[compact(w)] || nowWords[compact(w)] })
	if n := len(words); n > 1 && nameWords[compact(words[n-1])] { // "Maintainer name"
		words = words[:n-1]
	}
	if len(words) == 0 || len(words) > 3 {
		return ""
	}
	last := strings.TrimSuffix(strings.ToLower(words[len(words)-1]), "s")
	if !headedRoles[last] && (last != "member" || len(words) < 2 || crowds[compact(words[0])]) {
		return ""
	}
	words[len(words)-1] = last
	role := strings.Join(words, " ")
	return strings.ToUpper(role[:1]) + role[1:]
}

// crowds have members that are no more than that.
var crowds = words("team staff group crew family project key other new name full")

// nowWords say of a list that it holds.
var nowWords = words("current active our all the present initial founding")

// leads head a column of who leads what stands in another: "Working group, Chair". roleNouns do so behind another word, or
// alone: "Data steward".
var (
	leads = words("chair cochair vicechair chairperson chairman chairs cochairs secretary treasurer lead leads colead oncall leader coordinator facilitator sponsor vorsitz vorsitzender vorsitzende leitung leiter leiterin president vicepresident " +
		"presidente coordinador coordenador secretario presidence responsablede voorzitter")
	roleNouns = words("owner steward custodian approver reviewer maintainer champion sponsor coordinator")
	// leadNouns do so where all that stands below are names of people: "Team lead".
	leadNouns = words("lead leader master manager chair chairperson secretary treasurer architect officer")
)

// roleColumn reports a column that is headed by a role, with names below.
func (l Listing) roleColumn(i int) bool {
	h, _, _ := strings.Cut(oneLine(l.Rows[0].Cell(i)), " (") // "Chair (until May)"
	toks := tokens(h)
	if len(toks) == 0 || len(toks) > 3 || l.tickedColumn(i) {
		return false
	}
	return leads[compact(h)] || responsibles[compact(h)] && l.saysResponsible(i) || len(toks) > 1 && roleNouns[toks[len(toks)-1]] && inHeading(h) == "" || toks[0] == "approver" && len(toks) == 1 ||
		len(toks) > 1 && leadNouns[toks[len(toks)-1]] && inHeading(h) == "" && l.holdsTurns(i)
}

// responsibles head a column of who does what stands before them.
var responsibles = words("responsible responsibleperson personresponsible inchargeof incharge verantwortlich verantwortliche verantwortlicher zustandig responsable responsavel responsabile verantwoordelijk verantwoordelijke")

// saysResponsible reports such a column of people beside one of who stands in. One beside others of a RACI grid, or beside days by
// which something is done, says no hat.
func (l Listing) saysResponsible(i int) bool {
	deputy := false
	for n, cell := range l.Rows[0].Cells {
		h := compact(oneLine(cell))
		if n != i && raciKeys[h] || dueHeads[h] {
			return false
		}
		deputy = deputy || l.standsIn(n)
	}
	return deputy && l.holdsTurns(i)
}

// dueHeads head days by which something is to be done, and how far it is.
var dueHeads = words("due duedate dueby deadline by when until status progress priority frist termin fallig falligam bis erledigt echeance plazo prazo scadenza")
