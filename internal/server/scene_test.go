package server_test

import (
	"strconv"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func itoa(id int64) string { return strconv.FormatInt(id, 10) }

// scene is Incident management with a process of three activities, its roles, regions and people.
type scene struct {
	site
	practice, process               int64
	log, sort, fix                  int64 // the activities
	owner, manager, analyst         int64 // the roles
	emea, germany, apac             int64
	lead, marta, jonas, ana, reader int64
	desk, acme                      int64
}

func setScene(t *testing.T) scene {
	t.Helper()
	s := scene{site: serve(t)}
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	s.emea = id(s.AddRegion(ctx, op, itsm.Region{Name: "EMEA"}))
	s.germany = id(s.AddRegion(ctx, op, itsm.Region{Name: "Germany", ParentID: s.emea}))
	s.apac = id(s.AddRegion(ctx, op, itsm.Region{Name: "APAC"}))
	s.lead, s.marta, s.jonas = s.person("Ingrid Solberg"), s.person("Marta Nowak"), s.person("Jonas Weber")
	s.ana, s.reader = s.person("Ana Souza"), s.person("Priya Raman")
	s.desk = id(s.AddTeam(ctx, op, itsm.Team{Name: "Service desk", LeadID: s.ana}))
	s.acme = id(s.AddCompany(ctx, op, itsm.Company{Name: "Corvid Networks", Kind: "supplier", OurContactID: s.marta}))
	s.practice = id(s.AddPractice(ctx, op, itsm.Practice{Name: "Incident management", Category: "service", State: "in use"}))
	s.process = id(s.AddProcess(ctx, op, itsm.Process{PracticeID: s.practice, Name: "Handle an incident", Kind: itsm.Daily}))
	for at, step := range []struct {
		id   *int64
		name string
	}{{&s.log, "Log"}, {&s.sort, "Categorise"}, {&s.fix, "Restore"}} {
		*step.id = id(s.AddActivity(ctx, op, s.process, itsm.Step{Name: step.name}, at+1, store.Latest))
	}
	role := func(kind string) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = $2`, s.practice, kind)
	}
	s.owner, s.manager, s.analyst = role("owner"), role("manager"), role("practitioner")
	s.cell(s.log, s.analyst, itsm.LetterR)
	s.cell(s.log, s.manager, itsm.LetterA)
	s.cell(s.sort, s.analyst, itsm.LetterR)
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = 'SMO lead'`), s.lead, 0)
	return s
}

// recordedBefore lets all that was written so far have been written long ago.
func (s scene) recordedBefore() {
	s.t.Helper()
	if err := s.DB.Exec(s.t, `ALTER TABLE event DISABLE TRIGGER USER; UPDATE event SET at = at - interval '9 months'`); err != nil {
		s.t.Fatal(err)
	}
}

func (s scene) cell(activity, role int64, letters itsm.Letters) {
	s.t.Helper()
	err := s.SetCell(s.t.Context(), storetest.Operator, store.CellEdit{ProcessID: s.process, ActivityID: activity, RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: letters}})
	if err != nil {
		s.t.Fatal(err)
	}
}

// wear appoints a person from today on and returns the assignment.
func (s scene) wear(role, person, region int64) int64 {
	s.t.Helper()
	return must[[]int64](s.t)(s.Appoint(s.t.Context(), storetest.Operator, itsm.NewAssignment{
		RoleIDs: []int64{role}, PersonIDs: []int64{person}, RegionID: region, From: storetest.Today, Announced: true}))[0]
}
