package server

import (
	"slices"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// showMap is who wears which hat, by person.
func (s *Server) showMap(v *visit) error {
	f := v.mapFilter()
	m, err := s.store.HatMap(v.ctx, v.by, f, v.day())
	if err != nil {
		return err
	}
	return v.show(page.MapScreen(page.Map{Reader: page.ReaderOf(v.Visit), Of: m, Filter: f}))
}

// showMapPractices is who wears which hat, by practice.
func (s *Server) showMapPractices(v *visit) error {
	f := v.mapFilter()
	m, err := s.store.ScopeMap(v.ctx, v.by, f, true, v.day())
	if err != nil {
		return err
	}
	return v.show(page.ScopeMapScreen(page.ScopeMap{Reader: page.ReaderOf(v.Visit), Of: m, Filter: f}))
}

// showMapRegions is the grid of Owners and regional Managers.
func (s *Server) showMapRegions(v *visit) error {
	f := v.mapFilter()
	m, err := s.store.ScopeMap(v.ctx, v.by, f, false, v.day())
	if err != nil {
		return err
	}
	return v.show(page.MapRegionsScreen(page.MapRegions{Reader: page.ReaderOf(v.Visit), Of: m, Filter: f}))
}

// mapPracticesFile is the map by practice as a file, as wide as it is.
func (s *Server) mapPracticesFile(v *visit) error {
	m, f, err := s.wholeMap(v, true)
	if err != nil {
		return err
	}
	head, body := page.ScopeMap{Reader: page.ReaderOf(v.Visit), Of: m, Filter: f}.Table()
	return v.file("hats-by-practice", head, rows(body, slices.Clone))
}

// mapRegionsFile is the grid of Owners and regional Managers as a file, with every region that was asked for.
func (s *Server) mapRegionsFile(v *visit) error {
	m, f, err := s.wholeMap(v, false)
	if err != nil {
		return err
	}
	head, body := page.MapRegions{Reader: page.ReaderOf(v.Visit), Of: m, Filter: f}.Table()
	return v.file("hats-by-region", head, rows(body, slices.Clone))
}

// wholeMap is all practices of the address on one page, with the filter that it was read by.
func (s *Server) wholeMap(v *visit, crews bool) (*itsm.ScopeMap, itsm.MapFilter, error) {
	f := v.mapFilter()
	f.Page, f.Size = 1, itsm.MapWhole
	m, err := s.store.ScopeMap(v.ctx, v.by, f, crews, v.day())
	return m, f, err
}

// mapPracticesMost bounds the practices that an address may name.
const mapPracticesMost = 100

// mapFilter reads the map's address; what it does not know counts as not set.
func (v *visit) mapFilter() itsm.MapFilter {
	q := v.r.URL.Query()
	f := itsm.MapFilter{
		Text: storable(q.Get("q")), RegionID: v.query("region"), TeamID: v.query("team"), CompanyID: v.query("company"), ManagerID: v.query("manager"),
		Vacant: q.Get("vacant") != "", Descending: q.Get("order") == "down", Page: int(min(v.query("page"), 100_000)),
	}
	if q.Get("all") != "" {
		f.Size = itsm.MapSheet
	}
	for _, id := range ids(q["practice"]) {
		if !slices.Contains(f.Practices, id) && len(f.Practices) < mapPracticesMost {
			f.Practices = append(f.Practices, id)
		}
	}
	if kind := itsm.RoleKind(q.Get("kind")); kind == itsm.Owner || kind == itsm.Manager || kind == itsm.Practitioner {
		f.Kind = kind
	}
	if sort := q.Get("sort"); slices.Contains(itsm.MapSorts, sort) {
		f.Sort = sort
	}
	return f
}
