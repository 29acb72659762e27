package synth

import (
	"fmt"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// The landmark matrices: so many activities, and so many roles of the process's own beside the practice's three.
const (
	longRows, longOwn     = 60, 8 // and one invited role: 12 columns
	squareRows, squareOwn = 13, 10
)

// landmarks are two processes that are the same in every scale, with those who wear their hats.
func (b *builder) landmarks() {
	d := b.newDraft(2, 2, longRows+squareRows, 2*practiceRoles+longOwn+squareOwn)
	incident := d.addPractice("Incident management", "To restore the service as quickly as possible.")
	incidentRoles := d.born(incident)
	change := d.addPractice("Change enablement", "To make changes with the risk known.")
	changeRoles := d.born(change)
	long := d.addProcess(incident.ID, "Handle an incident", itsm.Daily, 1)
	square := d.addProcess(change.ID, "Close a change", itsm.Daily, 1)
	b.marks.Matrix, b.marks.Square, b.marks.Person = long.ID, square.ID, b.people+landmark
	longRoles := b.landmark(d, long, incidentRoles, longOwn, longRows, changeRoles[1])
	squareRoles := b.landmark(d, square, changeRoles, squareOwn, squareRows, 0)
	known := len(b.wearable)
	b.write(d)
	b.wearable = b.wearable[:known] // nobody else wears them
	var worn []store.BulkAssignment
	worn = b.wearLandmark(worn, longRoles)
	worn = b.wearLandmark(worn, squareRoles)
	b.fill("assignments", store.BulkAssignments(worn))
}

// landmark fills a matrix and returns the roles that are not invited: Owner, Manager, practitioner, then its own.
func (b *builder) landmark(d *draft, p itsm.Process, born [practiceRoles]int64, own, rows int, invited int64) []int64 {
	r := b.chance(ofLandmark, own)
	roles := born[:]
	for n := range own {
		roles = append(roles, d.addRole(itsm.Role{Kind: itsm.Practitioner, Name: fmt.Sprintf("%s %s", subjects[n], skills[n%len(skills)]), ProcessID: p.ID, Purpose: "Works in " + p.Name + "."}))
	}
	columns := roles
	if invited != 0 {
		columns = append(columns[:len(columns):len(columns)], invited)
	}
	d.addColumns(p, columns)
	for n := range rows {
		name := acts[n%len(acts)] + " " + works[(n*3)%len(works)]
		id := d.addStep(p, n+1, phases[n*len(phases)/rows], name, name+" as agreed, and note what was done.")
		letters := make([]itsm.Letters, len(columns))
		letters[2+n%(own+1)] = itsm.LetterR
		letters[2+(n+3)%(own+1)] |= itsm.LetterR
		if n%4 > 0 {
			letters[n%3] |= itsm.LetterA
		}
		for range 2 {
			if at := r.IntN(len(columns)); letters[at] == 0 {
				letters[at] = itsm.LetterC
			}
			if at := r.IntN(len(columns)); letters[at] == 0 {
				letters[at] = itsm.LetterI
			}
		}
		for at, l := range letters {
			if l != 0 {
				d.addCell(p, id, columns[at], l, map[bool]string{true: "on the same day"}[(n+at)%25 == 0])
			}
		}
	}
	return roles
}

// wearLandmark gives the roles of a landmark their holders: an Owner, a Manager a region, two teams, and people.
func (b *builder) wearLandmark(worn []store.BulkAssignment, roles []int64) []store.BulkAssignment {
	wear := func(a store.BulkAssignment, person int) {
		if person >= 0 {
			a.Person = b.people + int64(person)
		}
		a.Capacity, a.Accepted, a.From, a.Recorded = itsm.Holder, true, b.ago(150), b.ago(150)
		worn = append(worn, a)
	}
	first := len(worn)
	wear(store.BulkAssignment{Role: roles[0], Kind: itsm.Owner}, 10+first%7)
	for n, region := range []int64{0, 6, 10} {
		wear(store.BulkAssignment{Role: roles[1], Kind: itsm.Manager, Region: b.regions + region}, 20+first%7+n)
	}
	for team := range int64(2) {
		wear(store.BulkAssignment{Role: roles[2], Kind: itsm.Practitioner, Team: b.teams + team}, -1)
	}
	for n, role := range roles[practiceRoles:] {
		for holder := range 3 + n%3 {
			wear(store.BulkAssignment{Role: role, Kind: itsm.Practitioner}, 30+(n*5+holder+first)%60)
		}
		if n < 6 {
			wear(store.BulkAssignment{Role: role, Kind: itsm.Practitioner}, landmark)
		}
	}
	return worn
}
