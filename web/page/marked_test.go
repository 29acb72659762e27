package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMarked(t *testing.T) {
	for _, c := range []struct{ text, words, want string }{
		{"Log an incident", "logging", "<mark>Log</mark> an incident"},
		{"Diagnose and escalate", "diagnosing", "<mark>Diagnose</mark> and escalate"},
		{"Incident management", "incid manager", "<mark>Incident</mark> <mark>management</mark>"},
		{"Søren Großmann", "soren grossmann", "<mark>Søren</mark> <mark>Großmann</mark>"},
		{`<script>alert("log")</script>`, "log script", `&lt;<mark>script</mark>&gt;alert(&#34;<mark>log</mark>&#34;)&lt;/<mark>script</mark>&gt;`},
		{"Catalogue", "log", "Catalogue"},
		{"A of a row", "a", "<mark>A</mark> of <mark>a</mark> row"},
		{"変更 管理", "変更", "<mark>変更</mark> 管理"},
		{"", "x", ""},
		{"Nothing", "", "Nothing"},
	} {
		var b strings.Builder
		if err := marked(c.text, lookFor(strings.Fields(c.words))).Render(t.Context(), &b); err != nil || b.String() != c.want {
			t.Errorf("%q for %q: %s", c.text, c.words, b.String())
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Every word is äöü. ", 30) + "Known errors are kept here. " + strings.Repeat("More of it ÅÄÖ. ", 30)
	got := excerpt(long, lookFor([]string{"errors"}))
	if !strings.Contains(got, "Known errors are kept") || !utf8.ValidString(got) || len(got) > excerptSize+20 || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") {
		t.Errorf("got %q", got)
	}
	for text, want := range map[string]string{"Known  errors\nhere": "Known errors here", "nothing here": "", strings.Repeat("ä", 400) + " errors": "… errors"} {
		if got := excerpt(text, lookFor([]string{"errors"})); got != want {
			t.Errorf("%.20q: got %q, want %q", text, got, want)
		}
	}
}
