package itsm

import (
	"errors"
	"testing"
	"time"
)

var (
	testDay  = Day(2026, 11, 23)
	incident = Chair{ID: 1, Kind: Owner, Name: "Incident owner", ScopeName: "Incident management", PracticeID: 7}
	runner   = Chair{ID: 2, Kind: Manager, Name: "Incident manager", ScopeName: "Incident management", PracticeID: 7}
	analyst  = Chair{ID: 3, Kind: Practitioner, Name: "Analyst", ScopeName: "Incident management", PracticeID: 7}
)

func fields(err error) (list []string) {
	var invalid Invalid
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			list = append(list, p.Field)
		}
	}
	return list
}

func TestCheckOfAnAppointment(t *testing.T) {
	last := Until(testDay)
	for name, c := range map[string]struct {
		in     NewAssignment
		chair  Chair
		refuse string
	}{
		"an owner":                {NewAssignment{PersonIDs: []int64{1}, From: testDay}, incident, ""},
		"two owners":              {NewAssignment{PersonIDs: []int64{1, 2}, From: testDay}, incident, "person"},
		"two deputies":            {NewAssignment{PersonIDs: []int64{1, 2}, From: testDay, Capacity: Deputy}, incident, ""},
		"an owner in a region":    {NewAssignment{PersonIDs: []int64{1}, From: testDay, RegionID: 4}, incident, "region"},
		"an owner for a service":  {NewAssignment{PersonIDs: []int64{1}, From: testDay, ServiceID: 4}, incident, "service"},
		"a team as owner":         {NewAssignment{TeamIDs: []int64{1}, From: testDay}, incident, "holder"},
		"a company as manager":    {NewAssignment{CompanyIDs: []int64{1}, From: testDay}, runner, "holder"},
		"a manager in a region":   {NewAssignment{PersonIDs: []int64{1}, From: testDay, RegionID: 4}, runner, ""},
		"a team as practitioner":  {NewAssignment{TeamIDs: []int64{1}, CompanyIDs: []int64{1}, From: testDay}, analyst, ""},
		"a team acting":           {NewAssignment{TeamIDs: []int64{1}, From: testDay, Until: last, Capacity: Acting}, analyst, "holder"},
		"acting without an end":   {NewAssignment{PersonIDs: []int64{1}, From: testDay, Capacity: Acting}, runner, "last_day"},
		"acting with an end":      {NewAssignment{PersonIDs: []int64{1}, From: testDay, Until: last, Capacity: Acting}, runner, ""},
		"another capacity":        {NewAssignment{PersonIDs: []int64{1}, From: testDay, Capacity: "boss"}, runner, "capacity"},
		"nobody":                  {NewAssignment{From: testDay}, runner, "person"},
		"without a day":           {NewAssignment{PersonIDs: []int64{1}}, runner, "from"},
		"the end before the day":  {NewAssignment{PersonIDs: []int64{1}, From: testDay, Until: &testDay}, runner, "last_day"},
		"the past":                {NewAssignment{PersonIDs: []int64{1}, From: testDay.AddDate(0, 0, -1)}, runner, "reason"},
		"the past with a reason":  {NewAssignment{PersonIDs: []int64{1}, From: testDay.AddDate(0, 0, -1), Reason: "found"}, runner, ""},
		"an invisible reason":     {NewAssignment{PersonIDs: []int64{1}, From: testDay.AddDate(0, 0, -1), Reason: "\u200b \u00a0"}, runner, "reason"},
		"decided tomorrow":        {NewAssignment{PersonIDs: []int64{1}, From: testDay, DecidedOn: testDay.AddDate(0, 0, 1)}, runner, "decided_on"},
		"a retired role":          {NewAssignment{PersonIDs: []int64{1}, From: testDay}, Chair{ID: 5, Kind: Manager, Name: "Old", Archived: true}, "role"},
		"whoever it is":           {NewAssignment{PersonIDs: []int64{1}, From: testDay}, Chair{ID: 6, Kind: Whoever, Name: "User"}, "role"},
		"more than all his time":  {NewAssignment{PersonIDs: []int64{1}, From: testDay, Share: new(int)}, runner, "share"},
		"more than fit in a form": {NewAssignment{PersonIDs: make([]int64, AppointmentsMax+1), From: testDay}, analyst, "role"},
	} {
		c.in.RoleIDs = []int64{c.chair.ID}
		got := fields(c.in.Check([]Chair{c.chair}, testDay))
		if c.refuse == "" && len(got) > 0 || c.refuse != "" && (len(got) != 1 || got[0] != c.refuse) {
			t.Errorf("%s: problems with %q, want %q", name, got, c.refuse)
		}
	}
}

func TestWhoAppointsToWhat(t *testing.T) {
	lead := Hat{Kind: Manager, Capacity: Holder}
	owner := Hat{Kind: Owner, PracticeID: 7, Capacity: Holder}
	actingOwner, deputyOwner := owner, owner
	actingOwner.Capacity, deputyOwner.Capacity = Acting, Deputy
	manager := Hat{Kind: Manager, PracticeID: 7, Capacity: Holder}
	regional := manager
	regional.Regions = []int64{4, 5}
	through := manager
	through.Team = true
	for name, c := range map[string]struct {
		hat      Hat
		chair    Chair
		capacity Capacity
		region   int64
		may      bool
	}{
		"lead, owner":                     {lead, incident, Holder, 0, true},
		"owner, owner":                    {owner, incident, Holder, 0, false},
		"owner, manager":                  {owner, runner, Holder, 0, true},
		"owner, acting manager":           {owner, runner, Acting, 0, true},
		"owner, deputy":                   {owner, runner, Deputy, 0, true},
		"acting owner, manager":           {actingOwner, runner, Holder, 0, true},
		"acting owner, deputy":            {actingOwner, runner, Deputy, 0, false},
		"deputy of the owner, deputy":     {deputyOwner, runner, Deputy, 0, false},
		"manager, manager":                {manager, runner, Holder, 0, false},
		"manager, practitioner":           {manager, analyst, Holder, 0, true},
		"manager, practitioner elsewhere": {manager, Chair{Kind: Practitioner, PracticeID: 8}, Holder, 0, false},
		"manager, of a process below":     {manager, Chair{Kind: Practitioner, PracticeID: 7, ProcessID: 9}, Holder, 0, true},
		"regional, own region":            {regional, analyst, Holder, 5, true},
		"regional, other region":          {regional, analyst, Holder, 6, false},
		"regional, everywhere":            {regional, analyst, Holder, 0, false},
		"through a team":                  {through, analyst, Holder, 0, false},
	} {
		by := Actor{AccountID: 1, PersonID: 1, Hats: []Hat{c.hat}}
		if got := by.MayAppoint(c.chair, c.capacity, c.region); got != c.may {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhoKnowsOfAnAssignment(t *testing.T) {
	later := testDay.AddDate(0, 1, 0)
	plain, holder, proposer := Actor{AccountID: 1, PersonID: 1}, Actor{AccountID: 2, PersonID: 2}, Actor{AccountID: 3, PersonID: 3}
	lead := Actor{AccountID: 4, PersonID: 4, Hats: []Hat{{Kind: Manager, Capacity: Holder}}}
	stranger := Actor{AccountID: 5, PersonID: 5, External: true, Sees: []int64{8}}
	of := func(state State, since time.Time, announced bool) Assignment {
		return Assignment{Holding: Holding{PersonID: 2, State: state, Since: since, Announced: announced}, Chair: runner, RecordedID: 3, AnswerIDs: []int64{2}, Reason: "why", Objection: "no"}
	}
	for name, c := range map[string]struct {
		a                                       Assignment
		plain, holder, proposer, lead, stranger bool
	}{
		"worn now":         {of(Appointed, testDay, false), true, true, true, true, false},
		"later, announced": {of(Appointed, later, true), true, true, true, true, false},
		"later, a plan":    {of(Appointed, later, false), false, true, true, true, false},
		"proposed":         {of(Proposed, testDay, true), false, true, true, true, false},
		"withdrawn":        {of(Withdrawn, testDay, true), false, true, true, true, false},
	} {
		for who, want := range map[*Actor]bool{&plain: c.plain, &holder: c.holder, &proposer: c.proposer, &lead: c.lead, &stranger: c.stranger} {
			if got := c.a.ShownTo(*who, testDay); got != want {
				t.Errorf("%s to person %d: %v", name, who.PersonID, got)
			}
		}
	}
	a := of(Appointed, testDay, true)
	if got := a.For(plain); got.Reason+got.Objection != "" {
		t.Error("a plain reader reads reasons")
	}
	if got := a.For(holder); got.Reason != "" || got.Objection == "" {
		t.Error("the holder reads the own objection and not the reasons")
	}
	if got := a.For(lead); got.Reason == "" {
		t.Error("the office reads reasons")
	}
}

// Whoever is asked anew has two weeks again, however long ago the hat was offered.
func TestWaitingBeginsAnewAfterAnObjection(t *testing.T) {
	today := Day(2026, 11, 20)
	a := Assignment{Holding: Holding{State: Appointed, Acceptance: Told, Since: Day(2026, 10, 1), AskedOn: Day(2026, 10, 1)}}
	if waiting, late := a.Waiting(today); !waiting || !late {
		t.Errorf("offered on 1 October: waiting %v, late %v", waiting, late)
	}
	a.AskedOn = Day(2026, 11, 19)
	if waiting, late := a.Waiting(today); !waiting || late {
		t.Errorf("asked anew yesterday: waiting %v, late %v", waiting, late)
	}
}

// Who wore a hat before or wears it after is not beside its holder, nor is who stands by.
func TestOnlyWhoWearsAHatAtTheSameTimeIsBesideIt(t *testing.T) {
	day := func(month time.Month) *time.Time { d := Day(2026, month, 1); return &d }
	hat := func(role, person int64, from, to *time.Time, c Capacity) Holding {
		return Holding{RoleID: role, RoleKind: Manager, PersonID: person, Capacity: c, State: Appointed, Since: *from, End: End{Until: to}}
	}
	for name, c := range map[string]struct {
		of               Holding
		beside           Holding
		double, combined bool
	}{
		"at the same time":        {hat(1, 1, day(3), nil, Holder), hat(1, 2, day(1), nil, Holder), true, false},
		"for a month":             {hat(1, 1, day(3), day(5), Holder), hat(1, 2, day(4), nil, Holder), true, false},
		"the predecessor":         {hat(1, 1, day(5), nil, Holder), hat(1, 2, day(1), day(5), Holder), false, false},
		"the successor":           {hat(1, 1, day(1), day(5), Holder), hat(1, 2, day(5), nil, Holder), false, false},
		"two deputies":            {hat(1, 1, day(1), nil, Deputy), hat(1, 2, day(1), nil, Deputy), false, false},
		"two hats of one":         {hat(1, 1, day(1), nil, Holder), hat(2, 1, day(3), nil, Holder), false, true},
		"the hat that was theirs": {hat(1, 1, day(1), day(3), Holder), hat(2, 1, day(3), nil, Holder), false, false},
	} {
		p := AssignmentPage{Assignment: Assignment{Holding: c.of}, Beside: []Holding{c.beside}}
		if len(p.Double()) > 0 != c.double || len(p.Combined()) > 0 != c.combined {
			t.Errorf("%s: double %v, combined %v", name, p.Double(), p.Combined())
		}
	}
}
