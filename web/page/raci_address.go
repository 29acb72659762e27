package page

import (
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// RowURL is the form of one row of a matrix.
func RowURL(process int64, name string, activity int64) string {
	return RACIURL(process, name) + "/" + strconv.FormatInt(activity, 10)
}

// CompareURL is two days of a matrix side by side, for a region (0: all); an empty day is the page's own choice.
func CompareURL(process int64, name, from, to string, region int64) string {
	q := url.Values{}
	for param, day := range map[string]string{"from": from, "to": to} {
		if day != "" {
			q.Set(param, day)
		}
	}
	if region != 0 {
		q.Set("region", strconv.FormatInt(region, 10))
	}
	return query(RACIURL(process, name)+"/compare", q)
}

// ColumnsURL is where the roles of a matrix are chosen and ordered.
func ColumnsURL(process int64, name string) string { return ProcessURL(process, name) + "/columns" }

// NewActivityURL is the form of a new activity.
func NewActivityURL(process int64) string {
	return query("/activities/new", url.Values{"process": {strconv.FormatInt(process, 10)}})
}

// AddRowID is the field in a matrix for its next activity.
const AddRowID = "next-activity"

// AddRowURL is a matrix in a view, with that field in focus.
func (v RACIView) AddRowURL(process int64, name string) string {
	return RACIURL(process, name) + v.query() + "#" + AddRowID
}

// ImportRACIURL is where a grid is brought into a process (0: choose there).
func ImportRACIURL(process int64) string {
	q := url.Values{}
	if process != 0 {
		q.Set("process", strconv.FormatInt(process, 10))
	}
	return query("/import/raci", q)
}

// RACIView is what a reader chose to see of a matrix.
type RACIView struct {
	View     string // "" by role, "people", "list", "column"
	Region   int64
	Service  int64
	Role     int64  // of the view "column"
	Worn     string // the roles that the reader wears, where that view is to choose one: part of no address
	OnlyGaps bool
}

// params are the parameters of the view's address, in the order of their names.
func (v RACIView) params() (params []ui.Param) {
	if v.OnlyGaps {
		params = append(params, ui.Param{Name: "gaps", Value: "1"})
	}
	for _, p := range [...]struct {
		name string
		id   int64
	}{{"region", v.Region}, {"role", v.Role}, {"service", v.Service}} {
		if p.id != 0 {
			params = append(params, ui.Param{Name: p.name, Value: strconv.FormatInt(p.id, 10)})
		}
	}
	if v.View != "" {
		params = append(params, ui.Param{Name: "view", Value: v.View})
	}
	return params
}

// query is the end of the view's address.
func (v RACIView) query() (query string) {
	before := "?"
	for _, p := range v.params() {
		query += before + p.Name + "=" + url.QueryEscape(p.Value)
		before = "&"
	}
	return query
}

// URL is the matrix in this view.
func (v RACIView) URL(m *itsm.Matrix) string { return RACIURL(m.ProcessID, m.Process) + v.query() }

// rowURL is a row's form, with the way back to this view.
func (v RACIView) rowURL(m *itsm.Matrix, activity int64) string {
	return RowURL(m.ProcessID, m.Process, activity) + v.query()
}

// saveURL takes one cell; its answer is drawn for this view.
func (v RACIView) saveURL(m *itsm.Matrix) string {
	return RACIURL(m.ProcessID, m.Process) + "/cell" + v.query()
}

// saveAllURL takes cells of several rows; its answer is drawn for this view.
func (v RACIView) saveAllURL(m *itsm.Matrix) string {
	return RACIURL(m.ProcessID, m.Process) + "/cells" + v.query()
}

// rowURLs makes the addresses of many rows of a matrix, in one piece of memory.
type rowURLs struct {
	before, after string
	all           strings.Builder
}

func (v RACIView) rowURLs(m *itsm.Matrix, rows int) *rowURLs {
	u := &rowURLs{before: RACIURL(m.ProcessID, m.Process) + "/", after: v.query()}
	u.all.Grow(rows * (len(u.before) + len("12345678") + len(u.after)))
	return u
}

// of is the address of a row, and the number of its activity as it stands there.
func (u *rowURLs) of(activity int64) (address, number string) {
	var digits [20]byte
	start := u.all.Len()
	u.all.WriteString(u.before)
	u.all.Write(strconv.AppendInt(digits[:0], activity, 10))
	end := u.all.Len()
	u.all.WriteString(u.after)
	address = u.all.String()[start:]
	return address, address[len(u.before) : end-start]
}
