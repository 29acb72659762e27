package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// raci is the address of the scene's matrix.
func (s scene) raci() string { return "/processes/" + itoa(s.process) + "/raci" }

func (s scene) cellForm(activity, role int64, letters, counter string) url.Values {
	return url.Values{"activity": {itoa(activity)}, "role": {itoa(role)}, "letters": {letters}, "counter": {counter}}
}

func TestTheMatrixNamesTheRightPersonPerRegion(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.manager, s.ana, s.apac)
	reader := s.as(s.reader)
	reader.get(s.raci()).shows(t, http.StatusOK, "A: one per region (2)", "A from owner", "A: Marta Nowak", "R held by nobody")
	reader.get(s.raci()+"?region="+itoa(s.germany)).shows(t, http.StatusOK, "A: Jonas Weber")
	reader.get(s.raci()+"?region="+itoa(s.apac)).shows(t, http.StatusOK, "A: Ana Souza")
	reader.get(s.raci()+"?view=people").shows(t, http.StatusOK, "Jonas Weber Practice Manager")
	reader.get(s.raci()+"?view=list").shows(t, http.StatusOK, "Practice Manager : one per region (2)")
	reader.get(s.raci()+"?view=column&role="+itoa(s.analyst)).shows(t, http.StatusOK, "R 1 Log", "R 2 Categorise")
	reader.get(s.raci()+"?on=yesterday").shows(t, http.StatusUnprocessableEntity)
	if body := reader.get(s.raci()).body; strings.Contains(body, "data-save") || strings.Contains(body, "/columns") {
		t.Error("a plain reader is offered to edit")
	}
	if body := s.as(s.lead).get(s.raci()).body; !strings.Contains(body, "data-save") {
		t.Error("the lead is not offered to edit")
	}
}

func TestACellIsSavedAndAnsweredWithItsRow(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	saved := lead.post(s.raci()+"/cell", s.cellForm(s.fix, s.analyst, "R", "1"))
	saved.shows(t, http.StatusOK)
	for _, piece := range []string{`data-activity="` + itoa(s.fix) + `"`, `data-counter="2"`, `id="grid-foot"`, `id="raci-tabs"`} {
		if !strings.Contains(saved.body, piece) {
			t.Errorf("%s is not in the answer", piece)
		}
	}
	stale := lead.post(s.raci()+"/cell", s.cellForm(s.fix, s.owner, "A", "1"))
	stale.shows(t, http.StatusConflict, "You changed this row elsewhere on 23 Nov at ", "Yours", "What stands now")
	for name, c := range map[string]struct {
		by     reader
		form   url.Values
		status int
	}{
		"a reader":                {s.as(s.reader), s.cellForm(s.fix, s.owner, "A", "2"), http.StatusForbidden},
		"letters there are not":   {lead, s.cellForm(s.fix, s.owner, "XY", "2"), http.StatusUnprocessableEntity},
		"no such activity":        {lead, s.cellForm(999_999, s.owner, "A", "2"), http.StatusNotFound},
		"a role outside":          {lead, s.cellForm(s.fix, 1, "R", "2"), http.StatusConflict},
		"a counter of no numbers": {lead, s.cellForm(s.fix, s.owner, "A", "two"), http.StatusUnprocessableEntity},
	} {
		if got := c.by.post(s.raci()+"/cell", c.form); got.status != c.status {
			t.Errorf("%s: got %d, want %d: %.200s", name, got.status, c.status, got.text())
		}
	}
}

func TestARowIsSavedByItsForm(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, address := s.as(s.lead), s.raci()+"/"+itoa(s.fix)
	lead.get(address).shows(t, http.StatusOK, "Restore", "Nobody does “Restore”")
	form := url.Values{"counter": {"1"}, "a": {itoa(s.manager)}, "r": {itoa(s.analyst), itoa(s.manager)}, "note[" + itoa(s.analyst) + "]": {"at night only"}}
	saved := lead.post(address, form)
	saved.shows(t, http.StatusSeeOther)
	lead.get(saved.to).shows(t, http.StatusOK, "at night only")
	form.Set("note["+itoa(s.analyst)+"]", "my other note")
	stale := lead.post(address, form)
	stale.shows(t, http.StatusConflict, "You changed this row elsewhere on 23 Nov at ", "What you typed", "R (my other note)", "R (at night only)")
	if text := stale.text(); strings.Contains(text, "omebody else") || strings.Contains(text, "Ingrid Solberg changed") {
		t.Error("who outran themselves is told that somebody else did")
	}
	s.wear(s.owner, s.marta, 0)
	s.as(s.marta).post(address, form).shows(t, http.StatusConflict, "Somebody else changed this row meanwhile.", "Ingrid Solberg changed this row on 23 Nov at ")
	if !strings.Contains(stale.body, `value="my other note"`) {
		t.Error("what was typed did not come back")
	}
	s.as(s.reader).post(address, form).shows(t, http.StatusForbidden)
	s.as(s.reader).get(address).shows(t, http.StatusOK, "at night only")
	lead.post(address, url.Values{"counter": {"2"}, "note[" + itoa(s.owner) + "]": {"alone"}}).shows(t, http.StatusUnprocessableEntity, "Choose a letter first")
}

// Whoever writes in a row that is taken out meanwhile, or whose process is archived, is told so, and not that it never was there.
func TestARowThatIsGoneSaysWhy(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	counter := func(table, where string) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT counter FROM `+table+` WHERE `+where)
	}
	row := func(activity int64) (path string, form url.Values) {
		return s.raci() + "/" + itoa(activity), url.Values{"counter": {itoa(counter("step", "activity_id = "+itoa(activity)))}, "c": {itoa(s.analyst)}}
	}
	path, form := row(s.log)
	if err := s.RemoveActivity(t.Context(), storetest.Operator, s.log, counter("step", "activity_id = "+itoa(s.log))); err != nil {
		t.Fatal(err)
	}
	lead.post(path, form).shows(t, http.StatusConflict, "This activity was taken out meanwhile")
	path, form = row(s.fix)
	if _, err := s.ArchiveProcess(t.Context(), storetest.Operator, s.process, counter("process", "id = "+itoa(s.process))); err != nil {
		t.Fatal(err)
	}
	lead.post(path, form).shows(t, http.StatusConflict, "archived this on", "Bring it back to change it")
}

// Cells of several rows come in as one change; what is refused brings the rows as they stand, and why.
func TestCellsOfSeveralRowsAreSavedTogether(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	counter := func(activity int64) string {
		return itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, activity))
	}
	form := func(letters ...string) url.Values {
		f := url.Values{"row": {itoa(s.log), itoa(s.fix)}, "counter": {counter(s.log), counter(s.fix)}}
		for i, l := range letters {
			f.Add("activity", []string{itoa(s.log), itoa(s.fix)}[i%2])
			f.Add("role", []string{itoa(s.analyst), itoa(s.manager)}[i/2])
			f.Add("letters", l)
			f.Add("note", "")
		}
		return f
	}
	stale := form("C", "R", "A", "A")
	saved := lead.post(s.raci()+"/cells?region="+itoa(s.emea), stale)
	saved.shows(t, http.StatusOK, "Log", "Restore")
	if n := strings.Count(saved.body, "<tr data-activity") + strings.Count(saved.body, `data-activity="`); n < 2 || !strings.Contains(saved.body, "grid-foot") || !strings.Contains(saved.body, "raci-tabs") {
		t.Errorf("the answer lacks rows or pieces: %.400s", saved.body)
	}
	refused := lead.post(s.raci()+"/cells", stale)
	refused.shows(t, http.StatusConflict, "You changed “Log” and “Restore” elsewhere meanwhile. None of the cells was set")
	s.wear(s.owner, s.marta, 0)
	s.as(s.marta).post(s.raci()+"/cells", stale).shows(t, http.StatusConflict, "Somebody else changed “Log” and “Restore” meanwhile")
	if !strings.Contains(refused.body, "data-message") || strings.Count(refused.body, `data-activity="`) != 2 {
		t.Errorf("the refusal lacks its reason or the rows: %.400s", refused.body)
	}
	lead.post(s.raci()+"/cells", form("A", "R", "A", "R")).shows(t, http.StatusUnprocessableEntity, "A row has one A")
	lead.post(s.raci()+"/cells", form("Q", "R")).shows(t, http.StatusUnprocessableEntity, "the letters A, R, C, I and S")
	for name, spoil := range map[string]func(f url.Values){
		"a counter for whichever": func(f url.Values) { f["counter"][1] = "-1" },
		"a row without counter":   func(f url.Values) { f["counter"] = f["counter"][:1] },
		"a cell without role":     func(f url.Values) { f["role"] = f["role"][:1] },
		"no cells":                func(f url.Values) { f.Del("activity"); f.Del("role"); f.Del("letters"); f.Del("note") },
		"rows unseen":             func(f url.Values) { f.Del("row"); f.Del("counter") },
	} {
		f := form("C", "C")
		spoil(f)
		if got := lead.post(s.raci()+"/cells", f); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %.200s", name, got.status, got.text())
		}
	}
	s.as(s.reader).post(s.raci()+"/cells", form("C", "C")).shows(t, http.StatusForbidden)
	lead.get(s.raci()[:strings.LastIndex(s.raci(), "/")]+"/history").shows(t, http.StatusOK, "set 3 cells of Log and Restore")
}
