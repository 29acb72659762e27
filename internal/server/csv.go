package server

import (
	"context"
	"encoding/csv"
	"errors"
	"iter"
	"net/http"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// What every list downloads as: UTF-8 with the mark that spreadsheets know it by, rows written as they come, so that a
// list of any length needs little memory. A handler says what the file is called, its head, and yields its rows:
//
//	return v.csv("teams", []string{"Team", "Lead"}, rows(teams, func(t itsm.Team) []string { return []string{t.Name, t.Lead} }))

// rows are the lines of records that were read as a whole.
func rows[T any](list []T, line func(T) []string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range list {
			if !yield(line(r), nil) {
				return
			}
		}
	}
}

// lines are the lines of records that come one by one; a nil line leaves its record out.
func lines[T any](records iter.Seq2[T, error], line func(T) []string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for r, err := range records {
			if err != nil {
				yield(nil, err)
				return
			}
			if cells := line(r); cells != nil && !yield(cells, nil) {
				return
			}
		}
	}
}

const byteOrderMark = "\ufeff"

// csv answers with a file: name is a plain word or two in small letters, to which the day it speaks of is added. What fails
// before the first row is an error like any other; later the connection is broken off, so that no part of a list passes
// for the whole.
func (v *visit) csv(name string, head []string, rows iter.Seq2[[]string, error]) error {
	var out *csv.Writer
	begin := func() error {
		h := v.w.Header()
		h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		h.Set("Content-Disposition", `attachment; filename="`+name+"-"+itsm.ISODay(v.day())+`.csv"`)
		out = csv.NewWriter(v.w)
		out.UseCRLF = true
		if _, err := v.w.Write([]byte(byteOrderMark)); err != nil {
			return err
		}
		return out.Write(head)
	}
	for row, err := range rows {
		if out == nil && err != nil {
			return err
		}
		if out == nil {
			err = begin()
		}
		if err == nil {
			err = out.Write(harmless(row))
		}
		if err != nil {
			v.breakOff(err)
		}
	}
	if out == nil {
		if err := begin(); err != nil {
			v.breakOff(err)
		}
	}
	if out.Flush(); out.Error() != nil {
		v.breakOff(out.Error())
	}
	return nil
}

// breakOff ends a download that cannot be finished, in a way the browser shows as failed.
func (v *visit) breakOff(err error) {
	if !errors.Is(v.ctx.Err(), context.Canceled) { // else the reader went away
		v.s.log.WarnContext(v.ctx, "download broken off", "request", requestID(v.ctx), "error", err.Error())
	}
	panic(http.ErrAbortHandler)
}

// harmless keeps cells from being formulas: a spreadsheet runs what begins with one of these signs. An apostrophe before
// it is how people write text that looks like one.
func harmless(row []string) []string {
	for i, cell := range row {
		if strings.IndexFunc(strings.TrimLeft(cell, " "), isFormulaSign) == 0 {
			row[i] = "'" + cell
		}
	}
	return row
}

func isFormulaSign(r rune) bool { return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) }

// isoDay is a day in a file; "" for none.
func isoDay(day *time.Time) string {
	if day == nil {
		return ""
	}
	return itsm.ISODay(*day)
}

// untilDay is the last day of a time that ends before to; "" where it has no end.
func untilDay(to *time.Time) string { return isoDay(itsm.Period{To: to}.LastDay()) }

// yes is how a file says that something is so.
func yes(so bool) string {
	if so {
		return "yes"
	}
	return ""
}
