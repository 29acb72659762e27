package sheet

import (
	"strings"

	"hatrack/internal/itsm"
)

// beforeNames reports what stands before a name and in a column of its own: "Dr.", "Mgr. Ing.", "Mrs".
func beforeNames(s string) bool {
	titles, rest := itsm.TitlesOf(s + " x")
	return titles != "" && rest == "x" || itsm.WithoutSalutation(s+" x") == "x"
}

// titled is a name with the titles of its own column before it. Salutations are no part of a name.
func titled(titles, name string) string {
	if name == "" || titles == "" || !beforeNames(titles) || strings.HasPrefix(name, titles) {
		return name
	}
	if found, rest := itsm.TitlesOf(titles + " x"); rest != "x" || found == "" {
		return name
	}
	return titles + " " + name
}
