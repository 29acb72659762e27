package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// GapFold is gaps of one kind, together where they are many.
type GapFold struct {
	Code     string
	Severity Severity
	Title    string
	Gaps     []Gap
}

// foldFrom is from how many on gaps of one kind stand together.
const foldFrom = 3

// folds are the titles of gaps that stand together.
var folds = map[string]string{
	"no-responsible": "%d activities that nobody does", "role-vacant": "%d vacant hats", "owner-vacant": "%d vacant Owner hats",
	"accountable-vacant-region": "%d hats vacant in a region", "single-holder": "%d hats with one holder", "not-accepted": "%d not accepted yet",
	"objected": "%d objections", "ends-soon": "%d hats that end with nobody after", "covered": "%d hats covered for a while",
	"too-few": "%d hats with too few holders", "too-many": "%d hats with more holders than wanted", "role-retired": "%d retired roles in use",
	"no-activities": "%d processes without activities", "accountable-several": "%d A held by several", "accountable-outside": "%d A outside",
	"accountable-no-lead": "%d teams or companies that nobody answers for", "only-holder": "%d hats nobody else wears",
	"service-unsupported": "%d services that no practice supports", "no-columns": "%d matrices without roles", "no-owner-role": "%d scopes without an Owner role",
	"no-policy": "%d practices and processes that no policy governs", "review-overdue": "%d reviews overdue", "policy-overdue": "%d policies overdue for review", "absent-uncovered": "%d away with nobody standing in",
}

// FoldGaps groups gaps by kind and severity, worst first; fewer than three of a kind stay alone.
func FoldGaps(all []Gap) []GapFold {
	var out []GapFold
	for _, g := range WorstGapsFirst(all) {
		same := func(f GapFold) bool { return f.Code == g.Code && f.Severity == g.Severity }
		if at := slices.IndexFunc(out, same); at >= 0 {
			out[at].Gaps = append(out[at].Gaps, g)
			continue
		}
		out = append(out, GapFold{Code: g.Code, Severity: g.Severity, Gaps: []Gap{g}})
	}
	var folded []GapFold
	for _, f := range out {
		title, known := folds[f.Code]
		if len(f.Gaps) >= foldFrom && known {
			f.Title = fmt.Sprintf(title, len(f.Gaps))
			folded = append(folded, f)
			continue
		}
		for _, g := range f.Gaps {
			folded = append(folded, GapFold{g.Code, g.Severity, g.Title, []Gap{g}})
		}
	}
	return folded
}

var severityRank = map[Severity]int{Red: 0, Amber: 1, Grey: 2}

// WorstGapsFirst sorts gaps by severity and keeps their order otherwise.
func WorstGapsFirst(all []Gap) []Gap {
	slices.SortStableFunc(all, func(a, b Gap) int { return cmp.Compare(severityRank[a.Severity], severityRank[b.Severity]) })
	return all
}

// CountGaps is how many gaps are of a severity.
func CountGaps(all []Gap, s Severity) (n int) {
	for _, g := range all {
		if g.Severity == s {
			n++
		}
	}
	return n
}

// PracticeGaps are the gaps of a practice's hats and of its processes together: a hat that several of them use counts
// once. hats is a matrix without rows that holds the practice's Owner, and its Manager as a column.
func PracticeGaps(hats *Matrix, all []*Matrix, f GapFacts) []Gap {
	found := append(HatGaps(hats, f), hats.noPolicy(f)...)
	for _, m := range all {
		found = append(found, m.Gaps(f)...)
	}
	return WorstGapsFirst(OneEach(found))
}

// undone is the end of a vacancy's sentence: how many activities nobody does for it.
func undone(n int) string { return ": nobody does " + activities(n) + "." }

// OneEach leaves each gap once, the worst of those that are the same; a vacancy with what nobody does in all processes.
func OneEach(found []Gap) []Gap {
	seen := map[GapKey]int{}
	var out []Gap
	for _, g := range found {
		at, again := seen[g.Key()]
		switch {
		case !again:
			seen[g.Key()], out = len(out), append(out, g)
		case severityRank[g.Severity] < severityRank[out[at].Severity]:
			out[at] = g
		case g.Undone > 0 && out[at].Undone == 0: // here, beside what is left undone elsewhere
			out[at] = g
		case g.Undone > 0: // in another process
			whole := g.Undone + out[at].Undone
			out[at].Sentence, out[at].Undone = strings.TrimSuffix(out[at].Sentence, undone(out[at].Undone))+undone(whole), whole
		}
	}
	return out
}

// PersonHat is a hat of one person with what hangs on it.
type PersonHat struct {
	Holding
	Role     string
	Scope    string // what the role hangs on
	At       Scope  // the same, for rights
	Others   int    // who else wears it, teams' members among them
	A, R, Up int    // activities in which the role answers and does, and those that it answers for as Owner since no A stands there
	Followed bool   // somebody is appointed from the day it ends
	Covered  bool   // somebody acts or stands in for it today
}

// answering says for what the hat answers, as Owner apart.
func (h PersonHat) answering() string {
	switch {
	case h.Up == 0:
		return "It answers for " + activities(h.A) + "."
	case h.A == 0:
		return "As Owner it answers for " + activities(h.Up) + ", where no A is set."
	}
	return fmt.Sprintf("It answers for %s, and as Owner for %d more, where no A is set.", activities(h.A), h.Up)
}

// PersonGaps are what is missing around one person's hats on a day, worst first.
func PersonGaps(day time.Time, hats []PersonHat) []Gap {
	var out []Gap
	for _, h := range hats {
		add := func(s Severity, code, title, sentence string, fix Fix) {
			out = append(out, Gap{Code: code, Severity: s, Title: title, Sentence: sentence, Fix: fix, Who: AppointedBy(h.RoleKind),
				PracticeID: h.At.PracticeID, ProcessID: h.At.ProcessID, ServiceID: h.At.ServiceID,
				RoleID: h.RoleID, RoleKind: h.RoleKind, RegionID: h.RegionID, PersonID: h.PersonID, AssignmentID: h.AssignmentID})
		}
		name := h.Role + inPlace(h.Holding)
		if h.Acceptance == Objected {
			add(Amber, "objected", "Objection to "+name, "Talk, then answer or appoint somebody else.", FixHolding)
		} else if h.Unanswered(day) {
			add(Grey, "not-accepted", name+" not accepted yet", "Asked since "+ShowDay(h.AskedOn)+".", FixHolding)
		}
		if h.Until != nil && h.Until.Sub(day) <= endingDays*24*time.Hour && !h.Followed && h.Capacity == Holder {
			add(Amber, "ends-soon", name+" ends "+ShowDay(*Period{To: h.Until}.LastDay()), "Nobody is appointed to take it over from the day after.", FixHandOver)
		}
		if h.Absent && h.A+h.Up > 0 && !h.Covered && h.Capacity != Deputy {
			add(Amber, "absent-uncovered", "Away, and nobody stands in for "+name, h.answering(), FixDeputy)
		}
		if h.RoleKind == Practitioner && h.R > 0 && h.Others == 0 && h.Capacity == Holder {
			add(Grey, "only-holder", "Nobody else wears "+name, "It does "+activities(h.R)+"; when this one is away, nobody does.", FixAppoint)
		}
	}
	return WorstGapsFirst(out)
}
