package store_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// The roles of the organisation are compared, ticked, adopted as one event and undone, like practices.
func TestAdoptsRolesOfTheOrganisation(t *testing.T) {
	db := storetest.New(t)
	p := library.Organisation()
	names := func() (list []string) {
		for _, r := range must[[]itsm.Role](t)(db.OrganisationRoles(t.Context(), op)) {
			list = append(list, r.Name)
		}
		return list
	}
	before := strings.Join(names(), ", ")
	if before != "SMS owner, SMO lead, SMO member" {
		t.Fatalf("it begins with %s", before)
	}
	if err := db.AdoptRoles(t.Context(), op, p, nil); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("nothing ticked: %v", err)
	}
	ticks := []string{"role.sms-manager", "role.internal-auditor", "role.smo-lead", "text.sms-owner"}
	ok(t, db.AdoptRoles(t.Context(), op, p, ticks))
	if got := strings.Join(names(), ", "); got != "SMS owner, SMO lead, SMS manager, Internal auditor, SMO member" {
		t.Errorf("adopted: %s", got)
	}
	if n := count(t, db, `role WHERE outside_office AND name = 'Internal auditor' AND responsibilities <> '' AND wanted_min IS NULL`); n != 1 {
		t.Error("the auditor stands inside the office, or says nothing")
	}
	conflicts(t, db.AdoptRoles(t.Context(), op, p, ticks), "Nothing was added")
	g := must[store.Governing](t)(db.Governing(t.Context(), op, storetest.Today))
	if len(g.Recent) == 0 || !g.Recent[0].Undoes {
		t.Fatalf("it is not undone from the history: %+v", g.Recent)
	}
	ok(t, db.Undo(t.Context(), op, g.Recent[0].EventID))
	if got := strings.Join(names(), ", "); got != before {
		t.Errorf("after the undo: %s", got)
	}

	// What is empty is filled where it is ticked, and nothing else.
	lead := storetest.Value[int64](t, db, `SELECT id FROM role WHERE name = 'SMO lead'`)
	ok(t, db.EditRole(t.Context(), op, itsm.Role{ID: lead, Kind: itsm.Manager, Name: "SMO lead", Purpose: "Ours.", Counter: storetest.Value[int64](t, db, `SELECT counter FROM role WHERE id = $1`, lead)}))
	ok(t, db.AdoptRoles(t.Context(), op, p, []string{"text.smo-lead"}))
	if n := count(t, db, `role WHERE id = $1 AND purpose = 'Ours.' AND responsibilities LIKE 'Keeps practices%'`, lead); n != 1 {
		t.Error("the empty texts were not filled, or the purpose was lost")
	}
	// Somebody wears an adopted hat: it is not taken away any more.
	ok(t, db.AdoptRoles(t.Context(), op, p, []string{"role.internal-auditor"}))
	someone := must[int64](t)(db.AddPerson(t.Context(), op, itsm.Person{Name: "Ana Ruiz"}))
	auditor := storetest.Value[int64](t, db, `SELECT id FROM role WHERE name = 'Internal auditor'`)
	must[[]int64](t)(db.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{auditor}, PersonIDs: []int64{someone}, From: storetest.Today, Announced: true}))
	event := storetest.Value[int64](t, db, `SELECT max(id) FROM event WHERE summary LIKE 'adopted %' AND id NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL)`)
	if err := db.Undo(t.Context(), op, event); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("undone under its holder: %v", err)
	}
}

// Who wears a role outside the office may do nothing by it; the office itself may adopt, others may not.
func TestRolesOutsideTheOfficeGiveNoRights(t *testing.T) {
	s := buildMatrix(t)
	p := library.Organisation()
	ok(t, s.AdoptRoles(t.Context(), op, p, []string{"role.internal-auditor", "role.sms-manager"}))
	auditor := storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = 'Internal auditor'`)
	must[[]int64](t)(s.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{auditor}, PersonIDs: []int64{s.henrik}, From: storetest.Today, Announced: true}))
	must[int64](t)(s.AddAccount(t.Context(), op, itsm.NewAccount{PersonID: s.henrik, Email: "henrik@tallgrass.example"}))
	by := must[itsm.Actor](t)(s.ActorOf(t.Context(), "henrik@tallgrass.example"))
	if len(by.Hats) != 1 || !by.Hats[0].Outside || by.Wears(itsm.SMO) || by.LeadsOffice() {
		t.Errorf("the auditor's hat: %+v", by.Hats)
	}
	for _, act := range itsm.Actions() {
		reader := itsm.Actor{AccountID: by.AccountID, PersonID: by.PersonID, Today: by.Today}
		if by.Can(act, itsm.Scope{}) != reader.Can(act, itsm.Scope{}) {
			t.Errorf("the hat lets them %s", act)
		}
	}
	if err := s.AdoptRoles(t.Context(), by, p, []string{"role.smo-member"}); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("they adopt: %v", err)
	}
	external := s.actor(s.henrik)
	external.External, external.Sees = true, []int64{}
	if _, err := s.Governing(t.Context(), external, storetest.Today); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("an external reads the roles of the organisation: %v", err)
	}
	if _, err := s.AddRole(t.Context(), op, itsm.Role{Kind: itsm.Practitioner, Name: "X", PracticeID: s.practice, OutsideOffice: true}); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("a practice's role stands outside the office: %v", err)
	}
}

// What is overdue for review among the roles of the organisation stands on their page, as it stands in the list of gaps.
func TestOverdueReviewsOfTheOrganisation(t *testing.T) {
	db := storetest.New(t)
	lead := storetest.Value[int64](t, db, `SELECT id FROM role WHERE name = 'SMO lead'`)
	r := itsm.Role{ID: lead, Kind: itsm.Manager, Name: "SMO lead", Counter: storetest.Value[int64](t, db, `SELECT counter FROM role WHERE id = $1`, lead), Clock: itsm.Clock{ReviewMonths: 6}}
	ok(t, db.EditRole(t.Context(), op, r))
	late := storetest.Today.AddDate(1, 0, 0)
	g := must[store.Governing](t)(db.Governing(t.Context(), op, late))
	found := 0
	for _, gap := range g.Gaps {
		if gap.Code == "review-overdue" && gap.RoleID == lead {
			found++
		}
	}
	if found != 1 {
		t.Errorf("%d overdue reviews on the page: %+v", found, g.Gaps)
	}
	onList, onPage := map[string]int{}, map[string]int{}
	for l, err := range db.GapRows(t.Context(), op, late, itsm.GapFilter{}) {
		if ok(t, err); l.RoleID != 0 && l.PracticeID+l.ProcessID+l.ServiceID == 0 {
			onList[l.Code]++
		}
	}
	for _, gap := range g.Gaps {
		onPage[gap.Code]++
	}
	if !maps.Equal(onList, onPage) {
		t.Errorf("%v on the page, %v in the list", onPage, onList)
	}
}
