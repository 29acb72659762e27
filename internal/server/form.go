package server

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-playground/form/v4"

	"hatrack/internal/itsm"
)

// formMax bounds what a form may hold, in bytes; uploadMax, what a file may.
const (
	formMax   = 1 << 20
	uploadMax = 20 << 20
)

var (
	decoder   = form.NewDecoder()
	fieldName = regexp.MustCompile(`^[^\[\]]*(\[[^\[\]]*\])?$`)
)

// read decodes a posted form into a struct by its form tags. Text that cannot be stored is Invalid by field; a value
// that does not fit its field (a number with letters) is Invalid too. All else that was typed is read even then, the
// text without what cannot be stored, so that the form can come back with it.
func read[T any](v *visit) (T, error) {
	var into T
	values, err := posted(v.w, v.r)
	if err != nil {
		return into, err
	}
	return into, decode(&into, values)
}

// posted reads the body of a form; a body that is no form is Invalid.
func posted(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, formMax)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, err
		}
		return nil, itsm.Invalid{Problems: []itsm.Problem{{Text: "The form could not be read. Load the page again and repeat."}}}
	}
	return r.PostForm, nil
}

// wordFields are those that may hold a single word which somebody thought about.
var wordFields = []string{"name", "title", "purpose", "statement", "why", "text", "what", "reason", "sentence", "outcome"}

// typed are the texts of a form that comes to nothing, so that whoever wrote them can copy them: all of more than one word, but
// for passwords and what a form only carries.
func typed(w http.ResponseWriter, r *http.Request) []string {
	values, err := posted(w, r)
	if err != nil {
		return nil
	}
	var texts []string
	for _, field := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains([]string{"seen", "state", "back", "password", "again", "current"}, field) {
			continue
		}
		for _, text := range values[field] {
			if text = strings.TrimSpace(legible(text)); strings.ContainsAny(text, " \n") || text != "" && slices.Contains(wordFields, field) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

func decode(into any, values url.Values) error {
	var c itsm.Checks
	clean := make(url.Values, len(values))
	for field, texts := range values {
		name := legible(field)
		if !fieldName.MatchString(name) { // the decoder panics at a stray bracket
			c.Say("", "The form could not be read. Load the page again and repeat.")
			continue
		}
		for _, text := range texts {
			kept := legible(text)
			c.Require(kept == text && name == field, name, "This text held characters that cannot be stored. They are left out; look at it and send it again.")
			clean.Add(name, kept)
		}
	}
	// A counter says which state of a row was seen. The store's own word for "whichever" is not for forms.
	whichever := func(counter string) bool { return strings.HasPrefix(strings.TrimSpace(counter), "-") }
	c.Require(!slices.ContainsFunc(clean["counter"], whichever), "counter", "The form could not be read. Load the page again and repeat.")
	var wrong form.DecodeErrors
	if err := decoder.Decode(into, clean); errors.As(err, &wrong) {
		for field := range wrong {
			c.Say(field, "This is not a value that fits here.")
		}
	} else if err != nil {
		c.Say("", "The form could not be read. Load the page again and repeat.")
	}
	return c.Err()
}

// whole is what was typed with everything that is wrong with it, for a form that says it all at once: what could not be read, and
// beside it what check finds in the rest, which stands above the days and numbers. Where all could be read, the store checks.
func whole[T any](unread *itsm.Checks, typed T, check func(*T) error) (T, error) {
	if unread.Err() == nil {
		return typed, nil
	}
	rest := typed
	var all itsm.Checks
	all.Add(check(&rest))
	all.Add(unread.Err())
	return typed, all.Err()
}

// legible is a text without what no field may hold: NUL and what is no UTF-8.
func legible(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "") }

// problems are what an error says about a form, for showing it again with what was typed: of an Invalid its problems,
// of a Conflict or a Forbidden its sentence. Other errors are not about the form: ok is false.
func problems(err error) (list []itsm.Problem, status int, ok bool) {
	var invalid itsm.Invalid
	var conflict itsm.Conflict
	switch {
	case errors.As(err, &invalid):
		return invalid.Problems, http.StatusUnprocessableEntity, true
	case errors.As(err, &conflict):
		return []itsm.Problem{{Text: conflict.Text}}, http.StatusConflict, true
	}
	return nil, 0, false
}
