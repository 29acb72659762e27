package server

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
)

// What every list downloads as: UTF-8 text with the mark that spreadsheets know it by, or a workbook, as the ending of the
// address says. Rows are written as they come, so that a list of any length needs little memory. A handler says what the
// file is called, its head, and yields its rows:
//
//	return v.file("teams", []string{"Team", "Lead"}, rows(teams, func(t itsm.Team) []string { return []string{t.Name, t.Lead} }))

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

// sheetWriter takes a list row by row into a file of some kind.
type sheetWriter interface {
	Write(row []string) error
	Close() error
}

// csvFile is a list as text; its cells are kept from being formulas.
type csvFile struct{ *csv.Writer }

func newCSV(w io.Writer, head []string) (csvFile, error) {
	out := csvFile{csv.NewWriter(w)}
	out.UseCRLF = true
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return out, err
	}
	return out, out.Writer.Write(head)
}

func (f csvFile) Write(row []string) error { return f.Writer.Write(harmless(row)) }

func (f csvFile) Close() error {
	f.Flush()
	return f.Error()
}

// file answers with a list: name is a plain word or two in small letters, to which the day it speaks of is added. What
// fails before the first row is an error like any other; later the connection is broken off, so that no part of a list
// passes for the whole.
func (v *visit) file(name string, head []string, rows iter.Seq2[[]string, error]) error {
	return v.fileOf(name, name+"-"+itsm.ISODay(v.day()), head, rows)
}

// fileOf is file under a whole name of its own, where not everything in it is of the day.
func (v *visit) fileOf(name, whole string, head []string, rows iter.Seq2[[]string, error]) error {
	var out sheetWriter
	for row, err := range rows {
		if out == nil && err != nil {
			return err
		}
		if out == nil {
			out, err = v.beginFile(name, whole, head)
		}
		if err == nil {
			err = out.Write(row)
		}
		if err != nil {
			v.breakOff(err)
		}
	}
	var err error
	if out == nil {
		out, err = v.beginFile(name, whole, head)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		v.breakOff(err)
	}
	return nil
}

// beginFile says what comes and writes its head.
func (v *visit) beginFile(name, whole string, head []string) (sheetWriter, error) {
	h, ending := v.w.Header(), ".csv"
	if strings.HasSuffix(v.r.URL.Path, ".xlsx") {
		ending = ".xlsx"
	}
	h.Set("Content-Disposition", `attachment; filename="`+whole+ending+`"`)
	if ending == ".xlsx" {
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set(gzhttp.HeaderNoCompression, "it is") // packed already
		return sheet.NewListWriter(v.w, sheetName(name), head), nil
	}
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	return newCSV(v.w, head)
}

// sheetName is a file's name as that of a sheet, which has 31 characters at most.
func sheetName(name string) string { return name[:min(len(name), 31)] }

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

// isFile says that an address is a list to take away, which may take its time.
func isFile(path string) bool {
	return strings.HasSuffix(path, ".csv") || strings.HasSuffix(path, ".xlsx")
}
