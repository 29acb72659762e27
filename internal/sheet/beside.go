package sheet

import "fmt"

// besideOthers takes grids that nothing but their few letters made doubtful for RACI where another of the file is, with
// mostly the same roles: a section in which nobody is informed.
func besideOthers(grids []Grid) {
	for i, g := range grids {
		if !g.weak || g.Verdict != Doubtful {
			continue
		}
		for _, other := range grids {
			if other.Verdict == IsRACI && other.Orientation == g.Orientation && overlap(rolesOf(g), rolesOf(other)) {
				grids[i].Verdict, grids[i].Confidence = IsRACI, 0.7
				grids[i].Reasons = []string{fmt.Sprintf("It has the roles of “%s”, which is a RACI grid.", short(other.Name))}
				break
			}
		}
	}
}

func rolesOf(g Grid) map[string]bool {
	roles := map[string]bool{}
	for _, name := range g.Roles {
		roles[likeRole(name)] = true
	}
	return roles
}
