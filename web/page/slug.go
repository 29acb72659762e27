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

var apostrophes = strings.NewReplacer("'", "", "’", "")

// slugMost is how many letters of a name stand in an address.
const slugMost = 60

// Slug keeps the letters and digits of a name that need no escaping in an address or a file's name: é becomes e, ß
// becomes ss; what is written in other letters than ours is left out.
func Slug(name string) string {
	var room [slugMost]byte
	if slug, ok := appendPlainSlug(room[:0], name); ok {
		return string(slug)
	}
	words := strings.FieldsFunc(fold(apostrophes.Replace(name)), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	slug := strings.Join(words, "-")
	return strings.TrimSuffix(slug[:min(len(slug), slugMost)], "-")
}

// appendPlainSlug appends the same of a name in plain letters, as most are, in one pass: a page has hundreds of addresses.
func appendPlainSlug(b []byte, name string) ([]byte, bool) {
	start, gap := len(b), false
	for i := 0; i < len(name) && len(b)-start < slugMost; i++ {
		c := name[i]
		switch {
		case c > unicode.MaxASCII:
			return b[:start], false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '\'':
			continue
		default:
			gap = len(b) > start
			continue
		}
		if gap {
			b, gap = append(b, '-'), false
		}
		if len(b)-start < slugMost {
			b = append(b, c)
		}
	}
	if last := len(b) - 1; last >= start && b[last] == '-' {
		b = b[:last]
	}
	return b, true
}

// fold writes a text in small letters without their marks.
func fold(text string) string {
	small := strings.ToLower(text)
	if strings.IndexFunc(small, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return small
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(spelled.Replace(small)))
}
