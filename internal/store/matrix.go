package store

import (
	"context"
	"maps"
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
	s.around(b, &around, by, "process", process, `a.role_id IN (`+hatsOfProcess+`)`)
	if err := s.ask(ctx, b); err != nil {
		return nil, around, err
	}
	if all := r.assemble(by, day); len(all) > 0 {
		return all[0], around, nil
	}
	return nil, around, itsm.NotFound{What: "process"}
}

// MatrixDays is Matrix on two days, both out of one snapshot, in one round trip.
func (s *Store) MatrixDays(ctx context.Context, by itsm.Actor, process int64, from, to time.Time) (before, after *itsm.Matrix, err error) {
	var rows [2]matrixRows
	b := &pgx.Batch{}
	rows[0].queue(b, by, from, oneProcess, process)
	rows[1].queue(b, by, to, oneProcess, process)
	if err := s.ask(ctx, b); err != nil {
		return nil, nil, err
	}
	first, second := rows[0].assemble(by, from), rows[1].assemble(by, to)
	if len(first) == 0 || len(second) == 0 {
		return nil, nil, itsm.NotFound{What: "process"}
	}
	return first[0], second[0], nil
}

// Which processes a read of matrices is about; @id is the process or the practice.
const (
	oneProcess    = `p.id = @id`
	ofThePractice = `p.practice_id = @id AND p.archived_at IS NULL`
)

type matrixRows struct {
	heads    []matrixHead
	columns  []matrixColumn
	owners   []matrixColumn
	steps    []matrixStep
	cells    []matrixCell
	holdings []itsm.Holding
	regions  []itsm.RegionRef
	services []matrixService
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
	VersionID            int64
	ProcessOf            int64 // the matrix's process and practice
	PracticeOf           int64
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

type matrixStep struct {
	VersionID, ActivityID, Counter int64
	Position, HandOffs             int
	Section, Name                  string
}

type matrixCell struct {
	VersionID, ActivityID, RoleID int64
	Letters, Note                 string
}

// The roles of a matrix, of role r, process p and version v.
const matrixRole = `
	v.id AS version_id, p.id AS process_of, p.practice_id AS practice_of, r.id, r.kind, ` + roleCalled + ` AS name, COALESCE(r.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id,
	COALESCE(r.service_id, 0) AS service_id, r.per_case, COALESCE(r.stands_for, '') AS stands_for, r.wanted_min, r.wanted_max,
	r.archived_at IS NOT NULL AS archived,
	COALESCE((SELECT name FROM practice WHERE id = r.practice_id), (SELECT name FROM process WHERE id = r.process_id),
	         (SELECT name FROM service WHERE id = r.service_id), '') AS scope_name`

// queue asks for everything that the matrices of some processes show. Every part resolves the versions itself, so that
// all of it is one batch.
func (r *matrixRows) queue(b *pgx.Batch, by itsm.Actor, day time.Time, which string, id int64) {
	versions := ` process p JOIN process_version v ON v.id = (SELECT id FROM version_on(p.id, @day::date)) `
	seen := which + ` AND (@all::boolean OR p.practice_id = ANY(@sees::bigint[])) `
	args := pgx.StrictNamedArgs{"id": id, "day": day, "all": !by.External, "sees": by.Sees}
	all(b, &r.heads, `
		SELECT p.practice_id, t.name AS practice, t.state, p.id AS process_id, p.name AS process, p.archived_at IS NOT NULL AS archived,
		       v.id AS version_id, v.state = 'draft' AS editable, v.counter,
		       json_build_object('by', v.approved_by, 'on', to_char(v.approved_on, 'YYYY-MM-DD"T00:00:00Z"'), 'reference', v.approved_reference) AS approval
		FROM `+versions+` JOIN practice t ON t.id = p.practice_id
		WHERE `+seen+`
		ORDER BY p.kind = 'care', p.position, p.id`, args)
	all(b, &r.columns, `
		SELECT `+matrixRole+`
		FROM `+versions+` JOIN raci_column c ON c.version_id = v.id JOIN role r ON r.id = c.role_id
		WHERE `+seen+`
		ORDER BY c.version_id, c.position, c.id`, args)
	// The process's own Owner answers where it has one, else its practice's.
	all(b, &r.owners, `
		SELECT DISTINCT ON (v.id) `+matrixRole+`
		FROM `+versions+` JOIN role r ON (r.process_id = p.id OR r.practice_id = p.practice_id) AND r.kind = 'owner' AND r.archived_at IS NULL
		WHERE `+seen+`
		ORDER BY v.id, r.process_id IS NULL`, args)
	all(b, &r.steps, `
		SELECT s.version_id, s.activity_id, s.counter, s.position, s.section, s.name,
		       (SELECT count(*) FROM hand_off h WHERE h.version_id = s.version_id AND h.activity_id = s.activity_id) AS hand_offs
		FROM `+versions+` JOIN step s ON s.version_id = v.id
		WHERE `+seen+`
		ORDER BY s.version_id, s.position, s.id`, args)
	many(b, &r.cells, `
		SELECT c.version_id, c.activity_id, c.role_id, c.letters, c.note
		FROM `+versions+` JOIN raci_cell c ON c.version_id = v.id
		WHERE `+seen, args, func(c *matrixCell) []any { return []any{&c.VersionID, &c.ActivityID, &c.RoleID, &c.Letters, &c.Note} })
	roles := matrixRoles(versions, which)
	holdersFor(b, &r.holdings, day, by.Knows(day, itsm.Scope{}), roles, pgx.StrictNamedArgs{"id": id})
	all(b, &r.regions, `SELECT id, COALESCE(parent_id, 0) AS parent_id, name FROM region ORDER BY name`, pgx.StrictNamedArgs{})
	all(b, &r.services, `
		SELECT v.id, v.name, COALESCE(r.id, 0) AS owner_id
		FROM service v LEFT JOIN role r ON r.service_id = v.id AND r.kind = 'owner' AND r.archived_at IS NULL
		WHERE v.archived_at IS NULL AND `+serviceSeen+` ORDER BY lower(v.name) LIMIT 500`, seeing(by, pgx.StrictNamedArgs{}))
}

// matrixRoles yields the roles whose holders a matrix shows: its columns', its Owner, and the service owners where a
// column stands for them.
func matrixRoles(versions, which string) string {
	return `
		SELECT c.role_id FROM ` + versions + ` JOIN raci_column c ON c.version_id = v.id WHERE ` + which + `
		UNION
		SELECT r.id FROM process p JOIN role r ON r.process_id = p.id WHERE ` + which + `
		UNION
		SELECT r.id FROM process p JOIN role r ON r.practice_id = p.practice_id WHERE ` + which + ` -- with OR the planner reads all roles
		UNION
		SELECT r.id FROM role r WHERE r.service_id IS NOT NULL AND r.kind = 'owner' AND EXISTS (
			SELECT FROM ` + versions + ` JOIN raci_column c ON c.version_id = v.id JOIN role w ON w.id = c.role_id
			WHERE w.stands_for = 'service owner' AND ` + which + `)`
}

// assemble makes the matrices, in the order of their practice's list.
func (r *matrixRows) assemble(by itsm.Actor, day time.Time) []*itsm.Matrix {
	var out []*itsm.Matrix
	byVersion := map[int64]*itsm.Matrix{}
	for _, h := range r.heads {
		m := &itsm.Matrix{
			PracticeID: h.PracticeID, Practice: h.Practice, State: h.State, ProcessID: h.ProcessID, Process: h.Process, Archived: h.Archived,
			VersionID: h.VersionID, Editable: h.Editable && !h.Archived, Counter: h.Counter, Approval: h.Approval, Day: day, Regions: r.regions,
		}
		out, byVersion[h.VersionID] = append(out, m), m
	}
	held := map[*itsm.Matrix]map[int64][]itsm.Holding{}
	for _, m := range out {
		held[m] = visible(by, m.Scope(), r.holdings)
		for _, s := range r.services {
			m.Services = append(m.Services, itsm.ServiceRef{ID: s.ID, Name: s.Name, OwnerID: s.OwnerID, Owners: held[m][s.OwnerID]})
		}
	}
	for _, c := range r.owners {
		m := byVersion[c.VersionID]
		m.Owner = c.column(held[m])
	}
	for _, c := range r.columns {
		m := byVersion[c.VersionID]
		m.Columns = append(m.Columns, c.column(held[m]))
	}
	r.fill(byVersion)
	for _, m := range out {
		m.Settle()
	}
	return out
}

// fill puts the steps and their cells into the matrices.
func (r *matrixRows) fill(byVersion map[int64]*itsm.Matrix) {
	type place struct{ version, id int64 }
	columns, rows := map[place]int{}, map[place]int{}
	for v, m := range maps.All(byVersion) {
		for i, c := range m.Columns {
			columns[place{v, c.Role.ID}] = i
		}
	}
	for _, s := range r.steps {
		m := byVersion[s.VersionID]
		rows[place{s.VersionID, s.ActivityID}] = len(m.Rows)
		m.Rows = append(m.Rows, itsm.Row{
			ActivityID: s.ActivityID, Position: s.Position, Section: s.Section, Name: s.Name, Counter: s.Counter, HandOffs: s.HandOffs,
			Cells: make([]itsm.Cell, len(m.Columns)),
		})
	}
	for _, c := range r.cells {
		letters, _ := itsm.ParseLetters(c.Letters) // the schema holds nothing else
		row := byVersion[c.VersionID].Rows[rows[place{c.VersionID, c.ActivityID}]]
		row.Cells[columns[place{c.VersionID, c.RoleID}]] = itsm.Cell{Letters: letters, Note: c.Note}
	}
}

func (c matrixColumn) column(held map[int64][]itsm.Holding) itsm.Column {
	out := itsm.Column{Role: itsm.Role{
		ID: c.ID, Kind: c.Kind, Name: c.Name, PracticeID: c.PracticeID, ProcessID: c.ProcessID, ServiceID: c.ServiceID, ScopeName: c.ScopeName,
		PerCase: c.PerCase, StandsFor: c.StandsFor, WantedMin: c.WantedMin, WantedMax: c.WantedMax, Archived: c.Archived,
	}, Holdings: held[c.ID]}
	switch {
	case c.Kind == itsm.Whoever:
		out.Source = itsm.OfCase
	case c.ProcessID == c.ProcessOf:
		out.Source = itsm.OfProcess
	case c.PracticeID == c.PracticeOf:
		out.Source = itsm.OfPractice
	default:
		out.Source = itsm.Invited
	}
	return out
}

// visible groups holdings by role, without those that begin later than today and are not announced where the reader may
// not see plans.
func visible(by itsm.Actor, at itsm.Scope, holdings []itsm.Holding) map[int64][]itsm.Holding {
	out := map[int64][]itsm.Holding{}
	for _, h := range knownTo(by, at, holdings) {
		out[h.RoleID] = append(out[h.RoleID], h)
	}
	return out
}

// knownTo are the holdings that a reader may know of.
func knownTo(by itsm.Actor, at itsm.Scope, holdings []itsm.Holding) (out []itsm.Holding) {
	plans := by.Can(itsm.ReadPlans, at)
	for _, h := range holdings {
		if plans || h.Announced || !h.Since.After(by.Today) {
			out = append(out, h)
		}
	}
	return out
}
