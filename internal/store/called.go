package store

// roleCalled is the name of role r as the screen calls it: an Owner or a Manager that still has the name it was born with
// carries the word of the organisation's setting. It says what page.Reader.RoleName says, for what comes to pages and files in
// many hands; forms, imports and whatever compares names take the name itself. Kinds and labels are plain English words: by the
// rules of all languages each of them took thirteen microseconds.
const roleCalled = `
	CASE WHEN r.kind IN ('owner', 'manager') AND r.name = initcap(r.kind COLLATE "C")
	     THEN (SELECT initcap(owner_label COLLATE "C") COLLATE "default" FROM organisation) || ' ' || r.name ELSE r.name END`

// subjectRoleCalled is roleCalled of the role xr of subjectFrom.
const subjectRoleCalled = `(SELECT ` + roleCalled + ` FROM role r WHERE r.id = xr.id)`
