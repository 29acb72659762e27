package sheet

import (
	"encoding/xml"
	"slices"
	"strings"
)

// commentMost bounds what is kept of a comment, in characters, and commentsMost how many of a sheet's are.
const (
	commentMost  = 300
	commentsMost = 10_000
)

// comments reads what the comments of a worksheet say of its cells.
func (a *archive) comments(worksheet string) (map[cellAt]string, error) {
	_, byType, err := a.relations(worksheet)
	if err != nil || byType["comments"] == "" {
		return nil, err
	}
	said, authors := map[cellAt]string{}, []string(nil)
	err = a.walk(byType["comments"], func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "author":
			author, err := text(d)
			authors = append(authors, author)
			return err
		case "comment":
			row, col, ok := parseRef(attr(e, "ref"))
			s, err := text(d, "t")
			if s = plainComment(s, authors); err == nil && ok && s != "" && len(said) < commentsMost {
				said[cellAt{row + 1, col}] = s
			}
			return err
		}
		return nil
	})
	return said, err
}

// plainComment is a comment without what spreadsheets put around it: the name of its author above it, and the advice to
// get a newer version above one that can be answered.
func plainComment(s string, authors []string) string {
	s = strings.TrimSpace(unescapeExcel(s))
	if _, own, threaded := strings.Cut(s, "Comment:\n"); threaded && strings.HasPrefix(s, "[Threaded comment]") {
		s = own
	}
	if by, rest, ok := strings.Cut(s, ":\n"); ok && slices.Contains(authors, by) {
		s = rest
	}
	s, lost := shortened(oneLine(clean(s)), commentMost)
	if lost > 0 {
		s += "…"
	}
	return s
}
