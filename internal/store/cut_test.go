package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// rowsNow is a sum over every row of every table.
const rowsNow = `
	SELECT md5(string_agg(name || md5(sum), '' ORDER BY name)) FROM (
		SELECT t.tablename::text AS name, query_to_xml(format('SELECT md5(string_agg(x::text, %L ORDER BY x::text)) AS sum FROM public.%I x', '|', t.tablename), true, true, '')::text AS sum
		FROM pg_tables t WHERE t.schemaname = 'public') sums`

// A line to the database that breaks at any statement of any act leaves all of it or nothing, and whoever acted is told that
// it failed, or that nobody knows.
func TestALineThatBreaksAtAnyStatementLeavesAllOrNothing(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	ctx := t.Context()
	broken, line := s.Behind(t)
	conn := must[*pgx.Conn](t)(pgx.Connect(ctx, s.OwnerURL))
	defer conn.Close(context.WithoutCancel(ctx))
	ask := func(sql string, into ...any) {
		t.Helper()
		ok(t, conn.QueryRow(ctx, sql).Scan(into...))
	}
	rows := func() (sum string) {
		t.Helper()
		for began := time.Now(); ; time.Sleep(time.Millisecond) { // until nobody is at work for a client that has gone
			busy := 0
			ask(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (state <> 'idle' OR backend_xid IS NOT NULL)`, &busy)
			if busy == 0 {
				break
			}
			if time.Since(began) > 20*time.Second {
				t.Fatal("a statement of a client that has gone is still at work")
			}
		}
		ask(rowsNow, &sum)
		return sum
	}
	event := func(n *int64) { t.Helper(); ask(`SELECT COALESCE(max(id), 0) FROM event`, n) }
	whole := func(act string, after int64) {
		t.Helper()
		var silent, bare, stray int
		ask(fmt.Sprintf(`SELECT count(*) FILTER (WHERE summary = ''), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM change c WHERE c.event_id = e.id)) FROM event e WHERE id > %d`, after), &silent, &bare)
		ask(`SELECT count(*) FROM change c WHERE NOT EXISTS (SELECT FROM event e WHERE e.id = c.event_id)`, &stray)
		if silent+bare+stray > 0 {
			t.Errorf("%s: %d events without a sentence, %d without a change, %d changes without an event", act, silent, bare, stray)
		}
	}
	statements := 0
	for _, act := range s.acts(t) {
		before, done := rows(), false
		var events int64
		event(&events)
		try := func(n int, heard bool) {
			t.Helper()
			line.BreakAt(n, heard)
			err := act.do(ctx, broken)
			broke := line.Hold()
			stands := rows()
			var now int64
			event(&now)
			switch {
			case now == events && stands != before:
				t.Fatalf("%s, broken at statement %d (heard: %t): part of it stands", act.name, n, heard)
			case now == events && err == nil:
				t.Fatalf("%s, broken at statement %d (heard: %t): said to be done, and is not", act.name, n, heard)
			case now == events && !broke:
				t.Fatalf("%s: %v", act.name, err)
			case now != events:
				done = true
				whole(act.name, events)
				if broke && err != nil && !errors.As(err, &itsm.Unsure{}) {
					t.Errorf("%s stands, broken at statement %d (heard: %t), and who did it was told: %v", act.name, n, heard, err)
				}
			}
		}
		for n := 1; !done; n += 1 + n/12 { // of many statements not each
			if try(n, false); !done {
				try(n, true)
			}
			statements++
		}
	}
	if statements < 200 {
		t.Errorf("broken at %d statements: does the line break at all?", statements)
	}
}

type actOf struct {
	name string
	do   func(ctx context.Context, s *store.Store) error
}

// acts are one of each kind that writes in its own way, in an order in which each can be done.
func (s sheetOf) acts(t *testing.T) []actOf {
	t.Helper()
	today := storetest.Today
	other := addPractice(t, s.DB, "Problem management")
	spare := addProcess(t, s.DB, other, "Handle a problem")
	value := func(sql string, args ...any) int64 { return storetest.Value[int64](t, s.DB, sql, args...) }
	last := func(table string) int64 { return value(`SELECT max(id) FROM ` + table) }
	id := func(_ int64, err error) error { return err }
	ids := func(_ []int64, err error) error { return err }
	soon := today.AddDate(0, 2, 0)
	return []actOf{
		{"add a practice", func(ctx context.Context, b *store.Store) error {
			return id(b.AddPractice(ctx, op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
		}},
		{"add a process", func(ctx context.Context, b *store.Store) error {
			return id(b.AddProcess(ctx, op, itsm.Process{PracticeID: s.practice, Name: "Review incidents", Kind: itsm.Daily}))
		}},
		{"add an activity", func(ctx context.Context, b *store.Store) error {
			return id(b.AddActivity(ctx, op, s.process, itsm.Step{Name: "Escalate"}, 1, store.Latest))
		}},
		{"move an activity", func(ctx context.Context, b *store.Store) error {
			return b.MoveActivity(ctx, op, s.log, 3, store.Latest)
		}},
		{"set a cell", func(ctx context.Context, b *store.Store) error {
			return b.SetCell(ctx, op, store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: s.manager, Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.LetterA}})
		}},
		{"move an A", func(ctx context.Context, b *store.Store) error {
			return b.SetCell(ctx, op, store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: s.owner, Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.LetterA}, Move: true})
		}},
		{"set a row", func(ctx context.Context, b *store.Store) error {
			return b.SetRow(ctx, op, store.RowEdit{ProcessID: s.process, ActivityID: s.closing, Counter: store.Latest, Cells: map[int64]itsm.Cell{s.analyst: {Letters: itsm.LetterR}, s.owner: {Letters: itsm.LetterA}}})
		}},
		{"set cells of two rows", func(ctx context.Context, b *store.Store) error {
			return b.SetCells(ctx, op, store.CellsEdit{ProcessID: s.process, Counters: map[int64]int64{s.log: store.Latest, s.closing: store.Latest},
				Cells: map[int64]map[int64]itsm.Cell{s.log: {s.manager: {Letters: itsm.LetterA | itsm.LetterR}, s.owner: {}}, s.closing: {s.analyst: {Letters: itsm.LetterC}}}})
		}},
		{"add a role", func(ctx context.Context, b *store.Store) error {
			return id(b.AddRole(ctx, op, itsm.Role{ProcessID: s.process, Kind: itsm.Practitioner, Name: "Dispatcher"}))
		}},
		{"give a process its own role", func(ctx context.Context, b *store.Store) error {
			return id(b.GiveProcessItsOwnRole(ctx, op, s.process, s.owner))
		}},
		{"give it back", func(ctx context.Context, b *store.Store) error {
			return b.GiveBackRole(ctx, op, value(`SELECT id FROM role WHERE process_id = $1 AND kind = 'owner' AND archived_at IS NULL`, s.process))
		}},
		{"hand off", func(ctx context.Context, b *store.Store) error {
			return b.AddHandOff(ctx, op, itsm.HandOff{ActivityID: s.log, Direction: itsm.Out, What: "The record", ToProcessID: spare}, store.Latest)
		}},
		{"appoint several", func(ctx context.Context, b *store.Store) error {
			return ids(b.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.ana, s.jonas}, TeamIDs: []int64{s.desk}, CompanyIDs: nil, From: today, Announced: true}))
		}},
		{"appoint an owner", func(ctx context.Context, b *store.Store) error {
			return ids(b.Appoint(ctx, op, s.of(s.owner, s.marta)))
		}},
		{"hand over", func(ctx context.Context, b *store.Store) error {
			return b.HandOver(ctx, op, itsm.HandOver{PersonID: s.marta, Day: soon, Announced: true,
				Parts: []itsm.HandOverPart{{AssignmentID: value(`SELECT id FROM assignment WHERE person_id = $1 AND role_id = $2`, s.marta, s.owner), ToID: s.henrik}}})
		}},
		{"end an appointment", func(ctx context.Context, b *store.Store) error {
			return b.EndAssignment(ctx, op, value(`SELECT id FROM assignment WHERE person_id = $1`, s.jonas), today.AddDate(0, 0, 3), true, "")
		}},
		{"withdraw one", func(ctx context.Context, b *store.Store) error {
			return b.Withdraw(ctx, op, value(`SELECT id FROM assignment WHERE person_id = $1`, s.ana), "The wrong Ana")
		}},
		{"enter an absence", func(ctx context.Context, b *store.Store) error {
			return b.AddAbsence(ctx, op, s.marta, itsm.Period{From: today, To: &soon})
		}},
		{"leave", func(ctx context.Context, b *store.Store) error {
			return b.Leave(ctx, op, s.henrik, 1, soon.AddDate(0, 1, 0), true)
		}},
		{"add a membership", func(ctx context.Context, b *store.Store) error {
			return b.AddMembership(ctx, op, s.desk, s.dilnoza, itsm.Period{From: today})
		}},
		{"add a region", func(ctx context.Context, b *store.Store) error {
			return id(b.AddRegion(ctx, op, itsm.Region{Name: "APAC"}))
		}},
		{"add a service", func(ctx context.Context, b *store.Store) error {
			return id(b.AddService(ctx, op, itsm.Service{Name: "Payroll"}))
		}},
		{"support a service", func(ctx context.Context, b *store.Store) error {
			return b.AddSupport(ctx, op, last("service"), itsm.Support{PracticeID: s.practice})
		}},
		{"add a policy", func(ctx context.Context, b *store.Store) error {
			return id(b.AddPolicy(ctx, op, logged(s.owner), []itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.practice}, From: today}}))
		}},
		{"set intervals", func(ctx context.Context, b *store.Store) error {
			_, err := b.SetIntervals(ctx, op, 12, []itsm.Reviewable{itsm.RoleReview, itsm.ProcessReview})
			return err
		}},
		{"review", func(ctx context.Context, b *store.Store) error {
			return b.Review(ctx, op, itsm.ProcessReview, s.process, "Still right")
		}},
		{"change settings", func(ctx context.Context, b *store.Store) error {
			var o itsm.Organisation
			o.Name, o.TimeZone, o.OwnerLabel, o.ExternalSees, o.Counter = "Renamed", "Europe/Berlin", "process", "own", value(`SELECT counter FROM organisation`)
			return b.ChangeSettings(ctx, op, o)
		}},
		{"move a process", func(ctx context.Context, b *store.Store) error {
			return b.MoveProcesses(ctx, op, []store.ProcessMove{{ProcessID: spare, To: s.practice, Counter: store.Latest}})
		}},
		{"merge practices", func(ctx context.Context, b *store.Store) error {
			return b.MergePractices(ctx, op, s.practice, other, 0, value(`SELECT counter FROM practice WHERE id = $1`, s.practice), value(`SELECT counter FROM practice WHERE id = $1`, other))
		}},
		{"adopt from the library", func(ctx context.Context, b *store.Store) error {
			p, _ := library.Named("Service desk")
			return id(b.Adopt(ctx, op, p, 0, p.Lacks(itsm.Adopted{}).Keys()))
		}},
		{"import people", func(ctx context.Context, b *store.Store) error {
			list := []itsm.ListedPerson{listedPerson(2, "n1", "Ines Costa"), listedPerson(3, "n2", "Tom Reed")}
			list[1].ManagerLine = 2
			_, err := b.ImportPeople(ctx, op, "people.csv", list, itsm.PeopleChoices{}, nil, nil)
			return err
		}},
		{"import a grid", func(ctx context.Context, b *store.Store) error {
			to := store.GridTarget{Process: "Enable a change", Practice: "Release management"}
			m, _, plan, err := b.PlanGrid(ctx, op, to, listedGrid("Owner|Change manager", "Assess: A|R", "Authorise: R|A"), itsm.GridAnswers{}, today)
			if err != nil {
				return err
			}
			return id(b.ImportGrid(ctx, op, to, "grid.csv", m, plan, 0))
		}},
		{"undo", func(ctx context.Context, b *store.Store) error { return b.Undo(ctx, op, last("event")) }},
		{"remove an activity", func(ctx context.Context, b *store.Store) error {
			return b.RemoveActivity(ctx, op, s.closing, value(`SELECT counter FROM step WHERE activity_id = $1`, s.closing))
		}},
		{"archive a role", func(ctx context.Context, b *store.Store) error {
			_, err := b.ArchiveRole(ctx, op, value(`SELECT id FROM role WHERE name = 'Dispatcher'`), value(`SELECT counter FROM role WHERE name = 'Dispatcher'`))
			return err
		}},
	}
}
