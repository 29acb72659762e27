package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// older is an encoding of programs before Windows, with the letters beyond ASCII of each language that they wrote in it.
type older struct {
	encoding  encoding.Encoding
	languages []string
	least     int // so many of them, to be believed
}

var (
	westernLetters = []string{"äöüßé", "éèêëàâîïôùûüçœæ", "áéíóúñü", "áâãàçéêíóôõú", "åäöé", "æøåéò", "àèéìòùî", "ëïéèöüáó"}
	centralLetters = []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čšžćđ", "ăâîşţ"}
)

var olderOnes = []older{
	{charmap.CodePage850, westernLetters, 2},
	{charmap.Macintosh, westernLetters, 2},
	{charmap.CodePage852, centralLetters, 4},
	{charmap.CodePage866, []string{"абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}, 8},
}

// olderOf finds the one of them in which most letters are in their places, where in Windows-1252 many are not; nil is none.
func olderOf(data []byte) (found encoding.Encoding) {
	sample := accented(data, 64<<10)
	windows := older{charmap.Windows1252, []string{strings.Join(westernLetters, "") + "ýðþšž"}, 0}
	if fits, misfits := windows.places(sample); misfits == 0 || misfits*3 < fits {
		return nil
	}
	most := 0
	for _, o := range olderOnes {
		if fits, misfits := o.places(sample); fits >= o.least && misfits*10 <= fits && fits-misfits > most {
			found, most = o.encoding, fits-misfits
		}
	}
	return found
}

// places counts the letters of the language that most of them are of, and what is out of its place: other letters, capitals
// behind small letters, signs within words.
func (o older) places(sample []byte) (fits, misfits int) {
	text, err := o.encoding.NewDecoder().Bytes(sample)
	if err != nil {
		return 0, 1
	}
	of, letters := make([]int, len(o.languages)), 0
	before, last := ' ', ' ' // the two runes before this one
	for _, r := range string(text) + " " {
		if outOfPlace(before, last, r) {
			misfits++
		}
		if r >= utf8.RuneSelf && unicode.IsLetter(r) {
			letters++
			for n, language := range o.languages {
				if strings.ContainsRune(language, unicode.ToLower(r)) {
					of[n]++
				}
			}
		}
		before, last = last, r
	}
	for _, n := range of {
		fits = max(fits, n)
	}
	return fits, misfits + letters - fits
}

// outOfPlace judges a rune by those around it.
func outOfPlace(before, r, behind rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return false
	case unicode.IsUpper(r):
		return unicode.IsLower(before) || unicode.IsUpper(before) && unicode.IsLower(behind)
	case unicode.IsLetter(r):
		return false
	case r == utf8.RuneError, unicode.Is(unicode.So, r) && !strings.ContainsRune("°©®™", r):
		return true
	}
	return unicode.IsLetter(before) && (strings.ContainsRune("‚„†‡ˆ‹•¤¡¿«¦§¶", r) || unicode.IsLetter(behind) && !strings.ContainsRune("’‘–—·\u00A0", r))
}

// isBaltic tells Lithuanian and Latvian from Icelandic, whose signs stand in their places in Windows-1252, by letters that
// Icelandic has not, and from Turkish and Romanian, which have others in the same places. A text with no other accents than
// those of Latvian is neither French nor Portuguese.
func isBaltic(data []byte) bool {
	text, err := charmap.Windows1252.NewDecoder().Bytes(accented(data, 64<<10))
	icelandic, lithuanian, latvian, others, ascii := 0, 0, 0, 0, 0
	for _, r := range string(text) {
		switch {
		case r == 'ý', r == 'ã', r == 'º':
			return false
		case strings.ContainsRune("ðþ", r):
			icelandic++
		case strings.ContainsRune("âçìîïòû", r):
			latvian++
		case strings.ContainsRune("àèëø", r):
			lithuanian++
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			others++
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			ascii++
		}
	}
	if err != nil || ascii < icelandic+lithuanian+latvian+others {
		return false
	}
	return icelandic > 0 && lithuanian+latvian > 1 || latvian > 3 && lithuanian+others == 0
}
