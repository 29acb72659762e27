package server

import (
	"net/http"
	"slices"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// reviews lists what is due for review.
func (s *Server) reviews(v *visit) error {
	f := v.reviewFilter()
	l, err := s.store.Reviews(v.ctx, v.by, f, v.by.Today)
	if err != nil {
		return err
	}
	return v.show(page.Reviews{
		Reader: v.reader(), Filter: f, Lines: l.Lines, Total: l.Total, Overdue: l.Overdue, Practices: l.Practices, Day: v.by.Today, Address: page.ReviewsURL(f),
	}.Screen())
}

// reviewFilter reads the list's address; what it does not know counts as not set.
func (v *visit) reviewFilter() itsm.ReviewFilter {
	q := v.r.URL.Query()
	f := itsm.ReviewFilter{PracticeID: v.query("practice"), Mine: q.Get("mine") != "", All: q.Get("all") != "", Page: int(min(v.query("page"), 100_000))}
	if of := itsm.Reviewable(q.Get("kind")); slices.Contains(itsm.Reviewables, of) {
		f.Of = of
	}
	return f
}

type reviewForm struct {
	Sentence string `form:"sentence"`
	Back     string `form:"back"`
}

// askReview is the sentence and the click on a page of their own.
func (s *Server) askReview(of itsm.Reviewable) handler {
	return func(v *visit) error {
		return s.reviewPage(v, http.StatusOK, of, reviewForm{Back: back(v.r.URL.Query().Get("back"))}, nil)
	}
}

func (s *Server) reviewPage(v *visit, status int, of itsm.Reviewable, in reviewForm, wrong page.Problems) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	x, err := s.store.UnderReview(v.ctx, v.by, of, id)
	if err != nil {
		return err
	}
	if !v.by.MayReview(x.Reviewed) {
		return itsm.Forbidden{Why: "This review is not yours. It is for the next hat up, or for the service management office; nobody reviews a hat that they wear themselves."}
	}
	if x.ReviewMonths == 0 {
		return itsm.NotFound{What: "review"}
	}
	return v.showAs(status, page.ReviewAsk{Reader: v.reader(), Of: x.Reviewed, Reviews: x.Reviews, Recent: x.Recent, Sentence: in.Sentence, Back: back(in.Back), Day: v.by.Today, Wrong: wrong}.Screen())
}

// review takes the sentence: looked at, still right.
func (s *Server) review(of itsm.Reviewable) handler {
	return func(v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		in, err := read[reviewForm](v)
		if err == nil {
			err = s.store.Review(v.ctx, v.by, of, id, in.Sentence)
		}
		if list, status, ok := problems(err); ok {
			return s.reviewPage(v, status, of, in, list)
		}
		if err != nil {
			return err
		}
		x, err := s.store.Reviewed(v.ctx, v.by, of, id)
		if err != nil {
			return err
		}
		to := page.ReviewedURL(x)
		if in.Back != "" {
			to = inside(in.Back)
		}
		return v.done(to, x.Name+" is still right. Next review: "+itsm.ShowDay(*x.ReviewDue)+".")
	}
}

type intervalsForm struct {
	Kinds  []string `form:"kind"`
	Months string   `form:"review_months"`
}

// askIntervals says what has no review interval and gives it one.
func (s *Server) askIntervals(v *visit) error {
	return s.intervalsPage(v, http.StatusOK, intervalsForm{Kinds: []string{"role", "process", "policy"}, Months: "12"}, nil)
}

func (s *Server) intervalsPage(v *visit, status int, in intervalsForm, wrong page.Problems) error {
	counts, err := s.store.WithoutInterval(v.ctx, v.by)
	if err != nil {
		return err
	}
	p := page.ReviewIntervals{Counts: counts, Chosen: map[itsm.Reviewable]bool{}, Months: in.Months, Wrong: wrong}
	for _, k := range in.Kinds {
		p.Chosen[itsm.Reviewable(k)] = true
	}
	return v.showAs(status, p.Screen())
}

func (s *Server) setIntervals(v *visit) error {
	in, err := read[intervalsForm](v)
	var kinds []itsm.Reviewable
	for _, k := range in.Kinds {
		kinds = append(kinds, itsm.Reviewable(k))
	}
	var c itsm.Checks
	every, n := months(&c, in.Months), 0
	if err == nil {
		err = c.Err()
	}
	if err == nil {
		n, err = s.store.SetIntervals(v.ctx, v.by, every, kinds)
	}
	if list, status, ok := problems(err); ok {
		return s.intervalsPage(v, status, in, list)
	}
	if err != nil {
		return err
	}
	return v.done("/reviews?all=1", "Set for "+strconv.Itoa(n)+".")
}
