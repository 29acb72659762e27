package sheet

import (
	"slices"
	"strings"
)

// assigned cuts a line that names an activity and then gives at least so many names their letters: "Deploy: DBA=R, Ops=A",
// "Verify – QA (R), Ops (A)".
func (t textLine) assigned(least int) (activity string, pairs [][2]string) {
	for _, cut := range []string{": ", " – ", " — ", " - ", " | "} {
		before, after, found := strings.Cut(t.text, cut)
		if first, _, more := strings.Cut(after, ","); !found || more && !strings.ContainsAny(first, "(（=:") || !strings.ContainsAny(after, "(（=:") {
			continue // the first of them says nothing of letters
		}
		activity = strings.TrimRight(strings.Trim(before, "*_ "), " :")
		if activity == "" || len(activity) >= 120 || legendWords[compact(activity)] {
			continue
		}
		if pairs = pairsIn(markup.Replace(after)); len(pairs) < least || allLetters(pairs) {
			continue
		}
		if c := readCell(activity); c.kind == textCell || c.kind == letterCell && !isLetter(activity) && !giveOnly(pairs, c) {
			return activity, pairs // "Approve: CAB (A), Ops (R)" is done like the others
		}
	}
	return "", nil
}

// giveOnly reports pairs that all have the letters of a cell, as whoever stands behind the word for it.
func giveOnly(pairs [][2]string, c cellReading) bool {
	return !slices.ContainsFunc(pairs, func(p [2]string) bool { return readCell(p[1]).RACI() != c.RACI() })
}

// allLetters reports pairs of nothing but letters and words for them, as a legend has them. Somebody may be called A where others
// are called B.
func allLetters(pairs [][2]string) bool {
	for _, p := range pairs {
		if readCell(p[0]).kind != letterCell {
			return false
		}
	}
	return true
}
