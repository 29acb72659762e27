package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
)

// How directories say that an account is in use, and that it is not.
var (
	inUseWords = words("onleave leave parentalleave loa probation probezeit elternzeit beurlaubt active enabled staged provisioned recovery passwordexpired invited member admin owner primaryowner guest singlechannelguest multichannelguest a aktiv actif activo ativo attivo actief")
	stopWords  = words("i t inactive disabled suspended deprovisioned deactivated terminated blocked archived deleted former left leaver ended expired closed past revoked removed retired superseded obsolete resigned dismissed quit retired gone nolongeremployed gekundigt ausgetreten entlassen demissionne renuncio cesado desligado demitido archiviert beendet abgelaufen ehemals ehemalig inaktiv deaktiviert gesperrt ausgeschieden inactif desactive inactivo desactivado inativo desativado inattivo inactief")
	// programWords say that an account is a program's, among those of people.
	programWords = words("bot app integration serviceaccount")
	trueWords    = words(yes + " wahr vrai verdadero")
	falseWords   = words("false no n 0 nein falsch non faux nao falso nee")
	// employment heads whether somebody is still employed; beside that it may say what is nobody's business, such as why they left.
	employment  = words("employmentstatus empstatus")
	stopHeading = []string{"disabled", "suspended", "deactivated", "ispast", "isformer", "isalumni"}
)

// accountDisabled is the bit of a directory's userAccountControl that stops an account.
const accountDisabled = 2

// accountInUse reads a value under a heading of whether an account is in use; known is false where it does not say.
func accountInUse(heading, s string) (inUse, known bool) {
	heading, s = compact(heading), compact(s)
	if heading == "useraccountcontrol" {
		n, err := strconv.Atoi(s)
		return n&accountDisabled == 0, err == nil
	}
	stops := false // the heading asks whether it is stopped
	for _, h := range stopHeading {
		stops = stops || strings.Contains(heading, h)
	}
	switch {
	case inUseWords[s]:
		return true, true
	case stopWords[s], programWords[s]:
		return false, true
	case trueWords[s]:
		return !stops, true
	case falseWords[s]:
		return stops, true
	}
	return false, false
}

// saysEmployed reports a column of whether people are still employed that says no more than that.
func saysEmployed(rows []Row, at int, heading string) bool {
	if !employment[compact(heading)] {
		return false
	}
	n := 0
	for _, row := range rows {
		v := value(row.Cell(at))
		if v == "" {
			continue
		}
		if _, known := accountInUse(heading, v); !known {
			return false
		}
		n++
	}
	return n > 0
}

// stopped remarks that somebody's account is not in use. That is no last day: whoever is on long leave has such an account,
// too.
func (r *peopleReader) stopped(p PersonRow, row Row) {
	at, gone := r.at[AccountState], false
	if at >= 0 {
		inUse, known := accountInUse(r.list.Columns[at].Header, value(row.Cell(at)))
		gone = known && !inUse
	} else if at = r.former; at >= 0 {
		gone = saysFormer(row.Cell(at))
	}
	if gone && p.EmployedTo.IsZero() {
		c, s := r.list.Columns[at], value(row.Cell(at))
		r.list.Problems = append(r.list.Problems, LineProblem{
			Code: itsm.StoppedAccount, Line: row.Line, Field: AccountState, Who: p.Name,
			Text: fmt.Sprintf("“%s” is “%s” for %s, who comes in all the same; set a last day if they have left.", c.Header, s, p.Name),
		})
	}
}

// groupHeads head a column of what people are sorted by, and groupsAtMost is how many there are of these.
var groupHeads = words("team group category section kind type membership class affiliation state cohort gruppe kategorie groupe equipe grupo equipo")

const groupsAtMost = 20

// formerGroup is a column that is of no use here but for a group of those who left, beside others: "alumni"; else -1.
func (r *peopleReader) formerGroup(rows []Row) int {
	for _, c := range r.list.Columns {
		if c.Field != NoField || c.Sensitive || !groupHeads[compact(c.Header)] {
			continue
		}
		groups, former := map[string]bool{}, 0
		for _, row := range rows {
			v := value(row.Cell(c.Index))
			if v != "" && !groups[v] && saysFormer(v) {
				former++
			}
			if groups[v] = true; len(groups) > groupsAtMost {
				break
			}
		}
		if former > 0 && former < len(groups) && len(groups) <= groupsAtMost {
			return c.Index
		}
	}
	return -1
}

// saysFormer reports a word for those who left.
func saysFormer(s string) bool {
	return slices.ContainsFunc(tokens(s), func(t string) bool { return formerWords[t] })
}
