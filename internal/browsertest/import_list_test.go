package browsertest

import (
	"os"
	"path/filepath"
	"testing"

	"hatrack/internal/store/storetest"
)

const hatList = `Praktik;Rolle;Person;Ab
Incident management;Owner;Marta Nowak;2026-11-23
Incident management;Manager;Zofia Unknown;2026-11-23
Incident management;Practitioner;Jonas Weber;2026-11-23
`

// A list of who wears which hat: read, asked about, answered, imported, seen on the map, taken back.
func TestImportsHats(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.importPeople(file(t, "people.csv", peopleList), "Import 3 people")
		p.importGrid(file(t, "incident.csv", grid), "Incident management", "Handle an incident")
		p.open("/map")
		p.press("Import a list")
		p.bring(file(t, "hats.csv", hatList))
		p.press("Read it")
		p.sees("Is this how you mean it?", "Who is Zofia Unknown?", "Marta Nowak as Owner of Incident management", "Nothing is changed yet")
		p.misses("Import 2 hats")
		p.choose("Who is Zofia Unknown?", "Zofia Wójcik, Service Desk Analyst, Service Desk")
		p.press("Take these answers")
		p.sees("Zofia Wójcik as Manager of Incident management")
		p.press("Import 3 hats")
		p.sees("It is imported", "as one event")
		p.press("See the hats")
		p.sees("Marta Nowak", "Zofia Wójcik")
		if n := storetest.Value[int](t, s.db, `SELECT count(*) FROM assignment WHERE reference = 'as found in hats.csv'`); n != 3 {
			t.Errorf("%d hats", n)
		}
	})
}

const policyList = `Ref;Policy;Description;Legal basis
POL-1;Backups;Every night.;GDPR
POL-2;Logging;;internal
`

// Policies: a list with a question, then a document that changes one of them; taken back as a whole.
func TestImportsPolicies(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		p.open("/policies")
		p.press("Import the policies you have")
		p.bring(file(t, "policies.csv", policyList))
		p.press("Read it")
		p.sees("What kind of driver is “GDPR”?")
		p.choose("What kind of driver is “GDPR”?", "Law")
		p.press("Take these answers")
		p.press("Import 2 policies")
		p.sees("It is imported")
		p.open("/import/policies")
		p.bring(file(t, "backups.md", "# POL-1 Backups\n\nEvery hour.\n"))
		p.press("Read it")
		p.sees("1 policy in backups.md", "1 file", "Every hour.")
		p.press("Import 1 policy")
		p.sees("It is imported")
		p.press("Undo")
		p.press("Undo it")
		p.sees("It is undone.")
		if got := storetest.Value[string](t, s.db, `SELECT string_agg(v.statement, '|' ORDER BY y.number) FROM policy y JOIN policy_version v ON v.policy_id = y.id`); got != "Every night.|Logging" {
			t.Errorf("got %q", got)
		}
	})
}

// A file of a gibibyte is refused by its length, with a page that the browser shows.
func TestAHugeFileIsRefusedReadably(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := newOrganisation(t)
		p := s.as(administrator, script)
		huge := filepath.Join(t.TempDir(), "huge.csv")
		if err := os.WriteFile(huge, []byte("Name,Role\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(huge, 1<<30); err != nil {
			t.Fatal(err)
		}
		for path, button := range map[string]string{"/import/people": "Read the list", "/import/assignments": "Read it", "/import/policies": "Read it"} {
			p.open(path)
			p.bring(huge)
			p.press(button)
			p.sees("more than 20 MiB")
		}
	})
}
