package library

import (
	"fmt"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
)

// reader reads one file of the library, line by line. The first fault ends it.
type reader struct {
	file     string
	line     int
	category itsm.Category
	entries  []itsm.LibraryPractice
	at       string // the field that indented lines belong to
}

func parse(file, text string, category itsm.Category) ([]itsm.LibraryPractice, error) {
	r := &reader{file: file, category: category}
	for line := range strings.Lines(text) {
		r.line++
		line = strings.TrimRight(line, " \n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		indented := strings.TrimLeft(line, " ")
		var err error
		if indented != line {
			err = r.detail(indented)
		} else {
			word, value, _ := strings.Cut(line, " ")
			err = r.field(word, value)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", r.file, r.line, err)
		}
	}
	return r.entries, nil
}

func (r *reader) entry() *itsm.LibraryPractice { return &r.entries[len(r.entries)-1] }

// field reads a line that stands at the edge.
func (r *reader) field(word, value string) error {
	if value == "" {
		return fmt.Errorf("%q says nothing", word)
	}
	if word == "practice" {
		r.entries, r.at = append(r.entries, itsm.LibraryPractice{Key: itsm.LibraryKey(value), Name: value, Category: r.category}), word
		return nil
	}
	if len(r.entries) == 0 {
		return fmt.Errorf("%q before the first practice", word)
	}
	p := r.entry()
	r.at = word
	switch word {
	case "framework":
		p.Source = source(value)
	case "purpose":
		p.Purpose = value
	case "manager":
		p.Manager = value
	case "profile":
		p.Profile = value
	case "whoever":
		p.Whoever = split(value, ";")
	case "with":
		p.Elsewhere = split(value, ";")
	case "measure":
		p.Measures = append(p.Measures, value)
	case "role":
		name, purpose, _ := strings.Cut(value, ": ")
		name, perCase := strings.CutSuffix(name, " (per case)")
		p.Roles = append(p.Roles, itsm.LibraryRole{Source: p.Source, Name: name, PerCase: perCase, Purpose: purpose})
	case "process":
		return r.process(value)
	case "policy":
		title, statement, _ := strings.Cut(value, ": ")
		p.Policies = append(p.Policies, itsm.LibraryPolicy{Title: title, Statement: statement})
	default:
		return fmt.Errorf("%q is no field", word)
	}
	return nil
}

func (r *reader) process(value string) error {
	kind, rest, _ := strings.Cut(value, " ")
	if kind != string(itsm.Daily) && kind != string(itsm.Care) {
		return fmt.Errorf("a process is daily or care, not %q", kind)
	}
	p := r.entry()
	name, purpose, _ := strings.Cut(rest, ": ")
	p.Processes = append(p.Processes, itsm.LibraryProcess{Source: p.Source, Name: name, Kind: itsm.ProcessKind(kind), Purpose: purpose})
	return nil
}

// detail reads an indented line of the field above it.
func (r *reader) detail(line string) error {
	p := r.entry()
	word, value, _ := strings.Cut(line, " ")
	switch {
	case r.at == "role" && !strings.ContainsAny(word, "-+"):
		return roleDetail(&p.Roles[len(p.Roles)-1], word, value)
	case r.at == "role" && word == "-":
		role := &p.Roles[len(p.Roles)-1]
		role.Duties = append(role.Duties, value)
	case r.at == "role" && word == "+":
		role := &p.Roles[len(p.Roles)-1]
		role.Authorities = append(role.Authorities, value)
	case r.at == "policy" && word == "why":
		p.Policies[len(p.Policies)-1].Why = value
	case r.at == "process" && word == "from":
		p.Processes[len(p.Processes)-1].Source = source(value)
	case r.at == "process" && word == "=":
		return r.letters(value)
	case r.at == "process" && strings.HasSuffix(word, "."):
		c := &p.Processes[len(p.Processes)-1]
		if want := fmt.Sprintf("%d.", len(c.Activities)+1); word != want {
			return fmt.Errorf("activity %s stands where %s belongs", word, want)
		}
		name, text, _ := strings.Cut(value, ": ")
		c.Activities = append(c.Activities, itsm.LibraryActivity{Name: name, Text: text})
	default:
		return fmt.Errorf("%q belongs to no %s", word, r.at)
	}
	return nil
}

// roleDetail reads what a role is beyond its texts: whose words it follows, its kind, how many should wear it ("1 1", or
// "1 -" without a limit), and whether it stands outside the office.
func roleDetail(role *itsm.LibraryRole, word, value string) error {
	switch kind := itsm.RoleKind(value); {
	case word == "from":
		role.Source = source(value)
	case word == "outside" && value == "":
		role.Outside = true
	case word == "as" && (kind == itsm.Owner || kind == itsm.Manager):
		role.Kind = kind
	case word == "holders":
		least, most, _ := strings.Cut(value, " ")
		n, err := strconv.Atoi(least)
		if err != nil {
			return fmt.Errorf("%q is no number of holders", value)
		}
		role.Min = &n
		if m, err := strconv.Atoi(most); err == nil {
			role.Max = &m
		}
	default:
		return fmt.Errorf("%q belongs to no role", word)
	}
	return nil
}

// letters reads the row of the matrix of the activity above: "A Manager; R Tester, User".
func (r *reader) letters(row string) error {
	c := &r.entry().Processes[len(r.entry().Processes)-1]
	if len(c.Activities) == 0 {
		return fmt.Errorf("a row before the first activity")
	}
	a := &c.Activities[len(c.Activities)-1]
	for _, part := range split(row, ";") {
		word, roles, _ := strings.Cut(part, " ")
		set, ok := itsm.ParseLetters(word)
		if !ok || set == 0 {
			return fmt.Errorf("%q are no letters", word)
		}
		for _, role := range split(roles, ",") {
			a.Letters = append(a.Letters, itsm.LibraryLetters{Role: role, Letters: set})
		}
	}
	return nil
}

// source reads "ITIL 4" or "Hatrack".
func source(text string) itsm.Source {
	framework, version, _ := strings.Cut(text, " ")
	return itsm.Source{Framework: framework, Version: version}
}

func split(list, by string) []string {
	var out []string
	for part := range strings.SplitSeq(list, by) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// alias gives entries the other names they go by.
func alias(all []itsm.LibraryPractice, text string) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := split(line, "|")
		if len(parts) != 3 {
			return fmt.Errorf("names.txt:%d: %q is not: framework | name | practice", n, line)
		}
		found := false
		for i := range all {
			if all[i].Name == parts[2] {
				all[i].Aliases, found = append(all[i].Aliases, itsm.LibraryName{Framework: parts[0], Name: parts[1]}), true
			}
		}
		if !found {
			return fmt.Errorf("names.txt:%d: there is no practice %q", n, parts[2])
		}
	}
	return nil
}
