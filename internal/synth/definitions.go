package synth

import (
	"fmt"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// hat is a role that people are appointed to.
type hat struct {
	role int64
	kind itsm.RoleKind
}

// Roles that a practice is born with, and those that a process has of its own.
const (
	practiceRoles = 3
	processRoles  = 6
)

// draft collects definitions, to be written at once.
type draft struct {
	practices []itsm.Practice
	processes []itsm.Process
	roles     []itsm.Role
	steps     []store.BulkStep
	columns   []store.BulkColumn
	cells     []store.BulkCell

	practice, process, version, activity, role int64 // the next ids
}

// newDraft reserves what a draft will use.
func (b *builder) newDraft(practices, processes, activities, roles int) *draft {
	return &draft{
		practice: b.reserve(store.KindPractice, practices), process: b.reserve(store.KindProcess, processes), version: b.reserve(store.KindVersion, processes),
		activity: b.reserve(store.KindActivity, activities), role: b.reserve(store.KindRole, roles),
	}
}

func (d *draft) addPractice(name, purpose string) itsm.Practice {
	p := itsm.Practice{ID: d.practice, Name: name, Category: itsm.Categories[len(d.practices)%len(itsm.Categories)], Purpose: purpose, State: itsm.InUse}
	d.practice++
	d.practices = append(d.practices, p)
	return p
}

func (d *draft) addRole(r itsm.Role) int64 {
	r.ID = d.role
	d.role++
	if r.Kind == itsm.Owner {
		one := 1
		r.WantedMin = &one
	}
	d.roles = append(d.roles, r)
	return r.ID
}

// born are the three roles of a practice.
func (d *draft) born(p itsm.Practice) [practiceRoles]int64 {
	var ids [practiceRoles]int64
	for i, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager, itsm.Practitioner} {
		name := string(kind)
		ids[i] = d.addRole(itsm.Role{Kind: kind, Name: strings.ToUpper(name[:1]) + name[1:], PracticeID: p.ID, Purpose: "Stands for " + p.Name + " as its " + name + "."})
	}
	return ids
}

func (d *draft) addProcess(practice int64, name string, kind itsm.ProcessKind, position int) itsm.Process {
	p := itsm.Process{ID: d.process, PracticeID: practice, Name: name, Kind: kind, Position: position, Purpose: "To " + strings.ToLower(name) + " in time and in order."}
	p.Version.ID = d.version
	d.process++
	d.version++
	d.processes = append(d.processes, p)
	return p
}

func (d *draft) addColumns(p itsm.Process, roles []int64) {
	for i, role := range roles {
		d.columns = append(d.columns, store.BulkColumn{Version: p.Version.ID, Role: role, Position: i + 1})
	}
}

func (d *draft) addStep(p itsm.Process, position int, section, name, text string) int64 {
	id := d.activity
	d.activity++
	d.steps = append(d.steps, store.BulkStep{Version: p.Version.ID, Process: p.ID, Step: itsm.Step{ActivityID: id, Position: position, Section: section, Name: name, Text: text}})
	return id
}

func (d *draft) addCell(p itsm.Process, activity, role int64, l itsm.Letters, note string) {
	d.cells = append(d.cells, store.BulkCell{Version: p.Version.ID, Activity: activity, Role: role, Letters: l, Note: note})
}

// write writes a draft.
func (b *builder) write(d *draft) {
	b.fill("practices", store.BulkPractices(d.practices))
	b.fill("processes", store.BulkProcesses(d.processes))
	b.fill("versions", store.BulkVersions(d.processes))
	b.fill("roles", store.BulkRoles(d.roles))
	b.fill("activities", store.BulkActivities(d.steps))
	b.fill("steps", store.BulkSteps(d.steps))
	b.fill("columns", store.BulkColumns(d.columns))
	b.fill("cells", store.BulkCells(d.cells))
	for _, r := range d.roles {
		b.wearable = append(b.wearable, hat{r.ID, r.Kind})
	}
}

// definitions are practices, processes and their matrices, and the Owners of services.
func (b *builder) definitions() {
	s := b.scale
	d := b.newDraft(s.Practices, s.Processes, s.Activities, s.Practices*practiceRoles+s.Processes*processRoles+len(offered))
	for i, name := range offered {
		d.addRole(itsm.Role{Kind: itsm.Owner, Name: "Service owner", ServiceID: b.services + int64(i), Purpose: "Answers for " + name + "."})
	}
	each := s.Processes / s.Practices
	for i := range s.Practices {
		r := b.chance(ofPractice, i)
		name := subjects[i%len(subjects)] + " management, " + areas[i/len(subjects)]
		p := d.addPractice(name, "To look after "+strings.ToLower(subjects[i%len(subjects)])+" in "+areas[i/len(subjects)]+".")
		born := d.born(p)
		first := r.IntN(len(doing))
		for n := range each {
			kind := itsm.Daily
			if n == each-1 {
				kind = itsm.Care
			}
			b.process(d, p, born, d.addProcess(p.ID, doing[(first+n)%len(doing)]+" "+objects[(n*7+first)%len(objects)], kind, n+1), s.Activities/s.Processes)
		}
	}
	b.write(d)
}

// process fills one with its roles, activities and letters.
func (b *builder) process(d *draft, practice itsm.Practice, born [practiceRoles]int64, p itsm.Process, activities int) {
	r := b.chance(ofProcess, len(d.processes))
	roles := []int64{born[0], born[1]}
	for n := range processRoles {
		roles = append(roles, d.addRole(itsm.Role{
			Kind: itsm.Practitioner, Name: subjects[r.IntN(len(subjects))] + " " + skills[n%len(skills)], ProcessID: p.ID, Purpose: "Works in " + p.Name + " of " + practice.Name + ".",
		}))
	}
	d.addColumns(p, roles)
	for n := range activities {
		name := pick(r, acts) + " " + pick(r, works)
		section := ""
		if activities > 10 {
			section = phases[n*len(phases)/activities]
		}
		id := d.addStep(p, n+1, section, name, name+" as agreed, and note what was done.")
		letters := make([]itsm.Letters, len(roles))
		if !in(r, 2) { // a few rows have nobody who does it
			letters[2+r.IntN(processRoles)] |= itsm.LetterR
		}
		if in(r, 70) { // else the Owner answers
			letters[r.IntN(3)] |= itsm.LetterA
		}
		for range 2 {
			if at := r.IntN(len(roles)); letters[at] == 0 {
				letters[at] = itsm.LetterC
			}
			if at := r.IntN(len(roles)); letters[at] == 0 {
				letters[at] = itsm.LetterI
			}
		}
		for at, l := range letters {
			note := ""
			if l != 0 && in(r, 2) {
				note = fmt.Sprintf("from level %d on", 1+r.IntN(3))
			}
			if l != 0 {
				d.addCell(p, id, roles[at], l, note)
			}
		}
	}
}
