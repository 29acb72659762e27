package store_test

import (
	"fmt"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// The hats of a large supplier come by pages, which together are all of them, once each; a file has them whole.
func TestTheHatsOfACompanyComeByPages(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), storetest.New(t)
	id := must[int64](t)
	firm := id(db.AddCompany(ctx, op, itsm.Company{Name: "Cables", Kind: "supplier"}))
	ann := id(db.AddPerson(ctx, op, itsm.Person{Name: "Ann", CompanyID: firm}))
	var roles []int64
	for i := range itsm.HatsPage + 3 {
		practice := id(db.AddPractice(ctx, op, itsm.Practice{Name: fmt.Sprintf("Practice %02d", i), Category: "service", State: itsm.InUse}))
		roles = append(roles, roleOf(t, db, practice, itsm.Practitioner))
	}
	must[[]int64](t)(db.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: roles, PersonIDs: []int64{ann}, From: storetest.Today, Announced: true}))
	page := func(n int) store.CompanyPage {
		return must[store.CompanyPage](t)(db.Company(ctx, op, firm, storetest.Today, n))
	}
	seen := map[int64]bool{}
	for n, want := range []int{len(roles), itsm.HatsPage, 3, 0} {
		got := page(n)
		if len(got.Hats) != want || got.Company.Hats != len(roles) || want > 0 && got.Worn != len(roles) {
			t.Errorf("page %d has %d hats of %d (%d), want %d", n, len(got.Hats), got.Worn, got.Company.Hats, want)
		}
		for _, h := range got.Hats {
			if n > 0 && seen[h.AssignmentID] {
				t.Errorf("%s stands on two pages", h.ScopeName)
			}
			seen[h.AssignmentID] = seen[h.AssignmentID] || n > 0
		}
	}
	if len(seen) != len(roles) {
		t.Errorf("%d hats on all pages, want %d", len(seen), len(roles))
	}
}
