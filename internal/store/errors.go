package store

import (
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// refusals says what a constraint means to the person who met it: the field, and a sentence. Names of constraints are
// an interface; a test holds that each of them exists.
var refusals = map[string]itsm.Problem{
	"label_length":                    {Text: "A name needs 1 to 200 characters."},
	"prose_length":                    {Text: "A text may hold at most 20,000 characters."},
	"region_name":                     {Field: "name", Text: "There is a region of this name already."},
	"region_no_cycle":                 {Field: "parent", Text: "A region cannot lie within itself. Choose another one above it."},
	"region_not_its_own_parent":       {Field: "parent", Text: "A region cannot lie within itself. Choose another one above it."},
	"company_name":                    {Field: "name", Text: "There is a company of this name already."},
	"team_name":                       {Field: "name", Text: "There is a team of this name already."},
	"membership_once":                 {Field: "person", Text: "This person is in the team on some of these days already."},
	"membership_within_employment":    {Field: "until", Text: "The membership would outlast the person's last day. End it on that day or before."},
	"absence_once":                    {Field: "from", Text: "Some of these days are entered as absence already."},
	"person_external_id":              {Field: "external_id", Text: "Another person has this external id."},
	"person_leaves_without_hats":      {Field: "last_day", Text: "A hat or a membership was added meanwhile that outlasts this day. Look again and repeat."},
	"reporting_line_not_oneself":      {Field: "manager", Text: "Nobody reports to themselves."},
	"account_email":                   {Field: "email", Text: "Another account signs in with this e-mail address."},
	"account_person":                  {Field: "person", Text: "This person has an account already."},
	"practice_name":                   {Field: "name", Text: "There is a practice of this name already."},
	"practice_relation_once":          {Field: "related", Text: "These two practices are related already."},
	"process_name":                    {Field: "name", Text: "The practice has a process of this name already."},
	"service_name":                    {Field: "name", Text: "There is a service of this name already."},
	"service_support_once":            {Field: "support", Text: "This supports the service already."},
	"role_name":                       {Field: "name", Text: "There is a role of this name there already."},
	"role_one_scope":                  {Text: "A role hangs on one practice, process or service. Start again from its page."},
	"role_one_owner":                  {Field: "kind", Text: "There is an Owner role there already; a scope has one."},
	"raci_cell_one_accountable":       {Field: "letters", Text: "Another role answers for this activity already. Move the A here instead."},
	"assignment_one_owner":            {Field: "person", Text: "Somebody else holds this hat on some of these days, and it has one holder. Hand it over instead."},
	"assignment_owner_is_a_person":    {Field: "holder", Text: "An Owner is a person, not a team or a company."},
	"assignment_manager_is_a_person":  {Field: "holder", Text: "A Manager is a person, not a team or a company."},
	"assignment_owner_is_worldwide":   {Field: "region", Text: "An Owner answers worldwide: leave region and service empty."},
	"assignment_acting_ends":          {Field: "until", Text: "Acting always ends: give a last day."},
	"assignment_within_employment":    {Field: "until", Text: "The hat would outlast the person's last day. End it on that day or before."},
	"assignment_not_by_oneself":       {Field: "person", Text: "Nobody appoints themselves. Ask somebody else who may appoint here."},
	"policy_number":                   {Field: "number", Text: "Another policy has this number already."},
	"policy_attachment_once":          {Field: "target", Text: "This policy governs it on some of these days already."},
	"assignment_backdated_has_reason": {Field: "reason", Text: "A day in the past needs a reason."},
}

// stale are constraints that only two people at once can meet.
var stale = map[string]string{
	"process_version_draft_only": "This version is in force and is not changed any more.",
	"assignment_not_rewritten":   "An assignment is ended or withdrawn, never rewritten.",
	"assignment_stays_withdrawn": "This assignment was withdrawn meanwhile.",
	"raci_cell_column":           "The role was taken out of this matrix meanwhile. Load the page again.",
	"raci_cell_step":             "The activity was taken out of this process meanwhile. Load the page again.",
	"accepted_gap_once":          "Somebody else accepted this gap meanwhile. It stands among the accepted ones.",
	"action_once":                "Somebody else planned this meanwhile. The gap shows who does it, and by when.",
	"event_undone_once":          "This was undone already.",
	"review_once":                "It was reviewed today already.",
	"step_once":                  "The activity is in this process already.",
}

// translate turns what the database refused into an error of itsm; anything else passes as it is.
func translate(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.NotFound{What: "page"}
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	if p, ok := refusals[pg.ConstraintName]; ok {
		return itsm.Invalid{Problems: []itsm.Problem{p}}
	}
	if text, ok := stale[pg.ConstraintName]; ok {
		return itsm.Conflict{Text: text}
	}
	if pg.Code == "55P03" { // another write holds the row for longer than lock_timeout
		return itsm.Conflict{Text: "Somebody else is changing the same thing just now. Wait a moment and repeat."}
	}
	if pg.Code == "23503" { // a foreign key: what the form named is not there, or something still hangs on it
		return itsm.Conflict{Text: "Something this needs was removed meanwhile, or something else still hangs on it. Load the page again."}
	}
	return err
}
