package sheet

import "slices"

// A chart of an organisation as programs keep it is a tree of people: each record holds a list of others like it, called
// "children" or "reports". As a table it is a line each.

// peopleTree is a tree of people as a list of records that say whom each reports to; whatever else it is stays as it is.
func (n node) peopleTree() node {
	if n.kind == 'r' && n.alikeBelow() < 0 { // it may stand under a key: "team: …"
		out := n
		out.of = slices.Clone(n.of)
		for i, of := range n.of {
			if of.kind == 'l' || len(n.of) == 1 && of.kind == 'r' {
				out.of[i] = of.peopleTree()
			}
		}
		return out
	}
	roots := []node{n}
	if n.kind == 'l' {
		roots = n.list
	}
	below := -1
	for _, root := range roots {
		if at := root.alikeBelow(); at >= 0 {
			below = at
		}
	}
	if below < 0 {
		return n
	}
	out := node{kind: 'l', line: n.line}
	for _, root := range roots {
		out.list = root.unfolded("", out.list)
	}
	return out
}

// alikeBelow is the place of the list of records below one that have its keys, among them the name and something else of a
// person; else -1.
func (n node) alikeBelow() int {
	if n.kind != 'r' {
		return -1
	}
	for i, of := range n.of {
		if of.kind != 'l' || len(of.list) == 0 || of.list[0].kind != 'r' {
			continue
		}
		same := map[Field]bool{}
		for _, key := range of.list[0].keys {
			if f, sure := guessField(key); sure > 0 && slices.Contains(n.keys, key) {
				same[f] = true
			}
		}
		if same[FullName] && (same[Title] || same[Email] || same[Department] || same[Phone]) {
			return i
		}
	}
	return -1
}

// unfolded appends a record and those below it, each with whom it reports to.
func (n node) unfolded(above string, to []node) []node {
	if n.kind != 'r' {
		return append(to, n)
	}
	flat, id, name := node{kind: 'r', line: n.line}, "", ""
	at := n.alikeBelow()
	for i, key := range n.keys {
		if i == at || n.of[i].kind == 'l' && len(n.of[i].list) == 0 {
			continue
		}
		switch f, _ := guessField(key); {
		case f == ExternalID && id == "":
			id = n.of[i].text
		case f == FullName && name == "":
			name = n.of[i].text
		}
		flat.keys, flat.of = append(flat.keys, key), append(flat.of, n.of[i])
	}
	flat.keys, flat.of = append(flat.keys, "reports to"), append(flat.of, node{kind: 's', text: above, line: n.line})
	to = append(to, flat)
	if at < 0 {
		return to
	}
	if id == "" {
		id = name
	}
	for _, below := range n.of[at].list {
		to = below.unfolded(id, to)
	}
	return to
}

// byKey are the people of a record that holds them by a key each, "ann: {name: Ann Lee, title: Clerk}", with the key as the
// number or, where they have no names of their own, as the name; nil of other records.
func (n node) byKey() (people []node) {
	if n.kind != 'r' || len(n.of) < 2 {
		return nil
	}
	fields := map[Field]int{}
	for i, of := range n.of {
		if of.kind != 'r' {
			return nil
		}
		key := "name"
		for at, inner := range of.of {
			f, sure := guessField(of.keys[at])
			if sure > 0 {
				fields[f]++
			}
			if inner.kind == 'r' || len(inner.list) > 0 && inner.list[0].kind != 's' {
				return nil
			}
			if f == FullName || f == GivenName || f == FamilyName {
				key = "id"
			}
		}
		people = append(people, node{kind: 'r', line: of.line, keys: append([]string{key}, of.keys...), of: append([]node{{kind: 's', text: n.keys[i]}}, of.of...)})
	}
	for f, times := range fields {
		if times*2 >= len(n.of) && slices.Contains([]Field{Title, Email, Phone, EmployedFrom, ManagerName, ManagerID, ManagerEmail}, f) {
			return people
		}
	}
	return nil
}

// saysManager reports a key over what somebody's manager is.
func saysManager(key string) bool {
	f, sure := guessField(key)
	return sure > 0 && f == ManagerName
}
