package itsm

import (
	"errors"
	"strings"
)

// NotFound says that there is no such thing, or none that this reader may see.
type NotFound struct{ What string }

func (e NotFound) Error() string { return "there is no such " + e.What }

// Forbidden says that the actor may not do it, and why in a sentence for the screen.
type Forbidden struct{ Why string }

func (e Forbidden) Error() string { return e.Why }

// Conflict says that somebody else was there first. Text says what to do; Who, where known, names the other one.
type Conflict struct{ Text, Who string }

func (e Conflict) Error() string { return e.Text }

// Unsure says that the database went away while a change was being committed: it may stand or not.
type Unsure struct{ Err error }

func (e Unsure) Error() string { return "the connection was lost at commit: " + e.Err.Error() }

// Unwrap is what happened to the connection.
func (e Unsure) Unwrap() error { return e.Err }

// Problem is one thing wrong with what was typed: the field's form name ("" is the form as a whole) and a sentence.
type Problem struct{ Field, Text string }

// Invalid says what is wrong with an input, field by field. Nothing was changed.
type Invalid struct{ Problems []Problem }

func (e Invalid) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Text
	}
	return strings.Join(texts, " ")
}

// Checks collects problems while an input is read.
type Checks struct{ problems []Problem }

// Say notes a problem with a field.
func (c *Checks) Say(field, text string) {
	c.problems = append(c.problems, Problem{field, text})
}

// Require notes text unless ok holds.
func (c *Checks) Require(ok bool, field, text string) {
	if !ok {
		c.Say(field, text)
	}
}

// Add takes the problems of an Invalid along.
func (c *Checks) Add(err error) {
	var invalid Invalid
	if errors.As(err, &invalid) {
		c.problems = append(c.problems, invalid.Problems...)
	}
}

// Err is an Invalid with everything noted, or nil.
func (c *Checks) Err() error {
	if len(c.problems) == 0 {
		return nil
	}
	return Invalid{c.problems}
}
