package store_test

import (
	"errors"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// undoLast takes the latest event back that is no undo itself.
func undoLast(t *testing.T, db *storetest.DB, by itsm.Actor) error {
	t.Helper()
	return db.Undo(t.Context(), by, storetest.Value[int64](t, db, `SELECT max(id) FROM event`))
}

// What was done to teams, companies and regions is taken back: what stood before stands again.
func TestUndoesTeamsCompaniesAndRegions(t *testing.T) {
	db := storetest.New(t)
	ctx := t.Context()
	ann := must[int64](t)(db.AddPerson(ctx, op, itsm.Person{Name: "Ann Lee"}))
	bob := must[int64](t)(db.AddPerson(ctx, op, itsm.Person{Name: "Bob Ray"}))
	team := must[int64](t)(db.AddTeam(ctx, op, itsm.Team{Name: "Desk", LeadID: ann}))
	company := must[int64](t)(db.AddCompany(ctx, op, itsm.Company{Name: "Corvid", Kind: "supplier", OurContactID: ann}))
	region := must[int64](t)(db.AddRegion(ctx, op, itsm.Region{Name: "EMEA"}))
	during := itsm.Period{From: storetest.Today.AddDate(0, -1, 0)}
	ok(t, db.AddMembership(ctx, op, team, ann, during))
	membership := storetest.Value[int64](t, db, `SELECT max(id) FROM membership`)
	state := func() string {
		t.Helper()
		var all strings.Builder
		for _, table := range []string{"team", "membership", "company", "region"} {
			all.WriteString(storetest.Value[string](t, db, `SELECT COALESCE(string_agg((to_jsonb(x) - 'counter')::text, E'\n' ORDER BY id), '') FROM `+table+` x`) + "\n")
		}
		return all.String()
	}
	before := state()
	for name, do := range map[string]func() error{
		"a name and a lead": func() error {
			return db.EditTeam(ctx, op, itsm.Team{ID: team, Name: "Service desk", LeadID: bob, Counter: latest(t, db, "team", team)})
		},
		"a member who came":  func() error { return db.AddMembership(ctx, op, team, bob, during) },
		"a member who left":  func() error { return db.EndMembership(ctx, op, team, membership, storetest.Today) },
		"a member taken out": func() error { return db.EndMembership(ctx, op, team, membership, during.From.AddDate(0, 0, -1)) },
		"an archived team":   func() error { return db.ArchiveTeam(ctx, op, team, true) },
		"a new team":         func() error { _, err := db.AddTeam(ctx, op, itsm.Team{Name: "Night"}); return err },
		"a company's name": func() error {
			return db.EditCompany(ctx, op, itsm.Company{ID: company, Name: "Corvid Ltd", Kind: "supplier", OurContactID: bob, Counter: latest(t, db, "company", company)})
		},
		"an archived company": func() error { return db.ArchiveCompany(ctx, op, company, true) },
		"a new company": func() error {
			_, err := db.AddCompany(ctx, op, itsm.Company{Name: "Rook", Kind: "customer"})
			return err
		},
		"a region's name": func() error {
			return db.EditRegion(ctx, op, itsm.Region{ID: region, Name: "Europe", Counter: latest(t, db, "region", region)})
		},
		"a new region":              func() error { _, err := db.AddRegion(ctx, op, itsm.Region{Name: "APAC", ParentID: region}); return err },
		"a region that was deleted": func() error { return db.DeleteRegion(ctx, op, region) },
	} {
		ok(t, do())
		if state() == before {
			t.Errorf("%s: nothing changed", name)
		}
		if err := undoLast(t, db, op); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := state(); got != before {
			t.Errorf("%s: it is now\n%s\nand was\n%s", name, got, before)
		}
	}
	if _, recent, err := db.RegionTree(ctx, op, storetest.Today); err != nil || len(recent) == 0 {
		t.Errorf("the page of regions tells nothing of it: %v, %v", recent, err)
	}
}

// latest is the counter of a row.
func latest(t *testing.T, db *storetest.DB, table string, id int64) int64 {
	t.Helper()
	return storetest.Value[int64](t, db, `SELECT counter FROM `+table+` WHERE id = $1`, id)
}

// What changed since is not written over, and what could not be done anew does not come back.
func TestRefusesToUndoWhatChangedSince(t *testing.T) {
	s := build(t)
	ctx := t.Context()
	team := must[int64](t)(s.AddTeam(ctx, s.lead, itsm.Team{Name: "Night desk", LeadID: s.ana}))
	added := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	ok(t, s.EditTeam(ctx, s.lead, itsm.Team{ID: team, Name: "Night shift", LeadID: s.jonas, Counter: latest(t, s.DB, "team", team)}))
	renamed := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	err := s.Undo(ctx, s.lead, added)
	var conflict itsm.Conflict
	if name := storetest.Value[string](t, s.DB, `SELECT name FROM person WHERE id = $1`, s.lead.PersonID); !errors.As(err, &conflict) || !strings.Contains(conflict.Text, name) {
		t.Errorf("the first event, after the second: %v; want the name of %s", err, name)
	}
	// The lead who would come back has left meanwhile.
	facts(t, s.DB, `UPDATE person SET employed = daterange(lower(employed), '2026-11-02') WHERE id = `+itoa(s.ana))
	conflicts(t, s.Undo(ctx, s.lead, renamed), "has left")

	// A team that holds a hat does not go back into the archive, nor out of the world.
	night := must[int64](t)(s.AddTeam(ctx, s.lead, itsm.Team{Name: "Early desk"}))
	born := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	ok(t, s.ArchiveTeam(ctx, s.lead, night, true))
	ok(t, s.ArchiveTeam(ctx, s.lead, night, false))
	back := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	must[[]int64](t)(s.Appoint(ctx, s.lead, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{night}, From: storetest.Today, Announced: true}))
	conflicts(t, s.Undo(ctx, s.lead, back), "still holds hats")
	if err := s.Undo(ctx, s.lead, born); !errors.As(err, &conflict) {
		t.Errorf("a team with a hat is undone: %v", err)
	}
}

// Only who may edit teams, companies and regions may take their changes back, and a team's page offers it to nobody else.
func TestWhoMayUndoTeams(t *testing.T) {
	s := build(t)
	ctx := t.Context()
	team := must[int64](t)(s.AddTeam(ctx, s.lead, itsm.Team{Name: "Night desk"}))
	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	external := s.actor(s.henrik)
	external.External, external.Sees = true, []int64{s.practice}
	for name, by := range map[string]itsm.Actor{
		"reader": s.actor(s.henrik), "external": external, "administrator": {AccountID: 1, PersonID: s.henrik, Administrator: true, Today: storetest.Today},
		"auditor": {AccountID: 1, PersonID: s.henrik, AuditsAll: true, Today: storetest.Today},
		"owner":   s.actor(s.ana, itsm.Hat{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: s.practice}),
	} {
		if err := s.Undo(ctx, by, event); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s undoes it: %v", name, err)
		}
		_, err := s.Event(ctx, by, event)
		if there := !errors.As(err, &itsm.NotFound{}); there == by.External || there && !errors.As(err, &itsm.Forbidden{}) { // externals read of no teams
			t.Errorf("%s is asked: %v", name, err)
		}
		if h, err := s.History(ctx, by, "team", team, itsm.HistoryFilter{}); err == nil && len(h.Records) > 0 && h.Records[0].Undoes {
			t.Errorf("the history offers it to %s", name)
		}
	}
	if h := must[itsm.History](t)(s.History(ctx, s.lead, "team", team, itsm.HistoryFilter{})); len(h.Records) != 1 || !h.Records[0].Undoes {
		t.Errorf("the history does not offer it to the lead: %+v", h.Records)
	}
}
