package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// texSigns are the commands that stand for a sign.
var texSigns = map[string]string{
	"checkmark": "✓", "cmark": "✓", "xmark": "✗", "times": "×", "bullet": "•", "textbullet": "•", "circ": "○", "square": "□", "blacksquare": "■",
	"ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "i", "j": "j",
	"textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "rightarrow": "→", "textbar": "|", "slash": "/", "textbackslash": `\`,
	"newline": "\n", "linebreak": "\n", "par": "\n", "quad": " ", "qquad": " ", ",": " ", ";": " ", " ": " ", "\n": " ", "\\": "\n",
}

// texAccents are the commands that put an accent on the letter behind them.
var texAccents = map[string]string{
	`"`: "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
	"c": "\u0327", "v": "\u030C", "u": "\u0306", "H": "\u030B", "k": "\u0328", "r": "\u030A",
}

// texSettings are how many arguments of a command say how a text looks, or where something is; what follows them is text.
var texSettings = map[string]int{
	"begin": 1, "end": 1, "cline": 1, "cmidrule": 1, "label": 1, "ref": 1, "cite": 1, "vspace": 1, "hspace": 1, "rowcolor": 1, "cellcolor": 1, "rowcolors": 3,
	"color": 1, "textcolor": 1, "colorbox": 1, "parbox": 1, "rotatebox": 1, "scalebox": 1, "resizebox": 2, "href": 1, "fontsize": 2, "multicolumn": 2, "multirow": 2,
	"setlength": 2, "renewcommand": 2, "usepackage": 1, "documentclass": 1, "includegraphics": 1, "bibliography": 1, "input": 1,
}

var texQuotes = strings.NewReplacer("``", "“", "''", "”", "---", "—", "--", "–", "~", " ", "$", "", "\n", " ", "{", "", "}", "")

// texText is what a piece of LaTeX shows.
func texText(s string) string {
	var out strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			out.WriteString(texQuotes.Replace(s))
			break
		}
		out.WriteString(texQuotes.Replace(s[:at]))
		var shown string
		shown, s = texCommand(s[at+1:])
		out.WriteString(shown)
	}
	return norm.NFC.String(out.String())
}

// texCommand is what a command shows, of which the backslash was read, and what follows it.
func texCommand(s string) (shown, rest string) {
	name := s[:len(s)-len(strings.TrimLeftFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }))]
	if name == "" && s != "" {
		_, size := utf8.DecodeRuneInString(s)
		name = s[:size]
	}
	rest = s[len(name):]
	if accent, ok := texAccents[name]; ok {
		return texAccented(rest, accent)
	}
	if sign, ok := texSigns[name]; ok {
		return sign, rest
	}
	switch name {
	case "&", "%", "_", "#", "$", "{", "}":
		return name, rest
	case "ding":
		args, rest := texArguments(rest, 1)
		return map[string]string{"51": "✓", "52": "✓", "55": "✗", "56": "✗"}[strings.Join(args, "")], rest
	}
	if n := texSettings[name]; n > 0 {
		given, after := texArguments(rest, n)
		if _, behind := texArguments(after, 3); name == "begin" && len(given) == 1 && texTable.MatchString(`\begin{`+given[0]+`}`) {
			after = behind // of its columns
		}
		return "", after
	}
	rest = strings.TrimPrefix(rest, "*")
	if end := texGroup(rest); end > 0 && rest[0] == '[' {
		rest = rest[end:]
	}
	return "", strings.TrimLeft(rest, " ")
}

// texAccented puts an accent on the letter that follows, which may stand in braces.
func texAccented(s, accent string) (shown, rest string) {
	s = strings.TrimLeft(s, " ")
	letter, rest := "", s
	if end := texGroup(s); end > 0 && s[0] == '{' {
		letter, rest = texText(s[1:end-1]), s[end:]
	} else if strings.HasPrefix(s, `\i`) {
		letter, rest = "i", s[len(`\i`):]
	} else if _, size := utf8.DecodeRuneInString(s); size > 0 {
		letter, rest = s[:size], s[size:]
	}
	if letter == "" {
		return "", rest
	}
	_, size := utf8.DecodeRuneInString(letter)
	return letter[:size] + accent + letter[size:], rest
}
