package sheet

import (
	"fmt"
	"regexp"
	"strings"
)

// Documents underline their headings, too. Here they are marked as those of Markdown are, by the order in which their lines
// first come.

var (
	adornment    = regexp.MustCompile(`^[=\-~^"'#*+]{3,}\s*$`)
	asciiHeading = regexp.MustCompile(`^={1,6} `)
	comment      = regexp.MustCompile(`^\.\.(?:\s+_[^:]*:|\s+[^:]*|\s*)$`)
	inlineRole   = regexp.MustCompile(":[a-z][a-z:_-]*:`([^`<]+?)(?:\\s*<[^`<>]*>)?`")
	fieldLine    = regexp.MustCompile(`^:([^:\s][^:]*):\s+(\S.*)$`)
	numberedOn   = regexp.MustCompile(`^(\s*)#\.\s+`)
	htmlComment  = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// marked is a text with its underlined headings marked, and with the fields and numbers of reStructuredText as in Markdown.
func marked(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	levels := map[string]int{}
	at := func(n int) string {
		if n < 0 || n >= len(lines) {
			return ""
		}
		return strings.TrimRight(lines[n], " ")
	}
	var out []string
	fenced, aside := false, false // aside: in a comment
	for i := 0; i < len(lines); i++ {
		line, title, under, skip := lines[i], at(i), at(i+1), 1
		fenced = fenced != strings.HasPrefix(strings.TrimSpace(line), "```")
		over := adornment.MatchString(title) && at(i+2) == title
		if over {
			title, under, skip = at(i+1), at(i+2), 2
		}
		aside = !fenced && (comment.MatchString(line) || aside && (line == "" || line[0] == ' '))
		switch {
		case aside:
		case fenced || !over && at(i-1) != "" || !isTitle(title) || !adornment.MatchString(under) || strings.Trim(under, under[:1]) != "":
			line = asciiHeading.ReplaceAllStringFunc(line, func(mark string) string { return strings.Repeat("#", len(mark)-1) + " " })
			line = inlineRole.ReplaceAllString(fieldLine.ReplaceAllString(line, "$1: $2"), "$1")
			out = append(out, numberedOn.ReplaceAllString(line, "${1}1. "))
		default:
			key := fmt.Sprint(over, under[:1])
			if levels[key] == 0 {
				levels[key] = len(levels) + 1
			}
			out = append(out, strings.Repeat("#", min(levels[key], 6))+" "+strings.TrimSpace(title))
			i += skip
		}
	}
	return strings.Join(out, "\n")
}

// isTitle reports a line that may be underlined: short, and neither marked nor part of a table.
func isTitle(line string) bool {
	t := lineOf(0, line)
	return t.text != "" && t.level == 0 && !t.bullet && len(line) <= 100 && !strings.Contains(line, "|") && !adornment.MatchString(line) && !strings.HasPrefix(line, " ")
}

// loneHeading reports a text with one heading of the first level.
func loneHeading(text string) bool {
	first, fenced := 0, false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if !fenced && lineOf(0, strings.TrimRight(line, "\r\n")).level == 1 {
			first++
		}
	}
	return first == 1
}
