package page

import (
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// saying is one line of an answer, part by part: "Marta Nowak", "answers for", "Log", "in", "Handle an incident",
// ", EMEA; as Manager".
type saying struct {
	Who, WhoURL string
	Avatar      ui.AvatarKind
	Hat         string
	Verb        string
	Tail        string
	Tone        ui.Tone
	Mark        string // the word of the tone, where it is not that the hat is vacant
	Then        ui.Link
	ThenTail    string // who answers instead: ". ", "Marta Nowak", " answers there, as Owner"
}

// sayings are the lines of an answer; at least one, which says that there is nobody, unless it went by other hats.
func (r Reader) sayings(a itsm.Reply) (out []saying) {
	for _, l := range a.Lines {
		switch {
		case a.Kind == itsm.FoundRole:
			out = append(out, r.holds(a, l))
		case a.About == itsm.WhoAnswers:
			out = append(out, r.answers(a, l))
		default:
			out = append(out, r.takes(a, l))
		}
	}
	for i := range out {
		out[i].WhoURL = ofDay(out[i].WhoURL, a)
		out[i].Tail += onRecord(a, a.Lines[i])
	}
	if len(out) > 0 || a.Lay != nil && a.Kind == itsm.FoundActivity { // who it was by other hats is said beside it
		return out
	}
	nobody := saying{Who: nobodyIn(a), Avatar: ui.VacantAvatar, Verb: verb(a)}
	switch {
	case a.Kind == itsm.FoundActivity:
		nobody.Tail = ": no role has this letter in its row"
		if a.On != nil { // letters are kept as they are today alone
			nobody.Tail += " today, and which had it on " + itsm.ShowDay(*a.On) + " is not known"
		}
	case a.Role.Kind == itsm.Whoever:
		nobody = saying{Who: "Whoever it is in the case", Avatar: ui.CaseAvatar, Verb: verb(a)}
	case a.Elsewhere:
		return append(out, r.elsewhere(a, nobody))
	default:
		nobody.Tail = ": the hat " + vacant(a)
		if a.For != nil {
			nobody.Tail = ": " + r.RoleName(a.Role.Kind, a.Name) + " of " + a.In + " " + vacant(a)
		}
		if a.Role.Kind == itsm.Owner && a.Recorded == nil {
			nobody.Tone = ui.Crit
		}
	}
	return append(out, nobody)
}

// onRecord says since when somebody wore the hat on a day that has been, and when that was put on record, where it was later:
// it is asked for as evidence.
func onRecord(a itsm.Reply, l itsm.ReplyLine) string {
	h := l.Holding
	if l.Accountable.State == itsm.Named {
		h = l.Accountable.Holding
	}
	if !past(a) || h.Name == "" || a.About == itsm.WhoAnswers && a.Kind == itsm.FoundActivity && l.Accountable.State != itsm.Named {
		return ""
	}
	text := ", since " + itsm.ShowDay(h.Since)
	if h.Later(*a.On) {
		text += recordedText(h.RecordedOn, h.RecordedBy)
	}
	return text
}

// nobodyIn is nobody, as far as it is known.
func nobodyIn(a itsm.Reply) string {
	if a.Recorded != nil {
		return "Nobody on record"
	}
	return "Nobody"
}

// elsewhere says that nobody wears a hat where it was asked about, and who answers there.
func (r Reader) elsewhere(a itsm.Reply, s saying) saying {
	s.Tail, s.Tone, s.Mark = " in "+a.Where+": the hat "+isOrWas(a)+" worn elsewhere alone", ui.Warn, "Nobody there"
	if l := a.Owner; l != nil {
		s.Tail += ". There "
		s.Then = ui.Link{Text: l.Holding.Name, Href: ofDay(r.holderURL(l.Holding), a)}
		s.ThenTail = " " + verb(itsm.Reply{About: itsm.WhoAnswers, On: a.On, Ahead: a.Ahead}) + " it" + r.how(*l, "")
	}
	return s
}

// where is ", EMEA, Payroll".
func where(l itsm.ReplyLine) string {
	text := ""
	for _, s := range []string{l.Region, l.Service} {
		if s != "" {
			text += ", " + s
		}
	}
	return text
}

// how is through what somebody wears the hat, beside its name; of names what it hangs on, where that is said nowhere else.
func (r Reader) how(l itsm.ReplyLine, of string) string {
	text := "; as " + r.RoleName(l.Role.Kind, l.Role.Name)
	if of != "" {
		text += " of " + of
	}
	switch l.Holding.Capacity {
	case itsm.Acting:
		text += ", acting until " + lastDay(l.Holding)
	case itsm.Deputy:
		text += ", as deputy of somebody who is away"
	}
	switch {
	case l.Accountable.State == itsm.Named: // said of the person who answers
	case l.Accountable.SignsFor != nil:
		text += ", away: " + l.Accountable.SignsFor.Name + " signs for them"
	case l.Holding.Absent:
		text += ", away"
	}
	return text
}

func (r Reader) holder(l itsm.ReplyLine) saying {
	s := saying{Who: l.Holding.Name, WhoURL: r.holderURL(l.Holding), Hat: hatHue(l.Role.Kind)}
	switch {
	case l.Holding.TeamID != 0:
		s.Avatar = ui.TeamAvatar
	case l.Holding.CompanyID != 0:
		s.Avatar = ui.CompanyAvatar
	}
	return s
}

// holds says who wears a role.
func (r Reader) holds(a itsm.Reply, l itsm.ReplyLine) saying {
	s := r.holder(l)
	s.Verb, s.Tail = verb(a), where(l)
	switch {
	case a.About == itsm.WhoHolds:
		s.Tail += strings.TrimPrefix(r.how(l, ""), "; as "+r.RoleName(l.Role.Kind, l.Role.Name))
	case a.For != nil:
		s.Tail += r.how(l, a.In)
	default:
		s.Tail += r.how(l, "")
	}
	return s
}

// takes says who has a letter in a row, or that nobody wears the role that has it.
func (r Reader) takes(a itsm.Reply, l itsm.ReplyLine) saying {
	if l.Holding.Name != "" {
		s := r.holder(l)
		s.Verb, s.Tail = verb(a), where(l)+r.how(l, "")
		return s
	}
	if l.Accountable.State == itsm.InCase {
		return saying{Who: l.Role.Name + " of the case", Avatar: ui.CaseAvatar, Verb: verb(a)}
	}
	s := saying{Who: nobodyIn(a), Avatar: ui.VacantAvatar, Verb: verb(a), Tail: ": " + r.RoleName(l.Role.Kind, l.Role.Name) + " " + vacant(a)}
	if a.Recorded == nil {
		s.Tone = ui.Crit
	}
	if l.Elsewhere {
		s.Tail, s.Tone, s.Mark = " in "+a.Where+": "+r.RoleName(l.Role.Kind, l.Role.Name)+" "+isOrWas(a)+" worn elsewhere alone", ui.Warn, "Nobody there"
	}
	return s
}

// answers says who answers for a row, as the matrix resolves it.
func (r Reader) answers(of itsm.Reply, l itsm.ReplyLine) saying {
	a := l.Accountable
	id, name := a.Person()
	s := saying{Who: name, WhoURL: r.personURL(id, name), Hat: hatHue(a.Role.Kind), Verb: verb(of), Tail: where(l)}
	role := a.Role.Name
	switch {
	case a.State == itsm.Unheld:
		s.Who, s.Avatar = nobodyIn(of), ui.VacantAvatar
		if of.Recorded == nil {
			s.Tone = ui.Crit
		}
		if l.Elsewhere {
			s.Tail += ": " + role + " " + isOrWas(of) + " worn elsewhere alone, and the hat of the Owner " + vacant(of)
		} else {
			s.Tail += ": " + role + " " + vacant(of)
		}
	case a.State == itsm.HeldBySome:
		s.Who, s.Avatar, s.Tone, s.Mark = "More than one", ui.CaseAvatar, ui.Warn, "Held by several"
		s.Tail += ": " + role + " " + isOrWas(of) + " worn by " + Answerer(a)
	case a.State == itsm.WithoutLead:
		s.Who, s.Avatar, s.Tone, s.Mark = "Nobody", ui.CaseAvatar, ui.Crit, "Nobody answers"
		s.Tail += ": " + a.Holding.Name + " " + isOrWas(of) + " " + role + " and " + hasOrHad(of) + " nobody who " + verb(itsm.Reply{About: itsm.WhoAnswers, On: of.On, Ahead: of.Ahead}) + " it"
	case a.State == itsm.InCase:
		s.Who, s.Avatar, s.Tail = sentenceCase(Answerer(a)), ui.CaseAvatar, s.Tail+"; as "+role
	case a.State != itsm.Named:
		s.Who, s.Avatar, s.Tail = sentenceCase(Answerer(a)), ui.CaseAvatar, s.Tail+"; as "+role
	case a.UpToOwner:
		s.Hat = hatHue(itsm.Owner)
		s.Tail += "; as Owner, since nobody " + isOrWas(of) + " " + role
		if l.Region != "" || l.Service != "" {
			s.Tail += " there"
		}
	case !a.Explicit:
		s.Tail += "; as " + role + ", since no A is set"
	default:
		s.Tail += r.how(l, "")
	}
	if a.State == itsm.Named {
		s.Tail += personOf(a)
	}
	return s
}

// personOf is what else one has to know of who answers.
func personOf(a itsm.Accountable) string {
	switch {
	case a.SignsFor != nil:
		return ". " + a.SignsFor.Name + " signs while they are away"
	case a.Holding.Absent:
		return ", away"
	case a.Holding.TeamID != 0:
		return ", leading " + a.Holding.Name
	case a.Holding.CompanyID != 0:
		return ", for " + a.Holding.Name
	}
	return ""
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// plain is a line as one sentence.
func (r Reader) plain(a itsm.Reply, s saying) string {
	what, in := r.about(a)
	text := s.Who + " " + s.Verb + " " + what.Text
	if in.Text != "" {
		text += " " + join(a) + " " + in.Text
	}
	return text + s.Tail + s.Then.Text + s.ThenTail
}
