package sheet

import (
	"regexp"
	"slices"
	"strings"
)

var (
	templateLine = regexp.MustCompile("^[\\s`*_]*(?:(?:\\{\\{[^{}]*\\}\\}|\\{%[^{}%]*%\\})[\\s`*_]*)+$")
	// sectionMark begins or ends what a template keeps on a condition, or is a remark to whoever writes it: the text between
	// the marks is the document's, and they are not.
	sectionMark = regexp.MustCompile(`\{\{[#^/!][^{}]*\}\}|\{\{else\}\}|\{%[^{}%]*%\}`)
	ruleLine    = regexp.MustCompile(`^\s*(?:(?:[-*_]\s*){3,}|=+|-+)$`)
	tableRule   = regexp.MustCompile(`^\|(?:\s*:?-[-+:]*\s*\|?)+$`) // below the head of a table
	pageBreak   = regexp.MustCompile(`^\\(?:newpage|pagebreak|clearpage)\b`)
	itemLine    = regexp.MustCompile(`^(\s*)(?:([-*+•])|(\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]))\s+(\S.*)$`)
	webLink     = regexp.MustCompile(`\[([^\[\]]+)\]\((https?://[^()\s]+)(?:\s+"[^"]*")?\)`)
)

// prose is Markdown as a text that reads as it stands: paragraphs and items are a line each, headings lose their marks, and
// lines of nothing but template tags are left out.
func prose(text string) string {
	w := &proseWriter{}
	for line := range strings.Lines(text) {
		w.line(strings.TrimRight(line, "\r\n"))
	}
	return clean(blankLines.ReplaceAllString(w.out.String(), "\n\n"))
}

type proseWriter struct {
	out    strings.Builder
	open   bool // the line goes on with the next one of its paragraph or item
	fenced bool
}

func (w *proseWriter) line(line string) {
	bare := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(bare, "```"):
		w.fenced = !w.fenced
		w.end()
	case w.fenced:
		w.out.WriteString(line + "\n")
	case templateLine.MatchString(line):
		w.end()
	case bare == "", ruleLine.MatchString(line):
		w.end()
		w.out.WriteString("\n")
	case lineOf(0, bare).level > 0:
		w.end()
		w.out.WriteString("\n" + proseLine(lineOf(0, bare).text) + "\n\n")
	case tableRule.MatchString(bare), pageBreak.MatchString(bare):
		w.end()
	case strings.HasPrefix(bare, "|"): // a row of a table
		w.end()
		w.out.WriteString(proseLine(inCells(bare)) + "\n")
	default:
		w.words(line, bare)
	}
}

// words adds to the paragraph or item that is open, or begins one.
func (w *proseWriter) words(line, bare string) {
	bare = strings.TrimSpace(strings.TrimPrefix(bare, ">"))
	lasts := !strings.HasSuffix(line, "  ") && !strings.HasSuffix(bare, `\`)
	bare = strings.TrimSuffix(bare, `\`)
	if m := itemLine.FindStringSubmatch(line); m != nil {
		w.end()
		sign := m[3]
		if sign == "" {
			sign = "•"
		}
		bare = strings.Repeat(" ", min(len(m[1]), 8)) + sign + " " + proseLine(m[4])
	} else if bare = proseLine(bare); w.open {
		bare = " " + bare
	}
	w.out.WriteString(bare)
	w.open = true
	if !lasts {
		w.end()
	}
}

func (w *proseWriter) end() {
	if w.open {
		w.out.WriteString("\n")
	}
	w.open = false
}

// inCells is what a row of a table says, without its frame and its empty cells.
func inCells(row string) string {
	cells := slices.DeleteFunc(strings.Split(strings.Trim(row, "|"), "|"), func(s string) bool { return strings.TrimSpace(s) == "" })
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return strings.Join(cells, " | ")
}

// proseLine is a line without the marks of Markdown. A link keeps its address.
func proseLine(s string) string {
	s = webLink.ReplaceAllStringFunc(s, func(link string) string {
		m := webLink.FindStringSubmatch(link)
		if m[1] == m[2] {
			return m[2]
		}
		return m[1] + " (" + m[2] + ")"
	})
	return strings.TrimSpace(plainText(s))
}
