package sheet

import (
	"slices"
	"strings"
)

// partyWords end, or begin, the names of those who have a part in something: "Service desk", "Head of sales".
var partyWords = folded("manager managers lead leads leader leaders head chief director directors officer officers engineer engineers developer developers dev devs devops analyst analysts architect architects " +
	"designer designers tester testers qa pm po pmo ba cto ceo cio ciso cfo coo dpo sre sponsor committee board council customer customers client clients user users vendor vendors supplier suppliers contractor " +
	"contractors team teams staff administrator administrators admin operator operators desk coordinator supervisor secretary treasurer president chair member members nurse doctor physician pharmacist " +
	"teacher student students dean professor librarian legal hr finance it ops operations security marketing sales procurement purchasing compliance auditor auditors accounting consultant planner buyer " +
	"owner owners steward stewards editor author maintainer maintainers contributor contributors stakeholder stakeholders department office representative representatives associate associates clerk agency authority partner partners expert specialist assistant " +
	"leiter leiterin leitung projektleiter projektleitung geschäftsführer geschäftsführung vorstand einkauf vertrieb fachbereich kunde kunden lieferant mitarbeiter auftraggeber auftragnehmer entwickler entwicklung " +
	"chef directeur direction responsable utilisateur utilisateurs client équipe moa moe fournisseur patrocinador patrocinadora gerente gerenta jefe jefa director directora encargado encargada coordinador coordinadora socio socia equipo cliente proveedor usuario usuarios coordenador diretor diretora " +
	"equipe fornecedor direttore direttrice capo squadra fornitore utente manager hoofd directeur klant leverancier gebruiker dyrektor kierownik klient dostawca zespół użytkownik ředitel vedoucí zákazník tým " +
	"директор начальник руководитель менеджер заказчик исполнитель отдел команда müdür müdürü yönetici yöneticisi ekip müşteri διευθυντής πελάτης ομάδα 部長 課長 担当 担当者 経理 マネージャー リーダー 顧客 经理 主管 总监 团队 客户 팀장 매니저 부서 고객")

// isParty says of a name that it is that of a role by the word that it ends with, or begins with.
func isParty(name string) bool {
	toks := tokens(name)
	if len(toks) > 0 && toks[len(toks)-1] == "it" && !strings.HasSuffix(name, "IT") { // "Signs for it"
		return false
	}
	return len(toks) > 0 && (partyWords[toks[len(toks)-1]] || partyWords[toks[0]] && len(toks) > 1 || roleWords[toks[0]])
}

// partyShare is how many of the names are those of roles, from 0 to 1.
func partyShare(names []string) float64 {
	n := 0
	for _, name := range names {
		if isParty(name) {
			n++
		}
	}
	return float64(n) / float64(max(len(names), 1))
}

// gatheredWords head a column of those who decide or work together.
var gatheredWords = folded("committee committees department departments division divisions forum body bodies gremium gremien ausschuss abteilung abteilungen fachbereich comité comités " +
	"département départements departamento departamentos comitê comissão comitato dipartimento reparto afdeling afdelingen komitet dział отдел комитет 委員会 部門 部署 委员会 部门 위원회 부서")

// nameWords head a column of names, of people as a rule.
var nameWords = folded("name names naam namen nom noms nombre nombres nome nomi namn navn nimi imię nazwisko jméno név nume имя фио isim ad όνομα שם الاسم 氏名 名前 姓名 이름")

// namesDown reports names down the side, under "Name", where none of the heads is that of a role.
func (r *gridReader) namesDown(rows, columns float64) bool {
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	return nameWords[compact(corner)] && partyShare(r.grid.Roles) == 0 && columns >= rows && columns >= 0.6
}

// partiesDown reports rows that all are called as roles are, under no heading, where none of the heads is.
func (r *gridReader) partiesDown() bool {
	var rows []string
	for _, a := range r.grid.Activities {
		rows = append(rows, a.Name)
	}
	return clean(r.t.Rows[r.l.head].Cell(r.l.activity)) == "" && len(rows) > 1 && partyShare(rows) == 1 && partyShare(r.grid.Roles) == 0
}

// aboutThings reports a table of things, by the heading of what stands down its side, in which every cell holds a lone letter,
// in several rows not just one A with an R, and none of the heads is that of a role: letters of what the things have.
func (r *gridReader) aboutThings() bool {
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	known := func(words map[string]bool) bool { return hasWord(corner, words) }
	if clean(corner) == "" || r.saysRACI() || slices.ContainsFunc([]map[string]bool{activityWords, nearWords, roleWords, nameWords}, known) || partyShare(r.grid.Roles) > 0 {
		return false
	}
	answered := 0
	for _, a := range r.grid.Activities {
		if a.answered() {
			answered++
		}
		for _, role := range r.grid.Roles {
			if c := a.Cells[role]; len(c.Letters) != 1 || c.Raw != c.Letters[0] {
				return false
			}
		}
	}
	if rows := len(r.grid.Activities); rows > 5 { // in so many hardly by chance
		return answered*5 < rows*3
	}
	return answered*5 < len(r.grid.Activities)*4
}
