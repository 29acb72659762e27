package sheet

import (
	"strings"

	"hatrack/internal/itsm"
)

// People may have one name alone. Where few of a list have, half of a name may as well be missing.

// oneNamesSaid is how many of them are named.
const oneNamesSaid = 3

// oneNames remarks on the few people of a list who have one name only.
func (r *peopleReader) oneNames() {
	n, said := 0, []string{}
	for _, p := range r.list.People {
		if !r.oneName(p) {
			continue
		}
		if n++; n <= oneNamesSaid {
			said = append(said, p.Name+" (line "+count(p.Line)+")")
		}
	}
	if n == 0 || n*2 >= len(r.list.People) {
		return
	}
	if n > oneNamesSaid {
		said = append(said, count(n-oneNamesSaid)+" more")
	}
	who, have := "people", "have"
	if n == 1 {
		who, have = "person", "has"
	}
	r.list.problem("one-name", 0, FullName, false, "%s %s %s one name only: %s. They come in so; look whether half of the name is missing.", count(n), who, have, join(said))
}

// oneName reports a name of one word, or one of which the given or the family part is empty. Names of scripts without spaces
// are one word whole.
func (r *peopleReader) oneName(p PersonRow) bool {
	bare := itsm.BareName(p.Name)
	if itsm.FamilyFirst(bare) {
		return false
	}
	half := r.at[GivenName] >= 0 && r.at[FamilyName] >= 0 && (p.Given == "") != (p.Family == "") && p.Given+p.Family == p.Name
	return half || len(strings.Fields(bare)) == 1
}
