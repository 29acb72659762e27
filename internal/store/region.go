package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// regionRows is the tree in reading order: each region followed by those within it.
const regionRows = `
	WITH RECURSIVE tree AS (
		SELECT r.id, r.parent_id, r.name::text AS name, r.name::text AS path, 0 AS depth, ARRAY[lower(r.name)] AS place, r.counter
		FROM region r WHERE r.parent_id IS NULL
		UNION ALL
		SELECT r.id, r.parent_id, r.name, tree.path || ' › ' || r.name, tree.depth + 1, tree.place || lower(r.name), r.counter
		FROM region r JOIN tree ON r.parent_id = tree.id
	)
	SELECT t.id, COALESCE(t.parent_id, 0) AS parent_id, t.name, t.path, t.depth, t.counter,
	       (SELECT count(*) FROM person p WHERE p.region_id = t.id AND (upper_inf(p.employed) OR upper(p.employed) > @known::date)) AS people,
	       EXISTS (SELECT FROM region c WHERE c.parent_id = t.id) OR EXISTS (SELECT FROM person p WHERE p.region_id = t.id)
	         OR EXISTS (SELECT FROM team m WHERE m.region_id = t.id) OR EXISTS (SELECT FROM assignment a WHERE a.region_id = t.id) AS used
	FROM tree t ORDER BY t.place`

// Regions is the tree of regions in reading order.
func (s *Store) Regions(ctx context.Context, by itsm.Actor, day time.Time) ([]itsm.Region, error) {
	list, _, err := s.RegionTree(ctx, by, day)
	return list, err
}

// RegionTree is the tree of regions in reading order, with what changed in it lately. The tree is kept until somebody writes:
// to count its people takes a tenth of a second where there are 200,000.
func (s *Store) RegionTree(ctx context.Context, by itsm.Actor, day time.Time) (list []itsm.Region, recent []itsm.Moment, err error) {
	var q question
	allOf(&q, &list, regionRows, pgx.StrictNamedArgs{"known": by.Knows(day, itsm.Scope{})})
	moments := recentActs(&q.b, itsm.EditRegion)
	list, err = recall(ctx, s, by, &q, func() []itsm.Region {
		place := make(map[int64]int, len(list))
		for i, r := range list {
			place[r.ID] = i
		}
		for i := len(list) - 1; i >= 0; i-- { // those below come after
			if at, ok := place[list[i].ParentID]; ok {
				list[at].People += list[i].People
			}
		}
		return list
	})
	if err != nil {
		return nil, nil, err
	}
	return list, moments(by, itsm.Scope{}), nil
}

// AddRegion adds a region, at the top where it has no parent. For who may edit regions.
func (s *Store) AddRegion(ctx context.Context, by itsm.Actor, r itsm.Region) (id int64, err error) {
	if err := r.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditRegion, theOrganisation, func(ctx context.Context, t *tx) error {
		id, err = t.number(ctx, `INSERT INTO region (name, parent_id) VALUES (@name, NULLIF(@parent::bigint, 0)) RETURNING id`,
			pgx.StrictNamedArgs{"name": r.Name, "parent": r.ParentID})
		t.say("added [[region:%d]]", id)
		return err
	})
	return id, err
}

// EditRegion renames a region or moves it, with everything within it; never into itself. For who may edit regions.
// Conflict, where it was changed since r.Counter.
func (s *Store) EditRegion(ctx context.Context, by itsm.Actor, r itsm.Region) error {
	if err := r.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditRegion, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("edited [[region:%d]]", r.ID)
		return t.edit(ctx, "region", `
			UPDATE region SET name = @name, parent_id = NULLIF(@parent::bigint, 0), counter = counter + 1 WHERE id = @id AND counter = @counter`,
			pgx.StrictNamedArgs{"name": r.Name, "parent": r.ParentID, "id": r.ID, "counter": r.Counter})
	})
}

// DeleteRegion removes a region that nothing ever hung on; otherwise Conflict. For who may edit regions.
func (s *Store) DeleteRegion(ctx context.Context, by itsm.Actor, id int64) error {
	err := s.door(ctx, by, itsm.EditRegion, theOrganisation, func(ctx context.Context, t *tx) error {
		var name string
		err := t.QueryRow(ctx, `DELETE FROM region WHERE id = $1 RETURNING name`, id).Scan(&name)
		if err != nil {
			return notFound(err, "region")
		}
		t.say("deleted the region %s", unlinked(name))
		return nil
	})
	var conflict itsm.Conflict
	if errors.As(err, &conflict) {
		return itsm.Conflict{Text: "This region is in use: people, teams, hats or other regions hang on it. Move them first, or rename it."}
	}
	return err
}
