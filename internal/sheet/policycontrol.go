package sheet

import (
	"regexp"
	"strings"
)

// Documents say in front of their first part when they were written and approved, by whom, and who may read them. None of it is
// a rule. The days of reviews are kept (policyfact.go); the rest is left out of what the policy says, and named in a remark.

// controlWords begin such lines.
var controlWords = folded("effective effectivedate effectivefrom effectivitydate dateeffective validfrom lastupdated lastupdate updated updatedon lastmodified lastrevised reviseddate daterevised revisiondate lastrevision lastreviewed lastreview lastreviewdate lastboardreviewdate " +
	"nextreview nextreviewdate nextscheduledreview reviewdate reviewduedate reviewby approvaldate approvedon dateapproved dateofapproval issuedate issuedon dateissued dateofissue publicationdate published date created createdon creationdate audience targetaudience department " +
	"classification confidentiality securityclassification informationclassification distribution author authors coauthor coauthors documentauthor preparedby writtenby draftedby reviewedby reviewer reviewers documenttype supersedes replaces " +
	"gültigab inkraftseit inkraftab letzteänderung letzteaktualisierung letzteüberprüfung nächsteüberprüfung freigabedatum freigegebenam genehmigtam erstelltam erstelltvon erstellungsdatum zielgruppe abteilung datum klassifizierung vertraulichkeit autor verfasser ersetzt " +
	"dateentréeenvigueur dateeffet dateapprobation datedapprobation dateapplication dernièremiseàjour dernièrerévision prochainerévision auteur rédigépar vérifiépar confidentialité " +
	"fechadeentradaenvigor fechadevigencia fechadeaprobación últimaactualización últimarevisión próximarevisión fecha elaboradopor revisadopor clasificación " +
	"datadeaprovação datadevigência últimaatualização últimarevisão próximarevisão classificação")

// controlHeads head the part of a document that is about the document, and columnHeads stand over a table in it.
var (
	controlHeads = folded("documentcontrol documentcontrolinformation documentinformation documentdetails documentmetadata documentproperties policyinformation policydetails policymetadata metadata metadaten dokumentinformation dokumentinformationen dokumenteninformation dokumenteninformationen dokumentenlenkung informationsdudocument controldeldocumento controledodocumento")
	columnHeads  = folded("field attribute item property key element attribut feld eigenschaft merkmal champ élément campo atributo")
	valueHeads   = folded("value details detail description information wert angabe angaben inhalt valeur valor waarde")
)

// controlBlock opens a part about the document at a line in bold that says so, "**Document information**", and ends it where
// something else follows than what is said of a document.
func (s *policySections) controlBlock(line string) bool {
	bare := strings.TrimSpace(line)
	if m := loneBold.FindStringSubmatch(bare); m != nil && controlHeads[compact(m[1])] {
		s.control, s.loosely = true, true
		return true
	}
	if s.loosely && bare != "" && strings.Trim(bare, "| ") != "" && metaLabel(line) == "" && !tableRule.MatchString(bare) {
		s.control, s.loosely = false, false
	}
	return false
}

var loneBold = regexp.MustCompile(`^(?:\*\*|__)([^*_|]+?):?(?:\*\*|__):?$`)

// controlLine reports a line in front of a document, or in its part about itself, that says what is not kept.
func (s *policySections) controlLine(word string) bool {
	if s.begun && !s.control {
		return false
	}
	f := s.known[word]
	return controlWords[word] || columnHeads[word] || s.control && f == NoField || isFact(f) && s.given[f] != ""
}

// leave notes what such a line says, if it says something.
func (s *policySections) leave(word, key, says string) {
	if often := howOften.FindString(says); s.given[PolicyInterval] == "" && looksAgain.MatchString(key) && often != "" { // "Review date: annual"
		s.given[PolicyInterval] = yearSaid.Replace(strings.ToLower(often))
		return
	}
	key, says = strings.Trim(oneLine(plainText(key)), "*_ "), strings.Trim(oneLine(plainText(says)), "*_- ")
	if word != "" && says != "" && !columnHeads[word] && !valueHeads[compact(says)] && !toFillIn(says) {
		s.left = append(s.left, key+": "+says)
	}
}

// ownerSentence begins what a table of responsibilities says an owner does, where another table names the owner.
var ownerSentence = regexp.MustCompile(`(?i)^(?:is|are|has|have|will|must|shall|should|may|responsible|accountable|(?:maintain|review|approv|ensur|own|manag|oversee|monitor|enforc|updat|coordinat|develop|provid|keep|conduct|implement|defin|assign|handl)(?:s|es)?)\s`)

// fencedFront is what documents say of themselves in a block of code below their title.
var fencedFront = regexp.MustCompile("(?s)^(\\s*(?:#[^\n]*\n+)?)```ya?ml[ \t]*\r?\n(.*?)\r?\n```[ \t]*(?:\r?\n|$)")

// inFront puts such a block, of which two lines at least say what is known of policies, where front matter stands.
func inFront(text string, known map[string]Field) string {
	m := fencedFront.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	facts := 0
	for line := range strings.Lines(m[2]) {
		if key, _, ok := strings.Cut(line, ":"); ok && isFact(known[compact(key)]) {
			facts++
		}
	}
	if facts < 2 {
		return text
	}
	return "---\n" + m[2] + "\n---\n" + m[1] + text[len(m[0]):]
}

// looseFront reads front matter that is no YAML, "**Document ID:** SEC-7", line by line.
func looseFront(front string, known map[string]Field, given map[Field]string) {
	for line := range strings.Lines(front) {
		m := factLine.FindStringSubmatch(strings.TrimRight(line, " \t\r\n\\"))
		if m == nil {
			continue
		}
		says := strings.Trim(oneLine(plainText(m[2])), "*_'\" ")
		if f, sure := policyLexicon.guess(known, m[1]); sure > 0 && given[f] == "" && !toFillIn(says) {
			given[f] = says
		}
	}
}
