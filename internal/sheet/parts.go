package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// parent is a row that the rows numbered below it stand under: "1" of "1.1".
type parent struct{ root, name string }

// number is what a row is numbered with, in its column or before its name, without what ends it: "1" of "1." and "1.0".
func (r *gridReader) number(row Row) string {
	s := ""
	if r.l.id >= 0 {
		s = unmarked(row.Cell(r.l.id))
		if m := wordedNumber.FindStringSubmatch(s); m != nil {
			s = m[1]
		}
	} else if m := numbered.FindStringSubmatch(oneLine(row.Cell(r.l.activity)) + " "); m != nil {
		s = m[1]
	}
	if !numbering([]string{s}) && !isCapital(s) {
		return ""
	}
	return strings.TrimSuffix(strings.TrimRight(s, ".-)"), ".0")
}

// idOf is how a cell numbers an activity, without the mark of a list: "- C04".
func idOf(cell string) string {
	return strings.TrimLeft(oneLine(cell), "-–—• ")
}

// wordedNumber is a number after what they all begin with: "SPM 1.2".
var wordedNumber = regexp.MustCompile(`^\p{Lu}{2,6} (\d+(?:\.\d+)*)$`)

func isCapital(s string) bool { return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' }

// isUnder says that a number continues another: 1.2 is under 1, and A1 under A.
func isUnder(number, root string) bool {
	rest, ok := strings.CutPrefix(number, root)
	return ok && rest != "" && root != "" && (rest[0] == '.' || rest[0] == '-' || isCapital(root) && rest[0] >= '0' && rest[0] <= '9')
}

// hasParts says that the next row is numbered as a part of this one.
func (r *gridReader) hasParts(i int) bool { return r.rootOf(i) != "" }

// rootOf is the number that the rows below a row continue; a row without one may stand before the first of a series.
func (r *gridReader) rootOf(i int) string {
	if i+1 >= r.l.end {
		return ""
	}
	number, next := r.number(r.t.Rows[i]), r.number(r.t.Rows[i+1])
	if isUnder(next, number) {
		return number
	}
	if root, first := strings.CutSuffix(next, ".1"); number == "" && first && root != "" {
		return root
	}
	return ""
}

// climb leaves the parents that a row does not stand under.
func (r *gridReader) climb(number string) {
	r.parents = slices.DeleteFunc(r.parents, func(p parent) bool { return !isUnder(number, p.root) })
}

// descend makes a row the parent of those that follow.
func (r *gridReader) descend(row Row, root string) {
	name := oneLine(row.Cell(r.l.activity))
	if name == "" {
		name = firstText(row)
	}
	r.parents = append(r.parents, parent{root, name})
}
