package itsm

import "strings"

// viceOffices are those beside which another is an office of its own, and nobody's deputy: "Vice Chair", "Vice President, Sales".
const viceOffices = "president chair chairs chairman chairwoman chairperson principal chancellor provost dean rector mayor governor premier admiral marshal captain speaker"

// SaidCapacity takes the way to wear a hat from the name of a role: "Deputy Manager", "Owner (acting)".
func SaidCapacity(role string) (c Capacity, rest string) {
	if before, after, cut := strings.Cut(strings.TrimSpace(role), "("); cut && strings.HasSuffix(after, ")") {
		if c = CapacityOf(strings.TrimSuffix(after, ")")); c != "" {
			return c, strings.TrimSpace(before)
		}
	}
	words := strings.Fields(role)
	if len(words) < 2 {
		return "", role
	}
	if strings.EqualFold(words[0], "vice") && wordIn(viceOffices, squeezed(words[1])) {
		return "", role
	}
	last := len(words) - 1
	if c = CapacityOf(words[0]); c != "" && c != Holder {
		return c, strings.Join(words[1:], " ")
	}
	if c = CapacityOf(words[last]); c != "" && c != Holder {
		return c, strings.TrimRight(strings.Join(words[:last], " "), " -–,")
	}
	return "", role
}

// spoken parts what the name of a role says beside the role, where no role here is called just so: the way to wear it, and
// what it hangs on. Where a line leaves what that is to the line above, as lists do that name a practice once, before is it.
func (m *hatMatcher) spoken(l, before ListedHat) ListedHat {
	if m.named(l.Role) {
		return l
	}
	if c, rest := SaidCapacity(l.Role); c != "" && l.As == "" {
		l.Role, l.As = rest, string(c)
	}
	bare := l.Of+l.Practice+l.Process+l.Service == ""
	for _, sign := range []string{":", " - ", " – ", " / "} {
		left, right, cut := strings.Cut(l.Role, sign)
		if left, right = strings.TrimSpace(left), strings.TrimSpace(right); !cut || !bare || left == "" || right == "" {
			continue
		}
		if m.hangs(left) {
			l.Of, l.Role, bare = left, right, false
		} else if m.hangs(right) {
			l.Of, l.Role, bare = right, left, false
		}
	}
	if bare && (len(m.pick(l).found) != 1 || RoleKindOf(firstText(l.Role, l.Kind)) != "") {
		same := l
		same.Of, same.Practice, same.Process, same.Service = before.Of, before.Practice, before.Process, before.Service
		if len(m.pick(same).found) == 1 {
			return same
		}
	}
	return l
}

// named says that a role here is called so.
func (m *hatMatcher) named(role string) bool {
	if m.roleNames == nil {
		m.roleNames = map[string]bool{}
		for _, name := range m.plain {
			m.roleNames[name] = true
		}
	}
	name := plainName(role)
	return m.roleNames[name] && RoleKindOf(name) == ""
}

// hangs says that a text names something that roles hang on.
func (m *hatMatcher) hangs(name string) bool {
	key := scopeKey(name)
	_, service := m.services[key]
	return len(m.practices[key])+len(m.processes[key]) > 0 || service
}

// spokenAll are the lines as they are meant.
func (m *hatMatcher) spokenAll(list []ListedHat) []ListedHat {
	out := make([]ListedHat, len(list))
	var before ListedHat
	for i, l := range list {
		out[i] = m.spoken(l, before)
		before = out[i]
	}
	return out
}
