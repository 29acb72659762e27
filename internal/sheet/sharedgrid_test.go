package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The readings below are what a careful person reads in these files.
func TestSharedGrids(t *testing.T) {
	tests := []struct {
		file     string
		want     []string
		problems []string
	}{
		{"csv/elsamag-pm-4x4.csv", []string{"PM|TechLead|Dev|Client", "Charter: A|R|C|I", "WBS: A|R|C|C", "Sprints: A|R|R|I", "Signoff: A|C|C|R"}, []string{}},
		{"csv/napa-itam-itsm.csv", []string{
			"Executive Sponsor|ITSM Owner|GIS Owner|Integration Owner|Security|Service Desk",
			"Architecture approval: A|C|C|R|C|I", "Field mapping: I|R|R|R|C|C", "Production deployment: A|C|C|R|C|I",
		}, []string{"3 no-accountable"}},
		{"csv/portfolio-hub-template.csv", []string{
			"Project Manager|Sponsor|Tech Lead|Business Owner|QA Lead",
			"Define requirements: AR|C|I|I|I", "Design solution: R|C|A|I|I", "Build & config: I|I|AR|C|I", "Testing: I|I|C|I|AR", "Go-live decision: C|A|R|C|I",
		}, []string{}},
		{"csv/saudi-ai-governance.csv", []string{
			"Business Owner|AI/Product Team|AI Governance|Privacy|DPO/Security|Executive Sponsor|Internal Audit",
			"Use-case approval: AR|C|C|I|I|I|I", "Risk assessment: C|C|AR|C|C|I|I", "Data quality review: I|R|A|C|C|I|I", "Fairness testing: C|R|A|C|I|I|I",
			"Privacy assessment: I|C|C|AR|C|I|I", "Security review: I|C|C|C|AR|I|I", "Deployment approval: R|C|C|C|C|A|I",
			"Post-deployment monitoring: A|R|C|C|C|I|I", "AI incident escalation: R|R|A|C|C|I|I", "Independent assurance: I|I|C|I|I|I|AR",
		}, []string{}},
		{"xlsx/itil-foundation-RACI.xlsx", []string{
			"Vader|Moeder|Zoon|Dochter", "Tafel dekken: I|I|AR|C", "Eten voorbereiden: AR|C|I|I", "Eten maken: C|AR|I|I", "Tafel afruimen: I|I|C|AR",
		}, []string{}},
		{"xlsx/packt-tpm-RACI.xlsx", []string{
			"TPM|SDM|PM-T|Lead SDE|SDE|Business",
			"1 Requirements refinement: A|C|C|C|C|R", "2 Project Planning: A|C|C|C|C|C", "3 High Level Design: C|C|C|A|R|I", "4 Low Level Design: C|C|C|A|R|I",
			"5 Sprint Planning: R|A|I|C|C|I", "6 Daily Stand Ups: C|C|I|A|R|I", "7 Status Report: A|C|C|C|I|I", "8 Leadership Review: R|C|A|C|I|I",
		}, []string{"3 no-responsible", "8 no-responsible"}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			g, err := ReadGrid(tt.file, shared(t, "raci/"+tt.file), GridOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shown(g)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.problems, codesOf(g.Problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSharedSections(t *testing.T) {
	g, err := ReadGrid("x.csv", shared(t, "raci/csv/stephnrl-github-platform.csv"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]int{}
	for _, a := range g.Activities {
		sections[a.Section]++
		if a.Cells["DevOps Team"].RACI() == "" || a.Cells["Client Team (w365)"].RACI() == "" {
			t.Errorf("%s lacks letters", a.Name)
		}
	}
	want := map[string]int{
		"GitHub Infrastructure": 5, "Authentication & Access": 4, "Repository Management": 3, "Code Management": 4, "GitHub Actions": 5,
		"Specific Pipeline Items": 4, "Knowledge Transfer & Support": 6,
	}
	if diff := cmp.Diff(want, sections); diff != "" {
		t.Error(diff)
	}
	if len(g.Problems) != 0 {
		t.Errorf("problems %v", codesOf(g.Problems))
	}
}

func TestSharedRefusals(t *testing.T) {
	for file, want := range map[string]Code{
		"raci/csv/spacecolony-placeholder.csv":           Template,
		"raci/csv/vishwatech-empty-template.csv":         Template,
		"people/HRDataset_v14.csv":                       NotRACI,
		"people/human-resources-22k.csv":                 NotRACI,
		"people/human-resources-sqlcleaning.csv":         NotRACI,
		"people/oracle-hr-employees.csv":                 NotRACI,
		"people/packt-stakeholders.xlsx":                 NotRACI,
		"raci/md/zettai-itsm-incident-change-problem.md": Several,
		"raci/md/aws-migops-connect-RACI.md":             NotRACI,
		"raci/md/aws-migops-Develop-RACI-Template.md":    Template,
	} {
		if _, err := ReadGrid(file, shared(t, file), GridOptions{}); CodeOf(err) != want {
			t.Errorf("%s: got %v", file, err)
		}
	}
}

func TestHostileActivitiesSurvive(t *testing.T) {
	lines := hostile(t)
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.Write([]string{"Activity", "PM", "Dev", "Comment"})
	for _, s := range lines {
		_ = w.Write([]string{s, "A", "R (" + strings.Trim(s, "()[]") + ")", s})
	}
	w.Flush()
	g, err := ReadGrid("x.csv", text.Bytes(), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Activities) != len(lines) {
		t.Fatalf("%d activities of %d", len(g.Activities), len(lines))
	}
	for i, s := range lines {
		if a := g.Activities[i]; a.Name != oneLine(s) || a.Note != clean(s) {
			t.Errorf("%q became %q with note %q", s, a.Name, a.Note)
		}
	}
}
