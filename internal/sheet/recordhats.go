package sheet

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Files of records name who has a role by a key: "approvers: [ann, ben]", below what they are of. Who stands behind an account,
// another part of the file may say. As a table that is a line each.

// keyRoles are roles that such keys end with, beside those that headings name.
var keyRoles = words("lieutenant assignee responsible")

// memberKeys lead to the names of those whose role the key above them says: "maintainers: {people: […]}".
var memberKeys = words("people members member users names logins list core active current github")

// accountSaid is an account or the name of a group of them, and nothing else.
var accountSaid = regexp.MustCompile(`^@?[\pL\d](?:[\w.-]*[\pL\d])?(?:/[\w.-]+)?$`)

// hatTree collects the hats that records say.
type hatTree struct {
	listing Listing
	known   map[string]node // people by their keys
	met     bool            // one of them was named
	left    []string        // lists of names below keys that name no role
}

// recordHats makes a table of such records.
func recordHats(name string, data []byte) (Listing, bool) {
	roots := recordRoots(name, data)
	if l, ok := entityHats(name, roots); ok {
		return l, true
	}
	t := hatTree{known: map[string]node{}}
	t.listing = Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail", "Status", "Type of holder"}}}}
	for _, root := range roots {
		t.people(root)
	}
	for _, root := range roots {
		t.find(root, "", "", false)
	}
	l := &t.listing
	l.withoutEmpty(4)
	l.Notes = []Note{{Line: 1, Text: "The keys of this file that name a role, and who stands below them, are read as a list of them."}}
	if t.met {
		l.note(1, "Accounts are read as the people to whom this file says that they belong.")
	}
	if len(t.left) > 0 {
		l.note(1, "What stands below “"+strings.Join(t.left[:min(len(t.left), 3)], "”, “")+"” names no role, and is left out.")
	}
	return *l, len(l.Rows) > 2 && len(l.Rows) <= listRows
}

// recordValues read the files of records by their endings.
var recordValues = map[string]func(string) ([]node, error){".yaml": yamlValues, ".yml": yamlValues, ".json": jsonValues, ".toml": tomlValues, "": yamlValues}

// recordFile reports a file that is named as one of records.
func recordFile(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext != "" && recordValues[ext] != nil
}

// recordRoots are the records of a file of them; a file without an ending may be one.
func recordRoots(name string, data []byte) []node {
	values := recordValues[strings.ToLower(path.Ext(name))]
	if values == nil || len(data) > recordsMost || bytes.HasPrefix(data, []byte("PK")) {
		return nil
	}
	text, err := decodeText(data)
	if err != nil {
		return nil
	}
	roots, err := values(text)
	if err != nil {
		return nil
	}
	return roots
}

// people keeps the records of people that stand under a key each.
func (t *hatTree) people(v node) {
	for i, of := range v.of {
		if of.kind == 'r' && of.personName() != "" {
			t.known[strings.ToLower(v.keys[i])] = of
		}
		t.people(of)
	}
	for _, item := range v.list {
		t.people(item)
	}
}

// personName is the name of a person that a record holds, or "".
func (v node) personName() string {
	for i, key := range v.keys {
		if f, _ := guessField(key); f == FullName && v.of[i].kind == 's' && namesOnePerson(nameValue(v.of[i].text)) {
			return nameValue(v.of[i].text)
		}
	}
	return ""
}

// find goes through records; role is that of the keys that lead here, and of is what the hats below it are of.
func (t *hatTree) find(v node, of, role string, former bool) {
	if title := v.ownTitle(); v.kind == 'r' && title != "" && v.personName() == "" {
		if of = title; headedRole(title) != "" {
			of = ""
		}
	}
	for _, item := range v.list {
		if who, does, ok := item.member(of != ""); ok {
			t.listing.Rows = append(t.listing.Rows, Row{Line: max(item.line, v.line, 1), Cells: []string{of, does, who, item.address(), "", ""}})
			continue
		}
		if item.kind != 's' {
			t.find(item, of, role, former)
		}
	}
	grid := v.saysParts()
	for i, key := range v.keys {
		says, rest, over := roleOfKey(key)
		if grid && raciKeys[compact(key)] {
			continue
		}
		inner, where := of, says
		if rest != "" {
			inner = rest
		}
		if says == "" && memberKeys[compact(key)] {
			where, over = role, former
		}
		if v.of[i].kind == 's' && of != "" && rest != "" { // "oncall_engineer" below a service
			inner, where = of, strings.ReplaceAll(rest, "-", " ")+" "+strings.ToLower(where)
		}
		switch value := v.of[i]; {
		case where != "" && (value.namesHolders() || says != "" && t.namesOne(value)):
			t.add(value, inner, where, over)
		case value.kind == 's':
		case v.listsMembers() && memberKeys[compact(key)]:
			t.find(value, inner, role, former)
		case value.kind == 'l' && where == "" && value.namesHolders() && len(value.list) > 1:
			t.left = append(t.left, key)
		case value.kind == 'r' && where == "" && hangsOn(key, value):
			t.find(value, key, role, former)
		default:
			t.find(value, inner, cmp.Or(says, role), over)
		}
	}
}

// hangsOn reports a key that names what the roles below it are of, and is no word for their group.
func hangsOn(key string, v node) bool {
	if v.listsMembers() {
		return true
	}
	return !hasWord(key, aboutHats) && !memberKeys[compact(key)] && slices.ContainsFunc(v.keys, func(k string) bool { says, _, _ := roleOfKey(k); return says != "" })
}

// namesHolders reports a list of accounts, names, or records of people.
func (v node) namesHolders() bool {
	return len(v.list) > 0 && !slices.ContainsFunc(v.list, func(item node) bool { return item.holder() == "" && item.personName() == "" })
}

// namesOne reports a text that names somebody for sure. One word may be anything, unless the file says whose account it is.
func (t *hatTree) namesOne(v node) bool {
	text := v.holder()
	return t.known[strings.ToLower(text)].kind != 0 || strings.Contains(text, "@") || namesOnePerson(nameValue(text))
}

// holder is who a text names, or "".
func (v node) holder() string {
	text := strings.TrimSpace(v.text)
	if v.kind != 's' || text == "" || isNumber(text) || trueWords[compact(text)] || falseWords[compact(text)] {
		return ""
	}
	if accountSaid.MatchString(text) || plainAddress.MatchString(text) || namesOnePerson(nameValue(text)) {
		return text
	}
	return ""
}

// add appends a line for each that stands there.
func (t *hatTree) add(v node, of, role string, former bool) {
	items := v.list
	if v.kind == 's' {
		items = []node{v}
	}
	for _, item := range items {
		holder, address := item.holder(), ""
		person := item
		if p, ok := t.known[strings.ToLower(strings.TrimPrefix(holder, "@"))]; ok {
			person, t.met = p, true
		}
		if name := person.personName(); name != "" {
			holder, address = name, person.address()
		}
		state, is := "", ""
		if former {
			state = "former"
		}
		if group, _, _ := roleOfKey(holder); group != "" && strings.ContainsAny(holder, "-/") {
			is = "team" // "oven-maintainers" among those who approve
		}
		t.listing.Rows = append(t.listing.Rows, Row{Line: max(item.line, v.line, 1), Cells: []string{of, role, holder, address, state, is}})
	}
}

// heldBy are the people in the records below a key that says a role or who stands in: "owner: {name: …, email: …}". "" of others.
func (v node) heldBy(key string) string {
	if saysManager(key) || !kindHeading(key) && !leads[compact(key)] && inHeading(key) != itsm.Deputy {
		return ""
	}
	people := v.list
	if v.kind == 'r' {
		people = []node{v}
	}
	var names []string
	for _, p := range people {
		name := p.personName()
		if name == "" {
			return ""
		}
		if at := p.address(); at != "" && len(people) == 1 {
			name += " <" + at + ">"
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// address is that of a person in a record.
func (v node) address() string {
	for i, key := range v.keys {
		if f, _ := guessField(key); f == Email && plainAddress.MatchString(v.of[i].text) {
			return v.of[i].text
		}
	}
	return ""
}

// roleOfKey is the role that a key ends with, what stands before it, and whether it was had once: "oven-maintainers",
// "emeritus_approvers".
func roleOfKey(key string) (role, rest string, former bool) {
	parts := strings.FieldsFunc(key, func(r rune) bool { return r == '_' || r == '-' || r == ' ' || r == '/' })
	parts = slices.DeleteFunc(parts, func(p string) bool {
		former = former || formerWords[compact(p)]
		return formerWords[compact(p)] || nowWords[compact(p)]
	})
	if len(parts) == 0 || len(parts) > 6 {
		return "", "", former
	}
	last := strings.TrimSuffix(compact(parts[len(parts)-1]), "s")
	if strings.HasSuffix(last, "ie") {
		last = strings.TrimSuffix(last, "ie") + "y" // secretaries
	}
	if !onesWords[last] && !keyRoles[last] {
		return "", "", former
	}
	return strings.ToUpper(last[:1]) + last[1:], strings.Join(parts[:len(parts)-1], "-"), former
}

// saysRoles reports a listing with a column that says the role.
func (l Listing) saysRoles() bool {
	known := hatLexicon.byHeading()
	return slices.ContainsFunc(l.Rows[0].Cells, func(cell string) bool {
		f, sure := hatLexicon.guess(known, oneLine(cell))
		return sure > 0 && (f == HatRole || f == HatKind)
	})
}
