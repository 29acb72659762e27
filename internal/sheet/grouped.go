package sheet

import "strings"

// underGroups writes what stands above groups of columns into the headings that mean little without it: "Name" and
// "E-mail" below "Manager" are the manager's name and e-mail, "Start" below "Employment" is its start.
func underGroups(t Table, head int) Row {
	row := Row{Line: t.Rows[head].Line, Cells: append([]string{}, t.Rows[head].Cells...)}
	if head == 0 || t.Rows[head-1].Line != row.Line-1 {
		return row
	}
	groups, different := make([]string, len(row.Cells)), map[string]bool{}
	group := ""
	for i := range groups {
		if g := oneLine(t.Rows[head-1].Cell(i)); g != "" {
			group = g
			different[g] = true
		}
		groups[i] = group
	}
	if len(different) < 2 { // a title above all
		return row
	}
	for i, g := range groups {
		h := oneLine(row.Cells[i])
		if g == "" || h == "" || len(g)+len(h) > 80 || strings.EqualFold(g, h) || isSensitive(h) {
			continue
		}
		of, _ := guessField(g)
		alone, _ := guessField(h)
		both, sure := guessField(g + " " + h)
		ofManager := of == ManagerName && (both == ManagerName || both == ManagerEmail || both == ManagerID)
		if ofManager || alone == NoField && both != NoField && sure > 0 || isSensitive(g+" "+h) {
			row.Cells[i] = g + " " + h
		}
	}
	return row
}
