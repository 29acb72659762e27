package page

import (
	"net/url"
	"strconv"

	"hatrack/internal/itsm"
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
	Role     int64 // of the view "column"
	OnlyGaps bool
}

// values are the parameters of the view's address.
func (v RACIView) values() url.Values {
	q := url.Values{}
	if v.View != "" {
		q.Set("view", v.View)
	}
	for name, id := range map[string]int64{"region": v.Region, "service": v.Service, "role": v.Role} {
		if id != 0 {
			q.Set(name, strconv.FormatInt(id, 10))
		}
	}
	if v.OnlyGaps {
		q.Set("gaps", "1")
	}
	return q
}

// URL is the matrix in this view.
func (v RACIView) URL(m *itsm.Matrix) string {
	return query(RACIURL(m.ProcessID, m.Process), v.values())
}

// rowURL is a row's form, with the way back to this view.
func (v RACIView) rowURL(m *itsm.Matrix, activity int64) string { return v.rowURLs(m)(activity) }

// rowURLs is rowURL for many rows of one matrix.
func (v RACIView) rowURLs(m *itsm.Matrix) func(activity int64) string {
	before, after := RACIURL(m.ProcessID, m.Process)+"/", query("", v.values())
	return func(activity int64) string { return before + strconv.FormatInt(activity, 10) + after }
}

// saveURL takes one cell; its answer is drawn for this view.
func (v RACIView) saveURL(m *itsm.Matrix) string {
	return query(RACIURL(m.ProcessID, m.Process)+"/cell", v.values())
}
