package server_test

import (
	"net/http"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// What was taken out of here and is brought back changes nothing: of every file that an import takes, each line is unchanged,
// or is refused with a sentence.
func TestWhatWasTakenOutComesHomeUnchanged(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op, id := storetest.Operator, must[[]int64](t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.analyst, s.jonas, 0)
	s.wear(s.manager, s.marta, s.emea)
	appoint := func(n itsm.NewAssignment) {
		t.Helper()
		n.From, n.Announced, n.Reason = storetest.Today.AddDate(0, -2, 0), true, "as it was"
		id(s.Appoint(t.Context(), op, n))
	}
	ended := storetest.Today.AddDate(0, -1, 0)
	appoint(itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.ana}, RegionID: s.apac, Until: &ended})
	appoint(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, RegionID: s.germany})
	appoint(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, CompanyIDs: []int64{s.acme}})
	s.wear(s.analyst, s.ana, 0)
	wrong := s.wear(s.analyst, s.reader, 0)
	if err := s.Withdraw(t.Context(), op, wrong, "a slip"); err != nil {
		t.Fatal(err)
	}
	for _, activity := range []int64{s.log, s.sort, s.fix} { // letters that can be taken for no others
		for role, letters := range map[int64]itsm.Letters{s.manager: itsm.LetterA, s.analyst: itsm.LetterR, s.owner: itsm.LetterI} {
			s.cell(activity, role, letters)
		}
	}
	s.policy("POL-01", "All incidents are logged", itsm.Target{PracticeID: s.practice})
	lead := s.as(s.lead)
	for path, kind := range map[string]string{
		"/map": "assignments", "/people/" + itoa(s.marta) + "/hats": "assignments", "/people/" + itoa(s.marta) + "/held": "assignments",
		"/people/" + itoa(s.jonas) + "/hats": "assignments", "/people/" + itoa(s.ana) + "/hats": "assignments", "/people/" + itoa(s.ana) + "/held": "assignments",
		"/roles/" + itoa(s.owner) + "/held": "assignments", "/roles/" + itoa(s.manager) + "/held": "assignments", "/roles/" + itoa(s.analyst) + "/held": "assignments",
		"/teams/" + itoa(s.desk) + "/hats": "assignments", "/companies/" + itoa(s.acme) + "/hats": "assignments",
		"/people": "people", "/policies": "policies",
	} {
		for _, ext := range []string{".csv", ".xlsx"} {
			out := lead.get(path + ext)
			up := lead.upload("/import/"+kind, path[strings.LastIndex(path, "/")+1:]+ext, []byte(out.body))
			if up.status != http.StatusSeeOther {
				t.Errorf("%s%s: %d %.400s", path, ext, up.status, up.text())
				continue
			}
			_, lines := lead.file(up.to + "/lines.csv")
			if len(lines) == 0 && kind != "people" { // of these only what changes is a line
				t.Errorf("%s%s: no line came home of\n%.400s", path, ext, out.body)
			}
			for _, l := range lines {
				if l["Outcome"] != "unchanged" && (l["Outcome"] != "refused" || l["Why"] == "") {
					t.Errorf("%s%s: %v", path, ext, l)
				}
			}
			lead.get(up.to).shows(t, http.StatusOK, "0 new", "0 changed")
		}
	}
	for _, ext := range []string{".csv", ".xlsx", ".md", ".html"} {
		out := lead.get(s.raci() + ext)
		_, name, _ := strings.Cut(out.header.Get("Content-Disposition"), `filename="`)
		up := lead.upload("/import/raci", strings.Trim(name, `"`), []byte(out.body))
		lead.get(up.to+"/plan").shows(t, http.StatusOK, "Nothing would change", "Into Handle an incident")
	}
}
