package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"hatrack/internal/itsm"
)

// Bulk are rows of one table on their way in: what Fill copies. Their values are not checked beyond what the database
// refuses. Where rows carry ids, these are Reserved first.
type Bulk struct {
	table   string
	columns []string
	rows    int
	row     func(i int) []any
}

// bulkBatch is how many rows one event takes: large enough that triggers which fire per statement cost little, small
// enough that nobody waits for long behind one.
const bulkBatch = 10_000

// Kinds of things that carry an id, for Reserve.
const (
	KindRegion   = "region"
	KindCompany  = "company"
	KindPerson   = "person"
	KindTeam     = "team"
	KindService  = "service"
	KindPractice = "practice"
	KindProcess  = "process"
	KindVersion  = "process_version"
	KindActivity = "activity"
	KindRole     = "role"
)

// Reserve sets n ids of a kind aside and says the first of them; they follow each other while nobody else writes.
func (s *Store) Reserve(ctx context.Context, kind string, n int) (first int64, err error) {
	if n == 0 {
		return 0, nil
	}
	err = s.write.QueryRow(ctx, `SELECT min(nextval(pg_get_serial_sequence($1, 'id'))) FROM generate_series(1, $2)`, kind, n).Scan(&first)
	return first, translate(err)
}

// Fill copies rows, each batch of them in one event with every trigger on. what names them in the trail: "people". For the
// operator, who generates an organisation.
func (s *Store) Fill(ctx context.Context, by itsm.Actor, what string, b Bulk, heard Progress) error {
	for from := 0; from < b.rows; from += bulkBatch {
		n := min(bulkBatch, b.rows-from)
		err := s.door(ctx, by, itsm.Generate, theOrganisation, func(ctx context.Context, t *tx) error {
			t.say("generated %d %s", n, what)
			_, err := t.CopyFrom(ctx, pgx.Identifier{b.table}, b.columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return b.row(from + i), nil }))
			return err
		})
		if err != nil {
			return fmt.Errorf("%s from row %d: %w", b.table, from, err)
		}
		heard(from+n, b.rows)
	}
	return nil
}

// null is an id, or NULL for 0.
func null(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func during(from time.Time, to *time.Time) pgtype.Range[pgtype.Date] {
	r := pgtype.Range[pgtype.Date]{Lower: pgtype.Date{Time: from, Valid: true}, LowerType: pgtype.Inclusive, UpperType: pgtype.Unbounded, Valid: true}
	if to != nil {
		r.Upper, r.UpperType = pgtype.Date{Time: *to, Valid: true}, pgtype.Exclusive
	}
	return r
}

// BulkRegions are regions; those above come first.
func BulkRegions(all []itsm.Region) Bulk {
	return Bulk{"region", []string{"id", "parent_id", "name"}, len(all), func(i int) []any {
		return []any{all[i].ID, null(all[i].ParentID), all[i].Name}
	}}
}

// BulkCompanies are companies, without contacts.
func BulkCompanies(all []itsm.Company) Bulk {
	return Bulk{"company", []string{"id", "name", "kind"}, len(all), func(i int) []any { return []any{all[i].ID, all[i].Name, all[i].Kind} }}
}

// BulkPeople are people; EmployedFrom is set.
func BulkPeople(all []itsm.Person) Bulk {
	columns := []string{"id", "external_id", "name", "sort_name", "title", "email", "department", "location", "region_id", "company_id", "employed"}
	return Bulk{"person", columns, len(all), func(i int) []any {
		p := all[i]
		return []any{p.ID, p.ExternalID, p.Name, itsm.SortName(p.Name), p.Title, p.Email, p.Department, p.Location, null(p.RegionID), null(p.CompanyID), during(*p.EmployedFrom, p.EmployedTo)}
	}}
}

// BulkLine is one reporting line.
type BulkLine struct {
	Person, Manager int64
	Primary         bool
}

// BulkLines are reporting lines.
func BulkLines(all []BulkLine) Bulk {
	return Bulk{"reporting_line", []string{"person_id", "manager_id", "is_primary"}, len(all), func(i int) []any {
		return []any{all[i].Person, all[i].Manager, all[i].Primary}
	}}
}

// BulkTeams are teams.
func BulkTeams(all []itsm.Team) Bulk {
	return Bulk{"team", []string{"id", "name", "purpose", "region_id", "lead_id"}, len(all), func(i int) []any {
		return []any{all[i].ID, all[i].Name, all[i].Purpose, null(all[i].RegionID), null(all[i].LeadID)}
	}}
}

// BulkStay is a membership of a team, or an absence, of a person for a time.
type BulkStay struct {
	Team, Person int64
	itsm.Period
}

// BulkMemberships are memberships of teams.
func BulkMemberships(all []BulkStay) Bulk {
	return Bulk{"membership", []string{"team_id", "person_id", "during"}, len(all), func(i int) []any {
		return []any{all[i].Team, all[i].Person, during(all[i].From, all[i].To)}
	}}
}

// BulkAbsences are absences.
func BulkAbsences(all []BulkStay) Bulk {
	return Bulk{"absence", []string{"person_id", "during"}, len(all), func(i int) []any {
		return []any{all[i].Person, during(all[i].From, all[i].To)}
	}}
}

// BulkServices are services.
func BulkServices(all []itsm.Service) Bulk {
	return Bulk{"service", []string{"id", "name", "purpose"}, len(all), func(i int) []any { return []any{all[i].ID, all[i].Name, all[i].Purpose} }}
}

// BulkPractices are practices.
func BulkPractices(all []itsm.Practice) Bulk {
	return Bulk{"practice", []string{"id", "name", "category", "purpose", "state"}, len(all), func(i int) []any {
		return []any{all[i].ID, all[i].Name, string(all[i].Category), all[i].Purpose, string(all[i].State)}
	}}
}

// BulkProcesses are processes without their versions.
func BulkProcesses(all []itsm.Process) Bulk {
	return Bulk{"process", []string{"id", "practice_id", "name", "kind", "position"}, len(all), func(i int) []any {
		return []any{all[i].ID, all[i].PracticeID, all[i].Name, string(all[i].Kind), all[i].Position}
	}}
}

// BulkVersions are the first drafts of processes.
func BulkVersions(all []itsm.Process) Bulk {
	return Bulk{"process_version", []string{"id", "process_id", "number", "purpose"}, len(all), func(i int) []any {
		return []any{all[i].Version.ID, all[i].ID, int32(1), all[i].Purpose}
	}}
}

// BulkRoles are roles; those of the matrix's cases are there already.
func BulkRoles(all []itsm.Role) Bulk {
	columns := []string{"id", "kind", "name", "practice_id", "process_id", "service_id", "purpose", "wanted_min"}
	return Bulk{"role", columns, len(all), func(i int) []any {
		r := all[i]
		return []any{r.ID, string(r.Kind), r.Name, null(r.PracticeID), null(r.ProcessID), null(r.ServiceID), r.Purpose, r.WantedMin}
	}}
}
