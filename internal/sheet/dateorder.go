package sheet

import (
	"fmt"
	"strings"
)

// 03/04/2025 is a day of March or of April. What else stands in its column tells, or else the list before it.

// latestYear is the last year that two digits may mean where no day is known: the convention of the C library.
const latestYear = 2068

// dateOrders settles the order of each column of dates: what was chosen, what
// its own values say, what the other column says, else day first, as a
// question.
func (r *peopleReader) dateOrders(rows []Row) {
	r.orders, r.signs = map[Field]DateOrder{}, map[Field]map[byte]DateOrder{}
	evidence := map[Field]*dateEvidence{}
	var all dateEvidence
	for _, f := range []Field{EmployedFrom, EmployedTo} {
		e := &dateEvidence{}
		for i, v := range r.values(rows, f) {
			e.add(rows[i].Line, v)
		}
		evidence[f] = e
		all.dmy, all.mdy, all.ymd = all.dmy+e.dmy, all.mdy+e.mdy, all.ymd+e.ymd
	}
	for _, f := range []Field{EmployedFrom, EmployedTo} {
		e, column := evidence[f], r.at[f]
		order, sure := e.order()
		if order == AnyOrder {
			order, sure = all.order()
			sure = sure && order != AnyOrder
		}
		if order == AnyOrder {
			order = DMY
		}
		if r.options.DateOrder != AnyOrder {
			order, sure = r.options.DateOrder, true
		}
		r.orders[f] = order
		if signs := e.ofSigns(); signs != nil && r.options.DateOrder == AnyOrder {
			r.signs[f] = signs
			r.list.Columns[column].Why += fmt.Sprintf(", dates with “-” read as %s and those with “/” as %s", signs['-'].Words(), signs['/'].Words())
			continue
		}
		if column < 0 || e.ambiguous == 0 {
			continue
		}
		if sure {
			r.list.Columns[column].Why += ", dates read as " + order.Words()
			continue
		}
		r.list.Questions = append(r.list.Questions, e.question(r.list.Columns[column], order))
	}
}

// dateEvidence counts what the values of a column say about its order.
type dateEvidence struct {
	dmy, mdy, ymd int // values that can be read in this order only
	ambiguous     int // values that can be read in two orders
	example       string
	line          int // of the first ambiguous one
	signs         map[byte]*dateEvidence
}

func (e *dateEvidence) add(line int, s string) {
	r, ok := parseDate(s)
	if !ok || r.known || r.dotted {
		return
	}
	e.count(r, line, s)
	if e.signs == nil {
		e.signs = map[byte]*dateEvidence{}
	}
	if e.signs[r.sign] == nil {
		e.signs[r.sign] = &dateEvidence{}
	}
	e.signs[r.sign].count(r, line, s)
}

func (e *dateEvidence) count(r rawDate, line int, s string) {
	a, b := r.triple[0], r.triple[1]
	switch {
	case a > 31 && !r.long:
		e.ymd++
	case a > 12:
		e.dmy++
	case b > 12:
		e.mdy++
	case a != b:
		if e.ambiguous++; e.ambiguous == 1 {
			e.example, e.line = clean(s), line
		}
	}
}

// order decides by majority; sure is false where nothing decided, or where
// the column itself mixes orders.
func (e dateEvidence) order() (order DateOrder, sure bool) {
	if e.ymd > e.dmy && e.ymd > e.mdy {
		return YMD, e.dmy+e.mdy == 0
	}
	if e.mdy > e.dmy {
		return MDY, e.dmy == 0
	}
	if e.dmy > 0 {
		return DMY, e.mdy == 0
	}
	return AnyOrder, e.ambiguous == 0
}

// signsAtLeast is how many dates with a sign must say their order before the others with it follow.
const signsAtLeast = 2

// ofSigns are the orders of dates by the sign in them, where a column mixes orders and each sign has only one of them: two
// systems wrote it.
func (e dateEvidence) ofSigns() map[byte]DateOrder {
	if e.dmy == 0 || e.mdy == 0 {
		return nil
	}
	out := map[byte]DateOrder{}
	for sign, of := range e.signs {
		order, sure := of.order()
		if !sure || sign == 0 || of.dmy+of.mdy+of.ymd < signsAtLeast {
			return nil
		}
		out[sign] = order
	}
	return out
}

// signOf is what stands between the numbers of a date.
func signOf(s string) byte {
	for _, sign := range []byte("/-") {
		if strings.IndexByte(s, sign) >= 0 {
			return sign
		}
	}
	return 0
}

// question says what was assumed about a column whose dates can be read in
// two ways.
func (e dateEvidence) question(c Column, assumed DateOrder) Question {
	text := fmt.Sprintf("“%s” has %s that can be read in two ways, such as %s on line %s. They were read as %s.",
		c.Header, plural(e.ambiguous, "date"), e.example, count(e.line), assumed.Words())
	if e.dmy > 0 && e.mdy > 0 {
		text = fmt.Sprintf("“%s” mixes day/month/year (%s) and month/day/year (%s). The %s that can be read in two ways, such as %s on line %s, were read as %s.",
			c.Header, count(e.dmy), count(e.mdy), count(e.ambiguous), e.example, count(e.line), assumed.Words())
	}
	return Question{Code: "date-order", Column: c.Index, Text: text, Assumed: string(assumed), Choices: []string{string(DMY), string(MDY), string(YMD)}}
}
