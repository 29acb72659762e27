// Package sheet reads what people bring: RACI grids and lists of people, out
// of the files they already have. It knows no HTTP and no SQL; every function
// is pure, so the page, the command line and the tests see the same reading.
//
// Reading goes through stages, a file each, and nothing is dropped on the way
// without being said:
//
//	bytes    text.go, codepage.go, older.go, zip.go, office.go  what kind of file it is, its encoding, its limits
//	tables   csv.go, delimiter.go, aligned.go, xlsx.go, xlsxsheet.go, xlsxcomment.go, docx.go, docxnote.go, runtext.go, markdown.go, fenced.go, wiki.go, directive.go, html.go, htmlshown.go, latex.go, latextext.go, records.go, recordshape.go, recordgroup.go, recordmatrix.go, list.go, listfinder.go, assigned.go
//	                             rows of text with the line a person finds them on ([Table])
//	legend   legend.go           what the file says that letters and abbreviations mean ([Legend])
//	file     together.go, sheaf.go, commented.go  what the tables of a file say of each other, and comments of cells
//	aside    aside.go             legends beside a grid are taken out, grids beside each other are parted
//	layout   classes.go, vocabulary.go, find.go, label.go, head.go    where a grid is, which row is its head, what each column is for
//	choices  choice.go           where a person said otherwise: which way round, the head, columns, letters ([GridChoice])
//	cells    cell.go, cellnote.go, footnotetext.go, meaning.go, names.go  "R/A", "a, r", "C (if asked)" become a set of letters and a note ([Cell]); "Dev, QA" two names
//	rows     read.go, rowkind.go, group.go, parts.go, letters.go, letterhead.go, letterpeople.go, letterofeach.go, coded.go, counted.go, tickedrows.go, standing.go, within.go, ticked.go, lastletter.go, long.go  activities, the headings they stand under, remarks ([GridActivity])
//	verdict  judge.go, otherletters.go, beside.go, turn.go   is it a RACI grid at all, and which way round ([Verdict]); whichever it is, it ends as activities with letters by role
//	problems problem.go          what a person has to decide, in sentences ([Problem])
//
// A list of people takes the same first two stages, then
//
//	columns  header.go, column.go  which column is which field, and which are left out ([Column])
//	values   name.go, date.go      names, days and what counts as empty
//	people   people.go, repeat.go, manager.go  rows, problems line by line, who reports to whom ([PersonRow])
//
// Lists of who wears which hat, and of policies, take the same stages with a
// lexicon of their own (lexicon.go, listreader.go): hats.go, policies.go; a document of text
// is a policy of its own (policytext.go). What a column holds is told by its
// heading, else by what its values name.
//
// What is written back goes through write.go (a matrix) and stream.go (a list
// of any length, row by row).
//
// A new file format is a function that yields tables, named in readerOf. A new
// orientation is a function beside the others in readGrid that yields the same
// [Grid].
//
// A refusal is an [*Error]: a code for programs and one sentence that says
// what to do.
package sheet
