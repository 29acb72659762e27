package main

import (
	"cmp"
	"encoding/json"
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

// listFlags are what the imports of lists have in common.
type listFlags struct {
	Files  []string          `arg:"" name:"file" type:"existingfile" help:"CSV, TSV, XLSX, or a table in DOCX, Markdown, HTML, YAML or JSON."`
	DryRun bool              `name:"dry-run" help:"Say what would be done with each line, and change nothing."`
	JSON   bool              `name:"json" help:"Say it as JSON, one object a file."`
	Sheet  string            `placeholder:"NAME" help:"The sheet to read, where a workbook has several; else the one that is understood best."`
	Map    map[string]string `placeholder:"HEADING=FIELD" help:"What a column is used for, by its heading or its number, or nothing after the sign to leave it out."`
	Dates  string            `enum:",dmy,mdy,ymd" default:"" placeholder:"ORDER" help:"How dates such as 03/04/2025 are to be read: dmy, mdy or ymd."`
	Answer map[string]string `mapsep:"none" placeholder:"QUESTION=VALUE" help:"An answer to what a list leaves open: the key and a value that --dry-run names. May be given several times."`
	Open   string            `enum:"ask,out" default:"ask" placeholder:"ask|out" help:"What becomes of lines that are still open: ask imports nothing and ends with 3, out leaves them out."`
}

// importHats brings who wears which hat.
type importHats struct{ listFlags }

// importPolicies brings policies; documents are a policy each, all together one list.
type importPolicies struct{ listFlags }

// listReport is what an import of a list did, or would do.
type listReport struct {
	File      string           `json:"file"`
	Sheet     string           `json:"sheet,omitempty"`
	DryRun    bool             `json:"dryRun"`
	Columns   []sheet.Column   `json:"columns"`
	Dates     []sheet.Question `json:"dates"` // orders that the list leaves open
	Counts    map[string]int   `json:"counts"`
	Questions []listQuestion   `json:"questions"`
	Lines     []itsm.ListLine  `json:"lines"`
	Remarks   []sheet.Note     `json:"remarks"`
}

// listQuestion is what a list leaves open.
type listQuestion struct {
	Key     string            `json:"key"`
	Text    string            `json:"text"`
	Lines   []int             `json:"lines"`
	Choices map[string]string `json:"choices"`
	Answer  string            `json:"answer"`
}

// Help is shown by --help.
func (importHats) Help() string {
	return "A line says who wears which hat: a person, team or company by name, e-mail or number, and a role with what it hangs on, in columns of any order. They are appointed “as found in FILE”." + listHelp
}

// Help is shown by --help.
func (importPolicies) Help() string {
	return "A line is a policy, found by its number, else its title. Documents in Markdown, Word or plain text are a policy each, and all of them together one list." + listHelp
}

const listHelp = " Each file is written whole or not at all, as one event. The program ends with 0, with 3 where something is open, with 4 where a file cannot be read, and with 2 where it was called wrongly: the worst of all files."

// listPlanner plans and writes one kind of list.
type listPlanner struct {
	plan  func(l sheet.Listing, options sheet.ListOptions, answers map[string]string) (sheet.ListColumns, itsm.ListPlan, error)
	write func(l sheet.Listing, options sheet.ListOptions, answers map[string]string) (itsm.ListPlan, error)
}

// Run reads and, unless it is a dry run, writes.
func (v importHats) Run(p *program, b *bring) error {
	return v.run(p, b, func(files []sheet.File) ([]sheet.Listing, error) {
		return sheet.FindHats(files[0].Name, files[0].Data, sheet.Limits{})
	}, false,
		func(db *store.Store, by itsm.Actor) listPlanner {
			read := func(l sheet.Listing, o sheet.ListOptions) (itsm.KnownHats, sheet.HatList, error) {
				known, err := db.KnownHats(p.ctx, by, l.Texts())
				if err != nil {
					return known, sheet.HatList{}, err
				}
				o.Known = sheet.KnownFields(known)
				list, err := sheet.ReadHats(l, o)
				return known, list, err
			}
			return listPlanner{
				plan: func(l sheet.Listing, o sheet.ListOptions, answers map[string]string) (sheet.ListColumns, itsm.ListPlan, error) {
					known, list, err := read(l, o)
					if err != nil {
						return list.ListColumns, itsm.ListPlan{}, err
					}
					plan, err := db.PlanHats(p.ctx, by, known, list.Hats, answers)
					return list.ListColumns, plan.WithRefused(list.Refused), err
				},
				write: func(l sheet.Listing, o sheet.ListOptions, answers map[string]string) (itsm.ListPlan, error) {
					_, list, err := read(l, o)
					if err != nil {
						return itsm.ListPlan{}, err
					}
					done, _, err := db.ImportHats(p.ctx, by, l.File, list.Hats, answers, nil, progress(p.errOut))
					return done.WithRefused(list.Refused), err
				},
			}
		})
}

// Run reads and, unless it is a dry run, writes.
func (v importPolicies) Run(p *program, b *bring) error {
	return v.run(p, b, func(files []sheet.File) ([]sheet.Listing, error) { return sheet.FindPolicies(files, sheet.Limits{}) }, true,
		func(db *store.Store, by itsm.Actor) listPlanner {
			return listPlanner{
				plan: func(l sheet.Listing, o sheet.ListOptions, answers map[string]string) (sheet.ListColumns, itsm.ListPlan, error) {
					list, err := sheet.ReadPolicies(l, o)
					if err != nil {
						return list.ListColumns, itsm.ListPlan{}, err
					}
					plan, err := db.PlanPolicies(p.ctx, by, list.Policies, answers)
					return list.ListColumns, plan.WithRefused(list.Refused), err
				},
				write: func(l sheet.Listing, o sheet.ListOptions, answers map[string]string) (itsm.ListPlan, error) {
					list, err := sheet.ReadPolicies(l, o)
					if err != nil {
						return itsm.ListPlan{}, err
					}
					done, _, err := db.ImportPolicies(p.ctx, by, l.File, list.Policies, answers, nil, progress(p.errOut))
					return done.WithRefused(list.Refused), err
				},
			}
		})
}

// run goes through the files, those of text together where several make one list.
func (v listFlags) run(p *program, b *bring, find func([]sheet.File) ([]sheet.Listing, error), texts bool, planner func(*store.Store, itsm.Actor) listPlanner) error {
	worst := coded{}
	var found []sheet.Listing
	for _, files := range v.batches(texts) {
		listing, err := v.listing(files, find)
		if c, ok := err.(coded); ok && c.code == exitUnreadable {
			worst = worst.or(c.code, c.text)
			continue
		}
		if err != nil {
			return err
		}
		found = append(found, listing)
	}
	if len(found) > 0 {
		err := b.at(p, b.As, func(db *store.Store, by itsm.Actor) error {
			today, err := db.Today(p.ctx)
			if err != nil {
				return err
			}
			by.Today = today
			for _, l := range found {
				c, err := v.bring(p.out, planner(db, by), l)
				if err != nil {
					return fmt.Errorf("%s: %w", l.File, err)
				}
				worst = worst.or(c.code, c.text)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if worst.code != 0 {
		return worst
	}
	return nil
}

// batches are the files that are read together.
func (v listFlags) batches(texts bool) (batches [][]string) {
	var together []string
	for _, f := range v.Files {
		if texts && sheet.PolicyText(f) {
			together = append(together, f)
		} else {
			batches = append(batches, []string{f})
		}
	}
	if len(together) > 0 {
		batches = append(batches, together)
	}
	return batches
}

func (v listFlags) listing(names []string, find func([]sheet.File) ([]sheet.Listing, error)) (sheet.Listing, error) {
	var files []sheet.File
	for _, name := range names {
		data, err := readFile(name)
		if err != nil {
			return sheet.Listing{}, unreadable(name, err)
		}
		files = append(files, sheet.File{Name: filepath.Base(name), Data: data})
	}
	listings, err := find(files)
	if err != nil {
		return sheet.Listing{}, unreadable(names[0], err)
	}
	for i, l := range listings {
		if v.Sheet == "" {
			l.Notes = append(l.Notes, unread(l, listings[i+1:])...)
		} else if !strings.EqualFold(l.Where, v.Sheet) {
			continue
		}
		return l, nil
	}
	return sheet.Listing{}, wrong("There is no sheet %q in %s.", v.Sheet, names[0])
}

// bring plans or writes one list and says what came of it.
func (v listFlags) bring(out io.Writer, by listPlanner, l sheet.Listing) (coded, error) {
	options := sheet.ListOptions{DateOrder: sheet.DateOrder(v.Dates)}
	columns, plan, err := by.plan(l, options, v.Answer)
	if len(v.Map) > 0 {
		if options.Mapping, err = mapped(columns.Columns, v.Map); err != nil {
			return coded{}, err
		}
		columns, plan, err = by.plan(l, options, v.Answer)
	}
	if err != nil {
		if sheet.CodeOf(err) != "" {
			return coded{exitDoubtful, l.File + ": " + err.Error()}, nil
		}
		return coded{}, err
	}
	answers := map[string]string{}
	for k, a := range v.Answer {
		answers[k] = a
	}
	if v.Open == "out" && len(plan.Open()) > 0 {
		for _, q := range plan.Open() {
			answers[q.Key] = itsm.LeaveOut
		}
		if columns, plan, err = by.plan(l, options, answers); err != nil {
			return coded{}, err
		}
	}
	open := plan.Open()
	if !v.DryRun && len(open) == 0 && plan.Writes() > 0 {
		if plan, err = by.write(l, options, answers); err != nil {
			return coded{}, err
		}
	}
	v.report(out, l, columns, plan)
	if len(open) > 0 {
		return coded{exitDoubtful, fmt.Sprintf("%s: open: %s (--answer, or --open out), so nothing was changed. The first one: %s", l.File, plural(len(open), "question", "questions"), open[0].Text)}, nil
	}
	return coded{}, nil
}

// mapped finds the columns that headings name, or their numbers: columns without headings have nothing else.
func mapped(columns []sheet.Column, by map[string]string) (map[int]sheet.Field, error) {
	out := map[int]sheet.Field{}
	for heading, field := range by {
		heading = strings.TrimSpace(heading)
		at := slices.IndexFunc(columns, func(c sheet.Column) bool { return strings.EqualFold(c.Header, heading) && heading != "" })
		if n, err := strconv.Atoi(heading); at < 0 && err == nil {
			at = slices.IndexFunc(columns, func(c sheet.Column) bool { return c.Index == n-1 })
		}
		if at < 0 {
			return nil, wrong("No column of the file is headed %q. %s", heading, columnsToMap(columns))
		}
		for _, c := range columns {
			if c.Index == columns[at].Index || strings.EqualFold(c.Header, heading) {
				out[c.Index] = sheet.Field(field)
			}
		}
	}
	return out, nil
}

// columnsToMap says which columns there are, and how to say what they are.
func columnsToMap(columns []sheet.Column) string {
	var names []string
	for _, c := range columns[:min(len(columns), 12)] {
		names = append(names, strings.TrimSpace(fmt.Sprintf("%d %s", c.Index+1, cmp.Or(c.Header, c.Sample))))
	}
	return fmt.Sprintf("Its columns are: %s. %s", strings.Join(names, ", "), howToMap(columns))
}

// howToMap is an example that fits the columns: the parts of names stand in two of them.
func howToMap(columns []sheet.Column) string {
	for i := range len(columns) - 1 {
		if a, b := columns[i], columns[i+1]; a.Why == sheet.MayBePart && b.Why == sheet.MayBePart {
			return fmt.Sprintf("--map %d=family-name --map %d=given-name says that the first of these holds family names and the second given names; --map %d=given-name --map %d=family-name says it the other way round.",
				a.Index+1, b.Index+1, a.Index+1, b.Index+1)
		}
	}
	return "--map 1=name says that the first holds names."
}

func (v listFlags) report(out io.Writer, l sheet.Listing, columns sheet.ListColumns, plan itsm.ListPlan) {
	r := listReport{
		File: l.File, Sheet: l.Where, DryRun: v.DryRun, Columns: append([]sheet.Column{}, columns.Columns...), Dates: append([]sheet.Question{}, columns.Questions...),
		Counts: map[string]int{}, Questions: []listQuestion{}, Lines: append([]itsm.ListLine{}, plan.Lines...), Remarks: append([]sheet.Note{}, columns.Remarks...),
	}
	for _, o := range itsm.Outcomes {
		r.Counts[string(o)] = plan.Count(o)
	}
	for _, q := range plan.Questions {
		choices := map[string]string{}
		for _, c := range q.Choices {
			choices[c.Value] = c.Text
		}
		r.Questions = append(r.Questions, listQuestion{q.Key, q.Text, q.Lines, choices, q.Answer})
	}
	if v.JSON {
		_ = json.NewEncoder(out).Encode(r) // of plain texts and numbers; the terminal went away
		return
	}
	r.print(out, plan)
}

// printLines says of each line that is not unchanged what becomes of it.
func printLines(out io.Writer, lines []itsm.ListLine) {
	for _, l := range lines {
		if l.Outcome == itsm.UnchangedLine {
			continue
		}
		if l.Line > 0 { // whoever is not in the list has none
			fmt.Fprintf(out, "Line %d: ", l.Line)
		}
		fmt.Fprintf(out, "%s: %s\n", l.Outcome, strings.Join(strings.Fields(strings.Join([]string{l.What, l.ChangesInWords(), l.Why}, " ")), " "))
	}
}

func (r listReport) print(out io.Writer, plan itsm.ListPlan) {
	for _, c := range r.Columns {
		use := "left out"
		if !c.LeftOut {
			use = "is the " + c.Field.Words()
		}
		fmt.Fprintf(out, "%s: %s (%s)\n", c.Header, use, c.Why)
	}
	for _, n := range r.Remarks {
		fmt.Fprintln(out, n.Text)
	}
	for _, q := range r.Dates {
		fmt.Fprintf(out, "Question: %s Assumed: %s.\n", q.Text, q.Assumed)
	}
	printLines(out, r.Lines)
	for _, q := range plan.Questions { // whose choices have an order
		if q.Answer == "" {
			fmt.Fprintf(out, "To decide: %s --answer %q with one of:\n", q.Text, q.Key+"=VALUE")
			for _, c := range q.Choices {
				fmt.Fprintf(out, "  %s: %s\n", c.Value, c.Text)
			}
		}
	}
	verb := "Imported"
	if r.DryRun || len(plan.Open()) > 0 || plan.Writes() == 0 {
		verb = "Nothing was changed. The list has"
	}
	fmt.Fprintf(out, "%s: %s.\n", verb, plan.Summary())
}
