package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// report collects what was measured, a line each.
type report struct {
	out   io.Writer
	lines []line
}

type line struct {
	what, target, reached, verdict string
}

// atLeast notes a ratio that should not be below a target; 0 is none.
func (r *report) atLeast(what string, reached, target float64) {
	if target == 0 {
		r.note(what, "", fmt.Sprintf("%.3f", reached), true)
		return
	}
	r.note(what, fmt.Sprintf("≥ %.2f", target), fmt.Sprintf("%.3f", reached), reached >= target)
}

// atMost notes a number of a unit that should not be above a target; 0 is none.
func (r *report) atMost(what string, reached, target float64, unit string) {
	if target == 0 {
		r.note(what, "", fmt.Sprintf("%.1f %s", reached, unit), true)
		return
	}
	r.note(what, fmt.Sprintf("≤ %g %s", target, unit), fmt.Sprintf("%.1f %s", reached, unit), reached <= target)
}

func (r *report) note(what, target, reached string, met bool) {
	verdict := ""
	if !met {
		verdict = "below its target"
	}
	r.lines = append(r.lines, line{what, target, reached, verdict})
	fmt.Fprintf(r.out, "%s: %s (%s) %s\n", what, reached, target, verdict)
}

func (r *report) print() {
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nwhat\ttarget\treached\t")
	for _, l := range r.lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.what, l.target, l.reached, l.verdict)
	}
	_ = w.Flush()
}
