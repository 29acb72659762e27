package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// StagedFile is one of several files of an upload. Content is what came, and once it was read its tables.
type StagedFile struct {
	ID         int64
	FileName   string
	Content    []byte
	Read       bool
	Problem    string
	Choices    []byte // JSON
	Remembered bool

	RememberedOf string // whose answers they are, as in [Memory.Of]
}

// readingMissing is after how long a file that somebody began to read is read by somebody else.
const readingMissing = 30 * time.Second

// StageFiles adds files to an upload of by: as they came, or with what came of reading them.
func (s *Store) StageFiles(ctx context.Context, by itsm.Actor, upload int64, files []StagedFile) error {
	n := len(files)
	names, problems, choices, of, contents, known, read := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([][]byte, n), make([]bool, n), make([]*time.Time, n)
	now := s.now()
	for i, f := range files {
		names[i], contents[i], problems[i], choices[i], known[i], of[i] = f.FileName, f.Content, f.Problem, "{}", f.Remembered, f.RememberedOf
		if f.Read {
			read[i], choices[i] = &now, string(f.Choices)
		}
	}
	tag, err := s.write.Exec(ctx, `
		INSERT INTO staged_file (staged_id, file_name, content, problem, choices, remembered, remembered_of, read_at)
		SELECT u.id, f.name, f.content, f.problem, f.choices::jsonb, f.known, f.of, f.read
		FROM staged_import u, unnest(@names::text[], @contents::bytea[], @problems::text[], @choices::text[], @known::bool[], @of::text[], @read::timestamptz[])
		     WITH ORDINALITY AS f (name, content, problem, choices, known, of, read, n)
		WHERE u.id = @upload AND u.account_id = @account ORDER BY f.n`, pgx.StrictNamedArgs{
		"names": names, "contents": contents, "problems": problems, "choices": choices, "known": known, "of": of, "read": read, "upload": upload, "account": by.AccountID,
	})
	if err == nil && tag.RowsAffected() != int64(len(files)) {
		return itsm.NotFound{What: "upload; it waits for a day"}
	}
	return translate(err)
}

// StagedBatch is an upload of by with its files.
func (s *Store) StagedBatch(ctx context.Context, by itsm.Actor, id int64) (u Staged, files []StagedFile, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": id, "account": by.AccountID, "since": s.now().Add(-stagedLife)}
	one(b, &u, "upload; it waits for a day", `
		SELECT `+stagedColumns+` FROM staged_import WHERE id = @id AND kind = 'raci' AND account_id = @account AND staged_at >= @since`, args)
	all(b, &files, `
		SELECT f.id, f.file_name, CASE WHEN f.read_at IS NULL THEN '' ELSE f.content END AS content, f.read_at IS NOT NULL AS read, f.problem,
		       f.choices::text::bytea AS choices, f.remembered, f.remembered_of
		FROM staged_file f JOIN staged_import u ON u.id = f.staged_id
		WHERE u.id = @id AND u.account_id = @account AND u.staged_at >= @since ORDER BY f.id`, args)
	return u, files, s.ask(ctx, b)
}

// Waiting is an upload that somebody has not decided on.
type Waiting struct {
	ID       int64
	FileName string
	StagedAt time.Time
}

// WaitingBatches are the grids that by brought and did not import, the last one first.
func (s *Store) WaitingBatches(ctx context.Context, by itsm.Actor) (found []Waiting, err error) {
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT id, file_name, staged_at FROM staged_import u
		WHERE kind = 'raci' AND account_id = @account AND staged_at >= @since AND EXISTS (SELECT FROM staged_file f WHERE f.staged_id = u.id)
		ORDER BY id DESC LIMIT 20`, pgx.StrictNamedArgs{"account": by.AccountID, "since": s.now().Add(-stagedLife)})
	return found, s.ask(ctx, b)
}

// ClaimFile takes the next file of an upload that nobody has read or is reading; ok is false where there is none.
func (s *Store) ClaimFile(ctx context.Context, upload int64) (f StagedFile, ok bool, err error) {
	rows, err := s.write.Query(ctx, `
		UPDATE staged_file SET claimed_at = @now
		WHERE id = (
			SELECT id FROM staged_file WHERE staged_id = @upload AND read_at IS NULL AND (claimed_at IS NULL OR claimed_at < @gone)
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id, file_name, content, false AS read, problem, choices::text::bytea AS choices, remembered, remembered_of`,
		pgx.StrictNamedArgs{"upload": upload, "now": s.now(), "gone": s.now().Add(-readingMissing)})
	if err != nil {
		return f, false, err
	}
	f, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[StagedFile])
	if errors.Is(err, pgx.ErrNoRows) {
		return f, false, nil
	}
	return f, err == nil, err
}

// FileRead keeps what came of reading a file: its tables, or why there are none.
func (s *Store) FileRead(ctx context.Context, f StagedFile) error {
	_, err := s.write.Exec(ctx, `UPDATE staged_file SET content = $2, problem = $3, choices = $4, remembered = $5, remembered_of = $6, read_at = $7 WHERE id = $1`,
		f.ID, f.Content, f.Problem, string(f.Choices), f.Remembered, f.RememberedOf, s.now())
	return translate(err)
}

// ChooseReading keeps how the grids of a file are to be read, as JSON.
func (s *Store) ChooseReading(ctx context.Context, by itsm.Actor, file int64, choices any) error {
	text, err := json.Marshal(choices)
	if err != nil {
		return err
	}
	_, err = s.write.Exec(ctx, `
		UPDATE staged_file f SET choices = $3, remembered = false FROM staged_import u WHERE f.id = $1 AND u.id = f.staged_id AND u.account_id = $2`,
		file, by.AccountID, string(text))
	return translate(err)
}

// DropFile throws one file of an upload away.
func (s *Store) DropFile(ctx context.Context, by itsm.Actor, upload, file int64) error {
	_, err := s.write.Exec(ctx, `
		DELETE FROM staged_file f USING staged_import u WHERE f.id = $1 AND f.staged_id = $2 AND u.id = f.staged_id AND u.account_id = $3`, file, upload, by.AccountID)
	return translate(err)
}

// Memory is how grids or lists of one shape were read and matched the last time, both JSON.
type Memory struct {
	Shape   string
	Choice  []byte
	Answers []byte
	Of      string // who said so: "you", a name, or "" where that is not known
}

// Remembered finds what is known about shapes, for who brings a file.
func (s *Store) Remembered(ctx context.Context, by itsm.Actor, shapes []string) (found []Memory, err error) {
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT m.shape, m.choice::text::bytea AS choice, m.answers::text::bytea AS answers,
		       CASE WHEN e.account_id = @account THEN 'you' ELSE COALESCE(p.name, '') END AS of
		FROM grid_memory m LEFT JOIN event e ON e.id = m.event_id LEFT JOIN person p ON p.id = e.person_id
		WHERE m.shape = ANY(@shapes) ORDER BY m.remembered_at`, pgx.StrictNamedArgs{"shapes": shapes, "account": by.AccountID})
	return found, s.ask(ctx, b)
}

// RecallAnswers puts what was answered the last time among the answers of an upload; what stands there already stays.
func (s *Store) RecallAnswers(ctx context.Context, upload int64, answers []byte) error {
	_, err := s.write.Exec(ctx, `
		UPDATE staged_import SET answers = ($2::jsonb || answers) || jsonb_build_object(
			'roles', COALESCE($2::jsonb->'roles', '{}') || COALESCE(answers->'roles', '{}'),
			'letters', COALESCE($2::jsonb->'letters', '{}') || COALESCE(answers->'letters', '{}'))
		WHERE id = $1`, upload, string(answers))
	return translate(err)
}

// remember keeps what is known about shapes, for the next file of one of them.
func (t *tx) remember(ctx context.Context, memories []Memory) error {
	for _, m := range memories {
		if err := t.run(ctx, `
			INSERT INTO grid_memory (shape, choice, answers, remembered_at, event_id) VALUES (@shape, @choice, @answers, @at, @event)
			ON CONFLICT (shape) DO UPDATE SET choice = EXCLUDED.choice, answers = EXCLUDED.answers, remembered_at = EXCLUDED.remembered_at, event_id = EXCLUDED.event_id`,
			pgx.StrictNamedArgs{"shape": m.Shape, "choice": string(m.Choice), "answers": string(m.Answers), "at": t.at, "event": t.event}); err != nil {
			return err
		}
	}
	return nil
}

// forget drops what an import remembered: it is undone, and how it was read was part of it.
func (t *tx) forget(ctx context.Context, event int64) error {
	return t.run(ctx, `DELETE FROM grid_memory WHERE event_id = @event`, pgx.StrictNamedArgs{"event": event})
}
