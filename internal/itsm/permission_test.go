package itsm_test

import (
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

func TestWhoMayDoWhat(t *testing.T) {
	const practice, process, elsewhere = 1, 2, 9
	hat := func(kind itsm.RoleKind, capacity itsm.Capacity, practice int64) itsm.Actor {
		return itsm.Actor{AccountID: 1, PersonID: 1, Hats: []itsm.Hat{{Kind: kind, Capacity: capacity, PracticeID: practice}}}
	}
	here := itsm.Scope{PracticeID: practice, ProcessID: process}
	for name, c := range map[string]struct {
		by   itsm.Actor
		act  itsm.Action
		at   itsm.Scope
		want bool
	}{
		"a manager edits the definition":                  {hat(itsm.Manager, itsm.Holder, practice), itsm.EditProcess, here, true},
		"a manager edits no practice":                     {hat(itsm.Manager, itsm.Holder, practice), itsm.EditPractice, here, false},
		"an owner edits the practice":                     {hat(itsm.Owner, itsm.Holder, practice), itsm.EditPractice, here, true},
		"an owner elsewhere edits nothing here":           {hat(itsm.Owner, itsm.Holder, elsewhere), itsm.EditPractice, here, false},
		"an owner appoints deputies":                      {hat(itsm.Owner, itsm.Holder, practice), itsm.AppointDeputy, here, true},
		"an acting owner appoints managers":               {hat(itsm.Owner, itsm.Acting, practice), itsm.AppointManager, here, true},
		"an acting owner appoints no deputies":            {hat(itsm.Owner, itsm.Acting, practice), itsm.AppointDeputy, here, false},
		"the SMO appoints deputies":                       {hat(itsm.Practitioner, itsm.Holder, 0), itsm.AppointDeputy, here, true},
		"who stands in for the SMO lead appoints owners":  {hat(itsm.Manager, itsm.Deputy, 0), itsm.AppointOwner, here, true},
		"who stands in for the SMO lead appoints no more": {hat(itsm.Manager, itsm.Deputy, 0), itsm.AppointDeputy, here, false},
		"a practitioner edits nothing":                    {hat(itsm.Practitioner, itsm.Holder, practice), itsm.EditProcess, here, false},
	} {
		if got := c.by.Can(c.act, c.at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// An auditor writes nothing where they audit, whatever hats they wear; elsewhere their hats give what they give.
func TestAuditorsWriteNothing(t *testing.T) {
	here, elsewhere := itsm.Scope{PracticeID: 1, PersonID: 5}, itsm.Scope{PracticeID: 9, PersonID: 5}
	everything := itsm.Actor{AccountID: 5, PersonID: 5, Administrator: true, Hats: []itsm.Hat{
		{Kind: itsm.Manager, Capacity: itsm.Holder}, {Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: 1}, {Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: 9},
	}}
	everything.AuditsAll = true
	ofOne := everything
	ofOne.AuditsAll, ofOne.Audits = false, []int64{1}
	kept := []itsm.Action{itsm.ManageAccounts, itsm.EditSettings, itsm.ChangePassword}
	for _, act := range itsm.Actions() {
		if got := everything.Can(act, here); got != slices.Contains(kept, act) {
			t.Errorf("an auditor of everything may %s: %v", act, got)
		}
		if got := ofOne.Can(act, here); got != slices.Contains(kept, act) {
			t.Errorf("an auditor of the practice may %s there: %v", act, got)
		}
		if without := act != itsm.Object && !ofOne.Can(act, elsewhere); without {
			t.Errorf("an auditor of one practice may not %s in another", act)
		}
	}
	for _, act := range []itsm.Action{itsm.Read, itsm.ReadPlans, itsm.ReadTrail, itsm.ReadDirectory, itsm.ReadSteering} {
		if !everything.Can(act, here) {
			t.Errorf("an auditor may not %s", act)
		}
	}
	if everything.Appoints() || !ofOne.Appoints() || everything.MayReview(itsm.Reviewed{Of: itsm.ProcessReview, PracticeID: 1}) {
		t.Error("an auditor appoints or reviews where they audit, or nowhere else")
	}
	if say := strings.Join(everything.InWords(), " "); strings.Contains(say, "appoint") || !strings.Contains(say, "Write nothing") || !strings.Contains(say, "accounts") {
		t.Errorf("an auditor reads of themselves: %s", say)
	}
}

func TestRemarksAreForWhoPlans(t *testing.T) {
	share := 40
	a := itsm.Assignment{
		Reason: "reason", EndedReason: "ended", Objection: "objection", ObjectedBy: "Ana", ToldHow: "answer to it", Share: &share, AnswerIDs: []int64{7}, Managers: []int64{9},
		Holding: itsm.Holding{PersonID: 7}, Chair: itsm.Chair{PracticeID: 1},
	}
	owner := itsm.Actor{AccountID: 1, PersonID: 1, Hats: []itsm.Hat{{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: 1}}}
	for name, c := range map[string]struct {
		by   itsm.Actor
		want string
	}{
		"owner":   {owner, "reason ended objection Ana answer to it share"},
		"holder":  {itsm.Actor{AccountID: 7, PersonID: 7}, "objection Ana answer to it share"},
		"manager": {itsm.Actor{AccountID: 9, PersonID: 9}, "objection Ana"},
		"reader":  {itsm.Actor{AccountID: 8, PersonID: 8}, ""},
	} {
		got := a.For(c.by)
		words := []string{got.Reason, got.EndedReason, got.Objection, got.ObjectedBy, got.ToldHow}
		if got.Share != nil {
			words = append(words, "share")
		}
		if said := strings.Join(strings.Fields(strings.Join(words, " ")), " "); said != c.want {
			t.Errorf("the %s reads %q", name, said)
		}
	}
}

// Whoever stands on another footing may read or do something else; hats without rights make none.
func TestFootingIsOfRights(t *testing.T) {
	owner := itsm.Hat{AssignmentID: 1, RoleID: 2, Kind: itsm.Owner, PracticeID: 3, Capacity: itsm.Holder}
	same, deputy, elsewhere, lead := owner, owner, owner, itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder}
	same.AssignmentID, deputy.Capacity, elsewhere.PracticeID = 9, itsm.Deputy, 4
	bare := itsm.Actor{AccountID: 1}.Footing()
	with := func(h itsm.Hat) itsm.Actor { return itsm.Actor{AccountID: 2, PersonID: 7, Hats: []itsm.Hat{h}} }
	if with(owner).Footing() != with(same).Footing() {
		t.Error("two Owners of one practice stand apart")
	}
	for what, other := range map[string]itsm.Actor{"deputy": with(deputy), "another practice's": with(elsewhere), "lead": with(lead), "nobody's": {AccountID: 1}, "administrator": {Administrator: true}} {
		if other.Footing() == with(owner).Footing() {
			t.Errorf("%s footing is the Owner's", what)
		}
	}
	team, crew, outside := owner, owner, itsm.Hat{Kind: itsm.Manager, Outside: true}
	team.Team, crew.Kind = true, itsm.Practitioner
	for what, h := range map[string]itsm.Hat{"a team's": team, "a practitioner's": crew, "outside the office": outside} {
		if with(h).Footing() != bare || with(h).Appoints() {
			t.Errorf("a hat %s gives rights", what)
		}
	}
	if !with(owner).Appoints() || !with(lead).Appoints() || with(lead).Footing() == bare {
		t.Error("an Owner or the lead does not appoint")
	}
}
