package page

import (
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// kindWord is a kind of role as people say it.
func kindWord(k itsm.RoleKind) string {
	switch k {
	case itsm.Owner:
		return "Owner"
	case itsm.Manager:
		return "Manager"
	}
	return "Practitioner"
}

func (v Assignment) to(verb string) string { return AssignmentURL(v.Of.AssignmentID) + "/" + verb }

// typed is the reason that came back, in the form it was typed into.
func (v Assignment) typed(verb string) string {
	if v.Verb == verb {
		return v.In.Reason
	}
	return ""
}

func (v Assignment) err(verb, field string) string {
	if v.Verb == verb {
		return v.Problems.Of(field)
	}
	return ""
}

// decides says that the reader appoints what is proposed, or declines it.
func (v Assignment) decides() bool {
	return v.Of.State == itsm.Proposed && v.Of.MayAppoint(v.Reader.By)
}

// own says that the reader proposed what is still a proposal, and may take it back.
func (v Assignment) own() bool {
	return v.Of.State == itsm.Proposed && v.Of.RecordedID != 0 && v.Of.RecordedID == v.Reader.By.PersonID && v.Reader.By.Can(itsm.Propose, v.Of.Scope())
}

// declineHint says who reads why a proposal is declined.
func (v Assignment) declineHint() string {
	if v.Of.RecordedBy == "" {
		return ""
	}
	return "Where you decline, " + v.Of.RecordedBy + ", who proposed it, reads it under My hats."
}

func (v Assignment) began() bool {
	return v.Of.State == itsm.Appointed && v.Of.Phase(v.Reader.By.Today) != itsm.Later
}

func (v Assignment) decisionTitle() string {
	if v.Of.State == itsm.Proposed {
		return "Decide"
	}
	return "Change"
}

func (v Assignment) withdrawText() string {
	if v.began() {
		return "Withdraw as a wrong entry"
	}
	return "Withdraw"
}

func (v Assignment) lede() string {
	text := v.Of.Chair.ScopeName
	switch v.Of.Capacity {
	case itsm.Acting:
		text += ", acting"
	case itsm.Deputy:
		text += ", as deputy"
	}
	for _, w := range []string{v.Of.Region, v.Of.Service} {
		if w != "" {
			text += ", " + w
		}
	}
	return text + ", " + days(v.Of.Assignment) + "."
}

func (v Assignment) facts() []ui.Fact {
	a := v.Of
	share := ""
	if a.Share != nil {
		share = strconv.Itoa(*a.Share) + " per cent"
	}
	facts := []ui.Fact{
		{Name: "Hat", Text: a.Chair.Name, Href: RoleURL(a.RoleID, a.Chair.Name)},
		{Name: "Of", Text: a.Chair.ScopeName},
		{Name: v.holderWord(), Text: a.Name, Href: v.Reader.holderURL(a.Holding)},
		{Name: "Of company", Text: a.Employer},
		{Name: "Answers", Text: v.party()},
		{Name: "How", Text: capacityWord(a.Capacity)},
		{Name: "Region", Text: a.Region},
		{Name: "Service", Text: a.Service},
		{Name: "First day", Text: itsm.ShowDay(a.Since)},
	}
	if last := a.LastDay(); last != nil {
		facts = append(facts, ui.Fact{Name: "Last day", Text: itsm.ShowDay(*last)})
	}
	decided := itsm.ShowDay(a.DecidedOn)
	switch {
	case a.DecidedBy != "":
		decided += " by " + a.DecidedBy
	case a.State == itsm.Proposed: // whoever may appoint has yet to
		decided = ""
	case v.wasProposed() && a.RecordedBy != "":
		decided += " by " + a.RecordedBy
	}
	facts = append(facts, ui.Fact{Name: "Decided", Text: decided}, ui.Fact{Name: "Recorded", Text: v.recordedFact()}, ui.Fact{Name: "Reference", Text: a.Reference})
	if a.AnsweredOn != nil {
		name := map[itsm.Acceptance]string{itsm.Told: "Asked anew", itsm.Accepted: "Accepted", itsm.Objected: "Objected"}[a.Acceptance]
		facts = append(facts, ui.Fact{Name: name, Text: itsm.ShowDay(*a.AnsweredOn)})
	}
	told := "Told"
	if a.AnsweredOn != nil && a.Acceptance == itsm.Told { // asked anew: it is what was answered to the objection
		told = "Answer to the objection"
	}
	return append(facts, ui.Fact{Name: told, Text: a.ToldHow}, ui.Fact{Name: "Reason", Text: a.Reason}, ui.Fact{Name: "Why ended", Text: a.EndedReason},
		ui.Fact{Name: "Share of time", Text: share})
}

// holderWord is how whoever it is about stands to the hat.
func (v Assignment) holderWord() string {
	switch {
	case v.Of.State == itsm.Proposed:
		return "Proposed"
	case v.Of.State == itsm.Withdrawn:
		return "Was for"
	}
	return "Worn by"
}

// objects is what objecting is called: what was said before gives way to it.
func (v Assignment) objects() string {
	if v.Of.Acceptance == itsm.Objected {
		return "Object anew"
	}
	return "Object"
}

// objector is who objects, as the reader may know it.
func (v Assignment) objector() string {
	if v.Of.ObjectedBy == "" {
		return "Somebody"
	}
	return v.Of.ObjectedBy
}

// party names the person behind a team or a company.
func (v Assignment) party() string {
	if v.Of.PersonID != 0 {
		return ""
	}
	if v.Of.Answers == "" {
		return "nobody: it has no lead or contact on our side"
	}
	return v.Of.Answers
}

// wasProposed says that the row was put on record before it was decided: the name on it is then that of who decided.
func (v Assignment) wasProposed() bool {
	return v.Of.State == itsm.Appointed && v.Of.DecidedOn.After(v.Of.RecordedOn)
}

func (v Assignment) recordedFact() string {
	text := itsm.ShowDay(v.Of.RecordedOn)
	switch {
	case v.wasProposed():
		text += ", as a proposal"
	case v.Of.RecordedBy != "":
		text += " by " + v.Of.RecordedBy
	}
	if v.Of.Backdated() {
		text += ", after it began"
	}
	return text
}

func capacityWord(c itsm.Capacity) string {
	switch c {
	case itsm.Acting:
		return "acting: covered, not filled"
	case itsm.Deputy:
		return "deputy: signs while the holder is away"
	}
	return "holder"
}
