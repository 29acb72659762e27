package itsm

import (
	"errors"
	"strings"
	"testing"
)

func TestOnlyWebAddressesBecomeLinks(t *testing.T) {
	for typed, want := range map[string]string{
		"https://wiki.example/how":       "https://wiki.example/how",
		"  http://wiki.example ":         "http://wiki.example",
		"HTTPS://wiki.example/A":         "https://wiki.example/A",
		"javascript:alert(1)":            "",
		"data:text/html,x":               "",
		"//wiki.example":                 "",
		"https://":                       "",
		"https://user@wiki.example":      "",
		"See https://wiki.example":       "",
		"https://wiki.example\nand more": "",
		"https://wiki.example/\"onclick": "",
		"":                               "",
	} {
		if got := WebAddress(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

// wrongFields are the fields an Invalid speaks of, in order.
func wrongFields(t *testing.T, err error) string {
	t.Helper()
	var invalid Invalid
	if err == nil {
		return ""
	}
	if !errors.As(err, &invalid) {
		t.Fatalf("got %v", err)
	}
	fields := make([]string, len(invalid.Problems))
	for i, p := range invalid.Problems {
		fields[i] = p.Field
	}
	return strings.Join(fields, " ")
}

func TestWhatIsTypedIsChecked(t *testing.T) {
	two, one, none := 2, 1, 0
	for _, c := range []struct {
		what, want string
		err        error
	}{
		{"a practice", "", (&Practice{Name: " Incident ", Category: ServiceManagement, State: Planned}).Check()},
		{"an empty practice", "name category state", (&Practice{Name: "\u200b"}).Check()},
		{"a name too long", "name", (&Practice{Name: strings.Repeat("é", LabelMax+1), Category: GeneralManagement, State: InUse}).Check()},
		{"a process", "", (&Process{Name: "Handle", Kind: Daily, Triggers: []string{"A call", ""}}).Check()},
		{"a process without a kind", "kind", (&Process{Name: "Handle"}).Check()},
		{"a line too long", "inputs", (&Process{Name: "Handle", Kind: Care, Inputs: []string{strings.Repeat("x", ItemMax+1)}}).Check()},
		{"too many lines", "outputs", (&Process{Name: "Handle", Kind: Care, Outputs: strings.Split(strings.Repeat("x,", ItemsMax)+"x", ",")}).Check()},
		{"an activity without a name", "name", (&Step{Text: "x"}).Check()},
		{"text that cannot be stored", "text", (&Step{Name: "x", Text: "a\x00b"}).Check()},
		{"a hand-off to nobody", "other", (&HandOff{ActivityID: 1, Direction: Out, What: "x"}).Check()},
		{"a hand-off to two", "other", (&HandOff{ActivityID: 1, Direction: Out, What: "x", ToProcessID: 2, Party: "y"}).Check()},
		{"a hand-off nowhere", "direction", (&HandOff{ActivityID: 1, What: "x", Party: "y"}).Check()},
		{"a hand-off to itself", "other", (&HandOff{ActivityID: 1, Direction: Out, What: "x", ToActivityID: 1}).Check()},
		{"support by two", "support", Support{TeamID: 1, CompanyID: 2}.Check()},
		{"a role that wants fewer than it wants", "wanted_max", (&Role{Kind: Manager, Name: "x", WantedMin: &two, WantedMax: &one}).Check()},
		{"a role that wants nobody at most", "wanted_max", (&Role{Kind: Manager, Name: "x", WantedMax: &none}).Check()},
		{"whoever it is wants holders", "wanted_min", (&Role{Kind: Whoever, Name: "x", WantedMin: &one}).Check()},
	} {
		if got := wrongFields(t, c.err); got != c.want {
			t.Errorf("%s: wrong are %q, want %q", c.what, got, c.want)
		}
	}
}

func TestRolesAreBornWithTheirDuties(t *testing.T) {
	for _, r := range []Role{NewRole(Owner), NewRole(Manager), NewRole(Practitioner), NewServiceOwner()} {
		if err := r.Check(); err != nil || len(Lines(r.Responsibilities)) < 5 {
			t.Errorf("%s: %v, %d responsibilities", r.Name, err, len(Lines(r.Responsibilities)))
		}
	}
}
