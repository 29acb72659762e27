package itsm

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayLeads stand before the day of a question and go with it: "as of 3 March", "in March", "last March".
var dayLeads = []string{"on", "in", "at", "as", "of", "by", "last", "the", "back"}

// dayOf takes the day out of the words of a question, wherever it stands: 3 March 2026, March 3rd, 2026-03-03, last March,
// yesterday. Without a year it is the latest such day; a month alone is its last day. What lies ahead of today is left in
// the words, and the day is nil: who will answer is a plan, which the pages tell whom it concerns.
func dayOf(words []string, today time.Time) (rest []string, on *time.Time) {
	for i := range words {
		day, n := dayAt(words, i, today)
		if n == 0 || day.After(today) || day.Before(MinDay) {
			continue
		}
		from := i
		for from > 0 && slices.Contains(dayLeads, words[from-1]) {
			from--
		}
		return slices.Concat(words[:from], words[i+n:]), &day
	}
	return words, nil
}

// dayAt reads a day at the i-th word, and of how many words it is; 0 is none.
func dayAt(words []string, i int, today time.Time) (day time.Time, n int) {
	word := func(k int) string {
		if i+k < 0 || i+k >= len(words) {
			return ""
		}
		return words[i+k]
	}
	if word(0) == "yesterday" {
		return today.AddDate(0, 0, -1), 1
	}
	if year, month, d := yearOf(word(0)), count(word(1)), count(word(2)); year > 0 && month > 0 && d > 0 {
		return fit(year, time.Month(month), d, 3)
	}
	month, first, ordinal, d := time.Month(0), 0, 0, 0 // where the month stands, and the day of it
	switch of := word(1) == "of" && count(word(0)) > 0; {
	case of && monthOf(word(2)) > 0:
		month, first, d, ordinal = monthOf(word(2)), 2, count(word(0)), 3
	case count(word(0)) > 0 && monthOf(word(1)) > 0:
		month, first, d, ordinal = monthOf(word(1)), 1, count(word(0)), 2
	case monthOf(word(0)) > 0 && count(word(1)) > 0:
		month, d, ordinal = monthOf(word(0)), count(word(1)), 2
	case monthOf(word(0)) > 0 && count(word(-1)) == 0:
		month, ordinal = monthOf(word(0)), 1
	default:
		return day, 0
	}
	year := yearOf(word(max(first+1, ordinal)))
	n = ordinal
	if year > 0 {
		n++
	}
	if d == 0 && year == 0 && word(-1) != "in" && word(-1) != "last" {
		return day, 0 // a name like any other: who may decide
	}
	given := year > 0
	if !given {
		year = today.Year()
	}
	if d == 0 {
		return monthEnd(year, month, given, today), n
	}
	day, n = fit(year, month, d, n)
	if !given && day.After(today) {
		day, n = fit(year-1, month, d, n)
	}
	return day, n
}

// monthEnd is the last day of a month, or today where the month is not over; without a year, of the latest begun.
func monthEnd(year int, month time.Month, given bool, today time.Time) time.Time {
	if !given && Day(year, month, 1).After(today) {
		year--
	}
	last := Day(year, month+1, 1).AddDate(0, 0, -1)
	if last.After(today) && !Day(year, month, 1).After(today) {
		return today
	}
	return last
}

// fit is the day, and n, if the calendar has it.
func fit(year int, month time.Month, d, n int) (time.Time, int) {
	day := Day(year, month, d)
	if day.Month() != month || day.Day() != d {
		return day, 0
	}
	return day, n
}

// count reads the day of a month: 3, 3rd; 0 is none.
func count(word string) int {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, end)
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > 31 {
		return 0
	}
	return n
}

func yearOf(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil || n < MinDay.Year() || n > MaxDay.Year() {
		return 0
	}
	return n
}

// monthOf reads the English name of a month, or three letters of it.
func monthOf(word string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); word == name || word == name[:3] || word == "sept" && m == time.September {
			return m
		}
	}
	return 0
}
