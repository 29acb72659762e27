package synth

import (
	"fmt"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// places are regions, companies and services.
func (b *builder) places() {
	b.regions = b.reserve(store.KindRegion, len(regions))
	var all []itsm.Region
	ids := map[string]int64{}
	for i, name := range regions {
		above, name, _ := strings.Cut(name, "/")
		r := itsm.Region{ID: b.regions + int64(i), Name: name, ParentID: ids[above]}
		if name == "" {
			r.Name = above
		}
		ids[r.Name] = r.ID
		all = append(all, r)
	}
	b.fill("regions", store.BulkRegions(all))
	b.companies = b.reserve(store.KindCompany, b.scale.Companies)
	companies := make([]itsm.Company, b.scale.Companies)
	for i := range companies {
		kind := "supplier"
		if i%4 == 3 {
			kind = "customer"
		}
		companies[i] = itsm.Company{ID: b.companies + int64(i), Name: fmt.Sprintf("%s %s %d", lastNames[i%len(lastNames)], companyKinds[i%len(companyKinds)], i+1), Kind: kind}
	}
	b.fill("companies", store.BulkCompanies(companies))
	b.services = b.reserve(store.KindService, len(offered))
	services := make([]itsm.Service, len(offered))
	for i, name := range offered {
		services[i] = itsm.Service{ID: b.services + int64(i), Name: name, Purpose: name + " for whoever needs it at work."}
	}
	b.fill("services", store.BulkServices(services))
}

// everybody are the people and whom they report to; a tenth are external, a tenth have left.
func (b *builder) everybody() {
	n := b.scale.People
	b.people = b.reserve(store.KindPerson, n)
	people := make([]itsm.Person, n)
	b.left, b.joined = make([]*time.Time, n), make([]int, n)
	var lines []store.BulkLine
	var away []store.BulkStay
	for i := range people {
		r := b.chance(ofPerson, i)
		first, last := pick(r, firstNames), pick(r, lastNames)
		b.joined[i] = 200 + r.IntN(7000)
		from := b.ago(b.joined[i])
		p := itsm.Person{
			ID: b.people + int64(i), ExternalID: fmt.Sprintf("E%07d", i+1), Name: first + " " + last, Title: pick(r, levels) + " " + pick(r, titles),
			Email:      fmt.Sprintf("%s.%s.%d@example.org", strings.ToLower(first), strings.ToLower(last), i+1),
			Department: pick(r, departments), RegionID: b.regions + int64(r.IntN(len(regions))), EmployedFrom: &from,
		}
		p.Location = regionName(int(p.RegionID - b.regions))
		company, leaves, away2 := r.IntN(b.scale.Companies), 1+r.IntN(180), r.IntN(30)
		if i >= landmarkPeople {
			if in(r, 10) {
				p.CompanyID = b.companies + int64(company)
			}
			if in(r, 10) {
				p.EmployedTo = b.day(leaves)
			} else if in(r, 3) {
				away = append(away, store.BulkStay{Person: p.ID, Period: itsm.Period{From: b.ago(away2), To: b.day(-away2)}})
			}
		}
		people[i], b.left[i] = p, p.EmployedTo
		if i > 0 {
			lines = append(lines, store.BulkLine{Person: p.ID, Manager: b.people + int64((i-1)/8), Primary: true})
		}
		if i > 64 && i%20 == 0 {
			lines = append(lines, store.BulkLine{Person: p.ID, Manager: b.people + int64((i-1)/64)})
		}
	}
	for i := range away { // somebody away today comes back tomorrow at the earliest
		if !away[i].To.After(away[i].From) {
			away[i].To = b.day(-1)
		}
	}
	b.fill("people", store.BulkPeople(people))
	b.fill("reporting lines", store.BulkLines(lines))
	b.fill("absences", store.BulkAbsences(away))
}

// teamPeople is how many people there are to a team, teamMembers how many of these are in it.
const (
	teamPeople  = 25
	teamMembers = 10
)

// groups are teams with their members: neighbours in the directory.
func (b *builder) groups() {
	b.teams = b.reserve(store.KindTeam, b.scale.Teams)
	teams := make([]itsm.Team, b.scale.Teams)
	var members []store.BulkStay
	for i := range teams {
		r := b.chance(ofTeam, i)
		first := i * teamPeople
		area, place := pick(r, departments), r.IntN(len(regions))
		teams[i] = itsm.Team{
			ID: b.teams + int64(i), Name: fmt.Sprintf("%s, %s %d", area, regionName(place), i+1), Purpose: "Looks after " + strings.ToLower(area) + ".",
			RegionID: b.regions + int64(place),
		}
		if b.left[first] == nil {
			teams[i].LeadID = b.people + int64(first)
		}
		for m := range teamMembers {
			stay := store.BulkStay{Team: teams[i].ID, Person: b.people + int64(first+m), Period: itsm.Period{From: b.ago(190 + r.IntN(10)), To: b.left[first+m]}}
			if m == teamMembers-1 && stay.To == nil {
				stay.To = b.day(20) // one who was in it
			}
			members = append(members, stay)
		}
	}
	// The landmark is in two teams.
	members = append(members, store.BulkStay{Team: b.teams + 1, Person: b.people + landmark, Period: itsm.Period{From: b.ago(100)}})
	b.fill("teams", store.BulkTeams(teams))
	b.fill("memberships", store.BulkMemberships(members))
}

func regionName(i int) string {
	above, name, below := strings.Cut(regions[i], "/")
	if !below {
		return above
	}
	return name
}
