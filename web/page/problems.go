package page

import (
	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// Problems are what was wrong with a form that comes back with what was typed.
type Problems []itsm.Problem

// Of is the first sentence about a field, for its control; "" where it is right.
func (p Problems) Of(field string) string {
	for _, problem := range p {
		if problem.Field == field {
			return problem.Text
		}
	}
	return ""
}

// Summary is every problem, for ui.ErrorSummary.
func (p Problems) Summary() []ui.FieldError {
	errs := make([]ui.FieldError, len(p))
	for i, problem := range p {
		errs[i] = ui.FieldError{Name: problem.Field, Text: problem.Text}
	}
	return errs
}
