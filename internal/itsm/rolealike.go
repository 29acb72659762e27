package itsm

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// NotSame is the answer that two headings are two roles.
const NotSame = "no"

// AlikeRole is a heading that looks like another name of a new role. Sure says that only spelling tells them apart.
type AlikeRole struct {
	Heading, Like string
	Sure          bool
}

// AlikeRoles finds among the headings of new roles, of whatever grids, those that may be names of one role. The fuller name
// is what the others are like.
func AlikeRoles(headings []string) (alike []AlikeRole) {
	var fuller []string
	for _, h := range headings {
		if !slices.ContainsFunc(fuller, func(f string) bool { return strings.EqualFold(strings.TrimSpace(f), strings.TrimSpace(h)) }) {
			fuller = append(fuller, h)
		}
	}
	slices.SortStableFunc(fuller, func(a, b string) int {
		return cmp.Or(len([]rune(b))-len([]rune(a)), small(a)-small(b)) // of "SRE Lead" and "sre-lead" the first
	})
	taken := map[string]bool{}
	for i, h := range fuller {
		for _, f := range fuller[:i] {
			same := likeName(h) == likeName(f) && likeName(h) != ""
			if !taken[f] && (same || similar(likeName(h), likeName(f)) || likeName(h)+"s" == likeName(f) || len([]rune(h)) > 2 && abbreviates(h, f)) {
				alike = append(alike, AlikeRole{Heading: h, Like: f, Sure: same})
				taken[h] = true
				break
			}
		}
	}
	return alike
}

// small is 1 for a name without capital letters.
func small(name string) int {
	if name == strings.ToLower(name) {
		return 1
	}
	return 0
}

// numbered says that what tells two names apart is what counts things of one kind: a figure, a letter, a Roman number.
func numbered(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	figures := func(words []string) (out []string) {
		for _, w := range words {
			if strings.ContainsFunc(w, unicode.IsDigit) {
				out = append(out, w)
			}
		}
		return out
	}
	if !slices.Equal(figures(x), figures(y)) {
		return true
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] && min(len([]rune(x[i])), len([]rune(y[i]))) <= 3 {
			return true
		}
	}
	return false
}
