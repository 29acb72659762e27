package itsm

import (
	"slices"
	"testing"
)

// entry is a small one: a named role, and a process of two activities.
var entry = LibraryPractice{
	Source: Source{Framework: "ITIL", Version: "4"}, Key: "incident-management", Name: "Incident management", Category: ServiceManagement, Purpose: "Restore.", Profile: "CM",
	Roles:   []LibraryRole{{Name: "Technical specialist", Purpose: "Mends.", Duties: []string{"Diagnoses."}}},
	Aliases: []LibraryName{{Framework: "FitSM 3.0", Name: "Incident & service request management"}},
	Processes: []LibraryProcess{{
		Source: Source{Framework: FitSM, Version: "3.0"}, Name: "Handle an incident", Kind: Daily, Purpose: "From trouble to rest.",
		Activities: []LibraryActivity{{Name: "Log", Text: "Write it down."}, {Name: "Resolve and restore", Text: "Mend it."}},
	}},
}

func TestANewPracticeGetsWhatIsTickedAndItsFirstRoles(t *testing.T) {
	l := entry.Lacks(Adopted{})
	if roles, processes, activities := l.Added(); roles != 4 || processes != 1 || activities != 2 || l.Filled() != 0 {
		t.Errorf("all of it: %d roles, %d processes, %d activities, %d filled", roles, processes, activities, l.Filled())
	}
	if l.Practice.State != Planned || l.Practice.Name != entry.Name {
		t.Errorf("the practice: %+v", l.Practice)
	}
	bare := l.Ticked(nil)
	if roles, processes, _ := bare.Added(); roles != 3 || processes != 0 || bare.Nothing() {
		t.Errorf("nothing ticked: %d roles, %d processes", roles, processes)
	}
	if roles, _, _ := l.Ticked([]string{"role.technical-specialist"}).Added(); roles != 4 {
		t.Errorf("the named role ticked: %d roles", roles)
	}
	if roles, processes, activities := l.Ticked(l.Keys()).Added(); roles != 4 || processes != 1 || activities != 2 {
		t.Errorf("every key ticked: %d, %d, %d", roles, processes, activities)
	}
}

func TestWhatIsThereIsNotOfferedAgain(t *testing.T) {
	owner, manager := NewRole(Owner), NewRole(Manager)
	owner.ID, manager.ID, manager.Name, manager.Authorities = 1, 2, "Incident manager", ""
	has := Adopted{
		Practice: Practice{ID: 7, Name: "Incident management", Purpose: "Ours."},
		Roles:    []Role{owner, manager, {ID: 3, Kind: Practitioner, Name: "Service desk analyst"}},
		Processes: []AdoptedProcess{{ID: 9, Name: "handle an INCIDENT", Purpose: "Ours too.", Editable: true, Steps: []Step{
			{ActivityID: 4, Name: "resolve & restore", Text: "Ours."}, {ActivityID: 5, Name: "Resolve, and restore"}, {ActivityID: 6, Name: "Log"}}}},
	}
	l := entry.Lacks(has)
	var keys []string
	for _, r := range l.Roles {
		keys = append(keys, r.Key())
	}
	// The manager that was renamed lacks its authorities, and the competences of the profile; the practitioners have names.
	if !slices.Equal(keys, []string{"text.incident-manager", "role.technical-specialist"}) {
		t.Errorf("roles offered: %v", keys)
	}
	if l.Roles[0].ID != 2 || l.Roles[0].Responsibilities != manager.Responsibilities || l.Roles[0].Authorities == "" || l.Roles[0].Competences == "" {
		t.Errorf("filled: %+v", l.Roles[0])
	}
	if len(l.Processes) != 1 || len(l.Processes[0].Texts) != 2 || l.Processes[0].Texts[0].ActivityID != 6 || l.Purpose || l.Processes[0].Purpose {
		t.Errorf("processes offered: %+v", l.Processes)
	}
	if got := l.Ticked([]string{"process.handle-an-incident", "purpose"}); !got.Nothing() {
		t.Errorf("ticks of what is there took something: %+v", got)
	}
	full := Adopted{Practice: has.Practice}
	for i, r := range entry.Born() {
		r.ID = int64(i + 1)
		full.Roles = append(full.Roles, r)
	}
	c := entry.Processes[0]
	done := AdoptedProcess{ID: 9, Name: c.Name, Purpose: c.Purpose, Editable: true}
	for _, a := range c.Activities {
		done.Steps = append(done.Steps, Step{Name: a.Name, Text: a.Text})
	}
	full.Processes = []AdoptedProcess{done}
	if l := entry.Lacks(full); !l.Nothing() {
		t.Errorf("what was adopted whole lacks %+v", l)
	}
}

func TestOneInForceIsNotOfferedAnything(t *testing.T) {
	has := Adopted{Practice: Practice{ID: 7}, Processes: []AdoptedProcess{{ID: 9, Name: "Handle an incident"}}}
	if l := entry.Lacks(has); len(l.Processes) != 0 {
		t.Errorf("offered: %+v", l.Processes)
	}
}

func TestCalled(t *testing.T) {
	for name, want := range map[string]bool{
		"incident management": true, "Incident  Management": true, "Incident and service request management": false,
		"incident & service-request management": true, "Incident": false, "": false,
	} {
		if got := entry.Called(name); got != want {
			t.Errorf("called %q: %v", name, got)
		}
	}
	if !entry.Adapted() {
		t.Error("a process of FitSM makes the entry adapted")
	}
}
