package itsm

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// States of documents that nobody follows, no longer or not yet, and of those that are followed.
const (
	noLongerInForce = "superseded retired obsolete withdrawn archived expired replaced repealed inactive cancelled abgelost archiviert zuruckgezogen veraltet ungultig obsolete remplace abroge obsoleto derogado revogado vervallen"
	notYetInForce   = "draft proposed planned wip entwurf geplant brouillon projet borrador rascunho bozza concept"
	nowInForce      = "active inforce approved published effective current final released live valid signed agreed adopted ratified accepted issued complete completed done ok yes implemented gultig freigegeben aktiv genehmigt veroffentlicht verabschiedet " +
		"unterschrieben inkraft envigueur actif active approuve approuvee valide validee publie publiee adopte adoptee signe vigente envigor activo activa aprobado aprobada publicado publicada emvigor ativo ativa aprovado aprovada actief geldig goedgekeurd vastgesteld invigore approvato approvata"
)

// StateUnclear reports a state that says neither that a policy is in force, nor that it is not.
func (l ListedPolicy) StateUnclear() bool {
	first, _, _ := strings.Cut(plainName(l.State), " ")
	return squeezed(l.State) != "" && !l.ended() && !l.draft() && !wordIn(nowInForce, squeezed(l.State)) && !wordIn(nowInForce, first)
}

// ended says that nobody follows the policy of a line any more, as far as its state says.
func (l ListedPolicy) ended() bool { return wordIn(noLongerInForce, squeezed(l.State)) }

// draft says that a line is of a policy that nobody has agreed to yet: "Draft", "Draft 0.3".
func (l ListedPolicy) draft() bool {
	first, _, _ := strings.Cut(plainName(l.State), " ")
	return wordIn(notYetInForce, first)
}

// latestVersions are, by number, the lines with the latest version where a list has several; a draft is that only of drafts.
func latestVersions(list []ListedPolicy) map[string]ListedPolicy {
	latest := map[string]ListedPolicy{}
	for _, l := range list {
		if key := folded(l.Number); key != "" && l.Version != "" && !l.ended() {
			before, known := latest[key]
			if !known || before.draft() && !l.draft() || before.draft() == l.draft() && compareVersions(l.Version, before.Version) > 0 {
				latest[key] = l
			}
		}
	}
	return latest
}

// outdated says why a line is not taken: it is no longer in force, or another version of it in the list is the one to take.
func (p *policyPlanner) outdated(l ListedPolicy) string {
	if l.ended() {
		return "It is not in force: “" + l.State + "”. If it is, change that in the file and bring it again."
	}
	last, known := p.latest[folded(l.Number)]
	switch {
	case !known || last.Line == l.Line || l.Version == "":
		return ""
	case l.draft() && !last.draft():
		return fmt.Sprintf("It is a draft; line %d is its version in force, %s.", last.Line, last.Version)
	case compareVersions(l.Version, last.Version) < 0:
		return fmt.Sprintf("Line %d is its version %s.", last.Line, last.Version)
	}
	return ""
}

// drafted asks of drafts whether they count: what is here binds from the day it comes in. Nothing is asked of what stands here already.
func (p *policyPlanner) drafted(l ListedPolicy) (waits Outcome) {
	if !l.draft() || p.stands(l) {
		return ""
	}
	key := "state:" + folded(l.State)
	p.out.ask(key, l.Line, p.answers, func() ListQuestion {
		return ListQuestion{Text: "The list says “" + l.State + "” of a policy. Is it to count all the same?", Hint: "A policy that is brought in counts from today on, in the place of what it said before.",
			Choices: []ListChoice{{"counts", "Yes: bring it in, it counts from today on"}, {LeaveOut, "No: leave these lines out, and bring them again when they are in force"}}}
	})
	switch p.answers[key] {
	case "counts":
		return ""
	case LeaveOut:
		return LeftOutLine
	}
	return OpenLine
}

// compareVersions compares "1.10" and "v1.9" number by number.
func compareVersions(a, b string) int {
	numbers := func(s string) (out []int) {
		for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
			n, _ := strconv.Atoi(part)
			out = append(out, n)
		}
		return out
	}
	x, y := numbers(a), numbers(b)
	for i := range max(len(x), len(y)) {
		n, m := 0, 0
		if i < len(x) {
			n = x[i]
		}
		if i < len(y) {
			m = y[i]
		}
		if c := cmp.Compare(n, m); c != 0 {
			return c
		}
	}
	return 0
}
