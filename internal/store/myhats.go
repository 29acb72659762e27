package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// mine are the processes in which a person's hats have letters, or which they own; @id is the person.
const mine = `p.archived_at IS NULL AND p.id = ANY(ARRAY(
	SELECT x.process_id FROM worn(@day::date) w JOIN raci_cell c ON c.role_id = w.role_id JOIN process_version x ON x.id = c.version_id
	WHERE w.person_id = @id
	UNION
	SELECT y.process_id FROM worn(@day::date) w JOIN role y ON y.id = w.role_id WHERE w.person_id = @id AND y.kind IN ('owner', 'manager')
	UNION
	SELECT q.id FROM worn(@day::date) w JOIN role y ON y.id = w.role_id
	CROSS JOIN LATERAL (SELECT id FROM process WHERE practice_id = y.practice_id OFFSET 0) q -- by the index: practices with a hat of mine are few
	WHERE w.person_id = @id AND y.kind IN ('owner', 'manager')))`

// myHatsRows is what one batch reads for My hats.
type myHatsRows struct {
	matrices matrixRows
	own      []itsm.Holding
	roles    []myRole
	steps    []myStep
	handOffs []itsm.HandOff
	besides  []itsm.Holding
	beside   []matrixColumn
	contacts []itsm.Contact
	home     int64
	open     []itsm.Assignment
	mistakes []itsm.Mistake
	reported []itsm.Mistake
	proposed []itsm.Proposal
	reviews  []itsm.Reviewed
	leadOf   []teamLead
	ofPeople []itsm.Assignment
	person   itsm.PersonRef
	answers  itsm.GapAnswers
	actions  []actionRow
	facts    itsm.GapFacts // of the roles in the matrices
}

type myRole struct {
	ID                               int64
	Kind                             itsm.RoleKind
	Name                             string
	PracticeID, ProcessID, ServiceID int64
	UnderID                          int64 // the practice, of a process role too
	ScopeName                        string
	PerCase                          bool
	Purpose, Authorities             string
	Responsibilities                 string
}

type myStep struct {
	ActivityID int64
	Procedure  string
}

type teamLead struct {
	TeamID, PersonID   int64
	Name, Email, Phone string
}

// MyHats is the start page of the actor: everything in one round trip, and in none where nobody wrote since they read it.
// The answer is shared: nobody may change it.
func (s *Store) MyHats(ctx context.Context, by itsm.Actor) (itsm.MyHats, error) {
	var r myHatsRows
	var q question
	q.whole("my hats", by, func(b *pgx.Batch) {
		r.matrices.queue(b, by, by.Today, mine, by.PersonID)
		r.queueHats(b, by)
		r.queueContacts(b, by)
		r.queueTasks(b, by)
		queueOfPeople(b, by, &r.ofPeople)
		queueProposed(b, &r.proposed, by)
	})
	return recall(ctx, s, by, &q, func() itsm.MyHats { return r.assemble(by) })
}

// queueHats asks for the hats and what they do.
func (r *myHatsRows) queueHats(b *pgx.Batch, by itsm.Actor) {
	args := pgx.StrictNamedArgs{"id": by.PersonID, "day": by.Today}
	one(b, &r.person, "person", `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": by.PersonID})
	value(b, &r.home, "person", `SELECT COALESCE(region_id, 0) FROM person WHERE id = @id`, pgx.StrictNamedArgs{"id": by.PersonID})
	many(b, &r.own, `
		SELECT `+holdingColumns+` FROM `+holdingFrom+`
		WHERE a.id = ANY(ARRAY(SELECT assignment_id FROM worn(@day::date) WHERE person_id = @id))
		ORDER BY a.role_kind = 'practitioner', a.role_kind = 'manager', lower(a.during), a.id`, args, holdingTargets)
	all(b, &r.roles, `
		SELECT r.id, r.kind, `+roleCalled+` AS name, COALESCE(r.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id,
		       COALESCE(r.practice_id, rp.practice_id, 0) AS under_id, COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)) AS scope_name,
		       r.per_case, r.purpose, r.authorities, r.responsibilities
		FROM role r `+chairFrom+` WHERE r.id = ANY(ARRAY(SELECT role_id FROM worn(@day::date) WHERE person_id = @id))`, args)
	all(b, &r.steps, `SELECT activity_id, procedure FROM step WHERE version_id = `+theseVersions+` AND procedure <> ''`, nil)
	all(b, &r.handOffs, `
		SELECT `+handOffColumns+` FROM `+handOffFrom+` WHERE h.version_id = `+theseVersions+`
		UNION ALL
		-- What other activities write down as given to one of these comes in.
		SELECT h.id, h.to_activity_id, 'in', h.what, h.activity_id, 0, '', s.name, c.id, c.name, c.practice_id
		FROM hand_off h
		JOIN step s ON s.version_id = h.version_id AND s.activity_id = h.activity_id
		JOIN activity theirs ON theirs.id = h.activity_id
		JOIN process c ON c.id = theirs.process_id AND c.archived_at IS NULL
		WHERE h.version_id = (SELECT id FROM version_on(theirs.process_id, @day::date)) AND h.to_activity_id = ANY(ARRAY(
			SELECT activity_id FROM step WHERE version_id = `+theseVersions+`))
		ORDER BY 1`, pgx.StrictNamedArgs{"day": by.Today})
}

// queueContacts asks for Owners and Managers beside the hats, with contact, and for the leads of the person's teams.
func (r *myHatsRows) queueContacts(b *pgx.Batch, by itsm.Actor) {
	args := pgx.StrictNamedArgs{"id": by.PersonID, "day": by.Today}
	// Scope by scope, each from its index: with OR between them, all Owners and Managers would be read.
	all(b, &r.beside, `
		SELECT 0::bigint AS version_id, r.id, r.kind, `+roleCalled+` AS name, COALESCE(r.practice_id, 0) AS practice_id,
		       COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id,
		       COALESCE((SELECT name FROM practice WHERE id = r.practice_id), (SELECT name FROM process WHERE id = r.process_id),
		                (SELECT name FROM service WHERE id = r.service_id), '') AS scope_name, r.per_case, '' AS stands_for,
		       r.wanted_min, r.wanted_max, false AS archived
		FROM role r WHERE r.id = ANY(`+noting("beside", `
			SELECT id FROM role WHERE kind IN ('owner', 'manager') AND archived_at IS NULL AND id = ANY(ARRAY(
				SELECT x.id
				FROM worn(@day::date) w JOIN role y ON y.id = w.role_id LEFT JOIN process q ON q.id = y.process_id, LATERAL (
					SELECT id FROM role WHERE practice_id = COALESCE(y.practice_id, q.practice_id)
					UNION ALL SELECT id FROM role WHERE process_id = y.process_id
					UNION ALL SELECT id FROM role WHERE service_id = y.service_id
					UNION ALL SELECT id FROM role WHERE num_nonnulls(y.practice_id, y.process_id, y.service_id) = 0 AND num_nonnulls(practice_id, process_id, service_id) = 0
				) x
				WHERE w.person_id = @id))`)+`)
		ORDER BY r.process_id IS NULL, r.kind, r.id`, args)
	holders(b, &r.besides, by.Today, `SELECT unnest(`+noted("beside")+`)`, nil)
	all(b, &r.contacts, `
		SELECT p.id AS person_id, p.name, p.email, p.phone, ''::text AS kind, '' AS why, false AS absent
		FROM person p WHERE p.id = ANY(ARRAY(SELECT w.person_id FROM worn(@day::date) w WHERE w.role_id = ANY(`+noted("beside")+`)))`, pgx.StrictNamedArgs{"day": by.Today})
	all(b, &r.leadOf, `
		SELECT t.id AS team_id, p.id AS person_id, p.name, p.email, p.phone
		FROM membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = t.lead_id
		WHERE m.person_id = @id AND m.during @> @day::date AND p.employed @> @day::date AND p.id <> @id`, args)
}

// TasksMax bounds each list of what waits for somebody.
const TasksMax = 100

// reviewsWaiting bounds the reviews among what waits for somebody; the list has them all.
const reviewsWaiting = 5

// queueTasks asks for what waits for the reader: hats offered, proposals and objections in their scopes, reports.
func (r *myHatsRows) queueTasks(b *pgx.Batch, by itsm.Actor) {
	practices, processes, services := by.Scopes()
	scope := pgx.StrictNamedArgs{"office": by.Wears(itsm.SMO), "practices": practices, "processes": processes, "services": services}
	if by.Wears(itsm.SMO) || len(practices)+len(processes) > 0 { // others are shown no gaps
		roles := `SELECT DISTINCT role_id FROM raci_column WHERE version_id = ` + theseVersions + ` AND @id > 0`
		queueGapFacts(b, &r.facts, by, by.Today, roles, by.PersonID)
	}
	gapAnswers(b, &r.answers, by.Today, answersOfScopes, pgx.StrictNamedArgs{"office": by.Wears(itsm.SMO), "practices": practices, "processes": processes})
	openActions(b, &r.actions, by)
	all(b, &r.open, `
		SELECT `+assignmentColumns+` FROM `+assignmentFrom+`
		WHERE (upper_inf(a.during) OR upper(a.during) > @day::date) AND a.id = ANY(ARRAY(
			SELECT x.id FROM assignment x WHERE x.person_id = @me AND x.state = 'appointed' AND x.acceptance = 'told'
			UNION
			SELECT x.id FROM team q JOIN assignment x ON x.team_id = q.id WHERE q.lead_id = @me AND x.state = 'appointed' AND x.acceptance = 'told'
			UNION
			SELECT x.id FROM company q JOIN assignment x ON x.company_id = q.id
			WHERE @me IN (q.our_contact_id, q.their_contact_id) AND x.state = 'appointed' AND x.acceptance = 'told'
			UNION
			SELECT x.id FROM assignment x JOIN role y ON y.id = x.role_id LEFT JOIN process z ON z.id = y.process_id
			WHERE (x.state = 'proposed' OR x.acceptance = 'objected') AND x.state <> 'withdrawn' -- the index assignment_undecided
			  AND (@office OR COALESCE(y.practice_id, z.practice_id) = ANY(@practices) OR y.process_id = ANY(@processes) OR y.service_id = ANY(@services))))
		ORDER BY a.id LIMIT @most`, with(pgx.StrictNamedArgs{"day": by.Today, "me": by.PersonID, "most": TasksMax}, scope))
	all(b, &r.mistakes, `
		SELECT `+mistakeColumns+` FROM `+mistakeFrom+`
		WHERE k.closed_on IS NULL AND (@office OR COALESCE(kp.practice_id, kr.practice_id, kq.practice_id) = ANY(@practices)
		      OR k.process_id = ANY(@processes) OR kr.process_id = ANY(@processes) OR kr.service_id = ANY(@services))
		ORDER BY k.id LIMIT @most`, with(pgx.StrictNamedArgs{"most": TasksMax}, scope))
	where, args := reviewsWhere(by, itsm.ReviewFilter{Mine: true}, by.Today)
	all(b, &r.reviews, reviewLines(where)+` LIMIT @most`, with(pgx.StrictNamedArgs{"most": reviewsWaiting}, args))
	all(b, &r.reported, `
		SELECT `+mistakeColumns+` FROM `+mistakeFrom+`
		WHERE k.reported_by = @id AND (k.closed_on IS NULL OR k.closed_on > @day::date - 30) ORDER BY k.id DESC LIMIT 20`,
		pgx.StrictNamedArgs{"id": by.PersonID, "day": by.Today})
}

func (r *myHatsRows) assemble(by itsm.Actor) itsm.MyHats {
	out := itsm.MyHats{Person: r.person, Reported: r.reported, Reviews: r.reviews, Mistakes: closable(by, r.mistakes), Actions: actionsOf(r.actions)}
	r.tasks(&out, by)
	out.OfPeople, out.Proposed = ofPeople(by, r.ofPeople), proposed(by, r.proposed)
	matrices, passing := r.matrices.assemble(by, by.Today), handOffsSeen(by, r.handOffs)
	procedures := map[int64]string{}
	for _, s := range r.steps {
		procedures[s.ActivityID] = s.Procedure
	}
	for _, h := range r.own {
		at := slices.IndexFunc(r.roles, func(y myRole) bool { return y.ID == h.RoleID })
		if at < 0 {
			continue
		}
		same := slices.IndexFunc(out.Hats, func(o itsm.MyHat) bool { return o.Role.ID == h.RoleID })
		if same >= 0 {
			out.Hats[same].Holdings = append(out.Hats[same].Holdings, h)
			continue
		}
		hat := itsm.MyHat{Holdings: []itsm.Holding{h}, Role: r.roles[at].role()}
		region := h.RegionID
		if region == 0 && h.RoleKind == itsm.Practitioner { // who owns or manages everywhere looks at all regions
			region = r.home
		}
		for _, m := range matrices {
			if work, ok := m.WorkOf(h.RoleID, region, passing, procedures); ok {
				hat.Work = append(hat.Work, work)
			}
		}
		// The practice that the hat hangs on comes first, then those that invited it.
		slices.SortStableFunc(hat.Work, func(a, b itsm.MyWork) int {
			return cmp.Compare(foreign(a, r.roles[at]), foreign(b, r.roles[at]))
		})
		hat.Contacts, hat.Vacant = itsm.Contacts(r.columnsBeside(r.roles[at]), r.matrices.regions, region, by.PersonID)
		out.Hats = append(out.Hats, hat)
	}
	for i := range out.Hats {
		r.reach(&out.Hats[i])
	}
	r.facts.Asked = knownTo(by, itsm.Scope{}, by.Today, r.facts.Asked)
	out.Gaps = itsm.OpenGaps(itsm.Answered(gapsOf(by, matrices, r.facts), r.answers))
	return out
}

// foreign is 0 for work in the practice that a role hangs on, and 1 for other work.
func foreign(w itsm.MyWork, y myRole) int {
	if w.PracticeID == y.UnderID {
		return 0
	}
	return 1
}

func (y myRole) role() itsm.Role {
	return itsm.Role{
		ID: y.ID, Kind: y.Kind, Name: y.Name, PracticeID: y.PracticeID, ProcessID: y.ProcessID, ServiceID: y.ServiceID, ScopeName: y.ScopeName,
		PerCase: y.PerCase, Purpose: y.Purpose, Authorities: y.Authorities, Responsibilities: y.Responsibilities,
	}
}

// columnsBeside are the Owner and Manager hats of a role's scope and of its practice, without the role itself.
func (r *myHatsRows) columnsBeside(y myRole) []itsm.Column {
	held := map[int64][]itsm.Holding{}
	for _, h := range r.besides {
		held[h.RoleID] = append(held[h.RoleID], h)
	}
	var columns []itsm.Column
	for _, c := range r.beside {
		organisation := c.PracticeID+c.ProcessID+c.ServiceID == 0 && y.UnderID+y.ServiceID == 0
		if c.ID != y.ID && (c.PracticeID != 0 && c.PracticeID == y.UnderID || c.ProcessID != 0 && c.ProcessID == y.ProcessID ||
			c.ServiceID != 0 && c.ServiceID == y.ServiceID || organisation) {
			columns = append(columns, c.column(itsm.Scope{}, held))
		}
	}
	return columns
}

// reach completes those to ask: the team's lead, and how to reach each.
func (r *myHatsRows) reach(hat *itsm.MyHat) {
	for _, l := range r.leadOf {
		if slices.ContainsFunc(hat.Holdings, func(h itsm.Holding) bool { return h.TeamID == l.TeamID }) {
			hat.AddLead(itsm.Contact{PersonID: l.PersonID, Name: l.Name, Email: l.Email, Phone: l.Phone})
		}
	}
	for i, c := range hat.Contacts {
		at := slices.IndexFunc(r.contacts, func(o itsm.Contact) bool { return o.PersonID == c.PersonID })
		if at >= 0 {
			hat.Contacts[i].Email, hat.Contacts[i].Phone = r.contacts[at].Email, r.contacts[at].Phone
		}
	}
}

// tasks sorts what waits for the reader.
func (r *myHatsRows) tasks(out *itsm.MyHats, by itsm.Actor) {
	for _, a := range r.open {
		switch {
		case a.State == itsm.Appointed && a.Acceptance == itsm.Told && a.MayAnswer(by):
			out.Offered = append(out.Offered, a.For(by))
		case a.State == itsm.Proposed && a.MayAppoint(by) && a.PersonID != by.PersonID:
			out.Proposals = append(out.Proposals, a)
		case a.MaySettle(by):
			out.Objections = append(out.Objections, a)
		}
	}
}

// gapsOf are the red and amber gaps of the processes that the reader may edit.
func gapsOf(by itsm.Actor, matrices []*itsm.Matrix, facts itsm.GapFacts) []itsm.Gap {
	var list []itsm.Gap
	for _, m := range matrices {
		if !by.Can(itsm.EditProcess, m.Scope()) || m.State == "planned" {
			continue
		}
		for _, g := range m.Gaps(facts) {
			if g.Severity != itsm.Grey {
				list = append(list, g)
			}
		}
	}
	return itsm.OneEach(list) // of the practice's hats once, not per process
}
