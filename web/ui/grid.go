package ui

import "github.com/a-h/templ"

// attributes tell grid.js where to save and which letters there are.
func (v Grid) attributes() templ.Attributes {
	attributes := templ.Attributes{}
	if v.Save != "" {
		attributes["data-grid"], attributes["data-save"] = true, v.Save
	}
	if v.Supports {
		attributes["data-supports"] = true
	}
	return attributes
}

// span is the width of a section's heading: name, cells and check.
func (v GridRow) span() int {
	if v.Span > 0 {
		return v.Span
	}
	return len(v.Cells) + 2
}

func (l VersusLine) value(text string) string {
	if text == "" {
		return "empty"
	}
	return text
}
