package page

import (
	"net/url"
	"strconv"

	"hatrack/internal/itsm"
)

// PolicyURL is a policy's page.
func PolicyURL(id int64, title string) string { return at("policies", id, title) }

// AttachmentURL is where what a policy governs is ended or withdrawn.
func AttachmentURL(id int64) string { return "/policies/attachments/" + number(id) }

// TargetURL is the page of something that a policy governs.
func TargetURL(t itsm.Target) string {
	switch t.Kind() {
	case "practice":
		return PracticeURL(t.PracticeID, "")
	case "process":
		return ProcessURL(t.ProcessID, "")
	}
	return ActivityURL(t.ActivityID, "")
}

// AttachURL is the form that lets a policy govern something.
func AttachURL(t itsm.Target) string {
	return "/policies/attach?" + t.Kind() + "=" + number(t.ID())
}

// NewPolicyURL is the form of a new policy that governs something at once.
func NewPolicyURL(t itsm.Target) string {
	if t.Kind() == "" {
		return "/policies/new"
	}
	return "/policies/new?" + t.Kind() + "=" + number(t.ID())
}

// PoliciesURL is the list of policies, narrowed and ordered by a filter.
func PoliciesURL(f itsm.PolicyFilter) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "driver": string(f.Driver), "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, on := range map[string]bool{"vacant": f.Vacant, "overdue": f.Overdue, "archived": f.Archived} {
		if on {
			q.Set(name, "1")
		}
	}
	if f.PracticeID > 0 {
		q.Set("practice", strconv.FormatInt(f.PracticeID, 10))
	}
	if f.Descending {
		q.Set("order", "down")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return query("/policies", q)
}

// ReviewsURL is the list of what is due for review, narrowed by a filter.
func ReviewsURL(f itsm.ReviewFilter) string {
	q := url.Values{}
	if f.Of != "" {
		q.Set("kind", string(f.Of))
	}
	if f.PracticeID > 0 {
		q.Set("practice", strconv.FormatInt(f.PracticeID, 10))
	}
	for name, on := range map[string]bool{"mine": f.Mine, "all": f.All} {
		if on {
			q.Set(name, "1")
		}
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return query("/reviews", q)
}
