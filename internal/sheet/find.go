package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// layout is where a plain grid was found in a table.
type layout struct {
	head     int   // the row with the role names
	end      int   // the row after the last one of this grid
	roles    []int // columns
	activity int
	id       int // -1 where there is none
	groups   []int
	notes    []int
	counted  []int // they say how many letters a row has
	names    bool  // cells hold names and not letters
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
		for _, col := range t.choice.asRoles(letterColumns(t, c, h), c.width) {
			weight := 0.2
			switch k := c.kind[h][col]; {
			case k == textCell && !(col > 0 && oneLine(t.Rows[h].Cell(col)) == oneLine(t.Rows[h].Cell(col-1))): // else it was merged
				weight = 1
			case k != blankCell:
				weight = 0.3
			}
			score += weight * float64(c.below[letterCell][h+1][col])
		}
		if score > bestScore || score > 0 && score == bestScore && !t.Rows[best].heads(t.Rows[h]) {
			best, bestScore = h, score
		}
	}
	if best < 0 {
		return layout{}, false
	}
	columns := letterColumns(t, c, best)
	if h := t.headOver(c, best, columns); h >= 0 {
		best = h
	}
	l := layout{head: best, id: -1, activity: -1, roles: t.choice.asRoles(columns, c.width)}
	l.roles = t.choice.asRoles(addSilentRoles(t, c, l), c.width)
	l.end = endOf(t, c, l)
	l.ownColumnsOnly(t, c)
	l.label(t, c)
	l.countsApart(t, c)
	l.reclaim(t, c)
	t.choice.relabel(&l, c.width)
	l.roles = t.choice.asRoles(append(l.silentBefore(t, c), l.roles...), c.width)
	l.onlyRoles()
	return l, l.activity >= 0 && len(l.roles) > 0
}

// ownColumnsOnly leaves out columns with no name and nothing in the rows of this grid: a wider one below it has them.
func (l *layout) ownColumnsOnly(t Table, c classes) {
	l.roles = slices.DeleteFunc(l.roles, func(col int) bool {
		if l.end == len(t.Rows) || c.kind[l.head][col] != blankCell {
			return false
		}
		return !slices.ContainsFunc(c.kind[l.head:l.end], func(row []cellKind) bool { return row[col] != blankCell })
	})
}

// heads reports a row that rather is the head than one as good below it: it says what the activities are, or "Role" above
// "Name".
func (r Row) heads(below Row) bool {
	return (headsActivities(r) || roleWords[compact(firstText(r))]) && !headsActivities(below) && !roleWords[compact(firstText(below))]
}

// headsActivities reports a row with a cell that says nothing but "Task" in some language.
func headsActivities(r Row) bool {
	return slices.ContainsFunc(r.Cells, func(s string) bool { return activityWords[compact(s)] })
}

// letterColumns are the columns that hold at least as many letters as text
// below a row. A column of odd signs only belongs to them where others do.
func letterColumns(t Table, c classes, head int) []int {
	var sure, all []int
	for col := range c.width {
		letters, odd, text := c.below[letterCell][head+1][col], c.below[oddCell][head+1][col], c.below[textCell][head+1][col]
		if letters > 0 && letters >= text {
			sure = append(sure, col)
		}
		if letters > 0 && letters >= text || odd > 0 && text == 0 && !t.boxesBelow(head, col) && c.kind[head][col] != blankCell && !isAnswered(t.Rows[head].Cell(col)) && !isPeriod(t.Rows[head].Cell(col)) {
			all = append(all, col)
		}
	}
	if len(sure) == 0 {
		return nil
	}
	all = slices.DeleteFunc(all, func(col int) bool { return len(sure) > 2 && t.graded(head, col) })
	if len(all) == c.width { // something names the rows, be it with a sign
		all = slices.DeleteFunc(all, func(col int) bool { return col == all[0] && !slices.Contains(sure, col) })
	}
	return all
}

// graded reports a column of single letters that is headed by what things have, with a B or D in it that nothing explains: "Cat."
func (t Table) graded(head, col int) bool {
	if !attributeWords[compact(t.Rows[head].Cell(col))] {
		return false
	}
	grades := 0
	for _, row := range t.Rows[head+1:] {
		s := oneLine(row.Cell(col))
		if len(s) > 1 {
			return false
		}
		if (s == "B" || s == "D") && t.Legend[s] == "" {
			grades++
		}
	}
	return grades > 0
}

// isAnswered reports a heading that asks something: "Mandatory", "Template?".
func isAnswered(heading string) bool {
	return answerWords[compact(heading)] || strings.HasSuffix(oneLine(heading), "?")
}

var answerWords = folded("mandatory required optional applicable needed relevant automated manual template frequency pflicht verbindlich relevant erforderlich obligatoire requis applicable obligatorio requerido aplica obrigatório aplicável obbligatorio verplicht " +
	"обязательно 必須 必填 필수")

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
		if letters > 0 || len(texts) < 2 || len(texts)*2 < len(l.roles) || isLegend(t.Rows[i]) || l.goesOn(t, i) {
			continue
		}
		again := 0
		for _, col := range l.roles {
			again += c.below[letterCell][i+1][col]
		}
		if again > 0 && !l.headAgainAt(t, i) {
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
		"活動 作業 タスク アクティビティ 業務 工程 活动 任务 工作 工作项 事项 활동 업무 작업 과업 kegiatan aktivitas tugas النشاط الأنشطة المهمة المهام")
	nearWords = folded("process processes step steps action actions item items name names what function work procedure prozess processus etape proceso processo proces процесс этап süreç " +
		"responsibility responsibilities capability requirement control event topic question area")
	idWords   = folded("id no nr number num ref reference code código codigo codice kód kod item pos position lfd wbs numer lp номер sıra 番号 序号 編號 编号 번호 الرقم")
	noteWords = folded("note notes comment comments remark remarks description details explanation bemerkung bemerkungen anmerkung kommentar hinweis hinweise beschreibung " +
		"remarque remarques commentaire commentaires nota notas comentario comentarios observação observações observaciones opmerking opmerkingen osservazioni commento uwagi komentarz " +
		"примечание примечания комментарий açıklama anmärkning 備考 注記 备注 说明 비고 ملاحظات evidence sla due frequency rationale")
	roleWords = folded("role roles peran rolle rollen rol papel papéis função función ruolo ruoli rola роль роли roll 役割 ロール 角色 岗位 역할 الدور stakeholder stakeholders person persons people member members position " +
		"positions title who party parties team teams agent agents agenten agente agentes actor actors ator atores acteur acteurs akteur akteure attore attori aktor aktorzy aktør aktör ステークホルダー 干系人 이해관계자 crew bots employee employees mitarbeiter colleague colleagues volunteer volunteers colaborador collaborateur medewerker pracownik сотрудник メンバー 成员")
)

// ownerWords head columns of who something belongs to: never of what is done.
var ownerWords = folded("owner owners holder eigner eigentümer eigenaar propriétaire propietario dueño proprietário dono proprietario właściciel владелец ägare eier ejer omistaja sahibi 所有者 负责人 오너")

// functionWords are those of them that are as often what is done as who does it.
var functionWords = folded("función função funzione функция fonction funktion funktie funkcja")

var legendWords = folded("legend legende légende leyenda legenda lejant легенда условные_обозначения 凡例 图例 범례 key racikey racilegend rascilegend")

func hasWord(heading string, set map[string]bool) bool {
	for _, t := range tokens(heading) {
		if set[t] {
			return true
		}
	}
	return false
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

var equals = strings.NewReplacer("=", ":", "–", ":", " - ", ":")

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
		if head, tail, ok := strings.Cut(equals.Replace(s), ":"); ok {
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
