package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// TestTypedValuesComeBack fills every form of the product, found as three people find them, with values that can be
// recognised, and spoils one field: too long, no day, an id of nothing, NUL, what is no UTF-8. The answer is 4xx with a
// sentence, it holds what was typed in all the others, and the database holds what it held.
func TestTypedValuesComeBack(t *testing.T) {
	t.Parallel()
	r, _ := roughDemo(t)
	known := map[string]bool{}
	for _, who := range []struct{ title, start string }{{"SMO lead", "/practices"}, {"Process owner", "/hats"}, {"Administrator", "/accounts"}} {
		for _, f := range r.everyForm(who.title, who.start) {
			key := ids.ReplaceAllString(f.action, "/{id}") + " " + strings.Join(f.names(), " ")
			if !known[key] && f.typed() > 0 {
				known[key] = true
				r.spoil(who.title, f)
			}
		}
	}
	if len(known) < 30 {
		t.Errorf("only %d forms were found", len(known))
	}
}

func (f postForm) names() (names []string) {
	for _, field := range f.fields {
		names = append(names, field.name)
	}
	return names
}

// typed is how many fields hold what somebody types.
func (f postForm) typed() (n int) {
	for _, field := range f.fields {
		if field.written() {
			n++
		}
	}
	return n
}

// written says that a field takes words or a day. Passwords never come back.
func (f field) written() bool {
	return slices.Contains([]string{"textarea", "text", "", "email", "tel", "date"}, f.kind)
}

// filled is a form with a value of its own in each field.
func (f postForm) filled() postForm {
	full := postForm{action: f.action}
	for i, field := range f.fields {
		switch {
		case strings.HasSuffix(field.name, "_q"): // would be a search
		case field.kind == "date":
			field.value = "2027-03-0" + strconv.Itoa(1+i%9)
		case field.kind == "email":
			field.value = "kept." + strconv.Itoa(i) + "@example.org"
		case strings.HasPrefix(field.name, "wanted_") || field.name == "share":
			field.value = strconv.Itoa(1 + i)
		case field.written():
			field.value = "Kept “" + strconv.Itoa(i) + "” <i>"
		}
		full.fields = append(full.fields, field)
	}
	return full
}

// spoiled are bad values for a field, and what comes back of them; "" where nothing has to.
func spoiled(f field) map[string]string {
	switch {
	case f.name == "back" || f.name == "counter" || f.name == "at": // a place beyond the end is the end
		return nil
	case strings.HasSuffix(f.name, "_q"): // a search
		return map[string]string{"bell\x00s": ""}
	case f.kind == "date":
		return map[string]string{"2026-02-31": "", "soon": ""}
	case f.kind == "select" || f.kind == "radio":
		return map[string]string{"999999999": ""}
	case f.written():
		long := strings.Repeat("long ", 6000) + "end"
		return map[string]string{long: long, "bell\x00s": "bells", "b\xffells": "bells"}
	}
	return nil
}

// spoil posts a form once for each bad value of each of its fields.
func (r rough) spoil(who string, f postForm) {
	r.t.Helper()
	before := r.rows()
	full := f.filled()
	for _, field := range full.fields {
		for bad, back := range spoiled(field) {
			values := full.values()
			values.Set(field.name, bad)
			code, page := r.answer(who, f.action, values)
			what := f.action + ", " + field.name + " = " + strconv.QuoteToASCII(bad[:min(len(bad), 20)])
			if code < 400 || code >= 500 {
				r.t.Errorf("%s as %s: %d", what, who, code)
				continue
			}
			want := full.values()
			want.Del(field.name)
			if back != "" {
				want.Set(field.name, back)
			}
			if lost := missing(r.t, page, full, want); len(lost) > 0 {
				r.t.Errorf("%s as %s: %d, and these are gone: %q", what, who, code, lost)
			}
		}
	}
	if after := r.rows(); after != before {
		r.t.Errorf("%s was refused and changed something: %s, before %s", f.action, after, before)
	}
}

// missing are the fields whose typed value the page no longer holds.
func missing(t *testing.T, page string, full postForm, want url.Values) (lost []string) {
	t.Helper()
	list, _ := forms(t, page)
	for _, typed := range full.fields {
		if !typed.written() || strings.HasSuffix(typed.name, "_q") || !want.Has(typed.name) {
			continue
		}
		held := slices.ContainsFunc(list, func(f postForm) bool {
			return slices.ContainsFunc(f.fields, func(g field) bool {
				return g.name == typed.name && strings.TrimSpace(g.value) == strings.TrimSpace(want.Get(typed.name))
			})
		})
		if !held {
			lost = append(lost, typed.name)
		}
	}
	return lost
}

// answer posts a form as one of the cast.
func (r rough) answer(who, action string, values url.Values) (int, string) {
	r.t.Helper()
	req := httptest.NewRequest(http.MethodPost, action, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(r.in[who])
	w := httptest.NewRecorder()
	r.h.ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

// rows is the last event and how many rows the tables of facts have.
func (r rough) rows() string {
	return storetest.Value[string](r.t, r.db, `
		SELECT (SELECT max(id) FROM event) || ' events, ' || (SELECT count(*) FROM change) || ' changes, ' || (SELECT count(*) FROM person) || ' people, '
		    || (SELECT count(*) FROM assignment) || ' assignments, ' || (SELECT count(*) FROM role) || ' roles, ' || (SELECT count(*) FROM account) || ' accounts'`)
}
