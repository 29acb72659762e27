package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// MergePlan says what merging one role into another would do, before it is done.
type MergePlan struct {
	Keep, Other itsm.Role
	Uses        []itsm.RoleUse // processes whose matrix has the other
	Both        int            // activities where both have letters: these unite
	Holdings    []itsm.Holding // of the other, today
	Twice       int            // assignments of the other that the same holder has at keep for all of the time: they stay behind as history
	Parties     []string       // teams and companies that wear the other, or will: no Manager's hat is theirs
}

// MergePlan reads what merging other into keep would do.
func (s *Store) MergePlan(ctx context.Context, by itsm.Actor, keep, other int64) (m MergePlan, err error) {
	b := &pgx.Batch{}
	for _, side := range []struct {
		into *itsm.Role
		id   int64
	}{{&m.Keep, keep}, {&m.Other, other}} {
		one(b, side.into, "role", `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.id = @id`, pgx.StrictNamedArgs{"id": side.id})
	}
	all(b, &m.Uses, roleUses, seeing(by, pgx.StrictNamedArgs{"id": other, "day": by.Today}))
	value(b, &m.Both, "role", `
		SELECT count(*) FROM raci_cell k JOIN raci_cell o ON o.version_id = k.version_id AND o.activity_id = k.activity_id AND o.role_id = @other
		JOIN process_version x ON x.id = k.version_id AND x.state = 'draft'
		WHERE k.role_id = @keep`, pgx.StrictNamedArgs{"keep": keep, "other": other})
	holders(b, &m.Holdings, by.Today, `SELECT @other::bigint`, pgx.StrictNamedArgs{"other": other})
	value(b, &m.Twice, "role", `SELECT count(*) FROM assignment o WHERE o.role_id = @other AND `+heldTwice, pgx.StrictNamedArgs{"keep": keep, "other": other})
	value(b, &m.Parties, "role", partiesWear, pgx.StrictNamedArgs{"other": other, "today": by.Today})
	return m, s.ask(ctx, b)
}

// partiesWear are the teams and companies that wear role @other, or will.
const partiesWear = `
	SELECT COALESCE(array_agg(DISTINCT COALESCE(t.name, c.name) ORDER BY COALESCE(t.name, c.name)), '{}')
	FROM assignment a LEFT JOIN team t ON t.id = a.team_id LEFT JOIN company c ON c.id = a.company_id
	WHERE a.role_id = @other AND a.person_id IS NULL AND a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) > @today::date)`

// heldTwice says that the holder of assignment o has role @keep in the same way for all of its time.
const heldTwice = `EXISTS (
	SELECT FROM assignment k
	WHERE k.role_id = @keep AND k.state = o.state AND k.capacity = o.capacity AND k.during @> o.during
	  AND (k.person_id, k.team_id, k.company_id, k.region_id, k.service_id) IS NOT DISTINCT FROM (o.person_id, o.team_id, o.company_id, o.region_id, o.service_id))`

// MergeRoles merges role other into keep: letters unite in every draft, holders and what else hangs on it move, and it is
// archived, pointing at keep. Both must be of one kind, and not Owners: an Owner is given back instead. A practitioners' role may
// go up in a Manager's of its practice, as one that only a name made: its holders are Managers from then on, so that they are
// persons, whoever merges may appoint Managers there, and is none of them. For those who may merge at both. Undo takes it back.
func (s *Store) MergeRoles(ctx context.Context, by itsm.Actor, keep, other int64) error {
	var c itsm.Checks
	c.Require(keep != other, "into", "Choose another role to merge it into.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.MergeRoles, ofRole(keep), func(ctx context.Context, t *tx) error {
		if err := t.mayToo(ctx, itsm.MergeRoles, ofRole(other)); err != nil {
			return err
		}
		if err := t.mergeable(ctx, keep, other); err != nil {
			return err
		}
		t.say("merged the role [[role:%d]] into [[role:%d]]", other, keep)
		return t.mergeInto(ctx, keep, other)
	})
}

// mergeInto lets a role go up in another one: letters in every draft, holders, and what else hangs on it.
func (t *tx) mergeInto(ctx context.Context, keep, other int64) error {
	if err := t.uniteEverywhere(ctx, keep, other); err != nil {
		return err
	}
	return t.moveToRole(ctx, keep, other)
}

// uniteEverywhere moves the letters of role other to role keep in every draft.
func (t *tx) uniteEverywhere(ctx context.Context, keep, other int64) error {
	var drafts []int64
	err := t.QueryRow(ctx, `
		WITH bumped AS (
			UPDATE process_version x SET counter = counter + 1
			WHERE x.state = 'draft' AND EXISTS (SELECT FROM raci_column k WHERE k.version_id = x.id AND k.role_id = $1)
			RETURNING id
		) SELECT COALESCE(array_agg(id), '{}') FROM bumped`, other).Scan(&drafts)
	if err != nil {
		return err
	}
	return t.unite(ctx, drafts, keep, other)
}

// mayToo asks for a right at a second scope.
func (t *tx) mayToo(ctx context.Context, act itsm.Action, of scopeOf) error {
	scope, err := of(ctx, t.Tx)
	if err != nil {
		return err
	}
	return allowed(t.by, act, scope)
}

// mergeable locks two roles and refuses those that cannot become one.
func (t *tx) mergeable(ctx context.Context, keep, other int64) error {
	var rows, kinds, gone int
	var kind string
	var rises bool
	err := t.QueryRow(ctx, `
		SELECT count(*), count(DISTINCT kind), count(*) FILTER (WHERE archived_at IS NOT NULL), COALESCE(min(kind), ''),
		       bool_or(id = $1 AND kind = 'manager') AND bool_or(id = $2 AND kind = 'practitioner') AND count(DISTINCT under) = 1 AND count(under) = 2
		FROM (SELECT r.id, r.kind, r.archived_at, COALESCE(r.practice_id, (SELECT practice_id FROM process WHERE id = r.process_id)) AS under
		      FROM role r WHERE r.id IN ($1, $2) ORDER BY r.id FOR UPDATE) pair`, keep, other).Scan(&rows, &kinds, &gone, &kind, &rises)
	switch {
	case err != nil:
		return err
	case rows < 2:
		return itsm.NotFound{What: "role"}
	case gone > 0:
		return itsm.Conflict{Text: "One of the two roles was archived meanwhile. Only roles in use are merged."}
	case rises:
		return t.risen(ctx, keep, other)
	case kinds > 1:
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "into", Text: "Only roles of one kind are merged, and a practitioners’ role into a Manager’s of its own practice."}}}
	case itsm.RoleKind(kind) == itsm.Owner:
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "into", Text: "Owner roles are not merged. Give the process's own Owner back to its practice instead."}}}
	}
	return nil
}

// risen refuses a practitioners' role whose holders cannot become Managers by this actor.
func (t *tx) risen(ctx context.Context, keep, other int64) error {
	if err := t.mayToo(ctx, itsm.AppointManager, ofRole(keep)); err != nil {
		return err
	}
	b := &pgx.Batch{}
	var parties []string
	var oneself bool
	value(b, &parties, "role", partiesWear, pgx.StrictNamedArgs{"other": other, "today": t.today})
	value(b, &oneself, "role", `
		SELECT EXISTS (SELECT FROM assignment WHERE role_id = @other AND person_id = @by AND state <> 'withdrawn' AND (upper_inf(during) OR upper(during) > @today::date))`,
		pgx.StrictNamedArgs{"other": other, "today": t.today, "by": t.by.PersonID})
	if err := t.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	if len(parties) > 0 {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "into", Text: "A Manager is a person, and " + itsm.NamesAnd(parties) + " would become one: end that hat first."}}}
	}
	if oneself && !t.by.Operator {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "into", Text: "You wear this hat, and would become a Manager by your own hand. Let somebody else merge it."}}}
	}
	return nil
}

// moveToRole moves who and what hangs on a role to another one, and archives it. Teams and companies never were Managers: what they
// wore stays behind as history.
func (t *tx) moveToRole(ctx context.Context, keep, other int64) error {
	if err := t.run(ctx, `
		UPDATE assignment o SET role_id = @keep, role_kind = k.kind
		FROM role k
		WHERE k.id = @keep AND o.role_id = @other AND (k.kind <> 'manager' OR o.person_id IS NOT NULL) AND NOT `+heldTwice, pgx.StrictNamedArgs{"keep": keep, "other": other}); err != nil {
		return err
	}
	return t.moveNotes(ctx, keep, other)
}

// moveNotes moves what hangs on a role, but those who wear it, to another one, and archives it.
func (t *tx) moveNotes(ctx context.Context, keep, other int64) error {
	for _, sql := range []string{
		`UPDATE mistake SET role_id = @keep WHERE role_id = @other`,
		`UPDATE accepted_gap o SET role_id = @keep WHERE role_id = @other AND NOT EXISTS (SELECT FROM accepted_gap k WHERE k.role_id = @keep AND k.code = o.code AND k.during && o.during)`,
		`UPDATE action o SET role_id = @keep WHERE role_id = @other AND NOT EXISTS (SELECT FROM action k WHERE k.role_id = @keep AND k.code = o.code AND k.code <> '' AND k.done_on IS NULL)`,
		`UPDATE policy SET owner_role_id = @keep WHERE owner_role_id = @other`,
	} {
		if err := t.run(ctx, sql, pgx.StrictNamedArgs{"keep": keep, "other": other}); err != nil {
			return err
		}
	}
	return t.run(ctx, `UPDATE role SET archived_at = @at, merged_into_id = @keep, counter = counter + 1 WHERE id = @other`,
		pgx.StrictNamedArgs{"at": t.at, "keep": keep, "other": other})
}
