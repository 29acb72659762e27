package itsm

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ofAnyPolicy are words that say of two titles nothing in common.
const ofAnyPolicy = "policy policies standard procedure richtlinie leitlinie politique politica with from und para pour management"

// alikeTitles reports titles that may be of one policy: they have a word in common, or the beginning of one.
func alikeTitles(a, b string) bool {
	words := func(s string) []string {
		return slices.DeleteFunc(strings.Fields(plainName(s)), func(w string) bool { return utf8.RuneCountInString(w) < 4 || wordIn(ofAnyPolicy, w) })
	}
	first, second := words(a), words(b)
	if len(first) == 0 || len(second) == 0 || folded(a) == folded(b) {
		return true
	}
	return slices.ContainsFunc(first, func(w string) bool {
		return slices.ContainsFunc(second, func(v string) bool {
			return strings.HasPrefix(w, beginning(v)) || strings.HasPrefix(v, beginning(w))
		})
	})
}

// beginning is what words of one stem have in common: "passwords" and "password" are alike.
func beginning(word string) string {
	letters := []rune(word)
	return string(letters[:min(len(letters), 5)])
}

// sameNumber asks of a line with the number of a policy that is called something else altogether whether it is that one:
// everybody numbers policies from POL-001 on. Where one of its title is here already, that is meant; where another line of the
// list meant the one of its number, nothing is to be asked.
func (p *policyPlanner) sameNumber(l ListedPolicy) (out ListedPolicy, waits Outcome) {
	at, known := p.number[folded(l.Number)]
	if !known || p.said[at] != 0 || l.Number == "" || l.Title == "" || alikeTitles(p.Policies[at].Title, l.Title) {
		return l, ""
	}
	if titled, ok := p.title[folded(l.Title)]; ok {
		l.Number = p.Policies[titled].Number
		return l, ""
	}
	key := "number:" + folded(l.Number)
	p.out.ask(key, l.Line, p.answers, func() ListQuestion {
		return ListQuestion{Text: fmt.Sprintf("%s is “%s” here and “%s” in the list. Is that the same policy?", l.Number, p.Policies[at].Title, l.Title),
			Choices: []ListChoice{{"same", "Yes: write over it what the list says"}, {"new", "No: bring it under the next number"}, {LeaveOut, "Leave this line out"}}}
	})
	switch p.answers[key] {
	case "same":
		return l, ""
	case "new":
		l.Number = ""
		return l, ""
	case LeaveOut:
		return l, LeftOutLine
	}
	return l, OpenLine
}
