package itsm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// KnownPolicies is what a list of policies is compared with: the policies in use, what the organisation is called, and what
// the list names.
type KnownPolicies struct {
	Policies     []Policy
	Organisation string
	Places       []PolicyPlace
	Roles        []PolicyRole
	Wearers      []PolicyWearer // of whom the list names as owners
}

// PolicyPlace is a practice, a process or an activity in use, with the policies that govern it today or from a later day on.
type PolicyPlace struct {
	Target
	Name     string
	Of       string // the practice of a process, the process of an activity
	Policies []int64
}

// called is the place in words that tell it from others of its name: "The activity Deploy of Run a change".
func (x PolicyPlace) called() string {
	text := "The " + x.Kind() + " " + x.Name
	if x.Of != "" {
		text += " of " + x.Of
	}
	return text
}

// key names the place in answers.
func (x PolicyPlace) key() string {
	return x.Kind() + ":" + strconv.FormatInt(x.PracticeID+x.ProcessID+x.ActivityID, 10)
}

// PolicyRole is a role by its name and as the screen calls it, with what it hangs on.
type PolicyRole struct {
	ID                  int64
	Name, Called, Scope string
}

// PolicyWearer is somebody with a hat of theirs; of who wears none the role is zero.
type PolicyWearer struct {
	Person, Email string
	PolicyRole
}

// is says that a list means somebody by a text.
func (w PolicyWearer) is(said string) bool {
	return nameKey(w.Person) == nameKey(said) || w.Email != "" && strings.EqualFold(w.Email, said)
}

// GovernedNames are the names of what a list of policies says that they govern, also without the word for what they are.
func GovernedNames(list []ListedPolicy) (names []string) {
	for _, l := range list {
		for _, name := range l.governed() {
			names = append(names, name)
			if _, bare := kindAndName(name); bare != name {
				names = append(names, bare)
			}
		}
	}
	return names
}

// kindAndName takes the word for what it is from a name: "Process: Handle an incident".
func kindAndName(s string) (kind, name string) {
	if before, after, cut := strings.Cut(s, ":"); cut {
		switch kind = folded(before); kind {
		case "practice", "process", "activity":
			return kind, Clean(after)
		}
	}
	return "", s
}

func (l ListedPolicy) governed() (names []string) {
	for name := range strings.FieldsFuncSeq(l.Governs, func(r rune) bool { return r == ';' || r == '\n' }) {
		if name = Clean(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// hung gives a policy the owner role that a line names, and finds what it governs and did not before. What is named and not
// found is said, and keeps nothing else from being written; of several of one name it is asked which is meant, and the line
// waits.
func (p *policyPlanner) hung(n *Policy, l ListedPolicy) (h hungPolicy) {
	var said []string
	if l.Interval != "" {
		said = append(said, "“"+l.Interval+"” is no interval in months; that is left out.")
	}
	if l.OwnerRole != "" {
		role, there, waits := p.owner(*n, l)
		h.wait(waits)
		switch {
		case !there:
			said = append(said, p.notOwner(l))
		case role.ID != 0 && role.ID != n.OwnerRoleID:
			h.changes = append(h.changes, FieldChange{"owner role", roleOf(n.OwnerRole, n.OwnerScope), roleOf(role.Called, role.Scope)})
			n.OwnerRoleID = role.ID
		}
	}
	for _, name := range l.governed() {
		places, known := p.places(name, n.ID)
		if len(places) == 0 {
			said = append(said, fmt.Sprintf("Nothing here is called “%s”.", name))
		}
		if len(places) > 1 && !known {
			var waits Outcome
			places, waits = p.which(name, places, l.Line)
			h.wait(waits)
		}
		if len(places) == 1 && !known && !slices.Contains(h.governs, places[0].Target) {
			h.governs = append(h.governs, places[0].Target)
			h.changes = append(h.changes, FieldChange{"governs", "", places[0].Name})
		}
	}
	h.why = strings.Join(said, " ")
	return h
}

// hungPolicy is what a line says of what a policy hangs on.
type hungPolicy struct {
	governs []Target
	changes []FieldChange
	why     string
	waits   Outcome // where it is still asked what a name means, or the answer leaves the line out
}

// wait notes that something is asked still, or that an answer leaves the line out; what is asked goes first.
func (h *hungPolicy) wait(o Outcome) {
	if o != "" && h.waits != OpenLine {
		h.waits = o
	}
}

// which asks which of several things of one name is meant.
func (p *policyPlanner) which(name string, among []PolicyPlace, line int) (meant []PolicyPlace, waits Outcome) {
	var choices []ListChoice
	for _, x := range among {
		choices = append(choices, ListChoice{x.key(), x.called()})
	}
	chosen, waits := p.choose("governs:"+folded(name), line, "Several things here are called “"+name+"”: which one is governed?", choices, "None of them")
	for _, x := range among {
		if x.key() == chosen {
			meant = []PolicyPlace{x}
		}
	}
	return meant, waits
}

// owner is the role that a line names as the policy's owner: the one of that name, of several the one that is its owner now
// or hangs on what the line says that it governs, else the one that is chosen for all lines that name it so. there says that
// some role is called so.
func (p *policyPlanner) owner(n Policy, l ListedPolicy) (role PolicyRole, there bool, waits Outcome) {
	found := p.roles(l)
	switch len(found) {
	case 0:
		return p.worn(n, l)
	case 1:
		return found[0], true, ""
	}
	if at := slices.IndexFunc(found, func(r PolicyRole) bool { return r.ID == n.OwnerRoleID }); at >= 0 {
		return found[at], true, ""
	}
	if near := slices.DeleteFunc(slices.Clone(found), func(r PolicyRole) bool { return !p.near(l, r) }); len(near) == 1 {
		return near[0], true, ""
	}
	var choices []ListChoice
	for _, r := range found {
		choices = append(choices, ListChoice{strconv.FormatInt(r.ID, 10), roleOf(r.Called, r.Scope)})
	}
	chosen, waits := p.choose("owner:"+folded(roleOf(l.OwnerRole, l.OwnerScope)), l.Line,
		"Several roles here are called “"+l.OwnerRole+"”: which one owns these policies?", choices, "None for now: it is chosen on each policy's page")
	for _, r := range found {
		if strconv.FormatInt(r.ID, 10) == chosen {
			role = r
		}
	}
	return role, true, waits
}

// worn asks which hat is meant where a line names somebody as the owner: a policy is owned by a role, whoever wears it. One
// that owns the policy already is not asked about.
func (p *policyPlanner) worn(n Policy, l ListedPolicy) (role PolicyRole, there bool, waits Outcome) {
	var choices []ListChoice
	var who string
	for _, w := range p.Wearers {
		if !w.is(l.OwnerRole) || w.ID == 0 {
			continue
		}
		if w.ID == n.OwnerRoleID {
			return w.PolicyRole, true, ""
		}
		who = w.Person
		choices = append(choices, ListChoice{strconv.FormatInt(w.ID, 10), roleOf(w.Called, w.Scope)})
	}
	if len(choices) == 0 {
		return PolicyRole{}, false, ""
	}
	chosen, waits := p.choose("owner:"+nameKey(who), l.Line, "A policy is owned by a role, and "+who+" is a person. Which of their hats owns these policies?",
		choices, "None for now: it is chosen on each policy's page")
	for _, w := range p.Wearers {
		if strconv.FormatInt(w.ID, 10) == chosen {
			role = w.PolicyRole
		}
	}
	return role, true, waits
}

// notOwner says why what a line names as the owner is none.
func (p *policyPlanner) notOwner(l ListedPolicy) string {
	if at := slices.IndexFunc(p.Wearers, func(w PolicyWearer) bool { return w.is(l.OwnerRole) }); at >= 0 {
		return p.Wearers[at].Person + " is a person and wears no hat; choose the owner role on the policy's page."
	}
	return fmt.Sprintf("No role and nobody here is called “%s”. A policy is owned by a role: choose it on the policy's page.", roleOf(l.OwnerRole, l.OwnerScope))
}

// OwnerKind is the kind of role that the name of an owner is made with, as roles are called by it: Owner of "Incident
// Owner"; "" of other names.
func OwnerKind(name string) string {
	if kind, of := kindWithin(name); of != "" {
		return string(kind)
	}
	return ""
}

// roles are those that a line may mean as the policy's owner.
func (p *policyPlanner) roles(l ListedPolicy) (found []PolicyRole) {
	for _, r := range p.Roles {
		named := folded(r.Name) == folded(l.OwnerRole) || folded(r.Called) == folded(l.OwnerRole)
		if l.OwnerScope == "" { // as pages write it, and choices
			named = named || folded(roleOf(r.Called, r.Scope)) == folded(l.OwnerRole) || folded(r.Called+", "+r.Scope) == folded(l.OwnerRole)
		}
		if kind, of := kindWithin(l.OwnerRole); kind != "" && of != "" && l.OwnerScope == "" { // "Incident Owner"
			named = named || RoleKindOf(r.Name) == kind && scopeKey(r.Scope) == scopeKey(of)
		}
		if named && (l.OwnerScope == "" || folded(r.Scope) == folded(l.OwnerScope)) {
			found = append(found, r)
		}
	}
	return found
}

// near says that a role hangs on something that a line says its policy governs, by its name.
func (p *policyPlanner) near(l ListedPolicy, r PolicyRole) bool {
	for _, name := range l.governed() {
		places, _ := p.places(name, 0)
		for _, x := range places {
			if folded(x.Name) == folded(r.Scope) {
				return true
			}
		}
	}
	return false
}

// roleOf is a role with what it hangs on, in words.
func roleOf(role, scope string) string {
	if scope == "" {
		return role
	}
	return role + " of " + scope
}

// places are the things that a name means, the one of the kind that it says where it says one; known says that the policy
// governs one of them already.
func (p *policyPlanner) places(name string, policy int64) (found []PolicyPlace, known bool) {
	kind, bare := kindAndName(name)
	for _, x := range p.Places {
		whole := folded(x.Name) == folded(name)
		if !whole && (kind == "" || x.Kind() != kind || folded(x.Name) != folded(bare)) {
			continue
		}
		known = known || policy != 0 && slices.Contains(x.Policies, policy)
		found = append(found, x)
	}
	return found, known
}
