package itsm

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// line says what a line does to whom it means; at is the place among the known, or unknownLine.
func (p *planner) line(l ListedPerson, at int) (ImportLine, bool) {
	l.RegionID = p.place(l.Region, p.regions, p.noRegion)
	if folded(l.Company) != folded(p.known.Organisation) {
		l.CompanyID = p.place(l.Company, p.companies, p.noCompany)
	}
	if err := l.Person.Check(); err != nil {
		p.notFit(l, err)
		return ImportLine{}, false
	}
	if at == unknownLine {
		person := l.Person
		if person.Region = l.Region; l.CompanyID != 0 {
			person.Company = l.Company
		}
		if l.Company != "" && l.CompanyID == 0 && folded(l.Company) != folded(p.known.Organisation) {
			p.out.OwnThere++
			p.out.Remarks = append(p.out.Remarks, ListRemark{
				Line: l.Line, Code: UnknownCompany, What: l.Name + " of " + l.Company,
				Text: fmt.Sprintf("%s comes in as one of your own people: the company %s is not known here.", l.Name, l.Company),
			})
		}
		return ImportLine{Line: l.Line, Outcome: NewLine, Person: person}, true
	}
	before := p.known.People[at]
	after := before
	changes := merge(&after, l)
	changes = append(changes, p.back(&after, before, l)...)
	if after.EmployedFrom != nil && after.EmployedTo != nil && !after.EmployedFrom.Before(*after.EmployedTo) {
		p.refuse(l.Line, "%s would leave on %s, before the first day on %s; this line is not taken.",
			l.Name, ShowDay(*after.LastDay()), ShowDay(*after.EmployedFrom))
		return ImportLine{}, false
	}
	line := ImportLine{Line: l.Line, Outcome: UnchangedLine, Person: after, Before: before, Changes: changes}
	if len(changes) > 0 {
		line.Outcome = ChangedLine
	}
	line.Ends = after.EmployedTo != nil && (before.EmployedTo == nil || after.EmployedTo.Before(*before.EmployedTo))
	return line, true
}

// newRegions notes the regions that only the list names, and counts them among the known where they are to be made.
func (p *planner) newRegions(list []ListedPerson) {
	seen := map[string]bool{}
	for _, l := range list {
		name, key := l.Region, folded(l.Region)
		var c Checks
		if c.Label(&name, "region", "a name"); c.Err() != nil || seen[key] || p.regions[key] != 0 {
			continue
		}
		seen[key] = true
		p.out.NewRegions = append(p.out.NewRegions, name)
	}
	if !p.known.MakeRegions || len(p.out.NewRegions) > NewRegionsMax {
		return
	}
	for i, name := range p.out.NewRegions {
		p.regions[folded(name)] = -1 - int64(i)
	}
}

// newCompanies notes the companies that only the list names, as newRegions does.
func (p *planner) newCompanies(list []ListedPerson) {
	seen := map[string]bool{"": true, folded(p.known.Organisation): true}
	for _, l := range list {
		m, key := Company{Name: l.Company, Kind: CompanyKinds[0]}, folded(l.Company)
		if seen[key] || p.companies[key] != 0 || m.Check() != nil {
			continue
		}
		seen[key] = true
		p.out.NewCompanies = append(p.out.NewCompanies, m.Name)
	}
	if !p.known.MakeCompanies || len(p.out.NewCompanies) > NewCompaniesMax {
		return
	}
	for i, name := range p.out.NewCompanies {
		p.companies[folded(name)] = -1 - int64(i)
	}
}

// place finds a region or company by its name, and counts what is not there.
func (p *planner) place(name string, known map[string]int64, missing map[string]int) int64 {
	if name == "" {
		return 0
	}
	id := known[folded(name)]
	if id == 0 {
		missing[name]++
	}
	return id
}

func (p *planner) notFit(l ListedPerson, err error) {
	var invalid Invalid
	if !errors.As(err, &invalid) {
		p.refuse(l.Line, "%s", err.Error())
		return
	}
	texts := make([]string, len(invalid.Problems))
	for i, problem := range invalid.Problems {
		texts[i] = strings.ReplaceAll(problem.Field, "_", " ") + ": " + problem.Text
	}
	p.refuse(l.Line, "%s. This line is not taken.", strings.TrimSuffix(strings.Join(texts, " "), "."))
}

// merge writes what a line says over what is known of a person and names what that changes.
func merge(k *Person, l ListedPerson) (changes []FieldChange) {
	text := func(field string, into *string, value string) {
		if value != "" && value != *into {
			changes = append(changes, FieldChange{field, *into, value})
			*into = value
		}
	}
	if numberKey(k.ExternalID) != numberKey(l.ExternalID) || l.ExternalID == "" {
		text("number", &k.ExternalID, l.ExternalID)
	}
	if !sameName(k.Name, l.Name) {
		text("sorted as", &k.SortName, l.SortName)
		text("name", &k.Name, l.Name)
	} else if l.SortName != SortName(l.Name) && !sameName(k.SortName, l.SortName) { // a guess does not replace how somebody is sorted
		text("sorted as", &k.SortName, l.SortName)
	}
	text("title", &k.Title, l.Title)
	if !strings.EqualFold(k.Email, l.Email) { // written otherwise it is the same address
		text("e-mail", &k.Email, l.Email)
	}
	text("phone", &k.Phone, l.Phone)
	text("department", &k.Department, l.Department)
	text("location", &k.Location, l.Location)
	if l.RegionID != 0 && l.RegionID != k.RegionID {
		changes = append(changes, FieldChange{"region", k.Region, l.Region})
		k.RegionID, k.Region = l.RegionID, l.Region
	}
	if l.CompanyID != 0 && l.CompanyID != k.CompanyID {
		changes = append(changes, FieldChange{"company", k.Company, l.Company})
		k.CompanyID, k.Company = l.CompanyID, l.Company
	}
	day := func(field string, into **time.Time, value *time.Time, shown func(*time.Time) string) {
		if value != nil && (*into == nil || !value.Equal(**into)) {
			changes = append(changes, FieldChange{field, shown(*into), shown(value)})
			*into = value
		}
	}
	day("first day", &k.EmployedFrom, l.EmployedFrom, shownDay)
	day("last day", &k.EmployedTo, l.EmployedTo, func(to *time.Time) string { return shownDay(Period{To: to}.LastDay()) })
	return changes
}

// back takes away the last day of somebody who left and whom the list gives a later first day: they came back. Of whoever
// left and stands in the list otherwise, it is said.
func (p *planner) back(k *Person, before Person, l ListedPerson) []FieldChange {
	gone := before.EmployedTo
	switch {
	case gone == nil || l.EmployedTo != nil:
		return nil
	case l.EmployedFrom != nil && !l.EmployedFrom.Before(*gone):
		k.EmployedTo = nil
		return []FieldChange{{"last day", ShowDay(*before.LastDay()), "none: came back"}}
	case before.Left(p.today):
		p.out.Remarks = append(p.out.Remarks, ListRemark{Line: l.Line, What: l.Name, Code: LeftHere,
			Text: fmt.Sprintf("%s left on %s here, and the list names them without a last day; that is left as it stands.", l.Name, ShowDay(*before.LastDay()))})
	}
	return nil
}

func shownDay(d *time.Time) string {
	if d == nil {
		return ""
	}
	return ShowDay(*d)
}

// managers settles whom each line's person reports to: somebody of this list, or somebody known; else it is remarked
// once for each manager.
func (p *planner) managers(list []ListedPerson, lines map[int]int) {
	for _, l := range list {
		at, ok := lines[l.Line]
		if !ok {
			continue
		}
		line := &p.out.Lines[at]
		if boss, ok := lines[l.ManagerLine]; ok && l.ManagerLine != 0 {
			p.report(line, p.out.Lines[boss].Person.ID, p.out.Lines[boss].Person.Name, l.ManagerLine)
			continue
		}
		if l.ManagerID+l.ManagerName+l.ManagerEmail == "" {
			continue
		}
		if k := p.knownManager(l); k >= 0 {
			p.report(line, p.known.People[k].ID, p.known.People[k].Name, 0)
		} else {
			who := firstText(l.ManagerName, l.ManagerEmail, "Number "+l.ManagerID)
			if p.nobody[who] == 0 {
				p.firstNobody[who] = l.Line
			}
			p.nobody[who]++
		}
	}
	for who, n := range p.nobody {
		where := "this line"
		if n > 1 {
			where = "several lines, this one first,"
		}
		p.out.Remarks = append(p.out.Remarks, ListRemark{
			Line: p.firstNobody[who], What: who, Code: UnknownManager,
			Text: fmt.Sprintf("%s is named as manager on %s and is neither in the list nor known here; that is left out.", who, where),
		})
	}
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// report sets a line's manager; 0 is one who is new, at another line.
func (p *planner) report(line *ImportLine, manager int64, name string, at int) {
	if manager != 0 && (manager == line.Person.ID || p.known.Managers[line.Person.ID] == manager && line.Person.ID != 0) {
		return
	}
	line.Manager = manager
	if manager == 0 {
		line.ManagerLine = at
	}
	if line.Outcome != NewLine {
		line.Outcome = ChangedLine
		line.Changes = append(line.Changes, FieldChange{Field: "line manager", After: name})
	}
}

// knownManager finds who is known and meant as manager, by address, number or name; -1 where that is not one person.
func (p *planner) knownManager(l ListedPerson) int {
	if among := p.email[strings.ToLower(l.ManagerEmail)]; l.ManagerEmail != "" && len(among) == 1 {
		return among[0]
	}
	if at, ok := p.number[numberKey(l.ManagerID)]; ok && l.ManagerID != "" && (l.ManagerName == "" || shareWord(l.ManagerName, p.known.People[at].Name)) {
		return at
	}
	if among := p.called(l.ManagerName); l.ManagerName != "" && len(among) == 1 {
		return among[0]
	}
	return -1
}

// Results are the lines of an import in the order of the list, each with what it did; remarks are those of the reading.
func (p PeopleImport) Results(remarks []ListRemark) []ListLine {
	why := map[int][]string{}
	refused := map[int]bool{}
	for _, r := range append(slices.Clone(remarks), p.Remarks...) {
		if r.Line != 0 {
			why[r.Line] = append(why[r.Line], r.Text)
			refused[r.Line] = refused[r.Line] || r.Fatal
		}
	}
	lines := make([]ListLine, 0, len(p.Lines)+len(refused))
	for _, l := range p.Lines {
		lines = append(lines, ListLine{Line: l.Line, Outcome: l.Outcome, What: l.Person.Name, Changes: l.Changes, Why: strings.Join(why[l.Line], " ")})
		if l.Line == 0 {
			lines[len(lines)-1].Why = "Not in the list."
		}
		delete(refused, l.Line)
	}
	for line, fatal := range refused {
		if fatal {
			lines = append(lines, ListLine{Line: line, Outcome: RefusedLine, Why: strings.Join(why[line], " ")})
		}
	}
	if p.notEnded() && !p.Partial {
		for _, k := range p.Missing {
			lines = append(lines, ListLine{Outcome: MissingLine, What: k.Name, Why: "Left as it is."})
		}
	}
	place := func(l ListLine) int { // whoever is not in the list comes after it
		if l.Line == 0 {
			return math.MaxInt
		}
		return l.Line
	}
	slices.SortStableFunc(lines, func(a, b ListLine) int { return cmp.Compare(place(a), place(b)) })
	return lines
}

// missing notes who is known and not in the list, and ends them where that was decided.
func (p *planner) missing(missing []Person, count int) {
	p.out.Missing, p.out.MissingCount = missing, count
	p.out.Partial = count > len(p.taken)
	switch {
	case p.known.EndMissing == nil:
	case p.out.Partial:
		p.remark(0, "The list names fewer people than it leaves out: it is a part of a list, and nobody is ended by it.")
	default:
		for _, k := range p.out.Missing {
			p.endMissing(k, *p.known.EndMissing)
		}
	}
}

// endMissing gives somebody whom the list does not name a last day; one that comes earlier stays.
func (p *planner) endMissing(k Person, day time.Time) {
	after := k
	after.EmployedTo = &day
	switch {
	case k.EmployedTo != nil && !day.Before(*k.EmployedTo):
		return
	case k.EmployedFrom != nil && !k.EmployedFrom.Before(day):
		p.remark(0, "%s begins on %s only and is not ended.", k.Name, ShowDay(*k.EmployedFrom))
		return
	}
	before := ""
	if last := k.LastDay(); last != nil {
		before = ShowDay(*last)
	}
	p.out.Lines = append(p.out.Lines, ImportLine{
		Outcome: ChangedLine, Person: after, Before: k, Ends: true, Changes: []FieldChange{{"last day", before, ShowDay(*after.LastDay())}},
	})
}

// Fields are what the changed lines change, by field: of how many people.
func (p PeopleImport) Fields() map[string]int {
	fields := map[string]int{}
	for _, l := range p.Lines {
		if l.Outcome != ChangedLine {
			continue
		}
		for _, c := range l.Changes {
			if c.Field != "sorted as" { // which follows the name
				fields[c.Field]++
			}
		}
	}
	return fields
}

// notEnded says that whom the list does not name stays.
func (p PeopleImport) notEnded() bool {
	return !slices.ContainsFunc(p.Lines, func(l ImportLine) bool { return l.Line == 0 })
}

// EndsMissing is how many of whom the list does not name it ends.
func (p PeopleImport) EndsMissing() (n int) {
	for _, l := range p.Lines {
		if l.Line == 0 {
			n++
		}
	}
	return n
}
