package server

import (
	"net/http"
	"slices"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// gaps is the organisation's list of gaps.
func (s *Server) gaps(v *visit) error {
	f, day := v.gapFilter(), v.foreseen()
	found, err := s.store.Gaps(v.ctx, v.by, day, f)
	if err != nil {
		return err
	}
	return v.show(page.Gaps{Reader: v.reader(), Filter: f, Kinds: found.Kinds, Practices: found.Practices, Regions: found.Regions, Teams: found.Teams, Day: day}.Screen())
}

// foreseen is the day of a list that tells who is where: of days ahead it is for who plans everywhere, others see today's.
func (v *visit) foreseen() time.Time { return v.by.Knows(v.day(), itsm.Scope{}) }

// gapsFile is the list as a file, narrowed by the address.
func (s *Server) gapsFile(v *visit) error {
	head := []string{"How bad", "Kind", "What is missing", "In words", "Practice", "Process", "Belongs to", "For", "Planned: who", "Planned: by when", "Accepted by", "Accepted until", "Why accepted", "On record only since"}
	return v.file("gaps", head, lines(s.store.GapRows(v.ctx, v.by, v.foreseen(), v.gapFilter()), func(l itsm.GapLine) []string {
		line := []string{page.SeverityWord(l.Severity), itsm.KindName(l.Code), l.Title, l.Sentence, l.Practice, l.Process, l.Place, l.Who, "", "", "", "", "", ""}
		if l.Plan != nil {
			line[8], line[9] = l.Plan.Who, itsm.ISODay(l.Plan.DueOn)
		}
		if l.Accepted != nil {
			line[10], line[11] = l.Accepted.AcceptedBy, itsm.ISODay(l.Accepted.LastDay)
			if v.by.Can(itsm.ReadPlans, l.Scope()) {
				line[12] = l.Accepted.Reason
			}
		}
		if l.Recorded != nil {
			line[13] = itsm.ISODay(*l.Recorded)
		}
		return line
	}))
}

// gapFilter reads the list's address; what it does not know counts as not set.
func (v *visit) gapFilter() itsm.GapFilter {
	q := v.r.URL.Query()
	f := itsm.GapFilter{PracticeID: v.query("practice"), RegionID: v.query("of_region"), Mine: q.Get("mine") != "", Page: int(min(v.query("page"), 100_000))}
	if v.by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		f.TeamID = v.query("team")
	}
	if s := itsm.Severity(q.Get("severity")); s == itsm.Red || s == itsm.Amber || s == itsm.Grey {
		f.Severity = s
	}
	if s := itsm.GapState(q.Get("state")); s == itsm.GapsPlanned || s == itsm.GapsUnplanned || s == itsm.GapsAccepted {
		f.State = s
	}
	if code := q.Get("kind"); slices.Contains(itsm.GapKinds(), code) {
		f.Code = code
	}
	return f
}

type acceptForm struct {
	subjectForm
	Reason  string `form:"reason"`
	LastDay string `form:"last_day"`
}

// newAcceptance shows the form that accepts a gap.
func (s *Server) newAcceptance(v *visit) error {
	var in acceptForm
	if err := decode(&in, v.r.URL.Query()); err != nil {
		return err
	}
	in.Back = cameFrom(v.r)
	return s.acceptForm(v, http.StatusOK, in, nil)
}

func (s *Server) acceptForm(v *visit, status int, in acceptForm, wrong page.Problems) error {
	if in.Code == "" {
		return itsm.NotFound{What: "gap"}
	}
	of, err := s.about(v, itsm.AcceptGaps, in.subjectForm)
	if err != nil {
		return err
	}
	return v.showAs(status, page.AcceptGap{Code: in.Code, Of: of, Reason: in.Reason, LastDay: in.LastDay, Back: inside(in.Back), Wrong: wrong}.Screen())
}

// acceptGap takes the form.
func (s *Server) acceptGap(v *visit) error {
	in, err := read[acceptForm](v)
	if err == nil {
		_, err = s.about(v, itsm.AcceptGaps, in.subjectForm)
	}
	var c itsm.Checks
	last := c.Day(in.LastDay, "last_day")
	if err == nil {
		err = c.Err()
	}
	if err == nil {
		err = s.store.AcceptGap(v.ctx, v.by, itsm.AcceptGap{Code: in.Code, Subject: in.subject(), Reason: in.Reason, LastDay: last})
	}
	if list, status, ok := problems(err); ok {
		return s.acceptForm(v, status, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(afterwards(in.Back), "Accepted until "+itsm.ShowDay(*last)+". After that it comes back by itself.")
}

// reopenGap takes an acceptance back.
func (s *Server) reopenGap(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.ReopenGap(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(cameFrom(v.r), "The gap stands among the others again.")
}
