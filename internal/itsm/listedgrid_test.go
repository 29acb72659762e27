package itsm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestMatchRoles(t *testing.T) {
	candidates := []Candidate{
		{RoleRef{1, Owner, "Owner"}, "Incident management", true}, {RoleRef{2, Manager, "Manager"}, "Incident management", true},
		{RoleRef{3, Practitioner, "Service desk analyst"}, "Incident management", true}, {RoleRef{4, Practitioner, "Major incident manager"}, "Incident management", true},
		{RoleRef{5, Whoever, "User"}, "", false}, {RoleRef{6, Practitioner, "Change authority"}, "Change enablement", false},
		{RoleRef{7, Manager, "Manager"}, "Change enablement", false},
	}
	for _, c := range []struct{ headings, want string }{
		{"Owner|Manager|User", "1 same name|2 same name|5 same name"},
		{"Process Owner|Incident Manager", "1 the practice's|2 the practice's"},
		{"Incident management owner|practice manager", "1 the practice's|2 the practice's"},
		{"Inc. Mgr|Service-Desk Analyst", "2 the practice's|3 same name"},
		{"MIM|SDA", "4 abbreviation|3 abbreviation"},
		{"Major incident manager (on call)", "4 abbreviation"},
		{"Maj. Incident Mgr.|Serv. desk an.", "4 abbreviation|3 abbreviation"},
		{"Maj Incident|Service d. analysts", "0 new|0 new"},
		{"Service desk analist|Major incident maneger", "3 similar|4 similar"},
		{"Change authority|Change Authoritty", "0 to be decided|0 new"},
		{"ITSM Owner|GIS Owner", "0 new|0 new"},
		{"Owner|Process owner", "1 same name|0 new"},
		{"Customer", "0 new"},
		{"用户", "0 new"},
	} {
		var got []string
		for _, m := range MatchRoles(strings.Split(c.headings, "|"), nil, candidates, nil) {
			got = append(got, fmt.Sprintf("%d %s", m.RoleID, m.How))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: got %s, want %s", c.headings, s, c.want)
		}
	}
}

// What the file says that a heading stands for finds a role as its own name does, and names a new one.
func TestWhatAHeadingStandsForNamesTheRole(t *testing.T) {
	candidates := []Candidate{{RoleRef{3, Practitioner, "Service desk analyst"}, "Incident management", true}, {RoleRef{6, Practitioner, "Change authority"}, "Change enablement", false}}
	means := map[string]string{"SD1": "Service Desk Analyst", "DIR": "IT Director", "CH": "Change authority"}
	var got []string
	for _, m := range MatchRoles([]string{"SD1", "DIR", "CH", "TL"}, means, candidates, map[string]string{"TL": "new"}) {
		got = append(got, fmt.Sprintf("%s: %d %s %s %d", m.Heading, m.RoleID, m.Name, m.How, m.Elsewhere))
	}
	if s := strings.Join(got, "; "); s != "SD1: 3 Service desk analyst same name 0; DIR: 0 IT Director new 0; CH: 0 Change authority to be decided 6; TL: 0 TL new 0" {
		t.Error(s)
	}
	g := listed("Log: A|R|C")
	g.Roles = []string{"SD1", "CH", "DIR"}
	g.Means = means
	united, answers := UniteGrids([]GridOf{{Listed: g}, {Listed: listed("Tell: A|R|")}}, candidates)
	if p := PlanGrid(united, nil, candidates, answers); !slices.Contains(p.NewRoles(), "IT Director") || asked(p) != "0 role-elsewhere false, 2 no-accountable false" {
		t.Errorf("%v, asks %s", p.NewRoles(), asked(p))
	}
}

// A role of the same name in another practice is asked about; whoever it is in the case is the same everywhere.
func TestRolesOfElsewhereAreAskedAbout(t *testing.T) {
	candidates := []Candidate{{RoleRef{5, Whoever, "User"}, "", false}, {RoleRef{6, Practitioner, "Manager"}, "Change enablement", false}}
	for choice, want := range map[string]string{"": "0 role-elsewhere false", "new": "0 role-elsewhere true", "role:6": "0 role-elsewhere true", "out": ""} {
		g := listed("Log: A|R|C")
		g.Roles[2] = "User"
		p := PlanGrid(g, nil, candidates, GridAnswers{Roles: map[string]string{"Manager": choice}})
		if got := asked(p); got != want {
			t.Errorf("%q: asks %q, want %q", choice, got, want)
		}
	}
}

func TestChosenRoles(t *testing.T) {
	candidates := []Candidate{{RoleRef{1, Owner, "Owner"}, "", true}, {RoleRef{2, Manager, "Manager"}, "", true}}
	got := MatchRoles([]string{"Owner", "Boss", "Sponsor", "Ghost"}, nil, candidates, map[string]string{"Owner": "new", "Boss": "role:1", "Sponsor": "out", "Ghost": "role:99"})
	var choices []string
	for _, m := range got {
		choices = append(choices, m.Choice())
	}
	if s := strings.Join(choices, " "); s != "new role:1 out new" {
		t.Errorf("got %s", s)
	}
}

// listed reads "Name: O=A, M=R" rows.
func listed(rows ...string) ListedGrid {
	g := ListedGrid{Roles: []string{"Owner", "Manager", "Desk analyst"}}
	for i, r := range rows {
		name, cells, _ := strings.Cut(r, ":")
		row := ListedActivity{Line: i + 2, Name: name, Cells: map[string]ListedCell{}}
		for j, w := range strings.Split(cells, "|") {
			w = strings.TrimSpace(w)
			if l, ok := ParseLetters(w); ok {
				row.Cells[g.Roles[j]] = ListedCell{Letters: l}
			} else {
				row.Cells[g.Roles[j]] = ListedCell{Other: []string{w}}
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func planned(p GridPlan) string {
	var out []string
	for _, r := range p.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Letters.String())
		}
		out = append(out, fmt.Sprintf("%s %s %s", r.Name, r.Change, strings.Join(cells, "|")))
	}
	return strings.Join(out, "; ")
}

func asked(p GridPlan) string {
	var out []string
	for _, q := range p.Questions {
		out = append(out, fmt.Sprintf("%d %s %v", q.Line, q.Code, q.Answered))
	}
	return strings.Join(out, ", ")
}

func TestPlanGrid(t *testing.T) {
	m, row := scene("A|R|C", nil)
	_, second := scene("|I|R", nil)
	second.ActivityID, second.Name = 2, "Close"
	m.Rows = []Row{row, second}
	candidates := []Candidate{{m.Columns[0].Ref(), "", true}, {m.Columns[1].Ref(), "", true}, {m.Columns[2].Ref(), "", true}}
	for name, c := range map[string]struct {
		grid    ListedGrid
		answers GridAnswers
		rows    string
		asks    string
	}{
		"the same again":          {listed("log: A|R|C"), GridAnswers{}, "log unchanged A|R|C", ""},
		"another letter":          {listed("Log: A|C|R"), GridAnswers{}, "Log changed A|C|R", ""},
		"a new activity":          {listed("Tell: A||R"), GridAnswers{}, "Tell new A||R", ""},
		"no A is asked":           {listed("Tell: |R|"), GridAnswers{}, "Tell new |R|", "2 no-accountable false"},
		"the owner answers":       {listed("Tell: |R|"), GridAnswers{NoA: "owner"}, "Tell new |R|", "2 no-accountable true"},
		"left open":               {listed("Tell: |R|"), GridAnswers{NoA: "open"}, "Tell new |R|", "2 no-accountable true"},
		"a role answers for all":  {listed("Tell: |R|", "Ask: ||R"), GridAnswers{NoA: "Manager"}, "Tell new |AR|; Ask new |A|R", "2 no-accountable true, 3 no-accountable true"},
		"one row is special":      {listed("Tell: |R|", "Ask: ||R"), GridAnswers{NoA: "owner", RowNoA: map[int]string{3: "Owner"}}, "Tell new |R|; Ask new A||R", "2 no-accountable true, 3 no-accountable true"},
		"several A are asked":     {listed("Tell: A|A|R"), GridAnswers{}, "Tell new A|A|R", "2 several-accountable false"},
		"one keeps it":            {listed("Tell: A|A|AC"), GridAnswers{Several: map[int]string{2: "Manager"}}, "Tell new R|A|C", "2 several-accountable true"},
		"a role without A cannot": {listed("Tell: A|A|R"), GridAnswers{Several: map[int]string{2: "Desk analyst"}}, "Tell new A|A|R", "2 several-accountable false"},
		"a strange letter":        {listed("Tell: A|X|R", "Ask: A|X|R"), GridAnswers{}, "Tell new A||R; Ask new A||R", "0 unknown-letter false"},
		"which means told":        {listed("Tell: A|X|R"), GridAnswers{Letters: map[string]string{"X": "I"}}, "Tell new A|I|R", "0 unknown-letter true"},
		"no name":                 {listed(": A||R"), GridAnswers{}, "Line 2 new A||R", "2 no-activity-name false"},
		"named by hand":           {listed(": A||R"), GridAnswers{Names: map[int]string{2: "Tell"}}, "Tell new A||R", "2 no-activity-name true"},
		"called by its line":      {listed(": A||R"), GridAnswers{Nameless: "line"}, "Line 2 new A||R", "2 no-activity-name true"},
		"but for one":             {listed(": A||R", ": |A|R"), GridAnswers{Nameless: "line", Names: map[int]string{3: "Tell"}}, "Line 2 new A||R; Tell new |A|R", "2 no-activity-name true, 3 no-activity-name true"},
		"left out without a name": {listed(": A||R", "Tell: |A|R"), GridAnswers{Nameless: "out"}, "Tell new |A|R", "2 no-activity-name true"},
		"too long a name":         {listed(strings.Repeat("long ", LabelMax/5) + "name: A||R"), GridAnswers{}, strings.Repeat("long ", LabelMax/5-2) + "long… new A||R", ""},
		"not to be stored":        {listed("a\x00b: A||R"), GridAnswers{}, "", "2 not-storable false"},
		"a column left out":       {listed("Log: A|R|C"), GridAnswers{Roles: map[string]string{"Desk analyst": "out"}}, "Log unchanged A|R", ""},
		"two headings, one role":  {listed("Tell: A|R|C"), GridAnswers{Roles: map[string]string{"Manager": "role:11", "Desk analyst": "role:11"}}, "Tell new A|RC|", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := PlanGrid(c.grid, m, candidates, c.answers)
			if got := planned(p); got != c.rows {
				t.Errorf("rows: got %q, want %q", got, c.rows)
			}
			if got := asked(p); got != c.asks {
				t.Errorf("asks: got %q, want %q", got, c.asks)
			}
		})
	}
	if p := PlanGrid(listed("Tell: |R|", "Ask: |R|", "Log: A|R|C"), m, candidates, GridAnswers{NoA: "open", RowNoA: map[int]string{3: "owner"}}); p.LeftOpen != 1 {
		t.Errorf("%d rows are left open, want one", p.LeftOpen)
	}
	if p := PlanGrid(listed("Log: A|R|C"), m, candidates, GridAnswers{}); len(p.Untouched) != 1 || p.Untouched[0] != "Close" {
		t.Errorf("untouched: %v", p.Untouched)
	}
	if p := PlanGrid(listed("Log: A|R|C"), nil, nil, GridAnswers{}); len(p.NewRoles()) != 3 || p.Count(RowAdded) != 1 {
		t.Errorf("into a new process without roles: %+v", p)
	}
}

// Rows of one line of a file, as in a grid that was turned round, are answered for one by one.
func TestRowsOfOneLineAreNumbered(t *testing.T) {
	g := listed("Tell: A|A|R", "Ask: A|A|R")
	for i := range g.Rows {
		g.Rows[i].Line = 3
	}
	p := PlanGrid(g.Numbered(), nil, nil, GridAnswers{Several: map[int]string{2: "Manager"}})
	if got, want := asked(p), "1 several-accountable false, 2 several-accountable true"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if g.Rows[1].Line != 3 {
		t.Error("the grid itself was changed")
	}
	if plain := listed("Tell: A|A|R", "Ask: A|A|R"); plain.Numbered().Rows[0].Line != plain.Rows[0].Line {
		t.Error("rows with lines of their own lose them")
	}
}
