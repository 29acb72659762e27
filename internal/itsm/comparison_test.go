package itsm

import (
	"strings"
	"testing"
)

// said are doers in few words, for comparing.
func said(list []Doer) string {
	var out []string
	for _, d := range list {
		text := d.Role.Name + "=" + d.Name
		if d.InCase {
			text += "in case"
		}
		if d.For != "" {
			text += " for " + d.For
		}
		if d.Capacity == Acting {
			text += " acting"
		}
		if d.FromOwner {
			text += " from owner"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestTwoDaysOfAMatrixSayWhoWoreALetterAndWhatChanged(t *testing.T) {
	t.Parallel()
	all := []Holding{marta}
	for name, c := range map[string]struct {
		letters  string
		before   map[int64][]Holding
		after    map[int64][]Holding
		region   int64
		letter   Letters
		from, to string
		changed  bool
	}{
		"another Manager answers":           {"|A|R", map[int64][]Holding{manager: {ana}}, map[int64][]Holding{manager: {jonas}}, 0, LetterA, "Manager=Ana", "Manager=Jonas", true},
		"the same one":                      {"|A|R", map[int64][]Holding{manager: {ana}}, map[int64][]Holding{manager: {ana}}, 0, LetterA, "Manager=Ana", "Manager=Ana", false},
		"held, then acting":                 {"|A|R", map[int64][]Holding{manager: {ana}}, map[int64][]Holding{manager: {ana.as(Acting)}}, 0, LetterA, "Manager=Ana", "Manager=Ana acting", true},
		"the Owner answers without an A":    {"||R", map[int64][]Holding{owner: all}, map[int64][]Holding{}, 0, LetterA, "Owner=Marta from owner", "Owner= from owner", true},
		"vacant, so the Owner":              {"|A|R", map[int64][]Holding{owner: all, manager: {ana}}, map[int64][]Holding{owner: all}, 0, LetterA, "Manager=Ana", "Owner=Marta from owner", true},
		"one of the regions":                {"|A|R", map[int64][]Holding{manager: {ana.in(emea), jonas.in(apac)}}, map[int64][]Holding{manager: {ana.in(emea), lin.in(apac)}}, 0, LetterA, "Manager=Jonas; Manager=Ana", "Manager=Lin; Manager=Ana", true},
		"another region than asked":         {"|A|R", map[int64][]Holding{manager: {ana.in(emea), jonas.in(apac)}}, map[int64][]Holding{manager: {ana.in(emea), lin.in(apac)}}, germany, LetterA, "Manager=Ana", "Manager=Ana", false},
		"a team's lead answers":             {"||AR", map[int64][]Holding{desk: {team}}, map[int64][]Holding{desk: {noLead}}, 0, LetterA, "Desk analyst=Tom for Service desk", "Desk analyst=Night shift", true},
		"and the team does it":              {"||AR", map[int64][]Holding{desk: {team}}, map[int64][]Holding{desk: {team, jonas}}, 0, LetterR, "Desk analyst=Service desk", "Desk analyst=Jonas; Desk analyst=Service desk", true},
		"a hat that nobody wears":           {"|A||R", map[int64][]Holding{}, map[int64][]Holding{}, 0, LetterR, "Major incident manager=", "Major incident manager=", false},
		"a deputy counts while standing in": {"|A|R", map[int64][]Holding{desk: {jonas, lin.as(Deputy)}}, map[int64][]Holding{desk: {jonas.away(), lin.standingIn()}}, 0, LetterR, "Desk analyst=Jonas", "Desk analyst=Jonas; Desk analyst=Lin", true},
	} {
		from, _ := scene(c.letters, c.before)
		to, _ := scene(c.letters, c.after)
		row := Compare(from, to, c.region).Rows[0]
		for _, l := range row.Letters {
			if l.Letter == c.letter && (said(l.From) != c.from || said(l.To) != c.to || l.Changed() != c.changed) {
				t.Errorf("%s: %q, then %q, changed %v", name, said(l.From), said(l.To), l.Changed())
			}
		}
	}
}

func TestActivitiesOfOnlyOneDayAreMarked(t *testing.T) {
	t.Parallel()
	from, _ := scene("|A|R", map[int64][]Holding{manager: {ana}})
	to, _ := scene("|A|R", map[int64][]Holding{manager: {ana}})
	from.Rows = append(from.Rows, Row{ActivityID: 2, Name: "Fax it", Cells: make([]Cell, len(from.Columns))})
	to.Rows = append(to.Rows, Row{ActivityID: 3, Name: "Chat", Cells: make([]Cell, len(to.Columns))})
	c := Compare(from, to, 0)
	if len(c.Rows) != 3 || c.Rows[0].Changed() || !c.Rows[1].In || !c.Rows[2].Gone || c.Rows[2].Name != "Fax it" || len(c.Changed()) != 2 {
		t.Errorf("rows: %+v", c.Rows)
	}
}
