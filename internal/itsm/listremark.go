package itsm

import (
	"fmt"
	"slices"
	"strings"
)

// ListRemark is a sentence about a line; a fatal one means that the line is not taken. Line 0 is the list as a whole.
type ListRemark struct {
	Line  int    `json:"line"`
	Text  string `json:"text"`
	Fatal bool   `json:"fatal"`
	What  string `json:"what,omitempty"` // what or who it is about, where that is known
	Code  string `json:"code,omitempty"` // for programs; of those that have one
}

// The codes of remarks that come in great number.
const (
	UnknownManager = "unknown-manager"
	StoppedAccount = "stopped-account"
	GuestAccount   = "guest-account"
	LeftHere       = "left-here"
	UnknownCompany = "unknown-company"
)

const (
	alikeApart = 3  // remarks of a code that stand by themselves
	alikeNamed = 12 // those that are named where there are more
)

// gathering is what many remarks of each code say together, of how many and of whom.
var gathering = []struct{ code, says string }{
	{UnknownManager, "%d people are named as managers who are neither in the list nor known here; that is left out: %s."},
	{LeftHere, "%d people have left here and stand in the list without a last day. That is left as it stands; whoever came back needs a first day after it: %s."},
	{UnknownCompany, "%d people come in as your own although the list gives them a company, which is not known here; make the companies with the import, or add them first: %s."},
	{StoppedAccount, "%d people have accounts that are not in use. They come in all the same; set a last day for those who have left: %s."},
	{GuestAccount, "%d people are guests of other organisations in the directory. They come in all the same; leave out those who have no part here: %s."},
}

// Gathered are remarks for reading: many of a kind are one sentence, so that they do not bury the rest.
func Gathered(remarks []ListRemark) []ListRemark {
	for _, g := range gathering {
		is := func(r ListRemark) bool { return r.Code == g.code }
		var who []string
		for _, r := range remarks {
			if is(r) {
				who = append(who, fmt.Sprintf("%s (line %d)", r.What, r.Line))
			}
		}
		n := len(who)
		if n <= alikeApart {
			continue
		}
		if n > alikeNamed {
			who = append(who[:alikeNamed], fmt.Sprintf("and %d more", n-alikeNamed))
		}
		remarks = append(slices.DeleteFunc(slices.Clone(remarks), is), ListRemark{Text: fmt.Sprintf(g.says, n, strings.Join(who, ", "))})
	}
	return remarks
}
