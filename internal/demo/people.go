package demo

import (
	"strings"

	"hatrack/internal/itsm"
)

// Cast are those one can be with one click.
var Cast = []itsm.DemoAccount{
	{Title: "SMO lead", Name: "Ingrid Solberg", Email: address("Ingrid Solberg"), Sees: "Everything in practices, people and assignments, and changes it."},
	{Title: "Process owner", Name: "Joe Okafor", Email: address("Joe Okafor"), Sees: "Two practices to answer for: edits them, appoints their managers."},
	{Title: "Manager", Name: "Marta Nowak", Email: address("Marta Nowak"), Sees: "Runs incident management in one region, acts in another, appoints there."},
	{Title: "Practitioner", Name: "Jonas Weber", Email: address("Jonas Weber"), Sees: "The hats he wears, own and through the service desk: what to do, whom to ask."},
	{Title: "Auditor", Name: "Aiko Tanaka", Email: address("Aiko Tanaka"), Sees: "Everything, the reasons and plans included. Changes nothing."},
	{Title: "Reader", Name: "Priya Raman", Email: address("Priya Raman"), Sees: "What is in force and who holds which hat. Wears none."},
	{Title: "Administrator", Name: "Tomás Rivera", Email: address("Tomás Rivera"), Sees: "Accounts and settings, nothing else of the content."},
	{Title: "Supplier", Name: "Dana Petrov", Email: "dana.petrov@corvid.example", Sees: "Only the practices in which she or her company holds a hat."},
}

var plain = strings.NewReplacer("á", "a", "ã", "a", "é", "e", "í", "i", "ó", "o", "ö", "o", "ř", "r", "ń", "n", "ø", "o", "ü", "u", "ş", "s", "ł", "l", "ñ", "n", "ç", "c", "'", "", " ", ".")

// address is where mail to a person of the organisation would go, if there were one.
func address(name string) string { return plain.Replace(strings.ToLower(name)) + "@tallgrass.example" }

// regions, parents first.
var regions = [][2]string{
	{"Americas", ""}, {"Brazil", "Americas"}, {"United States", "Americas"},
	{"EMEA", ""}, {"Germany", "EMEA"}, {"Poland", "EMEA"}, {"Kenya", "EMEA"},
	{"APAC", ""}, {"India", "APAC"}, {"Japan", "APAC"},
}

// staff are name, title, department, region and line manager, managers before those who report to them.
const staff = `
Claire Fontaine|Chief Information Officer|IT|EMEA|
Ingrid Solberg|Head of Service Management|Service Management Office|EMEA|Claire Fontaine
Rashid Haddad|Service Management Specialist|Service Management Office|EMEA|Ingrid Solberg
Emily Carter|Service Management Specialist|Service Management Office|United States|Ingrid Solberg
Tomás Rivera|Identity Engineer|Information Security|EMEA|Claire Fontaine
Aiko Tanaka|Internal Auditor|Audit|Japan|
Joe Okafor|Director of Service Operations|Service Operations|EMEA|Claire Fontaine
Marta Nowak|Operations Manager|Service Operations|Poland|Joe Okafor
Carlos Mendes|Operations Manager|Service Operations|Brazil|Joe Okafor
Hiroshi Sato|Operations Manager|Service Operations|Japan|Joe Okafor
Elena Rossi|Service Transition Manager|Service Transition|EMEA|Claire Fontaine
Henrik Dahl|Problem Manager|Service Operations|EMEA|Joe Okafor
Grace Wanjiru|Head of Service Desk|Service Desk|Kenya|Joe Okafor
Samuel Brandt|Change and Release Lead|Service Transition|Germany|Elena Rossi
Mei Lin Chen|Configuration Lead|Service Transition|APAC|Elena Rossi
Victor Almeida|Infrastructure Director|Infrastructure|Brazil|Claire Fontaine
Nadia Rahman|Applications Director|Applications|India|Claire Fontaine
Oliver Grant|Payroll Services Manager|Finance Services|United States|Nadia Rahman
Jonas Weber|Service Desk Analyst|Service Desk|Germany|Grace Wanjiru
Amina Yusuf|Service Desk Analyst|Service Desk|Kenya|Grace Wanjiru
Peter Kamau|Service Desk Analyst|Service Desk|Kenya|Grace Wanjiru
Zofia Wójcik|Service Desk Analyst|Service Desk|Poland|Grace Wanjiru
Rafael Costa|Service Desk Analyst|Service Desk|Brazil|Grace Wanjiru
Hannah Brooks|Service Desk Team Lead|Service Desk|United States|Grace Wanjiru
Ravi Menon|Service Desk Analyst|Service Desk|India|Grace Wanjiru
Yuki Mori|Service Desk Analyst|Service Desk|Japan|Grace Wanjiru
Lukas Schneider|Network Engineer|Infrastructure|Germany|Victor Almeida
Anna Kowalska|Network Engineer|Infrastructure|Poland|Victor Almeida
Diego Fuentes|Network Engineer|Infrastructure|United States|Victor Almeida
Kenji Watanabe|Network Engineer|Infrastructure|Japan|Victor Almeida
Fatima Zahra Benali|Cloud Platform Engineer|Infrastructure|EMEA|Victor Almeida
Tobias Keller|Cloud Platform Engineer|Infrastructure|Germany|Victor Almeida
Arjun Iyer|Cloud Platform Engineer|Infrastructure|India|Victor Almeida
Bruna Teixeira|Database Engineer|Infrastructure|Brazil|Victor Almeida
William Osei|Database Engineer|Infrastructure|EMEA|Victor Almeida
Sunita Desai|Application Specialist|Applications|India|Nadia Rahman
Marek Dvořák|Application Specialist|Applications|Poland|Nadia Rahman
Chloé Martin|Application Specialist|Applications|EMEA|Nadia Rahman
Daniel O'Connor|Application Specialist|Applications|United States|Nadia Rahman
Nguyen Thi Hoa|Application Specialist|Applications|APAC|Nadia Rahman
Karin Lindholm|Test Lead|Applications|EMEA|Nadia Rahman
Isaac Mwangi|Test Engineer|Applications|Kenya|Karin Lindholm
Larissa Moreau|Release Coordinator|Service Transition|EMEA|Samuel Brandt
Pedro Nogueira|Release Coordinator|Service Transition|Brazil|Samuel Brandt
Sana Malik|Change Analyst|Service Transition|India|Samuel Brandt
Erik Johansson|Change Analyst|Service Transition|EMEA|Samuel Brandt
Leyla Demir|Configuration Analyst|Service Transition|EMEA|Mei Lin Chen
Wei Zhang|Configuration Analyst|Service Transition|APAC|Mei Lin Chen
Monica Alvarez|Security Officer|Information Security|United States|Claire Fontaine
Felix Baumann|Security Analyst|Information Security|Germany|Monica Alvarez
Priya Raman|Warehouse Planner|Operations Planning|India|
George Papadakis|Depot Manager|Depots|EMEA|
Naomi Suzuki|Payroll Clerk|Finance Services|Japan|Oliver Grant
Stella Nakato|Procurement Manager|Procurement|Kenya|
`

// externals are name, title and company.
const externals = `
Dana Petrov|Support Engineer|Corvid Networks
Ahmed Farouk|Support Engineer|Corvid Networks
Laura Bianchi|Account Manager|Corvid Networks
Sofie Lindqvist|Warehouse Systems Super-user|Lindqvist Retail
Mikael Holm|Head of Supply Chain|Lindqvist Retail
Agnes Berg|Supply Chain Planner|Lindqvist Retail
`

// teams are name, lead, region and members besides the lead.
const teams = `
Service desk EMEA|Grace Wanjiru|EMEA|Jonas Weber, Amina Yusuf, Peter Kamau, Zofia Wójcik
Service desk Americas|Hannah Brooks|Americas|Rafael Costa
Service desk APAC|Ravi Menon|APAC|Yuki Mori
Network operations|Lukas Schneider||Anna Kowalska, Diego Fuentes, Kenji Watanabe
Cloud platform|Fatima Zahra Benali||Tobias Keller, Arjun Iyer, Bruna Teixeira, William Osei
Application support|Sunita Desai||Marek Dvořák, Chloé Martin, Daniel O'Connor, Nguyen Thi Hoa
`

// rows cuts a table into its cells.
func rows(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		out = append(out, strings.Split(strings.TrimSpace(line), "|"))
	}
	return out
}

// everybody makes regions, people, companies and teams.
func (b *builder) everybody() {
	for _, r := range regions {
		in := itsm.Region{Name: r[0]}
		if r[1] != "" {
			in.ParentID = b.id(b.regions, r[1])
		}
		b.regions[r[0]] = b.made(b.db.AddRegion(b.ctx, operator, in))
	}
	from := b.back(96, 0)
	for i, r := range rows(staff) {
		first := from.AddDate(0, 1*i, 3*i%28)
		if first.After(b.back(36, 0)) {
			first = b.back(36, 0)
		}
		id := b.made(b.db.AddPerson(b.ctx, operator, itsm.Person{
			ExternalID: "TG" + string(rune('0'+i/10)) + string(rune('0'+i%10)), Name: r[0], Title: r[1], Department: r[2], RegionID: b.id(b.regions, r[3]),
			Location: cities[r[3]], Email: address(r[0]), Phone: phone(i), EmployedFrom: &first,
		}))
		b.people[r[0]] = id
		if r[4] != "" {
			b.do(b.db.AddReportingLine(b.ctx, operator, id, b.id(b.people, r[4]), true))
		}
	}
	// Transition work in the Americas is reported to two.
	b.do(b.db.AddReportingLine(b.ctx, operator, b.id(b.people, "Pedro Nogueira"), b.id(b.people, "Victor Almeida"), false))
	b.outside()
	for _, r := range rows(teams) {
		in := itsm.Team{Name: r[0], LeadID: b.id(b.people, r[1])}
		if r[2] != "" {
			in.RegionID = b.id(b.regions, r[2])
		}
		id := b.made(b.db.AddTeam(b.ctx, operator, in))
		b.teams[r[0]], b.leads[r[0]] = id, r[1]
		for _, name := range append([]string{r[1]}, strings.Split(r[3], ", ")...) {
			b.do(b.db.AddMembership(b.ctx, operator, id, b.id(b.people, name), itsm.Period{From: b.back(36, 0)}))
		}
	}
}

// outside makes a supplier and a customer with their people and a contact on each side.
func (b *builder) outside() {
	for _, c := range []struct{ name, kind, note, theirs string }{
		{"Corvid Networks", "supplier", "Wide area network and the depots' lines. Reached round the clock.", "Laura Bianchi"},
		{"Lindqvist Retail", "customer", "Largest customer of the warehouses in the north.", "Mikael Holm"},
	} {
		id := b.made(b.db.AddCompany(b.ctx, operator, itsm.Company{Name: c.name, Kind: c.kind, Note: c.note}))
		b.companies[c.name] = id
		domain := "@" + strings.ToLower(strings.Fields(c.name)[0]) + ".example"
		for _, r := range rows(externals) {
			if r[2] == c.name {
				b.people[r[0]] = b.made(b.db.AddPerson(b.ctx, operator, itsm.Person{
					Name: r[0], Title: r[1], CompanyID: id, Email: strings.ReplaceAll(address(r[0]), "@tallgrass.example", domain),
				}))
			}
		}
		b.do(b.db.EditCompany(b.ctx, operator, itsm.Company{
			ID: id, Name: c.name, Kind: c.kind, Note: c.note, OurContactID: b.id(b.people, contacts[c.name]), TheirContactID: b.id(b.people, c.theirs), Counter: 1,
		}))
	}
}

var cities = map[string]string{
	"Americas": "Chicago", "Brazil": "São Paulo", "United States": "Chicago", "EMEA": "Oslo", "Germany": "Hamburg", "Poland": "Gdańsk", "Kenya": "Nairobi",
	"APAC": "Singapore", "India": "Pune", "Japan": "Osaka",
}

// phone is a number that nobody has: 555 01xx is kept for stories.
func phone(i int) string { return "+1 555 01" + string(rune('0'+i/10%10)) + string(rune('0'+i%10)) }

// accounts lets everybody in: people without a password, whom only the demo's sign-in page lets in.
func (b *builder) accounts() {
	for _, r := range rows(staff) {
		b.account(r[0], address(r[0]), "")
	}
	for _, name := range []string{"Dana Petrov", "Sofie Lindqvist"} {
		p, err := b.db.Person(b.ctx, b.id(b.people, name))
		b.do(err)
		b.account(name, p.Email, itsm.ISODay(b.ahead(12, 0)))
	}
	lead := b.id(b.people, Cast[0].Name)
	b.do(b.db.AppointFirstLead(b.ctx, operator, lead))
	b.lead = b.as(Cast[0].Name)
	for _, h := range b.lead.Hats {
		b.do(b.db.Accept(b.ctx, b.lead, h.AssignmentID))
	}
}

func (b *builder) account(name, email, last string) {
	b.mail[name] = email
	id := b.made(b.db.AddAccount(b.ctx, operator, itsm.NewAccount{PersonID: b.id(b.people, name), Email: email, LastDay: last}))
	if name == "Tomás Rivera" {
		b.do(b.db.GrantAccount(b.ctx, operator, itsm.NewGrant{AccountID: id, Kind: itsm.GrantAdministrator}))
	}
}

// audit lets the auditor in for a quarter, from today.
func (b *builder) audit() {
	b.at = b.now
	found, err := b.db.AccountByEmail(b.ctx, address("Aiko Tanaka"))
	b.do(err)
	b.do(b.db.GrantAccount(b.ctx, operator, itsm.NewGrant{AccountID: found.ID, Kind: itsm.GrantAuditor, LastDay: itsm.ISODay(b.ahead(3, 0))}))
}
