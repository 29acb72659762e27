package sheet

import (
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// docAsides are what a document says beside its text, by kind and number: "footnote2", "comment0".
type docAsides map[string]string

// asides reads the footnotes and comments of a document.
func (a *archive) asides() (docAsides, error) {
	said := docAsides{}
	for _, kind := range []string{"footnote", "endnote", "comment"} {
		err := a.walk("word/"+kind+"s.xml", func(d *xml.Decoder, e xml.StartElement) error {
			if e.Name.Local != kind {
				return nil
			}
			s, err := text(d, "t")
			if s = oneLine(clean(s)); s != "" && len(said) < commentsMost {
				said[kind+attr(e, "id")], _ = shortened(s, commentMost)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return said, nil
}

// mark points to a footnote from where the text does; "" where it says nothing.
func (a docAsides) mark(kind, id string) string {
	if a[kind+id] == "" {
		return ""
	}
	return "[^" + ownMark + kind + id + "]"
}

// footnotes are the lines of text, from a line on, that say what the marks do.
func (a docAsides) footnotes(line int) (lines []textLine) {
	for _, key := range slices.Sorted(maps.Keys(a)) {
		if !strings.HasPrefix(key, "comment") {
			lines = append(lines, textLine{line: line + len(lines), text: "[^" + ownMark + key + "]: " + a[key]})
		}
	}
	return lines
}

// docRun is a piece of text of one look, from a place in its paragraph on.
type docRun struct {
	from   int
	struck bool // out: it is said no more
	raised bool
}

// endRun writes what is raised behind a text as the mark of a footnote, and a number that is raised at the beginning of a
// line, which says what the mark means, as one too.
func (r *docReader) endRun() {
	run := r.run
	r.run = docRun{}
	s := r.par.String()
	if !run.raised || run.from > len(s) {
		return
	}
	before, sign := s[:run.from], raisedSign.FindStringSubmatch(s[run.from:])
	switch {
	case sign == nil:
	case strings.TrimSpace(before) == "":
		r.par.Reset()
		r.par.WriteString(before + toRaised.Replace(sign[1]))
	case mayBeMarked(before):
		r.par.Reset()
		r.par.WriteString(before + "[^" + sign[1] + "]")
	}
}

// isOn reports a property that is not switched off again.
func isOn(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// symbols are the ticks and boxes of fonts that have others in the places of letters.
var symbols = map[string]map[int64]string{
	"wingdings":   {0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x6C: "●", 0x6E: "■", 0xA1: "○"},
	"wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0xA3: "☐", 0x97: "●"},
	"symbol":      {0xB7: "•", 0xD6: "✓"},
}

// symbol is what a character of such a font shows; "" where that is no sign of ours.
func symbol(font, char string) string {
	n, err := strconv.ParseInt(char, 16, 32)
	if err != nil {
		return ""
	}
	return symbols[strings.ToLower(font)][n&0xFF]
}
