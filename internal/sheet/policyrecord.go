package sheet

import (
	"slices"
	"strconv"
	"strings"
)

// Documents end or begin with tables of their versions and of who approved them. Neither is a rule: they are left out of what the
// policy says, and named in a remark. The version is that of the newest.

var (
	versionHeads  = folded("version versionno versionnumber ver rev revision revisionno issue issueno fassung versão versión")
	recordDays    = folded("date datum fecha data approvaldate dateapproved effectivedate issuedate releasedate revisiondate reviewdate datechanged changedate")
	recordHeads   = folded("author authors by name who editor preparedby approvedby approver reviewedby reviewer owner role title position department change changes changedby changedescription description descriptionofchange descriptionofchanges summary summaryofchanges comment comments remarks notes reason status section sections änderung änderungen beschreibung autor bearbeiter auteur modification modifications description autor cambio cambios descripción alteração alterações descrição")
	signatureHead = folded("signature signatures sign unterschrift firma assinatura handtekening visa")
)

// recordTables is a text without such tables, nor the headings below which nothing else stood.
func (s *policySections) recordTables(text string) string {
	lines := strings.Split(text, "\n")
	var out []string
	for i := 0; i < len(lines); {
		end := i
		for end < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[end]), "|") {
			end++
		}
		if end-i < 3 || !tableRule.MatchString(strings.TrimSpace(lines[i+1])) || !s.recordsItself(lines[i:end]) {
			out = append(out, lines[i:max(end, i+1)]...)
			i = max(end, i+1)
			continue
		}
		out = withoutBareHeading(out, lines[end:])
		i = end
	}
	return strings.Join(out, "\n")
}

// recordsItself reports a table of the versions of a document, or of who approved it, and keeps what it says.
func (s *policySections) recordsItself(table []string) bool {
	heads := barCells(table[0])
	version, day, signed := -1, false, false
	for i, head := range heads {
		switch h := compact(plainText(head)); {
		case versionHeads[h] && version < 0:
			version = i
		case recordDays[h]:
			day = true
		case signatureHead[h]:
			signed = true
		case h != "" && !recordHeads[h]:
			return false
		}
	}
	if !day || version < 0 && !signed || len(heads) < 3 {
		return false
	}
	if newest := newestVersion(table[2:], version); newest != "" && s.given[PolicyVersion] == "" {
		s.given[PolicyVersion] = newest
	}
	s.left = append(s.left, strings.Join(heads, ", "))
	return true
}

// barCells are the cells of a row of a table.
func barCells(line string) []string {
	cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// newestVersion is the highest of the versions in a column, where all of them are numbers.
func newestVersion(rows []string, at int) (newest string) {
	var highest []int
	for _, row := range rows {
		cells := barCells(row)
		if at < 0 || at >= len(cells) || cells[at] == "" {
			continue
		}
		bare := strings.TrimLeft(strings.ToLower(plainText(cells[at])), "v ")
		var numbers []int
		for part := range strings.SplitSeq(bare, ".") {
			n, err := strconv.Atoi(part)
			if err != nil {
				return ""
			}
			numbers = append(numbers, n)
		}
		if highest == nil || slices.Compare(numbers, highest) > 0 {
			newest, highest = bare, numbers
		}
	}
	return newest
}

// withoutBareHeading drops a heading at the end of some lines where nothing of its own follows.
func withoutBareHeading(out, rest []string) []string {
	last := len(out) - 1
	for last >= 0 && strings.TrimSpace(out[last]) == "" {
		last--
	}
	if last < 0 || lineOf(0, out[last]).level < 2 {
		return out
	}
	for _, line := range rest {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if t := lineOf(0, line); t.level == 0 || t.level > lineOf(0, out[last]).level {
			return out
		}
		break
	}
	return out[:last]
}
