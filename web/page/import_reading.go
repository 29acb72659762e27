package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// orientationWords are the ways round, in words.
var orientationWords = map[string]string{
	"activity-role": "a row for each activity", "role-activity": "a row for each role", "activity-letter": "a column for each letter, roles in the cells",
	"person-letter": "a column for each letter, a row for each person", "list": "roles under each activity",
}

func orientationWord(o string) string {
	if word := orientationWords[o]; word != "" {
		return word
	}
	return "not understood"
}

func (v BatchGrid) headWord() string {
	if v.Reading.Head == 0 {
		return "no row of names"
	}
	return "names in row " + strconv.Itoa(v.Reading.Head)
}

func (v BatchGrid) orientations() []ui.Option {
	options := []ui.Option{{Text: "As it looks"}}
	if v.Reading.Chosen == "" {
		options[0] = ui.Option{Text: "As it looks: " + orientationWord(v.Reading.Orientation), Selected: true}
	}
	if v.Reading.List && len(v.Reading.Rows) == 0 {
		return options
	}
	for _, o := range []string{"activity-role", "role-activity", "activity-letter", "person-letter"} {
		word := orientationWords[o]
		options = append(options, ui.Option{Value: o, Text: strings.ToUpper(word[:1]) + word[1:], Selected: v.Reading.Chosen == o})
	}
	return options
}

// noColumns says why a grid has no columns to choose, and what can be done instead.
func (v BatchGrid) noColumns() string {
	switch r := v.Reading; {
	case r.List && len(r.Rows) > 0:
		return "It was read out of a list, a line for each role of an activity: so it has no columns to choose. If it is a grid, say which way round, or which row has the names."
	case r.List:
		return "It was read out of a list: its activities, roles and letters stand in lines of text, and it has no columns to choose. If something is wrong, change it in the file and bring it again, or in the matrix once it is in."
	case r.Ticks:
		return "It was read out of marks under the letters of each role: so it has no columns to choose. If it is another grid, say which way round, or which row has the names."
	}
	return ""
}

// notRead says what can be said above about a grid of which nothing was understood.
func (v BatchGrid) notRead() string {
	var say []string
	if len(v.orientations()) > 1 {
		say = append(say, "which way round it is")
	}
	if len(v.Reading.Rows) > 1 {
		say = append(say, "which row has the names")
	}
	if len(v.Reading.Columns) > 0 {
		say = append(say, "what its columns are")
	}
	if len(v.Reading.Signs) > 0 {
		say = append(say, "what its letters mean")
	}
	if len(say) == 0 {
		return "If it is one, change its file so that a row names the roles, and bring it again."
	}
	last := len(say) - 1
	text := say[last]
	if last > 0 {
		text = strings.Join(say[:last], ", ") + " and " + text
	}
	text = "If it is one, say above " + text + "."
	if len(v.Reading.Columns) == 0 {
		text += " Then its columns can be chosen."
	}
	return text
}

// choosable says that there is something to choose about the reading.
func (v BatchGrid) choosable() bool {
	return len(v.orientations()) > 1 || len(v.Reading.Rows) > 1 || len(v.Reading.Columns)+len(v.Reading.Signs) > 0
}

func (v BatchGrid) heads() []ui.Option {
	var options []ui.Option
	for _, r := range v.Reading.Rows {
		options = append(options, ui.Option{Value: strconv.Itoa(r.Line), Text: fmt.Sprintf("%d: %s", r.Line, clip(r.Text)), Selected: r.Line == v.Reading.Head})
	}
	if v.Reading.Head == 0 {
		options = append([]ui.Option{{Value: "0", Text: "None", Selected: true}}, options...)
	}
	return options
}

// columnUses are what a column may be.
var columnUses = []ui.Option{
	{Value: "activity", Text: "Activities"}, {Value: "role", Text: "Role"}, {Value: "group", Text: "Groups"}, {Value: "id", Text: "Numbers"},
	{Value: "note", Text: "Notes"}, {Value: "ignore", Text: "Leave out"},
}

// useOptions are what a column may be. Where each letter has a column, what holds roles is one of these.
func (v BatchGrid) useOptions(use string) []ui.Option {
	options := slices.Clone(columnUses)
	for i := range options {
		options[i].Selected = options[i].Value == use
		switch o := v.Reading.Orientation; {
		case options[i].Value == "role" && (o == "activity-letter" || o == "person-letter"):
			options[i].Text = "A letter"
		case options[i].Value == "activity" && o == "person-letter":
			options[i].Text = "People"
		case options[i].Value == "activity" && o == "role-activity":
			options[i].Text = "Roles"
		case options[i].Value == "role" && o == "role-activity":
			options[i].Text = "An activity"
		}
	}
	return options
}

func (v BatchGrid) signOptions(s GridSign) []ui.Option {
	asked := "Ask me"
	if l, ok := itsm.ParseLetters(s.Sign); ok && len(s.Sign) == 1 {
		asked = s.Sign + ", " + letterWord[l]
	}
	options := []ui.Option{{Text: asked, Selected: s.Means == ""}}
	for _, l := range []itsm.Letters{itsm.LetterA, itsm.LetterR, itsm.LetterC, itsm.LetterI, itsm.LetterS} {
		if l.String() == s.Sign || l == itsm.LetterS && !v.Supports {
			continue
		}
		options = append(options, ui.Option{Value: l.String(), Text: l.String() + ", " + letterWord[l], Selected: s.Means == l.String()})
	}
	return append(options, ui.Option{Value: "-", Text: "Nothing", Selected: s.Means == "-"})
}
