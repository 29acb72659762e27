package itsm

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// notInForce are states of documents that nobody follows: not yet, or no longer.
const notInForce = "draft proposed planned superseded retired obsolete withdrawn archived expired replaced repealed inactive cancelled entwurf geplant abgelost archiviert zuruckgezogen veraltet ungultig " +
	"brouillon projet obsolete remplace abroge borrador obsoleto derogado rascunho revogado bozza concept vervallen"

// inForce says that a line is of a policy that is followed, as far as its state says.
func (l ListedPolicy) inForce() bool { return !wordIn(notInForce, squeezed(l.State)) }

// latestVersions are, by number, the lines with the latest version that is in force, where a list has several.
func latestVersions(list []ListedPolicy) map[string]ListedPolicy {
	latest := map[string]ListedPolicy{}
	for _, l := range list {
		if key := folded(l.Number); key != "" && l.Version != "" && l.inForce() {
			if before, known := latest[key]; !known || compareVersions(l.Version, before.Version) > 0 {
				latest[key] = l
			}
		}
	}
	return latest
}

// outdated says why a line is not taken: it is not in force, or there is a later version of it in the list.
func (p *policyPlanner) outdated(l ListedPolicy) string {
	if !l.inForce() {
		return "It is not in force: “" + l.State + "”. If it is, change that in the file and bring it again."
	}
	if last, known := p.latest[folded(l.Number)]; known && last.Line != l.Line && l.Version != "" && compareVersions(l.Version, last.Version) < 0 {
		return fmt.Sprintf("Line %d is its version %s.", last.Line, last.Version)
	}
	return ""
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
