package itsm

import (
	"regexp"
	"strings"
)

var (
	// placeholder is what a template leaves to be filled in: "{{companyShortName}}", "<Company Name>", "[Organization]".
	placeholder = regexp.MustCompile(`\{\{\{?&?\s*([\pL\pN ._'’-]{1,60}?)\s*\}?\}\}|<{1,2}\s*([\pL\pN ._'’-]{1,60}?)\s*>{1,2}|\[([\pL\pN ._'’-]{1,60}?)\]`)
	// ownName is what such a name says that means whoever uses the template.
	ownName = regexp.MustCompile(`^(?:your|the|my|our)?(?:company|organi[sz]ation|firm|business|enterprise|unternehmen|firma|organisation|entreprise|empresa)s?(?:short|legal|full)?(?:names?|s)?$`)
)

// filled puts the organisation where the texts of a line leave its name to be filled in, once somebody said that it is
// meant; waits is why the line is not taken where nobody did yet, or left it out. Nothing is asked of what stands here already, one way or the other.
func (p *policyPlanner) filled(l ListedPolicy) (out ListedPolicy, waits Outcome) {
	with := inPlaceholders(l, func(string) string { return p.Organisation })
	switch {
	case with == l:
		return l, ""
	case p.stands(l):
		return l, ""
	case p.stands(with):
		return with, ""
	}
	open := false
	out = inPlaceholders(l, func(found string) string {
		key := "placeholder:" + found
		p.askOnce(key, found, l.Line)
		switch p.answers[key] {
		case "organisation":
			return p.Organisation
		case "keep":
			return found
		case LeaveOut:
			waits = LeftOutLine
			return found
		}
		open = true
		return found
	})
	if open {
		waits = OpenLine
	}
	return out, waits
}

// stands says that a line changes nothing.
func (p *policyPlanner) stands(l ListedPolicy) bool {
	at := p.find(l)
	if at < 0 {
		return false
	}
	_, changes := mergePolicy(p.Policies[at], l, DriverOf(l.Driver), p.today)
	return len(changes) == 0
}

// inPlaceholders writes something in the place of each placeholder that means whoever uses the template.
func inPlaceholders(l ListedPolicy, write func(found string) string) ListedPolicy {
	for _, text := range []*string{&l.Title, &l.Statement, &l.Why, &l.Measure} {
		*text = placeholder.ReplaceAllStringFunc(*text, func(found string) string {
			letters := strings.FieldsFunc(strings.ToLower(found), func(r rune) bool { return r < 'a' || r > 'z' })
			if !ownName.MatchString(strings.Join(letters, "")) {
				return found
			}
			return write(found)
		})
	}
	return l
}

// askOnce asks for a placeholder, and counts a line once however often it stands there.
func (p *policyPlanner) askOnce(key, found string, line int) {
	for _, q := range p.out.Questions {
		if q.Key == key && q.Lines[len(q.Lines)-1] == line {
			return
		}
	}
	p.out.ask(key, line, p.answers, func() ListQuestion {
		return ListQuestion{Text: "What does “" + found + "” stand for?", Hint: "It is a placeholder that nobody filled in.",
			Choices: []ListChoice{{"organisation", p.Organisation}, {"keep", "Leave it as it stands"}, {LeaveOut, "Leave these policies out"}}}
	})
}
