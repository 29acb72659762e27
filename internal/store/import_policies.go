package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// knownPolicies queues the policies in use, as their wording stands, and what the organisation is called.
func knownPolicies(b *pgx.Batch, into *[]itsm.Policy, organisation *string, day time.Time) {
	value(b, organisation, "organisation", `SELECT name FROM organisation`, pgx.StrictNamedArgs{})
	all(b, into, `SELECT `+policyColumns+` FROM `+policyFrom+` WHERE y.archived_at IS NULL`, pgx.StrictNamedArgs{"day": day})
}

// PlanPolicies says what importing a list of policies would do; nothing is changed. For who may import policies.
func (s *Store) PlanPolicies(ctx context.Context, by itsm.Actor, list []itsm.ListedPolicy, answers map[string]string) (itsm.PolicyImport, error) {
	if !by.Can(itsm.ImportPolicies, itsm.Scope{}) {
		return itsm.PolicyImport{}, itsm.Forbidden{Why: forbidden(itsm.ImportPolicies)}
	}
	var known []itsm.Policy
	var organisation string
	b := &pgx.Batch{}
	knownPolicies(b, &known, &organisation, by.Today)
	if err := s.ask(ctx, b); err != nil {
		return itsm.PolicyImport{}, err
	}
	return itsm.PlanPolicies(known, list, answers, organisation, by.Today), nil
}

// ImportPolicies writes a list of policies in one transaction under one event, whole or not at all, and says what it did
// and the event; up, where not nil, is used up with it; heard, where not nil, hears how many policies are written. Conflict
// where a question is open, or nothing is new. For who may import policies.
func (s *Store) ImportPolicies(ctx context.Context, by itsm.Actor, file string, list []itsm.ListedPolicy, answers map[string]string, up *Upload[itsm.PolicyImport], heard Progress) (done itsm.PolicyImport, event int64, err error) {
	err = s.door(ctx, by, itsm.ImportPolicies, theOrganisation, func(ctx context.Context, t *tx) error {
		// Nobody adds or edits a policy between the comparison and the writing.
		if _, err := t.Exec(ctx, `LOCK TABLE policy, policy_version IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var known []itsm.Policy
		var organisation string
		b := &pgx.Batch{}
		knownPolicies(b, &known, &organisation, t.today)
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		done = itsm.PlanPolicies(known, list, answers, organisation, t.today)
		if err := stillOpen(done.Open()); err != nil {
			return err
		}
		if done.Writes() == 0 {
			return nothingNew
		}
		event = t.event
		t.said = "imported policies from " + unlinked(file) + ": " + done.Summary()
		if err := t.writePolicies(ctx, done.Write, heard.orNobody()); err != nil {
			return err
		}
		return useUp(ctx, t, up, done)
	})
	return done, event, err
}

// policyRows are policies column by column, as statements take them.
type policyRows struct {
	ids, counters                                                []int64
	numbers, drivers, bodies, titles, statements, whys, measures []string
	months                                                       []int32
	due                                                          []*time.Time
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
	heard(len(write), len(write))
	about := t.policyRows(write)
	for i := range fresh {
		about.ids = append(about.ids, fresh[i].ID)
	}
	_, err = t.Exec(ctx, `INSERT INTO event_about (event_id, kind, id) SELECT DISTINCT $1::bigint, 'policy', id FROM unnest($2::bigint[]) AS about (id) WHERE id <> 0`, t.event, about.ids)
	return err
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
		r.whys, r.measures = append(r.whys, p.Why), append(r.measures, p.Measure)
		r.months, r.due = append(r.months, int32(clock.ReviewMonths)), append(r.due, clock.ReviewDue)
	}
	return r
}

func (t *tx) addPolicies(ctx context.Context, r policyRows) error {
	if len(r.ids) == 0 {
		return nil
	}
	if _, err := t.Exec(ctx, `
		INSERT INTO policy (id, number, driver, issuing_body, review_months, review_due) OVERRIDING SYSTEM VALUE
		SELECT id, number, driver, body, NULLIF(months, 0), due
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::date[]) AS l (id, number, driver, body, months, due)`,
		r.ids, r.numbers, r.drivers, r.bodies, r.months, r.due); err != nil {
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
		UPDATE policy y SET number = l.number, driver = l.driver, issuing_body = l.body, review_months = NULLIF(l.months, 0), review_due = l.due, counter = y.counter + 1
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::date[]) AS l (id, number, driver, body, months, due) WHERE y.id = l.id`,
		r.ids, r.numbers, r.drivers, r.bodies, r.months, r.due); err != nil {
		return err
	}
	_, err := t.Exec(ctx, `
		UPDATE policy_version v SET title = l.title, statement = l.statement, why = l.why, measure = l.measure, counter = v.counter + 1
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS l (id, title, statement, why, measure)
		WHERE v.policy_id = l.id AND v.state = 'draft' AND (v.title, v.statement, v.why, v.measure) IS DISTINCT FROM (l.title, l.statement, l.why, l.measure)`,
		r.ids, r.titles, r.statements, r.whys, r.measures)
	return err
}
