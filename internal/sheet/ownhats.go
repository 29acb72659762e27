package sheet

// ownHats are the columns of the lists of hats that Hatrack writes itself: of all, of a person, a team, a company, a role. They
// are what their headings say, whatever stands below: in a short list every role may be called like a kind, and no region be named.
var ownHats = map[string]Field{
	"Role": HatRole, "Kind": HatKind, "Of": HatOf, "Practice": HatPractice, "Region": Region, "Service": HatService, "From": HatFrom, "Last day": HatUntil,
	"As": HatAs, "State": HatState, "Wears it": HatHolder, "Worn by": HatHolder, "Held by": HatHolder, "Is a": HatIs, "E-mail": Email,
	"Decided on": DecidedOn, "Decided by": DecidedBy, "Reference": Reference,
	"Company": NoField, "Through team": NoField, "Acceptance": NoField, "Recorded on": NoField, "Recorded by": NoField,
}

// ownAlways stand in each of these lists, beside one of those who wear the hats.
var ownAlways = []string{"Role", "Kind", "Of", "Region", "Service", "From", "Last day", "As", "State"}

// ownColumns gives the columns of such a list what they are; false of others, whose columns stay as they are.
func (x lexicon) ownColumns(guesses []columnGuess, mapping map[int]Field) bool {
	if x.noun != hatNoun {
		return false
	}
	seen, holders := map[string]bool{}, 0
	for _, g := range guesses {
		f, ours := ownHats[g.Header]
		if !ours || seen[g.Header] {
			return false
		}
		if seen[g.Header] = true; f == HatHolder {
			holders++
		}
	}
	for _, heading := range ownAlways {
		if !seen[heading] {
			return false
		}
	}
	if holders != 1 {
		return false
	}
	for i := range guesses {
		if _, chosen := mapping[i]; chosen {
			continue
		}
		g := &guesses[i]
		if g.want = ownHats[g.Header]; g.want == NoField {
			g.Confidence, g.Why = 0, whyHeading(NoField, 0)
		} else {
			g.Confidence, g.Why = 0.95, "by its heading"
		}
	}
	return true
}
