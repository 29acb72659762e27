package itsm

import (
	"fmt"
	"strings"
	"time"
)

// GapsPage is how many gaps of one kind a page of the organisation's list holds, and GapsShown how many of each kind
// stand there while no kind is chosen.
const (
	GapsPage  = 50
	GapsShown = 5
)

// GapState narrows the list by what was decided.
type GapState string

// The states; "" is every gap that nobody accepted.
const (
	GapsPlanned   GapState = "planned"
	GapsUnplanned GapState = "unplanned"
	GapsAccepted  GapState = "accepted"
)

// GapFilter narrows the organisation's gaps.
type GapFilter struct {
	Severity   Severity
	Code       string
	PracticeID int64
	RegionID   int64 // with everything below it
	TeamID     int64 // what the team or one of its members wears, or is
	State      GapState
	Mine       bool // what the reader may act on
	Page       int  // of the chosen kind
}

// Narrowed says whether anything is left out.
func (f GapFilter) Narrowed() bool {
	return f.Severity != "" || f.Code != "" || f.PracticeID != 0 || f.RegionID != 0 || f.TeamID != 0 || f.State != "" || f.Mine
}

// GapKind is the gaps of one kind and severity: how many there are, and the first of them or a page.
type GapKind struct {
	Code     string
	Severity Severity
	Total    int
	Lines    []GapLine
}

// Title is what the kind is called with its number, written by number: "1,038 hats with one holder".
func (k GapKind) Title(number func(int) string) string {
	title, known := folds[k.Code]
	if !known || k.Total == 1 {
		return KindName(k.Code)
	}
	return strings.Replace(title, "%d", number(k.Total), 1)
}

// kindNames are the kinds of gaps in the order that their filter offers them.
var kindNames = []struct{ Code, Name string }{
	{"owner-vacant", "Owner vacant"}, {"role-vacant", "Hat vacant"}, {"accountable-vacant-region", "Hat vacant in a region"}, {"no-responsible", "Activity that nobody does"},
	{"accountable-no-lead", "Team or company that nobody answers for"}, {"no-owner-role", "No Owner role"}, {"policy-overdue", "Policy overdue for review"},
	{"covered", "Hat covered for a while"}, {"absent-uncovered", "Owner or Manager away with nobody in their place"}, {"ends-soon", "Hat that ends with nobody after"}, {"too-few", "Too few holders"}, {"accountable-several", "A held by several"},
	{"accountable-outside", "A outside"}, {"objected", "Objection"}, {"role-retired", "Retired role in use"}, {"review-overdue", "Review overdue"}, {"no-columns", "Matrix without roles"},
	{"single-holder", "Hat with one holder"}, {"too-many", "More holders than wanted"}, {"not-accepted", "Not accepted yet"}, {"no-activities", "Process without activities"},
	{"service-unsupported", "Service that no practice supports"}, {"no-policy", "Practice or process that no policy governs"},
}

// KindName is a kind of gap by its code.
func KindName(code string) string {
	for _, k := range kindNames {
		if k.Code == code {
			return k.Name
		}
	}
	return code
}

// GapKinds are the codes of the organisation's gaps, in the order that people read them.
func GapKinds() []string {
	codes := make([]string, len(kindNames))
	for i, k := range kindNames {
		codes[i] = k.Code
	}
	return codes
}

// GapLine is a gap of the organisation's list, with the names that its sentence needs.
type GapLine struct {
	Gap
	Role      string
	Place     string // what it hangs on: a process, a practice, a service, the organisation
	Practice  string
	Activity  string
	Region    string
	For       string // the service that an assignment is for
	Holder    string // the person, team or company it is about
	Employer  string
	N         int
	Wanted    int // at least, or where there are too many at most
	Since     *time.Time
	Until     *time.Time
	Last      string // who wore a vacant hat last
	LastEnded *time.Time
	LastLeft  bool
	Asked     []Holding // who was asked to wear a vacant hat
	Proposed  []ProposedHolder
	ActsNext  bool       // somebody acts after a hat that ends
	Recorded  *time.Time // when what it is about was put on record, where that was only after the day asked about
}

// Describe puts title, sentence, who should act and the fix into the line's gap: the words of the pages, which show the
// same gap beside what it is about.
func (l *GapLine) Describe() {
	l.Who = AppointedBy(l.RoleKind)
	in := ""
	if l.Region != "" {
		in = " in " + l.Region
	}
	place := inPlace(Holding{Region: l.Region, Service: l.For})
	switch l.Code {
	case "owner-vacant", "role-vacant", "accountable-vacant-region":
		l.Title, l.Sentence, l.Fix = l.Role+" vacant"+in, l.vacant(), FixAppoint
	case "covered":
		l.Title, l.Sentence, l.Fix = l.Role+" covered"+place, l.Holder+" acts until "+l.lastDay()+"; nobody holds it.", FixAppoint
	case "ends-soon":
		l.Title, l.Sentence, l.Fix = l.Role+place+" ends "+l.lastDay(), endsWithoutHolder(l.Holder, l.ActsNext), FixAppoint
	case "absent-uncovered":
		l.Title, l.Sentence, l.Fix = uncoveredTitle(l.Holder), uncoveredSentence(l.Role+place), FixDeputy
	case "too-few":
		l.Title, l.Sentence, l.Fix = fmt.Sprintf("%s: %d of %d", l.Role, l.N, l.Wanted), fmt.Sprintf("At least %d are wanted.", l.Wanted), FixAppoint
	case "too-many":
		l.Title, l.Sentence, l.Fix = fmt.Sprintf("%s: %d where %d are wanted", l.Role, l.N, l.Wanted), "At most as many are wanted.", FixRole
	case "single-holder":
		l.Title, l.Sentence, l.Fix = l.Role+" has one holder", "When that one is away, nobody does it.", FixAppoint
	case "objected":
		l.Title, l.Sentence, l.Fix = "Objection: "+l.Holder, "To the hat "+l.Role+": talk, then answer or appoint somebody else.", FixHolding
	case "not-accepted":
		l.Title, l.Sentence, l.Fix = l.Holder+" has not accepted", "The hat "+l.Role+in+".", FixHolding
		if l.Since != nil {
			l.Sentence = "The hat " + l.Role + in + ", asked since " + ShowDay(*l.Since) + "."
		}
	case "accountable-several":
		l.Title, l.Sentence, l.Fix = fmt.Sprintf("%s: A held by %d%s", l.Role, l.N, in), "They wear it in the same place: give each a region or a service, or end all but one.", FixRole
	case "accountable-outside":
		l.Title, l.Sentence, l.Fix = l.Role+": A outside", l.Holder+" of "+l.Employer+" answers; the A should stay inside the organisation.", FixRole
	case "accountable-no-lead":
		*l = GapLine{Gap: l.leadless(), Role: l.Role, Place: l.Place, Practice: l.Practice, Holder: l.Holder, Recorded: l.Recorded}
	default:
		l.structural()
	}
}

func (l *GapLine) leadless() Gap {
	g := withoutLead(l.Role, Holding{RoleID: l.RoleID, TeamID: l.TeamID, CompanyID: l.CompanyID, Name: l.Holder})
	g.PracticeID, g.ProcessID, g.ServiceID, g.Process, g.RoleKind, g.Plan, g.Accepted = l.PracticeID, l.ProcessID, l.ServiceID, l.Process, l.RoleKind, l.Plan, l.Accepted
	return g
}

// structural describes what is no matter of who wears a hat.
func (l *GapLine) structural() {
	l.Who = "the Manager or the Owner"
	switch l.Code {
	case "no-responsible":
		l.Title, l.Sentence, l.Fix = "Nobody does “"+l.Activity+"”", "No role has the R.", FixRow
	case "no-activities":
		l.Title, l.Sentence, l.Fix = "No activities yet", "What is done here, step by step?", FixActivity
	case "no-columns":
		l.Title, l.Sentence, l.Fix = "No roles in the matrix", "Without roles nobody does anything here.", FixColumns
	case "role-retired":
		l.Title, l.Sentence, l.Fix = l.Role+" is retired", "Its letters still stand in the matrix: give them to another role.", FixColumns
	case "no-owner-role":
		l.Title, l.Sentence, l.Fix, l.Who = "No Owner role", "There is no role that answers for “"+l.Place+"”.", FixColumns, "the service management office"
	case "service-unsupported":
		g := Unsupported(l.ServiceID, l.Place)
		l.Title, l.Sentence, l.Fix, l.Who = g.Title, g.Sentence, g.Fix, g.Who
	case "no-policy":
		l.Gap = l.ungoverned(l.Practice)
	case "review-overdue", "policy-overdue":
		l.Title, l.Fix = "Review overdue", FixReview
		of := ProcessReview
		if l.Role != "" {
			l.Title, of = l.Role+": review overdue", RoleReview
		} else if l.PolicyID != 0 {
			l.Title, of = l.Place+": review overdue", PolicyReview
		}
		l.Who = reviewer(of, l.RoleKind)
		if l.Until != nil {
			l.Sentence = "It was due on " + ShowDay(*l.Until) + "."
		}
	}
}

// vacant says since when nobody wears the hat, who wore it, who was asked to or is proposed, and what is left to nobody.
func (l *GapLine) vacant() string {
	if l.Code == "accountable-vacant-region" {
		return ownersThere
	}
	text := "Nobody wears this hat"
	if l.LastEnded != nil {
		text += vacantSince(*l.LastEnded, l.Last, l.LastLeft)
	}
	text += whoWasAsked(l.RoleID, l.Asked) + whoIsProposed(l.RoleID, l.Proposed)
	if l.N > 0 {
		return text + undone(l.N)
	}
	return text + "."
}

func (l *GapLine) lastDay() string {
	if l.Until == nil {
		return ""
	}
	return ShowDay(l.Until.AddDate(0, 0, -1))
}
