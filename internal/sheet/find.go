package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// classes holds the kind of every cell of a table, and how many of a kind
// stand below each row of a column.
type classes struct {
	kind  [][]cellKind
	width int
	below map[cellKind][][]int // [kind][row][column]: in this row and below
}

func classify(t Table) classes {
	c := classes{kind: make([][]cellKind, len(t.Rows)), below: map[cellKind][][]int{}}
	for _, r := range t.Rows {
		c.width = max(c.width, len(r.Cells))
	}
	seen := wordCounts{make([]int, c.width), make([]int, c.width), make([]int, c.width), make([]int, c.width)}
	for i, r := range t.Rows {
		c.kind[i] = make([]cellKind, c.width)
		for j, cell := range r.Cells {
			read := t.read(cell)
			if read.kind == oddCell && t.Legend.covers(read.Letters) {
				read.kind = letterCell
			}
			c.kind[i][j] = read.kind
			switch {
			case read.kind == textCell && i > 0:
				seen.texts[j]++
			case read.kind != letterCell:
			case read.ambiguous:
				seen.ambiguous[j]++
			case read.repair == "word":
				seen.words[j]++
			default:
				seen.letters[j]++
			}
		}
	}
	c.verbs(t, seen)
	c.legends(t)
	for _, k := range []cellKind{letterCell, oddCell, textCell} {
		sums := make([][]int, len(t.Rows)+1)
		sums[len(t.Rows)] = make([]int, c.width)
		for i := len(t.Rows) - 1; i >= 0; i-- {
			sums[i] = make([]int, c.width)
			for j := range c.width {
				sums[i][j] = sums[i+1][j]
				if c.kind[i][j] == k {
					sums[i][j]++
				}
			}
		}
		c.below[k] = sums
	}
	return c
}

// wordCounts are, by column, the cells of letters, of words for them, of words that may as well name an activity, and of
// other texts.
type wordCounts struct{ letters, words, ambiguous, texts []int }

// verbs makes text of words like "Approve" and "Support" that name activities: they stand in a column with hardly any
// letter, beside columns of letters. Other words do where names stand in the same column: "Informe" is a report.
func (c classes) verbs(t Table, seen wordCounts) {
	letters, words := 0, 0
	for col := range c.width {
		letters += seen.letters[col]
		words += seen.words[col]
	}
	for i, row := range t.Rows {
		for col, cell := range row.Cells {
			if c.kind[i][col] != letterCell {
				continue
			}
			read := t.read(cell)
			named := read.ambiguous && letters+words > 0 && seen.letters[col]+seen.words[col] <= seen.ambiguous[col]
			if named || read.repair == "word" && letters > 0 && seen.letters[col] <= seen.words[col] && seen.texts[col] > 0 {
				c.kind[i][col] = textCell
			}
		}
	}
}

// legends makes text of a column that explains the letters beside the grid:
// "R = Responsible" below "A = Accountable" is nobody's.
func (c classes) legends(t Table) {
	for col := range c.width {
		letters, explained := 0, 0
		for i, row := range t.Rows {
			if k := c.kind[i][col]; k == letterCell || k == oddCell {
				letters++
				if isLegend(Row{Cells: []string{row.Cell(col)}}) {
					explained++
				}
			}
		}
		if explained < 2 || explained < letters {
			continue
		}
		for i := range t.Rows {
			if k := c.kind[i][col]; k == letterCell || k == oddCell {
				c.kind[i][col] = textCell
			}
		}
	}
}

// hasLetter reports a row with a cell of letters.
func (c classes) hasLetter(row int) bool {
	return slices.Contains(c.kind[row], letterCell)
}

// layout is where a plain grid was found in a table.
type layout struct {
	head     int   // the row with the role names
	end      int   // the row after the last one of this grid
	roles    []int // columns
	activity int
	id       int // -1 where there is none
	groups   []int
	notes    []int
	names    bool // cells hold names and not letters
}

// findLayout looks for the head under which columns hold letters. ok is
// false where no column does.
func findLayout(t Table, c classes) (layout, bool) {
	best, bestScore := -1, 0.0
	for h := range t.choice.headsWithin(len(t.Rows)-1, headerRows+5) {
		if !t.choice.heads(t.Rows[h]) || repeatsOneText(t.Rows[h]) {
			continue
		}
		score := 0.0
		for _, col := range t.choice.asRoles(letterColumns(c, h), c.width) {
			weight := 0.2
			switch c.kind[h][col] {
			case textCell:
				weight = 1
			case letterCell, oddCell:
				weight = 0.3
			}
			score += weight * float64(c.below[letterCell][h+1][col])
		}
		if score > 0 && score >= bestScore {
			best, bestScore = h, score
		}
	}
	if best < 0 {
		return layout{}, false
	}
	l := layout{head: best, id: -1, activity: -1, roles: t.choice.asRoles(letterColumns(c, best), c.width)}
	l.roles = t.choice.asRoles(addSilentRoles(t, c, l), c.width)
	l.end = endOf(t, c, l)
	l.label(t, c)
	t.choice.relabel(&l, c.width)
	l.roles = t.choice.asRoles(append(l.silentBefore(t, c), l.roles...), c.width)
	return l, l.activity >= 0 && len(l.roles) > 0
}

// letterColumns are the columns that hold at least as many letters as text
// below a row. A column of odd signs only belongs to them where others do.
func letterColumns(c classes, head int) []int {
	var sure, all []int
	for col := range c.width {
		letters, odd, text := c.below[letterCell][head+1][col], c.below[oddCell][head+1][col], c.below[textCell][head+1][col]
		if letters > 0 && letters >= text {
			sure = append(sure, col)
		}
		if letters > 0 && letters >= text || odd > 0 && text == 0 && c.kind[head][col] != blankCell {
			all = append(all, col)
		}
	}
	if len(sure) == 0 {
		return nil
	}
	if len(all) == c.width { // something names the rows, be it with a sign
		all = slices.DeleteFunc(all, func(col int) bool { return col == all[0] && !slices.Contains(sure, col) })
	}
	return all
}

// silent reports a column with a heading and nothing below it.
func (l layout) silent(t Table, c classes, col int) bool {
	empty := c.below[textCell][l.head+1][col]+c.below[oddCell][l.head+1][col]+c.below[letterCell][l.head+1][col] == 0
	return empty && c.kind[l.head][col] == textCell && !hasWord(t.Rows[l.head].Cell(col), noteWords)
}

// silentBefore are the silent columns between the activity and the first
// role: that of an Owner, who answers where no A is set.
func (l layout) silentBefore(t Table, c classes) (out []int) {
	for col := l.activity + 1; l.activity >= 0 && col < l.roles[0]; col++ {
		if l.silent(t, c, col) {
			out = append(out, col)
		}
	}
	return out
}

// addSilentRoles adds the columns with a heading and not one letter that
// stand among or right after the role columns.
func addSilentRoles(t Table, c classes, l layout) []int {
	isRole := map[int]bool{}
	for _, col := range l.roles {
		isRole[col] = true
	}
	first, last := l.roles[0], l.roles[len(l.roles)-1]
	var out []int
	for col := first; col < c.width; col++ {
		if isRole[col] || l.silent(t, c, col) {
			out = append(out, col)
		} else if col > last {
			break
		}
	}
	return out
}

// endOf finds where another grid begins: a row with other texts in the role
// columns, and letters again below it.
func endOf(t Table, c classes, l layout) int {
	for i := l.head + 2; i < len(t.Rows); i++ {
		texts, letters := map[string]bool{}, 0
		for _, col := range l.roles {
			switch c.kind[i][col] {
			case textCell:
				texts[oneLine(t.Rows[i].Cell(col))] = true
			case letterCell:
				letters++
			}
		}
		if letters > 0 || len(texts) < 2 || len(texts)*2 < len(l.roles) || isLegend(t.Rows[i]) {
			continue
		}
		again := 0
		for _, col := range l.roles {
			again += c.below[letterCell][i+1][col]
		}
		if again > 0 {
			if i-1 > l.head+1 && filled(t.Rows[i-1]) == 1 {
				return i - 1 // the title of the next one
			}
			return i
		}
	}
	return len(t.Rows)
}

var (
	activityWords = folded("activity activities task tasks deliverable deliverables decision decisions milestone milestones workstream workpackage " +
		"aktivität aktivitäten aufgabe aufgaben tätigkeit tätigkeiten schritt activité activités tâche tâches actividad actividades tarea tareas " +
		"atividade atividades tarefa tarefas attività compito compiti activiteit activiteiten taak taken zadanie zadania czynność czynności obowiązek działanie " +
		"задача задачи работа работы действие действия мероприятие faaliyet faaliyetler görev görevler aktivitet aktiviteter uppgift opgave oppgave činnost úkol tehtävä " +
		"活動 作業 タスク アクティビティ 業務 工程 活动 任务 工作 工作项 事项 활동 업무 작업 과업 النشاط الأنشطة المهمة المهام")
	nearWords = folded("process processes step steps action actions item items name names what function work procedure prozess processus etape proceso processo proces процесс этап süreç " +
		"responsibility capability requirement control event topic question area")
	idWords   = folded("id no nr number num ref reference code item pos position lfd wbs numer lp номер sıra 番号 序号 編號 编号 번호 الرقم")
	noteWords = folded("note notes comment comments remark remarks description details explanation bemerkung bemerkungen anmerkung kommentar hinweis hinweise beschreibung " +
		"remarque remarques commentaire commentaires nota notas comentario comentarios observação observações observaciones opmerking opmerkingen osservazioni commento uwagi komentarz " +
		"примечание примечания комментарий açıklama anmärkning 備考 注記 备注 说明 비고 ملاحظات evidence sla due frequency rationale")
	roleWords = folded("role roles rolle rollen rol papel papéis função función ruolo ruoli rola роль роли roll 役割 ロール 角色 岗位 역할 الدور stakeholder stakeholders person persons people member members position " +
		"positions title who party parties team teams")
)

var legendWords = folded("legend legende légende leyenda legenda lejant легенда условные_обозначения 凡例 图例 범례 key racikey racilegend rascilegend")

func hasWord(heading string, set map[string]bool) bool {
	for _, t := range tokens(heading) {
		if set[t] {
			return true
		}
	}
	return false
}

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
		case l.id < 0 && distinct(values) == len(values) && (numbering(values) || hasWord(heading, idWords)):
			l.id = col
		case col < l.activity && !hasWord(heading, noteWords):
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

func distinct(values []string) int {
	set := map[string]bool{}
	for _, v := range values {
		set[v] = true
	}
	return len(set)
}

// numbering reports a column of 1, 1.2, A-3, INC-04.
func numbering(values []string) bool {
	for _, v := range values {
		rest := strings.TrimLeft(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#")
		if len(v)-len(rest) > 5 || len(rest) > 10 || strings.Trim(rest, "0123456789.-_") != "" || !strings.ContainsAny(rest, "0123456789") {
			return false
		}
	}
	return len(values) > 0
}

// repeatsOneText reports a row in which one text fills several cells: a
// merged heading that was spread.
func repeatsOneText(r Row) bool {
	text, n := "", 0
	for _, cell := range r.Cells {
		v := oneLine(cell)
		if v == "" {
			continue
		}
		if n > 0 && v != text {
			return false
		}
		text, n = v, n+1
	}
	return n > 1 && readCell(text).kind == textCell
}

func filled(r Row) int {
	n := 0
	for _, cell := range r.Cells {
		if clean(cell) != "" {
			n++
		}
	}
	return n
}

// isLegend reports rows that explain the letters: "R = Responsible", or a
// letter with its word beside it.
func isLegend(r Row) bool {
	var before string
	for _, cell := range r.Cells {
		s := oneLine(cell)
		if s == "" {
			continue
		}
		if legendWords[compact(s)] {
			return true
		}
		if head, tail, ok := strings.Cut(strings.NewReplacer("=", ":", "–", ":", " - ", ":").Replace(s), ":"); ok {
			if toks := tokens(tail); len(toks) > 0 && meanings[toks[0]] != "" && len(toks[0]) > 1 && (meanings[compact(head)] == meanings[toks[0]] || adjectives[toks[0]] && len([]rune(clean(head))) == 1) {
				return true
			}
		}
		if toks := tokens(s); isLetter(before) && len(toks) > 0 && meanings[toks[0]] == before && (adjectives[toks[0]] || len(toks) == 1 && len(toks[0]) > 1) {
			return true
		}
		before = strings.ToUpper(s)
	}
	return false
}

func whereOf(t Table, line int) string {
	if t.Name == "" {
		return fmt.Sprintf("line %d", line)
	}
	if t.Headed {
		return fmt.Sprintf("under “%s”, line %d", t.Name, line)
	}
	if t.Hidden {
		return fmt.Sprintf("hidden sheet %s, line %d", t.Name, line)
	}
	return fmt.Sprintf("sheet %s, line %d", t.Name, line)
}
