package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// label decides which of the other columns names the activities, which
// numbers them, which groups them and which remarks on them.
func (l *layout) label(t Table, c classes) {
	isRole := map[int]bool{}
	for _, col := range l.roles {
		isRole[col] = true
	}
	bestScore := 0.0
	var others []int
	for col := range c.width {
		if isRole[col] || t.choice.Columns[col] == UseIgnored {
			continue
		}
		values, letterRows := l.valuesOf(t, c, col)
		if len(values) == 0 {
			if c.below[textCell][l.head+1][col] > 0 {
				others = append(others, col)
			}
			continue
		}
		others = append(others, col)
		score := labelScore(t.Rows[l.head].Cell(col), values, letterRows)
		if score > bestScore {
			bestScore, l.activity = score, col
		}
	}
	for _, col := range others {
		values, _ := l.valuesOf(t, c, col)
		heading := t.Rows[l.head].Cell(col)
		switch {
		case col == l.activity:
		case l.id < 0 && distinct(values) == len(values) && (numbering(values) || hasWord(heading, idWords)) && !onlyDates(values) && !countsLetters(heading) && !countsRoles(heading):
			l.id = col
		case col < l.activity && !hasWord(heading, noteWords) && !(pointsToRow[compact(heading)] && allNumbers(values)) && !(attributeWords[compact(heading)] && allNumbers(values)) && !measures(heading, values) && !t.boxesBelow(l.head, col):
			l.groups = append(l.groups, col)
		default:
			l.notes = append(l.notes, col)
		}
	}
}

// valuesOf are the texts of a column in the rows that hold letters.
func (l layout) valuesOf(t Table, c classes, col int) (values []string, letterRows int) {
	for i := l.head + 1; i < l.end; i++ {
		letters := false
		for _, role := range l.roles {
			letters = letters || c.kind[i][role] == letterCell || l.names && c.kind[i][role] != blankCell
		}
		if !letters {
			continue
		}
		letterRows++
		if v := oneLine(t.Rows[i].Cell(col)); v != "" {
			values = append(values, v)
		}
	}
	return values, letterRows
}

// labelScore is how well a column names activities: filled in every row, a
// name of its own for each, words and not numbers, under a fitting heading.
func labelScore(heading string, values []string, rows int) float64 {
	score := float64(len(values)) / float64(rows) * (0.2 + 0.8*float64(distinct(values))/float64(rows))
	switch {
	case hasWord(heading, activityWords):
		score += 0.6
	case hasWord(heading, ownerWords):
		score -= 0.3
	case hasWord(heading, roleWords):
		score += 0.3
	case hasWord(heading, nearWords):
		score += 0.2
	case hasWord(heading, noteWords):
		score -= 0.4
	}
	if numbering(values) {
		score *= 0.2
	}
	return max(score, 0.01)
}

// boxesBelow reports a column with a box to tick in every cell below its head that holds something: what is done so far.
func (t Table) boxesBelow(head, col int) bool {
	return !slices.ContainsFunc(t.Rows[head+1:], func(r Row) bool { return strings.Trim(r.Cell(col), "☐☑☒ \uFE0F") != "" })
}

// measures reports a column of how far, how urgent or when something is: nobody groups activities by that.
func measures(heading string, values []string) bool {
	return measureWords[compact(heading)] || onlyDates(values)
}

// pointsToRow heads a column of the numbers of other rows.
var pointsToRow = folded("parent parents parentid parentrow predecessor predecessors successor successors dependson dependency dependencies vorgänger nachfolger übergeordnet")

func onlyDates(values []string) bool {
	return !slices.ContainsFunc(values, func(s string) bool { _, date := parseDate(s); return !date })
}

// measureWords are the attributes that change while the work goes on.
var measureWords = folded("status state priority prio urgency severity impact likelihood probability risk score rating progress complete completion effort " +
	"zustand priorität dringlichkeit fortschritt aufwand estado prioridad urgencia avance état priorité urgence avancement statut stato priorità urgenza avanzamento situação prioridade urgência progresso " +
	"prioriteit voortgang priorytet статус приоритет durum öncelik 状態 優先度 状态 优先级 상태 우선순위 الحالة الأولوية")

func distinct(values []string) int {
	set := map[string]bool{}
	for _, v := range values {
		set[v] = true
	}
	return len(set)
}

func allNumbers(values []string) bool {
	return !slices.ContainsFunc(values, func(s string) bool { return !isNumber(s) })
}

var lastSmall = regexp.MustCompile(`(\d)[a-z]$`)

// numbering reports a column of 1, 1.2, A-3, INC-04.
func numbering(values []string) bool {
	for _, v := range values {
		rest := strings.TrimLeft(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#")
		if before, number, cut := strings.Cut(rest, "."); cut && before == "" && len(v)-len(rest) < 5 {
			rest = strings.TrimLeft(number, " ") // "Art. 30"
		}
		letters := len(v) - len(rest)
		rest = lastSmall.ReplaceAllString(rest, "$1") // "11b"
		if letters > 5 || len(rest) > 10 || strings.Trim(rest, "0123456789.-_") != "" || !strings.ContainsAny(rest, "0123456789") {
			return false
		}
	}
	return len(values) > 0
}
