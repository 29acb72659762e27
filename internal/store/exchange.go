package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// databaseNow tells databases apart: a standby that was promoted and a recovery to an earlier moment are on another timeline,
// and what a dump was restored to is of another system or has another number. None of them need have all that a server has
// seen, and their transactions are numbered anew.
const databaseNow = `
	SELECT format('%s %s %s', s.system_identifier, c.timeline_id, d.oid)
	FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`

// meet looks which database a new connection leads to. Where it is another one than before, nothing that was kept stands. A
// role that may not ask is not told: its server has to be started anew after an exchange.
func (e *epochs) meet(ctx context.Context, conn *pgx.Conn) error {
	// Past the tracer, which counts what requests wait for.
	found, err := conn.PgConn().Exec(ctx, databaseNow).ReadAll()
	if refused := (*pgconn.PgError)(nil); errors.As(err, &refused) && refused.Code == "42501" { // insufficient privilege
		return nil
	}
	if err != nil {
		return err
	}
	e.leadTo(string(found[0].Rows[0][0]))
	return nil
}

func (e *epochs) leadTo(database string) {
	e.Lock()
	defer e.Unlock()
	if e.database != "" && e.database != database {
		e.epoch = epoch{n: e.n + 1, life: e.life + 1}
	}
	e.database = database
}
