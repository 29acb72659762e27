package store

import (
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// peopleSorts are the keys of each order of the directory, from the first to the id that decides among equals; all of them
// turn round together, so that a page begins behind a person by one comparison of rows, which the indexes answer.
var peopleSorts = map[string][]string{
	"name":       {`lower(p.sort_name)`, `p.id`},
	"title":      {`lower(p.title)`, `lower(p.sort_name)`, `p.id`},
	"department": {`p.department`, `lower(p.sort_name)`, `p.id`},
	"region":     {`g.name IS NULL`, `COALESCE(g.name, '')`, `lower(p.sort_name)`, `p.id`},
	"company":    {`c.name IS NULL`, `COALESCE(c.name, '')`, `lower(p.sort_name)`, `p.id`},
}

// peopleKeys are the keys of a filter's order; who has no region or company comes last, whichever way.
func peopleKeys(f itsm.PeopleFilter) []string {
	keys, known := peopleSorts[f.Sort]
	switch {
	case !known:
		return peopleSorts["name"]
	case f.Descending && strings.HasSuffix(keys[0], " IS NULL"):
		return append([]string{strings.Replace(keys[0], " IS NULL", " IS NOT NULL", 1)}, keys[1:]...)
	}
	return keys
}

// peopleDown says whether a filter's order goes down; without one it is by name.
func peopleDown(f itsm.PeopleFilter) bool { return f.Descending && peopleSorts[f.Sort] != nil }

// ordered is an ORDER BY of keys, all up or all down.
func ordered(keys []string, down bool) string {
	if down {
		return strings.Join(keys, " DESC, ") + " DESC"
	}
	return strings.Join(keys, ", ")
}

// peopleCut selects the ids of one page of the directory and of one person more: behind or before a person, or where
// neither is given by its number. What is before comes backwards.
func peopleCut(f itsm.PeopleFilter, where string) (string, pgx.StrictNamedArgs) {
	keys, down := peopleKeys(f), peopleDown(f)
	args := pgx.StrictNamedArgs{"most": itsm.PeoplePage + 1}
	limit, from, than := ` LIMIT @most`, f.After, ` > `
	if f.Before != 0 {
		from, down = f.Before, !down
	}
	if down {
		than = ` < `
	}
	if from != 0 {
		row := strings.Join(keys, ", ")
		where += ` AND (` + row + `)` + than + `(SELECT ` + row + ` FROM ` + personFrom + ` WHERE p.id = @from)`
		args["from"] = from
	} else {
		limit += ` OFFSET @skip`
		args["skip"] = (max(f.Page, 1) - 1) * itsm.PeoplePage
	}
	return `SELECT p.id FROM ` + personFrom + ` WHERE ` + where + ` ORDER BY ` + ordered(keys, down) + limit, args
}
