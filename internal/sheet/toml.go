package sheet

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tomlReader reads what TOML has of tables, lists and texts into a tree; numbers and dates stay texts.
type tomlReader struct {
	s    string
	pos  int
	line int
}

var errTOML = errors.New("it is no TOML")

func tomlValues(text string) ([]node, error) {
	t := &tomlReader{s: strings.ReplaceAll(text, "\r\n", "\n"), line: 1}
	root := node{kind: 'r', line: 1}
	here := &root
	for t.blank(true); t.pos < len(t.s); t.blank(true) {
		if t.s[t.pos] != '[' {
			if err := t.pair(here, 0); err != nil {
				return nil, err
			}
			continue
		}
		many := strings.HasPrefix(t.s[t.pos:], "[[")
		t.pos += 1 + map[bool]int{true: 1}[many]
		path, err := t.path("]")
		if err != nil || len(path) > 60 {
			return nil, errors.Join(errTOML, err)
		}
		if t.pos++; many {
			t.pos++
		}
		here = root.under(path, t.line, many)
	}
	return []node{root}, nil
}

// under is the record at the end of a path, made where it is not there; with many it is one more of a list.
func (v *node) under(path []string, line int, many bool) *node {
	for n, key := range path {
		at := -1
		for i, k := range v.keys {
			if k == key {
				at = i
			}
		}
		last := n == len(path)-1
		if at < 0 {
			next := node{kind: 'r', line: line}
			if last && many {
				next = node{kind: 'l', line: line}
			}
			v.keys, v.of, at = append(v.keys, key), append(v.of, next), len(v.keys)
		}
		v = &v.of[at]
		if last && many {
			v.list = append(v.list, node{kind: 'r', line: line})
		}
		if v.kind == 'l' && len(v.list) > 0 {
			v = &v.list[len(v.list)-1]
		}
	}
	return v
}

// pair reads "key = value" into a record.
func (t *tomlReader) pair(into *node, depth int) error {
	line := t.line
	path, err := t.path("=")
	if err != nil {
		return err
	}
	t.pos++
	v, err := t.value(depth)
	if err != nil {
		return err
	}
	into = into.under(path[:len(path)-1], line, false)
	into.keys, into.of = append(into.keys, path[len(path)-1]), append(into.of, v)
	return nil
}

// path reads names with dots between, up to a sign that is left standing.
func (t *tomlReader) path(end string) (path []string, err error) {
	for {
		t.blank(false)
		name, err := t.text("." + end + " \t")
		if err != nil || name == "" {
			return nil, errors.Join(errTOML, err)
		}
		path = append(path, name)
		t.blank(false)
		switch {
		case strings.HasPrefix(t.s[t.pos:], end):
			return path, nil
		case !strings.HasPrefix(t.s[t.pos:], "."):
			return nil, errTOML
		}
		t.pos++
	}
}

// value reads a text, a list or a record.
func (t *tomlReader) value(depth int) (v node, err error) {
	t.blank(false)
	if v.line = t.line; depth > 60 {
		return v, errTooDeep
	}
	switch {
	case strings.HasPrefix(t.s[t.pos:], "["):
		v.kind = 'l'
		return v, t.items("]", func() error {
			item, err := t.value(depth + 1)
			v.list = append(v.list, item)
			return err
		})
	case strings.HasPrefix(t.s[t.pos:], "{"):
		v.kind = 'r'
		return v, t.items("}", func() error { return t.pair(&v, depth+1) })
	}
	v.kind = 's'
	v.text, err = t.text(",]}\n#")
	v.text = strings.TrimSpace(v.text)
	return v, err
}

// items reads what stands between commas, up to the sign that ends it.
func (t *tomlReader) items(end string, read func() error) error {
	for t.pos++; ; {
		t.blank(true)
		switch {
		case t.pos >= len(t.s):
			return errTOML
		case strings.HasPrefix(t.s[t.pos:], end):
			t.pos++
			return nil
		case t.s[t.pos] == ',':
			t.pos++
			continue
		}
		before := t.pos
		if err := read(); err != nil {
			return err
		}
		if t.pos == before {
			return errTOML
		}
	}
}

// text reads a quoted text, or a bare one up to one of some signs.
func (t *tomlReader) text(ends string) (string, error) {
	rest := t.s[t.pos:]
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if !strings.HasPrefix(rest, quote) {
			continue
		}
		n := len(quote)
		for n < len(rest) && !strings.HasPrefix(rest[n:], quote) {
			if rest[n] == '\\' && quote[0] == '"' {
				n++
			}
			n++
		}
		if n >= len(rest) {
			return "", errTOML
		}
		inner := rest[len(quote):n]
		t.pos += n + len(quote)
		t.line += strings.Count(inner, "\n")
		if plain, err := strconv.Unquote(`"` + inner + `"`); err == nil && quote == `"` {
			return plain, nil
		}
		return inner, nil
	}
	end := strings.IndexAny(rest, ends+"\n")
	if end < 0 {
		end = len(rest)
	}
	t.pos += end
	if utf8.RuneCountInString(rest[:end]) > 200 {
		return "", errTOML
	}
	return rest[:end], nil
}

// blank goes on to what is no space, and with lines to what is no remark or end of a line either.
func (t *tomlReader) blank(lines bool) {
	for t.pos < len(t.s) {
		switch c := t.s[t.pos]; {
		case c == '\n' && lines:
			t.line++
			t.pos++
		case c == '#' && lines:
			if end := strings.IndexByte(t.s[t.pos:], '\n'); end >= 0 {
				t.pos += end
			} else {
				t.pos = len(t.s)
			}
		case c == ' ' || c == '\t':
			t.pos++
		default:
			return
		}
	}
}
