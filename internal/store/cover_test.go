package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
	"hatrack/migrations"
)

// coverDiffers are the roles of which the cover is not what the assignments say.
const coverDiffers = `
	SELECT COALESCE(string_agg(line, E'\n'), '') FROM (
		(SELECT 'kept ' || c::text AS line FROM role_cover c EXCEPT SELECT 'kept ' || m::text FROM role_cover_made(ARRAY(SELECT id FROM role), NULL) m)
		UNION ALL
		(SELECT 'made ' || m::text FROM role_cover_made(ARRAY(SELECT id FROM role), NULL) m EXCEPT SELECT 'made ' || c::text FROM role_cover c)
		UNION ALL
		(SELECT 'kept ' || p::text FROM role_place p EXCEPT SELECT 'kept ' || m::text FROM role_place_made(ARRAY(SELECT id FROM role), NULL) m)
		UNION ALL
		(SELECT 'made ' || m::text FROM role_place_made(ARRAY(SELECT id FROM role), NULL) m EXCEPT SELECT 'made ' || p::text FROM role_place p)) d`

// gapsDiffer compares what the cover says about a day with what adding up all assignments says, the way gaps were found
// before there was a cover: row by row, and what is counted role by role.
const gapsDiffer = `
	WITH old AS (SELECT * FROM gaps_by_hand($1, $2, $3)), whole AS (SELECT * FROM gaps_on($1, $2, $3, NULL)), counted AS (SELECT * FROM gaps_on($1, $2, $3, $4)),
	told AS (
		SELECT code, severity, practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id,
		       COALESCE(gap_number(code, role_id, region_id, $1, CASE WHEN NOT $3 THEN $2 END), n) AS n FROM whole
	), number AS (
		SELECT code, role_id, sum(CASE WHEN assignment_id IS NULL AND code IN ('not-accepted', 'ends-soon') THEN n ELSE 1 END) AS n FROM counted GROUP BY 1, 2
	), single AS (
		SELECT c.code, c.role_id, s.region_id, s.assignment_id FROM counted c CROSS JOIN LATERAL gap_singles(c.code, c.role_id, $1, $2, $3) s WHERE c.assignment_id IS NULL
		UNION ALL SELECT code, role_id, region_id, assignment_id FROM counted WHERE assignment_id IS NOT NULL AND code IN ('not-accepted', 'ends-soon')
	)
	SELECT COALESCE(string_agg(line, E'\n'), '') FROM (
		(SELECT 'not found: ' || o::text AS line FROM old o EXCEPT ALL SELECT 'not found: ' || t::text FROM told t)
		UNION ALL
		(SELECT 'too much: ' || t::text FROM told t EXCEPT ALL SELECT 'too much: ' || o::text FROM old o)
		UNION ALL
		(SELECT 'counted: ' || c::text FROM number c EXCEPT SELECT 'counted: ' || o::text FROM (SELECT code, role_id, count(*) FROM old GROUP BY 1, 2) o)
		UNION ALL
		(SELECT 'singles: ' || s::text FROM single s EXCEPT ALL SELECT 'singles: ' || o::text FROM (SELECT code, role_id, region_id, assignment_id FROM old WHERE code IN ('not-accepted', 'ends-soon')) o)
		UNION ALL
		(SELECT 'no singles: ' || o::text FROM (SELECT code, role_id, region_id, assignment_id FROM old WHERE code IN ('not-accepted', 'ends-soon')) o EXCEPT ALL SELECT 'no singles: ' || s::text FROM single s)) d`

// gapsByHand is gaps_on as it was, under another name; but each place is judged service by service, and who holds a hat in two counts once.
func gapsByHand(t *testing.T) string {
	t.Helper()
	text, err := migrations.Files.ReadFile("0008_gaps.up.sql")
	ok(t, err)
	_, sql, found := strings.Cut(string(text), "CREATE FUNCTION gaps_on(")
	body, _, ended := strings.Cut(sql, "\nEND $$;")
	if !found || !ended {
		t.Fatal("migration 8 does not make gaps_on")
	}
	for _, change := range [][2]string{
		{"count(DISTINCT service_id) AS services, count(*) FILTER (WHERE service_id IS NULL) AS general, bool_or(capacity = 'acting') AS acts\n  FROM answering GROUP BY 1, 2", "service_id, bool_or(capacity = 'acting') AS acts\n  FROM answering GROUP BY 1, 2, 3"},
		{"SELECT a.role_id, a.region_id, count(DISTINCT", "SELECT a.role_id, a.region_id, a.service_id, count(DISTINCT"},
		{" AND (NOT s.acts OR", " AND a.service_id IS NOT DISTINCT FROM s.service_id AND (NOT s.acts OR"},
		{"  WHERE s.services = 0 OR s.services = 1 AND s.general = 0\n  GROUP BY 1, 2", "  GROUP BY 1, 2, 3"},
		{"p.answerers FROM place p WHERE p.answerers > 1 AND NOT p.leadless", "max(p.answerers) FROM place p WHERE p.answerers > 1 AND NOT p.leadless GROUP BY p.role_id, p.region_id"},
		{"FROM held h WHERE h.capacity <> 'deputy' GROUP BY 1", "FROM (SELECT DISTINCT role_id, person_id, team_id, company_id, people FROM held WHERE capacity <> 'deputy') h GROUP BY 1"},
		{"o.region_id IS NOT DISTINCT FROM a.region_id)", "o.region_id IS NOT DISTINCT FROM a.region_id AND (o.service_id IS NULL OR o.service_id = a.service_id))"},
		{"x.region_id IS NOT DISTINCT FROM a.region_id AND", "x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND"},
		{"a.region_id IS NOT DISTINCT FROM p.region_id AND a.answers", "a.region_id IS NOT DISTINCT FROM p.region_id AND a.service_id IS NOT DISTINCT FROM p.service_id AND a.answers"},
	} {
		if !strings.Contains(body, change[0]) {
			t.Fatalf("migration 8 does not say %q", change[0])
		}
		body = strings.Replace(body, change[0], change[1], 1)
	}
	return "CREATE FUNCTION gaps_by_hand(" + body + "\nEND $$;"
}

// manyHats is a small organisation in which everything that a gap hangs on comes in twos and threes.
const manyHats = `
	INSERT INTO region (name) VALUES ('EMEA'), ('Americas');
	INSERT INTO region (name, parent_id) SELECT 'Germany', id FROM region WHERE name = 'EMEA';
	INSERT INTO company (name, kind) VALUES ('Acme Networks', 'supplier'), ('Corvid', 'supplier');
	INSERT INTO person (name, sort_name, company_id) SELECT 'Person ' || n, 'Person ' || n, CASE WHEN n % 3 = 0 THEN (SELECT min(id) FROM company) END FROM generate_series(1, 8) n;
	INSERT INTO team (name, lead_id) SELECT 'Team ' || n, CASE WHEN n = 1 THEN (SELECT min(id) FROM person) END FROM generate_series(1, 2) n;
	INSERT INTO service (name) VALUES ('Payroll'), ('Mail');
	INSERT INTO practice (name, category, state) VALUES ('One', 'service', 'in use'), ('Two', 'service', 'in use');
	INSERT INTO role (kind, name, practice_id, wanted_min, wanted_max) SELECT k, k, p.id, lo, hi FROM practice p,
		(VALUES ('owner', 1, NULL), ('manager', NULL, NULL), ('practitioner', 2, 3)) AS r (k, lo, hi);
	INSERT INTO process (practice_id, name, position) SELECT id, 'Work of ' || name, 1 FROM practice;
	INSERT INTO process_version (process_id, number) SELECT id, 1 FROM process;
	INSERT INTO role (kind, name, process_id, per_case) SELECT 'practitioner', n, p.id, n = 'Case' FROM process p, (VALUES ('Analyst'), ('Case')) AS r (n);
	INSERT INTO activity (process_id) SELECT p.id FROM process p, generate_series(1, 3);
	INSERT INTO step (version_id, activity_id, position, name) SELECT v.id, a.id, a.id, 'Do ' || a.id FROM activity a JOIN process_version v ON v.process_id = a.process_id;
	INSERT INTO raci_column (version_id, role_id, position) SELECT v.id, r.id, r.id FROM process_version v JOIN process p ON p.id = v.process_id JOIN role r ON r.practice_id = p.practice_id OR r.process_id = p.id OR r.name = 'Analyst';
	INSERT INTO raci_cell (version_id, activity_id, role_id, letters)
	SELECT s.version_id, s.activity_id, c.role_id, CASE WHEN c.role_id % 4 = s.activity_id % 4 THEN 'R' ELSE 'C' END FROM step s JOIN raci_column c ON c.version_id = s.version_id WHERE (c.role_id + s.activity_id) % 3 > 0;`

// someWrite is one write of the kinds that what covers a hat hangs on; the database may refuse it.
func someWrite(r *rand.Rand) string {
	one := func(table string) string {
		return fmt.Sprintf(`(SELECT id FROM %s ORDER BY md5(id::text || '%d') LIMIT 1)`, table, r.Uint32())
	}
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	day := func(around int) string { return fmt.Sprintf(`date '2026-11-23' + %d`, r.IntN(2*around)-around) }
	switch r.IntN(16) {
	case 0, 1, 2, 3, 4, 5:
		from := r.IntN(300) - 200
		until := pick("NULL", fmt.Sprintf(`date '2026-11-23' + %d`, from+1+r.IntN(250)))
		holder := pick(one("person")+", NULL, NULL", one("person")+", NULL, NULL", "NULL, "+one("team")+", NULL", "NULL, NULL, "+one("company"))
		return fmt.Sprintf(`INSERT INTO assignment (role_id, role_kind, person_id, team_id, company_id, during, region_id, service_id, capacity, state, acceptance, objection, announced, recorded_on, decided_on, reason)
			SELECT r.id, r.kind, %s, daterange(date '2026-11-23' + %d, %s), %s, %s, '%s', '%s', x, CASE x WHEN 'objected' THEN 'no' ELSE '' END, %t, date '2026-11-23', date '2026-11-23', 'as found'
			FROM role r, (SELECT '%s' AS x) x WHERE r.id = %s`, holder, from, until, pick("NULL", "NULL", one("region")), pick("NULL", "NULL", "NULL", one("service")),
			pick("holder", "holder", "holder", "acting", "deputy"), pick("appointed", "appointed", "appointed", "proposed"), from > 0 && r.IntN(2) == 0, pick("told", "accepted", "accepted", "objected"), one("role"))
	case 6, 7:
		return fmt.Sprintf(`UPDATE assignment SET during = daterange(lower(during), %s) WHERE id = %s`, day(100), one("assignment"))
	case 8:
		return fmt.Sprintf(`UPDATE assignment SET state = 'withdrawn' WHERE id = %s`, one("assignment"))
	case 9:
		return fmt.Sprintf(`UPDATE assignment SET acceptance = '%s', objection = '' WHERE id = %s`, pick("accepted", "told"), one("assignment"))
	case 10:
		return fmt.Sprintf(`INSERT INTO membership (team_id, person_id, during) VALUES (%s, %s, daterange(%s, NULL))`, one("team"), one("person"), day(150))
	case 11:
		return fmt.Sprintf(`UPDATE membership SET during = daterange(lower(during), %s) WHERE id = %s`, day(100), one("membership"))
	case 12:
		return pick(fmt.Sprintf(`UPDATE team SET lead_id = %s WHERE id = %s`, pick("NULL", one("person")), one("team")),
			fmt.Sprintf(`UPDATE company SET our_contact_id = %s WHERE id = %s`, pick("NULL", one("person")), one("company")))
	case 13:
		return pick(fmt.Sprintf(`UPDATE person SET employed = daterange(NULL, %s) WHERE id = %s`, day(200), one("person")),
			fmt.Sprintf(`UPDATE person SET company_id = %s WHERE id = %s`, pick("NULL", one("company")), one("person")))
	case 14:
		return pick(fmt.Sprintf(`UPDATE role SET wanted_min = %d, wanted_max = %d WHERE id = %s`, r.IntN(3), 3+r.IntN(2), one("role")), `UPDATE organisation SET count_accepted = NOT count_accepted`,
			fmt.Sprintf(`UPDATE role SET per_case = NOT per_case WHERE id = %s`, one("role")))
	default:
		return pick(fmt.Sprintf(`UPDATE raci_cell SET letters = '%s' WHERE id = %s`, pick("A", "R", "AR", "C"), one("raci_cell")), fmt.Sprintf(`DELETE FROM raci_cell WHERE id = %s`, one("raci_cell")),
			fmt.Sprintf(`UPDATE practice SET state = '%s' WHERE id = %s`, pick("in use", "in use", "planned"), one("practice")))
	}
}

// Whatever is written, the cover is what the assignments say, and the gaps of any day are those that adding them up finds.
func TestCoverIsWhatTheAssignmentsSay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			db := storetest.New(t)
			facts(t, db, manyHats)
			ok(t, db.Exec(t, gapsByHand(t)))
			r := rand.New(rand.NewPCG(14, seed))
			written, gaps := 0, 0
			for n := range 80 {
				batch := someWrite(r)
				if r.IntN(4) == 0 { // several in one event
					batch += "; " + someWrite(r)
				}
				if factsErr(t, db, batch) == nil {
					written++
				}
				if n%20 != 19 {
					continue
				}
				if d := storetest.Value[string](t, db, coverDiffers); d != "" {
					t.Fatalf("after %d writes:\n%s", written, d)
				}
				for range 3 {
					on := storetest.Today.AddDate(0, 0, r.IntN(500)-250)
					for _, plans := range []bool{true, false} {
						singly := storetest.Value[[]int64](t, db, `SELECT COALESCE(array_agg(id), '{}') FROM role WHERE id % 3 = $1`, r.IntN(3))
						if d := storetest.Value[string](t, db, gapsDiffer, on, storetest.Today, plans, singly); d != "" {
							t.Fatalf("after %d writes, on %s, plans %v:\n%s", written, itsm.ISODay(on), plans, d)
						}
						gaps += storetest.Value[int](t, db, `SELECT count(*)::int FROM gaps_on($1, $2, $3, NULL)`, on, storetest.Today, plans)
					}
				}
			}
			if written < 35 || gaps < 200 {
				t.Errorf("%d writes and %d gaps say little", written, gaps)
			}
		})
	}
}

// Writers at once, who give hats of the same roles, let people into a team that holds them and out again, leave a cover
// that is right.
func TestCoverUnderManyWriters(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	facts(t, db, manyHats)
	ctx, op := t.Context(), storetest.Operator
	roles := storetest.Value[[]int64](t, db, `SELECT array_agg(id) FROM role WHERE kind = 'practitioner' AND practice_id IS NOT NULL`)
	people := storetest.Value[[]int64](t, db, `SELECT array_agg(id) FROM person`)
	team := storetest.Value[int64](t, db, `SELECT min(id) FROM team`)
	var writers sync.WaitGroup
	for w, person := range people {
		writers.Go(func() {
			for n := range 8 {
				in := itsm.NewAssignment{RoleIDs: []int64{roles[n%2], roles[1-n%2]}, From: storetest.Today, Announced: true}
				if in.PersonIDs = []int64{person}; w == 0 {
					in.PersonIDs, in.TeamIDs = nil, []int64{team}
				}
				made, err := db.Appoint(ctx, op, in)
				if err != nil {
					t.Error(err)
					return
				}
				if w%2 == 1 && n == 0 {
					if err := db.AddMembership(ctx, op, team, person, itsm.Period{From: storetest.Today}); err != nil {
						t.Error(err)
					}
				}
				for _, id := range made {
					if err := db.Withdraw(ctx, op, id, "again"); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	writers.Wait()
	if d := storetest.Value[string](t, db, coverDiffers); d != "" {
		t.Error(d)
	}
}

// The list counts what it does not show one by one: its totals and its pages are those of gaps that are listed singly.
func TestGapListCountsAndPages(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, `
		INSERT INTO process (practice_id, name, position) SELECT id, 'Handle', 1 FROM practice;
		INSERT INTO process_version (process_id, number) SELECT id, 1 FROM process;
		INSERT INTO raci_column (version_id, role_id, position) SELECT v.id, r.id, r.id FROM process_version v, role r WHERE r.practice_id IS NOT NULL;
		INSERT INTO person (name, sort_name) SELECT 'Extra ' || n, 'Extra ' || n FROM generate_series(1, 130) n;
		INSERT INTO assignment (role_id, role_kind, person_id, during, region_id, state, recorded_on, decided_on, reason)
		SELECT r.id, r.kind, p.id, daterange(date '2026-10-01', NULL), CASE WHEN p.id % 4 = 0 THEN (SELECT id FROM region WHERE name = 'Germany') END, 'appointed', date '2026-10-01', date '2026-10-01', ''
		FROM person p, role r WHERE p.name LIKE 'Extra%' AND r.kind = 'practitioner' AND r.practice_id IS NOT NULL;`)
	walk := func(f itsm.GapFilter) map[int64]bool {
		t.Helper()
		seen, total := map[int64]bool{}, 1
		for f.Page = 1; len(seen) < total && f.Page < 9; f.Page++ {
			list, err := h.Gaps(t.Context(), h.lead, storetest.Today, f)
			ok(t, err)
			total = 0
			for _, k := range list.Kinds {
				total += k.Total
				for _, l := range k.Lines {
					if l.Code != f.Code || l.Holder == "" || seen[l.AssignmentID] {
						t.Errorf("got %+v", l)
					}
					seen[l.AssignmentID] = true
				}
			}
		}
		if len(seen) != total {
			t.Errorf("%+v: %d of %d", f, len(seen), total)
		}
		return seen
	}
	told := itsm.GapFilter{Code: "not-accepted"}
	if n := len(walk(told)); n != 130 {
		t.Errorf("%d of 130", n)
	}
	list, err := h.Gaps(t.Context(), h.lead, storetest.Today, itsm.GapFilter{})
	ok(t, err)
	for _, k := range list.Kinds {
		if k.Code == "not-accepted" && (k.Total != 130 || len(k.Lines) != itsm.GapsShown) {
			t.Errorf("%d of %d", len(k.Lines), k.Total)
		}
	}
	for id := range walk(told) {
		last := storetest.Today.AddDate(0, 1, 0)
		ok(t, h.AcceptGap(t.Context(), h.lead, itsm.AcceptGap{Code: told.Code, Subject: itsm.Subject{AssignmentID: id, RoleID: h.analyst}, Reason: "They are on the road", LastDay: &last}))
		if walk(told)[id] || len(walk(told)) != 129 {
			t.Error("what is accepted stands among the open ones")
		}
		accepted := told
		if accepted.State = itsm.GapsAccepted; !walk(accepted)[id] {
			t.Error("what is accepted is not found as such")
		}
		break
	}
	regional := told
	if regional.RegionID = h.emea; len(walk(regional)) < 30 || len(walk(regional)) > 34 {
		t.Errorf("%d in the region", len(walk(regional)))
	}
}
