package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// tone is how a severity looks.
func tone(s itsm.Severity) ui.Tone {
	switch s {
	case itsm.Red:
		return ui.Crit
	case itsm.Amber:
		return ui.Warn
	case itsm.Grey:
		return ui.Ask
	}
	return ui.Neutral
}

func (v GapsCard) title() string {
	if v.Planned {
		return "Next steps"
	}
	return "Gaps"
}

func (v GapsCard) count() string {
	if v.Planned {
		return fmt.Sprint(len(v.shown()))
	}
	var parts []string
	for _, s := range []struct {
		severity itsm.Severity
		word     string
	}{{itsm.Red, "to fix"}, {itsm.Amber, "to watch"}} {
		if n := itsm.CountGaps(itsm.OpenGaps(v.shown()), s.severity); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s.word))
		}
	}
	return strings.Join(parts, ", ")
}

// shown leaves out objections where the reader is not among those who have to answer them.
func (v GapsCard) shown() []itsm.Gap {
	hidden := func(g itsm.Gap) bool {
		return g.Code == "objected" && g.PersonID != v.By.PersonID && !v.By.Can(itsm.ReadPlans, g.Scope())
	}
	if !slices.ContainsFunc(v.Gaps, hidden) {
		return v.Gaps
	}
	return slices.DeleteFunc(slices.Clone(v.Gaps), hidden)
}

// nothing says that no gap is open, and no more than the card knows: what is accepted is missing nevertheless, and a service
// has hats of its own only.
func (v GapsCard) nothing() ui.Note {
	n := ui.Note{Tone: ui.OK, Title: "Nothing is missing", Text: "Every hat that counts is worn, and every activity has somebody who does it."}
	switch {
	case len(itsm.AcceptedGaps(v.shown())) > 0:
		n.Title, n.Text = "Nothing else is missing", "Somebody accepted what is, until a day."
	case v.About.ServiceID != 0:
		n.Text = "Every hat of the service that counts is worn. What the practices that support it lack stands on their own pages."
	}
	return n
}

// tone of a planned practice's steps is calm: they are no gaps yet.
func (v GapsCard) tone(s itsm.Severity) ui.Tone {
	if v.Planned {
		return ui.Plan
	}
	return tone(s)
}

// fix is the step that mends a gap, opened filled in; without an address where the reader may not take it.
func (v GapsCard) fix(g itsm.Gap) ui.Link {
	at := g.Scope()
	switch g.Fix {
	case itsm.FixAppoint, itsm.FixDeputy:
		capacity, word := itsm.Holder, ""
		if g.Fix == itsm.FixDeputy {
			capacity, word = itsm.Deputy, " a deputy"
		}
		at.RegionID = g.RegionID
		switch {
		case g.RoleKind != "" && v.By.Can(itsm.Appoints(g.RoleKind, capacity), at):
			word = "Appoint" + word
		case v.By.Can(itsm.Propose, at):
			word = "Propose" + word
		default:
			return ui.Link{}
		}
		return ui.Link{Text: word, Href: AppointURL(g.RoleID, 0, g.RegionID, capacity)}
	case itsm.FixRow:
		return v.where(itsm.EditProcess, at, "Set the row", RowURL(g.ProcessID, g.Process, g.ActivityID))
	case itsm.FixRole:
		return ui.Link{Text: "See who wears it", Href: RoleURL(g.RoleID, "")}
	case itsm.FixTeam:
		return v.where(itsm.EditTeam, at, "Name a lead", TeamURL(g.TeamID, ""))
	case itsm.FixCompany:
		return v.where(itsm.EditCompany, at, "Name a contact", CompanyURL(g.CompanyID, ""))
	case itsm.FixHolding:
		return ui.Link{Text: "Open", Href: AssignmentURL(g.AssignmentID)}
	case itsm.FixColumns:
		return v.where(itsm.EditProcess, at, "Choose roles", ColumnsURL(g.ProcessID, g.Process))
	case itsm.FixActivity:
		return v.where(itsm.EditProcess, at, "Add an activity", NewActivityURL(g.ProcessID))
	case itsm.FixSupport:
		return v.where(itsm.EditService, at, "Say what supports it", ServiceURL(g.ServiceID, g.Service))
	case itsm.FixPolicy:
		of := itsm.Target{ProcessID: g.ProcessID}
		if g.ProcessID == 0 {
			of.PracticeID = g.PracticeID
		}
		return v.where(itsm.AttachPolicy, at, "Add a policy", AttachURL(of))
	case itsm.FixReview:
		return ui.Link{Text: "Open", Href: Reader{By: v.By}.SubjectURL(g.Subject(), "")}
	case itsm.FixHandOver:
		return v.where(itsm.Propose, itsm.Scope{}, "Hand over", HandOverURL(g.PersonID, g.AssignmentID, 0, ""))
	}
	return ui.Link{}
}

func (v GapsCard) where(act itsm.Action, at itsm.Scope, text, href string) ui.Link {
	if !v.By.Can(act, at) {
		return ui.Link{}
	}
	return ui.Link{Text: text, Href: href}
}

// links are the three answers to a gap: fix, plan, accept; those that the reader may give.
func (v GapsCard) links(g itsm.Gap) []ui.Link {
	var links []ui.Link
	if link := v.fix(g); link.Href != "" {
		links = append(links, link)
	}
	if v.Planned || g.Accepted != nil {
		return links
	}
	if g.Plan == nil && v.By.Can(itsm.PlanAction, g.Scope()) {
		links = append(links, ui.Link{Text: "Plan", Href: PlanURL(g.Code, g.Subject())})
	}
	if v.By.Can(itsm.AcceptGaps, g.Scope()) {
		links = append(links, ui.Link{Text: "Accept for a while", Href: AcceptURL(g.Code, g.Subject())})
	}
	return links
}

// planned says who closes a gap and by when: "Planned: Ana Souza, by 12 Dec 2026".
func planned(p itsm.GapPlan) string { return "Planned: " + p.Who + ", by " + itsm.ShowDay(p.DueOn) }

func planTone(p itsm.GapPlan, day time.Time) ui.Tone {
	if p.Overdue(day) {
		return ui.Warn
	}
	return ui.Plan
}

// acceptedText says who accepted a gap, until when and, to who reads plans, why.
func (v GapsCard) acceptedText(g itsm.Gap) string {
	text := "Accepted by " + g.Accepted.AcceptedBy + " until " + itsm.ShowDay(g.Accepted.LastDay) + "."
	if v.By.Can(itsm.ReadPlans, g.Scope()) {
		text += " " + g.Accepted.Reason
	}
	return text
}

func reopenURL(id int64) string { return "/gaps/accepted/" + itoa(id) + "/reopen" }

// text is a gap's sentence; in a card of several processes it names the one it is in.
func (v GapsCard) text(g itsm.Gap) string {
	text := g.Sentence
	if v.Named && g.Process != "" && g.ActivityID != 0 {
		text = g.Process + ": " + text
	}
	if g.Who != "" && v.fix(g).Href == "" {
		text += " It is for " + g.Who + "."
	}
	return text
}
