package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// A heading that is the name of one role says so with its last word, or in some languages with its first: "Fire warden", "Data
// protection officer", "Director de operaciones". Words of bodies and of companies are none: a team is no role.

// onesWords are the words with which roles that one person has end in English, in the singular, or begin in other languages.
var (
	onesWords = also(also(headedRoles, "lead leader chief head director manager officer engineer developer analyst architect designer tester sponsor administrator coordinator supervisor secretary treasurer president chair auditor "+
		"planner owner editor representative associate clerk specialist assistant advisor adviser consultant"),
		"chairperson warden responder marshal commander mentor organizer organiser champion custodian facilitator delegate guardian deputy shadow aider rep ambassador admin")
	beginOnes = folded("director directora gerente gerenta jefe jefa consultor consultora coordinador coordinadora coordenador coordenadora responsable responsável responsabile directeur directrice chef cheffe leiter leiterin " +
		"beauftragter beauftragte diretor diretora direttore direttrice capo hoofd encargado encargada")
)

// onesRole is the role that a heading names, in the singular and without its number; "" of other headings.
func onesRole(heading string) string {
	role := strings.TrimRight(numbered.ReplaceAllString(heading, ""), ": ")
	role, _, _ = strings.Cut(role, " (")
	toks := tokens(role)
	for len(toks) > 1 && isNumber(toks[len(toks)-1]) { // "Member representative 2"
		toks = toks[:len(toks)-1]
	}
	if len(toks) == 0 || len(toks) > 6 || strings.ContainsAny(role, "?!.") {
		return ""
	}
	last := toks[len(toks)-1]
	switch one := strings.TrimSuffix(last, "s"); {
	case onesWords[last], beginOnes[toks[0]]:
		return role
	case onesWords[one] && strings.HasSuffix(role, "s"):
		return strings.TrimSuffix(role, "s")
	case strings.HasSuffix(last, "ies") && onesWords[strings.TrimSuffix(last, "ies")+"y"] && strings.HasSuffix(role, "ies"):
		return strings.TrimSuffix(role, "ies") + "y"
	}
	return ""
}

// betweenRoles parts the roles that one person has together: "Gatekeeper and Global Maintainer".
var betweenRoles = regexp.MustCompile(`\s+(?:and|und|et|y|e|en|&|\+)\s+|\s*/\s*`)

// jointRole is the role that a heading makes of two or three, in the singular; the last of them is known to be one. "" of other
// headings: a sentence goes on in small letters.
func jointRole(heading string) string {
	role := strings.TrimRight(numbered.ReplaceAllString(heading, ""), ": ")
	parts := betweenRoles.Split(role, -1)
	if len(parts) < 2 || len(parts) > 3 || strings.ContainsAny(role, "?!.,") || onesRole(parts[len(parts)-1]) == "" {
		return ""
	}
	several := onesRole(parts[len(parts)-1]) != parts[len(parts)-1]
	for i, part := range parts {
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 3 || slices.ContainsFunc(words, func(w string) bool { return !isUpper(w) }) {
			return ""
		}
		switch {
		case onesRole(part) != "":
			parts[i] = onesRole(part)
		case several && strings.HasSuffix(part, "s"):
			parts[i] = strings.TrimSuffix(part, "s")
		case several: // "Support and Maintainers"
			return ""
		}
	}
	between := betweenRoles.FindAllString(role, -1)
	joint := parts[0]
	for i, part := range parts[1:] {
		joint += between[i] + part
	}
	return joint
}
