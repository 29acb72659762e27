package sheet

import (
	"regexp"
	"strings"
)

// wikiRows turns the tables of other markup (Jira, MediaWiki, DokuWiki, Textile, Org, reStructuredText, AsciiDoc, what a
// database prints) into rows between bars. Lines keep their number.
func wikiRows(lines []string) []string {
	w := wiki{lines: lines, out: make([]string, len(lines))}
	w.doubled = jiraHead(lines)
	for w.at < len(lines) {
		line := strings.TrimSpace(lines[w.at])
		switch {
		case strings.HasPrefix(line, "{|"):
			w.mediaWiki()
		case asciiTable.MatchString(line):
			w.asciiDoc(line)
		case columnRule.MatchString(line) && w.simple():
		case border.MatchString(line):
			w.bordered()
		case directive.MatchString(line), fencedDirective.MatchString(line):
			w.directive(line)
		default:
			w.out[w.at] = w.plain(lines[w.at], line)
			w.at++
		}
	}
	return w.out
}

type wiki struct {
	lines, out []string
	at         int
	doubled    bool // heads stand between double bars
}

var (
	border     = regexp.MustCompile(`^\+[-=]{2,}[-=+]*\+$`)
	orgDashes  = regexp.MustCompile(`^\|[-+:]*-{2,}[-+:]*\|?$`)
	longDashes = regexp.MustCompile(`^[-=]{9,}$`)
	psqlDashes = regexp.MustCompile(`^-{2,}(?:\+-{2,})+$`)
	textile    = regexp.MustCompile(`\|[_=<>^~]{1,3}\.\s*`)
	jiraColor  = regexp.MustCompile(`\{color(?::[^{}]*)?\}`)
	wikiHead   = regexp.MustCompile(`^(?:h([1-6])\.\s+|(={1,6})\s+)(.+?)(?:\s+=+)?$`)
	tableTitle = regexp.MustCompile(`^\.\. table::\s+(\S.*)$`)
	boxLine    = regexp.MustCompile(`^[┌┬┐├┼┤└┴┘─━═╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛\s]+$`)
	boxBar     = strings.NewReplacer("│", "|", "┃", "|", "║", "|")
)

// jiraHead reports a line like "||Task||Owner||": then a double bar is no empty cell.
func jiraHead(lines []string) bool {
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "||") && strings.HasSuffix(line, "||") && strings.Count(line, "||") > 2 && !strings.Contains(strings.ReplaceAll(line, "||", ""), "|") {
			return true
		}
	}
	return false
}

// plain is a line that needs none of its neighbours.
func (w *wiki) plain(raw, line string) string {
	switch {
	case line == "":
		return raw
	case longDashes.MatchString(line) && w.ruled():
		return strings.Repeat("---|", strings.Count(w.lines[w.at-1], "|")) + "---"
	case strings.ContainsAny(line, "│┃║"):
		return boxBar.Replace(line)
	case boxLine.MatchString(line):
		return ""
	case (orgDashes.MatchString(line) || psqlDashes.MatchString(line)) && strings.Contains(line, "+"):
		return strings.ReplaceAll(line, "+", "|")
	case w.doubled && strings.HasPrefix(line, "|"):
		return jiraColor.ReplaceAllString(strings.ReplaceAll(line, "||", "|"), "")
	case strings.HasPrefix(line, "|=") && strings.Count(line, "|=") > 2 && !strings.Contains(line, "|=."): // a head of Creole
		return strings.ReplaceAll(line, "|=", "| ")
	case strings.HasPrefix(line, "|"):
		return textile.ReplaceAllString(raw, "| ")
	case strings.HasPrefix(line, "^ ") && strings.Count(line, "^")+strings.Count(line, "|") > 2:
		return strings.ReplaceAll(line, "^", "|")
	}
	if m := tableTitle.FindStringSubmatch(line); m != nil {
		return "# " + m[1]
	}
	if m := wikiHead.FindStringSubmatch(line); m != nil {
		return "# " + m[3]
	}
	return raw
}

// ruled says that the lines above and below are cut by as many bars, with none at their beginning: what is drawn between them
// is the line below a head.
func (w *wiki) ruled() bool {
	if w.at == 0 || w.at+1 >= len(w.lines) || barred(w.lines[w.at-1]) {
		return false
	}
	bars := strings.Count(w.lines[w.at-1], "|")
	return bars > 1 && bars == strings.Count(w.lines[w.at+1], "|")
}

func barRow(cells []string) string {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(strings.TrimSpace(c), "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

// bordered reads a table drawn with "+---+". Where a border follows each row, the lines between two are one row.
func (w *wiki) bordered() {
	from, borders, double := w.at, 0, false
	end := from
	for ; end < len(w.lines); end++ {
		line := strings.TrimSpace(w.lines[end])
		if border.MatchString(line) {
			borders++
			double = double || strings.Contains(line, "==")
		} else if !strings.HasPrefix(line, "|") {
			break
		}
	}
	var row []string
	first := from
	flush := func() {
		if row != nil {
			w.out[first] = barRow(row)
		}
		row = nil
	}
	for w.at = from; w.at < end; w.at++ {
		line := strings.TrimSpace(w.lines[w.at])
		if border.MatchString(line) {
			flush()
			continue
		}
		cells := cutRow(line)
		if row == nil || borders < 4 && !double {
			flush()
			row, first = cells, w.at
			continue
		}
		for i, c := range cells {
			if i < len(row) {
				row[i] = strings.TrimSpace(row[i] + " " + c)
			}
		}
	}
	flush()
}
