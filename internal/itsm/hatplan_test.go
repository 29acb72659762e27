package itsm

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func ptr(t time.Time) *time.Time { return &t }

// hatScene is an organisation with two practices, a process that uses its practice's roles, and a few people.
func hatScene() KnownHats {
	return KnownHats{
		Organisation: "Tallgrass",
		People: []Person{
			{ID: 1, Name: "Anna Weber", Email: "anna@example.org", ExternalID: "7"}, {ID: 2, Name: "Bert Klein", Title: "Analyst"}, {ID: 3, Name: "Bert Klein", Title: "Engineer"},
			{ID: 4, Name: "Cleo Núñez", EmployedTo: ptr(Day(2027, 3, 1))}, {ID: 5, Name: "Ingrid Solberg"}, {ID: 6, Name: "Dora Left", EmployedTo: ptr(Day(2026, 1, 1))},
		},
		Teams: []TeamRef{{ID: 1, Name: "Service desk"}}, Companies: []CompanyRef{{ID: 1, Name: "Corvid Networks"}},
		Practices: []Ref{{1, "Incident management"}, {2, "Change enablement"}}, Processes: []KnownProcess{{1, "Handle an incident", 1}}, Services: []Ref{{1, "Payroll"}},
		Regions: []Region{{ID: 1, Name: "EMEA"}},
		Chairs: []Chair{
			{ID: 1, Kind: Owner, Name: "Owner", ScopeName: "Incident management", PracticeID: 1}, {ID: 2, Kind: Manager, Name: "Manager", ScopeName: "Incident management", PracticeID: 1},
			{ID: 3, Kind: Practitioner, Name: "Service desk analyst", ScopeName: "Incident management", PracticeID: 1},
			{ID: 4, Kind: Owner, Name: "Owner", ScopeName: "Change enablement", PracticeID: 2}, {ID: 5, Kind: Manager, Name: "Change manager", ScopeName: "Change enablement", PracticeID: 2},
			{ID: 6, Kind: Owner, Name: "Owner", ScopeName: "Payroll", ServiceID: 1}, {ID: 9, Kind: Practitioner, Name: "Practitioner", ScopeName: "Payroll", ServiceID: 1}, {ID: 10, Kind: Practitioner, Name: "Clerk", ScopeName: "Payroll", ServiceID: 1},
			{ID: 7, Kind: Manager, Name: "SMO lead", ScopeName: "Tallgrass"},
			{ID: 8, Kind: Practitioner, Name: "Old hand", ScopeName: "Change enablement", PracticeID: 2, Archived: true},
		},
	}
}

func TestALineFindsItsRoleAndHolder(t *testing.T) {
	for _, c := range []struct {
		line ListedHat
		says string // "": asked
	}{
		{ListedHat{Holder: "Anna Weber", Role: "Owner", Practice: "Incident management"}, "Anna Weber as Owner of Incident management"},
		{ListedHat{Holder: "anna weber", Role: "Incident Owner"}, "Anna Weber as Owner of Incident management"},
		{ListedHat{Email: "ANNA@example.org", Role: "Owner of the incident management process"}, "Anna Weber as Owner of Incident management"},
		{ListedHat{Number: "7", Kind: "Verantwortlicher", Role: "Prozesseigner", Practice: "Incident mgmt."}, "Anna Weber as Owner of Incident management"},
		{ListedHat{Holder: "Anna Weber", Role: "Manager", Process: "Handle an incident"}, "Anna Weber as Manager of Incident management"},
		{ListedHat{Holder: "Anna Weber", Role: "Change Manager"}, "Anna Weber as Change manager of Change enablement"},
		{ListedHat{Holder: "Anna Weber", Kind: "owner", Service: "Payroll"}, "Anna Weber as Owner of Payroll"},
		{ListedHat{Holder: "Service Desk", Role: "SDA", Of: "Incident management"}, "Service desk as Service desk analyst of Incident management"},
		{ListedHat{Holder: "Corvid Networks", Is: "company", Role: "Service desk analist", Practice: "Incident"}, "Corvid Networks as Service desk analyst of Incident management"},
		{ListedHat{Holder: "Cleo Nunez", Role: "SMO lead", As: "deputy"}, "Cleo Núñez as deputy for SMO lead of Tallgrass"},
		{ListedHat{Holder: "Anna Weber", Role: "Manager", Practice: "Incident management", Region: "EMEA", Service: "Payroll"}, "Anna Weber as Manager of Incident management in EMEA for Payroll"},
		{ListedHat{Holder: "7", Role: "Manager", Practice: "Incident management"}, "Anna Weber as Manager of Incident management"},
		{ListedHat{Holder: "Anna Weber", Kind: "Practitioner", Of: "Payroll"}, "Anna Weber as Practitioner of Payroll"},
		{ListedHat{Holder: "Anna Weber", Role: "Manager", Practice: "Incident management", Process: "Incident management"}, "Anna Weber as Manager of Incident management"},
		{ListedHat{Holder: "Anna Weber", Role: "Owner", Kind: "owner", Practice: "Payroll"}, "Anna Weber as Owner of Payroll"},
		{ListedHat{Holder: "Anna Weber", Role: "Clerk", Process: "Payroll"}, "Anna Weber as Clerk of Payroll"},
		{ListedHat{Holder: "WEBER Anna", Role: "Deputy Manager", Practice: "Incident management"}, "Anna Weber as deputy for Manager of Incident management"},
		{ListedHat{Holder: "Dr. Anna Weber", Role: "Manager (backup)", Practice: "Incident management"}, "Anna Weber as deputy for Manager of Incident management"},
		{ListedHat{Holder: "Anna Weber", Role: "Incident management: Service desk analyst"}, "Anna Weber as Service desk analyst of Incident management"},
		{ListedHat{Holder: "Anna Weber", Role: "Manager – Incident management"}, "Anna Weber as Manager of Incident management"},
		{ListedHat{Holder: "Bert Klein", Role: "Owner", Practice: "Incident management"}, ""},
		{ListedHat{Holder: "Anna Weber", Role: "Owner"}, ""},
		{ListedHat{Holder: "Anna Weber", Role: "Emperor", Practice: "Incident management"}, ""},
		{ListedHat{Holder: "Anna Weber", Role: "Manager", Practice: "Incident management", Region: "Atlantis"}, ""},
	} {
		plan := PlanHats(Actor{Operator: true}, hatScene(), []ListedHat{c.line}, nil, Day(2026, 11, 23))
		got := ""
		if len(plan.Begin) == 1 {
			got = plan.Begin[0].says()
		}
		if got != c.says || (got == "") != (plan.Count(OpenLine) == 1 && len(plan.Open()) == 1) {
			t.Errorf("%+v: got %q %+v, want %q", c.line, got, plan.ListPlan, c.says)
		}
	}
}

func TestAnAnswerHoldsForAllLinesThatAsk(t *testing.T) {
	list := []ListedHat{{Line: 2, Holder: "Bert Klein", Role: "SDA", Practice: "Incident"}, {Line: 3, Holder: "Bert Klein", Role: "Wizard"}, {Line: 4, Holder: "Anna Weber", Role: "Wizard"}}
	op := Actor{Operator: true}
	plan := PlanHats(op, hatScene(), list, nil, Day(2026, 11, 23))
	if len(plan.Questions) != 2 || plan.Count(OpenLine) != 3 || plan.Writes() != 0 {
		t.Fatalf("got %+v", plan.ListPlan)
	}
	answers := map[string]string{}
	for _, q := range plan.Questions {
		answers[q.Key] = q.Choices[1].Value // the other Bert
	}
	for _, q := range plan.Questions {
		if strings.HasPrefix(q.Key, "role:") {
			answers[q.Key] = LeaveOut
		}
	}
	plan = PlanHats(op, hatScene(), list, answers, Day(2026, 11, 23))
	if len(plan.Open()) != 0 || plan.Count(LeftOutLine) != 2 || len(plan.Begin) != 1 || plan.Begin[0].HolderID != 3 {
		t.Errorf("got %+v", plan)
	}
	answers["role:wizard::"] = "role:99" // nothing that was offered
	if plan = PlanHats(op, hatScene(), list, answers, Day(2026, 11, 23)); len(plan.Open()) != 1 {
		t.Errorf("an answer that was never offered counts: %+v", plan.ListPlan)
	}
}

func TestWhatStandsDecidesWhatALineDoes(t *testing.T) {
	known := hatScene()
	known.Holdings = []Holding{
		{AssignmentID: 1, RoleID: 1, RoleKind: Owner, PersonID: 1, Name: "Anna Weber", Capacity: Holder, State: Appointed, Since: Day(2026, 1, 1)},
		{AssignmentID: 2, RoleID: 3, PersonID: 4, Name: "Cleo Núñez", Capacity: Holder, State: Appointed, Since: Day(2026, 1, 1), End: End{Until: ptr(Day(2026, 7, 1))}},
		{AssignmentID: 3, RoleID: 2, PersonID: 4, Name: "Cleo Núñez", Capacity: Holder, State: Proposed, Since: Day(2026, 1, 1)},
	}
	owner, analyst := ListedHat{Role: "Owner", Practice: "Incident management"}, ListedHat{Role: "Service desk analyst", Practice: "Incident management"}
	with := func(l ListedHat, holder string, from, until *time.Time) ListedHat {
		l.Holder, l.From, l.Until = holder, from, until
		return l
	}
	day := func(m, d int) *time.Time { return ptr(Day(2026, time.Month(m), d)) }
	for _, c := range []struct {
		says    string
		list    []ListedHat
		want    []Outcome
		ends    int
		whyPart string
	}{
		{"the same again", []ListedHat{with(owner, "Anna Weber", day(1, 1), nil)}, []Outcome{UnchangedLine}, 0, ""},
		{"another first day is said", []ListedHat{with(owner, "Anna Weber", day(2, 1), nil)}, []Outcome{UnchangedLine}, 0, "It stands from 1 Jan 2026"},
		{"a last day ends it", []ListedHat{with(owner, "Anna Weber", nil, ptr(Day(2027, 1, 1)))}, []Outcome{ChangedLine}, 1, ""},
		{"a second Owner", []ListedHat{with(owner, "Ingrid Solberg", day(12, 1), nil)}, []Outcome{RefusedLine}, 0, "Anna Weber owns Incident management since 1 Jan 2026"},
		{"a hand-over, the new one first", []ListedHat{with(owner, "Ingrid Solberg", day(12, 1), nil), with(owner, "Anna Weber", nil, day(12, 1))}, []Outcome{NewLine, ChangedLine}, 1, ""},
		{"two Owners in one list", []ListedHat{{Role: "Owner", Practice: "Change", Holder: "Anna Weber", Line: 2}, {Role: "Owner", Practice: "Change", Holder: "Ingrid Solberg", Line: 3}}, []Outcome{NewLine, RefusedLine}, 0, "Line 2 gives it to Anna Weber"},
		{"the same line twice", []ListedHat{with(analyst, "Anna Weber", nil, nil), with(analyst, "Anna Weber", nil, nil)}, []Outcome{NewLine, RepeatedLine}, 0, ""},
		{"it goes on", []ListedHat{with(analyst, "Cleo Nunez", day(1, 1), day(12, 1))}, []Outcome{ChangedLine}, 0, ""},
		{"an end stays an end", []ListedHat{with(analyst, "Cleo Nunez", day(1, 1), nil)}, []Outcome{UnchangedLine}, 0, "It ends on 30 Jun 2026 here"},
		{"who leaves has it until then", []ListedHat{with(analyst, "Cleo Nunez", day(11, 23), nil)}, []Outcome{NewLine}, 0, "leaves"},
		{"who left", []ListedHat{with(analyst, "Dora Left", nil, nil)}, []Outcome{RefusedLine}, 0, "left on 31 Dec 2025"},
		{"a proposal", []ListedHat{{Role: "Manager", Practice: "Incident", Holder: "Cleo Nunez", From: day(1, 1)}}, []Outcome{RefusedLine}, 0, "proposed"},
		{"a team as Owner", []ListedHat{{Role: "Owner", Practice: "Change", Holder: "Service desk"}}, []Outcome{RefusedLine}, 0, "An Owner is a person"},
		{"acting without an end", []ListedHat{{Role: "Owner", Practice: "Change", Holder: "Anna Weber", As: "interim"}}, []Outcome{RefusedLine}, 0, "Acting always ends"},
		{"a retired role", []ListedHat{{Role: "Old hand", Practice: "Change", Holder: "Anna Weber"}}, []Outcome{RefusedLine}, 0, "retired"},
		{"not decided", []ListedHat{{Role: "Owner", Practice: "Change", Holder: "Anna Weber", State: "proposed"}}, []Outcome{RefusedLine}, 0, "not decided"},
	} {
		for i := range c.list {
			c.list[i].Line = i + 2
		}
		plan := PlanHats(Actor{Operator: true}, known, c.list, nil, Day(2026, 11, 23))
		var got []Outcome
		why := ""
		for _, l := range plan.Lines {
			got, why = append(got, l.Outcome), why+l.Why
		}
		if !slices.Equal(got, c.want) || len(plan.End) != c.ends || !strings.Contains(why, c.whyPart) {
			t.Errorf("%s: got %v, %d ends, %q", c.says, got, len(plan.End), why)
		}
	}
}

func TestNobodyImportsTheirOwnHat(t *testing.T) {
	lead := Actor{AccountID: 1, PersonID: 5, Hats: []Hat{{RoleID: 7, Kind: Manager, Capacity: Acting}}}
	list := []ListedHat{{Role: "Owner", Practice: "Change", Holder: "Ingrid Solberg"}, {Role: "SDA", Practice: "Incident", Holder: "Anna Weber", As: "deputy"}, {Role: "SDA", Practice: "Incident", Holder: "Anna Weber"}}
	plan := PlanHats(lead, hatScene(), list, nil, Day(2026, 11, 23))
	if plan.Count(RefusedLine) != 2 || len(plan.Begin) != 1 || plan.Begin[0].HolderID != 1 {
		t.Errorf("got %+v", plan)
	}
}

// A list names a practice once, and leaves it out of the lines below.
func TestALineHangsOnWhatTheLineBeforeNames(t *testing.T) {
	list := []ListedHat{
		{Line: 2, Holder: "Anna Weber", Role: "Owner", Practice: "Change enablement"}, {Line: 3, Holder: "Ingrid Solberg", Role: "Manager"},
		{Line: 4, Holder: "Anna Weber", Role: "SMO lead"}, {Line: 5, Holder: "Anna Weber", Role: "Service desk analyst", State: "Ended", Over: true},
	}
	plan := PlanHats(Actor{Operator: true}, hatScene(), list, nil, Day(2026, 11, 23))
	var got []string
	for _, l := range plan.Lines {
		got = append(got, string(l.Outcome)+" "+l.What)
	}
	want := []string{"new Anna Weber as Owner of Change enablement", "new Ingrid Solberg as Change manager of Change enablement", "new Anna Weber as SMO lead of Tallgrass", "refused Anna Weber as Service desk analyst of Incident management"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// A line that waits for an answer says what was read of the way in which the hat is worn.
func TestALineThatAsksSaysTheCapacity(t *testing.T) {
	for role, want := range map[string]string{"Deputy wizard": "Anna Weber as deputy for wizard", "Wizard (acting)": "Anna Weber acting as Wizard", "Vice Chair": "Anna Weber as Vice Chair"} {
		plan := PlanHats(Actor{Operator: true}, hatScene(), []ListedHat{{Line: 2, Holder: "Anna Weber", Role: role}}, nil, Day(2026, 11, 23))
		if got := plan.Lines[0]; got.What != want || got.Outcome != OpenLine {
			t.Errorf("%s: got %+v", role, got)
		}
	}
}

// A question offers its answers in the same order each time the page is opened.
func TestAQuestionOffersItsAnswersInOneOrder(t *testing.T) {
	known := hatScene()
	known.Teams = []TeamRef{{ID: 3, Name: "Desk C"}, {ID: 1, Name: "Desk A"}, {ID: 2, Name: "Desk B"}}
	for range 20 {
		q := PlanHats(Actor{Operator: true}, known, []ListedHat{{Line: 2, Holder: "Desk", Role: "SMO lead"}}, nil, Day(2026, 11, 23)).Questions[0]
		if len(q.Choices) != 4 || q.Choices[0].Value != "team:1" || q.Choices[2].Value != "team:3" {
			t.Fatalf("got %+v", q.Choices)
		}
	}
}
