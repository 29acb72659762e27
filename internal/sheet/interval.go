package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
)

var (
	someNumber = regexp.MustCompile(`\d+([.,]\d+)?`)
	perYear    = words("y yr yrs year years yearly annual annually annum jahr jahre jahrlich an ans annee annees annuel annuelle ano anos anual anio anualmente jaar jaarlijks")
	perQuarter = words("quarter quarters quarterly quartal quartale quartalsweise vierteljahrlich trimestre trimestres trimestriel trimestral kwartaal")
	perHalf    = words("half halfyearly halfyear semiannual semiannually biannual biannually halbjahrlich semestriel semestral semestre halfjaarlijks")
	perTwo     = words("biennial biennially zweijahrlich biennal bienal")
	perWeek    = words("week weeks weekly day days daily woche wochen wochentlich tag tage taglich semaine jour")
	perMonth   = words("m month months monthly mo monat monate monatlich mois mensuel mes meses mensual mensal mensualmente maand maanden")
)

// spelledNumbers are the numbers that people write as words.
var spelledNumbers = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "zwolf": 12,
	"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "douze": 12, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "dois": 2, "duas": 2, "due": 2, "tre": 3, "twee": 2, "drie": 3,
}

// isoPeriod is a period as programs write it: P1Y, P18M.
var isoPeriod = regexp.MustCompile(`^p(\d{1,3})([ym])$`)

// monthsOf reads "12", "every 2 years", "annually" as months; 0 says nothing.
func monthsOf(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n := 0.0
	if found := someNumber.FindString(s); found != "" {
		n, _ = strconv.ParseFloat(strings.Replace(found, ",", ".", 1), 64)
	}
	for _, t := range tokens(s) {
		if n == 0 {
			n = spelledNumbers[t]
		}
	}
	unit := 0.0
	joined := compact(s)
	if m := isoPeriod.FindStringSubmatch(joined); m != nil {
		joined = m[2]
	}
	for _, t := range append(tokens(s), joined, strings.TrimLeft(joined, "0123456789evry")) {
		switch {
		case perWeek[t]:
			return 0, false
		case perHalf[t]:
			unit = 6
		case unit == 6:
		case perTwo[t]:
			unit = 24
		case perYear[t]:
			unit = 12
		case perQuarter[t]:
			unit = 3
		case perMonth[t]:
			unit = 1
		}
	}
	switch {
	case n == 0 && unit == 0:
		return 0, false
	case n == 0:
		n = 1
	case unit == 0:
		unit = 1
	}
	months := n * unit
	if months < 1 || months > float64(itsm.ReviewMonthsMax) || months != float64(int(months)) {
		return 0, false
	}
	return int(months), true
}
