package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// Lists of customers, of things and of units have names and addresses as those of people have. They come in when somebody
// says so, and are remarked on before.

// OtherList is the code of the problem that says of a list that it seems to be one of something else.
const OtherList = "other-list"

// Doubt is the sentence that says what a list seems to be of instead; "" of most.
func (l PeopleList) Doubt() string {
	for _, p := range l.Problems {
		if p.Code == OtherList {
			return p.Text
		}
	}
	return ""
}

// otherKinds are such lists, with the headings that tell them.
var otherKinds = []struct {
	of       string
	headings map[string]bool
}{
	{"customers or orders", folded("customer customerid customernumber customername client clientid clientname order orderid orderno ordernumber orderdate ordertotal orderamount orderstatus invoice invoiceno invoicenumber invoicedate invoicetotal " +
		"shippingaddress shippingcity shippingstatus shipmode billingaddress billingcity purchaseamount subscriptiondate subscriptionplan leadsource leadstatus loyaltypoints policyholder claimid kunde kundennummer kundenname bestellnummer bestelldatum " +
		"rechnungsnummer rechnungsdatum numeroclient commande datecommande facture datefacture idcliente pedido fechapedido datapedido factura fatura numerofactura ordine dataordine")},
	{"products or equipment", folded("price unitprice listprice stock instock stockquantity stocklevel quantity qty sku barcode ean upc productid productname serial serialno serialnumber model modelnumber manufacturer brand warranty warrantyexpiry " +
		"warrantyend purchasedate purchaseprice asset assetid assettag assettype hostname ipaddress macaddress preis stückpreis bestand lagerbestand menge artikel artikelnummer hersteller seriennummer modell anschaffungsdatum " +
		"prix prixunitaire quantité fabricant modèle numérodesérie precio cantidad existencias fabricante modelo númerodeserie preço estoque quantidade prezzo quantità produttore cena ilość")},
	{"students", folded("student studentid studentname rollno rollnumber grade gpa cgpa semester marks enrollmentnumber admissionnumber major matrikelnummer studiengang étudiant numeroetudiant filière alumno calificación aluno nota 学籍番号 学年 学号 班级")},
	{"patients", folded("patient patientid patientname diagnosis bloodtype bloodgroup admissiondate dischargedate treatment medication attendingdoctor")},
	{events, folded("event eventid eventname eventtitle eventtype eventdate subject alldayevent organizer organiser organizedby organisedby meetingorganizer host attendee attendees requiredattendees optionalattendees participants invitees starttime duration recurrence " +
		"agenda minutes meeting meetingid meetingdate meetinglink venue incident incidentid incidentnumber incidenttitle incidentdate severity priority impact urgency openedby opened openedon openedat reportedby reported reportedon reportedat " +
		"caller assignedto assignmentgroup resolvedby resolved resolvedon resolvedat resolution rootcause shortdescription ticket ticketid ticketnumber jointime leavetime " +
		"termin veranstaltung veranstaltungsort veranstalter besprechung teilnehmer uhrzeit dauer vorfall störung priorität réunion événement organisateur durée evento organizador asistentes duración reunión reunião duração incidente prioridad prioridade riunione organizzatore partecipanti durata")},
	{"players", folded("player playerid playername jersey jerseynumber goals assists height weight battingaverage caps foot draftyear")},
}

// events are told by more than a first and a last day, or one who leads them: these have both, as people have.
const events = "events, meetings or incidents"

var eventWords = folded("event incident meeting project termin veranstaltung")

// staffWords are words of headings that a list of people who work somewhere has.
var staffWords = folded("employee employees emp staff hire hired joining joined termination manager supervisor mitarbeiter personalnummer eintritt eintrittsdatum austritt vorgesetzter embauche salarié matricule empleado ingreso funcionário admissão dipendente assunzione medewerker pracownik")

// unitWords end or begin the names of parts of an organisation.
var unitWords = folded("department division directorate directorates administration office agency bureau ministry program programme programs services service unit team branch committee council institute faculty school university inc ltd llc gmbh ag " +
	"abteilung bereich referat amt stelle dienst service direction département bureau ministère dirección departamento secretaría oficina unidad diretoria secretaria direzione ufficio reparto afdeling phòng ban khối отдел управление департамент قسم إدارة دائرة מחלקה אגף 部 课 局")

// otherList says what a list seems to be of that may be read as people; "" of most.
func (l *PeopleList) otherList(rows []Row) string {
	if at := l.column(FullName); at >= 0 && l.namesUnits(rows, at) {
		return fmt.Sprintf("What stands under “%s” looks like parts of an organisation, not like people. Bring teams and departments where they are kept; this list only if it is one of people.", l.Columns[at].Header)
	}
	for _, kind := range otherKinds {
		if slices.ContainsFunc(l.Columns, func(c Column) bool { return c.ofStaff(kind.of == events) }) {
			continue
		}
		var with []string
		for _, c := range l.Columns {
			if c.Header != "" && kind.headings[compact(c.Header)] {
				with = append(with, "“"+c.Header+"”")
			}
		}
		if len(with) > 1 {
			return fmt.Sprintf("This looks like a list of %s, not of people who work here: it has the columns %s. Bring it only if it is one of people.", kind.of, join(with[:min(len(with), 4)]))
		}
	}
	return ""
}

// ofStaff reports a column that a list of people who work somewhere has, and one of other people or things, or of events, has not.
func (c Column) ofStaff(besideEvents bool) bool {
	words := tokens(c.Header)
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(t string) bool { return set[t] })
	}
	if besideEvents && has(eventWords) {
		return false
	}
	return has(staffWords) || slices.Contains([]Field{ManagerID, ManagerName, ManagerEmail, ManagerGiven}, c.Field) || !besideEvents && (c.Field == EmployedFrom || c.Field == EmployedTo)
}

// workWords are what parts of an organisation are called after, without a word such as "department". Some are names of families,
// too, so that all words of a name have to be such ones.
var workWords = folded("accounting accounts payable receivable finance finances controlling treasury tax audit purchasing procurement sales marketing logistics warehouse shipping production manufacturing maintenance quality engineering research development " +
	"it hr legal compliance security facilities operations support helpdesk servicedesk administration payroll management human resources information technology infrastructure communications " +
	"buchhaltung finanzen einkauf vertrieb verkauf lager versand produktion fertigung instandhaltung qualität entwicklung forschung personal personalwesen recht edv verwaltung geschäftsleitung geschäftsführung controlling " +
	"comptabilité achats ventes production maintenance qualité logistique informatique juridique ressources humaines administratif contabilidad compras ventas producción mantenimiento calidad logística finanzas recursos humanos sistemas administración tesorería facturación almacén tecnología operaciones " +
	"contabilidade contas pagar receber vendas produção manutenção qualidade financeiro administrativo faturamento almoxarifado expedição pessoal ti rh indústria comercial jurídico tesouraria estoque estoques notas entrada tecnologia informação operações " +
	"contabilità acquisti vendite produzione manutenzione qualità logistica inkoop verkoop boekhouding productie magazijn księgowość zakupy sprzedaż produkcja magazyn бухгалтерия продажи закупки склад производство кадры 人事 経理 総務 営業 財務 财务 销售 采购 생산 영업 인사 재무")

// smallWords stand between the words of what is no name; "de" and "e" stand in names.
var (
	smallWords = words("a & and und et para of for für pour to à per")
	unitSmall  = also(smallWords, "de da do das dos du des di del la le e y o i")
)

// namesUnits reports a column of names most of which are those of parts of an organisation.
func (l *PeopleList) namesUnits(rows []Row, at int) bool {
	units, all := 0, 0
	for _, row := range rows[:min(len(rows), samplesPerColumn)] {
		name := value(row.Cell(at))
		if name == "" || namesTemplate(name) {
			continue
		}
		all++
		if slices.ContainsFunc(strings.Fields(name), func(w string) bool { return unitWords[compact(w)] }) || l.looksLikeUnit(row, name) {
			units++
		}
	}
	return units > 1 && units*2 > all && l.nothingBelow(rows, GivenName) && l.nothingBelow(rows, FamilyName)
}

// looksLikeUnit reports the name of a part of an organisation that has no word for one: it is called after its work, it is its
// own title, or a small word stands between common ones, "Contas a pagar". Who has an address is somebody.
func (l *PeopleList) looksLikeUnit(row Row, name string) bool {
	if at := l.column(Email); at >= 0 && value(row.Cell(at)) != "" {
		return false
	}
	if at := l.column(Title); at >= 0 && compact(row.Cell(at)) == compact(name) {
		return true
	}
	parts := strings.Fields(name)
	for i, w := range parts {
		if i > 0 && i < len(parts)-1 && smallWords[w] {
			return true
		}
	}
	return !slices.ContainsFunc(parts, func(w string) bool { return !workWords[compact(w)] && !unitSmall[w] })
}

// nothingBelow reports a field that no column is for, or only an empty one.
func (l *PeopleList) nothingBelow(rows []Row, f Field) bool {
	at := l.column(f)
	return at < 0 || !slices.ContainsFunc(rows, func(row Row) bool { return value(row.Cell(at)) != "" })
}
