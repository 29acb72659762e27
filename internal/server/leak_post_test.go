package server_test

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// TestASharedServiceCountsWhatIsSeen holds the number in the list of services, and its history, to what its page names.
func TestASharedServiceCountsWhatIsSeen(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	for who, want := range map[int64]string{s.lead: "4", s.dana: "1"} {
		_, rows := s.as(who).file("/services.csv")
		at := slices.IndexFunc(rows, func(r map[string]string) bool { return r["Service"] == "Of both practices" })
		if at < 0 || rows[at]["Supported by"] != want {
			t.Errorf("the services of %d: %v, want supported by %s", who, rows, want)
		}
		for _, page := range []string{"/services/" + itoa(s.shared), "/services/" + itoa(s.shared) + "/history"} {
			if told := strings.Contains(s.as(who).get(page).text(), elsewhereBy); told != (who == s.lead) {
				t.Errorf("%s names to %d the team and the company that support it: %v", page, who, told)
			}
		}
	}
}

// posts are the patterns of the routes that write.
func posts(t *testing.T, s scene) (patterns []string) {
	t.Helper()
	routes := accessServer(t, s.DB).Routes()
	err := chi.Walk(routes, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodPost && !strings.Contains(pattern, "sign-") {
			patterns = append(patterns, pattern)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return patterns
}

// forged are forms that no page sends: every field there is, filled with what the sender has nothing to do with.
func (s leakScene) forged() (forms []url.Values) {
	names := fieldNames(s.t)
	of := map[string]int64{"practice": s.veil, "process": s.veilProcess, "activity": s.veilActivity, "role": s.veilRole, "policy": s.veilPolicy, "service": s.veilService,
		"person": s.stranger, "team": s.strangers, "company": s.strangeCompany, "assignment": s.secret, "replaces": s.secret, "into": s.veilRole, "to": s.veil, "other": s.veilRole,
		"holder": s.stranger, "lead": s.stranger, "manager": s.stranger, "contact": s.stranger, "owner": s.veilRole, "column": s.veilRole}
	for _, hat := range []int64{s.veilRole, s.manager} {
		form := url.Values{}
		for _, name := range names {
			form.Set(name, "1")
			for word, id := range of {
				if strings.Contains(name, word) {
					form.Set(name, itoa(id))
				}
			}
			switch {
			case strings.HasSuffix(name, "_q"):
				form.Set(name, veiled[:len(veiled)-1])
			case strings.Contains(name, "role"):
				form.Set(name, itoa(hat))
			case strings.Contains(name, "from"), strings.Contains(name, "day"), strings.HasSuffix(name, "_on"), strings.Contains(name, "due"), strings.Contains(name, "until"):
				form.Set(name, "2027-01-20")
			case name == "code":
				form.Set(name, "not-accepted")
			}
		}
		forms = append(forms, form)
	}
	return forms
}

// TestTheForgedForm posts to every route what no page sends, as those who may see little: the answer, and where it leads,
// names nothing that is not for them.
func TestTheForgedForm(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	readers := s.readers()
	owner := s.person("Olga Owner") // of a practice of her own
	mine := must[int64](t)(s.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Mine", Category: "service", State: "in use"}))
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'owner'`, mine), owner, 0)
	readers["reader, who owns another practice"] = s.as(owner)
	forms := s.forged()
	asked := 0
	for _, pattern := range posts(t, s.scene) {
		if pattern == "/account/sign-out" {
			continue
		}
		for _, path := range s.ask(pattern) {
			for who, r := range readers {
				if who == "lead" || who == "supplies" {
					continue
				}
				for _, form := range forms {
					a := r.press(path, form)
					asked++
					if a.status >= 500 {
						t.Errorf("%s as %s: %d %.300s", path, who, a.status, a.text())
					}
					text := html.UnescapeString(a.body) + " " + a.to
					kind := strings.Fields(strings.ReplaceAll(who, ",", " "))[0]
					for _, m := range tolds {
						for _, mark := range m.marks {
							if i := strings.Index(text, mark); i >= 0 && !slices.Contains(strings.Fields(m.to), kind) && (m.staffAt == "" || kind == "supplier") {
								t.Errorf("POST %s (role %s) tells the %s %q: …%s…", path, form.Get("role"), who, mark, strings.Join(strings.Fields(text[max(0, i-150):min(len(text), i+80)]), " "))
							}
						}
					}
				}
			}
		}
	}
	if asked < 3_000 {
		t.Errorf("only %d answers were read", asked)
	}
}

// TestAChangeThatIsPrivateIsNotThere answers who may not read of plans as if there were no such change: not with what kind
// of change it was.
func TestAChangeThatIsPrivateIsNotThere(t *testing.T) {
	t.Parallel()
	s := setLeakScene(t)
	event := storetest.Value[int64](t, s.DB, `INSERT INTO event (at, actor, act, summary, private) VALUES (now(), 'operator', $1, 'imported who wears which hat', true) RETURNING id`, string(itsm.ImportHats))
	at := "/events/" + itoa(event) + "/undo"
	for _, who := range []int64{s.reader, s.dana, s.admin} {
		for _, a := range []answer{s.as(who).get(at), s.as(who).press(at, url.Values{})} {
			a.shows(t, http.StatusNotFound, "There is no such change")
		}
	}
	s.as(s.lead).get(at).shows(t, http.StatusOK)
}

// A form that was put together hangs no role on two things at once, and is told so.
func TestARoleOfTwoThingsIsRefused(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	form := url.Values{"name": {"Of two"}, "kind": {"practitioner"}, "practice": {itoa(s.practice)}, "process": {itoa(s.process)}}
	s.as(s.lead).post("/roles", form).shows(t, http.StatusUnprocessableEntity, "A role hangs on one practice, process or service.")
}
