package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// knownPolicies queues what a list of policies is compared with.
func knownPolicies(b *pgx.Batch, into *itsm.KnownPolicies, list []itsm.ListedPolicy, day time.Time) {
	value(b, &into.Organisation, "organisation", `SELECT name FROM organisation`, pgx.StrictNamedArgs{})
	all(b, &into.Policies, `SELECT `+policyColumns+` FROM `+policyFrom+` WHERE y.archived_at IS NULL`, pgx.StrictNamedArgs{"day": day, "all": true, "sees": []int64{}})
	if names := filledIn(itsm.GovernedNames(list)); len(names) > 0 {
		all(b, &into.Places, `
			SELECT x.practice_id, x.process_id, x.activity_id, x.name, x.of, ARRAY(
				SELECT t.policy_id FROM policy_attachment t WHERE (upper_inf(t.during) OR upper(t.during) > @day::date)
				  AND (t.practice_id = x.practice_id OR t.process_id = x.process_id OR t.activity_id = x.activity_id)) AS policies
			FROM (
				SELECT id AS practice_id, 0::bigint AS process_id, 0::bigint AS activity_id, name, '' AS of FROM practice WHERE archived_at IS NULL
				UNION ALL
				SELECT 0, c.id, 0, c.name, p.name FROM process c JOIN practice p ON p.id = c.practice_id WHERE c.archived_at IS NULL
				UNION ALL
				SELECT 0, 0, s.activity_id, s.name, c.name FROM process c JOIN step s ON s.version_id = (SELECT id FROM version_on(c.id, @day::date)) WHERE c.archived_at IS NULL
			) x WHERE lower(x.name) = ANY(ARRAY(SELECT lower(n) FROM unnest(@names::text[]) n))
			ORDER BY x.practice_id = 0, x.process_id = 0, lower(x.of), x.activity_id`, pgx.StrictNamedArgs{"day": day, "names": names})
	}
	var owners []string
	for _, l := range list {
		owners = append(owners, l.OwnerRole, itsm.OwnerKind(l.OwnerRole))
	}
	var people []string
	for _, l := range list {
		people = append(people, l.OwnerRole, itsm.SpokenName(l.OwnerRole))
	}
	if names := filledIn(people); len(names) > 0 {
		all(b, &into.Wearers, `
			SELECT DISTINCT p.name AS person, p.email, COALESCE(r.id, 0) AS id, COALESCE(r.name, '') AS name, CASE WHEN r.id IS NULL THEN '' ELSE `+roleCalled+` END AS called,
			       CASE WHEN r.id IS NULL THEN '' ELSE COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) END AS scope
			FROM person p
			LEFT JOIN assignment a ON a.person_id = p.id AND a.state = 'appointed' AND a.during @> @day::date
			LEFT JOIN role r ON r.id = a.role_id AND r.archived_at IS NULL AND r.stands_for IS NULL `+chairFrom+`
			WHERE lower(p.name) = ANY(ARRAY(SELECT lower(n) FROM unnest(@names::text[]) n)) OR lower(p.email) = ANY(ARRAY(SELECT lower(n) FROM unnest(@names::text[]) n))
			ORDER BY person, scope, called, id`, pgx.StrictNamedArgs{"names": names, "day": day})
	}
	if names := filledIn(owners); len(names) > 0 {
		all(b, &into.Roles, `
			SELECT x.* FROM (
				SELECT r.id, r.name, `+roleCalled+` AS called, COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) AS scope
				FROM role r `+chairFrom+` WHERE r.archived_at IS NULL AND r.stands_for IS NULL
			) x WHERE lower(x.name) = ANY(ARRAY(SELECT lower(n) FROM unnest(@names::text[]) n))
			   OR lower(x.called) = ANY(ARRAY(SELECT lower(n) FROM unnest(@names::text[]) n))`, pgx.StrictNamedArgs{"names": names})
	}
}

// filledIn are the names that are not empty.
func filledIn(names []string) (out []string) {
	for _, name := range names {
		if name = itsm.Clean(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// PlanPolicies says what importing a list of policies would do; nothing is changed. For who may import policies.
func (s *Store) PlanPolicies(ctx context.Context, by itsm.Actor, list []itsm.ListedPolicy, answers map[string]string) (itsm.PolicyImport, error) {
	if !by.Can(itsm.ImportPolicies, itsm.Scope{}) {
		return itsm.PolicyImport{}, itsm.Forbidden{Why: forbidden(itsm.ImportPolicies)}
	}
	var known itsm.KnownPolicies
	b := &pgx.Batch{}
	knownPolicies(b, &known, list, by.Today)
	if err := s.ask(ctx, b); err != nil {
		return itsm.PolicyImport{}, err
	}
	return itsm.PlanPolicies(known, list, answers, by.Today), nil
}

// ImportPolicies writes a list of policies in one transaction under one event, whole or not at all, and says what it did
// and the event; up, where not nil, is used up with it; heard, where not nil, hears how many policies are written. Conflict
// where a question is open, or nothing is new. For who may import policies.
func (s *Store) ImportPolicies(ctx context.Context, by itsm.Actor, file string, list []itsm.ListedPolicy, answers map[string]string, up *Upload[itsm.PolicyImport], heard Progress) (done itsm.PolicyImport, event int64, err error) {
	err = s.door(ctx, by, itsm.ImportPolicies, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.importing(ctx, up.of()); err != nil {
			return err
		}
		// Nobody adds or edits a policy between the comparison and the writing.
		if _, err := t.Exec(ctx, `LOCK TABLE policy, policy_version IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var known itsm.KnownPolicies
		b := &pgx.Batch{}
		knownPolicies(b, &known, list, t.today)
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		done = itsm.PlanPolicies(known, list, answers, t.today)
		if err := stillOpen(done.Open()); err != nil {
			return err
		}
		if done.Writes() == 0 {
			return nothingNew
		}
		event = t.event
		t.said = "imported policies from " + unlinked(file) + ": " + done.Written()
		if err := t.writePolicies(ctx, done.Write, heard.orNobody()); err != nil {
			return err
		}
		return useUp(ctx, t, up, done)
	})
	return done, event, err
}

// policyRows are policies column by column, as statements take them.
type policyRows struct {
	ids, counters, owners                                        []int64
	numbers, drivers, bodies, titles, statements, whys, measures []string
	months                                                       []int32
	due, reviewed                                                []*time.Time
}

func (t *tx) writePolicies(ctx context.Context, write []itsm.PlannedPolicy, heard Progress) error {
	var fresh, changed []itsm.PlannedPolicy
	for _, p := range write {
		if p.ID == 0 {
			fresh = append(fresh, p)
		} else {
			changed = append(changed, p)
		}
	}
	ids, err := t.serial(ctx, "policy", len(fresh))
	if err != nil {
		return err
	}
	for i := range fresh {
		fresh[i].ID = ids[i]
	}
	for at := 0; at < len(fresh); at += slice {
		heard(at, len(write))
		if err := t.addPolicies(ctx, t.policyRows(fresh[at:min(at+slice, len(fresh))])); err != nil {
			return err
		}
	}
	heard(len(fresh), len(write))
	if err := t.changePolicies(ctx, t.policyRows(changed)); err != nil {
		return err
	}
	if err := t.governFrom(ctx, append(fresh, changed...)); err != nil {
		return err
	}
	heard(len(write), len(write))
	about := t.policyRows(write)
	for i := range fresh {
		about.ids = append(about.ids, fresh[i].ID)
	}
	return t.about(ctx, "policy", about.ids)
}

// policyRows turns policies into columns. A clock that is set anew has its first day spread over the interval.
func (t *tx) policyRows(list []itsm.PlannedPolicy) (r policyRows) {
	for _, p := range list {
		clock := p.Clock
		if p.Clocked {
			months := clock.ReviewMonths
			clock.ReviewMonths = 0
			clock = clock.Set(months, t.today, itsm.PolicyReview, p.ID)
		}
		r.ids, r.counters, r.numbers, r.drivers = append(r.ids, p.ID), append(r.counters, p.Counter), append(r.numbers, p.Number), append(r.drivers, string(p.Driver))
		r.bodies, r.titles, r.statements = append(r.bodies, p.IssuingBody), append(r.titles, p.Title), append(r.statements, p.Statement)
		r.owners = append(r.owners, p.OwnerRoleID)
		r.whys, r.measures = append(r.whys, p.Why), append(r.measures, p.Measure)
		r.months, r.due = append(r.months, int32(clock.ReviewMonths)), append(r.due, clock.ReviewDue)
		r.reviewed = append(r.reviewed, clock.LastReviewed)
	}
	return r
}

func (t *tx) addPolicies(ctx context.Context, r policyRows) error {
	if len(r.ids) == 0 {
		return nil
	}
	if _, err := t.Exec(ctx, `
		INSERT INTO policy (id, number, driver, issuing_body, review_months, review_due, last_reviewed, owner_role_id) OVERRIDING SYSTEM VALUE
		SELECT id, number, driver, body, NULLIF(months, 0), due, reviewed, NULLIF(owner, 0)
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::date[], $7::date[], $8::bigint[]) AS l (id, number, driver, body, months, due, reviewed, owner)`,
		r.ids, r.numbers, r.drivers, r.bodies, r.months, r.due, r.reviewed, r.owners); err != nil {
		return err
	}
	_, err := t.Exec(ctx, `
		INSERT INTO policy_version (policy_id, number, title, statement, why, measure)
		SELECT id, 1, title, statement, why, measure
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS l (id, title, statement, why, measure)`,
		r.ids, r.titles, r.statements, r.whys, r.measures)
	return err
}

func (t *tx) changePolicies(ctx context.Context, r policyRows) error {
	if len(r.ids) == 0 {
		return nil
	}
	// Numbers are unique at each row: what changes hands goes through none that is taken, since the plan refuses it.
	if _, err := t.Exec(ctx, `
		UPDATE policy y SET number = l.number, driver = l.driver, issuing_body = l.body, review_months = NULLIF(l.months, 0), review_due = l.due,
		       last_reviewed = l.reviewed, owner_role_id = NULLIF(l.owner, 0), counter = y.counter + 1
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::date[], $7::date[], $8::bigint[]) AS l (id, number, driver, body, months, due, reviewed, owner) WHERE y.id = l.id`,
		r.ids, r.numbers, r.drivers, r.bodies, r.months, r.due, r.reviewed, r.owners); err != nil {
		return err
	}
	_, err := t.Exec(ctx, `
		UPDATE policy_version v SET title = l.title, statement = l.statement, why = l.why, measure = l.measure, counter = v.counter + 1
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS l (id, title, statement, why, measure)
		WHERE v.policy_id = l.id AND v.state = 'draft' AND (v.title, v.statement, v.why, v.measure) IS DISTINCT FROM (l.title, l.statement, l.why, l.measure)`,
		r.ids, r.titles, r.statements, r.whys, r.measures)
	return err
}

// governFrom lets policies govern from today on what their lines name, and the event be about it.
func (t *tx) governFrom(ctx context.Context, list []itsm.PlannedPolicy) error {
	var policies, practices, processes, activities []int64
	for _, p := range list {
		for _, of := range p.Governs {
			policies, practices = append(policies, p.ID), append(practices, of.PracticeID)
			processes, activities = append(processes, of.ProcessID), append(activities, of.ActivityID)
		}
	}
	if len(policies) == 0 {
		return nil
	}
	if _, err := t.Exec(ctx, `
		INSERT INTO policy_attachment (policy_id, practice_id, process_id, activity_id, during)
		SELECT policy, NULLIF(practice, 0), NULLIF(process, 0), NULLIF(activity, 0), daterange($5::date, NULL)
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS l (policy, practice, process, activity)`,
		policies, practices, processes, activities, t.today); err != nil {
		return err
	}
	for kind, ids := range map[string][]int64{"practice": practices, "process": processes, "activity": activities} {
		if err := t.about(ctx, kind, ids); err != nil {
			return err
		}
	}
	return nil
}
