package sheet

import (
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// codepageOf guesses the encoding of text that is no Unicode by what Windows-1252 would make of it: a sign within a word
// is a letter of Central Europe, and words that are all accents are Cyrillic.
func codepageOf(data []byte) encoding.Encoding {
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
			if letter(i-1) || letter(i+1) {
				within++
			}
		case b < 0x80 && unicode.IsLetter(rune(b)):
			low++
		}
	}
	switch {
	case high > 20 && high > low/4:
		return charmap.Windows1251
	case within > 2:
		return charmap.Windows1250
	}
	return charmap.Windows1252
}
