package server_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store/storetest"
)

// The readers who walk, those who may see most first: what a server keeps of their answers must not come to others.
// Of the staff a plain reader stands for all who read no plans.
var leakReaders = []string{"lead", "reader", "supplier", "supplies"}

// told is a table of who may be told what: a marker, in all its spellings, and the readers who may see it anywhere.
// At staffAt the other staff may see it too, and externals may not.
type told struct {
	marks   []string
	to      string
	staffAt string
}

var tolds = []told{
	{marks: []string{planReason}, to: "lead supplies"},
	{marks: []string{planAction}, to: "lead supplies"},
	{marks: []string{endReason, wornReason, objecting}, to: "lead supplies"},
	{marks: []string{proposedWhy}, to: "lead supplies"},
	{marks: []string{sharedWords, "93%"}, to: "lead supplies"},
	{marks: []string{plannedDay, plannedShow, leavingDay, leavingShow, goneDay, goneShow, proposedDay, proposedIn, "2027-03-08", "8 Mar 2027"}, to: "lead supplies"},
	{marks: []string{acceptedWhy}, to: "lead"},
	{marks: []string{otherReason}, to: "lead"},
	{marks: []string{steeringAsk}, to: "lead"},
	{marks: []string{stagedName}, to: "lead"},
	{marks: []string{wrongVeiled}, to: "lead reader"},
	{marks: []string{veiled, "VEIL-1"}, to: "lead reader"},
	{marks: []string{otherVeil}, to: "lead reader"},
	{marks: []string{elsewhereBy, "colleaguemark@"}, to: "lead reader"},
	{marks: []string{planner}, to: "lead supplies", staffAt: `^/(people|search|organisation|assignments/new|accounts/new)\b`},
}

// ask fills a pattern with the ids of the scene, and with some that are not there.
func (s leakScene) ask(pattern string) (paths []string) {
	every := func(table string) (ids []string) {
		for _, id := range storetest.Value[[]int64](s.t, s.DB, `SELECT array_agg(id ORDER BY id) FROM `+table) {
			ids = append(ids, itoa(id))
		}
		return ids
	}
	noun := strings.Split(pattern, "/")[1]
	ids := []string{"1"}
	if table, ok := map[string]string{
		"practices": "practice", "processes": "process", "activities": "activity", "roles": "role", "services": "service", "people": "person", "teams": "team", "companies": "company",
		"regions": "region", "accounts": "account", "assignments": "assignment", "actions": "action", "events": "event", "trail": "event", "import": "staged_import",
	}[noun]; ok {
		ids = every(table)
	}
	if noun == "policies" {
		ids = every("policy")
		if strings.Contains(pattern, "attachments") {
			ids = every("policy_attachment")
		}
	}
	if !strings.Contains(pattern, "{id}") {
		ids = ids[:1]
	}
	for _, id := range ids {
		path := strings.NewReplacer("{id}", id, "{key}", "risk-management", "{membership}", "1", "{step}", "1", "{token}", "none", "*", "x").Replace(pattern)
		if !strings.Contains(path, "{activity}") {
			paths = append(paths, path)
			continue
		}
		for _, a := range []int64{s.log, s.veilActivity} {
			paths = append(paths, strings.ReplaceAll(path, "{activity}", itoa(a)))
		}
	}
	return paths
}

// queries are what an address is asked beside nothing: days, regions, texts that name what is hidden but for their last
// letter, and whatever else its page understands.
func (s leakScene) queries(pattern string) []string {
	if strings.HasPrefix(pattern, "/static") || strings.HasPrefix(pattern, "/events") || strings.HasPrefix(pattern, "/trail/") {
		return []string{""}
	}
	out := []string{"", "on=2026-11-01", "on=2027-02-01", "on=2027-04-01"}
	texts := func(with string) {
		for _, word := range []string{veiled, planner, elsewhereBy, otherVeil, planReason, planAction, stagedName} {
			out = append(out, "q="+word[:len(word)-1]+with)
		}
	}
	ids := strings.NewReplacer("$veil", itoa(s.veil), "$process", itoa(s.veilProcess), "$activity", itoa(s.veilActivity), "$role", itoa(s.veilRole), "$policy", itoa(s.veilPolicy),
		"$service", itoa(s.veilService), "$stranger", itoa(s.stranger), "$strangers", itoa(s.strangers), "$company", itoa(s.strangeCompany), "$secret", itoa(s.secret), "$proposal", itoa(s.proposal),
		"$objected", itoa(s.objected), "$planned", itoa(s.planned), "$leaver", itoa(s.leaver), "$manager", itoa(s.manager), "$region", itoa(s.apac), "$boss", itoa(s.boss), "$practice", itoa(s.practice))
	more := func(queries ...string) {
		for _, q := range queries {
			out = append(out, ids.Replace(q))
		}
	}
	list := strings.TrimSuffix(strings.TrimSuffix(pattern, ".csv"), ".xlsx")
	switch list {
	case "/search":
		texts("")
		texts("&palette=1")
		more("q=who+answers+for+"+veiled[:11], "q=who+is+Manager", "q=who+manages+incident&on=2027-04-01", "q=who+manages+incident+management+on+2027-04-01", "q=who+does+log+on+2027-02-01", "q=who+answers+for+log+on+2027-04-01", "q=who+manages+incident+management+on+2027-04-01&palette=1", "q=who+is+"+veiled[:11]+"+practitioner", "q=who+owns+BOTH-1", "q=who+owns+"+veiled[:11]+"+process")
	case "/people/pick", "/assignments/pick-role":
		texts("&for=person")
		more("q=Manager&for=role", "q=pract&for=role")
	case "/people":
		texts("")
		more("hats=none", "hats=some", "left=1", "left=1&on=2027-04-01", "hats=none&on=2027-04-01", "team=$strangers", "company=$company")
	case "/map", "/map/practices", "/map/regions":
		texts("")
		more("view=gaps", "practice=$veil", "practice=$veil&on=2027-04-01", "company=$company", "team=$strangers", "manager=$boss", "manager=$boss&on=2027-04-01", "region=$region&on=2027-04-01", "vacant=1", "kind=manager&on=2027-04-01", "sort=name&on=2027-04-01", "sort=duties")
	case "/gaps":
		for _, state := range []string{"accepted", "planned", "unplanned", ""} {
			more("state="+state, "state="+state+"&practice=$veil", "state="+state+"&practice=$practice&on=2027-04-01", "state="+state+"&team=$strangers", "state="+state+"&of_region=$region", "state="+state+"&mine=1")
		}
		for _, kind := range itsm.GapKinds() {
			more("kind="+kind, "kind="+kind+"&on=2027-04-01")
		}
	case "/gaps/accept", "/actions/new":
		more("code=owner-vacant&role=$role", "code=role-vacant&role=$manager", "code=not-accepted&assignment=$secret", "code=not-accepted&assignment=$proposal", "code=objected&assignment=$objected", "assignment=$secret", "practice=$veil", "process=$process", "activity=$activity",
			"service=$service", "policy=$policy", "about_person=$stranger", "about_person=$leaver", "role=$role", "team=$strangers&code=team-empty", "company=$company&code=no-contact", "practice=$practice", "practice=$practice&person_q=Colleaguemar", "practice=$practice&person=$stranger")
	case "/actions":
		more("state=done", "mine=1", "practice=$veil", "practice=$practice&sort=due")
	case "/reviews":
		more("all=1", "all=1&practice=$veil", "mine=1")
	case "/practices", "/services", "/policies", "/roles", "/teams", "/companies", "/library", "/accounts", "/organisation":
		texts("")
		more("archived=1", "practice=$veil", "all=1", "state=planned", "vacant=1", "overdue=1")
	case "/practices/sort", "/library/{key}", "/library/organisation":
		texts("")
		more("all=1", "practice=$veil", "to=$veil")
	case "/practices/{id}/merge", "/roles/{id}/merge":
		more("into=$veil", "into=$role")
	case "/processes/{id}/practice":
		more("to=$veil")
	case "/practices/{id}/archive", "/activities/new", "/roles/new", "/import/raci", "/policies/attach", "/mistakes/new", "/policies/new":
		more("process=$process", "practice=$veil", "service=$service", "activity=$activity", "role=$role", "policy=$policy", "process=$process&activity=$activity", "policy=$policy&practice=$veil")
	case "/assignments/new", "/people/{id}/hand-over":
		more("role=$role", "role=$manager", "person=$stranger", "person=$planned", "role=$manager&person=$planned&from=2027-04-01", "role=$manager&person=$leaver&from=2027-04-01", "role=$role&person=$leaver", "replaces=$secret", "role_q=Veilmarkwor&find=role", "person_q=Wilhelminawor&find=person", "assignment=$secret")
	case "/processes/{id}/raci", "/processes/{id}/raci.md", "/processes/{id}/raci.html", "/processes/{id}/raci/names":
		for _, view := range []string{"view=people", "view=list", "names=1", "view=roles", "role=$manager", "gaps=1", "service=$service", "region=$region"} {
			more(view, view+"&on=2027-02-01", view+"&region=$region&on=2027-04-01")
		}
	case "/processes/{id}/raci/compare":
		more("from=2026-11-01&to=2027-04-01", "from=2027-02-01&to=2027-04-01&region=$region", "from=2026-11-23&to=2027-02-01&changed=1")
	case "/trail":
		texts("")
		more("about=practice:$veil", "about=person:$planned", "who=Ingrid", "act=appoint")
	case "/steering":
		more("since=2026-01-01", "edit=1")
	}
	if strings.HasSuffix(list, "/history") {
		more("kind=hats", "from=2026-01-01&to=2027-06-01", "all=1")
	}
	return out
}

// said is all that an answer says, workbooks unpacked, with where it leads.
func said(t *testing.T, path string, a answer) string {
	t.Helper()
	if a.status == http.StatusOK && strings.Contains(path, ".xlsx") {
		z, err := zip.NewReader(bytes.NewReader([]byte(a.body)), int64(len(a.body)))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var text strings.Builder
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&text, r); err != nil {
				t.Fatal(err)
			}
			r.Close()
		}
		return html.UnescapeString(text.String())
	}
	return html.UnescapeString(a.body) + " " + a.to
}

func (s leakScene) readers() map[string]reader {
	supplies := must[int64](s.t)(s.AddPerson(s.t.Context(), storetest.Operator, itsm.Person{Name: "Sid Supplies", Email: "sid@corvid.example", CompanyID: s.acme}))
	s.wear(s.manager, supplies, s.germany)
	return map[string]reader{"lead": s.as(s.lead), "reader": s.as(s.reader), "supplier": s.as(s.dana), "supplies": s.as(supplies)}
}

// gets are the patterns of the routes that are read.
func gets(t *testing.T, s scene) (patterns []string) {
	t.Helper()
	srv, err := server.New(server.Config{Store: s.Store, Log: slog.New(slog.DiscardHandler), BaseURL: "http://localhost"})
	if err != nil {
		t.Fatal(err)
	}
	err = chi.Walk(srv.Routes(), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodGet {
			patterns = append(patterns, pattern)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return patterns
}

// TestTheCuriousColleague asks every route that is read for everything there is, in every way it can be asked, as
// everybody: nobody is told what is not for them. The lead goes first, and has to find every marker somewhere.
func TestTheCuriousColleague(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	readers := s.readers()
	asked, seen, leaks := 0, map[string]bool{}, map[string]int{}
	for _, pattern := range gets(t, s.scene) {
		queries := s.queries(pattern)
		for _, path := range s.ask(pattern) {
			for _, query := range queries {
				at := strings.TrimSuffix(path+"?"+query, "?")
				for _, who := range leakReaders {
					a := readers[who].get(at)
					asked++
					if a.status >= 500 {
						t.Fatalf("%s as %s: %d %.600s", at, who, a.status, a.text())
					}
					text := said(t, path, a)
					for _, m := range tolds {
						for _, mark := range m.marks {
							if !strings.Contains(text, mark) {
								continue
							}
							if who == "lead" {
								seen[m.marks[0]] = true
							}
							if slices.Contains(strings.Fields(m.to), who) || m.staffAt != "" && !strings.HasPrefix(who, "suppli") && regexp.MustCompile(m.staffAt).MatchString(path) {
								continue
							}
							key := who + " " + pattern + " " + mark
							if leaks[key]++; leaks[key] == 1 {
								i := strings.Index(text, mark)
								t.Errorf("%s tells the %s %q: …%s…", at, who, mark, strings.Join(strings.Fields(text[max(0, i-150):min(len(text), i+80)]), " "))
							}
						}
					}
				}
			}
		}
	}
	for _, m := range tolds {
		if !seen[m.marks[0]] {
			t.Errorf("nobody finds %s, not even the lead: it proves nothing", m.marks[0])
		}
	}
	if text := readers["reader"].get("/people?on=2027-04-01&q=Gehend").text(); !strings.Contains(text, "Otto Gehend") || strings.Contains(text, "17 Feb 2027") {
		t.Errorf("the directory of a day ahead tells who will have left: %.300s", text)
	}
	t.Logf("%d answers read", asked)
	if asked < 10_000 {
		t.Errorf("only %d answers were read", asked)
	}
}

// TestNothingIsThereForWhoMayNotSeeIt holds what an external has nothing to do with to what is not there at all, and what
// is not announced to the same for a colleague: the same answer, in status and words.
func TestNothingIsThereForWhoMayNotSeeIt(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	readers := s.readers()
	hidden := map[string]map[string]int64{
		"supplier": {"practices": s.veil, "processes": s.veilProcess, "activities": s.veilActivity, "roles": s.veilRole, "policies": s.veilPolicy, "services": s.veilService,
			"people": s.stranger, "teams": s.strangers, "companies": s.strangeCompany, "assignments": s.secret, "actions": 1, "import": 1},
		"reader": {"assignments": s.secret, "actions": 2, "import": 1},
	}
	const nowhere = 987654
	for _, pattern := range gets(t, s.scene) {
		noun := strings.Split(pattern, "/")[1]
		for who, ids := range hidden {
			id, ok := ids[noun]
			if !ok || !strings.Contains(pattern, "{id}") || strings.Contains(pattern, "attachments") {
				continue
			}
			fill := func(id int64) string {
				return strings.NewReplacer("{id}", itoa(id), "{activity}", itoa(s.veilActivity), "{key}", "x", "{membership}", "1").Replace(pattern)
			}
			there, not := readers[who].get(fill(id)), readers[who].get(fill(nowhere))
			words := strings.ReplaceAll(not.text(), itoa(nowhere), itoa(id))
			if there.status != not.status || there.text() != words {
				t.Errorf("%s tells the %s that something is there: %d %s, want %d %s", fill(id), who, there.status, fmt.Sprintf("%.200s", there.text()), not.status, fmt.Sprintf("%.200s", words))
			}
		}
	}
}
