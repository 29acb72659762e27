package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Sentences say who is given a role, or has it; the names are invented.
func TestSentencesThatAppoint(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"one after the other": {"# Appointments\n\nFrom today, Ida Roe is appointed Incident Manager for the Mill from 1 May 2026\nuntil 30 April 2027. Ole Sun deputises for her. Dr. Uma Fay has been named as our Head of Baking, effective 2026-06-01.\n",
			[]string{"Ida Roe, Incident Manager of Mill, , 2026-05-01 2027-04-30", "Ole Sun, Incident Manager of Mill, deputy, ", "Dr. Uma Fay, Head of Baking of Appointments, , "}},
		"the role first":      {"# Privacy\n\nOur Data Protection Officer is Ida Roe. You can write to her.\nThe treasurer is currently Ole Sun, whom you know.\n", []string{"Ida Roe, Data Protection Officer of Privacy, , ", "Ole Sun, treasurer of Privacy, , "}},
		"by somebody":         {"The board has appointed Ida Roe as the Security Officer and Ole Sun as the Privacy Officer.\n", []string{"Ida Roe, Security Officer of , , ", "Ole Sun, Privacy Officer of , , "}},
		"who has it":          {"Ida Roe, of the mill, is the Process Owner of Baking.\n\nOle Sun serves as our Release Manager.\n", []string{"Ida Roe, Process Owner of Baking, , ", "Ole Sun, Release Manager of , , "}},
		"below the role":      {"# Jobs\n\n## Oven Manager\n\nRuns the ovens.\n\nRoe, Ida _ida@example.org_ is the current Oven Manager\n", []string{"Ida Roe, Oven Manager of , , "}},
		"one word alone":      {"# News\n\nIda Roe is the maintainer of these ovens.\n", []string{noTable}},
		"one appointed alone": {"# News\n\nIda Roe was elected Chair on 1 May 2026.\n", []string{"Ida Roe, Chair of News, , "}},
		"if":                  {"If Ida Roe is appointed Incident Manager, she is told. The board may appoint a Security Officer.\n", []string{noTable}},
		"what roles are":      {"The Incident Manager is responsible for incidents. The owner is the person who answers. Ida Roe is the best friend of Ole Sun.\n", []string{noTable}},
		"who is to be chosen": {"# Terms\n\nThe Chair is appointed by the Board. Ida Roe was not elected Chair.\n", []string{noTable}},
	} {
		if diff := cmp.Diff(tt.want, appointed(t, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// appointed are the hats of a text, a line each.
func appointed(t *testing.T, text string) (out []string) {
	t.Helper()
	found, err := FindHats("x.md", []byte(text), Limits{})
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
		out = append(out, h.Holder+", "+h.Role+" of "+h.Of+", "+h.As+", "+days)
	}
	return out
}
