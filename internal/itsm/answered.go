package itsm

import "sync"

// answered keeps what a complete matrix was asked: a page asks of each row several times who answers for it and what is
// wrong, and what a column resolves to is the same in every row.
type answered struct {
	mu   sync.Mutex
	last *asking // most pages ask for one place
	all  map[place]*asking

	tree  sync.Once
	below map[int64][]RegionRef

	tally  sync.Once
	totals []Total
	filled []int
}

// place is the region and the service that a matrix is asked for; 0 is none.
type place struct{ region, service int64 }

// asking is a matrix as it is for one place, with what was asked so far. Who reads what it keeps may not change it.
type asking struct {
	place
	m       *Matrix
	columns []askedColumn // as the matrix has them, and the Owner
	rows    []askedRow    // as the matrix has them, from the first that is checked on
}

type askedColumn struct {
	holds *Accountable
	wrong *RowProblem // of every row whose A it has; without a code it is none
}

type askedRow struct {
	checked  bool
	problems []RowProblem
}

// Settle says that the matrix is complete: from here on its answers are kept, and nothing in it may change.
func (m *Matrix) Settle() { m.answered = &answered{} }

// ask opens the matrix for a place, until done.
func (m *Matrix) ask(region, service int64) *asking {
	at, kept := place{region, service}, m.answered
	if kept == nil {
		return m.asking(at)
	}
	kept.mu.Lock()
	if kept.last == nil || kept.last.place != at {
		if kept.all[at] == nil {
			if kept.all == nil {
				kept.all = map[place]*asking{}
			}
			kept.all[at] = m.asking(at)
		}
		kept.last = kept.all[at]
	}
	return kept.last
}

func (m *Matrix) asking(at place) *asking {
	return &asking{place: at, m: m, columns: make([]askedColumn, len(m.Columns)+1)}
}

func (q *asking) done() {
	if q.m.answered != nil {
		q.m.answered.mu.Unlock()
	}
}

// column is one by its index; the Owner is at -1, as where no role of a row has the A.
func (q *asking) column(at int) (*Column, *askedColumn) {
	if at < 0 {
		return &q.m.Owner, &q.columns[len(q.m.Columns)]
	}
	return &q.m.Columns[at], &q.columns[at]
}

// holds resolves a column, once.
func (q *asking) holds(at int) *Accountable {
	c, known := q.column(at)
	if known.holds == nil {
		known.holds = q.m.resolve(c, q.region, q.service)
	}
	return known.holds
}

// wrong judges who answers for the rows whose A stands in a column (-1: for those without), once.
func (q *asking) wrong(at int) *RowProblem {
	_, known := q.column(at)
	if known.wrong == nil {
		a := q.answers(at)
		p := checkAnswering(&a, q.holds(-1).State == Unheld)
		known.wrong = &p
	}
	return known.wrong
}

// problems checks a row, once where it is one of a complete matrix.
func (q *asking) problems(row *Row) []RowProblem {
	at := q.m.place(row)
	if at < 0 || q.m.answered == nil {
		return q.check(row)
	}
	if q.rows == nil {
		q.rows = make([]askedRow, len(q.m.Rows))
	}
	known := &q.rows[at]
	if !known.checked {
		known.checked, known.problems = true, q.check(row)
	}
	return known.problems
}

// place is the index of a row, or -1. Most stand where their position says.
func (m *Matrix) place(row *Row) int {
	if at := row.Position - 1; at >= 0 && at < len(m.Rows) && m.Rows[at].ActivityID == row.ActivityID {
		return at
	}
	for i := range m.Rows {
		if m.Rows[i].ActivityID == row.ActivityID {
			return i
		}
	}
	return -1
}
