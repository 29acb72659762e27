package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Documents list who has a role in ways of their own; the names are invented.
func TestHatsOfDocuments(t *testing.T) {
	none := "There is no table in this text. A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again."
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"names with lines below them": {"x.txt", "Who bakes.\n\nConsensus builder:\n  Ida Roe\n    Email: ida@example.org\n    GitHub: @idaroe\n\nMaintainers:\n  Ole Sun\n    Email: ole@example.org\n\n  Uma A Fay\n    Email: uma@example.org\n\nEmeritus maintainers:\n\nBen Ash\n  Email: ben@example.org\n",
			[]string{"Ida Roe, Consensus builder, , ida@example.org", "Ole Sun, Maintainer, , ole@example.org", "Uma A Fay, Maintainer, , uma@example.org", "over Ben Ash, Maintainer, , ben@example.org"}},
		"names as headings": {"x.rst", "Maintainers\n===========\n\nIda Roe\n-------\n\nEmail: ida@example.org\n\nOle Sun\n-------\n\nEmail: ole@example.org\n",
			[]string{"Ida Roe, Maintainer, , ida@example.org", "Ole Sun, Maintainer, , ole@example.org"}},
		"a role that nothing says": {"x.rst", "Contact\n=======\n\nIda Roe\n-------\n\nEmail: ida@example.org\n\nOle Sun\n-------\n\nEmail: ole@example.org\n", []string{none}},
		"parts of a program": {"MAINTAINERS", "How to read this\n\tM: who maintains it\n\nOVEN DOORS\nM:\tIda Roe <ida@example.org>\nR:\tOle Sun <ole@example.org>\nS:\tMaintained\nF:\tdoors/*\n\nBREAD\nM:\tUma Fay <uma@example.org>\nS:\tSupported\n\nCAKE\nS:\tOrphan\n",
			[]string{"Ida Roe, Maintainer, OVEN DOORS, ida@example.org", "Ole Sun, Reviewer, OVEN DOORS, ole@example.org", "Uma Fay, Maintainer, BREAD, uma@example.org"}},
		"an office in bold": {"x.md", "## Officers\n\nVoting members are marked with *.\n\n**President** *\n\nIda Roe,\nida [ at ] example.org\n\n**Treasurer**\n\nvacant\n\n## Regional secretaries\n\n**North** *\n\nOle Sun\n\n## Members at Large (by region)\n\n**Term from 2021-2025**\n\n**South**\n\nUma Fay,\numa [at] example.org\n",
			[]string{"Ida Roe, President, , ida@example.org", "Ole Sun, Regional secretary, North, ", "Uma Fay, Member at Large, South, uma@example.org"}},
		"what an office is for": {"x.md", "**President**\n\nLeads the meetings and signs.\n\n**Secretary**\n\nKeeps the minutes.\n\nIda Roe\n", []string{none}},
		"paths and accounts": {"CODEOWNERS", "# default\n*  @idaroe\n/ovens/ @bakery/doors ole@example.org # inline\n",
			[]string{"@idaroe, Code owner, , ", "@bakery/doors, Code owner, /ovens/, ", "ole@example.org, Code owner, /ovens/, ole@example.org"}},
		"below a sentence": {"x.md", "# Charter\n\nThe members of the Oven Committee are:\n\n- Ida Roe ([@ida](https://example.org/ida)) (Oven Ltd)\n- Ole Sun\n\n## Tasks\n\nThe tasks are:\n\n- Uma Fay\n\n## Former Oven Committee Members\n\n- Ben Ash - moved on\n",
			[]string{"Ida Roe, Oven Committee member, , ", "Ole Sun, Oven Committee member, , ", "over Ben Ash, Oven Committee member, , "}},
		"tags of a page": {"x.md", "# Committee Members\n\n<div class=\"b\">\n <img src=\"ida.jpg\">\n <p><strong>Chair:</strong> Ida Roe<br>\n  Oven School</p>\n <p><strong>Program chair:</strong> Ole Sun<br>Mill</p>\n</div>\n",
			[]string{"Ida Roe, Chair, , ", "Ole Sun, Program chair, , "}},
		"an office over a name": {"x.html", "<!doctype html><html><body><h1>Who</h1>\n<h3>President</h3>\n<h4>Ida Roe</h4>\n<p>Bakes.</p>\n<p><b>Treasurer</b><br>Ole Sun</p>\n</body></html>",
			[]string{"Ida Roe, President, , ", "Ole Sun, Treasurer, , "}},
		"roles as labels":         {"x.md", "# Committee\n\n| **CHAIR:** | Ida Roe |\n| **SECRETARY:** | Ole Sun |\n| **OVEN MANAGER:** | vacant |\n", []string{"Ida Roe, CHAIR, , ", "Ole Sun, SECRETARY, , ", "refused vacant, OVEN MANAGER"}},
		"a column of their names": {"x.csv", "Maintainer Name,Account,Company\nIda Roe,idaroe,Oven Ltd\nOle Sun,olesun,Mill\n", []string{"Ida Roe, Maintainer, , ", "Ole Sun, Maintainer, , "}},
		"titles where there is no office": {"x.yaml", "- name: Ida Roe\n  title: Director\n  office: Chair\n- name: Ole Sun\n  title: Director\n  office: Treasurer\n- name: Uma Fay\n  title: Director at large\n  office:\n",
			[]string{"Ida Roe, Chair, , ", "Ole Sun, Treasurer, , ", "Uma Fay, Director at large, , "}},
		"officers once": {"x.md", "# Past officers\n\n- President: Ida Roe\n- Secretary: Ole Sun\n", []string{"over Ida Roe, President, , ", "over Ole Sun, Secretary, , "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A list below a table is a list of its own, and the table says that there is one.
func TestListBesideATable(t *testing.T) {
	text := "## Committee\n\n| Name | Role |\n|---|---|\n| Ida Roe | Chair |\n| Ole Sun | Member |\n\n## Maintainers\n\n- Uma Fay (@uma)\n- Ben Ash\n"
	found, err := FindHats("x.md", []byte(text), Limits{})
	if err != nil || len(found) != 2 || found[1].Where != "the text around the tables" || len(found[1].Rows) != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	if n := len(found[0].Notes); n == 0 || found[0].Notes[n-1].Text != "The text of this file says of 2 others which role they have. They are a list of their own, “the text around the tables”." {
		t.Errorf("%+v", found[0].Notes)
	}
}

// An entry of a list that is no name is left out, and said.
func TestEntriesThatAreNoNames(t *testing.T) {
	found, err := FindHats("x.md", []byte("## Maintainers\n\n- Ida Roe\n- Ole Sun\n- the night shift\n- all of us\n"), Limits{})
	if err != nil || len(found) != 1 {
		t.Fatal(err)
	}
	if n := found[0].Notes[len(found[0].Notes)-1]; n.Line != 5 || n.Text != "What its lists say besides names is left out: “the night shift” and 1 more." {
		t.Errorf("%+v", found[0].Notes)
	}
}
