package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hatrack/internal/store/storetest"
)

// bring chooses a file in the page's file field.
func (p *tab) bring(paths ...string) {
	p.t.Helper()
	p.do(chromedp.SetUploadFiles(`input[type=file]`, paths))
}

// file writes what somebody brings.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const peopleList = `Employee ID;Last name;First name;Job title;Department;Manager;Salary
1;Nowak;Marta;Operations Manager;Operations;;90000
2;Weber;Jonas;Service Desk Analyst;Service Desk;1;50000
3;Wójcik;Zofia;Service Desk Analyst;Service Desk;1;51000
`

// A list of people: previewed, confirmed, there; brought again it changes nothing.
func TestImportsPeople(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.importPeople(file(t, "people.csv", peopleList), "Import 3 people")
		p.open("/people?q=Zofia")
		p.keeps("Zofia Wójcik", "Service Desk Analyst")
		p.press("Zofia Wójcik")
		p.sees("Marta Nowak")
		p.misses("51000")
		p.open("/import/people")
		p.bring(file(t, "people.csv", peopleList))
		p.press("Read the list")
		p.sees("3 unchanged")
		if n := storetest.Value[int](t, s.db, `SELECT count(*) FROM person`); n != 4 {
			t.Errorf("%d people; want 4", n)
		}
	})
}

// importPeople brings a list and waits until it is in.
func (p *tab) importPeople(path, confirm string) {
	p.t.Helper()
	p.open("/import/people")
	p.bring(path)
	p.press("Read the list")
	p.sees("Is this how you mean it?", "Salary")
	p.press(confirm)
	p.sees("The people are here")
}

const grid = `Activity,Service desk analyst,Manager,Owner
Log the incident,R,A,I
Categorise it,R,A,
Restore service,R,"A,C",I
Tell the users,R,,
`

// A plain grid becomes a process: read as a matrix, asked about the row without an A, confirmed, there.
func TestImportsGrid(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.importGrid(file(t, "incident.csv", grid), "Incident management", "Handle an incident")
		p.open("/processes/1")
		p.keeps("Handle an incident", "Log the incident", "Categorise it", "Restore service", "Tell the users")
		p.open("/processes/1/raci")
		p.reload()
		for at, want := range map[[2]string]string{{"Log the incident", "Practice Manager"}: "A", {"Restore service", "Practice Manager"}: "AC", {"Tell the users", "Service desk analyst"}: "R"} {
			if got := p.cell(at[0], at[1]); got != want {
				t.Errorf("%v holds %q; want %q", at, got, want)
			}
		}
	})
}

// importGrid brings a grid as a new process of a new practice.
func (p *tab) importGrid(path, practice, process string) {
	p.t.Helper()
	p.open("/import/raci")
	p.bring(path)
	p.press("Read the grids")
	p.sees("Is this how you mean them?")
	p.fill("Name of a new practice", practice)
	p.press("Look again")
	p.open(run[string](p, `[...document.querySelectorAll('main th a')].find(a => a.href.includes('/grids/')).getAttribute('href')`))
	p.fill("Name, if it is new", process)
	p.press("Take this")
	p.press("All grids")
	p.decide("Import 1 grid")
	p.sees("The grids are in", process)
}

// decide answers what a batch asks, once for all of it, and imports it by the button confirm.
func (p *tab) decide(confirm string) {
	p.t.Helper()
	if strings.Contains(p.text(), "no A: who answers?") {
		p.tick("Let the Owner answer for all of them")
	}
	for strings.Contains(p.text(), "Is that one meant?") { // a role of the same name in another practice
		p.tick("No, a new role")
		p.press("Take these answers")
	}
	p.press("See what will change")
	p.sees("What will change", "Nothing is changed yet")
	p.press(confirm)
}

// Several files at once: what they leave open is decided once, they come in as one change, and go out as one.
func TestImportsABatchOfGrids(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.open("/import/raci")
		p.bring(file(t, "incident.csv", grid),
			file(t, "change.md", "# Change\n\n| Step | Planner | Service desk analyst |\n|---|---|---|\n| Plan | R | V |\n| Tell | A | R |\n"),
			file(t, "cities.csv", "Name,City\nAnn,Rome\nBo,Oslo\n"))
		p.press("Read the grids")
		p.sees("2 grids come in together", "One stays out", "What does “V” mean?", "rows have no A")
		p.fill("Name of a new practice", "What we do")
		p.choose("What does “V” mean?", "C, gives input")
		p.decide("Import 2 grids")
		p.sees("The grids are in", "2 processes", "Undo all of it")
		p.press("See the matrix")
		p.reload()
		p.sees("Log the incident")
		if got := p.cell("Log the incident", "Practice Manager"); got != "A" {
			t.Errorf("the matrix holds %q", got)
		}
		p.open("/practices")
		p.sees("What we do")
		p.open("/import/raci/1")
		p.press("Undo all of it")
		p.press("Undo")
		p.sees("It was undone") // which may take a moment
		p.open("/practices")
		p.misses("What we do")
		if n := storetest.Value[int](t, s.db, `SELECT (SELECT count(*) FROM process) + (SELECT count(*) FROM activity)`); n != 0 {
			t.Errorf("%d processes and activities are left", n)
		}
	})
}

// Files that strangers wrote, through the browser.
func TestImportsFilesOfStrangers(t *testing.T) {
	t.Parallel()
	s := newOrganisation(t)
	p := s.as(administrator, true)
	for _, f := range []struct{ path, practice, process string }{
		{"raci/csv/napa-itam-itsm.csv", "Asset management", "Manage assets"},
		{"raci/csv/saudi-ai-governance.csv", "Governance", "Govern models"},
		{"raci/xlsx/itil-foundation-RACI.xlsx", "Foundation", "Found"},
	} {
		p.importGrid(shared(t, f.path), f.practice, f.process)
	}
	if n := storetest.Value[int](t, s.db, `SELECT count(*) FROM process`); n != 3 {
		t.Errorf("%d processes came in; want 3", n)
	}
}

// Everybody of a large company through the page: figures and new regions first, then progress, then they are there.
func TestImportsTwentyTwoThousandPeople(t *testing.T) {
	t.Parallel()
	path := shared(t, "people/human-resources-22k.csv")
	s := newOrganisation(t)
	p := s.as(administrator, true)
	p.open("/import/people")
	p.bring(path)
	p.press("Read the list")
	p.sees("22,214 lines", "neither read nor kept: birthdate, gender, race", "Make these 7 regions")
	p.press("Make these 7 regions")
	p.sees("These regions are made with the import")
	p.press("Import 22,214 people")
	for end := time.Now().Add(3 * time.Minute); !strings.Contains(p.text(), "The people are here"); time.Sleep(300 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the import does not end: %s", p.text())
		}
	}
	p.keeps("22,214", "new")
	p.open("/people?q=Walczynski+Kimmy")
	p.keeps("Kimmy Walczynski", "Programmer Analyst I", "Ohio")
	p.press("Kimmy Walczynski")
	p.keeps("00-0037846", "Engineering", "Ohio")
	if got := storetest.Value[string](t, s.db, `SELECT (SELECT count(*) FROM person) || ' people, ' || (SELECT count(*) FROM region) || ' regions, ' || (SELECT count(*) FROM event WHERE act = 'import people') || ' event'`); got != "22215 people, 7 regions, 1 event" {
		t.Error(got)
	}
}
