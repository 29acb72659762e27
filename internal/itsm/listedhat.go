package itsm

import (
	"strings"
	"time"
)

// ListedHat is one line of a list of who wears which hat, as written.
type ListedHat struct {
	Line                       int
	Holder, Email, Number      string
	Is                         string // a person, a team, a company
	Role, Kind                 string
	Of                         string // what the role hangs on, whatever it is
	Practice, Process, Service string
	Region                     string
	As                         string // holder, acting, deputy
	State                      string
	Over                       bool // by its state
	DecidedBy, Reference       string
	From, Until, DecidedOn     *time.Time // Until is the first day without
}

// role is what the line calls the role, and what it says that it hangs on.
func (l ListedHat) role() string {
	role := firstText(l.Role, l.Kind)
	if of := firstText(l.Process, l.Practice, l.Of, l.Service); of != "" {
		role += " of " + of
	}
	return role
}

// kindWords are the kinds of role as people write them, each one word.
var kindWords = map[RoleKind]string{
	Owner: "owner eigner eigentumer eigentumerin prozesseigner prozesseignerin prozessverantwortlicher prozessverantwortliche proprietaire pilote propietario propietaria dueno duena dono dona proprietario " +
		"proprietaria titolare eigenaar proceseigenaar processowner practiceowner serviceowner",
	Manager:      "manager managerin prozessmanager prozessmanagerin gestionnaire gestor gestora gestore beheerder procesmanager processmanager practicemanager servicemanager",
	Practitioner: "practitioner practitioners",
}

// capacityWords are the ways to wear a hat as people write them, accents dropped.
var capacityWords = map[Capacity]string{
	Holder: "holder primary main permanent inhaber inhaberin stelleninhaber titulaire titular houder",
	Acting: "acting interim adinterim ai temporary kommissarisch kommissarischer interimistisch interimaire parinterim interino interina enfunciones waarnemend",
	Deputy: "deputy backup delegate standin substitute vice stellvertreter stellvertreterin stellvertretung vertreter vertretung vertretend vertretungsweise stv adjoint suppleant suppleante remplacant suplente substituto substituta sostituto plaatsvervanger",
}

// accents are the letters that people leave out or write, with what stands for them.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i", "ñ", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ß", "ss", "ł", "l", "ś", "s", "ż", "z", "ź", "z", "ć", "c", "ń", "n", "ą", "a", "ę", "e")

// plainName is a name for comparing: likeName without accents.
func plainName(s string) string { return accents.Replace(likeName(s)) }

// squeezed is a name as one word.
func squeezed(s string) string { return strings.ReplaceAll(plainName(s), " ", "") }

func wordIn(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// RoleKindOf reads a kind of role; "" where the words say something else.
func RoleKindOf(s string) RoleKind {
	for _, k := range []RoleKind{Owner, Manager, Practitioner} {
		if wordIn(kindWords[k], squeezed(s)) {
			return k
		}
	}
	return ""
}

// CapacityOf reads how a hat is worn; "" where the words say something else.
func CapacityOf(s string) Capacity {
	for _, c := range []Capacity{Holder, Acting, Deputy} {
		if wordIn(capacityWords[c], squeezed(s)) {
			return c
		}
	}
	return ""
}

// kindWithin reads a role's name that is a kind and what it is of: "Incident manager" is the manager of "incident",
// "Owner of incident management" the owner of "incident management". rest is "" where it says no more than the kind.
func kindWithin(role string) (kind RoleKind, rest string) {
	words := strings.Fields(plainName(role))
	if len(words) == 0 {
		return "", ""
	}
	if k := RoleKindOf(words[0]); k != "" && k != Practitioner {
		rest := words[1:]
		for len(rest) > 0 && wordIn("of the for fur der des die das von de du la le l d do da dos das del di van het", rest[0]) {
			rest = rest[1:]
		}
		return k, within(rest)
	}
	if k := RoleKindOf(words[len(words)-1]); k != "" && k != Practitioner {
		return k, within(words[:len(words)-1])
	}
	return "", ""
}

// within drops the words that only say what kind of thing a role hangs on.
func within(words []string) string {
	if len(words) == 1 && wordIn("process practice service prozess processus proceso processo proces praktik", words[0]) {
		return ""
	}
	return strings.Join(words, " ")
}

// KnownProcess is a process with the practice whose roles it uses.
type KnownProcess struct {
	ID         int64
	Name       string
	PracticeID int64
}

// KnownHats is what a list of hats is compared with.
type KnownHats struct {
	People       []Person
	Teams        []TeamRef
	Companies    []CompanyRef
	Chairs       []Chair
	Practices    []Ref
	Processes    []KnownProcess
	Services     []Ref
	Regions      []Region
	Organisation string
	Holdings     []Holding // of the roles that the list names: appointed and proposed, of every day
}

// namesOne says whether a text names one of some things.
func namesOne(things map[string]bool) func(string) bool {
	return func(s string) bool { return things[plainName(s)] }
}

// Vocabulary says for each kind of thing whether a text names one of those known: what the columns of a list are told by.
func (k KnownHats) Vocabulary() map[string]func(string) bool {
	sets := map[string]map[string]bool{}
	put := func(what, name string) {
		if sets[what] == nil {
			sets[what] = map[string]bool{}
		}
		if n := plainName(name); n != "" {
			sets[what][n] = true
		}
	}
	for _, p := range k.People {
		put("holder", p.Name)
		put("holder", p.SortName)
		if p.Email != "" {
			put("email", p.Email)
		}
		if p.ExternalID != "" {
			put("external-id", p.ExternalID)
		}
	}
	for _, t := range k.Teams {
		put("holder", t.Name)
	}
	for _, c := range k.Companies {
		put("holder", c.Name)
	}
	for _, c := range k.Chairs {
		if c.Kind == Practitioner {
			put("role", c.Name)
		}
	}
	for _, p := range k.Processes {
		put("process", p.Name)
	}
	for what, list := range map[string][]Ref{"practice": k.Practices, "service": k.Services} {
		for _, r := range list {
			put(what, r.Name)
		}
	}
	for _, r := range k.Regions {
		put("region", r.Name)
	}
	out := map[string]func(string) bool{}
	for what, set := range sets {
		out[what] = namesOne(set)
	}
	return out
}
