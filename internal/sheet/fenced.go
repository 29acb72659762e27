package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// frontMatter reads the YAML before a text, where it is an activity with its roles; else it is left to the rest.
func (m *markdown) frontMatter() {
	if strings.TrimSpace(m.lines[0]) != "---" {
		return
	}
	end := slices.IndexFunc(m.lines[1:], func(s string) bool { return strings.TrimSpace(s) == "---" })
	if end < 2 {
		return
	}
	roots, err := yamlValues(strings.Join(m.lines[1:end+1], "\n"))
	if err != nil || len(roots) != 1 || roots[0].kind != 'r' {
		return
	}
	r := recordReader{limits: m.limits}
	if r.single(roots[0]) && r.err == nil {
		m.tables, m.at = r.tables, end+2
		return
	}
	for i, key := range roots[0].keys {
		if v := roots[0].of[i]; v.kind == 's' && titleKeys[strings.ToLower(key)] && m.heading == "" {
			m.heading = v.text
		}
	}
	for ; m.at < end+2; m.at++ { // its last line is no heading, with the line of dashes below it
		m.text = append(m.text, lineOf(m.at+1, m.lines[m.at]))
	}
}

// fence opens a block in which people put lines between commas, or records.
var fence = regexp.MustCompile("(?i)^(?:```+|~~~+)\\s*(csv|tsv|text|txt|ya?ml|jsonc?|toml|mermaid)?$")

// recordsIn are how the records of a block are read, by what it says that it is.
var recordsIn = map[string]func(string) ([]node, error){"yaml": yamlValues, "yml": yamlValues, "json": jsonValues, "jsonc": jsonValues, "toml": tomlValues}

// fenced reads a block of lines that are all cut into as many cells by the same sign, or of records that give roles their
// letters; false where it is none.
func (m *markdown) fenced() bool {
	end := m.at + 1
	for end < len(m.lines) && !strings.HasPrefix(strings.TrimSpace(m.lines[end]), strings.TrimSpace(m.lines[m.at])[:3]) {
		end++
	}
	if end-m.at < 3 || end-m.at > gridRows {
		return false
	}
	kind := strings.ToLower(fence.FindStringSubmatch(strings.TrimSpace(m.lines[m.at]))[1])
	if kind == "mermaid" {
		return m.drawn(end)
	}
	if values := recordsIn[kind]; values != nil {
		return m.records(end, values)
	}
	tables, err := readCSV("", []byte(strings.Join(m.lines[m.at+1:end], "\n")), m.limits)
	if err != nil || len(tables) != 1 || tables[0].width() < 3 {
		return false
	}
	t := tables[0]
	for i := range t.Rows {
		t.Rows[i].Line += m.at + 1
		if filled(t.Rows[i]) > 0 && len(t.Rows[i].Cells) < 3 {
			return false
		}
	}
	t.Name, t.Headed = m.heading, m.heading != ""
	m.tables, m.at = append(m.tables, t), end+1
	return true
}

// records reads a block of YAML, JSON or TOML, where it holds a grid that can be trusted; else it is left to the rest.
func (m *markdown) records(end int, values func(string) ([]node, error)) bool {
	tables, err := readRecords([]byte(strings.Join(m.lines[m.at+1:end], "\n")), m.limits, values)
	if err != nil {
		return false
	}
	tables = slices.DeleteFunc(tables, func(t Table) bool {
		return !slices.ContainsFunc(gridsOf(t, "", 1, nil), func(g Grid) bool { return g.Verdict == IsRACI })
	})
	for i, t := range tables {
		for n := range t.Rows {
			t.Rows[n].Line += m.at + 1
		}
		if !t.Headed || m.heading != "" {
			tables[i].Name, tables[i].Headed = m.heading, m.heading != ""
		}
	}
	if len(tables) > 0 {
		m.tables, m.at = append(m.tables, tables...), end+1
	}
	return len(tables) > 0
}
