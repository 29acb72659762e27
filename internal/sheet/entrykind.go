package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Directories hold more than people: groups, rooms, mailboxes that many read, accounts that programs use, and guests of other
// organisations. A column says which is which, or the name does.

// classHeadings head a column of what an entry of a directory is.
var classHeadings = words("objectclass objectcategory recipienttypedetails recipienttype mailboxtype usertype accounttype employeetype persontype resourcetype kontotyp benutzertyp postfachtyp")

// things are classes of entries of directories that are no people.
var things = words("metaschema metaattributetype metaobjectclass metamatchingrule metasyntax attributeschema classschema groupofnames groupofuniquenames groupofurls posixgroup organizationalrole organization domain dcobject group computer organizationalunit container domaindns builtindomain foreignsecurityprincipal printqueue room equipment device resource " +
	"roommailbox equipmentmailbox sharedmailbox schedulingmailbox discoverymailbox groupmailbox teammailbox monitoringmailbox arbitrationmailbox mailuniversaldistributiongroup mailuniversalsecuritygroup mailnonuniversalgroup dynamicdistributiongroup distributiongroup distributionlist roomlist publicfolder " +
	"serviceaccount systemaccount applicationaccount technicalaccount functionalaccount functionalmailbox sharedaccount genericaccount testaccount robotaccount dienstkonto systemkonto funktionspostfach gemeinsamespostfach raumpostfach geratepostfach")

// classColumns are the columns that say what an entry of a directory is.
func classColumns(columns []Column) (at []int) {
	for _, c := range columns {
		if classHeadings[compact(c.Header)] {
			at = append(at, c.Index)
		}
	}
	return at
}

// thing is what an entry of a directory is that is no person.
func (r *peopleReader) thing(row Row) string {
	for _, at := range r.class {
		cell := oneLine(row.Cell(at))
		if things[compact(cell)] {
			return cell
		}
		if !strings.HasPrefix(compact(r.list.Columns[at].Header), "objectc") {
			continue // "Group employee" is one
		}
		for _, class := range strings.FieldsFunc(strings.ToLower(cell), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
			if things[class] {
				return class
			}
		}
	}
	return ""
}

var (
	// roomName is what rooms are called in lists of those who can be invited: "Meeting Room 3.14", "Konferenzraum Berlin".
	roomName = regexp.MustCompile(`(?i)^(?:(?:meeting|conference|board|huddle|training|class|seminar|interview|video)[ -]?room\b|room \S*\d|(?:besprechungs|konferenz|sitzungs|meeting|schulungs|seminar)(?:raum|zimmer)\b|salle (?:de )?(?:réunion|conférence|formation)|sala (?:de |di )?(?:reuni|juntas|conferen|riunion)|vergader(?:zaal|ruimte)|mötesrum|møterom|mødelokale|sala konferencyjna)`)
	// programName is that of an account which a program uses: "svc-backup", "srv_mail".
	programName = regexp.MustCompile(`(?i)^(?:svc|srv|service|sys|system|adm|bot|noreply|no-reply)[-_.]\S+$|^(?:no-?reply|postmaster|mailer-daemon|administrator)$`)
)

// mayBeRoom reports a name with a part of a word for rooms: a list of people is long, and most names have none.
func mayBeRoom(name string) bool {
	low := strings.ToLower(name)
	return slices.ContainsFunc([]string{"room", "raum", "zimmer", "sal", "vergader", "rum", "rom", "mødelokale"}, func(part string) bool { return strings.Contains(low, part) })
}

// sharedNames are those of mailboxes that many read.
var sharedNames = words("info information support helpdesk servicedesk itsupport itservicedesk sales hr office contact kontakt contacto accounting accounts buchhaltung billing invoices rechnung rechnungen orders newsletter hello jobs careers bewerbung press presse marketing team reception empfang security abuse webmaster admin facilities procurement einkauf vertrieb personal")

// callsItself is the whole name of an entry, and what stands before the @ of its address.
func (r *peopleReader) callsItself(row Row) (name, local string) {
	local, _, _ = strings.Cut(value(row.Cell(r.at[Email])), "@")
	return joined(value(row.Cell(r.at[FullName])), value(row.Cell(r.at[GivenName])), value(row.Cell(r.at[FamilyName]))), local
}

// servesAll reports an entry that is called as no person is: a room, an account of a program, or a mailbox whose address says
// the same word for what many do.
func (r *peopleReader) servesAll(row Row) bool {
	name, local := r.callsItself(row)
	if r.at[AccountState] >= 0 && programWords[compact(value(row.Cell(r.at[AccountState])))] {
		return true
	}
	if mayBeRoom(name) && roomName.MatchString(name) || !strings.Contains(name, " ") && programName.MatchString(name) {
		return true
	}
	return local != "" && compact(local) == compact(name) && sharedNames[compact(name)]
}

// functionNames are those of accounts that whoever is on duty uses. Words that are names of families as well, "Baker", are none.
var functionNames = folded("manager cashier supervisor administrator admin sysadmin superadmin superuser root operator guest visitor helpdesk servicedesk frontdesk reception receptionist accountant bookkeeper auditor director coordinator " +
	"technician developer tester trainee intern moderator kasse kassierer kassiererin empfang gast besucher filialleiter filialleiterin schichtleiter schichtleiterin geschäftsführer geschäftsführerin techniker technikerin praktikant praktikantin azubi aushilfe hausmeister sekretariat zentrale " +
	"gerente cajero cajera administrador administradora supervisora invitado recepción recepcionista operador operadora caissier caissière gérant gérante administrateur administratrice invité accueil comptable stagiaire responsable " +
	"caixa gestor gestora convidado recepção operatore cassiere cassiera direttore amministratore ospite kassa kassamedewerker beheerder receptionist stagiair")

// callsFunction reports an entry whose whole name is one word for what somebody does. Whoever has such a family name has a given
// name in the address.
func (r *peopleReader) callsFunction(row Row) bool {
	name, local := r.callsItself(row)
	if strings.Contains(name, " ") || !functionNames[compact(name)] {
		return false
	}
	more, found := strings.CutPrefix(strings.Replace(compact(local), compact(name), "#", 1), "#")
	return found && strings.Trim(more, "0123456789") == "" || !strings.Contains(compact(local), compact(name))
}

// guestWords say of an entry that it is a guest's.
var guestWords = words("guest gast invite invité invitado convidado ospite")

// guestAddress is the address that a directory makes for a guest out of their own: "bo_partner.com#EXT#@example.onmicrosoft.com".
var guestAddress = regexp.MustCompile(`(?i)^([^@#\s]+)_([^@#_\s]+)#EXT#@\S+$`)

// invitedAddress is a guest's own address; others stay.
func invitedAddress(s string) string { return guestAddress.ReplaceAllString(s, "$1@$2") }

// ofAccount remarks what the entry of a directory says of somebody's account.
func (r *peopleReader) ofAccount(p PersonRow, row Row) {
	r.stopped(p, row)
	r.invited(p, row)
}

// invited remarks that somebody is a guest of another organisation: such a one may well wear a hat, and often is there only to
// see some documents.
func (r *peopleReader) invited(p PersonRow, row Row) {
	guest := slices.ContainsFunc(r.class, func(at int) bool { return guestWords[compact(row.Cell(at))] })
	if !guest && !(r.at[Email] >= 0 && guestAddress.MatchString(value(row.Cell(r.at[Email])))) {
		return
	}
	r.list.Problems = append(r.list.Problems, LineProblem{
		Code: itsm.GuestAccount, Line: row.Line, Field: FullName, Who: p.Name,
		Text: fmt.Sprintf("The directory has %s as a guest of another organisation, who comes in all the same; leave the line out if they have no part here.", p.Name),
	})
}
