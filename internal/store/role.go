package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// roleColumns reads an itsm.Role from roleFrom.
var roleColumns = `
	r.id, r.kind, r.name, COALESCE(r.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id,
	COALESCE(rp.name, rc.name, rv.name, (SELECT name FROM organisation)) AS scope_name, r.per_case, r.outside_office, COALESCE(r.stands_for, '') AS stands_for,
	r.purpose, r.responsibilities, r.authorities, r.competences, r.wanted_min, r.wanted_max, r.archived_at IS NOT NULL AS archived, r.counter, ` + clockColumns("r")

const roleFrom = `
	role r` + roleJoins

// roleJoins joins to role r what it hangs on.
const roleJoins = `
	LEFT JOIN practice rp ON rp.id = r.practice_id
	LEFT JOIN process rc ON rc.id = r.process_id
	LEFT JOIN service rv ON rv.id = r.service_id`

// roleStands says of role r, with roleJoins, that it is in use, and what it hangs on too.
const roleStands = `r.archived_at IS NULL AND COALESCE(rp.archived_at, rc.archived_at, rv.archived_at) IS NULL`

// roleOrder is how roles of one scope are listed: by kind, then name.
const roleOrder = `array_position(ARRAY['owner', 'manager', 'practitioner', 'whoever'], r.kind), lower(r.name), r.id`

// roleUsed says that something hangs on role r: it is archived then, not deleted.
const roleUsed = `(
	EXISTS (SELECT FROM assignment WHERE role_id = r.id) OR EXISTS (SELECT FROM raci_column WHERE role_id = r.id)
	OR EXISTS (SELECT FROM policy WHERE owner_role_id = r.id) OR EXISTS (SELECT FROM mistake WHERE role_id = r.id)
	OR EXISTS (SELECT FROM accepted_gap WHERE role_id = r.id) OR EXISTS (SELECT FROM action WHERE role_id = r.id) OR EXISTS (SELECT FROM review WHERE role_id = r.id) OR EXISTS (SELECT FROM role m WHERE m.merged_into_id = r.id))`

// RoleView is a role with who holds it today and where it is used.
type RoleView struct {
	itsm.Role
	// Practice is the one that the role lies in; PracticeID of At() is its id. "" for roles of the organisation and of services.
	Practice     string
	UnderID      int64 // the practice's id
	MergedIntoID int64 // the role it was merged into; 0 where it was not
	MergedInto   string
	Closed       bool // what it hangs on is archived
	Holdings     []itsm.Holding
	Asked        []itsm.Holding // who does not count before they accept
	Uses         []itsm.RoleUse
	Timeline     []itsm.Assignment // who held it when: what by may know of it
	Reviews      []itsm.Review
	Around       itsm.Around
	Recent       []itsm.Moment
}

// At is where the role's rights hang.
func (v RoleView) At() itsm.Scope { return v.Role.Scope(v.UnderID) }

// rolePlace is where a role hangs beyond its own scope, and what became of it.
type rolePlace struct {
	UnderID      int64
	Practice     string
	MergedIntoID int64
	MergedInto   string
	Closed       bool
}

// Role reads a role with everything its card shows today; NotFound where there is none that the actor may see.
func (s *Store) Role(ctx context.Context, by itsm.Actor, id int64) (v RoleView, err error) {
	day := by.Day()
	b, place := &pgx.Batch{}, rolePlace{}
	args := pgx.StrictNamedArgs{"id": id}
	one(b, &v.Role, "role", `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.id = @id`, args)
	one(b, &place, "role", `
		SELECT COALESCE(r.practice_id, c.practice_id, 0) AS under_id, COALESCE(p.name, '') AS practice,
		       COALESCE(r.merged_into_id, 0) AS merged_into_id, COALESCE(m.name, '') AS merged_into,
		       COALESCE(c.archived_at, p.archived_at, v.archived_at) IS NOT NULL AS closed
		FROM role r LEFT JOIN process c ON c.id = r.process_id LEFT JOIN practice p ON p.id = COALESCE(r.practice_id, c.practice_id)
		LEFT JOIN role m ON m.id = r.merged_into_id LEFT JOIN service v ON v.id = r.service_id
		WHERE r.id = @id`, args)
	var then rolesThen
	worn := `SELECT @id::bigint`
	if day.Before(by.Today) {
		worn += ` UNION SELECT merged_into_id FROM role WHERE id = @id AND merged_into_id IS NOT NULL`
		then.queue(b, day, worn, args)
	}
	holdersFor(b, &v.Holdings, by, day, worn, args)
	notYet(b, &v.Asked, by, day, `SELECT @id::bigint`, args)
	all(b, &v.Uses, roleUses, seeing(by, pgx.StrictNamedArgs{"id": id, "day": day}))
	s.around(b, &v.Around, by, "role", id, `a.role_id = @id`)
	timeline(b, &v.Timeline, by, `a.role_id = @id`, id, itsm.TimelineMost)
	pastReviews(b, &v.Reviews, itsm.RoleReview, id)
	moments := s.recent(b, "role", id)
	if err = s.ask(ctx, b); err != nil {
		return v, err
	}
	v.UnderID, v.Practice, v.MergedIntoID, v.MergedInto, v.Closed = place.UnderID, place.Practice, place.MergedIntoID, place.MergedInto, place.Closed
	if by.External && v.Kind != itsm.Whoever && !by.MaySee(v.UnderID) {
		return RoleView{}, itsm.NotFound{What: "role"}
	}
	then.put(v.Holdings)
	v.Holdings, v.Asked = visible(by, v.At(), day, v.Holdings)[id], knownTo(by, v.At(), day, v.Asked)
	v.Timeline, v.Recent, v.Reviews = shown(by, v.Timeline), moments(by, v.At()), told(by, v.At(), v.Reviews)
	return v, nil
}

// roleUses are the processes whose matrix has a column of role @id, in the version in force on @day.
const roleUses = `
	SELECT c.id AS process_id, c.name AS process, p.id AS practice_id, p.name AS practice,
	       count(*) FILTER (WHERE l.letters LIKE '%A%') AS a, count(*) FILTER (WHERE l.letters LIKE '%R%') AS r,
	       count(*) FILTER (WHERE l.letters LIKE '%C%') AS c, count(*) FILTER (WHERE l.letters LIKE '%I%') AS i,
	       count(*) FILTER (WHERE l.letters LIKE '%S%') AS s
	FROM raci_column k
	JOIN process_version x ON x.id = k.version_id AND x.id = (SELECT id FROM version_on(x.process_id, @day::date))
	JOIN process c ON c.id = x.process_id AND c.archived_at IS NULL
	JOIN practice p ON p.id = c.practice_id
	LEFT JOIN raci_cell l ON l.version_id = k.version_id AND l.role_id = k.role_id
	WHERE k.role_id = @id AND (@all::bool OR c.practice_id = ANY(@sees))
	GROUP BY c.id, p.id
	ORDER BY lower(p.name), c.position`

// AddRole adds a role to a scope: the practice, process or service it names, or the organisation. A process's role gets
// a column in its matrix at once.
func (s *Store) AddRole(ctx context.Context, by itsm.Actor, r itsm.Role) (id int64, err error) {
	if err := r.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditRole, ofNewRole(r), func(ctx context.Context, t *tx) error {
		for table, of := range map[string]int64{"practice": r.PracticeID, "process": r.ProcessID, "service": r.ServiceID} {
			if err := t.unarchived(ctx, table, of); err != nil {
				return err
			}
		}
		if id, err = t.addRole(ctx, r); err != nil {
			return err
		}
		if err := t.setClock(ctx, itsm.RoleReview, id, r.ReviewMonths); err != nil {
			return err
		}
		t.say("added the role [[role:%d]]%s", id, at(r))
		if r.ProcessID == 0 {
			return nil
		}
		version, err := t.draft(ctx, r.ProcessID, Latest)
		if err != nil {
			return err
		}
		return t.addColumns(ctx, version, []int64{id})
	})
	return id, err
}

// at names where a role hangs, for an event's sentence.
func at(r itsm.Role) string {
	switch {
	case r.PracticeID != 0:
		return fmt.Sprintf(" to [[practice:%d]]", r.PracticeID)
	case r.ProcessID != 0:
		return fmt.Sprintf(" to [[process:%d]]", r.ProcessID)
	case r.ServiceID != 0:
		return fmt.Sprintf(" to [[service:%d]]", r.ServiceID)
	}
	return " to the organisation"
}

func ofNewRole(r itsm.Role) scopeOf {
	switch {
	case r.PracticeID != 0:
		return ofPractice(r.PracticeID)
	case r.ProcessID != 0:
		return ofProcess(r.ProcessID)
	case r.ServiceID != 0:
		return ofService(r.ServiceID)
	}
	return theOrganisation
}

func (t *tx) addRole(ctx context.Context, r itsm.Role) (int64, error) {
	args := roleArgs(r)
	args["practice"], args["process"], args["service"] = r.PracticeID, r.ProcessID, r.ServiceID
	args["kind"], args["stands"] = string(r.Kind), r.StandsFor
	return t.number(ctx, `
		INSERT INTO role (kind, name, practice_id, process_id, service_id, per_case, outside_office, stands_for, purpose, responsibilities, authorities, competences, wanted_min, wanted_max)
		VALUES (@kind, @name, NULLIF(@practice::bigint, 0), NULLIF(@process::bigint, 0), NULLIF(@service::bigint, 0), @per_case, @outside, NULLIF(@stands, ''),
		        @purpose, @responsibilities, @authorities, @competences, @min, @max)
		RETURNING id`, args)
}

func roleArgs(r itsm.Role) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"name": r.Name, "per_case": r.PerCase, "outside": r.OutsideOffice, "purpose": r.Purpose, "responsibilities": r.Responsibilities,
		"authorities": r.Authorities, "competences": r.Competences, "min": r.WantedMin, "max": r.WantedMax,
	}
}

// EditRole changes what a role is for and how many should wear it, if its counter is still r.Counter; its kind and
// scope never change.
func (s *Store) EditRole(ctx context.Context, by itsm.Actor, r itsm.Role) error {
	if err := r.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditRole, ofRole(r.ID), func(ctx context.Context, t *tx) error {
		t.say("edited the role [[role:%d]]", r.ID)
		args := roleArgs(r)
		args["id"], args["counter"], args["kind"] = r.ID, r.Counter, string(r.Kind)
		if err := t.edit(ctx, "role", `
			UPDATE role SET name = @name, per_case = @per_case, outside_office = @outside, purpose = @purpose, responsibilities = @responsibilities, authorities = @authorities,
			       competences = @competences, wanted_min = @min, wanted_max = @max, counter = counter + 1
			WHERE id = @id AND counter = @counter AND kind = @kind AND archived_at IS NULL`, args); err != nil {
			return err
		}
		return t.setClock(ctx, itsm.RoleReview, r.ID, r.ReviewMonths)
	})
}

// ArchiveRole takes a role out of use, or deletes it where nothing ever hung on it. Held roles, and those with letters in
// a matrix, are refused: end the hats, or take the column out, first.
func (s *Store) ArchiveRole(ctx context.Context, by itsm.Actor, id, counter int64) (deleted bool, err error) {
	err = s.door(ctx, by, itsm.EditRole, ofRole(id), func(ctx context.Context, t *tx) error {
		var held, letters, used bool
		err := t.QueryRow(ctx, `
			SELECT EXISTS (SELECT FROM assignment WHERE role_id = r.id AND state <> 'withdrawn' AND (upper_inf(during) OR upper(during) > $2)),
			       EXISTS (SELECT FROM raci_cell l JOIN process_version x ON x.id = l.version_id AND x.state = 'draft' WHERE l.role_id = r.id),
			       `+roleUsed+`
			FROM role r WHERE r.id = $1 FOR UPDATE`, id, t.today).Scan(&held, &letters, &used)
		switch {
		case err != nil:
			return err
		case held:
			return itsm.Conflict{Text: "Somebody holds this hat, or will. End that first, or merge the role with another one."}
		case letters:
			return itsm.Conflict{Text: "The role has letters in a matrix. Take its column out there first, or merge the role with another one."}
		}
		args := pgx.StrictNamedArgs{"id": id, "counter": counter}
		if deleted = !used; deleted {
			t.say("deleted the role “%s”, which nothing hung on", t.name(ctx, "role", id))
			return t.edit(ctx, "role", `DELETE FROM role WHERE id = @id AND counter = @counter`, args)
		}
		t.say("archived the role [[role:%d]]", id)
		if err := t.run(ctx, `DELETE FROM raci_column k USING process_version x WHERE x.id = k.version_id AND x.state = 'draft' AND k.role_id = @id`, pgx.StrictNamedArgs{"id": id}); err != nil {
			return err
		}
		args["at"] = t.at
		return t.edit(ctx, "role", `UPDATE role SET archived_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args)
	})
	return deleted, err
}

// RestoreRole brings an archived role back; one that was merged comes back by undoing the merge.
func (s *Store) RestoreRole(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.EditRole, ofRole(id), func(ctx context.Context, t *tx) error {
		t.say("brought the role [[role:%d]] back", id)
		return t.change(ctx, "The role is in use already, or it was merged into another one.",
			`UPDATE role SET archived_at = NULL, counter = counter + 1 WHERE id = @id AND archived_at IS NOT NULL AND merged_into_id IS NULL`,
			pgx.StrictNamedArgs{"id": id})
	})
}

// roleChoicesMax bounds the roles that a form offers to choose from.
const roleChoicesMax = 1000

// MergeChoices are the roles that a role may be merged into by the actor: of its kind, or of practitioners into a Manager's of
// their practice, the nearest first.
func (s *Store) MergeChoices(ctx context.Context, by itsm.Actor, id int64) (choices []itsm.Role, err error) {
	var found []choice
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT `+roleColumns+`, COALESCE(r.practice_id, rc.practice_id, 0) AS under
		FROM `+roleFrom+`, role me LEFT JOIN process mc ON mc.id = me.process_id
		WHERE me.id = @id AND r.id <> me.id AND (r.kind = me.kind AND r.kind <> 'owner'
		      OR me.kind = 'practitioner' AND r.kind = 'manager' AND COALESCE(r.practice_id, rc.practice_id) = COALESCE(me.practice_id, mc.practice_id)) AND `+roleStands+`
		ORDER BY COALESCE(r.practice_id, rc.practice_id) IS NOT DISTINCT FROM COALESCE(me.practice_id, mc.practice_id) DESC,
		         r.kind <> me.kind, lower(COALESCE(rp.name, rc.name, rv.name)), lower(r.name)
		LIMIT @most`, pgx.StrictNamedArgs{"id": id, "most": roleChoicesMax})
	if err := s.ask(ctx, b); err != nil {
		return nil, err
	}
	for _, c := range found {
		if by.Can(itsm.MergeRoles, c.Role.Scope(c.Under)) {
			choices = append(choices, c.Role)
		}
	}
	return choices, nil
}

// choice is a role on offer with the practice it lies in.
type choice struct {
	itsm.Role
	Under int64
}
