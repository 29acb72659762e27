package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// adoption writes what is ticked of an entry inside the door.
type adoption struct {
	*tx
	has      itsm.Adopted
	lacking  itsm.Lacking
	practice int64
	roles    map[string]int64 // of the practice and of cases, by name as the entry has them
}

func (a *adoption) write(ctx context.Context) (err error) {
	if a.practice = a.lacking.Practice.ID; a.practice == 0 {
		a.practice, err = a.number(ctx, `
			INSERT INTO practice (name, category, purpose, state) VALUES (@name, @category, @purpose, @state) RETURNING id`, pgx.StrictNamedArgs{
			"name": a.lacking.Practice.Name, "category": string(a.lacking.Practice.Category), "purpose": a.lacking.Practice.Purpose, "state": string(a.lacking.Practice.State),
		})
	} else if a.lacking.Purpose {
		err = a.run(ctx, `UPDATE practice SET purpose = @purpose, counter = counter + 1 WHERE id = @id`,
			pgx.StrictNamedArgs{"purpose": a.lacking.Entry.Purpose, "id": a.practice})
	}
	if err != nil {
		return err
	}
	if err := a.writeRoles(ctx); err != nil {
		return err
	}
	for _, c := range a.lacking.Processes {
		if err := a.writeProcess(ctx, c); err != nil {
			return err
		}
	}
	return a.writePolicies(ctx)
}

// writePolicies adds policies that the practice's Owner answers for, with the next numbers, and lets them and those that are there
// govern it from today.
func (a *adoption) writePolicies(ctx context.Context) error {
	if len(a.lacking.Policies) == 0 {
		return nil
	}
	governs := itsm.NewAttachment{Target: itsm.Target{PracticeID: a.practice}, From: a.today}
	var known []int64
	for _, y := range a.lacking.KnownPolicies() {
		governs.PolicyID = y.ID
		if _, err := a.attach(ctx, governs); err != nil {
			return err
		}
		known = append(known, y.ID)
	}
	if err := a.about(ctx, "policy", known); err != nil { // their histories tell it
		return err
	}
	governs.PolicyID = 0
	last, err := a.number(ctx, `SELECT COALESCE(max(substring(number FROM '^POL-([0-9]{1,9})$')::bigint), 0) FROM policy`, nil)
	if err != nil {
		return err
	}
	for i, y := range a.lacking.NewPolicies() {
		p := itsm.Policy{
			Number: fmt.Sprintf("POL-%03d", int(last)+i+1), Title: y.Title, Statement: y.Statement, Why: y.Why, Driver: itsm.Internal, OwnerRoleID: a.roles["Owner"],
		}
		if err := p.Check(); err != nil {
			return err
		}
		if _, err := a.addPolicy(ctx, p, []itsm.NewAttachment{governs}); err != nil {
			return err
		}
	}
	return nil
}

// writeRoles adds the roles, fills the empty texts, and finds whom the entry's letters mean.
func (a *adoption) writeRoles(ctx context.Context) error {
	for _, r := range a.has.Roles {
		if r.Kind == itsm.Owner || r.Kind == itsm.Manager {
			if kind := itsm.NewRole(r.Kind).Name; a.roles[kind] == 0 {
				a.roles[kind] = r.ID
			}
		}
		a.roles[r.Name] = r.ID
	}
	for _, r := range a.lacking.Roles {
		if r.ID != 0 {
			if err := a.fillRole(ctx, r.Role); err != nil {
				return err
			}
			continue
		}
		r.PracticeID = a.practice
		id, err := a.addRole(ctx, r.Role)
		if err != nil {
			return err
		}
		a.roles[r.Name] = id
	}
	var whoever []itsm.RoleRef
	b := &pgx.Batch{}
	all(b, &whoever, `
		SELECT id, kind, name FROM role
		WHERE kind = 'whoever' AND num_nonnulls(practice_id, process_id, service_id) = 0 AND archived_at IS NULL AND name = ANY(@names)`,
		pgx.StrictNamedArgs{"names": a.lacking.Entry.Whoever})
	if err := a.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	for _, w := range whoever {
		if a.roles[w.Name] == 0 {
			a.roles[w.Name] = w.ID
		}
	}
	return nil
}

// writeProcess makes a process, or adds to one what it lacks.
func (a *adoption) writeProcess(ctx context.Context, c itsm.LackingProcess) (err error) {
	process := c.ID
	if process == 0 {
		if process, err = a.bareProcess(ctx, itsm.Process{PracticeID: a.practice, Name: c.Name, Kind: c.Kind, Purpose: c.LibraryProcess.Purpose}); err != nil {
			return err
		}
	}
	version, err := a.draft(ctx, process, Latest)
	if err != nil {
		return err
	}
	if c.Purpose {
		if err := a.run(ctx, `UPDATE process_version SET purpose = @purpose WHERE id = @id`, pgx.StrictNamedArgs{"purpose": c.LibraryProcess.Purpose, "id": version}); err != nil {
			return err
		}
	}
	for _, s := range c.Texts {
		if err := a.run(ctx, `UPDATE step SET text = @text, counter = counter + 1 WHERE version_id = @version AND activity_id = @activity`,
			pgx.StrictNamedArgs{"text": s.Text, "version": version, "activity": s.ActivityID}); err != nil {
			return err
		}
	}
	if err := a.addColumns(ctx, version, a.columns(c)); err != nil {
		return err
	}
	return a.writeActivities(ctx, c, process, version)
}

// columns are the roles that a process's matrix begins with, Owner and Manager first: those its letters name, or where
// it has none all of the practice. A process that is there gets those that its new letters need.
func (a *adoption) columns(c itsm.LackingProcess) (ids []int64) {
	order := []string{}
	for _, r := range a.lacking.Entry.Born() {
		order = append(order, r.Name)
	}
	order = append(order, a.lacking.Entry.Whoever...)
	for _, name := range order {
		lead := c.ID == 0 && (name == "Owner" || name == "Manager")
		used := slices.ContainsFunc(c.Activities, func(act itsm.LibraryActivity) bool {
			return slices.ContainsFunc(act.Letters, func(l itsm.LibraryLetters) bool { return l.Role == name })
		})
		if id := a.roles[name]; id != 0 && (lead || used || c.ID == 0 && !c.HasMatrix()) {
			ids = append(ids, id)
		}
	}
	return ids
}

// writeActivities adds activities with their letters, each after the one that stands before it in the entry.
func (a *adoption) writeActivities(ctx context.Context, c itsm.LackingProcess, process, version int64) error {
	var at, roles []int64
	var letters []string
	for _, act := range c.Activities {
		id, err := a.addActivity(ctx, process, version, itsm.Step{Name: act.Name, Text: act.Text})
		if err != nil {
			return err
		}
		if c.ID != 0 {
			if err := a.after(ctx, version, id, c.Before(act.Name)); err != nil {
				return err
			}
		}
		for _, l := range act.Letters {
			if role := a.roles[l.Role]; role != 0 {
				at, roles, letters = append(at, id), append(roles, role), append(letters, l.Letters.String())
			}
		}
	}
	return a.run(ctx, `
		INSERT INTO raci_cell (version_id, activity_id, role_id, letters)
		SELECT @version, a, r, l FROM unnest(@at::bigint[], @roles::bigint[], @letters::text[]) AS cell (a, r, l)`,
		pgx.StrictNamedArgs{"version": version, "at": at, "roles": roles, "letters": letters})
}

// after puts an activity behind the nearest of those that stand before it in the entry; where none is there, it is first.
func (a *adoption) after(ctx context.Context, version, id int64, before []string) error {
	place, err := a.number(ctx, `
		SELECT COALESCE((
			SELECT position FROM step WHERE version_id = @version AND `+keyOf("name")+` = ANY(@before::text[])
			ORDER BY array_position(@before::text[], `+keyOf("name")+`), position LIMIT 1), 0)`,
		pgx.StrictNamedArgs{"version": version, "before": before})
	if err != nil {
		return err
	}
	return a.move(ctx, stepOrder, version, id, int(place)+1, "")
}

// sentence says what was adopted, for the trail.
func (a *adoption) sentence() string {
	roles, processes, activities := a.lacking.Added()
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{
		{roles, "role", "roles"}, {processes, "process", "processes"}, {activities, "activity", "activities"}, {len(a.lacking.NewPolicies()), "policy", "policies"},
		{len(a.lacking.KnownPolicies()), "policy that was there and governs it as well", "policies that were there and govern it as well"}, {a.lacking.Filled(), "empty text filled", "empty texts filled"},
	} {
		if p.n == 1 {
			parts = append(parts, "1 "+p.one)
		} else if p.n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.many))
		}
	}
	what := strings.Join(parts, ", ")
	if a.lacking.Practice.ID == 0 {
		return fmt.Sprintf("adopted [[practice:%d]] from the practice library (%s): %s", a.practice, a.lacking.Entry.Source, what)
	}
	return fmt.Sprintf("adopted into [[practice:%d]] from the practice library (%s): %s", a.practice, a.lacking.Entry.Source, what)
}
