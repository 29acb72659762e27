package sheet

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// The fields of a line that says who wears which hat, beside those of people.
const (
	HatHolder   Field = "holder"
	HatIs       Field = "is" // a person, a team or a company
	HatRole     Field = "role"
	HatKind     Field = "kind"
	HatOf       Field = "of" // what the role hangs on, whatever it is
	HatPractice Field = "practice"
	HatProcess  Field = "process"
	HatService  Field = "service"
	HatFrom     Field = "from"
	HatUntil    Field = "last-day"
	HatAs       Field = "capacity"
	HatState    Field = "state"
	DecidedBy   Field = "decided-by"
	DecidedOn   Field = "decided-on"
	Reference   Field = "reference"
)

// HatFields lists the fields of a list of hats in the order in which a page
// offers them.
var HatFields = []Field{
	HatHolder, GivenName, FamilyName, Email, ExternalID, HatRole, HatKind, HatOf, HatPractice, HatProcess, HatService, Region, HatFrom, HatUntil, HatAs,
	HatIs, HatState, DecidedBy, DecidedOn, Reference,
}

func init() {
	for f, words := range map[Field]string{
		HatHolder: "who wears it", HatIs: "person, team or company", HatRole: "role", HatKind: "kind of role", HatOf: "what the role hangs on",
		HatPractice: "practice", HatProcess: "process", HatService: "service", HatFrom: "first day", HatUntil: "last day", HatAs: "holder, acting or deputy",
		HatState: "state", DecidedBy: "decided by", DecidedOn: "decided on", Reference: "reference",
	} {
		fieldWords[f] = words
	}
}

// fieldThings are what the values of a column can name, in the plural.
var fieldThings = map[Field]string{
	HatHolder: "people, teams or companies you have", Email: "addresses of your people", ExternalID: "numbers of your people", HatRole: "roles you have", HatPractice: "practices you have",
	HatProcess: "processes you have", HatService: "services you have", Region: "regions you have", HatKind: "kinds of role", HatAs: "ways to wear a hat",
	HatState: "states of a hat",
}

const hatNoun = "list of who wears which hat"

// hatLexicon knows lists of who wears which hat, in English, German, French,
// Spanish, Portuguese, Italian and Dutch.
var hatLexicon = lexicon{
	noun: hatNoun, fields: HatFields, named: []Field{HatRole, HatKind}, private: true,
	headings: map[Field]string{
		HatHolder: "holder holders heldby filledby assignedperson currentholder nameofholder tenupar occupepar besetztdurch besetztmit wahrgenommendurch people persons fulllegalname legalname wearsit wornby rolerholder roleholder incumbent assignee assignedto appointee person who name fullname employee employeename displayname personname member teammember staffmember boardmember committeemember tscmember groupmember membername " +
			"inhaber teammitglied mitglied membredelequipe membre miembro miembrodelequipo integrante membro membrodaequipe teamlid rolleninhaber rolleninhaberin person mitarbeiter mitarbeiterin name titulaire personne collaborateur nomcomplet titular persona empleado nombrecompleto responsavel pessoa " +
			"colaborador contributor contributors maintainer maintainers assignees dri responsibleperson contactperson titolare persona nominativo 姓名 氏名 担当者 担当 責任者 责任人 責任人 담당 책임자 成员 人员 負責人 负责人 이름 담당자 имя фио сотрудник исполнитель osoba pracownik adsoyad houder persoon medewerker naam wer qui quien quem chi wie",
		HatIs:       "isa is holdertype typeofholder persontype art type",
		Email:       headings[Email],
		HatRole:     "role primaryrole currentrole teamrole projectrole roleteam hat hats hut chapeau sombrero chapeu cappello hoed rolename roletitle processrole itilrole responsibility function rolle funktion rollenname prozessrolle roletype role role rolename position positiontitle fonction poste rol funcion cargo puesto papel funcao ruolo funzione functie 角色 职务 職務 职位 役割 役職 担当 역할 직책 роль должность rola görev",
		HatKind:     "kind rolekind roletype roleclass rollenart rollentyp typederole tipoderol tipodepapel tipodiruolo soortrol",
		HatOf:       "of repository repo component subsystem module product productline application system of scope dataset datadomain workinggroup committee subcommittee board council taskforce arbeitsgruppe gremium ausschuss comite groupedetravail comision comissao grupodetrabajo roleof hangson belongsto area bereich geltungsbereich perimetre portee ambito alcance escopo ambito bereik",
		HatPractice: "practice practicename practices itilpractice managementpractice praktik praktiken itilpraktik pratique practica pratica praktijk discipline domain",
		HatProcess:  "process processname itilprocess businessprocess prozess prozessname processus procedimiento proceso processo procedura proces",
		HatService:  "service servicename itservice dienst leistung dienstleistung servico servicio servizio",
		ExternalID:  headings[ExternalID],
		GivenName:   headings[GivenName],
		FamilyName:  headings[FamilyName],
		Region:      headings[Region] + " standort gebiet zona zone regione regio regiao",
		HatFrom: "from since start startdate startson begins begindate validfrom effectivefrom effective firstday appointed appointedon appointedfrom ab von seit beginn gultigab startdatum " +
			"depuis datedeprisedefonction prisedefonction debut datedebut termstart termstarts termbegins termbegan termfrom startofterm tookoffice assumedoffice desde inicio fechainicio fechadeinicio datainicio datadeinicio dal inizio vanaf sinds begindatum",
		HatUntil: "to until till end enddate endson expires validto validuntil lastday endofterm termend termends termended termuntil termexpires termexpiration termexpiry leftoffice bis ende enddatum gultigbis letztertag jusqua jusquau fin datefin hasta fechafin fechadefin ate fim " +
			"datafim datadefim al fino fine tot tenmetetot einddatum",
		HatAs:     "as capacity wornas how eigenschaft als enqualitede capacite calidad calidadde capacidade qualita hoedanigheid",
		HatState:  "state status ispast isformer isalumni active isactive enabled inuse decision aktiv actif activo ativo attivo stand etat estado stato",
		DecidedBy: "decidedby appointedby approvedby nominatedby entschiedenvon ernanntvon ernanntdurch benanntdurch nommepar decidepar nombradopor nomeadopor nominatoda benoemddoor",
		DecidedOn: "decidedon appointmentdate approvedon approvaldate entschiedenam ernanntam nommele datedenomination fechadenombramiento datadenomeacao",
		Reference: "reference ref document decisionref ticket beleg referenz aktenzeichen nachweis referencia riferimento referentie",
	},
	weak: words("repository repo component subsystem module product productline application system name person who type art function responsibility area scope of id number no nr uid kennung status state stand region country land state ref document ticket domain name naam al to end start ende dienst employee " +
		"wer qui quien quem chi wie rolle position positiontitle poste cargo puesto how als as is al fin fim effective discipline service leistung"),
}

// hangsOnAny says that a column is one of whatever hats hang on: that most of its values name practices makes it no other.
func hangsOnAny(is, named Field) bool {
	return is == HatOf && (named == HatPractice || named == HatProcess || named == HatService)
}

// FindHats finds the tables of a file that could say who wears which hat.
func FindHats(name string, data []byte, limits Limits) ([]Listing, error) {
	found, err := hatLexicon.find(name, data, limits)
	if CodeOf(err) == Broken && recordFile(name) {
		return nil, err // it would be taken apart again for nothing
	}
	for i := range found {
		found[i] = found[i].rolesAsLabels().turnsApart()
	}
	if !slices.ContainsFunc(found, func(l Listing) bool { return l.Score >= twoFields }) {
		if l, ok := textHats(name, data); ok {
			return []Listing{l}, nil
		}
	}
	headings := headingsIn(name, data)
	for i := range found {
		if !recordFile(name) { // those say besides what the accounts are of
			found[i] = found[i].accountsAsHolders()
		}
		found[i] = found[i].officesAsRoles().termsApart().beneath().ofThings().ownersOfRoles().withBodies().withDeputies().pivoted().withRole(roleOver(headings, found[i].Rows[0].Line))
	}
	if CodeOf(err) != TooLarge && !slices.ContainsFunc(found, func(l Listing) bool { return l.saysRoles() && l.saysWho() }) {
		if l, ok := recordHats(name, data); ok {
			return []Listing{l}, nil
		}
		return found, err
	}
	if len(found) == 1 {
		if from, until, ok := termBeside(name, data); ok {
			found[0] = found[0].withTerm(from, until)
		}
	}
	return besideTables(found, name, data), err
}

// textHats reads a document that says in other ways than a table who has which role: in the way that finds most of them.
func textHats(name string, data []byte) (best Listing, found bool) {
	for _, read := range []func(name string, data []byte) (Listing, bool){codeOwners, componentHats, hatBlocks, officeHats, hatLines, linePairs, nameCards, appointedHats} {
		if l, ok := read(name, data); ok && len(l.Rows) > len(best.Rows) {
			best, found = l, true
		}
	}
	return best, found
}

// ourStates are those that a hat has here: below "State" they name no region.
var ourStates = map[string]bool{string(itsm.Proposed): true, string(itsm.Appointed): true, string(itsm.Withdrawn): true}

// HatList is what was understood of a list of who wears which hat.
type HatList struct {
	ListColumns
	Hats    []itsm.ListedHat
	Refused []itsm.ListRemark // lines that say no hat
}

// ReadHats reads the lines of a listing. The error is an [*Error]; the list
// has its columns even then.
func ReadHats(l Listing, options ListOptions) (HatList, error) {
	if options.Known == nil {
		options.Known = map[Field]func(string) bool{}
	}
	options.Known[HatKind] = func(s string) bool { return itsm.RoleKindOf(s) != "" }
	options.Known[HatAs] = func(s string) bool { return itsm.CapacityOf(s) != "" }
	options.Known[HatState] = func(s string) bool { return ourStates[strings.ToLower(s)] }
	of := options
	of.Known = maps.Clone(options.Known)
	for _, f := range []Field{HatHolder, HatRole} { // of which a cell may name several
		if one := options.Known[f]; one != nil {
			of.Known[f] = func(s string) bool {
				return one(s) || !slices.ContainsFunc(each(s, one), func(part string) bool { return !one(part) })
			}
		}
	}
	r, err := hatLexicon.reader(l, of)
	list := HatList{ListColumns: r.columns}
	if err != nil {
		return list, l.rotaWithoutDays(err)
	}
	if err := r.withoutWearers(options.Known[HatHolder]); err != nil {
		return list, err
	}
	var holders []string
	for _, row := range r.Rows[1:] {
		holders = append(holders, row.Cell(r.at[HatHolder]))
	}
	of.Known[HatHolder], r.commas, r.holder = oneOf(holders, options.Known[HatHolder]), lastFirst(slices.DeleteFunc(slices.Clone(holders), endsAsCompany)) && !severalAtCommas(holders), options.Known[HatHolder]
	r.role = options.Known[HatRole]
	of.Known[HatRole] = oneRole(options.Known[HatRole])
	for _, row := range r.Rows[1:] {
		list.line(&r, row, of.Known)
	}
	list.sharedAddresses()
	if r.saysYears() {
		list.Remarks = append(slices.Clip(list.Remarks), Note{Line: l.Rows[0].Line, Text: wholeYears})
	}
	if slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.HasSuffix(n.Text, wholeYears) }) {
		list.followOn()
	}
	return list, nil
}

// sharedAddresses takes away addresses that stand beside several names: they are a team's or a mailbox's, and would make one
// of them of everybody.
func (list *HatList) sharedAddresses() {
	holder, shared := map[string]string{}, map[string]bool{}
	for _, h := range list.Hats {
		if was, ok := holder[h.Email]; ok && h.Holder != "" && was != "" && !strings.EqualFold(was, h.Holder) {
			shared[h.Email] = h.Email != ""
		}
		holder[h.Email] = cmp.Or(holder[h.Email], h.Holder)
	}
	said := map[string]bool{}
	for i, h := range list.Hats {
		if !shared[h.Email] {
			continue
		}
		if list.Hats[i].Email = ""; !said[h.Email] {
			said[h.Email] = true
			list.Remarks = append(slices.Clip(list.Remarks), Note{Line: h.Line, Text: "“" + h.Email + "” stands beside several names and is read as the address of none of them."})
		}
	}
}

// oneOf says of a text whether it names one of a column: who is known, or stands alone in another cell.
func oneOf(cells []string, known func(string) bool) func(string) bool {
	alone := map[string]bool{}
	for _, cell := range cells {
		alone[nameValue(cell)] = !strings.ContainsAny(cell, ",;/&\n")
	}
	return func(s string) bool { return alone[nameValue(s)] || known != nil && known(s) }
}

// oneRole says of a text whether it names one role: one that is known, or of two words at least of which the last is what
// roles are called by: "Change manager, Service desk" are two.
func oneRole(known func(string) bool) func(string) bool {
	return func(s string) bool {
		return known != nil && known(s) || endsWithOffice(s) || isParty(s) && len(tokens(s)) > 1 && len(tokens(s)) < 5 && !strings.ContainsAny(s, ",;/&\n")
	}
}

func (list *HatList) line(r *listReader, row Row, known map[Field]func(string) bool) {
	row, as := list.besideName(r, r.linksApart(list.roleAlone(r, row)))
	h := r.listedHat(row)
	h.As = cmp.Or(h.As, as)
	if said := r.get(row, Email); said != "" && h.Holder != "" && !hasAt(said) {
		list.noAddress(row.Line, said)
	}
	refuse := func(text string) {
		list.Refused = append(list.Refused, itsm.ListRemark{Line: row.Line, Text: text, Fatal: true, What: strings.Trim(h.Holder+", "+cmp.Or(h.Role, h.Kind), ", ")})
	}
	if why := noHat(r, row, h); why != "" {
		refuse(why)
		return
	}
	for _, d := range []struct {
		f    Field
		into **time.Time
		more int
	}{{HatFrom, &h.From, 0}, {HatUntil, &h.Until, 1}, {DecidedOn, &h.DecidedOn, 0}} {
		day, ok := r.day(row, d.f)
		if !ok {
			refuse("“" + r.get(row, d.f) + "” is not a date; what it says is not guessed.")
			return
		}
		*d.into = dayOf(day, d.more)
	}
	holders := each(row.Cell(r.at[HatHolder]), known[HatHolder])
	if shared := sharedBy(row.Cell(r.at[HatHolder]), r.commas); len(holders) < 2 && shared != nil && (r.holder == nil || !r.holder(h.Holder)) {
		holders = shared
		list.parted(row.Line, row.Cell(r.at[HatHolder]))
	}
	list.add(h, r.commas, holders, each(row.Cell(r.at[HatRole]), known[HatRole]))
}

// listedHat is a row's hat without its days.
func (r *listReader) listedHat(row Row) itsm.ListedHat {
	h := itsm.ListedHat{
		Line: row.Line, Holder: spokenName(row.Cell(r.at[HatHolder]), r.commas), Email: r.get(row, Email), Number: r.get(row, ExternalID), Is: r.get(row, HatIs),
		Role: r.get(row, HatRole), Kind: r.get(row, HatKind), Of: r.get(row, HatOf), Practice: r.get(row, HatPractice), Process: r.get(row, HatProcess),
		Service: r.get(row, HatService), Region: r.get(row, Region), As: r.get(row, HatAs), State: r.get(row, HatState),
		DecidedBy: r.get(row, DecidedBy), Reference: r.get(row, Reference),
	}
	if h.Holder == "" {
		h.Holder = strings.TrimSpace(nameValue(row.Cell(r.at[GivenName])) + " " + nameValue(row.Cell(r.at[FamilyName])))
	}
	if a, ok := oneAddress(h.Email); ok { // "<ann@example.org>", "ann@example.org or by telephone"
		h.Email = a
	}
	if !hasAt(h.Email) && (h.Holder != "" || r.at[HatHolder] >= 0 && !namesOnePerson(nameValue(h.Email))) { // "via GitHub", under "Contact"
		h.Email = ""
	}
	h.Email = cmp.Or(h.Email, addressIn(row.Cell(r.at[HatHolder])))
	if plainAddress.MatchString(h.Holder) && h.Email != "" {
		h.Email = h.Holder // another is somebody else's
	}
	if c := r.at[HatState]; c >= 0 {
		inUse, says := accountInUse(r.columns.Columns[c].Header, h.State)
		h.Over = says && !inUse
	}
	if before, _, _ := strings.Cut(h.Role, " ("); before != "" && formerWords[compact(before)] {
		h.Over = true // "Emeritus (founder)" stands where others have a role
	}
	if strings.EqualFold(h.Of, h.Role) || allOfIt[compact(h.Of)] {
		h.Of = "" // "Scope: Maintainer", "Areas: all"
	}
	return h
}

// allOfIt stand for everything there is.
var allOfIt = words("all everything any entireproject wholeproject allareas allrepositories global overall alles tout tous todo tudo")

// linksOnly are names in brackets, as documents write links whose addresses stand elsewhere: "[Ann Bo], [Cy Dee]".
var linksOnly = regexp.MustCompile(`^\[[^\[\]]+\](?:\s*[,;&]\s*\[[^\[\]]+\])+$`)

// linksApart is a row whose holders are such names as one in which they stand without their brackets.
func (r *listReader) linksApart(row Row) Row {
	at := r.at[HatHolder]
	if at < 0 || !linksOnly.MatchString(oneLine(row.Cell(at))) {
		return row
	}
	var names []string
	for name := range strings.FieldsFuncSeq(oneLine(row.Cell(at)), func(c rune) bool { return c == '[' || c == ']' }) {
		if strings.Trim(name, " ,;&") == "" {
			continue
		}
		if !namesOnePerson(name) {
			return row
		}
		names = append(names, name)
	}
	row.Cells = slices.Clone(row.Cells)
	row.Cells[at] = strings.Join(names, "; ")
	return row
}

// noHat says why a line gives nobody a hat; "" of others.
func noHat(r *listReader, row Row, h itsm.ListedHat) string {
	switch {
	case r.saysHeadings(row):
		return "This line says the headings again."
	case row.isTotal():
		return "This line counts others."
	case h.Holder+h.Email+h.Number == "":
		return "Nobody is named on this line."
	case h.Role+h.Kind == "":
		return "No role is named on this line."
	case namesNobodyYet(h.Holder):
		return "“" + h.Holder + "” names nobody: the hat is to be given."
	case namesTemplate(h.Holder):
		return "“" + short(h.Holder) + "” is what a template has in the place of a name."
	}
	return ""
}

// add takes a line that names several people or several roles as a hat for each.
func (list *HatList) add(h itsm.ListedHat, commas bool, holders, roles []string) {
	if len(holders) < 2 {
		holders = []string{h.Holder}
	} else {
		h.Email, h.Number = "", ""
	}
	if len(roles) < 2 {
		roles = []string{h.Role}
	}
	for _, holder := range holders {
		for _, role := range roles {
			h.Holder, h.Role = spokenName(holder, commas), role
			list.Hats = append(list.Hats, h)
		}
	}
}

// KnownFields says of each field whether a value names something there is.
func KnownFields(known itsm.KnownHats) map[Field]func(string) bool {
	out := map[Field]func(string) bool{}
	for what, test := range known.Vocabulary() {
		out[Field(what)] = test
	}
	return out
}
