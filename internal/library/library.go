// Package library is the practice library that ships with Hatrack: what practices usually consist of, by framework and
// version, for an organisation to adopt and edit as its own. It is data in practices/*.txt and a strict reader of it.
//
// An entry begins with "practice NAME"; a line with a word and a value follows for each of its fields. What is indented
// belongs to the line above it:
//
//	practice Incident management
//	framework ITIL 4
//	purpose Get disturbed service back to normal quickly.
//	manager incident manager                     what its Manager is usually called
//	profile CMAT                                 competences of the Manager, the weightiest first
//	whoever Service owner; User                  columns for whoever it is in the case
//	with Supplier manager                        who takes part from elsewhere
//	role Incident coordinator (per case): purpose
//	  as manager                                 where it is no practitioner's; so: holders 1 1, outside, from FitSM 3.0
//	  - a responsibility
//	  + an authority
//	process daily Handle an incident: purpose    or: process care …
//	  from FitSM 3.0                             where it follows another source than the entry
//	  1. Detect and report: what is done
//	    = A Manager; R Service desk analyst      its row of the matrix: letters, then roles
//	policy Every incident is logged: statement
//	  why …
//	measure Time to restore
//
// Words are our own. Where no source names activities they are those of common practice, from "Hatrack".
package library

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"hatrack/internal/itsm"
)

//go:embed practices/*.txt
var files embed.FS

// books are the files of the library with the category of what stands in them, in order.
var books = []struct {
	file     string
	category itsm.Category
}{
	{"practices/general.txt", itsm.GeneralManagement},
	{"practices/service.txt", itsm.ServiceManagement},
	{"practices/technical.txt", itsm.TechnicalManagement},
}

var load = sync.OnceValues(func() ([]itsm.LibraryPractice, error) {
	var all []itsm.LibraryPractice
	for _, b := range books {
		text, err := files.ReadFile(b.file)
		if err != nil {
			return nil, err
		}
		entries, err := parse(b.file, string(text), b.category)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(entries, func(a, b itsm.LibraryPractice) int { return strings.Compare(a.Key, b.Key) })
		all = append(all, entries...)
	}
	text, err := files.ReadFile("practices/names.txt")
	if err != nil {
		return nil, err
	}
	return all, alias(all, string(text))
})

// All are the entries, by category and name. They are shared: nobody changes them.
func All() []itsm.LibraryPractice {
	all, err := load()
	if err != nil {
		panic(err) // the data is part of the program, and a test reads all of it
	}
	return all
}

var loadOrganisation = sync.OnceValues(func() (itsm.LibraryPractice, error) {
	text, err := files.ReadFile("practices/organisation.txt")
	if err != nil {
		return itsm.LibraryPractice{}, err
	}
	entries, err := parse("practices/organisation.txt", string(text), "")
	if err != nil {
		return itsm.LibraryPractice{}, err
	}
	return entries[0], nil
})

// Organisation is what the library has for the organisation itself: the roles that govern all practices. It is no practice.
func Organisation() itsm.LibraryPractice {
	p, err := loadOrganisation()
	if err != nil {
		panic(err) // as in All
	}
	return p
}

// Practice is the entry of a key.
func Practice(key string) (itsm.LibraryPractice, bool) {
	for _, p := range All() {
		if p.Key == key {
			return p, true
		}
	}
	return itsm.LibraryPractice{}, false
}

// byName are the entries by the keys of all names that they go or went by; a name of today comes before another's old one.
var byName = sync.OnceValue(func() map[string]itsm.LibraryPractice {
	named := map[string]itsm.LibraryPractice{}
	for _, p := range All() {
		named[p.Key] = p
	}
	for _, p := range All() {
		for _, key := range p.Keys() {
			if named[key].Key == "" {
				named[key] = p
			}
		}
	}
	return named
})

// Named is the entry that goes or went by a name.
func Named(name string) (itsm.LibraryPractice, bool) {
	p, ok := byName()[itsm.LibraryKey(name)]
	return p, ok
}
