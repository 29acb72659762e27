package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// chairOf is a Manager's hat with its practice, to see who stands in on it.
type chairOf struct {
	*storetest.DB
	manager, practice int64
}

func buildChair(t *testing.T) chairOf {
	t.Helper()
	db := storetest.New(t)
	facts(t, db, manyHats)
	manager := storetest.Value[int64](t, db, `SELECT min(id) FROM role WHERE kind = 'manager' AND practice_id IS NOT NULL`)
	return chairOf{db, manager, storetest.Value[int64](t, db, `SELECT practice_id FROM role WHERE id = $1`, manager)}
}

func (c chairOf) give(t *testing.T, person int, capacity, service, acceptance string) {
	t.Helper()
	until := "NULL"
	if capacity == "acting" {
		until = "date '2027-06-01'"
	}
	facts(t, c.DB, fmt.Sprintf(`INSERT INTO assignment (role_id, role_kind, person_id, during, service_id, capacity, state, acceptance, recorded_on, decided_on, reason)
		SELECT %d, 'manager', p.id, daterange(date '2026-11-01', %s), (SELECT id FROM service WHERE name = '%s'), '%s', 'appointed', '%s', date '2026-11-01', date '2026-11-01', ''
		FROM person p WHERE p.name = 'Person %d'`, c.manager, until, service, capacity, acceptance, person))
}

func (c chairOf) away(t *testing.T, people ...int) {
	t.Helper()
	facts(t, c.DB, `DELETE FROM absence`)
	for _, n := range people {
		facts(t, c.DB, fmt.Sprintf(`INSERT INTO absence (person_id, during) SELECT id, daterange(date '2026-11-20', date '2026-12-01') FROM person WHERE name = 'Person %d'`, n))
	}
}

func (c chairOf) person(t *testing.T, n int) int64 {
	t.Helper()
	return storetest.Value[int64](t, c.DB, `SELECT id FROM person WHERE name = $1`, fmt.Sprint("Person ", n))
}

// stand holds who stands in while somebody is away to what rights, matrix, map and gaps say: so, and signs for them.
func (c chairOf) stand(t *testing.T, away int, want string) {
	t.Helper()
	c.away(t, away)
	worn := storetest.Value[string](t, c.DB, `SELECT COALESCE(string_agg(p.name, ', ' ORDER BY p.id), '') FROM worn($1) w JOIN person p ON p.id = w.person_id WHERE w.role_id = $2 AND w.stands_in`, storetest.Today, c.manager)
	matrices, _, err := c.PracticeGaps(t.Context(), storetest.Operator, c.practice, storetest.Today)
	ok(t, err)
	var held, mapped []string
	for _, h := range matrices[0].Columns[matrices[0].Column(c.manager)].Holdings {
		if h.StandsIn {
			held = append(held, h.Name)
		}
		if h.PersonID != c.person(t, away) || h.Capacity == itsm.Deputy {
			continue
		}
		if a := matrices[0].Holds(c.manager, 0, h.ServiceID); a.SignsFor != nil != (want != "") || want != "" && !strings.Contains(want, a.SignsFor.Name) {
			t.Errorf("with Person %d away, signing: %+v", away, a.SignsFor)
		}
	}
	m, err := c.HatMap(t.Context(), storetest.Operator, itsm.MapFilter{Kind: itsm.Manager, Sort: "name"}, storetest.Today)
	ok(t, err)
	for _, row := range m.Rows {
		if slices.ContainsFunc(row.Hats, func(h itsm.MapHat) bool { return h.Capacity == itsm.Deputy }) {
			mapped = append(mapped, row.Name)
		}
	}
	if held, mapped := strings.Join(held, ", "), strings.Join(mapped, ", "); worn != want || held != want || mapped != want {
		t.Errorf("with Person %d away, by rights %q, by the matrix %q, by the map %q; want %q", away, worn, held, mapped, want)
	}
	gaps, err := c.PersonGaps(t.Context(), storetest.Operator, c.person(t, away), storetest.Today)
	ok(t, err)
	if slices.ContainsFunc(gaps, func(g itsm.Gap) bool { return g.Code == "absent-uncovered" }) != (want == "") {
		t.Errorf("with Person %d away: %s", away, codes(gaps))
	}
}

// A deputy stands in where a holder who counts is away: of the same service, or of all, and once they have accepted where
// that is asked for. Rights, the map, the matrix and the gaps agree.
func TestADeputyStandsInForTheAbsentOfTheirPlace(t *testing.T) {
	t.Parallel()
	c := buildChair(t)
	c.answersForAll(t)
	c.give(t, 1, "holder", "Payroll", "told")
	c.give(t, 2, "holder", "Mail", "accepted")
	c.give(t, 4, "deputy", "Payroll", "accepted")
	c.give(t, 5, "deputy", "Mail", "accepted")
	c.give(t, 7, "deputy", "", "accepted")
	leaver := c.person(t, 1)
	if d := must[itsm.Departure](t)(c.Departure(t.Context(), leaver, storetest.Today, storetest.Today)); len(d.Cut) != 1 || d.Cut[0].Acts == nil || d.Cut[0].Acts.Person.Name != "Person 4" {
		t.Errorf("not the deputy of that service acts where the leaver leaves it vacant: %+v", d.Cut)
	}
	c.stand(t, 1, "Person 4, Person 7")
	c.stand(t, 2, "Person 5, Person 7")
	facts(t, c.DB, `UPDATE organisation SET count_accepted = true`)
	c.away(t, 1)
	if n := storetest.Value[int](t, c.DB, `SELECT count(*) FROM worn($1) WHERE stands_in`, storetest.Today); n != 0 {
		t.Errorf("%d stand in for one whose hat does not count yet", n)
	}
	c.stand(t, 2, "Person 5, Person 7")
}

func (c chairOf) answersForAll(t *testing.T) {
	t.Helper()
	facts(t, c.DB, fmt.Sprintf(`UPDATE raci_cell SET letters = 'A' WHERE role_id = %d`, c.manager))
}

// Who acts sits in the chair on these days: a deputy signs for them when they are away, as for a holder; but nobody for
// themselves.
func TestADeputyStandsInForWhoeverActs(t *testing.T) {
	t.Parallel()
	c := buildChair(t)
	c.answersForAll(t)
	c.give(t, 1, "acting", "Payroll", "accepted")
	c.give(t, 1, "deputy", "", "accepted")
	c.give(t, 2, "acting", "Mail", "accepted")
	c.give(t, 4, "deputy", "Payroll", "accepted")
	c.stand(t, 1, "Person 4")
	c.stand(t, 2, "Person 1")
	c.away(t, 1, 4)
	for n, want := range map[int]bool{1: true, 2: false} {
		gaps, err := c.PersonGaps(t.Context(), storetest.Operator, c.person(t, n), storetest.Today)
		ok(t, err)
		if slices.ContainsFunc(gaps, func(g itsm.Gap) bool { return g.Code == "absent-uncovered" }) != want {
			t.Errorf("with their deputy away too, Person %d: %s", n, codes(gaps))
		}
	}
}

// An Owner who is away leaves what stands without an A to nobody, unless a deputy signs; as where the A is theirs.
func TestADeputyStandsInForAnOwnerWithoutAnA(t *testing.T) {
	t.Parallel()
	c := buildChair(t)
	owner := storetest.Value[int64](t, c.DB, `SELECT id FROM role WHERE kind = 'owner' AND practice_id = $1`, c.practice)
	give := func(person, capacity string) {
		facts(t, c.DB, fmt.Sprintf(`INSERT INTO assignment (role_id, role_kind, person_id, during, capacity, state, acceptance, recorded_on, decided_on, reason)
			SELECT %d, 'owner', p.id, daterange(date '2026-11-01', NULL), '%s', 'appointed', 'accepted', date '2026-11-01', date '2026-11-01', '' FROM person p WHERE p.name = '%s'`, owner, capacity, person))
	}
	give("Person 1", "holder")
	c.away(t, 1)
	check := func(sentences, signs string) {
		t.Helper()
		gaps, err := c.PersonGaps(t.Context(), storetest.Operator, c.person(t, 1), storetest.Today)
		ok(t, err)
		got := ""
		for _, g := range gaps {
			if g.Code == "absent-uncovered" {
				got += g.Sentence
			}
		}
		matrices, _, err := c.PracticeGaps(t.Context(), storetest.Operator, c.practice, storetest.Today)
		ok(t, err)
		name, a := "", matrices[0].Answers(matrices[0].Rows[0], 0, 0)
		if a.SignsFor != nil {
			name = a.SignsFor.Name
		}
		if got != sentences || name != signs || a.Explicit {
			t.Errorf("the gap says %q, want %q; %q signs, want %q", got, sentences, name, signs)
		}
	}
	check("As Owner it answers for 3 activities, where no A is set.", "")
	give("Person 2", "deputy")
	check("", "Person 2")
	c.away(t, 1, 2)
	check("As Owner it answers for 3 activities, where no A is set.", "")
}
