package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// What no heading says is told by what stands in a column, and by which columns there are beside it.

// addressesTell finds the addresses under a heading that does not say so, "Reach", or says somebody's name, "Contact", beside that
// of another column, where no other does.
func addressesTell(guesses []columnGuess) {
	at, named := -1, 0
	for _, g := range guesses {
		if g.want == FullName {
			named++
		}
	}
	for i, g := range guesses {
		if g.want == Email {
			return
		}
		holds := func(v string) bool {
			_, ok := address(v)
			return ok && (g.want == NoField || !strings.Contains(v, " "))
		}
		if g.want != NoField && (g.want != FullName || named < 2) || g.Sensitive || g.Header == "" || len(g.samples) < 2 || g.share(holds) < 0.8 {
			continue
		}
		if at >= 0 {
			return // one of them is another's
		}
		at = i
	}
	if at >= 0 {
		guesses[at].want, guesses[at].Confidence, guesses[at].Why = Email, 0.5, "its values are addresses"
	}
}

// teamHeads head a column of the teams that people work in.
var teamHeads = folded("team teamname squad equipo equipe 팀 チーム 团队 團隊 команда")

// teamsTell takes teams for departments, where no column is of these. Teams among which are those who left are told by formerGroup.
func teamsTell(guesses []columnGuess) {
	at := -1
	for i, g := range guesses {
		if g.want == Department {
			return
		}
		if g.want == NoField && !g.Sensitive && teamHeads[compact(g.Header)] && len(g.samples) > 0 && at < 0 &&
			g.share(func(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }) > 0.5 && !slices.ContainsFunc(g.samples, saysFormer) {
			at = i
		}
	}
	if at >= 0 {
		guesses[at].want, guesses[at].Confidence, guesses[at].Why = Department, 0.5, "teams, taken as departments: there is no column of these"
	}
}
