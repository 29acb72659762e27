package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// OnDay heads what stood on a day: "On 3 Mar 2026".
func OnDay(day time.Time) string { return "On " + itsm.ShowDay(day) }

// rows are those that the reader wants to see.
func (v Compare) rows() []itsm.ComparedRow {
	if v.OnlyChanged {
		return v.Comparison.Changed()
	}
	return v.Comparison.Rows
}

// lede counts what changed between the days.
func (v Compare) lede() string {
	place := ""
	if r, ok := v.Comparison.To.Region(v.Region); ok {
		place = " in " + r.Name
	}
	n, all := len(v.Comparison.Changed()), len(v.Comparison.Rows)
	between := fmt.Sprintf("between %s and %s%s.", itsm.ShowDay(v.Comparison.From.Day), itsm.ShowDay(v.Comparison.To.Day), place)
	switch {
	case all == 0:
		return "There is no activity to compare yet."
	case n == 0:
		return "Nothing changed " + between
	}
	return fmt.Sprintf("In %d of %s something changed %s", n, ui.Plural(all, "activity", "activities"), between)
}

// standing says what of both days is as it is today.
const standing = "People are as on each day. Letters and texts are as they are today, on both."

// moved says of each day on which the process was not on record yet, or lay in another practice than today, that it was so.
func (v Compare) moved() (said []ui.Notice) {
	for _, m := range []*itsm.Matrix{v.Comparison.From, v.Comparison.To} {
		if m.Lay != nil {
			said = append(said, ui.Notice{Tone: ui.Ask, Text: layText(m.Lay, m.Process, m.Day), Links: layLinks(m.Lay, &m.Day)})
		} else if m.Recorded != nil {
			said = append(said, ui.Notice{Tone: ui.Ask, Text: unrecordedText(m.Process, *m.Recorded, m.Day)})
		}
	}
	return said
}

func (v Compare) reset() string {
	if v.Region == 0 && !v.OnlyChanged {
		return ""
	}
	m := v.Comparison.To
	return CompareURL(m.ProcessID, m.Process, v.From, v.To, 0)
}

// export is the comparison as files.
func (v Compare) export() []ui.Link {
	if len(v.Wrong) > 0 || len(v.Comparison.Rows) == 0 {
		return nil
	}
	m := v.Comparison.To
	address := CompareURL(m.ProcessID, m.Process, v.From, v.To, v.Region)
	if v.OnlyChanged {
		address += "&changed=1"
	}
	return ListFiles(address)
}

// matrixOn leads to the whole matrix of one of the days.
func (v Compare) matrixOn(day time.Time) string {
	m, q := v.Comparison.To, url.Values{}
	if v.Region != 0 {
		q.Set("region", number(v.Region))
	}
	if !day.Equal(v.Today) {
		q.Set("on", itsm.ISODay(day))
	}
	return query(RACIURL(m.ProcessID, m.Process), q)
}

// late says of both days what was put on record only afterwards.
func (v Compare) late() []string {
	var lines []string
	for _, m := range []*itsm.Matrix{v.Comparison.From, v.Comparison.To} {
		for _, text := range (answered{Days: Days{m.Day, v.Today}, Matrix: m}).late() {
			lines = append(lines, OnDay(m.Day)+": "+text)
		}
	}
	return lines
}

// doersShown are named in a cell; the roles' pages name all.
const doersShown = 6

// doersText names those who wear a letter, by role: "Incident manager: Ana Souza in APAC, Jonas Weber in EMEA".
func doersText(list []itsm.Doer) string { return doersOf(list, doersShown) }

// doersOf is doersText with at most so many names of a role.
func doersOf(list []itsm.Doer, most int) string {
	var parts []string
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Role.ID == list[0].Role.ID {
			n++
		}
		parts, list = append(parts, list[0].Role.Name+": "+namesOf(list[:n], most)), list[n:]
	}
	return strings.Join(parts, "; ")
}

func doerNames(list []itsm.Doer) string { return namesOf(list, doersShown) }

func namesOf(list []itsm.Doer, most int) string {
	var names []string
	for _, d := range list[:min(len(list), most)] {
		names = append(names, doerName(d))
	}
	text := strings.Join(names, ", ")
	if more := len(list) - len(names); more > 0 {
		text += " and " + ui.Count(more) + " more"
	}
	return text
}

func doerName(d itsm.Doer) string {
	switch {
	case d.InCase && d.Role.Kind == itsm.Whoever:
		return "whoever it is in the case"
	case d.InCase:
		return "the one named in the record"
	case d.Unrecorded:
		return "nobody on record"
	case d.Lay != "":
		return "whoever wore it in " + d.Lay
	case d.Name == "":
		return "nobody"
	}
	name := d.Name
	switch {
	case d.Capacity == itsm.Deputy && d.For != "":
		name += " (signs for " + d.For + ")"
	case d.Capacity == itsm.Deputy:
		name += " (standing in)"
	case d.For != "":
		name += " (for " + d.For + ")"
	}
	if d.Capacity == itsm.Acting {
		name += " (acting)"
	}
	if d.Region != "" {
		name += " in " + d.Region
	}
	if d.Service != "" {
		name += " for " + d.Service
	}
	return name
}

// changeText says what is other about a letter: "Ana Souza instead of Marta Nowak".
func changeText(l itsm.ComparedLetter) string {
	if len(l.Begun) == 0 {
		return "no longer " + doersNamed(l.Ended, l.Begun)
	}
	if len(l.Ended) == 0 {
		return "new: " + doersNamed(l.Begun, l.Ended)
	}
	return doersNamed(l.Begun, l.Ended) + " instead of " + doersNamed(l.Ended, l.Begun)
}

// doersNamed names some by themselves, and by their role where the other side of the sentence has another.
func doersNamed(list, other []itsm.Doer) string {
	for _, d := range append(append([]itsm.Doer{}, list...), other...) {
		if d.Role.ID != list[0].Role.ID {
			return doersText(list)
		}
	}
	return doerNames(list)
}

// filed are all names in a file, where no lighter letter says that the Owner answers without an A of the row.
func filed(list []itsm.Doer) string {
	text := doersOf(list, len(list))
	if len(list) > 0 && list[0].FromOwner {
		text += " (from the Owner)"
	}
	return text
}

// Lines are the comparison as rows of a file.
func (v Compare) Lines() (lines [][]string) {
	lines = append(lines, []string{"", "", "", "", "", standing})
	for _, n := range v.moved() {
		lines = append(lines, []string{"", "", "", "", "", n.Text})
	}
	for _, r := range v.rows() {
		for _, l := range r.Letters {
			change := ""
			if l.Changed() {
				change = changeText(l)
			}
			lines = append(lines, []string{strconv.Itoa(r.Position), r.Name, l.Letter.String(), filed(l.From), filed(l.To), change})
		}
	}
	return lines
}
