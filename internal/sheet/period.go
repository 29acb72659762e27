package sheet

import (
	"regexp"
	"strings"
)

// periods head the columns of rosters and plans: days, months, weeks, quarters.
var periods = folded("mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
	"jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october november december " +
	"montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember " +
	"lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre décembre " +
	"lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre " +
	"segunda terça quarta quinta sexta janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev abr mai ago set out dez")

var periodNumber = regexp.MustCompile(`(?i)^(?:q[1-4]|h[12]|(?:w|wk|week|kw|day|month)\s*\d{1,2}|(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2}[:h]\d{2}(?:[-–]\d{1,2}[:h]\d{2})?)$`)

// isPeriod reports a heading of time: "Mon", "Q3", "2026-05", "Week 12", "Jan 26", "07:40".
func isPeriod(heading string) bool {
	words := strings.Fields(oneLine(heading))
	if len(words) == 0 || len(words) > 2 {
		return false
	}
	return periodNumber.MatchString(strings.Join(words, " ")) || periods[compact(words[0])] && (len(words) == 1 || isNumber(words[1]))
}
