package store

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// personLine reads an itsm.PersonLine from personFrom; @day is the day it is read for, @known what the reader knows of it.
func personLine(day, known time.Time) string {
	return personColumns + `,
	(SELECT count(*) FROM ( -- one's own from the index alone
		SELECT a.role_id FROM assignment a WHERE a.person_id = p.id AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + ` AND ` + agreed + `
		UNION
		SELECT a.role_id FROM membership m JOIN assignment a ON a.team_id = m.team_id
		WHERE m.person_id = p.id AND ` + memberKnownOn(day, known) + ` AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + `) worn) AS hats,
	ARRAY(SELECT t.name::text FROM membership m JOIN team t ON t.id = m.team_id
	      WHERE m.person_id = p.id AND ` + memberKnownOn(day, known) + ` ORDER BY lower(t.name)) AS team_names`
}

// searched is what words are looked for in; the index person_search holds the same expression.
const searched = `lower(p.name || ' ' || p.email || ' ' || p.title)`

// peopleWhere narrows person p by a PeopleFilter. The text is put together from fixed fragments, so that a filter nobody
// set costs nothing. Of a day ahead the reader knows who leaves and who comes up to known.
func peopleWhere(f itsm.PeopleFilter, day, known time.Time) (string, pgx.StrictNamedArgs) {
	args := pgx.StrictNamedArgs{"known": known}
	where := []string{`(upper_inf(p.employed) OR upper(p.employed) > @known::date)`}
	if f.Left {
		where[0] = `upper(p.employed) <= @known::date`
	}
	add := func(on bool, sql, name string, value any) {
		if !on {
			return
		}
		where = append(where, sql)
		if name != "" {
			args[name] = value
		}
	}
	for i, word := range patterns(f.Text) { // a condition each: LIKE ALL would not use the index
		name := "word" + strconv.Itoa(i)
		add(true, searched+` LIKE @`+name, name, word)
	}
	add(f.RegionID != 0, `p.region_id IN (
		WITH RECURSIVE below AS (SELECT @region::bigint AS id UNION SELECT r.id FROM region r JOIN below ON r.parent_id = below.id) SELECT id FROM below)`,
		"region", f.RegionID)
	if f.TeamID != 0 || f.Hats == "some" || f.Hats == "none" {
		args["day"] = day
	}
	add(f.TeamID != 0, `EXISTS (SELECT FROM membership m WHERE m.person_id = p.id AND m.team_id = @team AND `+memberKnownOn(day, known)+`)`, "team", f.TeamID)
	add(f.CompanyID != 0, `p.company_id = @company`, "company", f.CompanyID)
	add(f.Kind == "staff", `p.company_id IS NULL`, "", nil)
	add(f.Kind == "external", `p.company_id IS NOT NULL`, "", nil)
	add(f.Department != "", `p.department = @department`, "department", f.Department)
	// One EXISTS and teams one by one: with OR between two of them the hats of all teams would be read first.
	wears := `EXISTS (
		SELECT FROM assignment a WHERE a.person_id = p.id AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + ` AND ` + agreed + `
		UNION ALL
		SELECT FROM membership m CROSS JOIN LATERAL (
			SELECT FROM assignment a WHERE a.team_id = m.team_id AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + ` OFFSET 0) worn
		WHERE m.person_id = p.id AND ` + memberKnownOn(day, known) + `)`
	add(f.Hats == "some", wears, "", nil)
	add(f.Hats == "none", "NOT "+wears, "", nil)
	return strings.Join(where, " AND "), args
}

// patterns are the words of a text as LIKE patterns, at most eight.
func patterns(text string) []string {
	words := strings.Fields(text)
	words = words[:min(len(words), 8)]
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = contains(w)
	}
	return out
}

// contains is a LIKE pattern for a text within a lower-case one.
func contains(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(strings.TrimSpace(text))) + "%"
}

// Directory is a page of the people directory with what its filters offer.
type Directory struct {
	People      []itsm.PersonLine
	More        bool // others follow
	Total       int  // counted up to PeopleCounted; one more says that there are others
	Regions     []itsm.Region
	Teams       []itsm.TeamRef // none where they are too many to choose from, but the chosen one
	Grouped     bool           // there are teams
	Companies   []itsm.CompanyRef
	Departments []string
}

// People is a page of the directory. For who may read the directory.
func (s *Store) People(ctx context.Context, by itsm.Actor, f itsm.PeopleFilter, day time.Time) (d Directory, err error) {
	if !by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return d, itsm.Forbidden{Why: forbidden(itsm.ReadDirectory)}
	}
	known := by.Knows(day, itsm.Scope{})
	where, args := peopleWhere(f, day, known)
	var q question
	q.about(f.Before != 0)
	valueOf(&q, &d.Total, "page", `SELECT count(*) FROM (SELECT FROM person p WHERE `+where+` LIMIT @counted) AS found`, with(pgx.StrictNamedArgs{"counted": itsm.PeopleCounted + 1}, args))
	cut, paged := peopleCut(f, where)
	// The page is cut first, by id, so that hats and teams are counted for its rows alone.
	allOf(&q, &d.People, `
		WITH cut AS MATERIALIZED (SELECT array_agg(id) AS ids FROM (`+cut+`) AS c)
		SELECT `+personLine(day, known)+` FROM cut CROSS JOIN LATERAL unnest(cut.ids) WITH ORDINALITY AS k (id, place) JOIN (`+personFrom+`) ON p.id = k.id ORDER BY k.place`,
		with(with(paged, pgx.StrictNamedArgs{"day": day}), args))
	allOf(&q, &d.Regions, regionNames, nil)
	allOf(&q, &d.Teams, teamChoices, pgx.StrictNamedArgs{"most": choicesMost, "team": f.TeamID})
	valueOf(&q, &d.Grouped, "page", `SELECT EXISTS (SELECT FROM team WHERE archived_at IS NULL)`, nil)
	allOf(&q, &d.Companies, companyChoices, nil)
	listOf(&q, &d.Departments, departments, pgx.StrictNamedArgs{"most": choicesMost})
	return recall(ctx, s, by, &q, func() Directory {
		if d.More = len(d.People) > itsm.PeoplePage; d.More {
			d.People = d.People[:itsm.PeoplePage]
		}
		if f.Before != 0 {
			slices.Reverse(d.People)
			d.More = true
		}
		return d
	})
}

// companyChoices are the companies that a filter or a form offers.
const companyChoices = `SELECT id, name FROM company WHERE archived_at IS NULL ORDER BY lower(name) LIMIT 1000`

// choicesMost is how many a filter offers: nobody chooses among more.
const choicesMost = 250

// teamChoices are the teams that a filter offers: all, or where they are more than @most, the chosen one alone.
const teamChoices = `
	WITH few AS MATERIALIZED (SELECT id, name FROM team WHERE archived_at IS NULL LIMIT @most::int + 1)
	SELECT id, name FROM (SELECT * FROM few WHERE (SELECT count(*) FROM few) <= @most UNION SELECT id, name FROM team WHERE id = @team) AS offered
	ORDER BY lower(name)`

// departments are those in use, by name, found by leaping through their index: counting 200,000 people takes as long as
// the whole page may.
const departments = `
	WITH RECURSIVE leap AS (
		(SELECT department, 1 AS n FROM person WHERE department > '' ORDER BY department LIMIT 1)
		UNION ALL
		SELECT (SELECT p.department FROM person p WHERE p.department > leap.department ORDER BY p.department LIMIT 1), leap.n + 1
		FROM leap WHERE leap.department IS NOT NULL AND leap.n < @most
	)
	SELECT department FROM leap WHERE department IS NOT NULL ORDER BY lower(department)`

// PeopleRows are everybody whom a filter finds, one by one and in its order, whatever its page. For who may read the
// directory.
func (s *Store) PeopleRows(ctx context.Context, by itsm.Actor, f itsm.PeopleFilter, day time.Time) iter.Seq2[itsm.PersonLine, error] {
	if !by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return none[itsm.PersonLine](itsm.Forbidden{Why: forbidden(itsm.ReadDirectory)})
	}
	known := by.Knows(day, itsm.Scope{})
	where, args := peopleWhere(f, day, known)
	args["day"] = day
	return stream[itsm.PersonLine](ctx, s, `SELECT `+personLine(day, known)+` FROM `+personFrom+` WHERE `+where+` ORDER BY `+ordered(peopleKeys(f), peopleDown(f)), args)
}

// regionNames is the tree for choosing from: what hangs on it is not counted.
const regionNames = `
	WITH RECURSIVE tree AS (
		SELECT r.id, r.parent_id, r.name::text AS name, r.name::text AS path, 0 AS depth, ARRAY[lower(r.name)] AS place, r.counter
		FROM region r WHERE r.parent_id IS NULL
		UNION ALL
		SELECT r.id, r.parent_id, r.name, tree.path || ' › ' || r.name, tree.depth + 1, tree.place || lower(r.name), r.counter
		FROM region r JOIN tree ON r.parent_id = tree.id
	)
	SELECT id, COALESCE(parent_id, 0) AS parent_id, name, path, depth, 0 AS people, false AS used, counter FROM tree ORDER BY place`

// Choices are what a form about people, teams and companies lets choose from.
type Choices struct {
	Regions   []itsm.Region
	Companies []itsm.CompanyRef
}

// Choices are the regions and companies to choose from.
func (s *Store) Choices(ctx context.Context) (c Choices, err error) {
	b := &pgx.Batch{}
	all(b, &c.Regions, regionNames, nil)
	all(b, &c.Companies, companyChoices, nil)
	return c, s.ask(ctx, b)
}

// PickLimit is how many people a picker offers at once.
const PickLimit = 12

// knownToExternal says that an external reader may be told of person p: of their own company, or wearing a hat in a
// practice that they see; with what it asks for from externalKnows.
const knownToExternal = `(p.id = @me OR p.company_id = (SELECT company_id FROM person WHERE id = @me) OR EXISTS (
	SELECT FROM worn(@today::date) w JOIN role r ON r.id = w.role_id LEFT JOIN process q ON q.id = r.process_id
	WHERE w.person_id = p.id AND COALESCE(r.practice_id, q.practice_id) = ANY(@sees::bigint[])))`

func externalKnows(by itsm.Actor) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"me": by.PersonID, "today": by.Today, "sees": append([]int64{}, by.Sees...)}
}

// PickPeople finds people to choose from by words of name, e-mail or title: those who are here on the day, never those
// who left; the name that begins with the text first. staff leaves out externals. An external reader finds those they know.
// At most PickLimit come back; more says that there are others.
func (s *Store) PickPeople(ctx context.Context, by itsm.Actor, text string, staff bool) (people []itsm.Person, more bool, err error) {
	f := itsm.PeopleFilter{Text: text}
	if staff {
		f.Kind = "staff"
	}
	where, args := peopleWhere(f, by.Today, by.Today)
	if by.External {
		where, args = where+` AND `+knownToExternal, with(args, externalKnows(by))
	}
	start := strings.TrimPrefix(contains(text), "%")
	b := &pgx.Batch{}
	all(b, &people, `SELECT `+personColumns+` FROM `+personFrom+` WHERE `+where+`
		ORDER BY lower(p.name) LIKE @start DESC, lower(p.sort_name) LIKE @start DESC, lower(p.sort_name), p.id LIMIT @most`,
		with(args, pgx.StrictNamedArgs{"start": start, "most": PickLimit + 1}))
	if err := s.ask(ctx, b); err != nil {
		return nil, false, err
	}
	more = len(people) > PickLimit
	return people[:min(len(people), PickLimit)], more, nil
}

// Pickable is the person that a form has chosen; NotFound where there is none that the reader may be told of.
func (s *Store) Pickable(ctx context.Context, by itsm.Actor, id int64) (p itsm.Person, err error) {
	b := &pgx.Batch{}
	where, args := `p.id = @id`, pgx.StrictNamedArgs{"id": id}
	if by.External {
		where, args = where+` AND `+knownToExternal, with(args, externalKnows(by))
	}
	one(b, &p, "person", `SELECT `+personColumns+` FROM `+personFrom+` WHERE `+where, args)
	return p, s.ask(ctx, b)
}

// PersonRef names a person for a form that has chosen one; NotFound where there is none.
func (s *Store) PersonRef(ctx context.Context, id int64) (ref itsm.PersonRef, err error) {
	b := &pgx.Batch{}
	one(b, &ref, "person", `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": id})
	return ref, s.ask(ctx, b)
}

// notFound turns the absence of a row into NotFound of what.
func notFound(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.NotFound{What: what}
	}
	return err
}

// unlinked is a name as an event's sentence may hold it: brackets in it are no mention.
func unlinked(name string) string { return strings.ReplaceAll(name, "[[", "[ [") }
