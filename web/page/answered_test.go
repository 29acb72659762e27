package page

import (
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Where nobody answers, the sentence says why, and as nothing.
func TestNobodyAnswersForAReason(t *testing.T) {
	manager := itsm.Column{Role: itsm.Role{ID: 2, Kind: itsm.Manager, Name: "Practice Manager"}}
	m := &itsm.Matrix{
		ProcessID: 1, Process: "Access management", Owner: itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}}, Columns: []itsm.Column{manager},
		Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}}, Rows: []itsm.Row{{ActivityID: 5, Name: "Give access", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}},
	}
	markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View())
	text := strings.Join(strings.Fields(strings.NewReplacer("<b>", "", "</b>", "", "<br>", " ").Replace(markup)), " ")
	if !strings.Contains(text, "answers for Give access: nobody wears Practice Manager there, nor the Owner’s hat.") || strings.Contains(text, "as Owner, since") {
		t.Errorf("got %s", text)
	}
	m.Owner.Holdings = []itsm.Holding{{RoleID: 1, RoleKind: itsm.Owner, PersonID: 9, Name: "Joe Okafor", AnswersID: 9, Answers: "Joe Okafor", Capacity: itsm.Holder}}
	if markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View()); !strings.Contains(markup, "as Owner, since nobody wears Practice Manager there") {
		t.Errorf("with an Owner: %s", markup)
	}
}

// Who stands in for somebody is put into the sentence between commas.
func TestWhoSignsAnswersInASentence(t *testing.T) {
	owner := itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}, Holdings: []itsm.Holding{
		{RoleID: 1, RoleKind: itsm.Owner, PersonID: 9, Name: "Ana Souza", AnswersID: 9, Answers: "Ana Souza", Capacity: itsm.Holder, Absent: true},
		{RoleID: 1, RoleKind: itsm.Owner, PersonID: 8, Name: "Lin Wei", AnswersID: 8, Answers: "Lin Wei", Capacity: itsm.Deputy, StandsIn: true},
	}}
	m := &itsm.Matrix{ProcessID: 1, Process: "Run a change", Owner: owner, Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}}}
	markup := markupOf(t, answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Region: 1}.View())
	if !strings.Contains(markup, "Lin Wei, signs for Ana Souza</bdi></b>, <bdi>answers for Run a change") {
		t.Errorf("got %s", markup)
	}
}

// A Manager of one region alone does not answer where nobody is: the sentence says where they do, and who does elsewhere.
func TestOneManagerAnswersInTheirRegionAlone(t *testing.T) {
	held := func(role, person int64, name string, kind itsm.RoleKind) itsm.Holding {
		return itsm.Holding{RoleID: role, RoleKind: kind, PersonID: person, Name: name, AnswersID: person, Answers: name, Capacity: itsm.Holder}
	}
	zofia := held(2, 7, "Zofia Wójcik", itsm.Manager)
	zofia.RegionID, zofia.Region = 1, "EMEA"
	m := &itsm.Matrix{
		ProcessID: 1, Process: "Fulfil a request", Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}, {ID: 2, Name: "APAC"}},
		Owner:   itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}, Holdings: []itsm.Holding{held(1, 9, "Joe Okafor", itsm.Owner)}},
		Columns: []itsm.Column{{Role: itsm.Role{ID: 2, Kind: itsm.Manager, Name: "Practice Manager"}, Holdings: []itsm.Holding{zofia}}},
		Rows:    []itsm.Row{{ActivityID: 5, Name: "Give access", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}},
	}
	v := answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Switch: "/processes/1"}
	if got := v.answers()[1]; got.Who != "Zofia Wójcik (EMEA) as Practice Manager, and Joe Okafor (APAC) as Owner," || got.As != "" || !got.Several {
		t.Errorf("with a vacant region: %q", got.Who)
	}
	m.Regions = m.Regions[:1]
	if got := v.answers()[1]; got.Who != "Zofia Wójcik" {
		t.Errorf("with no other region: %q", got.Who)
	}
}

// Two Managers in one region take the others' answers from nobody: the names stand everywhere, and the fault where it is.
func TestTwoInOneRegionLeaveTheOtherRegionsTheirAnswers(t *testing.T) {
	m := regionalManagers()
	v := answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Switch: "/processes/1"}
	if got := v.answers()[1]; got.Who != "Zofia Wójcik (EMEA) and 2 at once: Lin Wei and Ana Souza (APAC)" || !got.Several {
		t.Errorf("in a sentence: %q", got.Who)
	}
	if got := Answerer(m.Answers(m.Rows[0], 0, 0)); got != "one per region (2); in APAC 2 at once: Lin Wei and Ana Souza" {
		t.Errorf("in the matrix: %q", got)
	}
	v.Region = 2
	if markup := markupOf(t, v.View()); !strings.Contains(markup, "Lin Wei and Ana Souza</bdi></b> <bdi>answer for Give access, as Practice Manager: they wear it in the same place, and one of them has to.") {
		t.Errorf("in the region: %s", markup)
	}
	v.Region = 1
	if got := v.answers()[1]; got.Who != "Zofia Wójcik" {
		t.Errorf("in another region: %q", got.Who)
	}
	reply, _ := m.ReplyTo(itsm.Question{About: itsm.WhoAnswers, Words: []string{"access"}}, 5, m.Regions[1:])
	if s := (Reader{}).sayings(reply); len(s) != 1 || s[0].Mark == "" || !strings.Contains(s[0].Tail, "worn by 2 at once: Lin Wei and Ana Souza") {
		t.Errorf("asked in words: %+v", s)
	}
}

// Where each service has its own, they are named, and for what.
func TestOnePerServiceNamesThem(t *testing.T) {
	m := regionalManagers()
	m.Columns[0].Holdings[2].Absent = true
	m.Columns[0].Holdings[2].ServiceID, m.Columns[0].Holdings[2].Service = 3, "Payroll"
	v := answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Switch: "/processes/1", Region: 2}
	if markup := markupOf(t, v.View()); !strings.Contains(markup, "One per service (2): Lin Wei for all others and Ana Souza for Payroll (away)") {
		t.Errorf("got %s", markup)
	}
}

// regionalManagers is a process of one activity whose A has a Practice Manager: one in EMEA, two in APAC.
func regionalManagers() *itsm.Matrix {
	held := func(role, person int64, name string, kind itsm.RoleKind, region int64, where string) itsm.Holding {
		return itsm.Holding{RoleID: role, RoleKind: kind, PersonID: person, Name: name, AnswersID: person, Answers: name, Capacity: itsm.Holder, RegionID: region, Region: where}
	}
	return &itsm.Matrix{
		ProcessID: 1, Process: "Fulfil a request", Regions: []itsm.RegionRef{{ID: 1, Name: "EMEA"}, {ID: 2, Name: "APAC"}},
		Owner: itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}, Holdings: []itsm.Holding{held(1, 9, "Joe Okafor", itsm.Owner, 0, "")}},
		Columns: []itsm.Column{{Role: itsm.Role{ID: 2, Kind: itsm.Manager, Name: "Practice Manager"}, Holdings: []itsm.Holding{
			held(2, 7, "Zofia Wójcik", itsm.Manager, 1, "EMEA"), held(2, 8, "Lin Wei", itsm.Manager, 2, "APAC"), held(2, 6, "Ana Souza", itsm.Manager, 2, "APAC"),
		}}},
		Rows: []itsm.Row{{ActivityID: 5, Name: "Give access", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}},
	}
}

// On a day that is past nobody wore it, and "there" is said of a place that was asked about; several answer, not answers.
func TestSentencesOfWhoAnswersAgree(t *testing.T) {
	held := func(person int64, name string, service int64) itsm.Holding {
		return itsm.Holding{RoleID: 2, RoleKind: itsm.Manager, PersonID: person, Name: name, AnswersID: person, Answers: name, Capacity: itsm.Holder, ServiceID: service}
	}
	m := &itsm.Matrix{
		ProcessID: 1, Process: "Give access", Owner: itsm.Column{Role: itsm.Role{ID: 1, Kind: itsm.Owner, Name: "Practice Owner"}},
		Columns: []itsm.Column{{Role: itsm.Role{ID: 2, Kind: itsm.Manager, Name: "Practice Manager"}}},
		Rows:    []itsm.Row{{ActivityID: 5, Name: "Log", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}},
	}
	past := answered{Days: Days{storetest.Today.AddDate(-1, 0, 0), storetest.Today}, Matrix: m}
	if markup := markupOf(t, past.View()); !strings.Contains(markup, "nobody wore Practice Manager, nor the Owner’s hat") {
		t.Errorf("of a past day: %s", markup)
	}
	m.Columns[0].Holdings = []itsm.Holding{held(8, "Ana Souza", 0), held(9, "Lin Wei", 0)}
	if markup := markupOf(t, answered{Days: past.Days, Matrix: m}.View()); !strings.Contains(markup, "Ana Souza and Lin Wei</bdi></b> <bdi>answered for Log") {
		t.Errorf("of two: %s", markup)
	}
	if got := (answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m}).verbOf(answer{Several: true}); got != "answer for" {
		t.Error(got)
	}
	m.Regions = []itsm.RegionRef{{ID: 1, Name: "Americas"}, {ID: 2, Name: "EMEA"}}
	one, two, other := held(8, "Ana Souza", 3), held(9, "Lin Wei", 4), held(7, "Joe Okafor", 0)
	one.Service, two.Service = "Payroll", "Mail"
	one.RegionID, one.Region, two.RegionID, two.Region, other.RegionID, other.Region = 1, "Americas", 1, "Americas", 2, "EMEA"
	m.Columns[0].Holdings = []itsm.Holding{one, two, other}
	list := answered{Days: Days{storetest.Today, storetest.Today}, Matrix: m, Switch: "/processes/1"}.answers()
	if got := list[1].who(false); !strings.HasPrefix(got, "One per service (2): Ana Souza for Payroll and Lin Wei for Mail (Americas)") {
		t.Errorf("at the beginning of a sentence: %q", got)
	}
}

// Who is away reads that somebody signs for them in the second person, and so does the deputy.
func TestMyHatsSpeakToTheirReader(t *testing.T) {
	deputy := itsm.Holding{PersonID: 8, Name: "Jonas Weber"}
	line := itsm.MyLine{Answers: itsm.Accountable{State: itsm.Named, Holding: itsm.Holding{AnswersID: 9, Answers: "Ana Souza"}, SignsFor: &deputy}}
	for me, want := range map[int64]string{9: "You answer for it; Jonas Weber signs for you", 8: "Ana Souza answers for it; you sign for them", 7: "Ana Souza answers for it; Jonas Weber signs for them"} {
		if got := answersText(line, me); got != want {
			t.Errorf("%d reads %q, want %q", me, got, want)
		}
	}
}

// A deputy wears the hat only while somebody is away, and a page of another day speaks of that day.
func TestTagsOfDeputiesAndOfThoseAway(t *testing.T) {
	var p Assignment
	p.Reader.By.Today = storetest.Today
	p.Of.State, p.Of.Capacity, p.Of.Since, p.Of.Announced = itsm.Appointed, itsm.Deputy, storetest.Today.AddDate(0, -1, 0), true
	if markup := markupOf(t, p.appointed()); !strings.Contains(markup, "Stands by") || strings.Contains(markup, "Worn now") {
		t.Errorf("nobody is away: %s", markup)
	}
	p.Of.StandsIn = true
	if markup := markupOf(t, p.appointed()); !strings.Contains(markup, "Worn now") {
		t.Errorf("somebody is away: %s", markup)
	}
	strip := HatStrip{Reader: Reader{By: itsm.Actor{Today: storetest.Today}}}
	if markup := markupOf(t, strip.beside(itsm.Holding{Absent: true})); !strings.Contains(markup, "away today") {
		t.Error(markup)
	}
	on := storetest.Today.AddDate(-1, 0, 0)
	strip.Reader.By.On = &on
	if markup := markupOf(t, strip.beside(itsm.Holding{Absent: true})); !strings.Contains(markup, "away on 23 Nov 2025") {
		t.Error(markup)
	}
}

// A row speaks of its day: who answered for it, and for the process, on a day that has been.
func TestARowSaysWhoAnsweredInTheTenseOfItsDay(t *testing.T) {
	wears := func(id int64, kind itsm.RoleKind, person int64, name string) itsm.Column {
		return itsm.Column{Role: itsm.Role{ID: id, Kind: kind, Name: "Practice " + string(kind)}, Holdings: []itsm.Holding{
			{RoleID: id, RoleKind: kind, PersonID: person, Name: name, AnswersID: person, Answers: name, Capacity: itsm.Holder},
		}}
	}
	m := &itsm.Matrix{ProcessID: 1, Process: "Run a change", Owner: wears(1, itsm.Owner, 9, "Ana Souza"), Columns: []itsm.Column{wears(2, itsm.Manager, 8, "Lin Wei")}}
	row := func(letters itsm.Letters) itsm.Row {
		return itsm.Row{ActivityID: 5, Name: "Plan", Cells: []itsm.Cell{{Letters: letters}}}
	}
	for day, want := range map[int][2]string{
		-1: {"Ana Souza answered for the process.", "so the Owner answered. "}, 0: {"Ana Souza answers for the process.", "so the Owner answers. "}, 1: {"Ana Souza will answer for the process.", "so the Owner will answer. "},
	} {
		for i, letters := range []itsm.Letters{itsm.LetterA, itsm.LetterR} {
			v := RACIRow{RACI: RACI{Days: Days{At: storetest.Today.AddDate(0, 0, day), Today: storetest.Today}, Matrix: m}, Row: row(letters)}
			if got := v.answering(m.Answers(v.Row, 0, 0)); !strings.Contains(got, want[i]) {
				t.Errorf("%d days from today: %q; want %q", day, got, want[i])
			}
		}
	}
}
