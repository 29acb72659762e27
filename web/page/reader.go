package page

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// RoleName is a role as the screen calls it: Owners and Managers that still have the name they were born with carry the
// word of the organisation's setting, "Practice Owner" or "Process Owner".
func (r Reader) RoleName(kind itsm.RoleKind, name string) string {
	born := kind == itsm.Owner && name == "Owner" || kind == itsm.Manager && name == "Manager"
	if !born {
		return name
	}
	if r.Org.OwnerLabel == "process" {
		return "Process " + name
	}
	return "Practice " + name
}

// Called gives hats the names that the screen calls them by.
func (r Reader) Called(hats []itsm.WornHat) []itsm.WornHat {
	hats = slices.Clone(hats) // what is kept for all readers stays as it is
	for i, h := range hats {
		hats[i].Role.Name = r.RoleName(h.Role.Kind, h.Role.Name)
	}
	return hats
}

// hue is that of the weightiest hat the reader wears: Owner before Manager before Practitioner; "" for none.
func (r Reader) hue() string {
	for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager, itsm.Practitioner} {
		for _, h := range r.By.Hats {
			if h.Kind == kind && h.Capacity != itsm.Deputy {
				return hatHue(kind)
			}
		}
	}
	return ""
}

// personURL is a person's page for those who may open it; "" for others, who see the name alone.
func (r Reader) personURL(id int64, name string) string {
	if id == 0 || !r.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return ""
	}
	return PersonURL(id, name)
}

func (r Reader) holderURL(h itsm.Holding) string {
	if !r.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return ""
	}
	return HolderURL(h)
}

// appoint is the link that fills a hat, for those who may appoint or propose; without a text it is nothing.
func (r Reader) appoint(role itsm.Role, at itsm.Scope, region int64) ui.Link {
	act := itsm.AppointPractitioner
	switch role.Kind {
	case itsm.Owner:
		act = itsm.AppointOwner
	case itsm.Manager:
		act = itsm.AppointManager
	case itsm.Whoever:
		return ui.Link{}
	}
	at.RegionID = region
	switch {
	case role.Archived:
		return ui.Link{}
	case r.By.Can(act, at):
		return ui.Link{Text: "Appoint", Href: AppointURL(role.ID, 0, region, itsm.Holder)}
	case r.By.Can(itsm.Propose, at):
		return ui.Link{Text: "Propose", Href: AppointURL(role.ID, 0, region, itsm.Holder)}
	}
	return ui.Link{}
}

// giveHat is what the button says that leads to the form of an appointment.
func (r Reader) giveHat() string {
	if r.By.Appoints() {
		return "Give a hat"
	}
	return "Propose a holder"
}

// since says from when somebody wears a hat, and until when where that is known.
func since(h itsm.Holding) string {
	text := "since " + itsm.ShowDay(h.Since)
	if last := (itsm.Period{From: h.Since, To: h.Until}).LastDay(); last != nil {
		text += ", until " + itsm.ShowDay(*last)
	}
	return text
}

// forService is ", for Payroll" of a hat that is worn for one service: elsewhere it would pass for the hat of the whole place.
func forService(h itsm.Holding) string {
	if h.Service == "" {
		return ""
	}
	return ", for " + h.Service
}

// away is ", away" of a holder who is absent on the day.
func away(h itsm.Holding) string {
	if !h.Absent {
		return ""
	}
	return ", away"
}

// lastDay is the last day of a holding as people write it; "" where it has no end.
func lastDay(h itsm.Holding) string {
	if last := (itsm.Period{From: h.Since, To: h.Until}).LastDay(); last != nil {
		return itsm.ShowDay(*last)
	}
	return ""
}

// named is a holder in a line of names: with the company of an external, and the lead of a team.
func named(h itsm.Holding) string {
	var beside []string
	if h.Employer != "" {
		beside = append(beside, h.Employer)
	}
	if h.Region != "" {
		beside = append(beside, h.Region)
	}
	if h.Service != "" {
		beside = append(beside, h.Service)
	}
	if h.TeamID != 0 {
		beside = append(beside, ui.Plural(h.Members, "person", "people"))
	}
	if h.PersonID == 0 && h.Answers != "" {
		beside = append(beside, h.Answers+" answers")
	}
	if h.Capacity == itsm.Acting {
		beside = append(beside, "acting")
	}
	switch {
	case h.Absent:
		beside = append(beside, "away")
	case h.StandsIn:
		beside = append(beside, "signs for the one away")
	}
	if len(beside) == 0 {
		return h.Name
	}
	return h.Name + " (" + strings.Join(beside, ", ") + ")"
}

// when is an instant as pages show it, in the organisation's time zone.
func (r Reader) when(at time.Time) string {
	if zone, err := time.LoadLocation(r.Org.TimeZone); err == nil {
		at = at.In(zone)
	}
	return itsm.ShowDay(at) + ", " + at.Format("15:04")
}

func icon(k itsm.RoleKind) string { return strings.ToLower(k.Letter()) }

// about is what stands after a holder's name in a list; whole says who answers inside, too.
func about(h itsm.Holding, whole bool) string {
	var parts []string
	switch h.Capacity {
	case itsm.Acting:
		parts = append(parts, "acting until "+lastDay(h))
	case itsm.Deputy:
		parts = append(parts, "deputy")
	}
	if h.TeamID != 0 {
		parts = append(parts, ui.Plural(h.Members, "person", "people"))
	}
	for _, s := range []string{h.Employer, h.Region, h.Service} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if whole && h.PersonID == 0 && h.Answers != "" {
		parts = append(parts, h.Answers+" answers")
	}
	return strings.Join(parts, ", ")
}

// none is how an empty list is headed, and what it says: of people of other companies nothing is said of what they may not see.
func (r Reader) none(title, text, unseen, seen string) ui.EmptyState {
	if r.By.External {
		return ui.EmptyState{Title: "No " + unseen + " that you may see", Text: "Here stands " + seen + " in which you or your company hold a hat. There may be more, which is not for you to see."}
	}
	return ui.EmptyState{Title: title, Text: text}
}

// iconed is an empty list with its icon and what to do there.
func iconed(e ui.EmptyState, icon string, actions templ.Component) ui.EmptyState {
	e.Icon, e.Actions = icon, actions
	return e
}
