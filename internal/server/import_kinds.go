package server

import (
	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// hatsImport is the import of who wears which hat.
var hatsImport = listImport{
	kind: "assignments", page: page.ImportHatsKind, fields: sheet.HatFields,
	find: func(files []sheet.File) ([]sheet.Listing, error) {
		last := files[len(files)-1]
		return sheet.FindHats(last.Name, last.Data, sheet.Limits{})
	},
	plan: func(v *visit, l sheet.Listing, a listAnswers) (r listReading, err error) {
		known, list, err := v.hats(l, a)
		r.ListColumns = list.ListColumns
		if err != nil {
			return r, err
		}
		plan, err := v.s.store.PlanHats(v.ctx, v.by, known, list.Hats, a.Given)
		r.plan = plan.WithRefused(list.Refused)
		return r, err
	},
	write: func(v *visit, u stagedList, heard store.Progress, silent func()) error {
		_, list, err := v.hats(u.listing(), u.listAnswers)
		if err != nil {
			return err
		}
		_, _, err = v.s.store.ImportHats(v.ctx, v.by, u.listing().File, list.Hats, u.Given, usedUp[itsm.HatImport](u, list.Refused, silent), heard)
		return err
	},
}

// hats reads a listing by what is known here.
func (v *visit) hats(l sheet.Listing, a listAnswers) (known itsm.KnownHats, list sheet.HatList, err error) {
	if known, err = v.s.store.KnownHats(v.ctx, v.by, l.Texts()); err != nil {
		return known, list, err
	}
	options := a.options()
	options.Known = sheet.KnownFields(known)
	list, err = sheet.ReadHats(l, options)
	return known, list, err
}

// policiesImport is the import of policies.
var policiesImport = listImport{
	kind: "policies", page: page.ImportPoliciesKind, fields: sheet.PolicyFields,
	find: func(files []sheet.File) ([]sheet.Listing, error) { return sheet.FindPolicies(files, sheet.Limits{}) },
	plan: func(v *visit, l sheet.Listing, a listAnswers) (r listReading, err error) {
		list, err := sheet.ReadPolicies(l, a.options())
		r.ListColumns = list.ListColumns
		if err != nil {
			return r, err
		}
		plan, err := v.s.store.PlanPolicies(v.ctx, v.by, list.Policies, a.Given)
		r.plan = plan.WithRefused(list.Refused)
		return r, err
	},
	write: func(v *visit, u stagedList, heard store.Progress, silent func()) error {
		list, err := sheet.ReadPolicies(u.listing(), u.options())
		if err != nil {
			return err
		}
		_, _, err = v.s.store.ImportPolicies(v.ctx, v.by, u.listing().File, list.Policies, u.Given, usedUp[itsm.PolicyImport](u, list.Refused, silent), heard)
		return err
	},
}

// importHub says what can be brought, to who may bring any of it.
func (s *Server) importHub(v *visit) error {
	hub := page.ImportHub{Reader: v.reader()}
	if len(hub.Offers()) == 0 {
		return v.refusal(itsm.ImportRACI, itsm.Scope{}, "This page is not for you: there is nothing that you may bring.")
	}
	return v.show(page.Screen{Title: "Import", Body: hub.Page()})
}
