package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Of a list of who wears which hat only those people are read whom it may mean, so that what is read grows with the list
// and not with the directory. Names are looked up as the search keeps them, without accents; what counts as the same name
// says itsm, which is told of some people more than it needs.

// textMost is the longest text, in bytes, that may be somebody's name, address or number.
const textMost = 400

// namedBy are the people whom texts name, whatever these are: their number, address or name.
const namedBy = `
	WITH named AS MATERIALIZED (
		SELECT k.id FROM person k JOIN unnest(@texts::text[]) t ON k.external_id = t
		UNION SELECT k.id FROM person k JOIN unnest(@emails::text[]) t ON lower(k.email) = t WHERE k.email <> ''
		UNION SELECT k.id FROM person k JOIN unnest(@names::text[]) t ON lower(k.sort_name) = t
		UNION SELECT e.id FROM search_entry e JOIN unnest(@names::text[]) t ON e.kind = 'person' AND e.said = search_plain(t)) `

// peopleNamed queues the people whom the texts of a list name, before anybody knows which of its columns says what.
func peopleNamed(b *pgx.Batch, into *[]itsm.Person, texts []string) {
	var every, emails, names []string
	seen := map[string]bool{}
	for _, t := range texts {
		t = strings.Join(strings.Fields(t), " ")
		if t == "" || len(t) > textMost || seen[t] {
			continue
		}
		seen[t] = true
		every = append(every, t)
		if strings.Contains(t, "@") {
			emails = append(emails, strings.ToLower(t))
		} else if strings.ContainsFunc(t, func(r rune) bool { return r > '9' }) { // it has a letter
			names = append(names, strings.ToLower(t))
			if family, given, ok := strings.Cut(t, ", "); ok {
				names = append(names, strings.ToLower(given+" "+family))
			}
		}
	}
	all(b, into, namedBy+`SELECT `+personColumns+` FROM `+personFrom+` JOIN named ON named.id = p.id`,
		pgx.StrictNamedArgs{"texts": every, "emails": emails, "names": names})
}

// likelyNames bounds for how many names that nobody has the people are read whose names are like them; likelyPeople, how
// many for each.
const (
	likelyNames  = 50
	likelyPeople = 8
)

// meantBy are the people whom lines mean, by number, address, name or answer; and the names that nobody has.
const meantBy = `
	WITH asked AS MATERIALIZED (
		SELECT DISTINCT search_plain(n) AS said FROM unnest(@names::text[]) n
	), named AS MATERIALIZED (
		SELECT a.said, e.id FROM asked a LEFT JOIN search_entry e ON e.kind = 'person' AND e.said = a.said
	), meant AS MATERIALIZED (
		SELECT id FROM named WHERE id IS NOT NULL
		UNION SELECT unnest(@ids::bigint[])
		UNION SELECT k.id FROM person k JOIN unnest(@numbers::text[]) t ON k.external_id = t
		UNION SELECT k.id FROM person k JOIN unnest(@emails::text[]) t ON lower(k.email) = t WHERE k.email <> '') `

// likeThem are, beside those meant, for each name that nobody has those who share most words with it.
const likeThem = meantBy + `, near AS (
		SELECT id FROM meant
		UNION SELECT l.id FROM (SELECT said FROM named WHERE id IS NULL AND said <> '' ORDER BY said LIMIT @likely_names) lost
		CROSS JOIN LATERAL (
			SELECT e.id FROM search_entry e
			WHERE e.kind = 'person' AND e.words @@ to_tsquery('simple', replace(lost.said, ' ', ':A | ') || ':A')
			ORDER BY (SELECT count(*) FROM unnest(string_to_array(lost.said, ' ')) w WHERE w = ANY(string_to_array(e.said, ' '))) DESC, e.said, e.id
			LIMIT @likely_people) l) `

// meantKeys are by what the lines of a list, with what was answered about them, mean people.
func meantKeys(list []itsm.ListedHat, answers map[string]string) pgx.StrictNamedArgs {
	seen := map[string]bool{}
	var numbers, emails, names []string
	add := func(kind string, to *[]string, text string) {
		if text != "" && len(text) <= textMost && !seen[kind+text] {
			seen[kind+text] = true
			*to = append(*to, text)
		}
	}
	for _, l := range list {
		add("#", &numbers, l.Number)
		add("@", &emails, strings.ToLower(l.Email))
		if strings.Contains(l.Holder, "@") {
			add("@", &emails, strings.ToLower(l.Holder))
		} else {
			add("", &names, l.Holder)
			if strings.ContainsAny(l.Holder, "0123456789") { // a number where the name should stand
				add("#", &numbers, l.Holder)
			}
		}
	}
	ids := []int64{}
	for _, answer := range answers {
		if text, ok := strings.CutPrefix(answer, "person:"); ok {
			if id, err := strconv.ParseInt(text, 10, 64); err == nil {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return pgx.StrictNamedArgs{"numbers": numbers, "emails": emails, "names": names, "ids": ids}
}

// peopleMeant queues the people whom the lines of a list mean, or may mean, and who of them, and of teams and companies,
// wears which of the roles that it names; of an Owner's hat, whoever does.
func peopleMeant(b *pgx.Batch, k *itsm.KnownHats, list []itsm.ListedHat, answers map[string]string, day time.Time) {
	keys := meantKeys(list, answers)
	all(b, &k.People, likeThem+`SELECT `+personColumns+` FROM `+personFrom+` JOIN near ON near.id = p.id ORDER BY p.id`,
		with(maps.Clone(keys), pgx.StrictNamedArgs{"likely_names": likelyNames, "likely_people": likelyPeople}))
	many(b, &k.Holdings, meantBy+`
		SELECT `+holdingColumns+` FROM `+holdingFrom+`
		WHERE a.role_id = ANY(@roles::bigint[]) AND a.state <> 'withdrawn' AND (a.role_kind = 'owner' OR a.person_id IS NULL OR a.person_id IN (SELECT id FROM meant))`,
		with(keys, pgx.StrictNamedArgs{"roles": itsm.HatRoles(*k, list, answers), "day": day}), holdingTargets)
}
