package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// databaseNow tells databases apart: a standby that was promoted, and a server that was brought back to an earlier moment,
// began at another time, and what a dump was restored to has another number. None of them need have all that was seen
// before, and their transactions are numbered anew. A server that merely began again has lost nothing; it is not worth telling.
const databaseNow = `SELECT extract(epoch FROM pg_postmaster_start_time()) || ' ' || oid FROM pg_database WHERE datname = current_database()`

// meet looks which database a new connection leads to. Where it is another one than before, nothing that was kept stands.
func (e *epochs) meet(ctx context.Context, conn *pgx.Conn) error {
	// Past the tracer, which counts what requests wait for.
	found, err := conn.PgConn().Exec(ctx, databaseNow).ReadAll()
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
