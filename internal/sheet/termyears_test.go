package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// served are the hats of a file with the days between which they are worn.
func served(t *testing.T, file, text string) (out []string) {
	t.Helper()
	found, err := FindHats(file, []byte(text), Limits{})
	if err != nil {
		return []string{err.Error()}
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil {
		return []string{err.Error()}
	}
	for _, h := range list.Hats {
		from, until := "", ""
		if h.From != nil {
			from = h.From.Format("2006-01-02")
		}
		if h.Until != nil {
			until = h.Until.Format("2006-01-02")
		}
		out = append(out, h.Holder+", "+h.Role+", "+h.Of+", "+from+".."+until)
	}
	for _, n := range list.Remarks {
		if strings.HasSuffix(n.Text, " is not read: not all of it says from when until when somebody serves.") {
			out = append(out, "unread")
		}
	}
	return out
}

// Terms in years are whole years; the names are invented.
func TestTermsInYears(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"spans, an open one and a year": {"x.csv", "Name,Role,Term\nIda Roe,Founder,2013\nOle Sun,President,2014–2017\nUma Fay,President,2024–present\nBen Ash,Secretary,2023/24\n",
			[]string{"Ida Roe, Founder, , 2013-01-01..2014-01-01", "Ole Sun, President, , 2014-01-01..2018-01-01", "Uma Fay, President, , 2024-01-01..", "Ben Ash, Secretary, , 2023-01-01..2025-01-01"}},
		"one after the other": {"x.csv", "Name,Role,Term\nIda Roe,President,2019–2021\nOle Sun,President,2021–2023\nUma Fay,Treasurer,2023-2025\n",
			[]string{"Ida Roe, President, , 2019-01-01..2021-01-01", "Ole Sun, President, , 2021-01-01..2024-01-01", "Uma Fay, Treasurer, , 2023-01-01..2026-01-01"}},
		"years alone":       {"x.csv", "Name,Role,Term\nIda Roe,President,2019\nOle Sun,Secretary,2021\n", []string{"Ida Roe, President, , ..", "Ole Sun, Secretary, , ..", "unread"}},
		"a year of each":    {"x.csv", "Name,Role,Year\nIda Roe,President,2019\nOle Sun,President,2021\n", []string{"Ida Roe, President, , ..", "Ole Sun, President, , ..", "unread"}},
		"seasons":           {"x.csv", "Name,Role,Season\nIda Roe,President,2019/20\nOle Sun,President,2020/21\n", []string{"Ida Roe, President, , 2019-01-01..2020-01-01", "Ole Sun, President, , 2020-01-01..2022-01-01"}},
		"some are no terms": {"x.csv", "Name,Role,Term\nIda Roe,President,2019–2021\nOle Sun,Secretary,second\n", []string{"Ida Roe, President, , ..", "Ole Sun, Secretary, , ..", "unread"}},
		"backwards":         {"x.csv", "Name,Role,Term\nIda Roe,President,2021–2019\n", []string{"Ida Roe, President, , ..", "unread"}},
		"below headings":    {"x.md", "# Past officers\n\n## 2022–2023\n\n- President: Ida Roe\n\n## 2023–2024\n\n- President: Ole Sun\n", []string{"Ida Roe, President, , 2022-01-01..2023-01-01", "Ole Sun, President, , 2023-01-01..2025-01-01"}},
		"tables of each year": {"x.md", "## 2022 officers\n\n| Office | Name |\n|---|---|\n| President | Ida Roe |\n| Secretary | Uma Fay |\n\n## 2023 officers\n\n| Office | Name |\n|---|---|\n| President | Ole Sun |\n| Secretary | Uma Fay |\n",
			[]string{"Ida Roe, President, , 2022-01-01..2023-01-01", "Uma Fay, Secretary, , 2022-01-01..2023-01-01", "Ole Sun, President, , 2023-01-01..2024-01-01", "Uma Fay, Secretary, , 2023-01-01..2024-01-01"}},
		"years of a first and a last day": {"x.csv", "Role,Holder,Since,Until\nBaker,Ida Roe,2020,2022\nBaker,Uma Fay,2022,\n", []string{"Ida Roe, Baker, , 2020-01-01..2022-01-01", "Uma Fay, Baker, , 2022-01-01.."}},
		"a term beside the list": {"x.yaml", "year: \"2022-2025\"\nmembers:\n  - name: Ida Roe\n    position: Chair\n  - name: Uma Fay\n    position: Treasurer\n",
			[]string{"Ida Roe, Chair, , 2022-01-01..2026-01-01", "Uma Fay, Treasurer, , 2022-01-01..2026-01-01"}},
		"a year beside the list": {"x.yaml", "year: 2022\nmembers:\n  - name: Ida Roe\n    position: Chair\n  - name: Uma Fay\n    position: Treasurer\n",
			[]string{"Ida Roe, Chair, , ..", "Uma Fay, Treasurer, , .."}},
		"behind an office": {"x.md", "# Board\n\n- Ida Roe – Former President (2014–2017)\n- **Uma Fay**, Treasurer\n- Ole Sun, baker of rolls\n",
			[]string{"Ida Roe, President, , 2014-01-01..2018-01-01", "Uma Fay, Treasurer, , .."}},
		"records of each year": {"x.yaml", "2022:\n  - name: Ida Roe\n    role: President\n  - name: Uma Fay\n    role: Secretary\n2023:\n  - name: Ole Sun\n    role: President\n",
			[]string{"Ida Roe, President, , 2022-01-01..2023-01-01", "Uma Fay, Secretary, , 2022-01-01..2023-01-01", "Ole Sun, President, , 2023-01-01..2024-01-01"}},
	} {
		if diff := cmp.Diff(tt.want, served(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Two who share a hat, and one who has two offices, are a line each.
func TestSeveralInOneCell(t *testing.T) {
	text := "Name,Role,Term\nIda Roe and Ole Sun,Oven lead,\nUma Fay & Ben Ash,Door lead,\n\"Eva Fox, Red Barn\",Shop lead,\nMarks & Spencer,Supplier,\nGus Hay,\"Councilor, Mayor Pro Tem\",\nPia Low,Vice President & Drama Chair,\nJim Kay,\"Commissioner, District 3\",\n"
	want := []string{"Ida Roe, Oven lead, , ", "Ole Sun, Oven lead, , ", "Uma Fay, Door lead, , ", "Ben Ash, Door lead, , ", "Eva Fox, Shop lead, , ", "Red Barn, Shop lead, , ", "Marks & Spencer, Supplier, , ",
		"Gus Hay, Councilor, , ", "Gus Hay, Mayor Pro Tem, , ", "Pia Low, Vice President, , ", "Pia Low, Drama Chair, , ", "Jim Kay, Commissioner, District 3, , "}
	if diff := cmp.Diff(want, hatsRead(t, "x.csv", text)); diff != "" {
		t.Error(diff)
	}
}
