package server

import (
	"context"
	"net/http"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

var accountCrumbs = []ui.Link{{Text: "Accounts", Href: "/accounts"}}

// accountFilter reads the list's address.
func (v *visit) accountFilter() itsm.AccountFilter {
	q := v.r.URL.Query()
	return itsm.AccountFilter{
		Text: itsm.Clean(storable(q.Get("q"))), State: storable(q.Get("state")), Grant: itsm.GrantKind(storable(q.Get("grant"))), Sort: q.Get("sort"),
		Descending: q.Get("order") == "down", Page: max(1, int(min(v.query("page"), 1_000_000))),
	}
}

func (s *Server) showAccounts(v *visit) error {
	f := v.accountFilter()
	list, err := s.store.Accounts(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	return v.show(page.Screen{Title: "Accounts", Body: page.Accounts{List: list, Filter: f}.Page(), Scripts: page.ListScripts})
}

func (s *Server) newAccount(v *visit) error {
	return v.newAccount(http.StatusOK, page.NewAccount{Person: accountPick()})
}

func accountPick() page.Pick {
	return page.Pick{Name: "person", Label: "Person", Hint: "Type a name, an e-mail address or a title."}
}

func (v *visit) newAccount(status int, p page.NewAccount) error {
	return v.showAs(status, page.Screen{Title: "New account", Crumbs: accountCrumbs, Body: p.Page(), Scripts: []string{"picker.js"}})
}

type accountForm struct {
	Person      int64  `form:"person"`
	PersonTyped string `form:"person_q"`
	Find        string `form:"find"`
	People      string `form:"people"` // several at once
	Email       string `form:"email"`
	LastDay     string `form:"last_day"`
	Counter     int64  `form:"counter"`
}

// addAccount makes the account and shows the link with which its person chooses a password.
func (s *Server) addAccount(v *visit) error {
	in, err := read[accountForm](v)
	p := page.NewAccount{People: in.People, Email: in.Email, LastDay: in.LastDay}
	if list, status, ok := problems(err); ok {
		p.Person, p.Problems = accountPick(), list
		p.Person.Query = in.PersonTyped
		return v.newAccount(status, p)
	} else if err != nil {
		return err
	}
	if err := v.takeNamed(&in.Person, in.PersonTyped, in.Find); err != nil {
		return err
	}
	var again bool
	if p.Person, again, err = v.choose(accountPick(), in.Person, in.PersonTyped, in.Find); err != nil {
		return err
	}
	if again {
		p.Problems = withPick(nil, p.Person, in.Find)
		return v.newAccount(http.StatusUnprocessableEntity, p)
	}
	if itsm.Clean(in.People) != "" {
		return v.addAccounts(in, p)
	}
	if itsm.Clean(in.Email) == "" && in.Person != 0 {
		person, err := s.store.Person(v.ctx, in.Person)
		if err != nil {
			return err
		}
		in.Email = person.Email
	}
	id, err := s.store.AddAccount(v.ctx, v.by, itsm.NewAccount{PersonID: in.Person, Email: in.Email, LastDay: in.LastDay})
	if list, status, ok := problems(err); ok {
		p.Problems = list
		p.Person.Err = p.Problems.Of("person")
		return v.newAccount(status, p)
	}
	if err != nil {
		return err
	}
	token, err := s.store.MakeLink(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	return v.account(http.StatusOK, id, func(p *page.Account) { p.Link = s.linkURL(token) })
}

// addAccounts makes accounts for all those whom the lines of a form name, and shows each one's link.
func (v *visit) addAccounts(in accountForm, p page.NewAccount) error {
	var c itsm.Checks
	c.Require(in.Person == 0 && itsm.Clean(in.Email) == "", "people", "One account is made of the person and the address above, several of these lines: empty one of the two.")
	people, err := v.peopleIn(itsm.ManageAccounts, in.People, "people")
	c.Add(err)
	if err == nil || c.Err() != nil {
		err = c.Err()
	}
	var logins []itsm.Login
	if err == nil {
		logins, err = v.s.store.AddAccounts(v.ctx, v.by, itsm.NewAccounts{PersonIDs: people, LastDay: in.LastDay})
	}
	if list, status, ok := problems(err); ok {
		p.Problems = list
		return v.newAccount(status, p)
	}
	if err != nil {
		return err
	}
	links := page.Links{Others: len(people) - len(logins)}
	for _, l := range logins {
		links.Logins = append(links.Logins, page.LinkOf{Login: l, Link: v.s.linkURL(l.Token)})
	}
	return v.show(page.Screen{Title: "One-time links", Crumbs: accountCrumbs, Body: links.Page()})
}

// linkURL is a one-time link as it is handed over.
func (s *Server) linkURL(token string) string { return s.base.String() + "/welcome/" + token }

func (s *Server) showAccount(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.account(http.StatusOK, id, func(*page.Account) {})
}

// account shows one account, with what with adds: problems, what was typed, a link.
func (v *visit) account(status int, id int64, with func(*page.Account)) error {
	a, recent, err := v.s.store.AccountPage(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	practices, err := v.s.store.Practices(v.ctx, v.by, store.PracticeFilter{})
	if err != nil {
		return err
	}
	p := page.Account{Account: a, Recent: page.Recent{Reader: v.reader(), Moments: recent}, Today: itsm.AccountList{Today: v.by.Today}, Email: a.Email, Practices: []ui.Option{{Text: "The whole organisation"}}}
	if a.EndsOn != nil {
		p.LastDay = itsm.ISODay(a.EndsOn.AddDate(0, 0, -1))
	}
	with(&p)
	for _, x := range practices {
		p.Practices = append(p.Practices, ui.Option{Value: strconv.FormatInt(x.ID, 10), Text: x.Name, Selected: x.ID == p.Grant.PracticeID})
	}
	return v.showAs(status, page.Screen{Title: a.Name, Crumbs: accountCrumbs, Body: p.Page()})
}

// onAccount does something to the account of the address, and shows it again: with what was wrong, or a sentence.
func (v *visit) onAccount(sentence string, do func(id int64) error, typed func(*page.Account)) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	err = do(id)
	if list, status, ok := problems(err); ok {
		return v.account(status, id, func(p *page.Account) {
			typed(p)
			p.Problems = list
		})
	}
	if err != nil {
		return err
	}
	return v.done(page.AccountURL(id), sentence)
}

func (s *Server) changeAccount(v *visit) error {
	in, err := read[accountForm](v)
	return v.onAccount("The account is saved.", func(id int64) error {
		if err != nil {
			return err
		}
		return s.store.ChangeAccount(v.ctx, v.by, id, in.Counter, itsm.NewAccount{Email: in.Email, LastDay: in.LastDay})
	}, func(p *page.Account) { p.Email, p.LastDay = in.Email, in.LastDay })
}

func (s *Server) makeLink(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	token, err := s.store.MakeLink(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	return v.account(http.StatusOK, id, func(p *page.Account) { p.Link = s.linkURL(token) })
}

func (s *Server) disableAccount(v *visit) error {
	return s.shut(v, "The account is disabled.", s.store.DisableAccount)
}

func (s *Server) enableAccount(v *visit) error {
	return s.shut(v, "The account is enabled.", s.store.EnableAccount)
}

func (s *Server) shut(v *visit, sentence string, do func(context.Context, itsm.Actor, int64, int64) error) error {
	in, err := read[accountForm](v)
	return v.onAccount(sentence, func(id int64) error {
		if err != nil {
			return err
		}
		return do(v.ctx, v.by, id, in.Counter)
	}, func(*page.Account) {})
}

type grantForm struct {
	Kind     string `form:"kind"`
	Practice int64  `form:"practice"`
	LastDay  string `form:"grant_last_day"`
}

func (s *Server) addGrant(v *visit) error {
	in, err := read[grantForm](v)
	grant := itsm.NewGrant{Kind: itsm.GrantKind(in.Kind), PracticeID: in.Practice, LastDay: in.LastDay}
	return v.onAccount("The grant is given.", func(id int64) error {
		if err != nil {
			return err
		}
		grant.AccountID = id
		return s.store.GrantAccount(v.ctx, v.by, grant)
	}, func(p *page.Account) { p.Grant = grant })
}

func (s *Server) revokeGrant(v *visit) error {
	grant, err := v.number("grant")
	if err != nil {
		return err
	}
	return v.onAccount("The grant is taken back.", func(id int64) error {
		return s.store.RevokeGrant(v.ctx, v.by, id, grant)
	}, func(*page.Account) {})
}
