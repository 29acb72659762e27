package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
)

// tableWords name the rows of the trail as people call them.
var tableWords = map[string]string{
	"assignment": "Hat", "raci_cell": "Letters", "raci_column": "Column", "step": "Activity", "activity": "Activity", "process": "Process",
	"process_version": "Process", "process_item": "Definition", "practice": "Practice", "practice_relation": "Related practices", "role": "Role",
	"service": "Service", "service_support": "Support", "hand_off": "Hand-off", "person": "Person", "team": "Team", "company": "Company",
	"membership": "Team member", "reporting_line": "Reporting line", "absence": "Absence", "region": "Region", "account": "Account",
	"account_grant": "Grant", "organisation": "Settings", "mistake": "Report", "accepted_gap": "Accepted gap", "action": "Action",
	"policy": "Policy", "policy_version": "Policy", "policy_attachment": "Policy at work", "review": "Review", "steering_line": "Steering line",
}

// fieldWords name the columns whose own name is no word of the screen.
var fieldWords = map[string]string{
	"during": "Days", "employed": "With the organisation", "name": "Name", "sort_name": "Sorted as", "area": "Scope", "text": "What is done", "steering_line.text": "Line",
	"scope": "Scope", "wanted_min": "Wanted, at least", "wanted_max": "Wanted, at most", "per_case": "Per case", "outside_office": "Outside the office", "is_primary": "Line manager", "told_how": "Told how",
	"role_id": "Role", "person_id": "Person", "lead_id": "Lead", "manager_id": "Manager", "recorded_by": "Recorded by", "external_id": "Number",
	"organisation_people": "Organisations and people", "information_technology": "Information and technology", "partners_suppliers": "Partners and suppliers",
	"value_streams": "Value streams and processes", "email": "E-mail", "password_hash": "Password", "archived_at": "Archived", "review_months": "Months between reviews", "review_due": "Next review",
}

// editedWords name the fields of an edit, in its sentence: "name and what is done".
func editedWords(fields []string) string {
	var words []string
	for _, f := range fields {
		table, column, _ := strings.Cut(f, ".")
		word := strings.ToLower(fieldWord(column))
		switch {
		case table == "process_item":
			word = column + "s"
		case f == "process_version.scope":
			word = "scope"
		case f == "team.lead_id":
			word = "lead"
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// silentFields say nothing to a reader: no page speaks of drafts and versions while there is one of each.
var silentFields = []string{"id", "counter", "version_id", "role_kind", "policy_version.number", "policy_version.state", "process_version.number", "process_version.state"}

// usual are what stands in a column unless somebody says otherwise: of a row that came or went it says nothing.
var usual = map[string]string{
	"assignment.acceptance": "told", "assignment.capacity": "holder", "assignment.announced": "yes", "policy.driver": "internal", "process.kind": "daily",
	"organisation.owner_label": "practice", "organisation.external_sees": "own",
}

// saysNothing says that a value of a row that came or went is what it would be anyway: a "no" is, where "yes" is not usual.
func saysNothing(table, column, value string) bool {
	is, known := usual[table+"."+column]
	return known && value == is || !known && value == "no"
}

// silent says that a column of a table says nothing to a reader.
func silent(table, column string) bool {
	return slices.Contains(silentFields, column) || slices.Contains(silentFields, table+"."+column)
}

// fieldOf is fieldWord where a table has its own word for what others call the same.
func fieldOf(table, column string) string {
	if word := fieldWords[table+"."+column]; word != "" {
		return word
	}
	return fieldWord(column)
}

func fieldWord(column string) string {
	if word := fieldWords[column]; word != "" {
		return word
	}
	word := strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(column, "_id"), "_on"), "_", " ")
	return strings.ToUpper(word[:1]) + word[1:]
}

// refColumns are the columns that refer to what has a name, with its kind.
var refColumns = map[string]string{
	"role_id": "role", "merged_into_id": "role", "practice_id": "practice", "related_id": "practice", "process_id": "process", "to_process_id": "process",
	"activity_id": "activity", "to_activity_id": "activity", "service_id": "service", "team_id": "team", "company_id": "company",
	"region_id": "region", "parent_id": "region", "policy_id": "policy", "person_id": "person", "manager_id": "person", "lead_id": "person",
	"recorded_by": "person", "done_by": "person", "planned_by": "person", "reviewed_by": "person", "accepted_by": "person", "asked_by": "person", "our_contact_id": "person", "their_contact_id": "person", "reported_by": "person", "owner_role_id": "role",
}

// refKinds is refColumns for the database, which looks a column up in it in one step.
var refKinds = func() string {
	text, err := json.Marshal(refColumns)
	if err != nil {
		panic(err)
	}
	return "'" + string(text) + "'::jsonb"
}()

// gave says that a change gave a hat, or proposed it.
func (c rowChange) gave() bool { return c.Table == "assignment" && c.Before == nil }

// took says that a change withdrew a hat.
func (c rowChange) took() bool {
	return c.Table == "assignment" && c.Before != nil && c.After["state"] == "withdrawn" && c.Before["state"] != "withdrawn"
}

// words are a row before and after as people read it; ok is false where nothing of it changed but a counter.
func (c rowChange) words(refs map[string]*string) (out itsm.RowChange, ok bool) {
	row, how := c.After, "added"
	switch {
	case c.After == nil:
		row, how = c.Before, "removed"
	case c.Before != nil:
		how = "changed"
	}
	out = itsm.RowChange{What: c.heading(row, refs), How: how, Stays: c.gave()}
	columns := map[string]bool{}
	for column := range c.Before {
		columns[column] = true
	}
	for column := range c.After {
		columns[column] = true
	}
	for column := range columns {
		before, after := fieldValue(column, c.Before[column], refs), fieldValue(column, c.After[column], refs)
		if silent(c.Table, column) || before == after || how != "changed" && saysNothing(c.Table, column, before+after) || how != "changed" && (column == "position" || named(column, row) || c.Table == "role" && slices.Contains(places, column)) {
			continue
		}
		out.Fields = append(out.Fields, itsm.FieldTrace{Name: fieldOf(c.Table, column), Before: before, After: after})
	}
	for _, column := range c.Hidden {
		out.Fields = append(out.Fields, itsm.FieldTrace{Name: fieldOf(c.Table, column), Hidden: true})
	}
	slices.SortFunc(out.Fields, func(a, b itsm.FieldTrace) int { return strings.Compare(a.Name, b.Name) })
	return out, len(out.Fields) > 0 || how != "changed"
}

// named says that a column stands in the heading of its row already.
func named(column string, row map[string]any) bool {
	if _, text := row[column].(string); column == "number" && text {
		return true
	}
	return column == "name" || row["name"] == nil && refColumns[column] != "" && column != "recorded_by" && column != "owner_role_id"
}

// heading names a row: by its own name, else by what it refers to.
func (c rowChange) heading(row map[string]any, refs map[string]*string) string {
	word := tableWords[c.Table]
	if word == "" {
		word = fieldWord(c.Table)
	}
	if name, ok := row["name"].(string); ok && name != "" {
		if c.Table == "role" {
			name = placedRole(row, refs)
		}
		return word + ": " + name
	}
	if number, ok := row["number"].(string); ok { // a policy's
		id, _ := row["id"].(json.Number)
		if title := refs["policy:"+id.String()]; title != nil {
			number += " " + *title
		}
		return word + ": " + number
	}
	var names []string
	for _, column := range []string{"person_id", "team_id", "company_id", "manager_id", "role_id", "activity_id", "process_id", "practice_id", "related_id", "service_id", "policy_id", "region_id"} {
		if name := fieldValue(column, row[column], refs); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return word
	}
	return word + ": " + strings.Join(names, ", ")
}

// places are the columns that say what a role hangs on.
var places = []string{"process_id", "practice_id", "service_id"}

// placedRole is a role's row by the name that the screen calls it, and what it hangs on; of what is gone, by its own.
func placedRole(row map[string]any, refs map[string]*string) string {
	id, _ := row["id"].(json.Number)
	if name := refs["role:"+id.String()]; name != nil {
		return *name
	}
	name, _ := row["name"].(string)
	for _, column := range places {
		if of := fieldValue(column, row[column], refs); of != "" {
			return name + " of " + of
		}
	}
	return name
}

// valueMost bounds what is shown of a long text.
const valueMost = 300

// fieldValue is a field as people read it; "" where nothing stands in it.
func fieldValue(column string, v any, refs map[string]*string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case json.Number:
		if kind := refColumns[column]; kind != "" {
			if name := refs[kind+":"+v.String()]; name != nil {
				return *name
			}
			return "(" + kind + " no longer there)"
		}
		return v.String()
	case string:
		return textValue(v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return textValue(string(text))
}

func textValue(text string) string {
	if day, ok := dayOf(text); ok {
		return itsm.ShowDay(day)
	}
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return itsm.ShowDay(at.UTC()) + ", " + at.UTC().Format("15:04") + " UTC"
	}
	if text == "(,)" {
		return "at any time"
	}
	if from, to, ok := strings.Cut(strings.TrimSuffix(strings.TrimLeft(text, "[("), ")"), ","); ok && strings.IndexAny(text, "[(") == 0 && strings.HasSuffix(text, ")") {
		first, a := dayOf(from)
		end, b := dayOf(to)
		switch {
		case a && b:
			return itsm.ShowDay(first) + " to " + itsm.ShowDay(end.AddDate(0, 0, -1))
		case a && to == "":
			return "from " + itsm.ShowDay(first)
		case b && from == "":
			return "until " + itsm.ShowDay(end.AddDate(0, 0, -1))
		}
	}
	if runes := []rune(text); len(runes) > valueMost {
		return string(runes[:valueMost]) + "…"
	}
	return text
}
