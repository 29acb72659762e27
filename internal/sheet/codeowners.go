package sheet

import (
	"path"
	"regexp"
	"strings"
)

// Files called CODEOWNERS have a line for each part of a program: a path, and the accounts of those who look after it.

// codeOwner is an account, a team of an organisation, or an address.
var codeOwner = regexp.MustCompile(`^(?:@[\w.-]+(?:/[\w.-]+)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$`)

// codeOwners makes a table of such lines. All of them have the same role, which is none of an Owner: there may be several.
func codeOwners(name string, data []byte) (Listing, bool) {
	if !strings.HasPrefix(strings.ToLower(path.Base(name)), "codeowners") || len(data) > 2*policyTextMax {
		return Listing{}, false
	}
	text, err := decodeText(data)
	if err != nil || len(text) > policyTextMax {
		return Listing{}, false
	}
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail", "Type of holder"}}}}
	others := 0
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, " #")
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0][0] == '#' || fields[0][0] == '[' {
			continue
		}
		of := fields[0]
		if of == "*" {
			of = "" // all there is
		}
		for _, owner := range fields[1:] {
			switch {
			case !codeOwner.MatchString(owner):
				others++
			case owner[0] != '@':
				l.Rows = append(l.Rows, Row{Line: n + 1, Cells: []string{of, "Code owner", owner, owner, ""}})
			case strings.Contains(owner, "/"):
				l.Rows = append(l.Rows, Row{Line: n + 1, Cells: []string{of, "Code owner", owner, "", "team"}})
			default:
				l.Rows = append(l.Rows, Row{Line: n + 1, Cells: []string{of, "Code owner", owner, "", ""}})
			}
		}
	}
	l.withoutEmpty(4)
	l.Notes = []Note{{Line: 1, Text: "Each account or address behind a path is read as a code owner of it."}}
	return l, len(l.Rows) > 1 && others == 0 && len(l.Rows) <= listRows
}
