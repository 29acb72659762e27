package server

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// importRun is an import on its way or over. It stands among the answers of its upload, so that any server can show it.
type importRun struct {
	Done    int       `json:"done"`
	Of      int       `json:"of"`
	Beat    time.Time `json:"beat"` // when it was last heard of
	Over    bool      `json:"over"`
	Problem string    `json:"problem,omitempty"`

	writing bool // as the database says at this moment
}

const (
	beatEvery   = 400 * time.Millisecond
	beatMissing = 4 * time.Second // a run that nobody writes, and that is not heard of for so long, was broken off
	runMost     = 10 * time.Minute
	waitForRun  = 900 * time.Millisecond // what is done by then is shown at once
)

// goes says that an import is on its way.
func (r *importRun) goes(now time.Time) bool {
	return r != nil && !r.Over && (r.writing || now.Sub(r.Beat) <= beatMissing)
}

// seen takes from an upload whether its run writes.
func (r *importRun) seen(u store.Staged) {
	if r != nil {
		r.writing = u.Writing
	}
}

// failed says in a sentence why an import that is over changed nothing; "" of none, and of one that goes or was done.
func (r *importRun) failed(now time.Time) string {
	switch {
	case r == nil || r.goes(now):
		return ""
	case !r.Over:
		return "The import was broken off, perhaps because the server was stopped. Nothing was changed; look at it again and repeat."
	}
	return r.Problem
}

// underWay refuses to change what is being imported.
var underWay = itsm.Conflict{Text: "This is being imported; what was answered is settled."}

// running is an import while it writes.
type running struct {
	s        *Server
	by       itsm.Actor
	upload   int64
	with     func(importRun) any // the answers of the upload, with how far it is
	done, of atomic.Int64
	still    context.CancelFunc
	stopped  chan struct{}
}

// heard takes how far the writing is.
func (r *running) heard(done, of int) {
	r.done.Store(int64(done))
	r.of.Store(int64(of))
}

// silent ends the beat: nobody says how far it is where it is over.
func (r *running) silent() {
	r.still()
	<-r.stopped
}

// begin lets one request alone import an upload, and waits a moment for it; over says that it is done, or with err that it
// came to nothing. What takes longer goes on by itself, and its page shows how far it is; so does one that another request
// began before.
func (v *visit) begin(u store.Staged, with func(importRun) any, do func(context.Context, *running) error) (over bool, err error) {
	s := v.s
	if err := s.store.ClaimStaged(v.ctx, v.by, u.ID, u.Answers, with(importRun{Beat: s.now()})); errors.As(err, &itsm.Conflict{}) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	ended := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.ctx), runMost)
	go func() {
		defer cancel()
		r := &running{s: s, by: v.by, upload: u.ID, with: with, stopped: make(chan struct{})}
		ended <- r.carry(ctx, do)
	}()
	select {
	case err := <-ended:
		return true, err
	case <-time.After(waitForRun):
		return false, nil
	}
}

// carry imports, and keeps saying how far it is until it is over.
func (r *running) carry(ctx context.Context, do func(context.Context, *running) error) error {
	beats, still := context.WithCancel(ctx)
	r.still = still
	go r.beat(beats)
	err := r.s.safely(ctx, r.by, func() error { return do(ctx, r) })
	r.silent()
	if err == nil {
		return nil
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError {
		r.s.log.ErrorContext(ctx, "import failed", "request", r.by.Request, "error", err.Error())
	}
	over := r.with(importRun{Over: true, Beat: r.s.now(), Problem: sentence(status, err)})
	if err := r.s.store.BeatStaged(context.WithoutCancel(ctx), r.by, r.upload, over); err != nil {
		r.s.log.ErrorContext(ctx, "the outcome of an import could not be kept", "request", r.by.Request, "error", err.Error())
	}
	return err
}

// safely makes an error of a panic in what goes on without its request: nobody is there to answer it, and it would end the
// server.
func (s *Server) safely(ctx context.Context, by itsm.Actor, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "panic", "request", by.Request, "panic", p, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return do()
}

// beat writes how far a run is until ctx ends.
func (r *running) beat(ctx context.Context) {
	defer close(r.stopped)
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := r.with(importRun{Done: int(r.done.Load()), Of: int(r.of.Load()), Beat: r.s.now()})
			// To its end: one that is broken off might still reach the database after the import is over.
			if err := r.s.store.BeatStaged(context.WithoutCancel(ctx), r.by, r.upload, now); err != nil {
				r.s.log.WarnContext(ctx, "progress could not be kept", "error", err.Error())
			}
		}
	}
}
