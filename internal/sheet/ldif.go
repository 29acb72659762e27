package sheet

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// looksLikeLDIF reports the interchange format of directories: its first line that is no comment names a version or an entry.
func looksLikeLDIF(data []byte) bool {
	for line := range bytes.Lines(data[:min(len(data), 64<<10)]) {
		line = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))))
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		return bytes.HasPrefix(line, []byte("dn:")) && bytes.Contains(line, []byte("=")) || bytes.HasPrefix(line, []byte("version: 1"))
	}
	return false
}

// readLDIF makes a row of each entry of a directory, and a column of each of its attributes.
func readLDIF(data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	d := directoryReader{limits: limits, columns: map[string]int{}, table: Table{Rows: []Row{{Line: 1}}}}
	var folded strings.Builder
	at, from := 0, 1
	for line := range strings.Lines(text) {
		at++
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, " ") { // the line before goes on
			folded.WriteString(line[1:])
			continue
		}
		if err := d.line(from, folded.String()); err != nil {
			return nil, err
		}
		folded.Reset()
		folded.WriteString(line)
		from = at
	}
	if err := d.line(from, folded.String()); err != nil {
		return nil, err
	}
	if len(d.table.Rows) == 1 {
		return nil, nil
	}
	return []Table{d.table}, nil
}

type directoryReader struct {
	limits  Limits
	table   Table          // the first row are the attributes
	columns map[string]int // by attribute in lower case
	cells   int
	open    bool // an entry is
}

// valuesMost bounds what is kept of an attribute with several values, such as all groups of somebody.
const valuesMost = 1000

// line takes an attribute to its entry; a blank line ends the entry.
func (d *directoryReader) line(at int, s string) error {
	if s == "" {
		d.open = false
		return nil
	}
	name, value, ok := strings.Cut(s, ":")
	name = strings.TrimSpace(name)
	key := strings.ToLower(name)
	if !ok || name == "" || s[0] == '#' || strings.Contains(name, ";") || key == "version" || key == "changetype" {
		return nil
	}
	if coded, is := strings.CutPrefix(value, ":"); is {
		if plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded)); err == nil {
			value = strings.ToValidUTF8(string(plain), "\ufffd")
		}
	}
	value = strings.TrimSpace(value)
	if !d.open {
		d.table.Rows, d.open = append(d.table.Rows, Row{Line: at}), true
	}
	head := &d.table.Rows[0]
	column, known := d.columns[key]
	if !known {
		column = len(head.Cells)
		d.columns[key] = column
		head.Cells = append(head.Cells, name)
	}
	row := &d.table.Rows[len(d.table.Rows)-1]
	for len(row.Cells) <= column {
		row.Cells = append(row.Cells, "")
		d.cells++
	}
	switch before := row.Cells[column]; {
	case before == "":
		row.Cells[column] = value
	case len(before) < valuesMost:
		row.Cells[column] = before + "; " + value
	}
	if err := d.limits.fits(at, value); err != nil {
		return err
	}
	return d.limits.check(at, len(d.table.Rows), len(head.Cells), d.cells)
}
