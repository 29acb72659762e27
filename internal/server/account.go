package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// showOwnAccount is one's own account.
func (s *Server) showOwnAccount(v *visit) error { return v.ownAccount(http.StatusOK, nil) }

func (v *visit) ownAccount(status int, list page.Problems) error {
	p := page.OwnAccount{Reader: page.ReaderOf(v.Visit), Theme: theme(v.r), Problems: list}
	return v.showAs(status, page.Screen{Title: "Your account", Body: p.Page()})
}

type passwordForm struct {
	Current  string `form:"current"`
	Password string `form:"password"`
	Again    string `form:"again"`
}

// changePassword asks for the password of now, and ends every other session. Tries count as tries to sign in.
func (s *Server) changePassword(v *visit) error {
	in, err := read[passwordForm](v)
	if list, status, ok := problems(err); ok {
		return v.ownAccount(status, list)
	} else if err != nil {
		return err
	}
	found, tooMany, err := s.credentials(v.r, v.Email)
	if err != nil {
		return err
	}
	if tooMany {
		return v.ownAccount(http.StatusTooManyRequests, page.Problems{{Field: "current", Text: "There were too many tries. Wait a quarter of an hour and repeat, or ask an administrator for a one-time link: with it you choose a new password."}})
	}
	same, err := s.samePassword(v.ctx, in.Current[:min(len(in.Current), 4*itsm.PasswordMax)], found.PasswordHash)
	if err != nil {
		return err
	}
	var c itsm.Checks
	c.Require(same, "current", "This is not your password now.")
	c.Password(in.Password, "password", v.Email, v.by.Name)
	c.Require(in.Again == in.Password, "again", "The two passwords differ. Type the same one twice.")
	if err := c.Err(); err != nil {
		list, status, _ := problems(err)
		return v.ownAccount(status, list)
	}
	hash, err := s.hashPassword(v.ctx, in.Password)
	if err != nil {
		return err
	}
	token, _ := s.token(v.r)
	if err := s.store.SetPassword(v.ctx, v.by, hash, token); err != nil {
		return err
	}
	if err := s.gotIn(v.r, v.Email); err != nil {
		return err
	}
	return v.done("/account", "The password is changed. Everywhere else you are signed out.")
}

// signOutEverywhere ends every session of the reader's account.
func (s *Server) signOutEverywhere(v *visit) error {
	if err := s.store.CloseSessions(v.ctx, v.by.AccountID); err != nil {
		return err
	}
	s.setCookie(v.w, s.sessionCookie(), "", -1)
	return v.done("/sign-in", "You are signed out everywhere.")
}
