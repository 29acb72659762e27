package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Headings of one level with a text each, none of them a part of a policy, are policies; what says that it is one stays one.
func TestPoliciesBelowHeadings(t *testing.T) {
	for name, of := range map[string]struct {
		file, text string
		want       []string
		asks       bool
	}{
		"three of the first level": {"pol.md", "# Every call gets a number\n\nWhatever is said is written down.\n\n# No change on Friday\n\nNothing is changed on a Friday.\n\n# Passwords\n\nA password is long and known to one.\n", []string{"Every call gets a number|Whatever is said is written down.", "No change on Friday|Nothing is changed on a Friday.", "Passwords|A password is long and known to one."}, false},
		"three below a title":      {"pol.md", "# Our rules\n\n## Every call gets a number\n\nWhatever is said is written down.\n\n## No change on Friday\n\nNothing is changed on a Friday.\n", []string{"Every call gets a number|Whatever is said is written down.", "No change on Friday|Nothing is changed on a Friday."}, false},
		"policies without owners":  {"pol.md", "# Service desk policies\n\n## 1. Every call gets a number\n\nWhatever is said is written down.\n\n## 2. No change on Friday\n\nNothing is changed on a Friday.\n", []string{"Every call gets a number|Whatever is said is written down.", "No change on Friday|Nothing is changed on a Friday."}, false},
		"most are called policies": {"pol.md", "# Staff policy document\n\n## Leave policy\n\nLeave is asked for early.\n\n## Hours\n\nHours are those of the office.\n\n## Code of conduct\n\nEverybody is kind to others.\n", []string{"Leave policy|Leave is asked for early.", "Hours|Hours are those of the office.", "Code of conduct|Everybody is kind to others."}, false},
		"parts of one":             {"pol.md", "# Backups\n\n## Purpose\n\nNothing gets lost here.\n\n## Scope\n\nAll of our servers.\n\n## Roles and responsibilities\n\nThe operator sees to it.\n\n## Media\n\nTapes are kept elsewhere.\n", []string{"Backups|Scope\n\nAll of our servers.\n\nRoles and responsibilities\n\nThe operator sees to it.\n\nMedia\n\nTapes are kept elsewhere."}, false},
		"topics of one":            {"pol.md", "# Access policy\n\n## Passwords\n\nA password is long and known to one.\n\n## Accounts\n\nAn account belongs to somebody.\n", []string{"Access policy|Passwords\n\nA password is long and known to one.\n\nAccounts\n\nAn account belongs to somebody."}, false},
		"it says this policy":      {"pol.md", "# Access\n\nThis policy is about who gets in.\n\n## Passwords\n\nA password is long and known to one.\n\n## Accounts\n\nAn account belongs to somebody.\n", []string{"Access|This policy is about who gets in.\n\nPasswords\n\nA password is long and known to one.\n\nAccounts\n\nAn account belongs to somebody."}, false},
		"counted topics":           {"pol.md", "# Remote work\n\n## 1. Equipment\n\nThe company lends a computer.\n\n## 2. Hours\n\nHours are those of the office.\n", []string{"Remote work|1. Equipment\n\nThe company lends a computer.\n\n2. Hours\n\nHours are those of the office."}, true},
		"one without a text":       {"pol.md", "# Rules\n\n## Every call gets a number\n\nWhatever is said is written down.\n\n## Open\n\n## No change on Friday\n\nNothing is changed on a Friday.\n", []string{"Rules|Every call gets a number\n\nWhatever is said is written down.\n\nOpen\n\nNo change on Friday\n\nNothing is changed on a Friday."}, true},
	} {
		found, err := FindPolicies([]File{{of.file, []byte(of.text)}}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		var got []string
		for _, p := range list.Policies {
			got = append(got, p.Title+"|"+p.Statement)
		}
		if diff := cmp.Diff(of.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
		says := func(words string) bool {
			return slices.ContainsFunc(list.Remarks, func(r Note) bool { return strings.Contains(r.Text, words) })
		}
		if says("one for each") != (len(of.want) > 1) || says("If each of them is a policy") != of.asks {
			t.Errorf("%s: %v", name, list.Remarks)
		}
	}
}
