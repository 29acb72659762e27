package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A list of people has lines that name nobody: sums, headings said again on each printed page, remarks below, and
// entries of directories that are groups or machines.

// nobody says why a line names nobody, or nobody for sure, although something stands in it; "" of others.
func (r *peopleReader) nobody(row Row) (code, why string) {
	switch {
	case row.isTotal():
		return "total", "This line counts others and names nobody."
	case r.saysHeadings(row):
		return "headings", "This line says the headings again and names nobody."
	case r.isRemark(row):
		return "remark", "This line seems to be a remark: nothing but “" + value(row.Cell(r.at[FullName])) + "” stands in it."
	case r.isFootnote(row):
		return "remark", "This line explains a mark and names nobody: “" + short(value(row.Cell(r.at[FullName]))) + "”."
	case r.thing(row) != "":
		return "no-person", "This entry of the directory is no person: it is called “" + r.thing(row) + "” there."
	case r.servesAll(row):
		return "no-person", "“" + short(value(row.Cell(r.at[FullName]))) + "” is called as rooms, shared mailboxes and accounts of programs are, and not as a person."
	case r.callsFunction(row):
		return "no-person", "“" + joined(value(row.Cell(r.at[FullName])), value(row.Cell(r.at[GivenName])), value(row.Cell(r.at[FamilyName]))) + "” is what a function is called, and not a person. Give whoever has it by name."
	}
	said := joined(row.Cell(r.at[FullName]), row.Cell(r.at[GivenName]), row.Cell(r.at[FamilyName]))
	switch {
	case namesNobodyYet(said):
		return "vacant", "“" + said + "” names nobody: this place is to be filled."
	case namesTemplate(said):
		return "template-line", "“" + short(said) + "” is what a template has in the place of a name."
	}
	if full := value(row.Cell(r.at[FullName])); r.at[GivenName] < 0 && namesSeveral(full, r.commas) {
		return "several-people", "“" + short(full) + "” seems to name several people. Give each a line."
	}
	if why := r.shifted(row); why != "" {
		return "shifted", why
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

// isFootnote tells a line that explains a mark which stands in the headings or beside names: "* Prefixes".
func (r *peopleReader) isFootnote(row Row) bool {
	said := value(row.Cell(r.at[FullName]))
	rest := strings.TrimLeft(said, "*†‡")
	return rest != said && strings.HasPrefix(rest, " ") && !namesOnePerson(strings.TrimSpace(rest))
}

var between = regexp.MustCompile(`\s*(?:[;&/\n]|,| and | und )\s*`)

// namesSeveral reports two names and more, each of two words at least: "Ann Lee, Bob Ray". A comma parts names only in columns
// where family names do not come first.
func namesSeveral(s string, commas bool) bool {
	parts := between.Split(s, -1)
	if len(parts) < 2 || commas && strings.Contains(s, ",") {
		return false
	}
	for _, part := range parts {
		words := strings.Fields(part)
		if len(words) < 2 || len(words) > 4 || isSuffix(words[0]) || slices.ContainsFunc(words, func(w string) bool {
			return !unicode.IsUpper([]rune(w)[0]) && !particles[w] || strings.ContainsAny(w, "0123456789@()")
		}) {
			return false
		}
	}
	return true
}

// nobodyInitials stand in lists for whoever is still to come.
var nobodyInitials = words("nn tbd tba tbc")

// namesNobodyYet reports "N. N.", "vacant", "to be hired" in the place of a name. "Nadie" and "Open" are names of people, too,
// beside another.
func namesNobodyYet(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	if s[0] == '(' && strings.Index(s, ")") == len(s)-1 {
		return true // "(none yet)": names stand before brackets
	}
	before, _, _ := strings.Cut(s, "(") // "TODO (owner)", "vacant (from May)"
	joined := compact(before)
	return nobodyInitials[joined] || nobodyYet[joined] || vacancies[joined]
}

var vacancies = words("unclaimed unfilled needed wanted tobeformed tobedecided tobeelected seekingvolunteers seekingvolunteer lookingforvolunteers volunteerneeded volunteersneeded helpwanted pending pendente pendiente enattente ausstehend adesigner adesignar anommer apreciser noneyet nobodyyet noneassigned tobeassigned unassigned notassigned vacancy vacantposition openposition positionvacant tobehired tobeconfirmed tobedefined tobedetermined tobeannounced newhire tobeappointed tobenominated tobenamed tobefilled toberecruited notyetassigned notyetappointed recruiting nochzubenennen nochzubesetzen wirdnochbenannt zubenennen adetermine pordesignar pornombrar adesignare danominare nogtebenoemen zubesetzen nochoffen nichtbesetzt unbesetzt stelleoffen apourvoir postevacant pordefinir aconfirmar adefinir vago vaga wakat vakans vacature")

// templateNames are the words of names that nobody filled in.
var templateNames = folded("first last given family full middle your the team member employee person staff user name names surname forename firstname lastname fullname title here example vorname nachname nombre apellido apellidos prenom nom nome cognome imie nazwisko")

// namesTemplate reports "<name>", "[Full name]", "FIRST LAST", "Team Member Name".
func namesTemplate(s string) bool {
	if isBlankToFill(s) {
		return true
	}
	toks := tokens(s)
	if len(toks) < 2 {
		return false
	}
	for _, t := range toks {
		if !templateNames[t] {
			return false
		}
	}
	return true
}

// nameAndTitle is the full name, and what stands below it in the same cell where the heading says that both do.
func (r *peopleReader) nameAndTitle(row Row) (name, title string) {
	at := r.at[FullName]
	if at < 0 || !nameAndTitles[compact(r.list.Columns[at].Header)] {
		return personName(row.Cell(at)), ""
	}
	name, title, _ = strings.Cut(strings.TrimSpace(row.Cell(at)), "\n")
	return nameValue(name), value(title)
}

var nameAndTitles = words("nameandtitle nameandposition")
