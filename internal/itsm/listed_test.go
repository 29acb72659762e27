package itsm

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSortName(t *testing.T) {
	for name, want := range map[string]string{
		"Marta van der Berg": "van der Berg, Marta", "Ann Smith": "Smith, Ann", "Cher": "Cher", "": "", "Smith, Ann": "Smith, Ann",
		"Ana María de la Cruz": "de la Cruz, Ana María",
	} {
		if got := SortName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestPersonCheck(t *testing.T) {
	from, to := Day(2026, 3, 1), Day(2026, 2, 1)
	for name, try := range map[string]struct {
		p     Person
		field string
	}{
		"nothing visible":  {Person{Name: "\u200b \u3164"}, "name"},
		"long name":        {Person{Name: strings.Repeat("x", 201)}, "name"},
		"no address":       {Person{Name: "Ann", Email: "ann at home"}, "email"},
		"NUL":              {Person{Name: "Ann", Title: "a\x00b"}, "title"},
		"first after last": {Person{Name: "Ann", EmployedFrom: &from, EmployedTo: &to}, "employed_from"},
		"right":            {Person{Name: "  Ann\tSmith ", Email: "ann@example.org"}, ""},
	} {
		err := try.p.Check()
		invalid, _ := err.(Invalid)
		if try.field == "" && err != nil || try.field != "" && (len(invalid.Problems) == 0 || invalid.Problems[0].Field != try.field) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestCheckPeriod(t *testing.T) {
	today := Day(2026, 11, 23)
	p, err := CheckPeriod("", "2026-11-30", today)
	if err != nil || !p.From.Equal(today) || !p.To.Equal(Day(2026, 12, 1)) {
		t.Errorf("got %+v, %v", p, err)
	}
	for _, wrong := range [][2]string{{"2026-02-31", ""}, {"2026-03-02", "2026-03-01"}, {"", "soon"}} {
		if _, err := CheckPeriod(wrong[0], wrong[1], today); err == nil {
			t.Errorf("%v was taken", wrong)
		}
	}
}

// here is who is known in the tests of plans: two of one name, one without a number.
func here() KnownPeople {
	return KnownPeople{
		People: []Person{
			{ID: 1, ExternalID: "n1", Name: "Ann Smith", SortName: "Smith, Ann", Email: "ann@example.org", Department: "IT", Title: "Engineer"},
			{ID: 2, ExternalID: "n2", Name: "Bob Jones", SortName: "Jones, Bob"},
			{ID: 3, Name: "Eve Hand", SortName: "Hand, Eve"},
			{ID: 4, ExternalID: "n4", Name: "Dan Twin", SortName: "Twin, Dan"}, {ID: 5, ExternalID: "n5", Name: "Dan Twin", SortName: "Twin, Dan"},
			{ID: 6, ExternalID: "17", Name: "Ina Zero", SortName: "Zero, Ina"},
		},
		Managers: map[int64]int64{1: 2}, Regions: []Region{{ID: 7, Name: "Nordics"}}, Companies: []CompanyRef{{ID: 8, Name: "Cables Ltd"}}, Organisation: "Fir and Sons",
	}
}

func onLine(line int, p Person) ListedPerson {
	if p.SortName == "" {
		p.SortName = SortName(p.Name)
	}
	return ListedPerson{Line: line, Person: p}
}

func TestWhomALineMeans(t *testing.T) {
	for name, try := range map[string]struct {
		p    Person
		id   int64 // 0: new; -1: not taken
		want Outcome
	}{
		"by number":                      {Person{ExternalID: "n1", Name: "Ann Smith"}, 1, UnchangedLine},
		"by number, married":             {Person{ExternalID: "n1", Name: "Ann Weber"}, 1, ChangedLine},
		"number of somebody else":        {Person{ExternalID: "n1", Name: "Kim Other"}, -1, ""},
		"other name, same address":       {Person{ExternalID: "n1", Name: "Kim Other", Email: "ANN@example.org"}, 1, ChangedLine},
		"by address":                     {Person{Name: "Ann S. Smith", Email: "ann@example.org"}, 1, ChangedLine},
		"address of another name":        {Person{Name: "Kim Other", Email: "ann@example.org"}, 0, NewLine},
		"address, other number":          {Person{ExternalID: "n9", Name: "Ann Smith", Email: "ann@example.org"}, 0, NewLine},
		"by name":                        {Person{Name: "bob  jones"}, 2, UnchangedLine}, // written with less care
		"by name, with a title":          {Person{Name: "Dr. Bob Jones"}, 2, UnchangedLine},
		"by name, in capitals":           {Person{Name: "Bob JONES"}, 2, UnchangedLine},
		"by name, with accents":          {Person{Name: "Bób Jones"}, 2, ChangedLine},
		"a number with zeros before it":  {Person{ExternalID: "0017", Name: "Ina Zero"}, 6, UnchangedLine},
		"by name, gets a number":         {Person{ExternalID: "n3", Name: "Eve Hand"}, 3, ChangedLine},
		"by name, another department":    {Person{Name: "Ann Smith", Department: "Law"}, 0, NewLine},
		"two of this name":               {Person{Name: "Dan Twin"}, -1, ""},
		"nobody known":                   {Person{ExternalID: "n6", Name: "New One"}, 0, NewLine},
		"a text that does not fit":       {Person{Name: "Long", Title: strings.Repeat("x", 201)}, -1, ""},
		"an end before the first day":    {Person{Name: "Odd", EmployedFrom: day(2026, 3, 1), EmployedTo: day(2026, 1, 1)}, -1, ""},
		"nothing that differs is a gain": {Person{ExternalID: "n1", Name: "Ann Smith", Title: "Engineer"}, 1, UnchangedLine},
	} {
		plan := PlanImport(here(), []ListedPerson{onLine(2, try.p)}, Day(2026, 11, 23))
		if try.id < 0 {
			if len(plan.Lines) != 0 || plan.Refused != 1 || !plan.Remarks[0].Fatal || plan.Remarks[0].Line != 2 {
				t.Errorf("%s: got %+v", name, plan)
			}
			continue
		}
		if len(plan.Lines) != 1 || plan.Lines[0].Person.ID != try.id || plan.Lines[0].Outcome != try.want {
			t.Errorf("%s: got %+v", name, plan)
		}
	}
}

func day(y int, m time.Month, d int) *time.Time {
	at := Day(y, m, d)
	return &at
}

func TestWhatAListSaysBeside(t *testing.T) {
	ann := onLine(2, Person{ExternalID: "n1", Name: "Ann Smith", EmployedTo: day(2026, 1, 1)})
	ann.Region, ann.Company, ann.ManagerLine = "nordics", "FIR AND SONS", 3
	kim := onLine(3, Person{ExternalID: "n6", Name: "Kim New"})
	kim.Region, kim.ManagerName = "Atlantis", "Jones, Bob"
	lost := onLine(4, Person{ExternalID: "n7", Name: "Lost Soul"})
	lost.ManagerName = "Nobody Known"
	again := onLine(5, Person{ExternalID: "n1", Name: "Ann Smith"})
	plan := PlanImport(here(), []ListedPerson{ann, kim, lost, again}, Day(2026, 11, 23))
	if plan.New != 2 || plan.Changed != 1 || plan.Left != 1 || plan.Refused != 1 {
		t.Fatalf("got %+v", plan)
	}
	first, second := plan.Lines[0], plan.Lines[1]
	fields := make([]string, len(first.Changes))
	for i, c := range first.Changes {
		fields[i] = c.Field
	}
	if !slices.Equal(fields, []string{"region", "last day", "line manager"}) || !first.Ends || first.ManagerLine != 3 || first.Person.CompanyID != 0 {
		t.Errorf("Ann: %+v", first)
	}
	if second.Manager != 2 || second.Person.RegionID != 0 {
		t.Errorf("Kim: %+v", second)
	}
	var said []string
	for _, r := range plan.Remarks {
		said = append(said, r.Text)
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"None of your regions is called “Atlantis”", "Nobody Known is named as manager", "line 2 already"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not said in:\n%s", want, all)
		}
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	list := []ListedPerson{onLine(2, Person{ExternalID: "x1", Name: "Ana María de la Cruz", Title: "Lead", EmployedFrom: day(2020, 1, 1)})}
	plan := PlanImport(KnownPeople{}, list, Day(2026, 11, 23))
	known := plan.Lines[0].Person
	known.ID = 1
	if again := PlanImport(KnownPeople{People: []Person{known}}, list, Day(2026, 11, 23)); again.Unchanged != 1 {
		t.Errorf("got %+v", again.Lines)
	}
}

// The next version of a long list shows who is new, who changed and how, who left and who is not in it any more.
func TestTwoVersionsOfAList(t *testing.T) {
	const people = 2000
	today, known, next := Day(2026, 11, 23), KnownPeople{Managers: map[int64]int64{}}, []ListedPerson{}
	want := map[string]int{}
	for i := range people {
		p := Person{ID: int64(i + 1), ExternalID: fmt.Sprint("P", i), Name: fmt.Sprint("Ann Berg", i), Email: fmt.Sprintf("p%d@corp.example", i), Title: "Clerk", Department: "Sales"}
		known.People = append(known.People, p)
		if i > 0 {
			known.Managers[p.ID] = 1
		}
		if i%10 == 9 { // not in the list any more
			want["missing"]++
			continue
		}
		l := ListedPerson{Person: p, Line: len(next) + 2, ManagerLine: 2}
		l.ID, l.SortName = 0, SortName(l.Name)
		changes := 0
		change := func(field string, when bool, f func()) {
			if when {
				f()
				want[field]++
				changes++
			}
		}
		change("department", i%4 == 1, func() { l.Department = "Support" })
		change("title", i%5 == 1, func() { l.Title = "Lead" })
		change("line manager", i%7 == 2, func() { l.ManagerLine = 0; l.ManagerID = "P2" })
		change("last day", i%11 == 3, func() { l.EmployedTo = &today })
		if i == 2 && l.ManagerID == "P2" { // nobody reports to themselves
			want["line manager"]--
			changes--
		}
		if i%11 == 3 {
			want["left"]++
		}
		if i%3 == 0 { // no change: the same address
			l.Email = strings.ToUpper(l.Email)
		}
		if changes > 0 {
			want["changed"]++
		}
		next = append(next, l)
	}
	for i := range 50 {
		want["new"]++
		next = append(next, ListedPerson{Person: Person{ExternalID: fmt.Sprint("N", i), Name: fmt.Sprint("Bo Dahl", i)}, Line: len(next) + 2})
	}
	plan := PlanImport(known, next, today)
	got := plan.Fields()
	got["new"], got["changed"], got["left"], got["missing"] = plan.New, plan.Changed, plan.Left, len(plan.Missing)
	if !maps.Equal(want, got) || plan.New+plan.Changed+plan.Unchanged != len(next) {
		t.Errorf("%d lines, %d unchanged: got %v, want %v", len(next), plan.Unchanged, got, want)
	}
}

// A directory numbers people in its own way: its numbers neither make new people of those who are known nor replace theirs.
func TestNumbersOfAnotherSystem(t *testing.T) {
	known := KnownPeople{}
	var list []ListedPerson
	for i, name := range []string{"Ann Smith", "Bob Jones", "Cy Dee", "Di Eff"} {
		email := strings.ToLower(name[:2]) + "@example.org"
		known.People = append(known.People, Person{ID: int64(i + 1), ExternalID: "n" + name[:1], Name: name, SortName: SortName(name), Email: email})
		list = append(list, onLine(i+2, Person{ExternalID: "5f3a-" + name[:1], Name: name, Email: email}))
	}
	list = append(list, onLine(6, Person{ExternalID: "5f3a-9", Name: "New One", Email: "new@example.org"}))
	plan := PlanImport(known, list, Day(2026, 11, 23))
	if plan.Unchanged != 4 || plan.New != 1 || plan.Lines[4].Person.ExternalID != "" || len(plan.Remarks) != 1 || plan.Remarks[0].Line != 0 {
		t.Errorf("got %+v", plan)
	}
	list[0].ExternalID = "nA" // one of ours: they are our numbers
	if plan := PlanImport(known, list, Day(2026, 11, 23)); plan.New != 4 {
		t.Errorf("got %+v", plan)
	}
}

func TestWhoeverCameBack(t *testing.T) {
	gone := Person{ID: 1, ExternalID: "1", Name: "Ann Smith", SortName: "Smith, Ann", EmployedFrom: day(2020, 1, 1), EmployedTo: day(2025, 1, 1)}
	known := KnownPeople{People: []Person{gone}}
	plan := PlanImport(known, []ListedPerson{onLine(2, Person{ExternalID: "1", Name: "Ann Smith", EmployedFrom: day(2026, 9, 1)})}, Day(2026, 11, 23))
	if plan.Changed != 1 || plan.Lines[0].Person.EmployedTo != nil || !plan.Lines[0].Person.EmployedFrom.Equal(Day(2026, 9, 1)) || len(plan.Lines[0].Changes) != 2 {
		t.Errorf("got %+v", plan)
	}
	plan = PlanImport(known, []ListedPerson{onLine(2, Person{ExternalID: "1", Name: "Ann Smith"})}, Day(2026, 11, 23))
	if plan.Unchanged != 1 || len(plan.Remarks) != 1 || plan.Remarks[0].Code != LeftHere {
		t.Errorf("got %+v", plan)
	}
}

func TestNamesWithoutTitles(t *testing.T) {
	for name, want := range map[string]string{
		"Prof. Dr. Jürgen Müller": "Jürgen Müller", "Dr.-Ing. Eva Neumann": "Eva Neumann", "Mr. Wei Li": "Wei Li", "Sofia de la Cruz, PhD": "Sofia de la Cruz",
		"Dr. rer. nat. Ute Ott": "Ute Ott", "Phil Collins": "Phil Collins", "Mag Ruffman": "Mag Ruffman", "Dr": "Dr", "Herr Bo Ek": "Bo Ek", "Eva Ray (Mrs.)": "Eva Ray",
	} {
		if got := BareName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"Prof. Dr. Jürgen Müller": "Müller, Jürgen", "山田 太郎": "山田 太郎"} {
		if got := SortName(name); got != want {
			t.Errorf("%q is sorted as %q, want %q", name, got, want)
		}
	}
}
