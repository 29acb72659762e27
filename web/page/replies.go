package page

import (
	"net/url"
	"strings"
	"time"

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

// what a question is about, in the words of an answer.
var verbs = map[itsm.QuestionAbout]string{
	itsm.WhoAnswers: "answers for", itsm.WhoDoes: "does", itsm.WhoAdvises: "gives input to", itsm.WhoIsTold: "is told about", itsm.WhoManages: "manages", itsm.WhoHolds: "is",
}

// and of an answer that is true of another day.
var verbsThen = map[itsm.QuestionAbout]string{
	itsm.WhoAnswers: "answered for", itsm.WhoDoes: "did", itsm.WhoAdvises: "gave input to", itsm.WhoIsTold: "was told about", itsm.WhoManages: "managed", itsm.WhoHolds: "was",
}

// past says that an answer is of a day that has been.
func past(a itsm.Reply) bool { return a.On != nil && !a.Ahead }

func verb(a itsm.Reply) string {
	if past(a) {
		return verbsThen[a.About]
	}
	return verbs[a.About]
}

// vacant is "is vacant today", or when it was or will be.
func vacant(a itsm.Reply) string {
	if a.Recorded != nil { // what it was then is not known
		return "has nobody on record for " + itsm.ShowDay(*a.On)
	}
	if a.On != nil {
		return isOrWas(a) + " vacant on " + itsm.ShowDay(*a.On)
	}
	return "is vacant today"
}

func isOrWas(a itsm.Reply) string {
	return verb(itsm.Reply{About: itsm.WhoHolds, On: a.On, Ahead: a.Ahead})
}

func hasOrHad(a itsm.Reply) string {
	if past(a) {
		return "had"
	}
	return "has"
}

// ofDay is an address that speaks of the day of an answer.
func ofDay(address string, a itsm.Reply) string {
	if a.On == nil || address == "" {
		return address
	}
	return query(address, url.Values{"on": {itsm.ISODay(*a.On)}})
}

// answeredAt is the matrix in which an answer stands, on its day and in its region.
func answeredAt(a itsm.Reply) string {
	q := url.Values{}
	if a.On != nil {
		q.Set("on", itsm.ISODay(*a.On))
	}
	if a.RegionID != 0 {
		q.Set("region", number(a.RegionID))
	}
	return query(RACIURL(a.InID, a.In), q)
}

// replyID tells the answers of a page apart: one role may answer for several things.
func replyID(r itsm.Reply) string {
	id := "reply-" + string(r.Kind) + "-" + number(r.ID)
	if r.For != nil {
		id += "-" + string(r.For.Kind) + "-" + number(r.For.ID)
	}
	return id
}

// replyTitle is the question as it was understood.
func replyTitle(r itsm.Reply) string {
	when := "?"
	if r.On != nil {
		when = " on " + itsm.ShowDay(*r.On) + "?"
	}
	if r.Where != "" {
		when = " in " + r.Where + when
	}
	if r.About == itsm.WhoHolds {
		return "Who " + verb(r) + " " + r.Name + when
	}
	name := r.Name
	switch {
	case r.For != nil:
		name = r.For.Name
	case r.Kind == itsm.FoundRole:
		name = r.In
	}
	return "Who " + verb(r) + " " + name + when
}

// asOfText says of what an answer about another day is known: people as far as the reader knows them ahead, and letters
// only as they stand.
func (r Reader) asOfText(a itsm.Reply) string {
	if a.On == nil || !a.Ahead && a.Kind != itsm.FoundActivity {
		return ""
	}
	people := "People are as on " + itsm.ShowDay(*a.On)
	switch {
	case !a.Ahead:
	case r.By.Foresees(*a.On, itsm.Scope{}):
		people += ", as it is planned today"
	default:
		people += ", as far as it is known to you today"
	}
	if a.Kind == itsm.FoundActivity {
		return people + "; letters and texts are as they are today."
	}
	return people + "."
}

// about is what an answer speaks of, with its page; in is what that lies in.
func (r Reader) about(a itsm.Reply) (what, in ui.Link) {
	scope := ui.Link{Text: a.In, Href: ofDay(ScopeURL(a.Role.PracticeID, a.Role.ProcessID, a.Role.ServiceID, a.In), a)}
	switch {
	case a.Kind == itsm.FoundActivity:
		return ui.Link{Text: a.Name, Href: ofDay(ActivityURL(a.ID, a.Name), a)}, ui.Link{Text: a.In, Href: ofDay(ProcessURL(a.InID, a.In), a)}
	case a.About == itsm.WhoHolds:
		return ui.Link{Text: r.RoleName(a.Role.Kind, a.Name), Href: ofDay(RoleURL(a.ID, a.Name), a)}, scope
	case a.For != nil:
		return ui.Link{Text: a.For.Name, Href: ofDay(foundURL(*a.For), a)}, ui.Link{}
	}
	return scope, ui.Link{}
}

// join stands between what an answer speaks of and what that lies in.
func join(a itsm.Reply) string {
	if a.Kind == itsm.FoundRole {
		return "of"
	}
	return "in"
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

// unrecordedText says that what a day is asked of was put on record only after it.
func unrecordedText(what string, recorded, on time.Time) string {
	return what + " was put on record here on " + itsm.ShowDay(recorded) + ". On " + itsm.ShowDay(on) + " it was not here yet: what stands here of that day was entered later, or is not known."
}

// lateText is that of an answer; "" where it was on record by then, or its move says so already.
func (r Reader) lateText(a itsm.Reply) string {
	if a.Recorded == nil || a.Lay != nil && a.Lay.Recorded != nil {
		return ""
	}
	if a.Kind == itsm.FoundRole {
		return unrecordedText("The role of "+r.RoleName(a.Role.Kind, a.Name)+" of "+a.In, *a.Recorded, *a.On)
	}
	return unrecordedText(a.Name, *a.Recorded, *a.On)
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

// layText says by which hats a process went on a day before it was moved.
func layText(l *itsm.Lay, process string, on time.Time) string {
	practice := l.Practice
	if practice == "" {
		practice = "another practice"
	}
	if l.Recorded != nil { // where it lay before that nobody knows
		return sentenceCase(process) + " was put on record in " + practice + " on " + itsm.ShowDay(*l.Recorded) + ", and moved on " + itsm.ShowDay(l.Until) + ". On " + itsm.ShowDay(on) + " it was not on record here: by which hats it went is not known."
	}
	return "On " + itsm.ShowDay(on) + " " + process + " lay in " + practice + ", and went by the hats of that practice until it was moved on " + itsm.ShowDay(l.Until) + "."
}

// layLinks lead to the hats of the practice that a process lay in; on a day, where the page speaks of none itself.
func layLinks(l *itsm.Lay, on *time.Time) []ui.Link {
	if l.PracticeID == 0 {
		return nil
	}
	return []ui.Link{{Text: "Hats of " + l.Practice, Href: ofDay(PracticeURL(l.PracticeID, l.Practice), itsm.Reply{On: on})}}
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
