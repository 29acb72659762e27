package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decodeText turns the bytes of a text file into a string: by byte-order
// mark, by the pattern of zero bytes that UTF-16 leaves, as UTF-8 where it is
// valid, else as one of the Windows code pages. Text that is none of these is refused, since a
// name read wrongly is worse than a file read never.
func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return validText(string(data[3:]))
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], unicode.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], unicode.BigEndian)
	}
	if order, ok := guessUTF16(data); ok {
		return decodeUTF16(data, order)
	}
	if utf8.Valid(data) || mostlyUTF8(data) {
		return validText(string(data))
	}
	return decodeCodepage(data)
}

// unquoted takes the signs from the lines of an answered mail, where most lines begin with one: "> | Task | Ann |".
func unquoted(data []byte) []byte {
	lines, quoted := 0, 0
	for line := range bytes.Lines(data[:min(len(data), sample)]) {
		if lines++; line[0] == '>' {
			quoted++
		}
	}
	if quoted < 3 || quoted*3 < lines*2 {
		return data
	}
	out := make([]byte, 0, len(data))
	for line := range bytes.Lines(data) {
		out = append(out, bytes.TrimPrefix(bytes.TrimLeft(line, ">"), []byte(" "))...)
	}
	return out
}

// guessUTF16 looks for text in which nearly every second byte is zero.
func guessUTF16(data []byte) (unicode.Endianness, bool) {
	head := data[:min(len(data), 4096)&^1]
	if len(data)%2 != 0 || len(head) < 4 {
		return unicode.LittleEndian, false
	}
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	half := len(head) / 2
	switch {
	case odd*10 >= half*6 && even*10 < half:
		return unicode.LittleEndian, true
	case even*10 >= half*6 && odd*10 < half:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

func decodeUTF16(data []byte, order unicode.Endianness) (string, error) {
	if len(data)%2 != 0 {
		return "", refuse(Broken, "This file is cut off: it is UTF-16 text with half a character at its end. Save it again.")
	}
	out, err := decodeWith(unicode.UTF16(order, unicode.IgnoreBOM), data)
	if err != nil {
		return "", err
	}
	return validText(out)
}

// mostlyUTF8 tells damaged UTF-8 from text of an older encoding: real
// Windows-1252 hardly ever forms valid sequences of several bytes.
func mostlyUTF8(data []byte) bool {
	var good, bad int
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad
}

func decodeCodepage(data []byte) (string, error) {
	out, err := decodeWith(codepageOf(data), data)
	if err != nil {
		return "", err
	}
	return validText(out)
}

func decodeWith(enc encoding.Encoding, data []byte) (string, error) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", refuse(Broken, "The text of this file cannot be decoded. Save it again as UTF-8 (in Excel: CSV UTF-8).")
	}
	if at := bytes.IndexRune(out, utf8.RuneError); at >= 0 {
		return "", invalidText(lineAt(string(out), at))
	}
	return string(out), nil
}

// validText refuses zero bytes and invalid UTF-8 by the line they are on.
func validText(s string) (string, error) {
	if at := strings.IndexByte(s, 0); at >= 0 {
		return "", refuse(Broken, "This is not a text file: there is a zero byte on line %s. Bring a .csv or .xlsx file.", count(lineAt(s, at)))
	}
	if utf8.ValidString(s) {
		return s, nil
	}
	for at, r := range s {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(s[at:]); size == 1 {
			return "", invalidText(lineAt(s, at))
		}
	}
	return s, nil
}

func invalidText(line int) error {
	return refuse(Broken, "The text on line %s is damaged: it holds bytes that are no character. Save the file again as UTF-8 (in Excel: CSV UTF-8).", count(line))
}

func lineAt(s string, offset int) int {
	head := s[:offset]
	lines := strings.Count(head, "\n")
	if lines == 0 {
		lines = strings.Count(head, "\r")
	}
	return lines + 1
}
