package server

import (
	"strconv"
	"strings"

	"hatrack/internal/itsm"
)

// peopleCSV is the directory as a file. Who may edit people gets what they could bring back by an import.
func (s *Server) peopleCSV(v *visit) error {
	f := v.peopleFilter()
	edits := v.by.Can(itsm.EditPeople, itsm.Scope{})
	head := []string{"Name", "Title", "Department", "Region", "Company", "Teams", "Hats", "Last day"}
	if edits {
		head = append(head, "Number", "E-mail", "Phone", "Location", "Start date")
	}
	return v.csv("people", head, lines(s.store.PeopleRows(v.ctx, v.by, f, v.by.Today), func(p itsm.PersonLine) []string {
		row := []string{p.Name, p.Title, p.Department, p.Region, p.Company, strings.Join(p.TeamNames, ", "), strconv.Itoa(p.Hats), ""}
		if edits || p.Left(v.by.Today) {
			row[7] = untilDay(p.EmployedTo)
		}
		if edits {
			row = append(row, p.ExternalID, p.Email, p.Phone, p.Location, isoDay(p.EmployedFrom))
		}
		return row
	}))
}
