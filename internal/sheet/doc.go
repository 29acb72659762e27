// Package sheet reads what people bring: tables and lists of people, out
// of the files they already have. It knows no HTTP and no SQL; every function
// is pure, so the page, the command line and the tests see the same reading.
//
// Reading goes through stages, a file each, and nothing is dropped on the way
// without being said:
//
//	bytes    text.go, zip.go     what kind of file it is, its encoding, its limits
//	tables   csv.go, xlsx.go     rows of text with the line a person finds them on ([Table])
//
// A list of people takes the same first two stages, then
//
//	columns  header.go, column.go  which column is which field, and which are left out ([Column])
//	values   name.go, date.go      names, days and what counts as empty
//	people   people.go, manager.go rows, problems line by line, who reports to whom ([PersonRow])
//
// A new file format is a function that yields tables, registered in
// [ReadTables].
//
// A refusal is an [*Error]: a code for programs and one sentence that says
// what to do.
package sheet
