package page

import (
	"net/url"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

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
