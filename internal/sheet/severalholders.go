package sheet

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// betweenNames stands between the names of two who share a hat: "Ann Bo and Cy Dee". A comma may as well stand before a company.
var betweenNames = regexp.MustCompile(`\s*(?:[/&+]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*`)

// sharedBy are those whom a cell names with such a word between them, each by a name of two words at least; nil of others.
func sharedBy(cell string) []string {
	cell = oneLine(cell)
	if strings.ContainsAny(cell, ",;()") {
		return nil
	}
	names := betweenNames.Split(cell, -1)
	if len(names) < 2 || len(names) > 4 || slices.ContainsFunc(names, func(s string) bool { return !namesOnePerson(s) }) {
		return nil
	}
	return names
}

// followOn cuts the terms that were read in whole years where the next one of the same role begins in the last of them: that
// year is the next one's.
func (list *HatList) followOn() {
	for i, h := range list.Hats {
		if h.From == nil || h.Until == nil || h.From.YearDay() != 1 || h.Until.YearDay() != 1 {
			continue
		}
		last := h.Until.AddDate(-1, 0, 0)
		if last.After(*h.From) && slices.ContainsFunc(list.Hats, func(next itsm.ListedHat) bool { return follows(next, h, last) }) {
			list.Hats[i].Until = &last
		}
	}
}

// follows reports a hat of the same role that begins on a day.
func follows(next, h itsm.ListedHat, day time.Time) bool {
	return next.From != nil && next.From.Equal(day) && strings.EqualFold(next.Role, h.Role) && next.Of == h.Of && next.Practice == h.Practice && next.Process == h.Process && next.Service == h.Service
}
