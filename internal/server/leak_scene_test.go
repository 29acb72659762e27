package server_test

import (
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// The words that stand where they can be recognised: each in its texts, and nowhere else.
const (
	veiled      = "Veilmarkword"    // every text of a practice that an external has nothing to do with
	planner     = "Wilhelminaword"  // who comes into a chair, of which nothing is announced
	planReason  = "Planreasonword"  // why, and how they were told
	planAction  = "Planactionword"  // what is to be done about it
	endReason   = "Endreasonword"   // why a hat was given up
	wornReason  = "Wornreasonword"  // why somebody was appointed to a hat in force, and how they were told
	objecting   = "Objectingword"   // what somebody has against their hat
	acceptedWhy = "Acceptedword"    // why a gap may stay
	proposedWhy = "Proposedword"    // why somebody was proposed
	steeringAsk = "Steeringword"    // what the steering group is asked
	stagedName  = "Stagedword"      // a file that waits to be imported
	wrongVeiled = "Reportveilword"  // what somebody found wrong there
	elsewhereBy = "Colleaguemark"   // a person, a team and a company that an external has nothing to do with
	plannedDay  = "2027-01-19"      // when the new one comes
	plannedShow = "19 Jan 2027"     //
	leavingDay  = "2027-02-18"      // the last day of one who leaves
	leavingShow = "18 Feb 2027"     //
	goneDay     = "2027-02-19"      //
	goneShow    = "19 Feb 2027"     //
	proposedDay = "2027-03-09"      // when the proposed one would
	proposedIn  = "9 Mar 2027"      //
	share       = 93                // per cent, of all that is planned or worn
	sharedWords = "93 per cent"     //
	otherVeil   = "Othermarkword"   // a practice that an auditor of another one reads like anybody
	otherReason = "Otherreasonword" // why somebody came there
)

// leakScene is the scene of Incident management, in which a supplier helps and much is not for everybody, and beside it a
// practice that the supplier does not see and one that the auditor of a practice audits.
type leakScene struct {
	scene
	veil, veilProcess, veilActivity, veilRole, veilPolicy, veilService, shared int64
	stranger, strangers, strangeCompany                                        int64
	audited                                                                    int64
	dana, auditor, everything, boss, admin                                     int64
	planned, leaver, objector, proposed                                        int64 // people
	secret, objected, proposal                                                 int64 // assignments
}

func setLeakScene(t *testing.T) leakScene {
	t.Helper()
	s := leakScene{scene: setScene(t)}
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	s.wear(s.owner, s.marta, 0)
	s.dana = id(s.AddPerson(ctx, op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, s.dana, 0)
	s.boss, s.auditor, s.everything, s.admin = s.person("Berta Boss"), s.person("Aiko Tanaka"), s.person("Every Thing"), s.person("Tomas Rivera")
	s.planned, s.leaver, s.objector, s.proposed = s.person(planner+" Later"), s.person("Otto Gehend"), s.person("Nina Nein"), s.person("Paul Vorschlag")
	s.veilIt()
	s.planIt()
	for _, p := range []int64{s.planned, s.leaver, s.objector, s.proposed} {
		facts(t, s.DB, `INSERT INTO reporting_line (person_id, manager_id, is_primary) VALUES (`+itoa(p)+`, `+itoa(s.boss)+`, true)`)
	}
	for person, grant := range map[int64]string{s.auditor: `'auditor', ` + itoa(s.audited), s.everything: `'auditor', NULL`, s.admin: `'administrator', NULL`} {
		s.as(person)
		facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, practice_id, during) SELECT id, `+grant+`, '[2026-01-01,2027-06-01)' FROM account WHERE person_id = `+itoa(person))
	}
	for list, content := range map[string]string{"people": "Name;E-Mail\n" + stagedName + " One;one@tallgrass.example\n", "assignments": smallHats, "policies": "Number;Title;Statement\nPOL-77;" + stagedName + ";s\n"} {
		s.as(s.lead).upload("/import/"+list, stagedName+".csv", []byte(content)).shows(t, 303)
	}
	return s
}

// veilIt makes the practice, process, role, policy, service, people, team and company that the supplier does not see, and
// ties them to what the supplier sees wherever something can be tied.
func (s *leakScene) veilIt() {
	t, ctx, op, id := s.t, s.t.Context(), storetest.Operator, must[int64](s.t)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.strangeCompany = id(s.AddCompany(ctx, op, itsm.Company{Name: elsewhereBy + " Ltd", Kind: "supplier", Note: elsewhereBy, OurContactID: s.marta}))
	s.stranger = id(s.AddPerson(ctx, op, itsm.Person{Name: elsewhereBy + " Person", Title: elsewhereBy, Department: elsewhereBy, Location: elsewhereBy, Email: "colleaguemark@other.example", CompanyID: s.strangeCompany}))
	s.strangers = id(s.AddTeam(ctx, op, itsm.Team{Name: elsewhereBy + " Team", Purpose: elsewhereBy, LeadID: s.stranger}))
	s.veil = id(s.AddPractice(ctx, op, itsm.Practice{Name: veiled + " practice", Category: "service", State: "in use", Purpose: veiled}))
	facts(t, s.DB, `UPDATE practice SET organisation_people = '`+veiled+`', information_technology = '`+veiled+`', partners_suppliers = '`+veiled+`', value_streams = '`+veiled+`' WHERE id = `+itoa(s.veil))
	s.veilProcess = id(s.AddProcess(ctx, op, itsm.Process{PracticeID: s.veil, Name: veiled + " process", Kind: itsm.Daily}))
	s.veilActivity = id(s.AddActivity(ctx, op, s.veilProcess, itsm.Step{Name: veiled + " activity", Text: veiled, Procedure: veiled, Section: veiled}, 1, -1))
	s.veilRole = storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'practitioner'`, s.veil)
	facts(t, s.DB, `UPDATE role SET name = '`+veiled+` ' || kind, purpose = '`+veiled+`', responsibilities = '`+veiled+`', authorities = '`+veiled+`', competences = '`+veiled+`' WHERE practice_id = `+itoa(s.veil))
	s.veilService = id(s.AddService(ctx, op, itsm.Service{Name: veiled + " service", Purpose: veiled}))
	ok(s.AddSupport(ctx, op, s.veilService, itsm.Support{PracticeID: s.veil}))
	s.shared = id(s.AddService(ctx, op, itsm.Service{Name: "Of both practices"}))
	for _, u := range []itsm.Support{{PracticeID: s.practice}, {PracticeID: s.veil}, {TeamID: s.strangers}, {CompanyID: s.strangeCompany}} {
		ok(s.AddSupport(ctx, op, s.shared, u))
	}
	s.veilPolicy = id(s.AddPolicy(ctx, op, itsm.Policy{Number: "VEIL-1", Title: veiled + " policy", Statement: veiled, Why: veiled, Measure: veiled, IssuingBody: veiled, Driver: "internal"},
		[]itsm.NewAttachment{{Target: itsm.Target{PracticeID: s.veil}, From: storetest.Today.AddDate(0, -1, 0)}}))
	both := id(s.AddPolicy(ctx, op, itsm.Policy{Number: "BOTH-1", Title: "Of both practices", Statement: "s", Driver: "internal"}, []itsm.NewAttachment{
		{Target: itsm.Target{PracticeID: s.veil}, From: storetest.Today.AddDate(0, -1, 0)}, {Target: itsm.Target{ProcessID: s.veilProcess}, From: storetest.Today.AddDate(0, -1, 0)},
		{Target: itsm.Target{PracticeID: s.practice}, From: storetest.Today.AddDate(0, -1, 0)}}))
	owned, err := s.Policy(ctx, op, both, storetest.Today)
	ok(err)
	owned.OwnerRoleID = s.veilRole
	ok(s.EditPolicy(ctx, op, owned.Policy))
	facts(t, s.DB, `UPDATE policy SET review_months = 12, review_due = '2026-11-01', last_reviewed = '2025-11-01' WHERE number = 'BOTH-1'`)
	ok(s.RelatePractices(ctx, op, s.practice, s.veil, veiled+" note"))
	ok(s.AddHandOff(ctx, op, itsm.HandOff{ActivityID: s.log, Direction: "out", What: "a ticket", ToActivityID: s.veilActivity}, -1))
	s.wear(s.veilRole, s.stranger, 0)
	facts(t, s.DB, `INSERT INTO mistake (process_id, activity_id, about, text, reported_by, reported_on) VALUES (`+itoa(s.veilProcess)+`, `+itoa(s.veilActivity)+`, '`+veiled+`', '`+wrongVeiled+`', `+itoa(s.account(s.reader))+`, '2026-11-20')`)
	day := storetest.Today.AddDate(0, 1, 0)
	ok(s.AcceptGap(ctx, op, itsm.AcceptGap{Code: "owner-vacant", Reason: acceptedWhy, LastDay: &day, Subject: itsm.Subject{
		RoleID: storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'owner'`, s.veil)}}))
	id(s.PlanAction(ctx, op, itsm.ActionInput{What: veiled + " action", PersonID: s.lead, DueOn: &day, Subject: itsm.Subject{PracticeID: s.veil}}))
	s.audited = id(s.AddPractice(ctx, op, itsm.Practice{Name: otherVeil + " practice", Category: "service", State: "in use"}))
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'manager'`, s.audited)},
		PersonIDs: []int64{s.ana}, From: storetest.Today.AddDate(0, -1, 0), Announced: true, Reason: otherReason}))
}

// planIt is what is decided in Incident management and told to nobody, and what is private of what is in force.
func (s *leakScene) planIt() {
	t, ctx, op := s.t, s.t.Context(), storetest.Operator
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	n, back := share, storetest.Today.AddDate(0, -2, 0)
	one := func(in itsm.NewAssignment) int64 { return must[[]int64](t)(s.Appoint(ctx, op, in))[0] }
	s.secret = one(itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.planned}, From: itsm.Day(2027, 1, 19), Reason: planReason, ToldHow: planReason, Share: &n})
	one(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.planned}, RegionID: s.apac, From: itsm.Day(2027, 1, 19), Reason: planReason, Share: &n})
	s.objected = one(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.objector}, From: back, Announced: true, Reason: wornReason, ToldHow: wornReason, Share: &n})
	ok(s.Object(ctx, itsm.Actor{AccountID: s.account(s.objector), PersonID: s.objector, Today: storetest.Today}, s.objected, objecting))
	gone := one(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: back, Announced: true, Reason: wornReason})
	ok(s.EndAssignment(ctx, op, gone, storetest.Today, true, endReason))
	s.proposal = one(itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.proposed}, RegionID: s.apac, From: itsm.Day(2027, 3, 9), Reason: proposedWhy, Share: &n})
	facts(t, s.DB, `UPDATE assignment SET state = 'proposed' WHERE id = `+itoa(s.proposal))
	leaver, err := s.Person(ctx, s.leaver)
	ok(err)
	s.wear(s.analyst, s.leaver, 0)
	ok(s.Leave(ctx, op, s.leaver, leaver.Counter, itsm.Day(2027, 2, 18), false))
	day := storetest.Today.AddDate(0, 1, 0)
	must[int64](t)(s.PlanAction(ctx, op, itsm.ActionInput{What: planAction, PersonID: s.lead, DueOn: &day, Subject: itsm.Subject{AssignmentID: s.secret}}))
	ok(s.AskSteering(ctx, op, itsm.SteeringLine{Text: steeringAsk}))
}
