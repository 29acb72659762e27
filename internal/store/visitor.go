package store

import (
	"slices"
	"sync"
	"time"

	"hatrack/internal/itsm"
)

// visitor is who comes with an account on a day, as the function of that name says it. It is shared between requests:
// nobody may change it.
type visitor struct {
	AccountID, PersonID int64
	PersonName, Email   string
	External            bool
	Today               string // ISO
	Rights              rights
	Organisation        itsm.Organisation
}

// rights are what an account may do on a day, as the function rights_of says it.
type rights struct {
	Hats          []itsm.Hat
	Administrator bool
	AuditsAll     bool
	Audits        []int64
	Sees          []int64
	LeadVacant    bool
}

// read is a visitor as kept: what is appended to a part of their rights goes elsewhere.
func (v visitor) read(epoch int64) (visitorRead, error) {
	day, err := time.Parse(time.DateOnly, v.Today)
	r := &v.Rights
	r.Hats, r.Audits, r.Sees = slices.Clip(r.Hats), slices.Clip(r.Audits), slices.Clip(r.Sees)
	return visitorRead{v, epoch, day}, err
}

type visitorRead struct {
	visitor
	epoch int64
	day   time.Time
}

func (v visitorRead) visit() itsm.Visit {
	return itsm.Visit{
		Actor: itsm.Actor{
			AccountID: v.AccountID, PersonID: v.PersonID, Name: v.PersonName, Today: v.day, Hats: v.Rights.Hats, Administrator: v.Rights.Administrator,
			Audits: v.Rights.Audits, AuditsAll: v.Rights.AuditsAll, External: v.External, Sees: v.Rights.Sees, Epoch: v.epoch,
		},
		Email: v.Email, Organisation: v.Organisation, LeadVacant: v.Rights.LeadVacant,
	}
}

// visitorsKept are those who came lately, by their sessions. They are right as long as nothing was written and the day is the
// same, and each request looks whether that is so: to read them anew took most of its first statement.
type visitorsKept struct {
	sync.Mutex
	of map[string]visitorRead
}

// visitorsMost bounds of how many sessions the visitors are kept.
const visitorsMost = 4096

// in is the visitor of a session, where they were read in an epoch; else the zero value.
func (k *visitorsKept) in(epoch int64, token []byte) visitorRead {
	k.Lock()
	defer k.Unlock()
	if kept := k.of[string(token)]; epoch > 0 && kept.epoch == epoch {
		return kept
	}
	return visitorRead{}
}

func (k *visitorsKept) keep(token []byte, v visitorRead) {
	k.Lock()
	defer k.Unlock()
	if k.of == nil || len(k.of) >= visitorsMost {
		k.of = map[string]visitorRead{} // those who are here are soon in it again
	}
	k.of[string(token)] = v
}
