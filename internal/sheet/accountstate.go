package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
)

// How directories say that an account is in use, and that it is not.
var (
	inUseWords = folded("재직 재직중 휴직 휴직중 在職 在職中 在籍 休職 在职 在岗 休职 работает работающий вотпуске onleave leave parentalleave loa probation probezeit elternzeit beurlaubt active enabled staged provisioned recovery passwordexpired invited member admin owner primaryowner guest singlechannelguest multichannelguest a aktiv actif activo ativo attivo actief")
	stopWords  = folded("퇴직 퇴사 퇴직자 退職 退職済 離職 离职 退职 已离职 уволен уволена уволился i t inactive disabled suspended deprovisioned deactivated terminated blocked archived deleted former left leaver ended expired closed past revoked removed retired superseded obsolete resigned dismissed quit retired gone nolongeremployed gekundigt ausgetreten entlassen demissionne renuncio cesado desligado demitido archiviert beendet abgelaufen ehemals ehemalig inaktiv deaktiviert gesperrt ausgeschieden inactif desactive inactivo desactivado inativo desativado inattivo inactief")
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
	heading, s = compact(heading), compact(valueNumber.ReplaceAllString(s, "$1"))
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

// valueNumber is what forms count their choices with: "1. Active".
var valueNumber = regexp.MustCompile(`^\d{1,2}[.)]\s*(\pL)`)

// mostStates is the share of values that must say whether somebody is still there, for the column to be read.
const mostStates = 0.8

// saysEmployed reports a column of whether people are still employed that hardly says more than that: most of its values are
// known. Among few, one may be a slip.
func saysEmployed(rows []Row, at int, heading string) bool {
	if !employment[compact(heading)] {
		return false
	}
	n, known := 0, 0
	for _, row := range rows {
		if v := value(row.Cell(at)); v != "" {
			n++
			if _, ok := accountInUse(heading, v); ok {
				known++
			}
		}
	}
	return known > 0 && float64(known) >= mostStates*float64(n)
}

// unreadState stands in the place of what else a column of whether people are employed says, which may be why they left.
const unreadState = "?"

// withoutReasons takes such values out of a cell; slips of what is known stay.
func withoutReasons(heading, s string) string {
	if _, known := accountInUse(heading, s); known || value(s) == "" || slipOfState(s) {
		return s
	}
	return unreadState
}

// slipOfState reports one word that begins as a known one does: "Activ", "Inactve".
func slipOfState(s string) bool {
	word := compact(s)
	if len(tokens(s)) != 1 || len(word) < 4 || len(word) > 14 {
		return false
	}
	begins := func(set map[string]bool) bool {
		for w := range set {
			if strings.HasPrefix(w, word[:4]) {
				return true
			}
		}
		return false
	}
	return begins(inUseWords) || begins(stopWords)
}

// unknownStates remarks on values from which nothing is taken in a column that else says whether people are there.
func (r *peopleReader) unknownStates(rows []Row) {
	at := r.at[AccountState]
	if at < 0 {
		return
	}
	c, line, lines, said := r.list.Columns[at], 0, 0, []string{}
	for _, row := range rows {
		v := value(row.Cell(at))
		if _, known := accountInUse(c.Header, v); known || v == "" {
			continue
		}
		if lines++; lines == 1 {
			line = row.Line
		}
		if v = "“" + short(v) + "”"; v != "“"+unreadState+"”" && !slices.Contains(said, v) {
			said = append(said, v)
		}
	}
	if lines == 0 {
		return
	}
	what := "something else"
	if len(said) > 0 {
		what = join(said[:min(len(said), 3)])
	}
	r.list.problem("no-state", line, AccountState, false, "“%s” says %s on %s. That does not tell whether somebody is still there, so nothing is taken from it.", c.Header, what, plural(lines, "line"))
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
