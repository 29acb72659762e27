package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Rosters in text say a name and a role in lines of their own; the names are invented.
func TestNamesAndRolesInLinesWithLabels(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"labels":                 {"x.txt", "Bakery roster\nLeads\nName: Ida Roe\nRole: Oven Commander\nMain duty: bakes what there is to bake.\n\nOthers\nName: Ole Sun\nRole: Door Engineer\nE-mail: ole@example.org\n", []string{"Ida Roe, Oven Commander, , ", "Ole Sun, Door Engineer, , ole@example.org"}},
		"names as headings":      {"x.md", "## Team\n\n### Ida Roe\n\n[page](team/ida.md)\n\n* Role: Oven Lead\n* Responsibilities: bread\n\n### Ole Sun\n\n* Role: Door Lead\n", []string{"Ida Roe, Oven Lead, , ", "Ole Sun, Door Lead, , "}},
		"offices below names":    {"x.html", "<h1>Committee</h1><h2>Ida Roe</h2>\n<h3>President</h3>\n<p>Bakes.</p>\n<h2>Ole Sun</h2>\n<h3>Vice President Doors</h3>\n", []string{"Ida Roe, President, , ", "Ole Sun, Vice President Doors, , "}},
		"accounts alone":         {"x.csv", "GitHub ID,Name,Email,Roles\nidaroe,,,admin\nolesun,,,read\n", []string{"idaroe, admin, , ", "olesun, read, , "}},
		"a body and its letters": {"x.md", "# Oven Steering Committee (OSC) Members\n\nThe members of the long-named\nOven Steering Committee (OSC) are:\n\n* Idalia \"Ida\" Roe (@ida) [Oven Ltd]\n* Ole Sun (@ole)\n", []string{"Idalia Roe, Oven Steering Committee member, , ", "Ole Sun, Oven Steering Committee member, , "}},
		"short names within":     {"x.md", "## Oven Committee\n\n- Idalia (Ida) Roe, Bern\n- Ole Sun --- [lead], Bern\n", []string{"Idalia Roe, Oven Committee member, , ", "Ole Sun, Oven Committee member, , "}},
		"nobody by name":         {"x.md", "## Ovens\n\n* Role: heats\n\n## Doors\n\n* Role: open\n", []string{noTable}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// One line may name all who have a role, with an office behind some names, and a sentence begins another list.
func TestSeveralBehindOneRole(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"offices in brackets": {"# Trust\n\nTrustees (as of May): Ida Roe (Chair), Ole Sun, Uma Fay (Treasurer).\n", []string{"Ida Roe, Trustee, Trust, ", "Ole Sun, Trustee, Trust, ", "Uma Fay, Trustee, Trust, ", "Ida Roe, Chair, Trust, ", "Uma Fay, Treasurer, Trust, "}},
		"several labels":      {"# Mill\n\n- Ovens — Owner: Ida Roe; Backup: Ole Sun\n- Doors — Owners: @uma, @ben — Backup: TBD\n- Note: see below, Fans: many\n", []string{"Ida Roe, Owner, Ovens, ", "Ole Sun, Owner, Ovens, ", "@uma, Owner, Doors, ", "@ben, Owner, Doors, "}},
		"an office behind":    {"## Oven Committee\n\n- Ida Roe (Chair), Oven Ltd, Bern\n- Ole Sun, Bern\n", []string{"Ida Roe, Oven Committee member, , ", "Ida Roe, Chair, , ", "Ole Sun, Oven Committee member, , "}},
		"in German":           {"# Verein\n\nKassenwart: Ida Roe (gewählt am 10.11.2021 / für zwei Jahre)\n\nBeisitz:\n- Ole Sun\n- Uma Fay\n\nGeprüft haben in diesem Jahr die Kasse:\n\n- Ben Ash\n", []string{"Ida Roe, Kassenwart, Verein, ", "Ole Sun, Beisitz, , ", "Uma Fay, Beisitz, , "}},
		"in Spanish":          {"# Horno\n\n- PATROCINADOR DEL PROYECTO: Ida Roe (alcaldesa)\n- DIRECTOR DEL PROYECTO: Ole Sun\n- FECHA: 26/10/2024\n", []string{"Ida Roe, PATROCINADOR DEL PROYECTO, Horno, ", "Ole Sun, DIRECTOR DEL PROYECTO, Horno, "}},
		"once, and for now":   {"# Ovens\n\n- Process owner: Ida Roe (former)\n- Process manager: Ole Sun (acting)\n- Owner: Uma Fay\n- Manager: Ben Ash\n", []string{"Ole Sun, Process manager (acting), Ovens, ", "Uma Fay, Owner, Ovens, ", "Ben Ash, Manager, Ovens, "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if diff := cmp.Diff([]string{"Ida Roe, Oven lead, , ", "Ole Sun, Door lead, , "}, hatsRead(t, "x.csv", "Rol,Responsable,Descripción\nOven lead,Ida Roe,hornea\nDoor lead,Ole Sun,abre\n")); diff != "" {
		t.Error(diff)
	}
}
