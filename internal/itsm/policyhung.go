package itsm

import (
	"fmt"
	"slices"
	"strings"
)

// KnownPolicies is what a list of policies is compared with: the policies in use, what the organisation is called, and what
// the list names.
type KnownPolicies struct {
	Policies     []Policy
	Organisation string
	Places       []PolicyPlace
	Roles        []PolicyRole
}

// PolicyPlace is a practice, a process or an activity in use, with the policies that govern it today or from a later day on.
type PolicyPlace struct {
	Target
	Name     string
	Policies []int64
}

// PolicyRole is a role by its name and as the screen calls it, with what it hangs on.
type PolicyRole struct {
	ID                  int64
	Name, Called, Scope string
}

// GovernedNames are the names of what a list of policies says that they govern.
func GovernedNames(list []ListedPolicy) (names []string) {
	for _, l := range list {
		names = append(names, l.governed()...)
	}
	return names
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
// found is said, and keeps nothing else from being written.
func (p *policyPlanner) hung(n *Policy, l ListedPolicy) (governs []Target, changes []FieldChange, why string) {
	var said []string
	if l.OwnerRole != "" {
		if role, is := p.role(l); is == "" {
			said = append(said, fmt.Sprintf("No one role here is the “%s”; choose the owner role on the policy's page.", strings.TrimSpace(l.OwnerRole+" "+l.OwnerScope)))
		} else if role != n.OwnerRoleID {
			changes = append(changes, FieldChange{"owner role", strings.TrimSpace(n.OwnerRole + " " + n.OwnerScope), is})
			n.OwnerRoleID = role
		}
	}
	for _, name := range l.governed() {
		target, known, count := p.place(name, n.ID)
		switch {
		case known, slices.Contains(governs, target):
		case count == 1:
			governs = append(governs, target)
			changes = append(changes, FieldChange{"governs", "", name})
		case count == 0:
			said = append(said, fmt.Sprintf("Nothing here is called “%s”.", name))
		default:
			said = append(said, fmt.Sprintf("Several things here are called “%s”; choose one on the policy's page.", name))
		}
	}
	return governs, changes, strings.Join(said, " ")
}

// role is the one role that a line means, and how it is called; "" where it is none, or not one.
func (p *policyPlanner) role(l ListedPolicy) (id int64, called string) {
	for _, r := range p.Roles {
		named := folded(r.Name) == folded(l.OwnerRole) || folded(r.Called) == folded(l.OwnerRole)
		if !named || l.OwnerScope != "" && folded(r.Scope) != folded(l.OwnerScope) {
			continue
		}
		if id != 0 {
			return 0, ""
		}
		id, called = r.ID, strings.TrimSpace(r.Called+" "+r.Scope)
	}
	return id, called
}

// place is what a name means, of so many that are called so; known says that the policy governs one of them already.
func (p *policyPlanner) place(name string, policy int64) (target Target, known bool, count int) {
	for _, x := range p.Places {
		if folded(x.Name) != folded(name) {
			continue
		}
		for _, id := range x.Policies {
			known = known || policy != 0 && id == policy
		}
		target = x.Target
		count++
	}
	return target, known, count
}
