package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
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
	reader.get(searchURL("who answers for closing")).shows(t, http.StatusOK, "Nothing is called that", "who answers for Log", "who does Categorise", "who owned Incident management on 23 Oct 2026")
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
	s.recordedBefore()
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
	reader.get("/search").shows(t, http.StatusOK, "What are you looking for?", "who manages Incident management")
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

// Where a hat is worn in other regions alone, it is not vacant: the answer says so, and who answers there.
func TestAQuestionOfARegionIsAnsweredThere(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.analyst, s.ana, s.emea)
	reader := s.as(s.reader)
	reader.get(searchURL("who is the incident manager in APAC")).shows(t, http.StatusOK, "Who is Manager in APAC?",
		"Nobody is Practice Manager of Incident management in APAC: the hat is worn elsewhere alone. There Marta Nowak answers for it; as Practice Owner")
	reader.get(searchURL("who manages incident management in APAC")).shows(t, http.StatusOK, "Who manages Incident management in APAC?", "There Marta Nowak answers for it")
	reader.get(searchURL("who is the manager of the incident management in Germany")).shows(t, http.StatusOK, "Who manages Incident management in Germany?", "Jonas Weber manages Incident management , EMEA")
	reader.get(searchURL("who does log in APAC")).shows(t, http.StatusOK, "Nobody does Log in Handle an incident in APAC: Practitioner is worn elsewhere alone")
	reader.get(searchURL("who answers for log in APAC")).shows(t, http.StatusOK, "Marta Nowak answers for Log in Handle an incident , APAC; as Owner, since nobody is Practice Manager there")
	if a := reader.get(searchURL("who answers for log in APAC")); !strings.Contains(a.body, "/raci?region="+itoa(s.apac)) {
		t.Error("the way to the matrix forgets the region asked about")
	}
	for _, asked := range []string{"who is the incident manager in APAC", "who does log in APAC"} {
		if text := reader.get(searchURL(asked)).text(); strings.Contains(text, "vacant") {
			t.Errorf("%s: said to be vacant: %.900s", asked, text)
		}
	}
	palette := reader.get(searchURL("who is the incident manager in APAC") + "&palette=1")
	palette.shows(t, http.StatusOK, "There Marta Nowak answers for it; as Practice Owner")
}

// People of other companies are told what they may not see, not that there is none; and what is offered to ask has an answer.
func TestEmptyListsAreTrueForPeopleOfOtherCompanies(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op, id := storetest.Operator, must[int64](t)
	id(s.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	dana := id(s.AddPerson(t.Context(), op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	nothing := s.as(dana)
	for path, want := range map[string]string{
		"/practices": "No practice that you may see", "/services": "No service that you may see", "/policies": "No policy that you may see", "/map": "No hat that you may see", "/map/practices": "No practice that you may see", "/gaps": "No gap that you may see",
	} {
		a := nothing.get(path)
		a.shows(t, http.StatusOK, want, "There may be more, which is not for you to see.")
		if strings.Contains(a.text(), " yet") && path != "/gaps" {
			t.Errorf("%s says that there is none: %.900s", path, a.text())
		}
	}
	if text := nothing.get("/search").text(); strings.Contains(text, "Or ask") {
		t.Errorf("it offers questions to who sees nothing: %.900s", text)
	}
	theirs := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Supplier liaison", Category: "service", State: "in use"}))
	process := id(s.AddProcess(t.Context(), op, itsm.Process{PracticeID: theirs, Name: "Take a ticket over", Kind: itsm.Daily}))
	id(s.AddActivity(t.Context(), op, process, itsm.Step{Name: "Repair"}, 1, store.Latest))
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'practitioner'`, theirs), dana, 0)
	a := s.as(dana).get("/search")
	a.shows(t, http.StatusOK, "who answers for Repair", "who owns Supplier liaison")
	for _, secret := range []string{"Incident", "Log"} {
		if strings.Contains(strings.ReplaceAll(a.text(), "Your account", ""), "for "+secret) || strings.Contains(a.text(), secret+" management") {
			t.Errorf("an example tells of %s", secret)
		}
	}
	for _, q := range []string{"who answers for Repair", "who owns Supplier liaison", "who manages Supplier liaison"} {
		if text := s.as(dana).get(searchURL(q)).text(); strings.Contains(text, "Nothing is called that") {
			t.Errorf("%s has no answer: %.900s", q, text)
		}
	}
}
