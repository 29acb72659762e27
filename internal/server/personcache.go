package server

import (
	"net/http"
	"slices"
	"sync"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// personKey is what the inside of a person's page depends on. V is the server's own number, another one whenever
// something that the page shows was written; Today is the day, and the page speaks of no other.
type personKey struct {
	V       int64
	Today   string
	Footing string
	Self    int64 // the reader, where the page shows them what it shows to nobody else
}

// people are the pages about people that a server keeps, by what they rest on. It may be used from many goroutines.
type people struct {
	mu   sync.Mutex
	next int64
	by   map[int64]store.Basis
}

// peopleMost bounds how many people's pages are followed; it is some megabytes.
const peopleMost = 8192

// of is what the kept page of a person rests on, to be asked about; without one, it is the person alone.
func (p *people) of(id int64) store.Basis {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b, ok := p.by[id]; ok {
		return b
	}
	return store.Basis{PersonID: id}
}

// still notes that nothing that a page shows was written up to a snapshot.
func (p *people) still(asked store.Basis, snapshot string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b, ok := p.by[asked.PersonID]; ok && b.V == asked.V {
		b.Snapshot = snapshot
		p.by[b.PersonID] = b
	}
}

// renew follows a page that was read after its snapshot, in place of the one that was asked about. It is not ok where
// another request did so meanwhile: theirs may show more than this one.
func (p *people) renew(asked, made store.Basis) (v int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by[asked.PersonID].V != asked.V {
		return 0, false
	}
	if p.by == nil || len(p.by) >= peopleMost {
		p.by = map[int64]store.Basis{}
	}
	p.next++
	made.V = p.next
	p.by[made.PersonID] = made
	return made.V, true
}

// person is signedIn for a person's page: whether the kept one still stands comes with the reader.
func (s *Server) person(h handler) http.HandlerFunc {
	return s.asking(func(r *http.Request) store.Asked {
		id, err := numberIn(r, "id")
		if err != nil || r.URL.Query().Has("on") {
			return store.Asked{}
		}
		return store.Asked{Person: s.people.of(id)}
	}, h)
}

// keepsPerson says whether a person's page may be kept for this reader: not on another day, and for no external, who reads
// of some practices alone.
func (v *visit) keepsPerson() bool {
	return v.asked.Person.PersonID != 0 && v.by.On == nil && !v.by.External
}

// personKey says under which key the page that a request asks for is kept.
func (v *visit) personKey(b store.Basis) personKey {
	key := personKey{V: b.V, Today: itsm.ISODay(v.by.Today), Footing: v.by.Footing()}
	if slices.Contains(b.Concerned, v.by.PersonID) {
		key.Self = v.by.PersonID
	}
	return key
}

// keepPerson keeps a page that was just read: beside those of other readers where nothing was written since theirs, or in
// their place.
func (v *visit) keepPerson(made store.Basis, screen page.Screen) (page.Screen, error) {
	asked := v.asked.Person
	made.Life, made.Snapshot, made.V = v.Page.Life, v.Page.Snapshot, asked.V
	if v.Page.Touched {
		var ok bool
		if made.V, ok = v.s.people.renew(asked, made); !ok {
			return screen, nil
		}
	}
	return v.s.pages.keep(v.ctx, v.personKey(made), screen)
}
