package sheet

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlShown follows which elements of a page are what by their role, and which are not shown at all.
type htmlShown struct {
	hidden   string // the name of the element that is not shown
	depth    int    // of elements of that name in it, itself included
	roles    []roleOpen
	unchosen bool // inside an option that is not the chosen one
}

// roleOpen is an element that may have a role, and what it is by that.
type roleOpen struct {
	name string
	is   atom.Atom
}

// rolesDeep bounds how deep such elements are followed: no page lays a table out in more.
const rolesDeep = 500

// roleOf is which part of a table an element is by its role. Those that are one by their name need none.
var roleOf = map[string]atom.Atom{
	"table": atom.Table, "grid": atom.Table, "treegrid": atom.Table, "row": atom.Tr,
	"cell": atom.Td, "gridcell": atom.Td, "columnheader": atom.Th, "rowheader": atom.Th,
}

var (
	tableParts = []atom.Atom{atom.Table, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot}
	// hideable are elements that are closed in so many words.
	hideable = []atom.Atom{atom.Span, atom.Div, atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.Small, atom.Label, atom.Button, atom.Sup}
)

// start says as what an element counts, and whether it is shown.
func (h *htmlShown) start(tag html.Token, closed bool) (is atom.Atom, shown bool) {
	if h.hidden != "" {
		if tag.Data == h.hidden && !closed {
			h.depth++
		}
		return 0, false
	}
	if !closed && isHidden(tag) {
		h.hidden, h.depth = tag.Data, 1
		return 0, false
	}
	if tag.DataAtom == atom.Option {
		h.unchosen = !hasAttr(tag, "selected")
	}
	is = tag.DataAtom
	if slices.Contains(tableParts, is) || closed {
		return is, true
	}
	role := roleOf[attrOf(tag, "role")]
	if role != 0 {
		is = role
	}
	// Of the elements of such a table every one is followed, so that its end is known by its name.
	if len(h.roles) < rolesDeep && (role != 0 || slices.ContainsFunc(h.roles, func(r roleOpen) bool { return r.name == tag.Data })) {
		h.roles = append(h.roles, roleOpen{tag.Data, role})
	}
	return is, true
}

// end says as what the end of an element counts, and whether it was shown.
func (h *htmlShown) end(tag html.Token) (is atom.Atom, shown bool) {
	if h.hidden != "" {
		if tag.Data == h.hidden {
			if h.depth--; h.depth == 0 {
				h.hidden = ""
			}
		}
		return 0, false
	}
	if tag.DataAtom == atom.Option || tag.DataAtom == atom.Select {
		h.unchosen = false
	}
	for i := len(h.roles) - 1; i >= 0; i-- {
		if r := h.roles[i]; r.name == tag.Data {
			h.roles = h.roles[:i]
			if r.is != 0 {
				return r.is, true
			}
			break
		}
	}
	return tag.DataAtom, true
}

// here says whether what is written now is shown.
func (h *htmlShown) here() bool { return h.hidden == "" && !h.unchosen }

// isHidden reports an element of which nothing is shown: by its style, and what Confluence says of a macro beside its title.
func isHidden(tag html.Token) bool {
	if tag.Data == "ac:parameter" {
		return attrOf(tag, "ac:name") != "title"
	}
	style := strings.ReplaceAll(strings.ToLower(attrOf(tag, "style")), " ", "")
	return slices.Contains(hideable, tag.DataAtom) && (hasAttr(tag, "hidden") || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden"))
}

// control writes what a control in a cell shows, and keeps what a picture there is called.
func (p *htmlReader) control(tag html.Token) {
	t := p.table()
	if t == nil || t.cell == nil {
		return
	}
	if tag.DataAtom == atom.Input {
		switch strings.ToLower(attrOf(tag, "type")) {
		case "checkbox", "radio":
			if hasAttr(tag, "checked") {
				p.write("☑")
			} else {
				p.write("☐")
			}
		case "", "text":
			p.write(attrOf(tag, "value"))
		}
	}
	more := labelOf(tag)
	if was, is := readCell(t.label).RACI(), readCell(more).RACI(); t.label == "" {
		t.label = more
	} else if was != "" && is != "" && was != is {
		t.label += ", " + more // a picture for each letter
	}
}

// ownBox is the class of what is drawn in a box of its own beside others: a value that was selected, a tag, a name.
var ownBox = regexp.MustCompile(`(?i)(?:^|[\s-])(?:selected-value|multi-?select|badge|chip|pill|lozenge|tag|mention)(?:$|[\s-])`)

// labelOf is what an element is called, where that is letters or a tick: in the place of a dot that somebody sees.
func labelOf(tag html.Token) string {
	for _, key := range []string{"alt", "aria-label", "title"} {
		if s := oneLine(attrOf(tag, key)); crosses[strings.ToLower(s)] || readCell(s).kind == letterCell {
			return s
		}
	}
	return ""
}

func attrOf(tag html.Token, key string) string {
	for _, a := range tag.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(tag html.Token, key string) bool {
	return slices.ContainsFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == key })
}
