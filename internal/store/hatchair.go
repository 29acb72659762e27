package store

import (
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// chairRow is an Owner or Manager role with the seats that count, without those of which a holder sits everywhere and
// nobody acts: nothing is open there.
type chairRow struct {
	RoleID     int64
	Kind       itsm.RoleKind
	RoleName   string
	PracticeID int64
	ProcessID  int64
	Process    string
	Places     []int64 // of the seats: 0 is everywhere
	Services   []int64 // 0 is every one
	Acts       []bool
	Names      []string
	Untils     []*time.Time
}

// openChairs are the chairs of practices in use where something may be open; planned ones have next steps instead.
func (s mapScope) openChairs() string {
	joins, where := "", s.hat
	if s.practice != "" || s.planning {
		joins, where = mapRole, s.hat+` AND `+s.role
	}
	return `
		SELECT r.id AS role_id, r.kind, ` + roleCalled + ` AS role_name, t.id AS practice_id, COALESCE(q.id, 0) AS process_id, COALESCE(q.name, '') AS process,
		       COALESCE(x.places, '{}') AS places, COALESCE(x.services, '{}') AS services, COALESCE(x.acts, '{}') AS acts, COALESCE(x.names, '{}') AS names, COALESCE(x.untils, '{}') AS untils
		FROM role r LEFT JOIN process q ON q.id = r.process_id JOIN practice t ON t.id = COALESCE(r.practice_id, q.practice_id)
		LEFT JOIN (
			SELECT s.role_id, array_agg(s.region_id) AS places, array_agg(s.service_id) AS services, array_agg(s.acting) AS acts, array_agg(s.name) AS names, array_agg(s.until) AS untils,
			       bool_or(s.region_id = 0 AND NOT s.acting) AS everywhere, bool_or(s.acting) AS acting
			FROM (
				SELECT a.role_id, COALESCE(a.region_id, 0) AS region_id, COALESCE(a.service_id, 0) AS service_id, a.capacity = 'acting' AS acting, ` + s.until + `,
				       CASE WHEN a.capacity = 'acting' THEN COALESCE((SELECT name FROM person WHERE id = a.person_id), '') ELSE '' END AS name
				FROM assignment a ` + joins + `
				WHERE a.role_kind IN ('owner', 'manager') AND a.capacity <> 'deputy' AND ` + where + `
				ORDER BY a.role_id, a.region_id, a.id) AS s
			GROUP BY s.role_id
		) x ON x.role_id = r.id
		WHERE r.kind IN ('owner', 'manager') AND NOT r.per_case AND t.state = 'in use' AND (q.id IS NULL OR ` + s.inUse(`q`) + `) AND ` + s.role + `
		  AND (x.role_id IS NULL OR x.acting OR NOT x.everywhere)`
}

// chairsMost bounds the chairs that are looked at for what is open.
const chairsMost = 10_000

func queueChairs(q *question, into *[]chairRow, by itsm.Actor, s mapScope) {
	queueMap(q, into, by, s, s.openChairs()+` ORDER BY lower(t.name), q.position NULLS FIRST, r.kind DESC, r.id LIMIT @chairs`, pgx.StrictNamedArgs{"chairs": chairsMost})
}

func chairsOf(rows []chairRow) []itsm.ChairSeats {
	out := make([]itsm.ChairSeats, len(rows))
	for i, r := range rows {
		c := itsm.ChairSeats{Role: itsm.RoleRef{ID: r.RoleID, Kind: r.Kind, Name: r.RoleName}, PracticeID: r.PracticeID, ProcessID: r.ProcessID, Process: r.Process}
		for n := range r.Places {
			c.Seats = append(c.Seats, itsm.Seat{RegionID: r.Places[n], ServiceID: r.Services[n], Acting: r.Acts[n], Name: r.Names[n], Until: r.Untils[n]})
		}
		out[i] = c
	}
	return out
}
