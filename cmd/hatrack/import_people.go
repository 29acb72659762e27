package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
)

// importPeople reads a list of people and writes it, whole or not at all.
type importPeople struct {
	File          string            `arg:"" type:"existingfile" help:"The list: CSV, TSV, XLSX, JSON, YAML, vCard or LDIF."`
	DryRun        bool              `name:"dry-run" help:"Say what would be done, and change nothing."`
	JSON          bool              `name:"json" help:"Say it as JSON."`
	Lines         bool              `help:"Say of each line what becomes of it."`
	Map           map[string]string `placeholder:"HEADING=FIELD" help:"What a column, by its heading or its number, is used for: a field such as name, email, department, manager-id, or nothing after the sign to leave it out."`
	MakeRegions   bool              `name:"make-regions" help:"Make the regions that only the list names, at the top of yours."`
	MakeCompanies bool              `name:"make-companies" help:"Make the companies that only the list names, as suppliers; else their people come in as your own."`
	EndMissing    string            `name:"end-missing" placeholder:"DAY" help:"The last day of everybody who is known and not in the list; without it they stay as they are."`
	Sheet         string            `placeholder:"NAME" help:"The sheet to read, where a workbook has several; else the one that is understood best."`
	Sure          bool              `help:"Import a list that looks like one of something else, such as customers."`
	Dates         string            `enum:",dmy,mdy,ymd" default:"" placeholder:"ORDER" help:"How dates such as 03/04/2025 are to be read: dmy, mdy or ymd."`
}

func (v importPeople) Run(p *program, b *bring) error {
	data, err := readFile(v.File)
	if err != nil {
		return unreadable(v.File, err)
	}
	list, err := v.read(data)
	if sheet.CodeOf(err) == sheet.NotPeople && len(list.Columns) > 0 {
		return coded{exitUnreadable, filepath.Base(v.File) + ": " + err.Error() + " " + columnsToMap(list.Columns)}
	}
	if err != nil {
		return unreadable(v.File, err)
	}
	if doubt := list.Doubt(); doubt != "" && !v.DryRun && !v.Sure {
		return coded{exitDoubtful, filepath.Base(v.File) + ": " + doubt + " Nothing was changed; --sure imports it."}
	}
	list.ResolveManagers()
	return b.at(p, b.As, func(db *store.Store, by itsm.Actor) error {
		var done itsm.PeopleImport
		choices := itsm.PeopleChoices{MakeRegions: v.MakeRegions, MakeCompanies: v.MakeCompanies}
		if v.EndMissing != "" {
			last, err := time.Parse(time.DateOnly, v.EndMissing)
			if err != nil {
				return wrong("--end-missing wants a day such as 2026-12-31.")
			}
			day := last.AddDate(0, 0, 1)
			choices.EndMissing = &day
		}
		if v.DryRun {
			done, err = db.PlanPeople(p.ctx, by, list.Listed(), choices)
		} else {
			done, err = db.ImportPeople(p.ctx, by, filepath.Base(v.File), list.Listed(), choices, nil, progress(p.errOut))
		}
		if err != nil {
			return err
		}
		report := reportOf(list, done, v.DryRun)
		if v.Lines {
			report.Outcomes = done.Results(list.Remarks())
		}
		if v.JSON {
			return json.NewEncoder(p.out).Encode(report)
		}
		report.print(p.out)
		return nil
	})
}

// read reads the file with the columns that --map names.
func (v importPeople) read(data []byte) (sheet.PeopleList, error) {
	options := sheet.PeopleOptions{Today: time.Now(), DateOrder: sheet.DateOrder(v.Dates), Sheet: v.Sheet}
	list, err := sheet.ReadPeople(v.File, data, options)
	if len(v.Map) == 0 {
		return list, err
	}
	var wrongly error
	if options.Mapping, wrongly = mapped(list.Columns, v.Map); wrongly != nil {
		return list, wrongly
	}
	return sheet.ReadPeople(v.File, data, options)
}

// progress writes how far an import is, a few times a second at most.
func progress(out io.Writer) store.Progress {
	var last time.Time
	return func(done, of int) {
		if of == 0 || time.Since(last) < 200*time.Millisecond && done < of {
			return
		}
		last = time.Now()
		fmt.Fprintf(out, "%d of %d written\n", done, of)
	}
}

// importReport is what an import did, or would do.
type importReport struct {
	DryRun    bool             `json:"dryRun"`
	Sheet     string           `json:"sheet"`  // that was read
	Sheets    []string         `json:"sheets"` // that could be meant, where there are several
	Columns   []sheet.Column   `json:"columns"`
	Questions []sheet.Question `json:"questions"`
	Lines     int              `json:"lines"`
	New       int              `json:"new"`
	Changed   int              `json:"changed"`
	Fields    map[string]int   `json:"fields"` // what the changed ones change: of how many people
	Unchanged int              `json:"unchanged"`
	Left      int              `json:"left"`
	Repeated  int              `json:"repeated"`
	Refused   int              `json:"refused"`
	Missing   []string         `json:"missing"` // who is known and not in the list; of a part of a list the first
	NotNamed  int              `json:"missingCount"`
	Ended     int              `json:"ended"`   // of them, with --end-missing
	HatsEnd   int              `json:"hatsEnd"` // with the last days that are set or brought forward
	HatsOf    int              `json:"hatsOf"`  // of how many people
	// NewRegions are those that only the list names; --make-regions makes them.
	NewRegions []string `json:"newRegions"`
	// NewCompanies are those that only the list names; --make-companies makes them.
	NewCompanies []string          `json:"newCompanies"`
	Remarks      []itsm.ListRemark `json:"remarks"`
	Outcomes     []itsm.ListLine   `json:"outcomes,omitempty"` // of each line, with --lines
}

func reportOf(list sheet.PeopleList, done itsm.PeopleImport, dry bool) importReport {
	missing := make([]string, len(done.Missing))
	for i, m := range done.Missing {
		missing[i] = m.Name
	}
	return importReport{
		Missing: missing, NotNamed: done.MissingCount, Ended: done.EndsMissing(), HatsEnd: done.Cuts.Hats, HatsOf: done.Cuts.People, DryRun: dry, Sheet: list.Where, Sheets: append([]string{}, list.Sheets...), Columns: append([]sheet.Column{}, list.Columns...), Questions: append([]sheet.Question{}, list.Questions...), Lines: list.Counts.Lines, New: done.New, Changed: done.Changed,
		Fields: done.Fields(), Unchanged: done.Unchanged, Left: done.Left, Repeated: list.Counts.Repeated, Refused: list.Counts.Refused + done.Refused,
		NewRegions: append([]string{}, done.NewRegions...), NewCompanies: append([]string{}, done.NewCompanies...), Remarks: append(append([]itsm.ListRemark{}, list.Remarks()...), done.Remarks...),
	}
}

func (r importReport) print(out io.Writer) {
	if len(r.Sheets) > 1 {
		fmt.Fprintf(out, "“%s” is read, of several lists: %s (--sheet NAME reads another).\n", r.Sheet, strings.Join(r.Sheets, ", "))
	}
	for _, c := range r.Columns {
		use := "left out"
		if !c.LeftOut {
			use = "is the " + c.Field.Words()
		}
		fmt.Fprintf(out, "%s: %s (%s)\n", c.Header, use, c.Why)
	}
	for _, q := range r.Questions {
		fmt.Fprintf(out, "Question: %s Assumed: %s.\n", q.Text, q.Assumed)
	}
	for _, m := range itsm.Gathered(r.Remarks) {
		if m.Line > 0 {
			fmt.Fprintf(out, "Line %d: ", m.Line)
		}
		fmt.Fprintln(out, m.Text)
	}
	printLines(out, r.Outcomes)
	if len(r.NewRegions) > 0 {
		fmt.Fprintf(out, "Regions that only the list names: %s. --make-regions makes them.\n", strings.Join(r.NewRegions, ", "))
	}
	if len(r.NewCompanies) > 0 {
		fmt.Fprintf(out, "Companies that only the list names: %s. --make-companies makes them.\n", strings.Join(r.NewCompanies, ", "))
	}
	if n := r.NotNamed; n > 0 {
		fmt.Fprintf(out, "Known and not in the list: %d, %d of them ended (--end-missing DAY ends them): %s.\n", n, r.Ended, strings.Join(r.Missing[:min(len(r.Missing), 20)], ", "))
	}
	if len(r.Fields) > 0 {
		var parts []string
		for _, field := range slices.Sorted(maps.Keys(r.Fields)) {
			parts = append(parts, fmt.Sprintf("%s of %d", field, r.Fields[field]))
		}
		fmt.Fprintf(out, "What changes: %s.\n", strings.Join(parts, ", "))
	}
	verb := "Imported"
	if r.DryRun {
		verb = "Nothing was changed. It would import"
	}
	fmt.Fprintf(out, "%s: %d new, %d changed, %d unchanged, %d of them left; %d lines repeated, %d not taken.\n",
		verb, r.New, r.Changed, r.Unchanged, r.Left, r.Repeated, r.Refused)
	if r.HatsEnd > 0 {
		fmt.Fprintf(out, "Hats that end with these last days: %d, of %d people.\n", r.HatsEnd, r.HatsOf)
	}
}
