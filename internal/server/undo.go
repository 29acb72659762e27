package server

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// undoing is an undo on its way or over, on this server: an import of everybody takes longer to take back than a request
// may. That it goes, and that it is done, every server reads in the database; why it came to nothing is said here alone.
type undoing struct {
	was  itsm.Record
	back string
	over chan struct{}
	err  error // once it is over
}

// undoKey is who undoes what: nobody else is shown how far it is.
type undoKey struct{ account, event int64 }

// undoKept is how long the end of an undo waits for who began it.
const undoKept = 10 * time.Minute

// inPractice are the pages of a practice and of what lies in it: gone with it, where it is no more.
var inPractice = regexp.MustCompile(`^/(practices|processes|activities|roles)/[0-9]`)

// lists are where something stood among its like, by the beginning of the addresses of its own pages: these go with it,
// where its adding is undone.
var lists = map[string]string{
	"/teams/": "/teams", "/companies/": "/companies", "/people/": "/people", "/services/": "/services", "/policies/": "/policies", "/processes/": "/practices", "/actions/": "/actions",
	"/activities/": "/practices", "/roles/": page.OrganisationURL,
}

// lieIn are the pages of what lies in something else, which the sentence of its adding names: that is where it stood.
var lieIn = map[string]bool{"/processes/": true, "/activities/": true, "/roles/": true}

// addedAt says whether a page belongs to what an event added, and where that stood.
func addedAt(was itsm.Record, address string) (list string) {
	if len(was.Parts) < 2 || !added.MatchString(was.Parts[0].Text) {
		return ""
	}
	path, _, _ := strings.Cut(address, "?")
	at := ownPage.FindStringSubmatch(path)
	if at == nil || at[2] != strconv.FormatInt(was.Parts[1].ID, 10) {
		return ""
	}
	for _, p := range was.Parts[2:] {
		if url := wholeURL(p); lieIn[at[1]] && url != "" {
			return url
		}
	}
	return lists[at[1]]
}

// wholeURL is the page of what roles, processes and activities lie in; "" of all else.
func wholeURL(p itsm.Part) string {
	switch p.Kind {
	case "practice":
		return page.PracticeURL(p.ID, p.Text)
	case "process":
		return page.ProcessURL(p.ID, p.Text)
	case "service":
		return page.ServiceURL(p.ID, p.Text)
	}
	return ""
}

var (
	added   = regexp.MustCompile(`^(added|planned) `)
	ownPage = regexp.MustCompile(`^(/[a-z]+/)([0-9]+)`)
)

type undoForm struct {
	Back string `form:"back"`
}

// askUndo says what would be undone, or that it is on its way; the way back is where the reader came from.
func (s *Server) askUndo(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	key := undoKey{v.by.AccountID, id}
	if going, ok := s.undos.Load(key); ok {
		return v.undone(key, going.(*undoing), 0)
	}
	m, err := s.store.Event(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	back := cameFrom(v.r)
	if crumbs := (page.Undo{Reader: v.reader(), Moment: m}).Screen().Crumbs; back == "/" && len(crumbs) > 0 && crumbs[len(crumbs)-1].Href != "" {
		back = crumbs[len(crumbs)-1].Href // of a link that was sent: the page of what it is about
	}
	if said := v.r.URL.Query().Get("back"); said != "" {
		back = inside(said)
	}
	switch u := (&undoing{was: m, back: back}); {
	case m.Undoing.Goes: // by another server, or somebody else
		return v.undoingPage(m)
	case justUndone(v.by, m):
		return v.afterUndo(id, u)
	}
	return v.show(page.Undo{Reader: v.reader(), Moment: m, Back: back, Refused: v.refusedUndo(m)}.Screen())
}

// refusedUndo is why taking an event back would be refused, where the trail does not say so already; "" where it would not, and of
// thousands of rows, which are not tried for a page.
func (v *visit) refusedUndo(m itsm.Record) string {
	if m.Undoing.Done || m.Undid != 0 || m.Outrun > 0 || m.Many {
		return ""
	}
	list, _, refused := problems(v.s.store.TryUndo(v.ctx, v.by, m.EventID))
	if !refused || len(list) == 0 {
		return ""
	}
	return list[0].Text
}

// undo begins to take a change back, and waits a moment for it. Pressed twice it is done once.
func (s *Server) undo(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[undoForm](v)
	if err != nil {
		return err
	}
	was, err := s.store.Event(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	key := undoKey{v.by.AccountID, id}
	u := &undoing{was: was, back: inside(in.Back), over: make(chan struct{})}
	if _, here := s.undos.Load(key); was.Undoing.Goes && !here {
		http.Redirect(v.w, v.r, u.page(id), http.StatusSeeOther)
		return nil
	}
	going, twice := s.undos.LoadOrStore(key, u)
	if !twice {
		by := v.by
		by.Wrote = nil // it outlasts the visit
		go s.takeBack(context.WithoutCancel(v.ctx), by, key, u)
	}
	return v.undone(key, going.(*undoing), waitForRun)
}

// takeBack undoes, whoever still waits for it.
func (s *Server) takeBack(ctx context.Context, by itsm.Actor, key undoKey, u *undoing) {
	ctx, cancel := context.WithTimeout(ctx, runMost)
	defer cancel()
	defer time.AfterFunc(undoKept, func() { s.undos.CompareAndDelete(key, u) })
	defer close(u.over)
	u.err = s.safely(ctx, by, func() error { return s.store.Undo(ctx, by, key.event) })
}

// undone goes on where an undo is over within a time; else it shows that it is on its way, on a page that comes back.
func (v *visit) undone(key undoKey, u *undoing, wait time.Duration) error {
	select {
	case <-u.over:
	case <-time.After(wait):
	}
	select {
	case <-u.over:
		v.s.undos.CompareAndDelete(key, u)
		return v.afterUndo(key.event, u)
	default:
	}
	if v.r.Method == http.MethodPost {
		http.Redirect(v.w, v.r, u.page(key.event), http.StatusSeeOther)
		return nil
	}
	return v.undoingPage(u.was)
}

// undoingPage says that it is on its way, and comes back to see how far.
func (v *visit) undoingPage(m itsm.Record) error {
	v.comeBack()
	return v.show(page.Undoing{Reader: v.reader(), Moment: m}.Screen())
}

// page is where an undo is shown; it says where it leads, to whichever server is asked.
func (u *undoing) page(event int64) string {
	if u.back == "/" {
		return page.UndoURL(event)
	}
	return page.UndoURL(event) + "?back=" + url.QueryEscape(u.back)
}

// justUndone says that who asks took the event back a moment ago, on whichever server.
func justUndone(by itsm.Actor, m itsm.Record) bool {
	return m.Undoing.Done && m.Undoing.By == by.AccountID && m.Undoing.Ago < undoKept
}

// afterUndo goes to where the reader came from, or says why nothing was undone.
func (v *visit) afterUndo(event int64, u *undoing) error {
	if list, status, ok := problems(u.err); ok {
		m, err := v.s.store.Event(v.ctx, v.by, event)
		if err != nil {
			return err
		}
		if !u.was.Undoing.Done && justUndone(v.by, m) { // pressed at two servers, which took it back once
			u.err = nil
			return v.afterUndo(event, u)
		}
		return v.showAs(status, page.Undo{Reader: v.reader(), Moment: m, Back: u.back, Wrong: list}.Screen())
	}
	if u.err != nil {
		return u.err
	}
	if u.was.Act == itsm.AddPractice && inPractice.MatchString(u.back) {
		return v.done("/practices", "It is undone: the practice is gone again, with what came with it.")
	}
	if list := addedAt(u.was, u.back); list != "" {
		return v.done(list, "It is undone: what was added is gone again.")
	}
	return v.afterHat(event, u)
}

// afterHat goes back; from the page of a hat that was withdrawn to the one that is worn in its place.
func (v *visit) afterHat(event int64, u *undoing) error {
	if !u.was.Took || !strings.HasPrefix(u.back, "/assignments/") {
		return v.done(u.back, "It is undone.")
	}
	m, err := v.s.store.Event(v.ctx, v.by, event)
	if err != nil {
		return err
	}
	if m.Undoing.Hat != 0 {
		return v.done(page.AssignmentURL(m.Undoing.Hat), "It is undone: this hat stands for the one that was withdrawn.")
	}
	return v.done(u.back, "It is undone.")
}
