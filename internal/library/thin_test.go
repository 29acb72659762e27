package library

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// TestIsWorthAdopting holds what an office may expect of every entry: the daily work and the care of the practice as
// processes of some activities that say something, each with its row of the matrix; the roles that do the work; policies
// and measures to begin with; and whose words it follows.
func TestIsWorthAdopting(t *testing.T) {
	if len(All()) < 34 {
		t.Fatalf("%d entries", len(All()))
	}
	for _, p := range All() {
		for _, lack := range thin(p) {
			t.Errorf("%s: %s", p.Name, lack)
		}
	}
}

// thin says what an entry lacks to be worth adopting.
func thin(p itsm.LibraryPractice) (lacks []string) {
	say := func(bad bool, format string, args ...any) {
		if bad {
			lacks = append(lacks, fmt.Sprintf(format, args...))
		}
	}
	kinds := map[itsm.ProcessKind]int{}
	for _, c := range p.Processes {
		kinds[c.Kind]++
		say(len(c.Activities) < 2 || len(c.Activities) > 8, "%s has %d activities", c.Name, len(c.Activities))
		say(c.Purpose == "", "%s has no purpose", c.Name)
		say(c.Framework == "" || c.Framework != itsm.Ours && c.Version == "", "%s says not whose words it follows: %q", c.Name, c.Source)
		for _, a := range c.Activities {
			say(len(strings.Fields(a.Name+" "+a.Text)) < 5, "%s of %s says little: %q", a.Name, c.Name, a.Text)
			say(len(a.Letters) < 2, "%s of %s has no row of letters", a.Name, c.Name)
		}
	}
	say(p.Purpose == "", "it has no purpose")
	say(p.Framework == "" || p.Version == "", "it says not whose words it follows: %q", p.Source)
	say(kinds[itsm.Daily] == 0, "it has no daily work")
	say(kinds[itsm.Care] == 0, "nobody takes care of it")
	say(len(p.Processes) < 2, "it has %d processes", len(p.Processes))
	say(len(p.Roles) < 2, "it has %d roles of its own", len(p.Roles))
	for _, r := range p.Roles {
		say(r.Purpose == "" || len(r.Duties) == 0, "%s does nothing", r.Name)
		say(!lettered(p, r.Name), "%s has no letter anywhere", r.Name)
	}
	say(len(p.Policies) == 0, "it has no policy")
	say(len(p.Measures) < 2, "it has %d measures", len(p.Measures))
	return lacks
}

// A thin entry is found out.
func TestFindsThinEntries(t *testing.T) {
	whole, _ := Practice("risk-management")
	if lacks := thin(whole); len(lacks) > 0 {
		t.Fatal(lacks)
	}
	for what, cut := range map[string]func(*itsm.LibraryPractice){
		"it has no purpose":              func(p *itsm.LibraryPractice) { p.Purpose = "" },
		"says not whose words":           func(p *itsm.LibraryPractice) { p.Version = "" },
		"it has 1 processes":             func(p *itsm.LibraryPractice) { p.Processes = p.Processes[:1] },
		"nobody takes care":              func(p *itsm.LibraryPractice) { p.Processes = p.Processes[:2] },
		"it has no daily work":           func(p *itsm.LibraryPractice) { p.Processes = p.Processes[2:] },
		"it has 1 roles":                 func(p *itsm.LibraryPractice) { p.Roles = p.Roles[:1] },
		"it has no policy":               func(p *itsm.LibraryPractice) { p.Policies = nil },
		"it has 1 measures":              func(p *itsm.LibraryPractice) { p.Measures = p.Measures[:1] },
		"Manage a risk has 1 activities": func(p *itsm.LibraryPractice) { p.Processes[0].Activities = p.Processes[0].Activities[:1] },
	} {
		p := whole
		p.Processes = slices.Clone(p.Processes)
		cut(&p)
		if lacks := strings.Join(thin(p), "; "); !strings.Contains(lacks, what) {
			t.Errorf("%q is not found: %s", what, lacks)
		}
	}
}

// lettered says whether a role has a letter in any process of an entry.
func lettered(p itsm.LibraryPractice, role string) bool {
	for _, c := range p.Processes {
		for _, a := range c.Activities {
			if slices.ContainsFunc(a.Letters, func(l itsm.LibraryLetters) bool { return l.Role == role }) {
				return true
			}
		}
	}
	return false
}

// The roles of the organisation each say what they are for, whose words they follow, and whether they give rights.
func TestRolesOfTheOrganisationAreWhole(t *testing.T) {
	outside := 0
	for _, r := range Organisation().Roles {
		role := r.Role()
		if err := role.Check(); err != nil || r.Purpose == "" || len(r.Duties) < 2 || len(r.Authorities) == 0 || r.Framework == "" {
			t.Errorf("%s: %v: %+v", r.Name, err, r)
		}
		if r.Outside {
			outside++
		}
	}
	if all := len(Organisation().Roles); all != 7 || outside != 3 {
		t.Errorf("%d roles, %d outside the office", all, outside)
	}
}
