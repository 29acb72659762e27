package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Where a chair falls vacant because somebody leaves, its agreed deputy acts for a while, until somebody else sits in it.

// othersWear is an assignment h by which somebody else wears the hat of a: from when to when is for the caller.
const othersWear = `assignment h WHERE h.role_id = a.role_id AND h.id <> a.id AND h.state = 'appointed' AND h.capacity <> 'deputy'
	AND h.region_id IS NOT DISTINCT FROM a.region_id AND (h.service_id IS NULL OR h.service_id = a.service_id) AND h.person_id IS DISTINCT FROM a.person_id`

// standing is who acts on hat a, whose holder is gone from leaving.day on, and from when to when: where nobody else wears it
// then, the deputy agreed for it who stays and does not object, until somebody else begins. What is past nobody acts on any more.
var standing = `
	SELECT d.person_id, d.acceptance, d.answered_on, g.begins, LEAST(
	       leaving.day + ` + strconv.Itoa(itsm.StandInDays) + `, upper(d.during), upper(w.employed), (SELECT min(lower(h.during)) FROM ` + othersWear + ` AND lower(h.during) > g.begins)) AS ends
	FROM (SELECT GREATEST(leaving.day, @today::date) AS begins) g
	JOIN assignment d ON d.role_id = a.role_id AND d.capacity = 'deputy' AND d.state = 'appointed' AND d.acceptance <> 'objected' AND d.during @> g.begins
	     AND d.region_id IS NOT DISTINCT FROM a.region_id AND (d.service_id IS NULL OR d.service_id = a.service_id) AND d.person_id <> ALL(@people)
	JOIN person w ON w.id = d.person_id AND w.employed @> g.begins
	WHERE g.begins < leaving.day + ` + strconv.Itoa(itsm.StandInDays) + ` AND NOT EXISTS (SELECT FROM ` + othersWear + ` AND h.during @> g.begins)
	ORDER BY d.service_id IS NULL, lower(d.during), d.id LIMIT 1`

// takesOver says that h begins unannounced on the day on which a ends, in its place.
const takesOver = `h.role_id = a.role_id AND h.state = 'appointed' AND (h.capacity = 'deputy') = (a.capacity = 'deputy') AND NOT h.announced AND lower(h.during) = upper(a.during)
	AND h.region_id IS NOT DISTINCT FROM a.region_id AND h.service_id IS NOT DISTINCT FROM a.service_id`

// actingNow is who came to act.
type actingNow struct {
	RoleID, PersonID int64
	Since, Until     time.Time
}

// inItsPlace says that appointment n takes the place in which h is worn: the same region, and its service or all of them.
const inItsPlace = `h.role_id = n.role_id AND h.region_id IS NOT DISTINCT FROM n.region_id AND (n.service_id IS NULL OR n.service_id = h.service_id)`

// wornFromThen is why somebody acts or stands by no longer.
const wornFromThen = "Somebody wears it from then on."

// relieve ends the acting of those in whose place appointments begin, and says so: nobody acts beside who sits in the chair,
// but for a holder who sat there before and is away. Nor is anybody their own deputy. Where everybody knows that somebody is
// going to act, and nobody is to know who takes the chair on that very day, the acting keeps this one day until the appointment
// is announced: withdrawn, it would tell.
func (t *tx) relieve(ctx context.Context, begun ...int64) (said string, err error) {
	rows, err := t.Query(ctx, `
		SELECT h.id, h.person_id, h.role_id, h.capacity, GREATEST(lower(h.during), lower(n.during)) AS since, lower(h.during) >= lower(n.during) AS whole, n.announced,
		       h.announced AND NOT n.announced AND lower(h.during) >= lower(n.during) AS tells, COALESCE(upper(h.during) = lower(h.during) + 1, false) AS brief
		FROM assignment n JOIN assignment h ON `+inItsPlace+` AND h.capacity <> 'holder' AND h.state = 'appointed' AND h.during && n.during
		WHERE n.id = ANY(@begun) AND n.capacity = 'holder' AND n.state = 'appointed' AND CASE h.capacity WHEN 'deputy' THEN h.person_id = n.person_id ELSE NOT EXISTS (
			SELECT FROM assignment o WHERE o.role_id = h.role_id AND o.id <> ALL(@begun) AND o.capacity = 'holder' AND o.state = 'appointed'
			  AND o.region_id IS NOT DISTINCT FROM h.region_id AND (o.service_id IS NULL OR o.service_id = h.service_id) AND o.during @> GREATEST(lower(h.during), lower(n.during))) END
		ORDER BY h.id`, pgx.StrictNamedArgs{"begun": begun})
	if err != nil {
		return "", err
	}
	type relieved struct {
		ID, PersonID, RoleID int64
		Capacity             itsm.Capacity
		Since                time.Time
		Whole, Announced     bool
		Tells, Brief         bool
	}
	acting, err := pgx.CollectRows(rows, pgx.RowToStructByName[relieved])
	for _, a := range acting {
		switch {
		case a.Tells && a.Brief:
			continue
		case a.Tells:
			err = t.endOn(ctx, a.ID, a.Since.AddDate(0, 0, 1), false, wornFromThen)
		case a.Whole:
			err = t.withdraw(ctx, a.ID, wornFromThen)
		default:
			err = t.endOn(ctx, a.ID, a.Since, a.Announced, wornFromThen)
		}
		if err != nil {
			return "", err
		}
		was := "acts as"
		if a.Capacity == itsm.Deputy {
			was = "is deputy for"
		}
		said += fmt.Sprintf("; [[person:%d]] %s [[role:%d]] no longer from then", a.PersonID, was, a.RoleID)
	}
	return said, err
}

// relieveTold withdraws the acting, or standing by, that kept a day only so that nobody learned of an appointment, which is
// announced now.
func (t *tx) relieveTold(ctx context.Context, id int64) error {
	return t.run(ctx, `
		UPDATE assignment h SET state = 'withdrawn', announced_during = NULL, ended_reason = @why
		FROM assignment n
		WHERE n.id = @id AND n.capacity = 'holder' AND `+inItsPlace+` AND (h.capacity = 'acting' OR h.capacity = 'deputy' AND h.person_id = n.person_id)
		  AND h.state = 'appointed' AND lower(h.during) > @today
		  AND h.announced_during IS NOT NULL AND upper(h.during) = lower(h.during) + 1 AND lower(h.during) >= lower(n.during) AND h.during && n.during`,
		pgx.StrictNamedArgs{"id": id, "today": t.today, "why": wornFromThen})
}
