package sheet

import (
	"regexp"
	"strings"
)

// A RACI grid is also drawn: in a graph of Mermaid, arrows lead from roles to activities, or back, and have the letters on them.

var (
	// graphHead begins such a graph.
	graphHead = regexp.MustCompile(`^(?:graph|flowchart)(?:\s+(?:TB|TD|BT|RL|LR))?\s*;?$`)
	// graphNode is a node by its name, with the text in its shape where it has one: `T1("Bake bread"):::big`.
	graphNode = regexp.MustCompile(`^\s*([\p{L}\d_][\p{L}\d_.-]*?)\s*(?:(\[\[|\[\(|\[/|\[\\|\[|\(\(\(|\(\(|\(\[|\(|\{\{|\{|>)\s*(?:"([^"]*)"|([^"\[\](){}|]*?))\s*(?:\]\]|\)\]|/\]|\\\]|\]|\)\)\)|\)\)|\)|\}\}|\}))?(?:\s*:::\s*[\w-]+)?\s*$`)
	// graphArrow leads from one node to the next, with what stands on it between bars or within the arrow.
	graphArrow = regexp.MustCompile(`\s*<?(?:(?:--+|==+|-\.+)\s*["']?([^-=.|>"'\s][^|>"']*?)["']?\s*(?:--+[>xo]?|==+>?|\.+->?)|(?:--+[>xo-]|==+[>=]|-\.+->?)(?:\s*\|\s*["']?([^|"']*?)["']?\s*\|)?)\s*`)
)

// graph is what a drawing says: the texts of its nodes, and its arrows with a letter.
type graph struct {
	texts  map[string]string
	arrows []arrow
	plain  int // arrows with another text
}

type arrow struct {
	from, to, letters string
	line              int
}

// mermaid reads a graph as a list of activities with their roles; ok is false where it is no drawing of RACI. first is the
// number of its first line.
func mermaid(lines []string, first int) (t Table, ok bool) {
	g := graph{texts: map[string]string{}}
	begun := false
	for i, line := range lines {
		line, _, _ = strings.Cut(line, "%%")
		for part := range strings.SplitSeq(line, ";") {
			switch part = strings.TrimSpace(part); {
			case part == "":
			case !begun:
				if begun = graphHead.MatchString(part); !begun {
					return t, false
				}
			default:
				g.statement(part, first+i)
			}
		}
	}
	return g.list()
}

// statement reads nodes with arrows between them: "A & B -->|R| C -->|I| D".
func (g *graph) statement(s string, line int) {
	at := graphArrow.FindAllStringSubmatchIndex(s, -1)
	from, start := []string(nil), 0
	for n := 0; n <= len(at); n++ {
		end := len(s)
		if n < len(at) {
			end = at[n][0]
		}
		to := g.nodes(s[start:end])
		if n > 0 && len(from) > 0 {
			g.connect(from, to, strings.TrimSpace(submatch(s, at[n-1], 1)+submatch(s, at[n-1], 2)), line)
		}
		if from = to; n < len(at) {
			start = at[n][1]
		}
	}
}

func submatch(s string, at []int, n int) string {
	if at[2*n] < 0 {
		return ""
	}
	return s[at[2*n]:at[2*n+1]]
}

// nodes are the names of nodes with "&" between them; their texts are kept.
func (g *graph) nodes(s string) (names []string) {
	for part := range strings.SplitSeq(s, " & ") {
		m := graphNode.FindStringSubmatch(part)
		if m == nil {
			return nil
		}
		if text := oneLine(plainText(m[3] + m[4])); text != "" {
			g.texts[m[1]] = text
		}
		names = append(names, m[1])
	}
	return names
}

func (g *graph) connect(from, to []string, on string, line int) {
	cell := readCell(on)
	for _, a := range from {
		for _, b := range to {
			switch {
			case on == "" || len(g.arrows) > gridRows:
			case cell.kind == letterCell && cell.RACI() != "":
				g.arrows = append(g.arrows, arrow{a, b, on, line})
			default:
				g.plain++
			}
		}
	}
}

// list gathers the arrows by activity, where the letters lead from one kind of node to the other, and R and A are among them.
func (g *graph) list() (t Table, ok bool) {
	from, to, letters := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, a := range g.arrows {
		from[a.from], to[a.to] = true, true
		for _, l := range readCell(a.letters).Letters {
			letters[l] = true
		}
	}
	for name := range from {
		if to[name] {
			return t, false
		}
	}
	if len(g.arrows) < 3 || len(g.arrows) > gridRows || g.plain*4 > len(g.arrows) || !letters["R"] || !letters["A"] {
		return t, false
	}
	back := g.rolesBehind(from, to)
	t = Table{List: true, whole: true}
	for i, a := range g.arrows {
		if i > 0 && g.seen(i, back) {
			continue
		}
		t.Rows = append(t.Rows, Row{Line: a.line, Cells: []string{g.text(a.activity(back)), "", ""}})
		for _, b := range g.arrows[i:] {
			if b.activity(back) == a.activity(back) {
				t.Rows = append(t.Rows, Row{Line: b.line, Cells: []string{g.text(b.role(back)), b.letters}})
			}
		}
	}
	return t, true
}

// rolesBehind reports that arrows lead from activities to roles: the words of the roles say so, or that each node at the
// beginning of arrows has one A and those at their ends have not.
func (g *graph) rolesBehind(from, to map[string]bool) bool {
	names := func(set map[string]bool) (out []string) {
		for name := range set {
			out = append(out, g.text(name))
		}
		return out
	}
	if a, b := partyShare(names(from)), partyShare(names(to)); a != b {
		return b > a
	}
	answeredFrom, answeredTo := map[string]int{}, map[string]int{}
	for _, a := range g.arrows {
		if strings.Contains(readCell(a.letters).RACI(), "A") {
			answeredFrom[a.from]++
			answeredTo[a.to]++
		}
	}
	once := func(set map[string]bool, answered map[string]int) (n int) {
		for name := range set {
			if answered[name] == 1 {
				n++
			}
		}
		return n
	}
	return once(from, answeredFrom) == len(from) && once(to, answeredTo) < len(to)
}

// seen reports that an earlier arrow has the activity of the arrow at i.
func (g *graph) seen(i int, back bool) bool {
	for _, a := range g.arrows[:i] {
		if a.activity(back) == g.arrows[i].activity(back) {
			return true
		}
	}
	return false
}

func (a arrow) activity(back bool) string {
	if back {
		return a.from
	}
	return a.to
}

func (a arrow) role(back bool) string { return a.activity(!back) }

// text is what a node shows.
func (g *graph) text(name string) string {
	if text := g.texts[name]; text != "" {
		return text
	}
	return name
}

// drawn reads a block of Mermaid; what is no RACI grid is left to the rest.
func (m *markdown) drawn(end int) bool {
	t, ok := mermaid(m.lines[m.at+1:end], m.at+2)
	if !ok {
		t, ok = lanes(m.lines[m.at+1:end], m.at+2)
	}
	if ok {
		t.Name, t.Headed = m.heading, m.heading != ""
		m.tables, m.at = append(m.tables, t), end+1
	}
	return ok
}

// drawingHead begins a drawing of Mermaid, as it is or in a fence; what would be the heading of a table has more on its line.
var drawingHead = regexp.MustCompile("^(?i:```+\\s*mermaid|~~~+\\s*mermaid|(?:graph|flowchart)\\s+(?:TB|TD|BT|RL|LR)\\s*;?|graph;?|flowchart;?|sequenceDiagram|stateDiagram(?:-v2)?|classDiagram|erDiagram)\\s*(?:;.*)?$")

// looksLikeMermaid tells by the first line that is no comment.
func looksLikeMermaid(data []byte) bool {
	for line := range strings.Lines(strings.TrimPrefix(string(data[:min(len(data), sample)]), "\uFEFF")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "%%") {
			return drawingHead.MatchString(line)
		}
	}
	return false
}

// readMermaid reads a file that is nothing but a graph.
func readMermaid(data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if err := tooManyLines(text, gridRows, "lines", gridRows); err != nil {
		return nil, err
	}
	for _, read := range []func([]string, int) (Table, bool){mermaid, lanes} {
		if t, ok := read(strings.Split(text, "\n"), 1); ok {
			return []Table{t}, nil
		}
	}
	return readMarkup(data, limits)
}
