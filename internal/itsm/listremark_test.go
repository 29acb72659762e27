package itsm

import (
	"fmt"
	"strings"
	"testing"
)

// Many managers whom nobody knows are one remark, few have one each; each line keeps its own in the result.
func TestUnknownManagersAreGathered(t *testing.T) {
	list := func(n int) (people []ListedPerson) {
		for i := range n {
			people = append(people, ListedPerson{Line: i + 2, Person: Person{Name: fmt.Sprintf("Ann No%d", i)}, ManagerName: fmt.Sprintf("Boss %02d", i)})
		}
		return people
	}
	for n, want := range map[int]int{3: 3, 4: 1, 20: 1} {
		plan := PlanImport(KnownPeople{}, list(n), Day(2026, 1, 1))
		got := Gathered(plan.Remarks)
		if len(plan.Remarks) != n || len(got) != want {
			t.Fatalf("%d unknown managers are %d remarks: %+v", n, len(got), got)
		}
		if text := got[0].Text; n == 20 && (!strings.HasPrefix(text, "20 people are named") || !strings.Contains(text, "Boss 00 (line 2), ") || !strings.HasSuffix(text, ", and 8 more.")) {
			t.Errorf("it says %q", text)
		}
		if lines := plan.Results(nil); !strings.HasPrefix(lines[n-1].Why, fmt.Sprintf("Boss %02d is named as manager on this line", n-1)) {
			t.Errorf("line %d says %q", n+1, lines[n-1].Why)
		}
	}
}
