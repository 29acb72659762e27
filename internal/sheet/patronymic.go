package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// Names of the East of Europe end, where they are written as in a register, with that of the father: the family name stands
// before them all, and is no name of the end.

// patronyms end such a name.
var patronyms = []string{"ович", "евич", "льич", "мич", "кузьмич", "овна", "евна", "ична", "івна", "ївна", "йович", "овіч"}

// fatherWords do so as a word of their own.
var fatherWords = words("оглы оглу огли угли углы улы уулу кызы кизи қызы гызы ўғли қизи")

// registerOrder reports a name that ends with that of the father, with two others before it at least.
func registerOrder(parts []string) bool {
	if len(parts) < 3 || len(parts) > 5 || !unicode.Is(unicode.Cyrillic, []rune(parts[0])[0]) {
		return false
	}
	last := strings.ToLower(parts[len(parts)-1])
	if fatherWords[last] {
		return len(parts) > 3
	}
	before := strings.ToLower(parts[len(parts)-2]) // "Анна Петровна Гончаревич" has it in the middle
	return hasPatronym(last) && !hasPatronym(before)
}

func hasPatronym(word string) bool {
	return slices.ContainsFunc(patronyms, func(end string) bool { return strings.HasSuffix(word, end) })
}
