package itsm

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// PlannedHat is a line of a list with whom and what it means.
type PlannedHat struct {
	Line      int
	Chair     Chair
	Kind      string // of the holder: "person", "team", "company"
	HolderID  int64
	Name      string
	Region    Ref
	Service   Ref
	Capacity  Capacity
	From      time.Time
	Until     *time.Time
	DecidedBy string
	DecidedOn time.Time
	Reference string
}

// says is the hat in words: "Anna Weber as Owner of Incident management in EMEA".
func (h PlannedHat) says() string {
	text := h.Name + wornAs(h.Capacity) + h.Chair.Name
	if h.Chair.ScopeName != "" {
		text += " of " + h.Chair.ScopeName
	}
	if h.Region.ID != 0 {
		text += " in " + h.Region.Name
	}
	if h.Service.ID != 0 {
		text += " for " + h.Service.Name
	}
	return text
}

// wornAs stands between somebody and the hat that they wear in such a way.
func wornAs(c Capacity) string {
	switch c {
	case Acting:
		return " acting as "
	case Deputy:
		return " as deputy for "
	}
	return " as "
}

// hatMatcher finds whom and what the lines of a list mean.
type hatMatcher struct {
	known                KnownHats
	answers              map[string]string
	plan                 *ListPlan
	email, number        map[string]int
	people, words        map[string][]int
	teams, companies     map[string]Ref
	practices, processes map[string][]int64
	services, regions    map[string]Ref
	chairs               map[int64]Chair
	plain                map[int64]string // their names for comparing
	picks                map[string]picked
	roleNames            map[string]bool
}

func newHatMatcher(known KnownHats, answers map[string]string, plan *ListPlan) *hatMatcher {
	m := &hatMatcher{
		known: known, answers: answers, plan: plan, email: map[string]int{}, number: map[string]int{}, people: map[string][]int{}, words: map[string][]int{},
		teams: map[string]Ref{}, companies: map[string]Ref{}, practices: map[string][]int64{}, processes: map[string][]int64{},
		services: map[string]Ref{}, regions: map[string]Ref{}, chairs: map[int64]Chair{}, plain: map[int64]string{}, picks: map[string]picked{},
	}
	for i, p := range known.People {
		name := plainName(p.Name)
		m.people[name] = append(m.people[name], i)
		for _, w := range strings.Fields(name) {
			m.words[w] = append(m.words[w], i)
		}
		if p.Email != "" {
			m.email[strings.ToLower(p.Email)] = i
		}
		if p.ExternalID != "" {
			m.number[p.ExternalID] = i
		}
	}
	for _, t := range known.Teams {
		m.teams[plainName(t.Name)] = Ref(t)
	}
	for _, c := range known.Companies {
		m.companies[plainName(c.Name)] = Ref(c)
	}
	for _, r := range known.Practices {
		m.practices[scopeKey(r.Name)] = append(m.practices[scopeKey(r.Name)], r.ID)
	}
	for _, r := range known.Processes {
		m.processes[scopeKey(r.Name)] = append(m.processes[scopeKey(r.Name)], r.ID)
	}
	for _, r := range known.Services {
		m.services[scopeKey(r.Name)] = r
	}
	for _, r := range known.Regions {
		m.regions[plainName(r.Name)] = Ref{r.ID, r.Name}
	}
	for _, c := range known.Chairs {
		m.chairs[c.ID], m.plain[c.ID] = c, plainName(c.Name)
	}
	return m
}

// scopeKey is the name of what roles hang on for comparing: "Incident", "Incident mgmt." and "Incident management
// practice" are Incident management.
func scopeKey(name string) string {
	words := strings.Fields(plainName(name))
	for len(words) > 1 && wordIn("management enablement practice process service procedure", words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// settled is what a part of a line came to: found, or an outcome of the line with why.
type settled struct {
	outcome Outcome // "" where it is found
	why     string
}

// asked is a question's effect on a line: its answer, or that the line waits for it or is left out.
func (m *hatMatcher) asked(key string, line int, first func() ListQuestion) (answer string, s settled) {
	m.plan.ask(key, line, m.answers, first)
	q := m.plan.Questions[slices.IndexFunc(m.plan.Questions, func(q ListQuestion) bool { return q.Key == key })]
	switch q.Answer {
	case "":
		return "", settled{OpenLine, q.Text}
	case LeaveOut:
		return "", settled{LeftOutLine, q.Text}
	}
	return q.Answer, settled{}
}

// likelyMost bounds how many likely answers a question offers.
const likelyMost = 8

// holder finds who is meant: by number, e-mail address, name; a person before a team before a company, unless the line
// says what it is.
func (m *hatMatcher) holder(l ListedHat, into *PlannedHat) settled {
	name := plainName(BareName(l.Holder))
	found := m.people[name]
	if words := strings.Fields(name); len(found) == 0 && len(words) > 1 { // "RAY Bob"
		if turned := strings.Join(append(slices.Clone(words[1:]), words[0]), " "); len(m.people[turned]) == 1 {
			name, found = turned, m.people[turned]
		}
	}
	if m.sure(l, name, found, into) {
		return settled{}
	}
	who := firstText(l.Holder, l.Email, "Number "+l.Number)
	answer, s := m.asked("holder:"+strings.Join([]string{name, strings.ToLower(l.Email), l.Number}, ":"), l.Line, func() ListQuestion {
		return m.whoIs(who, found, name)
	})
	if s.outcome != "" {
		return s
	}
	for kind, refs := range map[string]map[string]Ref{"team:": m.teams, "company:": m.companies} {
		if id, ok := strings.CutPrefix(answer, kind); ok {
			for _, r := range refs {
				if strconv.FormatInt(r.ID, 10) == id {
					into.Kind, into.HolderID, into.Name = strings.TrimSuffix(kind, ":"), r.ID, r.Name
				}
			}
		}
	}
	for i, p := range m.known.People {
		if answer == "person:"+strconv.FormatInt(p.ID, 10) {
			m.person(i, into)
		}
	}
	return s
}

// sure settles who is meant where that is no question; found are the people of that name.
func (m *hatMatcher) sure(l ListedHat, name string, found []int, into *PlannedHat) bool {
	if at, ok := m.number[l.Number]; ok && l.Number != "" && (l.Holder == "" || shareWord(accents.Replace(m.known.People[at].Name), accents.Replace(l.Holder))) {
		return m.person(at, into)
	}
	if at, ok := m.email[strings.ToLower(l.Email)]; ok && l.Email != "" {
		return m.person(at, into)
	}
	if at, ok := m.email[strings.ToLower(l.Holder)]; ok {
		return m.person(at, into)
	}
	is := squeezed(l.Is)
	team, isTeam := m.teams[name]
	company, isCompany := m.companies[name]
	switch {
	case isTeam && (len(found) == 0 && is == "" || is == "team" || is == "equipe" || is == "gruppe"):
		into.Kind, into.HolderID, into.Name = "team", team.ID, team.Name
		return true
	case isCompany && (len(found) == 0 && is == "" || wordIn("company supplier customer firma unternehmen lieferant entreprise empresa", is)):
		into.Kind, into.HolderID, into.Name = "company", company.ID, company.Name
		return true
	case len(found) == 1 && (l.Number == "" || m.known.People[found[0]].ExternalID == ""):
		return m.person(found[0], into)
	}
	if at, ok := m.number[l.Holder]; ok && len(found) == 0 && l.Number == "" {
		return m.person(at, into)
	}
	return false
}

// person makes one of the people who are known the holder.
func (m *hatMatcher) person(i int, into *PlannedHat) bool {
	into.Kind, into.HolderID, into.Name = "person", m.known.People[i].ID, m.known.People[i].Name
	return true
}

// whoIs asks which of several people, or of those whose name is like it, is meant.
func (m *hatMatcher) whoIs(who string, found []int, name string) ListQuestion {
	q := ListQuestion{Text: "Who is " + who + "?"}
	if len(found) > 1 {
		q.Text = fmt.Sprintf("Which %s is meant? There are %d.", who, len(found))
	} else if len(found) == 0 {
		q.Hint = "Nobody here has that name. If somebody is missing, bring the people first, then this list again."
		hits := map[int]int{}
		for _, w := range strings.Fields(name) {
			if len(m.words[w]) <= 500 { // a word that everybody has says nothing
				for _, i := range m.words[w] {
					hits[i]++
				}
			}
		}
		for i := range hits {
			found = append(found, i)
		}
		slices.SortFunc(found, func(a, b int) int {
			return cmp.Or(cmp.Compare(hits[b], hits[a]), strings.Compare(m.known.People[a].SortName, m.known.People[b].SortName), cmp.Compare(a, b))
		})
	}
	for _, i := range found[:min(len(found), likelyMost)] {
		p := m.known.People[i]
		text := p.Name
		for _, detail := range []string{p.Title, p.Department, p.Email} {
			if detail != "" {
				text += ", " + detail
			}
		}
		q.Choices = append(q.Choices, ListChoice{"person:" + strconv.FormatInt(p.ID, 10), text})
	}
	for _, kind := range []string{"team", "company"} {
		refs := map[string]map[string]Ref{"team": m.teams, "company": m.companies}[kind]
		for _, key := range slices.Sorted(maps.Keys(refs)) { // in the same order each time
			r := refs[key]
			if name != "" && len(q.Choices) < 2*likelyMost && (strings.Contains(key, name) || strings.Contains(name, key)) {
				q.Choices = append(q.Choices, ListChoice{kind + ":" + strconv.FormatInt(r.ID, 10), r.Name + " (" + kind + ")"})
			}
		}
	}
	q.Choices = append(q.Choices, ListChoice{LeaveOut, "Leave these lines out"})
	return q
}

// region finds where; a name that is none of the regions is asked about.
func (m *hatMatcher) region(l ListedHat, into *PlannedHat) settled {
	name := plainName(l.Region)
	if name == "" || wordIn("global worldwide world all everywhere weltweit alle mondial monde todos mundial wereldwijd", strings.ReplaceAll(name, " ", "")) {
		return settled{}
	}
	if r, ok := m.regions[name]; ok {
		into.Region = r
		return settled{}
	}
	answer, s := m.asked("region:"+name, l.Line, func() ListQuestion {
		q := ListQuestion{Text: "Which region is “" + l.Region + "”?", Choices: []ListChoice{{"region:0", "Everywhere"}}}
		for _, r := range m.known.Regions {
			q.Choices = append(q.Choices, ListChoice{"region:" + strconv.FormatInt(r.ID, 10), firstText(r.Path, r.Name)})
		}
		q.Choices = append(q.Choices, ListChoice{LeaveOut, "Leave these lines out"})
		return q
	})
	for _, r := range m.known.Regions {
		if answer == "region:"+strconv.FormatInt(r.ID, 10) {
			into.Region = Ref{r.ID, r.Name}
		}
	}
	return s
}
