package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Officers have a title for a role, and former ones are marked; the names are invented.
func TestListsOfOfficers(t *testing.T) {
	refused := []string{"This does not look like a list of who wears which hat: none of its columns is known to be the role. Say which column is."}
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"titles of officers":  {"x.yml", "- name: Ida Roe\n  title: President\n- name: Ole Sun\n  title: Vice President\n- name: Uma Fay\n  title: Bread counsel\n", []string{"Ida Roe, President, , ", "Ole Sun, Vice President, , ", "Uma Fay, Bread counsel, , "}},
		"offices":             {"x.md", "| Office | Full legal name |\n|---|---|\n| Governor | Ida Roe |\n| Secretary of Ovens | Ole Sun |\n", []string{"Ida Roe, Governor, , ", "Ole Sun, Secretary of Ovens, , "}},
		"titles of jobs":      {"x.csv", "Name,Title,Office\nIda Roe,Baker,Bern\nOle Sun,Senior baker,Ulm\n", refused},
		"one secretary":       {"x.csv", "Name,Title\nIda Roe,Baker\nOle Sun,Secretary\n", refused},
		"marked as past":      {"x.yml", "- name: Ida Roe\n  position: President\n- name: Ole Sun\n  position: President\n  is_past: true\n- name: Uma Fay\n  position: Treasurer\n  is_past: false\n", []string{"Ida Roe, President, , ", "over Ole Sun, President, , ", "Uma Fay, Treasurer, , "}},
		"emeritus for a role": {"x.md", "| Name | Role |\n|---|---|\n| Ida Roe | Oven lead |\n| Ole Sun | Emeritus (founder) |\n", []string{"Ida Roe, Oven lead, , ", "over Ole Sun, Emeritus (founder), , "}},
		"primary and backup":  {"x.md", "| Subsystem | Primary Owner | Backup Owner |\n|---|---|---|\n| Ovens | Ida Roe | Ole Sun |\n| Doors | Uma Fay | |\n", []string{"Ida Roe, Owner, Ovens, ", "Ole Sun, Owner, Ovens, ", "Uma Fay, Owner, Doors, "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	found, err := FindHats("x.md", []byte("| Subsystem | Primary Owner | Backup Owner |\n|---|---|---|\n| Ovens | Ida Roe | Ole Sun |\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil || list.Hats[0].As != "" || list.Hats[1].As != "deputy" {
		t.Errorf("%v: %+v", err, list.Hats)
	}
}
