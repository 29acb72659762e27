package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// MatchRoles finds the role that each heading of a grid means: what was chosen; else the same name, its abbreviation, or
// a similar one; else a new practitioner role. Only roles of the process or its practice are matched by likeness; others
// need the same name, and those of another practice somebody's word. A role is matched once, unless it was chosen twice.
// means is what the file says that headings stand for: it names the role as well as the heading does, and a new one better.
func MatchRoles(headings []string, means map[string]string, candidates []Candidate, chosen map[string]string) []RoleMatch {
	fresh := func(h, how string) RoleMatch {
		m := newRole(cmp.Or(means[h], h), how)
		m.Heading = h
		return m
	}
	out := make([]RoleMatch, len(headings))
	taken := map[int64]bool{}
	for i, h := range headings {
		if out[i] = chosenRole(h, candidates, chosen[h]); out[i].New {
			out[i] = fresh(h, out[i].How)
		}
		taken[out[i].RoleID] = true
	}
	for _, stage := range []struct {
		how  string
		fits func(heading string, c Candidate) bool
	}{
		{"same name", inItsPlace},
		{"same name", func(h string, c Candidate) bool { return likeName(h) == likeName(c.Name) }},
		{"the practice's", meansKind},
		{"abbreviation", func(h string, c Candidate) bool { return c.Near && abbreviates(h, c.Name) }},
		{"similar", func(h string, c Candidate) bool { return c.Near && similar(likeName(h), likeName(c.Name)) }},
	} {
		for i, h := range headings {
			if out[i].How != "" {
				continue
			}
			at := slices.IndexFunc(candidates, func(c Candidate) bool {
				return !taken[c.ID] && (stage.fits(h, c) || means[h] != "" && stage.fits(means[h], c))
			})
			if at >= 0 && candidates[at].asks() {
				out[i] = fresh(h, "to be decided")
				out[i].Elsewhere = candidates[at].ID
			} else if at >= 0 {
				out[i] = RoleMatch{Heading: h, RoleID: candidates[at].ID, Name: candidates[at].Name, How: stage.how}
				taken[candidates[at].ID] = true
			}
		}
	}
	for i, h := range headings {
		if out[i].How == "" {
			out[i] = fresh(h, "new")
		}
	}
	return out
}

// chosenRole is what a person chose for a heading; without How where they chose nothing that there is.
func chosenRole(h string, candidates []Candidate, choice string) RoleMatch {
	switch id, isRole := strings.CutPrefix(choice, "role:"); {
	case choice == "new":
		return newRole(h, "new")
	case choice == "out":
		return RoleMatch{Heading: h, LeftOut: true, How: "left out"}
	case choice == string(Owner), choice == string(Manager):
		at := slices.IndexFunc(candidates, func(c Candidate) bool { return c.Near && string(c.Kind) == choice })
		if at >= 0 {
			return RoleMatch{Heading: h, RoleID: candidates[at].ID, Name: candidates[at].Name, How: "chosen"}
		}
	case isRole:
		n, _ := strconv.ParseInt(id, 10, 64)
		if at := slices.IndexFunc(candidates, func(c Candidate) bool { return c.ID == n && n != 0 }); at >= 0 {
			return RoleMatch{Heading: h, RoleID: n, Name: candidates[at].Name, How: "chosen"}
		}
	}
	return RoleMatch{Heading: h}
}

func newRole(h, how string) RoleMatch {
	name := h
	var c Checks
	if c.Label(&name, "", "a name"); c.Err() != nil {
		name = "Role " + strconv.Itoa(len(h))
		if r := []rune(h); len(r) > LabelMax {
			name = string(r[:LabelMax])
		}
	}
	return RoleMatch{Heading: h, Name: name, New: true, How: how}
}

// inItsPlace says that a heading names a role with what it hangs on, as an export does where two columns have one name:
// "Practice Manager (Problem management)".
func inItsPlace(h string, c Candidate) bool {
	name, place, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(h), ")"), " (")
	return ok && c.Near && likeName(place) == likeName(c.Scope) && (likeName(name) == likeName(c.Name) || meansKind(name, c))
}

// meansKind says that a heading such as "Process owner", or "Incident manager" in Incident management, means the Owner or
// Manager of the process or its practice.
func meansKind(h string, c Candidate) bool {
	if !c.Near || c.Kind != Owner && c.Kind != Manager {
		return false
	}
	words := strings.Fields(likeName(h))
	if len(words) == 0 || words[len(words)-1] != string(c.Kind) {
		return false
	}
	rest := strings.Join(words[:len(words)-1], " ")
	return slices.Contains([]string{"", "process", "practice"}, rest) || strings.HasPrefix(likeName(c.Scope)+" ", rest+" ")
}

// shortWords are words as people shorten them in headings.
var shortWords = map[string]string{"mgr": "manager", "mgmt": "management", "dept": "department", "svc": "service", "sd": "service desk", "eng": "engineer", "admin": "administrator", "tech": "technical", "spec": "specialist", "inc": "incident"}

// likeName is a name for comparing: small letters and digits, one space between words, "&" as "and".
func likeName(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "&", " and ")
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if long, ok := shortWords[w]; ok {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}

// SpelledOut is a heading in small letters without signs, its shortened words at their full length: as a role may be called.
func SpelledOut(heading string) string { return likeName(heading) }

// abbreviates says that a heading is the first letters of a name's words, names it with them, or cuts its words short:
// "MIM", "Major incident manager (MIM)", "Maj. incident mgr.".
func abbreviates(h, name string) bool {
	if cutShort(h, name) {
		return true
	}
	words := strings.Fields(likeName(name))
	if len(words) < 2 {
		return false
	}
	var initials string
	for _, w := range words {
		initials += string([]rune(w)[:1])
	}
	bare := strings.Join(strings.Fields(strings.ToLower(strings.Trim(h, " .()"))), "")
	before, _, bracket := strings.Cut(h, "(")
	return bare == initials || bracket && likeName(before) == likeName(name)
}

// cutShort says that a heading is a name of which words end early, in a full stop.
func cutShort(h, name string) bool {
	words, whole := strings.Fields(strings.ToLower(h)), strings.Fields(likeName(name))
	if len(words) != len(whole) {
		return false
	}
	cut := false
	for i, w := range words {
		short, dotted := strings.CutSuffix(w, ".")
		switch {
		case likeName(w) == whole[i]:
		case dotted && len([]rune(short)) > 1 && strings.HasPrefix(whole[i], short):
			cut = true
		default:
			return false
		}
	}
	return cut
}

// similar says that two names differ by a slip of the pen: one letter in eight, none in short ones, and none that counts.
func similar(a, b string) bool {
	if numbered(a, b) {
		return false
	}
	most := min(len([]rune(a)), len([]rune(b))) / 8
	return most > 0 && distance([]rune(a), []rune(b), most) <= most
}

// distance is how many letters have to be changed, added or dropped, as far as it is at most most.
func distance(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			keep := before
			if x != y {
				keep = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], keep
		}
	}
	return row[len(b)]
}

// Choice is the match as an answer: what a form's select holds.
func (r RoleMatch) Choice() string {
	switch {
	case r.LeftOut:
		return "out"
	case r.New:
		return "new"
	}
	return fmt.Sprintf("role:%d", r.RoleID)
}
