package sheet

import (
	"regexp"
	"slices"
)

// Notebooks put tables into boxes, which Markdown has as quotations: "> | Task | Ann |", below "> [!note] Who does what".

var (
	quoteMark = regexp.MustCompile(`^(?:\s{0,3}>[ \t]?)+`)
	boxTitle  = regexp.MustCompile(`^\[![\w-]+\][+-]?\s*(.*)$`)
)

// unboxed are the lines of a text without the marks of quotations, where a table stands in one. The title of a box is a heading.
func unboxed(lines []string) []string {
	if !slices.ContainsFunc(lines, func(line string) bool {
		return quoteMark.MatchString(line) && isDashes(quoteMark.ReplaceAllString(line, ""))
	}) {
		return lines
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = line
		if mark := quoteMark.FindString(line); mark != "" {
			out[i] = line[len(mark):]
			if m := boxTitle.FindStringSubmatch(out[i]); m != nil {
				out[i] = ""
				if m[1] != "" {
					out[i] = "###### " + m[1]
				}
			}
		}
	}
	return out
}
