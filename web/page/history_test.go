package page

import (
	"fmt"
	"testing"

	"hatrack/internal/itsm"
)

// The tail of a sentence that mentions many things folds away; a short one stays whole, and nothing is lost.
func TestALongListIsFoldedAway(t *testing.T) {
	said := func(n int) itsm.Moment {
		m := itsm.Moment{Parts: []itsm.Part{{Text: "attached "}, {Text: "All is logged", Kind: "policy", ID: 1}, {Text: " to "}}}
		for i := range n {
			if i > 0 {
				m.Parts = append(m.Parts, itsm.Part{Text: ", "})
			}
			m.Parts = append(m.Parts, itsm.Part{Text: fmt.Sprint("P", i), Kind: "process", ID: int64(i + 1)})
		}
		return m
	}
	m := said(36)
	head, tail, more := shorten(m.Parts)
	if got := Sentence(itsm.Moment{Parts: head}); got != "attached All is logged to P0, P1, P2, P3 " || more != 32 {
		t.Errorf("%q and %d more", got, more)
	}
	if got := Sentence(itsm.Moment{Parts: tail}); len(tail) != 2*32-1 || got[:3] != "P4," {
		t.Errorf("the tail: %q", got)
	}
	if Sentence(m) != Sentence(said(36)) {
		t.Error("the sentence itself was cut")
	}
	if whole, _, more := shorten(said(11).Parts); more != 0 || len(whole) != len(said(11).Parts) {
		t.Errorf("of twelve things %d are folded away", more)
	}
}
