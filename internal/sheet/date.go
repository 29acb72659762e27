package sheet

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Day is a calendar day at midnight UTC; the zero Day is no day. In JSON it
// is "2006-01-02".
type Day struct{ time.Time }

// MarshalJSON writes the ISO form, or null for no day.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.Format(time.DateOnly))
}

// DateOrder is the order in which 03/04/05 is read.
type DateOrder string

// The orders a column can have. AnyOrder lets the column's own values decide.
const (
	AnyOrder DateOrder = ""
	DMY      DateOrder = "dmy"
	MDY      DateOrder = "mdy"
	YMD      DateOrder = "ymd"
)

// Words names the order on the screen.
func (o DateOrder) Words() string {
	switch o {
	case MDY:
		return "month/day/year"
	case YMD:
		return "year/month/day"
	}
	return "day/month/year"
}

// rawDate is a date as written: either known in full, or three numbers whose
// order the column has to tell.
type rawDate struct {
	known   bool
	y, m, d int
	triple  [3]int // as written
	long    bool   // the last of the three is a year of four digits
	dotted  bool   // 03.04.2005: written with dots it is day, month, year
	sign    byte   // '/' or '-' between the numbers, else 0
}

// openEnd is the year from which an end is meant as "never" (31.12.9999).
const openEnd = 2200

// parseDate takes a text apart: ISO and other numeric forms, month names,
// day numbers of a spreadsheet, each with or without a time of day.
func parseDate(s string) (rawDate, bool) {
	s = dropClock(lowerPlain(s))
	if s == "" || len(s) > 40 {
		return rawDate{}, false
	}
	numbers, month, dotted, ok := dateTokens(s)
	if !ok {
		return rawDate{}, false
	}
	switch {
	case month > 0 && len(numbers) == 2:
		day, year := numbers[0], numbers[1]
		if len(day) > 2 {
			day, year = year, day
		}
		return rawDate{known: true, y: yearOf(year), m: month, d: atoi(day)}, len(day) <= 2 && (len(year) == 2 || len(year) == 4)
	case month > 0:
		return rawDate{}, false
	case len(numbers) == 1:
		return loneNumber(numbers[0])
	case len(numbers) != 3 || len(numbers[1]) > 2:
		return rawDate{}, false
	case len(numbers[0]) == 4 && len(numbers[2]) <= 2:
		return rawDate{known: true, y: atoi(numbers[0]), m: atoi(numbers[1]), d: atoi(numbers[2])}, true
	case len(numbers[0]) > 2 || len(numbers[2]) != 2 && len(numbers[2]) != 4:
		return rawDate{}, false
	}
	return rawDate{triple: [3]int{atoi(numbers[0]), atoi(numbers[1]), atoi(numbers[2])}, long: len(numbers[2]) == 4, dotted: dotted, sign: signOf(s)}, true
}

// lowerPlain is a text in small letters, its digits those of ours.
func lowerPlain(s string) string {
	return strings.ToLower(clean(eastern.Replace(strings.Map(westernDigit, s))))
}

// eastern turns 2020年4月1日 into 2020-4-1.
var eastern = strings.NewReplacer("年", "-", "月", "-", "日", "", "년", "-", "월", "-", "일", "")

// westernDigit is a digit of any script as 0 to 9.
func westernDigit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 && !(r >= 0xff10 && zero == 0xff10) {
		zero--
	}
	return '0' + r - zero
}

// shortYear marks a year of two digits until the column's century is known.
const shortYear = -10_000

func yearOf(digits string) int {
	if len(digits) == 2 {
		return shortYear + atoi(digits)
	}
	return atoi(digits)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// dropClock cuts "06:09:38 UTC" off a text, and the T or space before it.
func dropClock(s string) string {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	hour := colon
	for hour > 0 && s[hour-1] >= '0' && s[hour-1] <= '9' {
		hour--
	}
	if hour == 0 || hour == colon {
		return s
	}
	return strings.TrimRight(strings.TrimSuffix(s[:hour], "t"), " ,")
}

// dateTokens splits a text into its numbers and the month it names. Anything
// that has no place in a date makes it none.
func dateTokens(s string) (numbers []string, month int, dotted, ok bool) {
	for i := 0; i < len(s); {
		end := i
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
			numbers = append(numbers, s[i:end])
		case c == '/' || c == '-' || c == ' ' || c == ',' || c == '\'':
			if i == 0 {
				return nil, 0, false, false
			}
			end++
		case c == '.':
			dotted = true
			end++
		default:
			for end < len(s) && (s[end] >= 0x80 || s[end] >= 'a' && s[end] <= 'z') {
				end++
			}
			m, filler := monthOf(s[i:end])
			if end == i || !filler && (m == 0 || month != 0) {
				return nil, 0, false, false
			}
			month = max(month, m)
		}
		i = end
	}
	return numbers, month, dotted && month == 0, true
}

var fillers = words("st nd rd th of de del the mon tue wed thu fri sat sun tues thur thurs monday tuesday wednesday thursday friday saturday sunday " +
	"mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag")

// monthNames holds the beginnings of month names, accents dropped, in
// English, German, French, Spanish, Portuguese, Dutch, Italian, Polish, Finnish
// and Russian.
var monthNames = [12]string{
	"jan ene gen sty tammi янв", "feb fev fevr fevrier febrero fevereiro lut helmi фев", "mar mrz mars maerz marz maart mrt maalis мар", "apr avr abr avril abril kwi huhti апр",
	"may mai mayo maio mei maj mag touko маи мая", "jun juin giu cze kesa июн", "jul juil juillet lug lip heina июл", "aug aou aout ago agosto sie elo авг",
	"sep set sept wrz syys сен", "oct okt out octobre outubro ott paz loka окт", "nov lis marras ноя", "dec dez dic dezember dezembro diciembre gru joulu дек",
}

// monthOf finds a month by name; filler words belong to no month.
func monthOf(word string) (month int, filler bool) {
	if fillers[word] {
		return 0, true
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
	if len(plain) < 3 {
		return 0, false
	}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if plain == name || len(name) >= 3 && strings.HasPrefix(plain, name) && utf8.RuneCountInString(plain) <= 12 {
				return i + 1, false
			}
		}
	}
	return 0, false
}

// loneNumber reads 20020120 and a spreadsheet's day number.
func loneNumber(digits string) (rawDate, bool) {
	n := atoi(digits)
	switch {
	case len(digits) == 8 && (n >= 1900_00_00 && n < 2200_00_00 || n/1_00_00 == 9999): // the last is an open end
		return rawDate{known: true, y: n / 10000, m: n / 100 % 100, d: n % 100}, true
	case len(digits) == 5 && n >= 10_000 && n < 80_000:
		at := serialTime(float64(n), false)
		return rawDate{known: true, y: at.Year(), m: int(at.Month()), d: at.Day()}, true
	}
	return rawDate{}, false
}

// in reads the date in an order, or in the only other one that makes it a
// day. A year of two digits is the latest one not after latest.
func (r rawDate) in(order DateOrder, latest int) (Day, bool) {
	if r.known {
		return newDay(r.y, r.m, r.d, latest)
	}
	if r.dotted {
		order = DMY
	}
	a, b, c := r.triple[0], r.triple[1], r.triple[2]
	if !r.long {
		c += shortYear
	}
	tries := map[DateOrder]func() (Day, bool){
		DMY: func() (Day, bool) { return newDay(c, b, a, latest) },
		MDY: func() (Day, bool) { return newDay(c, a, b, latest) },
		YMD: func() (Day, bool) {
			if r.long {
				return Day{}, false
			}
			return newDay(a+shortYear, b, r.triple[2], latest)
		},
	}
	for _, o := range []DateOrder{order, DMY, MDY, YMD} {
		if try := tries[o]; try != nil {
			if day, ok := try(); ok {
				return day, true
			}
		}
	}
	return Day{}, false
}

func newDay(y, m, d, latest int) (Day, bool) {
	if y < 0 {
		y -= shortYear
		y += latest - latest%100
		if y > latest {
			y -= 100
		}
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1900 || y > 9999 || m < 1 || at.Day() != d || int(at.Month()) != m {
		return Day{}, false
	}
	return Day{at}, true
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}
