package sheet

import (
	"errors"
	"fmt"
)

// Code tells programs why a file was refused; the sentence is for people.
type Code string

// The reasons for which a file is refused.
const (
	TooLarge     Code = "too-large"     // more bytes, rows, columns or cells than are read
	Broken       Code = "broken"        // a damaged workbook or text
	Protected    Code = "protected"     // asks for a password
	WrongFormat  Code = "wrong-format"  // a kind of file that is not read
	Empty        Code = "empty"         // nothing in it
	NotPeople    Code = "not-people"    // no column holds names
	WrongMapping Code = "wrong-mapping" // the columns chosen by hand contradict each other
	Template     Code = "template"      // a form that nobody has filled in
	NotRACI      Code = "not-raci"      // no grid of letters
	Several      Code = "several"       // more than one grid, and none was chosen
)

// Error is a refusal: one plain sentence or two that say what was found and
// what to do about it.
type Error struct {
	Code Code
	Text string
}

func (e *Error) Error() string { return e.Text }

func refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of a refusal, or "" for any other error.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// Limits bound what is read, so that no file can cost more than it is worth.
// A zero field takes its value from DefaultLimits.
type Limits struct {
	Bytes    int   // of the file as it arrives
	Unpacked int64 // of the parts of a workbook, unpacked
	Rows     int   // of one table, counted to the last that holds something
	Columns  int   // of one table
	Cells    int   // of all tables together, empty ones between others included
	Text     int   // bytes of one cell
}

// DefaultLimits leave room for 200,000 people of fifteen columns.
var DefaultLimits = Limits{
	Bytes:    20 << 20,
	Unpacked: 128 << 20,
	Rows:     250_000,
	Columns:  1_000,
	Cells:    4_000_000,
	Text:     128 << 10, // of 32,767 characters, as many as Excel lets stand in a cell
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Bytes > 0 {
		d.Bytes = l.Bytes
	}
	if l.Unpacked > 0 {
		d.Unpacked = l.Unpacked
	}
	if l.Rows > 0 {
		d.Rows = l.Rows
	}
	if l.Columns > 0 {
		d.Columns = l.Columns
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	return d
}

// count renders 1234567 as "1,234,567", the way pages write numbers.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// TooLong refuses a file by its length in bytes, for who has not read it.
func TooLong(bytes int64) *Error { return tooLong(bytes, DefaultLimits) }

func tooLong(bytes int64, limits Limits) *Error {
	return refuse(TooLarge, "This file has %s; at most %s are read. Split it, or leave out sheets that are not needed.", megabytes(bytes), megabytes(int64(limits.Bytes)))
}
