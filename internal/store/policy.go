package store

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// policyColumns reads an itsm.Policy from policyFrom: what the version in force on @day says.
var policyColumns = `
	y.id, y.number, v.title, v.statement, v.why, v.measure, y.driver, y.issuing_body, COALESCE(r.id, 0) AS owner_role_id, ` + ownerHidden + ` AS owner_hidden,
	COALESCE(r.name, '') AS owner_role, COALESCE(r.kind, '') AS owner_kind,
	CASE WHEN r.id IS NULL THEN '' ELSE COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) END AS owner_scope,
	COALESCE(r.practice_id, rp.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id,
	` + ownerIdle + ` AS owner_idle, y.archived_at IS NOT NULL AS archived,
	(y.archived_at AT TIME ZONE (SELECT time_zone FROM organisation))::date AS archived_on, y.counter, ` + clockColumns("y")

// policyFrom joins to a policy y its owner role, where the reader may see it.
const policyFrom = `policy y JOIN policy_version v ON v.id = (SELECT id FROM policy_version_on(y.id, @day::date)) LEFT JOIN role r ON ` + seenOwner + ` ` + chairFrom

// seenOwner says that role r owns policy y, and that the reader sees the practice in which it lies: who may see a policy that
// governs several may not see all of them.
const seenOwner = `r.id = y.owner_role_id AND (@all::boolean OR COALESCE(r.practice_id, (SELECT practice_id FROM process WHERE id = r.process_id)) = ANY(@sees))`

// ownerHidden says that the reader may not see a policy's owner role.
const ownerHidden = `y.owner_role_id IS DISTINCT FROM r.id`

// ownerIdle says that the practice of a policy's owner role r is not in use: nobody is missed in its hats.
const ownerIdle = `EXISTS (SELECT FROM practice WHERE id = COALESCE(r.practice_id, rp.practice_id) AND state <> 'in use')`

// attachedTo joins what an attachment t governs, and where that lies.
const attachedTo = `
	policy_attachment t
	LEFT JOIN activity ta ON ta.id = t.activity_id
	LEFT JOIN process tc ON tc.id = COALESCE(t.process_id, ta.process_id)
	LEFT JOIN practice tp ON tp.id = COALESCE(t.practice_id, tc.practice_id)`

// policySeen says that an external actor may see policy y: it governs something of a practice that they see.
const policySeen = `(@all::bool OR EXISTS (
	SELECT FROM ` + attachedTo + ` WHERE t.policy_id = y.id AND t.during @> @day::date AND tp.id = ANY(@sees)))`

// governs says that policy y governs a practice, or something in it, on @day.
func governs(practice string) string {
	return `EXISTS (SELECT FROM ` + attachedTo + ` WHERE t.policy_id = y.id AND t.during @> @day::date AND tp.id = ` + practice + `)`
}

// heldBy joins to a policy y, as h, who wears its owner role r on @day: how many, and the first of them.
const heldBy = `
	LEFT JOIN LATERAL (
		SELECT count(*) AS owners, min(COALESCE(w.name, g.name, k.name)) AS owner, CASE WHEN count(*) = 1 THEN min(w.id) END AS owner_id
		FROM assignment a LEFT JOIN person w ON w.id = a.person_id LEFT JOIN team g ON g.id = a.team_id LEFT JOIN company k ON k.id = a.company_id
		WHERE a.role_id = r.id AND a.capacity <> 'deputy' AND ` + counted + `
	) h ON true`

// policyOrders are the ORDER BY of each sort, ascending and descending; the number decides among equals.
var policyOrders = map[string][2]string{
	"number": {`lower(y.number), y.id`, `lower(y.number) DESC, y.id DESC`},
	"title":  {`lower(v.title), lower(y.number), y.id`, `lower(v.title) DESC, lower(y.number), y.id`},
	"driver": {`array_position(ARRAY['law', 'regulation', 'contract', 'internal'], y.driver), lower(y.number), y.id`,
		`array_position(ARRAY['law', 'regulation', 'contract', 'internal'], y.driver) DESC, lower(y.number), y.id`},
	"review": {`y.review_due NULLS LAST, lower(y.number), y.id`, `y.review_due DESC NULLS LAST, lower(y.number), y.id`},
}

// PolicyList is a page of the policies with what its filters offer.
type PolicyList struct {
	Lines     []itsm.PolicyLine
	Total     int
	Any       bool // there is a policy in use, whatever the filter
	Practices []itsm.PracticeLine
}

// Policies are those that the actor may see, as they stand on a day: a page of them.
func (s *Store) Policies(ctx context.Context, by itsm.Actor, f itsm.PolicyFilter, day time.Time) (l PolicyList, err error) {
	b := &pgx.Batch{}
	where, args := policyWhere(by, f, day)
	value(b, &l.Total, "page", `SELECT count(*) FROM `+policyFrom+heldBy+` WHERE `+where, args)
	value(b, &l.Any, "page", `SELECT EXISTS (SELECT FROM policy y WHERE y.archived_at IS NULL AND `+policySeen+`)`, seeing(by, pgx.StrictNamedArgs{"day": day}))
	all(b, &l.Lines, policyLines(f, where)+` LIMIT @most OFFSET @skip`, with(pgx.StrictNamedArgs{"most": itsm.PolicyPage, "skip": (max(f.Page, 1) - 1) * itsm.PolicyPage}, args))
	all(b, &l.Practices, practiceChoices, seeing(by, pgx.StrictNamedArgs{}))
	return l, s.ask(ctx, b)
}

// PolicyRows are all that a filter finds, one by one and in its order, whatever its page.
func (s *Store) PolicyRows(ctx context.Context, by itsm.Actor, f itsm.PolicyFilter, day time.Time) iter.Seq2[itsm.PolicyLine, error] {
	where, args := policyWhere(by, f, day)
	return stream[itsm.PolicyLine](ctx, s, policyLines(f, where), args)
}

// policyLines is the query of the list.
func policyLines(f itsm.PolicyFilter, where string) string {
	order := policyOrders["number"][0]
	if slices.Contains(itsm.PolicySorts, f.Sort) {
		order = policyOrders[f.Sort][0]
		if f.Descending {
			order = policyOrders[f.Sort][1]
		}
	}
	return `
		SELECT y.id, y.number, v.title, v.statement, v.why, v.measure, y.driver, y.issuing_body, COALESCE(r.id, 0) AS owner_role_id, ` + ownerHidden + ` AS owner_hidden,
		       COALESCE(r.name, '') AS owner_role, COALESCE(r.kind, '') AS owner_kind,
		       CASE WHEN r.id IS NULL THEN '' ELSE COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) END AS owner_scope,
		       COALESCE(h.owner, '') AS owner, COALESCE(h.owner_id, 0) AS owner_id, h.owners, ` + ownerIdle + ` AS owner_idle,
		       ARRAY(SELECT COALESCE((SELECT name FROM step WHERE activity_id = t.activity_id AND version_id = (SELECT id FROM version_on(ta.process_id, @day::date))), tc.name, tp.name)::text
		             FROM ` + attachedTo + ` WHERE t.policy_id = y.id AND t.during @> @day::date AND (@all::bool OR tp.id = ANY(@sees))
		             ORDER BY t.practice_id IS NULL, t.process_id IS NULL, t.id) AS governs,
		       y.archived_at IS NOT NULL AS archived, ` + clockColumns("y") + `
		FROM ` + policyFrom + heldBy + ` WHERE ` + where + ` ORDER BY ` + order
}

// policyWhere narrows policy y. The text is put together from fixed fragments.
func policyWhere(by itsm.Actor, f itsm.PolicyFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	args := seeing(by, pgx.StrictNamedArgs{"day": day, "archived": f.Archived})
	where := []string{policySeen, `(y.archived_at IS NOT NULL) = @archived`}
	if words := patterns(f.Text); len(words) > 0 {
		where = append(where, `lower(y.number || ' ' || v.title || ' ' || v.statement || ' ' || y.issuing_body) LIKE ALL (@words::text[])`)
		args["words"] = words
	}
	if f.Driver != "" {
		where = append(where, `y.driver = @driver`)
		args["driver"] = string(f.Driver)
	}
	if f.PracticeID != 0 {
		where = append(where, governs("@practice"))
		args["practice"] = f.PracticeID
	}
	if f.Vacant {
		where = append(where, `h.owners = 0 AND NOT `+ownerHidden+` AND NOT `+ownerIdle)
	}
	if f.Overdue {
		where = append(where, `y.review_due < @day::date`)
	}
	return strings.Join(where, " AND "), args
}

// Policy is one policy with what its page shows, on a day.
type Policy struct {
	itsm.Policy
	Holdings []itsm.Holding // of its owner role
	Governs  []itsm.Attachment
	Reviews  []itsm.Review
	Recent   []itsm.Moment
	Around   itsm.Around
}

// Policy reads a policy on a day; NotFound where there is none that the actor may see.
func (s *Store) Policy(ctx context.Context, by itsm.Actor, id int64, day time.Time) (p Policy, err error) {
	b := &pgx.Batch{}
	dated := pgx.StrictNamedArgs{"id": id, "day": day}
	one(b, &p.Policy, "policy", `SELECT `+policyColumns+` FROM `+policyFrom+` WHERE y.id = @id AND `+policySeen, seeing(by, pgx.StrictNamedArgs{"id": id, "day": day}))
	holdersFor(b, &p.Holdings, by, day, `SELECT owner_role_id FROM policy WHERE id = @id`, pgx.StrictNamedArgs{"id": id})
	all(b, &p.Governs, `
		SELECT `+attachmentColumns+` FROM `+attachedTo+`
		LEFT JOIN step ts ON ts.activity_id = t.activity_id AND ts.version_id = (SELECT id FROM version_on(ta.process_id, @day::date))
		WHERE t.policy_id = @id ORDER BY t.practice_id IS NULL, t.process_id IS NULL, lower(tp.name), lower(tc.name), lower(t.during), t.id`, dated)
	pastReviews(b, &p.Reviews, itsm.PolicyReview, id)
	s.around(b, &p.Around, by, "policy", id, `a.role_id = (SELECT owner_role_id FROM policy WHERE id = @id)`)
	moments := s.recent(b, "policy", id)
	if err = s.ask(ctx, b); err != nil {
		return p, err
	}
	p.Governs = slices.DeleteFunc(p.Governs, func(a itsm.Attachment) bool { return !knows(by, a) })
	p.Holdings = visible(by, p.Scope(), day, p.Holdings)[p.OwnerRoleID]
	if p.OwnerHidden {
		p.Around.Before, p.Around.After = nil, nil // they are turns of who wears it
	}
	p.Reviews, p.Recent = told(by, p.Scope(), p.Reviews), moments(by, p.Scope())
	return p, nil
}

// knows says whether a reader knows of an attachment: not of other practices, and of what has not begun only who reads
// plans there.
func knows(by itsm.Actor, a itsm.Attachment) bool {
	return by.Operator || by.MaySee(a.InPracticeID) && (!a.Since.After(by.Today) || by.Can(itsm.ReadPlans, a.Scope()))
}

// ofPolicy is where a policy's rights hang: at its owner role; without one, at the organisation.
func ofPolicy(id int64) scopeOf {
	return scopeRow("policy", `
		SELECT COALESCE(r.practice_id, p.practice_id, 0), COALESCE(r.process_id, 0), COALESCE(r.service_id, 0)
		FROM policy y LEFT JOIN role r ON r.id = y.owner_role_id LEFT JOIN process p ON p.id = r.process_id
		WHERE y.id = $1 FOR SHARE OF y`, id)
}

// ofPolicyOwner is where a policy's rights will hang with an owner role; 0 is none.
func ofPolicyOwner(role int64) scopeOf {
	if role == 0 {
		return theOrganisation
	}
	return ofRole(role)
}

// AddPolicy adds a policy and says what it governs. For who may edit policies at its owner role's scope, and at the scope
// of each thing that it governs.
func (s *Store) AddPolicy(ctx context.Context, by itsm.Actor, p itsm.Policy, governs []itsm.NewAttachment) (id int64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.AddPolicy, ofPolicyOwner(p.OwnerRoleID), func(ctx context.Context, t *tx) (err error) {
		if id, err = t.addPolicy(ctx, p, governs); err != nil {
			return err
		}
		t.say("added the policy [[policy:%d]]%s", id, governing(governs))
		return nil
	})
	return id, err
}

// addPolicy writes a policy with its first version, its clock and what it governs, inside an open event.
func (t *tx) addPolicy(ctx context.Context, p itsm.Policy, governs []itsm.NewAttachment) (int64, error) {
	args := policyArgs(p)
	id, err := t.number(ctx, `
		INSERT INTO policy (number, owner_role_id, driver, issuing_body)
		VALUES (@number, NULLIF(@owner::bigint, 0), @driver, @body) RETURNING id`, args)
	if err != nil {
		return 0, err
	}
	if err := t.run(ctx, `
		INSERT INTO policy_version (policy_id, number, title, statement, why, measure) VALUES (@id, 1, @title, @statement, @why, @measure)`,
		policyText(p, id)); err != nil {
		return 0, err
	}
	if err := t.setClock(ctx, itsm.PolicyReview, id, p.ReviewMonths); err != nil {
		return 0, err
	}
	for _, a := range governs {
		a.PolicyID = id
		if _, err := t.attach(ctx, a); err != nil {
			return 0, err
		}
	}
	return id, nil
}

func policyArgs(p itsm.Policy) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"number": p.Number, "owner": p.OwnerRoleID, "driver": string(p.Driver), "body": p.IssuingBody}
}

func policyText(p itsm.Policy, id int64) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"id": id, "title": p.Title, "statement": p.Statement, "why": p.Why, "measure": p.Measure}
}

// EditPolicy changes a policy, if its counter is still p.Counter. Its owner role moves only where the actor may edit
// policies at the new one's scope, too.
func (s *Store) EditPolicy(ctx context.Context, by itsm.Actor, p itsm.Policy) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditPolicy, ofPolicy(p.ID), func(ctx context.Context, t *tx) error {
		t.say("edited the policy [[policy:%d]]", p.ID)
		if err := t.mayToo(ctx, itsm.EditPolicy, ofPolicyOwner(p.OwnerRoleID)); err != nil {
			return err
		}
		args := policyArgs(p)
		args["id"], args["counter"] = p.ID, p.Counter
		if err := t.edit(ctx, "policy", `
			UPDATE policy SET number = @number, owner_role_id = NULLIF(@owner::bigint, 0), driver = @driver, issuing_body = @body, counter = counter + 1
			WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args); err != nil {
			return err
		}
		if err := t.run(ctx, `
			UPDATE policy_version SET title = @title, statement = @statement, why = @why, measure = @measure, counter = counter + 1
			WHERE policy_id = @id AND state = 'draft' AND (title, statement, why, measure) IS DISTINCT FROM (@title, @statement, @why, @measure)`,
			policyText(p, p.ID)); err != nil {
			return err
		}
		return t.setClock(ctx, itsm.PolicyReview, p.ID, p.ReviewMonths)
	})
}

// ArchivePolicy takes a policy out of force: it leaves every list, and what it governs is governed by it no more from
// today on. Its history stays.
func (s *Store) ArchivePolicy(ctx context.Context, by itsm.Actor, id, counter int64) error {
	return s.door(ctx, by, itsm.EditPolicy, ofPolicy(id), func(ctx context.Context, t *tx) error {
		t.say("archived the policy [[policy:%d]]", id)
		return t.edit(ctx, "policy", `UPDATE policy SET archived_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND archived_at IS NULL`,
			pgx.StrictNamedArgs{"id": id, "counter": counter, "at": t.at})
	})
}

// RestorePolicy brings an archived policy back; it governs what it governed.
func (s *Store) RestorePolicy(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.EditPolicy, ofPolicy(id), func(ctx context.Context, t *tx) error {
		t.say("brought the policy [[policy:%d]] back", id)
		return t.change(ctx, "The policy is in use already.",
			`UPDATE policy SET archived_at = NULL, counter = counter + 1 WHERE id = @id AND archived_at IS NOT NULL`, pgx.StrictNamedArgs{"id": id})
	})
}
