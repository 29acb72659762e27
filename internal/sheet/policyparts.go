package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// A document may hold several policies, each below a heading or in an entry of a list. What says so is its title, "IT policies",
// and that each part has a name. Each part is then read as a document of its own.

// registerWords end the title of a document about several policies where a word for policies stands before them: "Policy
// register".
var registerWords = words("register registry list index catalogue catalog overview inventory handbook manual collection library verzeichnis liste register ubersicht handbuch sammlung registre catalogue recueil registro catalogo indice lista")

// titlesSeveral reports a title of several policies.
func titlesSeveral(title string) bool {
	toks := tokens(title)
	if len(toks) == 0 || len(toks) > 8 {
		return false
	}
	last := toks[len(toks)-1]
	return severalPolicies[last] || registerWords[last] && saysPolicy(title) || severalPolicies[toks[0]] || len(toks) > 2 && toks[0] == "list" && severalPolicies[toks[2]]
}

// policiesWithin are the policies in a document of several, each as a text with its title, and what the document is called; nil
// where it is one. A list of links to other documents says no more than their titles, which is enough where it comes alone. Whose
// all of them are, the document may say besides.
func policiesWithin(text string, alone bool) (title string, parts []string, owner string) {
	given, text := frontFields(text, policyLexicon.byHeading())
	lines := strings.Split(marked(htmlComment.ReplaceAllString(text, "")), "\n")
	title, level, from := given[PolicyTitle], 0, 0
	for i, line := range lines {
		if t := lineOf(0, line); t.level > 0 { // one further down may name others: "Related policies"
			if titlesSeveral(t.text) {
				title, level, from = t.text, t.level, i+1
			}
			break
		}
	}
	if !titlesSeveral(title) {
		return "", nil, ""
	}
	if parts = headedPolicies(lines[from:], level); parts == nil {
		parts = entriesOfPolicies(lines[from:], alone)
	}
	if parts == nil {
		parts, owner = entriesBelowHeading(lines[from:], alone)
	}
	return title, parts, owner
}

// entriesBelowHeading are the policies of a list below a heading of its own, where no other part of a document is one of them;
// whose all are, another part may say.
func entriesBelowHeading(lines []string, alone bool) (parts []string, owner string) {
	var rest []string
	at := 0
	section := func(end int) bool {
		found, about := entriesOfPolicies(lines[at:end], alone), policyText("", strings.Join(lines[at:end], "\n"))
		if found == nil || about.owner+about.version+about.interval+about.body != "" { // "- Owner: Head baker" is of all
			rest = append(rest, lines[at:end]...)
		} else if parts != nil {
			return false
		} else {
			parts = found
		}
		return true
	}
	for i, line := range lines {
		if lineOf(0, line).level > 0 {
			if !section(i) {
				return nil, ""
			}
			at = i + 1
		}
	}
	if !section(len(lines)) || parts == nil {
		return nil, ""
	}
	if rest = slices.DeleteFunc(rest, func(s string) bool { return strings.TrimSpace(s) == "" }); len(rest) > 2*len(parts) {
		return nil, "" // the list is the least of it
	}
	if owner = policyText("", strings.Join(rest, "\n")).owner; owner != "" {
		for i, part := range parts {
			if policyText("", part).owner == "" {
				parts[i] += "\n\nOwner: " + owner
			}
		}
	}
	return parts, owner
}

// headedPolicies are the parts below the headings of the next level, where most of these name a policy or have an owner or the
// like below them. Beside a part of a document, such as its purpose, all others have to.
func headedPolicies(lines []string, level int) (parts []string) {
	s := policySections{known: policyLexicon.byHeading()}
	next, named, all := 0, 0, false
	var part []string
	flush := func() {
		if part != nil {
			d := policyText("", strings.Join(part, "\n"))
			if d.owner+d.version+d.interval+d.body+d.state != "" || saysPolicy(d.title) {
				named++
			}
			parts = append(parts, strings.Join(part, "\n"))
		}
		part = nil
	}
	for _, line := range lines {
		t := lineOf(0, line)
		switch {
		case t.level > 0 && t.level <= level:
			flush()
			return ifMost(parts, named, all)
		case t.level > 0 && (next == 0 || t.level == next):
			flush()
			if next = t.level; s.opensPart(t.text) || s.section(numbered.ReplaceAllString(t.text, "")) != NoField {
				all = true
				continue
			}
			part = []string{"# " + numbered.ReplaceAllString(t.text, ""), ""}
		case part != nil:
			part = append(part, line)
		}
	}
	flush()
	return ifMost(parts, named, all)
}

func ifMost(parts []string, named int, all bool) []string {
	if len(parts) < 2 || named*2 <= len(parts) || all && named < len(parts) {
		return nil
	}
	return parts
}

var (
	// entryMark begins an entry of a list, and entryName is the name in it: in bold, of a link, or before a sign.
	entryMark = regexp.MustCompile(`^(?:[-*+•]|\d{1,3}[.)])\s+(\S.*)$`)
	entryName = regexp.MustCompile(`^(?:\*\*([^*]{3,90}?):?\*\*|__([^_]{3,90}?):?__|!?\[([^\[\]]{3,90})\]\([^()\s]*\)|([^:–—.]{3,60}?)(?::| –| —| - ))\s*(?:[:–—-]\s*)?(.*)$`)
	// fileEntry is an entry that begins with the name of a file, and says behind it what is in it: "01-ovens.md – Ovens".
	fileEntry = regexp.MustCompile(`^\[?[\w./ -]+\.(?:md|markdown|rst|adoc|txt|pdf|docx?|html?|ya?ml)(?:\]\([^()\s]*\))?\s*(?:\s[–—-]|:)\s+(\S.{2,80})$`)
	// versionSaid is a version without a sign behind the word.
	versionSaid = regexp.MustCompile(`(?i)^v(?:ersion|\.)?\s?(\d[\w.]*)$`)
	// factWord is what an entry says of its policy, with a day or a word behind it: "next review 2025-04-01".
	factWord = regexp.MustCompile(`(?i)^((?:next |last )?(?:review|approved|effective|updated)(?: date| on| by)?)\s+(\d\S*)$`)
)

// entriesOfPolicies are the entries of the list below a title, where nearly each begins with a name of its own and hardly
// anything stands around it.
func entriesOfPolicies(lines []string, alone bool) (parts []string) {
	entries, links, around := 0, 0, 0
	for _, line := range lines {
		m := entryMark.FindStringSubmatch(line)
		t := lineOf(0, line)
		switch {
		case t.level > 0:
			return nil
		case m != nil:
			entries++
			name := entryName.FindStringSubmatch(m[1])
			if file := fileEntry.FindStringSubmatch(m[1]); file != nil {
				name = []string{m[1], file[1], "", "", "", ""}
			}
			if name == nil && !(saysPolicy(m[1]) && len(m[1]) < 80) {
				return nil
			}
			if name == nil {
				name = []string{m[1], m[1], "", "", "", ""}
			}
			if name[3] != "" && name[5] == "" {
				links++
			}
			parts = append(parts, "# "+strings.TrimSpace(plainText(name[1]+name[2]+name[3]+name[4]))+"\n\n"+entryFacts(name[5]))
		case t.text == "":
		case len(parts) > 0 && (line[0] == ' ' || line[0] == '\t'):
			parts[len(parts)-1] += "\n" + strings.TrimSpace(line)
		default:
			around++
		}
	}
	if entries < 2 || around > entries || links > 0 && !alone {
		return nil
	}
	return parts
}

// entryFacts puts what an entry says behind its name on lines of their own: "Owner: CISO, version 2.1, next review 2025-04-01".
// What says nothing of the document stays one text.
func entryFacts(s string) string {
	known := policyLexicon.byHeading()
	parts := strings.FieldsFunc(strings.Trim(s, "()"), func(r rune) bool { return strings.ContainsRune(",;|·", r) })
	var facts []string
	for _, part := range parts {
		part = strings.Trim(strings.TrimSpace(part), "*_")
		key, _, colon := strings.Cut(part, ":")
		if v := versionSaid.FindStringSubmatch(part); v != nil {
			facts = append(facts, "Version: "+v[1])
		} else if d := factWord.FindStringSubmatch(part); d != nil {
			facts = append(facts, d[1]+": "+d[2])
		} else if f := known[compact(strings.Trim(key, "* "))]; colon && isFact(f) {
			facts = append(facts, strings.ReplaceAll(part, "*", ""))
		} else {
			return s
		}
	}
	return strings.Join(facts, "\n")
}

func (l *Listing) note(line int, text string) {
	l.Notes = append(l.Notes, Note{Line: line, Text: text})
}

// leftNamed is how many lines of a document about itself are named where they are left out.
const leftNamed = 8

// leftSaid names them.
func leftSaid(left []string) string {
	if len(left) == 1 {
		return leftBelow(left) + " is"
	}
	return leftBelow(left) + " are"
}

// leftBelow names the first of some texts that are left out, and says how many more there are.
func leftBelow(left []string) string {
	var said []string
	for _, s := range left[:min(len(left), leftNamed)] {
		said = append(said, "“"+short(s)+"”")
	}
	if n := len(left) - leftNamed; n > 0 {
		said = append(said, count(n)+" more")
	}
	return join(said)
}

// addDocument adds the line of a document, or of one of the policies in it, with what is to be said of it.
func (l *Listing) addDocument(f File, text string, part bool) {
	line := len(l.Rows) + 1
	d := policyText(f.Name, text)
	if part && d.number == stem(f.Name) {
		d.number = "" // that is the file's
	}
	often, said := reviewSaid(text)
	if d.interval != "" {
		often = ""
	}
	d.interval += often
	for field, limit := range map[*string]int{&d.statement: itsm.ProseMax, &d.why: itsm.ProseMax, &d.measure: itsm.ProseMax} {
		if cut, dropped := shortened(*field, limit); dropped > 0 {
			*field = cut
			l.note(line, f.Name+" is longer than a policy holds: its last "+count(dropped)+" characters are left out. Keep the document itself, too.")
		}
	}
	if often != "" {
		l.note(line, f.Name+": how often it is reviewed is taken from its sentence “"+short(said)+"”.")
	}
	if blank := strings.TrimSpace(blankWithin.FindString(d.statement + "\n" + d.why + "\n" + d.blank)); blank != "" && !templateFile.MatchString(f.Name) {
		l.note(line, f.Name+" still has blanks to fill in, such as “"+short(blank)+"”.")
	}
	if len(d.left) > 0 {
		l.note(line, f.Name+": "+leftSaid(d.left)+" not kept of a policy, and left out.")
	}
	if said := officerSaid(d.body); said != "" {
		l.note(line, f.Name+": "+said)
	}
	if said := d.doubtful(); said != "" && !part {
		l.note(line, f.Name+said)
	}
	if !part && !d.saysPolicy(f.Name) {
		l.note(line, "Nothing in "+f.Name+" says that it is a policy: neither its name and title, nor a number or an owner. If it is something else, leave it out.")
	}
	l.Rows = append(l.Rows, Row{Line: line, Cells: []string{f.Name, d.number, d.title, d.statement, d.why, d.measure, d.driver, d.body, d.interval, d.owner, d.governs, d.version, d.state, d.reviewed, d.due}})
	if d.updated != "" && d.due != "" && d.interval+d.reviewed == "" {
		l.addUpdated(d.updated)
	}
}
