package sheet

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Column says what a column of a list of people is used for, and why.
type Column struct {
	Index      int     `json:"index"` // from 0
	Header     string  `json:"header"`
	Sample     string  `json:"sample,omitempty"` // what stands first in it, where it has no heading
	Field      Field   `json:"field"`            // NoField where left out
	Why        string  `json:"why"`              // a sentence or less
	Confidence float64 `json:"confidence"`
	LeftOut    bool    `json:"leftOut"`
	Sensitive  bool    `json:"sensitive"` // personal and of no use here: its values are never given out
}

// headerRows is how far down a head is looked for.
const headerRows = 25

// findHeader picks the row whose headings are understood best, and says how
// many different fields it names.
func findHeader(t Table) (row, score int) {
	best := 0
	for i := range min(len(t.Rows), headerRows) {
		if holdsAddress(t.Rows[i]) || countsBetween(t.Rows, i) || saysTwice(t.Rows, i) || len(t.Rows[i].Cells) == 1 && strings.HasSuffix(oneLine(t.Rows[i].Cell(0)), ":") {
			continue // "Maintainers:" begins a part of a text
		}
		fields := map[Field]bool{}
		for at, cell := range t.Rows[i].Cells {
			heading := oneLine(cell)
			if heading == "" || len(heading) > 80 || isSensitive(heading) || i+at > 0 && partOf[compact(heading)] {
				continue
			}
			if f, sure := guessField(heading); sure > 0 {
				fields[f] = true
			}
		}
		named := 0
		if fields[FullName] || fields[GivenName] || fields[FamilyName] {
			named = 1
		}
		if i > 0 && len(fields) == 1 && filled(t.Rows[i]) > 2 && filled(t.Rows[i-1]) >= filled(t.Rows[i]) {
			continue // one of the list, in which a word stands that could head it: "Manager"
		}
		if n := 2*len(fields) + named; n > best {
			row, best = i, n
		}
	}
	return row, best
}

// columnGuess is one column while the fields are given out.
type columnGuess struct {
	Column
	samples []string // values without the empties, at most 500
	want    Field
}

const (
	samplesPerColumn = 500
	repeatsFew       = 2 // so many numbers may stand twice in a short list
)

// columnsOf decides what every column is used for: by its heading, checked
// against its values; a field goes to the column that claims it most surely.
func columnsOf(t Table, head int, mapping map[int]Field) ([]Column, error) {
	guesses := collectGuesses(t, head)
	addressesTell(guesses)
	teamsTell(guesses)
	if err := applyMapping(guesses, mapping); err != nil {
		return nil, err
	}
	for i := range guesses {
		checkValues(&guesses[i])
	}
	if !slices.ContainsFunc(guesses, func(g columnGuess) bool { return g.Header != "" }) {
		namesBesideAddresses(guesses, t.Rows[head+1:min(len(t.Rows), head+1+samplesPerColumn)])
	}
	contactsTell(guesses)
	managerNumbers(t.Rows[head+1:], guesses)
	shareNames(guesses)
	return shareFields(guesses), nil
}

// shareFields gives every field to the column that claims it most surely.
func shareFields(guesses []columnGuess) []Column {
	for i, g := range guesses {
		if g.Header == "" && len(g.samples) > 0 {
			guesses[i].Sample = oneLine(g.samples[0])
		}
	}
	order := make([]int, len(guesses))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		// A column in which nothing stands gives its field to one that holds something.
		return cmp.Or(empty(guesses[a])-empty(guesses[b]), -compareFloat(guesses[a].Confidence, guesses[b].Confidence))
	})
	owner := map[Field]string{}
	for _, i := range order {
		g := &guesses[i]
		if g.want == NoField {
			continue
		}
		if taken, ok := owner[g.want]; ok {
			g.Why = fmt.Sprintf("%s is read from “%s”", g.want.Words(), taken)
			g.Confidence = 0
			continue
		}
		g.Field, owner[g.want] = g.want, g.Header
	}
	columns := make([]Column, len(guesses))
	for i, g := range guesses {
		g.LeftOut = g.Field == NoField
		columns[i] = g.Column
	}
	return columns
}

// empty is 1 for a column that holds nothing, and was not chosen by hand.
func empty(g columnGuess) int {
	if len(g.samples) == 0 && g.Confidence < 1 {
		return 1
	}
	return 0
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func collectGuesses(t Table, head int) []columnGuess {
	width := 0
	for _, r := range t.Rows[head:] {
		width = max(width, len(r.Cells))
	}
	guesses := make([]columnGuess, width)
	for i := range guesses {
		g := &guesses[i]
		g.Index, g.Header = i, oneLine(t.Rows[head].Cell(i))
		switch {
		case g.Header == "":
			g.Why = "it has no heading"
		case saysEmployed(t.Rows[head+1:], i, g.Header):
			g.want, g.Confidence, g.Why = AccountState, 0.5, "it says who is still employed"
		case isSensitive(g.Header):
			g.Sensitive, g.Why = true, whySensitive(g.Header)
		default:
			g.want, g.Confidence = guessField(g.Header)
			if g.Why = whyHeading(g.want, g.Confidence); g.want == NoField && accountKeys[compact(g.Header)] {
				g.Why = keyOfAccounts
			}
		}
	}
	for _, r := range t.Rows[head+1:] {
		for i := range r.Cells {
			if g := &guesses[i]; len(g.samples) < samplesPerColumn && !g.Sensitive {
				if v := value(r.Cells[i]); v != "" {
					g.samples = append(g.samples, v)
				}
			}
		}
	}
	return guesses
}

// whySensitive says why a personal column is not read; its values are gone by then.
func whySensitive(heading string) string {
	if employment[compact(heading)] {
		return "it does not say plainly whether people are still employed, and may say why they left: it is not read"
	}
	return "personal, and of no use here: it is not read"
}

func whyHeading(f Field, sure float64) string {
	switch {
	case f == NoField:
		return "its heading is not known here"
	case f == Region && sure < 0.9:
		return "a state or province, taken as the region; leave it out if your regions are drawn otherwise"
	case sure > 0.9:
		return "by its heading"
	}
	return "its heading looks like it"
}

// applyMapping overrides guesses by what a person chose.
func applyMapping(guesses []columnGuess, mapping map[int]Field) error {
	taken := map[Field]string{}
	for i := range guesses {
		g := &guesses[i]
		f, ok := mapping[i]
		if !ok {
			continue
		}
		if f != NoField && g.Sensitive {
			return refuse(WrongMapping, "The column “%s” is personal and is never read. Leave it out.", g.Header)
		}
		if f != NoField && f.Words() == "" {
			return refuse(WrongMapping, "“%s” is no field of such a list.", string(f))
		}
		if other, twice := taken[f]; twice && f != NoField {
			return refuse(WrongMapping, "Both “%s” and “%s” were chosen as %s. Choose one.", other, g.Header, f.Words())
		}
		taken[f] = g.Header
		g.want, g.Confidence, g.Why = f, 1, "chosen by hand"
		if f == NoField {
			g.Confidence, g.Why = 0, "left out by hand"
		}
	}
	return nil
}

// checkValues takes a field back from a column whose values are something
// else. What was chosen by hand stays.
func checkValues(g *columnGuess) {
	if g.Confidence == 1 || len(g.samples) == 0 {
		return
	}
	share := func(test func(string) bool) float64 {
		n := 0
		for _, s := range g.samples {
			if test(s) {
				n++
			}
		}
		return float64(n) / float64(len(g.samples))
	}
	mail := func(s string) bool { return strings.Contains(s, "@") }
	drop := func(why string) { g.want, g.Confidence, g.Why = NoField, 0, why }
	switch g.want {
	case Email:
		spaced := func(s string) bool { return strings.Contains(s, " ") }
		if share(mail) >= 0.5 {
			break
		}
		drop("its values are no e-mail addresses")
		if accountKeys[compact(g.Header)] {
			g.Why = keyOfAccounts
		}
		if compact(g.Header) == "username" && share(spaced) >= 0.6 {
			g.want, g.Confidence, g.Why = FullName, 0.5, "its values are names"
		}
	case Phone:
		if share(func(s string) bool { return strings.ContainsAny(s, "0123456789") }) < 0.5 {
			drop("its values are no numbers to call")
		}
	case Location, Department:
		if share(func(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }) > 0.5 {
			drop("its values are addresses of pages")
		}
	case EmployedFrom, EmployedTo:
		if !g.holdsDays() {
			drop("its values are no dates")
		}
	case AccountState:
		if share(func(s string) bool { _, known := accountInUse(g.Header, s); return known }) < mostStates {
			drop("its values do not say whether an account is in use")
		}
	case Title:
		if share(isNumber) > 0.6 {
			drop("its values are numbers")
		} else if share(beforeNames) > 0.6 {
			g.want, g.Why = NameTitle, "its values stand before names"
		}
	case NameTitle:
		if share(beforeNames) < 0.6 {
			drop("its values do not stand before names")
		}
	case FullName:
		if g.Index > 0 && partOf[compact(g.Header)] {
			drop("it says who belongs to what the line is about")
		} else if share(noName.MatchString) > 0.5 {
			drop("its values have signs that names have not")
		} else if share(codeName.MatchString) > 0.8 {
			drop("its values are codes and no names")
		}
	case ExternalID:
		seen := map[string]bool{}
		for _, s := range g.samples {
			seen[s] = true
		}
		if again := len(g.samples) - len(seen); g.Confidence < 0.9 && again > repeatsFew && len(seen)*10 < len(g.samples)*9 {
			drop("its values repeat, so they tell nobody apart")
		}
	case ManagerName:
		if share(func(s string) bool { return !isNumber(s) && (trueWords[compact(s)] || falseWords[compact(s)]) }) > 0.8 {
			drop("its values say yes or no")
		} else if share(mail) > 0.5 {
			g.want, g.Why = ManagerEmail, "its values are e-mail addresses"
		} else if share(func(s string) bool { return isNumber(s) || codeName.MatchString(s) }) > 0.8 {
			g.want, g.Why = ManagerID, "its values are numbers"
		}
	}
}

// noName finds signs that hardly stand in a name, as in lines of a program: "members = []".
var noName = regexp.MustCompile(`[={}\[\]|\\;:]`)

// partOf head the names of people in a list of them, where they stand first, and else those who look after what is listed.
var partOf = words("maintainer committer member teammember")

// codeName is what things are called: "LAP-0001". "Employee 12" may stand for somebody.
var codeName = regexp.MustCompile(`^\p{Lu}{1,6}[-_]?\d{2,}$`)

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
