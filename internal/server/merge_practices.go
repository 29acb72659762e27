package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// askMergePractices asks which practice goes on, and, once ?into= says it, what will happen.
func (s *Server) askMergePractices(v *visit) error {
	p, err := s.practiceAt(v, itsm.MergePractices)
	if err != nil {
		return err
	}
	if p.Archived {
		return itsm.NotFound{What: "practice in use"}
	}
	if into := v.query("into"); into != 0 && into != p.ID {
		return s.mergePracticesPage(v, http.StatusOK, p, mergePracticesForm{Into: into}, nil)
	}
	return v.show(page.MergePractice{Practice: p.Practice, Choices: p.Choices}.Screen())
}

func (s *Server) mergePracticesPage(v *visit, status int, p store.Practice, in mergePracticesForm, wrong page.Problems) error {
	plan, err := s.store.PracticeMergePlan(v.ctx, v.by, in.Into, p.ID)
	if err != nil {
		return err
	}
	view := page.MergePractices{
		Reader: v.reader(), Keep: plan.Keep, Other: plan.Other, KeepOwners: plan.KeepOwners, OtherOwners: plan.OtherOwners, SameOwner: plan.SameOwner, Stays: in.Stays,
		Processes: plan.Processes, Taken: plan.Taken, Relations: plan.Relations, Services: plan.Services, Policies: plan.Policies, Auditors: plan.Auditors, Gaps: plan.Gaps, Wrong: wrong,
	}
	for _, r := range plan.Roles {
		if r.Into.ID != 0 {
			view.United = append(view.United, v.reader().RoleName(r.Role.Kind, r.Role.Name))
		} else {
			view.Moved = append(view.Moved, v.reader().RoleName(r.Role.Kind, r.Role.Name))
		}
	}
	return v.showAs(status, view.Screen())
}

type mergePracticesForm struct {
	Into         int64 `form:"into"`
	Stays        int64 `form:"stays"`
	KeepCounter  int64 `form:"keep_seen"`
	OtherCounter int64 `form:"other_seen"`
}

// mergePractices makes two one.
func (s *Server) mergePractices(v *visit) error {
	p, err := s.practiceAt(v, itsm.MergePractices)
	if err != nil {
		return err
	}
	in, err := read[mergePracticesForm](v)
	if err == nil {
		err = s.store.MergePractices(v.ctx, v.by, in.Into, p.ID, in.Stays, in.KeepCounter, in.OtherCounter)
	}
	if list, status, ok := problems(err); ok {
		if in.Into == 0 || in.Into == p.ID {
			return v.showAs(status, page.MergePractice{Practice: p.Practice, Choices: p.Choices, Wrong: list}.Screen())
		}
		return s.mergePracticesPage(v, status, p, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(in.Into, ""), p.Name+" was made one with this practice.")
}
