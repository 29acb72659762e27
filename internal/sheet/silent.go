package sheet

import (
	"strings"
)

// Columns of roles that have no letter in any row, or words in their place.

// silent reports a column with a heading and nothing below it.
func (l layout) silent(t Table, c classes, col int) bool {
	empty := c.below[textCell][l.head+1][col]+c.below[oddCell][l.head+1][col]+c.below[letterCell][l.head+1][col] == 0
	heading := t.Rows[l.head].Cell(col)
	return empty && c.kind[l.head][col] == textCell && !hasWord(heading, noteWords) && !nameWords[compact(heading)]
}

// spelled reports a column that says by a sign of most rows that somebody has no part, under a heading in capitals as all roles have
// here: "OPS" beside "PO" and "TL". Remarks and systems have rows without one, too, and are headed in words.
func (l layout) spelled(t Table, c classes, col int) bool {
	for _, role := range append([]int{col}, l.roles...) {
		if s := oneLine(t.Rows[l.head].Cell(role)); len(s) < 2 || len(s) > 5 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return false
		}
	}
	signs, others := 0, 0
	for i := l.head + 1; i < len(t.Rows); i++ {
		switch cell := clean(t.Rows[i].Cell(col)); {
		case !c.hasLetter(i) || cell == "":
		case c.kind[i][col] == blankCell:
			signs++
		default:
			others++
		}
	}
	return signs > 1 && signs >= 2*others
}

// wordy reports a column with a heading and letters among more words: between others of letters it is a role's, too.
func (l layout) wordy(t Table, c classes, col int) bool {
	return c.below[letterCell][l.head+1][col] > 0 && c.kind[l.head][col] == textCell && !hasWord(t.Rows[l.head].Cell(col), noteWords)
}

// silentBefore are the silent columns between the activity and the first
// role: that of an Owner, who answers where no A is set.
func (l layout) silentBefore(t Table, c classes) (out []int) {
	for col := l.activity + 1; l.activity >= 0 && col < l.roles[0]; col++ {
		if l.silent(t, c, col) || l.partsBelow(t, c, col, false) {
			out = append(out, col)
		}
	}
	return out
}

// partsBelow reports a column with a heading and nothing below it but words for parts that are none of ours: "Signatory". Between
// others of letters any short words are that come again, that leave more cells empty than not, or that a role's name heads.
func (l layout) partsBelow(t Table, c classes, col int, between bool) bool {
	heading := t.Rows[l.head].Cell(col)
	if c.kind[l.head][col] != textCell || hasWord(heading, noteWords) || hasWord(heading, idWords) || attributeWords[compact(heading)] || measureWords[compact(heading)] {
		return false
	}
	words, blanks, known, found := 0, 0, true, map[string]bool{}
	for i := l.head + 1; i < len(t.Rows); i++ {
		cell := t.Rows[i].Cell(col)
		if !c.hasLetter(i) {
			continue
		}
		if c.kind[i][col] == blankCell {
			blanks++
			continue
		}
		_, ours := wordMeaning(cell)
		known = known && (ours || otherParts[compact(cell)])
		if !mayBePart(cell) || !between && !known {
			return false
		}
		words++
		found[compact(cell)] = true
	}
	if !between {
		return words > 1
	}
	somebody := !hasWord(heading, ownerWords) && !hasWord(heading, nameWords) && (isParty(heading) || blanks > words)
	return words > 2 && len(found)*2 < words || words > 0 && (known || somebody)
}

// otherParts are the words for what somebody does about an activity that is neither of ours.
var otherParts = folded("reviewer reviews review reviewed signatory signs sign_off signoff sign-off signer witness witnesses verifier verifies verify observer observes driver drives " +
	"participant participates participate advisor adviser advises recommends recommend leads facilitator facilitates " +
	"prüfer prüft mitprüfer unterzeichner unterzeichnet unterschrift zeuge beobachter teilnehmer signataire signe relecteur vérifie vérificateur témoin observateur participe " +
	"firmante firma revisor revisa verificador verifica testigo observador participa signatário assina testemunha firmatario revisore verificatore testimone partecipa " +
	"ondertekenaar toetser getuige recenzent podpisuje weryfikuje świadek подписывает проверяет проверяющий свидетель участник участвует 署名 立会 確認 审核 签字 会签 검토 서명")

// addSilentRoles adds the columns with a heading and not one letter that
// stand among or right after the role columns.
func addSilentRoles(t Table, c classes, l layout) []int {
	isRole := map[int]bool{}
	for _, col := range l.roles {
		isRole[col] = true
	}
	first, last := l.roles[0], l.roles[len(l.roles)-1]
	var out []int
	for col := first; col < c.width; col++ {
		if isRole[col] || l.silent(t, c, col) || col > last && l.spelled(t, c, col) || col < last && l.wordy(t, c, col) || l.partsBelow(t, c, col, col < last) {
			out = append(out, col)
		} else if col > last {
			break
		}
	}
	return out
}
