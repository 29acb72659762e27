package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// listImport is a kind of list that is staged, looked at, answered, confirmed: who wears which hat, and policies.
type listImport struct {
	kind   string // in staged_import
	page   page.ImportKind
	fields []sheet.Field
	find   func(files []sheet.File) ([]sheet.Listing, error)
	plan   func(v *visit, l sheet.Listing, a listAnswers) (listReading, error)
	write  func(v *visit, u stagedList, heard store.Progress, silent func()) error
}

// listReading is what was understood of a list, and what it would do or did.
type listReading struct {
	sheet.ListColumns
	plan itsm.ListPlan
}

// listAnswers are what the person who brings a list says about it, and what came of it.
type listAnswers struct {
	Mapping map[int]sheet.Field `json:"mapping,omitempty"`
	Top     sheet.Top           `json:"top,omitempty"`
	Dates   sheet.DateOrder     `json:"dates,omitempty"`
	Sheet   int                 `json:"sheet,omitempty"`
	Given   map[string]string   `json:"given,omitempty"`
	Event   int64               `json:"event,omitempty"` // of the import; its lines stand where the list stood
	Run     *importRun          `json:"run,omitempty"`   // the import on its way, or one that came to nothing

	Recalled   bool   `json:"recalled,omitempty"`   // this much was said of the last list of its shape
	RecalledOf string `json:"recalledOf,omitempty"` // who said so, as in [store.Memory]
}

func (a listAnswers) options() sheet.ListOptions {
	return sheet.ListOptions{Mapping: a.Mapping, DateOrder: a.Dates, Top: a.Top}
}

// stagedList is an upload with its answers.
type stagedList struct {
	store.Staged
	listAnswers
	listings []sheet.Listing
}

// listing is the one that is read.
func (u stagedList) listing() sheet.Listing { return u.listings[min(u.Sheet, len(u.listings)-1)] }

func (k listImport) url(id int64) string { return k.page.Path + "/" + strconv.FormatInt(id, 10) }

func (k listImport) screen(title string) page.Screen {
	return page.Screen{Title: title, Section: k.page.Section, Crumbs: k.page.Crumbs()}
}

func (k listImport) ask(v *visit) error { return k.asked(v, http.StatusOK, "", nil) }

func (k listImport) asked(v *visit, status int, paste string, list []itsm.Problem) error {
	screen := k.screen(k.page.Title)
	screen.Body, screen.Scripts = page.ImportAsk{Kind: k.page, Paste: paste, Problems: list}.Page(), []string{"drop.js"}
	return v.showAs(status, screen)
}

// stage takes files and keeps what is a list in them.
func (k listImport) stage(v *visit) error {
	files, fields, err := v.uploads("file", uploadMax)
	if err == nil && len(files) == 0 {
		err = noFile("file")
	}
	var listings []sheet.Listing
	if err == nil {
		brought := make([]sheet.File, len(files))
		for i, f := range files {
			brought[i] = sheet.File{Name: f.Name, Data: f.Data}
		}
		err = gently(sizeOf(files), func() (err error) {
			listings, err = k.find(brought)
			return err
		})
	}
	if list, status, ok := uploadProblems(err, "This is more than 20 MiB. Split it, or leave out what is not needed."); ok {
		return k.asked(v, status, fields[pasted], list)
	}
	if err != nil {
		return err
	}
	content, err := json.Marshal(listings)
	if err != nil {
		return err
	}
	id, err := v.s.store.Stage(v.ctx, v.by, store.Staged{Kind: k.kind, FileName: listings[0].File, Content: content})
	if a := k.recalled(v, listings[0]); err == nil && a.Recalled {
		err = v.s.store.AnswerStaged(v.ctx, v.by, id, a)
	}
	if err != nil {
		return err
	}
	return v.goTo(k.url(id))
}

// staged is an upload of this kind with its answers; of one that is imported the listings are empty.
func (k listImport) staged(v *visit) (u stagedList, err error) {
	id, err := v.id()
	if err != nil {
		return u, err
	}
	if u.Staged, err = v.s.store.Staged(v.ctx, v.by, k.kind, id); err != nil {
		return u, err
	}
	if err := json.Unmarshal(u.Answers, &u.listAnswers); err != nil || u.Event != 0 {
		return u, err
	}
	u.Run.seen(u.Staged)
	return u, json.Unmarshal(u.Content, &u.listings)
}

// done is what came of an import.
func (u stagedList) done() (plan itsm.ListPlan, err error) {
	return plan, json.Unmarshal(u.Content, &plan.Lines)
}

// show shows what an upload would do, or what came of it.
func (k listImport) show(v *visit) error {
	u, err := k.staged(v)
	if err != nil {
		return err
	}
	if u.Undone {
		screen := k.screen("Undone")
		screen.Body = page.ImportUndone{File: u.FileName, Again: k.page.Path}.Page()
		return v.show(screen)
	}
	if u.Event != 0 {
		plan, err := u.done()
		if err != nil {
			return err
		}
		screen := k.screen("Imported")
		screen.Body = page.ImportListDone{Kind: k.page, ID: u.ID, Name: u.FileName, Event: u.Event, Plan: plan}.Page()
		return v.show(screen)
	}
	if now := v.s.now(); u.Run.goes(now) {
		return v.showRunning(k.screen(""), u.FileName, k.page.Many, k.page.Many, u.Run)
	} else if why := u.Run.failed(now); why != "" {
		return k.stopped(v, u, http.StatusOK, why)
	}
	reading, err := k.plan(v, u.listing(), u.listAnswers)
	return k.preview(v, u, reading, err)
}

// preview is the page of an upload that waits; err says why it cannot be read as answered.
func (k listImport) preview(v *visit, u stagedList, reading listReading, err error) error {
	form := page.ImportList{Kind: k.page, ID: u.ID, Name: u.listing().Name(), Plan: reading.plan, Recalled: u.Recalled, RecalledOf: u.RecalledOf}
	status := http.StatusOK
	if list, code, ok := problems(asInvalid(err)); ok {
		form.Problems, status = list, code
	} else if err != nil {
		return err
	}
	if !u.listing().Documents { // of these nothing is chosen
		form.Columns = importColumns(k.url(u.ID), k.fields, reading.Columns, reading.Questions, u.Mapping, u.Dates)
		form.Columns.Headless, form.Columns.ByHand = reading.Headless, form.Columns.ByHand || u.Top != sheet.TopGuessed
	}
	for i, l := range u.listings {
		text := l.Name() + ", " + ui.Plural(len(l.Rows)-1, "line", "lines")
		form.Sheets = append(form.Sheets, ui.Option{Value: strconv.Itoa(i), Text: text, Selected: i == u.Sheet})
	}
	for _, n := range reading.Remarks {
		form.Remarks = append(form.Remarks, itsm.ListRemark{Line: n.Line, Text: n.Text})
	}
	form.Remarks = append(form.Remarks, reading.plan.Remarks...)
	screen := k.screen(k.page.Title)
	screen.Body = form.Page()
	return v.showAs(status, screen)
}

// answer keeps what was said about an upload, and shows it read that way.
func (k listImport) answer(v *visit) error {
	u, err := k.staged(v)
	if err != nil {
		return err
	}
	values, err := posted(v.w, v.r)
	if err != nil {
		return err
	}
	if u.Event != 0 {
		return itsm.Conflict{Text: "This list is imported; its answers are settled."}
	}
	if u.Run.goes(v.s.now()) {
		return underWay
	}
	a := u.listAnswers
	a.Run = nil
	switch {
	case values.Has("again"):
	case values.Has("guess"):
		a.Mapping, a.Dates, a.Top, a.Recalled = nil, sheet.AnyOrder, sheet.TopGuessed, false
	case values.Has("sheet"):
		n, err := strconv.Atoi(values.Get("sheet"))
		if err != nil || n < 0 || n >= len(u.listings) {
			n = 0
		}
		if n != a.Sheet {
			a = k.recalled(v, u.listings[n])
			a.Sheet = n
		}
	case values.Has("read"):
		guessed, err := k.plan(v, u.listing(), listAnswers{Top: a.Top})
		if err != nil && sheet.CodeOf(err) == "" {
			return err
		}
		a.Mapping, a.Dates, a.Recalled = chosenFields(guessed.Columns, values), dateOrder(values.Get("dates")), false
		if top, other := chosenTop(guessed.Headless, values); other {
			a.Top, a.Mapping = top, nil
		}
	default:
		if a.Given, err = k.given(v, u, values); err != nil {
			return err
		}
	}
	if err := v.s.store.AnswerStaged(v.ctx, v.by, u.ID, a); err != nil {
		return err
	}
	return v.goTo(page.Next(k.url(u.ID)))
}

// given are the answers so far with those that a form brings; "rest" answers whatever is still open: its lines are left out,
// or where nothing can be said of what they ask, that.
func (k listImport) given(v *visit, u stagedList, values url.Values) (map[string]string, error) {
	given := map[string]string{}
	for key, answer := range u.Given {
		given[key] = answer
	}
	for name := range values {
		n, ok := strings.CutPrefix(name, "key-")
		if key := storable(values.Get(name)); ok && key != "" {
			if given[key] = storable(values.Get("answer-" + n)); given[key] == "" {
				delete(given, key)
			}
		}
	}
	rest := values.Get("rest")
	if rest != itsm.LeaveOut && rest != itsm.Nothing {
		return given, nil
	}
	a := u.listAnswers
	a.Given = given
	reading, err := k.plan(v, u.listing(), a)
	if err != nil {
		return given, asInvalid(err)
	}
	for _, q := range reading.plan.Open() {
		if rest == itsm.LeaveOut || q.Takes(rest) {
			given[q.Key] = rest
		}
	}
	return given, nil
}

// confirm begins to write a list. Pressed twice it is written once: the second time what came of the first is shown, or how
// far it is.
func (k listImport) confirm(v *visit) error {
	u, err := k.staged(v)
	if err != nil {
		return err
	}
	if u.Event == 0 && !u.Run.goes(v.s.now()) {
		with := func(r importRun) any {
			a := u.listAnswers
			a.Run = &r
			return a
		}
		over, err := v.begin(u.Staged, with, func(ctx context.Context, r *running) error {
			later := *v // it may outlast the request
			later.ctx = ctx
			return k.write(&later, u, r.heard, r.silent)
		})
		if list, status, ok := problems(asInvalid(err)); over && ok {
			return k.stopped(v, u, status, list[0].Text)
		} else if err != nil {
			return err
		}
	}
	return v.goToToday(page.Next(k.url(u.ID)))
}

// stopped says why nothing was imported, and offers to look again.
func (k listImport) stopped(v *visit, u stagedList, status int, why string) error {
	screen := k.screen("Nothing was imported")
	screen.Body = page.ImportStopped{Path: k.page.Path, ID: u.ID, Why: why}.Page()
	return v.showAs(status, screen)
}

// usedUp is what an import puts in the place of an upload: its event, and what came of each line.
func usedUp[T interface {
	WithRefused([]itsm.ListRemark) itsm.ListPlan
}](u stagedList, refused []itsm.ListRemark, silent func()) *store.Upload[T] {
	return &store.Upload[T]{ID: u.ID, Memory: u.memory(), Kept: func(done T, event int64) (answers, lines any) {
		silent()
		a := u.listAnswers
		a.Event, a.Run = event, nil
		return a, done.WithRefused(refused).Lines
	}}
}

func (k listImport) discard(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.s.store.DropStaged(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(k.page.Back, "The list is discarded. Nothing was changed.")
}

// lines is the outcome of each line as a file: of what would be done, or of what was.
func (k listImport) lines(v *visit) error {
	u, err := k.staged(v)
	if err != nil {
		return err
	}
	plan, err := itsm.ListPlan{}, error(nil)
	if u.Event != 0 {
		plan, err = u.done()
	} else {
		var reading listReading
		reading, err = k.plan(v, u.listing(), u.listAnswers)
		plan, err = reading.plan, asInvalid(err)
	}
	if err != nil {
		return err
	}
	return v.file("import-"+k.kind, resultHead, rows(plan.Lines, resultLine))
}

var resultHead = []string{"Line", "Outcome", "What it says", "Changes", "Why"}

func resultLine(l itsm.ListLine) []string {
	at := l.At
	if at == "" && l.Line > 0 { // whoever is not in the list has none
		at = strconv.Itoa(l.Line)
	}
	return []string{at, string(l.Outcome), l.What, l.ChangesInWords(), l.Why}
}
