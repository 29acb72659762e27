package page

import (
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func itoa(id int64) string { return strconv.FormatInt(id, 10) }

// inWords says how and where a hat is worn beside its holder's name: " (acting, EMEA)"; "" for a holder everywhere.
func inWords(h itsm.Holding) string {
	var words []string
	if h.Capacity != itsm.Holder {
		words = append(words, string(h.Capacity))
	}
	for _, w := range []string{h.Region, h.Service} {
		if w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}

// Title says what the reader may do with the hats chosen.
func (v Appoint) Title() string {
	switch {
	case !v.mayAppoint():
		return "Propose a holder"
	case len(v.Choices.Roles) == 1 && !v.mayAs(itsm.Holder):
		return "Appoint a deputy: " + v.Choices.Roles[0].Chair.Name + ", " + v.Choices.Roles[0].Chair.ScopeName
	case len(v.Choices.Roles) == 1:
		return "Appoint: " + v.Choices.Roles[0].Chair.Name + ", " + v.Choices.Roles[0].Chair.ScopeName
	}
	return "Appoint"
}

// mayAppoint says whether the reader may appoint to every hat chosen, in one capacity or another; where none is, to any.
func (v Appoint) mayAppoint() bool { return v.mayAs(itsm.Holder) || v.mayAs(itsm.Deputy) }

// mayAs is mayAppoint in one capacity: who acts is appointed by who appoints the holder.
func (v Appoint) mayAs(capacity itsm.Capacity) bool {
	if len(v.Choices.Roles) == 0 {
		return v.Reader.By.Appoints()
	}
	for _, role := range v.Choices.Roles {
		if !v.Reader.By.MayAppointSomewhere(role.Chair, capacity) {
			return false
		}
	}
	return true
}

// proposing says what the reader may only propose; "" where they may appoint to all.
func (v Appoint) proposing() string {
	switch holder, deputy := v.mayAs(itsm.Holder), v.mayAs(itsm.Deputy); {
	case !holder && !deputy:
		return "You may propose here; who may appoint decides."
	case !holder:
		return "You may appoint a deputy here. Propose a holder, or who acts: who may appoint decides."
	case !deputy:
		return "Propose a deputy: who may appoint one decides."
	}
	return ""
}

// back is where the reader came from, else the only hat chosen.
func (v Appoint) back() string {
	if v.In.Back == "" && len(v.Choices.Roles) == 1 {
		return RoleURL(v.Choices.Roles[0].Chair.ID, v.Choices.Roles[0].Chair.Name)
	}
	return v.In.Back
}

// parties says whether teams and companies can hold what is chosen.
func (v Appoint) parties() bool {
	return len(v.Choices.Teams)+len(v.Choices.Companies) > 0 &&
		!slices.ContainsFunc(v.Choices.Roles, func(r itsm.HeldChair) bool { return r.Chair.Kind != itsm.Practitioner })
}

// placed says whether a region or a service makes sense: an Owner answers worldwide.
func (v Appoint) placed() bool {
	return len(v.Choices.Regions)+len(v.Choices.Services) > 0 &&
		!slices.ContainsFunc(v.Choices.Roles, func(r itsm.HeldChair) bool { return r.Chair.Kind == itsm.Owner })
}

func (v Appoint) detailed() bool {
	return v.In.DecidedBy+v.In.DecidedOn+v.In.Reference+v.In.ToldHow+v.In.Share != ""
}

// handOver leads to the hand-over of the taken hat with everything filled in.
func (v Appoint) handOver() []ui.Link {
	to := int64(0)
	if len(v.Choices.People) == 1 {
		to = v.Choices.People[0].ID
	}
	by := v.Held.By
	return []ui.Link{{Text: "Hand over from " + by.Name, Href: HandOverURL(by.PersonID, by.AssignmentID, to, itsm.ISODay(v.Held.From))}}
}

func (v Appoint) roleErr() string {
	if v.In.Find == "role" && len(v.Choices.FoundRoles) == 0 {
		return "No hat found. Check the spelling, or type fewer letters."
	}
	return v.Problems.Of("role")
}

func (v Appoint) personErr() string {
	if v.In.Find == "person" && len(v.Choices.FoundPeople) == 0 {
		return "Nobody found. Check the spelling, or type fewer letters."
	}
	return v.Problems.Of("person")
}

func (v Appoint) foundRoles() []ui.Option {
	var options []ui.Option
	for _, c := range v.Choices.FoundRoles {
		if !slices.ContainsFunc(v.Choices.Roles, func(r itsm.HeldChair) bool { return r.Chair.ID == c.ID }) {
			options = append(options, ui.Option{Value: itoa(c.ID), Text: c.Name, Detail: c.ScopeName})
		}
	}
	return options
}

// RoleOptions are roles as a picker's answer shows them.
func RoleOptions(chairs []itsm.Chair) []ui.Option {
	options := make([]ui.Option, len(chairs))
	for i, c := range chairs {
		options[i] = ui.Option{Value: itoa(c.ID), Text: c.Name + ", " + c.ScopeName, Mark: roleMark(c)}
	}
	return options
}

func (v Appoint) foundPeople() []ui.Option {
	return refOptions(v.Choices.FoundPeople, v.Choices.People)
}

// sought is what is still looked for by name: whoever it found was chosen.
func sought(words string, chosen []itsm.PersonRef) string {
	for _, p := range chosen {
		if strings.Contains(strings.ToLower(p.Name), strings.ToLower(strings.TrimSpace(words))) {
			return ""
		}
	}
	return words
}

// refOptions are people to choose from, without those chosen already.
func refOptions(found, chosen []itsm.PersonRef) []ui.Option {
	var options []ui.Option
	for _, p := range found {
		if !slices.ContainsFunc(chosen, func(c itsm.PersonRef) bool { return c.ID == p.ID }) {
			options = append(options, ui.Option{Value: itoa(p.ID), Text: p.Name, Detail: p.Detail})
		}
	}
	return options
}

func (v Appoint) capacities() []ui.Option {
	chosen := v.In.Capacity
	if chosen == "" {
		chosen = string(itsm.Holder)
	}
	options := []ui.Option{
		{Value: string(itsm.Holder), Text: "Holder", Detail: "wears the hat"},
		{Value: string(itsm.Acting), Text: "Acting", Detail: "wears a hat that is vacant, or whose holder is long away, until a day"},
		{Value: string(itsm.Deputy), Text: "Deputy", Detail: "stands by, signs while the holder is away, and acts for " + strconv.Itoa(itsm.StandInDays) + " days where they leave and nobody follows"},
	}
	for i := range options {
		options[i].Selected = options[i].Value == chosen
	}
	return options
}

func (v Appoint) regions() []ui.Option {
	options := []ui.Option{{Text: "Everywhere" + v.proposedIn(0)}}
	for _, r := range v.Choices.Regions {
		options = append(options, ui.Option{Value: itoa(r.ID), Text: r.Path + v.proposedIn(r.ID), Selected: v.In.Region == itoa(r.ID)})
	}
	return options
}

// mayIn says whether the reader may appoint holders of every hat chosen in a region; 0 is everywhere.
func (v Appoint) mayIn(region int64) bool {
	return !slices.ContainsFunc(v.Choices.Roles, func(r itsm.HeldChair) bool { return !v.Reader.By.MayAppoint(r.Chair, itsm.Holder, region) })
}

// proposedIn marks a region in which the reader may only propose what they appoint in others.
func (v Appoint) proposedIn(region int64) string {
	if v.mayAs(itsm.Holder) && !v.mayIn(region) {
		return " (propose only)"
	}
	return ""
}

// Opened is the form as it opens: as deputy, where the reader appoints none but these; in the first region in which they appoint
// as holder, where they do not everywhere, else as who acts or stands in.
func (v Appoint) Opened() Appoint {
	if v.In.Capacity == "" && !v.mayAs(itsm.Holder) && v.mayAs(itsm.Deputy) {
		v.In.Capacity = string(itsm.Deputy)
	}
	if v.In.Region != "" || !v.mayAs(itsm.Holder) || v.mayIn(0) {
		return v
	}
	own := v
	own.Reader.By.Hats = slices.DeleteFunc(slices.Clone(v.Reader.By.Hats), func(h itsm.Hat) bool { return h.Capacity != itsm.Holder })
	for _, as := range []Appoint{own, v} {
		for _, r := range v.Choices.Regions {
			if as.mayIn(r.ID) {
				v.In.Region = itoa(r.ID)
				return v
			}
		}
	}
	return v
}

func (v Appoint) services() []ui.Option {
	options := []ui.Option{{Text: "Every service"}}
	for _, s := range v.Choices.Services {
		options = append(options, ui.Option{Value: itoa(s.ID), Text: s.Name, Selected: v.In.Service == itoa(s.ID)})
	}
	return options
}

func (v Appoint) teams() []ui.Option {
	options := []ui.Option{{Text: "No team"}}
	for _, t := range v.Choices.Teams {
		options = append(options, ui.Option{Value: itoa(t.ID), Text: t.Name, Selected: slices.Contains(v.In.Teams, itoa(t.ID))})
	}
	return options
}

func (v Appoint) companies() []ui.Option {
	options := []ui.Option{{Text: "No company"}}
	for _, c := range v.Choices.Companies {
		options = append(options, ui.Option{Value: itoa(c.ID), Text: c.Name, Selected: slices.Contains(v.In.Companies, itoa(c.ID))})
	}
	return options
}
