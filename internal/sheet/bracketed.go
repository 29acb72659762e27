package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Brackets around a name are the sign of a blank, "[Process owner]", and of a link whose target is lost, "[Ann Bo]". Which of
// both, the words say.

// inSquares is a text of which all stands in square brackets.
var inSquares = regexp.MustCompile(`^\[([^\[\]]+)\]$`)

// personsWord is a word of the name of a person: it begins large and goes on small, perhaps after a hyphen or as in "McKay" again, or is an initial.
var personsWord = regexp.MustCompile(`^(?:\p{Lu}\.|(?:\p{Lu}['’]|Mc|Mac|Fitz|De|Di|La|Le)?\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)*)$`)

// blankNouns are words of what a form asks for, besides those of roles, activities and the parts of names.
var blankNouns = folded("company organisation organization business unit department division group section date day number insert enter fill add select choose service system application product project programme program policy document process practice " +
	"data information asset risk control region country site location contact email mail phone address job cost center centre third primary secondary backup deputy delegate alternate approver approvers approved reviewer reviewers responsible accountable consulted informed " +
	"asker requester requestor assignee creator signer signature on to be defined determined assigned confirmed function title entity board committee body level line first second vice general senior junior global local regional technical human resources " +
	"firma unternehmen organisation abteilung bereich datum nummer einfügen eintragen ausfüllen rolle verantwortlich verantwortlicher stellvertreter stellvertretung freigeber prüfer ersteller ansprechpartner " +
	"entreprise société service date numéro insérer responsable suppléant approbateur valideur empresa organización fecha número insertar aprobador revisor suplente data inserir aprovador azienda inserire")

// personInBrackets is the name of a person that stands in square brackets; "" of every other text.
func personInBrackets(s string) string {
	if m := inSquares.FindStringSubmatch(strings.TrimSpace(s)); m != nil && namesOnePerson(m[1]) {
		return m[1]
	}
	return ""
}

// namesOnePerson reports a text of two to four words as the names of people have them, none of which is one for a role or for what
// a form asks for.
func namesOnePerson(s string) bool {
	_, s = itsm.TitlesOf(s)
	words := strings.Fields(s)
	whole, asked := 0, []map[string]bool{blankNouns, templateNames, partyWords, roleWords, activityWords, ownerWords, nearWords, noteWords, nameWords}
	for _, w := range words {
		if particles[w] {
			continue
		}
		if !personsWord.MatchString(w) || slices.ContainsFunc(asked, func(set map[string]bool) bool { return hasWord(w, set) }) {
			return false
		}
		whole++
	}
	return whole > 1 && len(words) < 5
}

// unbracketed is a name without what made a link of it: "[[Ann Bo]]", "[[people/ann|Ann Bo]]", "[Ann Bo]".
func unbracketed(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	if strings.HasPrefix(s, "[[") && strings.HasSuffix(s, "]]") && strings.Count(s, "[[") == 1 {
		return wikiLinks(s)
	}
	if name := personInBrackets(s); name != "" {
		return name
	}
	return s
}

// space is the part of a wiki that a link to somebody's page begins with: "User:Ann".
var space = regexp.MustCompile(`^:?(?i:user|benutzer|benutzerin|utilisateur|usuario|utente|gebruiker|people|person):`)

// wikiLinks is a text whose links to pages of a notebook or wiki read as they are seen there.
func wikiLinks(s string) string {
	return wikiLink.ReplaceAllStringFunc(s, func(link string) string {
		seen := wikiLink.FindStringSubmatch(link)[1]
		return space.ReplaceAllString(seen, "")
	})
}

func isPlaceholder(s string) bool { return isBlankToFill(s) || isNumberedNoun(s) }

// isBlankToFill reports "[Name]", "<Role>", "{{task}}", "____", and no link to somebody, "[[Ann Bo]]".
func isBlankToFill(s string) bool {
	if len(s) > 2 && strings.Trim(s, "_. /") == "" {
		return true
	}
	if unbracketed(s) != s {
		return false
	}
	return len(s) > 2 && strings.Contains("[<{", s[:1]) && strings.Contains("]>}", s[len(s)-1:])
}

// isNumberedNoun reports "Activity 1", "Step 2".
func isNumberedNoun(s string) bool {
	toks := tokens(s)
	if len(toks) != 2 || strings.Trim(toks[1], "0123456789") != "" {
		return false
	}
	return activityWords[toks[0]] || roleWords[toks[0]] || toks[0] == "step"
}
