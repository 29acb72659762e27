package server_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// upload posts a file as a browser does.
func (r reader) upload(path, name string, content []byte) answer {
	r.t.Helper()
	return r.uploadWith(path, name, content, nil)
}

// uploadWith is upload with the other fields of the form.
func (r reader) uploadWith(path, name string, content []byte, fields map[string]string) answer {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		_ = form.WriteField(field, value)
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		r.t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = form.Close()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.url+path, &body)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Cookie", r.cookie)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	answered, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.settled(answer{res.StatusCode, res.Header.Get("Location"), string(answered), res.Header})
}

// confirm imports what was uploaded, and shows what came of it.
func (r reader) confirm(at string) answer {
	r.t.Helper()
	if a := r.post(at+"/confirm", url.Values{}); a.status != http.StatusSeeOther {
		r.t.Fatalf("status %d: %s", a.status, a.text())
	}
	a := r.get(at)
	a.shows(r.t, 200, "The people are here")
	return a
}

const smallList = "Emp no;Name;Job Title;Salary;Team lead;Manager\n7;Weber, Anna;Engineer;88123;yes;\n8;Kline, Bert;Analyst;70111;no;Anna Weber\n;;Nobody;1;;\n"

func TestListIsPreviewedChangedAndImported(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.as(s.reader).upload("/import/people", "list.csv", []byte(smallList)).shows(t, 403)
	up := lead.upload("/import/people", "list.csv", []byte(smallList))
	if up.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", up.status, up.text())
	}
	page := lead.get(up.to)
	page.shows(t, 200, "3 lines in list.csv", "neither read nor kept: Salary", "Anna Weber", "Import 2 people", "Line 4: not taken")
	if strings.Contains(page.body, "88123") {
		t.Error("a salary is on the page")
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM staged_import WHERE position('88123' IN convert_from(content, 'UTF8')) > 0`); n != 0 {
		t.Error("a salary is kept")
	}
	s.as(s.reader).get(up.to).shows(t, 403)
	// The title is not wanted; what is chosen twice is refused with what was chosen kept.
	if a := lead.post(up.to, url.Values{"column-2": {""}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d", a.status)
	}
	lead.get(up.to).shows(t, 200, "left out by hand")
	if a := lead.post(up.to, url.Values{"column-1": {"name"}, "column-2": {"name"}, "column-4": {"location"}, "column-0": {"location"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d", a.status)
	}
	lead.get(up.to).shows(t, 422, "were chosen as")
	if a := lead.post(up.to, url.Values{"column-2": {""}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d", a.status)
	}
	lead.confirm(up.to).shows(t, 200, "2 new", "From list.csv")
	if got := storetest.Value[string](t, s.DB, `SELECT m.name || ' ' || p.title FROM reporting_line l JOIN person p ON p.id = l.person_id JOIN person m ON m.id = l.manager_id WHERE p.external_id = '8'`); got != "Anna Weber " {
		t.Errorf("Bert reports to %q", got)
	}
	lead.confirm(up.to) // pressed twice: shown again, done once
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event WHERE act = 'import people'`); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	again := lead.upload("/import/people", "list.csv", []byte(strings.Replace(smallList, "Analyst", "Senior analyst", 1)))
	lead.get(again.to).shows(t, 200, "Read as you said the last time.", "0 changed", "left out by hand")
	lead.post(again.to, url.Values{"column-2": {"title"}})
	lead.get(again.to).shows(t, 200, "2 changed", "Senior analyst") // the other one gets the title that was left out before
}

func TestRegionsOfAListAreMadeWithIt(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte("Name;Title;Region\nAnn One;Engineer;Nordics\nBert Two;Analyst;EMEA\nCleo Three;Clerk;Iberia\n"))
	lead.get(up.to).shows(t, 200, "The list names regions that you do not have", "Nordics, Iberia", "Make these 2 regions")
	lead.post(up.to, url.Values{"column-1": {""}, "column-2": {"region"}}) // what is chosen stays
	lead.post(up.to, url.Values{"regions": {"make"}})
	lead.get(up.to).shows(t, 200, "These regions are made with the import", "Do not make them", "left out by hand")
	lead.post(up.to, url.Values{"regions": {"leave"}})
	lead.get(up.to).shows(t, 200, "Make these 2 regions")
	lead.post(up.to, url.Values{"regions": {"make"}})
	lead.confirm(up.to).shows(t, 200, "3 new")
	lead.get("/regions").shows(t, 200, "Nordics", "Iberia")
	if got := storetest.Value[string](t, s.DB, `SELECT r.name FROM person p JOIN region r ON r.id = p.region_id WHERE p.name = 'Cleo Three'`); got != "Iberia" {
		t.Errorf("Cleo is in %q", got)
	}
}

func TestFilesThatAreNoListAreRefused(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for name, content := range map[string]string{"empty.csv": "", "picture.csv": "\x89PNG\r\n\x1a\n\x00\x00", "heads.csv": "Name,Title\n", "broken.xlsx": "PK\x03\x04broken"} {
		if a := lead.upload("/import/people", name, []byte(content)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `role="alert"`) {
			t.Errorf("%s: status %d: %.200s", name, a.status, a.text())
		}
	}
	if a := lead.post("/import/people", url.Values{"file": {"x"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a form without a file: status %d", a.status)
	}
	up := lead.upload("/import/people", "grid.csv", []byte("Colour,Shape\nred,round\n"))
	a := lead.get(up.to)
	a.shows(t, 422, "This does not look like a list of people")
	for _, not := range []string{"Everything could be read", "0 lines"} {
		if strings.Contains(a.body, not) {
			t.Errorf("of what cannot be read it says “%s”", not)
		}
	}
	lead.upload("/import/people", "large.csv", bytes.Repeat([]byte("a,b\n"), 6<<20)).shows(t, 413, "more than 20 MiB")
	lead.upload("/import/people", "larger.csv", bytes.Repeat([]byte("a,b\n"), 20<<20/4+1000)).shows(t, 413, "more than 20 MiB")
	if a := lead.post(up.to+"/discard", url.Values{}); a.status != http.StatusSeeOther {
		t.Errorf("status %d", a.status)
	}
	lead.get(up.to).shows(t, 404)
}

// TestRealLists imports every list of people beside the repository through the page.
func TestRealLists(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join(sharedData, "people", "*"))
	if len(files) == 0 {
		t.Skip("the lists of people are not here")
	}
	s := setScene(t)
	lead := s.as(s.lead)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		up := lead.upload("/import/people", filepath.Base(file), data)
		if strings.HasSuffix(file, "packt-stakeholders.xlsx") {
			up.shows(t, 422, "There are headings here and nobody below them")
			continue
		}
		page := lead.get(up.to)
		page.shows(t, 200, "Is this how you mean it?", "neither read nor kept")
		if strings.Contains(page.text(), "Import ") {
			lead.confirm(up.to)
		}
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person WHERE external_id IS NOT NULL`); n < 22_214+311 {
		t.Errorf("%d people came in", n)
	}
}

// Whoever a newer list does not name is shown, and ended only where somebody says so.
func TestWhoIsMissingInANewerListIsAskedAbout(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	first := lead.upload("/import/people", "old.csv", []byte("Emp no;Name;Title\n7;Anna Weber;Engineer\n8;Bert Kline;Analyst\n9;Cleo Nowak;Clerk\n"))
	lead.confirm(first.to)
	anna := storetest.Value[int64](t, s.DB, `SELECT id FROM person WHERE external_id = '7'`)
	s.wear(s.analyst, anna, 0)
	newer := []byte("Emp no;Name;Title\n8;Bert Kline;Senior analyst\n9;Cleo Nowak;Clerk\n")
	up := lead.upload("/import/people", "new.csv", newer)
	page := lead.get(up.to)
	page.shows(t, 200, "1 changed", "1 not in the list", "Not in this list", "Anna Weber", "Nobody is ended by that")
	if strings.Contains(page.text(), "Marta Nowak Number") {
		t.Error("who was never in a list with numbers is missed")
	}
	lead.confirm(up.to)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person WHERE NOT upper_inf(employed)`); n != 0 {
		t.Fatal("somebody was ended silently")
	}
	up = lead.upload("/import/people", "new.csv", newer)
	lead.post(up.to, url.Values{"missing": {""}}).shows(t, 422, "Give the last day")
	if a := lead.post(up.to, url.Values{"missing": {"2026-12-31"}}); a.status != 303 {
		t.Fatal(a.status)
	}
	lead.get(up.to).shows(t, 200, "1 of them gets 31 Dec 2026 as the last day")
	if a := lead.post(up.to, url.Values{"keep": {"1"}}); a.status != 303 {
		t.Fatal(a.status)
	}
	lead.get(up.to).shows(t, 200, "Nobody is ended by that")
	part := lead.upload("/import/people", "part.csv", []byte("Emp no;Name\n9;Cleo Nowak\n"))
	lead.post(part.to, url.Values{"missing": {"2026-12-31"}})
	lead.get(part.to).shows(t, 200, "it is a part of a list", "2 not in the list")
	if strings.Contains(lead.get(part.to).body, "Import 2 people") {
		t.Error("a part of a list would end whom it leaves out")
	}
	if _, rows := lead.file(up.to + "/lines.csv"); rows[len(rows)-1]["What it says"] != "Anna Weber" || rows[len(rows)-1]["Outcome"] != "not in the list" || rows[len(rows)-1]["Line"] != "" || rows[len(rows)-1]["Why"] != "Left as it is." {
		t.Errorf("of whom the list does not name it says %v", rows)
	}
	lead.post(up.to, url.Values{"missing": {"2026-12-31"}})
	lead.confirm(up.to)
	if got := storetest.Value[string](t, s.DB, `SELECT p.employed::text || ' ' || a.during::text FROM person p JOIN assignment a ON a.person_id = p.id WHERE p.id = $1`, anna); got != "(,2027-01-01) [2026-11-23,2027-01-01)" {
		t.Errorf("got %s", got)
	}
	if _, rows := lead.file(up.to + "/lines.csv"); rows[len(rows)-1]["What it says"] != "Anna Weber" || rows[len(rows)-1]["Why"] != "Not in the list." || !strings.Contains(rows[len(rows)-1]["Changes"], "31 Dec 2026") {
		t.Errorf("got %v", rows)
	}
}

// The list of people, as it is downloaded, changes nothing where it is brought again: neither as text nor as a workbook.
func TestTheListOfPeopleReadsBackAsItIs(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte("Number,Name,Phone,Title\nn77,Nina Newcomer,+1 555 0100,'s Hertogenbosch lead\nn78,Otto Other,555,-\n"))
	lead.confirm(up.to).shows(t, http.StatusOK, "2 new")
	for _, ending := range []string{".csv", ".xlsx"} {
		again := lead.upload("/import/people", "people"+ending, []byte(lead.get("/people"+ending).body))
		lead.get(again.to).shows(t, http.StatusOK, "0 new 0 changed", "there is nothing to import")
	}
}

// A workbook of several lists of people is read sheet by sheet, and columns that were chosen are guessed again in one step.
func TestAListIsReadAsItWasGuessedAgain(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "p.csv", []byte("ID,Name,Department\nX1,Nora Quist,Planning\n"))
	if strings.Contains(lead.get(up.to).body, "as it was guessed") {
		t.Error("it is guessed, and offered to be guessed")
	}
	lead.post(up.to, url.Values{"column-0": {"external-id"}, "column-1": {"name"}, "column-2": {""}})
	lead.get(up.to).shows(t, 200, "left out by hand", "Read it as it was guessed")
	if a := lead.post(up.to, url.Values{"guess": {"1"}}); a.status != 303 {
		t.Fatal(a.status)
	}
	if page := lead.get(up.to); strings.Contains(page.body, "by hand") || strings.Contains(page.body, "as it was guessed") {
		t.Error("what was chosen stays")
	}
}

// A list that seems to be one of something else is shown with what it seems to be, above what it would do.
func TestAnotherKindOfListIsDoubted(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	upload := lead.upload("/import/people", "orders.csv", []byte("Customer ID,Name,Order date\n7,Ann Berg,2026-01-02\n"))
	lead.get(upload.to).shows(t, 200, "This looks like a list of customers or orders", "“Customer ID” and “Order date”", "Everything could be read.", "Import 1 person")
	lead.get(upload.to+"/lines.csv").shows(t, 200, "Ann Berg")
}

// Whoever is of a company that nobody entered is said to come in as one of our own, and external once the company is made.
func TestAListOfPeopleOfUnknownCompanies(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/people", "list.csv", []byte("Name,E-mail,Company\nBob Ekberg,bob@acme,Acme Cables\nAnn Oakley,ann@oak.example,\n"))
	lead.get(up.to).shows(t, 200, "The list names a company that nobody entered here: Acme Cables", "1 new person comes in as one of your own", "Make this company", "“bob@acme” is not an e-mail address",
		"Bob Ekberg comes in as one of your own people: the company Acme Cables is not known here.")
	lead.post(up.to, url.Values{"companies": {"make"}})
	made := lead.get(up.to)
	if made.shows(t, 200, "This company is made with the import", "Do not make it"); strings.Contains(made.text(), "comes in as one of your own") {
		t.Error("Bob is still our own")
	}
	lead.confirm(up.to)
	if of := storetest.Value[string](t, s.DB, `SELECT c.name::text FROM person p JOIN company c ON c.id = p.company_id WHERE p.name = 'Bob Ekberg'`); of != "Acme Cables" {
		t.Error(of)
	}
}

// A list needs no file: what is copied out of a sheet is read as well, and stays in its field where nothing can be read in it.
func TestAListIsPasted(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for path, table := range map[string]string{
		"/import/people":      "Name\tE-mail\nCy Dee\tcy@example.org\n",
		"/import/assignments": "Name\tRole\tOf\nJonas Weber\tManager\tIncident management\n",
		"/import/policies":    "Number\tPolicy\tStatement\nP-1\tOvens\tTurn them off.\n",
	} {
		brought := lead.uploadWith(path, "", nil, map[string]string{"paste": table})
		if brought.status != http.StatusSeeOther {
			t.Errorf("%s: %d %s", path, brought.status, brought.text())
			continue
		}
		lead.get(brought.to).shows(t, http.StatusOK, "Pasted table")
		if path != "/import/people" { // where columns can be chosen
			lead.uploadWith(path, "", nil, map[string]string{"paste": "no table at all"}).shows(t, http.StatusUnprocessableEntity, "no table at all")
		}
		lead.uploadWith(path, "", nil, map[string]string{"paste": "  "}).shows(t, http.StatusUnprocessableEntity, "or paste a table")
	}
}

// A last day that a list gives ends hats, and whoever brings it sees which before and after.
func TestAListThatEndsPeopleSaysWhichHatsEnd(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.analyst, s.marta, 0)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.analyst, s.jonas, 0)
	facts(t, s.DB, `UPDATE person SET external_id = 'E' || id`)
	lead := s.as(s.lead)
	list := "Number,Name,Last day\nE" + itoa(s.marta) + ",Marta Nowak,2026-12-31\nE" + itoa(s.jonas) + ",Jonas Weber,2026-12-24\n"
	up := lead.upload("/import/people", "leavers.csv", []byte(list))
	up.shows(t, http.StatusSeeOther)
	preview := lead.get(up.to)
	preview.shows(t, http.StatusOK, "3 hats of 2 people end with it", "Hats that end", "31 Dec 2026", "falls vacant")
	text := preview.text()
	if owner, other := strings.Index(text, "Practice Owner of Incident management"), strings.Index(text, "Practitioner of Incident management"); owner < 0 || other < owner {
		t.Errorf("the Owner's hat does not come first: %d, %d", owner, other)
	}
	lead.confirm(up.to).shows(t, http.StatusOK, "3 hats of 2 people ended", "24 Dec 2026")
	again := lead.upload("/import/people", "leavers.csv", []byte(list))
	if text := lead.get(again.to).text(); strings.Contains(text, "Hats that end") {
		t.Error("hats that have their last day end again")
	}
}
