package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelled are Latin letters that do not come apart into a plain one and a mark, as they are written without it.
var spelled = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ħ", "h", "ı", "i", "ŋ", "ng", "ŧ", "t", "ĸ", "k", "ŀ", "l", "ə", "e",
)

// Slug keeps the letters and digits of a name that need no escaping in an address or a file's name: é becomes e, ß
// becomes ss; what is written in other letters than ours is left out.
func Slug(name string) string {
	words := strings.FieldsFunc(fold(strings.NewReplacer("'", "", "’", "").Replace(name)), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	slug := strings.Join(words, "-")
	return strings.TrimSuffix(slug[:min(len(slug), 60)], "-")
}

// fold writes a text in small letters without their marks.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(spelled.Replace(strings.ToLower(text))))
}
