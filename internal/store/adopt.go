package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// keyOf is in SQL what itsm.LibraryKey makes of a name.
func keyOf(column string) string {
	return `btrim(regexp_replace(lower(` + column + `), '[^[:alnum:]]+', '-', 'g'), '-')`
}

// keysOf are an entry's name and its older ones, as keyOf writes them, its own first.
func keysOf(p itsm.LibraryPractice) []string {
	keys := []string{p.Key}
	for _, a := range p.Aliases {
		keys = append(keys, itsm.LibraryKey(a.Name))
	}
	return keys
}

// PracticeNames are the practices in use that the actor may see, by name: what the library compares its entries with.
func (s *Store) PracticeNames(ctx context.Context, by itsm.Actor) (found []itsm.PracticeLine, err error) {
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT `+practiceColumns+`, '' AS owner, 0::bigint AS owner_id, false AS acting, 0 AS vacant, 0 AS processes
		FROM practice p WHERE p.archived_at IS NULL AND (@all::bool OR p.id = ANY(@sees)) ORDER BY lower(p.name), p.id`, seeing(by, pgx.StrictNamedArgs{}))
	return found, s.ask(ctx, b)
}

// adoptedRows is what is read of the practice that an entry is compared with.
type adoptedRows struct {
	practices []itsm.Practice
	roles     []itsm.Role
	processes []adoptedProcessRow
	policies  []string
	known     []knownPolicyRow
	steps     []adoptedStepRow
}

type adoptedProcessRow struct {
	ID       int64
	Name     string
	Purpose  string
	Editable bool
}

type knownPolicyRow struct {
	ID            int64
	Number, Title string
}

type adoptedStepRow struct {
	itsm.Step
	ProcessID int64
}

// queue reads the practice id, or where that is 0 the one that goes by the entry's name or an older one.
func (r *adoptedRows) queue(b *pgx.Batch, by itsm.Actor, p itsm.LibraryPractice, id int64) {
	args := func() pgx.StrictNamedArgs {
		return seeing(by, pgx.StrictNamedArgs{"id": id, "keys": keysOf(p)})
	}
	meant := `(
		SELECT p.id FROM practice p
		WHERE p.archived_at IS NULL AND (@all::bool OR p.id = ANY(@sees)) AND (p.id = @id OR @id = 0 AND ` + keyOf("p.name") + ` = ANY(@keys::text[]))
		ORDER BY array_position(@keys::text[], ` + keyOf("p.name") + `), p.id LIMIT 1)`
	all(b, &r.practices, `SELECT `+practiceColumns+` FROM practice p WHERE p.id = `+meant, args())
	all(b, &r.roles, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.practice_id = `+meant+` AND r.archived_at IS NULL ORDER BY `+roleOrder, args())
	all(b, &r.processes, `
		SELECT c.id, c.name, x.purpose, x.state = 'draft' AS editable
		FROM process c JOIN process_version x ON x.process_id = c.id AND x.state = 'draft'
		WHERE c.practice_id = `+meant+` AND c.archived_at IS NULL ORDER BY c.kind DESC, c.position, c.id`, args())
	list(b, &r.policies, `
		SELECT v.title FROM policy_attachment t JOIN policy y ON y.id = t.policy_id AND y.archived_at IS NULL JOIN policy_version v ON v.policy_id = y.id
		WHERE t.practice_id = `+meant+` AND (upper_inf(t.during) OR upper(t.during) > @day::date) ORDER BY y.id`, with(pgx.StrictNamedArgs{"day": by.Today}, args()))
	r.queueKnown(b, by, p)
	all(b, &r.steps, `
		SELECT `+stepColumns+`, x.process_id
		FROM step s JOIN process_version x ON x.id = s.version_id AND x.state = 'draft' JOIN process c ON c.id = x.process_id
		WHERE c.practice_id = `+meant+` AND c.archived_at IS NULL ORDER BY x.process_id, s.position, s.id`, args())
}

// queueKnown reads the policies that have a title of the entry's, the oldest first.
func (r *adoptedRows) queueKnown(b *pgx.Batch, by itsm.Actor, p itsm.LibraryPractice) {
	titles := make([]string, len(p.Policies))
	for i, y := range p.Policies {
		titles[i] = itsm.LibraryKey(y.Title)
	}
	all(b, &r.known, `
		SELECT y.id, y.number, v.title FROM policy y CROSS JOIN LATERAL (SELECT title FROM policy_version WHERE policy_id = y.id ORDER BY number DESC LIMIT 1) v
		WHERE y.archived_at IS NULL AND `+keyOf("v.title")+` = ANY(@titles::text[]) AND `+policySeen+` ORDER BY y.id`,
		seeing(by, pgx.StrictNamedArgs{"titles": titles, "day": by.Today}))
}

func (r *adoptedRows) adopted() (a itsm.Adopted) {
	if len(r.practices) > 0 {
		a.Practice = r.practices[0]
	}
	a.Roles, a.Policies = r.roles, r.policies
	for _, y := range r.known {
		a.Known = append(a.Known, itsm.Policy{ID: y.ID, Number: y.Number, Title: y.Title})
	}
	for _, c := range r.processes {
		process := itsm.AdoptedProcess{ID: c.ID, Name: c.Name, Purpose: c.Purpose, Editable: c.Editable}
		for _, s := range r.steps {
			if s.ProcessID == c.ID {
				process.Steps = append(process.Steps, s.Step)
			}
		}
		a.Processes = append(a.Processes, process)
	}
	return a
}

// Adopted reads what the organisation has of a library entry, as far as the actor may see it: its practice id, or where
// that is 0 the one of its name or of an older one.
func (s *Store) Adopted(ctx context.Context, by itsm.Actor, p itsm.LibraryPractice, id int64) (itsm.Adopted, error) {
	var r adoptedRows
	b := &pgx.Batch{}
	r.queue(b, by, p, id)
	if err := s.ask(ctx, b); err != nil {
		return itsm.Adopted{}, err
	}
	if id != 0 && len(r.practices) == 0 {
		return itsm.Adopted{}, itsm.NotFound{What: "practice"}
	}
	return r.adopted(), nil
}

// Adopt adds what is ticked of a library entry to the organisation, whole or not at all, as one event that can be undone:
// to the practice id, or where that is 0 to a new one, which is planned. A policy of a title that is there is not made
// again: it governs the practice as well. What is there already stays as it is; nothing
// left to add is a Conflict. For those who may add a practice, or edit this one.
func (s *Store) Adopt(ctx context.Context, by itsm.Actor, p itsm.LibraryPractice, id int64, ticked []string) (practice int64, err error) {
	act, at := itsm.AddPractice, theOrganisation
	if id != 0 {
		act, at = itsm.EditPractice, ofPracticeAlone(id)
	}
	err = s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if err := t.run(ctx, `SELECT pg_advisory_xact_lock(hashtext('policy number'))`, nil); err != nil { // of two at once the second sees what the first made
			return err
		}
		var r adoptedRows
		b := &pgx.Batch{}
		if id != 0 {
			r.queue(b, by, p, id)
		} else {
			r.queueKnown(b, by, p)
		}
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		if id != 0 && len(r.practices) == 0 {
			return itsm.NotFound{What: "practice"}
		}
		has := r.adopted()
		l := p.Lacks(has).Ticked(ticked)
		if l.Nothing() {
			return itsm.Conflict{Text: "Nothing was added: tick what you want of it. What the practice has already is not offered any more."}
		}
		a := &adoption{tx: t, has: has, lacking: l, roles: map[string]int64{}}
		if err := a.write(ctx); err != nil {
			return err
		}
		practice = a.practice
		t.say("%s", a.sentence())
		return nil
	})
	return practice, err
}

// ofPracticeAlone is ofPractice for one at a time: of two who adopt at once, the second sees what the first made.
func ofPracticeAlone(id int64) scopeOf {
	return scopeRow("practice", `SELECT id, 0::bigint, 0::bigint FROM practice WHERE id = $1 AND archived_at IS NULL FOR UPDATE`, id)
}
