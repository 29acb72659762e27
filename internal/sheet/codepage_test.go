package sheet

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Files of older programs say nothing of their encoding: short tables in many writings are read as their authors saw them.
func TestEncodingsOfOlderPrograms(t *testing.T) {
	for name, c := range map[string]struct {
		encoding encoding.Encoding
		text     string
	}{
		"Japanese":                {japanese.ShiftJIS, "活動;サービスデスク;管理者\nインシデントを記録する;R;A\n分類する;R;A\n"},
		"a few words of Japanese": {japanese.ShiftJIS, "Activity,Desk,Lead\nLog,実行責任,説明責任\nSort,実行責任,報告先\n"},
		"a few words of Turkish":  {charmap.Windows1254, "Activity;Desk;Lead\nLog;Sorumlu;Hesap veren\nSort;Danışılan;Sorumlu\nClose;Danışılan;Hesap veren\n"},
		"Japanese of Unix":        {japanese.EUCJP, "活動;サービスデスク;管理者\nインシデントを記録する;R;A\n分類する;R;A\n"},
		"Chinese":                 {simplifiedchinese.GB18030, "活动;服务台;事件经理\n记录事件;R;A\n分类;R;A\n升级;R;A\n"},
		"Chinese of Taiwan":       {traditionalchinese.Big5, "活動;服務台;事件經理\n記錄事件;R;A\n分類;R;A\n升級;R;A\n"},
		"Korean":                  {korean.EUCKR, "활동;서비스 데스크;관리자\n인시던트 기록;R;A\n분류;R;A\n"},
		"Turkish":                 {charmap.Windows1254, "Faaliyet;Servis masası;Olay yöneticisi\nOlayı kaydet;R;A\nSınıflandır;R;A\nÇözümü doğrula ve kapatışı onayla;R;A\n"},
		"Greek":                   {charmap.Windows1253, "Δραστηριότητα;Γραφείο εξυπηρέτησης;Διαχειριστής\nΚαταγραφή;R;A\nΤαξινόμηση;R;A\n"},
		"Hebrew":                  {charmap.Windows1255, "פעילות;דלפק שירות;מנהל\nרישום;R;A\nסיווג;R;A\nסגירה;R;A\n"},
		"Arabic":                  {charmap.Windows1256, "نشاط;مكتب الخدمة;مدير الحوادث\nتسجيل الحادث;R;A\nتصنيف;R;A\nإغلاق;R;A\n"},
		"Russian":                 {charmap.Windows1251, "Действие;Служба поддержки;Менеджер\nРегистрация инцидента;R;A\nКлассификация;R;A\n"},
		"Russian of Unix":         {charmap.KOI8R, "Действие;Служба поддержки;Менеджер\nРегистрация инцидента;R;A\nКлассификация;R;A\n"},
		"Czech":                   {charmap.Windows1250, "Činnost;Přihlášení;Vedoucí\nZáznam žádosti;R;A\nTřídění;R;A\nUzavření;R;A\n"},
		"Polish":                  {charmap.Windows1250, "Czynność;Właściciel;Zespół\nZgłoszenie;R;A\nPrzegląd;R;A\n"},
		"German":                  {charmap.Windows1252, "Tätigkeit;Büro;Führung\nPrüfen;R;A\nÜbergeben;R;A\nSchließen;R;A\n"},
		"French":                  {charmap.Windows1252, "Activité;Équipe;Propriétaire\nCréer l’état;R;A\nVérifier;R;A\nClôturer;R;A\n"},
		"Spanish":                 {charmap.Windows1252, "Actividad;Dueño;Gestión\nRevisión;R;A\nAprobación;R;A\nAño próximo;R;A\n"},
		"Portuguese":              {charmap.Windows1252, "Atividade;Gestão;Direção\nRevisão;R;A\nAprovação;R;A\nComunicação;R;A\n"},
		"Swedish":                 {charmap.Windows1252, "Åtgärd;Ägare;Förvaltare\nGodkänn;R;A\nFölj upp;R;A\n"},
		"German of DOS":           {charmap.CodePage850, "Tätigkeit;Büro;Führung\nPrüfen;R;A\nÜbergeben;R;A\nSchließen;R;A\n"},
		"French of DOS":           {charmap.CodePage850, "Activité;Équipe;Propriétaire\nCréer l'état;R;A\nVérifier;R;A\nClôturer;R;A\n"},
		"Spanish of DOS":          {charmap.CodePage850, "Actividad;Dueño;Gestión\nRevisión;R;A\nAprobación;R;A\nAño próximo;R;A\n"},
		"Swedish of DOS":          {charmap.CodePage850, "Åtgärd;Ägare;Förvaltare\nGodkänn;R;A\nFölj upp;R;A\n"},
		"Danish of DOS":           {charmap.CodePage850, "Opgave;Sælger;Rådgiver\nMål fastsættes;R;A\nFærdiggør;R;A\n"},
		"Polish of DOS":           {charmap.CodePage852, "Czynność;Właściciel;Zespół\nZgłoszenie;R;A\nPrzegląd;R;A\n"},
		"Russian of DOS":          {charmap.CodePage866, "Действие;Служба поддержки;Менеджер\nРегистрация инцидента;R;A\nКлассификация;R;A\n"},
		"German of a Mac":         {charmap.Macintosh, "Tätigkeit;Büro;Führung\nPrüfen;R;A\nÜbergeben;R;A\nSchließen;R;A\n"},
		"French of a Mac":         {charmap.Macintosh, "Activité;Équipe;Propriétaire\nCréer l’état;R;A\nVérifier;R;A\nClôturer;R;A\n"},
		"Portuguese of a Mac":     {charmap.Macintosh, "Atividade;Gestão;Direção\nRevisão;R;A\nAprovação;R;A\nComunicação;R;A\n"},
		"Swedish of a Mac":        {charmap.Macintosh, "Åtgärd;Ägare;Förvaltare\nGodkänn;R;A\nFölj upp;R;A\n"},
		"Lithuanian":              {charmap.Windows1257, "Užduotis;Vadovas;Komanda\nTvirtinti pakeitimą;A;R\nĮdiegti;A;R\nPranešti naudotojų grupei;I;R\nPeržiūrėti;A;R\n"},
		"Latvian":                 {charmap.Windows1257, "Uzdevums;Vadītājs;Komanda\nApstiprināt izmaiņas;A;R\nPārbaudīt žurnālu;A;R\nSlēgt;A;R\n"},
		"Latvian of few signs":    {charmap.Windows1257, "Darbība;Vadītājs;Izstrādātājs\nNovērtēt;A;R\nApstiprināt;A/R;I\nIeviest;I;A/R\n"},
		"Romanian":                {charmap.Windows1250, "Activitate;Director;Soluţionare\nÎnregistrează cererea;R;A\nAprobă şi închide;R;A\nInformează părţile;I;A\n"},
		"Icelandic":               {charmap.Windows1252, "Verkþáttur;Stjóri;Þjónusta\nSkrá atvik;R;A\nStaðfesta lausn;R;A\nTilkynna lokun þess;R;A\n"},
		"an area in French":       {charmap.Windows1252, "Tâche;Équipe;Chef\nCoût au m²/mois;R;A\n10 €/h;R;A\nN°1 : à vérifier;R;A\n"},
		"one accent":              {charmap.Windows1252, "Task;Café;Lead\nOpen;R;A\nClose;R;A\n"},
		"typographic quotes":      {charmap.Windows1252, "Task;“Desk”;Lead’s\nOpen – early;R;A\nClose…;R;A\n"},
	} {
		data, err := c.encoding.NewEncoder().String(c.text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, err := decodeText([]byte(data)); err != nil || got != c.text {
			first, _, _ := strings.Cut(got, "\n")
			t.Errorf("%s is read as %q, %v", name, first, err)
		}
	}
}
