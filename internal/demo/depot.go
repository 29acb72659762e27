package demo

import (
	"strings"

	"hatrack/internal/itsm"
)

// depotRoles are the columns of the large process beside those of its practice, in groups: the first of a group answers
// in its section, and each is worn by the person after the colon.
const depotRoles = `
Project lead: Elena Rossi|Sponsor: Claire Fontaine|Procurement lead: Stella Nakato|Contract reviewer: Monica Alvarez|Site surveyor: George Papadakis|Finance controller: Oliver Grant
Site manager: George Papadakis|Building coordinator: Pedro Nogueira|Power and cooling engineer: Tobias Keller|Safety officer: Isaac Mwangi|Access control engineer: Felix Baumann|Cabling coordinator: Diego Fuentes
Network lead: Lukas Schneider|Line coordinator: Anna Kowalska|Radio planner: Kenji Watanabe|Firewall engineer: Felix Baumann|Telephony engineer: Diego Fuentes|Monitoring engineer: Fatima Zahra Benali
Platform lead: Fatima Zahra Benali|Server engineer: Tobias Keller|Storage engineer: William Osei|Database engineer: Bruna Teixeira|Identity engineer: Monica Alvarez|Backup operator: Arjun Iyer
Application lead: Nadia Rahman|Warehouse specialist: Sunita Desai|Interface developer: Nguyen Thi Hoa|Test lead: Karin Lindholm|Tester: Isaac Mwangi|Data steward: Leyla Demir
Change lead for people: Larissa Moreau|Trainer: Hannah Brooks|Desk representative: Zofia Wójcik|Communicator: Chloé Martin|Key user: Naomi Suzuki|Early support lead: Marek Dvořák|Configuration keeper: Wei Zhang
`

// depotSteps are the sections of the large process with their activities.
const depotSteps = `
Prepare: Collect what the depot needs|Survey the site|Write the business case|Approve the budget|Choose the lease|Plan the milestones|Order long-lead items|Agree contracts|Name the project team|Open the risk list
Building: Take over the building|Check power and cooling|Plan the racks|Lay the cables|Fit access control|Check fire safety|Fit the loading gates|Set up the offices|Accept the building|Hand the keys over
Network: Order the lines|Plan the radio cells|Mount access points|Set up the firewall|Connect the lines|Set up telephony|Measure the radio cells|Connect monitoring|Test the failover|Accept the network
Platform: Order servers|Mount servers|Set up storage|Install the databases|Connect identities|Set up printing|Set up scanners|Set up the backup|Restore a backup for real|Accept the platform
Applications: Model the storage bins|Set up warehouse management|Build the interfaces|Load master data|Test the interfaces|Test with real goods|Test under load|Mend what tests found|Rehearse the cut-over|Accept the applications
People: Plan the shifts|Train the key users|Train the shifts|Write the first help pages|Brief the service desk|Tell customers|Decide to go live|Go live|Watch the first ten days|Hand over to daily work
`

const depotProcess = "Open a new depot"

// depot makes a process of 60 activities and 40 roles, as large ones are.
func (b *builder) depot() {
	b.on(b.back(5, 10))
	practice := b.id(b.practices, "Release management")
	id := b.made(b.db.AddProcess(b.ctx, b.lead, itsm.Process{
		PracticeID: practice, Name: depotProcess, Kind: itsm.Daily, Purpose: "From a decision on paper to lorries at the gate.",
		Triggers: []string{"The board decides on a depot"}, Outputs: []string{"A depot that loads", "Records, manuals and trained people"},
	}))
	columns := []int64{0, b.id(b.roles, "Release management/Owner"), b.id(b.roles, "Release management/Manager"), b.id(b.roles, "Release management/Release coordinator")}
	var groups [][]int // columns by group
	for group := range strings.Lines(strings.TrimSpace(depotRoles)) {
		var of []int
		for entry := range strings.SplitSeq(strings.TrimSpace(group), "|") {
			name, who, _ := strings.Cut(entry, ": ")
			role := b.made(b.db.AddRole(b.ctx, b.lead, itsm.Role{Kind: itsm.Practitioner, ProcessID: id, Name: name}))
			b.roles[depotProcess+"/"+name] = role
			of = append(of, len(columns))
			columns = append(columns, role)
			b.wears(hat{role: depotProcess + "/" + name, who: who, from: b.back(5, 0)})
		}
		groups = append(groups, of)
	}
	for g, section := range rowsOf(strings.ReplaceAll(strings.TrimSpace(depotSteps), ": ", "|")) {
		for i, name := range section[1:] {
			if b.err != nil {
				return
			}
			step := b.made(b.db.AddActivity(b.ctx, b.lead, id, itsm.Step{Name: name, Section: section[0]}, 0, -1))
			b.row(id, step, columns, depotLetters(groups, g, i, len(columns)))
		}
	}
}

// depotLetters spreads the work of a section over its group: one answers, one or two do, neighbours give input.
func depotLetters(groups [][]int, g, i, width int) []string {
	letters := make([]string, width-1)
	put := func(column int, letter string) {
		if letters[column-1] == "" {
			letters[column-1] = letter
		}
	}
	of, next := groups[g], groups[(g+1)%len(groups)]
	does := of[1+i%(len(of)-1)]
	if i == 9 { // the end of a section is the owner's or the manager's to accept
		put(of[0], "R")
		put(2, "A")
	} else {
		put(of[0], "A")
		put(does, "R")
	}
	if i%3 == 1 {
		put(of[1+(i+2)%(len(of)-1)], "R")
	}
	put(of[1+(i+3)%(len(of)-1)], "C")
	put(next[(i+1)%len(next)], "C")
	put(next[0], "I")
	put(3, "I")
	if i%5 == 0 {
		put(1, "I")
	}
	return letters
}
