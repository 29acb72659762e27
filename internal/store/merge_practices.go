package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// PracticeMerge says what making two practices one would do, before it is done.
type PracticeMerge struct {
	Keep, Other           itsm.Practice
	KeepOwner, OtherOwner itsm.Role
	Roles                 []RoleMerge // of the other, but its Owner
	Processes             []string    // of the other
	Taken                 []string    // of these, those whose name Keep has: they get the other's name added
	KeepOwners            []string    // who owns it, or will
	OtherOwners           []string
	SameOwner             bool // of both
	Relations, Services   int
	Policies, Auditors    int
	Gaps                  int // accepted ones, and actions
}

// RoleMerge is a role of the practice that is made one with another one: it unites with the one of its kind and name, or moves.
type RoleMerge struct{ Role, Into itsm.Role }

// PracticeMergePlan reads what merging practice other into keep would do.
func (s *Store) PracticeMergePlan(ctx context.Context, by itsm.Actor, keep, other int64) (m PracticeMerge, err error) {
	if !by.MaySee(keep) || !by.MaySee(other) {
		return m, itsm.NotFound{What: "practice"}
	}
	var r mergeRows
	b := &pgx.Batch{}
	r.queue(b, keep, other)
	args := pgx.StrictNamedArgs{"keep": keep, "other": other}
	for _, side := range []struct {
		into *itsm.Practice
		id   int64
	}{{&m.Keep, keep}, {&m.Other, other}} {
		one(b, side.into, "practice", `SELECT `+practiceColumns+` FROM practice p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": side.id})
	}
	list(b, &m.Processes, `SELECT name FROM process WHERE practice_id = @other AND archived_at IS NULL ORDER BY kind DESC, position`, pgx.StrictNamedArgs{"other": other})
	list(b, &m.Taken, `SELECT o.name FROM process o JOIN process k ON k.practice_id = @keep AND k.archived_at IS NULL AND lower(k.name) = lower(o.name)
		WHERE o.practice_id = @other AND o.archived_at IS NULL ORDER BY o.position`, args)
	var held, others []liveHat
	for _, side := range []struct {
		into *[]liveHat
		id   int64
	}{{&held, keep}, {&others, other}} {
		many(b, side.into, liveHats+` WHERE a.role_id = (SELECT id FROM role WHERE practice_id = @id AND kind = 'owner' AND archived_at IS NULL) AND `+stillLive+liveOrder,
			pgx.StrictNamedArgs{"id": side.id, "today": by.Today}, liveHatTargets)
	}
	for _, c := range []struct {
		into *int
		sql  string
	}{
		{&m.Relations, `practice_relation WHERE @other IN (practice_id, related_id)`}, {&m.Services, `service_support WHERE practice_id = @other`},
		{&m.Policies, `policy_attachment WHERE practice_id = @other`}, {&m.Auditors, `account_grant WHERE practice_id = @other`},
		{&m.Gaps, `(SELECT practice_id FROM accepted_gap UNION ALL SELECT practice_id FROM action WHERE done_on IS NULL) g WHERE practice_id = @other`},
	} {
		value(b, c.into, "practice", `SELECT count(*) FROM `+c.sql, pgx.StrictNamedArgs{"other": other})
	}
	if err = s.ask(ctx, b); err != nil {
		return m, err
	}
	m.KeepOwner, m.OtherOwner, m.Roles = r.assemble()
	m.KeepOwners, m.OtherOwners, m.SameOwner = owners(held), owners(others), sameOwner(held, others)
	return m, nil
}

// mergeRows are the roles of two practices.
type mergeRows struct{ keep, other []itsm.Role }

func (r *mergeRows) queue(b *pgx.Batch, keep, other int64) {
	for _, side := range []struct {
		into *[]itsm.Role
		id   int64
	}{{&r.keep, keep}, {&r.other, other}} {
		all(b, side.into, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.practice_id = @id AND r.archived_at IS NULL ORDER BY `+roleOrder, pgx.StrictNamedArgs{"id": side.id})
	}
}

func (r *mergeRows) assemble() (keepOwner, otherOwner itsm.Role, roles []RoleMerge) {
	for _, k := range r.keep {
		if k.Kind == itsm.Owner {
			keepOwner = k
		}
	}
	for _, o := range r.other {
		if o.Kind == itsm.Owner {
			otherOwner = o
			continue
		}
		pair := RoleMerge{Role: o}
		for _, k := range r.keep {
			if k.Kind == o.Kind && itsm.LibraryKey(k.Name) == itsm.LibraryKey(o.Name) {
				pair.Into = k
			}
		}
		roles = append(roles, pair)
	}
	return keepOwner, otherOwner, roles
}

// MergePractices makes two practices one: processes, roles, hats, relations, services, policies, accepted gaps, actions
// and auditors' grants of other go to keep, and other is archived, pointing at it. A practice has one Owner: where both
// have one, stays says whose: keep's id or other's; 0 is then a Conflict that names both. The counters are the practices'
// as the reader saw them. For who may merge at both. One event, which can be undone.
func (s *Store) MergePractices(ctx context.Context, by itsm.Actor, keep, other, stays, keepCounter, otherCounter int64) error {
	var c itsm.Checks
	c.Require(keep != other && keep > 0, "into", "Choose another practice to make it one with.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.MergePractices, ofPractice(keep), func(ctx context.Context, t *tx) error {
		if err := t.mayToo(ctx, itsm.MergePractices, ofPractice(other)); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"keep": keep, "other": other, "kc": keepCounter, "oc": otherCounter}
		n, err := t.number(ctx, `
			SELECT count(*) FROM (SELECT FROM practice WHERE archived_at IS NULL AND (id = @keep AND counter = @kc OR id = @other AND counter = @oc) ORDER BY id FOR UPDATE) pair`, args)
		if err != nil {
			return err
		}
		if n < 2 {
			return itsm.Conflict{Text: "One of the two practices was changed or archived after you looked at them. Look at them again."}
		}
		t.say("made [[practice:%d]] one with [[practice:%d]], which goes on", other, keep)
		if err := t.mergeRoles(ctx, keep, other, stays); err != nil {
			return err
		}
		return t.mergePractice(ctx, keep, other)
	})
}

// mergeRoles brings the roles of a practice into another one: those of its kind and name unite, others move.
func (t *tx) mergeRoles(ctx context.Context, keep, other, stays int64) error {
	var r mergeRows
	b := &pgx.Batch{}
	r.queue(b, keep, other)
	if err := t.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	keepOwner, otherOwner, roles := r.assemble()
	if err := t.mergeOwners(ctx, keepOwner, otherOwner, keep, stays); err != nil {
		return err
	}
	for _, m := range roles {
		var err error
		if m.Into.ID != 0 {
			err = t.mergeInto(ctx, m.Into.ID, m.Role.ID)
		} else {
			err = t.moveRole(ctx, m.Role.ID, keep)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) moveRole(ctx context.Context, role, to int64) error {
	return t.run(ctx, `UPDATE role SET practice_id = @to, counter = counter + 1 WHERE id = @id`, pgx.StrictNamedArgs{"to": to, "id": role})
}

// mergeOwners leaves one Owner role with one Owner: that of the practice which goes on, so that its past days go on naming
// who answered there. Whoever stays wears it from today on; the hats of the other one end.
func (t *tx) mergeOwners(ctx context.Context, keepOwner, otherOwner itsm.Role, keep, stays int64) error {
	if otherOwner.ID == 0 {
		return nil
	}
	if keepOwner.ID == 0 {
		return t.moveRole(ctx, otherOwner.ID, keep)
	}
	held, err := t.live(ctx, keepOwner.ID)
	if err != nil {
		return err
	}
	others, err := t.live(ctx, otherOwner.ID)
	if err != nil {
		return err
	}
	keeps, comes := owners(held), owners(others)
	if sameOwner(held, others) {
		stays = keep
	}
	if len(keeps) > 0 && len(comes) > 0 && stays == 0 {
		return itsm.Conflict{Text: fmt.Sprintf("A practice has one Owner. Choose whether %s or %s stays.", keeps[0], comes[0])}
	}
	end := others
	come := len(comes) > 0 && (len(keeps) == 0 || stays == otherOwner.PracticeID)
	if come {
		end = held
	}
	for _, a := range end {
		if err := t.stop(ctx, a); err != nil {
			return err
		}
	}
	for _, a := range others {
		if !come {
			break
		}
		if err := t.wearHere(ctx, a, keepOwner.ID); err != nil {
			return err
		}
	}
	if err := t.uniteEverywhere(ctx, keepOwner.ID, otherOwner.ID); err != nil {
		return err
	}
	return t.moveNotes(ctx, keepOwner.ID, otherOwner.ID)
}

const madeOne = "Two practices were made one."

// stop ends a hat today, or withdraws one that has not begun before.
func (t *tx) stop(ctx context.Context, a liveHat) error {
	if a.begun {
		if err := t.endOn(ctx, a.id, t.today, true, madeOne); err != nil {
			return err
		}
		return t.aboutHats(ctx, []int64{a.id})
	}
	return t.withdraw(ctx, a.id, madeOne)
}

// wearHere lets a hat go on as role: one that has begun ends where it was worn, and begins there today as it was decided.
func (t *tx) wearHere(ctx context.Context, a liveHat, role int64) error {
	args := pgx.StrictNamedArgs{"id": a.id, "role": role}
	if !a.begun {
		return t.run(ctx, `UPDATE assignment SET role_id = @role WHERE id = @id`, args)
	}
	args["today"] = t.today
	if err := t.run(ctx, `
		INSERT INTO assignment (role_id, role_kind, person_id, during, capacity, state, acceptance, answered_on, told_how, objection, announced, announced_during,
		                        recorded_on, decided_on, decided_by, recorded_by, reference, reason, ended_reason, share)
		SELECT @role, role_kind, person_id, daterange(@today, upper(during)), capacity, state, acceptance, answered_on, told_how, objection, announced,
		       CASE WHEN announced_during IS NOT NULL THEN daterange(@today, upper(announced_during)) END,
		       recorded_on, decided_on, decided_by, recorded_by, reference, reason, ended_reason, share
		FROM assignment WHERE id = @id`, args); err != nil {
		return err
	}
	return t.stop(ctx, a)
}

// liveHat is an assignment of a role that has not ended.
type liveHat struct {
	id, person int64
	name       string
	begun      bool
	owns       bool // decided, and not only to stand by
}

const (
	liveHats = `SELECT a.id, a.person_id, p.name, lower(a.during) < @today::date, a.state = 'appointed' AND a.capacity <> 'deputy'
		FROM assignment a JOIN person p ON p.id = a.person_id`
	liveOrder = ` ORDER BY a.state = 'appointed' DESC, a.capacity = 'holder' DESC, lower(a.during), a.id`
)

func liveHatTargets(h *liveHat) []any { return []any{&h.id, &h.person, &h.name, &h.begun, &h.owns} }

func (t *tx) live(ctx context.Context, role int64) (hats []liveHat, err error) {
	b := &pgx.Batch{}
	many(b, &hats, liveHats+` WHERE a.role_id = @role AND `+stillLive+liveOrder+` FOR UPDATE OF a`, pgx.StrictNamedArgs{"role": role, "today": t.today}, liveHatTargets)
	return hats, t.SendBatch(ctx, b).Close()
}

// owners are who owns, or will, by those hats.
func owners(hats []liveHat) (names []string) {
	for _, h := range hats {
		if h.owns && !slices.Contains(names, h.name) {
			names = append(names, h.name)
		}
	}
	return names
}

// sameOwner says that one person alone owns by these hats and by those.
func sameOwner(these, those []liveHat) bool {
	var who int64
	for _, hats := range [][]liveHat{these, those} {
		if owners(hats) == nil {
			return false
		}
		for _, h := range hats {
			if h.owns && who != 0 && h.person != who {
				return false
			}
			if h.owns {
				who = h.person
			}
		}
	}
	return true
}

// mergePractice brings everything else of a practice to another one, and archives it.
func (t *tx) mergePractice(ctx context.Context, keep, other int64) error {
	args := func() pgx.StrictNamedArgs { return pgx.StrictNamedArgs{"keep": keep, "other": other} }
	for _, sql := range []string{
		`UPDATE process o SET
			name = CASE WHEN EXISTS (SELECT FROM process k WHERE k.practice_id = @keep AND k.archived_at IS NULL AND lower(k.name) = lower(o.name) AND o.archived_at IS NULL)
			            THEN left(o.name || ' (' || (SELECT name FROM practice WHERE id = @other) || ')', 200) ELSE o.name END,
			position = o.position + (SELECT COALESCE(max(position), 0) FROM process WHERE practice_id = @keep),
			practice_id = @keep, counter = o.counter + 1
		 WHERE o.practice_id = @other`,
		`INSERT INTO practice_relation (practice_id, related_id, note)
		 SELECT LEAST(@keep::bigint, x.far), GREATEST(@keep::bigint, x.far), x.note
		 FROM (SELECT CASE WHEN practice_id = @other THEN related_id ELSE practice_id END AS far, note FROM practice_relation WHERE @other IN (practice_id, related_id)) x
		 WHERE x.far <> @keep ON CONFLICT (practice_id, related_id) DO NOTHING`,
		`DELETE FROM practice_relation WHERE @other IN (practice_id, related_id) AND @keep::bigint IS NOT NULL`,
		`DELETE FROM service_support o WHERE practice_id = @other AND EXISTS (SELECT FROM service_support k WHERE k.practice_id = @keep AND k.service_id = o.service_id)`,
		`UPDATE service_support SET practice_id = @keep WHERE practice_id = @other`,
		`UPDATE policy_attachment o SET practice_id = @keep WHERE practice_id = @other
		   AND NOT EXISTS (SELECT FROM policy_attachment k WHERE k.practice_id = @keep AND k.policy_id = o.policy_id AND k.during && o.during)`,
		`UPDATE account_grant o SET practice_id = @keep WHERE practice_id = @other
		   AND NOT EXISTS (SELECT FROM account_grant k WHERE k.practice_id = @keep AND k.account_id = o.account_id AND k.kind = o.kind AND k.during && o.during)`,
		`UPDATE accepted_gap o SET practice_id = @keep WHERE practice_id = @other
		   AND (num_nonnulls(process_id, activity_id, role_id, assignment_id) > 0
		        OR NOT EXISTS (SELECT FROM accepted_gap k WHERE k.practice_id = @keep AND k.code = o.code AND num_nonnulls(k.process_id, k.activity_id, k.role_id, k.assignment_id) = 0 AND k.during && o.during))`,
		`UPDATE action o SET practice_id = @keep WHERE practice_id = @other
		   AND (num_nonnulls(process_id, activity_id, role_id, assignment_id) > 0
		        OR NOT EXISTS (SELECT FROM action k WHERE k.practice_id = @keep AND k.code = o.code AND num_nonnulls(k.process_id, k.activity_id, k.role_id, k.assignment_id) = 0 AND k.done_on IS NULL))`,
	} {
		if err := t.run(ctx, sql, args()); err != nil {
			return err
		}
	}
	return t.run(ctx, `UPDATE practice SET archived_at = @at, merged_into_id = @keep, counter = counter + 1 WHERE id = @other`,
		pgx.StrictNamedArgs{"at": t.at, "keep": keep, "other": other})
}
