package store_test

import (
	"fmt"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// A deputy stands in where a holder who counts is away: of the same service, or of all, and once they have accepted where
// that is asked for. Rights, the map and the matrix agree.
func TestADeputyStandsInForTheAbsentOfTheirPlace(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	facts(t, db, manyHats)
	manager := storetest.Value[int64](t, db, `SELECT min(id) FROM role WHERE kind = 'manager' AND practice_id IS NOT NULL`)
	practice := storetest.Value[int64](t, db, `SELECT practice_id FROM role WHERE id = $1`, manager)
	give := func(person int, capacity, service, acceptance string) {
		facts(t, db, fmt.Sprintf(`INSERT INTO assignment (role_id, role_kind, person_id, during, service_id, capacity, state, acceptance, recorded_on, decided_on, reason)
			SELECT %d, 'manager', p.id, daterange(date '2026-11-01', NULL), (SELECT id FROM service WHERE name = '%s'), '%s', 'appointed', '%s', date '2026-11-01', date '2026-11-01', ''
			FROM person p WHERE p.name = 'Person %d'`, manager, service, capacity, acceptance, person))
	}
	give(1, "holder", "Payroll", "told")
	give(2, "holder", "Mail", "accepted")
	give(4, "deputy", "Payroll", "accepted")
	give(5, "deputy", "Mail", "accepted")
	give(7, "deputy", "", "accepted")
	stand := func(away int, want string) {
		t.Helper()
		facts(t, db, fmt.Sprintf(`INSERT INTO absence (person_id, during) SELECT id, daterange(date '2026-11-20', date '2026-12-01') FROM person WHERE name = 'Person %d'`, away))
		worn := storetest.Value[string](t, db, `SELECT COALESCE(string_agg(p.name, ', ' ORDER BY p.id), '') FROM worn($1) w JOIN person p ON p.id = w.person_id WHERE w.role_id = $2 AND w.stands_in`, storetest.Today, manager)
		matrices, _, err := db.PracticeGaps(t.Context(), storetest.Operator, practice, storetest.Today)
		ok(t, err)
		held := ""
		for _, h := range matrices[0].Columns[matrices[0].Column(manager)].Holdings {
			if h.StandsIn {
				if held != "" {
					held += ", "
				}
				held += h.Name
			}
		}
		m, err := db.HatMap(t.Context(), storetest.Operator, itsm.MapFilter{Kind: itsm.Manager, Sort: "name"}, storetest.Today)
		ok(t, err)
		mapped := ""
		for _, row := range m.Rows {
			if len(row.Hats) > 0 && row.Hats[0].Capacity == itsm.Deputy {
				if mapped != "" {
					mapped += ", "
				}
				mapped += row.Name
			}
		}
		if worn != want || held != want || mapped != want {
			t.Errorf("with Person %d away, by rights %q, by the matrix %q, by the map %q; want %q", away, worn, held, mapped, want)
		}
		facts(t, db, `DELETE FROM absence`)
	}
	leaver := storetest.Value[int64](t, db, `SELECT id FROM person WHERE name = 'Person 1'`)
	if d := must[itsm.Departure](t)(db.Departure(t.Context(), leaver, storetest.Today)); len(d.Cut) != 1 || !d.Cut[0].Vacant {
		t.Errorf("who wears it for another service fills what the leaver leaves: %+v", d.Cut)
	}
	stand(1, "Person 4, Person 7")
	stand(2, "Person 5, Person 7")
	facts(t, db, `UPDATE organisation SET count_accepted = true`)
	stand(1, "")
	stand(2, "Person 5, Person 7")
}
