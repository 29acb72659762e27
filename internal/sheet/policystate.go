package sheet

import (
	"regexp"
	"strings"
)

// What lists say of the state of a policy may tell nothing of whether it is in force.

// unclearStates remarks on each state that tells nothing of that, once for all lines that say it.
func (list *PolicyList) unclearStates() {
	var unclear []Note
	for _, p := range list.Policies {
		if p.StateUnclear() {
			unclear = append(unclear, Note{Line: p.Line, Text: p.State})
		}
	}
	list.onceForAll(unclear, "does not say whether a policy is in force; it is taken as one that is.")
	list.onceForAll(list.unticked, "is not ticked, and so does not say whether a policy is in force; it is taken as one that is.")
}

// onceForAll remarks on each of some states at the first of the lines that say it.
func (list *PolicyList) onceForAll(states []Note, says string) {
	var first []Note
	of := map[string]int{}
	for _, s := range states {
		if of[s.Text]++; of[s.Text] == 1 {
			first = append(first, s)
		}
	}
	for _, s := range first {
		lines := "this line"
		if n := of[s.Text]; n > 1 {
			lines = count(n) + " lines"
		}
		list.Remarks = append(list.Remarks, Note{Line: s.Line, Text: "“" + short(s.Text) + "” on " + lines + " " + says})
	}
}

var checkBox = regexp.MustCompile(`\[([ xX✓✔]?)\]\s*([^\[]*)|([☐☑☒])\s*([^☐☑☒]*)`)

// tickedBox is what is ticked of "[ ] Draft [x] Approved", and whether there are boxes and none is; a text without boxes stays.
func tickedBox(s string) (says string, unticked bool) {
	boxes := checkBox.FindAllStringSubmatch(s, -1)
	if len(boxes) == 0 {
		return s, false
	}
	unticked = true
	for _, box := range boxes {
		if strings.TrimSpace(box[1]) == "" && (box[3] == "" || box[3] == "☐") {
			continue
		}
		unticked = false
		if says = strings.TrimSpace(box[2] + box[4]); says != "" {
			break
		}
	}
	return says, unticked
}
