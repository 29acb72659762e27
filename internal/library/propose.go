package library

import (
	"strings"

	"hatrack/internal/itsm"
)

// Proposal is the practice that a process seems to belong to, and why.
type Proposal struct {
	Entry itsm.LibraryPractice
	Why   string
}

// Propose finds the entry that a process of a name belongs to: the one that has a process of this name, or the one whose
// name or older name stands in it, the longest first. ok is false where nothing fits, or where the process lies in that
// practice already.
func Propose(process, practice string) (p Proposal, ok bool) {
	p, ok = propose(process)
	return p, ok && !p.Entry.Called(practice)
}

func propose(process string) (best Proposal, ok bool) {
	key := "-" + itsm.LibraryKey(process) + "-"
	longest := 0
	consider := func(name string, p Proposal) {
		if k := itsm.LibraryKey(name); len(k) > longest && strings.Contains(key, "-"+k+"-") {
			best, longest = p, len(k)
		}
	}
	for _, e := range All() {
		for _, c := range e.Processes {
			if "-"+itsm.LibraryKey(c.Name)+"-" == key {
				return Proposal{e, "The library has a process of this name there."}, true
			}
		}
	}
	for _, e := range All() {
		consider(e.Name, Proposal{e, "Its name says so."})
		for _, a := range e.Aliases {
			why := "“" + a.Name + "” is another name of it."
			if a.Framework != itsm.Ours {
				why = "“" + a.Name + "” is its name in " + a.Framework + "."
			}
			consider(a.Name, Proposal{e, why})
		}
	}
	return best, longest > 0
}
