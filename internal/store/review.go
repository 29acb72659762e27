package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// clockColumns reads an itsm.Clock of a row that has one.
func clockColumns(row string) string {
	return fmt.Sprintf(`COALESCE(%[1]s.review_months, 0) AS review_months, %[1]s.review_due, %[1]s.last_reviewed`, row)
}

// dueSoon says that today is in the last tenth of x's interval, or after it: as itsm.Clock.Review counts.
const dueSoon = `@day::date >= x.review_due - ceil((x.review_due - (x.review_due - make_interval(months => x.review_months))::date) / 10.0)::int`

// reviewedFrom are all things with a clock as x: an itsm.Reviewed each. Of an external's policies those are there that
// govern something they see. @practice narrows it to a practice (0: all); a policy is of those that it governs, too.
var reviewedFrom = `(
	SELECT 'role' AS of, r.id, (` + roleCalled + `)::text AS name, r.kind AS role_kind, '' AS driver,
	       COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) AS scope_name, COALESCE(pr.name, '') AS practice,
	       COALESCE(r.practice_id, rp.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id, 0::bigint AS owner_role_id, ` + clockColumns("r") + `
	FROM role r ` + chairFrom + ` LEFT JOIN practice pr ON pr.id = COALESCE(r.practice_id, rp.practice_id)
	WHERE r.archived_at IS NULL AND rp.archived_at IS NULL AND rs.archived_at IS NULL AND pr.archived_at IS NULL AND (@practice = 0 OR COALESCE(r.practice_id, rp.practice_id) = @practice)
	  AND (@all::bool OR COALESCE(r.practice_id, rp.practice_id) = ANY(@sees))
	UNION ALL
	SELECT 'process', c.id, c.name, '', '', pr.name, pr.name, pr.id, c.id, 0, 0, ` + clockColumns("c") + `
	FROM process c JOIN practice pr ON pr.id = c.practice_id
	WHERE c.archived_at IS NULL AND pr.archived_at IS NULL AND (@practice = 0 OR pr.id = @practice) AND (@all::bool OR pr.id = ANY(@sees))
	UNION ALL
	SELECT 'policy', y.id, v.title, COALESCE(r.kind, ''), y.driver,
	       CASE WHEN ` + ownerHidden + ` THEN 'another practice' ELSE COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) END, COALESCE(pr.name, ''),
	       COALESCE(r.practice_id, rp.practice_id, 0), COALESCE(r.process_id, 0), COALESCE(r.service_id, 0), COALESCE(r.id, 0), ` + clockColumns("y") + `
	FROM ` + policyFrom + `
	LEFT JOIN practice pr ON pr.id = COALESCE(r.practice_id, rp.practice_id)
	WHERE y.archived_at IS NULL AND ` + policySeen + ` AND (@practice = 0 OR COALESCE(r.practice_id, rp.practice_id) = @practice OR ` + governs("@practice") + `)
) x`

// mayReview is itsm.Actor.MayReview as a condition on x; its arguments come from reviewing.
const mayReview = `NOT (CASE x.of WHEN 'role' THEN x.id ELSE x.owner_role_id END = ANY(@worn::bigint[])) AND (
	@office AND (@head OR x.of <> 'role' OR x.practice_id + x.process_id + x.service_id > 0)
	OR x.practice_id = ANY(@own_practices::bigint[]) OR x.process_id = ANY(@own_processes::bigint[]) OR x.service_id = ANY(@own_services::bigint[])
	OR x.of = 'role' AND x.role_kind IN ('practitioner', 'whoever')
	   AND (x.practice_id = ANY(@managed_practices::bigint[]) OR x.process_id = ANY(@managed_processes::bigint[]) OR x.service_id = ANY(@managed_services::bigint[])))`

// reviewing are the arguments of mayReview.
func reviewing(by itsm.Actor) pgx.StrictNamedArgs {
	worn := []int64{}
	for _, h := range by.Hats {
		worn = append(worn, h.RoleID)
	}
	args := pgx.StrictNamedArgs{"worn": worn, "office": by.Operator || by.Wears(itsm.SMO), "head": by.Operator || by.LeadsOffice()}
	for word, kind := range map[string]itsm.RoleKind{"own": itsm.Owner, "managed": itsm.Manager} {
		args[word+"_practices"], args[word+"_processes"], args[word+"_services"] = by.ScopesAs(kind)
	}
	return args
}

// ReviewList is a page of what is to be reviewed.
type ReviewList struct {
	Lines     []itsm.Reviewed
	Total     int
	Overdue   int                 // among all pages
	Practices []itsm.PracticeLine // to narrow it by
}

// Reviews lists what has a clock and is due or overdue (all of it where f.All), soonest first, of what the actor may see.
func (s *Store) Reviews(ctx context.Context, by itsm.Actor, f itsm.ReviewFilter, day time.Time) (r ReviewList, err error) {
	b := &pgx.Batch{}
	var counts struct{ Total, Overdue int }
	sql, args := reviewsWhere(by, f, day)
	one(b, &counts, "page", `SELECT count(*) AS total, count(*) FILTER (WHERE x.review_due < @day::date) AS overdue FROM `+reviewedFrom+` WHERE `+sql, args)
	all(b, &r.Lines, reviewLines(sql)+` LIMIT @most OFFSET @skip`,
		with(pgx.StrictNamedArgs{"most": itsm.ReviewPage, "skip": (max(f.Page, 1) - 1) * itsm.ReviewPage}, args))
	all(b, &r.Practices, practiceChoices, seeing(by, pgx.StrictNamedArgs{}))
	err = s.ask(ctx, b)
	r.Total, r.Overdue = counts.Total, counts.Overdue
	return r, err
}

// ReviewRows are all that a filter finds, one by one and in its order, whatever its page.
func (s *Store) ReviewRows(ctx context.Context, by itsm.Actor, f itsm.ReviewFilter, day time.Time) iter.Seq2[itsm.Reviewed, error] {
	sql, args := reviewsWhere(by, f, day)
	return stream[itsm.Reviewed](ctx, s, reviewLines(sql), args)
}

func reviewLines(where string) string {
	return `SELECT x.* FROM ` + reviewedFrom + ` WHERE ` + where + ` ORDER BY x.review_due, lower(x.name), x.of, x.id`
}

// practiceChoices are the practices in the library that the actor may see, for a filter.
const practiceChoices = `
	SELECT ` + practiceColumns + `, '' AS owner, 0::bigint AS owner_id, false AS acting, 0 AS vacant, 0 AS processes
	FROM practice p WHERE p.archived_at IS NULL AND (@all::bool OR p.id = ANY(@sees)) ORDER BY lower(p.name)`

func reviewsWhere(by itsm.Actor, f itsm.ReviewFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	where := []string{`x.review_due IS NOT NULL`}
	args := seeing(by, pgx.StrictNamedArgs{"day": day, "practice": f.PracticeID})
	if !f.All {
		where = append(where, dueSoon)
	}
	if f.Of != "" {
		where = append(where, `x.of = @of`)
		args["of"] = string(f.Of)
	}
	if f.Mine {
		where = append(where, mayReview)
		args = with(args, reviewing(by))
	}
	return strings.Join(where, " AND "), args
}

// Reviewed is one thing as its review needs to know it; NotFound where there is none in use that the actor may see.
func (s *Store) Reviewed(ctx context.Context, by itsm.Actor, of itsm.Reviewable, id int64) (x itsm.Reviewed, err error) {
	b := &pgx.Batch{}
	one(b, &x, string(of), `SELECT x.* FROM `+reviewedFrom+` WHERE x.of = @of AND x.id = @id`,
		seeing(by, pgx.StrictNamedArgs{"of": string(of), "id": id, "day": by.Today, "practice": 0}))
	return x, s.ask(ctx, b)
}

// UnderReview is Reviewed with what a reviewer looks at: how it was found before, and what was changed of it lately.
type UnderReview struct {
	itsm.Reviewed
	Reviews []itsm.Review
	Recent  []itsm.Moment
}

// UnderReview reads it, as far as by may know of each.
func (s *Store) UnderReview(ctx context.Context, by itsm.Actor, of itsm.Reviewable, id int64) (u UnderReview, err error) {
	b := &pgx.Batch{}
	one(b, &u.Reviewed, string(of), `SELECT x.* FROM `+reviewedFrom+` WHERE x.of = @of AND x.id = @id`,
		seeing(by, pgx.StrictNamedArgs{"of": string(of), "id": id, "day": by.Today, "practice": 0}))
	pastReviews(b, &u.Reviews, of, id)
	recent := s.recent(b, string(of), id)
	if err := s.ask(ctx, b); err != nil {
		return u, err
	}
	u.Reviews, u.Recent = told(by, u.Scope(), u.Reviews), recent(by, u.Scope())
	return u, nil
}

// scopeOfReviewed finds where the rights of something with a clock hang.
func scopeOfReviewed(of itsm.Reviewable, id int64) scopeOf {
	switch of {
	case itsm.ProcessReview:
		return ofProcess(id)
	case itsm.PolicyReview:
		return ofPolicy(id)
	}
	return ofRole(id)
}

// ownReview says why somebody has no say in a review, in whichever way.
const ownReview = "Nobody reviews a hat that they wear themselves, nor a policy that they answer for. It is for the next hat up, or for the service management office."

// Review notes that something was looked at and is still right, in a sentence, and sets the next day. For who may review
// it: nobody their own hat. What has no clock, and what was reviewed today already, is a Conflict.
func (s *Store) Review(ctx context.Context, by itsm.Actor, of itsm.Reviewable, id int64, sentence string) error {
	if err := itsm.CheckSentence(&sentence); err != nil {
		return err
	}
	x, err := s.Reviewed(ctx, by, of, id)
	if err != nil {
		return err
	}
	return s.door(ctx, by, x.Reviews(), scopeOfReviewed(of, id), func(ctx context.Context, t *tx) error {
		if !by.MayReview(x) {
			return itsm.Forbidden{Why: ownReview}
		}
		t.say("found the %s [[%s:%d]] still right", of, of, id)
		t.reason = sentence
		return t.review(ctx, of, id, sentence)
	})
}

// review writes a review and sets the clock.
func (t *tx) review(ctx context.Context, of itsm.Reviewable, id int64, sentence string) error {
	c, err := t.clock(ctx, of, id)
	if err != nil {
		return err
	}
	if c.ReviewDue == nil {
		return itsm.Conflict{Text: "No interval is set for it any more. Set one first."}
	}
	args := pgx.StrictNamedArgs{"id": id, "today": t.today, "by": t.by.PersonID, "sentence": sentence, "before": *c.ReviewDue, "after": c.NextReview(t.today)}
	if err := t.run(ctx, fmt.Sprintf(`
		INSERT INTO review (%s_id, reviewed_on, reviewed_by, sentence, due_before, due_after)
		VALUES (@id, @today, NULLIF(@by::bigint, 0), @sentence, @before, @after)`, of), args); err != nil {
		return err
	}
	return t.run(ctx, fmt.Sprintf(`UPDATE %s SET review_due = @after, last_reviewed = @today WHERE id = @id`, of),
		pgx.StrictNamedArgs{"id": id, "today": t.today, "after": args["after"]})
}

// clock reads a clock and locks its row.
func (t *tx) clock(ctx context.Context, of itsm.Reviewable, id int64) (c itsm.Clock, err error) {
	err = t.QueryRow(ctx, fmt.Sprintf(`SELECT COALESCE(review_months, 0), review_due, last_reviewed FROM %s WHERE id = $1 AND archived_at IS NULL FOR UPDATE`, of), id).
		Scan(&c.ReviewMonths, &c.ReviewDue, &c.LastReviewed)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, itsm.Conflict{Text: "It was archived meanwhile."}
	}
	return c, err
}

// setClock gives something another interval, where it is another one; 0 is none.
func (t *tx) setClock(ctx context.Context, of itsm.Reviewable, id int64, months int) error {
	c, err := t.clock(ctx, of, id)
	if err != nil || c.ReviewMonths == months {
		return err
	}
	c = c.Set(months, t.today, of, id)
	return t.run(ctx, fmt.Sprintf(`UPDATE %s SET review_months = NULLIF(@months::int, 0), review_due = @due WHERE id = @id`, of),
		pgx.StrictNamedArgs{"id": id, "months": c.ReviewMonths, "due": c.ReviewDue})
}

// withoutClock are the things of a kind that could have a clock and have none.
var withoutClock = map[itsm.Reviewable]string{
	itsm.RoleReview:    `FROM role WHERE review_months IS NULL AND archived_at IS NULL AND kind <> 'whoever'`,
	itsm.ProcessReview: `FROM process WHERE review_months IS NULL AND archived_at IS NULL`,
	itsm.PolicyReview:  `FROM policy WHERE review_months IS NULL AND archived_at IS NULL`,
}

// WithoutInterval counts what has no review interval, by kind. For who may set intervals.
func (s *Store) WithoutInterval(ctx context.Context, by itsm.Actor) (map[itsm.Reviewable]int, error) {
	if !by.Can(itsm.SetIntervals, itsm.Scope{}) {
		return nil, itsm.Forbidden{Why: forbidden(itsm.SetIntervals)}
	}
	b := &pgx.Batch{}
	counts := map[itsm.Reviewable]int{}
	for _, of := range itsm.Reviewables {
		b.Queue(`SELECT count(*) ` + withoutClock[of]).QueryRow(func(row pgx.Row) error {
			var n int
			err := row.Scan(&n)
			counts[of] = n
			return err
		})
	}
	return counts, s.ask(ctx, b)
}

// SetIntervals gives everything of some kinds that has no review interval one, first days spread over it, as one event.
// It says how many they were.
func (s *Store) SetIntervals(ctx context.Context, by itsm.Actor, months int, kinds []itsm.Reviewable) (n int, err error) {
	var c itsm.Checks
	c.Require(months >= 1 && months <= itsm.ReviewMonthsMax, "review_months", fmt.Sprintf("Give a number of months between 1 and %d.", itsm.ReviewMonthsMax))
	c.Require(len(kinds) > 0, "kind", "Choose at least one kind.")
	if err := c.Err(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.SetIntervals, theOrganisation, func(ctx context.Context, t *tx) error {
		n = 0
		var said []string
		for _, of := range itsm.Reviewables {
			if !slices.Contains(kinds, of) {
				continue
			}
			set, err := t.setClocks(ctx, of, months)
			if err != nil {
				return err
			}
			n += set
			said = append(said, fmt.Sprintf("%d %s", set, of.Plural()))
		}
		t.say("set a review interval of %d months for %s that had none", months, strings.Join(said, ", "))
		if n == 0 {
			return itsm.Conflict{Text: "Everything of these kinds has an interval already."}
		}
		return nil
	})
	return n, err
}

// setClocks sets the clocks of a kind that are not set.
func (t *tx) setClocks(ctx context.Context, of itsm.Reviewable, months int) (int, error) {
	rows, err := t.Query(ctx, `SELECT id `+withoutClock[of]+` ORDER BY id FOR UPDATE`)
	if err != nil {
		return 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return 0, err
	}
	due := make([]time.Time, len(ids))
	for i, id := range ids {
		due[i] = itsm.FirstReview(of, id, months, t.today)
	}
	// What was reviewed before it lost its interval counts from its last review.
	return len(ids), t.run(ctx, fmt.Sprintf(`
		UPDATE %s r SET review_months = @months::int, review_due = COALESCE((r.last_reviewed + make_interval(months => @months::int))::date, given.due)
		FROM unnest(@ids::bigint[], @due::date[]) AS given (id, due) WHERE r.id = given.id`, of),
		pgx.StrictNamedArgs{"months": months, "ids": ids, "due": due})
}

// reviewsShown is how many past reviews a page shows.
const reviewsShown = 5

// pastReviews queues the latest reviews of something. What they say is for who reads plans there: blankSentences.
func pastReviews(b *pgx.Batch, into *[]itsm.Review, of itsm.Reviewable, id int64) {
	all(b, into, fmt.Sprintf(`
		SELECT w.id, w.reviewed_on, COALESCE(w.reviewed_by, 0) AS by_id, COALESCE(p.name, 'The operator') AS by, w.sentence, w.due_before, w.due_after
		FROM review w LEFT JOIN person p ON p.id = w.reviewed_by WHERE w.%s_id = @id ORDER BY w.reviewed_on DESC LIMIT @most`, of),
		pgx.StrictNamedArgs{"id": id, "most": reviewsShown})
}

// told leaves out what reviews say where the reader does not read remarks.
func told(by itsm.Actor, at itsm.Scope, reviews []itsm.Review) []itsm.Review {
	if !by.Can(itsm.ReadPlans, at) {
		for i := range reviews {
			if reviews[i].ByID != by.PersonID {
				reviews[i].Sentence = ""
			}
		}
	}
	return reviews
}
