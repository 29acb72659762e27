package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// severally reads letters that have a note of their own each: "A for the large ones, I for others".
func severally(raw, s string) (cellReading, bool) {
	out := cellReading{Cell: Cell{Raw: raw}, sure: true, repair: "note"}
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' })
	if len(parts) < 2 || len(parts) > 5 || len(s) > 200 {
		return out, false
	}
	set, notes := map[string]bool{}, []string(nil)
	for _, part := range parts {
		c := readCell(part)
		if c.kind != letterCell || c.repair == "word" {
			return out, false
		}
		for _, l := range c.Letters {
			set[l] = true
		}
		if c.Note != "" {
			notes = append(notes, strings.Join(c.Letters, "/")+" "+c.Note)
		}
	}
	out.Note = strings.Join(notes, "; ")
	return out, out.settle(set, nil)
}

// condition is what follows letters without brackets: "A/R for security", "A; may be forbidden", "R 80%", "C + lawyer".
var condition = regexp.MustCompile(`^([RACIS](?:\s?[/,&+]?\s?[RACIS])*)(?:\s*;\s*(.+)|\s+((?i:when|if|for|per|only|unless|until|after|before|during|via|with|where|on|as|in|at|wenn|falls|bei|für|nur|ab|si|pour|selon|sur|lors|quando|se|para|por|cuando|solo|só|bij|voor|als|gdy|jeśli|dla|если|для|при)\s.+)|\s+(\d{1,3}\s?%|\+\s?\p{L}[^+]{2,40}))$`)

// beside is a word behind a letter and a stroke that says as what: "A/chair".
var beside = regexp.MustCompile(`^([RACIS])\s?/\s?(\p{Ll}[\p{Ll} -]{2,40})$`)

// trailing are the words that follow letters without a sign between: "C/R approval", "R evidence". "A" and "I" alone begin sentences.
var trailing = regexp.MustCompile(`^([RCS]|[RACIS](?:\s?[/&+]\s?[RACIS])+)\s+(\p{Ll}[^,;/&+]{2,60})$`)

// worded reads letters with such words, which are a note even where they could be a letter more.
func worded(raw, s string) (cellReading, bool) {
	m := trailing.FindStringSubmatch(s)
	if m == nil {
		m = beside.FindStringSubmatch(s)
	}
	if m == nil {
		m = besideOwn(s)
	}
	if m == nil {
		return cellReading{}, false
	}
	out := cellReading{Cell: Cell{Raw: raw, Note: m[2]}, sure: true, repair: "note"}
	if !out.letters(m[1]) || oneOfTwo(m[2]) {
		return out, false
	}
	if l, ok := wordMeaning(m[2]); ok && slices.Contains(out.Letters, l) {
		return out, false // "R responsible" says it twice
	}
	return out, true
}

// besideOwn is a word that is none for a letter behind one of RACI's own and a stroke: "Accountable / Signer".
func besideOwn(s string) []string {
	own, more, ok := strings.Cut(s, "/")
	own, more = strings.TrimSpace(own), strings.TrimSpace(more)
	if _, known := wordMeaning(more); !ok || known || raciNames[strings.ToLower(own)] == "" || utf8.RuneCountInString(more) < 3 || strings.Contains(more, "/") || abbreviated(more) != "" {
		return nil
	}
	return []string{s, own, more}
}

// oneOfTwo tells what follows the R of "R or A": a person has to say which it is.
func oneOfTwo(said string) bool {
	words := strings.Fields(said)
	return conjunctions[words[0]] || isLetter(words[len(words)-1])
}

// remarked reads "R: signs the form", and the dash between the letters of "R-A".
func remarked(raw, head, tail string) cellReading {
	if len(head) > 1 && len(tail) > 1 && isLower(head[1:]) && isLower(tail) && strings.Contains(raw, head+"-"+tail) {
		return cellReading{Cell: Cell{Raw: raw}, kind: textCell} // "As-is"
	}
	more := cellReading{sure: true}
	if more.letters(tail) && more.kind == letterCell && !more.ambiguous && more.repair != "word" {
		joined := cellReading{Cell: Cell{Raw: raw}, sure: true}
		joined.letters(head + "/" + tail)
		return joined
	}
	again := cellReading{Cell: Cell{Raw: raw, Note: tail}, sure: true}
	if again.fix("note"); !again.letters(head) {
		again.kind = textCell
	}
	if l, ok := wordMeaning(tail); ok && l == strings.Join(again.Letters, "") {
		again.Note = ""
	}
	return again
}

// splitNote takes the part in brackets out of "R (Chair)". Brackets that do
// not match are no note.
func splitNote(s string) (body, note string, ok bool) {
	open := strings.IndexAny(s, "([")
	if open < 0 {
		return s, "", !strings.ContainsAny(s, ")]")
	}
	end := strings.LastIndexAny(s, ")]")
	if end < open {
		return "", "", false
	}
	if body, note, ok = peeled(s); ok {
		return body, note, true
	}
	body = strings.TrimSpace(s[:open] + " " + s[end+1:])
	return body, strings.TrimSpace(s[open+1 : end]), true
}

// peeled takes what stands in each pair of brackets out of "R (drafts) / A (signs)"; false where they are not paired.
func peeled(s string) (body, note string, ok bool) {
	var out strings.Builder
	var notes []string
	depth, from := 0, 0
	for i, c := range s {
		switch c {
		case '(', '[':
			if depth++; depth == 1 {
				out.WriteString(s[from:i] + " ")
				from = i + 1
			}
		case ')', ']':
			if depth--; depth == 0 {
				notes = append(notes, strings.TrimSpace(s[from:i]))
				from = i + 1
			}
		}
		if depth < 0 {
			return "", "", false
		}
	}
	out.WriteString(s[from:])
	return strings.TrimSpace(out.String()), strings.Trim(strings.Join(notes, "; "), "; "), depth == 0
}

// numbersSomething is what begins with the number of something: "RACI-01", "C-DB-01 Schema".
var numbersSomething = regexp.MustCompile(`^\p{L}+[:–—→-](?:\p{L}+-)?\d[\d.]*(?:\s|$)`)

// splitRemark cuts "R: signs the form" and "C – if asked".
func splitRemark(s string) (head, tail string, ok bool) {
	at := strings.IndexAny(s, ":–—-→")
	if at < 1 || at > 7 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	tail = strings.TrimLeft(s[at+size:], "> ")
	return strings.TrimSpace(s[:at]), tail, !numbersSomething.MatchString(s) && !codesSomething.MatchString(s)
}

// codesSomething is a letter with a number that what follows is known by: "C1 – Open the shop".
var codesSomething = regexp.MustCompile(`^\p{L}\d+\s?[:–—→-]`)

// again reports a word in which a letter comes twice: "AAR" is no set of letters.
func again(word string) bool {
	for i, l := range word {
		if strings.ContainsRune(word[i+1:], l) {
			return true
		}
	}
	return false
}
