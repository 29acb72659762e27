package sheet

import "strings"

// wordMeaning is the letter that a word stands for, whatever is said around it: "to be informed".
func wordMeaning(s string) (string, bool) {
	toks := tokens(s)
	if len(toks) > 5 {
		return "", false
	}
	word := strings.Join(toks, "")
	if l, ok := meanings[word]; ok {
		return l, len(word) > 1
	}
	var rest strings.Builder
	for _, tok := range toks {
		if !aroundWord[tok] {
			rest.WriteString(tok)
		}
	}
	l, ok := meanings[rest.String()]
	return l, ok && rest.Len() > 1
}

var aroundWord = folded("to be is are must will shall should has keep kept zu wird werden ist sind muss être doit est à te wordt być jest")

// lexed are the words for a letter: those that only say who has which part, and those that may as well be what somebody
// does ("Approve", "Support"). An underscore joins what a language writes as several words.
type lexed struct{ part, also string }

var lexedBy = map[string]lexed{
	"R": {
		part: "responsible responsables responsable responsavel responsaveis responsibility responsibles responsabile responsabili verantwoordelijk verantwoordelijke " +
			"verantwortlich verantwortliche verantwortlicher verantwortung durchführungsverantwortlich durchführungsverantwortung ansvarig ansvarlig vastuullinen zuständig durchführend ausführend " +
			"réalisateur réalise exécutant fait ejecutor ejecuta encargado realiza executante executor executa esecutore esegue uitvoerend uitvoerder utförande utför utförs utförare utfører udfører udførende utførende " +
			"führt_durch führt_aus voert_uit odpowiedzialny odpowiedzialna odpowiedzialni wykonawca wykonuje realizuje odpovědný odpovědná исполнитель исполняет выполняет ответственный ответственная sorumlu yürüten uygulayan " +
			"実行責任者 実行責任 実行者 担当 担当者 実施者 执行 执行人 执行者 執行 負責 负责 负责人 담당 담당자 실무담당 실무책임 실행책임 منفذ المنفذ مسؤول المسؤول " +
			"υπεύθυνος υπεύθυνη εκτελεί εκτελεστής υλοποιεί אחראי אחראי_ביצוע מבצע provádí vykonává zodpovedný végrehajtó végrehajtja felelős responsabil execută виконавець виконує відповідальний изпълнява отговорен chịu_trách_nhiệm_thực_hiện pelaksana",
		also: "execute executes elabora does doer perform performs performer performed ausführung durchführung uitvoeren wykonanie 実施 実行 責任 수행 실행 التنفيذ",
	},
	"A": {
		part: "accountable accountability imputable redevable rechenschaftspflichtig gesamtverantwortlich ergebnisverantwortlich letztverantwortlich gesamtverantwortung ergebnisverantwortung letztverantwortung rechenschaftspflicht rechenschaft approbateur aprobador aprovador approvatore " +
			"eindverantwoordelijk eindverantwoordelijke aansprakelijk zatwierdzający zatwierdzająca odpowiada rozliczany rozliczana rozliczalny утверждает утверждающий утверждающая подотчетный подотчетная " +
			"onaylayan hesap_veren ytterst_ansvarig responsable_final responsável_final responsabile_finale endverantwortlich tilivelvollinen 説明責任者 説明責任 最終責任者 最終責任 承認者 批准 批准人 审批 审批人 问责 問責 最终负责 当责 當責 승인 승인자 의사결정 의사결정자 최종책임 최종책임자 책임자 مساءل المساءل خاضع_للمساءلة محاسب معتمد " +
			"υπόλογος υπόλογη λογοδοτεί εγκρίνει נושא_באחריות נושא_אחריות מאשר schvaluje zodpovídá jóváhagyó jóváhagyja elszámoltatható aprobă răspunde підзвітний затверджує одобрява phê_duyệt penanggung_jawab مسؤول_نهائي المسؤول_النهائي",
		also: "decides decider décide décideur approver approvers approves approve approval approved approvazione approbation aprobación aprovação approvatori valideur validateur answers answerable authority authorises authorizes approuve valide aprueba aprova approva autorité autoridad autoridade autorità autoriza " +
			"責任者 genehmigt genehmiger genehmigung freigabe freigeber entscheidet entscheider entscheidung godkjenner godkender godkänner godkjenning zatwierdza утверждение 承認 goedkeurder",
	},
	"C": {
		part: "consulted consults consulté consultée consultés consultées konsultiert befragt beratend zu_konsultieren consultado consultada consultados consultadas consultato consultata consultati consultate " +
			"geraadpleegd mitwirkend wirkt_mit arbeitet_mit mitarbeit werkt_mee geconsulteerd te_raadplegen konsultowany konsultowana konsultowani konsultuje konzultovaný консультирует консультируемый консультируется rådfrågas konsulteras konsulteret konsultert konsulteres rådføres rådspørges høres opiniuje konsultoitava danışılan " +
			"相談 相談先 相談者 協業先 助言者 助言 咨询 被咨询 諮詢 咨询人 협의 자문 협의자 자문자 مستشار المستشار استشارة يستشار " +
			"συμβουλευτικός συμβουλεύεται συμβουλεύει συμβουλεύονται מתייעצים נועץ יועץ konzultuje konzultován konzultovaní konzultált véleményez consultat consultați консультант консультує консултира tham_vấn dikonsultasikan",
		also: "consult consulta consultare consultar beraten da_consultare à_consulter contribute contributes contributor contributors contributing consulter berät beratung mitwirkung",
	},
	"I": {
		part: "informed informiert zu_informieren informé informée informés informées informado informada informados informadas informato informata informati informate geïnformeerd te_informeren " +
			"informowany informowana informowani poinformowany informovaný информируется информируемый информирован информируют уведомляется informerad informeras informeres orienteres orienteras informeret informert tiedotettava informoitava " +
			"bilgilendirilen 報告先 報告 情報共有先 通知先 知会 被告知 告知 通知 知會 被通知 통보 통보자 보고 공유 مطلع المطلع مبلغ يبلغ " +
			"ενημερώνεται ενημερώνονται ενημέρωση מיודע מיודעים מעודכן informován informovaní tájékoztatott tájékoztatandó informat informați інформується поінформований информиран thông_báo diinformasikan 情報共有",
		also: "inform informs notified notify informa informare informer informar informieren à_informer da_informare a_informar información informação informazione information info",
	},
	"S": {
		part: "supportive supported supporting unterstützend unterstützt ondersteunend ondersteunt wspierający wspiera поддерживает поддержка помогает destekleyen 支援者 支持 지원 지원자 " +
			"υποστηρίζει υποστήριξη תומך תמיכה podporuje támogató támogatja sprijină підтримує подкрепя hỗ_trợ pendukung",
		also: "support supports supporter soutien appui apoyo apoya soporte apoio suporte supporto supporta destek 支援",
	},
}

// meanings are the letters and the words for them, compacted; ambiguous are those that may as well name an activity.
var meanings, ambiguous = func() (m map[string]string, also map[string]bool) {
	m, also = map[string]string{}, map[string]bool{}
	for letter, list := range lexedBy {
		m[strings.ToLower(letter)] = letter
		for w := range strings.FieldsSeq(list.part + " " + list.also) {
			m[compact(w)] = letter
		}
		for w := range strings.FieldsSeq(list.also) {
			also[compact(w)] = true
		}
	}
	return m, also
}()

// stems are how the words for a letter begin. They are trusted only where something explains the letter.
var stems = map[string]string{
	"respons": "R", "verantwort": "R", "ausfuhr": "R", "durchfuhr": "R", "execut": "R", "ejecut": "R", "realis": "R", "odpowiedz": "R", "wykon": "R", "исполн": "R", "ответств": "R",
	"accountab": "A", "rechenschaft": "A", "approv": "A", "approb": "A", "aprob": "A", "aprov": "A", "zatwierdz": "A", "утвержд": "A", "подотчет": "A",
	"consult": "C", "konsult": "C", "консульт": "C", "berat": "C", "advis": "C", "contribut": "C", "mitwirk": "C",
	"inform": "I", "информ": "I", "notif": "I",
	"support": "S", "unterstutz": "S", "assist": "S",
}

// doingStems begin the words that say who does something; others say who is responsible, which may be another.
var doingStems = strings.Fields("execut ejecut exécut realis realiz durchfuhr ausfuhr perform wykon исполн uitvoer utfor utfør udfør esegu fuhrt voert")

func isDoing(s string) bool {
	for _, tok := range tokens(s) {
		for _, stem := range doingStems {
			if strings.HasPrefix(tok, stem) {
				return true
			}
		}
	}
	return false
}

// explained is the letter that an explanation stands for: "Verantwortlich für …", "Sorumlu (Responsible)".
func explained(means string) string {
	toks := tokens(means)
	for n, tok := range toks[:min(len(toks), 4)] {
		if m := meanings[tok]; m != "" && len(tok) > 1 {
			return m
		}
		if n+1 < len(toks) && len(tok) > 1 && meanings[tok+toks[n+1]] != "" { // "hesap veren"
			return meanings[tok+toks[n+1]]
		}
		for stem, m := range stems {
			if strings.HasPrefix(tok, stem) {
				return m
			}
		}
	}
	return ""
}

// adjectives are the words that nothing but a legend or a head of letters uses: "approval" is also what an activity is
// called.
var adjectives = func() map[string]bool {
	set := words("support apoyo apoio")
	for _, list := range lexedBy {
		for w := range strings.FieldsSeq(list.part) {
			set[compact(w)] = true
		}
	}
	return set
}()

// folded is words for what is looked up as [tokens] leave it: without accents and case.
func folded(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[compact(w)] = true
	}
	return set
}
