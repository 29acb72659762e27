package server

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hatrack/internal/itsm"
)

// nameFor is the name of a new process: its heading's, or its grid's; of two that are alike the second says its file.
func nameFor(g batchGrid, section string, split bool, taken map[string]int) string {
	name := g.Read.Name
	if split && section != "" {
		name = section
	}
	name = processName(name)
	if general(name) {
		name = processName(strings.TrimSuffix(g.File.FileName, path.Ext(g.File.FileName)))
	}
	var c itsm.Checks
	if c.Label(&name, "", "a name"); c.Err() != nil {
		name = strings.TrimSuffix(g.File.FileName, path.Ext(g.File.FileName))
	}
	key := strings.ToLower(name)
	taken[key]++
	if taken[key] == 1 {
		return name
	}
	if file := strings.TrimSuffix(g.File.FileName, path.Ext(g.File.FileName)); !strings.EqualFold(file, name) {
		name += " (" + file + ")"
		if taken[strings.ToLower(name)]++; taken[strings.ToLower(name)] == 1 {
			return name
		}
	}
	return fmt.Sprintf("%s (%d)", name, taken[key])
}

// numbering is what stands before a heading that was numbered: "2.3 ", "B. ", "Appendix F: ".
var numbering = regexp.MustCompile(`^(?:\d+(?:\.\d+)*[.)]?\s+|[A-Z][.)]\s+|(?i:appendix|annex|anhang|annexe|anexo)\s+\w{1,3}[.:]\s+)`)

// gridWords are what a heading says of the grid and not of the process: "Change management RACI matrix", "RACI for Change management".
var gridWords = regexp.MustCompile(`(?i)^(?:ra(?:s)?ci|responsibility)(?: (?:matrix|chart|table))?(?: for | of | de | für | pour |\s*[-–—:]\s*)|[\s(–—:-]*\b(?:ra(?:s)?ci)(?:[ -](?:matrix|chart|table|matriz|matrice|template))?\)?$`)

// fileWords are what a file's name says of the grid and its day before and after the process: "raci-handle-an-incident-2026-11-30",
// "RACI_matrix_for_payroll", as browsers number what is there already: "payroll (1)".
var (
	fileHead  = regexp.MustCompile(`(?i)^(?:ra(?:s)?ci)(?:[-_](?:matrix|chart|table))?(?:[-_](?:for|of|de|für|pour))?[-_]+`)
	fileTail  = regexp.MustCompile(`[-_]+(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])$`)
	fileAgain = regexp.MustCompile(`^(\S*[-_]\S*) \(\d{1,2}\)$`)
)

// generalWords are words of which a heading may be made that names no process.
var generalWords = strings.Fields("raci rasci rows sheet table tabelle matrix matriz matrice chart grid responsibility responsibilities responsible assignment process processes procedure activity activities roles role and " +
	"template prototype draft example sample final version the of")

// general says that a name is no process's: "Responsibility assignment matrix", "RACI (prototype)", "Sheet1".
func general(name string) bool {
	said := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
	return !slices.ContainsFunc(said, func(w string) bool { return len(w) > 1 && !slices.Contains(generalWords, w) })
}

// processName makes a name of what a file or a heading is called: "incident-response_v2" is "Incident response v2".
func processName(name string) string {
	name = numbering.ReplaceAllString(strings.TrimSpace(name), "")
	name = fileAgain.ReplaceAllString(name, "$1")
	if !strings.Contains(name, " ") { // a file's
		if short := fileHead.ReplaceAllString(fileTail.ReplaceAllString(name, ""), ""); !general(short) {
			name = short
		}
		name = strings.ReplaceAll(name, "-", " ")
	}
	name = strings.ReplaceAll(name, "_", " ")
	if short := strings.TrimSpace(gridWords.ReplaceAllString(name, "")); short != "" && !general(short) {
		name = short
	}
	if name == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}
