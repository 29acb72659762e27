package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// findLetterHead looks for a head of at least R and A, as letters or as words.
func findLetterHead(t Table, c classes) (*letterReader, bool) {
	forced := t.choice.Orientation != ""
	for i := range t.choice.headsWithin(len(t.Rows), 10) {
		r := &letterReader{t: t, c: c}
		wordy := r.head(t.Rows[i])
		variant := r.unanswered || r.undone || slices.Contains(r.of, "D")
		if len(r.of) == 0 || !t.choice.heads(t.Rows[i]) || !forced && variant && i+2 >= len(t.Rows) {
			continue // one row proves nothing
		}
		r.l.head, r.l.end, r.l.names = i, len(t.Rows), true
		letters, odd := 0, 0
		for _, col := range r.l.roles {
			r.texts += c.below[textCell][i+1][col]
			letters += c.below[letterCell][i+1][col]
			odd += c.below[oddCell][i+1][col]
		}
		if !wordy && r.initialsBelow(i) {
			r.texts, letters = r.texts+letters, 0
		}
		r.marks = letters + odd
		if !forced && r.belongs(wordy, letters) {
			continue
		}
		if !(letters == 0 && r.crossed(i)) {
			if !forced && r.ordinary(wordy, letters, odd) {
				continue
			}
			if r.texts > r.marks {
				r.l.end = r.endOf(i)
			}
		}
		return r, true
	}
	return nil, false
}

// belongs reports a row of letters or words that is part of something else.
func (r *letterReader) belongs(wordy bool, letters int) bool {
	i := r.l.head
	return wordy && letters > r.texts && r.beneathNames(i) || // "Accountable" in the first row below the names of roles
		r.wordAmongLetters() ||
		letters > 0 && isLegend(r.t.Rows[i]) && !r.ownLetters(letters) || // "A – Approves | R – Runs" above a grid of letters
		r.onlyNumbers(i) // a grid that counts its letters at the end
}

// wordAmongLetters reports a row below names in which one of the words that were taken for letters stands beside bare letters:
// "Approve the tool | A | | R" is an activity.
func (r *letterReader) wordAmongLetters() bool {
	i, bare := r.l.head, 0
	if i == 0 || repeatsOneText(r.t.Rows[i-1]) {
		return false
	}
	for _, col := range r.l.roles {
		if r.c.kind[i-1][col] != textCell {
			return false
		}
		if isLetter(oneLine(r.t.Rows[i].Cell(col))) {
			bare++
		}
	}
	return bare > 0 && bare < len(r.l.roles)
}

// ordinary reports what rather is a row of a grid: letters alone also look like that.
func (r *letterReader) ordinary(wordy bool, letters, odd int) bool {
	i := r.l.head
	if !wordy && r.topped(i) && (odd == 0 && r.sparse(letters) || letters > 0 && r.named(i)) {
		return false
	}
	mostly := letters > 0 && letters >= r.texts && letters > odd && !r.ownLetters(letters)
	return mostly || lettersElsewhere(r.c, i) || !wordy && (i+1 == len(r.t.Rows) || r.texts <= letters && r.texts+letters > 0 || odd > r.texts)
}

// named reports a head of letters that says in one word what its rows are: "Role".
func (r *letterReader) named(head int) bool {
	corner := compact(r.t.Rows[head].Cell(firstOther(r.l.roles, r.c.width)))
	return len(r.of) > 3 && (roleWords[corner] || activityWords[corner])
}

// head finds the columns of a row that are headed by a letter or its word:
// none unless both R and A are among them. wordy says that words are.
func (r *letterReader) head(row Row) (wordy bool) {
	seen, ending := map[string]bool{}, row.lettersBehindAWord()
	for col, cell := range row.Cells {
		s := oneLine(cell)
		letter, word := lettersOfHeading(s, ending[col])
		if at := slices.Index(r.of, letter); at >= 0 && word && ambiguous[compact(r.heads[at])] && adjectives[compact(s)] {
			r.l.roles[at], r.heads[at] = col, s // "Entscheidung | Verantwortlich | Rechenschaft": the first is what is done
			continue
		}
		if letter == "" || strings.ContainsFunc(letter, func(l rune) bool { return seen[string(l)] }) {
			continue
		}
		wordy = wordy || word
		for l := range strings.SplitSeq(letter, "") {
			seen[l] = true
		}
		r.l.roles, r.of, r.heads = append(r.l.roles, col), append(r.of, letter), append(r.heads, s)
	}
	r.inOrder()
	if seen["R"] && !seen["A"] {
		seen["A"] = r.answersBeside(row)
	}
	if seen["R"] && !seen["A"] && wordy && (seen["C"] || seen["I"]) {
		seen["A"] = r.owned(row, "A")
	}
	if !seen["R"] && seen["A"] && seen["C"] && seen["I"] && wordy {
		seen["R"] = r.driven(row) || r.owned(row, "R")
	}
	if !seen["R"] && !r.doerless(row, seen) || seen["R"] && !seen["A"] && !r.answerless(row, seen) {
		r.l.roles, r.of, r.heads, r.owner = nil, nil, nil, ""
	}
	return wordy
}

// lettersOfHeading are what a heading stands for, of which its last letter may be known to be one. What counts letters stands
// for none.
func lettersOfHeading(s, ending string) (letter string, word bool) {
	letter, word = headLetter(s)
	switch {
	case countsLetters(s):
		return "", false
	case ending != "":
		return ending, true
	case letter != "":
		return letter, word
	}
	if letter = abbreviated(s); letter == "" {
		letter = headLetters(s)
	}
	return letter, true
}

// behindAWord is a letter that ends a heading: "Person R".
var behindAWord = regexp.MustCompile(`^(\p{Lu}\p{L}{2,15}) ([A-Z])$`)

// lettersBehindAWord are the letters by column that end headings of the same word, where R and A are among them and none is
// another's than ours: "Person R", "Person A", "Person C".
func (r Row) lettersBehindAWord() map[int]string {
	word, letters, seen := "", map[int]string{}, map[string]bool{}
	for col, cell := range r.Cells {
		m := behindAWord.FindStringSubmatch(oneLine(cell))
		if m == nil {
			continue
		}
		if word != "" && m[1] != word || !isLetter(m[2]) || seen[m[2]] {
			return nil
		}
		word, letters[col], seen[m[2]] = m[1], m[2], true
	}
	if len(letters) < 3 || !seen["R"] || !seen["A"] {
		return nil
	}
	return letters
}

// owned takes the one column of owners for who answers, beside columns of who does, is asked or is told, or for who does
// beside those of who approves, is asked and is told.
func (r *letterReader) owned(row Row, letter string) bool {
	at := -1
	for col, cell := range row.Cells {
		if own, _ := headLetter(oneLine(cell)); own != "" || !hasWord(cell, ownerWords) || len(tokens(cell)) > 3 {
			continue
		}
		if at >= 0 {
			return false
		}
		at = col
	}
	if at >= 0 {
		r.owner = oneLine(row.Cell(at))
		r.insert(at, letter, r.owner)
	}
	return at >= 0
}

// answerless reports a head of tasks with a column for who does them and others for who takes part, in RACI's own words, or in
// bare letters where the table is called RACI, but none for who answers.
func (r *letterReader) answerless(row Row, seen map[string]bool) bool {
	if !seen["C"] && !seen["I"] && !seen["S"] || seen["A"] {
		return false
	}
	remarked := slices.ContainsFunc(r.heads, remarkedLetter.MatchString) || raciWord.MatchString(r.t.Name)
	for _, heading := range r.heads {
		remarked = remarked && (isLetter(strings.ToUpper(heading)) || remarkedLetter.MatchString(heading))
		if !remarked && !(adjectives[compact(heading)] && headsActivities(row)) {
			return false
		}
	}
	r.unanswered = !remarked || r.namesBelow(row)
	return r.unanswered
}

// remarkedLetter is a letter with a word behind it: "R (lead)".
var remarkedLetter = regexp.MustCompile(`^[RACIS] ?[(（][\p{L}][^()（）]*[)）]$`)

// namesBelow reports that hardly a number stands in the columns of letters: "R (ohm)" is measured.
func (r *letterReader) namesBelow(head Row) bool {
	texts, figures := 0, 0
	for _, row := range r.t.Rows {
		for _, col := range r.l.roles {
			s := row.Cell(col)
			if row.Line <= head.Line || readCell(s).kind != textCell {
				continue
			}
			texts++
			if strings.ContainsAny(s, "0123456789") {
				figures++
			}
		}
	}
	return texts > 1 && figures*4 < texts
}

// insert adds a column of a letter at its place.
func (r *letterReader) insert(col int, letter, heading string) {
	place := 0
	for place < len(r.l.roles) && r.l.roles[place] < col {
		place++
	}
	r.l.roles, r.of, r.heads = slices.Insert(r.l.roles, place, col), slices.Insert(r.of, place, letter), slices.Insert(r.heads, place, heading)
}

// answersBeside takes a column headed "responsible" for who answers, where another one is headed by who does it: "Durchführung |
// Verantwortung".
func (r *letterReader) answersBeside(row Row) bool {
	for col, cell := range row.Cells {
		s := oneLine(cell)
		at := slices.Index(r.of, "R")
		if letter, word := headLetter(s); letter != "R" || !word || len(tokens(s)) > 3 || col == r.l.roles[at] || isDoing(s) == isDoing(r.heads[at]) {
			continue
		}
		of := "A"
		if isDoing(s) { // then the other was taken for who does
			r.of[at], of = "A", "R"
		}
		r.insert(col, of, s)
		return true
	}
	return false
}

// headLetter is the letter that a heading stands for: "R", "A (approves)",
// "Person accountable". word says that it is a word.
func headLetter(heading string) (letter string, word bool) {
	toks := tokens(heading)
	if m := inBrackets.FindStringSubmatch(heading); m != nil && len(toks) < 9 {
		return m[1], true
	}
	if len(toks) == 0 || len(toks) > 4 {
		return "", false
	}
	for n, tok := range toks {
		m := meanings[tok]
		if m == "" && len(toks) == 1 {
			m = badged(tok)
		}
		if m == "" || n > 0 && !adjectives[tok] && !(len(tok) == 1 && strings.Contains(heading, "("+strings.ToUpper(tok)+")")) {
			continue
		}
		if letter != "" && m != letter {
			if own, word := ownWord(toks); own != "" || !remarkedLetter.MatchString(heading) {
				return own, word
			}
			return letter, word // "C (supporting)"
		}
		letter, word = m, word || len(tok) > 1
	}
	return letter, word
}

// headLetters are the letters of a heading of two words, "Consulted / Informed", in which nothing else stands. Those who do and
// answer have columns of words.
func headLetters(heading string) (letters string) {
	parts := cutAll(heading)
	if len(parts) != 2 {
		return ""
	}
	for _, part := range parts {
		letter, word := headLetter(part)
		if letter == "" || strings.Contains(letters, letter) || !word && strings.Contains("RA", letter) || word && !adjectives[compact(part)] {
			return ""
		}
		letters += letter
	}
	return letters
}

// ownWord is the letter of the one of RACI's own words among those of a heading: "Accountable (Ответственный)".
func ownWord(toks []string) (letter string, word bool) {
	for _, tok := range toks {
		if m := raciNames[tok]; m != "" && letter != "" && m != letter {
			return "", false
		} else if m != "" {
			letter = m
		}
	}
	return letter, letter != ""
}

var raciNames = map[string]string{"responsible": "R", "accountable": "A", "consulted": "C", "informed": "I"}

// abbreviated is the letter of a heading that is one shortened word: "Resp.", "Aprob.".
func abbreviated(heading string) (letter string) {
	if len(heading) > 12 {
		return ""
	}
	toks := tokens(heading)
	if len(toks) != 1 || len(toks[0]) < 3 {
		return ""
	}
	for stem, m := range stems {
		switch {
		case !strings.HasPrefix(stem, toks[0]):
		case letter != "" && m != letter:
			return ""
		default:
			letter = m
		}
	}
	return letter
}

// inBrackets is a letter of ours behind a heading of any words: "Who is told (I)".
var inBrackets = regexp.MustCompile(`\S\s*[(（]([RACIS])[)）]$`)

// badged is the letter of a word that it stands right before, as a page has it that draws the letter in a badge: "RResponsible".
func badged(tok string) string {
	if m := meanings[tok[:1]]; m != "" && m == meanings[tok[1:]] {
		return m
	}
	return ""
}
