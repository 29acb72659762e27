package demo

import (
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// edits are changes of the last year by those who answer, so that the recent changes of a process tell of people and not
// of the day it was written down; the last of them left a row without an R.
func (b *builder) edits() {
	b.learns(b.back(11, 4), "Joe Okafor", "Handle an incident/Log", "Every report gets a record before anything else is done, also where it is solved on the phone.\nAn alarm gets its record by itself: complete it.")
	b.learns(b.back(8, 17), "Joe Okafor", "Handle an incident/Categorise and prioritise", "Impact times urgency gives the priority. Depots that cannot load are priority 1.\nCheck the list of major incident criteria.\nPayroll in the last week of a month is one step higher.")
	b.learns(b.back(3, 9), "Joe Okafor", "Handle a major incident/Keep stakeholders told", "Status page after 15 minutes, then every 30. The depots’ managers get a text message.\nSay when the next word comes, also when there is no news.")
	b.learns(b.back(6, 2), "Henrik Dahl", "Control a problem/Investigate", "Five whys for small ones, a timeline with everybody at one table for large ones.\nStop after ten days without a finding and ask the owner.")
	b.learns(b.back(2, 20), "Samuel Brandt", "Run a change/Plan and schedule", "Not in the freeze: 15 November to 6 January in all depots.\nNothing on the first working day of a month: payroll runs.")
	b.happens(b.back(1, 3), func() {
		b.do(b.db.SetCell(b.ctx, b.as("Joe Okafor"), store.CellEdit{
			ProcessID: b.id(b.processes, "Handle a major incident"), ActivityID: b.id(b.activities, "Handle a major incident/Review and close"),
			RoleID: b.id(b.roles, "Incident management/Major incident manager"), Counter: store.Latest,
			Cell: itsm.Cell{Letters: itsm.LetterC},
		}))
	})
}

// learns gives an activity a better procedure.
func (b *builder) learns(on time.Time, who, activity, procedure string) {
	b.happens(on, func() {
		id := b.id(b.activities, activity)
		a, err := b.db.Activity(b.ctx, b.lead, id, b.today)
		b.do(err)
		for _, s := range a.Steps {
			if s.ActivityID == id {
				s.Procedure = procedure
				b.do(b.db.EditActivity(b.ctx, b.as(who), s))
			}
		}
	})
}
