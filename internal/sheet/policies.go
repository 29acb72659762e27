package sheet

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// The fields of a policy in a list.
const (
	PolicyNumber    Field = "policy-number"
	PolicyTitle     Field = "policy-title"
	PolicyStatement Field = "statement"
	PolicyWhy       Field = "why"
	PolicyMeasure   Field = "measure"
	PolicyDriver    Field = "driver"
	PolicyBody      Field = "issuing-body"
	PolicyOwnerRole Field = "owner-role"
	PolicyScope     Field = "owner-scope"
	PolicyGoverns   Field = "governs"
	PolicyInterval  Field = "interval"
	PolicyReviewed  Field = "last-reviewed"
	PolicyDue       Field = "review-due"
	PolicyCategory  Field = "category"
	PolicyState     Field = "policy-status"
	PolicyVersion   Field = "policy-version"
)

// PolicyFields lists the fields of a policy in the order in which a page
// offers them.
var PolicyFields = []Field{PolicyNumber, PolicyTitle, PolicyStatement, PolicyWhy, PolicyMeasure, PolicyDriver, PolicyBody, PolicyOwnerRole, PolicyScope, PolicyGoverns, PolicyInterval, PolicyReviewed, PolicyDue, PolicyCategory, PolicyState, PolicyVersion}

func init() {
	for f, words := range map[Field]string{
		PolicyNumber: "number", PolicyTitle: "title", PolicyStatement: "statement", PolicyWhy: "why", PolicyMeasure: "measure", PolicyDriver: "what drives it",
		PolicyBody: "issuing body", PolicyOwnerRole: "owner role", PolicyScope: "scope of the owner role", PolicyGoverns: "list of what it governs", PolicyInterval: "review every (months)", PolicyReviewed: "day of the last review", PolicyDue: "day of the next review", PolicyCategory: "kind of document",
		PolicyState: "status", PolicyVersion: "version",
	} {
		fieldWords[f] = words
	}
}

// policyLexicon knows lists of policies, in English, German, French, Spanish
// and Portuguese.
var policyLexicon = lexicon{
	noun: "list of policies", fields: PolicyFields, named: []Field{PolicyTitle, PolicyStatement},
	headings: map[Field]string{
		PolicyNumber: "number identifier documentidentifier policyidentifier richtliniennr dokumentnr dokumentnummer dokumentennummer documentnr docno policynr policynumber policyno policyid refid ref reference id no nr policyref policyreference procedurereference policycode policynum code documentid documentcode documentref documentreference documentnumber documentno controlid requirementid ruleid docid doccode docref dokumentid dokumentcode controlleddocumentno procedurenumber standardnumber nummer richtliniennummer richtlinienid kennung numero numerodedocument referencedudocument identifiant codigo identificador referencia codigodocumento codigodeldocumento codigodelapolitica codigododocumento numerodedocumento",
		PolicyTitle:  "title policytitle policy policyname policyquestion policytopic policyarea policysubject name policies rule documenttitle documentname document documents dokument dokumenttitel dokumentname documento nomdudocument titredudocument titulodeldocumento titulododocumento nombredelapolitica nomedapolitica richtlinie regel titel bezeichnung leitlinie politique intitule titre nom regle politica titulo nombre regla nome regra",
		PolicyStatement: "statement policystatement text policytext description policydescription policysummary content wording requirement rules details answer aussage beschreibung regelung inhalt wortlaut anforderung enonce contenu texte exigence " +
			"enunciado descripcion contenido texto requisito descricao conteudo declaracao",
		PolicyWhy:       "why purpose reason rationale objective objectives intent goal goals background zweck zielsetzung grund begrundung ziel warum but objectif raison pourquoi motif proposito objetivo razon motivo porque finalidad finalidade razao",
		PolicyMeasure:   "measure metric metrics kpi howmeasured evidence measurement compliancemeasure control verification messung kennzahl nachweis messgrosse mesure indicateur preuve medida indicador evidencia metrica medicao",
		PolicyDriver:    "driver drivenby drivers source legalbasis basis obligation mandate treiber ausloser rechtsgrundlage grundlage herkunft origine baselegale fondement origen fuente baselegal origem fonte",
		PolicyBody:      "issuingbody issuedby issuer issuingauthority authority publisher body regulator approvedby approver genehmigtdurch genehmigtvon freigegebendurch freigegebenvon aprobadopor approuvepar aprovadopor approvatoda goedgekeurddoor herausgeber erlassenvon ausgestelltvon stelle emetteur emispar autorite emisor emitidopor autoridad emissor autoridade",
		PolicyOwnerRole: "owner ownerteam owningteam controlowner defaultowner policyowner documentowner contentowner processowner richtlinienverantwortlicher dokumentenverantwortlicher dokumentverantwortlicher propietariodeldocumento responsabledeldocumento proprietairedudocument responsaveldocumento accountable accountablerole verantwortlicherolle verantwortlich verantwortlicher eigentumer proprietaire responsable propietario ownerrole ownersrole roleofowner eigentumerrolle", PolicyScope: "ownersscope ownerscope ownerrolescope",
		PolicyGoverns:  "appliesto applicableto giltfur sappliquea aplicaa governs governedprocesses governedpractices regelt",
		PolicyReviewed: "lastreviewed lastreview lastreviewdate lastrevieweddate lastreviewedon datelastreviewed dateoflastreview reviewed reviewedon datereviewed lastboardreviewdate letzteuberprufung letzteprufung letztesreview zuletztgepruft zuletztuberpruft gepruftam uberpruftam dernierexamen dernierreexamen revuele ultimarevision fechadeultimarevision",
		PolicyDue:      "nextreview nextreviewdate nextreviewdue nextreviewduedate nextscheduledreview nextscheduledreviewdate datenextreview dateofnextreview reviewdue reviewduedate reviewdueby reviewby dueforreview nextdue nachsteuberprufung nachsteprufung nachstesreview uberprufungfallig prochainexamen prochainerevue prochainerevision proximarevision fechadeproximarevision proximarevisao",
		PolicyInterval: "review uberprufungshaufigkeit prufhaufigkeit uberprufungsrhythmus reviewzyklus reviewintervall reviewrhythmus frequencederevision periodicitederevision frecuenciaderevision periodicidadderevision frequenciaderevisao prufzyklus prufturnus revisionszyklus uberprufungszyklus reviewcadence cadence revision reviewevery reviewinterval interval reviewcycle reviewschedule reviewfrequency frequency reviewperiod reviewmonths revieweverymonths uberprufung prufintervall turnus uberprufungsintervall intervall frequence intervalle periodicite frequencia frecuencia intervalo periodicidad periodicidade",
		PolicyCategory: "category type kind documenttype doctype class kategorie art dokumentart typ categorie genre categoria tipo clase",
		PolicyState:    "status state lifecyclestatus documentstatus policystatus stand etat statut estado situacao",
		PolicyVersion:  "version dokumentenversion dokumentversion versionsnummer versiondudocument versiondeldocumento versaododocumento documentversion policyversion currentversion versionno versionnumber revnumber ver revisionno rev fassung edition versao",
	},
	weak: words("owner accountable responsable verantwortlich appliesto review revision state stand id no nr ref reference code name text description content requirement rules details answer controlid requirementid ruleid control evidence source basis body authority type kind class art tipo nom nombre nome name frequency interval goal objective " +
		"background policies rule regel numero approvedby document documents dokument documento"),
}

// policyWords name a policy among kinds of document, and sheets that hold
// policies.
var policyWords = words("policy policies richtlinie richtlinien leitlinie leitlinien politique politiques politica politicas polityka beleid")

func saysPolicy(s string) bool {
	return slices.ContainsFunc(tokens(s), func(t string) bool { return policyWords[t] || policyEnd.MatchString(t) })
}

// policyEnd ends words that are made of what a policy is on and the word for one: "Sicherheitsrichtlinie".
var policyEnd = regexp.MustCompile(`(?:richtlinien?|leitlinien?|beleid)$`)

// policyTextMax is how many bytes a document that is a policy may have.
const policyTextMax = 1 << 20

// FindPolicies finds the tables of files that could be lists of policies, the
// best first. Documents of text are a policy each, all together one list.
func FindPolicies(files []File, limits Limits) ([]Listing, error) {
	var found []Listing
	var texts []File
	for _, f := range files {
		if PolicyText(f.Name) && len(f.Data) > policyTextMax {
			return nil, refuse(TooLarge, "%s has %s of text; a policy is a document of some pages. Bring the policies alone, each as a file of its own.", f.Name, megabytes(int64(len(f.Data))))
		}
		if isPolicyText(f) {
			texts = append(texts, f)
			continue
		}
		listings, err := policyLexicon.find(f.Name, f.Data, limits)
		if err != nil && len(files) > 1 && CodeOf(err) != "" {
			return nil, refuse(CodeOf(err), "%s: %s", f.Name, err.Error())
		}
		if err != nil {
			return nil, err
		}
		found = append(found, listings...)
	}
	for i := range found {
		if saysPolicy(found[i].Where) {
			found[i].Score += 3
		} else if found[i].Score < fewFields && !found[i].saysPolicies() {
			found[i].Notes = append(slices.Clip(found[i].Notes), Note{Line: found[i].Rows[0].Line, Text: "Nothing here says that these are policies: neither the name of the file, nor a heading or a line. If they are something else, do not bring them."})
		}
	}
	if len(texts) > 0 {
		l, err := policyTexts(texts)
		if err != nil {
			return nil, err
		}
		found = append([]Listing{l}, found...)
	}
	bestFirst(found)
	return found, nil
}

// fewFields is the score of a list of which hardly more than a title is understood.
const fewFields = 9

// saysPolicies reports a list with a word for policies in the name of its file or in its cells.
func (l Listing) saysPolicies() bool {
	return saysPolicy(stem(l.File)) || slices.ContainsFunc(l.Rows, func(row Row) bool { return slices.ContainsFunc(row.Cells, saysPolicy) })
}

// bestFirst puts the list that looks most like what it is read as before the others.
func bestFirst(found []Listing) {
	best := 0
	for i := range found {
		if found[i].Score > found[best].Score {
			best = i
		}
	}
	found[0], found[best] = found[best], found[0]
}

// File is a file as it came.
type File struct {
	Name string
	Data []byte
}

// PolicyList is what was understood of a list of policies.
type PolicyList struct {
	ListColumns
	Policies []itsm.ListedPolicy
	Refused  []itsm.ListRemark // lines that say no policy

	unticked []Note // states that are boxes of which none is ticked
}

// ReadPolicies reads the lines of a listing. The error is an [*Error]; the
// list has its columns even then.
func ReadPolicies(l Listing, options ListOptions) (PolicyList, error) {
	r, err := policyLexicon.reader(l, options)
	mapped := len(options.Mapping) > 0
	if at, mapping, ok := r.titledBy(options); ok { // "Policy description" over "Hybrid work policy"
		options.Mapping = mapping
		if r, err = policyLexicon.reader(l, options); at < len(r.columns.Columns) {
			r.columns.Columns[at].Why, r.columns.Columns[at].Confidence = "its texts are as short as titles", 0.5
		}
	} else if others := l.otherPolicies(); err == nil && others != "" && !mapped {
		err = refuse(WrongMapping, "“%s” stand over columns here: this looks like a list of insurance, pay or settings, and not of rules. If it is one of rules, say which column is the title.", others)
	}
	if err == nil && !mapped && l.letteredColumns() > 1 {
		err = refuse(WrongMapping, "The columns hold letters as a RACI grid has them. Bring this as a grid; if it is a list of policies, say which column is the title.")
	}
	list := PolicyList{ListColumns: r.columns}
	if err != nil {
		return list, err
	}
	mixed := false // the list tells policies from other documents
	for _, row := range r.Rows[1:] {
		mixed = mixed || saysPolicy(r.get(row, PolicyCategory))
	}
	for _, row := range r.Rows[1:] {
		list.line(&r, row, mixed)
	}
	if r.at[PolicyNumber] < 0 {
		list.numberTitles()
		list.uncounted()
	}
	list.updatedOn(&r)
	list.textsApart()
	list.unclearStates()
	for i, c := range list.Columns {
		if c.Field == PolicyVersion {
			list.Columns[i].Why += "; it tells which line of a number is the latest, and is not kept"
		}
	}
	if l.Documents {
		for i, p := range list.Policies {
			list.Policies[i].At = l.Rows[p.Line-1].Cell(0)
		}
	}
	return list, nil
}

// versionState is a version with the state behind it: "0.5 (draft)".
var versionState = regexp.MustCompile(`^(\S*\d\S*)(?:\s*\(|\s+[–—-]\s*)(\pL[\pL ]*)\)?$`)

// reviewDay reads the day of a review; what is no day is left out, and said.
func (list *PolicyList) reviewDay(r *listReader, row Row, f Field) *time.Time {
	day, ok := r.day(row, f)
	if !ok {
		list.Remarks = append(list.Remarks, Note{Line: row.Line, Text: "“" + short(r.get(row, f)) + "” is not a date: the " + f.Words() + " is left out."})
	}
	return dayOf(day, 0)
}

var countedTitle = regexp.MustCompile(`^\d{1,3}[.)]\s+(\S.*)$`)

// uncounted takes "1. " from titles that are all counted.
func (list *PolicyList) uncounted() {
	for _, p := range list.Policies {
		if !countedTitle.MatchString(p.Title) {
			return
		}
	}
	for i, p := range list.Policies {
		list.Policies[i].Title = countedTitle.ReplaceAllString(p.Title, "$1")
	}
}

// numberTitles takes numbers out of titles where every title begins with one of its own: "POL-01 – Backups".
func (list *PolicyList) numberTitles() {
	numbers := map[string]bool{}
	for _, p := range list.Policies {
		m := titleNumber.FindStringSubmatch(p.Title)
		if m == nil || numbers[m[1]] {
			return
		}
		numbers[m[1]] = true
	}
	for i, p := range list.Policies {
		m := titleNumber.FindStringSubmatch(p.Title)
		list.Policies[i].Number, list.Policies[i].Title = m[1], m[2]
	}
}

func (list *PolicyList) line(r *listReader, row Row, mixed bool) {
	long := func(f Field) string {
		s := clean(row.Cell(r.at[f]))
		if empties[s] {
			return ""
		}
		return s
	}
	p := itsm.ListedPolicy{
		Line: row.Line, Number: r.get(row, PolicyNumber), Title: nameValue(row.Cell(r.at[PolicyTitle])), Statement: long(PolicyStatement), Why: long(PolicyWhy),
		Measure: long(PolicyMeasure), Driver: r.get(row, PolicyDriver), IssuingBody: r.get(row, PolicyBody),
		OwnerRole: r.get(row, PolicyOwnerRole), OwnerScope: r.get(row, PolicyScope), Governs: long(PolicyGoverns),
	}
	refuse := func(text string) {
		list.Refused = append(list.Refused, itsm.ListRemark{Line: row.Line, Text: text, Fatal: true, What: strings.TrimSpace(p.Number + " " + p.Title)})
	}
	for _, said := range []*string{&p.OwnerRole, &p.IssuingBody, &p.Driver} {
		if toFillIn(*said) {
			*said = ""
		}
	}
	p.Title = wikiLink.ReplaceAllString(p.Title, "$1")
	if strings.Count(p.Title, `"`) == 1 {
		p.Title = strings.ReplaceAll(p.Title, `"`, "") // half of a pair that the file does not close
	}
	if rest, ok := strings.CutPrefix(p.Title, p.Number+" "); ok && p.Number != "" && strings.ContainsAny(p.Number, "0123456789") {
		p.Title = strings.TrimSpace(strings.TrimLeft(rest, "-–—: ")) // "1.02 Vision" beside its number
	}
	p.Version = r.get(row, PolicyVersion)
	state, unticked := tickedBox(r.get(row, PolicyState))
	p.State = state
	if m := versionState.FindStringSubmatch(p.Version); m != nil && state == "" && !(itsm.ListedPolicy{State: m[2]}).StateUnclear() {
		p.Version, p.State = m[1], m[2]
	}
	kind := r.get(row, PolicyCategory)
	months, ok := monthsOf(r.get(row, PolicyInterval))
	switch {
	case r.saysHeadings(row):
		refuse("This line says the headings again.")
	case row.isTotal():
		refuse("This line counts others.")
	case mixed && kind != "" && !saysPolicy(kind):
		refuse("“" + kind + "” is not a policy.")
	case toFillIn(p.Title):
		refuse("“" + p.Title + "” is what a template has in the place of a title.")
	case p.Title+p.Number == "":
		refuse("This line has neither a number nor a title.")
	default:
		if p.Months = months; !ok {
			p.Interval = r.get(row, PolicyInterval)
		}
		p.LastReviewed, p.ReviewDue = list.reviewDay(r, row, PolicyReviewed), list.reviewDay(r, row, PolicyDue)
		list.Policies = append(list.Policies, p)
		if unticked {
			list.unticked = append(list.unticked, Note{Line: p.Line, Text: r.get(row, PolicyState)})
		}
	}
}
