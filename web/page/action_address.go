package page

import (
	"net/url"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// ActionURL is an action's page.
func ActionURL(id int64, what string) string { return at("actions", id, what) }

// subjectParams are a subject's ids as forms and addresses carry them.
func subjectParams(s itsm.Subject) (params []ui.Param) {
	for _, p := range []struct {
		name string
		id   int64
	}{
		{"practice", s.PracticeID}, {"process", s.ProcessID}, {"activity", s.ActivityID}, {"role", s.RoleID}, {"region", s.RegionID}, {"about_person", s.PersonID},
		{"team", s.TeamID}, {"company", s.CompanyID}, {"service", s.ServiceID}, {"policy", s.PolicyID}, {"assignment", s.AssignmentID},
	} {
		if p.id != 0 {
			params = append(params, ui.Param{Name: p.name, Value: strconv.FormatInt(p.id, 10)})
		}
	}
	return params
}

func subjectQuery(code string, s itsm.Subject) url.Values {
	q := url.Values{}
	if code != "" {
		q.Set("code", code)
	}
	for _, p := range subjectParams(s) {
		q.Set(p.Name, p.Value)
	}
	return q
}

// PlanURL is the form that plans an action: for a gap of a code, or with "" for itself.
func PlanURL(code string, s itsm.Subject) string { return query("/actions/new", subjectQuery(code, s)) }

// AcceptURL is the form that accepts a gap.
func AcceptURL(code string, s itsm.Subject) string {
	return query("/gaps/accept", subjectQuery(code, s))
}

// SubjectURL is the page of what an action is about; "" where the reader may not open it.
func (r Reader) SubjectURL(s itsm.Subject, name string) string {
	switch {
	case s.AssignmentID != 0:
		return AssignmentURL(s.AssignmentID)
	case s.ActivityID != 0:
		return ActivityURL(s.ActivityID, name)
	case s.RoleID != 0:
		return RoleURL(s.RoleID, name)
	case s.ProcessID != 0:
		return ProcessURL(s.ProcessID, name)
	case s.PracticeID != 0:
		return PracticeURL(s.PracticeID, name)
	case s.ServiceID != 0:
		return ServiceURL(s.ServiceID, name)
	case s.PolicyID != 0:
		return at("policies", s.PolicyID, name)
	case s.PersonID != 0:
		return r.personURL(s.PersonID, name)
	}
	return ""
}

// ActionsURL is the list of actions, narrowed and ordered.
func ActionsURL(f itsm.ActionFilter) string {
	q := url.Values{}
	if f.Done {
		q.Set("state", "done")
	}
	if f.Mine {
		q.Set("mine", "1")
	}
	if f.PracticeID != 0 {
		q.Set("practice", strconv.FormatInt(f.PracticeID, 10))
	}
	if f.Sort != "" {
		q.Set("sort", f.Sort)
	}
	if f.Descending {
		q.Set("order", "down")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return query("/actions", q)
}
