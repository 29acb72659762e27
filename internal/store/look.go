package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Look is what a database is like before anything is opened on it.
type Look struct {
	Schema bool // it has tables of this product
	Data   bool // it has tables of something else, or anything in those of this product that people would miss
}

// LookAt looks at the database at url, as the role that owns its tables.
func LookAt(ctx context.Context, url string) (l Look, err error) {
	conn, err := connect(ctx, url)
	if err != nil {
		return l, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, `
		SELECT to_regclass('public.person') IS NOT NULL AND to_regclass('public.practice') IS NOT NULL AND to_regclass('public.account') IS NOT NULL,
		       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relname <> 'schema_migrations'
		           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))`).
		Scan(&l.Schema, &l.Data)
	if err == nil && l.Schema {
		err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM person) OR EXISTS (SELECT FROM practice) OR EXISTS (SELECT FROM account)`).Scan(&l.Data)
	}
	return l, err
}

func connect(ctx context.Context, url string) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, errors.New("the database does not answer") // its own words may hold the address
	}
	return conn, nil
}

// goingPatience is how long a connection that was closed may still be listed: the database takes it off once it has noticed.
const goingPatience = 3 * time.Second

// InUse says whether somebody else is connected to the database at url, and stays so.
func InUse(ctx context.Context, url string) (used bool, err error) {
	conn, err := connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for end := time.Now().Add(goingPatience); ; time.Sleep(50 * time.Millisecond) {
		err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')`).Scan(&used)
		if err != nil || !used || time.Now().After(end) {
			return used, err
		}
	}
}

// Clear takes away all that the schema is made of, for what is restored to stand in its place. LookAt says whether that
// loses anything.
func (s *Schema) Clear(ctx context.Context) error {
	if at, _, err := s.Version(); err != nil {
		return err
	} else if at > 0 {
		if err := s.Reset(); err != nil {
			return err
		}
	}
	_, err := s.db.ExecContext(ctx, `DROP TABLE IF EXISTS schema_migrations`)
	return err
}

// EndSessions signs everybody out: a session that was ended since a backup was made would live again.
func (s *Schema) EndSessions(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM session`)
	return err
}
