package store

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgtype/zeronull"

	"hatrack/internal/itsm"
)

// absentOnDay says whether the holder of an assignment a is away. It asks person by person: without OFFSET the planner may make a
// list of everybody who is away, for the sake of two holders. The array keeps it from the index of the exclusion constraint, which
// is slower.
const absentOnDay = `EXISTS (SELECT FROM absence b WHERE b.person_id = ANY(ARRAY[a.person_id]) AND (b.during @> @day::date) IS TRUE OFFSET 0)`

// holdingRead is what reads an itsm.Holding of an assignment a; the day it is read for is @day. What few holdings have is
// looked up for these alone.
type holdingRead struct {
	member     string // the condition on which membership m of a team counts
	here       string // the day on which who answers must be employed
	past       bool   // of a day before today: who leads a team or is a company's contact is whoever it was
	unrecorded bool   // without who put it on record, which is said of an earlier day alone
}

var (
	holdingAsOf    = holdingRead{member: `m.during @> @day::date`, here: `@day::date`}
	holdingColumns = holdingAsOf.columns()
	holdingFrom    = holdingAsOf.from()
)

func (r holdingRead) columns() string {
	return `
	a.id AS assignment_id, a.role_id, a.role_kind, COALESCE(a.person_id, 0) AS person_id, COALESCE(a.team_id, 0) AS team_id,
	COALESCE(a.company_id, 0) AS company_id, COALESCE(p.name, o.name) AS name, COALESCE(` + holderEmployer + `, '') AS employer,
	COALESCE(w.id, 0) AS answers_id, COALESCE(w.name, '') AS answers, COALESCE(` + r.members() + `, 0) AS members,
	COALESCE(a.region_id, 0) AS region_id, COALESCE(g.name, '') AS region, COALESCE(a.service_id, 0) AS service_id, COALESCE(` + heldService + `, '') AS service,
	a.capacity, a.state, a.acceptance, a.announced, lower(a.during) AS since, ` + endColumns + `, a.recorded_on,
	COALESCE(` + r.recorder() + `, '') AS recorded_by, asked_on(a) AS asked_on, ` + absentOnDay + ` AS absent, ` + standsIn + ` AS stands_in`
}

// bareColumns are columns without what is the same in all rows or follows from others, and with NULL for what there is not:
// a matrix reads some fifty rows, and to send their values costs as much as to find them.
func (r holdingRead) bareColumns() string {
	return `
	a.id, a.role_id, a.role_kind, a.person_id, a.team_id, a.company_id, p.name, p.sort_name, ` + holderEmployer + `,
	p.employed @> ` + r.here + `, CASE WHEN a.person_id IS NULL THEN (SELECT ARRAY[x.name, COALESCE(l.id, 0)::text, COALESCE(l.name, '')] FROM ` + r.party() + `) END,
	` + r.members() + `, a.region_id, a.service_id, ` + heldService + `, a.capacity, a.acceptance, a.announced, lower(a.during), ` + endColumns + `, a.recorded_on, ` + r.recorder() + `, asked_on(a),
	` + absentOnDay + `, ` + standsIn
}

const (
	holderEmployer = `CASE WHEN p.company_id IS NOT NULL THEN (SELECT e.name FROM company e WHERE e.id = p.company_id) END`
	heldService    = `CASE WHEN a.service_id IS NOT NULL THEN (SELECT s.name FROM service s WHERE s.id = a.service_id) END`
	standsIn       = `CASE WHEN a.capacity <> 'deputy' THEN false ELSE ` + awayBeside + ` END`
	// awayBeside says that somebody who counts is away in the place of a deputy a, as the function worn says it: a holder, or
	// whoever acts, who sits in the chair on these days and answers like a holder. Nobody signs for themselves.
	awayBeside = `EXISTS (
		SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> @day::date
		WHERE h.role_id = a.role_id AND h.capacity <> 'deputy' AND h.person_id IS DISTINCT FROM a.person_id AND h.state = 'appointed' AND h.during @> @day::date
		  AND h.region_id IS NOT DISTINCT FROM a.region_id AND (h.service_id = a.service_id) IS NOT FALSE
		  AND (h.role_kind = 'practitioner' OR h.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation)))`
)

func (r holdingRead) members() string {
	return `CASE WHEN a.team_id IS NOT NULL THEN (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND ` + r.member + `) END`
}

func (r holdingRead) recorder() string {
	if r.unrecorded {
		return `NULL::text`
	}
	return `CASE WHEN a.recorded_by IS NOT NULL THEN (SELECT rb.name FROM person rb WHERE rb.id = a.recorded_by) END`
}

// holdingTargets is where a row of holdingColumns goes, by place. Words go in as plain strings: for each type of them pgx would
// go by reflection, which cost a fortieth of the server's part of a matrix.
func holdingTargets(h *itsm.Holding) []any {
	return []any{
		&h.AssignmentID, &h.RoleID, (*string)(&h.RoleKind), &h.PersonID, &h.TeamID, &h.CompanyID, &h.Name, &h.Employer, &h.AnswersID, &h.Answers, &h.Members,
		&h.RegionID, &h.Region, &h.ServiceID, &h.Service, (*string)(&h.Capacity), (*string)(&h.State), (*string)(&h.Acceptance), &h.Announced, &h.Since, &h.Until, &h.Unannounced, &h.UntilAnnounced,
		&h.RecordedOn, &h.RecordedBy, &h.AskedOn, &h.Absent, &h.StandsIn,
	}
}

// bareHolding is what bareColumns read: the name of its region stays open.
type bareHolding struct {
	itsm.Holding
	sortName string
}

// readBare reads rows of bareColumns.
func readBare(rows pgx.Rows, into *[]bareHolding) (err error) {
	h := bareHolding{Holding: itsm.Holding{State: itsm.Appointed}}
	var here pgtype.Bool // whether the person who holds it is employed
	var party []string   // the name of the team or company that holds it, the number of who answers, and their name
	var members int64
	_, err = pgx.ForEachRow(rows, []any{
		&h.AssignmentID, &h.RoleID, (*string)(&h.RoleKind), orNone(&h.PersonID), orNone(&h.TeamID), orNone(&h.CompanyID), orEmpty(&h.Name), orEmpty(&h.sortName), orEmpty(&h.Employer),
		&here, &party, orNone(&members), orNone(&h.RegionID), orNone(&h.ServiceID), orEmpty(&h.Service),
		(*string)(&h.Capacity), (*string)(&h.Acceptance), &h.Announced, &h.Since, &h.Until, &h.Unannounced, &h.UntilAnnounced, &h.RecordedOn, orEmpty(&h.RecordedBy), &h.AskedOn,
		&h.Absent, &h.StandsIn,
	}, func() error {
		h.Members, h.AnswersID, h.Answers = int(members), 0, ""
		switch {
		case party != nil:
			h.Name, h.sortName, h.Answers = party[0], party[0], party[2]
			if h.AnswersID, err = strconv.ParseInt(party[1], 10, 64); err != nil {
				return err
			}
		case here.Bool:
			h.AnswersID, h.Answers = h.PersonID, h.Name
		}
		*into = append(*into, h)
		return nil
	})
	return err
}

// byRegion names the regions of holdings, and brings these into the order of holdersQuery.ask; regions come by name.
func byRegion(holdings []bareHolding, regions []itsm.RegionRef) []itsm.Holding {
	order := make(map[int64]int, len(regions)) // from 1; 0 is everywhere
	for i, r := range regions {
		order[r.ID] = i + 1
	}
	places := make([]int, len(holdings)) // to move these costs less than to move the holdings
	for i := range holdings {
		places[i] = i
		if at := order[holdings[i].RegionID]; at > 0 {
			holdings[i].Region = regions[at-1].Name
		}
	}
	slices.SortFunc(places, func(i, j int) int {
		a, b := &holdings[i], &holdings[j]
		if a.RoleID != b.RoleID {
			return cmp.Compare(a.RoleID, b.RoleID)
		}
		return cmp.Or(cmp.Compare(order[a.RegionID], order[b.RegionID]), cmp.Compare(b.Capacity, a.Capacity),
			cmp.Compare(a.sortName, b.sortName), cmp.Compare(a.AssignmentID, b.AssignmentID))
	})
	out := make([]itsm.Holding, len(places))
	for i, place := range places {
		out[i] = holdings[place].Holding
	}
	return out
}

// orNone and orEmpty take 0 and "" for NULL.
func orNone(n *int64) *zeronull.Int8      { return (*zeronull.Int8)(n) }
func orEmpty(text *string) *zeronull.Text { return (*zeronull.Text)(text) }

// party is the team x, or the company, that holds an assignment a, and the living person l who answers for it: a team's lead, or a
// company's contact on our side; theirs is its own contact.
func (r holdingRead) party() string {
	return `(
		SELECT t.name, ` + namedOn(r.past, `team`, `t`, `lead_id`) + ` AS who, NULL::bigint AS theirs FROM team t WHERE t.id = a.team_id
		UNION ALL
		SELECT m.name, ` + namedOn(r.past, `company`, `m`, `our_contact_id`) + `, ` + namedOn(r.past, `company`, `m`, `their_contact_id`) + ` FROM company m WHERE m.id = a.company_id) x
	LEFT JOIN person l ON l.id = x.who AND l.employed @> ` + r.here
}

// from joins what columns names. w is the living person who answers: the holder, who is not looked up twice; or who does so
// for the holder o, which is a team or a company.
func (r holdingRead) from() string {
	return bareFrom + `
	LEFT JOIN LATERAL ( -- OFFSET keeps the condition where it spares the rest: most hats are worn by persons
		SELECT x.*, l.id AS answers_id, l.name AS answers FROM ` + r.party() + ` WHERE a.person_id IS NULL OFFSET 0) o ON true
	LEFT JOIN region g ON g.id = a.region_id
	CROSS JOIN LATERAL (
		SELECT CASE WHEN a.person_id IS NULL THEN o.answers_id WHEN p.employed @> ` + r.here + ` THEN p.id END AS id,
		       CASE WHEN a.person_id IS NULL THEN o.answers WHEN p.employed @> ` + r.here + ` THEN p.name END AS name) w`
}

// bareFrom joins what bareColumns name: parties are looked up where they hold, since a join costs each person's hat.
const bareFrom = `
	assignment a
	LEFT JOIN person p ON p.id = a.person_id`

// endColumns reads an itsm.End of an assignment a.
const endColumns = `upper(a.during) AS until, a.announced_during IS NOT NULL AS unannounced, upper(a.announced_during) AS until_announced`

// What counts of an assignment a on @day: appointed, in time and, where the organisation wants it, accepted.
const (
	counted = `a.state = 'appointed' AND a.during @> @day::date AND ` + agreed
	agreed  = `(a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))`
)

// The same as far as a reader knows of it; @known comes from itsm.Actor.Knows. What begins or ends after it is told only
// once it is announced.
const (
	countedKnown = `a.state = 'appointed' AND ` + wornKnown + ` AND ` + agreed
	wornKnown    = wornTold + ` AND ` + begunKnown
	wornTold     = `(a.during @> @day::date OR ` + stillTold + ` AND upper(a.during) > @known::date)`
	begunKnown   = `(a.announced OR lower(a.during) <= @known::date)`
	stillTold    = `a.announced_during @> @day::date`
)

// stillAnnounced are the days of assignment a that others go on being told of, where a condition keeps its new end from them.
func stillAnnounced(quiet string) string {
	return `CASE WHEN ` + quiet + ` THEN COALESCE(a.announced_during, a.during) END`
}

// wornKnownOn is wornKnown; where the reader knows of everything until the day it asks for no more than the days, and the
// indexes alone answer it.
func wornKnownOn(day, known time.Time) string { return ahead("a", day, known, wornKnown) }

// ahead is a condition for days ahead of what a reader knows; the days of a table alone until then.
func ahead(table string, day, known time.Time, condition string) string {
	if day.After(known) {
		return condition
	}
	return table + `.during @> @day::date`
}

// holders queues who holds which of a set of roles on a day; roles is a query that yields their ids.
func holders(b *pgx.Batch, into *[]itsm.Holding, day time.Time, roles string, args pgx.StrictNamedArgs) {
	holdersQuery{day: day, known: day}.ask(b, into, roles, args)
}

// holdersFor is holders for a reader who may be told less of days ahead.
func holdersFor(b *pgx.Batch, into *[]itsm.Holding, by itsm.Actor, day time.Time, roles string, args pgx.StrictNamedArgs) {
	holdersOf(by, day).ask(b, into, roles, args)
}

// notYet is holdersFor those who were appointed and have not accepted, where the organisation waits for that: they do not count yet.
func notYet(b *pgx.Batch, into *[]itsm.Holding, by itsm.Actor, day time.Time, roles string, args pgx.StrictNamedArgs) {
	q := holdersOf(by, day)
	q.waiting = true
	q.ask(b, into, `SELECT k.id FROM role k WHERE (SELECT count_accepted FROM organisation) AND k.kind <> 'practitioner' AND k.id IN (`+roles+`)`, args)
}

// holdersQuery asks who holds some roles on a day, as far as it is known on the day known (itsm.Actor.Knows): who answers is
// whoever is here then, since a day on which somebody leaves is a plan. What begins without an announcement, and what has ended
// by the day without one, are read both: visible leaves out what the reader may not know, or knows better.
type holdersQuery struct {
	day, known time.Time
	past       bool
	unrecorded bool
	waiting    bool // for who does not count before they accept
}

func holdersOf(by itsm.Actor, day time.Time) holdersQuery {
	return holdersQuery{day: day, known: by.Knows(day, itsm.Scope{}), past: day.Before(by.Today), unrecorded: !day.Before(by.Today)}
}

// ask queues the question; roles is a query that yields their ids. Holdings come by role, region, capacity and name.
func (q holdersQuery) ask(b *pgx.Batch, into *[]itsm.Holding, roles string, args pgx.StrictNamedArgs) {
	r := q.read()
	many(b, into, `SELECT `+r.columns()+` FROM `+r.from()+q.held(roles)+`
		ORDER BY a.role_id, g.name NULLS FIRST, a.capacity DESC, COALESCE(p.sort_name, o.name), a.id`, q.with(args), holdingTargets)
}

// askBare is ask without the names of regions, which the batch reads beside (itsm.RegionRef), and without an order, for byRegion: to
// sort its wide rows costs the database a fifth of the question.
func (q holdersQuery) askBare(b *pgx.Batch, into *[]bareHolding, roles string, args pgx.StrictNamedArgs) {
	put(b, q.bareSQL(roles), q.with(args)).Query(func(rows pgx.Rows) error { return readBare(rows, into) })
}

// bareSQLs are kept by what they differ in: to put one together takes as long as to read ten rows.
var bareSQLs sync.Map

func (q holdersQuery) bareSQL(roles string) string {
	type differing struct {
		holdingRead
		ahead, waiting bool
		roles          string
	}
	key := differing{q.read(), q.day.After(q.known), q.waiting, roles}
	text, ok := bareSQLs.Load(key)
	if !ok {
		text, _ = bareSQLs.LoadOrStore(key, `SELECT `+key.bareColumns()+` FROM `+bareFrom+q.held(roles))
	}
	return text.(string)
}

func (q holdersQuery) read() holdingRead {
	return holdingRead{member: memberKnownOn(q.day, q.known), here: `@known::date`, past: q.past, unrecorded: q.unrecorded}
}

func (q holdersQuery) with(args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	return with(pgx.StrictNamedArgs{"day": q.day, "known": q.known}, args)
}

// held are the conditions. The roles stand in an array, so that their ids go to the index: among this many joins
// the planner would look for them last.
func (q holdersQuery) held(roles string) string {
	counts := agreed
	if q.waiting {
		counts = `NOT ` + agreed
	}
	return `
		WHERE a.state = 'appointed' AND ` + ahead("a", q.day, q.known, wornTold) + ` AND ` + counts + ` AND a.role_id = ANY(ARRAY(` + roles + `))`
}
