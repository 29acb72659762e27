package main

import (
	"strings"

	"hatrack/internal/sheet"
)

// racidoc documents what --dry-run --json prints; the help of the verb shows it.
const racidoc = `Reads RACI grids out of spreadsheets, documents and pages, and brings one into a process.

With --dry-run --json what was read is printed, one object a file, a line each:

{"file": "", "grids": [{
  "name": "", "where": "sheet Roles, line 3",
  "orientation": "activity-role|role-activity|activity-letter|person-letter|list", empty where it is no grid,
  "verdict": "raci|template|doubtful|not-raci", "confidence": 0 to 1, "reasons": [""],
  "roles": [""] the keys of cells, a repeated heading with " (2)",
  "activities": [{"name", "group", "cells": {"ROLE": {"letters": ["A", "R"], "note": ""}}, "note"}],
  "repairs": [{"code", "where", "was", "became", "sure"}],
  "problems": [{"code", "activity", "roles", "text"}]}]}

Letters are A R C I S by meaning, whatever the language, others as written; empty cells are left out; activities are left out of what is not-raci. In a person-letter grid people take the place of roles, and the one activity is the grid.

A cell that holds neither letters nor a sign for nothing has no letters and its text as the note. A role without a letter in any row is named in a problem.

Codes of repairs: brackets, by-legend, count-column, duplicate-role, filled-down, footnote, formatting, head-group, joined-head, look-alike, lower-case, note, own-column, punctuation, repeated-letter, section, several-names, struck-out, turned, word. Codes of problems: duplicate-activity, duplicate-role, letters-left-out, no-accountable, no-activity-name, no-responsible, no-role-name, role-without-letters, row-without-letters, several-accountable, unknown-letter. More may come; these stay.

The program ends with 0 where every file was read, 3 where one is doubtful or holds no grid, 4 where one cannot be read, 2 where it was called wrongly: the worst of all files.`

// Help is shown by --help.
func (importRACI) Help() string { return racidoc }

// The shape of what is printed: exactly these keys, always all of them.
type (
	raciFile struct {
		File  string     `json:"file"`
		Grids []raciGrid `json:"grids"`
	}
	raciGrid struct {
		Name        string         `json:"name"`
		Where       string         `json:"where"`
		Orientation string         `json:"orientation"`
		Verdict     string         `json:"verdict"`
		Confidence  float64        `json:"confidence"`
		Reasons     []string       `json:"reasons"`
		Roles       []string       `json:"roles"`
		Activities  []raciActivity `json:"activities"`
		Repairs     []sheet.Repair `json:"repairs"`
		Problems    []raciProblem  `json:"problems"`
	}
	raciActivity struct {
		Name  string                `json:"name"`
		Group string                `json:"group"`
		Cells map[string]sheet.Cell `json:"cells"`
		Note  string                `json:"note"`
	}
	raciProblem struct {
		Code     string   `json:"code"`
		Activity string   `json:"activity"`
		Roles    []string `json:"roles"`
		Text     string   `json:"text"`
	}
)

// raciJSON is a reading in the shape that is printed.
func raciJSON(r sheet.Reading) raciFile {
	out := raciFile{File: r.File, Grids: []raciGrid{}}
	for _, g := range r.Grids {
		grid := raciGrid{
			Name: g.Name, Where: g.Where, Orientation: string(g.Orientation), Verdict: string(g.Verdict), Confidence: g.Confidence, Reasons: append([]string{}, g.Reasons...),
			Roles: []string{}, Activities: []raciActivity{}, Repairs: append([]sheet.Repair{}, g.Repairs...), Problems: []raciProblem{},
		}
		for _, p := range g.Problems {
			grid.Problems = append(grid.Problems, raciProblem{p.Code, p.Activity, append([]string{}, p.Roles...), p.Text})
		}
		if g.Verdict != sheet.NotAGrid {
			grid.fill(g)
		}
		out.Grids = append(out.Grids, grid)
	}
	return out
}

// fill adds the activities, and of the roles those that have a cell; the others are said.
func (out *raciGrid) fill(g sheet.Grid) {
	used := map[string]bool{}
	for _, a := range g.Activities {
		cells := make(map[string]sheet.Cell, len(a.Cells))
		for role, c := range a.Cells {
			if used[role] = true; len(c.Letters) == 0 && c.Note == "" {
				c.Note = c.Raw
			}
			cells[role] = c
		}
		out.Activities = append(out.Activities, raciActivity{a.Name, a.Section, cells, a.Note})
	}
	var silent []string
	for _, role := range g.Roles {
		if used[role] {
			out.Roles = append(out.Roles, role)
		} else {
			silent = append(silent, role)
		}
	}
	if len(silent) > 0 {
		out.Problems = append(out.Problems, raciProblem{"role-without-letters", "", silent, "Without a letter in any row: " + strings.Join(silent, ", ") + "."})
	}
}
