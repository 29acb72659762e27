package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ListedPerson is one line of a list of people. Empty fields say nothing about the person.
type ListedPerson struct {
	Person
	Line            int
	Region, Company string // by name
	ManagerLine     int    // the manager's line in this list; 0 where the list does not settle it
	ManagerID       string
	ManagerName     string
	ManagerEmail    string
}

// KnownPeople is what an import compares a list with.
type KnownPeople struct {
	People       []Person
	Managers     map[int64]int64 // a person's line manager
	Regions      []Region
	Companies    []CompanyRef
	Organisation string
	PeopleChoices
}

// PeopleChoices are what somebody decides about a list of people beyond its columns.
type PeopleChoices struct {
	// MakeRegions says that regions which only the list names are to be made, at the top of the tree.
	MakeRegions bool `json:"makeRegions,omitempty"`
	// MakeCompanies says that companies which only the list names are to be made, as suppliers.
	MakeCompanies bool `json:"makeCompanies,omitempty"`
	// EndMissing is the first day without those whom the list does not name; nil leaves them as they are.
	EndMissing *time.Time `json:"endMissing,omitempty"`
}

// NewRegionsMax is how many regions a list may make: more are places, not regions.
const NewRegionsMax = 100

// NewCompaniesMax is how many companies a list may make: more are something else, such as customers' offices.
const NewCompaniesMax = 200

// ImportLine is a line of a list beside whom it means.
type ImportLine struct {
	Line    int
	Outcome Outcome
	Person  Person // as it will stand; of a new one ID is 0
	Before  Person // of a known one
	Changes []FieldChange
	Ends    bool  // of a known one: a last day is set or brought forward, which cuts hats
	Manager int64 // the known line manager to set; 0 leaves what stands
	// ManagerLine is the line of the manager in this list, where that person is new.
	ManagerLine int
}

// FieldChange is one field of a known person that a list changes.
type FieldChange struct{ Field, Before, After string }

// PeopleImport is what a list of people would do.
type PeopleImport struct {
	Lines                   []ImportLine
	Remarks                 []ListRemark
	New, Changed, Unchanged int
	Left                    int // of the new and the changed: gone by today
	Refused                 int // lines that are not taken
	// NewRegions are named in the list and not known here. Where they are made, the people there have -1 for the first
	// of them as their RegionID, -2 for the second, until they have their numbers.
	NewRegions []string
	// NewCompanies are those that only the list names, numbered in the same way as CompanyID; OwnThere is how many new people
	// of them come in as our own, which nobody does once they are made.
	NewCompanies []string
	OwnThere     int
	// Missing are people of the organisation, not gone by today, whom the list does not name although it names others who
	// are known (see [MissingQuestion]): MissingCount of them, of a partial list the first alone.
	Missing      []Person
	MissingCount int
	// Cuts are the hats that end with the last days which the list sets or brings forward.
	Cuts PeopleCuts
	// Partial says that these are more than the list names: it is a part of a list, and ends nobody.
	Partial bool
}

// PeopleCuts are the hats that end, or never begin, since a list ends people.
type PeopleCuts struct {
	Hats, People int      // how many, and of how many people
	First        []CutHat // the first of them, Owner and Manager hats before others
}

// CutHat is such a hat with whose it is, and the last day with it.
type CutHat struct {
	Person  PersonRef
	LastDay time.Time
	DepartureHat
}

// PeopleMatch is a list beside whom it means, before it is said whom it does not name.
type PeopleMatch struct {
	p    *planner
	list []ListedPerson
}

// PlanImport compares a list with who is known. A line means the person of its number; else the one of its e-mail
// address; else the one of exactly its name, if numbers, addresses and departments do not speak against it. Where that is
// not one person, or the number belongs to somebody of a wholly other name, the line is not taken and says so.
func PlanImport(known KnownPeople, list []ListedPerson, today time.Time) PeopleImport {
	m := MatchPeople(known, list, today)
	var missing []Person
	if asks := m.Missing(); asks.Any() {
		for i, k := range known.People {
			if _, named := m.p.taken[i]; !named && !k.External() && !k.Left(today) && (!asks.Numbered || k.ExternalID != "") {
				missing = append(missing, k)
			}
		}
	}
	return m.Plan(missing, len(missing))
}

// MatchPeople is the first half of PlanImport: of known it needs those whom a list may mean.
func MatchPeople(known KnownPeople, list []ListedPerson, today time.Time) PeopleMatch {
	p := newPlanner(known, today)
	list = p.otherNumbers(list)
	p.newRegions(list)
	p.newCompanies(list)
	who := p.match(list)
	lines := map[int]int{} // place in out.Lines by line of the list
	for i, l := range list {
		if who[i] == refusedLine {
			continue
		}
		line, ok := p.line(l, who[i])
		if !ok {
			continue
		}
		lines[l.Line] = len(p.out.Lines)
		p.out.Lines = append(p.out.Lines, line)
	}
	p.managers(list, lines)
	return PeopleMatch{p, list}
}

// MissingQuestion says who is missing in a list: people of the organisation, not gone by today, other than those named; of
// a list with numbers only those with a number, since the others were never in such a list.
type MissingQuestion struct {
	Named    []int64
	Numbered bool
}

// Any is false of another organisation's list, or the first one: nobody is missing in it.
func (q MissingQuestion) Any() bool { return len(q.Named) > 0 }

// Missing asks whom the list does not name.
func (m PeopleMatch) Missing() (q MissingQuestion) {
	for at := range m.p.taken {
		q.Named = append(q.Named, m.p.known.People[at].ID)
	}
	numbered := 0
	for _, l := range m.list {
		if l.ExternalID != "" {
			numbered++
		}
	}
	q.Numbered = numbered*2 > len(m.list)
	return q
}

// Plan is the second half: missing are those whom the list does not name, all of them or, where they are more than it
// names, the first; count is how many there are.
func (m PeopleMatch) Plan(missing []Person, count int) PeopleImport {
	m.p.missing(missing, count)
	m.p.count()
	return m.p.out
}

const (
	refusedLine = -2
	unknownLine = -1
)

type planner struct {
	known                       KnownPeople
	today                       time.Time
	out                         PeopleImport
	number                      map[string]int
	email, name                 map[string][]int
	regions, companies          map[string]int64
	noRegion, noCompany, nobody map[string]int // how many lines name what is not there
	taken                       map[int]int    // the line that means a known person
	firstNobody                 map[string]int
}

func newPlanner(known KnownPeople, today time.Time) *planner {
	p := &planner{
		known: known, today: today, number: map[string]int{}, email: map[string][]int{}, name: map[string][]int{}, regions: map[string]int64{},
		companies: map[string]int64{}, noRegion: map[string]int{}, noCompany: map[string]int{}, nobody: map[string]int{}, taken: map[int]int{},
		firstNobody: map[string]int{},
	}
	for i, k := range known.People {
		if k.ExternalID != "" {
			p.number[numberKey(k.ExternalID)] = i
		}
		if k.Email != "" {
			key := strings.ToLower(k.Email)
			p.email[key] = append(p.email[key], i)
		}
		key := nameKey(k.Name)
		p.name[key] = append(p.name[key], i)
	}
	for _, r := range known.Regions {
		p.regions[folded(r.Name)] = r.ID
	}
	for _, c := range known.Companies {
		p.companies[folded(c.Name)] = c.ID
	}
	return p
}

func folded(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

func (p *planner) refuse(line int, format string, args ...any) int {
	p.out.Remarks = append(p.out.Remarks, ListRemark{Line: line, Text: fmt.Sprintf(format, args...), Fatal: true})
	p.out.Refused++
	return refusedLine
}

func (p *planner) remark(line int, format string, args ...any) {
	p.out.Remarks = append(p.out.Remarks, ListRemark{Line: line, Text: fmt.Sprintf(format, args...)})
}

// match finds whom each line means: all numbers first, then addresses, then names, so that a name never takes whom a
// later number means.
func (p *planner) match(list []ListedPerson) []int {
	who := make([]int, len(list))
	for i := range who {
		who[i] = unknownLine
	}
	for _, by := range []func(ListedPerson) (int, bool){p.byNumber, p.byEmail, p.byName} {
		for i, l := range list {
			if who[i] != unknownLine {
				continue
			}
			at, ok := by(l)
			if !ok {
				continue
			}
			if at >= 0 {
				if line, twice := p.taken[at]; twice {
					at = p.refuse(l.Line, "%s is the person of line %d already; this line is not taken.", l.Name, line)
				} else {
					p.taken[at] = l.Line
				}
			}
			who[i] = at
		}
	}
	return who
}

func (p *planner) byNumber(l ListedPerson) (int, bool) {
	at, ok := p.number[numberKey(l.ExternalID)]
	if !ok || l.ExternalID == "" {
		return 0, false
	}
	k := p.known.People[at]
	if !shareWord(k.Name, l.Name) && (k.Email == "" || !strings.EqualFold(k.Email, l.Email)) {
		return p.refuse(l.Line, "Number %s is %s here and %s in the list: two numberings, or a wrong number. This line is not taken.", l.ExternalID, k.Name, l.Name), true
	}
	return at, true
}

// mayBe says that numbers do not speak against a line meaning a known person.
func mayBe(l ListedPerson, k Person) bool { return l.ExternalID == "" || k.ExternalID == "" }

func (p *planner) byEmail(l ListedPerson) (int, bool) {
	if l.Email == "" {
		return 0, false
	}
	return p.theOne(l, p.email[strings.ToLower(l.Email)], func(k Person) bool { return mayBe(l, k) && shareWord(k.Name, l.Name) },
		"Several people here have the address "+l.Email)
}

func (p *planner) byName(l ListedPerson) (int, bool) {
	return p.theOne(l, p.called(l.Name), func(k Person) bool {
		return mayBe(l, k) && agree(l.Email, k.Email) && agree(l.Department, k.Department)
	}, "Several people here are called "+l.Name)
}

// called are the people of a name: those who write it just so, else those who write it with other accents and titles.
func (p *planner) called(name string) []int {
	among := p.name[nameKey(name)]
	if exact := slices.DeleteFunc(slices.Clone(among), func(i int) bool { return folded(p.known.People[i].Name) != folded(name) }); len(exact) > 0 {
		return exact
	}
	return among
}

func (p *planner) theOne(l ListedPerson, among []int, fits func(Person) bool, several string) (int, bool) {
	found, line := refusedLine, 0
	for _, i := range among {
		if !fits(p.known.People[i]) {
			continue
		}
		if at, taken := p.taken[i]; taken {
			line = at
			continue
		}
		if found >= 0 {
			return p.refuse(l.Line, "%s. Add a number or an e-mail address, so that it is clear who is meant; this line is not taken.", several), true
		}
		found = i
	}
	if found < 0 && line != 0 && l.ExternalID+l.Email == "" {
		return p.refuse(l.Line, "Line %d means %s already. Add a number or an e-mail address if this is somebody else; this line is not taken.", line, l.Name), true
	}
	return found, found >= 0
}

func agree(a, b string) bool { return a == "" || b == "" || strings.EqualFold(a, b) }

// shareWord says that two names have a word in common: a name may change at one end, not at both.
func shareWord(a, b string) bool {
	if nameKey(a) == nameKey(b) {
		return true
	}
	words := strings.FieldsFunc(accents.Replace(strings.ToLower(BareName(a))), wordEnd)
	for _, w := range strings.FieldsFunc(accents.Replace(strings.ToLower(BareName(b))), wordEnd) {
		if slices.Contains(words, w) {
			return true
		}
	}
	return false
}

func wordEnd(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '.' }

// count settles the figures and brings the remarks into the order of the list.
func (p *planner) count() {
	for _, l := range p.out.Lines {
		switch l.Outcome {
		case NewLine:
			p.out.New++
		case ChangedLine:
			p.out.Changed++
		default:
			p.out.Unchanged++
		}
		if l.Outcome != UnchangedLine && l.Person.Left(p.today) && !l.Before.Left(p.today) {
			p.out.Left++
		}
	}
	if len(p.out.NewRegions) > NewRegionsMax {
		p.remark(0, "The list names %d regions that are not yours: these seem to be places. Use the column as location.", len(p.out.NewRegions))
	}
	if len(p.out.NewCompanies) > NewCompaniesMax {
		p.remark(0, "The list names %d companies that are not known here, which is more than an import makes. Is this the column of the company?", len(p.out.NewCompanies))
	}
	p.fold(p.noRegion, "None of your regions is called %s; whoever the list says is there keeps the region they have.")
	p.fold(p.noCompany, "No company here is called %s: make it with the import or add it first, if its people are externals.")
	slices.SortStableFunc(p.out.Remarks, func(a, b ListRemark) int { return cmp.Compare(a.Line, b.Line) })
}

// fold says once what many lines name and is not there.
func (p *planner) fold(missing map[string]int, format string) {
	if len(missing) == 0 {
		return
	}
	names := make([]string, 0, len(missing))
	for name := range missing {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(missing[b], missing[a]), strings.Compare(a, b)) })
	text := "“" + strings.Join(names[:min(len(names), 8)], "”, “") + "”"
	if more := len(names) - 8; more > 0 {
		text += fmt.Sprintf(" and %d others", more)
	}
	p.remark(0, format, text)
}
