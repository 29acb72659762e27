package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// office is one that has processes: a practice with two of them, roles, letters and hats, and the practices they belong to.
type office struct {
	*storetest.DB
	from, to, process, other int64
	watch                    int64 // an activity of process
	owner, manager, own      int64 // roles: of from, of from, of process
	watcher, desk            int64 // roles of from: used by process alone, used by both
	joe, ana, wei            int64
	toOwner, toManager       int64
}

func buildOffice(t *testing.T) office {
	t.Helper()
	o := office{DB: storetest.New(t)}
	o.from, o.to = addPractice(t, o.DB, "Operations"), addPractice(t, o.DB, "Monitoring and event management")
	role := func(r itsm.Role) int64 {
		r.Kind = itsm.Practitioner
		return must[int64](t)(o.AddRole(t.Context(), op, r))
	}
	o.owner, o.manager = roleOf(t, o.DB, o.from, itsm.Owner), roleOf(t, o.DB, o.from, itsm.Manager)
	o.toOwner, o.toManager = roleOf(t, o.DB, o.to, itsm.Owner), roleOf(t, o.DB, o.to, itsm.Manager)
	o.watcher, o.desk = role(itsm.Role{PracticeID: o.from, Name: "Watcher"}), role(itsm.Role{PracticeID: o.from, Name: "Desk"})
	o.process, o.other = addProcess(t, o.DB, o.from, "Event management"), addProcess(t, o.DB, o.from, "Unload at night")
	o.own = role(itsm.Role{ProcessID: o.process, Name: "Night watch"})
	ok(t, o.RemoveColumn(t.Context(), op, o.other, o.watcher, store.Latest))
	o.watch = addActivity(t, o.DB, o.process, "Watch", 0)
	o.set(t, map[int64]string{o.owner: "I", o.manager: "A", o.watcher: "R", o.desk: "C", o.own: "R"})
	for name, into := range map[string]*int64{"Joe Okafor": &o.joe, "Ana Ruiz": &o.ana, "Wei Chen": &o.wei} {
		*into = must[int64](t)(o.AddPerson(t.Context(), op, itsm.Person{Name: name}))
	}
	o.appoint(t, o.joe, o.owner)
	o.appoint(t, o.ana, o.toOwner)
	o.appoint(t, o.wei, o.watcher, o.own, o.desk)
	return o
}

func (o office) set(t *testing.T, letters map[int64]string) {
	t.Helper()
	cells := map[int64]itsm.Cell{}
	for role, text := range letters {
		set, _ := itsm.ParseLetters(text)
		cells[role] = itsm.Cell{Letters: set}
	}
	ok(t, o.SetRow(t.Context(), op, store.RowEdit{ProcessID: o.process, ActivityID: o.watch, Counter: store.Latest, Cells: cells}))
}

func (o office) appoint(t *testing.T, person int64, roles ...int64) {
	t.Helper()
	must[[]int64](t)(o.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: roles, PersonIDs: []int64{person}, From: storetest.Today.AddDate(0, -6, 0), Reason: "Found so.", Announced: true}))
}

// letters writes the row of Watch as "role of scope: letters".
func (o office) letters(t *testing.T) string {
	t.Helper()
	return storetest.Value[string](t, o.DB, `
		SELECT COALESCE(string_agg(r.name || ' of ' || COALESCE(p.name, c.name) || ': ' || l.letters, ', ' ORDER BY r.id), '')
		FROM raci_cell l JOIN role r ON r.id = l.role_id LEFT JOIN practice p ON p.id = r.practice_id LEFT JOIN process c ON c.id = r.process_id
		WHERE l.activity_id = $1`, o.watch)
}

func (o office) lastEvent(t *testing.T) int64 {
	t.Helper()
	return storetest.Value[int64](t, o.DB, `SELECT max(id) FROM event`)
}

func TestMovesAProcessWithHatsLettersAndHistory(t *testing.T) {
	o := buildOffice(t)
	before := o.letters(t)
	plans := must[[]store.MovePlan](t)(o.MovePlans(t.Context(), op, []store.ProcessMove{{ProcessID: o.process, To: o.to}}))
	if len(plans) != 1 || plans[0].FromOwner != "Joe Okafor" || plans[0].ToOwner != "Ana Ruiz" || plans[0].Own != 1 || plans[0].Taken {
		t.Fatalf("plan: %+v", plans)
	}
	fates := map[string]itsm.ColumnFate{}
	for _, c := range plans[0].Columns {
		fates[c.Role.Name] = c.Fate
		if c.Fate == itsm.Replaced && c.Role.Kind == itsm.Manager && (c.Answers != 1 || c.Does != 0 || len(c.Was)+len(c.Now) > 0) {
			t.Errorf("what the Manager's letters are: %+v", c)
		}
		if c.Role.Kind == itsm.Owner && (c.Answers != 0 || strings.Join(c.Was, "") != "Joe Okafor" || strings.Join(c.Now, "") != "Ana Ruiz") {
			t.Errorf("whose the Owner's letters are: %+v", c)
		}
	}
	if fates["Owner"] != itsm.Replaced || fates["Manager"] != itsm.Replaced || fates["Watcher"] != itsm.Along || fates["Desk"] != itsm.Remains {
		t.Errorf("fates: %v", fates)
	}
	ok(t, o.MoveProcesses(t.Context(), op, []store.ProcessMove{{ProcessID: o.process, To: o.to, Counter: plans[0].Counter}}))
	const to = "Monitoring and event management"
	if got, want := o.letters(t), "Owner of "+to+": I, Manager of "+to+": A, Watcher of "+to+": R, Desk of Operations: C, Night watch of Event management: R"; sorted(got) != sorted(want) {
		t.Errorf("letters:\n%s\nwant\n%s", got, want)
	}
	if n := count(t, o.DB, `assignment WHERE person_id = $1 AND upper_inf(during)`, o.wei); n != 3 {
		t.Errorf("Wei wears %d hats; want the three of before", n)
	}
	p := must[store.Process](t)(o.Process(t.Context(), op, o.process, storetest.Today))
	if p.PracticeID != o.to || len(p.Recent) < 4 {
		t.Errorf("lies in %d, with a history of %d", p.PracticeID, len(p.Recent))
	}
	yesterday, _, err := o.MatrixDays(t.Context(), op, o.process, storetest.Today.AddDate(0, 0, -1), storetest.Today)
	ok(t, err)
	if row, is := yesterday.Row(o.watch); !is || yesterday.Doers(row, itsm.LetterR, 0)[0].Name != "Wei Chen" || yesterday.Doers(row, itsm.LetterA, 0)[0].Lay != "Operations" {
		t.Errorf("the day before: what moved along is worn as it was, the others were hats of where it lay: %+v", yesterday.Doers(row, itsm.LetterR, 0))
	}
	ok(t, o.Undo(t.Context(), op, o.lastEvent(t)))
	if got := o.letters(t); got != before {
		t.Errorf("after the undo:\n%s\nwant\n%s", got, before)
	}
}

// sorted orders the parts of a list, which stand in the order of ids.
func sorted(list string) string {
	parts := strings.Split(list, ", ")
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			if parts[j] < parts[i] {
				parts[i], parts[j] = parts[j], parts[i]
			}
		}
	}
	return strings.Join(parts, ", ")
}

// TestMovesSeveralAtOnce: into a practice of the library that is made for them; a role that only they use goes along.
func TestMovesSeveralAtOnce(t *testing.T) {
	o := buildOffice(t)
	entry := entryOf(t, "supplier-management")
	moves := []store.ProcessMove{{ProcessID: o.process, Library: &entry, Counter: store.Latest}, {ProcessID: o.other, Library: &entry, Counter: store.Latest}}
	plans := must[[]store.MovePlan](t)(o.MovePlans(t.Context(), op, moves))
	if len(plans) != 2 || plans[0].To != "Supplier management" || plans[0].ToID >= 0 {
		t.Fatalf("plans: %+v", plans)
	}
	events := count(t, o.DB, `event`)
	ok(t, o.MoveProcesses(t.Context(), op, moves))
	if n := count(t, o.DB, `event`); n != events+1 {
		t.Errorf("%d events; want one", n-events)
	}
	if n := count(t, o.DB, `process c JOIN practice p ON p.id = c.practice_id WHERE p.name = 'Supplier management' AND p.state = 'in use'`); n != 2 {
		t.Errorf("%d processes in the new practice", n)
	}
	if n := count(t, o.DB, `role r JOIN practice p ON p.id = r.practice_id WHERE p.name = 'Supplier management' AND r.name IN ('Watcher', 'Desk')`); n != 2 {
		t.Errorf("%d of the roles that nothing else uses went along", n)
	}
	ok(t, o.Undo(t.Context(), op, o.lastEvent(t)))
	if n := count(t, o.DB, `practice WHERE name = 'Supplier management'`); n != 0 {
		t.Error("the undo left the new practice")
	}
}

func TestRefusesToMove(t *testing.T) {
	o := buildOffice(t)
	move := func(by itsm.Actor, m store.ProcessMove) error {
		return o.MoveProcesses(t.Context(), by, []store.ProcessMove{m})
	}
	owner := func(practices ...int64) itsm.Actor {
		a := itsm.Actor{AccountID: 1, PersonID: o.joe, Today: storetest.Today}
		for _, p := range practices {
			a.Hats = append(a.Hats, itsm.Hat{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: p})
		}
		return a
	}
	there := store.ProcessMove{ProcessID: o.process, To: o.to, Counter: store.Latest}
	for name, by := range map[string]itsm.Actor{"the Owner it leaves": owner(o.from), "the Owner it comes to": owner(o.to), "nobody": owner()} {
		if err := move(by, there); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s alone moves it: %v", name, err)
		}
	}
	entry := entryOf(t, "supplier-management")
	if err := move(owner(o.from, o.to), store.ProcessMove{ProcessID: o.process, Library: &entry, Counter: store.Latest}); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("an Owner adds a practice by moving: %v", err)
	}
	conflicts(t, move(op, store.ProcessMove{ProcessID: o.process, To: o.to, Counter: 99}), "after you looked at it")
	conflicts(t, move(op, store.ProcessMove{ProcessID: o.process, To: o.from, Counter: store.Latest}), "moved or archived meanwhile")
	addProcess(t, o.DB, o.to, "event MANAGEMENT")
	if err := move(op, there); err == nil || !strings.Contains(err.Error(), "of this name already") {
		t.Errorf("two of one name: %v", err)
	}
	if p := must[store.Process](t)(o.Process(t.Context(), op, o.process, storetest.Today)); p.PracticeID != o.from {
		t.Error("a refused move moved")
	}
	external := itsm.Actor{AccountID: 1, External: true, Sees: []int64{o.to}, Today: storetest.Today}
	if plans := must[[]store.MovePlan](t)(o.MovePlans(t.Context(), external, []store.ProcessMove{there})); len(plans) != 0 {
		t.Errorf("an external reads of a practice out of sight: %+v", plans)
	}
}

func TestOwnerOfBothMoves(t *testing.T) {
	o := buildOffice(t)
	by := itsm.Actor{Operator: false, AccountID: account(t, o), PersonID: o.joe, Today: storetest.Today, Hats: []itsm.Hat{
		{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: o.from}, {Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: o.to}}}
	ok(t, o.MoveProcesses(t.Context(), by, []store.ProcessMove{{ProcessID: o.process, To: o.to, Counter: store.Latest}}))
}

func account(t *testing.T, o office) int64 {
	t.Helper()
	return must[int64](t)(o.AddAccount(t.Context(), op, itsm.NewAccount{PersonID: o.joe, Email: "joe@example.org"}))
}

func (o office) merge(by itsm.Actor, t *testing.T, stays int64) error {
	keep := storetest.Value[int64](t, o.DB, `SELECT counter FROM practice WHERE id = $1`, o.to)
	other := storetest.Value[int64](t, o.DB, `SELECT counter FROM practice WHERE id = $1`, o.from)
	return o.MergePractices(t.Context(), by, o.to, o.from, stays, keep, other)
}

func TestMakesTwoPracticesOne(t *testing.T) {
	o := buildOffice(t)
	third := addPractice(t, o.DB, "Service desk")
	ok(t, o.RelatePractices(t.Context(), op, o.from, third, "calls"))
	ok(t, o.RelatePractices(t.Context(), op, o.from, o.to, ""))
	service := must[int64](t)(o.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	ok(t, o.AddSupport(t.Context(), op, service, itsm.Support{PracticeID: o.from}))
	addProcess(t, o.DB, o.to, "Unload at night")
	must[int64](t)(o.AddPolicy(t.Context(), op, itsm.Policy{Number: "POL-1", Title: "Watch", Statement: "Watch.", Driver: itsm.Internal, OwnerRoleID: o.owner},
		[]itsm.NewAttachment{{Target: itsm.Target{PracticeID: o.from}, From: storetest.Today}}))
	joe := account(t, o)
	ok(t, o.GrantAccount(t.Context(), op, itsm.NewGrant{AccountID: joe, Kind: itsm.GrantAuditor, PracticeID: o.from, LastDay: "2027-01-31"}))

	plan := must[store.PracticeMerge](t)(o.PracticeMergePlan(t.Context(), op, o.to, o.from))
	if len(plan.Processes) != 2 || len(plan.Taken) != 1 || plan.Relations != 2 || plan.Services != 1 || plan.Policies != 1 || plan.Auditors != 1 ||
		plan.KeepOwners[0] != "Ana Ruiz" || plan.OtherOwners[0] != "Joe Okafor" || plan.SameOwner {
		t.Errorf("plan: %+v", plan)
	}
	conflicts(t, o.merge(op, t, 0), "whether Ana Ruiz or Joe Okafor stays")
	ok(t, o.merge(op, t, o.from))

	after := must[store.Practice](t)(o.Practice(t.Context(), op, o.to, storetest.Today))
	if len(after.Processes) != 3 || len(after.Services) != 1 || len(after.Related) != 1 || after.Related[0].PracticeID != third {
		t.Errorf("%d processes, %d services, related %+v", len(after.Processes), len(after.Services), after.Related)
	}
	owner := ""
	for _, h := range after.Holdings {
		if h.RoleID == plan.KeepOwner.ID {
			owner += h.Name
		}
	}
	if owner != "Joe Okafor" {
		t.Errorf("answers: %s", owner)
	}
	yesterday := must[store.Practice](t)(o.Practice(t.Context(), op, o.to, storetest.Today.AddDate(0, 0, -1)))
	if !slices.ContainsFunc(yesterday.Holdings, func(h itsm.Holding) bool { return h.RoleID == plan.KeepOwner.ID && h.Name == "Ana Ruiz" }) {
		t.Errorf("yesterday answered: %+v", yesterday.Holdings)
	}
	if got := o.letters(t); !strings.Contains(got, "Owner of Monitoring and event management: I") || !strings.Contains(got, "Watcher of Monitoring and event management: R") || strings.Contains(got, "Operations") {
		t.Errorf("letters: %s", got)
	}
	if n := count(t, o.DB, `process WHERE name = 'Unload at night (Operations)'`); n != 1 {
		t.Error("of two processes of one name none says where it came from")
	}
	for what, sql := range map[string]string{
		"policies": `policy_attachment WHERE practice_id = $1`, "auditors": `account_grant WHERE practice_id = $1`,
		"policy's owner": `policy y JOIN role r ON r.id = y.owner_role_id WHERE r.practice_id = $1 AND r.archived_at IS NULL`,
	} {
		if n := count(t, o.DB, sql, o.to); n != 1 {
			t.Errorf("%s: %d", what, n)
		}
	}
	gone := must[store.Practice](t)(o.Practice(t.Context(), op, o.from, storetest.Today))
	if !gone.Archived || gone.MergedInto.ID != o.to || len(gone.Processes) != 0 {
		t.Errorf("the other: archived %v, points at %d", gone.Archived, gone.MergedInto.ID)
	}
	if n := count(t, o.DB, `event_about WHERE kind = 'person' AND id IN ($1, $2) AND event_id = $3`, o.joe, o.ana, o.lastEvent(t)); n != 2 {
		t.Errorf("of the two Owners the histories of %d say that the practices were made one", n)
	}
	conflicts(t, o.RestorePractice(t.Context(), op, o.from), "undo that instead")
	ok(t, o.Undo(t.Context(), op, o.lastEvent(t)))
	back := must[store.Practice](t)(o.Practice(t.Context(), op, o.from, storetest.Today))
	if back.Archived || len(back.Processes) != 2 || len(back.Related) != 2 || len(back.Roles) != 5 {
		t.Errorf("after the undo: %+v", back)
	}
	if n := count(t, o.DB, `assignment WHERE upper_inf(during) AND state = 'appointed'`); n != 5 {
		t.Errorf("%d hats go on after the undo; want 5", n)
	}
}

func TestTheOwnerWhoIsThereStays(t *testing.T) {
	o := buildOffice(t)
	ok(t, o.merge(op, t, o.to))
	if n := count(t, o.DB, `assignment a JOIN role r ON r.id = a.role_id WHERE r.practice_id = $1 AND r.kind = 'owner' AND r.archived_at IS NULL AND a.person_id = $2`, o.to, o.ana); n != 1 {
		t.Error("Ana does not stay")
	}
	if n := count(t, o.DB, `assignment WHERE person_id = $1 AND upper(during) = $2`, o.joe, storetest.Today); n != 1 {
		t.Error("Joe's hat did not end today")
	}
}

// Who owns both goes on owning, and nobody is asked; who only stands by, or is proposed, is no Owner to choose.
func TestOneOwnerOfTwoPracticesStaysUnasked(t *testing.T) {
	for name, c := range map[string]struct {
		joe      bool // is the Owner there too
		proposed bool
		as       itsm.NewAssignment
		asked    bool
	}{
		"the same person":          {joe: true},
		"only a deputy there":      {as: itsm.NewAssignment{Capacity: itsm.Deputy}},
		"only a proposal there":    {proposed: true},
		"an Owner who comes later": {as: itsm.NewAssignment{From: storetest.Today.AddDate(0, 1, 0)}, asked: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := buildOffice(t)
			ok(t, o.Withdraw(t.Context(), op, storetest.Value[int64](t, o.DB, `SELECT id FROM assignment WHERE role_id = $1`, o.toOwner), "Another one."))
			c.as.RoleIDs, c.as.PersonIDs = []int64{o.toOwner}, []int64{o.ana}
			if c.joe {
				c.as.PersonIDs[0] = o.joe
			}
			if c.as.From.IsZero() {
				c.as.From = storetest.Today
			}
			appoint := o.Appoint
			if c.proposed {
				appoint = o.Propose
			}
			must[[]int64](t)(appoint(t.Context(), op, c.as))
			plan := must[store.PracticeMerge](t)(o.PracticeMergePlan(t.Context(), op, o.to, o.from))
			if asks := len(plan.KeepOwners) > 0 && len(plan.OtherOwners) > 0 && !plan.SameOwner; asks != c.asked {
				t.Errorf("asks which Owner stays: %v", asks)
			}
			if c.asked {
				conflicts(t, o.merge(op, t, 0), "whether Ana Ruiz or Joe Okafor stays")
				return
			}
			ok(t, o.merge(op, t, 0))
			if n := count(t, o.DB, `assignment WHERE role_id = $1 AND person_id = $2 AND capacity = 'holder' AND state = 'appointed' AND upper_inf(during)`, o.toOwner, o.joe); n != 1 {
				t.Errorf("%d times the Owner afterwards", n)
			}
		})
	}
}

func TestWhoMayMakePracticesOne(t *testing.T) {
	o := buildOffice(t)
	owner := itsm.Actor{AccountID: 1, PersonID: o.joe, Today: storetest.Today, Hats: []itsm.Hat{
		{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: o.from}, {Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: o.to}}}
	if err := o.merge(owner, t, o.to); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("the Owner of both makes them one: %v", err)
	}
	conflicts(t, o.MergePractices(t.Context(), op, o.to, o.from, o.to, 98, 99), "after you looked at them")
	external := itsm.Actor{AccountID: 1, External: true, Sees: []int64{o.to}, Today: storetest.Today}
	if _, err := o.PracticeMergePlan(t.Context(), external, o.to, o.from); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("an external reads of a practice out of sight: %v", err)
	}
}

// TestEverythingThatNamesAPracticeIsMerged: whoever lets a new table name a practice says what a merge does with it.
func TestEverythingThatNamesAPracticeIsMerged(t *testing.T) {
	db := storetest.New(t)
	got := storetest.Value[string](t, db, `
		SELECT string_agg(conrelid::regclass || '.' || a.attname, ' ' ORDER BY conrelid::regclass::text, a.attname)
		FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
		WHERE c.contype = 'f' AND c.confrelid = 'practice'::regclass`)
	const want = "accepted_gap.practice_id account_grant.practice_id action.practice_id policy_attachment.practice_id practice.merged_into_id " +
		"practice_relation.practice_id practice_relation.related_id process.practice_id role.practice_id service_support.practice_id"
	if got != want {
		t.Errorf("named by %s\nmergePractice knows %s", got, want)
	}
}

func TestAnswersWhatAPracticeNeeds(t *testing.T) {
	db := storetest.New(t)
	id := addPractice(t, db, "Service desk")
	ok(t, db.FillDimension(t.Context(), op, id, "partners_suppliers", "Corvid answers at night."))
	if p := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today)); p.PartnersSuppliers != "Corvid answers at night." || p.ValueStreams != "" {
		t.Errorf("written: %+v", p.Practice)
	}
	conflicts(t, db.FillDimension(t.Context(), op, id, "partners_suppliers", "Others."), "meanwhile")
	for field, text := range map[string]string{"name": "x", "value_streams": "  "} {
		if err := db.FillDimension(t.Context(), op, id, field, text); !errors.As(err, &itsm.Invalid{}) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
