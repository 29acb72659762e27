package sheet

import (
	"slices"
	"strings"
)

// Catalogues of software describe each thing by a record of its own, with its kind, its name below "metadata", and who owns it
// below "spec": a component, a system, a resource. Groups and people are described the same way, and owners are references to
// them: "group:bakers", "user:default/ann.bo".

// entity is such a record.
type entity struct {
	kind, name  string
	title       string // how it is shown, where that is said
	owner, mail string
	line        int // of the owner
}

// entityOf reads a record as one; ok is false for others.
func entityOf(v node) (e entity, ok bool) {
	meta, spec := v.child("metadata"), v.child("spec")
	e.kind, e.name, e.title = strings.ToLower(v.child("kind").text), meta.child("name").text, meta.child("title").text
	owner, profile := spec.child("owner"), spec.child("profile")
	e.owner, e.line = strings.TrimSpace(owner.text), max(owner.line, v.line, 1)
	if name := profile.child("displayName").text; name != "" {
		e.title = name
	}
	e.mail = profile.child("email").text
	return e, e.kind != "" && e.name != ""
}

// child is what stands under a key of a record.
func (v node) child(key string) node {
	if i := slices.IndexFunc(v.keys, func(k string) bool { return strings.EqualFold(k, key) }); i >= 0 {
		return v.of[i]
	}
	return node{}
}

// entityHats makes a table of the owners of such things.
func entityHats(name string, roots []node) (Listing, bool) {
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Belongs to", "Role", "Holder", "E-mail", "Type of holder"}}}}
	known, found := map[string]entity{}, []entity{}
	for _, root := range roots {
		if e, ok := entityOf(root); ok {
			found, known[e.kind+":"+strings.ToLower(e.name)] = append(found, e), e
		}
	}
	ownerless := 0
	for _, e := range found {
		switch {
		case e.owner != "":
			holder, mail, is := ownerOf(e.owner, known)
			l.Rows = append(l.Rows, Row{Line: e.line, Cells: []string{e.called(), "Owner", holder, mail, is}})
		case e.kind != "group" && e.kind != "user" && e.kind != "location":
			ownerless++
		}
	}
	l.Notes = []Note{{Line: 1, Text: "Each thing of this catalogue is read with its owner. Who belongs to a group is no hat, and is not read."}}
	if ownerless > 0 {
		l.note(1, "Things without an owner: "+count(ownerless)+".")
	}
	return l, len(l.Rows) > 1 && len(l.Rows) <= listRows
}

// called is how a thing is shown.
func (e entity) called() string {
	if e.title != "" {
		return e.title
	}
	return e.name
}

// ownerOf is who a reference stands for: a kind, if any, a namespace, if any, and a name. What the file says of that one is taken
// from there.
func ownerOf(reference string, known map[string]entity) (holder, mail, is string) {
	kind, name, said := strings.Cut(reference, ":")
	if !said {
		kind, name = "", reference
	}
	name = name[strings.LastIndex(name, "/")+1:]
	kind = strings.ToLower(kind)
	for _, k := range []string{"group", "user"} {
		if e, ok := known[k+":"+strings.ToLower(name)]; ok && (kind == "" || kind == k) {
			kind, name, mail = k, e.called(), e.mail
			break
		}
	}
	switch kind {
	case "group":
		is = "team"
	case "user":
		is = "person"
	}
	return name, mail, is
}
