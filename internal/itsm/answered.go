package itsm

import "sync"

// answered keeps what a complete matrix was asked: a page asks of each row several times who answers for it and what is
// wrong, and what a column resolves to is the same in every row.
type answered struct {
	mu       sync.Mutex
	holds    map[askedColumn]*Accountable // nobody may change them
	problems map[askedRow][]RowProblem
}

type askedColumn struct{ role, region, service int64 }

type askedRow struct{ activity, region, service int64 }

// Settle says that the matrix is complete: from here on its answers are kept, and nothing in it may change.
func (m *Matrix) Settle() {
	m.answered = &answered{holds: make(map[askedColumn]*Accountable, len(m.Columns)), problems: make(map[askedRow][]RowProblem, len(m.Rows))}
}

// heldColumn resolves a column, once.
func (a *answered) heldColumn(at askedColumn, resolve func() *Accountable) *Accountable {
	if a == nil {
		return resolve()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	held, known := a.holds[at]
	if !known {
		held = resolve()
		a.holds[at] = held
	}
	return held
}

// problemsOf checks a row, once.
func (a *answered) problemsOf(at askedRow, check func() []RowProblem) []RowProblem {
	if a == nil {
		return check()
	}
	a.mu.Lock()
	found, known := a.problems[at]
	a.mu.Unlock()
	if !known {
		found = check() // asks for columns, so the lock is free meanwhile
		a.mu.Lock()
		a.problems[at] = found
		a.mu.Unlock()
	}
	return found
}
