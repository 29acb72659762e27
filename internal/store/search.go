package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// searchSeen says that the actor may find entry e on a day, and adds what it asks for to args. Who may find everything is asked nothing
// of it: as a condition that always holds it stood in seven places of a plan.
func searchSeen(by itsm.Actor, day time.Time, args pgx.StrictNamedArgs) string {
	if !by.External && by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return `true`
	}
	seeing(by, args)["directory"], args["day"] = by.Can(itsm.ReadDirectory, itsm.Scope{}), day
	return searchSeenOf
}

// searchSeenOf is of externals: they find what lies in the practices they see, the services these support and the policies
// that govern them; nobody of the directory.
const searchSeenOf = `(@all::bool OR e.practice_id = ANY(@sees)
	OR e.kind = 'service' AND EXISTS (SELECT FROM service_support u WHERE u.service_id = e.id AND u.practice_id = ANY(@sees))
	OR e.kind = 'policy' AND EXISTS (
		SELECT FROM policy_attachment t LEFT JOIN activity ta ON ta.id = t.activity_id LEFT JOIN process tc ON tc.id = COALESCE(t.process_id, ta.process_id)
		WHERE t.policy_id = e.id AND t.during @> @day::date AND COALESCE(t.practice_id, tc.practice_id) = ANY(@sees)))
	AND (@directory::bool OR e.kind NOT IN ('person', 'team', 'company'))`

// asked is what a search looks for: the query, the text as it is compared, the first text beyond those that begin with
// it, and the words just as they are: a manager is no management, though both have one stem. What a question says of regions narrows its answers, not what is looked for.
const asked = `asked AS MATERIALIZED (
	SELECT words, search_query(words, @beginning, '') || search_query(@also::text[], false, '') AS query, array_to_string(words, ' ') AS plain, array_to_string(words, ' ') || chr(1114111) AS beyond,
	       plainto_tsquery('simple', array_to_string(words, ' ')) AS verbatim
	FROM (SELECT ARRAY(
		SELECT search_plain(w) FROM unnest(@words::text[]) WITH ORDINALITY AS u(w, n)
		WHERE search_plain(w) <> '' AND NOT (@question::bool AND EXISTS ( -- a region's name says where, not what
			SELECT FROM region g WHERE search_plain(w) = ANY(string_to_array(search_plain(g.name), ' '))
			  AND strpos((SELECT ' ' || string_agg(search_plain(s), ' ' ORDER BY k) || ' ' FROM unnest(@words::text[]) WITH ORDINALITY AS o(s, k)), ' ' || search_plain(g.name) || ' ') > 0)) ORDER BY n) AS words
		OFFSET 0) AS told -- or each mention of the words would make them anew
)`

// hits are the entries that hold all the words, at most SearchMost of people and as many of all else, and names that
// begin with the text among them whatever else there is.
func hits(seen string) string {
	return `hit AS MATERIALIZED (
	SELECT DISTINCT ON (kind, id) * FROM (
		(SELECT e.* FROM search_entry e WHERE e.said ~>=~ (SELECT plain FROM asked) AND e.said ~<~ (SELECT beyond FROM asked) AND (SELECT plain FROM asked) <> '' AND ` + seen + ` LIMIT 100)
		UNION ALL
		(SELECT e.* FROM search_entry e WHERE e.kind <> 'person' AND e.words @@ (SELECT query FROM asked) AND ` + seen + ` LIMIT @most)
		UNION ALL
		(SELECT e.* FROM search_entry e WHERE e.kind = 'person' AND e.words @@ (SELECT query FROM asked) AND ` + seen + ` LIMIT @most)
	) AS e
)`
}

// alikes are entries that may have been meant: their words with a slip of the pen, or a name spelled like the text.
// Nothing is looked for where five or more hold the words as they are, or one does and a number is among them: numbers of
// one kind are all spelled alike. Names that are spelled alike are not where a slip explains the words better than any
// likeness could.
func alikes(seen string) string {
	return `few AS MATERIALIZED (
	SELECT count(*) < 5 AND (SELECT length(plain) > 3 AND NOT (plain ~ '[0-9]' AND EXISTS (SELECT FROM hit)) FROM asked) AS so FROM hit
), slip AS MATERIALIZED (
	SELECT search_slips(words) AS query FROM asked WHERE (SELECT so FROM few)
), slipped AS MATERIALIZED (
	SELECT * FROM (
		(SELECT e.*, ` + likenessMost + ` + ts_rank(e.words, (SELECT query FROM slip)) AS alike FROM search_entry e
		 WHERE (SELECT so FROM few) AND e.kind <> 'person' AND e.words @@ (SELECT query FROM slip) AND ` + seen + ` LIMIT 40)
		UNION ALL
		(SELECT e.*, ` + likenessMost + ` + ts_rank(e.words, (SELECT query FROM slip)) AS alike FROM search_entry e
		 WHERE (SELECT so FROM few) AND e.kind = 'person' AND e.words @@ (SELECT query FROM slip) AND ` + seen + ` LIMIT 20)
	) AS e WHERE (kind, id) NOT IN (SELECT kind, id FROM hit)
), vague AS MATERIALIZED (
	SELECT so AND COALESCE((SELECT max(alike) FROM slipped), 0) * ` + nearlyBest + ` <= ` + likenessMost + ` AS so FROM few
), alike AS MATERIALIZED (
	SELECT *, max(alike) OVER () AS best FROM (
		SELECT * FROM slipped
		UNION ALL
		(SELECT e.*, ` + likeness + ` AS alike FROM (
			SELECT e.* FROM search_entry e WHERE (SELECT so FROM vague) AND e.kind <> 'person' AND (SELECT plain FROM asked) <% e.said AND ` + seen + ` LIMIT @most) AS e
		 ORDER BY alike DESC, e.id LIMIT 40)
		UNION ALL
		(SELECT e.*, ` + likeness + ` AS alike FROM (
			SELECT e.* FROM search_entry e WHERE (SELECT so FROM vague) AND e.kind = 'person' AND (SELECT plain FROM asked) <% e.said AND ` + seen + ` LIMIT @most) AS e
		 ORDER BY alike DESC, e.id LIMIT 20)
	) AS e WHERE (kind, id) NOT IN (SELECT kind, id FROM hit)
)`
}

// nearlyBest is how much of the best likeness another one must have to be shown beside it.
const nearlyBest = `0.75`

// likeness is between 0 and likenessMost: how like a part of the name, and a little how like the whole of it.
const (
	likeness     = `word_similarity((SELECT plain FROM asked), e.said) + 0.3 * similarity((SELECT plain FROM asked), e.said)`
	likenessMost = `1.3`
)

// searchRank orders what was found: a name that is the text, or begins with it, then how much of the words and where.
// Definitions come before people of the same words; who left and what is archived come last.
var searchRank = `
	(CASE WHEN e.said = (SELECT plain FROM asked) THEN 3 WHEN starts_with(e.said, (SELECT plain FROM asked)) THEN 1 ELSE 0 END
	 + ` + wordRank(`{0.05, 0.2, 0.5, 1}`) + `)
	* CASE e.kind WHEN 'practice' THEN 1.6 WHEN 'process' THEN 1.5 WHEN 'service' THEN 1.4 WHEN 'policy' THEN 1.4 WHEN 'role' THEN 1.1 WHEN 'person' THEN 0.9 ELSE 1 END
	* CASE WHEN e.until <= @day::date THEN 0.3 ELSE 1 END`

// wordRank is how much of what was asked entry e holds, and where, by the weights of D to A: once by the stems of the words,
// and again where it holds them just as they are, for a manager is no management.
func wordRank(weights string) string {
	return `ts_rank('` + weights + `', e.words, (SELECT query FROM asked))
	 + CASE WHEN e.words @@ (SELECT verbatim FROM asked) THEN ts_rank('` + weights + `', e.words, (SELECT verbatim FROM asked)) ELSE 0 END`
}

type foundRow struct {
	Kind                               itsm.SearchKind
	ID                                 int64
	Name, Parent, Detail, Text, Became string
	RoleKind                           itsm.RoleKind
	Until                              *time.Time
	Alike                              bool
	Counts                             map[itsm.SearchKind]int
}

// Search finds what the actor may see by the words of a text, and answers it where it is a question: who answers for
// something, who does it, who wears a hat. All in one round trip. What it returns may be shared between requests: nobody may
// change it.
func (s *Store) Search(ctx context.Context, by itsm.Actor, f itsm.SearchFilter, day time.Time) (r itsm.Results, err error) {
	r.Question = itsm.Ask(f.Text, day)
	if r.Question.On == nil && f.On != nil && f.On.Before(day) {
		r.Question.On = f.On
	}
	words, also := sought(f)
	if r.Question.About != "" {
		words, also = r.Question.Words, append([]string{}, itsm.SearchWords(f.Also)...)
	}
	r.Counts = map[itsm.SearchKind]int{}
	if len(words) == 0 && f.Size != 0 {
		return r, nil
	}
	size := f.Size
	if size == 0 {
		size = itsm.SearchPage
	}
	args := pgx.StrictNamedArgs{
		"words": words, "also": also, "question": r.Question.About != "", "beginning": r.Question.About == "", "day": day,
		"most": itsm.SearchMost, "kind": string(f.Kind), "skip": (max(f.Page, 1) - 1) * size, "size": size,
	}
	var rows []foundRow
	var replies questionRows
	var q question
	q.ofSearch(f, r.Question, by, day, func(b *pgx.Batch) {
		if f.Size == 0 { // the palette, which asks at each letter, shows none
			one(b, &r.Examples, "example", examples, seeing(by, pgx.StrictNamedArgs{"day": day}))
		}
		if len(words) == 0 {
			return
		}
		all(b, &rows, searchFound(searchSeen(by, day, args)), args)
		if r.Question.About != "" {
			replies.queue(b, by, r.Question, also, r.Question.Day(day))
		}
	})
	return recall(ctx, s, by, &q, func() itsm.Results {
		for _, row := range rows {
			if by.External { // what it was made one with may not be theirs to see
				row.Became = ""
			}
			r.Counts, r.Alike, r.Exact = row.Counts, r.Alike || row.Alike, r.Exact || !row.Alike
			r.Found = append(r.Found, itsm.Found{
				Kind: row.Kind, ID: row.ID, Name: row.Name, RoleKind: row.RoleKind, Parent: row.Parent, Detail: row.Detail, Text: row.Text, Until: row.Until, Became: row.Became,
			})
		}
		r.Replies = replies.replies(by, r.Question, r.Question.Day(day))
		return r
	})
}

// examples are itsm.Examples out of the first process with activities that a reader sees, daily work in use before all else. It looks
// into the first practices alone: an organisation has thousands of processes, and each page of a search asks.
const examples = `
	WITH one AS MATERIALIZED (
		SELECT t.name, (SELECT id FROM version_on(c.id, @day::date)) AS version_id
		FROM (
			SELECT id, name, state FROM practice WHERE archived_at IS NULL AND (@all::bool OR id = ANY(@sees::bigint[])) ORDER BY state <> 'in use', id LIMIT 20) t
		CROSS JOIN LATERAL (
			SELECT p.id FROM process p WHERE p.practice_id = t.id AND p.archived_at IS NULL AND EXISTS (SELECT FROM process_version v JOIN step s ON s.version_id = v.id WHERE v.process_id = p.id)
			ORDER BY p.kind <> 'daily', p.position, p.id LIMIT 1) c
		ORDER BY t.state <> 'in use', t.id LIMIT 1
	), step_with AS (
		SELECT s.name, s.position, x.letters FROM one JOIN step s ON s.version_id = one.version_id
		LEFT JOIN LATERAL (SELECT string_agg(letters, '') AS letters FROM raci_cell l WHERE l.version_id = s.version_id AND l.activity_id = s.activity_id) x ON true
	)
	SELECT COALESCE((SELECT name FROM one), '') AS practice,
	       COALESCE((SELECT name FROM step_with ORDER BY letters LIKE '%A%' IS NOT TRUE, position LIMIT 1), '') AS answered,
	       COALESCE((SELECT name FROM step_with ORDER BY letters LIKE '%R%' IS NOT TRUE, letters LIKE '%A%' IS TRUE, position LIMIT 1), '') AS done`

// sought are the words that a text is looked for by, and those of another name of it, never nil. What the screen calls
// Practice Owner is kept as Owner: that comes first, and then whatever has the label in its own name.
func sought(f itsm.SearchFilter) (words, also []string) {
	words, also = itsm.SearchWords(f.Text), itsm.SearchWords(f.Also)
	if bare := itsm.WithoutLabel(words); len(bare) < len(words) && len(also) == 0 {
		return bare, words
	}
	return words, append([]string{}, also...)
}

// searchFound is a page of what was found. What is shown of it is read for the page alone.
func searchFound(seen string) string {
	return `
	WITH ` + asked + `, ` + hits(seen) + `, ` + alikes(seen) + `, ranked AS MATERIALIZED (
		SELECT e.kind, e.id, e.until, false AS alike, ` + searchRank + ` AS score, e.said FROM hit e
		UNION ALL
		-- Only what is nearly as like as the best; below whatever holds the words.
		SELECT kind, id, until, true, max(alike) - 10, said FROM alike WHERE alike >= best * ` + nearlyBest + ` GROUP BY kind, id, until, said
	), page AS (
		SELECT *, row_number() OVER (ORDER BY score DESC, said, kind, id) AS place FROM ranked WHERE @kind = '' OR kind = @kind
		ORDER BY score DESC, said, kind, id LIMIT @size OFFSET @skip
	)
	SELECT g.kind, g.id, g.until, g.alike, COALESCE(x.name, '') AS name, COALESCE(x.parent, '') AS parent, COALESCE(x.role_kind, '') AS role_kind,
	       COALESCE(x.detail, '') AS detail, COALESCE(x.became, '') AS became, left(COALESCE(x.text, ''), 2000) AS text,
	       (SELECT json_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM ranked GROUP BY kind) AS k) AS counts
	FROM page g LEFT JOIN LATERAL (` + foundShown + `) AS x ON true
	ORDER BY g.place`
}

// becameRole is what role r was made one with: "Practice Manager of Incident management".
const becameRole = `(
		SELECT ` + roleCalled + ` || ' of ' || COALESCE((SELECT name FROM practice WHERE id = r.practice_id), (SELECT name FROM process WHERE id = r.process_id), (SELECT name FROM service WHERE id = r.service_id), 'the organisation')
		FROM (SELECT r.merged_into_id AS id) u JOIN role r ON r.id = u.id)`

// foundShown is what is told of entry g, read by its number in its own kind's table alone: joined table by table, a page
// would cost what the organisation is large. Title, department and company tell people of one name apart.
const foundShown = `
		SELECT p.name, NULL AS parent, NULL AS role_kind, p.category AS detail, p.purpose AS text, (SELECT name FROM practice WHERE id = p.merged_into_id) AS became
		FROM practice p WHERE g.kind = 'practice' AND p.id = g.id
		UNION ALL
		SELECT c.name, p.name, NULL, NULL, (SELECT purpose FROM process_version WHERE id = (SELECT id FROM version_on(c.id, @day::date))), NULL
		FROM process c JOIN practice p ON p.id = c.practice_id
		WHERE g.kind = 'process' AND c.id = g.id
		UNION ALL
		SELECT s.name, c.name, NULL, p.name, s.text, NULL
		FROM activity a JOIN process c ON c.id = a.process_id JOIN practice p ON p.id = c.practice_id
		LEFT JOIN LATERAL version_on(a.process_id, @day::date) v ON true LEFT JOIN step s ON s.activity_id = a.id AND s.version_id = v.id
		WHERE g.kind = 'activity' AND a.id = g.id
		UNION ALL
		SELECT r.name, COALESCE(p.name, c.name, v.name, (SELECT name FROM organisation)), r.kind, cp.name, r.purpose, ` + becameRole + `
		FROM role r LEFT JOIN practice p ON p.id = r.practice_id LEFT JOIN service v ON v.id = r.service_id
		LEFT JOIN process c ON c.id = r.process_id LEFT JOIN practice cp ON cp.id = c.practice_id
		WHERE g.kind = 'role' AND r.id = g.id
		UNION ALL
		SELECT w.name, NULL, NULL, concat_ws(', ', NULLIF(w.title, ''), NULLIF(w.department, ''), (SELECT name FROM company WHERE id = w.company_id)), NULL, NULL
		FROM person w WHERE g.kind = 'person' AND w.id = g.id
		UNION ALL
		SELECT t.name, NULL, NULL, (SELECT name || ' leads' FROM person WHERE id = t.lead_id), t.purpose, NULL FROM team t WHERE g.kind = 'team' AND t.id = g.id
		UNION ALL
		SELECT m.name, NULL, NULL, m.kind, NULL, NULL FROM company m WHERE g.kind = 'company' AND m.id = g.id
		UNION ALL
		SELECT v.name, NULL, NULL, NULL, v.purpose, NULL FROM service v WHERE g.kind = 'service' AND v.id = g.id
		UNION ALL
		(SELECT x.title, NULL, NULL, q.number, x.statement, NULL FROM policy q JOIN policy_version x ON x.policy_id = q.id AND x.state <> 'withdrawn'
		 WHERE g.kind = 'policy' AND q.id = g.id ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)`
