package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// undoable are the actions whose events can be taken back row by row, with the kinds of mention that say where such an
// event happened, the first one found: a sentence about a matrix may begin with a role of another practice.
var undoable = map[itsm.Action][]string{
	itsm.EditPractice: {"practice"}, itsm.EditProcess: {"process", "activity"}, itsm.EditRole: {"practice", "process", "service", "role"},
	itsm.AddPractice: {"practice"}, itsm.MoveToPractice: {"practice"}, itsm.MergePractices: {"practice"}, itsm.MergeRoles: {"role"}, itsm.EditService: {"service"}, itsm.ArchivePractice: {"practice"}, itsm.ArchiveProcess: {"process", "practice"},
	itsm.AddProcess: {"process"}, itsm.AddPolicy: {"policy"}, itsm.CloseMistake: {"process", "role"},
	itsm.ImportRACI: {"process"}, itsm.ReviewRole: {"role"}, itsm.ReviewPractitioner: {"role"}, itsm.ReviewProcess: {"process"}, itsm.ReviewPolicy: {"policy"}, itsm.EditPolicy: {"policy"},
	itsm.ImportHats: {}, itsm.ImportPolicies: {}, itsm.ImportPeople: {}, itsm.EditTeam: {}, itsm.EditCompany: {}, itsm.EditRegion: {}, itsm.SetIntervals: {}, // of the organisation
	itsm.EditPeople: {}, itsm.EditSettings: {}, itsm.EditSteering: {},
}

// byRows are the actions whose events can be taken back, too, and happened where their rows lie: sentences about hats, actions
// and the like do not say it.
var byRows = []itsm.Action{
	itsm.AppointOwner, itsm.AppointManager, itsm.AppointDeputy, itsm.AppointPractitioner, itsm.Propose, itsm.Answer,
	itsm.AttachPolicy, itsm.PlanAction, itsm.CloseAction, itsm.AcceptGaps, itsm.EditAbsence,
}

// undoColumns say where the rows of an event lie, and what speaks against taking it back. A hat's right hangs where its role
// does; of other rows, where what they are about does. What the holder answered, and how far a set-up came, never goes back.
var undoColumns = `
	CASE WHEN e.act IN (` + literals(append(slices.Clone(byRows), itsm.EditPeople)) + `) THEN (
		SELECT COALESCE(jsonb_agg(DISTINCT jsonb_build_object(
			'Hat', c.hat, 'RoleKind', COALESCE(c.j ->> 'role_kind', ''), 'Capacity', COALESCE(c.j ->> 'capacity', ''),
			'Again', c.hat AND c.before ->> 'state' = 'appointed' AND (c.before -> 'during', c.before -> 'state') IS DISTINCT FROM (c.after -> 'during', c.after -> 'state'),
			'PersonID', COALESCE((c.j ->> 'person_id')::bigint, 0),
			'Managers', CASE WHEN c.table_name = 'absence' THEN (
				WITH RECURSIVE up AS (
					SELECT manager_id FROM reporting_line WHERE person_id = (c.j ->> 'person_id')::bigint
					UNION SELECT l.manager_id FROM reporting_line l JOIN up ON l.person_id = up.manager_id)
				SELECT COALESCE(jsonb_agg(manager_id), '[]') FROM up) ELSE '[]' END,
			'PracticeID', COALESCE(tp.practice_id, tr.practice_id, (c.j ->> 'practice_id')::bigint, 0), 'ProcessID', COALESCE(tp.id, 0),
			'ServiceID', COALESCE(CASE WHEN NOT c.hat THEN (c.j ->> 'service_id')::bigint END, tr.service_id, 0), 'RegionID', COALESCE((c.j ->> 'region_id')::bigint, 0))), '[]')
		FROM (SELECT before, after, table_name, COALESCE(after, before) AS j, table_name = 'assignment' AS hat FROM change
		      WHERE event_id = e.id AND table_name IN ('assignment', 'absence', 'action', 'accepted_gap', 'policy_attachment')) c
		LEFT JOIN assignment ta ON ta.id = (c.j ->> 'assignment_id')::bigint
		LEFT JOIN policy ty ON c.table_name <> 'policy_attachment' AND ty.id = (c.j ->> 'policy_id')::bigint
		LEFT JOIN role tr ON tr.id = COALESCE((c.j ->> 'role_id')::bigint, ta.role_id, ty.owner_role_id)
		LEFT JOIN activity tk ON tk.id = (c.j ->> 'activity_id')::bigint
		LEFT JOIN process tp ON tp.id = COALESCE((c.j ->> 'process_id')::bigint, tk.process_id, tr.process_id)
	) ELSE '[]' END AS touched,
	CASE WHEN e.act = ` + literals([]itsm.Action{itsm.EditPeople}) + ` THEN ` + changes(`c.before IS NOT NULL AND c.hidden <> '{}'`) + ` ELSE false END AS unkept,
	CASE WHEN e.act IN (` + literals(append(slices.Clone(byRows), itsm.EditSettings)) + `) THEN ` + changes(`
		c.table_name IN ('assignment', 'organisation') AND c.before IS NOT NULL AND c.after IS NOT NULL
		AND (c.before -> 'acceptance', c.before -> 'set_up_step', c.before -> 'demo') IS DISTINCT FROM (c.after -> 'acceptance', c.after -> 'set_up_step', c.after -> 'demo')`) + `
	-- who gave up a hat, and so answered, is asked again
	AND NOT ` + changes(`c.table_name = 'assignment' AND c.before IS NOT NULL AND c.before -> 'during' IS DISTINCT FROM c.after -> 'during'`) + `
	ELSE false END AS final`

// changes says that event e made a change c that fulfils a condition. It counts: where events are large, an EXISTS is answered
// by reading every change there ever was.
func changes(where string) string {
	return `(SELECT count(*) > 0 FROM (SELECT FROM change c WHERE c.event_id = e.id AND ` + where + ` LIMIT 1) one)`
}

// literals are actions as SQL texts.
func literals(acts []itsm.Action) string {
	list := make([]string, len(acts))
	for i, act := range acts {
		list[i] = "'" + strings.ReplaceAll(string(act), "'", "''") + "'"
	}
	return strings.Join(list, ", ")
}

// undoable says whether an event is of those that can be taken back.
func (r momentRow) undoable() bool {
	if r.Final {
		return false
	}
	return undoable[itsm.Action(r.Act)] != nil || r.byRows() && len(r.Touched) > 0
}

// offered says whether a reader may take an event back, if nothing else stands against it. Writing is off on another day.
func (r momentRow) offered(by itsm.Actor) bool {
	return by.On == nil && !r.Undone && r.undoable() && r.allows(by) == nil
}

func (r momentRow) byRows() bool { return slices.Contains(byRows, itsm.Action(r.Act)) }

// mentioned are the things with a scope that an event's sentence mentions and that say where it happened, the first
// alone unless all of them have a say.
func mentioned(act itsm.Action, summary string) (found []placeRow) {
	for _, kind := range undoable[act] {
		for _, m := range mention.FindAllStringSubmatch(summary, -1) {
			if id, err := strconv.ParseInt(m[2], 10, 64); err == nil && m[1] == kind {
				found = append(found, placeRow{Kind: kind, ID: id})
			}
		}
		if len(found) > 0 && act != itsm.MergeRoles && act != itsm.MoveToPractice && act != itsm.MergePractices && act != itsm.ImportRACI {
			return found[:1]
		}
	}
	return found
}

// scopes are where an event happened. Where nothing says it, that is the organisation: for those who may do it anywhere.
func (r momentRow) scopes() (at []itsm.Scope) {
	if r.byRows() {
		for _, x := range r.Touched {
			at = append(at, x.Scope)
		}
		return at
	}
	for _, m := range mentioned(itsm.Action(r.Act), r.Summary) {
		for _, p := range r.Places {
			if p.Kind == m.Kind && p.ID == m.ID {
				at = append(at, p.Scope)
			}
		}
	}
	if len(at) == 0 {
		at = []itsm.Scope{{}}
	}
	return at
}

// allows refuses who may not do the opposite of what the event did, everywhere it did it.
func (r momentRow) allows(by itsm.Actor) error {
	act := itsm.Action(r.Act)
	for _, x := range r.Touched {
		if err := allowed(by, x.Undoing(act), x.Scope); err != nil {
			return err
		}
		switch {
		case by.Reappoints(x):
			return itsm.Forbidden{Why: refusals["assignment_not_by_oneself"].Text}
		case !by.MayUndo(act, x):
			return itsm.Forbidden{Why: "You appoint within your regions, and this is not in one of them alone."}
		}
	}
	if r.byRows() {
		return nil
	}
	for _, scope := range r.scopes() {
		if err := allowed(by, act.Undoing(), scope); err != nil {
			return err
		}
	}
	if x, is := r.reviewed(); is && !by.MayReview(x) {
		return itsm.Forbidden{Why: ownReview}
	}
	return nil
}

// reviewed is what a review was of.
func (r momentRow) reviewed() (x itsm.Reviewed, is bool) {
	of := map[itsm.Action]itsm.Reviewable{itsm.ReviewRole: itsm.RoleReview, itsm.ReviewPractitioner: itsm.RoleReview, itsm.ReviewProcess: itsm.ProcessReview, itsm.ReviewPolicy: itsm.PolicyReview}[itsm.Action(r.Act)]
	for _, p := range r.Places {
		if of == "" || p.Kind != string(of) {
			continue
		}
		x = itsm.Reviewed{Of: of, ID: p.ID, RoleKind: p.RoleKind, PracticeID: p.PracticeID, ProcessID: p.ProcessID, ServiceID: p.ServiceID}
		if of == itsm.PolicyReview {
			x.OwnerRoleID = p.RoleID
		}
		return x, true
	}
	return x, false
}

// ofEvent is where an event happened, inside the transaction that undoes it.
func ofEvent(p placeRow) scopeOf {
	of := map[string]func(int64) scopeOf{"practice": ofPractice, "process": ofProcess, "activity": ofActivity, "role": ofRole, "service": ofService, "policy": ofPolicy}
	return of[p.Kind](p.ID)
}

// undoneBy is the action, and where, that the door asks for to take an event back; allows asks for the rest.
func (r momentRow) undoneBy() (itsm.Action, scopeOf) {
	act := itsm.Action(r.Act)
	if r.byRows() {
		at := r.Touched[0]
		return at.Undoing(act), func(context.Context, pgx.Tx) (itsm.Scope, error) { return at.Scope, nil }
	}
	if places := mentioned(act, r.Summary); len(places) > 0 {
		return act.Undoing(), ofEvent(places[0])
	}
	return act.Undoing(), theOrganisation
}
