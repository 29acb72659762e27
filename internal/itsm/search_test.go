package itsm

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestQuestionsAreUnderstood(t *testing.T) {
	for text, want := range map[string]string{
		"who answers for logging":                                      "answers: logging",
		"Who answers for Logging?":                                     "answers: logging",
		"who answers for the logging of incidents":                     "answers: logging of incidents",
		"who is accountable for closing":                               "answers: closing",
		"who decides on a change":                                      "answers: change",
		"who decides about normal changes":                             "answers: normal changes",
		"who decides normal changes":                                   "answers: normal changes",
		"who can approve emergency changes":                            "answers: emergency changes",
		"who owns incident management":                                 "answers: incident management",
		"owner of incident management":                                 "answers: incident management",
		"who is the owner of the incident management":                  "answers: incident management",
		"who does diagnose":                                            "does: diagnose",
		"who is responsible for diagnosing":                            "does: diagnosing",
		"who carries out the triage":                                   "does: triage",
		"who gives input to categorise":                                "input: categorise",
		"who is consulted on categorising":                             "input: categorising",
		"who is told about a major incident":                           "told: major incident",
		"who is informed of closing":                                   "told: closing",
		"who manages change enablement":                                "manages: change enablement",
		"manager of change enablement":                                 "manages: change enablement",
		"who is the incident manager":                                  "holds: incident manager",
		"who's the incident manager?":                                  "holds: incident manager",
		"Who’s incident manager":                                       "holds: incident manager",
		"who is the Practice Owner of changes":                         "answers: changes",
		"who is the manager of incident management in north japan":     "manages: incident management in north japan",
		"process manager of change enablement":                         "manages: change enablement",
		"who wears the incident manager hat":                           "holds: incident manager",
		"who has the major incident manager role":                      "holds: major incident manager",
		"who answered for change on 3 March":                           "answers: change on 2026-03-03",
		"Who answered for Change on March 3rd, 2025?":                  "answers: change on 2025-03-03",
		"who answered for logging in APAC last March":                  "answers: logging in apac on 2026-03-31",
		"who answered for logging last March in APAC":                  "answers: logging in apac on 2026-03-31",
		"who was the incident manager on 24 December":                  "holds: incident manager on 2025-12-24",
		"who owned incident management as of 2024-02-29":               "answers: incident management on 2024-02-29",
		"who did triage on the 3rd of May 2026":                        "does: triage on 2026-05-03",
		"who managed change enablement in July":                        "manages: change enablement on 2026-07-31",
		"who was told about a major incident yesterday":                "told: major incident on 2026-07-30",
		"who answered for logging":                                     "answers: logging",
		"who answered for change on 29 February":                       "answers: change on 2024-02-29",
		"who answers for change on 30 February 2026":                   "answers: change on 30 february 2026",
		"who answers for change on 3 March 2027":                       "answers: change on 2027-03-03",
		"Who will answer for Categorise and log on 5 Mar 2027 in APAC": "answers: categorise and log in apac on 2027-03-05",
		"who will be responsible for logging":                          "does: logging",
		"who will carry out the triage tomorrow":                       "does: triage on 2026-08-01",
		"who shall do the triage":                                      "does: triage",
		"who will have the major incident manager role":                "holds: major incident manager",
		"who owns change on 2027-01-15":                                "answers: change on 2027-01-15",
		"who answers for logging tomorrow":                             "answers: logging on 2026-08-01",
		"who answers for logging today":                                "answers: logging",
		"who owns change in December 2026":                             "answers: change on 2026-12-31",
		"who owns change on 3 March 9000":                              "answers: change on 3 march 9000",
		"who decides on the march plan":                                "answers: march plan",
		"who manges incident management":                               "manages: incident management",
		"who anwsers for logging":                                      "answers: logging",
		"who is acountable for closing":                                "answers: closing",
		"who is respnsible for triage last March":                      "does: triage on 2026-03-31",
		"who mangles incident management":                              "",
		"who dose triage":                                              "",
		"whom manages incident management":                             "",
		"who is Marta Nowak":                                           "holds: marta nowak",
		"who":                                                          "",
		"who answers for":                                              "",
		"who answers for the":                                          "",
		"who is the":                                                   "",
		"incident manager":                                             "",
		"incidnet managr":                                              "",
		"whole":                                                        "",
		"how do I log an incident":                                     "",
		"world health organisation WHO is":                             "",
		"":                                                             "",
	} {
		got := Ask(text, Day(2026, time.July, 31))
		said := ""
		if got.About != "" {
			said = string(got.About) + ": " + strings.Join(got.Words, " ")
		}
		if got.On != nil {
			said += " on " + ISODay(*got.On)
		}
		if said != want {
			t.Errorf("%q is understood as %q, want %q", text, said, want)
		}
	}
}

func TestWhoeverDecidesIsAskedForAsSuch(t *testing.T) {
	for text, want := range map[string]bool{
		"who decides on changes": true, "who may approve changes": true, "who authorizes a change": true, "who signed off the change": true, "who answers for changes": false, "who owns changes": false, "who does the change": false,
	} {
		if got := Ask(text, Day(2026, time.July, 31)); got.Decides != want {
			t.Errorf("%q: %v", text, got.Decides)
		}
	}
}

// A phrase that looks like another one is still its own.
func TestEveryPhraseMeansWhatItSays(t *testing.T) {
	for _, p := range phrases {
		if got := Ask(strings.Join(p.words, " ")+" zeal", Day(2026, time.July, 31)); got.About != p.about || len(got.Words) != 1 && !slices.Contains(got.Words, "zeal") {
			t.Errorf("%q is understood as %v", p.words, got)
		}
	}
}

func TestSearchWords(t *testing.T) {
	for text, want := range map[string]string{
		"  CI/CD  (O'Brien) ":       "CI|CD|O|Brien",
		"Élodie 変更 v2.1":            "Élodie|変更|v2|1",
		"a b c d e f g h i j":       "a|b|c|d|e|f|g|h",
		"& | ! :* ' \\ <-> ; DROP ": "DROP",
		"%_":                        "",
	} {
		if got := strings.Join(SearchWords(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWordsOfTheScreenAloneAreLeftOut(t *testing.T) {
	for text, want := range map[string]string{
		"Practice Owner":                     "Owner",
		"process managers of change":         "managers|of|change",
		"owner of the process":               "owner|of|the|process",
		"practice":                           "practice",
		"owner practice owner process owner": "owner|owner|owner",
	} {
		if got := strings.Join(WithoutLabel(SearchWords(text)), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestRegionsOfAQuestionAreNamedByTheirWholeName(t *testing.T) {
	regions := []RegionRef{{ID: 1, Name: "Asia"}, {ID: 2, Name: "Asia Pacific"}, {ID: 3, Name: "EMEA"}, {ID: 4, Name: "North America"}, {ID: 5, Name: "–"}}
	for text, want := range map[string]string{
		"logging in Asia Pacific":         "Asia Pacific",
		"logging in asia":                 "Asia",
		"logging in emea":                 "EMEA",
		"logging in America":              "",
		"logging north of America":        "",
		"logging in EMEA and Asia":        "Asia EMEA",
		"logging":                         "",
		"pacific asia logging, and so on": "Asia",
	} {
		var names []string
		for _, r := range NamedRegions(SearchWords(text), regions) {
			names = append(names, r.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func TestDaysThatTheCalendarLacks(t *testing.T) {
	for text, want := range map[string]string{
		"who answers for logging on 31 February": "31 February", "who owned change on 29 February 2025": "29 February 2025", "who did log on June 31st": "31 June", "on 31st of Nov 2024": "31 November 2024",
		"who answers for logging on 29 February": "", "who answered for change on 3 March": "", "who may decide 40 things": "", "march 2026": "", "the 99 of may": "",
	} {
		if got := NoSuchDay(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
