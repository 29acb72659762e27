package store

// A batch that goes on with what it has found notes the ids under a name, for the length of its transaction: the statements
// that follow would find them anew, and most of what a small statement costs is the start of its plan.

// noted are the ids that stand under a name, as an array; none where nothing was noted.
func noted(name string) string {
	return `NULLIF(current_setting('hatrack.` + name + `', true), '')::bigint[]`
}

// noting finds ids by a query of one column id, and notes them; they are an array, too.
func noting(name, query string) string {
	return `(SELECT ` + note(name, "id") + ` FROM (` + query + `) found)::bigint[]`
}

func note(name, column string) string {
	return `set_config('hatrack.` + name + `', COALESCE(array_agg(found.` + column + `) FILTER (WHERE found.` + column + ` IS NOT NULL), '{}')::text, true)`
}
