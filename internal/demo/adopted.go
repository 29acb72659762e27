package demo

import (
	"fmt"

	"hatrack/internal/itsm"
	shipped "hatrack/internal/library"
)

// adopted are the practices that came out of the practice library, with the day, in months back, and whether they are
// worked by since.
var adopted = []struct {
	key   string
	back  int
	inUse bool
}{
	{"supplier-management", 13, true}, {"service-level-management", 11, true}, {"monitoring-and-event-management", 9, true}, {"knowledge-management", 1, false},
}

// fromTheLibrary adopts practices whole, and says who wears their hats: some of them nobody yet.
func (b *builder) fromTheLibrary() {
	for _, a := range adopted {
		b.happens(b.back(a.back, 20), func() { b.adopt(a.key, a.inUse) })
	}
	for _, h := range []hat{
		{role: "Supplier management/Owner", who: "Stella Nakato", from: b.back(13, 0)},
		{role: "Supplier management/Manager", who: "Emily Carter", from: b.back(12, 10)},
		{role: "Supplier management/Contract manager", who: "Stella Nakato", from: b.back(13, 0)},
		{role: "Supplier management/Supplier relationship manager", who: "Lukas Schneider", from: b.back(12, 0)},
		{role: "Service level management/Owner", who: "Nadia Rahman", from: b.back(11, 0)},
		{role: "Service level management/Manager", who: "Oliver Grant", from: b.back(10, 15)},
		{role: "Service level management/Service level analyst", who: "Rashid Haddad", from: b.back(10, 0)},
		{role: "Service level management/Relationship manager", who: "Chloé Martin", from: b.back(7, 0)},
		{role: "Monitoring and event management/Owner", who: "Victor Almeida", from: b.back(9, 0)},
		{role: "Monitoring and event management/Operator", who: "Network operations", from: b.back(8, 20)},
		{role: "Monitoring and event management/Monitoring specialist", who: "Arjun Iyer", from: b.back(8, 0)},
	} {
		b.wears(h)
	}
}

func (b *builder) adopt(key string, inUse bool) {
	entry, ok := shipped.Practice(key)
	if !ok {
		b.do(fmt.Errorf("the library has no %s", key))
		return
	}
	entry.Policies = nil // the demo's policies are its own
	id := b.made(b.db.Adopt(b.ctx, b.lead, entry, 0, entry.Lacks(itsm.Adopted{}).Keys()))
	b.practices[entry.Name] = id
	if b.err != nil {
		return
	}
	p, err := b.db.Practice(b.ctx, b.lead, id, b.today)
	b.do(err)
	for _, r := range p.Roles {
		b.roles[entry.Name+"/"+r.Name] = r.ID
	}
	for _, c := range p.Processes {
		b.processes[c.Name] = c.ID
	}
	if inUse {
		p.Practice.State = itsm.InUse
		b.do(b.db.EditPractice(b.ctx, b.lead, p.Practice))
	}
}
