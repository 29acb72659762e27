package store_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// sheetOf is a process of the house with its three roles and two activities.
type sheetOf struct {
	house
	process, log, closing int64
}

func buildMatrix(t *testing.T) sheetOf {
	t.Helper()
	s := sheetOf{house: build(t)}
	s.process = addProcess(t, s.DB, s.practice, "Handle an incident")
	s.log = addActivity(t, s.DB, s.process, "Log", 0)
	s.closing = addActivity(t, s.DB, s.process, "Close", 0)
	return s
}

func (s sheetOf) set(t *testing.T, activity, role int64, letters string) {
	t.Helper()
	l, _ := itsm.ParseLetters(letters)
	ok(t, s.SetCell(t.Context(), op, store.CellEdit{ProcessID: s.process, ActivityID: activity, RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: l}}))
}

func (s sheetOf) matrix(t *testing.T) *itsm.Matrix {
	t.Helper()
	m, err := s.Matrix(t.Context(), op, s.process, storetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// letters writes a row as "A|R|": a word a column.
func letters(row itsm.Row) string {
	var words []string
	for _, c := range row.Cells {
		words = append(words, c.Letters.String())
	}
	return strings.Join(words, "|")
}

// A service is offered where it makes a difference: a hat is worn for it, or a column stands for its owner.
func TestServicesOfAMatrix(t *testing.T) {
	s := buildMatrix(t)
	payroll := must[int64](t)(s.AddService(t.Context(), op, itsm.Service{Name: "payroll"}))
	depot := must[int64](t)(s.AddService(t.Context(), op, itsm.Service{Name: "Depot network"}))
	offered := func() string {
		var names []string
		for _, v := range s.matrix(t).Services {
			names = append(names, v.Name)
		}
		return strings.Join(names, ", ")
	}
	if got := offered(); got != "" {
		t.Errorf("nobody and nothing differs by service: %s", got)
	}
	for _, id := range []int64{payroll, depot} {
		in := s.of(s.analyst, s.marta)
		in.ServiceID = id
		if id == payroll {
			in.PersonIDs = []int64{s.ana}
		}
		s.appoint(t, in)
	}
	if got := offered(); got != "Depot network, payroll" {
		t.Errorf("with two hats for services: %s", got)
	}
	must[int64](t)(s.AddService(t.Context(), op, itsm.Service{Name: "Mail"}))
	ok(t, s.AddColumn(t.Context(), op, s.process, storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE stands_for = 'service owner'`), store.Latest))
	if got := offered(); got != "Depot network, Mail, payroll" {
		t.Errorf("with a column for the owner of any: %s", got)
	}
	for _, v := range s.matrix(t).Services {
		if v.OwnerID == 0 {
			t.Errorf("%s without its Owner", v.Name)
		}
	}
}

func TestMatrixOfAProcess(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.manager, "A")
	s.set(t, s.log, s.analyst, "R")
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, s.of(s.owner, s.marta)))
	regional := s.of(s.manager, s.ana)
	regional.RegionID = s.americas
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, regional))
	m := s.matrix(t)
	if m.Process != "Handle an incident" || m.Practice != "Incident management" || !m.Editable || len(m.Columns) != 3 || len(m.Rows) != 2 {
		t.Fatalf("got %+v", m)
	}
	if m.Columns[0].Source != itsm.OfPractice || m.Columns[0].Role.ScopeName != "Incident management" || m.Owner.Role.ID != s.owner {
		t.Errorf("columns: %+v, owner %+v", m.Columns[0], m.Owner)
	}
	if got := letters(m.Rows[0]); got != "|A|R" {
		t.Errorf("row is %s", got)
	}
	for region, want := range map[int64]string{s.americas: "Ana Souza", s.germany: "Marta Nowak"} {
		if _, who := m.Answers(m.Rows[0], region, 0).Person(); who != want {
			t.Errorf("in region %d %q answers, want %s", region, who, want)
		}
	}
	if _, who := m.Answers(m.Rows[1], 0, 0).Person(); who != "Marta Nowak" {
		t.Errorf("without an A %q answers", who)
	}
}

func TestMatrixOfAnotherDayAndForAnotherReader(t *testing.T) {
	s := buildMatrix(t)
	later := s.of(s.manager, s.ana)
	later.From, later.Announced, later.RegionID = storetest.Today.AddDate(0, 1, 0), false, s.americas
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, later))
	day := later.From.AddDate(0, 0, 3)
	manages := func(region int64) itsm.Actor {
		by := s.actor(s.henrik)
		by.Hats = []itsm.Hat{{Kind: itsm.Manager, PracticeID: s.practice, Capacity: itsm.Holder, Regions: []int64{region}}}
		return by
	}
	for name, c := range map[string]struct {
		by   itsm.Actor
		held int
	}{
		"the lead": {s.lead, 1}, "a plain reader": {s.actor(s.henrik), 0},
		"the Manager there": {manages(s.americas), 1}, "a Manager of another region": {manages(s.germany), 0},
	} {
		m, err := s.Matrix(t.Context(), c.by, s.process, day)
		if err != nil || len(m.Columns[1].Holdings) != c.held {
			t.Errorf("%s sees %v, %v; want %d unannounced", name, m.Columns[1].Holdings, err, c.held)
		}
	}
	if m := s.matrix(t); m.Columns[1].Held() {
		t.Error("held before its first day")
	}
	outsider := s.actor(s.dilnoza)
	outsider.External = true
	if _, err := s.Matrix(t.Context(), outsider, s.process, storetest.Today); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("an external account got %v", err)
	}
	outsider.Sees = []int64{s.practice}
	if _, err := s.Matrix(t.Context(), outsider, s.process, storetest.Today); err != nil {
		t.Errorf("where it holds a hat it got %v", err)
	}
}

func TestSetCell(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.owner, "A")
	set := func(role int64, l itsm.Letters, note string, move bool) error {
		return s.SetCell(t.Context(), op, store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: role, Counter: s.matrix(t).Rows[0].Counter, Cell: itsm.Cell{Letters: l, Note: note}, Move: move})
	}
	conflicts(t, set(s.manager, itsm.LetterA, "", false), "Incident owner answers for this activity already")
	if got := letters(s.matrix(t).Rows[0]); got != "A||" {
		t.Fatalf("a refused A left %s", got)
	}
	ok(t, set(s.manager, itsm.LetterA|itsm.LetterR, "only major ones", true))
	if got := s.matrix(t).Rows[0]; letters(got) != "|AR|" || got.Cells[1].Note != "only major ones" {
		t.Fatalf("moved: %+v", got)
	}
	said := storetest.Value[string](t, s.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`)
	if !strings.HasPrefix(said, "moved the A of [[activity:") || !strings.Contains(said, "from [[role:") {
		t.Errorf("said %q", said)
	}
	var invalid itsm.Invalid
	for name, err := range map[string]error{
		"a note without a letter": set(s.analyst, 0, "when", false),
		"S where it is off":       set(s.analyst, itsm.LetterS, "", false),
		"a note too long":         set(s.analyst, itsm.LetterR, strings.Repeat("x", itsm.NoteMax+1), false),
	} {
		if !errors.As(err, &invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	ok(t, set(s.manager, 0, "", false))
	if got := letters(s.matrix(t).Rows[0]); got != "||" {
		t.Errorf("cleared: %s", got)
	}
}

func TestWhoMaySetACell(t *testing.T) {
	s := buildMatrix(t)
	edit := store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: s.owner, Counter: 1, Cell: itsm.Cell{Letters: itsm.LetterA}}
	for name, hats := range map[string][]itsm.Hat{
		"a plain reader":             nil,
		"a practitioner of the same": {{Kind: itsm.Practitioner, PracticeID: s.practice, Capacity: itsm.Holder}},
		"a manager of another":       {{Kind: itsm.Manager, PracticeID: s.practice + 1, Capacity: itsm.Holder}},
	} {
		if err := s.SetCell(t.Context(), s.actor(s.ana, hats...), edit); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	ok(t, s.SetCell(t.Context(), s.actor(s.ana, itsm.Hat{Kind: itsm.Manager, PracticeID: s.practice, Capacity: itsm.Holder}), edit))
	other := addProcess(t, s.DB, s.practice, "Another")
	edit.ProcessID, edit.Counter = other, store.Latest
	conflicts(t, s.SetCell(t.Context(), op, edit), "was taken out meanwhile")
}

func TestAnotherRowNeverConflicts(t *testing.T) {
	s := buildMatrix(t)
	before := s.matrix(t)
	edit := store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: s.owner, Counter: before.Rows[0].Counter, Cell: itsm.Cell{Letters: itsm.LetterA}}
	ok(t, s.SetCell(t.Context(), op, edit))
	other := edit
	other.ActivityID, other.Counter = s.closing, before.Rows[1].Counter
	ok(t, s.SetCell(t.Context(), op, other))
	edit.RoleID, edit.Letters = s.manager, itsm.LetterI
	conflicts(t, s.SetCell(t.Context(), op, edit), "Somebody else changed this row meanwhile")
	by := func() string {
		_, who, _, err := s.RowChange(t.Context(), s.log)
		ok(t, err)
		return who
	}
	if who := by(); who != "The operator" {
		t.Errorf("changed by %q", who)
	}
	// Who takes out a column changes the rows that have letters in it.
	ok(t, s.RemoveColumn(t.Context(), s.actor(s.ana, itsm.Hat{Kind: itsm.Owner, PracticeID: s.practice, Capacity: itsm.Holder}), s.process, s.owner, store.Latest))
	if who := by(); who != "Ana Souza" {
		t.Errorf("changed by %q", who)
	}
}

func TestSetRow(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.owner, "A")
	row := store.RowEdit{ProcessID: s.process, ActivityID: s.log, Counter: s.matrix(t).Rows[0].Counter, Cells: map[int64]itsm.Cell{
		s.owner: {Letters: itsm.LetterI}, s.manager: {Letters: itsm.LetterA | itsm.LetterR, Note: "at once"}, s.analyst: {},
	}}
	ok(t, s.SetRow(t.Context(), op, row))
	if got := s.matrix(t).Rows[0]; letters(got) != "I|AR|" || got.Cells[1].Note != "at once" {
		t.Errorf("got %+v", got)
	}
	conflicts(t, s.SetRow(t.Context(), op, row), "Somebody else changed this row meanwhile")
	row.Counter, row.Cells[s.owner] = store.Latest, itsm.Cell{Letters: itsm.LetterA}
	if err := s.SetRow(t.Context(), op, row); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("two A in a form: got %v", err)
	}
	row.Cells = map[int64]itsm.Cell{s.owner: {}, s.manager: {Note: "left alone"}}
	if err := s.SetRow(t.Context(), op, row); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("a note without a letter: got %v", err)
	}
	if got := letters(s.matrix(t).Rows[0]); got != "I|AR|" {
		t.Errorf("a refused form left %s", got)
	}
}

// Sixteen editors fight over one row: what is accepted and what is refused add up, and at no moment are there two A.
func TestNeverTwoAccountable(t *testing.T) {
	s := buildMatrix(t)
	roles := []int64{s.owner, s.manager, s.analyst}
	var accepted, refused atomic.Int64
	var wg sync.WaitGroup
	const editors, tries = 16, 12
	for n := range editors {
		wg.Go(func() {
			for i := range tries {
				m, err := s.Matrix(t.Context(), op, s.process, storetest.Today)
				if err != nil {
					t.Error(err)
					return
				}
				if m.Rows[0].Count(itsm.LetterA) > 1 {
					t.Error("two A in a row")
				}
				err = s.SetCell(t.Context(), op, store.CellEdit{
					ProcessID: s.process, ActivityID: s.log, RoleID: roles[(n+i)%3], Counter: m.Rows[0].Counter,
					Cell: itsm.Cell{Letters: itsm.LetterA}, Move: n%2 == 0,
				})
				switch {
				case err == nil:
					accepted.Add(1)
				case errors.As(err, &itsm.Conflict{}):
					refused.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if accepted.Load()+refused.Load() != editors*tries || accepted.Load() == 0 {
		t.Errorf("%d accepted and %d refused of %d", accepted.Load(), refused.Load(), editors*tries)
	}
	if counter := s.matrix(t).Rows[0].Counter; counter != accepted.Load()+1 {
		t.Errorf("the row counts %d changes, %d were accepted", counter-1, accepted.Load())
	}
}

func codes(gaps []itsm.Gap) string {
	var out []string
	for _, g := range gaps {
		out = append(out, string(g.Severity)+" "+g.Code)
	}
	return strings.Join(out, ", ")
}

func TestGapsOfProcessPracticeAndPerson(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.analyst, "R")
	s.set(t, s.log, s.manager, "A")
	_, gaps, err := s.ProcessGaps(t.Context(), op, s.process, storetest.Today)
	ok(t, err)
	if got := codes(gaps); got != "red owner-vacant, red no-responsible, red role-vacant, amber role-vacant, grey no-policy" {
		t.Errorf("bare: %s", got)
	}
	ended := s.of(s.owner, s.henrik)
	ended.From, ended.Until, ended.Reason = storetest.Today.AddDate(-1, 0, 0), itsm.Until(storetest.Today.AddDate(0, 0, -3)), "as found"
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, ended))
	ends := s.of(s.analyst, s.jonas)
	ends.Until = itsm.Until(storetest.Today.AddDate(0, 0, 20))
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, ends))
	addProcess(t, s.DB, s.practice, "Look back")
	matrices, gaps, err := s.PracticeGaps(t.Context(), op, s.practice, storetest.Today)
	ok(t, err)
	if got := codes(gaps); got != "red owner-vacant, red no-responsible, amber role-vacant, amber ends-soon, grey no-policy, grey single-holder, grey no-activities" || len(matrices) != 2 {
		t.Errorf("practice of %d processes: %s", len(matrices), got)
	}
	if want := "since 21 Nov 2026; it was Henrik Wolff"; !strings.Contains(gaps[0].Sentence, want) {
		t.Errorf("says %q, want %q in it", gaps[0].Sentence, want)
	}
	gaps, err = s.PersonGaps(t.Context(), op, s.jonas, storetest.Today)
	ok(t, err)
	if got := codes(gaps); got != "amber ends-soon, grey only-holder" {
		t.Errorf("person: %s", got)
	}
}
