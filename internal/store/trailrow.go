package store

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// traceRow is an event with its rows and the names of what they refer to.
type traceRow struct {
	momentRow
	Reason  string
	Request string
	Undid   int64
	Changes []rowChange // as many as are shown
	More    bool        // there are more
	Refs    mentionNames
}

type rowChange struct {
	Table  string
	Before map[string]any
	After  map[string]any
	Hidden []string
}

// practices are those that an event speaks of.
func (r momentRow) practices() (ids []int64) {
	for _, p := range r.Places {
		if p.PracticeID != 0 && !slices.Contains(ids, p.PracticeID) {
			ids = append(ids, p.PracticeID)
		}
	}
	return ids
}

func (r traceRow) record(by itsm.Actor) itsm.Record {
	out := itsm.Record{Moment: r.moment(by), Act: itsm.Action(r.Act), Actor: r.Actor, Private: r.Private, Undid: r.Undid}
	if !by.ReadsTrail(r.practices()) {
		return out
	}
	out.Reason, out.Request = r.Reason, r.Request
	return r.withRows(out)
}

// whole is the record with its rows for who may undo it, and so may know what it changed.
func (r traceRow) whole(by itsm.Actor) itsm.Record {
	return r.withRows(itsm.Record{Moment: r.placed(by, itsm.Scope{}), Act: itsm.Action(r.Act), Actor: r.Actor, Undid: r.Undid})
}

func (r traceRow) withRows(out itsm.Record) itsm.Record {
	refs := r.names()
	out.More = r.More
	for _, c := range r.Changes {
		// What an activity says is its step; the row that it hangs on has nothing but its process.
		if c.Table == "activity" && slices.ContainsFunc(r.Changes, func(o rowChange) bool { return o.Table == "step" }) {
			continue
		}
		if row, ok := c.words(refs); ok {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// placedRecord is the record with its moment placed, as it reads on a page at a scope.
func (r traceRow) placedRecord(by itsm.Actor, at itsm.Scope) itsm.Record {
	rec := r.record(by)
	rec.Moment = r.placed(by, at)
	return rec
}

// names are those of what the rows refer to. What is gone since is called as the rows themselves call it.
func (r traceRow) names() map[string]*string {
	refs := maps.Clone(r.Refs.now)
	for _, c := range r.Changes {
		row := c.Before
		if row == nil {
			row = c.After
		}
		kind, column := c.Table, "id"
		if c.Table == "step" {
			kind, column = "activity", "activity_id"
		}
		name, named := row["name"].(string)
		id, numbered := row[column].(json.Number)
		key := kind + ":" + id.String()
		if _, asked := refs[key]; named && numbered && asked && refs[key] == nil {
			if kind == "role" {
				name = placedRole(row, r.Refs.called())
			}
			refs[key] = &name
		}
	}
	return mentionNames{refs, r.Refs.gone}.called()
}

// day reads a day out of a row; ok is false for other texts.
func dayOf(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil
}

// unmarshal keeps numbers as they are written.
func (c *rowChange) UnmarshalJSON(data []byte) error {
	type plainRow rowChange
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	return d.Decode((*plainRow)(c))
}
