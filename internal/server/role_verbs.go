package server

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// archiveRole asks before a role is archived, or says what stands against it, where it does.
func archiveRole(r store.RoleView, today time.Time, wrong page.Problems) page.Screen {
	do, says := "Archive it", []string{"Nobody can be appointed to it any more. Its history stays, and it can be brought back. Where nothing ever hung on it, it is deleted instead."}
	if hinders := hindersArchiving(r, today); hinders != "" {
		do, says = "", append(says, hinders+", or merge it with another role, which moves hats and letters.")
	}
	return askRole(r, "archive", "Archive the role "+r.Name+"?", do, true, wrong, says...)
}

// hindersArchiving names who wears a hat, or will, and where its role has letters, as the store holds against archiving it.
func hindersArchiving(r store.RoleView, today time.Time) string {
	var names, processes []string
	for _, a := range r.Timeline {
		if a.State != itsm.Withdrawn && a.Phase(today) != itsm.Past && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	for _, u := range r.Uses {
		if u.A+u.R+u.C+u.I+u.S > 0 {
			processes = append(processes, u.Process)
		}
	}
	switch {
	case len(names) > 0:
		return "It is worn, or will be, by " + itsm.NamesAnd(names) + ": end or hand over these hats first"
	case len(processes) > 0:
		return "It has letters in the matrix of " + itsm.NamesAnd(processes) + ": take its column out there first"
	}
	return ""
}

// called is a role with its name as the screen calls it.
func (v *visit) called(r store.RoleView) store.RoleView {
	r.Name = v.reader().RoleName(r.Kind, r.Name)
	return r
}

func (s *Server) askArchiveRole(v *visit) error {
	r, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	return v.show(archiveRole(v.called(r), v.by.Today, nil))
}

func (s *Server) archiveRole(v *visit) error {
	r, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	var deleted bool
	if err == nil {
		deleted, err = s.store.ArchiveRole(v.ctx, v.by, r.ID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, archiveRole(v.called(r), v.by.Today, list))
	}
	if err != nil {
		return err
	}
	if !deleted {
		return v.done(page.RoleURL(r.ID, r.Name), v.called(r).Name+" is archived.")
	}
	to := page.ScopeURL(r.PracticeID, r.ProcessID, r.ServiceID, r.ScopeName)
	if to == "" {
		to = page.OrganisationURL
	}
	return v.done(to, v.called(r).Name+" was deleted: nothing hung on it.")
}

func (s *Server) restoreRole(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.RestoreRole(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(page.RoleURL(id, ""), "The role is back.")
}

func giveBack(r store.RoleView, wrong page.Problems) page.Screen {
	return askRole(r, "give-back", "Give "+r.Name+" back to the practice?", "Give it back", false, wrong,
		"The process uses its practice's role again. Letters move there; where both have letters in an activity, they unite.",
		"Its own role is archived with its history. Somebody who holds it must be ended first.")
}

func (s *Server) askGiveBack(v *visit) error {
	r, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	if r.ProcessID == 0 || r.Archived {
		return itsm.NotFound{What: "role of a process"}
	}
	return v.show(giveBack(v.called(r), nil))
}

func (s *Server) giveBack(v *visit) error {
	r, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	if _, err := read[counterForm](v); err != nil {
		return err
	}
	err = s.store.GiveBackRole(v.ctx, v.by, r.ID)
	if list, status, ok := problems(err); ok {
		return v.showAs(status, giveBack(v.called(r), list))
	}
	if err != nil {
		return err
	}
	return v.done(page.ColumnsURL(r.ProcessID, r.ScopeName), "The process uses the role of its practice again.")
}

type mergeForm struct {
	Into int64 `form:"into"`
}

// askMerge asks what to merge a role into, and, once ?into= says it, what will happen.
func (s *Server) askMerge(v *visit) error {
	r, err := s.roleAt(v, itsm.MergeRoles)
	if err != nil {
		return err
	}
	if into := v.query("into"); into != 0 {
		return s.mergePage(v, http.StatusOK, r, into, nil)
	}
	return s.mergeChoice(v, http.StatusOK, r, nil)
}

func (s *Server) mergeChoice(v *visit, status int, r store.RoleView, wrong page.Problems) error {
	choices, err := s.store.MergeChoices(v.ctx, v.by, r.ID)
	if err != nil {
		return err
	}
	return v.showAs(status, page.RoleMerge{Reader: v.reader(), Role: r.Role, Choices: choices, Wrong: wrong}.Screen())
}

// mergePage says what merging r into another role will do.
func (s *Server) mergePage(v *visit, status int, r store.RoleView, into int64, wrong page.Problems) error {
	plan, err := s.store.MergePlan(v.ctx, v.by, into, r.ID)
	if err != nil {
		return err
	}
	r, plan.Keep.Name = v.called(r), v.reader().RoleName(plan.Keep.Kind, plan.Keep.Name)
	do := "Merge them"
	if plan.Keep.Kind == itsm.Manager && len(plan.Parties) > 0 {
		do = ""
	}
	screen := askRole(r, "merge", "Merge “"+r.Name+"” into “"+plan.Keep.Name+"”?", do, true, wrong, mergeSays(plan)...)
	screen.Body = page.Confirm{
		Title: screen.Title, Action: page.RoleURL(r.ID, r.Name) + "/merge", Do: do, Danger: true, Back: page.RoleURL(r.ID, r.Name),
		Says: mergeSays(plan), Hidden: []ui.Param{{Name: "into", Value: strconv.FormatInt(into, 10)}}, Wrong: wrong,
	}.Page()
	return v.showAs(status, screen)
}

// mergeSays is what will happen, a sentence each.
func mergeSays(m store.MergePlan) []string {
	says := []string{"“" + m.Other.Name + "” of " + m.Other.ScopeName + " is made one with “" + m.Keep.Name + "” of " + m.Keep.ScopeName + ", which goes on and keeps its own purpose, responsibilities and authorities."}
	if m.Other.Kind == itsm.Practitioner && m.Keep.Kind == itsm.Manager {
		says = append(says, risesSays(m)...)
	}
	letters := 0
	for _, u := range m.Uses {
		letters += u.A + u.R + u.C + u.I + u.S
	}
	switch {
	case len(m.Uses) == 0:
		says = append(says, "No matrix uses it, so no letter moves.")
	default:
		says = append(says, ui.Plural(letters, "letter", "letters")+" in "+ui.Plural(len(m.Uses), "process", "processes")+" move. Where both have letters in one activity they unite: that is "+ui.Plural(m.Both, "activity", "activities")+". Two A in a row cannot arise.")
	}
	if len(m.Holdings) > 0 {
		says = append(says, ui.Plural(len(m.Holdings), "holder", "holders")+" of today move with it, and everybody who held it before.")
	}
	if m.Twice > 0 {
		says = append(says, ui.Plural(m.Twice, "holding", "holdings")+" that the same holder has at both for all of the time stay behind as history, so that nobody wears one hat twice.")
	}
	return append(says, "The role is archived and points at the other one. The recent changes can undo all of it, until somebody changes a part.")
}

// risesSays is what it means that a practitioners' role goes up in a Manager's.
func risesSays(m store.MergePlan) []string {
	if len(m.Parties) > 0 {
		return []string{"A Manager is a person, and " + itsm.NamesAnd(m.Parties) + " would become one: end that hat first, this is refused until then."}
	}
	text := "Nobody wears it today, so nobody becomes a Manager by it."
	if len(m.Holdings) > 0 {
		var names []string
		for _, h := range m.Holdings {
			if !slices.Contains(names, h.Name) {
				names = append(names, h.Name)
			}
		}
		text = "Whoever wears it becomes a Manager, with a Manager’s rights, and stands in the history as one: " + itsm.NamesAnd(names) + "."
	}
	return []string{text, "So this is for who may appoint Managers, and for nobody who wears it. What teams and companies wore before stays behind as history."}
}

func (s *Server) merge(v *visit) error {
	r, err := s.roleAt(v, itsm.MergeRoles)
	if err != nil {
		return err
	}
	in, err := read[mergeForm](v)
	if err == nil {
		err = s.store.MergeRoles(v.ctx, v.by, in.Into, r.ID)
	}
	if list, status, ok := problems(err); ok {
		return s.mergeChoice(v, status, r, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.RoleURL(in.Into, ""), v.called(r).Name+" was merged into this role.")
}
