package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// batchImport writes several plans inside the door. New practices and new roles are made once, whatever number of parts
// name them.
type batchImport struct {
	*tx
	parts     []PlannedPart
	practices map[string]int64   // new ones, by name in small letters
	state     itsm.PracticeState // of these
	newRoles  map[string]int64   // by name in small letters
	processes []int64
	holders   int
	heard     Progress
}

func (b *batchImport) write(ctx context.Context) error {
	for n, p := range b.parts {
		b.heard(n, len(b.parts))
		if err := b.mayToo(ctx, p.Target.action(), p.Target.scope()); err != nil {
			return err
		}
		i := &gridImport{tx: b.tx, target: p.Target, plan: p.Plan, matrix: p.Matrix, made: b}
		if err := i.write(ctx); err != nil {
			return err
		}
		b.processes = append(b.processes, i.process)
		if err := b.appoint(ctx, p, i.roles); err != nil {
			return err
		}
	}
	b.heard(len(b.parts), len(b.parts))
	return nil
}

// approve states with the first versions of the processes who approved them before.
func (b *batchImport) approve(ctx context.Context, a itsm.Approval) error {
	if !a.Stated() {
		return nil
	}
	return b.run(ctx, `
		UPDATE process_version SET approved_by = @by, approved_on = @on, approved_reference = @reference
		WHERE process_id = ANY(@processes::bigint[]) AND state = 'draft' AND number = 1`,
		pgx.StrictNamedArgs{"by": a.By, "on": a.On, "reference": a.Reference, "processes": b.processes})
}

// appoint gives roles to whom the file names, until they leave. Who wears the hat already keeps it as it is.
func (b *batchImport) appoint(ctx context.Context, p PlannedPart, roles []int64) error {
	for n, r := range p.Plan.Roles {
		person := p.Holders[r.Heading]
		if person == 0 {
			continue
		}
		held, err := b.number(ctx, `
			SELECT count(*) FROM assignment WHERE role_id = @role AND person_id = @person AND state <> 'withdrawn' AND (upper_inf(during) OR upper(during) > @day)`,
			pgx.StrictNamedArgs{"role": roles[n], "person": person, "day": b.today})
		if err != nil {
			return err
		}
		if held > 0 {
			continue
		}
		chairs, err := lockedChairs(ctx, b.Tx, []int64{roles[n]})
		if err != nil {
			return err
		}
		if err := mayAppoint(b.by, chairs, itsm.Holder, 0, []int64{person}); err != nil {
			return err
		}
		people, err := b.lockedHolders(ctx, []int64{person}, nil, nil)
		if err != nil {
			return err
		}
		in := itsm.NewAssignment{RoleIDs: []int64{roles[n]}, PersonIDs: []int64{person}, Capacity: itsm.Holder, From: b.today, DecidedOn: b.today, Reference: asFound(strings.Join(p.Files, ", "))}
		if gone := people[0].Gone; gone != nil && gone.After(b.today) {
			in.Until = gone
		}
		if err := in.Check(chairs, b.today); err != nil {
			return err
		}
		var c itsm.Checks
		people[0].serve(&c, in.From, in.Until, b.today)
		if err := c.Err(); err != nil {
			return err
		}
		if _, err := b.assign(ctx, in, chairs[0], people[0], itsm.Appointed); err != nil {
			return err
		}
		b.holders++
	}
	return nil
}

const filesNamed = 5

// several counts in a sentence: "1 role", "2 roles".
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sentence is what the event says. Every process is named: undo asks for rights at each.
func (b *batchImport) sentence(said BatchStatement) string {
	added, changed, out, open := 0, 0, 0, 0
	of := map[string]bool{}
	for _, p := range b.parts {
		for _, g := range p.grids { // a grid in sections is one
			of[g] = true
		}
		added, changed, out = added+p.Plan.Count(itsm.RowAdded), changed+p.Plan.Count(itsm.RowChanged), out+len(p.Plan.TakenOut)
		open += p.Plan.LeftOpen
	}
	grids := "the grid"
	if len(of) > 1 {
		grids = fmt.Sprintf("%d grids", len(of))
	}
	var did []string
	for _, d := range []struct {
		n               int
		one, many, what string
	}{
		{added, "activity", "activities", "added"}, {changed, "activity", "activities", "changed"}, {out, "activity", "activities", "taken out"},
		{len(b.newRoles), "role", "roles", "added"}, {b.holders, "holder", "holders", "appointed as found there"},
	} {
		if d.n > 0 {
			did = append(did, several(d.n, d.one, d.many)+" "+d.what)
		}
	}
	text := fmt.Sprintf("imported %s of %s into %s", grids, b.fileNames(), mentionsOf("process", b.processes))
	if len(did) > 0 {
		text += ": " + strings.Join(did, ", ")
	}
	text += approvedAs(said.Approval)
	if open > 0 {
		text += fmt.Sprintf("; left open who answers in %d", open)
	}
	return text
}

// fileNames names the first of the files, and counts the others.
func (b *batchImport) fileNames() string {
	var files []string
	for _, p := range b.parts {
		for _, f := range p.Files {
			if !slices.Contains(files, f) {
				files = append(files, f)
			}
		}
	}
	named := make([]string, 0, filesNamed+1)
	for _, f := range files[:min(len(files), filesNamed)] {
		named = append(named, quoted(f))
	}
	if more := len(files) - len(named); more > 0 {
		named = append(named, fmt.Sprintf("%d more", more))
	}
	return mentions(named)
}

// approvedAs ends the sentence of what was imported as approved.
func approvedAs(a itsm.Approval) string {
	if !a.Stated() {
		return ""
	}
	text := "; as approved by " + quoted(a.By)
	if a.On != nil {
		text += " on " + itsm.ShowDay(*a.On)
	}
	if a.Reference != "" {
		text += ", " + quoted(a.Reference)
	}
	return text
}

// endBatch uses an upload up: of two confirmations one finds it gone. What came of it can still be read for a day.
func (t *tx) endBatch(ctx context.Context, staged int64, result any) error {
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"id": staged, "account": t.by.AccountID}
	if err := t.change(ctx, "This upload was imported already.", `DELETE FROM staged_file f USING staged_import u WHERE u.id = @id AND f.staged_id = u.id AND u.account_id = @account`, args); err != nil {
		return err
	}
	return t.run(ctx, `UPDATE staged_import SET answers = @result WHERE id = @id AND account_id = @account`, with(args, pgx.StrictNamedArgs{"result": string(text)}))
}

// practice is the id of a new practice, which is made by the part that names it first.
func (b *batchImport) practice(name string, make func() (int64, error)) (int64, error) {
	key := strings.ToLower(name)
	if id, made := b.practices[key]; made {
		return id, nil
	}
	id, err := make()
	if err == nil {
		b.practices[key] = id
	}
	return id, err
}
