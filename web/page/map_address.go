package page

import (
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// The views of who wears which hat.
const (
	MapByPerson   = "/map"
	MapByPractice = "/map/practices"
	MapByRegion   = "/map/regions"
)

// MapURL is a view of the map, narrowed and ordered by a filter.
func MapURL(view string, f itsm.MapFilter) string { return query(view, mapValues(f)) }

// export is the view as a file, narrowed as it is; beside those by practice, the hats one by one.
func (v mapFrame) export() []ui.Link {
	f := v.Filter
	f.Page, f.Size = 0, 0
	links := ListFiles(MapURL(v.View, f))
	if v.View != MapByPerson {
		for _, link := range ListFiles(MapURL(MapByPerson, f)) {
			links = append(links, ui.Link{Text: "Hats, " + strings.ToLower(link.Text[:1]) + link.Text[1:], Href: link.Href})
		}
	}
	return links
}

func mapValues(f itsm.MapFilter) url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "kind": string(f.Kind), "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, id := range map[string]int64{"region": f.RegionID, "team": f.TeamID, "company": f.CompanyID, "manager": f.ManagerID} {
		if id != 0 {
			q.Set(name, strconv.FormatInt(id, 10))
		}
	}
	for _, id := range f.Practices {
		q.Add("practice", strconv.FormatInt(id, 10))
	}
	if f.Vacant {
		q.Set("vacant", "1")
	}
	if f.Descending {
		q.Set("order", "down")
	}
	if f.Size == itsm.MapSheet {
		q.Set("all", "1")
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return q
}

// mapCrumbs lead back to the people, for who may open them.
func mapCrumbs(r Reader) []ui.Link {
	if r.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return PeopleCrumbs()
	}
	return []ui.Link{{Text: "Practices", Href: "/practices"}}
}
