package sheet

import "strings"

// assigned cuts a line that names an activity and then gives names their letters: "Deploy: DBA=R, Ops=A", "Verify – QA (R), Ops (A)".
func (t textLine) assigned() (activity string, pairs [][2]string) {
	for _, cut := range []string{": ", " – ", " — ", " - ", " | "} {
		before, after, found := strings.Cut(t.text, cut)
		if first, _, more := strings.Cut(after, ","); !found || more && !strings.ContainsAny(first, "(（=:") || !strings.ContainsAny(after, "(（=:") {
			continue // the first of them says nothing of letters
		}
		activity = strings.TrimRight(strings.Trim(before, "*_ "), " :")
		if activity == "" || len(activity) >= 120 || readCell(activity).kind != textCell || legendWords[compact(activity)] {
			continue
		}
		if pairs = pairsIn(markup.Replace(after)); len(pairs) > 1 && !allLetters(pairs) {
			return activity, pairs
		}
	}
	return "", nil
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
