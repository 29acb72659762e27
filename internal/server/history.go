package server

import (
	"strconv"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// historyFilter reads what a history or the trail is narrowed to; a day that is none is Invalid.
func (v *visit) historyFilter() (f itsm.HistoryFilter, err error) {
	q := v.r.URL.Query()
	var c itsm.Checks
	f = itsm.HistoryFilter{
		Kind: storable(q.Get("kind")), From: c.Day(q.Get("from"), "from"), To: c.Day(q.Get("to"), "to"), Before: v.query("before"),
		Act: itsm.Action(storable(q.Get("act"))), Who: storable(q.Get("who")),
	}
	if kind, id, ok := strings.Cut(q.Get("about"), ":"); ok && itsm.Storable(kind) {
		if f.About.ID, err = strconv.ParseInt(id, 10, 64); err == nil {
			f.About.Kind = kind
		}
	}
	return f, c.Err()
}

// history is the page of everything that happened to something and to what lies within it.
func (s *Server) history(kind string) handler {
	return func(v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		f, err := v.historyFilter()
		if err != nil {
			return err
		}
		h, err := s.store.History(v.ctx, v.by, kind, id, f)
		if err != nil {
			return err
		}
		return v.show(page.History{Reader: v.reader(), Of: h, Filter: f}.Screen())
	}
}

// trail is the audit trail.
func (s *Server) trail(v *visit) error {
	f, err := v.historyFilter()
	if err != nil {
		return err
	}
	trail, err := s.store.Trail(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	return v.show(page.Trail{Reader: v.reader(), Of: trail, Filter: f}.Screen())
}

// trailFile is the trail as a file, however long.
func (s *Server) trailFile(v *visit) error {
	f, err := v.historyFilter()
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(v.Organisation.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	head := []string{"Event", "When", "By", "Who", "Act", "What", "Reason", "Not public", "Undid event", "Request", "Rows"}
	return v.file("trail", head, lines(s.store.TrailRows(v.ctx, v.by, f), func(r itsm.Record) []string {
		undid := ""
		if r.Undid != 0 {
			undid = strconv.FormatInt(r.Undid, 10)
		}
		return []string{
			strconv.FormatInt(r.EventID, 10), r.At.In(zone).Format(time.RFC3339), r.Actor, r.Who, string(r.Act), page.Sentence(r.Moment), r.Reason, yes(r.Private),
			undid, r.Request, page.RowsText(r),
		}
	}))
}

// eventFile is all that one event changed as a file, a line for each field.
func (s *Server) eventFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.file("changed-rows", []string{"What", "Change", "Field", "Before", "After"}, func(yield func([]string, error) bool) {
		for row, err := range s.store.EventRows(v.ctx, v.by, id) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, line := range page.RowLines(row) {
				if !yield(line, nil) {
					return
				}
			}
		}
	})
}
