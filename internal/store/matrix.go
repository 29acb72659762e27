package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Matrix is a process's matrix in the version in force on a day, with those who wear its hats that day, in one round
// trip. Appointments that are not announced are left out for readers without ReadPlans there.
func (s *Store) Matrix(ctx context.Context, by itsm.Actor, process int64, day time.Time) (*itsm.Matrix, error) {
	var r matrixRows
	b := &pgx.Batch{}
	r.queue(b, by, day, oneProcess, process)
	if err := s.ask(ctx, b); err != nil {
		return nil, err
	}
	all := r.assemble(by, day)
	if len(all) == 0 {
		return nil, itsm.NotFound{What: "process"}
	}
	return all[0], nil
}

// MatrixAround is Matrix with what lies around its day, for the page that lets choose another.
func (s *Store) MatrixAround(ctx context.Context, by itsm.Actor, process int64, day time.Time) (m *itsm.Matrix, around itsm.Around, err error) {
	var r matrixRows
	b := &pgx.Batch{}
	r.queue(b, by, day, oneProcess, process)
	s.around(b, &around, by, "process", process, ofProcessHats)
	if err := s.ask(ctx, b); err != nil {
		return nil, around, err
	}
	if all := r.assemble(by, day); len(all) > 0 {
		return all[0], around, nil
	}
	return nil, around, itsm.NotFound{What: "process"}
}

// MatrixDays is Matrix on two days, both out of one snapshot, in one round trip, with where the process lay on each.
func (s *Store) MatrixDays(ctx context.Context, by itsm.Actor, process int64, from, to time.Time) (before, after *itsm.Matrix, err error) {
	var rows [2]matrixRows
	b := &pgx.Batch{}
	rows[0].queue(b, by, from, oneProcess, process)
	rows[1].queue(b, by, to, oneProcess, process)
	var lay [2]*itsm.Lay
	var recorded [2]*time.Time
	for i, day := range []time.Time{from, to} {
		value(b, &recorded[i], "process", `SELECT `+recordedAfter(`'process'`, `@id`), pgx.StrictNamedArgs{"id": process, "day": day})
		lays(b, by, day, oneProcess, process, func(l itsm.Lay) { lay[i] = &l })
	}
	if err := s.ask(ctx, b); err != nil {
		return nil, nil, err
	}
	first, second := rows[0].assemble(by, from), rows[1].assemble(by, to)
	if len(first) == 0 || len(second) == 0 {
		return nil, nil, itsm.NotFound{What: "process"}
	}
	first[0].Lay, second[0].Lay = lay[0], lay[1]
	first[0].Recorded, second[0].Recorded = recorded[0], recorded[1]
	return first[0], second[0], nil
}

// oneProcess is the condition of a read of process @id's matrix.
const oneProcess = `p.id = @id`

// versionsNoted notes the versions that the heads have found, the Owners who answer in them, and where they are.
var versionsNoted = `(SELECT ` + note("versions", "version_id") + ` || ` + note("owners", "owner_id") + ` || ` + note("home_practices", "practice_id") + ` || ` + note("home_processes", "id") + ` FROM found) IS NOT NULL`

// theseVersions are those that the heads of a batch have found: they are looked for once, and by one statement alone, which
// so decides who sees them.
var theseVersions = `ANY(` + noted("versions") + `)`

// usualRows is how many activities and holders there is room for before it grows.
const usualRows = 64

type matrixRows struct {
	heads    []matrixHead
	columns  []placedColumn
	steps    []matrixStep
	holdings []bareHolding
	regions  []itsm.RegionRef
	services []matrixService
	// forGaps says that gaps are computed of them: who leads a team, who is a company's contact and where a region lies is then as it
	// is today, whichever the day, since the list of all gaps knows no other.
	forGaps bool
}

type matrixService struct {
	ID, OwnerID int64
	Name        string
}

type matrixHead struct {
	PracticeID, ProcessID, VersionID, Counter int64
	Practice, State, Process                  string
	Archived, Editable                        bool
	Approval                                  itsm.Approval
}

type matrixColumn struct {
	VersionID            int64 // 0: an Owner who answers where no A is set, and no column
	ID                   int64
	Kind                 itsm.RoleKind
	Name                 string
	PracticeID           int64
	ProcessID            int64
	ServiceID            int64
	ScopeName            string
	PerCase              bool
	StandsFor            string
	WantedMin, WantedMax *int
	Archived             bool
}

// placedColumn is a column as a version has it.
type placedColumn struct {
	matrixColumn
	Position int
	ColumnID int64
}

type matrixStep struct {
	ID, VersionID, ActivityID, Counter int64
	Position                           int
	Section, Name                      string
	HandOffs                           int
	Cells                              []itsm.Cell // one a column
}

// matrixRole is a column of a matrix, of role r. The name of where it lies is left to the heads where these have it.
var matrixRole = `r.id, r.kind, ` + roleCalled + ` AS name, COALESCE(r.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id,
	COALESCE(r.service_id, 0) AS service_id, r.per_case, COALESCE(r.stands_for, '') AS stands_for, r.wanted_min, r.wanted_max,
	r.archived_at IS NOT NULL AS archived,
	COALESCE(CASE WHEN r.practice_id <> ALL(` + home("practices") + `) THEN (SELECT name FROM practice WHERE id = r.practice_id)
	              WHEN r.process_id <> ALL(` + home("processes") + `) THEN (SELECT name FROM process WHERE id = r.process_id)
	              WHEN r.service_id IS NOT NULL THEN (SELECT name FROM service WHERE id = r.service_id) END, '') AS scope_name`

// home are the practices, or the processes, that the heads have found.
func home(of string) string { return `(SELECT ` + noted("home_"+of) + `)::bigint[]` }

// queue asks for everything that the matrices of some processes p show, in one batch. The heads come first.
func (r *matrixRows) queue(b *pgx.Batch, by itsm.Actor, day time.Time, which string, id int64) {
	r.queueWith(b, by, day, which, id, matrixHats, nil)
}

// holdersOf asks for holders as they are told of.
func (r *matrixRows) holdersOf(by itsm.Actor, day time.Time) holdersQuery {
	q := holdersOf(by, day)
	q.past = q.past && !r.forGaps
	return q
}

// queueWith is queue for a reader of a part, who is shown the holders of some roles alone: roles is a query that yields their ids.
func (r *matrixRows) queueWith(b *pgx.Batch, by itsm.Actor, day time.Time, which string, id int64, roles string, args pgx.StrictNamedArgs) {
	many(b, &r.heads, `
		WITH found AS MATERIALIZED (
			SELECT p.id, p.name, p.practice_id, p.archived_at IS NOT NULL AS archived, p.kind = 'care' AS care, p.position,
			       (SELECT id FROM version_on(p.id, @day::date)) AS version_id, `+answeringOwner+` AS owner_id
			FROM process p WHERE `+which+` AND (@all::boolean OR p.practice_id = ANY(@sees::bigint[])))
		SELECT p.practice_id, t.name AS practice, t.state, p.id AS process_id, p.name AS process, p.archived,
		       v.id AS version_id, v.state = 'draft' AS editable, v.counter, v.approved_by, v.approved_on, v.approved_reference
		FROM found p JOIN process_version v ON v.id = p.version_id JOIN practice t ON t.id = p.practice_id
		WHERE `+versionsNoted+`
		ORDER BY p.care, p.position, p.id`, seeing(by, pgx.StrictNamedArgs{"id": id, "day": day}), matrixHeadTargets)
	r.steps, r.holdings = make([]matrixStep, 0, usualRows), make([]bareHolding, 0, usualRows)
	many(b, &r.columns, columnsOfThese, nil, placedColumnTargets)
	put(b, stepsOfThese, nil).Query(r.fill)
	holders := r.holdersOf(by, day)
	holders.askBare(b, &r.holdings, roles+servingOwners, args)
	many(b, &r.regions, `SELECT g.id, COALESCE(`+namedOn(holders.past, `region`, `g`, `parent_id`)+`, 0), g.name FROM region g ORDER BY g.name`, withThen(holders.past, day, pgx.StrictNamedArgs{}),
		func(r *itsm.RegionRef) []any { return []any{&r.ID, &r.ParentID, &r.Name} })
	many(b, &r.services, `
		SELECT v.id, v.name, COALESCE(r.id, 0) AS owner_id
		FROM service v LEFT JOIN role r ON r.service_id = v.id AND r.kind = 'owner' AND r.archived_at IS NULL
		WHERE `+serving+` AND v.archived_at IS NULL AND `+serviceSeen+` ORDER BY lower(v.name) LIMIT 500`, seeing(by, pgx.StrictNamedArgs{}),
		func(s *matrixService) []any { return []any{&s.ID, &s.Name, &s.OwnerID} })
}

// columnsOfThese reads placedColumns of the versions that the heads have found, and notes their roles for the questions that follow;
// the Owners who answer come along in no version.
var columnsOfThese = `
	WITH found AS MATERIALIZED (
		SELECT version_id, position, id AS column_id, role_id, CASE WHEN role_id = ANY(ARRAY(SELECT id FROM role WHERE stands_for = 'service owner')) THEN role_id END AS serving
		FROM raci_column WHERE version_id = ` + theseVersions + `
		UNION ALL SELECT 0, 0, 0, unnest(` + noted("owners") + `), NULL)
	SELECT c.position, c.column_id, c.version_id, ` + matrixRole + `
	FROM found c JOIN role r ON r.id = c.role_id
	WHERE (SELECT ` + note("hats", "role_id") + ` || ` + note("serving", "serving") + ` FROM found) IS NOT NULL`

// stepsOfThese reads their rows, for fill.
var stepsOfThese = `
	SELECT id, version_id, activity_id, counter, position, section, name, COALESCE(row_letters, ''), row_notes, COALESCE(row_hand_offs, 0)
	FROM step WHERE version_id = ` + theseVersions

func matrixHeadTargets(h *matrixHead) []any {
	return []any{
		&h.PracticeID, &h.Practice, &h.State, &h.ProcessID, &h.Process, &h.Archived, &h.VersionID, &h.Editable, &h.Counter,
		&h.Approval.By, &h.Approval.On, &h.Approval.Reference,
	}
}

func placedColumnTargets(c *placedColumn) []any {
	return []any{
		&c.Position, &c.ColumnID, &c.VersionID, &c.ID, (*string)(&c.Kind), &c.Name, &c.PracticeID, &c.ProcessID, &c.ServiceID, &c.PerCase, &c.StandsFor,
		&c.WantedMin, &c.WantedMax, &c.Archived, &c.ScopeName,
	}
}

// answeringOwner is the role of the Owner who answers in process p where no A is set: its own, where it has one, else its practice's.
const answeringOwner = `COALESCE(
	(SELECT o.id FROM role o WHERE o.process_id = p.id AND o.kind = 'owner' AND o.archived_at IS NULL),
	(SELECT o.id FROM role o WHERE o.practice_id = p.practice_id AND o.kind = 'owner' AND o.archived_at IS NULL))`

// matrixHats yields the roles of the matrices: of their columns, and the Owners who answer.
var matrixHats = `SELECT unnest(` + noted("hats") + `)`

// serving says whether a column stands for the owner of whichever service a case is about.
var serving = `cardinality(` + noted("serving") + `) > 0`

// servingOwners adds the service owners where a column stands for them.
var servingOwners = `
	UNION ALL
	SELECT r.id FROM role r WHERE r.service_id IS NOT NULL AND r.kind = 'owner' AND ` + serving

// assemble makes the matrices, in the order of their practice's list.
func (r *matrixRows) assemble(by itsm.Actor, day time.Time) []*itsm.Matrix {
	var out []*itsm.Matrix
	byVersion := map[int64]*itsm.Matrix{}
	practices, processes := map[int64]string{}, map[int64]string{}
	for _, h := range r.heads {
		practices[h.PracticeID], processes[h.ProcessID] = h.Practice, h.Process
		m := &itsm.Matrix{
			PracticeID: h.PracticeID, Practice: h.Practice, State: h.State, ProcessID: h.ProcessID, Process: h.Process, Archived: h.Archived,
			VersionID: h.VersionID, Editable: h.Editable && !h.Archived, Counter: h.Counter, Approval: h.Approval, Day: day, Regions: r.regions,
		}
		out, byVersion[h.VersionID] = append(out, m), m
	}
	for i := range r.columns {
		if c := &r.columns[i]; c.ScopeName == "" {
			c.ScopeName = cmp.Or(practices[c.PracticeID], processes[c.ProcessID])
		}
	}
	holdings := byRegion(r.holdings, r.regions)
	held := map[*itsm.Matrix]map[int64][]itsm.Holding{}
	for _, m := range out {
		held[m] = visible(by, m.Scope(), day, holdings)
		m.Columns, m.Rows = make([]itsm.Column, 0, len(r.columns)/len(out)), make([]itsm.Row, 0, len(r.steps)/len(out))
		m.Services = r.servicesOf(held[m])
		if owner := r.answers(m); owner != nil {
			m.Owner = owner.column(m.Scope(), held[m])
		}
	}
	for _, c := range r.columns {
		if m := byVersion[c.VersionID]; m != nil {
			m.Columns = append(m.Columns, c.column(m.Scope(), held[m]))
		}
	}
	for _, s := range r.steps {
		m := byVersion[s.VersionID]
		m.Rows = append(m.Rows, itsm.Row{
			ActivityID: s.ActivityID, Position: s.Position, Section: s.Section, Name: s.Name, Counter: s.Counter, HandOffs: s.HandOffs,
			Cells: s.Cells,
		})
	}
	for _, m := range out {
		m.Settle()
	}
	return out
}

// answers is the Owner who answers in a matrix where no A is set, as answeringOwner finds it.
func (r *matrixRows) answers(m *itsm.Matrix) (above *matrixColumn) {
	for i := range r.columns {
		switch c := &r.columns[i].matrixColumn; {
		case c.Kind != itsm.Owner || c.Archived:
		case c.ProcessID != 0 && c.ProcessID == m.ProcessID:
			return c
		case c.PracticeID != 0 && c.PracticeID == m.PracticeID:
			above = c
		}
	}
	return above
}

// servicesOf are the services between which a matrix makes a difference, by name: all where a column stands for the owner of
// whichever it is, else those for which a hat is worn.
func (r *matrixRows) servicesOf(held map[int64][]itsm.Holding) []itsm.ServiceRef {
	services := make([]itsm.ServiceRef, 0, len(r.services))
	for _, s := range r.services {
		services = append(services, itsm.ServiceRef{ID: s.ID, Name: s.Name, OwnerID: s.OwnerID, Owners: held[s.OwnerID]})
	}
	for _, holdings := range held {
		for i := range holdings {
			h := &holdings[i]
			if h.ServiceID != 0 && !slices.ContainsFunc(services, func(s itsm.ServiceRef) bool { return s.ID == h.ServiceID }) {
				services = append(services, itsm.ServiceRef{ID: h.ServiceID, Name: h.Service})
			}
		}
	}
	slices.SortStableFunc(services, func(a, b itsm.ServiceRef) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return services
}

// fill reads the steps, after the columns; it brings both into their order, which here costs a tenth of what it does in the database.
func (r *matrixRows) fill(rows pgx.Rows) error {
	slices.SortFunc(r.columns, func(a, b placedColumn) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ColumnID, b.ColumnID))
	})
	columns := map[int64]map[int64]int{} // by version and role
	for _, c := range r.columns {
		if columns[c.VersionID] == nil {
			columns[c.VersionID] = map[int64]int{}
		}
		of := columns[c.VersionID]
		of[c.ID] = len(of)
	}
	var free []itsm.Cell // room for the cells of many rows
	var s matrixStep
	var letters string
	var notes []byte // most rows have none
	_, err := pgx.ForEachRow(rows, []any{&s.ID, &s.VersionID, &s.ActivityID, &s.Counter, &s.Position, &s.Section, &s.Name, &letters, &notes, &s.HandOffs}, func() error {
		of := columns[s.VersionID]
		if len(free) < len(of) {
			free = make([]itsm.Cell, usualRows*len(of))
		}
		s.Cells, free = free[:len(of):len(of)], free[len(of):]
		r.steps = append(r.steps, s)
		return s.fill(of, letters, notes)
	})
	slices.SortFunc(r.steps, func(a, b matrixStep) int { return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID)) })
	return err
}

// fill reads a row's letters, "12AR,15C" by the role's id, and its notes, JSON by that id, into its cells, as the database derives
// them of the table raci_cell; columns are the places of roles.
func (s *matrixStep) fill(columns map[int64]int, letters string, notes []byte) error {
	for letters != "" {
		var cell string
		cell, letters, _ = strings.Cut(letters, ",")
		role := int64(0)
		for cell != "" && cell[0] >= '0' && cell[0] <= '9' {
			role, cell = 10*role+int64(cell[0]-'0'), cell[1:]
		}
		s.Cells[columns[role]].Letters, _ = itsm.ParseLetters(cell)
	}
	if notes == nil {
		return nil
	}
	var noted map[int64]string
	if err := json.Unmarshal(notes, &noted); err != nil {
		return err
	}
	for role, note := range noted {
		s.Cells[columns[role]].Note = note
	}
	return nil
}

// column is a role as a column of what is at a place, with those who hold it.
func (c matrixColumn) column(at itsm.Scope, held map[int64][]itsm.Holding) itsm.Column {
	out := itsm.Column{Role: itsm.Role{
		ID: c.ID, Kind: c.Kind, Name: c.Name, PracticeID: c.PracticeID, ProcessID: c.ProcessID, ServiceID: c.ServiceID, ScopeName: c.ScopeName,
		PerCase: c.PerCase, StandsFor: c.StandsFor, WantedMin: c.WantedMin, WantedMax: c.WantedMax, Archived: c.Archived,
	}, Holdings: held[c.ID]}
	switch {
	case c.Kind == itsm.Whoever:
		out.Source = itsm.OfCase
	case c.ProcessID == at.ProcessID:
		out.Source = itsm.OfProcess
	case c.PracticeID == at.PracticeID:
		out.Source = itsm.OfPractice
	default:
		out.Source = itsm.Invited
	}
	return out
}
