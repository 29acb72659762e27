package sheet

import (
	"slices"
	"strings"
)

// Under "Contact" stands how each is reached, which is not the same for all: an address here, "via GitHub" there. The addresses are
// read, and what else stands there is said to be left out.

// contactHeads head such a column.
var contactHeads = words("contact contacts contactinfo contactinformation contactdetails contactdata reach reachable howtoreach reachedat kontakt kontaktdaten kontaktinfo erreichbarkeit erreichbar coordonnees contacter contacto datosdecontacto contato contatto contatti contactgegevens bereikbaar")

// contactsTell finds the addresses of people in such a column, where no other holds them. One that is no column of names does not
// hold what another does, either.
func contactsTell(guesses []columnGuess) {
	named, mail := 0, false
	for _, g := range guesses {
		mail = mail || g.want == Email
		if g.want == FullName || g.want == GivenName || g.want == FamilyName {
			named++
		}
	}
	for i := range guesses {
		g := &guesses[i]
		if !g.holdsContacts() || g.want != NoField && (g.want != FullName || named < 2) {
			continue
		}
		switch {
		case mail:
			g.want, g.Confidence, g.Why = NoField, 0, "it says how people are reached"
		case g.share(hasAt) > 0:
			g.want, g.Confidence, g.Why, mail = Email, 0.4, "some of its values are e-mail addresses", true
		default:
			g.want, g.Confidence, g.Why = NoField, 0, "its values are neither names nor e-mail addresses"
		}
	}
}

// holdsContacts reports a column that such a heading is over, and no names of people below. What was chosen by hand stays.
func (g *columnGuess) holdsContacts() bool {
	return !g.Sensitive && g.Confidence < 1 && g.Why != "left out by hand" && len(g.samples) > 0 && contactHeads[compact(g.Header)] &&
		!slices.ContainsFunc(g.samples, func(s string) bool { return namesOnePerson(nameValue(s)) })
}

// oneAddress is the only address that a text holds, whatever stands around it.
func oneAddress(s string) (string, bool) {
	if a, ok := address(s); ok {
		return a, true
	}
	if found := mailIn.FindAllStringSubmatch(s, 2); len(found) == 1 {
		return address(found[0][1])
	}
	return "", false
}

// noAddress says once of a list what stands in the column of addresses and is none.
func (list *HatList) noAddress(line int, said string) {
	const how = " is not an e-mail address: it is left out, as are others of that column."
	if !slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.HasSuffix(n.Text, how) }) {
		list.Remarks = append(slices.Clip(list.Remarks), Note{Line: line, Text: "“" + short(said) + "”" + how})
	}
}
