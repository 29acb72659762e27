package ui

import "github.com/a-h/templ"

// query is what stands in the input: what was typed, or the chosen one's name.
func (v Picker) query() string {
	if v.Query != "" {
		return v.Query
	}
	for _, o := range v.Options {
		if o.Selected {
			return o.Text
		}
	}
	return ""
}

func (v Picker) pickerAttributes() templ.Attributes {
	attributes := v.attributes()
	attributes["autocomplete"] = "off"
	return attributes
}
