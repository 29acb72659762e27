package page

import (
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// at is /nouns/7-some-name: the number finds, the words after it are decoration.
func at(nouns string, id int64, name string) string {
	var room [128]byte
	address := append(room[:0], '/')
	address = append(append(address, nouns...), '/')
	address = append(strconv.AppendInt(address, id, 10), '-')
	words := len(address)
	address, plain := appendPlainSlug(address, name)
	if !plain {
		address = append(address, Slug(name)...)
	}
	if len(address) == words { // no words, no dash
		address = address[:words-1]
	}
	return string(address)
}

// PracticeURL is a practice's page.
func PracticeURL(id int64, name string) string { return at("practices", id, name) }

// ProcessURL is a process's page.
func ProcessURL(id int64, name string) string { return at("processes", id, name) }

// RACIURL is a process's matrix.
func RACIURL(id int64, name string) string { return ProcessURL(id, name) + "/raci" }

// ActivityURL is an activity's page.
func ActivityURL(id int64, name string) string { return at("activities", id, name) }

// RoleURL is a role's card.
func RoleURL(id int64, name string) string { return at("roles", id, name) }

// ServiceURL is a service's page.
func ServiceURL(id int64, name string) string { return at("services", id, name) }

// PersonURL is a person's page.
func PersonURL(id int64, name string) string { return at("people", id, name) }

// TeamURL is a team's page.
func TeamURL(id int64, name string) string { return at("teams", id, name) }

// CompanyURL is a company's page.
func CompanyURL(id int64, name string) string { return at("companies", id, name) }

// AssignmentURL is the page of an assignment.
func AssignmentURL(id int64) string { return at("assignments", id, "") }

// HolderURL is the page of whoever holds a hat.
func HolderURL(h itsm.Holding) string {
	switch {
	case h.TeamID != 0:
		return TeamURL(h.TeamID, h.Name)
	case h.CompanyID != 0:
		return CompanyURL(h.CompanyID, h.Name)
	}
	return PersonURL(h.PersonID, h.Name)
}

// HandOverURL is the form that hands hats of a person over, with what is known filled in: zero leaves a choice open.
func HandOverURL(person, assignment, to int64, day string) string {
	q := url.Values{}
	if assignment != 0 {
		q.Set("hat", strconv.FormatInt(assignment, 10))
	}
	if to != 0 {
		q.Set("person", strconv.FormatInt(to, 10))
	}
	if day != "" {
		q.Set("day", day)
	}
	return query(at("people", person, "")+"/hand-over", q)
}

// AppointURL is the form that appoints or proposes, with what is known filled in: zero leaves a choice open.
func AppointURL(role, person, region int64, capacity itsm.Capacity) string {
	q := url.Values{}
	for name, id := range map[string]int64{"role": role, "person": person, "region": region} {
		if id != 0 {
			q.Set(name, strconv.FormatInt(id, 10))
		}
	}
	if capacity != "" && capacity != itsm.Holder {
		q.Set("capacity", string(capacity))
	}
	return query("/assignments/new", q)
}

// MistakeURL is the form that reports what is wrong at a line of a page.
func MistakeURL(process, activity, role int64, about string) string {
	q := url.Values{}
	for name, id := range map[string]int64{"process": process, "activity": activity, "role": role} {
		if id != 0 {
			q.Set(name, strconv.FormatInt(id, 10))
		}
	}
	if about != "" {
		q.Set("about", about)
	}
	return query("/mistakes/new", q)
}

// listURL is a list narrowed by words, or of what is archived.
func listURL(path, text string, archived bool) string {
	q := url.Values{}
	if text != "" {
		q.Set("q", text)
	}
	if archived {
		q.Set("archived", "1")
	}
	return query(path, q)
}

// ListFiles is what a list at an address can be taken out as, narrowed as it is.
func ListFiles(address string) []ui.Link {
	return []ui.Link{{Text: "Workbook (XLSX)", Href: FileURL(address, "xlsx")}, {Text: "Table (CSV)", Href: FileURL(address, "csv")}}
}

// roleFiles are the roles of a practice and its processes as files.
func roleFiles(practice int64) []ui.Link {
	files := ListFiles("/roles?practice=" + number(practice))
	for i := range files {
		files[i].Text = "Roles, " + strings.ToLower(files[i].Text[:1]) + files[i].Text[1:]
	}
	return files
}

// listPager turns the pages of a list whose address leaves the page open.
func listPager(address string, at, size, shown, total int, one, many string) ui.Pager {
	from := (at - 1) * size
	return ui.Pager{
		From: min(from+1, total), To: from + shown, Total: total, One: one, Many: many, Page: at, Pages: (total + size - 1) / size,
		Href: func(n int) string {
			if n < 2 {
				return address
			}
			path, q, _ := strings.Cut(address, "?")
			values, _ := url.ParseQuery(q) // it was put together here
			values.Set("page", strconv.Itoa(n))
			return query(path, values)
		},
	}
}

// FileURL is an address as a file of a kind: csv, xlsx.
func FileURL(address, kind string) string {
	path, q, narrowed := strings.Cut(address, "?")
	if narrowed {
		return path + "." + kind + "?" + q
	}
	return path + "." + kind
}

func query(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
