package sheet

import (
	"regexp"
	"strings"
)

// A process is drawn with a lane for each who takes part: a graph of Mermaid has a box for each, and their steps within. As a table
// it is a row for each step, with who does it; whoever brings it says whether it is a grid.

// laneHead begins a lane, by a name of its own or by what stands in it.
var laneHead = regexp.MustCompile(`^subgraph\s+(?:[\pL\d_-]+\s*[\[(]\s*"?([^"\])]+?)"?\s*[\])]|"([^"]+)"|([^\[\]"]+?))\s*$`)

// lanes reads such a graph; ok is false where there are fewer than two lanes, or most are not called as roles are.
func lanes(lines []string, first int) (t Table, ok bool) {
	g := graph{texts: map[string]string{}}
	t.Rows = []Row{{Line: first, Cells: []string{"Step", "Responsible"}}}
	lane, within, begun := "", map[string]string{}, false
	var names []string
	var order []Row // the step by its name in the graph, and its lane
	for i, line := range lines {
		line, _, _ = strings.Cut(line, "%%")
		for part := range strings.SplitSeq(line, ";") {
			part = strings.TrimSpace(part)
			m := laneHead.FindStringSubmatch(part)
			switch {
			case part == "" || strings.HasPrefix(part, "direction "):
			case !begun:
				if begun = graphHead.MatchString(part); !begun {
					return t, false
				}
			case m != nil && lane != "":
				return t, false // lanes within lanes
			case m != nil:
				lane = oneLine(m[1] + m[2] + m[3])
				names = append(names, lane)
			case part == "end":
				lane = ""
			default:
				for _, node := range g.nodesOf(part) {
					if lane != "" && within[node] == "" {
						within[node] = lane
						order = append(order, Row{Line: first + i, Cells: []string{node, lane}})
					}
				}
			}
		}
	}
	for _, row := range order {
		if text := g.texts[row.Cells[0]]; text != "" {
			t.Rows = append(t.Rows, Row{Line: row.Line, Cells: []string{text, row.Cells[1]}})
		}
	}
	return t, len(names) > 1 && len(t.Rows) > 3 && len(t.Rows) <= gridRows && partyShare(names) >= 0.5
}

// nodesOf are the names of the nodes in a statement, whose texts are kept.
func (g *graph) nodesOf(s string) (names []string) {
	for _, part := range graphArrow.Split(s, -1) {
		names = append(names, g.nodes(part)...)
	}
	return names
}
