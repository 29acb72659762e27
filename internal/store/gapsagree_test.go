package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// gapRow is a row of gaps_on.
type gapRow struct {
	Code, Severity                                                                                                      string
	PracticeID, ProcessID, ActivityID, RoleID, RegionID, PersonID, TeamID, CompanyID, ServiceID, PolicyID, AssignmentID int64
}

// gapsFound are the gaps of a practice by gaps_on.
func gapsFound(t *testing.T, db *storetest.DB, practice int64, day string, plans bool) (found []itsm.Gap) {
	t.Helper()
	for _, r := range storetest.Value[[]gapRow](t, db, `
		SELECT COALESCE(json_agg(json_build_object('Code', code, 'Severity', severity, 'PracticeID', practice_id, 'ProcessID', process_id, 'ActivityID', activity_id, 'RoleID', role_id,
			'RegionID', region_id, 'PersonID', person_id, 'TeamID', team_id, 'CompanyID', company_id, 'ServiceID', service_id, 'PolicyID', policy_id, 'AssignmentID', assignment_id)), '[]')
		FROM (SELECT * FROM gaps_on($1, $2, $3, NULL) UNION ALL SELECT 'absent-uncovered', 'amber', practice_id, process_id, NULL, role_id, region_id, person_id, NULL, NULL, service_id, NULL, assignment_id, NULL
		      FROM uncovered($1, $2, $3)) g WHERE practice_id = $4`, day, storetest.Today, plans, practice) {
		found = append(found, itsm.Gap{Code: r.Code, Severity: itsm.Severity(r.Severity), PracticeID: r.PracticeID, ProcessID: r.ProcessID, ActivityID: r.ActivityID, RoleID: r.RoleID,
			RegionID: r.RegionID, PersonID: r.PersonID, TeamID: r.TeamID, CompanyID: r.CompanyID, ServiceID: r.ServiceID, PolicyID: r.PolicyID, AssignmentID: r.AssignmentID})
	}
	return found
}

// severityOfVacant is how bad the list finds it that nobody wears a role; "" where it does not.
func severityOfVacant(t *testing.T, db *storetest.DB, role int64, day string, plans bool) itsm.Severity {
	t.Helper()
	return storetest.Value[itsm.Severity](t, db, `SELECT COALESCE(max(severity), '') FROM gaps_on($1, $2, $3, NULL) WHERE code = 'role-vacant' AND role_id = $4`, day, storetest.Today, plans, role)
}

// gapNames are gaps by what they are about, but for a hat used by two practices: its one gap stands at either in the list.
func gapNames(found []itsm.Gap, shared []int64) (names []string) {
	for _, g := range found {
		if g.Code != "no-policy" && !(g.Code == "role-vacant" && slices.Contains(shared, g.RoleID)) {
			names = append(names, fmt.Sprint(g.Code, " ", g.Severity, " ", g.Subject().About()))
		}
	}
	slices.Sort(names)
	return names
}

// The page of a practice and the list of the organisation find the same gaps, whatever is written, on any day.
func TestThePageAndTheListFindTheSameGaps(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	facts(t, db, manyHats)
	facts(t, db, `
		UPDATE raci_cell SET letters = 'A' WHERE id IN (
			SELECT DISTINCT ON (version_id, activity_id) c.id FROM raci_cell c JOIN role r ON r.id = c.role_id AND r.kind <> 'owner' ORDER BY version_id, activity_id, md5(c.id::text));
		UPDATE role SET review_months = 12, review_due = date '2026-11-23' + (id % 7 * 20 - 60)::int WHERE id % 2 = 0;
		UPDATE role SET wanted_min = 2, wanted_max = 2 WHERE kind = 'practitioner'`)
	shared := storetest.Value[[]int64](t, db, `SELECT array_agg(id) FROM role WHERE name = 'Analyst'`)
	practices := storetest.Value[[]int64](t, db, `SELECT array_agg(id) FROM practice`)
	r := rand.New(rand.NewPCG(77, 0))
	// Owners and Managers, one of whom has a deputy: the writes below send all of them away, and back.
	facts(t, db, `
		INSERT INTO assignment (role_id, role_kind, person_id, during, region_id, capacity, state, acceptance, recorded_on, decided_on, reason)
		SELECT r.id, r.kind, (SELECT id FROM person ORDER BY md5(id::text || r.id) LIMIT 1), daterange(date '2026-01-01', NULL), CASE WHEN r.kind = 'manager' THEN (SELECT min(id) FROM region) END, 'holder', 'appointed', 'accepted', date '2026-01-01', date '2026-01-01', ''
		FROM role r WHERE r.practice_id IS NOT NULL AND r.kind <> 'practitioner'
		UNION ALL
		SELECT r.id, r.kind, (SELECT id FROM person ORDER BY md5(id::text || r.id) DESC LIMIT 1), daterange(date '2026-01-01', NULL), NULL, 'deputy', 'appointed', 'accepted', date '2026-01-01', date '2026-01-01', ''
		FROM role r WHERE r.kind = 'owner' AND r.practice_id = (SELECT min(id) FROM practice);
		INSERT INTO absence (person_id, during) SELECT id, daterange(date '2026-08-01' + (id % 8)::int * 20, date '2026-10-01' + (id % 8)::int * 20) FROM person`)
	give := func() { // somebody for one of the hats that answer, in few places: most of what goes wrong is among these
		one := func(of ...string) string { return of[r.IntN(len(of))] }
		holder := one("(SELECT id FROM person WHERE id % 8 = "+fmt.Sprint(r.IntN(8))+"), NULL, NULL", "NULL, (SELECT "+one("min", "max")+"(id) FROM team), NULL", "(SELECT max(id) FROM person), NULL, NULL")
		_ = factsErr(t, db, fmt.Sprintf(`
			INSERT INTO assignment (role_id, role_kind, person_id, team_id, company_id, during, region_id, service_id, capacity, state, acceptance, recorded_on, decided_on, reason)
			SELECT r.id, r.kind, %s, daterange(date '2026-06-01', date '2027-02-01' + %d), %s, %s, '%s', 'appointed', 'accepted', date '2026-06-01', date '2026-06-01', ''
			FROM role r WHERE r.kind <> 'owner' AND r.id IN (SELECT role_id FROM raci_cell WHERE letters LIKE 'A%%') ORDER BY md5(r.id::text || '%d') LIMIT 1`,
			holder, r.IntN(90), one("NULL", "(SELECT min(id) FROM region)", "(SELECT max(id) FROM region)"), one("NULL", "(SELECT min(id) FROM service)", "(SELECT max(id) FROM service)"),
			one("holder", "acting", "acting", "deputy"), r.Uint32()))
	}
	gaps := map[string]int{}
	for n := range 90 {
		_ = factsErr(t, db, someWrite(r))
		if give(); n < 20 {
			give()
		}
		if n%3 == 0 {
			_ = factsErr(t, db, fmt.Sprintf(`INSERT INTO absence (person_id, during) SELECT id, daterange(date '2026-11-23' - %d, date '2026-11-23' + %d) FROM person WHERE id %% 8 = %d`, r.IntN(100), 1+r.IntN(100), r.IntN(8)))
		}
		if n%15 != 14 {
			continue
		}
		for _, on := range []int{0, r.IntN(100) - 100, r.IntN(100)} {
			day := storetest.Today.AddDate(0, 0, on)
			by := storetest.Operator
			if by.Today = storetest.Today; on <= 0 && r.IntN(2) == 0 {
				by = itsm.Actor{AccountID: 1, Today: storetest.Today} // who reads no plans
			}
			for _, practice := range practices {
				if storetest.Value[string](t, db, `SELECT state FROM practice WHERE id = $1`, practice) != "in use" {
					continue
				}
				matrices, found, err := db.PracticeGaps(t.Context(), by, practice, day)
				ok(t, err)
				pages := slices.Clone(found) // and those of its processes, on which a hat of elsewhere may be vacant
				for _, m := range matrices {
					_, more, err := db.ProcessGaps(t.Context(), by, m.ProcessID, day)
					ok(t, err)
					pages = append(pages, more...)
				}
				for _, g := range pages {
					if g.Code != "role-vacant" {
						continue
					}
					if listed := severityOfVacant(t, db, g.RoleID, itsm.ISODay(day), by.Operator); g.Severity != listed {
						t.Fatalf("after %d writes, on %s, plans %v, role %d is %s vacant on a page and %q in the list", n+1, itsm.ISODay(day), by.Operator, g.RoleID, g.Severity, listed)
					}
				}
				page, list := gapNames(found, shared), gapNames(gapsFound(t, db, practice, itsm.ISODay(day), by.Operator), shared)
				if !slices.Equal(page, list) {
					t.Fatalf("after %d writes, on %s, plans %v, the page has\n%s\nthe list has\n%s", n+1, itsm.ISODay(day), by.Operator, strings.Join(page, "\n"), strings.Join(list, "\n"))
				}
				for _, g := range page {
					gaps[strings.Fields(g)[0]]++
				}
			}
		}
	}
	for _, code := range []string{"accountable-several", "accountable-no-lead", "accountable-outside", "accountable-vacant-region", "covered", "role-vacant", "ends-soon", "too-few", "too-many", "absent-uncovered"} {
		if gaps[code] < 2 {
			t.Errorf("%d of %s say little", gaps[code], code)
		}
	}
}

// A vacant hat that several processes use is as bad on each of their pages as in the list: red where its vacancy leaves an
// activity to nobody anywhere, and amber where it does not.
func TestAVacantHatIsAsBadEverywhere(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	facts(t, db, manyHats)
	facts(t, db, `
		INSERT INTO process (practice_id, name, position) SELECT id, 'More of ' || name, 2 FROM practice WHERE name = 'One';
		INSERT INTO process_version (process_id, number) SELECT id, 1 FROM process WHERE name = 'More of One';
		INSERT INTO activity (process_id) SELECT id FROM process WHERE name = 'More of One';
		INSERT INTO step (version_id, activity_id, position, name) SELECT v.id, a.id, 1, 'Do more' FROM process p JOIN process_version v ON v.process_id = p.id JOIN activity a ON a.process_id = p.id WHERE p.name = 'More of One';
		INSERT INTO raci_column (version_id, role_id, position) SELECT v.id, r.id, r.id FROM process p JOIN process_version v ON v.process_id = p.id JOIN role r ON r.practice_id = p.practice_id WHERE p.name = 'More of One';
		DELETE FROM raci_cell;
		INSERT INTO raci_cell (version_id, activity_id, role_id, letters) SELECT c.version_id, s.activity_id, c.role_id, CASE WHEN r.kind = 'manager' THEN 'R' ELSE 'C' END
		FROM raci_column c JOIN step s ON s.version_id = c.version_id JOIN role r ON r.id = c.role_id WHERE r.kind IN ('manager', 'practitioner');
		INSERT INTO assignment (role_id, role_kind, person_id, during, capacity, state, acceptance, recorded_on, decided_on, reason)
		SELECT r.id, r.kind, (SELECT min(id) FROM person), daterange(date '2026-06-01', NULL), 'holder', 'appointed', 'accepted', date '2026-06-01', date '2026-06-01', '' FROM role r WHERE r.kind = 'manager'`)
	one := func(sql string) int64 { t.Helper(); return storetest.Value[int64](t, db, sql) }
	practices := []int64{one(`SELECT id FROM practice WHERE name = 'One'`), one(`SELECT id FROM practice WHERE name = 'Two'`)}
	processes := []int64{one(`SELECT id FROM process WHERE name = 'Work of One'`), one(`SELECT id FROM process WHERE name = 'More of One'`), one(`SELECT id FROM process WHERE name = 'Work of Two'`)}
	used := one(`SELECT id FROM role WHERE kind = 'practitioner' AND practice_id = (SELECT id FROM practice WHERE name = 'One')`)  // by the processes of its practice
	lent := one(`SELECT id FROM role WHERE name = 'Analyst' AND process_id = (SELECT id FROM process WHERE name = 'Work of One')`) // to another practice
	vacant := func(found []itsm.Gap, role int64) (out string) {
		for _, g := range found {
			if g.Code == "role-vacant" && g.RoleID == role {
				out += string(g.Severity) + " "
			}
		}
		return strings.TrimSpace(out)
	}
	// everywhere is how bad it is on the pages of the processes and the practices, and in the list.
	everywhere := func(role int64) string {
		var out []string
		for _, id := range processes {
			_, found, err := db.ProcessGaps(t.Context(), op, id, storetest.Today)
			ok(t, err)
			out = append(out, vacant(found, role))
		}
		for _, id := range practices {
			_, found, err := db.PracticeGaps(t.Context(), op, id, storetest.Today)
			ok(t, err)
			out = append(out, vacant(found, role))
		}
		return strings.Join(append(out, string(severityOfVacant(t, db, role, itsm.ISODay(storetest.Today), true))), "|")
	}
	check := func(role int64, want string) {
		t.Helper()
		if got := everywhere(role); got != want {
			t.Errorf("role %d: %s, want %s", role, got, want)
		}
	}
	check(used, "amber|amber||amber||amber")
	check(lent, "amber|||amber||amber")
	facts(t, db, fmt.Sprintf(`DELETE FROM raci_cell WHERE letters = 'R' AND version_id IN (SELECT id FROM process_version WHERE process_id = %[2]d);
		UPDATE raci_cell SET letters = 'R' WHERE role_id = %[1]d AND version_id IN (SELECT id FROM process_version WHERE process_id = %[2]d)`, used, processes[1]))
	check(used, "red|red||red||red")
	facts(t, db, fmt.Sprintf(`DELETE FROM raci_cell WHERE letters = 'R' AND version_id IN (SELECT id FROM process_version WHERE process_id = %[2]d);
		UPDATE raci_cell SET letters = 'R' WHERE role_id = %[1]d AND version_id IN (SELECT id FROM process_version WHERE process_id = %[2]d)`, lent, processes[2]))
	check(lent, "red||red|red|red|red")
	facts(t, db, `UPDATE practice SET state = 'planned' WHERE name = 'Two'`)
	check(lent, "amber||red|amber|red|amber")
	facts(t, db, `UPDATE practice SET state = 'in use' WHERE name = 'Two'`)
	_, found, err := db.PracticeGaps(t.Context(), op, practices[0], storetest.Today)
	ok(t, err)
	for _, g := range found {
		if g.RoleID == lent && g.Code == "role-vacant" && g.Sentence != "Nobody wears this hat: nobody does 3 activities of other processes." {
			t.Errorf("says %q", g.Sentence)
		}
		if g.RoleID == used && g.Code == "role-vacant" && g.Sentence != "Nobody wears this hat: nobody does one activity." {
			t.Errorf("says %q", g.Sentence)
		}
	}
}
