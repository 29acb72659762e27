package itsm

import (
	"fmt"
	"testing"
)

func TestWhatBecomesOfAColumn(t *testing.T) {
	role := func(id int64, k RoleKind, name string) Role { return Role{ID: id, Kind: k, Name: name} }
	target := []Role{role(1, Owner, "Event owner"), role(2, Manager, "Operations manager"), role(3, Practitioner, "Operator")}
	for name, c := range map[string]struct {
		role      Role
		elsewhere bool
		target    []Role
		fate      ColumnFate
		by        int64
	}{
		"the Owner becomes the Owner":                  {role(9, Owner, "Owner"), true, target, Replaced, 1},
		"the one Manager becomes the one Manager":      {role(9, Manager, "Manager"), true, target, Replaced, 2},
		"of two Managers none is meant":                {role(9, Manager, "Manager"), false, append(target, role(4, Manager, "Night manager")), Remains, 0},
		"of two Managers the one of the name is":       {role(9, Manager, "night Manager"), false, append(target, role(4, Manager, "Night manager")), Replaced, 4},
		"a practitioner of the same name becomes it":   {role(9, Practitioner, "operator"), true, target, Replaced, 3},
		"one that is used here alone moves along":      {role(9, Practitioner, "Watcher"), false, target, Along, 0},
		"one that is used elsewhere remains":           {role(9, Practitioner, "Watcher"), true, target, Remains, 0},
		"a Manager never becomes a practitioner":       {role(9, Manager, "Operator"), false, target[2:], Remains, 0},
		"an Owner stays where there is none to become": {role(9, Owner, "Owner"), false, nil, Remains, 0},
	} {
		if got := MoveColumn(c.role, c.elsewhere, c.target); got.Fate != c.fate || got.By.ID != c.by {
			t.Errorf("%s: %s by %d", name, got.Fate, got.By.ID)
		}
	}
}

func TestWhoTurnsWhenLettersGoToAnotherHat(t *testing.T) {
	regions := []RegionRef{{ID: 1, Name: "EMEA"}, {ID: 2, Name: "Germany", ParentID: 1}, {ID: 3, Name: "APAC"}}
	held := []Holding{
		{RoleID: 9, Name: "Marta", RegionID: 2, Region: "Germany"}, {RoleID: 9, Name: "Ravi", RegionID: 3, Region: "APAC"},
		{RoleID: 9, Name: "Ravi", RegionID: 3, Region: "APAC", Capacity: Deputy}, {RoleID: 2, Name: "Ana", RegionID: 1, Region: "EMEA"}, {RoleID: 0, Name: "Nobody"},
	}
	c := ColumnMove{Role: Role{ID: 9}, By: Role{ID: 2}}
	c.Worn(held, regions)
	if got := fmt.Sprint(c.Was, c.Now, c.Bare); got != "[Marta Ravi] [Ana] [APAC]" {
		t.Errorf("turns %s", got)
	}
	fresh := ColumnMove{Role: Role{ID: 9}}
	fresh.Worn(held, regions)
	if len(fresh.Was) != 2 || len(fresh.Now)+len(fresh.Bare) > 0 {
		t.Errorf("a hat that is made only then: %+v", fresh)
	}
}
