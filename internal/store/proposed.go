package store

import (
	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// queueProposed asks for what the reader proposed and nobody has decided, and for what became of the rest lately. Once it is
// decided the row names who did that; who proposed it stands in the trail.
func queueProposed(b *pgx.Batch, into *[]itsm.Proposal, by itsm.Actor) {
	all(b, into, `
		SELECT `+assignmentColumns+`, d.on_day AS answered, COALESCE(d.who, '') AS answered_by
		FROM `+assignmentFrom+`
		LEFT JOIN LATERAL (
			SELECT (e.at AT TIME ZONE (SELECT time_zone FROM organisation))::date AS on_day, e.person_id, (SELECT name FROM person WHERE id = e.person_id) AS who
			FROM change c JOIN event e ON e.id = c.event_id
			WHERE c.table_name = 'assignment' AND c.row_id = a.id AND c.before ->> 'state' = 'proposed' AND c.after ->> 'state' <> 'proposed' ORDER BY c.id DESC LIMIT 1) d ON a.state <> 'proposed'
		WHERE a.id = ANY(ARRAY(
			SELECT c.row_id FROM event e JOIN change c ON c.event_id = e.id AND c.table_name = 'assignment' AND c.before IS NULL AND c.after ->> 'state' = 'proposed'
			WHERE e.person_id = @me AND e.act = @act AND e.at > @day::date - @within::int))
		  AND CASE WHEN a.state = 'proposed' THEN upper_inf(a.during) OR upper(a.during) > @day::date
		      ELSE d.on_day > @day::date - @lately::int AND d.person_id IS DISTINCT FROM @me END
		ORDER BY a.state = 'proposed' DESC, d.on_day DESC, a.id DESC LIMIT @most`,
		pgx.StrictNamedArgs{"me": by.PersonID, "act": string(itsm.Propose), "day": by.Today, "within": itsm.ProposalsWithin, "lately": itsm.ProposalsLately, "most": itsm.ProposalsMost})
}

// proposed are those proposals as the reader may know them. One that was appointed for later shows once it is announced.
func proposed(by itsm.Actor, found []itsm.Proposal) []itsm.Proposal {
	var list []itsm.Proposal
	for _, p := range found {
		if p.ShownTo(by, by.Today) {
			p.Assignment = p.For(by)
			list = append(list, p)
		}
	}
	return list
}
