package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestAnAccountIsMadeAndItsPersonComesIn(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	jonas := s.person("Jonas Weber")
	found := admin.post("/accounts", url.Values{"find": {"person"}, "person_q": {"jonas"}})
	found.shows(t, http.StatusUnprocessableEntity, "Jonas Weber", "Choose one of these people")
	made := admin.post("/accounts", url.Values{"person": {itoa(jonas)}})
	made.shows(t, http.StatusOK, "It works once, for 24 hours", "no password yet")
	link := regexp.MustCompile(`http://localhost(/welcome/[A-Z0-9]+)`).FindStringSubmatch(made.body)
	if link == nil {
		t.Fatal("no link on the page")
	}
	b := s.browser()
	b.post(link[1], url.Values{"password": {password}, "again": {password}}).isIn(t)
	b.open("/account").shows(t, http.StatusOK, "You are Jonas Weber and sign in with jonas.weber@tallgrass.example")
	admin.post("/accounts", url.Values{"person": {itoa(jonas)}, "email": {"other@example.org"}}).shows(t, http.StatusUnprocessableEntity, "This person has an account already.")
	admin.post("/accounts", url.Values{"person": {itoa(s.person("Mia Weber"))}, "email": {"JONAS.weber@tallgrass.example"}}).
		shows(t, http.StatusUnprocessableEntity, "Another account signs in with this e-mail address.")
	admin.open("/accounts?q=weber").shows(t, http.StatusOK, "Jonas Weber", "1 account")
	admin.open("/accounts?state=open&grant=administrator&sort=email&order=down").shows(t, http.StatusOK, "Ada Stone")
	admin.open("/accounts?sort=;drop&page=99999999999999999999&state=%00").shows(t, http.StatusOK)
}

func TestAnExternalAccountEnds(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	company := must[int64](t)(s.AddCompany(t.Context(), storetest.Operator, itsm.Company{Name: "Corvid Networks", Kind: "supplier"}))
	dana := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: company}))
	form := url.Values{"person": {itoa(dana)}}
	admin.post("/accounts", form).shows(t, http.StatusUnprocessableEntity, "This person is external: give the account a last day.")
	form.Set("last_day", "2026-11-22")
	admin.post("/accounts", form).shows(t, http.StatusUnprocessableEntity, "This day is over.")
	form.Set("last_day", "2026-11-23")
	admin.post("/accounts", form).shows(t, http.StatusOK, "Dana Petrov")
	account := must[itsm.Account](t)(s.AccountByEmail(t.Context(), "dana@corvid.example"))
	if account.EndsOn == nil || itsm.ISODay(*account.EndsOn) != "2026-11-24" {
		t.Errorf("it ends on %v", account.EndsOn)
	}
	admin.post("/accounts/"+itoa(account.ID), url.Values{"email": {account.Email}, "counter": {itoa(account.Counter)}}).
		shows(t, http.StatusUnprocessableEntity, "give the account a last day")
}

func TestADisabledAccountIsOutAtItsNextRequest(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	jonas := s.person("Jonas Weber")
	id := must[int64](t)(s.AddAccount(t.Context(), storetest.Operator, itsm.NewAccount{PersonID: jonas, Email: "jonas@example.org"}))
	b := s.browser()
	b.welcome(must[string](t)(s.MakeLink(t.Context(), storetest.Operator, id))).isIn(t)
	at := "/accounts/" + itoa(id)
	counter := admin.open(at).counter(t)
	admin.post(at+"/disable", url.Values{"counter": {counter}}).shows(t, http.StatusOK, "The account is disabled.")
	if got := b.open("/account"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("still in: %s", got.path)
	}
	b.post("/sign-in", url.Values{"email": {"jonas@example.org"}, "password": {password}}).shows(t, http.StatusUnprocessableEntity, "do not fit together")
	admin.post(at+"/link", url.Values{}).shows(t, http.StatusConflict, "This account is disabled. Enable it first.")
	admin.post(at+"/enable", url.Values{"counter": {counter}}).shows(t, http.StatusConflict, "You changed this elsewhere", "after you opened it here")
	admin.post(at+"/enable", url.Values{"counter": {admin.open(at).counter(t)}}).shows(t, http.StatusOK, "The account is enabled.", "Recent changes", "Ada Stone disabled the account of Jonas Weber")
	b.post("/sign-in", url.Values{"email": {"jonas@example.org"}, "password": {password}}).isIn(t)
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	account := must[itsm.Account](t)(s.AccountByEmail(t.Context(), "ada@example.org"))
	at := "/accounts/" + itoa(account.ID)
	revoke := fmt.Sprintf("%s/grants/%d/revoke", at, account.Grants[0].ID)
	admin.post(at+"/disable", url.Values{"counter": {itoa(account.Counter)}}).shows(t, http.StatusConflict, "This is the last administrator.")
	admin.post(revoke, url.Values{}).shows(t, http.StatusConflict, "This is the last administrator.")
	other := must[int64](t)(s.AddAccount(t.Context(), storetest.Operator, itsm.NewAccount{PersonID: s.person("Jonas Weber"), Email: "jonas@example.org"}))
	grants := "/accounts/" + itoa(other) + "/grants"
	admin.post(grants, url.Values{"kind": {"auditor"}}).shows(t, http.StatusUnprocessableEntity, "An auditor's grant ends")
	admin.post(grants, url.Values{"kind": {"owner"}}).shows(t, http.StatusUnprocessableEntity, "Choose administrator or auditor.")
	admin.post(grants, url.Values{"kind": {"auditor"}, "grant_last_day": {"2026-12-31"}}).shows(t, http.StatusOK, "auditor of everything until 31 Dec 2026")
	admin.post(grants, url.Values{"kind": {"administrator"}}).shows(t, http.StatusOK, "The grant is given.")
	admin.post(grants, url.Values{"kind": {"administrator"}}).shows(t, http.StatusConflict, "has that grant already")
	admin.post(revoke, url.Values{}).shows(t, http.StatusForbidden) // it worked: the page afterwards is not for her any more
	by := must[itsm.Actor](t)(s.ActorOf(t.Context(), "ada@example.org"))
	if by.Administrator {
		t.Error("the grant is still there")
	}
}

func TestTwoAdministratorsDoNotRemoveEachOther(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.administrator(true)
	first := must[itsm.Account](t)(s.AccountByEmail(t.Context(), "ada@example.org"))
	id := must[int64](t)(s.AddAccount(t.Context(), storetest.Operator, itsm.NewAccount{PersonID: s.person("Jonas Weber"), Email: "jonas@example.org"}))
	if err := s.GrantAccount(t.Context(), storetest.Operator, itsm.NewGrant{AccountID: id, Kind: itsm.GrantAdministrator}); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 2)
	for _, a := range []itsm.Account{first, must[itsm.Account](t)(s.Account(t.Context(), id))} {
		go func() { done <- s.DisableAccount(t.Context(), storetest.Operator, a.ID, a.Counter) }()
	}
	x, y := <-done, <-done
	if (x == nil) == (y == nil) {
		t.Errorf("of two at once one must stay: %v, %v", x, y)
	}
}

func TestAccountsAndSettingsAreForAdministrators(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(false)
	reader := s.as(s.person("Priya Raman"))
	for _, path := range []string{"/accounts", "/accounts/new", "/accounts/1", "/settings", "/lead", "/set-up/1"} {
		reader.get(path).shows(t, http.StatusForbidden)
		if got := admin.open(path); got.status != http.StatusOK {
			t.Errorf("%s: %d for the administrator", path, got.status)
		}
	}
	for _, path := range []string{"/accounts", "/accounts/1", "/accounts/1/link", "/accounts/1/disable", "/accounts/1/enable", "/accounts/1/grants", "/accounts/1/grants/1/revoke", "/settings", "/lead", "/set-up/1"} {
		reader.post(path, url.Values{"person": {"1"}, "kind": {"administrator"}}).shows(t, http.StatusForbidden)
	}
	for _, path := range []string{"/accounts/99", "/accounts/x", "/set-up/6", "/set-up/0"} {
		admin.open(path).shows(t, http.StatusNotFound)
	}
}

func TestSettingsAreSavedAndStale(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	form := url.Values{
		"counter": {admin.open("/settings").counter(t)}, "name": {"<b>Acme</b> & Söhne"}, "time_zone": {"Europe/Paris"}, "owner_label": {"process"},
		"support_letter": {"on"}, "external_sees": {"nothing"},
	}
	before := must[itsm.Organisation](t)(s.Organisation(t.Context()))
	admin.post("/settings", form).shows(t, http.StatusOK, "The settings are saved.",
		"changed the settings: name from “"+before.Name+"” to “<b>Acme</b> & Söhne”; time zone from "+before.TimeZone+" to Europe/Paris; Owners and Managers are called Process Owner and Process Manager, not Practice Owner and Practice Manager; "+
			"the letter S is used in matrices; people of other companies see nothing, not where they take part")
	o := must[itsm.Organisation](t)(s.Organisation(t.Context()))
	if o.Name != "<b>Acme</b> & Söhne" || o.TimeZone != "Europe/Paris" || o.OwnerLabel != "process" || !o.SupportLetter || o.CountAccepted || o.ExternalSees != "nothing" {
		t.Errorf("saved %+v", o)
	}
	form.Set("name", "Mine")
	stale := admin.post("/settings", form)
	stale.shows(t, http.StatusConflict, "You changed this elsewhere", "after you opened it here")
	if !strings.Contains(stale.body, `value="Mine"`) {
		t.Error("what was typed is gone")
	}
	opened := formWith(t, admin.open("/settings").body, "seen")
	theirs, mine := opened.values(), opened.values()
	theirs.Set("count_accepted", "on")
	mine.Set("name", "Mine")
	admin.post("/settings", theirs).shows(t, http.StatusOK, "The settings are saved.")
	outrun := admin.post("/settings", mine)
	outrun.shows(t, http.StatusConflict, "Hats count once they are accepted", "nothing here: the form has what stands now")
	if both := formWith(t, outrun.body, "seen").values(); both.Get("count_accepted") != "on" || both.Get("name") != "Mine" {
		t.Errorf("the form has %v, want the work of both", both)
	}
	form.Set("counter", admin.open("/settings").counter(t))
	for field, c := range map[string][2]string{
		"name": {" \u200b ", "Give the organisation a name."}, "time_zone": {"Mars/Olympus", "Give a time zone"}, "owner_label": {"x", "Choose one of the two."}, "external_sees": {"all", "Choose one of the two."},
	} {
		wrong := url.Values{}
		for k, v := range form {
			wrong[k] = v
		}
		wrong.Set(field, c[0])
		admin.post("/settings", wrong).shows(t, http.StatusUnprocessableEntity, c[1])
	}
}

func TestAnAdministratorAppointsTheFirstLeadAndNoSecond(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(false)
	admin.open("/account").shows(t, http.StatusOK, "Nobody leads the service management office")
	for step := 1; step <= 4; step++ {
		address := fmt.Sprintf("/set-up/%d", step)
		got := admin.open(address)
		got.shows(t, http.StatusOK, "Appoint the SMO lead")
		for _, closed := range []string{`"/regions"`, `"/people/new"`, `"/import/people"`, `"/practices/new"`, `"/import/raci"`} {
			if strings.Contains(got.body, "href="+closed) {
				t.Errorf("%s leads an administrator who is not the lead to %s", address, closed)
			}
		}
	}
	alone := admin.open("/lead")
	alone.shows(t, http.StatusOK, "I lead the office", "Nobody else is here yet")
	if strings.Contains(alone.body, `name="person_q"`) {
		t.Error("somebody else is offered where nobody else is")
	}
	jonas := s.person("Jonas Weber")
	admin.open("/lead").shows(t, http.StatusOK, "Somebody else")
	admin.post("/lead", url.Values{}).shows(t, http.StatusUnprocessableEntity, "Choose the person")
	admin.post("/lead", url.Values{"person": {itoa(jonas)}})
	by := s.as(jonas)
	by.get("/account").shows(t, http.StatusOK, "For the service management office")
	admin.post("/lead", url.Values{"person": {"1"}}).shows(t, http.StatusConflict, "There is an SMO lead")
	if strings.Contains(admin.open("/account").text(), "Nobody leads") {
		t.Error("the banner is still there")
	}
}

func TestTheSetUpLeadsThroughFiveSteps(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	for i, title := range []string{"Name and regions", "People", "First practice", "Owners", "Who sees what"} {
		step := fmt.Sprintf("/set-up/%d", i+1)
		admin.open(step).shows(t, http.StatusOK, title)
		admin.open("/account").shows(t, http.StatusOK, fmt.Sprintf("step %d of 5 comes next", i+1))
		if i < 4 {
			if got := admin.post(step, url.Values{}); got.path != fmt.Sprintf("/set-up/%d", i+2) {
				t.Errorf("after step %d: %s", i+1, got.path)
			}
		}
	}
	first := admin.open("/set-up/1").counter(t)
	if got := admin.post("/set-up/1", url.Values{"go": {"stay"}, "counter": {first}, "name": {""}, "time_zone": {"UTC"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an organisation without a name: %d", got.status)
	}
	if got := admin.post("/set-up/1", url.Values{"counter": {first}, "name": {"Acme & Söhne"}, "time_zone": {"Asia/Tokyo"}}); got.path != "/set-up/2" {
		t.Errorf("saving step 1 leads to %s", got.path)
	}
	last := url.Values{"go": {"stay"}, "counter": {admin.open("/set-up/5").counter(t)}, "external_sees": {"nothing"}}
	if got := admin.post("/set-up/5", last); got.path != "/set-up/5" {
		t.Errorf("saving in step 5 leads to %s", got.path)
	}
	o := must[itsm.Organisation](t)(s.Organisation(t.Context()))
	if o.Name != "Acme & Söhne" || o.TimeZone != "Asia/Tokyo" || o.ExternalSees != "nothing" || o.OwnerLabel != "practice" {
		t.Errorf("the set-up saved %+v", o)
	}
	practice := must[int64](t)(s.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Incident management", Category: "service", State: "in use"}))
	owners := admin.open("/set-up/4")
	owners.shows(t, http.StatusOK, "Incident management", "Appoint", "1 hat")
	if !strings.Contains(owners.body, `href="/assignments/new?back=/set-up/4&amp;role=`) {
		t.Error("appointing an Owner does not lead back to the set-up")
	}
	admin.open("/set-up/3").shows(t, http.StatusOK, "1 practice")
	if got := admin.post("/set-up/5", url.Values{}); got.path != "/practices" {
		t.Errorf("the set-up ends on %s", got.path)
	}
	if strings.Contains(admin.open("/account").text(), "comes next") {
		t.Errorf("the banner is still there (practice %d)", practice)
	}
}

func TestSeveralAccountsAreMadeAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t)
	admin := s.administrator(true)
	jonas, mia := s.person("Jonas Weber"), s.person("Mia Weber")
	form := func(people string) url.Values { return url.Values{"people": {people}, "last_day": {""}} }
	admin.post("/accounts", form("Jonas Weber\nNobody Here")).shows(t, http.StatusUnprocessableEntity, "Nobody here is called “Nobody Here”.", "Jonas Weber Nobody Here Error:")
	admin.post("/accounts", url.Values{"people": {"Mia Weber"}, "person": {itoa(jonas)}}).shows(t, http.StatusUnprocessableEntity, "empty one of the two")
	admin.open("/accounts?q=weber").shows(t, http.StatusOK, "0 accounts")

	made := admin.post("/accounts", form("Jonas Weber\nmia.weber@tallgrass.example;Ada Stone"))
	made.shows(t, http.StatusOK, "2 accounts are made. 1 has an account already: left as it is.", "copy them now", "Jonas Weber jonas.weber@tallgrass.example http://localhost/welcome/")
	links := regexp.MustCompile(`<span class="mono pre">http://localhost(/welcome/[A-Z0-9]+)`).FindAllStringSubmatch(made.body, -1)
	if len(links) != 2 || links[0][1] == links[1][1] {
		t.Fatal("not a link for each:", links)
	}
	b := s.browser()
	b.post(links[0][1], url.Values{"password": {password}, "again": {password}}).isIn(t)
	b.open("/account").shows(t, http.StatusOK, "You are Jonas Weber and sign in with jonas.weber@tallgrass.example")

	again := admin.post("/accounts", form("Jonas Weber\nMia Weber"))
	again.shows(t, http.StatusOK, "1 had an account without a password, and gets a new link. 1 has an account already: left as it is.", "Mia Weber")
	s.browser().open(links[1][1]).shows(t, http.StatusNotFound)
	b.post("/accounts", form("Mia Weber")).shows(t, http.StatusForbidden)
	admin.post("/accounts", form("Jonas Weber")).shows(t, http.StatusConflict, "All of them have an account already.")
	admin.open("/accounts/"+itoa(storetest.Value[int64](t, s.DB, `SELECT id FROM account WHERE person_id = $1`, mia))).shows(t, http.StatusOK, "made accounts with one-time links for", "Jonas Weber", "Mia Weber")
}
