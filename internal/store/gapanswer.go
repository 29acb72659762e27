package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// aboutGap is what an accepted_gap row x is about, and aboutAction an action row x.
const (
	aboutGap    = `gap_about(x.practice_id, x.process_id, x.activity_id, x.role_id, x.region_id, x.person_id, x.team_id, x.company_id, x.service_id, x.policy_id, x.assignment_id)`
	aboutAction = `gap_about(x.practice_id, x.process_id, x.activity_id, x.role_id, x.region_id, x.about_id, x.team_id, x.company_id, x.service_id, x.policy_id, x.assignment_id)`
)

// gapAnswers reads what was decided about gaps. which is a condition on x that the rows of both tables know.
func gapAnswers(b *pgx.Batch, into *itsm.GapAnswers, day time.Time, which string, args pgx.StrictNamedArgs) {
	with := with(pgx.StrictNamedArgs{"day": day}, args)
	all(b, &into.Plans, `
		SELECT x.code, `+aboutAction+` AS about, x.id AS action_id, x.person_id, p.name AS who, x.due_on
		FROM action x JOIN person p ON p.id = x.person_id
		WHERE x.code <> '' AND x.planned_on <= @day::date AND (x.done_on IS NULL OR x.done_on > @day::date) AND (`+which+`)
		ORDER BY x.id DESC`, with)
	all(b, &into.Accepted, `
		SELECT x.id, x.code, `+aboutGap+` AS about, x.reason, COALESCE(x.accepted_by, 0) AS accepted_by_id, COALESCE(p.name, 'The operator') AS accepted_by,
		       upper(x.during) - 1 AS last_day
		FROM accepted_gap x LEFT JOIN person p ON p.id = x.accepted_by
		WHERE x.during @> @day::date AND (`+which+`)`, with)
}

// Which answers a page of a process or of a practice shows: those about its roles, about the roles its matrices use, and
// about itself.
const (
	answersOfProcess = `x.process_id = @id OR x.practice_id = ` + practiceOfProcess + ` OR x.role_id IN (` + rolesOfProcess + `)
		OR x.role_id IN (SELECT c.role_id FROM raci_column c JOIN process_version v ON v.id = c.version_id WHERE v.process_id = @id)
		OR x.policy_id IN (SELECT t.policy_id FROM ` + attachedTo + ` WHERE t.during @> @day::date AND (` + policiesAtProcess + `))`
	answersOfPractice = `x.practice_id = @id OR x.process_id IN (SELECT id FROM process WHERE practice_id = @id)
		OR x.role_id IN (SELECT r.id FROM role r LEFT JOIN process p ON p.id = r.process_id WHERE r.practice_id = @id OR p.practice_id = @id)
		OR x.role_id IN (SELECT c.role_id FROM raci_column c JOIN process_version v ON v.id = c.version_id JOIN process p ON p.id = v.process_id WHERE p.practice_id = @id)
		OR x.policy_id IN (SELECT t.policy_id FROM ` + attachedTo + ` WHERE t.during @> @day::date AND tp.id = @id)`
	answersOfScopes = `@office::bool OR x.practice_id = ANY(@practices) OR x.process_id IN (SELECT id FROM process WHERE practice_id = ANY(@practices) OR id = ANY(@processes))
		OR x.role_id IN (SELECT r.id FROM role r LEFT JOIN process p ON p.id = r.process_id WHERE r.practice_id = ANY(@practices) OR p.practice_id = ANY(@practices) OR p.id = ANY(@processes))
		OR x.role_id IN (SELECT c.role_id FROM raci_column c JOIN process_version v ON v.id = c.version_id JOIN process p ON p.id = v.process_id
		                 WHERE p.practice_id = ANY(@practices) OR p.id = ANY(@processes))`
	answersOfPerson = `x.assignment_id IN (SELECT id FROM assignment WHERE person_id = @id)`
)

// subjectArgs are a subject's ids, NULL where it has none; the statement takes those it names.
func subjectArgs(s itsm.Subject) pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{}
	for name, id := range map[string]int64{
		"practice": s.PracticeID, "process": s.ProcessID, "activity": s.ActivityID, "role": s.RoleID, "region": s.RegionID, "about_person": s.PersonID,
		"team": s.TeamID, "company": s.CompanyID, "service": s.ServiceID, "policy": s.PolicyID, "assignment": s.AssignmentID,
	} {
		args[name] = nil
		if id != 0 {
			args[name] = id
		}
	}
	return args
}

// subjectRow is what is known of a subject where it is written about: its scope, a mention for the sentence, and whether
// it is private.
type subjectRow struct {
	PracticeID, ProcessID, ServiceID int64
	Mention, Region                  string
	Private                          bool
	Missing                          bool
}

const subjectValues = `(@practice::bigint, @process::bigint, @activity::bigint, @role::bigint, @region::bigint, @about_person::bigint, @team::bigint, @company::bigint, @service::bigint, @policy::bigint, @assignment::bigint)`

// subjectFrom joins to x, a row with a subject's ids, where that lies.
const subjectFrom = `
	LEFT JOIN assignment xa ON xa.id = x.assignment_id
	LEFT JOIN activity xk ON xk.id = x.activity_id
	LEFT JOIN role xr ON xr.id = COALESCE(x.role_id, xa.role_id)
	LEFT JOIN policy xl ON xl.id = x.policy_id
	LEFT JOIN role xo ON xo.id = xl.owner_role_id
	LEFT JOIN process xp ON xp.id = COALESCE(x.process_id, xk.process_id, xr.process_id, xo.process_id)
	LEFT JOIN practice xt ON xt.id = COALESCE(x.practice_id, xp.practice_id, xr.practice_id, xo.practice_id)
	LEFT JOIN service xs ON xs.id = COALESCE(x.service_id, xr.service_id, xo.service_id)`

// subjectPrivate says that x speaks of an objection, or of an assignment that plain readers do not know of on @today.
const subjectPrivate = `(x.code = 'objected' OR xa.id IS NOT NULL AND (xa.state <> 'appointed' OR NOT xa.announced AND lower(xa.during) > @today::date))`

// ofSubject finds where a subject lies and what to call it; one that is not there, or not for by to see, is NotFound.
func ofSubject(code string, s itsm.Subject, by itsm.Actor, found *subjectRow) scopeOf {
	return func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		args := with(subjectArgs(s), pgx.StrictNamedArgs{"code": code, "today": by.Today})
		rows, err := t.Query(ctx, `
			SELECT COALESCE(xt.id, 0) AS practice_id, COALESCE(xp.id, 0) AS process_id, COALESCE(xs.id, 0) AS service_id,
			       CASE WHEN x.activity_id IS NOT NULL THEN '[[activity:' || x.activity_id || ']]' WHEN xr.id IS NOT NULL THEN '[[role:' || xr.id || ']]'
			            WHEN xp.id IS NOT NULL THEN '[[process:' || xp.id || ']]' WHEN xs.id IS NOT NULL THEN '[[service:' || xs.id || ']]'
			            WHEN xt.id IS NOT NULL THEN '[[practice:' || xt.id || ']]' WHEN x.person_id IS NOT NULL THEN '[[person:' || x.person_id || ']]'
			            ELSE 'a policy' END AS mention,
			       CASE WHEN EXISTS (SELECT FROM region WHERE id = x.region_id) THEN '[[region:' || x.region_id || ']]' ELSE '' END AS region,
			       `+subjectPrivate+` AS private,
			       num_nonnulls(x.assignment_id) > num_nonnulls(xa.id) OR num_nonnulls(x.activity_id) > num_nonnulls(xk.id) OR num_nonnulls(x.role_id) > num_nonnulls(xr.id)
			       OR num_nonnulls(x.process_id) > num_nonnulls(xp.id) OR num_nonnulls(x.practice_id) > num_nonnulls(xt.id) OR num_nonnulls(x.service_id) > num_nonnulls(xs.id)
			       OR num_nonnulls(x.policy_id) > num_nonnulls(xl.id) OR x.assignment_id IS NOT NULL AND x.role_id IS NOT NULL AND x.role_id <> xa.role_id
			       OR x.person_id IS NOT NULL AND NOT EXISTS (SELECT FROM person WHERE id = x.person_id) AS missing
			FROM (SELECT @code::text AS code, v.* FROM (VALUES `+subjectValues+`) v (practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id)) x
			`+subjectFrom, args)
		if err != nil {
			return itsm.Scope{}, err
		}
		*found, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[subjectRow])
		switch {
		case err != nil:
			return itsm.Scope{}, err
		case found.Missing || s.About() == "" || !by.Operator && !by.MaySee(found.PracticeID):
			return itsm.Scope{}, itsm.NotFound{What: "gap"}
		}
		return itsm.Scope{PracticeID: found.PracticeID, ProcessID: found.ProcessID, ServiceID: found.ServiceID, RegionID: s.RegionID}, nil
	}
}

// AcceptGap takes a gap as it is, to a day; after it the gap comes back by itself. For the Owner of the scope and the
// office. One that is accepted already is a Conflict.
func (s *Store) AcceptGap(ctx context.Context, by itsm.Actor, in itsm.AcceptGap) error {
	var about subjectRow
	return s.door(ctx, by, itsm.AcceptGaps, ofSubject(in.Code, in.Subject, by, &about), func(ctx context.Context, t *tx) error {
		if err := in.Check(t.today); err != nil {
			return err
		}
		if err := t.stands(ctx, in.Code, in.Subject); err != nil {
			return err
		}
		t.private, t.reason = about.Private, in.Reason
		t.say("accepted until %s: %s", itsm.ShowDay(*in.LastDay), itsm.GapName(in.Code, about.Mention, about.Region))
		return t.run(ctx, `
			INSERT INTO accepted_gap (code, practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id, reason, accepted_by, during)
			SELECT @code, v.*, @reason, @by, daterange(@today::date, @last::date, '[]') FROM (VALUES `+subjectValues+`) v`,
			with(subjectArgs(in.Subject), pgx.StrictNamedArgs{"code": in.Code, "reason": in.Reason, "by": t.actor(), "today": t.today, "last": *in.LastDay}))
	})
}

// stands refuses an answer to a gap that is not there today: it was mended meanwhile, or never was.
func (t *tx) stands(ctx context.Context, code string, of itsm.Subject) error {
	there, err := t.gapOfAll(ctx, code, of)
	if err == nil && !there && of.AssignmentID != 0 {
		there, err = t.gapOfPerson(ctx, itsm.GapKey{Code: code, About: of.About()}, of.AssignmentID)
	}
	if err == nil && !there {
		return itsm.Conflict{Text: "This gap is not there today: somebody mended it, or it never was. Nothing was changed."}
	}
	return err
}

// gapOfAll says whether a gap stands in the organisation's list.
func (t *tx) gapOfAll(ctx context.Context, code string, of itsm.Subject) (there bool, err error) {
	err = t.QueryRow(ctx, `
		SELECT EXISTS (
			SELECT FROM (SELECT f.code, `+gapAbout+` AS about FROM (`+gapsThere(`ARRAY(SELECT COALESCE(@role::bigint, (SELECT role_id FROM assignment WHERE id = @assignment::bigint), 0))`)+`) f
			              WHERE f.code = @code) g, (VALUES `+subjectValues+`) x (practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id)
			WHERE g.code = @code AND g.about = `+aboutGap+`)`,
		with(subjectArgs(of), pgx.StrictNamedArgs{"code": code, "day": t.today, "today": t.today, "plans": true})).Scan(&there)
	return there, err
}

// gapOfPerson says whether a gap stands on the page of the person who holds an assignment: some stand there alone.
func (t *tx) gapOfPerson(ctx context.Context, key itsm.GapKey, assignment int64) (bool, error) {
	person, err := t.number(ctx, `SELECT COALESCE((SELECT person_id FROM assignment WHERE id = @id), 0)`, pgx.StrictNamedArgs{"id": assignment})
	if err != nil {
		return false, err
	}
	var g personGaps
	b := &pgx.Batch{}
	g.queue(b, t.by, person, t.today)
	err = t.SendBatch(ctx, b).Close()
	return slices.ContainsFunc(g.gaps(t.by, t.today), func(x itsm.Gap) bool { return x.Key() == key }), err
}

// actor is who acts as a foreign key: NULL for the operator.
func (t *tx) actor() *int64 {
	if t.by.Operator || t.by.PersonID == 0 {
		return nil
	}
	return &t.by.PersonID
}

// ReopenGap ends an acceptance today: the gap stands among the others again. For those who may accept it.
func (s *Store) ReopenGap(ctx context.Context, by itsm.Actor, id int64) error {
	var about subjectRow
	var code string
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		var subject itsm.Subject
		if err := t.QueryRow(ctx, `SELECT x.code, `+subjectIDs("x.person_id")+` FROM accepted_gap x WHERE x.id = $1`, id).Scan(append([]any{&code}, scanSubject(&subject)...)...); err != nil {
			return itsm.Scope{}, notFound(err, "accepted gap")
		}
		return ofSubject(code, subject, by, &about)(ctx, t)
	}
	return s.door(ctx, by, itsm.AcceptGaps, at, func(ctx context.Context, t *tx) error {
		t.private = about.Private
		t.say("accepts no longer: %s", itsm.GapName(code, about.Mention, about.Region))
		args := pgx.StrictNamedArgs{"id": id, "today": t.today}
		// What was accepted today was accepted on no day.
		tag, err := t.Exec(ctx, `DELETE FROM accepted_gap WHERE id = @id AND lower(during) >= @today::date`, args)
		if err != nil || tag.RowsAffected() == 1 {
			return err
		}
		return t.change(ctx, "It was taken back, or came to its end, already.",
			`UPDATE accepted_gap SET during = daterange(lower(during), @today::date) WHERE id = @id AND during @> @today::date`, args)
	})
}

// subjectIDs are the columns of x that scanSubject takes.
func subjectIDs(person string) string {
	return fmt.Sprintf(`COALESCE(x.practice_id, 0), COALESCE(x.process_id, 0), COALESCE(x.activity_id, 0), COALESCE(x.role_id, 0), COALESCE(x.region_id, 0), COALESCE(%s, 0),
		COALESCE(x.team_id, 0), COALESCE(x.company_id, 0), COALESCE(x.service_id, 0), COALESCE(x.policy_id, 0), COALESCE(x.assignment_id, 0)`, person)
}

func scanSubject(s *itsm.Subject) []any {
	return []any{&s.PracticeID, &s.ProcessID, &s.ActivityID, &s.RoleID, &s.RegionID, &s.PersonID, &s.TeamID, &s.CompanyID, &s.ServiceID, &s.PolicyID, &s.AssignmentID}
}

// Subject is what a form about a subject needs; NotFound where it is not there, or not for this reader.
func (s *Store) Subject(ctx context.Context, by itsm.Actor, code string, subject itsm.Subject) (f itsm.SubjectFacts, err error) {
	var row struct {
		PracticeID, ProcessID, ServiceID int64
		Name, Region, Place              string
		Private                          bool
	}
	b := &pgx.Batch{}
	one(b, &row, "gap", `
		SELECT COALESCE(xt.id, 0) AS practice_id, COALESCE(xp.id, 0) AS process_id, COALESCE(xs.id, 0) AS service_id,
		       COALESCE((SELECT name FROM step WHERE activity_id = xk.id ORDER BY version_id DESC LIMIT 1), `+subjectRoleCalled+`, (SELECT title FROM policy_version WHERE policy_id = xl.id ORDER BY number DESC LIMIT 1),
		                CASE WHEN x.process_id IS NOT NULL THEN xp.name WHEN x.practice_id IS NOT NULL THEN xt.name WHEN x.service_id IS NOT NULL THEN xs.name END,
		                (SELECT name FROM person WHERE id = x.person_id)) AS name,
		       COALESCE((SELECT name FROM region WHERE id = COALESCE(x.region_id, xa.region_id)), '') AS region,
		       COALESCE(CASE WHEN xk.id IS NOT NULL OR xr.id IS NOT NULL THEN COALESCE(xp.name, xt.name, xs.name, (SELECT name FROM organisation)) WHEN x.process_id IS NOT NULL THEN xt.name END, '') AS place,
		       `+subjectPrivate+` AS private
		FROM (SELECT @code::text AS code, v.* FROM (VALUES `+subjectValues+`) v (practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id)) x
		`+subjectFrom+`
		WHERE COALESCE(x.role_id, 0) IN (0, COALESCE(xr.id, 0)) AND COALESCE(x.assignment_id, 0) = COALESCE(xa.id, 0) AND COALESCE(x.activity_id, 0) = COALESCE(xk.id, 0)
		  AND COALESCE(xk.id, xr.id, xl.id, xp.id, xt.id, xs.id, (SELECT id FROM person WHERE id = x.person_id)) IS NOT NULL`,
		with(subjectArgs(subject), pgx.StrictNamedArgs{"code": code, "today": by.Today}))
	if err := s.ask(ctx, b); err != nil {
		return f, err
	}
	f = itsm.SubjectFacts{Subject: subject, Name: row.Name, Region: row.Region, Place: row.Place, Private: row.Private,
		At: itsm.Scope{PracticeID: row.PracticeID, ProcessID: row.ProcessID, ServiceID: row.ServiceID, RegionID: subject.RegionID}}
	if !by.Operator && !by.MaySee(row.PracticeID) {
		return f, itsm.NotFound{What: "gap"}
	}
	return f, nil
}
