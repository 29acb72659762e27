package page

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// sampleRACI is a matrix of rows × columns with a Manager per region in its second column.
func sampleRACI(rows, columns int) RACI {
	m := &itsm.Matrix{PracticeID: 1, Practice: "Incident management", ProcessID: 7, Process: "Handle an incident", Editable: true,
		Regions: []itsm.RegionRef{{ID: 1, Name: "Americas"}, {ID: 2, Name: "EMEA"}}}
	holding := func(id int64, name string, region int64) itsm.Holding {
		return itsm.Holding{PersonID: id, Name: name, AnswersID: id, Answers: name, Capacity: itsm.Holder, RegionID: region}
	}
	for i := range columns {
		c := itsm.Column{Role: itsm.Role{ID: int64(i + 1), Kind: itsm.Practitioner, Name: fmt.Sprintf("Role %d", i+1)}, Source: itsm.OfPractice, Holdings: []itsm.Holding{holding(int64(100+i), fmt.Sprintf("Person %d", i), 0)}}
		switch i {
		case 0:
			c.Role.Kind = itsm.Owner
			m.Owner = c
		case 1:
			c.Role.Kind, c.Holdings = itsm.Manager, []itsm.Holding{holding(501, "Ana Souza", 1), holding(502, "Jonas Lindqvist", 2)}
		}
		m.Columns = append(m.Columns, c)
	}
	m.Owner = m.Columns[0]
	for i := range rows {
		row := itsm.Row{ActivityID: int64(i + 1), Position: i + 1, Name: fmt.Sprintf("Activity %d", i+1), Counter: 1, Cells: make([]itsm.Cell, columns)}
		for j := range columns {
			row.Cells[j].Letters = []itsm.Letters{0, itsm.LetterR, itsm.LetterC, 0, itsm.LetterI, 0}[(i*5+j)%6]
		}
		row.Cells[1].Letters, row.Cells[2].Letters = itsm.LetterA, itsm.LetterR
		m.Rows = append(m.Rows, row)
	}
	return RACI{Matrix: m, MayEdit: true}
}

func rendered(t testing.TB, v RACI) string {
	t.Helper()
	var b bytes.Buffer
	if err := v.Page().Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryRowNamesWhoAnswersInTheRegion(t *testing.T) {
	v := sampleRACI(5, 6)
	for region, want := range map[int64]string{0: "one per region (2)", 1: "Ana Souza", 2: "Jonas Lindqvist"} {
		v.At.Region = region
		if got := strings.Count(rendered(t, v), "A: <bdi>"+want+"</bdi>"); got != 5 {
			t.Errorf("region %d: %d of 5 rows say %q", region, got, want)
		}
	}
}

func TestWhoAnswersIsNamedInEachRegion(t *testing.T) {
	v := sampleRACI(2, 4)
	v.Days = Days{At: itsm.Day(2026, 3, 1), Today: itsm.Day(2026, 11, 23)}
	sentence := func() string {
		html := rendered(t, v)
		return html[strings.Index(html, `id="answers"`):strings.Index(html, "</section>")]
	}
	if got := sentence(); !strings.Contains(got, "Ana Souza (Americas) and Jonas Lindqvist (EMEA)</bdi></b> <bdi>answered for Activity 1, Activity 2, as Role 2.") {
		t.Errorf("got %s", got)
	}
	v.Matrix.Regions = append(v.Matrix.Regions, itsm.RegionRef{ID: 3, Name: "APAC"})
	if got := sentence(); !strings.Contains(got, "as Role 2, and Person 0 (APAC) as Owner,") {
		t.Errorf("nobody says who answers where no Manager is: %s", got)
	}
	for id := int64(4); id < 14; id++ {
		v.Matrix.Regions = append(v.Matrix.Regions, itsm.RegionRef{ID: id, Name: fmt.Sprintf("Region %d", id)})
	}
	if got := sentence(); !strings.Contains(got, "One per region (2)") {
		t.Errorf("too many regions for a sentence are listed: %s", got)
	}
}

func TestARowIsNotWellWhileItsOwnerIsVacant(t *testing.T) {
	v := sampleRACI(2, 4)
	v.Matrix.Columns[0].Holdings, v.Matrix.Owner.Holdings = nil, nil
	for i := range v.Matrix.Rows {
		v.Matrix.Rows[i].Cells[0].Letters, v.Matrix.Rows[i].Cells[1].Letters = itsm.LetterA, itsm.LetterC
	}
	if html := rendered(t, v); strings.Count(html, "Owner vacant") != 2 || strings.Contains(html, ">OK<") {
		t.Error("rows that nobody answers for are OK")
	}
}

func TestAReaderSeesNoEditor(t *testing.T) {
	v := sampleRACI(3, 4)
	if html := rendered(t, v); !strings.Contains(html, "data-save") {
		t.Error("whoever may edit gets no editor")
	}
	v.MayEdit = false
	if html := rendered(t, v); strings.Contains(html, "data-save") || strings.Contains(html, "Add an activity") {
		t.Error("a reader gets an editor")
	}
	day := itsm.Day(2026, 3, 1)
	v.Days = Days{At: day, Today: itsm.Day(2026, 11, 23)}
	if html := rendered(t, v); !strings.Contains(html, "On 1 Mar 2026") || !strings.Contains(html, "answered for") {
		t.Error("another day does not say which day it is, and who answered")
	}
}

func TestOnlyGaps(t *testing.T) {
	v := sampleRACI(4, 4)
	v.Matrix.Rows[2].Cells = make([]itsm.Cell, 4)
	v.At.OnlyGaps = true
	html := rendered(t, v)
	if !strings.Contains(html, "Activity 3") || strings.Contains(html, "Activity 1<") || !strings.Contains(html, "No R") {
		t.Error("only the row with a gap should be shown")
	}
}

func BenchmarkMatrix60x12(b *testing.B) { benchmark(b, 60, 12) }
func BenchmarkMatrix60x40(b *testing.B) { benchmark(b, 60, 40) }

func benchmark(b *testing.B, rows, columns int) {
	v := sampleRACI(rows, columns)
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := v.Page().Render(context.Background(), &out); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
	}
}

// A line of the Check column holds the words that fit; the rest is behind its number, and a list shows all of them.
func TestTheCheckColumnKeepsToOneLine(t *testing.T) {
	a := itsm.Accountable{Explicit: true, State: itsm.Named, Role: itsm.RoleRef{Kind: itsm.Owner}}
	word := func(texts ...string) (problems []itsm.RowProblem) {
		for _, w := range texts {
			problems = append(problems, itsm.RowProblem{Severity: itsm.Grey, Word: w})
		}
		return problems
	}
	for name, c := range map[string]struct {
		problems []itsm.RowProblem
		behind   string
	}{
		"two short ones": {word("6 × R", "5 × C"), ""},
		"a long pair":    {word("R held by nobody", "A held by several"), "+1"},
		"three":          {word("A held by 2", "7 × I", "4 × R"), "+2"},
	} {
		var b bytes.Buffer
		var check checked
		check.say(&itsm.Matrix{}, c.problems, &a)
		if err := check.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		before, rest, folded := strings.Cut(b.String(), "<details")
		if folded != (c.behind != "") || folded && !strings.Contains(rest, ">"+c.behind+"<") || !strings.Contains(before, c.problems[0].Word) {
			t.Errorf("%s: %s", name, b.String())
		}
		for _, p := range c.problems {
			if strings.Count(b.String(), p.Word) != 1 {
				t.Errorf("%s: %q does not stand there once", name, p.Word)
			}
		}
		b.Reset()
		if err := allChecked(&itsm.Matrix{}, c.problems, a).Render(t.Context(), &b); err != nil || strings.Contains(b.String(), "<details") {
			t.Errorf("%s: a list folds words away: %v", name, err)
		}
	}
}

// What is wrong with a row stands before who answers from above, and that before what is asked.
func TestTheWorstOfARowIsSaidFirst(t *testing.T) {
	owner := itsm.Accountable{State: itsm.Named, Role: itsm.RoleRef{Kind: itsm.Owner}}
	problem := func(s itsm.Severity, word string) itsm.RowProblem { return itsm.RowProblem{Severity: s, Word: word} }
	words := func(problems ...itsm.RowProblem) (said string) {
		for _, w := range checkWords(nil, &itsm.Matrix{}, problems, &owner) {
			said += w.word + ". "
		}
		return said
	}
	red, grey := problem(itsm.Red, "R held by nobody"), problem(itsm.Grey, "7 × I")
	for got, want := range map[string]string{
		words():          "A from owner. ",
		words(red):       "R held by nobody. A from owner. ",
		words(grey):      "A from owner. 7 × I. ",
		words(red, grey): "R held by nobody. A from owner. 7 × I. ",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What is asked of a column from elsewhere says whose role it is, and leads nowhere for who may not go there.
func TestAQuestionSaysWhoseRoleItAsksAbout(t *testing.T) {
	v := sampleRACI(8, 7)
	guest := &v.Matrix.Columns[6]
	guest.Role.Kind, guest.Role.Name, guest.Role.ScopeName, guest.Source = itsm.Manager, "Practice Manager", "Change enablement", itsm.Invited
	for i := range v.Matrix.Rows {
		v.Matrix.Rows[i].Cells[6].Letters = 0
	}
	told := func() string {
		var all []string
		for _, q := range v.questions() {
			for _, l := range q.Roles {
				all = append(all, l.Text+" "+l.Href)
			}
		}
		return strings.Join(all, "\n")
	}
	if got := told(); strings.Contains(got, "Change enablement") || strings.Contains(got, RoleURL(7, "")) {
		t.Errorf("a supplier is led to a role of another practice: %s", got)
	}
	v.Directory = true
	if got := told(); !strings.Contains(got, "Practice Manager of Change enablement "+RoleURL(7, "Practice Manager")) {
		t.Errorf("the questions name %s", got)
	}
}
