package page

import (
	"context"
	"strings"
	"testing"
)

func TestDesignShowsEveryPart(t *testing.T) {
	var out strings.Builder
	if err := (Design{Self: "/design", Save: "/design/cell", Pick: "/design/people"}).Page().Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{
		"<h1>", `class="tabs"`, `data-theme="light"`, `data-theme="dark"`, `class="kpis"`, `class="hats top2"`, `data-save="/design/cell"`, `id="grid-notes"`,
		`class="flow pro"`, `class="note crit"`, `class="facts"`, `class="tl"`, `class="errsum"`, `data-source="/design/people"`, `class="choices cards"`,
		`type="file"`, `class="empty"`, `class="steps"`, "<progress", `class="versus"`, "<dialog", `class="list`, `class="pager"`, `class="asof"`,
	} {
		if !strings.Contains(out.String(), piece) {
			t.Errorf("%s is missing", piece)
		}
	}
}
