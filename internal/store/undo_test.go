package store_test

import (
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// What the trail kept before a column came to a table is undone as ever, and a row that comes back has its default there.
func TestUndoOfWhatWasKeptBeforeAColumnCame(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), storetest.New(t)
	last := func() int64 { return storetest.Value[int64](t, db, `SELECT max(id) FROM event`) }
	practice := must[int64](t)(db.AddPractice(ctx, op, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}))
	role := storetest.Value[int64](t, db, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'practitioner'`, practice)
	ok(t, db.EditRole(ctx, op, itsm.Role{ID: role, Kind: itsm.Practitioner, PracticeID: practice, Name: "Change author", Counter: 1}))
	edited := last()
	region := must[int64](t)(db.AddRegion(ctx, op, itsm.Region{Name: "Iberia"}))
	ok(t, db.DeleteRegion(ctx, op, region))
	removed := last()
	ok(t, db.Exec(t, `
		ALTER TABLE change DISABLE TRIGGER USER;
		UPDATE change SET before = before - 'outside_office', after = after - 'outside_office' WHERE table_name = 'role';
		UPDATE change SET before = before - 'counter' WHERE table_name = 'region';
		ALTER TABLE change ENABLE TRIGGER USER`))
	ok(t, db.Undo(ctx, op, edited))
	if name := storetest.Value[string](t, db, `SELECT name FROM role WHERE id = $1`, role); name == "Change author" {
		t.Errorf("the edit stands: %q", name)
	}
	ok(t, db.Undo(ctx, op, removed))
	if name := storetest.Value[string](t, db, `SELECT name FROM region WHERE id = $1 AND counter > 0`, region); name != "Iberia" {
		t.Errorf("came back as %q", name)
	}
}
