package store

import (
	"context"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// actionColumns reads an actionRow from actionFrom as x.
const (
	actionColumns = `
	x.id, x.what, x.code, x.person_id, p.name AS person, upper(p.employed) AS gone_on, x.due_on, COALESCE(b.name, 'The operator') AS planned_by, x.planned_on,
	x.done_on, COALESCE(d.name, 'The operator') AS done_by, x.outcome, x.counter, ` + subjectPrivate + ` AS private,
	COALESCE(x.practice_id, 0) AS practice_of, COALESCE(x.process_id, 0) AS process_of, COALESCE(x.activity_id, 0) AS activity_id, COALESCE(xr.id, 0) AS role_id,
	COALESCE(x.region_id, 0) AS region_id, COALESCE(x.about_id, 0) AS about_id, COALESCE(x.team_id, 0) AS team_id, COALESCE(x.company_id, 0) AS company_id,
	COALESCE(x.service_id, 0) AS service_of, COALESCE(x.policy_id, 0) AS policy_id, COALESCE(x.assignment_id, 0) AS assignment_id,
	COALESCE(xt.id, 0) AS practice_id, COALESCE(xp.id, 0) AS process_id, COALESCE(xs.id, 0) AS service_id,
	COALESCE((SELECT name FROM step WHERE activity_id = x.activity_id ORDER BY version_id DESC LIMIT 1), ` + subjectRoleCalled + `, (SELECT title FROM policy_version WHERE policy_id = x.policy_id ORDER BY number DESC LIMIT 1),
	         CASE WHEN x.process_id IS NOT NULL THEN xp.name WHEN x.practice_id IS NOT NULL THEN xt.name WHEN x.service_id IS NOT NULL THEN xs.name END, q.name, '') AS about_name,
	COALESCE(xp.name, xt.name, xs.name, '') AS place`
	actionFrom = `
	action x JOIN person p ON p.id = x.person_id
	LEFT JOIN person b ON b.id = x.planned_by
	LEFT JOIN person d ON d.id = x.done_by
	LEFT JOIN person q ON q.id = x.about_id` + subjectFrom
)

// actionSeen leaves out, for externals, what lies elsewhere; and for plain readers, what is not announced.
var actionSeen = `
	(@all::bool OR xt.id = ANY(@sees::bigint[]) OR x.person_id = @me)
	AND (NOT ` + subjectPrivate + ` OR @me IN (x.person_id, x.planned_by) OR @plans::bool OR ` + plannedIn(`xt.id`, `xp.id`, `xs.id`) + `)`

// actionArgs are what actionSeen and actionColumns ask of a reader.
func actionArgs(by itsm.Actor, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	return with(with(seeing(by, args), planArgs(by)), pgx.StrictNamedArgs{"me": by.PersonID, "today": by.Today})
}

type actionRow struct {
	ID                                        int64
	What, Code                                string
	PersonID                                  int64
	Person                                    string
	GoneOn                                    *time.Time
	DueOn                                     time.Time
	PlannedBy                                 string
	PlannedOn                                 time.Time
	DoneOn                                    *time.Time
	DoneBy, Outcome                           string
	Counter                                   int64
	Private                                   bool
	PracticeOf, ProcessOf, ActivityID, RoleID int64
	RegionID, AboutID, TeamID, CompanyID      int64
	ServiceOf, PolicyID, AssignmentID         int64
	PracticeID, ProcessID, ServiceID          int64
	AboutName, Place                          string
}

func (r actionRow) action() itsm.PlannedAction {
	a := itsm.PlannedAction{
		ID: r.ID, What: r.What, Code: r.Code, PersonID: r.PersonID, Person: r.Person, GoneOn: r.GoneOn, DueOn: r.DueOn, PlannedBy: r.PlannedBy, PlannedOn: r.PlannedOn,
		DoneOn: r.DoneOn, DoneBy: r.DoneBy, Outcome: r.Outcome, Counter: r.Counter, Private: r.Private, AboutName: r.AboutName, Place: r.Place,
		At: itsm.Scope{PracticeID: r.PracticeID, ProcessID: r.ProcessID, ServiceID: r.ServiceID},
		Subject: itsm.Subject{PracticeID: r.PracticeOf, ProcessID: r.ProcessOf, ActivityID: r.ActivityID, RoleID: r.RoleID, RegionID: r.RegionID, PersonID: r.AboutID,
			TeamID: r.TeamID, CompanyID: r.CompanyID, ServiceID: r.ServiceOf, PolicyID: r.PolicyID, AssignmentID: r.AssignmentID},
	}
	if a.Place == a.AboutName {
		a.Place = ""
	}
	return a
}

func actionsOf(rows []actionRow) []itsm.PlannedAction {
	out := make([]itsm.PlannedAction, len(rows))
	for i, r := range rows {
		out[i] = r.action()
	}
	return out
}

// actionOrder are the orders of the list; the second one is the other way.
var actionOrder = map[string][2]string{
	"due":    {`x.due_on, x.id`, `x.due_on DESC, x.id DESC`},
	"done":   {`x.done_on DESC, x.id DESC`, `x.done_on, x.id`},
	"what":   {`lower(x.what), x.id`, `lower(x.what) DESC, x.id`},
	"person": {`lower(p.sort_name), x.due_on, x.id`, `lower(p.sort_name) DESC, x.due_on, x.id`},
}

// actionWanted narrows the list; its arguments come from actionsWanted.
var actionWanted = `(x.done_on IS NOT NULL) = @done AND (NOT @mine::bool OR x.person_id = @me) AND (@practice = 0 OR xt.id = @practice) AND ` + actionSeen

func actionsWanted(by itsm.Actor, f itsm.ActionFilter) pgx.StrictNamedArgs {
	return actionArgs(by, pgx.StrictNamedArgs{"done": f.Done, "mine": f.Mine, "practice": f.PracticeID})
}

// actionsInOrder is the order of the list: open ones by the day they are due, done ones the latest first.
func actionsInOrder(f itsm.ActionFilter) string {
	sort, way := f.Sort, 0
	if sort == "" && f.Done {
		sort = "done"
	} else if sort == "" {
		sort = "due"
	}
	if f.Descending {
		way = 1
	}
	return actionOrder[sort][way]
}

// ActionRows are the actions that a filter finds, as far as the reader may see, one by one and in its order.
func (s *Store) ActionRows(ctx context.Context, by itsm.Actor, f itsm.ActionFilter) iter.Seq2[itsm.PlannedAction, error] {
	rows := stream[actionRow](ctx, s, `SELECT `+actionColumns+` FROM `+actionFrom+` WHERE `+actionWanted+` ORDER BY `+actionsInOrder(f), actionsWanted(by, f))
	return func(yield func(itsm.PlannedAction, error) bool) {
		for r, err := range rows {
			if !yield(r.action(), err) || err != nil {
				return
			}
		}
	}
}

// Actions is a page of the actions that a reader may see, with how many there are and the practices to choose from.
type Actions struct {
	Actions   []itsm.PlannedAction
	Total     int
	Overdue   int
	Practices []itsm.PracticeLine
}

// Actions lists the open actions, those due first on top; or those done, the latest first.
func (s *Store) Actions(ctx context.Context, by itsm.Actor, f itsm.ActionFilter) (out Actions, err error) {
	args := func(more pgx.StrictNamedArgs) pgx.StrictNamedArgs { return with(actionsWanted(by, f), more) }
	var rows []actionRow
	b := &pgx.Batch{}
	all(b, &rows, `SELECT `+actionColumns+` FROM `+actionFrom+` WHERE `+actionWanted+` ORDER BY `+actionsInOrder(f)+` LIMIT @most OFFSET @skip`,
		args(pgx.StrictNamedArgs{"most": itsm.ActionsPage, "skip": max(f.Page-1, 0) * itsm.ActionsPage}))
	value(b, &out.Total, "action", `SELECT count(*) FROM `+actionFrom+` WHERE `+actionWanted, args(nil))
	value(b, &out.Overdue, "action", `SELECT count(*) FROM `+actionFrom+` WHERE `+actionWanted+` AND x.done_on IS NULL AND x.due_on < @today::date`, args(nil))
	all(b, &out.Practices, practiceNames, seeing(by, pgx.StrictNamedArgs{}))
	if err := s.ask(ctx, b); err != nil {
		return out, err
	}
	out.Actions = actionsOf(rows)
	return out, nil
}

// practiceNames are the practices that a filter offers.
const practiceNames = `
	SELECT ` + practiceColumns + `, '' AS owner, 0::bigint AS owner_id, false AS acting, 0 AS vacant, 0 AS processes
	FROM practice p WHERE p.archived_at IS NULL AND (@all::bool OR p.id = ANY(@sees)) ORDER BY lower(p.name) LIMIT 1000`

// openActions queues the reader's own open actions, those due first on top.
func openActions(b *pgx.Batch, into *[]actionRow, by itsm.Actor) {
	all(b, into, `SELECT `+actionColumns+` FROM `+actionFrom+` WHERE x.person_id = @me AND x.done_on IS NULL ORDER BY x.due_on, x.id LIMIT 50`,
		pgx.StrictNamedArgs{"me": by.PersonID, "today": by.Today})
}

// Action is one action with its history; NotFound where there is none that the actor may see.
func (s *Store) Action(ctx context.Context, by itsm.Actor, id int64) (a itsm.PlannedAction, moments []itsm.Moment, err error) {
	var row actionRow
	b := &pgx.Batch{}
	one(b, &row, "action", `SELECT `+actionColumns+` FROM `+actionFrom+` WHERE x.id = @id AND `+actionSeen, actionArgs(by, pgx.StrictNamedArgs{"id": id}))
	recent := s.recent(b, "action", id)
	if err := s.ask(ctx, b); err != nil {
		return a, nil, err
	}
	a = row.action()
	return a, recent(by, a.At), nil
}

// PlanAction says who does what by when about something, for a gap or for itself. For Managers and Owners of the scope
// and the office. A gap that is planned already is a Conflict.
func (s *Store) PlanAction(ctx context.Context, by itsm.Actor, in itsm.ActionInput) (id int64, err error) {
	var about subjectRow
	err = s.door(ctx, by, itsm.PlanAction, ofSubject(in.Code, in.Subject, by, &about), func(ctx context.Context, t *tx) error {
		if err := in.Check(t.today); err != nil {
			return err
		}
		if err := t.here(ctx, in.PersonID, "person"); err != nil {
			return err
		}
		if in.Code != "" {
			if err := t.stands(ctx, in.Code, in.Subject); err != nil {
				return err
			}
		}
		args := with(subjectArgs(in.Subject), pgx.StrictNamedArgs{"what": in.What, "person": in.PersonID, "due": *in.DueOn, "code": in.Code, "by": t.actor(), "today": t.today})
		id, err = t.number(ctx, `
			INSERT INTO action (what, person_id, due_on, code, practice_id, process_id, activity_id, role_id, region_id, about_id, team_id, company_id, service_id, policy_id, assignment_id, planned_by, planned_on)
			SELECT @what, @person, @due::date, @code, v.*, @by, @today::date FROM (VALUES `+subjectValues+`) v RETURNING id`, args)
		if err != nil {
			return err
		}
		t.private = about.Private
		t.say("planned [[action:%d]] for %s: [[person:%d]], by %s", id, about.Mention, in.PersonID, itsm.ShowDay(*in.DueOn))
		return t.once(ctx, "action "+in.What, "This is planned already, in the same words.", `
			SELECT count(*) FROM action a JOIN action b USING (what, person_id, due_on) WHERE b.id = @id AND a.done_on IS NULL AND a.code = '' AND b.code = ''
			   AND (a.practice_id, a.process_id, a.role_id, a.service_id, a.about_id) IS NOT DISTINCT FROM (b.practice_id, b.process_id, b.role_id, b.service_id, b.about_id)`,
			pgx.StrictNamedArgs{"id": id})
	})
	return id, err
}

// ofAction finds where an action is, and locks it.
func ofAction(id int64, by itsm.Actor, found *actionRow) scopeOf {
	return func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		rows, err := t.Query(ctx, `SELECT `+actionColumns+` FROM `+actionFrom+` WHERE x.id = @id AND `+actionSeen+` FOR UPDATE OF x`, actionArgs(by, pgx.StrictNamedArgs{"id": id}))
		if err != nil {
			return itsm.Scope{}, err
		}
		if *found, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[actionRow]); err != nil {
			return itsm.Scope{}, notFound(err, "action")
		}
		return found.action().Scope(), nil
	}
}

// EditAction changes what, who or by when, if the action's counter is still counter.
func (s *Store) EditAction(ctx context.Context, by itsm.Actor, id, counter int64, in itsm.ActionInput) error {
	var was actionRow
	return s.door(ctx, by, itsm.PlanAction, ofAction(id, by, &was), func(ctx context.Context, t *tx) error {
		in.Subject = was.action().Subject
		earliest := t.today
		if was.DueOn.Before(earliest) {
			earliest = was.DueOn
		}
		if err := in.Check(earliest); err != nil {
			return err
		}
		if in.PersonID != was.PersonID {
			if err := t.here(ctx, in.PersonID, "person"); err != nil {
				return err
			}
		}
		t.private = was.Private
		t.say("changed [[action:%d]]: [[person:%d]], by %s; before, [[person:%d]], by %s", id, in.PersonID, itsm.ShowDay(*in.DueOn), was.PersonID, itsm.ShowDay(was.DueOn))
		return t.edit(ctx, "action", `
			UPDATE action SET what = @what, person_id = @person, due_on = @due, counter = counter + 1 WHERE id = @id AND counter = @counter AND done_on IS NULL`,
			pgx.StrictNamedArgs{"id": id, "counter": counter, "what": in.What, "person": in.PersonID, "due": *in.DueOn})
	})
}

// CloseAction says that an action is done, and how. For whoever does it, too.
func (s *Store) CloseAction(ctx context.Context, by itsm.Actor, id int64, outcome string) error {
	var c itsm.Checks
	c.Prose(&outcome, "outcome", itsm.ReasonMax)
	c.Require(outcome != "", "outcome", "Say in a sentence how it was done.")
	if err := c.Err(); err != nil {
		return err
	}
	var was actionRow
	return s.door(ctx, by, itsm.CloseAction, ofAction(id, by, &was), func(ctx context.Context, t *tx) error {
		t.private = was.Private
		t.say("closed [[action:%d]] as done", id)
		return t.change(ctx, "Somebody else closed this action meanwhile.", `
			UPDATE action SET done_on = @today, done_by = @by, outcome = @outcome, counter = counter + 1 WHERE id = @id AND done_on IS NULL`,
			pgx.StrictNamedArgs{"id": id, "today": t.today, "by": t.actor(), "outcome": outcome})
	})
}

// ReopenAction takes back that an action is done.
func (s *Store) ReopenAction(ctx context.Context, by itsm.Actor, id int64) error {
	var was actionRow
	return s.door(ctx, by, itsm.PlanAction, ofAction(id, by, &was), func(ctx context.Context, t *tx) error {
		t.private = was.Private
		t.say("opened [[action:%d]] again", id)
		return t.change(ctx, "The action is open already.", `
			UPDATE action SET done_on = NULL, done_by = NULL, outcome = '', counter = counter + 1 WHERE id = @id AND done_on IS NOT NULL`,
			pgx.StrictNamedArgs{"id": id})
	})
}
