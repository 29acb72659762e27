package itsm

import (
	"fmt"
	"slices"
	"strings"
)

// ListRemark is a sentence about a line; a fatal one means that the line is not taken. Line 0 is the list as a whole.
type ListRemark struct {
	Line    int    `json:"line"`
	Text    string `json:"text"`
	Fatal   bool   `json:"fatal"`
	What    string `json:"what,omitempty"`    // what the line is about, where that is known
	Manager string `json:"manager,omitempty"` // who is named as manager and known to nobody; the remark is of that
}

const (
	managersApart = 3  // unknown managers that have a remark each
	managersNamed = 12 // those that are named where there are more
)

// Gathered are remarks for reading: many unknown managers are one sentence, so that they do not bury the rest.
func Gathered(remarks []ListRemark) []ListRemark {
	var unknown []string
	for _, r := range remarks {
		if r.Manager != "" {
			unknown = append(unknown, fmt.Sprintf("%s (line %d)", r.Manager, r.Line))
		}
	}
	if len(unknown) <= managersApart {
		return remarks
	}
	named, rest := unknown, ""
	if over := len(unknown) - managersNamed; over > 0 {
		named, rest = unknown[:managersNamed], fmt.Sprintf(" and %d more", over)
	}
	one := ListRemark{Text: fmt.Sprintf("%d people are named as managers who are neither in the list nor known here; that is left out: %s%s.", len(unknown), strings.Join(named, ", "), rest)}
	return append(slices.DeleteFunc(slices.Clone(remarks), func(r ListRemark) bool { return r.Manager != "" }), one)
}
