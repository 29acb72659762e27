package itsm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayLayouts are the ways in which a question writes a day, the longest first. Without its year a day is the latest such day;
// without its day a month is its last one.
var dayLayouts = []struct {
	layout    string
	year, day bool // are written
}{
	{"2 of January 2006", true, true},
	{"2 January 2006", true, true}, {"January 2 2006", true, true}, {"2006 1 2", true, true}, {"2 of January", false, true},
	{"2 January", false, true}, {"January 2", false, true}, {"January 2006", true, false},
	{"January", false, false},
}

// dayLeads stand before the day of a question and go with it: "as of 3 March", "in March", "last March".
var dayLeads = []string{"on", "in", "at", "as", "of", "by", "last", "the", "back"}

// dayWords are days that are named by how far from today they lie.
var dayWords = map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}

// dayOf takes the day out of the words of a question, wherever it stands: 3 March 2026, March 3rd, 2026-03-03, last March,
// yesterday, tomorrow. It may lie ahead, where its year is written; "today" says nothing beyond the question.
func dayOf(words []string, today time.Time) (rest []string, on *time.Time) {
	for i := range words {
		day, n := dayAt(words, i, today)
		if n == 0 || day.After(MaxDay) || day.Before(MinDay) {
			continue
		}
		from := i
		for from > 0 && slices.Contains(dayLeads, words[from-1]) {
			from--
		}
		if rest = slices.Concat(words[:from], words[i+n:]); words[i] == "today" {
			return rest, nil
		}
		return rest, &day
	}
	return words, nil
}

// dayAt reads a day at the i-th word, and of how many words it is; 0 is none.
func dayAt(words []string, i int, today time.Time) (day time.Time, n int) {
	if days, ok := dayWords[words[i]]; ok {
		return today.AddDate(0, 0, days), 1
	}
	for _, l := range dayLayouts {
		n := strings.Count(l.layout, " ") + 1
		if i+n > len(words) || !l.day && !leadsToMonth(words[:i], l.year) {
			continue
		}
		said := make([]string, n)
		for k := range said {
			said[k] = plainDay(words[i+k])
		}
		text := strings.Join(said, " ")
		for _, layout := range []string{l.layout, strings.Replace(l.layout, "January", "Jan", 1)} {
			if day, err := time.Parse(layout, text); err == nil {
				return latest(day, l.year, l.day, today), n
			}
		}
	}
	return day, 0
}

// NoSuchDay is a day that a text names and the calendar lacks, "31 February" or "29 February 2025"; "" where it names none.
func NoSuchDay(text string) string {
	words := textWords(strings.ToLower(text))
	number := func(i int) int {
		if i < 0 || i >= len(words) {
			return 0
		}
		n, err := strconv.Atoi(plainDay(words[i]))
		if err != nil {
			return 0
		}
		return n
	}
	for i, word := range words {
		month, ok := monthOf(word)
		if !ok {
			continue
		}
		before := i - 1
		if before > 0 && words[before] == "of" {
			before--
		}
		day, year := number(before), number(i+1)
		if day == 0 {
			day, year = year, number(i+2)
		}
		in, said := 2024, fmt.Sprintf("%d %s", day, month) // a leap year, where none is said
		if year >= MinDay.Year() && year <= 9999 {
			in, said = year, fmt.Sprintf("%s %d", said, year)
		}
		if last := Day(in, month+1, 1).AddDate(0, 0, -1).Day(); day > last && day <= 31 {
			return said
		}
	}
	return ""
}

// monthOf reads a month's name.
func monthOf(word string) (time.Month, bool) {
	for _, layout := range []string{"January", "Jan"} {
		if at, err := time.Parse(layout, plainDay(word)); err == nil {
			return at.Month(), true
		}
	}
	return 0, false
}

// leadsToMonth says that a month without a day is meant as one behind these words, and is no name like any other ("who may
// decide") and no day that the calendar lacks ("30 February 2026").
func leadsToMonth(before []string, year bool) bool {
	if len(before) == 0 {
		return year
	}
	last := before[len(before)-1]
	if _, err := time.Parse("2", plainDay(last)); err == nil {
		return false
	}
	return year || last == "in" || last == "last"
}

// plainDay is a word as time reads it: 3 of 3rd, sep of sept.
func plainDay(word string) string {
	if word == "sept" {
		return "sep"
	}
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if bare := strings.TrimSuffix(word, end); bare != word && strings.Trim(bare, "0123456789") == "" {
			return bare
		}
	}
	return word
}

// latest completes what was read of a day: without a year it is the latest up to today, without a day the last of its month,
// or today where that month is not over.
func latest(read time.Time, year, day bool, today time.Time) time.Time {
	in := func(y int) time.Time {
		if day {
			return Day(y, read.Month(), read.Day())
		}
		return Day(y, read.Month(), 1)
	}
	at := in(read.Year())
	if !year {
		for y := today.Year(); ; y-- { // 29 February is not every year
			if at = in(y); !at.After(today) && at.Month() == read.Month() {
				break
			}
		}
	}
	if day {
		return at
	}
	if end := at.AddDate(0, 1, -1); at.After(today) || !end.After(today) {
		return end
	}
	return today
}
