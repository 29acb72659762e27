package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// shared reads a file that strangers wrote. These files stay outside of the
// repository; where they are absent the test is skipped.
func shared(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/data", path))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared files are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sharedPeople(t *testing.T, name string) PeopleList {
	t.Helper()
	data := shared(t, "people/"+name)
	list, err := ReadPeople(name, data, PeopleOptions{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The counts below were taken from the files by other means than this reader.
func TestSharedPeople(t *testing.T) {
	tests := []struct {
		file              string
		people, ended     int
		future            int // of ended: after today
		named, found      int
		unresolved        []string
		sensitive, unused []string
	}{
		{
			file: "human-resources-22k.csv", people: 22214, ended: 3929, future: 1007,
			sensitive: []string{"birthdate", "gender", "race"}, unused: []string{"location_city"},
		},
		{
			file: "human-resources-sqlcleaning.csv", people: 1000, ended: 187, future: -1,
			sensitive: []string{"birthdate", "gender", "race", "age"}, unused: []string{"location_city"},
		},
		{
			file: "HRDataset_v14.csv", people: 311, ended: 104, named: 311, found: 236,
			unresolved: []string{"Michael Albert", "Webster Butler", "Alex Sweetwater", "David Stanley", "Board of Directors"},
			sensitive: []string{
				"MarriedID", "MaritalStatusID", "GenderID", "EmpStatusID", "PerfScoreID", "FromDiversityJobFairID", "Salary", "Zip", "DOB", "Sex", "MaritalDesc",
				"CitizenDesc", "HispanicLatino", "RaceDesc", "TermReason", "EmploymentStatus", "PerformanceScore", "EngagementSurvey", "EmpSatisfaction",
				"LastPerformanceReview_Date", "DaysLateLast30", "Absences",
			},
			unused: []string{"DeptID", "Termd", "PositionID", "RecruitmentSource", "SpecialProjectsCount"},
		},
		{
			file: "oracle-hr-employees.csv", people: 50, named: 45, found: 45,
			sensitive: []string{"SALARY", "COMMISSION_PCT"}, unused: []string{"EMAIL"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			list := sharedPeople(t, tt.file)
			report := list.ResolveManagers()
			ended, future := 0, 0
			for _, p := range list.People {
				if !p.EmployedTo.IsZero() {
					ended++
					if p.EmployedTo.After(today) {
						future++
					}
				}
			}
			want := PeopleCounts{Lines: tt.people, People: tt.people}
			if list.Counts != want || ended != tt.ended || tt.future >= 0 && future != tt.future {
				t.Errorf("counts %+v, ended %d, in the future %d", list.Counts, ended, future)
			}
			if report.Named != tt.named || report.Found != tt.found {
				t.Errorf("managers named %d, found %d", report.Named, report.Found)
			}
			var unresolved, sensitive, unused []string
			for _, u := range report.Unresolved {
				unresolved = append(unresolved, u.Name)
			}
			for _, c := range list.Columns {
				switch {
				case c.Sensitive:
					sensitive = append(sensitive, c.Header)
				case c.LeftOut:
					unused = append(unused, c.Header)
				}
			}
			for _, d := range []string{cmp.Diff(tt.unresolved, unresolved), cmp.Diff(tt.sensitive, sensitive), cmp.Diff(tt.unused, unused)} {
				if d != "" {
					t.Error(d)
				}
			}
			if len(list.Questions) != 0 {
				t.Errorf("questions %+v", list.Questions)
			}
		})
	}
}

func TestSharedPeopleDetails(t *testing.T) {
	hr := sharedPeople(t, "HRDataset_v14.csv")
	hr.ResolveManagers()
	var numbers []string
	for _, p := range hr.Problems {
		if p.Code == "manager-numbers" {
			numbers = append(numbers, p.Text)
		}
		if p.Fatal {
			t.Errorf("line %d: %s", p.Line, p.Text)
		}
	}
	if len(numbers) != 2 {
		t.Errorf("managers with two numbers: %q", numbers)
	}
	first := hr.People[0]
	want := PersonRow{
		Line: 2, ExternalID: "10026", Name: "Wilson K Adinolfi", SortName: "Adinolfi, Wilson K", Given: "Wilson K", Family: "Adinolfi",
		Title: "Production Technician I", Department: "Production", Region: "MA", ManagerID: "22", ManagerName: "Michael Albert",
		EmployedFrom: Day{time.Date(2011, 7, 5, 0, 0, 0, 0, time.UTC)},
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
	oracle := sharedPeople(t, "oracle-hr-employees.csv")
	names := map[string]string{}
	for _, p := range oracle.People {
		names[p.ExternalID] = p.Name
	}
	for id, want := range map[string]string{"199": "Douglas", "202": "Fay", "108": "Greenberg", "102": "Lex", "120": "Matthew Weiss"} {
		if names[id] != want {
			t.Errorf("%s is %q, want %q", id, names[id], want)
		}
	}
}

// Two files of the same people agree on every first day, though one writes
// them in three forms.
func TestSharedPeopleAgree(t *testing.T) {
	big, small := sharedPeople(t, "human-resources-22k.csv"), sharedPeople(t, "human-resources-sqlcleaning.csv")
	from := map[string]Day{}
	for _, p := range big.People {
		from[p.ExternalID] = p.EmployedFrom
	}
	for _, p := range small.People {
		if !from[p.ExternalID].Equal(p.EmployedFrom.Time) {
			t.Fatalf("%s began on %v or %v", p.ExternalID, from[p.ExternalID], p.EmployedFrom)
		}
	}
}

func TestSharedPeopleProgress(t *testing.T) {
	data := shared(t, "people/human-resources-22k.csv")
	var last, calls int
	list, err := ReadPeople("x.csv", data, PeopleOptions{Today: today, Progress: func(done, of int) { last, calls = done, calls+1 }})
	if err != nil {
		t.Fatal(err)
	}
	list.ResolveManagers()
	if last != 22214 || calls != 23 {
		t.Errorf("progress ended at %d after %d calls", last, calls)
	}
}

func TestSharedEmptyStakeholders(t *testing.T) {
	list, err := ReadPeople("x.xlsx", shared(t, "people/packt-stakeholders.xlsx"), PeopleOptions{Today: today})
	if CodeOf(err) != Template {
		t.Fatalf("got %v", err)
	}
	want := []Field{FullName, NoField, Department, NoField, Title, NoField, NoField}
	if diff := cmp.Diff(want, fieldsOf(list.Columns)); diff != "" {
		t.Error(diff)
	}
}

// hostile returns every line of the shared strings that break naive pages, as
// far as something visible is on it and it is text at all.
func hostile(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, file := range []string{"blns.txt", "csv-formula-injection.txt", "ldap-fuzzing.txt", "xss-polyglots-dmiessler.txt", "xss-somdev.txt"} {
		for line := range strings.SplitSeq(string(shared(t, "web/"+file)), "\n") {
			out = append(out, line)
		}
	}
	var list []string
	if err := json.Unmarshal(shared(t, "web/blns.json"), &list); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(append(out, list...), func(s string) bool {
		return value(s) == "" || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00")
	})
}

func TestHostileNamesSurvive(t *testing.T) {
	lines := hostile(t)
	if len(lines) < 900 {
		t.Fatalf("only %d lines", len(lines))
	}
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.Write([]string{"Given name", "Family name", "Title"})
	for _, s := range lines {
		_ = w.Write([]string{"Ann", s, s})
	}
	w.Flush()
	list, err := ReadPeople("x.csv", text.Bytes(), PeopleOptions{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	if list.Counts.Refused != 0 {
		t.Errorf("counts %+v", list.Counts)
	}
	got := map[string]bool{}
	for _, p := range list.People {
		got[p.Family], got[p.Title] = true, true
	}
	for _, s := range lines {
		if name := strings.Join(strings.Fields(oneLine(s)), " "); !got[name] {
			t.Errorf("%q did not survive as a name", s)
		}
		if !got[oneLine(s)] {
			t.Errorf("%q did not survive as a title", s)
		}
	}
}

func TestHostileCellsSurviveInWorkbooks(t *testing.T) {
	lines := slices.DeleteFunc(hostile(t), func(s string) bool {
		// XML has no place for control characters, nor excelize for these.
		return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0xFFFE || r == 0xFFFF })
	})
	data := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Name")
		if err := f.SetSheetCol("Sheet1", "A2", &lines); err != nil {
			t.Fatal(err)
		}
	})
	tables, err := ReadTables("x.xlsx", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range lines {
		if got := tables[0].Rows[i+1].Cell(0); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
	}
}
