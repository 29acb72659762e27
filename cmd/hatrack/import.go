package main

import "fmt"

// bring is the verb import: files become facts, for the person who keeps the machine.
type bring struct {
	databaseSettings
	As       string         `placeholder:"E-MAIL" help:"Act as this account, with its rights; else as the operator of the machine, who may do everything."`
	People   importPeople   `cmd:"" help:"Bring a list of people from a spreadsheet, a directory or a document."`
	Hats     importHats     `cmd:"" name:"assignments" aliases:"hats" help:"Bring who wears which hat, from lists."`
	Policies importPolicies `cmd:"" name:"policies" help:"Bring policies, from lists or from documents."`
	RACI     importRACI     `cmd:"" name:"raci" help:"Bring a RACI grid from a spreadsheet, a document or a page into a process."`
}

// plural is a number with its word.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
