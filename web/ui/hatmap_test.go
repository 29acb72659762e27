package ui

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestHatCellDrawsMarksNumberAndWords(t *testing.T) {
	for name, c := range map[string]struct {
		cell HatCell
		want string
	}{
		"empty": {HatCell{Heat: 3, Count: "7"}, "<td></td>"},
		"a manager who acts elsewhere, with the number printed": {HatCell{Marks: HatM | HatHalfM, Heat: 3, Count: "9", Words: `Manager & more`},
			`<td class="h3"><span class="c" title="Manager &amp; more"><i class="g g-m" aria-hidden="true">M</i><i class="g g-m half" aria-hidden="true">M</i><span class="n" aria-hidden="true">9</span><span class="vh">Manager &amp; more</span></span></td>`},
		"a hat with no A and R": {HatCell{Marks: HatO, Count: "0"}, `<td><span class="c"><i class="g g-o" aria-hidden="true">O</i><span class="n" aria-hidden="true">0</span></span></td>`},
		"a vacant Owner that leads to the form": {HatCell{Holes: []HatHole{{Letter: "O", Href: "/assignments/new?role=7&x", Words: "Supplier: Owner vacant", Count: 1}}},
			`<td><span class="c"><a class="ho" href="/assignments/new?role=7&amp;x" title="Supplier: Owner vacant"><i class="g g-o hole" aria-hidden="true">O</i><span class="vh">Supplier: Owner vacant</span></a></span></td>`},
		"two vacant Managers": {HatCell{Holes: []HatHole{{Letter: "M", Words: "in two regions", Count: 2}}},
			`<td><span class="c"><span class="ho" title="in two regions"><i class="g g-m hole calm" aria-hidden="true">M</i><span class="n" aria-hidden="true">2</span><span class="vh">in two regions</span></span></span></td>`},
	} {
		var b strings.Builder
		c.cell.write(&b)
		if got := b.String(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
	var b strings.Builder
	if (HatCell{Marks: HatP, Team: true}).write(&b); !strings.Contains(b.String(), "tm") {
		t.Errorf("through a team: %s", b.String())
	}
}

func sampleHatMap(rows, columns int) HatMap {
	m := HatMap{Label: "Who wears which hat", Corner: "Person", Last: "Hats", Foot: "People per practice", Counts: make([]int, columns)}
	for i := range columns {
		m.Columns = append(m.Columns, HatColumn{Name: fmt.Sprintf("Practice %d", i), Href: "/practices/1"})
	}
	for i := range rows {
		r := HatRow{Name: fmt.Sprintf("Person %d", i), Href: "/people/1", Cells: make([]HatCell, columns), Bar: i, Sum: "3 hats · 10"}
		for j := range columns {
			if (i+j)%5 == 0 {
				r.Cells[j] = HatCell{Marks: HatMarks(1 << (j % 6)), Heat: j % 5, Count: "4", Words: "Practitioner through Service desk: 4 A and R", Team: true}
			}
		}
		m.Rows = append(m.Rows, r)
	}
	return m
}

func TestHatMapIsATableWithHeads(t *testing.T) {
	m := sampleHatMap(2, 3)
	m.Rows[0].Group, m.Rows[0].GroupHref = "Service desk", "/teams/4"
	markup := render(t, m.View())
	has(t, markup, `role="region"`, `<th scope="col">`, `scope="colgroup"`, `href="/teams/4"`, `<th class="first" scope="row">`, `<tfoot>`)
}

func BenchmarkHatMap50x30(b *testing.B) {
	m := sampleHatMap(50, 30)
	for b.Loop() {
		if err := m.View().Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
