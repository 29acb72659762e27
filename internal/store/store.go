// Package store keeps Hatrack's facts in PostgreSQL: all SQL of the product, and nothing but SQL.
//
// Reads go to a pool whose sessions are read only and repeatable read, so that one batch is one snapshot and one round
// trip. Lists about the whole organisation, and what each session may do, are kept until somebody writes (recall.go,
// rights.go) or the database is exchanged (exchange.go); whether a page about a person that a server keeps still stands, the
// trail says (basis.go). Writes go through one door (write.go). What a constraint refuses becomes an error of package itsm
// (errors.go).
package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"hatrack/internal/itsm"
)

// Store is the database as Hatrack uses it. Its methods may be called from many goroutines.
type Store struct {
	read  *pgxpool.Pool
	write *pgxpool.Pool // the door's alone
	now   func() time.Time

	streams chan struct{} // bounds the lists that are read row by row at once

	epochs     epochs
	visitors   visitorsKept
	memory     memory // of the organisation
	ofPeople   memory
	ofPages    memory
	ofSearches memory
}

// Options tune a Store. The zero value suits a server.
type Options struct {
	Now      func() time.Time // the clock; nil is time.Now
	MaxConns int32            // of each pool; 0 leaves it to the URL
	Trip     func()           // hears of each round trip to the database, from many goroutines; for measuring
}

// Open connects two pools to the database at url (the postgres:// form or key=value words, also over a socket). The
// schema must be migrated; see Migrate.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{now: o.Now, streams: make(chan struct{}, streamsAtOnce), ofPages: memory{most: pagesMost}}
	var err error
	s.read, err = pool(ctx, url, o, func(ctx context.Context, conn *pgx.Conn) error {
		// Not sooner: an address of several hosts may ask for the one that takes writes (target_session_attrs).
		if err := conn.PgConn().Exec(ctx, `SET default_transaction_read_only = on`).Close(); err != nil {
			return err
		}
		return s.epochs.meet(ctx, conn)
	}, map[string]string{
		"default_transaction_isolation": "repeatable read",
		"statement_timeout":             "10s",
		// How like a name must be to what was typed with slips of the pen: two letters changed places in "chnage".
		"pg_trgm.word_similarity_threshold": "0.4",
		// Pages join a dozen tables for a few rows: planning anew for each request costs more than any plan could save.
		"plan_cache_mode": "force_generic_plan",
		// Many ask at once: workers beside each would only stand in each other's way, and starting them costs a page's time.
		"max_parallel_workers_per_gather": "0",
	})
	if err != nil {
		return nil, err
	}
	s.write, err = pool(ctx, url, o, nil, map[string]string{
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "60s",
	})
	if err != nil {
		s.read.Close()
		return nil, err
	}
	return s, nil
}

// pool connects to url; greet, where it is given, is shown each new connection.
func pool(ctx context.Context, url string, o Options, greet func(context.Context, *pgx.Conn) error, params map[string]string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("the database's address cannot be read: %w", err)
	}
	for k, v := range params {
		cfg.ConnConfig.RuntimeParams[k] = v
	}
	if o.MaxConns > 0 {
		cfg.MaxConns = o.MaxConns
	}
	cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	cfg.ConnConfig.Tracer = queue{o.Trip}
	cfg.AfterConnect = greet
	return pgxpool.NewWithConfig(ctx, cfg)
}

// queuePatience is how long a statement waits for a free connection: whoever comes when all are busy hears so soon,
// instead of hanging.
const queuePatience = 2 * time.Second

// queue bounds the wait for a connection, since pgxpool takes the context for the wait from its tracer, and counts round
// trips: a query is one, and so is a batch.
type queue struct{ trip func() }

type queueKey struct{}

func (queue) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	ctx, cancel := context.WithTimeout(ctx, queuePatience)
	return context.WithValue(ctx, queueKey{}, cancel)
}

func (queue) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	ctx.Value(queueKey{}).(context.CancelFunc)()
}

func (q queue) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	q.count()
	return ctx
}

func (q queue) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	q.count()
	return ctx
}

func (queue) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (queue) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

func (q queue) count() {
	if q.trip != nil {
		q.trip()
	}
}

func (queue) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// Close ends all connections, after those in use are given back.
func (s *Store) Close() {
	s.read.Close()
	s.write.Close()
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.read.Ping(ctx) }

// ask runs a batch of reads as one snapshot in one round trip.
func (s *Store) ask(ctx context.Context, b *pgx.Batch) error {
	return translate(s.read.SendBatch(ctx, b).Close())
}

// numbered are statements with their arguments by number, as the database takes them, by the text with names.
var numbered sync.Map

type numberedSQL struct {
	sql   string
	names []string // of the arguments, in order
}

// byNumber is a statement with named arguments as the database takes it. Texts are put together from fixed fragments, so
// there are few: each is read for its names once, not for every request. What does not fit together stays as it is, and
// pgx says so where it is asked.
func byNumber(sql string, args pgx.StrictNamedArgs) (string, []any) {
	asked := []any{args}
	known, ok := numbered.Load(sql)
	if !ok {
		names := pgx.StrictNamedArgs{}
		for name := range args {
			names[name] = name
		}
		text, order, err := names.RewriteQuery(context.Background(), nil, sql, nil)
		if err != nil {
			return sql, asked
		}
		n := numberedSQL{sql: text}
		for _, name := range order {
			n.names = append(n.names, name.(string))
		}
		known, _ = numbered.LoadOrStore(sql, n)
	}
	n := known.(numberedSQL)
	values := make([]any, len(n.names))
	for i, name := range n.names {
		if values[i], ok = args[name]; !ok {
			return sql, asked
		}
	}
	if len(values) != len(args) {
		return sql, asked
	}
	return n.sql, values
}

// put queues a statement with named arguments.
func put(b *pgx.Batch, sql string, args pgx.StrictNamedArgs) *pgx.QueuedQuery {
	sql, values := byNumber(sql, args)
	return b.Queue(sql, values...)
}

// all queues a read of many rows into *into.
func all[T any](b *pgx.Batch, into *[]T, sql string, args pgx.StrictNamedArgs) {
	put(b, sql, args).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
}

// many is all for rows that come by the hundred: they are read by place, into what targets names, since finding the
// fields by name costs more than reading them.
func many[T any](b *pgx.Batch, into *[]T, sql string, args pgx.StrictNamedArgs, targets func(row *T) []any) {
	put(b, sql, args).Query(func(rows pgx.Rows) error {
		var row T
		_, err := pgx.ForEachRow(rows, targets(&row), func() error {
			*into = append(*into, row)
			return nil
		})
		return err
	})
}

// list queues a read of one column.
func list[T any](b *pgx.Batch, into *[]T, sql string, args pgx.StrictNamedArgs) {
	put(b, sql, args).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowTo[T])
		return err
	})
}

// one queues a read of exactly one row; none is NotFound of what.
func one[T any](b *pgx.Batch, into *T, what, sql string, args pgx.StrictNamedArgs) {
	put(b, sql, args).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.NotFound{What: what}
		}
		return err
	})
}

// value queues a read of one value; none is NotFound of what.
func value[T any](b *pgx.Batch, into *T, what, sql string, args pgx.StrictNamedArgs) {
	put(b, sql, args).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.NotFound{What: what}
		}
		return err
	})
}
