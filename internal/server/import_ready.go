package server

import (
	"fmt"
	"net/http"
	"slices"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// peopleAsked are people who are called as a heading of what comes in, of whom nobody said yet whether they are meant.
func (b *batch) peopleAsked() (open []itsm.InFile) {
	for _, f := range b.plan.People {
		if r := b.state.Roles[itsm.HeadingKey(f.Heading)]; r.PersonID == 0 && !r.Nobody && r.Choice != "out" {
			open = append(open, f)
		}
	}
	return open
}

// open is how many questions have no answer, over everything that comes in.
func (b *batch) open() int { return len(b.asked()) }

// askedInOrder are the kinds of questions that the page asks for all grids, as they stand on it.
var askedInOrder = []string{"person", "role-elsewhere", "alike", "grids-differ", "no-accountable", "several-accountable", "no-activity-name", "unknown-letter"}

// firstAsked is the first of them that has no answer; "" where each has one.
func (b *batch) firstAsked() string {
	asked := b.asked()
	for _, kind := range askedInOrder {
		if asked[kind] {
			return kind
		}
	}
	return ""
}

// asked are the questions without an answer. Of one kind they are one: the page asks them together, and takes one answer
// for all.
func (b *batch) asked() map[string]bool {
	asked := map[string]bool{}
	for _, p := range b.plan.Parts {
		for _, q := range p.Plan.Open() {
			asked[questionKey(p.Key, q)] = true
		}
	}
	for _, a := range b.alike() {
		if a.Answer == "" {
			asked["alike"] = true
		}
	}
	if len(b.peopleAsked()) > 0 {
		asked["person"] = true
	}
	return asked
}

// questionKey is what questions have in common that are one to the person who answers.
func questionKey(part string, q itsm.GridQuestion) string {
	if slices.Contains(askedInOrder, q.Code) {
		return q.Code
	}
	return fmt.Sprint(part, " ", q.Code, " ", q.Line)
}

// goToPlan leads to what will change, if nothing is open.
func (b *batch) goToPlan() error {
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	if list := b.unready(); len(list) > 0 {
		b.clearParts()
		return b.overview(http.StatusUnprocessableEntity, list)
	}
	return b.goTo(page.Next(page.BatchPlanURL(b.u.ID)))
}

// goToQuestion leads to the first question that is left.
func (b *batch) goToQuestion() error {
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	to := page.Next(page.BatchURL(b.u.ID))
	if kind := b.firstAsked(); kind != "" {
		to = page.BatchURL(b.u.ID) + "#f-" + kind
	}
	return b.goTo(to)
}

// clearParts forgets what was thought, so that it can be thought again.
func (b *batch) clearParts() {
	for i := range b.grids {
		b.grids[i].parts, b.grids[i].sections = nil, nil
	}
}

// unready says what keeps a batch from being imported.
func (b *batch) unready() (list []itsm.Problem) {
	if len(b.plan.Parts) == 0 {
		return []itsm.Problem{{Text: "No grid comes in. Open one and say that it is a RACI grid, or add other files."}}
	}
	said := map[string]bool{}
	say := func(field, text string) {
		if !said[text] {
			said[text] = true
			list = append(list, itsm.Problem{Field: field, Text: text})
		}
	}
	for _, p := range b.plan.Whole {
		if p.Problem == store.NoPractice {
			say("practice", "Choose the practice of the new processes, or give a new one a name.")
		} else if p.Problem != "" {
			say("", p.File+": "+p.Problem)
		}
	}
	if n := b.open(); n > 0 && len(list) == 0 {
		field, file, text := b.firstOpen()
		say(field, openSentence(n, file, text))
	}
	return list
}

// firstOpen is the first question without an answer: where it stands on the page, the file that asks it, and its text.
func (b *batch) firstOpen() (field, file, text string) {
	kind := b.firstAsked()
	switch kind {
	case "person":
		return kind, "", "Somebody in the directory is called as a heading is: do they wear the role?"
	case "alike":
		for _, a := range b.alike() {
			if a.Answer == "" {
				return kind, "", fmt.Sprintf("Are “%s” and “%s” one role?", a.Heading, a.Like)
			}
		}
	}
	for _, p := range b.plan.Parts {
		for _, q := range p.Plan.Open() {
			if kind == "" || q.Code == kind {
				return kind, p.File, q.Text
			}
		}
	}
	return kind, "", ""
}

func openSentence(n int, file, first string) string {
	if file != "" {
		first = file + ": " + first
	}
	if n == 1 {
		return "One question has no answer yet. " + first
	}
	return fmt.Sprintf("%d questions have no answer yet. The first: %s", n, first)
}
