package sheet

import "encoding/json"

// keptTable is a table as it is kept until a person has decided: with what stands beside its cells, too.
type keptTable struct {
	bareTable
	Footnotes footnoteTexts `json:",omitempty"`
	Comments  []keptComment `json:",omitempty"`
	Struck    []keptStruck  `json:",omitempty"`
}

// bareTable is a table without its ways to be kept.
type bareTable Table

type keptComment struct {
	Line, Column int
	Said         string
}

type keptStruck struct {
	Line, Column int
	Note         Note
	Repair       Repair
}

// MarshalJSON keeps all that was read, so that [GridsOf] reads the same in a table that was kept.
func (t Table) MarshalJSON() ([]byte, error) {
	k := keptTable{bareTable: bareTable(t), Footnotes: t.footnotes}
	for at, said := range t.comments {
		k.Comments = append(k.Comments, keptComment{at.line, at.column, said})
	}
	for _, s := range t.struck {
		k.Struck = append(k.Struck, keptStruck{s.line, s.column, s.note, s.repair})
	}
	return json.Marshal(k)
}

// UnmarshalJSON brings a kept table back.
func (t *Table) UnmarshalJSON(text []byte) error {
	var k keptTable
	if err := json.Unmarshal(text, &k); err != nil {
		return err
	}
	*t = Table(k.bareTable)
	t.footnotes = k.Footnotes
	if len(k.Comments) > 0 {
		t.comments = make(map[cellAt]string, len(k.Comments))
	}
	for _, c := range k.Comments {
		t.comments[cellAt{c.Line, c.Column}] = c.Said
	}
	for _, s := range k.Struck {
		t.struck = append(t.struck, struckOut{s.Line, s.Column, s.Note, s.Repair})
	}
	return nil
}
