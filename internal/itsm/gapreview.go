package itsm

import "time"

// WithReviews adds to gaps what is overdue for review on a day, worst first.
func WithReviews(found []Gap, late []Reviewed, day time.Time) []Gap {
	return WorstGapsFirst(append(found, ReviewGaps(late, day)...))
}

// ReviewGaps are what nobody looked at again in time: those of a list of roles, processes and policies that are overdue
// on a day.
func ReviewGaps(list []Reviewed, day time.Time) []Gap {
	var out []Gap
	for _, x := range list {
		if x.Review(day) != Overdue {
			continue
		}
		g := Gap{
			Code: "review-overdue", Severity: x.Severity(day), Title: x.Name + ": review overdue", Sentence: "It was due on " + ShowDay(*x.ReviewDue) + ".", Who: reviewer(x.Of, x.RoleKind), Fix: FixReview,
			PracticeID: x.PracticeID, ProcessID: x.ProcessID, ServiceID: x.ServiceID,
		}
		switch x.Of {
		case RoleReview:
			g.RoleID, g.RoleKind = x.ID, x.RoleKind
		case ProcessReview:
			g.ProcessID, g.Process = x.ID, x.Name
		case PolicyReview:
			g.Code, g.PolicyID = "policy-overdue", x.ID
		}
		out = append(out, g)
	}
	return out
}

// reviewer is who looks at something again, in words: as nobody does at what they answer for, of a policy and of a hat the
// next hat up (see Actor.MayReview). kind is that of the role, or of the one that answers for the policy.
func reviewer(of Reviewable, kind RoleKind) string {
	switch {
	case of == RoleReview:
		return AppointedBy(kind)
	case of == PolicyReview && (kind == "" || kind == Owner):
		return AppointedBy(Owner)
	}
	return "the Owner"
}
