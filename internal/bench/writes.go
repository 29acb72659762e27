package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// writers is how many write at once, each into a row of its own.
const writers = 4

// measureWrites compares cells set through the door with the same statements in a session that fires no triggers: no row
// of the trail, and no page version.
func measureWrites(ctx context.Context, s settings, at *site, r *report) error {
	bare, err := store.Open(ctx, at.pg.URL()+"&session_replication_role=replica", store.Options{})
	if err != nil {
		return err
	}
	defer bare.Close()
	var activities []int64
	var role int64
	err = at.pool.QueryRow(ctx, `
		SELECT (SELECT array_agg(activity_id ORDER BY position) FROM step WHERE version_id = v.id), (SELECT max(role_id) FROM raci_column WHERE version_id = v.id)
		FROM process_version v WHERE process_id = $1`, at.matrix).Scan(&activities, &role)
	if err != nil {
		return err
	}
	var with, without float64
	for range turns {
		for _, side := range []struct {
			db  *store.Store
			sum *float64
		}{{at.db, &with}, {bare, &without}} {
			n, err := write(ctx, s.span/turns, side.db, at.matrix, role, activities)
			if err != nil {
				return err
			}
			*side.sum += n
		}
	}
	r.atLeast("writes with the trail over the same without", with/without, 0.5)
	return nil
}

// write sets letters from several sides for a while and says how many a second.
func write(ctx context.Context, span time.Duration, db *store.Store, process, role int64, activities []int64) (float64, error) {
	var done atomic.Int64
	var failed error
	var mu sync.Mutex
	var writing sync.WaitGroup
	began := time.Now()
	for w := range writers {
		writing.Go(func() {
			for n := 0; time.Since(began) < span; n++ {
				letters := []itsm.Letters{itsm.LetterC, itsm.LetterI, 0}[n%3]
				err := db.SetCell(ctx, itsm.Actor{Operator: true}, store.CellEdit{
					ProcessID: process, ActivityID: activities[w], RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: letters},
				})
				if err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					return
				}
				done.Add(1)
			}
		})
	}
	writing.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), failed
}
