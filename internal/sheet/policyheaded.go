package sheet

import (
	"regexp"
	"strings"
)

// A document may hold several policies and not say so: some headings of one level, each with a text of its own, and none that
// opens a part of a policy.

// partWords are in headings of parts of one policy, beside those that open a field of it.
var partWords = words("purpose scope statement statements role roles responsibility responsibilities review reviews definition definitions glossary terms introduction background overview summary context " +
	"exception exceptions exemption exemptions enforcement compliance violation violations sanctions reference references related history revision revisions changes appendix annex annexes contact contacts approval " +
	"monitoring applicability audience objective objectives goals aim aims principle principles authority ownership governance general preamble preface foreword conclusion contents implementation procedure procedures process " +
	"requirements control controls guidelines guideline rationale why owner questions faq legal disclaimer " +
	"zweck ziel ziele geltungsbereich anwendungsbereich rollen verantwortung verantwortlichkeiten zustandigkeiten begriffe definitionen einleitung ausnahmen durchsetzung verstosse verweise anhang uberprufung inkrafttreten schlussbestimmungen grundsatze " +
	"objet portee champ perimetre responsabilites definitions introduction annexe revision references alcance ambito objetivo responsabilidades definiciones introduccion excepciones referencias anexo revision escopo definicoes introducao excecoes anexos")

// policyNames are what policies are called without the word for one.
var policyNames = words("codeofconduct codeofethics acceptableuse dresscode verhaltenskodex verhaltenscodex codedeconduite codigodeconducta codigodeetica codicedicondotta gedragscode")

// headedPart is a heading with what stands below it.
type headedPart struct {
	level, at, end int
	text           string
	prose          bool
}

// partsOfLines are the headings of a document outside of its examples, each with whether a text stands right below it.
func partsOfLines(lines []string) (out []headedPart) {
	fenced := false
	for i, line := range lines {
		fenced = fenced != strings.HasPrefix(strings.TrimSpace(line), "```")
		t := lineOf(0, line)
		switch {
		case !fenced && t.level > 0 && t.text != "":
			if len(out) > 0 {
				out[len(out)-1].end = i
			}
			out = append(out, headedPart{level: t.level, at: i, end: len(lines), text: t.text})
		case len(out) > 0 && len(strings.Fields(t.text)) > 2:
			out[len(out)-1].prose = true
		}
	}
	return out
}

// policiesHeaded are the policies below headings of one level; unclear says that these may be policies or parts of one. A
// document that says of itself that it is one stays one, unless most of its headings name policies.
func policiesHeaded(name, text string) (title string, parts []string, unclear bool) {
	given, text := frontFields(text, policyLexicon.byHeading())
	lines := strings.Split(marked(htmlComment.ReplaceAllString(text, "")), "\n")
	title, headings := topHeadings(partsOfLines(lines))
	if len(headings) < 2 {
		return "", nil, false
	}
	if title == "" {
		title = given[PolicyTitle]
	}
	s := policySections{known: policyLexicon.byHeading()}
	sections, bare, named, counted := 0, 0, 0, 0
	for _, h := range headings {
		heading := numbered.ReplaceAllString(h.text, "")
		body := strings.Join(lines[h.at+1:h.end], "\n")
		parts = append(parts, "# "+heading+"\n\n"+body)
		d := policyText("", parts[len(parts)-1])
		switch {
		case s.opensPart(heading) || s.section(heading) != NoField || hasPartWord(heading):
			sections++
		case !h.prose:
			bare++
		case saysPolicy(heading) || policyNames[compact(heading)] || d.owner+d.version+d.interval+d.body+d.state != "" || titleNumber.MatchString(h.text):
			named++
		}
		if countedHeading.MatchString(h.text) {
			counted++
		}
	}
	plain := len(headings) - sections - bare
	one := saysOne(name, title, given, strings.Join(lines[:headings[0].at], "\n"))
	switch {
	case sections == 0 && bare == 0 && (named*2 > len(headings) || !one && (counted < len(headings) || titlesSeveral(title))):
		return title, parts, false
	case sections == 0 && bare == 0:
		return "", nil, !one || title == ""
	}
	return "", nil, !one && sections < 2 && plain > 1
}

// countedHeading is one that a document counts: "2. Equipment".
var countedHeading = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})*[.)]?\s`)

// topHeadings are the headings of the highest level that has several, up to the end of their texts, and the title over them.
func topHeadings(all []headedPart) (title string, out []headedPart) {
	if len(all) == 0 {
		return "", nil
	}
	level := all[0].level
	of := func(level int) (out []headedPart) {
		for _, h := range all {
			switch {
			case h.level == level:
				out = append(out, h)
			case h.level > level && len(out) > 0:
				last := &out[len(out)-1]
				last.end, last.prose = h.end, last.prose || h.prose
			}
		}
		return out
	}
	for _, h := range all {
		if h.level < level { // no title stands over the first
			return "", nil
		}
	}
	out = of(level)
	if len(out) == 1 {
		title = out[0].text
		if all = all[1:]; len(all) == 0 {
			return title, nil
		}
		level = all[0].level
		return title, of(level)
	}
	if first := all[0]; all[1].level == level && !first.prose {
		return first.text, out[1:]
	}
	return "", out
}

// hasPartWord reports a heading such as "Roles and responsibilities": most of its words, but the small ones, are of parts.
func hasPartWord(heading string) bool {
	of, all := 0, 0
	for _, t := range tokens(heading) {
		if len(t) > 3 || partWords[t] {
			all++
		}
		if partWords[t] {
			of++
		}
	}
	return of*2 > all || of > 0 && all < 3
}

// saysOne reports a document that is one policy by its name, its title, or what stands above its parts.
func saysOne(name, title string, given map[Field]string, head string) bool {
	if titlesSeveral(title) {
		return false
	}
	if of := stem(name); saysPolicy(of) && !titlesSeveral(of) {
		return true
	}
	d := policyText("", head)
	return saysPolicy(title) || thisPolicy.MatchString(head) || titleNumber.MatchString(title) || d.owner+d.version+d.interval+d.body+d.state+given[PolicyNumber]+given[PolicyOwnerRole]+given[PolicyVersion] != ""
}

// thisPolicy is how a document speaks of itself above its parts.
var thisPolicy = regexp.MustCompile(`(?i)\b(?:this|the present) policy\b|\bdiese (?:richtlinie|leitlinie)\b|\b(?:cette|la présente) politique\b|\best[ae] pol[ií]tica\b`)

// severalSaid says of a document that it is read as several policies, and how it would be one.
func severalSaid(name, title string, parts int) string {
	if title == "" {
		return name + " is read as " + count(parts) + " policies, one for each of its headings. If it is one policy, write its rules down below one heading."
	}
	return name + " is called “" + short(title) + "” and read as " + count(parts) + " policies, one for each of its parts. If it is one policy, write its rules down without a heading or a name of their own."
}

const maybeSeveral = " has several headings with texts of their own and is read as one policy. If each of them is a policy, bring each as a file of its own, or all as a table."
