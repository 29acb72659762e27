package itsm

import (
	"strings"
	"time"
)

// NewAccounts is what is typed to make accounts for several people at once, each under the e-mail address of the directory.
type NewAccounts struct {
	PersonIDs []int64
	LastDay   string // of all of them; may be empty where nobody is external

	EndsOn *time.Time // read from LastDay by Check
}

// AccountFor is a person for whom an account is asked for among others.
type AccountFor struct {
	PersonID  int64
	Name      string
	Email     string // as it stands in the directory
	External  bool
	Here      bool  // with the organisation today
	Taken     bool  // another one's account signs in with the address
	AccountID int64 // the one they have; 0: none
	Closed    bool  // it needs no link: its password was chosen, or it lets nobody in
}

// Login is an account that waits for its person, with a one-time link by which they come in and choose a password.
type Login struct {
	AccountID, PersonID int64
	Name, Email         string
	Token               string // for the link: it is kept nowhere
	Made                bool   // the account was made with it, and was not there before
}

// Check reads what was typed; today is the organisation's.
func (n *NewAccounts) Check(today time.Time) error {
	var c Checks
	n.EndsOn = c.lastDay(n.LastDay, "last_day", today)
	return c.Err()
}

// For sorts people into those who get a link and says of whom it cannot be: by the field "people", or "last_day" where an external
// person's account would have no end. Who has an account with a password, or one that lets nobody in, is left as they are.
func (n *NewAccounts) For(people []AccountFor) (link []AccountFor, err error) {
	var c Checks
	signs := map[string]string{}
	for _, p := range people {
		if p.AccountID != 0 {
			if !p.Closed {
				link = append(link, p)
			}
			continue
		}
		address := strings.ToLower(p.Email)
		switch other := signs[address]; {
		case !p.Here:
			c.Say("people", p.Name+" is not with the organisation today.")
		case p.Email == "":
			c.Say("people", p.Name+" has no e-mail address in the directory. Add it there, or make this account alone.")
		case !looksLikeEmail(p.Email):
			c.Say("people", "The e-mail address of "+p.Name+" in the directory is none: "+p.Email+". Correct it there, or make this account alone.")
		case p.Taken:
			c.Say("people", "Another account signs in with the e-mail address of "+p.Name+".")
		case other != "":
			c.Say("people", other+" and "+p.Name+" have one e-mail address. Make one of the two accounts alone, with another one.")
		case p.External && n.EndsOn == nil:
			c.Say("last_day", p.Name+" is external: give the accounts a last day.")
		default:
			signs[address] = p.Name
			link = append(link, p)
		}
	}
	return link, c.Err()
}
