package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Letters, minutes and policies say in sentences who has a role: "Ann Bo is appointed Incident manager from 1 May 2026", "Our data
// protection officer is Cy Dee", "Di Fox deputises for her".

// aName is the name of a person within a sentence; whether it is one, [namesOnePerson] says.
const aName = `((?:\p{Lu}[\pL.'’-]*|van|von|de|der|den|da|di)(?: (?:\p{Lu}[\pL.'’-]*|van|von|de|der|den|da|di)){1,4})`

var (
	// isAppointed begins a sentence on one who is given a role, and isRole on one who has it.
	isAppointed = regexp.MustCompile(`^(?:.{0,80}?[,:] )?` + aName + `(?:,[^,]{2,60},)? (?:is|was|has been)(?: hereby| formally| also)? (?:appointed|named|designated|nominated|elected|assigned|confirmed)(?: as| to be| to the (?:role|position|post|office) of)?(?: the| our| an| a)? (\pL.*)$`)
	isRole      = regexp.MustCompile(`^` + aName + `(?:,[^,]{2,60},)? (?:is|serves as|acts as|will serve as|will act as|continues as|remains)(?: currently| also)? (?:the|our)(?: current)? (\pL.*)$`)
	// familyFirst begins a sentence with a name in the order of a list: "Bo, Ann is …".
	familyFirst = regexp.MustCompile(`^(\p{Lu}\pL+), (\p{Lu}\pL+) (is|was|has) `)
	// roleIs begins one on a role that somebody has.
	roleIs = regexp.MustCompile(`^(?:(?i:the|our|its|your)(?: current)? )?(\pL[\pL &/'’()-]{2,80}?) (?:is|will be)(?: currently)? ` + aName + `(?:[,(\s].*)?$`)
	// appoints is within one on who gives roles to others, and furtherOne follows the first of them.
	appoints   = regexp.MustCompile(`\b(?:appoints|appointed|designates|designated|named|nominates|nominated|elected) ` + aName + ` (?:as|to be)(?: the| our| its)? (\pL.*)$`)
	furtherOne = regexp.MustCompile(` and ` + aName + ` as(?: the| our| its)? (\pL.*)$`)
	// deputyOne are sentences on who stands in for the one before.
	deputyOne = []*regexp.Regexp{
		regexp.MustCompile(`^(?i:her|his|their|the) (?i:deputy|alternate|backup|stand-in) is ` + aName),
		regexp.MustCompile(`^` + aName + ` (?:is|acts as|serves as) (?:her|his|their) (?:deputy|alternate|backup|stand-in)\b`),
		regexp.MustCompile(`^` + aName + ` (?:deputi[sz]es|stands in|will deputi[sz]e|will stand in)(?: for (?:her|him|them))?\b`),
	}
	// aDay is a day, or a year, within a sentence.
	aDay     = `(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:\d{1,2}(?:st|nd|rd|th)?\.? )?\pL{3,9}\.? (?:\d{1,2}(?:st|nd|rd|th)?, )?\d{4}|\d{4})\b`
	fromDay  = regexp.MustCompile(`\b(?:from|since|effective|as of|starting|beginning|on|in) ` + aDay)
	untilDay = regexp.MustCompile(`\b(?:until|till|through|to|ending) ` + aDay)
	// roleEnds is where the name of a role ends within a sentence.
	roleEnds = regexp.MustCompile(`,|\s\(| (?:of|for|from|since|until|till|with|effective|as|on|in|and|who|to|at|starting|beginning)\b`)
	ofWhat   = regexp.MustCompile(`^ (?:of|for) (?:the |our )?(\pL[\pL\d &/'’-]*?)(?:,|\s\(| (?:from|since|until|till|with|effective|as|on|in|and|who|to|at|starting|beginning)\b|$)`)
)

// conditions begin sentences that say nothing for sure, and notNames are no given names, large as they begin a sentence.
var (
	conditions = words("if when once unless until before after while should as where whether although since that")
	notNames   = also(conditions, "the our this their its")
)

// ofTheirOwn are roles whose names go on with what they are of: "Head of sales".
var ofTheirOwn = words("head director chief")

// appointedReader goes through the sentences of a document.
type appointedReader struct {
	listing  Listing
	headings []textLine
	role, of string // of the last one named
	sure     bool   // one sentence alone is enough: it appoints somebody, or names a role of several words
}

// appointedHats makes a table of such sentences.
func appointedHats(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	r := appointedReader{listing: Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "Until", "From", "Capacity"}}}}}
	lines, at := documentLines(text)
	paragraph, begins := "", 0
	end := func() {
		for _, s := range sentencesOf(paragraph) {
			r.sentence(begins, s)
		}
		paragraph = ""
	}
	for i, line := range lines {
		t := lineOf(at[i], line)
		if t.level > 0 || t.text == "" || t.bullet || strings.HasPrefix(t.text, "|") {
			end()
		}
		switch {
		case t.level > 0:
			r.headings, r.role = append(slices.DeleteFunc(r.headings, func(h textLine) bool { return h.level >= t.level }), t), ""
		case t.text != "" && !strings.HasPrefix(t.text, "|"):
			if paragraph == "" {
				begins = at[i]
			}
			paragraph += " " + t.text
		}
	}
	end()
	l := &r.listing
	l.withoutEmpty(3)
	l.Notes = []Note{{Line: 1, Text: "The sentences of this text that say who has a role are read as a list of them; read the rest of it yourself."}}
	return *l, (len(l.Rows) > 2 || r.sure) && len(l.Rows) <= listRows
}

// notAnEnd ends a word with a full stop that ends no sentence: an initial, a title.
var notAnEnd = regexp.MustCompile(`(?:^|[\s.])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|Rev|Hon|St|No)\.$`)

// sentencesOf are the sentences of a paragraph.
func sentencesOf(text string) (sentences []string) {
	var one []string
	for _, word := range strings.Fields(text) {
		one = append(one, word)
		if said := strings.Join(one, " "); strings.ContainsAny(word[len(word)-1:], ".;!?") && !notAnEnd.MatchString(said) {
			sentences, one = append(sentences, strings.TrimRight(said, ".;!?")), nil
		}
	}
	return append(sentences, strings.Join(one, " "))
}

func (r *appointedReader) sentence(line int, s string) {
	s = familyFirst.ReplaceAllString(strings.Join(strings.Fields(mailIn.ReplaceAllString(s, "")), " "), "$2 $1 $3 ")
	for _, re := range deputyOne {
		if m := re.FindStringSubmatch(s); m != nil && r.role != "" && r.person(m[1]) {
			r.add(line, m[1], r.role, r.of, s, string(itsm.Deputy))
			return
		}
	}
	for _, re := range []*regexp.Regexp{isAppointed, isRole} {
		if m := re.FindStringSubmatch(s); m != nil && r.said(line, m[1], m[2]) {
			r.sure = r.sure || re == isAppointed
			return
		}
	}
	if m := appoints.FindStringSubmatch(s); m != nil && !conditions[firstWord(s)] {
		more := furtherOne.FindStringSubmatch(m[2])
		if r.said(line, m[1], m[2]); more != nil {
			r.said(line, more[1], more[2])
		}
		return
	}
	if m := roleIs.FindStringSubmatch(s); m != nil {
		r.said(line, m[2], m[1]+strings.TrimPrefix(s[strings.Index(s, m[2]):], m[2]))
	}
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return compact(first)
}

func (r *appointedReader) person(name string) bool {
	return !notNames[firstWord(name)] && namesOnePerson(nameValue(name))
}

// said adds the hat of somebody from what a sentence says of the role, what it is of, and the days; false where that is no role.
func (r *appointedReader) said(line int, name, says string) bool {
	role, rest := says, ""
	if at := roleEnds.FindStringIndex(says); at != nil {
		role, rest = says[:at[0]], says[at[0]:]
	}
	of := ""
	if m := ofWhat.FindStringSubmatch(rest); m != nil {
		if of = m[1]; ofTheirOwn[compact(role)] {
			role, of = role+" of "+of, ""
		}
	}
	if !r.person(name) || onesRole(role) == "" && !ofTheirOwn[firstWord(role)] {
		return false
	}
	if last := len(r.headings) - 1; of == "" && last >= 0 && onesRole(r.headings[last].text) == "" { // below the name of a role stands what it is, not what it is of
		of = whatHatsAreOf(r.headings)
	}
	r.role, r.of = role, of
	r.sure = r.sure || len(strings.Fields(role)) > 1
	r.add(line, name, role, of, rest, "")
	return true
}

func (r *appointedReader) add(line int, name, role, of, days, as string) {
	from, until := "", ""
	if m := untilDay.FindStringSubmatch(days); m != nil {
		until, days = m[1], strings.Replace(days, m[0], "", 1)
	}
	if m := fromDay.FindStringSubmatch(days); m != nil {
		from = m[1]
	}
	r.listing.Rows = append(r.listing.Rows, Row{Line: line, Cells: []string{of, role, nameValue(name), until, from, as}})
}
