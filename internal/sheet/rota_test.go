package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Turns of a rota last to the day before the next; the names are invented.
func TestTurnsOfRotas(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"a role and who stands in": {"x.md", "# Shop\n\n| Week Starting | Oven Warden | Backup OW |\n|---|---|---|\n| **2025-11-18** | Ida Roe | Ole Sun |\n| **2025-11-25** | Ole Sun | Ida Roe |\n",
			[]string{"Ida Roe, Oven Warden, , 2025-11-18 2025-11-24", "Ole Sun, Oven Warden, deputy, 2025-11-18 2025-11-24", "Ole Sun, Oven Warden, , 2025-11-25 2025-12-01", "Ida Roe, Oven Warden, deputy, 2025-11-25 2025-12-01"}},
		"nothing but who is first": {"x.md", "# On-call rota\n\n| Week of | Primary | Secondary |\n|---|---|---|\n| Sep 28, 2026 | Ida Roe | Ole Sun |\n| Oct 5, 2026 | Uma Fay | TBD |\n| Oct 12, 2026 | Ole Sun | |\n",
			[]string{"Ida Roe, On call, , 2026-09-28 2026-10-04", "Ole Sun, On call, deputy, 2026-09-28 2026-10-04", "Uma Fay, On call, , 2026-10-05 2026-10-11", "Ole Sun, On call, , 2026-10-12 2026-10-18", "refused TBD, On call"}},
		"a column of anything": {"x.md", "| Week of | Oven Warden | Told |\n|---|---|---|\n| 2026-10-05 | Ida Roe | Ole Sun |\n| 2026-10-12 | Uma Fay | Ida Roe |\n", refusedAsHats},
		"who alone":            {"oncall.csv", "Week,Engineer,Phone\n2026-10-05,Ida Roe,1234\n2026-10-12,Uma Fay,1235\n", []string{"Ida Roe, Engineer, , 2026-10-05 2026-10-11", "Uma Fay, Engineer, , 2026-10-12 2026-10-18"}},
		"days without years":   {"x.md", "# On-call rota\n\n| Week of | Primary | Secondary |\n|---|---|---|\n| October 5 | Ida Roe | Ole Sun |\n| October 12 | Uma Fay | Ida Roe |\n", []string{"This looks like a rota, but “October 5” under “Week of” does not say on which day that turn begins. Write the days there, with their years, or say what the columns are."}},
		"turns of other lengths": {"x.md", "# On-call rota\n\n| Week of | Primary | Secondary |\n|---|---|---|\n| 2026-10-05 | Ida Roe | Ole Sun |\n| 2026-10-12 | Uma Fay | Ida Roe |\n| 2026-10-30 | Ole Sun | Ida Roe |\n",
			[]string{"Ida Roe, On call, , 2026-10-05 2026-10-11", "Ole Sun, On call, deputy, 2026-10-05 2026-10-11", "Uma Fay, On call, , 2026-10-12 2026-10-29", "Ida Roe, On call, deputy, 2026-10-12 2026-10-29"}},
		"a longer one among others": {"x.md", "# On-call rota\n\n| Week of | Primary |\n|---|---|\n| 2026-12-07 | Ida Roe |\n| 2026-12-14 | Uma Fay |\n| 2026-12-28 | Ole Sun |\n| 2027-01-04 | Ida Roe |\n",
			[]string{"Ida Roe, On call, , 2026-12-07 2026-12-13", "Uma Fay, On call, , 2026-12-14 2026-12-27", "Ole Sun, On call, , 2026-12-28 2027-01-03", "Ida Roe, On call, , 2027-01-04 2027-01-10"}},
		"one day twice":           {"x.md", "# On-call rota\n\n| Week of | Primary |\n|---|---|\n| 2026-12-07 | Ida Roe |\n| 2026-12-07 | Uma Fay |\n", refusedAsHats},
		"first of something else": {"x.md", "# Copies\n\n| Date | Primary | Secondary |\n|---|---|---|\n| 2026-10-05 | Ida Roe | Ole Sun |\n| 2026-10-12 | Uma Fay | Ida Roe |\n", refusedAsHats},
		"work of a week":          {"x.md", "# On-call rota\n\n| Week | Primary |\n|---|---|\n| 2026-10-05 | Bake the bread |\n| 2026-10-12 | Clean the oven |\n", refusedAsHats},
	} {
		if diff := cmp.Diff(tt.want, turnsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

var refusedAsHats = []string{"This does not look like a list of who wears which hat: none of its columns is known to be the role. Say which column is."}

// turnsRead are the hats of a file with how and when they are worn, a line each.
func turnsRead(t *testing.T, file, text string) (out []string) {
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
		days := ""
		if h.From != nil && h.Until != nil {
			days = h.From.Format("2006-01-02") + " " + h.Until.AddDate(0, 0, -1).Format("2006-01-02")
		}
		out = append(out, h.Holder+", "+h.Role+", "+h.As+", "+days)
	}
	for _, r := range list.Refused {
		out = append(out, "refused "+r.What)
	}
	return out
}
