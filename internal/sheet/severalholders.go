package sheet

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

var (
	// betweenNames stands between the names of several who share a hat: "Ann Bo and Cy Dee", "Ann Bo, Cy Dee".
	betweenNames = regexp.MustCompile(`\s*(?:[/&+,]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*`)
	// asideBehind is what stands in brackets behind a name: how somebody is called in programs, where somebody works.
	asideBehind = regexp.MustCompile(`\s*\([^()]*\)`)
)

// sharesMost is how many a cell may name; more are a text.
const sharesMost = 20

// sharedBy are those whom a cell names with such a sign between them, each by a name of two words at least or by an account; nil
// of others. What stands behind a comma may as well be a company or, in a list that puts family names first, the given name.
func sharedBy(cell string, commas bool) []string {
	cell = oneLine(cell)
	if strings.Contains(cell, ";") || commas && strings.Contains(cell, ",") {
		return nil
	}
	names := slices.DeleteFunc(betweenNames.Split(asideBehind.ReplaceAllString(cell, ""), -1), func(s string) bool { return s == "" })
	if len(names) < 2 || len(names) > sharesMost || slices.ContainsFunc(names, func(s string) bool { return !namesHolder(s) }) {
		return nil
	}
	return names
}

// parted says once of a cell that it was taken apart at a comma, which may as well stand before a company.
func (list *HatList) parted(line int, cell string) {
	const how = " is read as the names of several, as are others that a comma parts."
	if strings.Contains(asideBehind.ReplaceAllString(cell, ""), ",") && !slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.HasSuffix(n.Text, how) }) {
		list.Remarks = append(slices.Clip(list.Remarks), Note{Line: line, Text: "“" + short(oneLine(cell)) + "”" + how})
	}
}

// namesHolder reports the name of a person, or an account.
func namesHolder(s string) bool {
	return accountName.MatchString(s) || namesOnePerson(nameValue(s)) && !endsAsCompany(s)
}

// companyEnds end the names of companies and other bodies that have the form of those of people: "Oven Labs".
var companyEnds = words("inc ltd llc gmbh ag plc corp co company labs lab foundation group systems software solutions technologies technology networks bank university college institute school hospital trust society association consulting services partners ventures international union")

func endsAsCompany(s string) bool {
	toks := tokens(s)
	return len(toks) > 0 && companyEnds[toks[len(toks)-1]]
}

// severalAtCommas reports a column in which what commas part are names of several, all of two words at least: where family names
// come first, some given name is a single word.
func severalAtCommas(cells []string) bool {
	found := false
	for _, cell := range cells {
		if !strings.Contains(asideBehind.ReplaceAllString(cell, ""), ",") {
			continue
		}
		if found = true; sharedBy(cell, false) == nil {
			return false
		}
	}
	return found
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
