package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

const serviceColumns = `v.id, v.name, v.purpose, v.archived_at IS NOT NULL AS archived, v.counter`

// serviceSeen says that an external actor may see service v: one of the practices they see supports it.
const serviceSeen = `(@all::bool OR EXISTS (SELECT FROM service_support u WHERE u.service_id = v.id AND u.practice_id = ANY(@sees)))`

// supportSeen says that an external actor may see what supports a service: the practices they see, no team and no company.
const supportSeen = `(@all::bool OR u.practice_id = ANY(@sees))`

// Services are the services that the actor may see, by name; the archived ones instead where archived.
func (s *Store) Services(ctx context.Context, by itsm.Actor, text string, archived bool) (found []itsm.ServiceLine, err error) {
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT `+serviceColumns+`, `+answering+`,
		       (SELECT count(*) FROM service_support u WHERE u.service_id = v.id AND `+supportSeen+`) AS support
		FROM service v `+ownerToday("o", `r.service_id = v.id`)+`
		WHERE `+serviceSeen+` AND (v.archived_at IS NOT NULL) = @archived AND (@text = '' OR strpos(lower(v.name), lower(@text)) > 0)
		ORDER BY lower(v.name)`, seeing(by, pgx.StrictNamedArgs{"day": by.Day(), "known": by.Knows(by.Day(), itsm.Scope{}), "archived": archived, "text": text}))
	return found, s.ask(ctx, b)
}

// Service is one service with what its page shows.
type Service struct {
	itsm.Service
	Roles    []itsm.Role
	Holdings []itsm.Holding
	Asked    []itsm.Holding // who does not count before they accept
	Support  []itsm.Support
	Gaps     []itsm.Gap
	Around   itsm.Around
	Recent   []itsm.Moment
}

// supportColumns reads an itsm.Support out of service_support u.
const supportColumns = `
	u.id, COALESCE(u.practice_id, 0) AS practice_id, COALESCE(u.team_id, 0) AS team_id, COALESCE(u.company_id, 0) AS company_id,
	COALESCE(p.name, g.name, c.name) AS name`

// Service reads a service on a day; NotFound where there is none that the actor may see.
func (s *Store) Service(ctx context.Context, by itsm.Actor, id int64, day time.Time) (v Service, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": id}
	one(b, &v.Service, "service", `SELECT `+serviceColumns+` FROM service v WHERE v.id = @id AND `+serviceSeen, seeing(by, pgx.StrictNamedArgs{"id": id}))
	all(b, &v.Roles, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.service_id = @id AND r.archived_at IS NULL ORDER BY `+roleOrder, args)
	holdersFor(b, &v.Holdings, by, day, `SELECT id FROM role WHERE service_id = @id AND archived_at IS NULL`, args)
	s.around(b, &v.Around, by, "service", id, `a.role_id IN (SELECT id FROM role WHERE service_id = @id)`)
	all(b, &v.Support, `
		SELECT `+supportColumns+` FROM service_support u
		LEFT JOIN practice p ON p.id = u.practice_id LEFT JOIN team g ON g.id = u.team_id LEFT JOIN company c ON c.id = u.company_id
		WHERE u.service_id = @id AND `+supportSeen+`
		ORDER BY u.practice_id IS NULL, u.team_id IS NULL, lower(COALESCE(p.name, g.name, c.name))`, seeing(by, pgx.StrictNamedArgs{"id": id}))
	var facts itsm.GapFacts
	var answers itsm.GapAnswers
	var late []itsm.Reviewed
	queueGapFacts(b, &facts, by, day, `SELECT id FROM role WHERE service_id = @id`, id)
	overdue(b, &late, by, day, overdueAtService, id)
	gapAnswers(b, &answers, day, `x.service_id = @id OR x.role_id IN (SELECT id FROM role WHERE service_id = @id)`, args)
	moments := s.recent(b, "service", id)
	if err = s.ask(ctx, b); err != nil {
		return v, err
	}
	facts.Asked = knownTo(by, v.Scope(), day, facts.Asked)
	v.Holdings, v.Asked = knownTo(by, v.Scope(), day, v.Holdings), facts.Asked
	if by.Foresees(day, v.Scope()) {
		v.Gaps = itsm.Answered(v.gaps(by, day, facts, late), answers)
	}
	v.Recent = moments(by, v.Scope())
	return v, nil
}

// SupportChoices are what may be added to what a service rests on, by words of its name: practices, then teams, then companies,
// at most PickLimit; more says that there are others. For who may edit the service.
func (s *Store) SupportChoices(ctx context.Context, by itsm.Actor, service int64, words string) (found []itsm.Support, more bool, err error) {
	if err := allowed(by, itsm.EditService, itsm.Scope{ServiceID: service}); err != nil {
		return nil, false, err
	}
	b := &pgx.Batch{}
	var known struct{ ID int64 }
	one(b, &known, "service", `SELECT id FROM service WHERE id = @id`, pgx.StrictNamedArgs{"id": service})
	all(b, &found, `
		SELECT 0::bigint AS id, x.practice_id, x.team_id, x.company_id, x.name FROM (
			SELECT id AS practice_id, 0::bigint AS team_id, 0::bigint AS company_id, name::text, 1 AS n FROM practice WHERE archived_at IS NULL
			UNION ALL SELECT 0, id, 0, name, 2 FROM team WHERE archived_at IS NULL
			UNION ALL SELECT 0, 0, id, name, 3 FROM company WHERE archived_at IS NULL
		) x
		WHERE lower(x.name) LIKE ALL (@words::text[]) AND NOT EXISTS (SELECT FROM service_support u WHERE u.service_id = @service
			AND (COALESCE(u.practice_id, 0), COALESCE(u.team_id, 0), COALESCE(u.company_id, 0)) = (x.practice_id, x.team_id, x.company_id))
		ORDER BY x.n, lower(x.name) LIMIT @most`, pgx.StrictNamedArgs{"service": service, "words": patterns(words), "most": PickLimit + 1})
	err = s.ask(ctx, b)
	return found[:min(len(found), PickLimit)], len(found) > PickLimit, err
}

// gaps are what is missing around a service on a day: its hats, and what it rests on.
func (v Service) gaps(by itsm.Actor, day time.Time, f itsm.GapFacts, late []itsm.Reviewed) []itsm.Gap {
	if v.Archived {
		return nil
	}
	hats := &itsm.Matrix{Process: v.Name, Day: day}
	held := visible(by, v.Scope(), day, v.Holdings)
	for _, r := range v.Roles {
		c := itsm.Column{Role: r, Source: itsm.OfProcess, Holdings: held[r.ID]}
		if r.Kind == itsm.Owner {
			hats.Owner = c
		} else {
			hats.Columns = append(hats.Columns, c)
		}
	}
	gaps := itsm.HatGaps(hats, f)
	if !slices.ContainsFunc(v.Support, func(u itsm.Support) bool { return u.PracticeID != 0 }) {
		gaps = append(gaps, itsm.Unsupported(v.ID, v.Name))
	}
	gaps = itsm.WithReviews(gaps, late, day)
	for i := range gaps {
		gaps[i].ServiceID, gaps[i].Service = v.ID, v.Name
	}
	return gaps
}

// AddService adds a service, born with its Service Owner role. For the SMO.
func (s *Store) AddService(ctx context.Context, by itsm.Actor, v itsm.Service) (id int64, err error) {
	if err := v.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditService, theOrganisation, func(ctx context.Context, t *tx) (err error) {
		id, err = t.number(ctx, `INSERT INTO service (name, purpose) VALUES (@name, @purpose) RETURNING id`, pgx.StrictNamedArgs{"name": v.Name, "purpose": v.Purpose})
		if err != nil {
			return err
		}
		t.say("added the service [[service:%d]]", id)
		r := itsm.NewServiceOwner()
		r.ServiceID = id
		_, err = t.addRole(ctx, r)
		return err
	})
	return id, err
}

// EditService changes a service's name and purpose, if its counter is still v.Counter.
func (s *Store) EditService(ctx context.Context, by itsm.Actor, v itsm.Service) error {
	if err := v.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditService, ofService(v.ID), func(ctx context.Context, t *tx) error {
		t.say("edited the service [[service:%d]]", v.ID)
		return t.edit(ctx, "service", `
			UPDATE service SET name = @name, purpose = @purpose, counter = counter + 1
			WHERE id = @id AND counter = @counter AND archived_at IS NULL`,
			pgx.StrictNamedArgs{"id": v.ID, "counter": v.Counter, "name": v.Name, "purpose": v.Purpose})
	})
}

// AddSupport says that a practice, team or company supports a service.
func (s *Store) AddSupport(ctx context.Context, by itsm.Actor, service int64, u itsm.Support) error {
	if err := u.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditService, ofService(service), func(ctx context.Context, t *tx) error {
		t.say("noted that %s supports [[service:%d]]", supporter(u), service)
		if err := t.unarchived(ctx, "service", service); err != nil {
			return err
		}
		return t.run(ctx, `
			INSERT INTO service_support (service_id, practice_id, team_id, company_id)
			VALUES (@service, NULLIF(@practice::bigint, 0), NULLIF(@team::bigint, 0), NULLIF(@company::bigint, 0))`,
			pgx.StrictNamedArgs{"service": service, "practice": u.PracticeID, "team": u.TeamID, "company": u.CompanyID})
	})
}

// RemoveSupport takes back that something supports a service.
func (s *Store) RemoveSupport(ctx context.Context, by itsm.Actor, service, id int64) error {
	return s.door(ctx, by, itsm.EditService, ofService(service), func(ctx context.Context, t *tx) error {
		var u itsm.Support
		if err := t.QueryRow(ctx, `
			DELETE FROM service_support WHERE id = $1 AND service_id = $2
			RETURNING COALESCE(practice_id, 0), COALESCE(team_id, 0), COALESCE(company_id, 0)`, id, service).Scan(&u.PracticeID, &u.TeamID, &u.CompanyID); err != nil {
			return err
		}
		t.say("noted that %s no longer supports [[service:%d]]", supporter(u), service)
		return nil
	})
}

// serviceUsed says that something hangs on service $1, or did: archived, it stays.
const serviceUsed = `EXISTS (SELECT FROM role r WHERE r.service_id = $1 AND ` + roleUsed + `) OR EXISTS (SELECT FROM assignment WHERE service_id = $1)
	OR EXISTS (SELECT FROM service_support WHERE service_id = $1)
	OR EXISTS (SELECT FROM accepted_gap WHERE service_id = $1) OR EXISTS (SELECT FROM action WHERE service_id = $1)`

// ArchiveService takes a service out of the list, or deletes it where nobody ever held a hat of it and nothing supports it.
func (s *Store) ArchiveService(ctx context.Context, by itsm.Actor, id, counter int64) (deleted bool, err error) {
	err = s.door(ctx, by, itsm.EditService, ofService(id), func(ctx context.Context, t *tx) error {
		var used bool
		err := t.QueryRow(ctx, `SELECT `+serviceUsed, id).Scan(&used)
		if err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"id": id, "counter": counter}
		if deleted = !used; deleted {
			t.say("deleted the service “%s”, which nothing hung on", t.name(ctx, "service", id))
			if err := t.run(ctx, `DELETE FROM role WHERE service_id = @id`, pgx.StrictNamedArgs{"id": id}); err != nil {
				return err
			}
			return t.edit(ctx, "service", `DELETE FROM service WHERE id = @id AND counter = @counter`, args)
		}
		t.say("archived the service [[service:%d]]", id)
		if err := t.endHatsOf(ctx, "service", id); err != nil {
			return err
		}
		args["at"] = t.at
		return t.edit(ctx, "service", `UPDATE service SET archived_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args)
	})
	return deleted, err
}

// RestoreService brings an archived service back.
func (s *Store) RestoreService(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.EditService, ofService(id), func(ctx context.Context, t *tx) error {
		t.say("brought the service [[service:%d]] back", id)
		return t.change(ctx, "The service is in the list already.",
			`UPDATE service SET archived_at = NULL, counter = counter + 1 WHERE id = @id AND archived_at IS NOT NULL`, pgx.StrictNamedArgs{"id": id})
	})
}

// supporter mentions what supports a service.
func supporter(u itsm.Support) string {
	switch {
	case u.PracticeID != 0:
		return fmt.Sprintf("[[practice:%d]]", u.PracticeID)
	case u.TeamID != 0:
		return fmt.Sprintf("[[team:%d]]", u.TeamID)
	}
	return fmt.Sprintf("[[company:%d]]", u.CompanyID)
}
