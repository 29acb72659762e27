package store

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// TeamRows are the teams that a text finds, one by one. For who may read the directory.
func (s *Store) TeamRows(ctx context.Context, by itsm.Actor, day time.Time, text string, archived bool) iter.Seq2[itsm.Team, error] {
	if !by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return none[itsm.Team](itsm.Forbidden{Why: forbidden(itsm.ReadDirectory)})
	}
	return stream[itsm.Team](ctx, s, `SELECT `+teamColumns+` FROM `+teamFrom(day.Before(by.Today))+`
		WHERE (t.archived_at IS NOT NULL) = @archived AND lower(t.name) LIKE @text ORDER BY lower(t.name)`,
		pgx.StrictNamedArgs{"day": day, "known": by.Knows(day, itsm.Scope{}), "archived": archived, "text": contains(text)})
}

// CompanyRows are the companies, one by one. For who may read the directory.
func (s *Store) CompanyRows(ctx context.Context, by itsm.Actor, day time.Time, archived bool) iter.Seq2[itsm.Company, error] {
	if !by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return none[itsm.Company](itsm.Forbidden{Why: forbidden(itsm.ReadDirectory)})
	}
	known := by.Knows(day, itsm.Scope{})
	return stream[itsm.Company](ctx, s, `SELECT `+companyColumns(day, known)+` FROM `+companyFrom(day.Before(by.Today))+` WHERE (m.archived_at IS NOT NULL) = @archived ORDER BY lower(m.name)`,
		pgx.StrictNamedArgs{"day": day, "known": known, "archived": archived})
}

// AccountRows are the accounts that a filter finds, one by one. For who manages them.
func (s *Store) AccountRows(ctx context.Context, by itsm.Actor, f itsm.AccountFilter, today time.Time) iter.Seq2[itsm.Account, error] {
	if !by.Can(itsm.ManageAccounts, itsm.Scope{}) {
		return none[itsm.Account](itsm.Forbidden{Why: forbidden(itsm.ManageAccounts)})
	}
	return stream[itsm.Account](ctx, s, `SELECT `+accountColumns+` FROM `+accountFrom+accountsNarrowed+` ORDER BY `+accountOrder(f), accountArgs(f, today))
}

// RoleRow is a role with how many hold it on a day.
type RoleRow struct {
	itsm.Role
	Practice string
	Held     int
}

// RoleRows are the roles that the actor may see, of one practice and its processes or of all, one by one.
func (s *Store) RoleRows(ctx context.Context, by itsm.Actor, practice int64, day time.Time) iter.Seq2[RoleRow, error] {
	return stream[RoleRow](ctx, s, `
		SELECT `+roleColumns+`, COALESCE(up.name, '') AS practice,
		       (SELECT count(DISTINCT (a.person_id, a.team_id, a.company_id)) FROM assignment a WHERE a.role_id = r.id AND a.capacity <> 'deputy' AND `+countedKnown+`) AS held
		FROM `+roleFrom+` LEFT JOIN practice up ON up.id = COALESCE(r.practice_id, rc.practice_id)
		WHERE r.archived_at IS NULL AND COALESCE(rp.archived_at, rc.archived_at, rv.archived_at) IS NULL AND (@practice = 0 OR up.id = @practice)
		  AND (@all::bool OR up.id = ANY(@sees))
		ORDER BY up.name NULLS FIRST, rc.position NULLS FIRST, rv.name NULLS FIRST, `+roleOrder, seeing(by, pgx.StrictNamedArgs{"practice": practice, "day": day, "known": by.Knows(day, itsm.Scope{})}))
}

// WornRow is one assignment as the list of who wears which hat shows it.
type WornRow struct {
	itsm.WornHat
	Practice string
	Employer string
	Email    string // of a person
}

type exportedRow struct {
	wornRow
	Practice, Employer, Email string
}

// WornRows is who wears which hat on a day or later, an assignment each, narrowed as the map is, one by one. What is
// proposed or not announced is left out for readers without ReadPlans there, but for their own.
func (s *Store) WornRows(ctx context.Context, by itsm.Actor, f itsm.MapFilter, day time.Time) iter.Seq2[WornRow, error] {
	where, args := wornWhere(f)
	rows := stream[exportedRow](ctx, s, `
		SELECT `+wornColumns+`, lower(a.during) AS since, `+endColumns+`, COALESCE(rc.name, up.name, '') AS practice, COALESCE(e.name, '') AS employer, COALESCE(p.email, '') AS email
		FROM `+wornFrom+` LEFT JOIN practice up ON up.id = rp.practice_id LEFT JOIN company e ON e.id = p.company_id
		WHERE a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) > @day::date OR `+stillTold+`) AND r.archived_at IS NULL
		  AND (@all::bool OR COALESCE(r.practice_id, rp.practice_id) = ANY(@sees))`+where+`
		ORDER BY `+wornSort(f), seeing(by, with(args, pgx.StrictNamedArgs{"day": day})))
	return func(yield func(WornRow, error) bool) {
		for r, err := range rows {
			if err == nil {
				r.End = r.Known(plansOf(by, r.wornRow), by.Today)
				if !knowsOf(by, r.wornRow, day) || r.Over(day) {
					continue
				}
			}
			if !yield(WornRow{r.hat(), r.Practice, r.Employer, r.Email}, err) {
				return
			}
		}
	}
}

// knowsOf says whether the actor may know of an assignment that is not in force for everybody to see.
func knowsOf(by itsm.Actor, r wornRow, day time.Time) bool {
	return r.State == itsm.Appointed && (r.Announced || !r.Since.After(by.Knows(day, itsm.Scope{}))) || plansOf(by, r)
}

// plansOf says whether the actor reads what is planned of an assignment.
func plansOf(by itsm.Actor, r wornRow) bool {
	return r.HolderID != 0 && r.HolderID == by.PersonID || by.Can(itsm.ReadPlans, r.hat().Scope())
}

// wornWhere narrows assignments as a MapFilter says, out of fixed fragments.
func wornWhere(f itsm.MapFilter) (string, pgx.StrictNamedArgs) {
	args, where := pgx.StrictNamedArgs{}, ""
	add := func(on bool, sql, name string, value any) {
		if on {
			where += " AND " + sql
			args[name] = value
		}
	}
	const below = `WITH RECURSIVE below AS (SELECT @region::bigint AS id UNION SELECT b.id FROM region b JOIN below ON b.parent_id = below.id) SELECT id FROM below`
	add(strings.TrimSpace(f.Text) != "", `(lower(COALESCE(p.name || ' ' || p.email || ' ' || p.title, t.name, f.name)) LIKE @text OR lower(COALESCE(rc.name, up.name, '')) LIKE @text)`, "text", contains(f.Text))
	add(f.RegionID != 0, `(a.region_id IN (`+below+`) OR a.region_id IS NULL AND p.region_id IN (`+below+`))`, "region", f.RegionID)
	add(f.TeamID != 0, `(a.team_id = @team OR EXISTS (SELECT FROM membership m WHERE m.person_id = a.person_id AND m.team_id = @team AND m.during @> @day::date))`, "team", f.TeamID)
	add(f.CompanyID != 0, `@company IN (a.company_id, p.company_id)`, "company", f.CompanyID)
	add(f.ManagerID != 0, `a.person_id IN (SELECT person_id FROM `+peopleOf+`)`, "manager", f.ManagerID)
	add(len(f.Practices) > 0, `COALESCE(r.practice_id, rp.practice_id) = ANY(@practices)`, "practices", f.Practices)
	add(f.Kind != "", `a.role_kind = @kind`, "kind", string(f.Kind))
	return where, args
}

// wornSort is by name where the page is, else by what the hats hang on.
func wornSort(f itsm.MapFilter) string {
	holder := `lower(COALESCE(p.sort_name, t.name, f.name))`
	switch {
	case f.Sort == "name" && f.Descending:
		return holder + ` DESC, a.id`
	case f.Sort == "name":
		return holder + `, a.id`
	}
	return `practice, scope_name, array_position(ARRAY['owner', 'manager', 'practitioner'], a.role_kind), r.name, ` + holder + `, a.id`
}
