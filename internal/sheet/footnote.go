package sheet

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// noteMark is what points from a name to a remark elsewhere: "[^1]", "[2]" and "¹" at its end.
var noteMark = regexp.MustCompile(`\s*(?:\[\^[^\[\]\s]{1,20}\]|\[\d{1,2}\]$|[†‡]+$)`)

// raised are the signs of a footnote that are no power: "m²" keeps its own.
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// unmarked is a name on one line, without the marks of footnotes.
func unmarked(s string) string {
	s = oneLine(s)
	bare := noteMark.ReplaceAllString(s, "")
	if cut := strings.TrimRight(bare, raised); cut != bare {
		word := cut[strings.LastIndexAny(cut, " /")+1:]
		if power := strings.HasSuffix(bare, "²") || strings.HasSuffix(bare, "³"); utf8.RuneCountInString(word) > 3 || !power && word != "" {
			bare = cut
		}
	}
	if bare = strings.TrimSpace(bare); bare == "" {
		return s
	}
	return unbracketed(bare)
}

// raisedMark is a footnote of HTML behind a word.
var raisedMark = regexp.MustCompile(`(?i)([^\s>]{3,}|^[RACIS])\s*<sup>\s*(?:<a\s[^<>]*>)?\s*\[?(\d{1,2}|[a-z*†‡])\]?\s*(?:</a>)?\s*</sup>`)

// remarkable is a letter with what is said of it behind it, without a bracket or a sign between: "A recommendation".
var remarkable = regexp.MustCompile(`^([RACIS](?:\s?[/,&+]\s?[RACIS])*),?\s+(\p{Ll}[^.!?]*)\.?$`)

// withRemark reads such a cell where a letter is expected. It is a guess: "A" is also a word.
func (r *cellReading) withRemark() {
	body, note, _ := splitNote(markup.Replace(r.Raw))
	m := remarkable.FindStringSubmatch(strings.Join(strings.Fields(body), " "))
	if r.kind != textCell || m == nil || len(strings.Fields(m[2])) > 8 || oneOfTwo(m[2]) {
		return
	}
	again := cellReading{Cell: Cell{Raw: r.Raw, Note: strings.Trim(note+"; "+strings.TrimSpace(m[2]), "; ")}}
	if again.fix("note"); again.letters(m[1]) && again.kind == letterCell {
		*r = again
	}
}

// raisedSign is what a <sup> holds that points to a footnote.
var raisedSign = regexp.MustCompile(`^\s*[\[(]?(\d{1,2}|[a-z*†‡])[\])]?\s*$`)

// mayBeMarked says of what stands before a <sup> that a footnote may follow: "m" has a power.
func mayBeMarked(before string) bool {
	before = strings.TrimSpace(before)
	return len(before) > 3 || lettersOnly(before, before)
}

// footnote ends a <sup> behind a text: where it holds the sign of a footnote, it is written as one.
func (t *openTable) footnote() {
	if at := t.raised - 1; t.cell != nil && at >= 0 {
		s := t.cell.String()
		if m := raisedSign.FindStringSubmatch(s[at:]); m != nil {
			t.cell.Reset()
			t.cell.WriteString(s[:at] + "[^" + m[1] + "]")
		}
	}
	t.raised = 0
}
