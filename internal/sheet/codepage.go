package sheet

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// codepageOf guesses the encoding of text that is no Unicode: that of programs before Windows and of the Baltic by what is
// out of its place, the writing of Western and Central Europe and of Russia by signs, others by how often their letters
// follow each other.
func codepageOf(data []byte) encoding.Encoding {
	if e := olderOf(data); e != nil {
		return e
	}
	if isBaltic(data) {
		return charmap.Windows1257
	}
	if e := foreign(data); e != nil {
		return e
	}
	return european(data)
}

// european tells by what Windows-1252 would make of a text: a sign within a word is a letter of Central Europe, and words
// that are all accents are Cyrillic.
func european(data []byte) encoding.Encoding {
	within, high, low := 0, 0, 0
	letter := func(i int) bool {
		return i >= 0 && i < len(data) && (data[i] >= 0xC0 || unicode.IsLetter(rune(data[i])) && data[i] < 0x80)
	}
	for i, b := range data {
		switch {
		case b >= 0xC0 && i > 0 && data[i-1] >= 0xC0:
			high++
		case b >= 0xC0 || b == 0xB8 || b == 0xA8:
		case b == 0xBF || b == 0xB3 || b == 0xB9 || b == 0xBE || b == 0x9D:
			switch before, after := letter(i-1), letter(i+1); {
			case before && after: // "Przegl¹d": no such sign stands within a word
				within += 3
			case before || after:
				within++
			}
		case b < 0x80 && unicode.IsLetter(rune(b)):
			low++
		}
	}
	switch {
	case high > 20 && high > low/4:
		return charmap.Windows1251
	case within > 2 || isHungarian(data):
		return charmap.Windows1250
	}
	return charmap.Windows1252
}

// isHungarian tells what Windows-1252 would show as õ and û: Portuguese has õ before e or beside ã, Estonian has none of á, é, í.
func isHungarian(data []byte) bool {
	long, acute := 0, 0
	for i, b := range data {
		switch {
		case b == 0xE3 || b == 0xC3 || b == 0xE7 || b == 0xF5 && i+1 < len(data) && data[i+1] == 'e':
			return false
		case b == 0xF5 || b == 0xD5 || b == 0xFB || b == 0xDB:
			long++
		case b == 0xE1 || b == 0xE9 || b == 0xED || b == 0xF3:
			acute++
		}
	}
	return long > 0 && acute > 1
}

// foreigner is an encoding of another writing, the confidence in percent from which it is believed, and a letter of it.
type foreigner struct {
	encoding encoding.Encoding
	from     int
	letter   *unicode.RangeTable
}

// foreigners are those by the names that the detector gives them; each is read as the larger one that Windows writes.
var foreigners = map[string]foreigner{
	"Shift_JIS":    {japanese.ShiftJIS, 40, nil},
	"EUC-JP":       {japanese.EUCJP, 40, nil},
	"EUC-KR":       {korean.EUCKR, 40, nil},
	"GB18030":      {simplifiedchinese.GB18030, 40, nil},
	"Big5":         {traditionalchinese.Big5, 40, nil},
	"KOI8-R":       {charmap.KOI8R, 15, unicode.Cyrillic},
	"windows-1250": {charmap.Windows1250, 40, unicode.Latin},
	"ISO-8859-2":   {charmap.Windows1250, 40, unicode.Latin},
	"windows-1256": {charmap.Windows1256, 20, unicode.Arabic},
	"ISO-8859-6":   {charmap.ISO8859_6, 20, unicode.Arabic},
	"windows-1253": {charmap.Windows1253, 15, unicode.Greek},
	"ISO-8859-7":   {charmap.Windows1253, 15, unicode.Greek},
	"windows-1255": {charmap.Windows1255, 15, unicode.Hebrew},
	"ISO-8859-8":   {charmap.Windows1255, 15, unicode.Hebrew},
	"ISO-8859-8-I": {charmap.Windows1255, 15, unicode.Hebrew},
	"windows-1254": {charmap.Windows1254, 15, unicode.Latin},
	"ISO-8859-9":   {charmap.Windows1254, 15, unicode.Latin},
}

// asian are those of several bytes, those first of which a text is rarely one of the others by chance.
var asian = []string{"Shift_JIS", "EUC-JP", "EUC-KR", "GB18030", "Big5"}

// foreign finds one of them, where the whole text can be read in it and most of what is not ASCII is a letter; nil is none.
// Of a text that is none of Windows-1252 less has to be sure.
func foreign(data []byte) encoding.Encoding {
	sample := accented(data, 64<<10)
	found, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return nil
	}
	slices.SortStableFunc(found, func(a, b chardet.Result) int { // it does not order those of which it is equally sure
		return cmp.Or(b.Confidence-a.Confidence, slices.Index(asian, a.Charset)-slices.Index(asian, b.Charset), strings.Compare(a.Charset, b.Charset))
	})
	latin, _ := charmap.Windows1252.NewDecoder().Bytes(sample)
	no := bytes.ContainsRune(latin, utf8.RuneError)
	for n, r := range found {
		f, ok := foreigners[r.Charset]
		switch {
		case !ok || n > 0 && !no:
		case f.letter == nil && no, r.Confidence >= f.from && (f.encoding != charmap.Windows1250 || r.Confidence >= western(found)+20):
			if f.reads(sample) {
				return f.encoding
			}
		}
	}
	return nil
}

// reads says whether a text has enough letters in an encoding, and little else that is more than ASCII.
func (f foreigner) reads(sample []byte) bool {
	text, err := f.encoding.NewDecoder().Bytes(sample)
	letters, others := 0, 0
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf:
		case r == utf8.RuneError:
			return false
		case unicode.IsLetter(r) && (f.letter == nil || unicode.Is(f.letter, r)):
			letters++
		default:
			others++
		}
	}
	return err == nil && letters >= 4 && others*2 <= letters
}

// western is how sure it is, in percent, that the writing is that of Western Europe.
func western(found []chardet.Result) (sure int) {
	for _, r := range found {
		if r.Charset == "ISO-8859-1" || r.Charset == "windows-1252" {
			sure = max(sure, r.Confidence)
		}
	}
	return sure
}

// accented are the values of a text that are more than ASCII, each on a line, up to so many bytes: among many words of
// English the few of another language would not be heard. No encoding has one of the delimiters within a letter.
func accented(data []byte, most int) []byte {
	var out []byte
	for value := range bytes.FieldsFuncSeq(data, func(r rune) bool { return r == ',' || r == ';' || r == '"' || r == '\t' || r == '\r' || r == '\n' }) {
		if bytes.IndexFunc(value, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			if out = append(append(out, value...), '\n'); len(out) >= most {
				break
			}
		}
	}
	return out
}
