package sheet

import "slices"

// driven takes the column of who drives a decision beside those of who approves it, is asked and is told: the D of DACI,
// which is none of our letters.
func (r *letterReader) driven(row Row) bool {
	at := slices.IndexFunc(row.Cells, func(s string) bool { return driverWords[compact(s)] })
	if at >= 0 {
		r.insert(at, "D", oneLine(row.Cell(at)))
	}
	return at >= 0
}

var driverWords = folded("driver drivers treiber pilote conductor condutor promotor motore trekker")

// doerless reports a head of decisions with columns for who decides, is consulted and is informed, the last two in RACI's own
// words, but none for who does the work: "Decision | Authority | Consulted | Informed".
func (r *letterReader) doerless(row Row, seen map[string]bool) bool {
	if seen["R"] || !seen["C"] || !seen["I"] || !headsActivities(row) {
		return false
	}
	for n, of := range r.of {
		if (of == "C" || of == "I") && !adjectives[compact(r.heads[n])] {
			return false
		}
	}
	if !seen["A"] {
		at := slices.IndexFunc(row.Cells, func(s string) bool { return deciderWords[compact(s)] || ownerWords[compact(s)] })
		if at < 0 || slices.Contains(r.l.roles, at) {
			return false
		}
		r.insert(at, "A", oneLine(row.Cell(at)))
	}
	r.undone = true
	return true
}

var deciderWords = folded("authority decider deciders decides decisionmaker decidedby entscheider entscheiderin décideur decisor decisore beslutsfattare besluttager decydent 決定者 决策者 의사결정자")
