package sheet

import (
	"regexp"
	"strings"
)

// caption is the line of an Org file that names the table below it.
var caption = regexp.MustCompile(`(?i)^#\+caption:\s*`)

// callsRACI reports a line of text that calls the table right below it RACI, and is no sentence and no legend.
func (m *markdown) callsRACI(t textLine) bool {
	next := m.after(m.at)
	if t.level > 0 || next < 0 || !raciWord.MatchString(t.text) || len(strings.Fields(t.text)) < 2 || len(t.text) > 80 || strings.ContainsAny(t.text[len(t.text)-1:], ".:") || strings.Contains(t.text, "=") || explainsSeveral(t.text) {
		return false
	}
	defer func(at int) { m.at = at }(m.at)
	m.at = next
	return m.startsTable()
}

// headed keeps the heading of the table that may follow. A line in bold that ends as a sentence heads nothing, and one
// that ends with a colon only what stands right below it.
func (m *markdown) headed(t textLine, bold bool) {
	switch {
	case t.text == "" || bold && strings.HasSuffix(t.text, "."):
	case t.level > 0:
		if m.over = ""; bold && strings.HasSuffix(t.text, ":") {
			m.over = m.heading
		}
		m.heading = t.text
	case m.over != "":
		m.heading, m.over = m.over, ""
	}
}
