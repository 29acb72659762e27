package page

import (
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Where nobody answers, the sentence says why, and as nothing.
func TestNobodyAnswersForAReason(t *testing.T) {
	manager := itsm.Column{Role: itsm.Role{ID: 2, Kind: itsm.Manager, Name: "Practice Manager"}}
	m := &itsm.Matrix{
		ProcessID: 1, Process: "Access management", Owner: itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}}, Columns: []itsm.Column{manager},
		Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}}, Rows: []itsm.Row{{ActivityID: 5, Name: "Give access", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}},
	}
	markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View())
	text := strings.Join(strings.Fields(strings.NewReplacer("<b>", "", "</b>", "", "<br>", " ").Replace(markup)), " ")
	if !strings.Contains(text, "answers for Give access: nobody wears Practice Manager there, nor the Owner’s hat.") || strings.Contains(text, "as Owner, since") {
		t.Errorf("got %s", text)
	}
	m.Owner.Holdings = []itsm.Holding{{RoleID: 1, RoleKind: itsm.Owner, PersonID: 9, Name: "Joe Okafor", AnswersID: 9, Answers: "Joe Okafor", Capacity: itsm.Holder}}
	if markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View()); !strings.Contains(markup, "as Owner, since nobody wears Practice Manager there") {
		t.Errorf("with an Owner: %s", markup)
	}
}

// Who stands in for somebody is put into the sentence between commas.
func TestWhoSignsAnswersInASentence(t *testing.T) {
	owner := itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}, Holdings: []itsm.Holding{
		{RoleID: 1, RoleKind: itsm.Owner, PersonID: 9, Name: "Ana Souza", AnswersID: 9, Answers: "Ana Souza", Capacity: itsm.Holder, Absent: true},
		{RoleID: 1, RoleKind: itsm.Owner, PersonID: 8, Name: "Lin Wei", AnswersID: 8, Answers: "Lin Wei", Capacity: itsm.Deputy, StandsIn: true},
	}}
	m := &itsm.Matrix{ProcessID: 1, Process: "Run a change", Owner: owner, Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}}}
	markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View())
	if !strings.Contains(markup, "Lin Wei, signs for Ana Souza</bdi></b>, <bdi>answers for Run a change") {
		t.Errorf("got %s", markup)
	}
}
