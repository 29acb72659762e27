package itsm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// chair finds the role that a line means, among those of what it says the role hangs on: by name, by kind, by what is
// like it. Where that is not one role, it is asked, once for all lines that say the same.
func (m *hatMatcher) chair(l ListedHat, into *PlannedHat) settled {
	p := m.pick(l)
	into.Service = p.service
	if len(p.found) == 1 {
		into.Chair = p.found[0]
		return settled{}
	}
	key := "role:" + strings.Join([]string{plainName(l.Role), plainName(l.Kind), p.where}, ":")
	answer, s := m.asked(key, l.Line, func() ListQuestion { return m.whichRole(l, p.within, p.found) })
	if id, ok := strings.CutPrefix(answer, "role:"); ok {
		n, _ := strconv.ParseInt(id, 10, 64)
		into.Chair = m.chairs[n]
	}
	return s
}

// picked are the roles that lines mean which say the same of a role, and those among which they were found.
type picked struct {
	within, found []Chair
	where         string
	service       Ref
}

// pick finds the role of a line, once for all lines that say the same of it.
func (m *hatMatcher) pick(l ListedHat) picked {
	key := strings.Join([]string{l.Role, l.Kind, l.Of, l.Practice, l.Process, l.Service}, "\x00")
	if p, done := m.picks[key]; done {
		return p
	}
	var p picked
	p.within, p.where, p.service = m.scope(l)
	p.found = m.pickChairs(l, p.within, p.where != "")
	if len(p.found) == 0 && l.Process != "" { // it uses its practice's
		if above := m.above(scopeKey(l.Process)); len(above) > 0 {
			p.within, p.found = above, m.pickChairs(l, above, true)
		}
	}
	m.picks[key] = p
	return p
}

// scope are the roles among which a line's is, and what it says they hang on: "" where it says nothing.
func (m *hatMatcher) scope(l ListedHat) (within []Chair, where string, beside Ref) {
	practice, process, of, service := scopeKey(l.Practice), scopeKey(l.Process), scopeKey(l.Of), scopeKey(l.Service)
	if process != "" && of == "" && len(m.processes[process]) == 0 {
		process, of = "", process // a column of processes names practices, too, for hats that hang on these
	}
	if practice != "" && of == "" && len(m.practices[practice]) == 0 {
		practice, of = "", practice // and so does a column of practices
	}
	organisation := of != "" && of == scopeKey(m.known.Organisation)
	bare := practice+process+of == ""
	if r, ok := m.services[service]; ok && !bare {
		beside = r // beside a scope it says for which service the hat is worn
	}
	if bare && service == "" {
		return m.known.Chairs, "", beside
	}
	practices, processes, ofPractices, ofProcesses := m.practices[practice], m.processes[process], m.practices[of], m.processes[of]
	ofService, onService := m.services[of].ID, m.services[service].ID
	for _, c := range m.known.Chairs {
		inPractice := c.PracticeID != 0 && slices.Contains(practices, c.PracticeID)
		inProcess := c.ProcessID != 0 && slices.Contains(processes, c.ProcessID)
		hangsOn := c.PracticeID != 0 && c.ProcessID == 0 && slices.Contains(ofPractices, c.PracticeID) || c.ProcessID != 0 && slices.Contains(ofProcesses, c.ProcessID) ||
			of != "" && c.ServiceID != 0 && ofService == c.ServiceID || organisation && c.PracticeID+c.ProcessID+c.ServiceID == 0
		fits := (practice == "" || inPractice) && (process == "" || inProcess) && (of == "" || hangsOn)
		if bare {
			fits = c.ServiceID != 0 && onService == c.ServiceID
		}
		if fits {
			within = append(within, c)
		}
	}
	return within, strings.Join(strings.Fields(strings.Join([]string{practice, process, of, service}, " ")), " "), beside
}

// above are the roles of the practices of the processes of a name.
func (m *hatMatcher) above(process string) (chairs []Chair) {
	for _, p := range m.known.Processes {
		if scopeKey(p.Name) != process {
			continue
		}
		for _, c := range m.known.Chairs {
			if c.PracticeID == p.PracticeID && c.ProcessID == 0 {
				chairs = append(chairs, c)
			}
		}
	}
	return chairs
}

// pickChairs are the roles that fit a line best; scoped says that the line says what the role hangs on.
func (m *hatMatcher) pickChairs(l ListedHat, within []Chair, scoped bool) []Chair {
	open := slices.DeleteFunc(slices.Clone(within), func(c Chair) bool { return c.Kind == Whoever })
	if kind := RoleKindOf(l.Kind); kind != "" {
		open = slices.DeleteFunc(open, func(c Chair) bool { return c.Kind != kind })
		if l.Role == "" {
			found := topmost(open)
			if called := slices.DeleteFunc(slices.Clone(found), func(c Chair) bool { return m.plain[c.ID] != plainName(l.Kind) }); len(called) > 0 {
				return called // of several practitioners' roles the one of just that name
			}
			return found
		}
	}
	role := firstText(l.Role, l.Kind)
	kind, rest := kindWithin(role)
	plain, of := plainName(role), scopeKey(rest)
	for _, fits := range []func(Chair) bool{
		func(c Chair) bool { return m.plain[c.ID] == plain && (scoped || c.Kind == Practitioner) },
		func(c Chair) bool { return kind != "" && c.Kind == kind && rest == "" && scoped },
		func(c Chair) bool {
			return kind != "" && c.Kind == kind && scopeKey(c.ScopeName) == of && rest != ""
		},
		func(c Chair) bool { return m.plain[c.ID] == plain },
		func(c Chair) bool { return c.Kind == Practitioner && abbreviates(role, c.Name) },
		func(c Chair) bool { return c.Kind == Practitioner && similar(plain, m.plain[c.ID]) },
	} {
		var found []Chair
		for _, c := range open {
			if fits(c) {
				found = append(found, c)
			}
		}
		if found = topmost(found); len(found) > 0 {
			return found
		}
	}
	return nil
}

// topmost are the roles in use before retired ones, and of several of one practice its own before those of its processes.
func topmost(found []Chair) []Chair {
	if used := slices.DeleteFunc(slices.Clone(found), func(c Chair) bool { return c.Archived }); len(used) > 0 {
		found = used
	}
	own := slices.DeleteFunc(slices.Clone(found), func(c Chair) bool { return c.ProcessID != 0 })
	if len(own) == 1 && !slices.ContainsFunc(found, func(c Chair) bool { return c.PracticeID != own[0].PracticeID }) {
		return own
	}
	return found
}

// chairsMost is how many roles a question offers where none is likely.
const chairsMost = 300

// whichRole asks which role is meant: of those that fit, else of those that hang there, else of those like it.
func (m *hatMatcher) whichRole(l ListedHat, within, found []Chair) ListQuestion {
	what := l.role()
	q := ListQuestion{Text: "Which role is “" + what + "”?"}
	if len(found) == 0 {
		q.Hint = "No role here is called that. If one is missing, add it first, then bring this list again."
		found = within
		if len(found) == 0 || len(found) == len(m.known.Chairs) {
			found = m.alike(what)
		}
	}
	found = slices.Clone(found[:min(len(found), 3*likelyMost)])
	if len(m.known.Chairs) <= chairsMost { // the likely ones first, then all others
		for _, c := range m.known.Chairs {
			if !slices.ContainsFunc(found, func(f Chair) bool { return f.ID == c.ID }) {
				found = append(found, c)
			}
		}
	}
	for _, c := range found {
		if c.Archived || c.Kind == Whoever {
			continue
		}
		text := c.Name
		if c.ScopeName != "" {
			text += " of " + c.ScopeName
		}
		q.Choices = append(q.Choices, ListChoice{"role:" + strconv.FormatInt(c.ID, 10), text})
	}
	q.Choices = append(q.Choices, ListChoice{LeaveOut, "Leave these lines out"})
	return q
}

// alike are the roles that share most words with a text, their scope's included.
func (m *hatMatcher) alike(text string) []Chair {
	words := strings.Fields(plainName(text))
	type scored struct {
		c Chair
		n int
	}
	var all []scored
	for _, c := range m.known.Chairs {
		n := 0
		has := strings.Fields(plainName(c.Name + " " + c.ScopeName))
		for _, w := range words {
			if len(w) > 2 && slices.Contains(has, w) {
				n++
			}
		}
		if n > 0 {
			all = append(all, scored{c, n})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.n, a.n) })
	var out []Chair
	for _, s := range all[:min(len(all), likelyMost)] {
		out = append(out, s.c)
	}
	return out
}
