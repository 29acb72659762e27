package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// since says of an event e that the snapshot named does not see it; where that is empty, of none. Every fact has its event,
// in its own transaction: what no event came after is as it was. Numbers that the database has not reached yet are those
// of another one that it was restored from.
func since(snapshot string) string {
	kept := `NULLIF(@` + snapshot + `, '')::pg_snapshot`
	return `e.xid >= pg_snapshot_xmin(` + kept + `) AND e.xid < pg_snapshot_xmax(pg_current_snapshot()) AND NOT pg_visible_in_snapshot(e.xid, ` + kept + `)`
}

// writtenSince says whether anything was committed through the door since snapshot @kept, or whether @kept is empty.
var writtenSince = `(@kept = '' OR EXISTS (SELECT FROM event e WHERE ` + since("kept") + `))`

// epochs number the times between two writes as one server sees them. Each request looks whether anything was written
// since the snapshot of the latest, whichever server it came through: what was read in its epoch still stands.
type epochs struct {
	sync.Mutex
	epoch
	database string // what its connections lead to (exchange.go)
}

// epoch is what a request looks back to. Life counts the databases that the address led to: snapshots and versions of one
// say nothing about another.
type epoch struct {
	n, life  int64
	snapshot string
}

func (e *epochs) latest() epoch {
	e.Lock()
	defer e.Unlock()
	return e.epoch
}

// seen is the epoch of a request that looked back to one and had a snapshot of its own; not ok where the database was
// exchanged meanwhile.
func (e *epochs) seen(since epoch, written bool, snapshot string) (n int64, ok bool) {
	e.Lock()
	defer e.Unlock()
	if e.life != since.life {
		return 0, false
	}
	if !written {
		if e.n == since.n {
			e.snapshot = snapshot // the next one looks back less far
		}
		return since.n, true
	}
	if e.snapshot != snapshot {
		e.n, e.snapshot = e.n+1, snapshot
	}
	return e.n, true
}

// question is a batch about the whole organisation, whose answer is kept until somebody writes. It is known by its
// statements and what they ask for: nothing that a reader sees can be missing from that. What is queued in b itself is asked
// each time.
type question struct {
	b     pgx.Batch
	in    func(*Store) *memory // nil: that of the organisation; others make room for none of its answers
	words strings.Builder
	asked []func()
}

// allOf adds a read of many rows to what is kept, listOf one of a column, valueOf one of a value.
func allOf[T any](q *question, into *[]T, sql string, args pgx.StrictNamedArgs) {
	q.keep(sql, args, func() { all(&q.b, into, sql, args) })
}

func listOf[T any](q *question, into *[]T, sql string, args pgx.StrictNamedArgs) {
	q.keep(sql, args, func() { list(&q.b, into, sql, args) })
}

func valueOf[T any](q *question, into *T, what, sql string, args pgx.StrictNamedArgs) {
	q.keep(sql, args, func() { value(&q.b, into, what, sql, args) })
}

func (q *question) keep(sql string, args pgx.StrictNamedArgs, ask func()) {
	fmt.Fprintf(&q.words, "%q %#v\n", sql, args) // fmt sorts the names; quoted, no text that is looked for looks like more of them
	q.asked = append(q.asked, ask)
}

// whole makes a batch that hangs on an actor alone, and on their day, what is kept.
func (q *question) whole(what string, by itsm.Actor, ask func(b *pgx.Batch)) {
	q.in = func(s *Store) *memory { return &s.ofPeople }
	fmt.Fprintf(&q.words, "%s %d %s", what, by.PersonID, itsm.ISODay(by.Today))
	q.asked = append(q.asked, func() { ask(&q.b) })
}

// ofPage is whole for the page of one thing on a day: what is kept hangs on what an actor may do, whoever it is.
func (q *question) ofPage(noun string, id int64, by itsm.Actor, day time.Time, ask func(b *pgx.Batch)) {
	q.in = func(s *Store) *memory { return &s.ofPages }
	fmt.Fprintf(&q.words, "%s %d %s %q %s %t", noun, id, itsm.ISODay(day), by.Footing(), itsm.ISODay(by.Today), by.On != nil)
	q.asked = append(q.asked, func() { ask(&q.b) })
}

// ofSearch is whole for what is looked for on a day: what is found hangs on what an actor may do, what a question is
// answered with on who asks, too.
func (q *question) ofSearch(f itsm.SearchFilter, asks itsm.Question, by itsm.Actor, day time.Time, ask func(b *pgx.Batch)) {
	q.in = func(s *Store) *memory { return &s.ofSearches }
	fmt.Fprintf(&q.words, "%q %q %q %d %d %s %q", f.Text, f.Also, f.Kind, f.Page, f.Size, itsm.ISODay(day), by.Footing())
	if asks.On != nil {
		fmt.Fprintf(&q.words, " on %s", itsm.ISODay(*asks.On))
	}
	if asks.About != "" {
		fmt.Fprintf(&q.words, " for %d", by.PersonID)
	}
	q.asked = append(q.asked, func() { ask(&q.b) })
}

// memory keeps what was answered last to each question, on one server. Of those who ask the same at once one computes.
type memory struct {
	sync.Mutex
	kept map[string]*answer
	most int // answers; 0 is memoryMost
}

type answer struct {
	computing sync.Mutex
	mu        sync.Mutex
	epoch     int64
	value     any
}

// memoryMost bounds how many answers are kept; pagesMost those of single pages, for each kind of reader: that of a practice
// with thousands of holders is some megabytes.
const (
	memoryMost = 256
	pagesMost  = 48
)

func (m *memory) of(question string) *answer {
	m.Lock()
	defer m.Unlock()
	if m.kept[question] == nil {
		if m.kept == nil {
			m.kept = map[string]*answer{}
		}
		for one := range m.kept { // whichever comes: most are out of date anyway
			if len(m.kept) < cmp.Or(m.most, memoryMost) {
				break
			}
			delete(m.kept, one)
		}
		m.kept[question] = &answer{}
	}
	return m.kept[question]
}

// in is the answer, where it was read in an epoch or later.
func (a *answer) in(epoch int64) (value any, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.value, a.value != nil && a.epoch >= epoch
}

func (a *answer) keep(epoch int64, value any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if epoch >= a.epoch {
		a.epoch, a.value = epoch, value
	}
}

// about adds what the answer is made with beside its rows.
func (q *question) about(what any) { fmt.Fprintf(&q.words, "%#v\n", what) }

// recall asks a question and makes the answer of its rows, or finds the kept one. The answer is shared: nobody may change
// it. For an actor who did not come through Visit it is asked anew.
func recall[T any](ctx context.Context, s *Store, by itsm.Actor, q *question, made func() T) (answer T, err error) {
	compute := func() (T, error) {
		for _, ask := range q.asked {
			ask()
		}
		if err := s.ask(ctx, &q.b); err != nil {
			return answer, err
		}
		return made(), nil
	}
	if by.Epoch == 0 {
		return compute()
	}
	memory := &s.memory
	if q.in != nil {
		memory = q.in(s)
	}
	kept := memory.of(q.words.String())
	value, ok := kept.in(by.Epoch)
	if !ok {
		kept.computing.Lock()
		defer kept.computing.Unlock()
		if value, ok = kept.in(by.Epoch); !ok {
			if answer, err = compute(); err == nil {
				kept.keep(by.Epoch, answer)
			}
			return answer, err
		}
	}
	if q.b.Len() > 0 {
		err = s.ask(ctx, &q.b)
	}
	return value.(T), err
}
