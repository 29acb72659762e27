package server

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// opened travels with a form that changes something: which state of it was seen, and a print of each field as it was
// shown, so that what was typed can be told from what was only sent back.
type opened struct {
	Counter int64  `form:"counter"`
	Seen    string `form:"seen"`
	taken   []string
}

func (o *opened) open() *opened { return o }

func (o *opened) page() page.Seen { return page.Seen{Prints: o.Seen, Taken: o.taken} }

// changing is a form of type T that has opened in it.
type changing[T any] interface {
	*T
	open() *opened
}

// shown is a form as it is shown first: it says so.
func shown[T any, P changing[T]](in T) T {
	var prints []string
	for _, f := range fields(reflect.ValueOf(in)) {
		prints = append(prints, f.print())
	}
	P(&in).open().Seen = strings.Join(prints, ".")
	return in
}

// takeOver gives a form, which somebody else was quicker with, what stands now where nothing was typed; all else that was
// typed stays. From then on it was opened on what stands now.
func takeOver[T any, P changing[T]](in P, now T) {
	now = shown[T, P](now)
	into, stands := fields(reflect.ValueOf(in).Elem()), fields(reflect.ValueOf(now))
	prints := strings.Split(in.open().Seen, ".")
	*in.open() = *P(&now).open()
	if len(prints) != len(into) { // of an older form: all of it counts as typed
		return
	}
	for i, f := range into {
		if f.print() != prints[i] || f.print() == stands[i].print() || strings.HasSuffix(f.name, findingSuffix) {
			continue
		}
		in.open().taken = append(in.open().taken, f.name)
		f.value.Set(stands[i].value)
		if q := slices.IndexFunc(into, func(q field) bool { return q.name == f.name+findingSuffix }); q >= 0 {
			into[q].value.Set(stands[q].value)
		}
	}
}

// findingSuffix ends the name of the field in which one types to find what the field of that name holds.
const findingSuffix = "_q"

// field is a field of a form by its name there.
type field struct {
	name  string
	value reflect.Value
}

// fields are those of a form, without what only travels with it.
func fields(in reflect.Value) (all []field) {
	for i := range in.NumField() {
		switch f := in.Type().Field(i); {
		case f.Type == reflect.TypeFor[opened]():
		case f.Anonymous:
			all = append(all, fields(in.Field(i))...)
		default:
			all = append(all, field{f.Tag.Get("form"), in.Field(i)})
		}
	}
	return all
}

// print is short, and the same for what reads the same.
func (f field) print() string {
	h := fnv.New32a()
	h.Write([]byte(itsm.Clean(fmt.Sprint(f.value))))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
