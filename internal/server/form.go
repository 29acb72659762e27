package server

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-playground/form/v4"

	"hatrack/internal/itsm"
)

// formMax bounds what a form may hold, in bytes; uploadMax, what a file may.
const (
	formMax   = 1 << 20
	uploadMax = 20 << 20
)

var decoder = form.NewDecoder()

// read decodes a posted form into a struct by its form tags. Text that cannot be stored is Invalid by field; a value
// that does not fit its field (a number with letters) is Invalid too.
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

func decode(into any, values url.Values) error {
	var c itsm.Checks
	for field, texts := range values {
		for _, text := range texts {
			c.Require(itsm.Storable(text) && itsm.Storable(field), strings.ToValidUTF8(field, ""), "This text holds characters that cannot be stored. Type it again.")
		}
	}
	// A counter says which state of a row was seen. The store's own word for "whichever" is not for forms.
	c.Require(!strings.HasPrefix(strings.TrimSpace(values.Get("counter")), "-"), "counter", "The form could not be read. Load the page again and repeat.")
	if err := c.Err(); err != nil {
		return err
	}
	var wrong form.DecodeErrors
	if err := decoder.Decode(into, values); errors.As(err, &wrong) {
		for field := range wrong {
			c.Say(field, "This is not a value that fits here.")
		}
		return c.Err()
	} else if err != nil {
		return itsm.Invalid{Problems: []itsm.Problem{{Text: "The form could not be read. Load the page again and repeat."}}}
	}
	return nil
}

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
