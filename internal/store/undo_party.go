package store

import (
	"context"
	"encoding/json"
	"errors"

	"hatrack/internal/itsm"
)

// standsAgain refuses to bring back what could not be done anew, once a row is as it was before an event: a lead or a
// contact who has left, an archived team or company that holds hats. Other tables keep their rules by constraints.
func (t *tx) standsAgain(ctx context.Context, c changeRow) error {
	party, of := parties[c.TableName]
	if !of || c.Before == nil {
		return nil
	}
	for _, field := range party.people {
		var was int64
		if string(c.Before[field]) == string(c.After[field]) || json.Unmarshal(c.Before[field], &was) != nil || was == 0 {
			continue
		}
		err := t.here(ctx, was, field)
		var invalid itsm.Invalid
		if errors.As(err, &invalid) {
			return itsm.Conflict{Text: "This cannot be undone any more: " + t.name(ctx, "person", was) + ", who would be named again, has left."}
		}
		if err != nil {
			return err
		}
	}
	if archived := string(c.Before["archived_at"]); archived != "null" && archived != "" && c.After != nil && string(c.After["archived_at"]) == "null" {
		return t.holdsNothing(ctx, party.who, party.column, c.RowID)
	}
	return nil
}

// parties are the tables of those who hold hats together, with the columns that name people.
var parties = map[string]struct {
	who, column string
	people      []string
}{
	"team":    {"This team", "team_id", []string{"lead_id"}},
	"company": {"This company", "company_id", []string{"our_contact_id", "their_contact_id"}},

	"action": {people: []string{"person_id"}}, "reporting_line": {people: []string{"person_id", "manager_id"}},
}
