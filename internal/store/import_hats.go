package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// knownHats queues what a list of who wears which hat is compared with, but for people and holdings.
func knownHats(b *pgx.Batch, k *itsm.KnownHats) {
	all(b, &k.Teams, `SELECT id, name FROM team WHERE archived_at IS NULL`, nil)
	all(b, &k.Companies, `SELECT id, name FROM company WHERE archived_at IS NULL`, nil)
	list(b, &k.Chairs, `SELECT `+plainChairJSON+` FROM role r `+chairFrom+` WHERE r.kind <> 'whoever' AND COALESCE(rp.archived_at, rq.archived_at, rs.archived_at) IS NULL
		ORDER BY lower(r.name), r.id`, nil)
	all(b, &k.Practices, `SELECT id, name FROM practice WHERE archived_at IS NULL`, nil)
	all(b, &k.Processes, `SELECT id, name, practice_id FROM process WHERE archived_at IS NULL`, nil)
	all(b, &k.Services, `SELECT id, name FROM service WHERE archived_at IS NULL`, nil)
	all(b, &k.Regions, regionNames, nil)
	value(b, &k.Organisation, "organisation", `SELECT name::text FROM organisation`, nil)
}

// KnownHats is what a list of who wears which hat may name: roles and what they hang on, and of the people those whom its
// texts name, in whichever column. For who may import such lists.
func (s *Store) KnownHats(ctx context.Context, by itsm.Actor, texts []string) (k itsm.KnownHats, err error) {
	if !by.Can(itsm.ImportHats, itsm.Scope{}) {
		return k, itsm.Forbidden{Why: forbidden(itsm.ImportHats)}
	}
	b := &pgx.Batch{}
	knownHats(b, &k)
	peopleNamed(b, &k.People, texts)
	return k, s.ask(ctx, b)
}

// PlanHats says what importing a list would do; nothing is changed. known is what KnownHats said.
func (s *Store) PlanHats(ctx context.Context, by itsm.Actor, known itsm.KnownHats, list []itsm.ListedHat, answers map[string]string) (itsm.HatImport, error) {
	if !by.Can(itsm.ImportHats, itsm.Scope{}) {
		return itsm.HatImport{}, itsm.Forbidden{Why: forbidden(itsm.ImportHats)}
	}
	b := &pgx.Batch{}
	peopleMeant(b, &known, list, answers, by.Today) // more than the texts name: a name may be in two columns
	if err := s.ask(ctx, b); err != nil {
		return itsm.HatImport{}, err
	}
	return itsm.PlanHats(by, known, list, answers, by.Today), nil
}

// nothingNew is the Conflict of an import that would change nothing.
var nothingNew = itsm.Conflict{Text: "There is nothing left to import: everything stands as the list says, or was brought meanwhile."}

// stillOpen is the Conflict of an import in which something is still open.
func stillOpen(open []itsm.ListQuestion) error {
	if len(open) == 0 {
		return nil
	}
	return itsm.Conflict{Text: fmt.Sprintf("Nothing was imported: %d of its questions wait for an answer. The first one: %s", len(open), open[0].Text)}
}

// ImportHats writes a list of who wears which hat in one transaction under one event, whole or not at all, and says what
// it did and the event; up, where not nil, is used up with it; heard, where not nil, hears how many hats are written. Conflict where a question is open, or nothing is new. For who may import such lists and may
// appoint to each of the roles; other lines are refused.
func (s *Store) ImportHats(ctx context.Context, by itsm.Actor, file string, list []itsm.ListedHat, answers map[string]string, up *Upload[itsm.HatImport], heard Progress) (done itsm.HatImport, event int64, err error) {
	err = s.door(ctx, by, itsm.ImportHats, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.importing(ctx, up.of()); err != nil {
			return err
		}
		// Nobody appoints, leaves or retires a role between the comparison and the writing.
		if _, err := t.Exec(ctx, `LOCK TABLE person, role, assignment IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var k itsm.KnownHats
		b := &pgx.Batch{}
		knownHats(b, &k)
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		b = &pgx.Batch{}
		peopleMeant(b, &k, list, answers, t.today)
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		done = itsm.PlanHats(by, k, list, answers, t.today)
		if err := stillOpen(done.Open()); err != nil {
			return err
		}
		if done.Writes() == 0 {
			return nothingNew
		}
		event = t.event
		t.said = "imported who wears which hat from " + unlinked(file) + ": " + done.Written()
		t.reason = asFound(file)
		if err := t.writeHats(ctx, done, asFound(file), heard.orNobody()); err != nil {
			return err
		}
		return useUp(ctx, t, up, done)
	})
	return done, event, err
}

// asFound is why and on what word an import appoints.
func asFound(file string) string {
	text := []rune("as found in " + file)
	return string(text[:min(len(text), itsm.LabelMax)])
}

// writeHats ends what ends and begins what begins, and notes whom and which roles it is about.
func (t *tx) writeHats(ctx context.Context, plan itsm.HatImport, reason string, heard Progress) error {
	if len(plan.End) > 0 {
		ids, to := make([]int64, len(plan.End)), make([]time.Time, len(plan.End))
		for i, e := range plan.End {
			ids[i], to[i] = e.AssignmentID, e.To
		}
		if _, err := t.Exec(ctx, `
			UPDATE assignment a SET during = daterange(lower(a.during), e.gone), ended_reason = $3,
			       announced_during = `+stillAnnounced(`e.gone > $4::date`)+`
			FROM unnest($1::bigint[], $2::date[]) AS e (id, gone) WHERE a.id = e.id`, ids, to, reason, t.today); err != nil {
			return err
		}
	}
	for at := 0; at < len(plan.Begin); at += slice {
		heard(at, len(plan.Begin))
		if err := t.beginHats(ctx, plan.Begin[at:min(at+slice, len(plan.Begin))], reason); err != nil {
			return err
		}
	}
	heard(len(plan.Begin), len(plan.Begin))
	return t.aboutImport(ctx, plan)
}

// beginHats writes new assignments. What begins or ends in the future, the last since somebody leaves, is not announced:
// somebody says when it is.
func (t *tx) beginHats(ctx context.Context, hats []itsm.PlannedHat, reason string) error {
	n := len(hats)
	ids := map[string][]int64{"role": make([]int64, n), "person": make([]int64, n), "team": make([]int64, n), "company": make([]int64, n), "region": make([]int64, n), "service": make([]int64, n)}
	texts := map[string][]string{"kind": make([]string, n), "capacity": make([]string, n), "by": make([]string, n), "reference": make([]string, n)}
	from, until, decided := make([]time.Time, n), make([]*time.Time, n), make([]time.Time, n)
	for i, h := range hats {
		ids["role"][i], ids["region"][i], ids["service"][i], ids[h.Kind][i] = h.Chair.ID, h.Region.ID, h.Service.ID, h.HolderID
		texts["kind"][i], texts["capacity"][i], texts["by"][i], texts["reference"][i] = string(h.Chair.Kind), string(h.Capacity), h.DecidedBy, h.Reference
		from[i], until[i], decided[i] = h.From, h.Until, h.DecidedOn
		if h.Reference == "" {
			texts["reference"][i] = reason
		}
		t.private = t.private || h.From.After(t.today)
	}
	rows, err := t.Query(ctx, `
		INSERT INTO assignment (role_id, role_kind, person_id, team_id, company_id, during, region_id, service_id, capacity, state, announced, announced_during,
		                        recorded_on, decided_on, decided_by, recorded_by, reference, reason)
		SELECT l.role, l.kind, NULLIF(l.person, 0), NULLIF(l.team, 0), NULLIF(l.company, 0), daterange(l.since, l.gone), NULLIF(l.region, 0), NULLIF(l.service, 0), l.capacity,
		       'appointed', l.since <= @today::date, CASE WHEN l.gone > @today::date AND l.gone = p.until THEN daterange(l.since, NULL) END, @today, l.decided, l.decided_by, NULLIF(@by::bigint, 0), l.reference, @reason
		FROM unnest(@role::bigint[], @kind::text[], @person::bigint[], @team::bigint[], @company::bigint[], @from::date[], @until::date[], @region::bigint[], @service::bigint[],
		            @capacity::text[], @decided::date[], @decided_by::text[], @reference::text[])
		     AS l (role, kind, person, team, company, since, gone, region, service, capacity, decided, decided_by, reference)
		     LEFT JOIN LATERAL (SELECT upper(employed) AS until FROM person WHERE id = l.person) p ON true
		RETURNING id`,
		pgx.StrictNamedArgs{
			"role": ids["role"], "kind": texts["kind"], "person": ids["person"], "team": ids["team"], "company": ids["company"], "from": from, "until": until,
			"region": ids["region"], "service": ids["service"], "capacity": texts["capacity"], "decided": decided, "decided_by": texts["by"], "reference": texts["reference"],
			"today": t.today, "by": t.by.PersonID, "reason": reason,
		})
	if err != nil {
		return err
	}
	begun, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err == nil {
		_, err = t.relieve(ctx, begun...)
	}
	return err
}

// aboutImport puts the event into the history of each role that is touched and of each who gets a hat: its sentence counts,
// and names nobody.
func (t *tx) aboutImport(ctx context.Context, plan itsm.HatImport) error {
	var kinds []string
	var ids []int64
	for _, h := range plan.Begin {
		kinds, ids = append(kinds, "role", h.Kind), append(ids, h.Chair.ID, h.HolderID)
	}
	ended := make([]int64, len(plan.End))
	for i, e := range plan.End {
		ended[i] = e.AssignmentID
	}
	_, err := t.Exec(ctx, `
		INSERT INTO event_about (event_id, kind, id)
		SELECT DISTINCT $1::bigint, kind, id FROM (
			SELECT kind, id FROM unnest($2::text[], $3::bigint[]) AS begun (kind, id)
			UNION SELECT 'role', role_id FROM assignment WHERE id = ANY($4)
			UNION SELECT 'person', person_id FROM assignment WHERE id = ANY($4) AND person_id IS NOT NULL) about`, t.event, kinds, ids, ended)
	return err
}
