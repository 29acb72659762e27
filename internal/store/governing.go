package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// ofOrganisation says that role r hangs on the organisation itself, and is a hat.
const ofOrganisation = `num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0 AND r.kind <> 'whoever' AND r.archived_at IS NULL`

// organisationRoles reads the hats of the organisation.
var organisationRoles = `SELECT ` + roleColumns + ` FROM ` + roleFrom + ` WHERE ` + ofOrganisation + ` ORDER BY ` + roleOrder

// Governing is the organisation's own roles with what their page shows.
type Governing struct {
	Roles    []itsm.Role
	Holdings []itsm.Holding
	Asked    []itsm.Holding // who does not count before they accept
	Gaps     []itsm.Gap
	Recent   []itsm.Moment
}

// Governing reads the roles that hang on the organisation itself, who wears them on a day, and what is missing around
// them, overdue reviews among it. For who may read the directory.
func (s *Store) Governing(ctx context.Context, by itsm.Actor, day time.Time) (g Governing, err error) {
	if err := allowed(by, itsm.ReadDirectory, itsm.Scope{}); err != nil {
		return g, err
	}
	const ids = `SELECT r.id FROM role r WHERE ` + ofOrganisation
	b := &pgx.Batch{}
	var facts itsm.GapFacts
	var answers itsm.GapAnswers
	var late []itsm.Reviewed
	all(b, &g.Roles, organisationRoles, pgx.StrictNamedArgs{})
	holdersFor(b, &g.Holdings, by, day, ids, pgx.StrictNamedArgs{})
	queueGapFacts(b, &facts, by, day, ids+` AND @id = 0`, 0)
	overdue(b, &late, by, day, overdueAtOrganisation, 0)
	gapAnswers(b, &answers, day, `x.role_id IN (`+ids+`)`, pgx.StrictNamedArgs{})
	moments := s.recent(b, "organisation", 0)
	if err = s.ask(ctx, b); err != nil {
		return g, err
	}
	facts.Asked = knownTo(by, itsm.Scope{}, day, facts.Asked)
	g.Holdings, g.Asked = knownTo(by, itsm.Scope{}, day, g.Holdings), facts.Asked
	if by.Foresees(day, itsm.Scope{}) {
		g.Gaps = itsm.Answered(g.gaps(by, day, facts, late), answers)
	}
	g.Recent = moments(by, itsm.Scope{})
	return g, nil
}

// gaps are what is missing around the hats of the organisation on a day.
func (g Governing) gaps(by itsm.Actor, day time.Time, f itsm.GapFacts, late []itsm.Reviewed) []itsm.Gap {
	hats := &itsm.Matrix{Day: day}
	held := visible(by, itsm.Scope{}, day, g.Holdings)
	for _, r := range g.Roles {
		c := itsm.Column{Role: r, Source: itsm.OfProcess, Holdings: held[r.ID]}
		if r.Kind == itsm.Owner {
			hats.Owner = c
		} else {
			hats.Columns = append(hats.Columns, c)
		}
	}
	return itsm.WithReviews(itsm.HatGaps(hats, f), late, day)
}

// OrganisationRoles are the hats of the organisation, for the comparison with the library. For who may read the directory.
func (s *Store) OrganisationRoles(ctx context.Context, by itsm.Actor) (roles []itsm.Role, err error) {
	if err := allowed(by, itsm.ReadDirectory, itsm.Scope{}); err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	all(b, &roles, organisationRoles, pgx.StrictNamedArgs{})
	return roles, s.ask(ctx, b)
}

// AdoptRoles adds what is ticked of the library's roles of the organisation, as one event that can be undone. What is
// there already stays as it is; nothing left to add is a Conflict. For the office.
func (s *Store) AdoptRoles(ctx context.Context, by itsm.Actor, p itsm.LibraryPractice, ticked []string) error {
	return s.door(ctx, by, itsm.EditRole, theOrganisation, func(ctx context.Context, t *tx) error {
		// Of two who adopt at once, the second sees what the first made.
		if err := t.run(ctx, `SELECT pg_advisory_xact_lock(hashtext('roles of the organisation'))`, nil); err != nil {
			return err
		}
		var has []itsm.Role
		b := &pgx.Batch{}
		all(b, &has, organisationRoles, pgx.StrictNamedArgs{})
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		list := itsm.TickedRoles(p.LacksRoles(has), ticked)
		if len(list) == 0 {
			return itsm.Conflict{Text: "Nothing was added: tick what you want of it. What the organisation has already is not offered any more."}
		}
		var added, filled []string
		for _, r := range list {
			if r.ID != 0 {
				if err := t.fillRole(ctx, r.Role); err != nil {
					return err
				}
				filled = append(filled, fmt.Sprintf("[[role:%d]]", r.ID))
				continue
			}
			id, err := t.addRole(ctx, r.Role)
			if err != nil {
				return err
			}
			added = append(added, fmt.Sprintf("[[role:%d]]", id))
		}
		var parts []string
		if len(added) > 0 {
			parts = append(parts, "adopted "+strings.Join(added, ", ")+" for the organisation from the practice library")
		}
		if len(filled) > 0 {
			parts = append(parts, "filled empty texts of "+strings.Join(filled, ", ")+" from the practice library")
		}
		t.say("%s", strings.Join(parts, "; "))
		return nil
	})
}

// fillRole writes the texts of a role that were empty.
func (t *tx) fillRole(ctx context.Context, r itsm.Role) error {
	return t.run(ctx, `
		UPDATE role SET purpose = @purpose, responsibilities = @responsibilities, authorities = @authorities, competences = @competences, counter = counter + 1
		WHERE id = @id`, pgx.StrictNamedArgs{
		"id": r.ID, "purpose": r.Purpose, "responsibilities": r.Responsibilities, "authorities": r.Authorities, "competences": r.Competences,
	})
}
