package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// PolicyChoosing is what a policy's form has so far.
type PolicyChoosing struct {
	RoleID  int64  // the owner role that was chosen
	Find    string // words to look for one, where Finding
	Finding bool
	Target  itsm.Target // what a new policy governs at once
	Propose bool        // propose a number, and an owner role that fits where none is chosen
}

// PolicyChoices are the owner roles on offer (the chosen one, those found, or the one proposed), and what a new policy
// governs, by name; none where the reader may not say so there.
type PolicyChoices struct {
	Roles  []itsm.Chair
	Target itsm.Attachment
	Number string // the next one; "" where the policies are numbered otherwise
}

// PolicyChoices reads what a policy's form shows beside what was typed.
func (s *Store) PolicyChoices(ctx context.Context, by itsm.Actor, c PolicyChoosing) (p PolicyChoices, err error) {
	b := &pgx.Batch{}
	var targets []itsm.Attachment
	if c.Target.Kind() != "" {
		targetsOnOffer(b, &targets, by, c.Target)
	}
	if c.Propose {
		value(b, &p.Number, "policy", `
			SELECT CASE WHEN n.next IS NULL AND EXISTS (SELECT FROM policy) THEN '' ELSE 'POL-' || lpad(COALESCE(n.next, '1'), GREATEST(3, length(n.next)), '0') END
			FROM (SELECT (max(substring(number FROM '^POL-([0-9]{1,8})$')::bigint) + 1)::text AS next FROM policy) n`, pgx.StrictNamedArgs{})
	}
	switch {
	case c.Finding:
		findRoles(b, &p.Roles, c.Find)
	case c.RoleID != 0:
		list(b, &p.Roles, `SELECT `+chairJSON+` FROM role r `+chairFrom+` WHERE r.id = @id`, pgx.StrictNamedArgs{"id": c.RoleID})
	case c.Propose:
		proposedOwner(b, &p.Roles, by, c.Target)
	}
	if err := s.ask(ctx, b); err != nil {
		return p, err
	}
	if len(targets) == 1 {
		p.Target = targets[0]
	}
	p.Roles = slices.DeleteFunc(p.Roles, func(r itsm.Chair) bool { return !by.Can(itsm.AddPolicy, r.Scope(0)) })
	return p, nil
}

// proposedOwner finds the Owner role of what a policy will govern; where that is open, of what the actor owns.
func proposedOwner(b *pgx.Batch, into *[]itsm.Chair, by itsm.Actor, of itsm.Target) {
	owned := int64(0)
	if at := slices.IndexFunc(by.Hats, func(h itsm.Hat) bool { return h.Kind == itsm.Owner && h.PracticeID+h.ProcessID+h.ServiceID > 0 }); at >= 0 && of.Kind() == "" && !by.Wears(itsm.SMO) {
		owned = by.Hats[at].RoleID
	}
	list(b, into, `
		SELECT `+chairJSON+` FROM role r `+chairFrom+`
		WHERE r.archived_at IS NULL AND r.kind = 'owner' AND (r.id = @owned OR r.practice_id = @practice
			OR r.practice_id = (SELECT practice_id FROM process WHERE id = @process)
			OR r.practice_id = (SELECT c.practice_id FROM activity a JOIN process c ON c.id = a.process_id WHERE a.id = @activity))
		LIMIT 1`, pgx.StrictNamedArgs{"owned": owned, "practice": of.PracticeID, "process": of.ProcessID, "activity": of.ActivityID})
}

// targetsOnOffer queues what the actor may let a policy govern: practices and processes; where one thing is named, that
// alone.
func targetsOnOffer(b *pgx.Batch, into *[]itsm.Attachment, by itsm.Actor, of itsm.Target) {
	practices, processes, _ := by.ScopesAs(itsm.Owner)
	all(b, into, `
		SELECT 0::bigint AS id, 0::bigint AS policy_id, x.practice_id, x.process_id, x.activity_id, x.name, p.id AS in_practice_id, p.name AS in_practice,
		       COALESCE(c.id, 0) AS in_process_id, COALESCE(c.name, '') AS in_process, @day::date AS since, NULL::date AS until
		FROM (
			SELECT id AS practice_id, 0::bigint AS process_id, 0::bigint AS activity_id, name::text, id AS practice, NULL::bigint AS process FROM practice WHERE archived_at IS NULL
			UNION ALL SELECT 0, id, 0, name, practice_id, id FROM process WHERE archived_at IS NULL
			UNION ALL SELECT 0, 0, a.id, s.name, q.practice_id, q.id
			FROM activity a JOIN process q ON q.id = a.process_id AND q.archived_at IS NULL
			JOIN step s ON s.activity_id = a.id AND s.version_id = (SELECT id FROM version_on(q.id, @day::date)) WHERE a.id = @activity
		) x JOIN practice p ON p.id = x.practice AND p.archived_at IS NULL LEFT JOIN process c ON c.id = x.process
		WHERE (@practice = 0 AND @process = 0 AND @activity = 0 OR x.practice_id = NULLIF(@practice, 0) OR x.process_id = NULLIF(@process, 0) OR x.activity_id = NULLIF(@activity, 0))
		  AND (@office OR p.id = ANY(@practices) OR c.id = ANY(@processes))
		ORDER BY lower(p.name), p.id, x.process_id > 0, lower(x.name) LIMIT @most`, pgx.StrictNamedArgs{
		"practice": of.PracticeID, "process": of.ProcessID, "activity": of.ActivityID, "day": by.Today, "most": roleChoicesMax,
		"office": by.Operator || by.Wears(itsm.SMO), "practices": practices, "processes": processes,
	})
}

// AttachForm is what the form that lets a policy govern something offers: policies, or things where the actor may.
type AttachForm struct {
	Policies []itsm.Policy
	Targets  []itsm.Attachment
}

// Attaching reads what is on offer: of a policy the practices and processes that the actor may let it govern; of
// something, the policies. What was named in the address is the only one on offer.
func (s *Store) Attaching(ctx context.Context, by itsm.Actor, policy int64, of itsm.Target) (f AttachForm, err error) {
	b := &pgx.Batch{}
	all(b, &f.Policies, `
		SELECT `+policyColumns+` FROM `+policyFrom+` WHERE y.archived_at IS NULL AND (@policy = 0 OR y.id = @policy) AND `+policySeen+`
		ORDER BY lower(y.number), y.id LIMIT @most`, seeing(by, pgx.StrictNamedArgs{"policy": policy, "day": by.Today, "most": roleChoicesMax}))
	targetsOnOffer(b, &f.Targets, by, of)
	return f, s.ask(ctx, b)
}
