package demo

import (
	"fmt"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// definitions makes practices and roles first, then the processes, whose matrices invite roles from each other.
func (b *builder) definitions() {
	for id := int64(1); b.err == nil; id++ { // the organisation's own roles, made by the migrations
		r, err := b.db.Role(b.ctx, b.lead, id)
		if err != nil {
			break
		}
		b.roles[r.Name] = id
	}
	for _, p := range library {
		b.practice(p)
	}
	for _, p := range library {
		for _, c := range p.processes {
			b.process(p, c)
		}
	}
	for _, p := range library {
		for _, other := range p.related {
			b.do(b.db.RelatePractices(b.ctx, b.lead, b.id(b.practices, p.name), b.id(b.practices, other), ""))
		}
		for _, c := range p.processes {
			b.handOffs(c)
		}
	}
}

func (b *builder) practice(p practice) {
	id := b.made(b.db.AddPractice(b.ctx, b.lead, itsm.Practice{
		Name: p.name, Category: p.category, Purpose: p.purpose, State: p.state,
		OrganisationPeople: p.people, InformationTechnology: p.technology, PartnersSuppliers: p.partners, ValueStreams: p.streams,
	}))
	b.practices[p.name] = id
	if b.err != nil {
		return
	}
	born, err := b.db.Practice(b.ctx, b.lead, id, b.today)
	b.do(err)
	for _, r := range born.Roles {
		if r.Kind == itsm.Practitioner {
			named := p.roles[0].as(itsm.Practitioner)
			named.ID, named.PracticeID, named.Counter = r.ID, id, r.Counter
			b.do(b.db.EditRole(b.ctx, b.lead, named))
			r.Name = named.Name
		}
		b.roles[p.name+"/"+r.Name] = r.ID
	}
	for _, more := range p.roles[1:] {
		r := more.as(itsm.Practitioner)
		r.PracticeID = id
		b.roles[p.name+"/"+r.Name] = b.made(b.db.AddRole(b.ctx, b.lead, r))
	}
}

func (r role) as(kind itsm.RoleKind) itsm.Role {
	out := itsm.Role{Kind: kind, Name: r.name, PerCase: r.perCase, Purpose: r.purpose, Responsibilities: r.duties, Authorities: r.authorities}
	if r.least > 0 {
		out.WantedMin = &r.least
	}
	return out
}

// roleOf is a column's role: of the practice, of another one, or of the organisation.
func (b *builder) roleOf(practice, name string) int64 {
	if id, ok := b.roles[practice+"/"+name]; ok {
		return id
	}
	return b.id(b.roles, name)
}

func (b *builder) process(p practice, c process) {
	id := b.made(b.db.AddProcess(b.ctx, b.lead, itsm.Process{
		PracticeID: b.id(b.practices, p.name), Name: c.name, Kind: c.kind, Purpose: c.purpose, Area: c.area,
		Triggers: c.triggers, Inputs: c.inputs, Outputs: c.outputs,
	}))
	b.processes[c.name] = id
	table := rowsOf(c.matrix)
	columns := make([]int64, len(table[0]))
	for i, name := range table[0][1:] {
		columns[i+1] = b.roleOf(p.name, name)
		if _, own := b.roles[p.name+"/"+name]; !own {
			b.do(b.db.AddColumn(b.ctx, b.lead, id, columns[i+1], store.Latest))
		}
	}
	for _, row := range table[1:] {
		b.activity(c, id, columns, row)
	}
}

// activity adds one with its row of the matrix.
func (b *builder) activity(c process, process int64, columns []int64, row []string) {
	if b.err != nil {
		return
	}
	id := b.made(b.db.AddActivity(b.ctx, b.lead, process, itsm.Step{Name: row[0], Text: texts[c.name][row[0]], Procedure: c.procedures[row[0]]}, 0, store.Latest))
	b.activities[c.name+"/"+row[0]] = id
	b.row(process, id, columns, row[1:])
}

// row writes the letters of an activity that has none yet.
func (b *builder) row(process, activity int64, columns []int64, letters []string) {
	cells := map[int64]itsm.Cell{}
	if len(letters) != len(columns)-1 {
		b.do(fmt.Errorf("a row of %d cells under %d columns", len(letters), len(columns)-1))
		return
	}
	for i, text := range letters {
		set, ok := itsm.ParseLetters(text)
		if !ok {
			b.do(fmt.Errorf("%q are no letters", text))
		}
		if set != 0 {
			cells[columns[i+1]] = itsm.Cell{Letters: set}
		}
	}
	b.do(b.db.SetRow(b.ctx, b.lead, store.RowEdit{ProcessID: process, ActivityID: activity, Counter: store.Latest, Cells: cells}))
}

func (b *builder) handOffs(c process) {
	for _, h := range c.handOffs {
		in := itsm.HandOff{ActivityID: b.id(b.activities, c.name+"/"+h.from), Direction: itsm.Out, What: h.what}
		if to, ok := b.activities[c.name+"/"+h.to]; ok {
			in.ToActivityID = to
		} else if to, ok := b.processes[h.to]; ok {
			in.ToProcessID = to
		} else {
			in.Party = h.to
		}
		b.do(b.db.AddHandOff(b.ctx, b.lead, in, store.Latest))
	}
}

// rowsOf cuts a matrix into its cells. Its first row begins with an empty one.
func rowsOf(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		out = append(out, strings.Split(strings.TrimRight(line, "\n"), "|"))
	}
	return out
}

// services makes them, each with its Owner role, and what supports it.
func (b *builder) servicesOffered() {
	for _, o := range offered {
		id := b.made(b.db.AddService(b.ctx, b.lead, itsm.Service{Name: o.name, Purpose: o.purpose}))
		b.services[o.name] = id
		if b.err != nil {
			return
		}
		for _, name := range o.practices {
			b.do(b.db.AddSupport(b.ctx, b.lead, id, itsm.Support{PracticeID: b.id(b.practices, name)}))
		}
		for _, name := range o.teams {
			b.do(b.db.AddSupport(b.ctx, b.lead, id, itsm.Support{TeamID: b.id(b.teams, name)}))
		}
		if o.company != "" {
			b.do(b.db.AddSupport(b.ctx, b.lead, id, itsm.Support{CompanyID: b.id(b.companies, o.company)}))
		}
		v, err := b.db.Service(b.ctx, b.lead, id, b.today)
		b.do(err)
		for _, r := range v.Roles {
			b.roles[o.name+"/"+r.Name] = r.ID
		}
	}
}
