package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

const stagedPeople = "people"

// peopleAnswers are what is known of an upload beside its content.
type peopleAnswers struct {
	Mapping map[int]sheet.Field `json:"mapping,omitempty"`
	Top     sheet.Top           `json:"top,omitempty"`
	Dates   sheet.DateOrder     `json:"dates,omitempty"`
	Sheet   string              `json:"sheet,omitempty"` // of a workbook with several
	itsm.PeopleChoices
	Run *peopleRun `json:"run,omitempty"`

	Recalled   bool   `json:"recalled,omitempty"`   // its columns are used as those of the last list of its shape
	RecalledOf string `json:"recalledOf,omitempty"` // who said so, as in [store.Memory]
}

func (a peopleAnswers) options(v *visit) sheet.PeopleOptions {
	return sheet.PeopleOptions{Today: v.by.Today, Mapping: a.Mapping, DateOrder: a.Dates, Top: a.Top, Sheet: a.Sheet}
}

func peopleImportURL(id int64) string { return "/import/people/" + strconv.FormatInt(id, 10) }

func (s *Server) askPeople(v *visit) error { return v.peopleUpload(http.StatusOK, "", nil) }

func (v *visit) peopleUpload(status int, paste string, list []itsm.Problem) error {
	return v.showAs(status, page.Screen{
		Title: "Import people", Section: "people", Crumbs: page.ImportKind{}.Crumbs(), Body: page.ImportPeople{Paste: paste, Problems: list}.Page(), Scripts: []string{"drop.js"},
	})
}

// stagePeople takes a list and keeps of it, until it is confirmed, what may be kept.
func (s *Server) stagePeople(v *visit) error {
	name, data, fields, err := v.upload("file")
	var table sheet.PeopleTable
	if err == nil {
		err = gently(len(data), func() (err error) {
			if table, err = sheet.FindPeople(name, data, sheet.PeopleOptions{}); err != nil {
				return err
			}
			return table.Empty()
		})
	}
	if list, status, ok := uploadProblems(err, "This file has more than 20 MiB. Split it, or leave out columns that are not needed."); ok {
		return v.peopleUpload(status, fields[pasted], list)
	}
	if err != nil {
		return err
	}
	content, err := json.Marshal(table)
	if err != nil {
		return err
	}
	id, err := s.store.Stage(v.ctx, v.by, store.Staged{Kind: stagedPeople, FileName: name, Content: content})
	if m, _, of, known := v.recallList(listShape(stagedPeople, table.Rows[0])); err == nil && known {
		err = s.store.AnswerStaged(v.ctx, v.by, id, peopleAnswers{Mapping: m.Mapping, Dates: m.Dates, Recalled: true, RecalledOf: of})
	}
	if err != nil {
		return err
	}
	return v.goTo(peopleImportURL(id))
}

// stagedPeople is an upload with its answers.
func (v *visit) stagedPeople() (store.Staged, peopleAnswers, error) {
	var answers peopleAnswers
	id, err := v.id()
	if err != nil {
		return store.Staged{}, answers, err
	}
	u, err := v.s.store.Staged(v.ctx, v.by, stagedPeople, id)
	if err != nil {
		return u, answers, err
	}
	err = json.Unmarshal(u.Answers, &answers)
	if answers.Run != nil {
		answers.Run.seen(u)
	}
	return u, answers, err
}

func readStaged(u store.Staged, options sheet.PeopleOptions) (sheet.PeopleList, error) {
	var table sheet.PeopleTable
	if err := json.Unmarshal(u.Content, &table); err != nil {
		return sheet.PeopleList{}, err
	}
	list, err := table.Read(options)
	list.ResolveManagers()
	return list, err
}

// showImportPeople shows what an upload would do, how far it is, or what came of it.
func (s *Server) showImportPeople(v *visit) error {
	u, answers, err := v.stagedPeople()
	if err != nil {
		return err
	}
	if answers.Run != nil {
		return v.importRun(u, answers.Run)
	}
	list, err := readStaged(u, answers.options(v))
	form := page.ImportPreview{ID: u.ID, Sheet: list.Where, Sheets: list.Sheets, File: u.FileName, Lines: list.Counts.Lines, Repeated: list.Counts.Repeated, Refused: list.Counts.Refused, Regions: answers.MakeRegions, Companies: answers.MakeCompanies, Recalled: answers.Recalled, RecalledOf: answers.RecalledOf, EndMissing: answers.EndMissing, Remarks: list.Remarks()}
	status := http.StatusOK
	if err == nil {
		form.Plan, err = s.store.PlanPeople(v.ctx, v.by, list.Listed(), answers.PeopleChoices)
		form.Refused += form.Plan.Refused
		form.Remarks = append(form.Remarks, form.Plan.Remarks...)
	}
	if list, code, ok := problems(asInvalid(err)); ok {
		form.Problems, status = list, code
	} else if err != nil {
		return err
	}
	form.Remarks = slices.DeleteFunc(form.Remarks, func(r itsm.ListRemark) bool {
		if r.Code == sheet.OtherList {
			form.Doubt = r.Text
		}
		return r.Code == sheet.OtherList
	})
	form.Columns = importColumns(peopleImportURL(u.ID), sheet.Fields, list.Columns, list.Questions, answers.Mapping, answers.Dates)
	form.Columns.Headless, form.Columns.ByHand = list.Headless, form.Columns.ByHand || answers.Top != sheet.TopGuessed
	return v.showAs(status, page.Screen{Title: "Import people", Section: "people", Crumbs: page.ImportKind{}.Crumbs(), Body: form.Page()})
}

// answerPeople keeps what the columns are to be used for and reads the list that way.
func (s *Server) answerPeople(v *visit) error {
	u, answers, err := v.stagedPeople()
	if err != nil {
		return err
	}
	values, err := posted(v.w, v.r)
	if err != nil {
		return err
	}
	if answers.Run.goes(s.now()) {
		return underWay
	}
	if values.Has("sheet") {
		answers = peopleAnswers{Sheet: storable(values.Get("sheet"))}
	} else if values.Has("guess") {
		answers.Mapping, answers.Dates, answers.Top, answers.Recalled = nil, sheet.AnyOrder, sheet.TopGuessed, false
	} else if values.Has("regions") {
		answers.MakeRegions = values.Get("regions") == "make"
	} else if values.Has("companies") {
		answers.MakeCompanies = values.Get("companies") == "make"
	} else if values.Has("keep") {
		answers.EndMissing = nil
	} else if values.Has("missing") {
		if answers.EndMissing, err = missingEnd(values.Get("missing")); err != nil {
			return err
		}
	} else if values.Get("again") == "" {
		guessed, err := readStaged(u, sheet.PeopleOptions{Today: v.by.Today, Sheet: answers.Sheet, Top: answers.Top})
		if err != nil && sheet.CodeOf(err) == "" {
			return err
		}
		answers.Mapping = chosenFields(guessed.Columns, values)
		if top, other := chosenTop(guessed.Headless, values); other {
			answers.Top, answers.Mapping = top, nil
		}
		answers.Dates, answers.Recalled = dateOrder(values.Get("dates")), false
	}
	answers.Run = nil
	if err := s.store.AnswerStaged(v.ctx, v.by, u.ID, answers); err != nil {
		return err
	}
	return v.goTo(page.Next(peopleImportURL(u.ID)))
}

func dateOrder(s string) sheet.DateOrder {
	switch o := sheet.DateOrder(s); o {
	case sheet.DMY, sheet.MDY, sheet.YMD:
		return o
	}
	return sheet.AnyOrder
}

func (s *Server) discardPeople(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.DropStaged(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done("/people", "The list is discarded. Nothing was changed.")
}

// peopleLines is the outcome of each line of a list as a file: of what would be done, or of what was.
func (s *Server) peopleLines(v *visit) error {
	u, answers, err := v.stagedPeople()
	if err != nil {
		return err
	}
	if run := answers.Run; run.goes(s.now()) {
		return itsm.Conflict{Text: "This list is being imported. Wait for its end."}
	} else if run != nil && run.Over && run.Problem == "" {
		var lines []itsm.ListLine
		if err := json.Unmarshal(u.Content, &lines); err != nil {
			return err
		}
		return v.file("import-people", resultHead, rows(lines, resultLine))
	}
	list, err := readStaged(u, answers.options(v))
	if err != nil {
		return asInvalid(err)
	}
	plan, err := s.store.PlanPeople(v.ctx, v.by, list.Listed(), answers.PeopleChoices)
	if err != nil {
		return err
	}
	return v.file("import-people", resultHead, rows(plan.Results(list.Remarks()), resultLine))
}

// missingEnd reads the last day of those whom a list does not name, as the first day without.
func missingEnd(s string) (*time.Time, error) {
	last, err := time.Parse(time.DateOnly, s)
	if err != nil || last.Year() < 1900 || last.Year() > 2200 {
		return nil, itsm.Invalid{Problems: []itsm.Problem{{Field: "missing", Text: "Give the last day as a date."}}}
	}
	day := last.AddDate(0, 0, 1)
	return &day, nil
}
