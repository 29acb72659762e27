package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// render draws a part with children of its own.
func render(t *testing.T, part templ.Component) string {
	t.Helper()
	var out strings.Builder
	if err := part.Render(templ.WithChildren(context.Background(), templ.Raw("<p>inside</p>")), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// has checks that all pieces stand in the markup, in this order.
func has(t *testing.T, markup string, pieces ...string) {
	t.Helper()
	rest := markup
	for _, piece := range pieces {
		_, after, found := strings.Cut(rest, piece)
		if !found {
			t.Errorf("%q is missing, or not in its place, in\n%s", piece, markup)
			return
		}
		rest = after
	}
}

func lacks(t *testing.T, markup string, pieces ...string) {
	t.Helper()
	for _, piece := range pieces {
		if strings.Contains(markup, piece) {
			t.Errorf("%q stands in\n%s", piece, markup)
		}
	}
}

const nasty = `<img src=x onerror=alert(1)>"'&`

func TestEveryPartEscapesWhatPeopleTyped(t *testing.T) {
	parts := map[string]templ.Component{
		"shell": Shell{
			Title: nasty, Query: nasty, Search: "/search", Crumbs: []Link{{nasty, "/"}}, Flash: Notice{Text: nasty},
			Nav: []NavItem{{Text: nasty, Href: "/"}}, Reader: Reader{Name: nasty, Detail: nasty},
		}.View(),
		"head":   PageHead{Title: nasty, Lede: nasty}.View(),
		"tabs":   Tabs(nasty, []Tab{{Text: nasty, Href: "/"}}),
		"button": Button{Text: nasty, Name: nasty, Value: nasty, Confirm: nasty}.View(),
		"tag":    Tag(OK, nasty),
		"source": Source{Text: nasty, Link: Link{nasty, "/"}}.View(),
		"card":   Card{Title: nasty, Count: nasty}.View(),
		"note":   Note{Title: nasty, Text: nasty}.View(),
		"empty":  EmptyState{Title: nasty, Text: nasty}.View(),
		"person": PersonLine{Name: nasty, Detail: nasty}.View(),
		"facts":  Facts([]Fact{{Name: nasty, Text: nasty}}),
		"times":  Timeline([]Moment{{Who: nasty, Text: nasty, When: nasty}}),
		"input":  Field{Name: nasty, Label: nasty, Value: nasty, Hint: nasty, Err: nasty, Placeholder: nasty}.Input(),
		"area":   Field{Name: "x", Label: nasty, Value: nasty}.Textarea(),
		"select": Field{Name: "x", Label: nasty}.Select([]Option{{Value: nasty, Text: nasty, Detail: nasty, Group: nasty}}),
		"radios": Field{Name: "x", Label: nasty}.Radios([]Option{{Value: nasty, Text: nasty, Detail: nasty}}),
		"errors": ErrorSummary([]FieldError{{nasty, nasty}}),
		"picker": Picker{Field: Field{Name: nasty, Label: nasty}, Query: nasty, Source: nasty, Options: []Option{{Value: nasty, Text: nasty}}}.View(),
		"picked": PickerOptions(nasty, []Option{{Value: nasty, Text: nasty, Detail: nasty}}, true),
		"filter": FilterBar{Label: nasty, Result: nasty, Reset: nasty}.View(),
		"table":  Table{Label: nasty, Heads: []Head{{Text: nasty}}}.View(),
		"dialog": Dialog{ID: nasty, Title: nasty}.View(),
		"day":    AsOf{Day: nasty, Text: nasty, Keep: []Param{{nasty, nasty}}}.View(),
		"glyph":  Glyph(nasty, Solid),
		"grid": Grid{
			Label: nasty, Columns: []GridColumn{{Key: nasty, Name: nasty, Detail: nasty}}, Groups: []GridGroup{{nasty, 1}},
			Rows: []GridRow{{Key: nasty, No: nasty, Name: nasty, Section: nasty, Cells: []Cell{{}, {}}, Notes: map[int]string{0: nasty}, Was: map[int]string{1: nasty}}},
		}.View(),
		"versus": Versus{Mine: nasty, Theirs: nasty, Lines: []VersusLine{{nasty, nasty, "b"}}}.View(),
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			markup := render(t, part)
			lacks(t, markup, "<img", nasty)
			has(t, markup, "&lt;img src=x onerror=alert(1)&gt;")
		})
	}
}

func TestAddressesThatRunScriptAreNotFollowed(t *testing.T) {
	const bad = "javascript:alert(1)"
	for name, part := range map[string]templ.Component{
		"link":   LinkList([]ListItem{{Text: "x", Href: bad}}),
		"button": Button{Text: "x", Href: bad}.View(),
		"person": PersonLine{Name: "x", Href: bad}.View(),
		"form":   Confirm{Title: "x", Action: bad, Back: "/"}.View(),
	} {
		t.Run(name, func(t *testing.T) { lacks(t, render(t, part), bad) })
	}
}

func TestShell(t *testing.T) {
	signedIn := render(t, Shell{
		Title: "Handle an incident", Theme: "dark", Wide: true, Search: "/search", Scripts: []string{"grid.js", "grid.js", "no-such.js"},
		Nav:    []NavItem{{Text: "My hats", Href: "/hats"}, {Text: "Practices", Href: "/practices", Current: true}},
		Crumbs: []Link{{"Practices", "/practices"}},
		Reader: Reader{Name: "Marta Nowak", SignOut: "/sign-out", Theme: "/theme"},
		Flash:  Notice{Tone: OK, Text: "Saved."},
	}.View())
	has(t, signedIn, `<html lang="en" data-theme="dark" data-print="wide">`, "<title>Handle an incident · Hatrack</title>",
		`href="#main">Skip to content`, `<a href="/practices" aria-current="page">Practices`, `role="search"`,
		"Marta Nowak, your account", `method="post" action="/theme"`, `value="auto" aria-pressed="false"`, `value="dark" aria-pressed="true"`, `method="post" action="/sign-out"`,
		`<main class="wrap" id="main"`, `aria-label="Breadcrumb"`, "Saved.", "<p>inside</p>", "</main>", `id="live" role="status"`)
	if strings.Count(signedIn, "/static/grid.") != 1 {
		t.Error("grid.js is not asked for exactly once")
	}
	lacks(t, signedIn, "no-such.js")

	bare := render(t, Shell{Title: "Sign in", Bare: true}.View())
	has(t, bare, `<main class="wrap bare"`)
	lacks(t, bare, "<header", "data-theme", `<nav`, "notice")
}

func TestFieldTiesHintAndErrorToItsControl(t *testing.T) {
	markup := render(t, Field{Name: "from", Label: "First day", Type: "date", Hint: "From then on.", Err: "There is no such day.", Optional: true}.Input())
	has(t, markup, `<label for="f-from">First day`, "optional", `id="f-from-hint">From then on.`, `type="date"`,
		`aria-describedby="f-from-err f-from-hint"`, `aria-invalid="true"`, `id="f-from-err"`, "There is no such day.")
	lacks(t, render(t, Field{Name: "from", Label: "First day"}.Input()), "aria-invalid", "aria-describedby", "optional")

	summary := render(t, ErrorSummary([]FieldError{{"from", "There is no such day"}, {"", "Try again"}}))
	has(t, summary, `role="alert"`, "2 things", `<a href="#f-from">There is no such day</a>`, "<li>Try again")
	if render(t, ErrorSummary(nil)) != "" {
		t.Error("a summary without errors shows something")
	}
}

func TestSelectGroupsNeighbours(t *testing.T) {
	markup := render(t, Field{Name: "role", Label: "Role"}.Select([]Option{
		{Value: "", Text: "Choose"}, {Group: "Incident", Value: "1", Text: "Owner", Selected: true}, {Group: "Incident", Value: "2", Text: "Manager"},
		{Group: "Change", Value: "3", Text: "Owner", Disabled: true},
	}))
	has(t, markup, "Choose", `<optgroup label="Incident">`, `value="1" selected`, `value="2"`, "</optgroup>", `<optgroup label="Change">`, `value="3" disabled`)
	if n := strings.Count(markup, "<optgroup"); n != 2 {
		t.Errorf("%d groups", n)
	}
}

func TestTextareaKeepsALeadingLineBreak(t *testing.T) {
	has(t, render(t, Field{Name: "x", Label: "x", Value: "\nsecond line"}.Textarea()), ">\n\nsecond line</textarea>")
}

func TestPager(t *testing.T) {
	href := func(page int) string { return "/people?page=" + Count(page) }
	middle := Pager{From: 451, To: 500, Total: 22214, Many: "people", Page: 10, Pages: 445, Href: href}
	if want := []int{1, 0, 9, 10, 11, 0, 445}; !slices.Equal(middle.numbers(), want) {
		t.Errorf("pages %v, want %v", middle.numbers(), want)
	}
	has(t, render(t, middle.View()), "451 to 500 of 22,214 people", `href="/people?page=9" rel="prev"`, `aria-current="page"`, `href="/people?page=11" rel="next"`)
	only := render(t, Pager{From: 1, To: 3, Total: 3, Many: "people", Page: 1, Pages: 1}.View())
	has(t, only, "3 people")
	has(t, render(t, Pager{From: 1, To: 1, Total: 1, One: "person", Many: "people", Page: 1, Pages: 1}.View()), "1 person")
	lacks(t, only, "<a ")
}

func TestSortedHeadSaysSo(t *testing.T) {
	markup := render(t, Table{Label: "People", Heads: []Head{{Text: "Name", Href: "?sort=-name", Sort: Ascending}, {Text: "Hats", Num: true}, {Text: "Actions", Hidden: true}}}.View())
	has(t, markup, `aria-label="People"`, `aria-sort="ascending"`, `href="?sort=-name"`, `class="num"`, `<span class="vh">Actions</span>`, "<p>inside</p>")
}

func TestWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 22214: "22,214", -1234567: "-1,234,567"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
	for name, want := range map[string]string{
		"Ana Souza": "AS", "Nguyễn Thị Minh Khai": "NK", "Prince": "P", "王 伟": "王伟", "4711": "?", "": "?", "Ana (extern) Souza": "AS",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}
