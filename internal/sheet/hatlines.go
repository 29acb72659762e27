package sheet

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Documents say in lines of text who wears which hat: "**Process owner:** Ann Bo". As a table that is a line each, with what
// the heading above them says that they are of.

// twoFields is the score of a table of which two columns are understood.
const twoFields = 4

// mailIn is an address within a text.
var mailIn = regexp.MustCompile(`[(<\[]?(?:mailto:)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)[)>\]]?`)

// aboutHats are words of headings that say that hats stand below, and not what they are of.
var aboutHats = folded("leadership role roles responsibility responsibilities owner owners ownership contact contacts team people governance accountability maintainer maintainers contributors reviewers committers stakeholder stakeholders raci holders hats overview " +
	"rollen rolle verantwortlichkeiten verantwortung ansprechpartner zuständigkeiten rôles responsabilités contacts responsables responsabilidades contactos funções papéis ruoli responsabilità")

// hatLineReader goes through the lines of a document.
type hatLineReader struct {
	listing        Listing
	headings       []textLine // those that are open
	people, others int        // lines that name somebody, and lines that say something else of a role
	begun          int        // how many lines there were at the last heading
	title          string     // the first heading
	term           string     // what a line below the heading says of it
	below          int        // how many headings were open where somebody was named by a label; 0: nowhere
	alone          []string   // the names of a line of nothing else
	ordinal        string     // which of several the office of a line is: "2. "
	person         bool       // the heading above is somebody's name and role
	roleless       []Note     // entries that are names, below nothing that says a role
	unsaid         []Note     // lines that name a role, and nobody
	unread         []Note     // entries of lists of those with a role that are no names
}

// hatLines makes a table of such lines in a document.
func hatLines(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	r := hatLineReader{}
	r.listing = Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail", "Status", "Until", "From", "Capacity"}}}}
	lines, at := documentLines(text)
	people, alone := personLines(lines), belowHeadings(lines)
	for i, line := range lines {
		p, named := people[i]
		r.ordinal, r.alone = officeNumber(lines, i), alone[i]
		switch heads := lineOf(at[i], line).level > 0; {
		case named && heads:
			r.headings = slices.DeleteFunc(r.headings, func(h textLine) bool { return h.level >= lineOf(at[i], line).level })
			r.named(at[i], p, line, lines[i+1:])
			r.person = true
		case r.person && !heads: // what is said of somebody
		case r.heading(at[i], line):
			r.person, r.begun = false, len(r.listing.Rows)
		case r.another(line), r.inline(at[i], line):
		case r.entry(at[i], line):
		case named:
			r.named(at[i], p, line, nil)
		case !r.sentence(at[i], line):
			r.left(at[i], line)
		}
	}
	l := &r.listing
	l.withoutEmpty(4)
	l.Notes = append([]Note{{Line: 1, Text: "The lines of this text that name a role and somebody are read as a list of them."}}, l.Notes...)
	if n := len(r.unread); n <= r.people {
		l.noteFirst(r.unread, "What its lists say besides names is left out: ", ".")
	}
	l.noteFirst(r.unsaid, "Lines that name a role, and behind it nobody who is known to be meant, are left out: ", ".")
	l.noteFirst(r.roleless, "Below no role stands ", ", which is left out.")
	return *l, r.people > 1 && r.people > r.others && len(l.Rows) <= listRows
}

// heading takes a heading, or what stands in the place of one: a line in bold, or a sentence over a list.
func (r *hatLineReader) heading(n int, line string) bool {
	t := lineOf(n, line)
	if head := listedBelow(line); head != "" {
		t.level, t.text = 7, head
	}
	if t.level > 0 {
		if r.term, r.below = "", 0; r.title == "" {
			r.title = t.text
		}
		r.headings = append(slices.DeleteFunc(r.headings, func(h textLine) bool { return h.level >= t.level }), t)
		return true
	}
	m := boldHead.FindStringSubmatch(line)
	if m == nil {
		if m = colonHead.FindStringSubmatch(line); m == nil || entriesRole(m[1]) == "" {
			return false
		}
	}
	r.headings = slices.DeleteFunc(r.headings, func(h textLine) bool { return h.level > 6 })
	if entriesRole(m[1]) != "" { // "**Officers**" instead of a heading
		r.headings = append(r.headings, textLine{text: m[1], level: 7})
	}
	return true
}

// another takes a sentence over a further list, which is not of those whom the heading above names.
func (r *hatLineReader) another(line string) bool {
	if len(r.listing.Rows) == r.begun || !overList.MatchString(plainText(line)) {
		return false
	}
	r.headings = append(slices.DeleteFunc(r.headings, func(h textLine) bool { return h.level > 6 }), textLine{text: line, level: 7})
	r.begun = len(r.listing.Rows)
	return true
}

// overList is such a sentence.
var overList = regexp.MustCompile(`^\pL[^:|]{12,}:\s*$`)

// entry takes a line below the name of a role: who has it, or until when the one above does.
func (r *hatLineReader) entry(n int, line string) bool {
	if r.labelledBelow(n, plainText(line)) {
		return true
	}
	l := &r.listing
	role, former := roleOfList(r.headings)
	of := ""
	if role == "" {
		role, of = r.roleOfDocument()
	}
	if role != "" && r.alone != nil {
		for _, name := range r.alone {
			r.add(n, []string{of, role, name, "", stateOf(former)})
		}
		return true
	}
	if role == "" || !memberMark.MatchString(line) {
		return false
	}
	if rows := partOn(line, role, former); rows != nil {
		for _, row := range rows {
			r.add(n, row)
		}
		return true
	}
	if row, ok := memberOn(line, role, former); ok {
		if row[5]+row[6] == "" {
			copy(row[5:], l.termOf(line, r.headings))
		}
		if from, _ := yearsBehind(plainText(line)); from != "" {
			l.noteYears()
		}
		row[0] = of
		r.add(n, row)
		r.officesBehind(n, line, row)
		return true
	}
	below := line[0] == ' ' || line[0] == '\t'
	if m := termEnd.FindStringSubmatch(line); m != nil && len(l.Rows) > 1 && l.Rows[len(l.Rows)-1].Line == n-1 && below {
		l.Rows[len(l.Rows)-1].Cells[5] = m[1] // below the name
		return true
	}
	return false
}

// wideGap parts names that stand on one line.
var wideGap = regexp.MustCompile(`[ \t]*\x{a0}[ \t\x{a0}]*|[ \t]{2,}`)

// belowHeadings are, by line, the names of lines below headings below which nothing but names stands.
func belowHeadings(lines []string) map[int][]string {
	named, section, only := map[int][]string{}, map[int][]string{}, false
	for i, line := range lines {
		switch t := lineOf(i, line); {
		case t.level > 0:
			if only {
				maps.Copy(named, section)
			}
			section, only = map[int][]string{}, true
		case t.text != "" && only:
			section[i] = namesAlone(line)
			only = section[i] != nil && !memberMark.MatchString(line)
		}
	}
	if only {
		maps.Copy(named, section)
	}
	return named
}

// namesAlone are the names of a line of nothing else; nil of others.
func namesAlone(line string) (names []string) {
	for _, part := range wideGap.Split(strings.TrimSpace(plainText(line)), -1) {
		if part = nameValue(part); !namesOnePerson(part) {
			return nil
		}
		names = append(names, part)
	}
	return names
}

// stateOf is how a list says that somebody has a role no more.
func stateOf(former bool) string {
	if former {
		return "former"
	}
	return ""
}

// left keeps an entry of a list of those with a role that is no name.
func (r *hatLineReader) left(n int, line string) {
	if role, _ := r.roleOfDocument(); role != "" && memberMark.MatchString(line) {
		r.others++
	}
	if row, ok := memberOn(line, "", false); ok && (memberMark.MatchString(line) || r.alone != nil) && namesOnePerson(row[2]) {
		r.roleless = append(r.roleless, Note{Line: n, Text: row[2]})
		return
	}
	if role, _ := roleOfList(r.headings); role == "" || !memberMark.MatchString(line) || line[0] == ' ' || line[0] == '\t' {
		return
	}
	if text := strings.TrimSpace(plainText(memberMark.ReplaceAllString(line, ""))); text != "" {
		r.unread = append(r.unread, Note{Line: n, Text: text})
	}
}

// sentence takes any other line, which may name a role and who has it, in either order.
func (r *hatLineReader) sentence(n int, line string) bool {
	role, holders, address := hatOn(plainText(line))
	if office, holder, former, term, ok := officerOn(line); ok && holders == nil {
		r.add(n, append([]string{whatHatsAreOf(r.headings), office, holder, "", stateOf(former)}, term...))
		return true
	}
	if role != "" && holders == nil && r.below == 0 { // else it may say more of whom a label named
		r.others++
		r.unsaid = append(r.unsaid, Note{Line: n, Text: strings.TrimSpace(plainText(line))})
	}
	if holders != nil {
		role = r.ordinal + role
	}
	for _, holder := range holders {
		if namesNobodyYet(holder) {
			r.people--
		}
		r.add(n, r.listing.holderOn(line, r.headings, role, holder, address))
	}
	if len(holders) > 1 {
		r.officesAmong(n, plainText(line))
	}
	return role != ""
}

// noteFirst says something of the first of some lines, and how many more there are.
func (l *Listing) noteFirst(lines []Note, before, after string) {
	if len(lines) == 0 {
		return
	}
	more := ""
	if len(lines) > 1 {
		more = " and " + count(len(lines)-1) + " more"
	}
	l.note(lines[0].Line, before+"“"+short(lines[0].Text)+"”"+more+after)
}

func (r *hatLineReader) add(n int, cells []string) {
	for len(cells) < len(r.listing.Rows[0].Cells) {
		cells = append(cells, "")
	}
	r.listing.Rows = append(r.listing.Rows, Row{Line: n, Cells: cells})
	r.people++
}

// withoutEmpty drops the columns from one on in which nothing stands.
func (l *Listing) withoutEmpty(from int) {
	width := from
	for _, row := range l.Rows[1:] {
		for i := from; i < len(row.Cells); i++ {
			if row.Cells[i] != "" {
				width = max(width, i+1)
			}
		}
	}
	for i := range l.Rows {
		l.Rows[i].Cells = l.Rows[i].Cells[:width]
	}
}

// textOfDocument is the text of a file that is read as one.
func textOfDocument(name string, data []byte) (string, bool) {
	f := File{Name: name, Data: data}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".txt", ".adoc", ".wiki", ".mediawiki", ".org", ".docx":
	default:
		if !PolicyText(name) {
			return "", false
		}
	}
	if len(data) > 2*policyTextMax && !strings.EqualFold(path.Ext(name), ".docx") { // several readers ask for the text of it
		return "", false
	}
	text, err := textOf(f)
	return text, err == nil && len(text) <= policyTextMax
}

// saysOnlyWho reports a heading of no more than that officers stand below it, now or once: "Past officers".
func saysOnlyWho(heading string) bool {
	toks := tokens(heading)
	return len(toks) > 0 && !slices.ContainsFunc(toks, func(t string) bool { return !formerWords[t] && !nowWords[t] && !servers[t] })
}

// servers are what all who serve are called.
var servers = words("officer officers member members")

// bodyWords are what bodies are called for short, where there is only one.
var bodyWords = words("committee board council executive executivecommittee team leadership")

// whatHatsAreOf is the nearest heading that says more than that hats stand below it.
func whatHatsAreOf(headings []textLine) string {
	for _, h := range slices.Backward(headings) {
		text := numbered.ReplaceAllString(h.text, "")
		if _, _, term := termOfHeading(text); h.level < 7 && !term && !hasWord(text, aboutHats) && !saysOnlyWho(text) && onesRole(text) == "" {
			if of, _, _ := strings.Cut(text, " Members"); bodyWords[compact(of)] { // "Committee Members"
				return ""
			}
			return text
		}
	}
	return ""
}
