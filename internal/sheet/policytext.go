package sheet

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hatrack/internal/itsm"
)

// textEndings are the endings of documents that are a policy each; templates
// of them are read as they stand.
var textEndings = []string{".md", ".markdown", ".mdown", ".rst", ".adoc", ".asciidoc", ".tmpl", ".tpl"}

// templateFile is the name of a file whose blanks a program fills in.
var templateFile = regexp.MustCompile(`(?i)\.(?:tmpl|tpl)$`)

// stem is a file's name without its endings.
func stem(name string) string {
	name = path.Base(name)
	for _, e := range slices.Concat([]string{".docx", ".txt"}, textEndings, textEndings) {
		if cut := strings.TrimSuffix(name, e); len(cut) > 0 {
			name = cut
		}
	}
	return name
}

// policyTexts makes a list of documents, a line each: the line is the place of
// the file among those that came.
func policyTexts(files []File) (Listing, error) {
	l := Listing{Documents: true, Score: 100, Rows: []Row{{Line: 1, Cells: []string{"File", "Number", "Title", "Statement", "Why", "Measure", "Driver", "Issuing body", "Review every", "Owner role", "Governs", "Version", "Status", "Last reviewed", "Review due"}}}}
	l.File = files[0].Name
	if len(files) > 1 {
		l.File = count(len(files)) + " files"
	}
	for _, f := range files {
		text, err := textOf(f)
		if err != nil {
			return l, refuse(CodeOf(err), "%s: %s", f.Name, err.Error())
		}
		if !strings.EqualFold(path.Ext(f.Name), ".docx") {
			text = plainHeadings(text)
		}
		title, parts, left := policiesNumbered(text)
		owner := ""
		if parts == nil {
			title, parts, owner = policiesWithin(text, len(files) == 1)
		}
		unclear := false
		if parts == nil {
			title, parts, unclear = policiesHeaded(f.Name, text)
		}
		for _, part := range parts {
			l.addDocument(f, part, true)
		}
		if parts == nil {
			l.addDocument(f, text, false)
			if unclear {
				l.note(len(l.Rows), f.Name+maybeSeveral)
			}
			continue
		}
		l.note(len(l.Rows), severalSaid(f.Name, title, len(parts)))
		if owner != "" {
			l.note(len(l.Rows), f.Name+": “"+short(owner)+"” stands outside of the list of its policies, and is taken as the owner of each that names none.")
		}
		if len(left) > 0 {
			l.note(len(l.Rows), f.Name+": what stands below "+leftBelow(left)+" has no number of a policy, and is left out.")
		}
	}
	return l, nil
}

// policyDocument is a policy as a document of text gives it.
type policyDocument struct {
	number, title, statement, why, measure, driver, body, interval, reviewed, due, updated, owner, governs, version, state string

	blank string   // stands in the place of one of them
	left  []string // lines of the document about itself that say what is not kept
	kind  string   // what the document calls itself: "sop"
}

// saysPolicy reports a document that has something of a policy: its name, or what policies are given.
func (d policyDocument) saysPolicy(file string) bool {
	numbered := d.number != "" && d.number != stem(file)
	return saysPolicy(stem(file)) || saysPolicy(d.title) || numbered || d.owner+d.body+d.interval+d.driver+d.governs != ""
}

// doubtful says what a title leaves open: whether the form is filled in, and whether one policy or several are meant.
func (d policyDocument) doubtful() string {
	toks := tokens(d.title)
	if len(toks) == 0 {
		return ""
	}
	switch first, last := toks[0], toks[len(toks)-1]; {
	case noPolicyKinds[compact(d.kind)] && !saysPolicy(d.title):
		return " calls itself “" + d.kind + "” and no policy. If it is something else, leave it out."
	case formWords[first], formWords[last]:
		return " calls itself a template. Bring it only where it is filled in."
	case severalPolicies[last]:
		return " is called “" + d.title + "” and read as one policy. If it holds several, bring each as a file of its own, or all as a table."
	}
	return ""
}

var (
	noPolicyKinds   = words("sop procedure process runbook playbook guide howto howtoguide checklist form report template minutes workinstruction verfahren verfahrensanweisung arbeitsanweisung prozess procedimiento proceso processus")
	formWords       = words("template vorlage muster modele plantilla modelo sjabloon szablon")
	severalPolicies = words("policies richtlinien leitlinien politiques politicas")
)

var titleNumber = regexp.MustCompile(`^([A-Z]{2,8}(?:[-.][A-Z]{1,8}){0,3}[-. ]?\d{1,5}(?:\.\d+)*)\s*[:–—-]?\s+(\S.*)$`)

// policyText reads a document: its fields from what stands in front, from
// lines such as "Issued by: …" and from its sections, whose headings say what
// they are; the title is its first heading. What stands under no such heading
// is the statement, headings included.
func policyText(name, text string) policyDocument {
	known := policyLexicon.byHeading()
	given, text := frontFields(text, known)
	s := policySections{known: known, given: given, parts: map[Field]*strings.Builder{}}
	plain := s.recordTables(s.factTables(s.withoutContents(marked(htmlComment.ReplaceAllString(text, "")))))
	s.meta = s.metaLines(plain)
	s.read(plain)
	s.reviewDay()
	d := policyDocument{
		number: given[PolicyNumber], title: cmp.Or(given[PolicyTitle], s.title), statement: s.of(PolicyStatement), why: s.of(PolicyWhy), measure: s.of(PolicyMeasure),
		driver: given[PolicyDriver], body: given[PolicyBody], interval: given[PolicyInterval], reviewed: given[PolicyReviewed], due: given[PolicyDue], updated: given[policyUpdated],
		owner: given[PolicyOwnerRole], governs: given[PolicyGoverns], version: given[PolicyVersion], state: given[PolicyState], blank: s.blank, left: s.left, kind: given[PolicyCategory],
	}
	d.nameAfter(stem(name), path.Ext(name) != "")
	return d
}

// read goes through the lines of a document.
func (s *policySections) read(text string) {
	fenced := false
	s.lone = loneHeading(text)
	for line := range strings.Lines(text) {
		line = trimmedLine(line)
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if !fenced && !templateLine.MatchString(line) {
			line = sectionMark.ReplaceAllString(line, "")
		}
		s.line(line, fenced)
	}
}

// nameAfter takes the number out of the title, and either out of the name of the file where nothing else gives it. What was pasted
// has no name that would be a number.
func (d *policyDocument) nameAfter(file string, named bool) {
	if m := titleNumber.FindStringSubmatch(d.title); m != nil && (d.number == "" || d.number == m[1]) {
		d.number, d.title = m[1], m[2]
	}
	if d.title == "" {
		d.title = strings.Join(strings.FieldsFunc(file, func(r rune) bool { return r == '_' || r == '-' }), " ")
	}
	if d.number == "" && named {
		d.number = file
		if r := []rune(d.number); len(r) > itsm.NumberMax {
			d.number = string(r[:itsm.NumberMax])
		}
	}
}

// policySections sorts the lines of a document into fields.
type policySections struct {
	known map[string]Field
	given map[Field]string
	title string
	parts map[Field]*strings.Builder
	now   Field // of the section that is open; NoField: the statement
	level int   // of the heading that opened it
	begun bool  // a heading has opened a part: only one above it is the title
	blank string
	lone  bool // only one heading is of the first level

	control bool // the part that is open is about the document
	loosely bool // a line of its own opened it, and no heading: it ends with its block
	left    []string
	meta    map[string]bool // see metaLines
}

var factLine = regexp.MustCompile(`^\s*(?:>\s*)?(?:[-*]\s+)?[*_]{0,2}([^:*_|]{2,40}?)[*_]{0,2}\s*:\s*[*_]{0,2}\s*(\S.{0,200})$`)

// factRow is a row of a table of two columns: "| Owner | SMO lead |".
var factRow = regexp.MustCompile(`^\s*\|\s*[*_]{0,2}([^|*_]{2,40}?)[*_]{0,2}\s*\|\s*([^|]{1,200}?)\s*\|\s*$`)

// draftLine is a line above the parts of a document that marks it: "**DRAFT**".
var draftLine = regexp.MustCompile(`(?i)^[*_\s]*(draft|entwurf|brouillon|borrador|rascunho|bozza)[*_\s]*$`)

func (s *policySections) line(line string, fenced bool) {
	t := lineOf(0, line)
	if m := draftLine.FindStringSubmatch(line); m != nil && !s.begun && s.given[PolicyState] == "" {
		s.given[PolicyState] = m[1]
		return
	}
	if t.level > 0 && !fenced {
		if own := s.unlabelled(t.text); s.title != "" && !s.begun && own != t.text && saysPolicy(own) {
			s.title = own // "Policy name: Backups" below what all documents are called
			return
		}
		if s.title == "" && (!s.begun || t.level == 1) && !s.opensPart(t.text) {
			s.title = s.unlabelled(t.text)
			return
		}
		if s.begun = true; s.lone { // "# Purpose" above "## Policy" is one of them
			t.level = max(t.level, 2)
		}
		text := numbered.ReplaceAllString(t.text, "")
		s.control, s.loosely = controlHeads[compact(text)], false
		if f := s.section(text); f != NoField && (s.level == 0 || t.level <= s.level) { // what stands below a section is its text
			s.now, s.level = f, t.level
			return
		}
		if t.level <= s.level {
			s.now, s.level = NoField, 0
		}
		if s.control {
			return
		}
	}
	if !fenced && s.controlBlock(line) {
		return
	}
	if parts := factsOf(line); len(parts) > 1 && !fenced {
		for _, part := range parts {
			s.line(part, false)
		}
		return
	}
	m := factLine.FindStringSubmatch(line)
	if m == nil {
		m = factRow.FindStringSubmatch(line)
	}
	if m != nil && !fenced {
		word := compact(m[1])
		if says := strings.Trim(plainText(m[2]), "*_ "); updatedWords[word] && s.given[policyUpdated] == "" && saysWhen(says) {
			s.given[policyUpdated] = says
		}
		if s.fact(word, strings.Trim(oneLine(plainText(wikiLink.ReplaceAllString(m[2], "$1"))), "*_ ")) {
			return
		}
		if s.controlLine(word) {
			s.leave(word, m[1], m[2])
			return
		}
	}
	if !fenced && s.inMeta(line) {
		return
	}
	into := s.now
	if into == NoField {
		into = PolicyStatement
	}
	if s.parts[into] == nil {
		s.parts[into] = &strings.Builder{}
	}
	s.parts[into].WriteString(line + "\n")
}

// fact takes what a line says of the document. A blank that nobody filled in says nothing, and the weak words for a title or a
// number are read as such only where they stand below the title.
func (s *policySections) fact(word, says string) bool {
	f := s.known[word]
	if f == PolicyInterval && word == "revision" && isNumber(strings.ReplaceAll(says, ".", "")) {
		f = PolicyVersion
	}
	if !isFact(f) || dayField(f) && !saysWhen(says) {
		return false
	}
	if f == PolicyTitle && strings.EqualFold(says, s.title) {
		return true
	}
	if f == PolicyTitle && s.given[f] != "" && !strings.Contains(s.given[f], " ") && !policyLexicon.weak[word] {
		s.given[f] = "" // the name of a file stands in front
	}
	if f == PolicyOwnerRole && ownerSentence.MatchString(says) {
		return false
	}
	if !s.begun && strings.EqualFold(s.given[f], says) {
		return true // said already
	}
	if weak := policyLexicon.weak[word]; s.given[f] != "" || weak && (s.title == "" && (f != PolicyOwnerRole || s.begun) || f == PolicyTitle) {
		return false
	}
	if f == PolicyNumber && policyLexicon.weak[word] && len(strings.Fields(says)) > 2 {
		return false // "Reference: ISO 27001, section 5" is none of its own
	}
	if toFillIn(says) {
		s.blank = says
		return true
	}
	if m := lastWord.FindStringSubmatch(says); m != nil { // "Owner: Head of IT." as a sentence
		says = strings.TrimSuffix(says, ".")
	}
	s.given[f] = says
	return true
}

// lastWord is the end of a text with a stop that no abbreviation needs.
var lastWord = regexp.MustCompile(`^[^.]*(?:\d[^\s]*|[\pL]{5,})\.$`)

// purposes head the part on what a document is for where columns of this name would hold titles.
var purposes = folded("objet objeto oggetto doel scopo")

// section is the field that a heading opens: "Purpose", "Policy Statements".
func (s *policySections) section(heading string) Field {
	if first, second, ok := strings.Cut(joints.Replace(heading), "\n"); ok && s.known[compact(first)] == PolicyWhy && s.known[compact(strings.TrimSuffix(second, "s"))] == PolicyWhy {
		return PolicyWhy // "Purpose and objectives"
	}
	plain, _, _ := strings.Cut(heading, " (") // "Purpose (what must be done)"
	for _, h := range []string{heading, strings.TrimSuffix(heading, "s"), plain} {
		if purposes[compact(h)] {
			return PolicyWhy
		}
		switch f := s.known[compact(h)]; f {
		case PolicyStatement, PolicyWhy, PolicyMeasure:
			return f
		case PolicyTitle:
			return PolicyStatement
		}
	}
	return NoField
}

// unlabelled is a title without the word for one: "Policy name: Backups".
func (s *policySections) unlabelled(title string) string {
	title = strings.TrimLeftFunc(title, func(r rune) bool { // "🚨 Incidents"
		return unicode.In(r, unicode.So, unicode.Sk, unicode.Me, unicode.Mn, unicode.Cf, unicode.Space)
	})
	if label, rest, ok := strings.Cut(title, ": "); ok && s.known[compact(label)] == PolicyTitle && clean(rest) != "" {
		return clean(rest)
	}
	return title
}

var blankLines = regexp.MustCompile(`\n{3,}`)

// of is the text of a field as it reads without its marks, one empty line at most between two others.
func (s *policySections) of(f Field) string {
	if s.parts[f] == nil {
		return s.given[f]
	}
	text := prose(s.parts[f].String())
	if said := s.given[f]; said != "" && !strings.Contains(oneLine(text), oneLine(said)) {
		text = said + "\n\n" + text // "description: …" in front is not all of it
	}
	return strings.TrimSpace(text)
}

// PolicyText reports a file that is by its name a document of text, and so
// may be a policy of its own.
func PolicyText(name string) bool {
	for _, e := range textEndings {
		if strings.EqualFold(path.Ext(name), e) {
			return true
		}
	}
	return false
}
