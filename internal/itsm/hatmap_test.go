package itsm

import (
	"reflect"
	"testing"
)

func TestHeat(t *testing.T) {
	for duties, want := range map[int]int{0: 0, 1: 1, 2: 1, 3: 2, 5: 2, 6: 3, 9: 3, 10: 4, 200: 4} {
		if got := Heat(duties); got != want {
			t.Errorf("%d A and R: got heat %d, want %d", duties, got, want)
		}
	}
}

func TestMapCellCountsARoleOnce(t *testing.T) {
	analyst, owner := RoleRef{1, Practitioner, "Analyst"}, RoleRef{2, Owner, "Owner"}
	row := MapRow{Hats: []MapHat{
		{Role: owner, PracticeID: 7, A: 1, Up: 3},
		{Role: analyst, PracticeID: 7, R: 4},
		{Role: analyst, PracticeID: 7, TeamID: 5, Team: "Desk", R: 4},
		{Role: RoleRef{3, Practitioner, "Agent"}, PracticeID: 8, TeamID: 5, Team: "Desk", R: 2},
		{Role: RoleRef{3, Practitioner, "Agent"}, PracticeID: 8, TeamID: 6, Team: "Night desk", R: 2},
	}}
	for _, c := range []struct {
		practice           int64
		hats, duties, more int
		through            string
	}{{7, 2, 5, 3, ""}, {8, 2, 2, 0, "Desk"}, {9, 0, 0, 0, ""}} {
		got := row.Cell(c.practice)
		if len(got.Hats) != c.hats || got.Duties() != c.duties || got.Up != c.more || got.Through != c.through {
			t.Errorf("practice %d: got %+v, want %+v", c.practice, got, c)
		}
	}
	if hats, duties := row.Totals(); hats != 3 || duties != 7 {
		t.Errorf("got %d hats with %d A and R, want 3 with 7", hats, duties)
	}
}

func TestMapColumns(t *testing.T) {
	practices := []MapPractice{{ID: 1, Name: "Alpha", State: "in use"}, {ID: 2, Name: "Beta", State: "retired"}, {ID: 3, Name: "Gamma", State: "planned"}}
	chair := OpenChair{ChairSeats{PracticeID: 3}, []ChairPlace{{}}}
	for name, c := range map[string]struct {
		filter MapFilter
		rows   []MapRow
		want   []int64
	}{
		"all but retired ones that nobody wears": {MapFilter{}, nil, []int64{1, 3}},
		"a retired one with hats":                {MapFilter{}, []MapRow{{Hats: []MapHat{{PracticeID: 2}}}}, []int64{1, 2, 3}},
		"those asked for":                        {MapFilter{Practices: []int64{1}}, nil, []int64{1}},
		"those with something vacant":            {MapFilter{Vacant: true}, nil, []int64{3}},
	} {
		m := &HatMap{Practices: practices, Rows: c.rows, Chairs: []OpenChair{chair}}
		var got []int64
		for _, p := range m.Columns(c.filter) {
			got = append(got, p.ID)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	many := &HatMap{}
	for i := range 40 {
		many.Practices = append(many.Practices, MapPractice{ID: int64(i + 1), State: "in use"})
	}
	many.Rows = []MapRow{{Hats: []MapHat{{PracticeID: 39}, {PracticeID: 40}, {PracticeID: 40}}}}
	got := many.Columns(MapFilter{})
	if len(got) != MapColumns || got[len(got)-1].ID != 40 || got[0].ID != 1 || many.Left(MapFilter{}) != 10 {
		t.Errorf("got %d columns from %d to %d, %d left", len(got), got[0].ID, got[len(got)-1].ID, many.Left(MapFilter{}))
	}
}

// The tree of the tests: Americas (Brazil, United States), EMEA.
var mapRegions = []RegionRef{{1, 0, "Americas"}, {2, 1, "Brazil"}, {3, 1, "United States"}, {4, 0, "EMEA"}}

func TestOpenPlaces(t *testing.T) {
	place := func(region int64, name, by string) ChairPlace {
		return ChairPlace{RegionID: region, Region: name, By: by}
	}
	for name, c := range map[string]struct {
		kind  RoleKind
		seats []Seat
		want  []ChairPlace
	}{
		"nobody":                               {Owner, nil, []ChairPlace{{}}},
		"an Owner":                             {Owner, []Seat{{}}, nil},
		"an Owner who only acts":               {Owner, []Seat{{Acting: true, Name: "Ann"}}, []ChairPlace{place(0, "", "Ann")}},
		"acting beside an absent holder":       {Owner, []Seat{{}, {Acting: true, Name: "Ann"}}, nil},
		"a Manager everywhere":                 {Manager, []Seat{{}}, nil},
		"a Manager of one region":              {Manager, []Seat{{RegionID: 1}}, []ChairPlace{place(4, "EMEA", "")}},
		"a Manager below: the sister is open":  {Manager, []Seat{{RegionID: 2}, {RegionID: 4}}, []ChairPlace{place(3, "United States", "")}},
		"acting beside a holder for a service": {Manager, []Seat{{ServiceID: 30}, {Acting: true, Name: "Ann"}}, []ChairPlace{place(0, "", "Ann")}},
		"acting for a service held for all":    {Manager, []Seat{{}, {ServiceID: 30, Acting: true, Name: "Ann"}}, nil},
		"acting in a region":                   {Manager, []Seat{{RegionID: 1}, {RegionID: 4, Acting: true, Name: "Ann"}}, []ChairPlace{place(4, "EMEA", "Ann")}},
	} {
		got := ChairSeats{Role: RoleRef{Kind: c.kind}, Seats: c.seats}.Open(mapRegions)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestOpenChairsOfARegion(t *testing.T) {
	all := []ChairSeats{
		{Role: RoleRef{1, Manager, "Manager"}, Seats: []Seat{{RegionID: 1}}},
		{Role: RoleRef{2, Owner, "Owner"}},
	}
	for region, want := range map[int64][]int64{0: {2, 1}, 4: {2, 1}, 2: {2}} {
		var got []int64
		open := OpenChairs(all, mapRegions, region)
		for _, c := range open {
			got = append(got, c.Role.ID)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("region %d: got roles %v, want %v, Owners first", region, got, want)
		}
	}
}

func TestAnswerIn(t *testing.T) {
	hold := func(region int64, name string, c Capacity) Holding {
		return Holding{RegionID: region, Name: name, Capacity: c}
	}
	for name, c := range map[string]struct {
		holdings []Holding
		region   int64
		want     string
		above    bool
		from     int64
	}{
		"in the region itself":      {[]Holding{hold(2, "Bo", Holder), hold(1, "Ann", Holder)}, 2, "Bo", false, 2},
		"the nearest above":         {[]Holding{hold(0, "All", Holder), hold(1, "Ann", Holder)}, 2, "Ann", true, 1},
		"everywhere":                {[]Holding{hold(0, "All", Holder), hold(1, "Ann", Holder)}, 4, "All", true, 0},
		"a sister does not answer":  {[]Holding{hold(3, "Cy", Holder)}, 2, "", false, 0},
		"a deputy does not answer":  {[]Holding{hold(2, "Dee", Deputy), hold(1, "Ann", Holder)}, 2, "Ann", true, 1},
		"who acts answers":          {[]Holding{hold(2, "Eve", Acting)}, 2, "Eve", false, 2},
		"worldwide, asked for as 0": {[]Holding{hold(0, "All", Holder)}, 0, "All", false, 0},
	} {
		got := AnswerIn(c.holdings, mapRegions, c.region)
		who := ""
		if len(got.Holdings) > 0 {
			who = got.Holdings[0].Name
		}
		if who != c.want || got.Above != c.above || got.From.ID != c.from {
			t.Errorf("%s: got %q, above %v, from %d", name, who, got.Above, got.From.ID)
		}
	}
}
