package store

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// sinceKept says of an event e that snapshot @kept does not see it; with an empty @kept of none. Every fact has its event,
// in its own transaction: what no event came after is as it was. Numbers that the database has not reached yet are those
// of another one that it was restored from.
const sinceKept = `e.xid >= pg_snapshot_xmin(NULLIF(@kept, '')::pg_snapshot) AND e.xid < pg_snapshot_xmax(pg_current_snapshot())
	AND NOT pg_visible_in_snapshot(e.xid, NULLIF(@kept, '')::pg_snapshot)`

// writtenSince says whether anything was committed through the door since snapshot @kept, or whether @kept is empty.
const writtenSince = `(@kept = '' OR EXISTS (SELECT FROM event e WHERE ` + sinceKept + `))`

// question is a batch about the whole organisation, whose answer is kept until somebody writes. It is known by its
// statements and what they ask for: nothing that a reader sees can be missing from that.
type question struct {
	b     pgx.Batch
	words strings.Builder
	asked []func(kept string)
}

// allOf queues a read of many rows that is done only where something was written since it was done last.
func allOf[T any](q *question, into *[]T, sql string, args pgx.StrictNamedArgs) {
	fmt.Fprintf(&q.words, "%q %#v\n", sql, args)  // fmt sorts the names; quoted, no text that is looked for looks like more of them
	q.asked = append(q.asked, func(kept string) { // the condition holds or not before anything is read
		all(&q.b, into, `SELECT * FROM (`+sql+`) answer WHERE `+writtenSince, with(pgx.StrictNamedArgs{"kept": kept}, args))
	})
}

// memory keeps what was answered last to each question, on one server; whether it still holds the database says, which
// knows of all of them. Of those who ask the same at once one computes.
type memory struct {
	sync.Mutex
	kept map[string]*answer
}

type answer struct {
	sync.Mutex
	snapshot string
	value    any
}

// memoryMost bounds how many answers are kept.
const memoryMost = 256

func (m *memory) of(question string) *answer {
	m.Lock()
	defer m.Unlock()
	if m.kept[question] == nil {
		if m.kept == nil || len(m.kept) >= memoryMost {
			m.kept = map[string]*answer{}
		}
		m.kept[question] = &answer{}
	}
	return m.kept[question]
}

// recall asks a question whose statements read into *into, or puts the kept answer there. The answer is shared: nobody
// may change it.
func recall[T any](ctx context.Context, s *Store, q *question, into *T) error {
	kept := s.memory.of(q.words.String())
	kept.Lock()
	defer kept.Unlock()
	for _, ask := range q.asked {
		ask(kept.snapshot)
	}
	var written bool
	var snapshot string
	put(&q.b, `SELECT `+writtenSince+`, pg_current_snapshot()::text`, pgx.StrictNamedArgs{"kept": kept.snapshot}).
		QueryRow(func(row pgx.Row) error { return row.Scan(&written, &snapshot) })
	if err := s.ask(ctx, &q.b); err != nil {
		return err
	}
	if !written {
		*into = kept.value.(T)
		return nil
	}
	kept.snapshot, kept.value = snapshot, *into
	return nil
}
