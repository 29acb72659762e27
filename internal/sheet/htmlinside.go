package sheet

import (
	"regexp"
	"strings"
)

// Documents of Markdown may be written in HTML in part, and pages are so in whole. What their tags say of a line is said here in
// the marks of Markdown.

var (
	blockTag   = regexp.MustCompile(`(?i)<(?:p|div|h[1-6]|li|br|strong|b|section|td)\b[^>]*>`)
	headingTag = regexp.MustCompile(`(?i)<h([1-6])\b[^>]*>\s*(.*?)\s*</h[1-6]>`)
	strongTag  = regexp.MustCompile(`(?i)<(?:strong|b)\b[^>]*>\s*(.*?)\s*</(?:strong|b)>`)
	itemTag    = regexp.MustCompile(`(?i)<li\b[^>]*>`)
	lineTag    = regexp.MustCompile(`(?i)<(?:br\s*/?|/p|/div|/li|/td|p\b[^>]*|div\b[^>]*)>`)
)

// documentLines are the lines of a document with its headings marked, and the number that each has in the file, or nearly so
// where headings are underlined.
func documentLines(text string) (lines []string, at []int) {
	for n, line := range strings.Split(marked(text), "\n") {
		line = strings.TrimRight(line, " \t\r")
		if !blockTag.MatchString(line) || strings.HasPrefix(strings.TrimSpace(line), "|") {
			lines, at = append(lines, line), append(at, n+1)
			continue
		}
		for part := range strings.SplitSeq(untagged(line), "\n") {
			if part = strings.TrimSpace(part); part != "" {
				lines, at = append(lines, part), append(at, n+1)
			}
		}
	}
	return lines, at
}

// untagged is a line of HTML in the marks of Markdown.
func untagged(line string) string {
	line = headingTag.ReplaceAllStringFunc(line, func(h string) string {
		m := headingTag.FindStringSubmatch(h)
		return "\n" + strings.Repeat("#", atoi(m[1])) + " " + m[2] + "\n"
	})
	line = strongTag.ReplaceAllString(line, "**$1**")
	line = itemTag.ReplaceAllString(line, "\n- ")
	return anyTag.ReplaceAllString(lineTag.ReplaceAllString(line, "\n"), "")
}
