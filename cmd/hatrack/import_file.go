package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"hatrack/internal/sheet"
)

// Codes that the program ends with beside 0 and 1.
const (
	exitUsage      = 2 // it was called wrongly
	exitDoubtful   = 3 // a file is perhaps not what it should be, or leaves something to decide
	exitUnreadable = 4 // a file cannot be read
)

// coded is an error with the code that the program ends with.
type coded struct {
	code int
	text string
}

func (e coded) Error() string { return e.text }

// or is the worse of two, with what is said of both.
func (e coded) or(code int, text string) coded {
	if text != "" && e.text != "" {
		text = e.text + "\n" + text
	}
	return coded{max(code, e.code), cmp.Or(text, e.text)}
}

// readFile reads what somebody brings. What is too large is refused by its length, before any of it is in memory.
func readFile(name string) ([]byte, error) {
	debug.SetGCPercent(25) // a file is read once: memory matters more than the time
	f, err := os.Open(name)
	if err != nil {
		return nil, wrong("%s cannot be read: %v", name, err)
	}
	defer f.Close()
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		if info.Size() > int64(sheet.DefaultLimits.Bytes) {
			return nil, sheet.TooLong(info.Size())
		}
		data.Grow(int(info.Size()) + bytes.MinRead) // so that it is in memory once
	}
	if _, err := data.ReadFrom(io.LimitReader(f, int64(sheet.DefaultLimits.Bytes)+1)); err != nil {
		return nil, wrong("%s cannot be read: %v", name, err)
	}
	return data.Bytes(), nil
}

// unreadable is a refusal as the end of the program; other errors stay.
func unreadable(file string, err error) error {
	if sheet.CodeOf(err) == "" {
		return err
	}
	return coded{exitUnreadable, filepath.Base(file) + ": " + err.Error()}
}

// unread says which other lists there are, that are understood as well or well enough.
func unread(l sheet.Listing, others []sheet.Listing) (notes []sheet.Note) {
	for _, o := range others {
		if o.Score < min(l.Score, 5) || o.Score == 0 || len(o.Rows) < 2 {
			continue
		}
		text := fmt.Sprintf("“%s” is another list and is not read; --sheet chooses it.", o.Where)
		if l.Documents {
			text = fmt.Sprintf("%s holds a list and is not read among documents; bring it alone.", o.File)
		}
		notes = append(notes, sheet.Note{Line: l.Rows[0].Line, Text: text})
	}
	return notes
}
