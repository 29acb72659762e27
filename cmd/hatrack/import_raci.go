package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
)

// importRACI reads a RACI grid and writes it into a process, whole or not at all.
type importRACI struct {
	Files     []string `arg:"" name:"file" type:"existingfile" help:"The grid, whichever way round: CSV, TSV, XLSX, DOCX, Markdown, HTML, YAML, JSON or TOML."`
	Process   string   `placeholder:"ID|NAME" help:"The process it goes into; of a name that is not there yet a new one is made, in --practice."`
	Practice  string   `placeholder:"ID|NAME" help:"The practice of the process; one that is not there yet is made."`
	Sheet     string   `placeholder:"NAME" help:"The sheet to read, where a workbook holds several grids."`
	NoA       string   `name:"no-a" default:"owner" placeholder:"owner|open|HEADING" help:"Who answers for rows without an A: the Owner; the Owner until somebody is named; or the role under this heading."`
	Several   string   `enum:"ask,first" default:"ask" placeholder:"ask|first" help:"What becomes of rows with several A: ask refuses the file, first lets the first one answer; the others keep an R."`
	Elsewhere string   `enum:"ask,same,new" default:"ask" placeholder:"ask|same|new" help:"What a heading means that is the name of another practice's role: ask refuses the file, same takes that role, new makes one here."`
	DryRun    bool     `name:"dry-run" help:"Say what would be done, and change nothing. Without --process only what was read is said, and no database is needed."`
	JSON      bool     `name:"json" help:"Say it as JSON; with --dry-run what was read, one object a file."`
}

// Run reads and, unless it is a dry run, writes.
func (v importRACI) Run(p *program, b *bring) error {
	if v.DryRun && (v.JSON || v.Process == "") {
		return v.say(p.out)
	}
	if v.Process == "" || len(v.Files) != 1 {
		return wrong("Give one file and the process it goes into: --process ID or --process NAME.")
	}
	grid, err := v.grid(v.Files[0])
	if err != nil {
		return err
	}
	return b.at(p, b.As, func(db *store.Store, by itsm.Actor) error { return v.bring(p, db, by, grid) })
}

func (v importRACI) grid(file string) (sheet.StagedGrid, error) {
	data, err := readFile(file)
	if err != nil {
		return sheet.StagedGrid{}, unreadable(file, err)
	}
	grid, err := sheet.ReadGrid(file, data, sheet.GridOptions{Sheet: v.Sheet})
	if sheet.CodeOf(err) == sheet.Several {
		return sheet.StagedGrid{}, wrong("%v Choose with --sheet.", err)
	}
	staged := grid.Staged()
	staged.Remarks = append(staged.Remarks, v.remarks(grid)...)
	staged.Listed = staged.Listed.Numbered()
	return staged, unreadable(file, err)
}

// say prints what was read of each file and returns the worst of what it was, with a sentence for each file.
func (v importRACI) say(out io.Writer) error {
	worst := coded{}
	for _, file := range v.Files {
		reading := sheet.Reading{File: filepath.Base(file)}
		data, err := readFile(file)
		if err == nil {
			reading, err = sheet.ReadGrids(file, data, sheet.GridOptions{Sheet: v.Sheet})
		}
		if err != nil {
			worst = worst.or(exitUnreadable, filepath.Base(file)+": "+err.Error())
		} else if text := doubts(reading); text != "" {
			worst = worst.or(exitDoubtful, filepath.Base(file)+": "+text)
		}
		if v.JSON {
			if err := json.NewEncoder(out).Encode(raciJSON(reading)); err != nil {
				return err
			}
			continue
		}
		printReading(out, reading)
	}
	if worst.code != 0 {
		return worst
	}
	return nil
}

// remarks are what a plan does not ask about, and who brings the grid should look at: rows and letters that say less than they
// should, and what was guessed.
func (v importRACI) remarks(g sheet.Grid) (list []string) {
	for _, p := range g.Problems {
		switch p.Code {
		case "several-accountable":
		case "no-accountable":
			list = append(list, fmt.Sprintf("Line %d: “%s” has no A: %s.", p.Line, p.Activity, v.answersThen()))
		default:
			list = append(list, located(p.Line, p.Text))
		}
	}
	for _, r := range g.Repairs {
		if !r.Sure {
			list = append(list, fmt.Sprintf("To look at, %s: “%s” was read as %s.", r.Where, r.Was, r.Became))
		}
	}
	return list
}

// located is a sentence with the line that it speaks of; 0 where it speaks of the whole.
func located(line int, text string) string {
	if line == 0 {
		return text
	}
	return fmt.Sprintf("Line %d: %s", line, text)
}

// answersThen says who answers for a row without an A.
func (v importRACI) answersThen() string {
	switch strings.ToLower(v.NoA) {
	case "owner":
		return "the Owner answers (--no-a)"
	case "open":
		return "the Owner answers until somebody is named (--no-a)"
	}
	return v.NoA + " answers (--no-a)"
}

// doubts is why a file is not taken as it is: the first doubtful grid, or that it holds none at all.
func doubts(r sheet.Reading) string {
	none := !slices.ContainsFunc(r.Grids, func(g sheet.Grid) bool { return g.Verdict != sheet.NotAGrid })
	for _, g := range r.Grids {
		if g.Verdict == sheet.Doubtful || none {
			return strings.Join(g.Reasons[:min(1, len(g.Reasons))], "")
		}
	}
	return ""
}

func printReading(out io.Writer, r sheet.Reading) {
	for _, g := range r.Grids {
		fmt.Fprintf(out, "%s, %s: %s, %s, %s, %s\n", r.File, g.Where, g.Verdict,
			plural(len(g.Roles), "role", "roles"), plural(len(g.Activities), "activity", "activities"), plural(len(g.Repairs), "repair", "repairs"))
		for _, text := range g.Reasons {
			fmt.Fprintln(out, "  "+text)
		}
		for _, problem := range g.Problems {
			fmt.Fprintln(out, "  "+located(problem.Line, problem.Text))
		}
	}
}

// bring plans the grid against its process and writes it.
func (v importRACI) bring(p *program, db *store.Store, by itsm.Actor, g sheet.StagedGrid) error {
	today, err := db.Today(p.ctx)
	if err != nil {
		return err
	}
	by.Today = today
	target, err := v.target(p.ctx, db, by)
	if err != nil {
		return err
	}
	answers, err := v.answers(g.Listed)
	if err != nil {
		return err
	}
	m, _, plan, err := db.PlanGrid(p.ctx, by, target, g.Listed, answers, today)
	if err == nil && v.Elsewhere != "ask" {
		answers.Roles = v.elsewhere(plan)
		m, _, plan, err = db.PlanGrid(p.ctx, by, target, g.Listed, answers, today)
	}
	if err != nil {
		return err
	}
	var open itsm.Checks
	for _, q := range plan.Open() {
		open.Say("", fmt.Sprintf("line %d: %s", q.Line, q.Text))
	}
	if err := open.Err(); err != nil && !v.DryRun {
		return fmt.Errorf("nothing was changed, since something has to be decided (in the browser, or with --no-a, --several, --elsewhere): %w", err)
	}
	if !v.DryRun {
		if target.ProcessID, err = db.ImportGrid(p.ctx, by, target, filepath.Base(v.Files[0]), m, plan, 0); err != nil {
			return err
		}
	}
	return v.report(p.out, g, plan, target.ProcessID)
}

// elsewhere decides for the headings that are the name of another practice's role.
func (v importRACI) elsewhere(plan itsm.GridPlan) map[string]string {
	roles := map[string]string{}
	for _, r := range plan.Roles {
		if r.Elsewhere != 0 && v.Elsewhere == "same" {
			roles[r.Heading] = fmt.Sprintf("role:%d", r.Elsewhere)
		} else if r.Elsewhere != 0 {
			roles[r.Heading] = "new"
		}
	}
	return roles
}

// gridReport is what an import of a grid did, or would do.
type gridReport struct {
	DryRun    bool                `json:"dryRun"`
	Process   int64               `json:"process,omitempty"`
	Added     int                 `json:"added"`
	Changed   int                 `json:"changed"`
	Unchanged int                 `json:"unchanged"`
	NewRoles  []string            `json:"newRoles"`
	Open      []itsm.GridQuestion `json:"open"`
	Remarks   []string            `json:"remarks"`
}

func (v importRACI) report(out io.Writer, g sheet.StagedGrid, plan itsm.GridPlan, process int64) error {
	r := gridReport{v.DryRun, process, plan.Count(itsm.RowAdded), plan.Count(itsm.RowChanged), plan.Count(itsm.RowSame),
		append([]string{}, plan.NewRoles()...), append([]itsm.GridQuestion{}, plan.Open()...), append([]string{}, g.Remarks...)}
	if v.JSON {
		return json.NewEncoder(out).Encode(r)
	}
	verb := "Imported"
	if v.DryRun {
		verb = "It would bring"
	}
	fmt.Fprintf(out, "%s: %s new, %d changed, %d unchanged.\n", verb, plural(r.Added, "activity", "activities"), r.Changed, r.Unchanged)
	for _, m := range append(plan.Roles, plan.LeftOut...) {
		fmt.Fprintf(out, "  %s: %s (%s)\n", m.Heading, m.Name, m.How)
	}
	for _, q := range r.Open {
		fmt.Fprintf(out, "  To decide, line %d: %s\n", q.Line, q.Text)
	}
	for _, text := range r.Remarks {
		fmt.Fprintln(out, "  "+text)
	}
	return nil
}

// answers are what the flags decide for all rows alike; letters that mean nothing become notes.
func (v importRACI) answers(g itsm.ListedGrid) (itsm.GridAnswers, error) {
	a := itsm.GridAnswers{NoA: "owner", Several: map[int]string{}, Letters: map[string]string{}}
	if strings.EqualFold(v.NoA, "open") {
		a.NoA = "open"
	} else if !strings.EqualFold(v.NoA, "owner") {
		a.NoA = ""
		for _, heading := range g.Roles {
			if strings.EqualFold(heading, v.NoA) {
				a.NoA = heading
			}
		}
		if a.NoA == "" {
			return a, wrong("No column of the file is headed %q (--no-a). There are: %s.", v.NoA, strings.Join(g.Roles, ", "))
		}
	}
	for _, l := range g.Strange() {
		a.Letters[l] = "note"
	}
	if v.Several == "first" {
		for _, row := range g.Rows {
			for _, heading := range g.Roles {
				if row.Cells[heading].Letters.Has(itsm.LetterA) {
					a.Several[row.Line] = heading
					break
				}
			}
		}
	}
	return a, nil
}

// target finds the process and the practice by number or name; what has a name and is not there is new.
func (v importRACI) target(ctx context.Context, db *store.Store, by itsm.Actor) (t store.GridTarget, err error) {
	if id, err := strconv.ParseInt(v.Process, 10, 64); err == nil {
		return store.GridTarget{ProcessID: id}, nil
	}
	practices, err := db.Practices(ctx, by, store.PracticeFilter{})
	if err != nil {
		return t, err
	}
	for _, p := range practices {
		if strings.EqualFold(p.Name, v.Practice) || strconv.FormatInt(p.ID, 10) == v.Practice {
			t.PracticeID = p.ID
		}
	}
	processes, err := db.Processes(ctx, by, store.ProcessFilter{PracticeID: t.PracticeID})
	if err != nil {
		return t, err
	}
	for _, p := range processes {
		if !strings.EqualFold(p.Name, v.Process) || v.Practice != "" && t.PracticeID == 0 {
			continue
		}
		if t.ProcessID != 0 {
			return t, errors.New("several practices have a process of this name: say which practice with --practice")
		}
		t.ProcessID = p.ID
	}
	if t.ProcessID != 0 {
		return store.GridTarget{ProcessID: t.ProcessID}, nil
	}
	t.Process = v.Process
	if t.PracticeID == 0 {
		t.Practice = v.Practice
	}
	if t.PracticeID == 0 && t.Practice == "" {
		return t, wrong("There is no process %q. To make it, say in which practice: --practice NAME.", v.Process)
	}
	return t, nil
}
