package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// How documents say in a sentence how often they are looked at again, and in what.
var (
	sentenceEnd = regexp.MustCompile(`[.;\n|]+`)
	looksAgain  = regexp.MustCompile(`(?i)\b(?:review|revisit|reevaluat|re-evaluat)|überprüf|überarbeit|revidiert|\brevu[es]?\b|réexamin|\brevis|actualiz|riesaminat|\brevist|herzien`)
	aboutItself = regexp.MustCompile(`(?i)\b(?:polic(?:y|ies)|document|standard|politiques?|politicas?|documentos?|beleid)\b|richtlinie|leitlinie|dokument|política`)
	itIs        = regexp.MustCompile(`^It (?:is|will be|shall be|must be)\b`)
	howOften    = regexp.MustCompile(`(?i)\b(?:every|each|alle|tous les|cada|ogni)\s+(?:\d+\s+|[\pL]+\s+)?(?:\(\d+\)\s+)?(?:months?|years?|quarters?|monate|jahre?|mois|ans|meses|años|anos|mesi|anni)\b|\bonce (?:a|per|every) year\b|` +
		`\b(?:annual(?:ly)?|yearly|quarterly|semi-?annual(?:ly)?|bi-?annual(?:ly)?|biennial(?:ly)?|annuellement|anualmente|annualmente|trimestral(?:mente)?|quartalsweise)\b|\b(?:halb|viertel)?jährlich|chaque année|une fois par an|una vez al año|uma vez por ano|jaarlijks`)
	yearSaid = strings.NewReplacer("once a year", "annually", "once per year", "annually", "once every year", "annually", "chaque année", "annuelle", "une fois par an", "annuelle",
		"una vez al año", "anual", "uma vez por ano", "anual", "annuellement", "annuelle", "annualmente", "anual", "trimestralmente", "trimestral")
)

// reviewSaid is how often a document is looked at again by a sentence of its own: "This policy is reviewed annually." It speaks
// of the document at its beginning, so that one on passwords or logs is none.
func reviewSaid(text string) (often, sentence string) {
	before := ""
	for _, s := range sentenceEnd.Split(text, -1) {
		s = strings.TrimSpace(plainText(s))
		if len(s) > 250 || !looksAgain.MatchString(s) {
			before = s
			continue
		}
		subject := aboutItself.FindStringIndex(s)
		if itIs.MatchString(s) { // "This policy says … It is reviewed annually."
			subject = aboutItself.FindStringIndex(before)
			if subject != nil && len(strings.Fields(before[:subject[0]])) < 2 {
				s = before[:subject[1]] + ": " + s
			}
			subject = aboutItself.FindStringIndex(s)
		}
		before = s
		often := howOften.FindString(s)
		if subject == nil || often == "" || saysEither(s) || len(strings.Fields(s[:subject[0]])) > 5 {
			continue
		}
		if months, ok := monthsOf(yearSaid.Replace(strings.ToLower(often))); ok && months > 0 {
			return yearSaid.Replace(strings.ToLower(often)), strings.Trim(s, "*_#- ")
		}
	}
	return "", ""
}

// saysEither reports a sentence that leaves open which of several intervals it is: "quarterly/semi-annually/annually".
func saysEither(s string) bool {
	all := howOften.FindAllStringIndex(s, -1)
	if len(all) < 2 || !eitherBehind.MatchString(s[all[0][1]:]) {
		return false
	}
	first, _ := monthsOf(yearSaid.Replace(strings.ToLower(s[all[0][0]:all[0][1]])))
	return slices.ContainsFunc(all[1:], func(at []int) bool {
		other, _ := monthsOf(yearSaid.Replace(strings.ToLower(s[at[0]:at[1]])))
		return other != first
	})
}

// eitherBehind begins what stands behind one of several.
var eitherBehind = regexp.MustCompile(`(?i)^\s*(?:/|or\b|oder\b|ou\b|o\b|of\b)`)

// policyUpdated is when a policy was written last. It is not kept: it tells how often the policy is reviewed where only the next
// day is said.
const policyUpdated Field = "last-updated"

// updatedWords head that day, and updatedHead is how a document hands it on.
var (
	updatedWords = folded("lastupdated lastupdate lastupdateddate dateupdated updated updatedon lastmodified lastmodifieddate modified lastrevised lastrevision lastrevisiondate revised revisedon reviseddate daterevised revisiondate " +
		"letzteänderung letzteaktualisierung geändertam aktualisiertam zuletztgeändert zuletztaktualisiert dernièremiseàjour miseàjour dernièremodification modifiéle últimaactualización últimamodificación últimaatualização últimaalteração ultimoaggiornamento ultimamodifica laatstbijgewerkt laatstgewijzigd")
	updatedHead = "Last updated"
)

// updatedColumn is the column of that day, where nothing else is read from it; else -1.
func (r *listReader) updatedColumn() int {
	if r.at[PolicyDue] < 0 {
		return -1
	}
	for _, c := range r.columns.Columns {
		if c.Field == NoField && !c.Sensitive && updatedWords[compact(c.Header)] {
			return c.Index
		}
	}
	return -1
}

// updatedOn takes that day of each policy that says when it is reviewed next, and not how often.
func (list *PolicyList) updatedOn(r *listReader) {
	at := r.updatedColumn()
	if at < 0 {
		return
	}
	r.at[policyUpdated] = at
	rows, used := map[int]Row{}, false
	for _, row := range r.Rows[1:] {
		rows[row.Line] = row
	}
	for i, p := range list.Policies {
		if p.Months != 0 || p.ReviewDue == nil || p.LastReviewed != nil {
			continue
		}
		day, _ := r.day(rows[p.Line], policyUpdated)
		list.Policies[i].Updated = dayOf(day, 0)
		used = used || !day.IsZero()
	}
	if used {
		list.Columns[at].Why = "it tells how often a policy is reviewed of which only the next day is said, and is not kept"
	}
}

// addUpdated gives the last document of a list that day, in a column that only lists with one have.
func (l *Listing) addUpdated(day string) {
	if heads := l.Rows[0].Cells; heads[len(heads)-1] != updatedHead {
		l.Rows[0].Cells = append(heads, updatedHead)
	}
	last := &l.Rows[len(l.Rows)-1]
	last.Cells = append(last.Cells, day)
}
