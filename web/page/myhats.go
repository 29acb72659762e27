package page

import (
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v MyHats) lede() string {
	who := v.Of.Person.Name
	if v.Of.Person.Detail != "" {
		who += ", " + v.Of.Person.Detail
	}
	if len(v.Of.Hats) == 0 {
		return who + "."
	}
	text := who + ". You wear " + ui.Plural(len(v.Of.Hats), "hat", "hats")
	if n := v.Of.Processes(); n > 0 {
		text += " in " + ui.Plural(n, "process", "processes")
	}
	return text + "."
}

func hatLook(h itsm.Holding) ui.GlyphLook {
	switch {
	case h.Capacity == itsm.Acting:
		return ui.Half
	case h.Capacity == itsm.Deputy && !h.StandsIn:
		return ui.Lighter
	}
	return ui.Solid
}

// vacantLook is red for an Owner's chair alone.
func vacantLook(r itsm.RoleRef) ui.GlyphLook {
	if r.Kind == itsm.Owner {
		return ui.Hole
	}
	return ui.CalmHole
}

// vacantTone is the tone of a chair that falls vacant: trouble for an Owner's, to watch for any other.
func vacantTone(r itsm.RoleRef) ui.Tone {
	if r.Kind == itsm.Owner {
		return ui.Crit
	}
	return ui.Warn
}

func hatHue(k itsm.RoleKind) string { return strings.ToLower(k.Letter()) }

// holdingText is where and since when a hat is worn: ", EMEA, since 5 May 2025".
func holdingText(h itsm.Holding) string {
	text := ""
	for _, w := range []string{h.Region, h.Service} {
		if w != "" {
			text += ", " + w
		}
	}
	text += ", since " + itsm.ShowDay(h.Since)
	if last := (itsm.Period{From: h.Since, To: h.Until}).LastDay(); last != nil {
		text += " until " + itsm.ShowDay(*last)
	}
	return text
}

// lineLook draws an A that comes from being Owner lighter, and every letter half while the hat is worn acting.
func lineLook(hat itsm.MyHat, line itsm.MyLine) ui.Look {
	var look ui.Look
	if line.Inherited {
		look |= ui.FromAbove
	}
	if hat.Holdings[0].Capacity == itsm.Acting {
		look |= ui.Acting
	}
	return look
}

// answersText says who answers for a line, as seen by its reader.
func answersText(line itsm.MyLine, me int64) string {
	a := line.Answers
	switch a.State {
	case itsm.Named:
		id, name := a.Person()
		text := name + " answers for it"
		if id == me {
			text = "You answer for it"
		}
		if a.Holding.Capacity == itsm.Acting {
			text += ", acting"
		}
		text += forService(a.Holding)
		switch {
		case a.SignsFor == nil && a.Holding.Absent && id != me:
			text += ", away today"
		case a.SignsFor == nil:
		case a.SignsFor.PersonID == me:
			text += "; you sign for them"
		case id == me:
			text += "; " + a.SignsFor.Name + " signs for you"
		default:
			text += "; " + a.SignsFor.Name + " signs for them"
		}
		return text
	case itsm.PerRegion:
		return a.Role.Name + " answers for it, one per region"
	case itsm.PerService:
		return a.Role.Name + " answers for it, one per service"
	case itsm.InCase:
		return "The one named in the record answers for it"
	case itsm.HeldBySome:
		return itsm.NamesAnd(a.Names) + " wear the A: ask which of them answers"
	case itsm.WithoutLead:
		return a.Holding.Name + " answers, and has nobody to name"
	}
	return "Nobody answers for it today"
}

// passingText is the other side of a hand-off: "Log, your own step", "Diagnose, Technical specialist".
func passingText(p itsm.Passing) string {
	text, doers := p.Other, strings.Join(p.Doers, " and ")
	switch {
	case p.Mine && doers != "":
		text += ", your own step with " + doers
	case p.Mine:
		text += ", your own step"
	case doers != "":
		text += ", " + doers
	}
	return text
}

// assignmentText says what an assignment is: "Incident manager of Incident management, EMEA, from 1 Mar 2026."
func assignmentText(a itsm.Assignment) string {
	text := a.Chair.Name + ", " + a.Chair.ScopeName
	switch a.Capacity {
	case itsm.Acting:
		text += ", acting"
	case itsm.Deputy:
		text += ", as deputy"
	}
	for _, w := range []string{a.Region, a.Service} {
		if w != "" {
			text += ", " + w
		}
	}
	return text + ", " + days(a) + "."
}

func offeredText(a itsm.Assignment, me int64) string {
	text := assignmentText(a)
	if a.PersonID != me {
		text = "For " + a.Name + ": " + text
	}
	if a.RecordedBy != "" {
		text += " Appointed by " + a.RecordedBy + "."
	}
	return text
}

// reviewText says what is due: "Role of Incident management, review due by 3 Dec 2026."
func (v MyHats) reviewText(x itsm.Reviewed) string {
	text := reviewedKind(x) + ", " + x.Words(v.Reader.By.Today) + "."
	return strings.ToUpper(text[:1]) + text[1:]
}

// peopleTone marks what still waits for an answer, and what somebody objects to.
func peopleTone(a itsm.Assignment) ui.Tone {
	switch {
	case a.Acceptance == itsm.Objected:
		return ui.Warn
	case a.State == itsm.Proposed:
		return ui.Ask
	case a.Acceptance == itsm.Told:
		return ui.Plan
	}
	return ui.Neutral
}

// peopleText says what is offered to somebody, by whom, and how it stands.
func (v MyHats) peopleText(a itsm.Assignment) string {
	verb, state, who := "Appointed", "", "somebody objects"
	if a.ObjectsHere(v.Reader.By) {
		who = "you object"
	}
	switch {
	case a.State == itsm.Proposed:
		verb, state = "Proposed", ", not decided yet"
	case a.Acceptance == itsm.Accepted:
		state = ", accepted"
	case a.Acceptance == itsm.Told:
		state = ", not answered yet"
	}
	if a.RecordedBy != "" {
		verb += " by " + a.RecordedBy
	}
	text := assignmentText(a) + " " + verb + state
	if a.Acceptance == itsm.Objected {
		text += "; " + who + ", and whoever decides answers"
	}
	return text + "."
}

// peopleLinks lead to where a line manager objects, unless somebody did, and takes that back.
func (v MyHats) peopleLinks(a itsm.Assignment) []ui.Link {
	switch {
	case a.ObjectsHere(v.Reader.By):
		return []ui.Link{{Text: "Take it back", Href: AssignmentURL(a.AssignmentID)}}
	case a.Acceptance == itsm.Objected || !a.MayObject(v.Reader.By):
		return nil
	}
	return []ui.Link{{Text: "Object", Href: AssignmentURL(a.AssignmentID)}}
}

func proposedBy(a itsm.Assignment) string {
	if a.RecordedBy == "" {
		return ""
	}
	return " Proposed by " + a.RecordedBy + "."
}

// proposalText is what became of a proposal: "Declined by Ann Bo on 3 Mar 2026: on parental leave."
func proposalText(p itsm.Proposal) string {
	if p.Answered == nil {
		return "Nobody has decided yet." + objectedText(p.Assignment)
	}
	text := "Appointed"
	if p.State == itsm.Withdrawn {
		text = "Declined"
	}
	if p.AnsweredBy != "" {
		text += " by " + p.AnsweredBy
	}
	text += " on " + itsm.ShowDay(*p.Answered)
	if p.State == itsm.Withdrawn && p.EndedReason != "" {
		return text + ": " + p.EndedReason
	}
	return text + "."
}

func proposalTone(p itsm.Proposal) ui.Tone {
	if p.Answered != nil && p.State != itsm.Withdrawn {
		return ui.OK
	}
	return ui.Neutral
}

func proposalIcon(p itsm.Proposal) string {
	if p.Answered == nil {
		return "clock"
	}
	return ""
}

// objectedText is what stands against a proposal.
func objectedText(a itsm.Assignment) string {
	if a.Objection == "" {
		return ""
	}
	return " Against it, " + objectionText(a)
}

// objectionText is an objection with who made it: the holder, or somebody they report to.
func objectionText(a itsm.Assignment) string {
	said := "“" + a.Objection + "”"
	if a.ObjectedBy == "" {
		return said
	}
	return a.ObjectedBy + ": " + said
}

func mistakeTitle(m itsm.Mistake) string {
	title := m.Process
	if title == "" {
		title = m.Role
	}
	if m.About != "" {
		title += ": " + m.About
	}
	return title
}

// procedureLink is the procedure's address, where it is nothing but one.
func procedureLink(line itsm.MyLine) string {
	return itsm.Step{Procedure: line.Procedure}.ProcedureLink()
}

// dueText says about what and by when the reader promised something.
func (v MyHats) dueText(a itsm.PlannedAction) string {
	text := "By " + itsm.ShowDay(a.DueOn)
	if a.Overdue(v.Reader.By.Today) {
		text = "Overdue since " + itsm.ShowDay(a.DueOn)
	}
	return text + ": " + a.AboutName + inPlace(a.Place) + "."
}

func (v MyHats) dueTone(a itsm.PlannedAction) ui.Tone {
	if a.Overdue(v.Reader.By.Today) {
		return ui.Warn
	}
	return ui.Plan
}
