package sheet

import (
	"regexp"
	"strings"
)

// Lists of who looks after the parts of a program have, below the name of each part, lines that a letter begins: "M: Ann Bo
// <ann@example.org>" for who maintains it, "R:" for who reviews it, "S:" for how it is looked after.

var (
	componentLine = regexp.MustCompile(`^\s*([A-Z]):\s+(\S.*)$`)
	componentMail = regexp.MustCompile(`^"?([^<>"]{3,60}?)"?\s*<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>`)
	componentRole = map[string]string{"M": "Maintainer", "R": "Reviewer"}
)

// componentHats makes a table of such lines.
func componentHats(name string, data []byte) (Listing, bool) {
	if documentOnly(name) || len(data) > 2*policyTextMax {
		return Listing{}, false
	}
	text, err := decodeText(data)
	if err != nil || len(text) > policyTextMax {
		return Listing{}, false
	}
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail"}}}}
	part, states, others := "", 0, 0
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		m := componentLine.FindStringSubmatch(line)
		switch {
		case m == nil && line != "" && line[0] != ' ' && line[0] != '\t':
			part = strings.TrimRight(line, ":")
		case m == nil || part == "":
		case m[1] == "S":
			states++
		case componentRole[m[1]] != "":
			if at := componentMail.FindStringSubmatch(m[2]); at != nil {
				l.Rows = append(l.Rows, Row{Line: n + 1, Cells: []string{part, componentRole[m[1]], strings.TrimSpace(at[1]), at[2]}})
			} else if others++; others < 4 {
				l.note(n+1, "“"+short(m[2])+"” is no name with an address, and left out.")
			}
		}
	}
	l.Notes = append([]Note{{Line: 1, Text: "The lines that begin with M: and R: are read as who maintains and who reviews the part above them."}}, l.Notes...)
	return l, len(l.Rows) > 2 && states > 1 && others*2 < len(l.Rows) && len(l.Rows) <= listRows
}

// documentOnly reports a file that is no plain text.
func documentOnly(name string) bool {
	return !strings.HasSuffix(strings.ToLower(name), ".txt") && strings.Contains(name, ".") && !PolicyText(name)
}
