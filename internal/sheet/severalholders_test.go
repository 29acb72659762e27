package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Commas part names where all of them have two words at least, and accounts in brackets are no part of a name.
func TestSeveralAtCommas(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"two, and three":           {"Role,Holder\nBaker,\"Ida Roe, Ole Sun\"\nCook,\"Uma Fay, Ben Ash and Gus Hay\"\n", []string{"Ida Roe, Baker, , ", "Ole Sun, Baker, , ", "Uma Fay, Cook, , ", "Ben Ash, Cook, , ", "Gus Hay, Cook, , "}},
		"accounts":                 {"Role,Holder\nBaker,\"@ida-roe, @olesun\"\nCook,@umafay\n", []string{"@ida-roe, Baker, , ", "@olesun, Baker, , ", "@umafay, Cook, , "}},
		"names with accounts":      {"Role,Holder\nBaker,Ida Roe (@ida / chat: @roe)\nCook,\"Ole Sun (@ole), Uma Fay (@uma / chat: fay)\"\n", []string{"Ida Roe, Baker, , ", "Ole Sun, Cook, , ", "Uma Fay, Cook, , "}},
		"family names first":       {"Role,Holder\nBaker,\"Roe, Ida\"\nCook,\"Van Sun, Ole Per\"\n", []string{"Ida Roe, Baker, , ", "Ole Per Van Sun, Cook, , "}},
		"where somebody works":     {"Role,Holder\nBaker,\"Ida Roe, Oven Labs\"\nCook,Ole Sun\n", []string{"Ida Roe, Oven Labs, Baker, , ", "Ole Sun, Cook, , "}},
		"how many members it has":  {"Committee Name,Chair,Members\nOvens,Ida Roe,12\nDoors,Ole Sun,9\n", []string{"Ida Roe, Chair, Ovens, ", "Ole Sun, Chair, Doors, "}},
		"owners in the plural":     {"Role,Owner(s)\nBaker,Ida Roe\nCook,Ole Sun\n", []string{"Ida Roe, Baker, , ", "Ole Sun, Cook, , "}},
		"a task and who stands in": {"Aufgabe,Verantwortlich,Stellvertretung\nBacken,Ida Roe,Ole Sun\nPutzen,Uma Fay,\n", []string{"Ida Roe, Verantwortlich, Backen, ", "Ole Sun, Verantwortlich, Backen, ", "Uma Fay, Verantwortlich, Putzen, "}},
		"what is to be done":       {"Task,Responsible,Backup,Due\nBake,Ida Roe,Ole Sun,2026-05-01\nClean,Uma Fay,,2026-05-02\n", refusedAsHats},
		"roles without headings":   {"Safety Manager,Ida Roe\nOven Manager,Ole Sun and Uma Fay\nRelease Lead,Ben Ash\n", []string{"Ida Roe, Safety Manager, , ", "Ole Sun, Oven Manager, , ", "Uma Fay, Oven Manager, , ", "Ben Ash, Release Lead, , "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.csv", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
