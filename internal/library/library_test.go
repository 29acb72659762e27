package library

import (
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// full are the entries whose facts are complete: their numbered blocks, and those with a short one.
var full = []string{
	"Incident management", "Service request management", "Service desk", "Problem management", "Change enablement", "Release management",
	"Deployment management", "Service configuration management", "IT asset management", "Monitoring and event management",
	"Service level management", "Service catalogue management", "Supplier management", "Knowledge management", "Continual improvement",
	"Information security management", "Relationship management", "Availability management", "Capacity and performance management",
	"Service continuity management", "Measurement and reporting",
}

func TestHoldsThePractices(t *testing.T) {
	by, itil := map[itsm.Category]int{}, 0
	for _, p := range All() {
		by[p.Category]++
		if p.String() == "ITIL 4" {
			itil++
		}
	}
	if itil != 34 || by[itsm.GeneralManagement] != 14 || by[itsm.ServiceManagement] != 17 || by[itsm.TechnicalManagement] != 3 {
		t.Errorf("%d practices of ITIL 4, by category %v; want 34: 14, 17, 3", itil, by)
	}
	for _, name := range full {
		p, ok := Practice(itsm.LibraryKey(name))
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		if len(p.Processes) == 0 || len(p.Roles) == 0 || len(p.Policies) == 0 || len(p.Measures) == 0 {
			t.Errorf("%s: %d processes, %d roles, %d policies, %d measures; want some of each", name, len(p.Processes), len(p.Roles), len(p.Policies), len(p.Measures))
		}
	}
}

func TestEveryEntryIsWhole(t *testing.T) {
	keys := map[string]bool{}
	for _, p := range All() {
		if keys[p.Key] {
			t.Errorf("%s stands twice", p.Name)
		}
		keys[p.Key] = true
		if p.Framework == "" || p.Purpose == "" || p.Manager == "" || len(p.Processes) == 0 {
			t.Errorf("%s lacks framework, purpose, manager or processes: %+v", p.Name, p)
		}
		practice := p.Practice()
		if err := practice.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		for _, r := range p.Born() {
			if err := r.Check(); err != nil || r.Purpose == "" || r.Responsibilities == "" {
				t.Errorf("%s of %s lacks its texts: %v", r.Name, p.Name, err)
			}
		}
		for _, pol := range p.Policies {
			if pol.Statement == "" {
				t.Errorf("policy %q of %s states nothing", pol.Title, p.Name)
			}
		}
		for _, c := range p.Processes {
			checkProcess(t, p, c)
		}
		if strings.Trim(p.Profile, "LACMT") != "" {
			t.Errorf("%s: %q is no profile", p.Name, p.Profile)
		}
	}
}

// checkProcess holds an entry's process to the rules of a matrix: known roles, at most one A a row, letters once a role.
func checkProcess(t *testing.T, p itsm.LibraryPractice, c itsm.LibraryProcess) {
	t.Helper()
	known := slices.Clone(p.Whoever)
	for _, r := range p.Born() {
		known = append(known, r.Name)
	}
	if c.Framework == "" || c.Purpose == "" || len(c.Activities) < 2 {
		t.Errorf("%s of %s: %d activities from %q; want at least two, a purpose and a source", c.Name, p.Name, len(c.Activities), c.Source)
	}
	names := map[string]bool{}
	for _, a := range c.Activities {
		where := p.Name + ", " + c.Name + ", " + a.Name
		if names[a.Name] || a.Text == "" {
			t.Errorf("%s stands twice, or says nothing", where)
		}
		names[a.Name] = true
		step := itsm.Step{Name: a.Name, Text: a.Text}
		if err := step.Check(); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		answers, does, seen := 0, 0, map[string]bool{}
		for _, l := range a.Letters {
			if !slices.Contains(known, l.Role) || seen[l.Role] {
				t.Errorf("%s: %q is no role of it, or has two cells", where, l.Role)
			}
			seen[l.Role] = true
			if l.Has(itsm.LetterA) {
				answers++
			}
			if l.Has(itsm.LetterR) {
				does++
			}
		}
		if c.HasMatrix() && (answers != 1 || does == 0) {
			t.Errorf("%s: %d answer, %d do; want one, and some", where, answers, does)
		}
	}
}

// TestMatricesOfTheExamples: incident and change come with a matrix for every process, and a row that is care of the
// practice stands in a process of care.
func TestMatricesOfTheExamples(t *testing.T) {
	for _, key := range []string{"incident-management", "change-enablement"} {
		p, _ := Practice(key)
		for _, c := range p.Processes {
			if !c.HasMatrix() {
				t.Errorf("%s has no matrix", c.Name)
			}
			for _, a := range c.Activities {
				owner := slices.ContainsFunc(a.Letters, func(l itsm.LibraryLetters) bool { return l.Role == "Owner" && l.Has(itsm.LetterA) })
				if owner != (c.Kind == itsm.Care) {
					t.Errorf("%s of %s: the Owner answers for it: %v", a.Name, c.Name, owner)
				}
			}
		}
	}
}

// TestOlderNames finds the practices of today by what they were called.
func TestOlderNames(t *testing.T) {
	for older, want := range map[string]string{
		"Event management": "Monitoring and event management", "Access management": "Information security management",
		"Request fulfilment": "Service request management", "change management": "Change enablement",
		"Release and Deployment Management": "Release management", "Service asset and configuration management": "Service configuration management",
		"Capacity management": "Capacity and performance management", "IT service continuity management": "Service continuity management",
		"Financial management": "Service financial management", "Demand management": "Capacity and performance management",
		"Service portfolio management": "Portfolio management", "Transition planning and support": "Project management",
		"Service validation and testing": "Service validation and testing", "Change evaluation": "Change enablement",
		"7-step improvement": "Continual improvement", "Supplier relationship management": "Supplier management",
		"Incident and service request management": "Incident management", "Availability management": "Availability management",
	} {
		if p, ok := Named(older); !ok || p.Name != want {
			t.Errorf("%s: %s, %v; want %s", older, p.Name, ok, want)
		}
	}
	meant := map[string]string{}
	for _, p := range All() {
		for _, a := range p.Aliases {
			key := itsm.LibraryKey(a.Name)
			if other, twice := meant[key]; twice && other != p.Name {
				t.Errorf("%q means %s and %s", a.Name, other, p.Name)
			}
			meant[key] = p.Name
			if entry, named := Practice(key); named && entry.Name != p.Name {
				t.Errorf("%q means %s, and is the name of another entry", a.Name, p.Name)
			}
		}
	}
	if _, ok := Named("Unloading at night"); ok {
		t.Error("a name that nobody knows was found")
	}
}

func TestRefusesWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"purpose x":                              "before the first practice",
		"practice":                               "says nothing",
		"practice X\nfoo bar":                    "is no field",
		"practice X\nprocess often Y: z":         "daily or care",
		"practice X\n  1. A: b":                  "belongs to no practice",
		"practice X\nprocess daily Y\n  2. A: b": "stands where 1. belongs",
		"practice X\nprocess daily Y\n  1. A: b\n  = Q Owner": "are no letters",
		"practice X\nprocess daily Y\n  = A Owner":            "before the first activity",
		"practice X\nrole Y: z\n  1. A: b":                    "belongs to no role",
	} {
		if _, err := parse("f", text, itsm.ServiceManagement); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
	if err := alias(nil, "ITIL v3 | Event management | Nothing"); err == nil {
		t.Error("a name of a practice that is not there was taken")
	}
}

func TestProposesAPractice(t *testing.T) {
	for process, want := range map[string]string{
		"Event management": "Monitoring and event management", "Global change management process": "Change enablement", "Handle an incident": "Incident management",
		"Access Management (EMEA)": "Information security management", "Request fulfilment": "Service request management", "Release and deployment management": "Release management",
		"IT service continuity management": "Service continuity management", "Organisational change management": "Organizational change management",
		"Incident management": "Incident management", "Unloading at night": "", "": "",
	} {
		p, ok := Propose(process, "Operations")
		if ok != (want != "") || ok && (p.Entry.Name != want || p.Why == "") {
			t.Errorf("%s: %s, %v, because %q; want %q", process, p.Entry.Name, ok, p.Why, want)
		}
	}
	if _, ok := Propose("Event management", "Monitoring and event management"); ok {
		t.Error("a process in its own practice is to move")
	}
	if _, ok := Propose("Event management", "Event Management"); ok {
		t.Error("a process in the practice of its older name is to move")
	}
}
