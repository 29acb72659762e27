package demo

import (
	"time"

	"hatrack/internal/itsm"
)

// actions are what people promised to do about gaps and beside them, what was accepted for a while, and what the
// steering group is asked to decide.
func (b *builder) actions() {
	act := func(planned time.Time, what, who string, due time.Time, code string, about itsm.Subject) int64 {
		b.on(planned)
		lead := b.lead
		lead.Today = planned
		return b.made(b.db.PlanAction(b.ctx, lead, itsm.ActionInput{Code: code, Subject: about, What: what, PersonID: b.id(b.people, who), DueOn: &due}))
	}
	done := act(b.back(2, 10), "Write down who is told of a change freeze", "Elena Rossi", b.back(1, 0), "", itsm.Subject{PracticeID: b.id(b.practices, "Change enablement")})
	act(b.back(1, 20), "Ask the depots for a second super-user", "Marta Nowak", b.back(0, 9), "", itsm.Subject{PracticeID: b.id(b.practices, "Service desk")})
	act(b.back(0, 12), "Find and appoint an Owner for Mail and calendar", "Elena Rossi", b.ahead(0, 15), "owner-vacant", itsm.Subject{RoleID: b.id(b.roles, "Mail and calendar/Service Owner")})
	act(b.back(0, 6), "Agree with every region who manages releases", "Henrik Dahl", b.ahead(1, 0), "", itsm.Subject{PracticeID: b.id(b.practices, "Release management")})
	b.on(b.back(1, 2))
	b.do(b.db.CloseAction(b.ctx, b.lead, done, "The list stands in the procedure of “Approve a change”, and the desk has it."))

	b.on(b.back(0, 5))
	lead := b.lead
	for _, g := range []struct {
		code, role, reason string
		last               time.Time
	}{
		{"single-holder", "Sponsor", "One sponsor is what the depot project wants; it ends with the project.", b.ahead(4, 0)},
		{"single-holder", "Procurement lead", "A second one starts in spring.", b.ahead(3, 0)},
	} {
		b.do(b.db.AcceptGap(b.ctx, lead, itsm.AcceptGap{Code: g.code, Subject: itsm.Subject{RoleID: b.id(b.roles, depotProcess+"/"+g.role)}, Reason: g.reason, LastDay: &g.last}))
	}
	for _, line := range []string{
		"Appoint an Owner for Mail and calendar; the office proposes Elena Rossi.",
		"Whether Release management gets a Manager in each region, or one worldwide.",
	} {
		b.do(b.db.AskSteering(b.ctx, lead, itsm.SteeringLine{Text: line}))
	}
}
