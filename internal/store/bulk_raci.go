package store

import (
	"time"

	"hatrack/internal/itsm"
)

// BulkStep is one activity with what its version says of it.
type BulkStep struct {
	Version, Process int64
	itsm.Step
}

// BulkActivities are the identities behind steps.
func BulkActivities(all []BulkStep) Bulk {
	return Bulk{"activity", []string{"id", "process_id"}, len(all), func(i int) []any { return []any{all[i].ActivityID, all[i].Process} }}
}

// BulkSteps are what versions say of activities.
func BulkSteps(all []BulkStep) Bulk {
	return Bulk{"step", []string{"version_id", "activity_id", "position", "section", "name", "text"}, len(all), func(i int) []any {
		return []any{all[i].Version, all[i].ActivityID, all[i].Position, all[i].Section, all[i].Name, all[i].Text}
	}}
}

// BulkColumn is a role that a version uses.
type BulkColumn struct {
	Version, Role int64
	Position      int
}

// BulkColumns are columns of matrices.
func BulkColumns(all []BulkColumn) Bulk {
	return Bulk{"raci_column", []string{"version_id", "role_id", "position"}, len(all), func(i int) []any {
		return []any{all[i].Version, all[i].Role, all[i].Position}
	}}
}

// BulkCell is what a role does in an activity.
type BulkCell struct {
	Version, Activity, Role int64
	Letters                 itsm.Letters
	Note                    string
}

// BulkCells are cells of matrices.
func BulkCells(all []BulkCell) Bulk {
	return Bulk{"raci_cell", []string{"version_id", "activity_id", "role_id", "letters", "note"}, len(all), func(i int) []any {
		return []any{all[i].Version, all[i].Activity, all[i].Role, all[i].Letters.String(), all[i].Note}
	}}
}

// BulkAssignment is an appointed assignment.
type BulkAssignment struct {
	Role                  int64
	Kind                  itsm.RoleKind
	Person, Team, Company int64
	Region                int64
	Capacity              itsm.Capacity
	Accepted              bool
	From, Recorded        time.Time
	To                    *time.Time
}

// BulkAssignments are assignments.
func BulkAssignments(all []BulkAssignment) Bulk {
	columns := []string{
		"role_id", "role_kind", "person_id", "team_id", "company_id", "region_id", "capacity", "state", "acceptance", "during", "recorded_on", "decided_on",
	}
	return Bulk{"assignment", columns, len(all), func(i int) []any {
		a := all[i]
		acceptance := itsm.Told
		if a.Accepted {
			acceptance = itsm.Accepted
		}
		return []any{
			a.Role, string(a.Kind), null(a.Person), null(a.Team), null(a.Company), null(a.Region), string(a.Capacity), string(itsm.Appointed),
			string(acceptance), during(a.From, a.To), a.Recorded, a.Recorded,
		}
	}}
}
