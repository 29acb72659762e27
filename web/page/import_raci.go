package page

import (
	"fmt"
	"hash/fnv"
	"strconv"

	"hatrack/web/ui"
)

// ImportRACICrumbs lead to the pages that bring grids.
func ImportRACICrumbs() []ui.Link {
	return append(ImportKind{}.Crumbs(), ui.Link{Text: "RACI grids", Href: ImportRACIURL(0)})
}

// BatchCrumbs lead to the pages of one upload.
func BatchCrumbs(id int64) []ui.Link {
	return append(ImportRACICrumbs(), ui.Link{Text: "These files", Href: BatchURL(id)})
}

// BatchURL is the overview of an upload.
func BatchURL(id int64) string { return "/import/raci/" + strconv.FormatInt(id, 10) }

// BatchPlanURL shows what an upload would do.
func BatchPlanURL(id int64) string { return BatchURL(id) + "/plan" }

// BatchGridURL is one grid of an upload.
func BatchGridURL(id int64, key string) string { return BatchURL(id) + "/grids/" + key }

// FieldKey is a text as the name of a field: short, and without brackets.
func FieldKey(text string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return strconv.FormatUint(h.Sum64(), 36)
}

// age tells uploads apart that are called alike: when they came.
func (w WaitingGrids) age() string {
	switch minutes := int(w.Age.Minutes()); {
	case minutes < 1:
		return "just now"
	case minutes < 60:
		return ui.Plural(minutes, "minute", "minutes") + " ago"
	default:
		return ui.Plural(minutes/60, "hour", "hours") + " ago"
	}
}

func keyed(what, key string) string { return what + "[" + key + "]" }

func lineName(what string, line int) string { return fmt.Sprintf("%s[%d]", what, line) }

func (v BatchResult) lede() string {
	added, changed, out := 0, 0, 0
	for _, p := range v.Processes {
		added, changed, out = added+p.Added, changed+p.Changed, out+p.TakenOut
	}
	text := ui.Plural(len(v.Processes), "process", "processes") + ", " + ui.Plural(added, "activity", "activities") + " added"
	if changed > 0 {
		text += fmt.Sprintf(", %d changed", changed)
	}
	if out > 0 {
		text += fmt.Sprintf(", %d taken out", out)
	}
	if v.Roles > 0 {
		text += ", " + ui.Plural(v.Roles, "role", "roles") + " added"
	}
	return text + "; one change, which can be undone as a whole."
}
