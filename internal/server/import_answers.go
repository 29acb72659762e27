package server

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

type batchInput struct {
	Role         map[string]string `form:"role"`
	Elsewhere    map[string]string `form:"elsewhere"`
	ElsewhereAll string            `form:"elsewhere_all"`
	WhoAll       string            `form:"who_all"`
	LetterAll    string            `form:"letter_all"`
	SameAll      string            `form:"same_all"`
	Nameless     string            `form:"nameless"`
	Title        map[string]string `form:"title"`
	Holder       map[string]string `form:"holder"`
	Who          map[string]string `form:"who"`
	Letter       map[string]string `form:"letter"`
	NoA          string            `form:"no_a"`
	NoARole      string            `form:"no_a_role"`
	SomeA        string            `form:"some_a"`
	Differ       string            `form:"differ"`
	Same         map[string]string `form:"same"`
	Together     string            `form:"together"`
	ProcessName  string            `form:"process_name"` // of the only one that is new
	Practice     string            `form:"practice"`     // "" is a new one
	PracticeName string            `form:"practice_name"`
	PracticeIs   string            `form:"practice_state"` // of a new one
	ApprovedBy   string            `form:"approved_by"`
	ApprovedOn   string            `form:"approved_on"`
	ApprovedIn   string            `form:"approved_in"`
	Do           string            `form:"do"`
}

// answerRACI keeps what was decided for all grids, and shows them anew or what they will change.
func (s *Server) answerRACI(v *visit) error {
	b, err := v.openBatch()
	if err != nil {
		return err
	}
	in, err := read[batchInput](v)
	if list, status, ok := problems(err); ok {
		return b.overview(status, list)
	} else if err != nil {
		return err
	}
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	list, typed, err := b.take(in)
	if err != nil {
		return err
	}
	if err := s.store.AnswerStaged(v.ctx, v.by, b.u.ID, b.state); err != nil {
		return err
	}
	if again, err := v.batch(); err != nil { // as it is read with the new answers
		return err
	} else if len(list) > 0 {
		return again.overviewTyped(http.StatusUnprocessableEntity, list, typed)
	} else if in.Do == "plan" {
		return again.goToPlan()
	} else {
		return again.goToQuestion()
	}
}

// take turns what the form says by key into what was decided by heading and letter. What could not be understood comes
// back with what was typed; what the page did not ask is left as it was, and an empty answer takes one back.
func (b *batch) take(in batchInput) (list []itsm.Problem, typed map[string]string, err error) {
	var c itsm.Checks
	if typed, err = b.takeRoles(in, &c); err != nil {
		return nil, nil, err
	}
	b.takeLetters(in)
	b.takeRows(in)
	b.takeSame(in)
	b.takePlace(in, &c)
	b.takeApproval(in, &c)
	list, _, _ = problems(c.Err())
	return list, typed, nil
}

// takeRoles keeps what each heading is, and which of them answers where no A is set; typed are the holders nobody is.
func (b *batch) takeRoles(in batchInput, c *itsm.Checks) (typed map[string]string, err error) {
	a := &b.state.BatchAnswers
	if a.Roles == nil {
		a.Roles = map[string]itsm.RoleAnswer{}
	}
	for _, m := range []*map[string]string{&in.Who, &in.Elsewhere} {
		if *m == nil {
			*m = map[string]string{}
		}
	}
	typed = map[string]string{}
	for _, r := range in.forAll(b.roles(nil)) {
		if _, sent := in.Role[r.Key]; !sent {
			continue
		}
		key := itsm.HeadingKey(r.Heading)
		answer := b.roleAnswer(r, in)
		c.Line(&answer.Title, keyedField("title", r.Key), itsm.LabelMax)
		if wrong, err := b.holder(&answer, r, strings.TrimSpace(in.Holder[r.Key])); err != nil {
			return nil, err
		} else if wrong != "" {
			typed[key] = in.Holder[r.Key]
			c.Say(keyedField("holder", r.Key), wrong)
		}
		a.Roles[key] = answer
		if answer == (itsm.RoleAnswer{}) {
			delete(a.Roles, key)
		}
		if in.NoA == "role" && in.NoARole == r.Key {
			a.NoA = key
		}
	}
	return typed, nil
}

// takeLetters keeps what each unknown letter means.
func (b *batch) takeLetters(in batchInput) {
	a := &b.state.BatchAnswers
	if a.Letters == nil {
		a.Letters = map[string]string{}
	}
	for _, l := range b.letters() {
		if choice, sent := in.Letter[l.Key]; sent {
			choice = cmp.Or(choice, in.LetterAll)
			a.Letters[l.Letter] = choice
			if choice == "" {
				delete(a.Letters, l.Letter)
			}
		}
	}
}

// takeRows keeps what becomes of all rows of a kind: without an A, with several, that differ, without a name.
func (b *batch) takeRows(in batchInput) {
	a := &b.state.BatchAnswers
	if in.NoA == "owner" || in.NoA == "open" {
		a.NoA = in.NoA
	}
	if b.r.PostForm.Has("some_a") {
		a.SomeA = in.SomeA
	}
	if in.Differ == "both" || in.Differ == "first" || in.Differ == "last" {
		a.Differ = in.Differ
	}
	if in.Nameless == "line" || in.Nameless == "out" {
		a.Nameless = in.Nameless
	}
}

// takeApproval keeps by whom the grids are said to be approved.
func (b *batch) takeApproval(in batchInput, c *itsm.Checks) {
	a := &b.state.BatchAnswers
	a.ApprovedBy, a.ApprovedOn, a.ApprovedIn = in.ApprovedBy, in.ApprovedOn, in.ApprovedIn
	c.Line(&a.ApprovedBy, "approved_by", itsm.LabelMax)
	c.Line(&a.ApprovedIn, "approved_in", itsm.LabelMax)
	if a.ApprovedOn != "" {
		on, wrong := time.Parse(time.DateOnly, a.ApprovedOn)
		c.Require(wrong == nil && !on.After(b.by.Today), "approved_on", "Choose the day of the approval; it cannot lie ahead.")
	}
	c.Require(a.ApprovedBy != "" || a.ApprovedOn+a.ApprovedIn == "", "approved_by", "Say who approved them.")
}

// takeSame keeps which headings are names of one role.
func (b *batch) takeSame(in batchInput) {
	if b.state.Same == nil {
		b.state.Same = map[string]string{}
	}
	for _, a := range b.alike() {
		heading := strings.ToLower(a.Heading)
		said, sent := in.Same[a.Key]
		if sent && said == "" {
			said = in.SameAll
		}
		switch said {
		case "same":
			b.state.Same[heading] = a.Like
		case itsm.NotSame:
			b.state.Same[heading] = itsm.NotSame
		}
	}
}

// forAll are the roles, with what is said for all of them in the place of what was not said of one alone: an answer that
// was given on the page to a single one wins.
func (in *batchInput) forAll(roles []page.BatchRole) []page.BatchRole {
	before := page.WhoAll(roles)
	for _, r := range roles {
		if said, sent := in.Elsewhere[r.Key]; r.Elsewhere != "" && said == "" && (sent || in.ElsewhereAll != "") {
			switch in.ElsewhereAll {
			case "yes":
				in.Elsewhere[r.Key] = "role:" + itoa(r.Match.Elsewhere)
			case "new":
				in.Elsewhere[r.Key] = "new"
			}
		}
		if len(r.People) == 0 || in.WhoAll == "" || in.WhoAll == before || in.Who[r.Key] != page.WhoChosen(r.Answer) {
			continue
		}
		if in.WhoAll == "nobody" {
			in.Who[r.Key] = "nobody"
		} else if len(r.People) == 1 {
			in.Who[r.Key] = itoa(r.People[0].ID)
		}
	}
	return roles
}

func keyedField(what, key string) string { return what + "[" + key + "]" }

func (b *batch) roleAnswer(r page.BatchRole, in batchInput) itsm.RoleAnswer {
	answer := itsm.RoleAnswer{Choice: in.Role[r.Key], Title: in.Title[r.Key], PersonID: r.Answer.PersonID, Nobody: r.Answer.Nobody}
	if said := in.Elsewhere[r.Key]; said != "" && answer.Choice == "" {
		answer.Choice = said
	}
	switch who := in.Who[r.Key]; {
	case who == "nobody":
		answer.PersonID, answer.Nobody = 0, true
	case who != "":
		for _, p := range r.People {
			if itoa(p.ID) == who {
				answer.PersonID, answer.Nobody = p.ID, false
				if rest := itsm.WithoutName(r.Heading, p.Name); answer.Title == "" || answer.Title == r.Heading {
					answer.Title = rest
				}
			}
		}
	}
	return answer
}

// holder finds who was typed as the wearer of a role; wrong says why that is nobody.
func (b *batch) holder(answer *itsm.RoleAnswer, r page.BatchRole, typed string) (wrong string, err error) {
	if typed == r.Holder.Name {
		return "", nil // as it was, or decided by a radio button
	}
	if typed == "" {
		if answer.PersonID == r.Answer.PersonID {
			answer.PersonID = 0
		}
		return "", nil
	}
	if !b.by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return "You may not read the directory: leave the holder empty.", nil
	}
	found, _, err := b.s.store.PickPeople(b.ctx, b.by, typed, false)
	if err != nil {
		return "", err
	}
	if exact := slices.DeleteFunc(slices.Clone(found), func(p itsm.Person) bool {
		return !strings.EqualFold(p.Name, typed) && !strings.EqualFold(p.Email, typed)
	}); len(exact) > 0 {
		found = exact
	}
	switch len(found) {
	case 0:
		return "Nobody in the directory is called “" + typed + "”. Look at the spelling, or leave it empty.", nil
	case 1:
		answer.PersonID, answer.Nobody = found[0].ID, false
		return "", nil
	}
	var names []string
	for _, p := range found[:min(len(found), 3)] {
		names = append(names, strings.TrimSpace(p.Name+" "+p.Email))
	}
	return "Several people fit “" + typed + "”: " + strings.Join(names, ", ") + ". Type the e-mail address.", nil
}
