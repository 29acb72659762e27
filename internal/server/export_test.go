package server_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store/storetest"
)

// file reads a download: its head, and its rows by the name of the column.
func (r reader) file(path string) (head []string, rows []map[string]string) {
	r.t.Helper()
	a := r.get(path)
	if a.status != http.StatusOK {
		r.t.Fatalf("%s: %d %.300s", path, a.status, a.text())
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\ufeff"))).ReadAll()
	if err != nil {
		r.t.Fatalf("%s: %v", path, err)
	}
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

// column is one column of a download's rows.
func column(rows []map[string]string, name string) (cells []string) {
	for _, r := range rows {
		cells = append(cells, r[name])
	}
	return cells
}

func TestThePeopleOfAFilterAreDownloaded(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	// Beyond a page of the list, and beyond what is read at a time.
	facts(t, s.DB, `INSERT INTO person (name, sort_name, title) SELECT 'Nr ' || n, 'Nr ' || n, 'Clerk' FROM generate_series(1, 1200) n`)
	s.wear(s.analyst, s.ana, 0)
	reader, lead := s.as(s.reader), s.as(s.lead)
	head, all := reader.file("/people.csv")
	if want := 1205; len(all) != want {
		t.Errorf("%d people, want %d", len(all), want)
	}
	if slices.Contains(head, "E-mail") || slices.Contains(head, "Phone") {
		t.Errorf("a plain reader takes everybody's contact away: %v", head)
	}
	if head, _ := lead.file("/people.csv"); !slices.Contains(head, "E-mail") {
		t.Errorf("who may import people cannot take the list: %v", head)
	}
	_, found := reader.file("/people.csv?q=a&hats=some&sort=name&order=down&page=7")
	if got := column(found, "Name"); !slices.Equal(got, []string{"Ana Souza", "Ingrid Solberg"}) {
		t.Errorf("got %v", got)
	}
	if found[0]["Hats"] != "1" {
		t.Errorf("got %v", found[0])
	}
}

func TestAPlannedLeavingIsNotDownloaded(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	facts(t, s.DB, `UPDATE person SET employed = daterange(NULL, '2026-12-24') WHERE id = `+itoa(s.ana))
	facts(t, s.DB, `UPDATE person SET employed = daterange(NULL, '2026-11-01') WHERE id = `+itoa(s.jonas))
	for by, want := range map[int64]string{s.reader: "", s.lead: "2026-12-23"} {
		if _, rows := s.as(by).file("/people.csv?q=ana"); rows[0]["Last day"] != want {
			t.Errorf("got %q, want %q", rows[0]["Last day"], want)
		}
	}
	if _, rows := s.as(s.reader).file("/people.csv?left=1"); len(rows) != 1 || rows[0]["Last day"] != "2026-10-31" {
		t.Errorf("those who left: %v", rows)
	}
}

func same(t *testing.T, m *itsm.Matrix, g sheet.Grid) {
	t.Helper()
	if len(g.Roles) != len(m.Columns) || len(g.Activities) != len(m.Rows) {
		t.Errorf("%s: %d × %d became %d × %d", m.Process, len(m.Rows), len(m.Columns), len(g.Activities), len(g.Roles))
		return
	}
	for i, row := range m.Rows {
		a := g.Activities[i]
		if a.Name != row.Name || a.Section != row.Section {
			t.Errorf("%s: row %q in %q became %q in %q", m.Process, row.Name, row.Section, a.Name, a.Section)
		}
		for c, cell := range row.Cells {
			if !strings.HasPrefix(g.Roles[c], m.Columns[c].Role.Name) {
				t.Errorf("%s: %s became %s", m.Process, m.Columns[c].Role.Name, g.Roles[c])
			}
			if got := a.Cells[g.Roles[c]]; got.RACI() != cell.Letters.String() || got.Note != cell.Note {
				t.Errorf("%s, %s, %s: %s (%s) became %s (%s)", m.Process, row.Name, g.Roles[c], cell.Letters, cell.Note, got.RACI(), got.Note)
			}
		}
	}
}

// fetch reads an address as somebody who is signed in.
func fetch(t *testing.T, h http.Handler, session *http.Cookie, path string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(session)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

// exports are every list that downloads, with a column that all of them have.
func (s scene) exports() map[string]string {
	person, team, company := itoa(s.marta), itoa(s.desk), itoa(s.acme)
	return map[string]string{
		"/people.csv": "Name", "/teams.csv": "Team", "/companies.csv": "Company", "/regions.csv": "Region", "/practices.csv": "Practice", "/services.csv": "Service",
		"/roles.csv": "Role", "/map.csv": "Wears it", "/practices/" + itoa(s.practice) + "/processes.csv": "Process", "/processes/" + itoa(s.process) + "/activities.csv": "Activity",
		"/processes/" + itoa(s.process) + "/raci.csv": "Activity", "/people/" + person + "/hats.csv": "Role", "/teams/" + team + "/hats.csv": "Role",
		"/teams/" + team + "/members.csv": "Name", "/companies/" + company + "/hats.csv": "Role",
	}
}

// The workbook of a list says what its text says, whoever takes it away and however it is narrowed.
func TestEveryListIsAWorkbookToo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	facts(t, s.DB, `UPDATE person SET title = '=1+1' WHERE id = `+itoa(s.marta))
	for _, who := range []reader{s.as(s.reader), s.as(s.lead)} {
		for path := range s.exports() {
			if strings.HasSuffix(path, "/raci.csv") {
				continue // a matrix has its own
			}
			path += "?q=a"
			head, rows := who.file(path)
			a := who.get(strings.Replace(path, ".csv", ".xlsx", 1))
			tables, err := sheet.ReadTables("list.xlsx", []byte(a.body), sheet.Limits{})
			if a.status != http.StatusOK || err != nil {
				t.Errorf("%s: %d, %v", path, a.status, err)
				continue
			}
			if got := tables[0].Rows; len(got) != len(rows)+1 || !slices.Equal(got[0].Cells, head) {
				t.Errorf("%s: %d rows below %v, want %d below %v", path, len(got)-1, got[0].Cells, len(rows), head)
				continue
			}
			for i, row := range rows {
				for n, name := range head {
					if got := tables[0].Rows[i+1].Cell(n); got != strings.TrimPrefix(row[name], "'") {
						t.Errorf("%s, row %d, %s: %q, want %q", path, i, name, got, row[name])
					}
				}
			}
		}
	}
	if a := s.as(s.reader).get("/accounts.xlsx"); a.status != http.StatusForbidden {
		t.Errorf("the accounts are for everybody: %d", a.status)
	}
}

func TestEveryListIsDownloaded(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, From: storetest.Today, Announced: true}))
	must[int64](t)(s.AddService(ctx, op, itsm.Service{Name: "Payroll"}))
	reader := s.as(s.reader)
	for path, column := range s.exports() {
		head, _ := reader.file(path)
		if !slices.Contains(head, column) {
			t.Errorf("%s begins with %v", path, head)
		}
	}
	_, hats := reader.file("/map.csv?kind=manager")
	if len(hats) != 2 { // the SMO lead is one, too
		t.Errorf("got %v", hats)
	}
	_, hats = reader.file("/map.csv?practice=" + itoa(s.practice) + "&sort=name")
	if got := column(hats, "Wears it"); !slices.Equal(got, []string{"Marta Nowak", "Service desk", "Jonas Weber"}) {
		t.Errorf("by name: %v", got)
	}
	if jonas := hats[2]; jonas["Role"] != "Practice Manager" || jonas["Practice"] != "Incident management" || jonas["Region"] != "EMEA" || jonas["From"] != "2026-11-23" || jonas["As"] != "holder" || jonas["State"] != "appointed" {
		t.Errorf("got %v", jonas)
	}
	if _, has := hats[0]["E-mail"]; has {
		t.Error("a reader takes addresses out")
	}
	lead := s.as(s.lead) // who may bring such a list back is given what tells people of one name apart
	_, own := lead.file("/map.csv?practice=" + itoa(s.practice) + "&sort=name")
	if own[2]["E-mail"] == "" {
		t.Errorf("no address in %v", own[2])
	}
	lead.get(lead.upload("/import/assignments", "hats.csv", []byte(lead.get("/map.csv").body)).to).shows(t, http.StatusOK, "0 new", "0 need you")
	_, steps := reader.file("/processes/" + itoa(s.process) + "/activities.csv?region=" + itoa(s.apac))
	if log := steps[0]; log["Activity"] != "Log" || log["Answers"] != "Practice Manager" || log["Who answers"] != "Marta Nowak" || log["Does"] != "Practitioner" {
		t.Errorf("got %v", log)
	}
	if fix := steps[2]; fix["From owner"] != "yes" || !strings.Contains(fix["Check"], "No R") {
		t.Errorf("got %v", fix)
	}
	_, roles := reader.file("/roles.csv?practice=" + itoa(s.practice))
	if got := column(roles, "Held by"); !slices.Equal(got, []string{"1", "1", "1"}) {
		t.Errorf("held by %v", got)
	}
}

// Plans, reasons and shares stand in no file of who may not read them.
func TestNoFileTellsWhatIsPrivate(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	later := storetest.Today.AddDate(0, 1, 0)
	share := 37
	for _, in := range []itsm.NewAssignment{
		{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.ana}, From: later, Reason: "a secret reason", Share: &share},
		{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: later, Announced: true},
	} {
		must[[]int64](t)(s.Appoint(ctx, op, in))
	}
	plain, lead := s.as(s.reader), s.as(s.lead)
	known := func(r reader) []string {
		_, rows := r.file("/map.csv?kind=practitioner")
		return column(rows, "Wears it")
	}
	if got := known(plain); !slices.Equal(got, []string{"Jonas Weber"}) {
		t.Errorf("a plain reader knows of %v", got)
	}
	if got := known(lead); !slices.Contains(got, "Ana Souza") {
		t.Errorf("the lead knows of %v alone", got)
	}
	if _, rows := plain.file("/people/" + itoa(s.ana) + "/hats.csv"); len(rows) != 0 {
		t.Errorf("the hats of Ana: %v", rows)
	}
	if strings.Contains(plain.get("/people/"+itoa(s.ana)).body, "/hats.csv") {
		t.Error("a way to hats that nobody may know of says that there are some")
	}
	for path := range s.exports() {
		if body := plain.get(path).body; strings.Contains(body, "secret reason") || strings.Contains(body, "37") {
			t.Errorf("%s tells a reason or a share", path)
		}
	}
}

// An external downloads what lies in the practices they see, and nothing of the directory.
func TestExternalsDownloadTheirPracticesAlone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	theirs := must[int64](t)(s.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Supplier liaison", Category: "general", State: "in use"}))
	facts(t, s.DB, `INSERT INTO person (name, sort_name, company_id) VALUES ('Dana Petrov', 'Petrov', `+itoa(s.acme)+`)`)
	dana := storetest.Value[int64](t, s.DB, `SELECT id FROM person WHERE name = 'Dana Petrov'`)
	external := s.as(dana)
	walk := func(seen ...string) {
		t.Helper()
		for path := range s.exports() {
			a := external.get(path)
			if a.status != http.StatusOK {
				continue
			}
			for _, secret := range []string{"Marta Nowak", "Jonas Weber", "Incident management", "Handle an incident", "Ingrid", "SMO", "Service desk", "Corvid"} {
				if strings.Contains(a.body, secret) && !slices.Contains(seen, secret) {
					t.Errorf("%s tells an external of %s:\n%s", path, secret, a.body)
				}
			}
		}
	}
	walk()
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'practitioner'`, theirs), dana, 0)
	walk("Corvid")
	if _, rows := external.file("/map.csv"); len(rows) != 1 || rows[0]["Wears it"] != "Dana Petrov" {
		t.Errorf("who wears which hat, for the external: %v", rows)
	}
	if _, rows := external.file("/practices.csv"); len(rows) != 1 || rows[0]["Practice"] != "Supplier liaison" {
		t.Errorf("the external's practices: %v", rows)
	}
	for path, want := range map[string]int{"/people.csv": 403, "/teams.csv": 403, "/companies.csv": 403, "/regions.csv": 403, "/accounts.csv": 403, s.raci() + ".csv": 404, "/people/" + itoa(s.marta) + "/hats.csv": 404} {
		if got := external.get(path).status; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

// Who held a role when is taken away with who decided it, as far as its reader may know.
func TestWhoHeldARoleWhenIsDownloaded(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	appoint := func(who int64, from int, until int) {
		a := itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{who}, From: storetest.Today.AddDate(0, from, 0), DecidedBy: "Board", Reference: "B-7", Reason: "Found so."}
		if until != from {
			end := storetest.Today.AddDate(0, until, 0)
			a.Until = &end
		}
		must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, a))
	}
	appoint(s.jonas, -6, -2)
	appoint(s.marta, -2, 1)
	appoint(s.ana, 1, 1)
	for by, want := range map[int64][]string{s.lead: {"Ana Souza", "Marta Nowak", "Jonas Weber"}, s.reader: {"Marta Nowak", "Jonas Weber"}} {
		head, held := s.as(by).file("/roles/" + itoa(s.owner) + "/held.csv")
		if got := column(held, "Held by"); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		last := held[len(held)-1]
		if last["From"] != "2026-05-23" || last["Last day"] != "2026-09-22" || last["Decided by"] != "Board" || last["Reference"] != "B-7" || slices.Contains(head, "Reason") {
			t.Errorf("the first of them: %v", last)
		}
		if !strings.Contains(s.as(by).get("/roles/"+itoa(s.owner)).body, "/held.csv") {
			t.Error("no link leads to it")
		}
	}
	if _, held := s.as(s.reader).file("/people/" + itoa(s.jonas) + "/held.csv"); len(held) != 1 || held[0]["Of"] != "Incident management" {
		t.Errorf("somebody's own: %v", held)
	}
	s.as(s.reader).get("/roles/999999/held.csv").shows(t, http.StatusNotFound)
}
