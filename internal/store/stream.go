package store

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	streamsAtOnce = 2   // so that downloads never hold every connection of the pool
	streamRows    = 500 // read at a time
	// streamPatience is for a statement of a download: before the first row comes, all may have to be found and sorted.
	streamPatience = "60s"
)

// stream reads rows as they are asked for, out of one snapshot: a list of any length needs the memory of streamRows. An
// error comes last, with a zero row.
func stream[T any](ctx context.Context, s *Store, sql string, args pgx.StrictNamedArgs) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err := s.eachRow(ctx, sql, args, func(rows pgx.Rows) error {
			found, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
			for _, r := range found {
				if !yield(r, nil) {
					return errStopped
				}
			}
			return err
		}); err != nil && !errors.Is(err, errStopped) {
			var none T
			yield(none, translate(err))
		}
	}
}

// errStopped says that nobody wants further rows.
var errStopped = errors.New("stopped")

// eachRow hands rows to some in batches. A cursor, not one long statement: what a slow reader takes does not count as the
// time of a statement.
func (s *Store) eachRow(ctx context.Context, sql string, args pgx.StrictNamedArgs, some func(pgx.Rows) error) error {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	case <-time.After(queuePatience):
		return context.DeadlineExceeded // as where every connection is busy
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := s.read.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // nothing was written
	// All rows are wanted: without that said, a cursor is planned for the first tenth of them.
	if _, err := tx.Exec(ctx, `SELECT set_config('statement_timeout', $1, true), set_config('cursor_tuple_fraction', '1', true)`, streamPatience); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DECLARE list NO SCROLL CURSOR FOR `+sql, args); err != nil {
		return err
	}
	for {
		// Not prepared: the same words mean other columns with each cursor.
		rows, err := tx.Query(ctx, `FETCH `+strconv.Itoa(streamRows)+` FROM list`, pgx.QueryExecModeExec)
		if err != nil {
			return err
		}
		if err := some(rows); err != nil {
			rows.Close()
			return err
		}
		if rows.CommandTag().RowsAffected() < streamRows {
			return nil
		}
	}
}

// none is a stream that only says why there is none.
func none[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}
