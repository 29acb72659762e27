package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Lists of who serves name the role over a list, in bold or as a heading of the incumbent; the names are invented.
func TestEntriesOfWhoServes(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"in bold with terms": {"### Current leadership\n\n__Chair/Vice-chair__\n* Chair: Ida Roe (Oven School, Bern), term August 2021 - August 2023\n* Vice-Chair: Ole Sun (Mill, Ulm), term August 2021 - August 2023\n\n__At Large Members__\n* Uma Fay (Oven School, Bern), term January 2021 - December 2022\n\n**Note**\n\n* Ben Ash left\n",
			[]string{"Ida Roe, Chair, , 2021-08-01..2023-09-01", "Ole Sun, Vice-Chair, , 2021-08-01..2023-09-01", "Uma Fay, At Large member, , 2021-01-01..2023-01-01"}},
		"incumbents": {"# Board\n\n## Officers\n\n### President\n\n**Aim:** Chair the meetings.\n\n**Incumbent:** Ida _(term ending in 2027)_\n\n### Secretary\n\n**Term:** 2 years\n\n**Incumbent:** Ole Sun\n",
			[]string{"Ida, President, , ", "Ole Sun, Secretary, , ", "note “term ending in 2027” names no day that is kept, and is left out."}},
		"roles of one person": {"# Ovens\n\n## Doorkeeper and Global Maintainer\n\n- Ida Roe <ida@example.org>\n\n## Mixers & Oven Maintainers\n\n- Ole Sun\n- Uma Fay\n\n## How to become a reviewer and maintainer\n\n- Ben Ash\n",
			[]string{"Ida Roe, Doorkeeper and Global Maintainer, , ", "Ole Sun, Mixer & Oven Maintainer, , ", "Uma Fay, Mixer & Oven Maintainer, , "}},
		"leads and a subcommittee": {"# Team\n\n## Project leads\n\n- [Ida Roe](https://example.org/ida)   {**Ovens**|**Doors**}  (Team member since May 2015)\n\n## Bread Subcommittee\n\n- Ole Sun\n\n## Contact us\n\n- Uma Fay\n",
			[]string{"Ida Roe, Project lead, , ", "Ole Sun, Bread Subcommittee member, , "}},
	} {
		found, err := FindHats("x.md", []byte(tt.text), Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list, err := ReadHats(found[0], ListOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, h := range list.Hats {
			days := ""
			if h.From != nil && h.Until != nil {
				days = h.From.Format("2006-01-02") + ".." + h.Until.Format("2006-01-02")
			}
			got = append(got, h.Holder+", "+h.Role+", "+h.Of+", "+days)
		}
		for _, n := range list.Remarks {
			if strings.HasPrefix(n.Text, "“") {
				got = append(got, "note "+n.Text)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
