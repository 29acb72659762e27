package browsertest

import "testing"

// A reader picks a day and a region: the page says who answered then, its links keep the day, and nothing can be written.
func TestLooksAtAnotherDay(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveDemo(t)
		process := "/processes/" + s.id("process", "Handle an incident")
		p := s.as(cast(t, "SMO lead"), script)
		p.open(process + "/raci")
		p.sees("Import a grid")
		p.click("As of today")
		p.fill("Day", "2026-03-03")
		p.press("Show")
		p.sees("You look at 3 Mar 2026", "Writing is off", "Who answered", "On 3 Mar 2026 Joe Okafor answered for Handle an incident")
		p.misses("Import a grid")
		if script {
			p.choose("Region", "APAC")
		} else { // the button of the region is called as that of the day
			p.open(process + "/raci?on=2026-03-03&region=" + s.id("region", "APAC"))
		}
		p.sees("On 3 Mar 2026 in APAC", "Hiroshi Sato answered for")
		p.keeps("Hiroshi Sato answered for")
		p.press("Overview")
		p.sees("You look at 3 Mar 2026", "On 3 Mar 2026 in APAC")
		p.misses("Edit process")
		p.open(process + "/edit?on=2026-03-03")
		p.sees("writing is off there")
		p.press("Go to today")
		p.misses("You look at")
	})
}

// Two days of a matrix stand side by side, with what changed between them.
func TestComparesTwoDays(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveDemo(t)
		p := s.as(cast(t, "Reader"), script)
		p.open("/processes/" + s.id("process", "Handle an incident") + "/raci?on=2026-03-03")
		p.press("Compare with today")
		p.keeps("two days side by side", "Marta Nowak (acting) in Americas instead of Carlos Mendes in Americas")
		p.choose("Region", "APAC")
		if !script {
			p.press("Apply")
		}
		p.sees("Nothing changed between 3 Mar 2026 and 23 Nov 2026 in APAC")
		p.fill("From", "2025-01-01")
		if !script {
			p.press("Apply")
		}
		p.sees("between 1 Jan 2025 and 23 Nov 2026 in APAC")
		if script {
			p.accessible("two days side by side")
		}
	})
}

// What happened to a cell is read in the history in a sentence, and undone from there.
func TestUndoesACellFromTheHistory(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serveScene(t)
		p := s.as(ingrid, script)
		row := "/processes/1/raci/" + s.activity("Log")
		p.open(row)
		p.tick("Practice Manager answers")
		p.press("Save the row")
		p.open("/processes/1/raci?view=list")
		p.keeps("Practice Manager: nobody")
		p.open("/processes/1/history")
		p.sees("Ingrid Solberg", "Log")
		p.press("Undo")
		p.sees("Undo this change?", "Log")
		p.press("Undo it")
		p.sees("It is undone.")
		p.open("/processes/1/raci?view=list")
		p.misses("Practice Manager: nobody")
		p.open("/processes/1/history")
		p.keeps("undid")
	})
}
