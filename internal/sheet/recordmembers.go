package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// Files of records list the members of each body or team as records of their own, with what each of them does there: "members:
// [{name: Ann Bo, role: chair}]".

// accountKeys say how somebody is called in a program.
var accountKeys = words("username login account handle github githubid githubusername samaccountname loginname logonname userlogonname loginid accountname useraccount anmeldename benutzername benutzerkennung kontoname nomutilisateur nomdutilisateur nombredeusuario usuario nomeutente gebruikersnaam")

// namesAccounts is why a column of them is left out, and keyOfAccounts what to do about it in a list of people, who may have no other key.
const (
	namesAccounts = "it names accounts, and people are known here by number or e-mail address"
	keyOfAccounts = namesAccounts + ": choose it as the number if it is to tell them apart"
)

// member is a person, or several, or an account with a role, as a record says it; ok is false of other records. A title is a role
// where the record is of a body's.
func (v node) member(ofBody bool) (who, role string, ok bool) {
	known, account := hatLexicon.byHeading(), ""
	for i, key := range v.keys {
		text := strings.TrimSpace(v.of[i].text)
		if v.of[i].kind != 's' || text == "" {
			continue
		}
		switch k := compact(key); {
		case known[k] == HatRole || ofBody && officeHeads[k]:
			role = cmp.Or(role, text)
		case accountKeys[k]:
			account = cmp.Or(account, text)
		case nameWords[k] && sharedBy(text, false) != nil:
			who = cmp.Or(who, text)
		}
	}
	if who = cmp.Or(v.personName(), who, account); sharedBy(who, false) != nil {
		role = cmp.Or(onesRole(role), role) // "Treasurers" are one each
	}
	return who, role, who != "" && role != "" && len(role) < 80
}

// listsMembers reports a record that lists such members.
func (v node) listsMembers() bool {
	for i, key := range v.keys {
		if memberKeys[compact(key)] && slices.ContainsFunc(v.of[i].list, func(item node) bool { _, _, ok := item.member(true); return ok }) {
			return true
		}
	}
	return false
}

// saysWho reports a listing with a column of who wears the hats.
func (l Listing) saysWho() bool {
	known := hatLexicon.byHeading()
	for i, cell := range l.Rows[0].Cells {
		switch f, sure := hatLexicon.guess(known, oneLine(cell)); {
		case sure == 0:
		case f == HatHolder, f == GivenName, f == FamilyName, f == ExternalID:
			return true
		case f == Email && slices.ContainsFunc(l.Rows[1:], func(row Row) bool { return hasAt(row.Cell(i)) }): // an account is headed so, too
			return true
		}
	}
	return false
}
