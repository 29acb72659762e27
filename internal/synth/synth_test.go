package synth_test

import (
	"testing"

	"hatrack/internal/store/storetest"
	"hatrack/internal/synth"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// little is a scale small enough to build twice.
var little = synth.Scale{Name: "XS", People: 400, Assignments: 2000, Practices: 2, Processes: 4, Activities: 40, Teams: 16, Companies: 4}

func build(t *testing.T, s synth.Scale, seed uint64) (*storetest.DB, synth.Landmarks) {
	t.Helper()
	db := storetest.New(t)
	marks, err := synth.Build(t.Context(), db.Store, storetest.Operator, s, seed, storetest.Today, func(string, int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return db, marks
}

// everything is a hash over what a generated organisation holds.
const everything = `SELECT md5(
	(SELECT string_agg(p::text, '|' ORDER BY id) FROM person p) || (SELECT string_agg(a::text, '|' ORDER BY id) FROM assignment a) ||
	(SELECT string_agg(c::text, '|' ORDER BY id) FROM raci_cell c) || (SELECT string_agg(m::text, '|' ORDER BY id) FROM membership m))`

func TestSameSeedSameOrganisation(t *testing.T) {
	t.Parallel()
	one, _ := build(t, little, 7)
	two, _ := build(t, little, 7)
	other, _ := build(t, little, 8)
	hash := storetest.Value[string](t, one, everything)
	if storetest.Value[string](t, two, everything) != hash {
		t.Error("the same seed made two organisations")
	}
	if storetest.Value[string](t, other, everything) == hash {
		t.Error("another seed made the same organisation")
	}
}

func TestHoldsWhatItSays(t *testing.T) {
	t.Parallel()
	db, _ := build(t, little, 1)
	for what, c := range map[string]struct {
		sql  string
		want int
	}{
		"people":                      {`SELECT count(*)::int FROM person`, 400},
		"assignments":                 {`SELECT count(*)::int FROM assignment a JOIN role r ON r.id = a.role_id WHERE r.practice_id IS NOT NULL OR r.process_id IS NOT NULL OR r.service_id IS NOT NULL`, 2000 + 94},
		"processes":                   {`SELECT count(*)::int FROM process`, 4 + 2},
		"activities":                  {`SELECT count(*)::int FROM step`, 40 + 73},
		"rows without an event":       {`SELECT count(*)::int FROM assignment a WHERE NOT EXISTS (SELECT FROM change c WHERE c.table_name = 'assignment' AND c.row_id = a.id)`, 0},
		"people with one hat twice":   {`SELECT count(*)::int FROM (SELECT FROM assignment WHERE person_id IS NOT NULL AND capacity = 'holder' AND role_kind = 'practitioner' GROUP BY role_id, person_id HAVING count(*) > 1) x`, 0},
		"kinds of things that happen": {`SELECT ((SELECT count(*) FROM absence) > 0)::int + ((SELECT count(*) FROM assignment WHERE capacity = 'acting') > 0)::int + ((SELECT count(*) FROM assignment WHERE team_id IS NOT NULL) > 0)::int`, 3},
	} {
		if n := storetest.Value[int](t, db, c.sql); n != c.want {
			t.Errorf("%s: %d, want %d", what, n, c.want)
		}
	}
}

// What is measured at one scale is compared with what is measured at another, so it has to be the same.
func TestLandmarksAreTheSameInEveryScale(t *testing.T) {
	t.Parallel()
	larger := little
	larger.Name, larger.People, larger.Assignments, larger.Teams, larger.Processes, larger.Activities = "XM", 1000, 5000, 40, 6, 60
	const told = `SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
		SELECT concat_ws(' ', p.name, s.name, r.name, c.letters, c.note) AS line
		FROM process p JOIN process_version v ON v.process_id = p.id JOIN step s ON s.version_id = v.id
		JOIN raci_cell c ON c.version_id = v.id AND c.activity_id = s.activity_id JOIN role r ON r.id = c.role_id WHERE p.id IN ($1, $2)
		UNION ALL
		SELECT concat_ws(' ', r.name, w.name, t.name, a.during, g.name) FROM assignment a JOIN role r ON r.id = a.role_id LEFT JOIN person w ON w.id = a.person_id
		LEFT JOIN team t ON t.id = a.team_id LEFT JOIN region g ON g.id = a.region_id
		WHERE a.person_id = $3 OR r.process_id IN ($1, $2)) x`
	small, at := build(t, little, 1)
	large, beside := build(t, larger, 1)
	if storetest.Value[string](t, small, told, at.Matrix, at.Square, at.Person) != storetest.Value[string](t, large, told, beside.Matrix, beside.Square, beside.Person) {
		t.Error("the landmarks differ")
	}
	hats := storetest.Value[int](t, small, `SELECT count(*)::int FROM assignment WHERE person_id = $1`, at.Person)
	cells := storetest.Value[int](t, small, `SELECT (SELECT count(*) FROM step s WHERE s.version_id = v.id)::int * (SELECT count(*) FROM raci_column c WHERE c.version_id = v.id)::int FROM process_version v WHERE process_id = $1`, at.Matrix)
	if hats != 12 || cells != 720 {
		t.Errorf("%d hats and %d cells, want 12 and 720", hats, cells)
	}
}

// TestSteeringAgrees holds the figures of the steering page to their lists in a generated organisation, with clocks set.
func TestSteeringAgrees(t *testing.T) {
	t.Parallel()
	db, _ := build(t, little, 3)
	by := storetest.Operator
	by.Today = storetest.Today
	storetest.SteeringAgrees(t, db.Store, by)
	by.Today = by.Today.AddDate(0, 9, 0)
	storetest.SteeringAgrees(t, db.Store, by)
}
