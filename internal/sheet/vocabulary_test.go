package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Words for parts are read in many languages; those that nobody here knows are asked about, and make no column of remarks.
func TestWordsForParts(t *testing.T) {
	const grid = "Task;Desk;Lead;Ops;Owner\nLog;R;I;;A\nSort;R;C;;A\nEscalate;R;A;C;I\nRestore;C;A;R;I\nClose;R;I;;A\n"
	want := []string{"Desk|Lead|Ops|Owner", "Log: R|I||A", "Sort: R|C||A", "Escalate: R|A|C|I", "Restore: C|A|R|I", "Close: R|I||A"}
	in := func(words string) Grid {
		t.Helper()
		w := strings.Split(words, ",")
		rows := strings.SplitAfterN(grid, "\n", 2)
		text := rows[0] + strings.NewReplacer(";R", ";"+w[0], ";A", ";"+w[1], ";C", ";"+w[2], ";I", ";"+w[3], "\nRestore", "\nRestore").Replace(rows[1])
		reading, err := ReadGrids("x.csv", []byte(text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Fatalf("%s: %v", words, err)
		}
		return reading.Grids[0]
	}
	for _, words := range []string{
		"Durchführungsverantwortung,Gesamtverantwortung,Beratung,Information", "Réalise,Approuve,Consulté,Informé", "Esegue,Approva,Consultato,Informato",
		"Wykonuje,Odpowiada,Konsultuje,Informowany", "Utför,Ansvarig,Konsulteras,Informeras", "Исполнитель,Ответственный,Консультирует,Информируется",
		"실무담당,의사결정,자문,통보", "负责,批准,咨询,知会",
	} {
		g := in(words)
		if diff := cmp.Diff(want, shown(g)); diff != "" || g.Verdict != IsRACI {
			t.Errorf("%s: %s %s", words, g.Verdict, diff)
		}
	}
	g := in("Blarg,Zorp,Consulted,Informed")
	if g.Verdict == NotAGrid || len(g.Roles) != 4 {
		t.Errorf("words of no language: %s, roles %v", g.Verdict, g.Roles)
	}
	asked := ""
	for _, p := range g.Problems {
		if p.Code == "unknown-letter" {
			asked += p.Text
		}
	}
	if !strings.Contains(asked, "Blarg") || !strings.Contains(asked, "Zorp") {
		t.Errorf("nobody asks what they mean: %q", asked)
	}
}

func TestUnseenSigns(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Task,Ser\u00advice\u200b desk\u200b,\u200eLead\u200f\nPl\u202ean\u2060,\u200bR\u200b,A\nBuild,R,A\u200b\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Service desk|Lead", "Plan: R|A", "Build: R|A"}, shown(g)); diff != "" {
		t.Error(diff)
	}
}
