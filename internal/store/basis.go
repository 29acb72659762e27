package store

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Basis is what a page about a person was made from, for a server that keeps the page: Visit says whether something of it
// was written since. The zero value is that of no page.
type Basis struct {
	PersonID int64
	Roles    []int64 // that the person wears, wore or will wear, through teams too
	Teams    []int64 // that the person is, was or will be in
	// Concerned are the person, those above them and those who recorded what is shown: to each, the page shows what it shows
	// to nobody else.
	Concerned []int64
	Life      int64  // of the database (itsm.PageVersion)
	Snapshot  string // of the database, up to which the page is known to be right
	V         int64  // the server's own number of the page; it says nothing to the database
}

// touched says whether something was written since snapshot @page that a page about @person shows; an empty @page is that
// of no page. The function looks into each event: most requests find none, and do not ask it.
var touched = `(@page = '' OR EXISTS (SELECT FROM event e WHERE ` + since("page") + `)
	AND person_touched(NULLIF(@page, '')::pg_snapshot, @person, @roles, @teams, @concerned))`

// args are those of touched; a page of another life of the database is none.
func (b Basis) args(life int64) pgx.StrictNamedArgs {
	if b.Life != life {
		b = Basis{PersonID: b.PersonID}
	}
	return pgx.StrictNamedArgs{"page": b.Snapshot, "person": b.PersonID, "roles": b.Roles, "teams": b.Teams, "concerned": b.Concerned}
}

// basis is what the page rests on; its snapshot is for the reader to add, who had it before the page was read.
func (p PersonPage) basis(recorded []itsm.Assignment) Basis {
	b := Basis{PersonID: p.Person.ID, Concerned: append([]int64{p.Person.ID}, p.Above...)}
	for _, h := range p.Hats {
		b.Roles = append(b.Roles, h.Role.ID)
	}
	for _, m := range p.Memberships {
		b.Teams = append(b.Teams, m.Team.ID)
	}
	for _, a := range recorded {
		b.Concerned = append(append(b.Concerned, a.AnswerIDs...), a.RecordedID)
	}
	for _, ids := range []*[]int64{&b.Roles, &b.Teams, &b.Concerned} {
		slices.Sort(*ids)
		*ids = slices.Compact(*ids)
	}
	return b
}
