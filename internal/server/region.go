package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
	"hatrack/web/ui"
)

func (s *Server) showRegions(v *visit) error {
	list, recent, err := s.store.RegionTree(v.ctx, v.by, v.by.Day())
	if err != nil {
		return err
	}
	body := page.Regions{Reader: v.reader(), Regions: list, Moments: recent, MayEdit: v.by.Can(itsm.EditRegion, itsm.Scope{})}
	return v.show(page.Screen{Title: "Regions", Section: "people", Body: body.Page()})
}

type regionInput struct {
	opened
	Name   string `form:"name"`
	Parent int64  `form:"parent"`
}

func regionInputOf(r itsm.Region) regionInput {
	return regionInput{opened: opened{Counter: r.Counter}, Name: r.Name, Parent: r.ParentID}
}

func (in regionInput) region(id int64) itsm.Region {
	return itsm.Region{ID: id, Name: in.Name, ParentID: in.Parent, Counter: in.Counter}
}

func (s *Server) newRegion(v *visit) error {
	return v.regionForm(http.StatusOK, 0, regionInput{Parent: v.query("within")}, nil, nil)
}

// regionForm shows the form with the tree to choose from.
func (v *visit) regionForm(status int, id int64, in regionInput, list []itsm.Problem, stands *itsm.Region) error {
	choices, err := v.s.store.Choices(v.ctx)
	if err != nil {
		return err
	}
	form := page.RegionForm{Region: in.region(id), Regions: choices.Regions, Problems: list, Stands: stands, Seen: in.page()}
	return v.showAs(status, page.Screen{
		Title: form.Title(), Section: "people", Crumbs: append(page.PeopleCrumbs(), ui.Link{Text: "Regions", Href: "/regions"}), Body: form.Page(),
	})
}

func (s *Server) addRegion(v *visit) error {
	in, err := read[regionInput](v)
	if err == nil {
		_, err = s.store.AddRegion(v.ctx, v.by, in.region(0))
	}
	if list, status, ok := problems(err); ok {
		return v.regionForm(status, 0, in, list, nil)
	}
	if err != nil {
		return err
	}
	return v.done("/regions", "The region is added.")
}

// region finds one region of the tree.
func (v *visit) region(id int64) (itsm.Region, error) {
	choices, err := v.s.store.Choices(v.ctx)
	if err != nil {
		return itsm.Region{}, err
	}
	for _, r := range choices.Regions {
		if r.ID == id {
			return r, nil
		}
	}
	return itsm.Region{}, itsm.NotFound{What: "region"}
}

func (s *Server) editRegion(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	r, err := v.region(id)
	if err != nil {
		return err
	}
	return v.regionForm(http.StatusOK, id, shown(regionInputOf(r)), nil, nil)
}

func (s *Server) saveRegion(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[regionInput](v)
	if err == nil {
		err = s.store.EditRegion(v.ctx, v.by, in.region(id))
	}
	if list, status, ok := problems(err); ok {
		var stands *itsm.Region
		if status == http.StatusConflict {
			now, err := v.region(id)
			if err != nil {
				return err
			}
			stands = &now
			takeOver(&in, regionInputOf(now))
		}
		return v.regionForm(status, id, in, list, stands)
	}
	if err != nil {
		return err
	}
	return v.done("/regions", "The region is saved.")
}

func (s *Server) deleteRegion(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.DeleteRegion(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done("/regions", "The region is deleted.")
}
