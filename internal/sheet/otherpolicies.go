package sheet

import (
	"slices"
	"strings"
)

// The word has other meanings: insurance, pay, settings of a network. Lists of these have columns that no list of rules has.

// otherColumns are words of such headings.
var otherColumns = words("premium premiums insured insurer insurance suminsured coverage deductible beneficiary policyholder claim claims payout salary wage hourly commission bonus payrate smoker vehicle " +
	"srcaddr dstaddr srcintf dstintf srczone dstzone sourcezone destinationzone sourceip destinationip port ports protocol subnet " +
	"pramie praemie versicherungssumme versicherter prime assure beneficiaire prima asegurado beneficiario premio segurado")

// otherPolicies says what a list of something else than rules has over two of its columns at least; "" of others. A column of
// what the policies say makes it one of rules.
func (l Listing) otherPolicies() string {
	known := policyLexicon.byHeading()
	var found []string
	for _, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		if f, sure := policyLexicon.guess(known, h); sure > 0 && (f == PolicyStatement || f == PolicyOwnerRole || f == PolicyWhy || f == PolicyInterval) {
			return ""
		}
		if otherColumns[compact(h)] || slices.ContainsFunc(tokens(h), func(t string) bool { return otherColumns[t] }) {
			found = append(found, h)
		}
	}
	if len(found) < 2 {
		return ""
	}
	return strings.Join(found[:2], "” and “")
}
