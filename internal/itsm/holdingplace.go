package itsm

import "slices"

// Which holdings of a role count in a place: in a region, for a service, in the chair or beside it.

// among are those of a role's holdings who answer in a region (0: any) and for a service (0: any): several where the case
// decides between regions or services, or where they are too many in one place.
func (m *Matrix) among(all []Holding, region, service int64) []Holding {
	here := inCase(all, service)
	if region = m.known(region); region != 0 {
		here = m.nearest(here, region)
	}
	if !anyOf(here, func(h *Holding) bool { return h.Capacity == Acting || service != 0 && h.ServiceID != 0 }) {
		return here // as nearly always; they may be many
	}
	return Those(here, func(h *Holding) bool {
		return !anyOf(here, func(o *Holding) bool {
			switch {
			case o.RegionID != h.RegionID:
				return false
			case o.ServiceID == h.ServiceID:
				return o.Capacity == Acting && h.Capacity != Acting
			}
			return service != 0 && h.ServiceID == 0
		})
	})
}

// filledFrom says that who wears the role in a region and for a service fills the place of a holding there: for the same
// service, or for all of them.
func (h *Holding) filledFrom(region, service int64) bool {
	return region == h.RegionID && (service == 0 || service == h.ServiceID)
}

// inCase are the holdings that can answer for a service (0: any): who wears the role for another one is out of the case,
// wherever they are.
func inCase(all []Holding, service int64) []Holding {
	holdings := inOffice(all)
	if service == 0 {
		return holdings
	}
	return Those(holdings, func(h *Holding) bool { return h.ServiceID == 0 || h.ServiceID == service })
}

// inOffice leaves out deputies: they sign for a holder and never answer themselves.
func inOffice(holdings []Holding) []Holding {
	return Those(holdings, func(h *Holding) bool { return h.Capacity != Deputy })
}

func withCapacity(holdings []Holding, c Capacity) []Holding {
	return Those(holdings, func(h *Holding) bool { return h.Capacity == c })
}

// nearest are the holdings of the region, else of the one above it, and so on up to those without a region.
func (m *Matrix) nearest(holdings []Holding, region int64) []Holding {
	for range len(m.Regions) + 1 { // bounded, though the database refuses a cycle
		here := Those(holdings, func(h *Holding) bool { return h.RegionID == region })
		if len(here) > 0 || region == 0 {
			return here
		}
		r, _ := m.Region(region)
		region = r.ParentID
	}
	return nil
}

// known is the region if there is one of this id, else 0.
func (m *Matrix) known(region int64) int64 {
	if region == 0 {
		return 0
	}
	r, _ := m.Region(region)
	return r.ID
}

// uncovered are the topmost regions in which, and above which, nobody is, of a role held in some.
func (m *Matrix) uncovered(held []int64) []RegionRef {
	if slices.Contains(held, 0) {
		return nil
	}
	children := m.below()
	var below func(parent int64) (free []RegionRef, all bool)
	below = func(parent int64) (free []RegionRef, all bool) {
		all = true
		for _, r := range children[parent] {
			if slices.Contains(held, r.ID) {
				all = false
				continue
			}
			if inner, none := below(r.ID); none {
				free = append(free, r)
			} else {
				free, all = append(free, inner...), false
			}
		}
		return free, all
	}
	free, _ := below(0)
	return free
}

// below are the regions right below each; once for all roles, where the matrix is complete.
func (m *Matrix) below() map[int64][]RegionRef {
	if m.answered == nil {
		return childRegions(m.Regions)
	}
	m.answered.tree.Do(func() { m.answered.below = childRegions(m.Regions) })
	return m.answered.below
}

func childRegions(regions []RegionRef) map[int64][]RegionRef {
	children := map[int64][]RegionRef{}
	for _, r := range regions {
		children[r.ParentID] = append(children[r.ParentID], r)
	}
	return children
}

// SignerFor is who of the holdings of a role signs for one of them who is away; nil where nobody does, or needs to.
func SignerFor(h *Holding, all []Holding) *Holding { return deputyOf(h, all, 0) }

// deputyOf is who signs for one who is away, holding the role or acting: of the deputies of the same place, for all services or
// for the one it is about, the first who is there.
func deputyOf(h *Holding, all []Holding, service int64) *Holding {
	if !h.Absent {
		return nil
	}
	if h.ServiceID != 0 {
		service = h.ServiceID
	}
	for i := range all {
		if d := &all[i]; d.Capacity == Deputy && d.StandsIn && !d.Absent && d.RegionID == h.RegionID && d.PersonID != h.PersonID &&
			(d.ServiceID == 0 || d.ServiceID == service) {
			return d
		}
	}
	return nil
}

// Those are the holdings that something is true of; where they stand side by side they are not copied.
func Those(holdings []Holding, are func(*Holding) bool) []Holding {
	first, last, n := 0, 0, 0
	for i := range holdings {
		if are(&holdings[i]) {
			if n == 0 {
				first = i
			}
			last, n = i+1, n+1
		}
	}
	if last-first == n {
		return holdings[first:last:last]
	}
	out := make([]Holding, 0, n)
	for i := range holdings {
		if are(&holdings[i]) {
			out = append(out, holdings[i])
		}
	}
	return out
}

// anyOf says that something is true of one of the holdings. They are large, so nothing here hands them on by value.
func anyOf(holdings []Holding, is func(*Holding) bool) bool {
	for i := range holdings {
		if is(&holdings[i]) {
			return true
		}
	}
	return false
}
