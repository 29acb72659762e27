package store

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// stagedLife is how long an upload waits for its confirmation.
const stagedLife = 24 * time.Hour

// Staged is an upload between its preview and its confirmation: nobody's fact yet.
type Staged struct {
	ID       int64
	Kind     string // "people", "raci", "assignments" or "policies"
	FileName string
	Content  []byte
	Answers  []byte // JSON, of whoever staged it
	StagedAt time.Time
	Undone   bool // it was imported, and that was undone
	Writing  bool // a server imports it at this moment
}

// Stage keeps an upload for the account of by, for a day, and says its number. What is older is thrown away.
func (s *Store) Stage(ctx context.Context, by itsm.Actor, u Staged) (id int64, err error) {
	err = pgx.BeginFunc(ctx, s.write, func(t pgx.Tx) error {
		if _, err := t.Exec(ctx, `DELETE FROM staged_import WHERE staged_at < $1`, s.now().Add(-stagedLife)); err != nil {
			return err
		}
		return t.QueryRow(ctx, `
			INSERT INTO staged_import (account_id, kind, file_name, content, staged_at)
			VALUES (@account, @kind, @file, @content, @at) RETURNING id`, pgx.StrictNamedArgs{
			"account": by.AccountID, "kind": u.Kind, "file": u.FileName, "content": u.Content, "at": s.now(),
		}).Scan(&id)
	})
	return id, translate(err)
}

// stagedColumns reads a Staged.
var stagedColumns = `id, kind, file_name, content, answers::text::bytea AS answers, staged_at,
	EXISTS (SELECT FROM event u WHERE u.undoes = COALESCE(answers -> 'event', answers -> 'run' -> 'event', answers -> 'done' -> 'event')::bigint) AS undone,
	` + locked(`(`+strconv.Itoa(uploadLocks)+`::bigint << 32 | id & 4294967295)`) + ` AS writing`

// uploadLocks are the locks under which uploads are imported. They are gone with the transaction, however it ends, so that
// every server knows whether one is still at it.
const uploadLocks = 0x696d7074

// importing locks an upload for as long as it is written; of none it does nothing.
func (t *tx) importing(ctx context.Context, upload int64) error {
	if upload == 0 {
		return nil
	}
	return t.run(ctx, `SELECT pg_advisory_xact_lock(@lock)`, pgx.StrictNamedArgs{"lock": uploadLocks<<32 | upload&0xffffffff})
}

// of is the upload that a list uses up; 0 where it came without one.
func (u *Upload[T]) of() int64 {
	if u == nil {
		return 0
	}
	return u.ID
}

// Staged is one upload of the account of by; NotFound where it is somebody else's, thrown away or of another kind.
func (s *Store) Staged(ctx context.Context, by itsm.Actor, kind string, id int64) (u Staged, err error) {
	b := &pgx.Batch{}
	one(b, &u, "upload; it waits for a day", `
		SELECT `+stagedColumns+` FROM staged_import WHERE id = @id AND kind = @kind AND account_id = @account AND staged_at >= @since`,
		pgx.StrictNamedArgs{"id": id, "kind": kind, "account": by.AccountID, "since": s.now().Add(-stagedLife)})
	return u, s.ask(ctx, b)
}

// AnswerStaged keeps what was answered about an upload, as JSON.
func (s *Store) AnswerStaged(ctx context.Context, by itsm.Actor, id int64, answers any) error {
	text, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	_, err = s.write.Exec(ctx, `UPDATE staged_import SET answers = $3 WHERE id = $1 AND account_id = $2`, id, by.AccountID, string(text))
	return translate(err)
}

// ClaimStaged lets one request alone go on with an upload: answers replaces what stands only if that is still expected.
// Conflict says that another one was quicker.
func (s *Store) ClaimStaged(ctx context.Context, by itsm.Actor, id int64, expected []byte, answers any) error {
	text, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	tag, err := s.write.Exec(ctx, `UPDATE staged_import SET answers = $3 WHERE id = $1 AND account_id = $2 AND answers = $4::jsonb`,
		id, by.AccountID, string(text), string(expected))
	if err == nil && tag.RowsAffected() == 0 {
		return itsm.Conflict{Text: "This upload is being imported already."}
	}
	return translate(err)
}

// BeatStaged is AnswerStaged for an import that is on its way: what came of it stays where it is over.
func (s *Store) BeatStaged(ctx context.Context, by itsm.Actor, id int64, answers any) error {
	text, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	_, err = s.write.Exec(ctx, `UPDATE staged_import SET answers = $3 WHERE id = $1 AND account_id = $2 AND NOT `+stagedOver, id, by.AccountID, string(text))
	return translate(err)
}

// stagedOver says of an upload that what came of it stands in its place.
const stagedOver = `(answers ? 'event' OR answers ? 'done' OR COALESCE((answers -> 'run' ->> 'over')::bool AND answers -> 'run' ->> 'problem' IS NULL, false))`

// Upload is a staged list that an import uses up: what came of it takes its place in the import's own transaction, so that
// of two confirmations one finds it gone, and none stands beside facts that say nothing of it.
type Upload[T any] struct {
	ID int64
	// Memory is for the next list of this shape; without a shape, none is kept.
	Memory Memory
	// Kept are, as JSON, the answers and the outcome of each line that stay to be read for a day.
	Kept func(done T, event int64) (answers, lines any)
}

// useUp puts what was done in the place of an upload; of none it does nothing.
func useUp[T any](ctx context.Context, t *tx, u *Upload[T], done T) error {
	if u == nil {
		return nil
	}
	if u.Memory.Shape != "" {
		if err := t.remember(ctx, []Memory{u.Memory}); err != nil {
			return err
		}
	}
	answers, lines := u.Kept(done, t.event)
	kept, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	content, err := json.Marshal(lines)
	if err != nil {
		return err
	}
	return t.change(ctx, "This upload was imported already, or thrown away meanwhile.", `
		UPDATE staged_import SET answers = @answers, content = @content
		WHERE id = @id AND account_id = @account AND NOT `+stagedOver,
		pgx.StrictNamedArgs{"id": u.ID, "account": t.by.AccountID, "answers": string(kept), "content": content})
}

// DropStaged throws an upload away.
func (s *Store) DropStaged(ctx context.Context, by itsm.Actor, id int64) error {
	_, err := s.write.Exec(ctx, `DELETE FROM staged_import WHERE id = $1 AND account_id = $2`, id, by.AccountID)
	return translate(err)
}
