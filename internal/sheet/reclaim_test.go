package sheet

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A role that does with words that nobody here knows stays a role, and what they mean is asked: nothing goes without being said.
func TestARoleWithUnknownWordsStaysARole(t *testing.T) {
	tests := []struct {
		name, text string
		roles      []string
		problem    string
	}{
		{"known words beside one that is none", "Aufgabe,Vertrieb,Leitung,Einkauf,Labor\nAngebot,konsultiert,verantwortlich,genehmigt,verantwortlich\nVertrag,konsultiert,verantwortlich,verantwortlich,genehmigt\n" +
			"Lieferung,informiert,informiert,verantwortlich,konsultiert\nRechnung,verantwortlich,informiert,zeichnet gegen,genehmigt\nMuster,verantwortlich,genehmigt,informiert,prüft\n",
			[]string{"Vertrieb", "Leitung", "Einkauf", "Labor"}, "unknown-letter"},
		{"the same verb twice", "Etapa,Jurídico,Fiscal,Prefeito,Gestor\nEdital,Responsável,,Consultado,Assina\nContrato,Responsável,Aprova,Informado,\nPagamento,Consultado,Aprova,Assina,Consultado\n",
			[]string{"Jurídico", "Fiscal", "Prefeito", "Gestor"}, "unknown-letter"},
		{"one word between roles", "Task,Legal desk,Developer,Sponsor\nPlan,R,,A\nBuild,A,countersigns,R\nShip,A,,R\n", []string{"Legal desk", "Developer", "Sponsor"}, "unknown-letter"},
		{"a word here and there between roles", "Tätigkeit,Kunde,Labor,Einkauf\nMuster,A,,R\nPrüfung,,zeichnet,A\nFreigabe,C,,A/R\n", []string{"Kunde", "Labor", "Einkauf"}, "unknown-letter"},
		{"more unknown words than letters", "Task,PM,Dev,Board\nPlan,A,R,blesses\nBuild,A,R,ponders\nShip,A,R,I\n", []string{"PM", "Dev"}, "letters-left-out"},
		{"unknown words in the first row", "Atividade,Fiscal,Jurídico\nEdital,Assina,Visa\nContrato,Consultado,Aprova\nPagamento,Assina,Responsável\n", []string{"Fiscal", "Jurídico"}, "unknown-letter"},
		{"unknown words in a row between", "Task,PM,Dev\nPlan,A,R\nTest,blesses,ponders\nBuild,A,R\nShip,A,R\n", []string{"PM", "Dev"}, "unknown-letter"},
		{"what a thing is", "System,Support,Business owner,IT,Vendor\nLedger,Supported,A,R,C\nShop,Unsupported,A,R,\nIntranet,Supported,A,R,I\n", []string{"Business owner", "IT", "Vendor"}, ""},
		{"how it is decided", "Decision,Type,Head,Board,Staff\nHire,Approve,R,A,I\nBuy,Consult,A,C,R\nClose,Approve,R,A,C\nMove,Inform,A,I,R\n", []string{"Head", "Board", "Staff"}, ""},
		{"how far it is", "Task,PM,Dev,QA,Sign-off\nLog in,A,R,C,approved\nSearch,A,R,C,pending\nExport,I,A,R,approved\n", []string{"PM", "Dev", "QA"}, ""},
		{"names between roles", "Task,PM,Owner,Dev\nPlan,A,Ann,R\nBuild,A,Bo,R\nShip,I,Cy,A/R\n", []string{"PM", "Dev"}, ""},
	}
	for _, tt := range tests {
		reading, err := ReadGrids("x.csv", []byte(tt.text), GridOptions{})
		if err != nil {
			t.Fatal(err)
		}
		g := reading.Grids[0]
		if diff := cmp.Diff(tt.roles, g.Roles); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if asked := slices.ContainsFunc(g.Problems, func(p Problem) bool { return p.Code == tt.problem }); tt.problem != "" && !asked {
			t.Errorf("%s: %s is not asked in %v", tt.name, tt.problem, g.Problems)
		}
	}
}

// A row that became a heading keeps what else it says.
func TestAHeadingKeepsWhatElseItSays(t *testing.T) {
	reading, err := ReadGrids("x.csv", []byte("Task,Comment,PM,Dev\nPreparation,until May,,\nPlan,,A,R\nBuild,,A,R\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if g := reading.Grids[0]; g.Activities[0].Section != "Preparation" || len(g.Notes) != 1 || g.Notes[0].Text != "Preparation · until May" {
		t.Errorf("%v", g)
	}
}
