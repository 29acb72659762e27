package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// processPolicies is the tab of a process that lists its policies, on today or the day of ?on=.
func (s *Server) processPolicies(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.processOn(v, id)
	if err != nil {
		return err
	}
	return v.show(page.ProcessPolicies{Process: p}.Screen())
}

type attachForm struct {
	Policy int64  `form:"policy"`
	Target string `form:"target"`
	Given  string `form:"given"` // "policy" where the policy was named and the target is chosen
	From   string `form:"from"`
	Until  string `form:"until"`
}

// askAttach is the form that lets a policy govern something; ?policy= names the one side, ?practice=, ?process= or
// ?activity= the other.
func (s *Server) askAttach(v *visit) error {
	in := attachForm{Policy: v.query("policy"), Target: page.TargetValue(v.targetOf()), From: itsm.ISODay(v.by.Today)}
	if in.Policy != 0 {
		in.Given = "policy"
	}
	return s.attachPage(v, http.StatusOK, in, nil)
}

func (s *Server) attachPage(v *visit, status int, in attachForm, wrong page.Problems) error {
	given := page.PolicyAttach{PolicyID: in.Policy, Target: target(in.Target), GivenPolicy: in.Given == "policy", From: in.From, Until: in.Until, Wrong: wrong}
	policy, of := int64(0), given.Target
	if given.GivenPolicy {
		policy, of = in.Policy, itsm.Target{}
	} else if of.Kind() == "" {
		return itsm.NotFound{What: "page"}
	}
	offer, err := s.store.Attaching(v.ctx, v.by, policy, of)
	if err != nil {
		return err
	}
	switch {
	case given.GivenPolicy && len(offer.Policies) == 0:
		return itsm.NotFound{What: "policy"}
	case len(offer.Targets) == 0: // archived, or none where the reader may
		if err := v.must(itsm.AttachPolicy, itsm.Scope{PracticeID: -1}); err != nil {
			return err
		}
		if len(wrong) > 0 {
			return itsm.Conflict{Text: wrong[0].Text}
		}
		return itsm.NotFound{What: of.Kind()}
	}
	given.Policies, given.Targets = offer.Policies, offer.Targets
	return v.showAs(status, given.Screen())
}

func (s *Server) attach(v *visit) error {
	in, err := read[attachForm](v)
	if err != nil {
		return err
	}
	var c itsm.Checks
	a := itsm.NewAttachment{PolicyID: in.Policy, Target: target(in.Target), Until: lastDay(&c, in.Until, "until")}
	if from := c.Day(in.From, "from"); from != nil {
		a.From = *from
	} else if in.From == "" {
		c.Say("from", "Give the first day on which it governs.")
	}
	if err = c.Err(); err == nil {
		_, err = s.store.AttachPolicy(v.ctx, v.by, a)
	}
	if list, status, ok := problems(err); ok {
		return s.attachPage(v, status, in, list)
	}
	if err != nil {
		return err
	}
	said := "The policy governs it."
	if a.From.After(v.by.Today) {
		said = "The policy will govern it from " + itsm.ShowDay(a.From) + " on."
	}
	if in.Given == "policy" {
		return v.done(page.PolicyURL(a.PolicyID, ""), said)
	}
	return v.done(page.TargetURL(a.Target), said)
}

type endForm struct {
	LastDay string `form:"last_day"`
}

// askEndAttachment asks from which day a policy governs something no more.
func (s *Server) askEndAttachment(v *visit) error {
	return s.endPage(v, http.StatusOK, endForm{LastDay: itsm.ISODay(v.by.Today)}, nil)
}

func (s *Server) endPage(v *visit, status int, in endForm, wrong page.Problems) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, p, err := s.store.Attachment(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	return v.showAs(status, page.PolicyEnd{Policy: p, Attachment: a, LastDay: in.LastDay, Today: v.by.Today, Wrong: wrong}.Screen())
}

func (s *Server) endAttachment(v *visit) error {
	in, err := read[endForm](v)
	if err != nil {
		return err
	}
	id, err := v.id()
	if err != nil {
		return err
	}
	a, p, err := s.store.Attachment(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	var c itsm.Checks
	to := lastDay(&c, in.LastDay, "last_day")
	c.Require(to != nil || in.LastDay != "", "last_day", "Give the last day on which it governs.")
	if err = c.Err(); err == nil {
		err = s.store.EndAttachment(v.ctx, v.by, id, *to)
	}
	if list, status, ok := problems(err); ok {
		return s.endPage(v, status, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PolicyURL(p.ID, p.Title), "It governs "+a.Name+" until "+itsm.ShowDay(to.AddDate(0, 0, -1))+".")
}

func (s *Server) withdrawAttachment(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, p, err := s.store.Attachment(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	err = s.store.WithdrawAttachment(v.ctx, v.by, id)
	if list, status, ok := problems(err); ok {
		return s.endPage(v, status, endForm{}, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PolicyURL(p.ID, p.Title), "It will not govern "+a.Name+".")
}
