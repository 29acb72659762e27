package server

import (
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// policiesFile is the list of policies as a file, narrowed and ordered by the address.
func (s *Server) policiesFile(v *visit) error {
	f := v.policyFilter()
	head := []string{"Number", "Title", "Statement", "Why", "Measure", "Driven by", "Issued by", "Owner role", "Owner's scope", "Owner", "Governs", "Review every (months)", "Review due", "Last reviewed", "Archived"}
	return v.file("policies", head, lines(s.store.PolicyRows(v.ctx, v.by, f, v.foreseen()), func(l itsm.PolicyLine) []string {
		if l.OwnerHidden {
			l.OwnerScope = "another practice"
		}
		return []string{l.Number, l.Title, l.Statement, l.Why, l.Measure, l.Driver.Title(), l.IssuingBody, l.OwnerRole, l.OwnerScope, l.Owner, strings.Join(l.Governs, "; "),
			page.MonthsTyped(l.ReviewMonths), isoDay(l.ReviewDue), isoDay(l.LastReviewed), yes(l.Archived)}
	}))
}

// reviewsFile is the list of reviews as a file, narrowed by the address.
func (s *Server) reviewsFile(v *visit) error {
	head := []string{"Kind", "Name", "Hangs on", "Practice", "Review every (months)", "Review due", "State", "Last reviewed"}
	return v.file("reviews", head, lines(s.store.ReviewRows(v.ctx, v.by, v.reviewFilter(), v.by.Today), func(x itsm.Reviewed) []string {
		return []string{string(x.Of), x.Name, x.ScopeName, x.Practice, page.MonthsTyped(x.ReviewMonths), isoDay(x.ReviewDue), string(x.Review(v.by.Today)), isoDay(x.LastReviewed)}
	}))
}
