package store

import (
	"slices"
	"time"

	"hatrack/internal/itsm"
)

// visible groups holdings of a day by role, as far as the reader may know of them. What comes sorted by role is not copied.
func visible(by itsm.Actor, at itsm.Scope, day time.Time, holdings []itsm.Holding) map[int64][]itsm.Holding {
	out := map[int64][]itsm.Holding{}
	known := knownTo(by, at, day, holdings)
	for from, to := 0, 0; from < len(known); from = to {
		role := known[from].RoleID
		for to < len(known) && known[to].RoleID == role {
			to++
		}
		if out[role] == nil {
			out[role] = known[from:to:to]
		} else {
			out[role] = append(out[role], known[from:to]...)
		}
	}
	return out
}

// knownTo are the holdings of a day that a reader may know of: who reads plans there knows what has ended by then; for the
// others what begins or ends after today has to be announced.
func knownTo(by itsm.Actor, at itsm.Scope, day time.Time, holdings []itsm.Holding) []itsm.Holding {
	plans := plansIn(by, at)
	known := itsm.Those(holdings, func(h *itsm.Holding) bool {
		if plans(h.RegionID) {
			return !h.Over(day)
		}
		return h.Announced || !h.Since.After(by.Today)
	})
	quiet := func(h *itsm.Holding) bool { return h.Quiet(by.Today) && !plans(h.RegionID) }
	if slices.ContainsFunc(known, func(h itsm.Holding) bool { return quiet(&h) }) {
		known = slices.Clone(known) // the same holdings may be read for another scope, where the reader knows more
		for i := range known {
			known[i].End = known[i].Known(plans(known[i].RegionID), by.Today)
		}
	}
	return known
}

// plansAt says whether a reader knows what is planned of the hats at a scope in a region: a regional Manager does in their own.
func plansAt(by itsm.Actor, at itsm.Scope, region int64) bool {
	at.RegionID = region
	return by.Can(itsm.ReadPlans, at)
}

// plansIn is plansAt by region, for a practice's thousands of holders: it looks once for each.
func plansIn(by itsm.Actor, at itsm.Scope) func(region int64) bool {
	known := map[int64]bool{}
	return func(region int64) bool {
		may, asked := known[region]
		if !asked {
			may = plansAt(by, at, region)
			known[region] = may
		}
		return may
	}
}
