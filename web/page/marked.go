package page

import (
	"context"
	"html"
	"io"
	"strings"
	"unicode"

	"github.com/a-h/templ"
)

// marked is a text in which the words looked for stand out, whatever their ending: "Log" for "logging".
func marked(text string, words lookedFor) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, piece := range pieces(text) {
			if words.has(piece) {
				b.WriteString("<mark>" + html.EscapeString(piece) + "</mark>")
			} else {
				b.WriteString(html.EscapeString(piece))
			}
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// pieces cuts a text into words and what stands between them.
func pieces(text string) (out []string) {
	start, inside := 0, false
	for i, r := range text {
		if word := isLetter(r); word != inside {
			if i > start {
				out = append(out, text[start:i])
			}
			start, inside = i, word
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// lookedFor are words as they are looked for in texts, folded once for all pieces of a page.
type lookedFor []struct{ plain, stem string }

func lookFor(words []string) (w lookedFor) {
	for _, word := range words {
		if plain := fold(word); plain != "" {
			w = append(w, struct{ plain, stem string }{plain, ending(plain)})
		}
	}
	return w
}

func (w lookedFor) has(piece string) bool {
	plain := fold(piece)
	stem := ending(plain)
	for _, word := range w {
		if plain == word.plain || len(word.plain) > 2 && (strings.HasPrefix(plain, word.plain) || stem == word.stem) {
			return true
		}
	}
	return false
}

// endings are cut off English words to compare what is left.
var endings = []string{"ations", "ation", "ments", "ment", "ings", "ing", "ies", "ers", "er", "ed", "es", "e", "s", "y"}

func ending(word string) string {
	for range 2 {
		for _, e := range endings {
			if rest, cut := strings.CutSuffix(word, e); cut && len(rest) > 2 {
				word = rest
				break
			}
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		word = word[:n-1]
	}
	return word
}

// excerptSize is about how long the part of a text is that shows the words in it.
const excerptSize = 160

// excerpt is the part of a text around the first of the words; "" where none stands in it.
func excerpt(text string, words lookedFor) string {
	text = strings.Join(strings.Fields(text), " ")
	at := 0
	for _, piece := range pieces(text) {
		if words.has(piece) {
			return around(text, at)
		}
		at += len(piece)
	}
	return ""
}

// around cuts a text to what stands near a place, at spaces.
func around(text string, at int) string {
	from, to := max(at-excerptSize/2, 0), min(at+excerptSize/2, len(text))
	if from > 0 {
		if i := strings.IndexByte(text[from:at], ' '); i >= 0 {
			from += i + 1
		} else {
			from = at
		}
	}
	if to < len(text) {
		if i := strings.LastIndexByte(text[at:to], ' '); i > 0 {
			to = at + i
		} else if i := strings.IndexByte(text[to:], ' '); i >= 0 {
			to += i
		} else {
			to = len(text)
		}
	}
	out := text[from:to]
	if from > 0 {
		out = "… " + out
	}
	if to < len(text) {
		out += " …"
	}
	return out
}
