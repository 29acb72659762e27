package server

import (
	"context"
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// assignment shows one assignment.
func (s *Server) assignment(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.showAssignment(v, http.StatusOK, id, page.Assignment{})
}

func (s *Server) showAssignment(v *visit, status int, id int64, p page.Assignment) error {
	found, err := s.store.AssignmentPage(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	p.Reader, p.Of = page.ReaderOf(v.Visit), found
	crumbs := []ui.Link{{Text: found.Chair.ScopeName, Href: page.ScopeURL(found.Chair.PracticeID, found.Chair.ProcessID, found.Chair.ServiceID, found.Chair.ScopeName)}, {Text: found.Chair.Name, Href: page.RoleURL(found.RoleID, found.Chair.Name)}}
	return v.showAs(status, page.Screen{Title: found.Chair.Name + ": " + found.Name, Section: "people", Crumbs: crumbs, Body: p.Page()})
}

// assignmentVerb is one thing to do about an assignment: it returns what the toast says.
type assignmentVerb func(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error)

// onAssignment takes a form of an assignment's page and comes back to it, with problems where there are any.
func (s *Server) onAssignment(name string, do assignmentVerb) handler {
	return func(v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		in, err := read[page.AssignmentInput](v)
		said := ""
		if err == nil {
			said, err = do(v.ctx, v.by, id, in)
		}
		if list, status, ok := problems(err); ok {
			return s.showAssignment(v, status, id, page.Assignment{In: in, Verb: name, Problems: list})
		}
		if err != nil {
			return err
		}
		if in.Back != "" {
			return v.done(inside(in.Back), said)
		}
		return v.done(page.AssignmentURL(id), said)
	}
}

func (s *Server) acceptHat(ctx context.Context, by itsm.Actor, id int64, _ page.AssignmentInput) (string, error) {
	return "Accepted.", s.store.Accept(ctx, by, id)
}

func (s *Server) objectToHat(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	return "Your objection is noted. Whoever appointed answers it.", s.store.Object(ctx, by, id, in.Reason)
}

func (s *Server) takeBackObjection(ctx context.Context, by itsm.Actor, id int64, _ page.AssignmentInput) (string, error) {
	return "Taken back. You object no more.", s.store.TakeBack(ctx, by, id)
}

func (s *Server) giveUpHat(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	var c itsm.Checks
	to := lastDay(&c, in.LastDay, "last_day")
	c.Require(to != nil || in.LastDay != "", "last_day", "Give your last day with the hat.")
	if err := c.Err(); err != nil {
		return "", err
	}
	if err := s.store.GiveUp(ctx, by, id, *to, in.Announced != "", in.Reason); err != nil {
		return "", err
	}
	return s.ended(ctx, by, id, "Given up after "+itsm.ShowDay(to.AddDate(0, 0, -1))+"."), nil
}

func (s *Server) endAssignment(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	var c itsm.Checks
	to := lastDay(&c, in.LastDay, "last_day")
	c.Require(to != nil || in.LastDay != "", "last_day", "Give the last day with the hat.")
	if err := c.Err(); err != nil {
		return "", err
	}
	if err := s.store.EndAssignment(ctx, by, id, *to, in.Announced != "", in.Reason); err != nil {
		return "", err
	}
	return s.ended(ctx, by, id, "Ends after "+itsm.ShowDay(to.AddDate(0, 0, -1))+"."), nil
}

// ended is what is said of a hat that got a last day; where that lies before its first one it was withdrawn.
func (s *Server) ended(ctx context.Context, by itsm.Actor, id int64, said string) string {
	if a, err := s.store.AssignmentPage(ctx, by, id); err == nil && a.State == itsm.Withdrawn {
		return "Withdrawn: it counts on no day."
	}
	return said
}

func (s *Server) withdrawAssignment(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	return "Withdrawn. It counts on no day.", s.store.Withdraw(ctx, by, id, in.Reason)
}

func (s *Server) announceAssignment(ctx context.Context, by itsm.Actor, id int64, _ page.AssignmentInput) (string, error) {
	return "Announced.", s.store.Announce(ctx, by, id)
}

func (s *Server) settleObjection(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	return "Answered. The holder is asked anew.", s.store.SettleObjection(ctx, by, id, in.Answer)
}

func (s *Server) recordTold(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	return "Noted.", s.store.RecordTold(ctx, by, id, in.ToldHow)
}

func (s *Server) decideProposal(ctx context.Context, by itsm.Actor, id int64, in page.AssignmentInput) (string, error) {
	d := store.Decision{Appoint: in.Do == "appoint", Announced: in.Announced != "", Reason: in.Reason, ToldHow: in.ToldHow}
	said := "Declined."
	if d.Appoint {
		said = "Appointed."
	}
	return said, s.store.Decide(ctx, by, id, d)
}
