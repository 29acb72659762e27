package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
)

// listMemory is what is remembered of a list for the next one with the same headings in the same order.
type listMemory struct {
	Mapping map[int]sheet.Field `json:"mapping,omitempty"`
	Dates   sheet.DateOrder     `json:"dates,omitempty"`
}

func (m listMemory) isZero() bool { return len(m.Mapping) == 0 && m.Dates == sheet.AnyOrder }

// listShape is the same for all lists of a kind under the same headings.
func listShape(kind string, head sheet.Row) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.ToLower(strings.Join(head.Cells, "\x00"))))
	return "list:" + hex.EncodeToString(sum[:])
}

// remembered is what an import keeps of how its list was read and what was answered. What was left out was so of this list
// alone.
func remembered(shape string, m listMemory, given map[string]string) store.Memory {
	answers := maps.Clone(given)
	maps.DeleteFunc(answers, func(_, answer string) bool { return answer == itsm.LeaveOut })
	choice, _ := json.Marshal(m) // of plain texts and numbers
	text, _ := json.Marshal(answers)
	if answers == nil {
		text = []byte("{}")
	}
	return store.Memory{Shape: shape, Choice: choice, Answers: text}
}

// recallList is how a list of a shape was read the last time, what was answered, and by whom; known is false where nothing
// was said. Not to know is no reason to refuse a list.
func (v *visit) recallList(shape string) (m listMemory, given map[string]string, of string, known bool) {
	found, err := v.s.store.Remembered(v.ctx, v.by, []string{shape})
	if err != nil {
		v.s.log.WarnContext(v.ctx, "an earlier list could not be looked up", "error", err.Error())
	}
	for _, f := range found {
		if json.Unmarshal(f.Choice, &m) != nil || json.Unmarshal(f.Answers, &given) != nil {
			return listMemory{}, nil, "", false
		}
		of = f.Of
	}
	return m, given, of, !m.isZero() || len(given) > 0
}

// recalled are the answers that a list begins with: those of the last one of its shape.
func (k listImport) recalled(v *visit, l sheet.Listing) (a listAnswers) {
	if l.Documents {
		return a
	}
	m, given, of, known := v.recallList(listShape(k.kind, l.Rows[0]))
	return listAnswers{Mapping: m.Mapping, Dates: m.Dates, Given: given, Recalled: known, RecalledOf: of}
}

// memory is what the import of a list keeps for the next one.
func (u stagedList) memory() store.Memory {
	if u.listing().Documents {
		return store.Memory{}
	}
	return remembered(listShape(u.Kind, u.listing().Rows[0]), listMemory{u.Mapping, u.Dates}, u.Given)
}
