package itsm

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// SearchKind is what a search finds.
type SearchKind string

// The kinds.
const (
	FoundPractice SearchKind = "practice"
	FoundProcess  SearchKind = "process"
	FoundActivity SearchKind = "activity"
	FoundRole     SearchKind = "role"
	FoundPerson   SearchKind = "person"
	FoundTeam     SearchKind = "team"
	FoundCompany  SearchKind = "company"
	FoundService  SearchKind = "service"
	FoundPolicy   SearchKind = "policy"
)

// SearchKinds are all of them, in the order of their filter.
var SearchKinds = []SearchKind{
	FoundPractice, FoundProcess, FoundActivity, FoundRole, FoundPerson, FoundPolicy, FoundService, FoundTeam, FoundCompany,
}

// SearchFilter is what is looked for. Page counts from 1.
type SearchFilter struct {
	Text string
	Kind SearchKind // "" is all
	Page int
	Size int // of a page; 0 is SearchPage
	// Also is another name of what is looked for: what the library calls a practice that is asked for by an older name.
	Also string
	On   *time.Time // the day that the reader looks at: a question that names none asks of it, if it is past
}

// SearchPage is how many things a page of results shows; SearchMost is how many of people, and of everything else, are
// ranked at most.
const (
	SearchPage = 20
	SearchMost = 500
)

// Found is one thing that was found.
type Found struct {
	Kind     SearchKind
	ID       int64
	Name     string
	RoleKind RoleKind   // of a role
	Parent   string     // what it lies in: the practice of a process, the process of an activity, the scope of a role
	Detail   string     // what tells it from others of its name
	Text     string     // what it says of itself, where words may have been found
	Until    *time.Time // the first day without: of a person who left, of anything else the day on which it was archived
	Became   string     // what it was made one with
}

// Results are a page of what was found.
type Results struct {
	Found  []Found
	Counts map[SearchKind]int // of each kind, whatever the filter
	// Alike says that names like the words are listed, as few or none hold all of them as they are spelled; Exact, that
	// some listed do.
	Alike, Exact bool
	Question     Question
	Replies      []Reply
	Examples     Examples
}

// Examples are names out of which questions can be made that have an answer for whoever reads: of a practice and of two
// activities, the first with an A. "" where there is none that they may see.
type Examples struct{ Practice, Answered, Done string }

// Questions are those that the names make, with one of a day that has been.
func (e Examples) Questions(today time.Time) (list []string) {
	ask := func(phrase, name, end string) {
		if name != "" {
			list = append(list, phrase+" "+name+end)
		}
	}
	ask("who answers for", e.Answered, "")
	ask("who does", e.Done, "")
	ask("who owns", e.Practice, "")
	ask("who manages", e.Practice, "")
	ask("who owned", e.Practice, " on "+ShowDay(MonthBefore(today)))
	return list
}

// Total is how many things of the kinds asked for were found.
func (r Results) Total(kind SearchKind) (n int) {
	for k, count := range r.Counts {
		if kind == "" || k == kind {
			n += count
		}
	}
	return n
}

// searchWordsMost bounds how many words of a text are looked for.
const searchWordsMost = 8

// SearchWords cuts a text into words.
func SearchWords(text string) []string {
	words := textWords(text)
	return words[:min(len(words), searchWordsMost)]
}

func textWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
}

// WithoutLabel leaves out of words what the screen alone adds to the names of Owners and Managers: "practice owner" and
// "process owner" are both the Owner, whatever the setting says.
func WithoutLabel(words []string) []string {
	var out []string
	for i, w := range words {
		label := strings.EqualFold(w, "practice") || strings.EqualFold(w, "process")
		if label && i+1 < len(words) && slices.Contains(labelled, strings.ToLower(words[i+1])) {
			continue
		}
		out = append(out, w)
	}
	return out
}

var labelled = []string{"owner", "owners", "manager", "managers"}

// QuestionAbout is what somebody wants to know of a thing.
type QuestionAbout string

// What can be asked.
const (
	WhoAnswers QuestionAbout = "answers" // who has the A; of a practice, process or service, its Owner
	WhoDoes    QuestionAbout = "does"
	WhoAdvises QuestionAbout = "input"
	WhoIsTold  QuestionAbout = "told"
	WhoManages QuestionAbout = "manages"
	WhoHolds   QuestionAbout = "holds" // who wears a hat
)

// Question is a text understood as one; About is "" where it is none. Words are what it asks about, On the day that it
// asks of, which may lie ahead; nil is today.
type Question struct {
	About   QuestionAbout
	Words   []string
	On      *time.Time
	Decides bool // it asks who decides, approves, authorises or signs something off
}

// Day is the day that a question asked on today is about.
func (q Question) Day(today time.Time) time.Time {
	if q.On != nil {
		return *q.On
	}
	return today
}

// Letter is what the question asks a matrix for.
func (q Question) Letter() Letters {
	return map[QuestionAbout]Letters{WhoAnswers: LetterA, WhoDoes: LetterR, WhoAdvises: LetterC, WhoIsTold: LetterI}[q.About]
}

// phrases begin questions, the longest first of those that begin alike.
var phrases = func() []phrase {
	var all []phrase
	for about, list := range map[QuestionAbout]string{
		WhoAnswers: "who answers for|who answers|who answer for|who is accountable for|who is accountable|who is answerable for|accountable for|answers for|" +
			"who decides on|who decides about|who decides whether|who decides if|who decides|who decide|who can decide|who may decide|who approves|who can approve|who may approve|" +
			"who answered for|who answered|who was accountable for|who was accountable|who was answerable for|who decided on|who decided about|who decided|who approved|" +
			"who signed off|who signed|who owned|who was the owner of|who was owner of|who had the last word on|who had the a for|who had the a in|" +
			"who signs off|who signs|who authorises|who authorizes|who owns|who is the owner of|who is owner of|owner of|who has the last word on|who has the a for|who has the a in",
		WhoDoes: "who did|who performed|who carried out|who handled|who ran|who was responsible for|who was responsible|who does|who do|who performs|who carries out|who executes|who handles|who works on|who runs|who is responsible for|who is responsible|responsible for|does",
		WhoAdvises: "who gave input to|who gave input on|who gave input|who was consulted on|who was consulted about|who was consulted|who advised on|who was asked about|who was asked|" +
			"who gives input to|who gives input on|who gives input|who is consulted on|who is consulted about|who is consulted for|who is consulted|who advises on|" +
			"who advises|who is asked about|who is asked|who must be asked about|who must be asked",
		WhoIsTold: "who was told about|who was told of|who was told|who was informed about|who was informed of|who was informed|who is told about|who is told of|who is told|who is informed about|who is informed of|who is informed|who must be told about|who must be told|who hears about|" +
			"who needs to know about",
		WhoManages: "who managed|who was the manager of|who was manager of|who manages|who is the manager of|who is manager of|manager of",
		WhoHolds:   "who was the|who was|who were the|who were|who wore|who held|who had|who is the|who is|who are the|who are|who wears|who holds|who has|who acts as|whos|holder of|holders of",
	} {
		for text := range strings.SplitSeq(list, "|") {
			all = append(all, phrase{strings.Fields(text), about})
		}
	}
	slices.SortFunc(all, func(a, b phrase) int {
		if d := len(b.words) - len(a.words); d != 0 {
			return d
		}
		return slices.Compare(a.words, b.words)
	})
	return all
}()

type phrase struct {
	words []string
	about QuestionAbout
}

// decides says that the phrase asks for a decision, not for whoever answers at large.
func (p phrase) decides() bool {
	return slices.ContainsFunc(p.words, func(w string) bool {
		return slices.ContainsFunc([]string{"decide", "approve", "authori", "sign"}, func(verb string) bool { return strings.HasPrefix(w, verb) })
	})
}

// fillers stand between a question and what it is about, and mean nothing.
var fillers = map[string]bool{"the": true, "a": true, "an": true, "our": true, "this": true, "that": true, "hat": true, "role": true, "of": true, "for": true}

// Ask understands a text as a question on a day, if it is one.
func Ask(text string, today time.Time) Question {
	words, on := dayOf(textWords(strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))), today)
	words = WithoutLabel(words)
	if len(words) > 0 && words[0] == "whos" {
		words = append([]string{"who", "is"}, words[1:]...)
	}
	words = ahead(words)
	for _, p := range phrases {
		if about := p.follows(words); len(about) > 0 {
			return Question{p.about, about[:min(len(about), searchWordsMost)], on, p.decides()} // the words of the question itself are not looked for
		}
	}
	return Question{}
}

// ahead is a question about days ahead in the words of one about today: "who will answer for", "who will be responsible for".
func ahead(words []string) []string {
	if len(words) < 3 || words[0] != "who" || words[1] != "will" && words[1] != "shall" {
		return words
	}
	verb := words[2] + "s"
	switch does, y := strings.CutSuffix(words[2], "y"); {
	case words[2] == "be":
		verb = "is"
	case words[2] == "have":
		verb = "has"
	case words[2] == "do":
		verb = "does"
	case y:
		verb = does + "ies"
	}
	return slices.Concat([]string{"who", verb}, words[3:])
}

// follows is what a question that begins with the phrase is about.
func (p phrase) follows(words []string) []string {
	if len(words) <= len(p.words) || words[0] != p.words[0] || !slices.EqualFunc(words[:len(p.words)], p.words, means) {
		return nil
	}
	about := words[len(p.words):]
	for len(about) > 0 && fillers[about[0]] {
		about = about[1:]
	}
	for len(about) > 0 && (about[len(about)-1] == "hat" || about[len(about)-1] == "role") {
		about = about[:len(about)-1]
	}
	return about
}

// means says that a word is another one, or that one with a letter wrong, missing or too many, or two that changed places;
// short ones would be too many others.
func means(word, of string) bool {
	a, b := []rune(word), []rune(of)
	if word == of || len(b) < 5 {
		return word == of
	}
	switch distance(a, b, 2) {
	case 1:
		return true
	case 2:
		slices.Sort(a)
		slices.Sort(b)
		return slices.Equal(a, b)
	}
	return false
}
