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
		FROM gaps_on($1, $2, $3, NULL) WHERE practice_id = $4`, day, storetest.Today, plans, practice) {
		found = append(found, itsm.Gap{Code: r.Code, Severity: itsm.Severity(r.Severity), PracticeID: r.PracticeID, ProcessID: r.ProcessID, ActivityID: r.ActivityID, RoleID: r.RoleID,
			RegionID: r.RegionID, PersonID: r.PersonID, TeamID: r.TeamID, CompanyID: r.CompanyID, ServiceID: r.ServiceID, PolicyID: r.PolicyID, AssignmentID: r.AssignmentID})
	}
	return found
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
				_, found, err := db.PracticeGaps(t.Context(), by, practice, day)
				ok(t, err)
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
	for _, code := range []string{"accountable-several", "accountable-no-lead", "accountable-outside", "accountable-vacant-region", "covered", "role-vacant", "ends-soon", "too-few", "too-many"} {
		if gaps[code] < 2 {
			t.Errorf("%d of %s say little", gaps[code], code)
		}
	}
}
