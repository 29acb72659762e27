package store

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Chosen is what a form that appoints has so far: ids, and words to look for.
type Chosen struct {
	RoleIDs    []int64
	PersonIDs  []int64
	FindRole   string
	FindPerson string
}

// Appointing is what the form to appoint or propose shows. Ids that name nothing are left out.
func (s *Store) Appointing(ctx context.Context, by itsm.Actor, c Chosen) (a itsm.Appointing, err error) {
	b := &pgx.Batch{}
	var chairs []itsm.Chair
	var holdings []itsm.Holding
	roles := pgx.StrictNamedArgs{"roles": distinct(c.RoleIDs)}
	list(b, &chairs, `SELECT `+chairJSON+` FROM role r `+chairFrom+` WHERE r.id = ANY(@roles) ORDER BY array_position(@roles, r.id)`, roles)
	holders(b, &holdings, by.Today, `SELECT unnest(@roles::bigint[])`, roles)
	all(b, &a.People, `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = ANY(@people) ORDER BY lower(p.sort_name), p.id`,
		pgx.StrictNamedArgs{"people": distinct(c.PersonIDs)})
	all(b, &a.Regions, regionNames, nil)
	all(b, &a.Services, `SELECT id, name FROM service WHERE archived_at IS NULL ORDER BY lower(name) LIMIT 1000`, nil)
	all(b, &a.Teams, `SELECT id, name FROM team WHERE archived_at IS NULL ORDER BY lower(name) LIMIT 1000`, nil)
	all(b, &a.Companies, companyChoices, nil)
	if c.FindRole != "" {
		findRoles(b, &a.FoundRoles, c.FindRole)
	}
	if c.FindPerson != "" {
		where, args := peopleWhere(itsm.PeopleFilter{Text: c.FindPerson}, by.Today, by.Today)
		all(b, &a.FoundPeople, `SELECT p.id, p.name, `+personDetail+` AS detail FROM `+personFrom+` WHERE `+where+` ORDER BY lower(p.sort_name), p.id LIMIT @most`,
			with(args, pgx.StrictNamedArgs{"most": PickLimit}))
	}
	if err := s.ask(ctx, b); err != nil {
		return a, err
	}
	for _, chair := range chairs {
		held := itsm.HeldChair{Chair: chair}
		for _, h := range holdings {
			if h.RoleID == chair.ID {
				held.Holdings = append(held.Holdings, h)
			}
		}
		held.Holdings = knownTo(by, chair.Scope(0), by.Today, held.Holdings)
		a.Roles = append(a.Roles, held)
	}
	return a, nil
}

// findRoles queues the roles that somebody can hold whose name, as it is called, or scope holds the words.
func findRoles(b *pgx.Batch, into *[]itsm.Chair, words string) {
	list(b, into, `
		SELECT `+chairJSON+` FROM role r `+chairFrom+`, organisation o
		WHERE r.archived_at IS NULL AND NOT `+chairClosed+` AND r.kind <> 'whoever'
		  AND lower(`+roleCalled+` || ' ' || COALESCE(rq.name, rp.name, rs.name, o.name)) LIKE ALL (@words::text[])
		ORDER BY lower(COALESCE(rq.name, rp.name, rs.name, '')), r.id LIMIT @most`, pgx.StrictNamedArgs{"words": patterns(strings.ReplaceAll(words, ",", " ")), "most": PickLimit})
}

// PickRoles finds roles that somebody can hold by words of their name or scope, at most PickLimit.
func (s *Store) PickRoles(ctx context.Context, words string) (found []itsm.Chair, err error) {
	b := &pgx.Batch{}
	findRoles(b, &found, words)
	return found, s.ask(ctx, b)
}

// AssignmentPage is one assignment as by may know it, with those beside it; others are NotFound.
func (s *Store) AssignmentPage(ctx context.Context, by itsm.Actor, id int64) (p itsm.AssignmentPage, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": id}
	var managers []int64
	var beside []itsm.Holding
	one(b, &p.Assignment, "assignment", `SELECT `+assignmentColumns+` FROM `+assignmentFrom+` WHERE a.id = @id`, pgx.StrictNamedArgs{"id": id, "day": by.Today})
	list(b, &managers, lineManagers, args)
	holders(b, &beside, by.Today, `
		SELECT r.id FROM assignment x JOIN role y ON y.id = x.role_id JOIN role r
		  ON (r.practice_id, r.process_id, r.service_id) IS NOT DISTINCT FROM (y.practice_id, y.process_id, y.service_id)
		WHERE x.id = @id AND r.archived_at IS NULL AND (r.id = y.id OR r.kind IN ('owner', 'manager') AND y.kind IN ('owner', 'manager'))`, args)
	recent := recentRows(b, "assignment", id)
	if err := s.ask(ctx, b); err != nil {
		return p, err
	}
	p.Managers = managers
	if !p.ShownTo(by, by.Today) && !p.MayObject(by.Now()) {
		return p, itsm.NotFound{What: "assignment"}
	}
	p.Assignment = p.For(by)
	for _, h := range beside {
		if h.AssignmentID != id {
			p.Beside = append(p.Beside, h)
		}
	}
	p.Recent = recent(by, p.Scope())
	return p, nil
}

// HandOverForm is a person with the hats they could hand over, and who they could go to.
type HandOverForm struct {
	Person itsm.PersonRef
	Hats   []itsm.Assignment // appointed, now or later
	To     []itsm.PersonRef
	Found  []itsm.PersonRef
}

// HandOverForm is what the form that hands hats of a person over shows. NotFound where there is no such person.
func (s *Store) HandOverForm(ctx context.Context, by itsm.Actor, person int64, to []int64, find string) (f HandOverForm, err error) {
	b := &pgx.Batch{}
	one(b, &f.Person, "person", `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": person})
	all(b, &f.Hats, `
		SELECT `+assignmentColumns+` FROM `+assignmentFrom+`
		WHERE a.person_id = @id AND a.state = 'appointed' AND (upper_inf(a.during) OR upper(a.during) > @day::date)
		ORDER BY r.kind = 'practitioner', r.kind = 'manager', lower(a.during), a.id LIMIT @most`,
		pgx.StrictNamedArgs{"id": person, "day": by.Today, "most": itsm.AppointmentsMax})
	all(b, &f.To, `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = ANY(@to)`, pgx.StrictNamedArgs{"to": distinct(to)})
	if find != "" {
		where, args := peopleWhere(itsm.PeopleFilter{Text: find}, by.Today, by.Today)
		all(b, &f.Found, `SELECT p.id, p.name, `+personDetail+` AS detail FROM `+personFrom+` WHERE `+where+` ORDER BY lower(p.sort_name), p.id LIMIT @most`,
			with(args, pgx.StrictNamedArgs{"most": PickLimit}))
	}
	if err := s.ask(ctx, b); err != nil {
		return f, err
	}
	f.Hats = shown(by, f.Hats)
	return f, nil
}
