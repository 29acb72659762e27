package sheet

import (
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A list may have what is the title of each under another heading, or what it says behind the title, in the same cell.

// ruleHeads stand over the rules in lists of controls, where nothing else says the title or what it says.
var ruleHeads = words("control controls controldescription controlactivity controlname controlstatement controltitle requirement kontrolle massnahme mesure controle contrôle medida")

// titledBy is the mapping of a list with the column for its titles, where no heading says one: one of short texts below a
// heading for statements, or one of rules; ok is false of others.
func (r *listReader) titledBy(options ListOptions) (at int, mapping map[int]Field, ok bool) {
	if at = r.shortStatements(options); at < 0 {
		at = r.rules(options)
	}
	if at < 0 {
		return -1, nil, false
	}
	mapping = maps.Clone(options.Mapping)
	if mapping == nil {
		mapping = map[int]Field{}
	}
	mapping[at] = PolicyTitle
	return at, mapping, true
}

// rules is the column of rules of a list of controls with numbers, else -1.
func (r *listReader) rules(options ListOptions) int {
	if len(r.columns.Columns) == 0 || r.at[PolicyNumber] < 0 || r.at[PolicyTitle] >= 0 || r.at[PolicyStatement] >= 0 {
		return -1
	}
	for _, c := range r.columns.Columns {
		if _, chosen := options.Mapping[c.Index]; chosen || !ruleHeads[compact(c.Header)] {
			continue
		}
		for _, row := range r.Rows[1:] {
			if utf8.RuneCountInString(oneLine(row.Cell(c.Index))) > 160 {
				return -1
			}
		}
		return c.Index
	}
	return -1
}

// titleAndText is a title with what the policy says behind it: "Records — which of them are kept".
var titleAndText = regexp.MustCompile(`^(\S.{2,70}?)\s+[—–]\s+(\S.*)$`)

// textsApart takes what policies say out of their titles, where nothing else says it and half of the titles have it behind them.
func (list *PolicyList) textsApart() {
	n := 0
	for _, p := range list.Policies {
		if p.Statement != "" {
			return
		}
		if titleAndText.MatchString(p.Title) {
			n++
		}
	}
	if n < 2 || n*2 < len(list.Policies) {
		return
	}
	for i, p := range list.Policies {
		if m := titleAndText.FindStringSubmatch(p.Title); m != nil && utf8.RuneCountInString(p.Title) > 40 {
			list.Policies[i].Title, list.Policies[i].Statement = m[1], strings.TrimSpace(m[2])
		}
	}
}
