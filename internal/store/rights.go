package store

import (
	"slices"
	"sync"
	"time"

	"hatrack/internal/itsm"
)

// rights are what an account may do on a day, as the function rights_of says it. They are shared between requests: nobody
// may change them.
type rights struct {
	Hats          []itsm.Hat
	Administrator bool
	AuditsAll     bool
	Audits        []int64
	Sees          []int64
	LeadVacant    bool
}

// clipped are the rights so that what is appended to a part of them goes elsewhere.
func (r rights) clipped() rights {
	r.Hats, r.Audits, r.Sees = slices.Clip(r.Hats), slices.Clip(r.Audits), slices.Clip(r.Sees)
	return r
}

// rightsKept are the rights of those who came lately, by their sessions. They are right as long as nothing was written and
// the day is the same, and each request looks whether that is so: to read them anew took most of its first statement.
type rightsKept struct {
	sync.Mutex
	of map[string]rightsRead
}

type rightsRead struct {
	rights
	epoch int64
	day   time.Time
}

// rightsMost bounds how many sessions' rights are kept.
const rightsMost = 4096

// in are the rights of a session, and their day, where they were read in an epoch; else nil.
func (k *rightsKept) in(epoch int64, token []byte) (rights, *time.Time) {
	k.Lock()
	defer k.Unlock()
	if kept, ok := k.of[string(token)]; ok && epoch > 0 && kept.epoch == epoch {
		return kept.rights, &kept.day
	}
	return rights{}, nil
}

func (k *rightsKept) keep(epoch int64, token []byte, r rights, day time.Time) {
	k.Lock()
	defer k.Unlock()
	if k.of == nil || len(k.of) >= rightsMost {
		k.of = map[string]rightsRead{} // those who are here are soon in it again
	}
	k.of[string(token)] = rightsRead{r, epoch, day}
}
