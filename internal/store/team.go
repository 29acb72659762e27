package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// teamFrom joins what teamColumns names, with who leads it on the day.
func teamFrom(past bool) string {
	return `team t LEFT JOIN region g ON g.id = t.region_id LEFT JOIN company c ON c.id = t.company_id LEFT JOIN person l ON l.id = ` + namedOn(past, `team`, `t`, `lead_id`)
}

// teamColumns reads an itsm.Team from teamFrom; @day is the day it is read for, @known what the reader knows of it.
var teamColumns = `
	t.id, t.name, t.purpose, COALESCE(t.region_id, 0) AS region_id, COALESCE(g.name, '') AS region, COALESCE(t.company_id, 0) AS company_id,
	COALESCE(c.name, '') AS company, COALESCE(l.id, 0) AS lead_id, COALESCE(l.name, '') AS lead,
	COALESCE(upper(l.employed) <= @known::date, false) AS lead_left,
	(SELECT count(*) FROM membership m WHERE m.team_id = t.id AND ` + memberKnown + `) AS members,
	(SELECT count(DISTINCT a.role_id) FROM assignment a WHERE a.team_id = t.id AND a.state = 'appointed' AND ` + wornKnown + `) AS hats,
	t.archived_at IS NOT NULL AS archived, t.counter`

// Teams are a page of the teams, by name, and how many there are; with text, those whose name holds it; archived ones apart.
func (s *Store) Teams(ctx context.Context, by itsm.Actor, day time.Time, text string, archived bool, page int) (teams []itsm.Team, total int, err error) {
	where, args := `t.archived_at IS NULL`, pgx.StrictNamedArgs{}
	if archived {
		where = `t.archived_at IS NOT NULL`
	}
	if text != "" {
		where, args["text"] = where+` AND lower(t.name) LIKE @text`, contains(text)
	}
	var q question
	valueOf(&q, &total, "page", `SELECT count(*) FROM team t WHERE `+where, args)
	// The page is cut first: what is counted of a team is counted for its rows alone.
	allOf(&q, &teams, `SELECT `+teamColumns+` FROM `+teamFrom(day.Before(by.Today))+`
		WHERE t.id = ANY(ARRAY(SELECT t.id FROM team t WHERE `+where+` ORDER BY lower(t.name), t.id LIMIT @most OFFSET @skip)) ORDER BY lower(t.name), t.id`,
		with(pgx.StrictNamedArgs{"day": day, "known": by.Knows(day, itsm.Scope{}), "most": itsm.TeamPage, "skip": (max(page, 1) - 1) * itsm.TeamPage}, args))
	type list struct {
		teams []itsm.Team
		total int
	}
	found, err := recall(ctx, s, by, &q, func() list { return list{teams, total} })
	return found.teams, found.total, err
}

// TeamPage is a team with everything its page shows.
type TeamPage struct {
	Team    itsm.Team
	Members []itsm.Membership // now and later
	Former  []itsm.Membership
	Hats    []itsm.WornHat
	Around  itsm.Around
}

// Team is one team with members and hats on a day. NotFound where there is none.
func (s *Store) Team(ctx context.Context, by itsm.Actor, id int64, day time.Time) (p TeamPage, err error) {
	b, known, past := &pgx.Batch{}, by.Knows(day, itsm.Scope{}), day.Before(by.Today)
	var rows []membershipRow
	one(b, &p.Team, "team", `SELECT `+teamColumns+` FROM `+teamFrom(past)+` WHERE t.id = @id`, pgx.StrictNamedArgs{"id": id, "day": day, "known": known})
	all(b, &rows, membershipRows(past)+` WHERE m.team_id = @id ORDER BY lower(p.sort_name), lower(m.during) DESC LIMIT 5000`, withThen(past, day, pgx.StrictNamedArgs{"id": id}))
	s.around(b, &p.Around, by, "team", id, `a.team_id = @id`)
	wornHats(b, &p.Hats, new(int), day, known, `a.team_id = @id`, pgx.StrictNamedArgs{"id": id}, 0)
	if err := s.ask(ctx, b); err != nil {
		return p, err
	}
	asKnown(by, p.Hats, false)
	plans := by.Can(itsm.ReadPlans, itsm.Scope{})
	for _, r := range rows {
		if m := r.membership(plans || r.PersonID == by.PersonID, by.Today); m.To != nil && !day.Before(*m.To) {
			p.Former = append(p.Former, m)
		} else {
			p.Members = append(p.Members, m)
		}
	}
	return p, nil
}

func membershipRows(past bool) string {
	return `
	SELECT m.id, m.team_id, t.name AS team_name, m.person_id, p.name AS person_name, ` + personDetail + ` AS detail,
	       COALESCE(` + namedOn(past, `team`, `t`, `lead_id`) + ` = m.person_id, false) AS lead, lower(m.during) AS since, upper(m.during) AS until,
	       COALESCE(upper(m.during) = ` + leavesQuietly(`m.person_id`) + `, false) AS leaves
	FROM membership m JOIN person p ON p.id = m.person_id JOIN team t ON t.id = m.team_id`
}

type membershipRow struct {
	ID, TeamID, PersonID         int64
	TeamName, PersonName, Detail string
	Lead, Leaves                 bool // Leaves: it ends with the person's last day, which is not announced
	Since                        time.Time
	Until                        *time.Time
}

// membership is the row as it is known to who reads plans, or to the others: that somebody leaves is a plan.
func (r membershipRow) membership(plans bool, today time.Time) itsm.Membership {
	if !plans && r.Leaves && r.Until.After(today) {
		r.Until = nil
	}
	return itsm.Membership{
		ID: r.ID, Team: itsm.TeamRef{ID: r.TeamID, Name: r.TeamName}, Person: itsm.PersonRef{ID: r.PersonID, Name: r.PersonName, Detail: r.Detail},
		Lead: r.Lead, Period: itsm.Period{From: r.Since, To: r.Until},
	}
}

// AddTeam adds a team. For who may edit teams.
func (s *Store) AddTeam(ctx context.Context, by itsm.Actor, team itsm.Team) (id int64, err error) {
	if err := team.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		if team.LeadID != 0 {
			if err := t.here(ctx, team.LeadID, "lead"); err != nil {
				return err
			}
		}
		id, err = t.number(ctx, `
			INSERT INTO team (name, purpose, region_id, company_id, lead_id)
			VALUES (@name, @purpose, NULLIF(@region::bigint, 0), NULLIF(@company::bigint, 0), NULLIF(@lead::bigint, 0)) RETURNING id`, teamArgs(team))
		t.say("added [[team:%d]]", id)
		return err
	})
	return id, err
}

// EditTeam changes a team; a lead who left may stay named, but is not newly chosen. For who may edit teams. Conflict,
// where the team was changed since team.Counter.
func (s *Store) EditTeam(ctx context.Context, by itsm.Actor, team itsm.Team) error {
	if err := team.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("edited [[team:%d]]", team.ID)
		before, err := t.number(ctx, `SELECT COALESCE((SELECT lead_id FROM team WHERE id = @id), 0)`, pgx.StrictNamedArgs{"id": team.ID})
		if err != nil {
			return err
		}
		if team.LeadID != 0 && team.LeadID != before {
			if err := t.here(ctx, team.LeadID, "lead"); err != nil {
				return err
			}
		}
		return t.edit(ctx, "team", `
			UPDATE team SET name = @name, purpose = @purpose, region_id = NULLIF(@region::bigint, 0), company_id = NULLIF(@company::bigint, 0),
			       lead_id = NULLIF(@lead::bigint, 0), counter = counter + 1
			WHERE id = @id AND counter = @counter`, with(teamArgs(team), pgx.StrictNamedArgs{"id": team.ID, "counter": team.Counter}))
	})
}

func teamArgs(t itsm.Team) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"name": t.Name, "purpose": t.Purpose, "region": t.RegionID, "company": t.CompanyID, "lead": t.LeadID}
}

// ArchiveTeam takes a team out of the lists, or brings it back. One that holds hats is not archived: Conflict. For who
// may edit teams.
func (s *Store) ArchiveTeam(ctx context.Context, by itsm.Actor, id int64, archive bool) error {
	return s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		if !archive {
			t.say("brought [[team:%d]] back", id)
			return t.change(ctx, "There is no such team.", `UPDATE team SET archived_at = NULL, counter = counter + 1 WHERE id = @id`, pgx.StrictNamedArgs{"id": id})
		}
		t.say("archived [[team:%d]]", id)
		if err := t.change(ctx, "There is no such team.", `UPDATE team SET archived_at = @at, counter = counter + 1 WHERE id = @id`,
			pgx.StrictNamedArgs{"id": id, "at": t.at}); err != nil {
			return err
		}
		return t.holdsNothing(ctx, "This team", "team_id", id)
	})
}

// holdsNothing is a Conflict where a party still holds a hat today or later; column is team_id or company_id.
func (t *tx) holdsNothing(ctx context.Context, who, column string, id int64) error {
	n, err := t.number(ctx, `SELECT count(DISTINCT role_id) FROM assignment WHERE `+column+` = @id AND state <> 'withdrawn'
		AND (upper_inf(during) OR upper(during) > @today)`, pgx.StrictNamedArgs{"id": id, "today": t.today})
	if err == nil && n > 0 {
		return itsm.Conflict{Text: who + " still holds hats. End them first, then archive it."}
	}
	return err
}

// AddMembership puts a person into a team for a time. For who may edit teams.
func (s *Store) AddMembership(ctx context.Context, by itsm.Actor, team, person int64, during itsm.Period) error {
	return s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("added [[person:%d]] to [[team:%d]] from %s", person, team, itsm.ShowDay(during.From))
		if err := t.unarchived(ctx, "team", team); err != nil {
			return err
		}
		if err := t.here(ctx, person, "person"); err != nil {
			return err
		}
		return t.run(ctx, `INSERT INTO membership (team_id, person_id, during) VALUES (@team, @person, daterange(@from, @to))`,
			pgx.StrictNamedArgs{"team": team, "person": person, "from": during.From, "to": during.To})
	})
}

// PeopleCalled are the people whom some texts may name, by address, number or name. For who may do something to them.
func (s *Store) PeopleCalled(ctx context.Context, by itsm.Actor, may itsm.Action, texts []string) (people []itsm.Person, err error) {
	if !by.Can(may, itsm.Scope{}) {
		return nil, itsm.Forbidden{Why: forbidden(may)}
	}
	b := &pgx.Batch{}
	peopleNamed(b, &people, texts)
	return people, s.ask(ctx, b)
}

// AddMembers puts several people into a team for a time, as one event; those who are in it on some of these days already are
// left as they are. It returns how many were added: none is a Conflict. For who may edit teams.
func (s *Store) AddMembers(ctx context.Context, by itsm.Actor, team int64, people []int64, during itsm.Period) (added int, err error) {
	err = s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.unarchived(ctx, "team", team); err != nil {
			return err
		}
		if err := t.mayJoin(ctx, people, during); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"team": team, "people": people, "from": during.From, "to": during.To}
		var ids []int64
		if err := t.QueryRow(ctx, `
			WITH put AS (
				INSERT INTO membership (team_id, person_id, during)
				SELECT @team, p.id, daterange(@from, @to) FROM person p
				WHERE p.id = ANY(@people::bigint[])
				  AND NOT EXISTS (SELECT FROM membership m WHERE m.team_id = @team AND m.person_id = p.id AND m.during && daterange(@from, @to))
				ORDER BY lower(p.sort_name), p.id
				RETURNING person_id
			) SELECT COALESCE(array_agg(person_id), '{}') FROM put`, args).Scan(&ids); err != nil {
			return err
		}
		if added = len(ids); added == 0 {
			return itsm.Conflict{Text: "All of them are in the team on some of these days already."}
		}
		who := mentionsOf("person", ids)
		if added > membersSaid {
			who = fmt.Sprintf("%d people", added)
		}
		t.say("added %s to [[team:%d]] from %s", who, team, itsm.ShowDay(during.From))
		return nil
	})
	return added, err
}

// mayJoin refuses people of whom one is not here, or leaves before the time is over, and says who.
func (t *tx) mayJoin(ctx context.Context, people []int64, during itsm.Period) error {
	var id int64
	var name string
	err := t.QueryRow(ctx, `
		SELECT x.id, COALESCE(p.name, '') FROM unnest(@people::bigint[]) x (id) LEFT JOIN person p ON p.id = x.id
		WHERE p.id IS NULL OR upper(p.employed) <= @today OR upper(p.employed) < COALESCE(@to::date, 'infinity') ORDER BY lower(p.sort_name), x.id LIMIT 1`,
		pgx.StrictNamedArgs{"people": people, "today": t.today, "to": during.To}).Scan(&id, &name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = t.here(ctx, id, "people")
	}
	if err == nil {
		err = itsm.Invalid{Problems: []itsm.Problem{{Field: "people", Text: name + " leaves before that. Give a last day for all of them, or add who leaves without the others."}}}
	}
	return err
}

// membersSaid is up to how many are named where several are added at once; the rows of the event have all.
const membersSaid = 10

// EndMembership ends a membership after its last day; one that would only have begun then is taken out. For who may edit
// teams.
func (s *Store) EndMembership(ctx context.Context, by itsm.Actor, team, membership int64, last time.Time) error {
	return s.door(ctx, by, itsm.EditTeam, theOrganisation, func(ctx context.Context, t *tx) error {
		args := pgx.StrictNamedArgs{"id": membership, "team": team}
		person, err := t.number(ctx, `SELECT person_id FROM membership WHERE id = @id AND team_id = @team FOR UPDATE`, args)
		if err != nil {
			return notFound(err, "membership")
		}
		t.say("set the last day of [[person:%d]] in [[team:%d]]: %s", person, team, itsm.ShowDay(last))
		args["left"] = *itsm.Until(last)
		tag, err := t.Exec(ctx, `UPDATE membership SET during = daterange(lower(during), @left) WHERE id = @id AND team_id = @team AND lower(during) < @left`, args)
		if err != nil || tag.RowsAffected() > 0 {
			return err
		}
		return t.run(ctx, `DELETE FROM membership WHERE id = @id AND team_id = @team AND lower(during) >= @left`, args)
	})
}
