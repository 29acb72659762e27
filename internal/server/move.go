package server

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// sortLines are how many processes the page that sorts them shows at once.
const sortLines = 50

// showSort lists processes with the practice that each seems to belong to.
func (s *Server) showSort(v *visit) error { return s.sortPage(v, http.StatusOK, sortForm{}, nil) }

type sortForm struct {
	Process []int64  `form:"process"`
	Seen    []int64  `form:"seen"` // the processes' counters
	To      []string `form:"to"`   // a practice's id, or "library:" and an entry's key; "" stays
	Do      string   `form:"do"`
	Back    string   `form:"back"`
}

func (s *Server) sortPage(v *visit, status int, in sortForm, wrong page.Problems) error {
	q := v.r.URL.Query()
	text, all := itsm.Clean(q.Get("q")), q.Get("all") != ""
	processes, practices, err := s.store.ToSort(v.ctx, v.by)
	if err != nil {
		return err
	}
	view := page.Sort{Reader: v.reader(), Text: text, All: all, Wrong: wrong, At: int(max(v.query("page"), 1))}
	for _, p := range practices {
		if v.by.Can(itsm.MoveToPractice, p.Scope()) {
			view.Practices = append(view.Practices, itsm.RoleRef{ID: p.ID, Name: p.Name})
		}
	}
	if len(view.Practices) == 0 { // none is here yet, or none where the reader may
		if err := v.must(itsm.MoveToPractice, itsm.Scope{}); err != nil {
			return err
		}
	}
	for _, p := range processes {
		if !v.by.Can(itsm.MoveToPractice, itsm.Scope{PracticeID: p.PracticeID}) || !strings.Contains(strings.ToLower(p.Name+" "+p.Practice), strings.ToLower(text)) {
			continue
		}
		line := page.SortLine{Process: p}
		if proposal, ok := library.Propose(p.Name, p.Practice); ok {
			line.Why, line.Entry = proposal.Why, proposal.Entry
			line.Target = s.target(v, proposal.Entry, practices)
		}
		if at := slices.Index(in.Process, p.ID); at >= 0 && at < len(in.To) {
			line.Target, line.Typed = in.To[at], true
		}
		if all || line.Target != "" || line.Typed {
			view.Lines = append(view.Lines, line)
		}
	}
	view.Total = len(view.Lines)
	from := min((view.At-1)*sortLines, view.Total)
	view.Lines = view.Lines[from:min(from+sortLines, view.Total)]
	view.Size = sortLines
	return v.showAs(status, view.Screen())
}

// target is the form's value for an entry: the practice that the organisation has of it, or a new one where the reader
// may add that; "" otherwise.
func (s *Server) target(v *visit, entry itsm.LibraryPractice, practices []itsm.PracticeLine) string {
	for _, p := range practices {
		if entry.Called(p.Name) {
			if v.by.Can(itsm.MoveToPractice, p.Scope()) {
				return strconv.FormatInt(p.ID, 10)
			}
			return ""
		}
	}
	if v.by.Can(itsm.AddPractice, itsm.Scope{}) {
		return page.LibraryTarget + entry.Key
	}
	return ""
}

// moves reads what the form asks for; a line that stays is none.
func (f sortForm) moves() (moves []store.ProcessMove, err error) {
	if len(f.Process) != len(f.To) || len(f.Process) != len(f.Seen) {
		return nil, itsm.Invalid{Problems: []itsm.Problem{{Text: "The form could not be read. Load the page again and repeat."}}}
	}
	for i, id := range f.Process {
		m := store.ProcessMove{ProcessID: id, Counter: max(f.Seen[i], 0)}
		if key, ok := strings.CutPrefix(f.To[i], page.LibraryTarget); ok {
			entry, found := library.Practice(key)
			if !found {
				return nil, itsm.NotFound{What: "entry of the practice library"}
			}
			m.Library = &entry
		} else if m.To = parse(f.To[i]); m.To == 0 {
			continue
		}
		moves = append(moves, m)
	}
	if len(moves) == 0 || len(moves) > itsm.MovesMax {
		return nil, itsm.Invalid{Problems: []itsm.Problem{{Text: "Choose another practice for at least one process."}}}
	}
	return moves, nil
}

// sortProcesses says what moving would do; once that was read, it moves.
func (s *Server) sortProcesses(v *visit) error {
	in, err := read[sortForm](v)
	var moves []store.ProcessMove
	if err == nil {
		moves, err = in.moves()
	}
	if err == nil && in.Do == "move" {
		if err = s.store.MoveProcesses(v.ctx, v.by, moves); err == nil {
			return v.done(moved(in, moves), "Moved, with hats and history.")
		}
	}
	if list, status, ok := problems(err); ok {
		return s.sortPage(v, status, in, list)
	}
	if err != nil {
		return err
	}
	return s.movePage(v, moves, inside(in.Back))
}

// moved is where to go after a move: to the one process, or to all practices.
func moved(in sortForm, moves []store.ProcessMove) string {
	if len(moves) == 1 {
		return page.ProcessURL(moves[0].ProcessID, "")
	}
	return "/practices"
}

func (s *Server) movePage(v *visit, moves []store.ProcessMove, back string) error {
	plans, err := s.store.MovePlans(v.ctx, v.by, moves)
	if err != nil {
		return err
	}
	for _, p := range plans {
		for _, id := range []int64{p.FromID, p.ToID} {
			if err := v.must(itsm.MoveToPractice, itsm.Scope{PracticeID: max(id, 0)}); err != nil {
				return err
			}
		}
	}
	if len(plans) == 0 {
		return itsm.NotFound{What: "process to move"}
	}
	preview := page.Moving{Reader: v.reader(), Back: back}
	for _, p := range plans {
		line := page.MovingLine{
			ID: p.ProcessID, Name: p.Name, Counter: p.Counter, From: p.From, FromID: p.FromID, To: p.To, ToID: p.ToID, FromOwner: p.FromOwner, ToOwner: p.ToOwner,
			Taken: p.Taken, Own: p.Own, OwnOwner: p.OwnOwner, Columns: p.Columns, State: p.ToState, FromState: p.FromState,
		}
		for _, m := range moves {
			if m.ProcessID == p.ProcessID && m.Library != nil {
				line.Key = m.Library.Key
			}
		}
		preview.Lines = append(preview.Lines, line)
	}
	return v.show(preview.Screen())
}

// askMove asks to which practice a process goes, and, once ?to= says it, what will happen.
func (s *Server) askMove(v *visit) error {
	p, err := s.processAt(v, itsm.Read)
	if err != nil {
		return err
	}
	if err := v.must(itsm.MoveToPractice, itsm.Scope{PracticeID: p.PracticeID}); err != nil {
		return err
	}
	if p.Archived {
		return itsm.Conflict{Text: p.Name + " is archived. Bring it back first, then move it."}
	}
	back := page.ProcessURL(p.ID, p.Name)
	if to := v.query("to"); to != 0 {
		return s.movePage(v, []store.ProcessMove{{ProcessID: p.ID, To: to}}, back)
	}
	practices, err := s.store.PracticeNames(v.ctx, v.by)
	if err != nil {
		return err
	}
	ask := page.MoveProcess{Process: p.Process}
	for _, o := range practices {
		if o.ID != p.PracticeID && v.by.Can(itsm.MoveToPractice, o.Scope()) {
			ask.Practices = append(ask.Practices, itsm.RoleRef{ID: o.ID, Name: o.Name})
		}
	}
	if proposal, ok := library.Propose(p.Name, p.Practice); ok {
		ask.Chosen = parse(s.target(v, proposal.Entry, practices))
	}
	return v.show(ask.Screen())
}
