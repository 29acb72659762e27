package sheet

import (
	"regexp"
	"slices"
	"strconv"
)

// byValues lets the values of a column speak where most of them name something
// that is known, and takes a field back from a column that holds something else.
func (x lexicon) byValues(g *columnGuess, known map[Field]func(string) bool) {
	if len(g.samples) == 0 {
		return
	}
	best, most := NoField, 0.0
	for _, f := range x.fields {
		if test := known[f]; test != nil {
			if share := g.share(test); share > most {
				best, most = f, share
			}
		}
	}
	heading := known[g.want]
	switch {
	case best != NoField && most >= 0.6 && best != g.want && !hangsOnAny(g.want, best) && (heading == nil && g.Confidence < 0.9 || heading != nil && g.share(heading) < most/2):
		g.want, g.Confidence, g.Why = best, 0.5+0.4*most, "its values name "+fieldThings[best]
	case g.want == Email && g.share(hasAt) < 0.5:
		g.want, g.Confidence, g.Why = NoField, 0, "its values are no e-mail addresses"
	case g.want == HatHolder && g.share(isNumber) == 1:
		g.want, g.Confidence, g.Why = NoField, 0, "its values are numbers"
	case g.want == NoField && slices.Contains(x.fields, Email) && g.share(hasAt) > 0.8:
		g.want, g.Confidence, g.Why = Email, 0.5, "its values are e-mail addresses"
	case g.want == NoField && slices.Contains(x.fields, Email) && g.share(hasAt) > 0 && g.holdsContacts():
		g.want, g.Confidence, g.Why = Email, 0.4, "some of its values are e-mail addresses"
	case g.want == PolicyInterval && compact(g.Header) == "revision" && g.share(isRevision) == 1:
		g.want, g.Confidence, g.Why = PolicyVersion, 0.5, "its values are numbers of versions"
	case g.want == PolicyInterval && g.share(isInterval) < 0.5:
		g.want, g.Confidence, g.Why = NoField, 0, "its values are no intervals"
	case dayField(g.want) && !g.holdsDays():
		g.want, g.Confidence, g.Why = NoField, 0, "its values are no dates"
	}
}

// documentNumber is one of a policy or another document: "POL-05", "SEC-15/09".
var documentNumber = regexp.MustCompile(`^(?:[A-Z]{2,8}(?:[-.][A-Z]{1,8})*[-. ]?|[A-Z]-)\d{1,5}(?:[./-]\d{1,5})*$`)

// otherDocuments head a column of the titles of documents that are no policies.
var otherDocuments = folded("procedure procedures proceduretitle procedurename procedimiento procedimientos procedimento procédure verfahren verfahrensanweisung standard guideline instruction")

// referenced takes the title from a column "Policy" that only names policies by their numbers, where another one holds titles:
// the lines are procedures, and it says which policies they follow from.
func referenced(guesses []columnGuess, mapping map[int]Field) {
	title, other, number, coded := -1, -1, -1, -1
	if !slices.ContainsFunc(guesses, func(g columnGuess) bool { return g.want == PolicyTitle }) {
		return
	}
	for i, g := range guesses {
		_, chosen := mapping[i]
		numbers := len(g.samples) > 0 && g.share(documentNumber.MatchString) > 0.8
		switch {
		case g.want == PolicyNumber:
			number = i
		case chosen:
		case g.want == NoField && numbers && coded < 0 && !otherDocuments[compact(g.Header)] && allDiffer(g.samples):
			coded = i
		case g.want == PolicyTitle && numbers:
			title = i
		case otherDocuments[compact(g.Header)] && !numbers && other < 0:
			other = i
		}
	}
	if number < 0 && coded >= 0 && coded != title { // "SOP" over "SOP-01"
		guesses[coded].want, guesses[coded].Confidence, guesses[coded].Why = PolicyNumber, 0.5, "its values are numbers of documents"
	}
	if title >= 0 && other >= 0 {
		guesses[other].want, guesses[other].Confidence, guesses[other].Why = PolicyTitle, 0.5, "its values are titles"
		guesses[title].want, guesses[title].Confidence, guesses[title].Why = NoField, 0, "its values are numbers of other documents"
	}
}

func allDiffer(values []string) bool {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return len(seen) == len(values)
}

func (g *columnGuess) share(test func(string) bool) float64 {
	n := 0
	for _, s := range g.samples {
		if test(s) {
			n++
		}
	}
	return float64(n) / float64(len(g.samples))
}

func isDay(s string) bool {
	_, ok := parseDate(s)
	return ok && !isNumber(s)
}

func isInterval(s string) bool {
	_, ok := monthsOf(s)
	return ok
}

// isRevision reports the number of a version, and no number of months between reviews.
func isRevision(s string) bool {
	n, err := strconv.ParseFloat(s, 64)
	return err == nil && (n < 3 || n != float64(int(n)))
}

// dayFields hold days.
var dayFields = []Field{HatFrom, HatUntil, DecidedOn, PolicyReviewed, PolicyDue}

func dayField(f Field) bool { return slices.Contains(dayFields, f) }

// otherDays head the days of something else than of a hat.
var otherDays = words("login logon created updated modified changed deleted disabled seen reviewed review birth")

// signatures head a column of those who signed a document: the day beside it is when they did.
var signatures = words("signature signatures sign signoff unterschrift firma firmas assinatura handtekening visa validation conformidad")

func saysSigned(g columnGuess) bool {
	return slices.ContainsFunc(tokens(g.Header), func(t string) bool { return signatures[t] })
}

// days gives columns of dates that nothing else claims to the first and the
// last day, in their order.
func (x lexicon) days(guesses []columnGuess, mapping map[int]Field) {
	if slices.ContainsFunc(guesses, saysSigned) {
		return
	}
	for _, f := range []Field{HatFrom, HatUntil} {
		if !slices.Contains(x.fields, f) || slices.ContainsFunc(guesses, func(g columnGuess) bool { return g.want == f }) {
			continue
		}
		for i := range guesses {
			g := &guesses[i]
			if _, chosen := mapping[i]; !chosen && g.want == NoField && !g.Sensitive && len(g.samples) > 0 && g.share(isDay) >= 0.8 && !slices.ContainsFunc(tokens(g.Header), func(t string) bool { return otherDays[t] }) {
				g.want, g.Confidence, g.Why = f, 0.5, "its values are dates"
				break
			}
		}
	}
}
