package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func searchURL(text string) string { return "/search?q=" + url.QueryEscape(text) }

func TestTheAnswerStandsBeforeWhatWasFound(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	reader := s.as(s.reader)
	page := reader.get(searchURL("who answers for logging"))
	page.shows(t, http.StatusOK, "Jonas Weber answers for Log in Handle an incident , EMEA; as Practice Manager", "Marta Nowak answers for Log in Handle an incident , APAC; as Owner, since nobody is Practice Manager there", "1 found for “who answers for logging”")
	if answer, found := strings.Index(page.body, "answers for"), strings.Index(page.body, "<mark>Log</mark>"); answer < 0 || found < answer {
		t.Errorf("the answer stands at %d, what was found at %d", answer, found)
	}
	if !strings.Contains(page.text(), "Who answers for Log? Handle an incident") {
		t.Error("the answer's heading does not say in which process")
	}
	reader.get(searchURL("who answers for closing")).shows(t, http.StatusOK, "Nothing is called that", "who answers for logging")
	reader.get(searchURL("who answers for restoring")).shows(t, http.StatusOK, "Marta Nowak answers for Restore in Handle an incident ; as Practice Owner, since no A is set")
	reader.get(searchURL("who does categorise")).shows(t, http.StatusOK, "Nobody does Categorise in Handle an incident : Practitioner is vacant today")
	reader.get(searchURL("who owns incident management")).shows(t, http.StatusOK, "Marta Nowak answers for Incident management ; as Practice Owner")
	reader.get(searchURL("who owns handle an incident")).shows(t, http.StatusOK, "Who answers for Handle an incident?", "Marta Nowak answers for Handle an incident ; as Practice Owner of Incident management")
	reader.get(searchURL("who owns incident")).shows(t, http.StatusOK, "Who answers for Incident management?")
	must[int64](t)(s.AddPolicy(t.Context(), storetest.Operator, itsm.Policy{Number: "POL-7", Title: "Every outage is logged", Statement: "Log it at once.", Driver: itsm.Internal, OwnerRoleID: s.manager}, nil))
	for _, asked := range []string{"who owns POL-7", "who answers for every outage is logged"} {
		reader.get(searchURL(asked)).shows(t, http.StatusOK, "Who answers for Every outage is logged?", "Jonas Weber answers for Every outage is logged , EMEA; as Practice Manager of Incident management")
	}
	if text := reader.get(searchURL("who answers for logging")).text(); strings.Contains(text, "answers for Every outage") {
		t.Error("the policy about an activity is an answer beside the activity")
	}
	past := reader.get(searchURL("who owned incident management on 20 November"))
	past.shows(t, http.StatusOK, "Who answered for Incident management on 20 Nov 2026?", "Nobody answered for Incident management : the hat was vacant on 20 Nov 2026")
	reader.get(searchURL("who owns incident management")+"&on=2026-11-20").shows(t, http.StatusOK,
		"The answer is as of 20 Nov 2026; what was found stands as it is today.", "Who answered for Incident management on 20 Nov 2026?", "the hat was vacant on 20 Nov 2026")
	reader.get(searchURL("who owns incident management")+"&on=2027-11-20").shows(t, http.StatusOK, "This page speaks of today", "Marta Nowak answers for Incident management")
	if !strings.Contains(past.body, "?on=2026-11-20") {
		t.Error("the answer does not lead to its day")
	}
	manager := reader.get(searchURL("who is the incident manager"))
	manager.shows(t, http.StatusOK, "Jonas Weber is Practice Manager of Incident management , EMEA")
	if strings.Contains(manager.text(), "is Practice Owner") {
		t.Error("who asks for the manager of Incident management is told its Owner")
	}
	reader.get(searchURL("who is the practice owner of incident management")).shows(t, http.StatusOK, "Marta Nowak answers for Incident management ; as Practice Owner")
	for _, label := range []string{"practice owner", "Process Owner"} { // the word is the screen's, and the setting's
		hats := reader.get(searchURL(label))
		hats.shows(t, http.StatusOK, "Practice Owner Incident management")
		if strings.Contains(hats.body, "Nothing has just these words") {
			t.Errorf("%q is not found as it stands on the screen", label)
		}
	}
	reader.get("/search").shows(t, http.StatusOK, "What are you looking for?", "who decides on changes")
	palette := reader.get(searchURL("who answers for logging") + "&palette=1")
	palette.shows(t, http.StatusOK, "Jonas Weber answers for Log in Handle an incident, EMEA; as Practice Manager")
	if strings.Contains(palette.body, "<html") || !strings.Contains(palette.body, `role="option" href="/activities/`) {
		t.Errorf("not a list of options: %s", palette.body)
	}
}

func TestPracticesAreFoundByTheirOlderNames(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	change := must[int64](t)(s.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Change enablement", Category: "service", State: "in use"}))
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'owner'`, change), s.marta, 0)
	reader := s.as(s.reader)
	reader.get(searchURL("change management")).shows(t, http.StatusOK, "Change enablement")
	reader.get(searchURL("Who owns change management?")).shows(t, http.StatusOK, "Marta Nowak answers for Change enablement")
}

func TestSearchTakesWhateverIsTyped(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader)
	for _, text := range []string{
		`<script>alert(1)</script>`, `' OR 1=1 --`, `"&'\`, strings.Repeat("long ", 5000), "\x00", "\xff\xfe", "½ ⅓ ﬁ", "a:* & !b | (c", "日本語", "   ", "who answers for ' & |", "🎩", "\u0301", "who is \u0301",
	} {
		page := reader.get(searchURL(text))
		if page.status != http.StatusOK {
			t.Errorf("%.30q: %d", text, page.status)
		}
		if strings.Contains(page.body, "<script>alert") {
			t.Error("what was typed became markup")
		}
	}
	for _, q := range []string{"&kind=nonsense", "&page=-1", "&page=99999999999", "&kind=person&page=7"} {
		reader.get(searchURL("incident")+q).shows(t, http.StatusOK)
	}
	reader.get(searchURL("incident")+"&kind=practice").shows(t, http.StatusOK, "Practices (1)", "All (")
}

// What an external may not see is found by no words, and answered to no question.
func TestSearchTellsExternalsNothingElse(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, 0)
	facts(t, s.DB, `INSERT INTO person (name, sort_name, company_id) VALUES ('Dana Petrov', 'Petrov', `+itoa(s.acme)+`)`)
	dana := s.as(storetest.Value[int64](t, s.DB, `SELECT id FROM person WHERE name = 'Dana Petrov'`))
	for _, text := range []string{
		"incident", "Incident management", "Log", "logging", "Handle an incident", "manager", "Marta Nowak", "marta", "mrata nowka", "Service desk", "Corvid", "EMEA",
		"who answers for logging", "who does log", "who owns incident management", "who manages incident management", "who is the incident manager", "who is Marta",
	} {
		for _, end := range []string{"", "&palette=1"} {
			text := dana.get(searchURL(text) + end).text()
			for _, secret := range []string{"Marta Nowak answers", "Jonas", "Handle an incident", "Incident management", "Ana Souza", "All ("} {
				if strings.Contains(strings.ReplaceAll(text, "“Incident management”", ""), secret) && !strings.Contains(text, "“"+secret+"”") {
					t.Errorf("%q tells an external of %s: %s", text, secret, text)
				}
			}
		}
	}
}

func TestTheSearchFieldStandsOnEveryPage(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader)
	for _, path := range []string{"/hats", "/practices", "/people", s.raci(), "/account", "/nowhere", "/search?q=x"} {
		if page := reader.get(path); !strings.Contains(page.body, `action="/search"`) {
			t.Errorf("%s has no search field", path)
		}
	}
}

// A question about a day that there is not is told so.
func TestSearchSaysThatThereIsNoSuchDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader)
	reader.get(searchURL("who answers for logging on 31 February")).shows(t, http.StatusOK, "There is no 31 February: the calendar has no such day.")
	if strings.Contains(reader.get(searchURL("who answers for logging on 20 November")).text(), "no such day") {
		t.Error("20 November is no such day")
	}
}
