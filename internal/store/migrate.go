package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/golang-migrate/migrate/v4"
	pgxmigrate "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver that golang-migrate speaks through

	"hatrack/migrations"
)

// Schema is the database's schema under golang-migrate. The connection's role owns the tables.
type Schema struct {
	db *sql.DB
	m  *migrate.Migrate
}

// OpenSchema connects for migrations. Close it.
func OpenSchema(url string) (*Schema, error) {
	db, err := sql.Open("pgx/v5", url)
	if err != nil {
		return nil, fmt.Errorf("the database's address for migrations cannot be read: %w", err)
	}
	files, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return nil, err
	}
	driver, err := pgxmigrate.WithInstance(db, &pgxmigrate.Config{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the database does not answer: %w", err), db.Close())
	}
	m, err := migrate.NewWithInstance("migrations", files, "pgx5", driver)
	if err != nil {
		return nil, err
	}
	return &Schema{db, m}, nil
}

// Close ends the connection.
func (s *Schema) Close() error {
	source, database := s.m.Close()
	return errors.Join(source, database)
}

// Up applies what is missing; several processes may try at once, one does it.
func (s *Schema) Up() error {
	if err := s.m.Up(); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return err
	}
	return nil
}

// Down takes steps migrations back. Their tables' rows are gone.
func (s *Schema) Down(steps int) error { return s.m.Steps(-steps) }

// Reset takes everything back, rows included. Only a demo organisation that was not finished is ever treated so.
func (s *Schema) Reset() error { return s.m.Down() }

// Fits says in a sentence why this binary cannot work with the schema: a migration broke off half-way, or a newer
// binary was here before.
func (s *Schema) Fits() error {
	at, dirty, err := s.Version()
	if err != nil {
		return err
	}
	latest, err := LatestMigration()
	switch {
	case err != nil:
		return err
	case dirty:
		return fmt.Errorf("migration %d broke off half-way. Restore the database from a backup, or mend it by hand", at)
	case int64(at) > latest:
		return fmt.Errorf("the database was made by a newer Hatrack (migration %d; this one knows %d). Start that one", at, latest)
	}
	return nil
}

// Tidy vacuums and counts every table, after much was written at once: the planner would guess until it is done.
func (s *Schema) Tidy(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `VACUUM (ANALYZE)`)
	return err
}

// Alone does something while no other process does what has the same name on this database.
func (s *Schema) Alone(ctx context.Context, what string, do func() error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(hashtext('hatrack ' || $1))`, what); err != nil {
		return err
	}
	err = do()
	_, unlock := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(hashtext('hatrack ' || $1))`, what)
	return errors.Join(err, unlock)
}

// RoleOf is the role that an address connects as.
func RoleOf(url string) (string, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return "", errors.New("the database's address cannot be read") // its own words hold the address
	}
	return cfg.User, nil
}

// Version is the migration the schema stands at (0: none); dirty says that one broke off half-way.
func (s *Schema) Version() (version uint, dirty bool, err error) {
	version, dirty, err = s.m.Version()
	if errors.Is(err, migrate.ErrNilVersion) {
		err = nil
	}
	return version, dirty, err
}

// Grant lets role, which does not own the tables, do what the server does and no more: the audit tables can be added
// to, never changed.
func (s *Schema) Grant(ctx context.Context, role string) error {
	r := pgx.Identifier{role}.Sanitize()
	_, err := s.db.ExecContext(ctx, `
		GRANT USAGE ON SCHEMA public TO `+r+`;
		GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO `+r+`;
		REVOKE UPDATE, DELETE ON change, event_about, event FROM `+r+`;
		REVOKE INSERT ON change FROM `+r+`;
		GRANT UPDATE (summary, reason, private, undoes) ON event TO `+r+`;
		REVOKE INSERT, UPDATE, DELETE ON schema_migrations FROM `+r+`;
		GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO `+r)
	return err
}

// CreateRole makes a role that may sign in without a password, where it is missing: the server's own role in a
// private PostgreSQL, whose socket only its owner can reach.
func (s *Schema) CreateRole(ctx context.Context, role string) error {
	var exists bool
	if err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, role).Scan(&exists); err != nil || exists {
		return err
	}
	_, err := s.db.ExecContext(ctx, `CREATE ROLE `+pgx.Identifier{role}.Sanitize()+` LOGIN`)
	return err
}

// Owns says whether the role behind the store's connections owns the tables, and could so switch the trail off.
func (s *Store) Owns(ctx context.Context) (owns bool, err error) {
	err = s.read.QueryRow(ctx, `SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'event'::regclass`).Scan(&owns)
	return owns, err
}

// LatestMigration is the number of the newest migration in this binary.
func LatestMigration() (int64, error) {
	files, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return 0, err
	}
	version, err := files.First()
	for err == nil {
		next, e := files.Next(version)
		if e != nil {
			return int64(version), nil
		}
		version = next
	}
	return 0, err
}
