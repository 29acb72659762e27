package store_test

import (
	"fmt"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// Pages that begin behind a person hold, one after the other and back, what the whole list holds, whatever its order.
func TestDirectoryIsWalkedByPeople(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, fmt.Sprintf(`
		INSERT INTO person (name, sort_name, title, department, region_id, company_id)
		SELECT 'Extra ' || n, 'Extra ' || n %% 20, 'Title ' || n %% 3, 'Department ' || n %% 5, CASE n %% 4 WHEN 0 THEN %d WHEN 1 THEN %d END, CASE WHEN n %% 7 = 0 THEN %d END FROM generate_series(1, 130) n`, h.emea, h.germany, h.acme))
	for _, sort := range append([]string{""}, itsm.PeopleSorts...) {
		for _, down := range []bool{false, true} {
			f := itsm.PeopleFilter{Sort: sort, Descending: down, Text: "e"}
			var whole, walked []int64
			for p, err := range h.PeopleRows(t.Context(), h.lead, f, storetest.Today) {
				ok(t, err)
				whole = append(whole, p.ID)
			}
			page := func(f itsm.PeopleFilter) store.Directory {
				d, err := h.People(t.Context(), h.lead, f, storetest.Today)
				ok(t, err)
				return d
			}
			d := page(f)
			first := d.People
			for n := 2; ; n++ {
				for _, p := range d.People {
					walked = append(walked, p.ID)
				}
				if !d.More || n > 9 {
					break
				}
				behind, numbered := f, f
				behind.Page, behind.After, numbered.Page = n, d.People[len(d.People)-1].ID, n
				if d = page(behind); fmt.Sprint(d.People) != fmt.Sprint(page(numbered).People) {
					t.Errorf("%q %v: page %d differs by its number", sort, down, n)
				}
				if n == 2 {
					before := f
					before.Page, before.Before = 1, d.People[0].ID
					if back := page(before); fmt.Sprint(back.People) != fmt.Sprint(first) || !back.More {
						t.Errorf("%q %v: the way back leads elsewhere", sort, down)
					}
				}
			}
			if fmt.Sprint(walked) != fmt.Sprint(whole) || len(whole) < 130 {
				t.Errorf("%q %v: walked\n%v, whole\n%v", sort, down, walked, whole)
			}
		}
	}
}
