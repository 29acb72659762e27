package server

import (
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/sheet"
	"hatrack/web/page"
)

// importColumns tells a page what the columns of a list are used for, and what they leave open.
func importColumns(action string, fields []sheet.Field, columns []sheet.Column, questions []sheet.Question, mapping map[int]sheet.Field, dates sheet.DateOrder) page.ImportColumns {
	form := page.ImportColumns{Action: action, ByHand: len(mapping) > 0 || dates != sheet.AnyOrder}
	for _, f := range fields {
		words := f.Words()
		form.Fields = append(form.Fields, page.ImportField{Value: string(f), Text: strings.ToUpper(words[:1]) + words[1:]})
	}
	for _, c := range columns {
		field := c.Field
		if f, ok := mapping[c.Index]; ok && !c.Sensitive {
			field = f // also where it cannot be read so: what was chosen stays
		}
		form.Columns = append(form.Columns, page.ImportColumn{Index: c.Index, Header: c.Header, Sample: c.Sample, Field: string(field), Why: c.Why, Sensitive: c.Sensitive})
	}
	if len(questions) == 0 && dates == sheet.AnyOrder {
		return form
	}
	q := page.ImportQuestion{Text: "In which order are the dates written?", Chosen: string(dates)}
	if len(questions) > 0 {
		q.Text, q.Chosen = questions[0].Text, questions[0].Assumed
	}
	for _, o := range []sheet.DateOrder{sheet.DMY, sheet.MDY, sheet.YMD} {
		q.Choices = append(q.Choices, page.ImportField{Value: string(o), Text: o.Words()})
	}
	form.Question = &q
	return form
}

// chosenTop is what the first line of a list is said to be; other says that it is not read so.
func chosenTop(headless bool, values url.Values) (top sheet.Top, other bool) {
	switch top = sheet.Top(values.Get("top")); top {
	case sheet.TopData:
		return top, !headless
	case sheet.TopHeadings:
		return top, headless
	}
	return "", false
}

// chosenFields are the columns that are to be used otherwise than guessed.
func chosenFields(guessed []sheet.Column, values url.Values) map[int]sheet.Field {
	chosen := map[int]sheet.Field{}
	for _, c := range guessed {
		name := "column-" + strconv.Itoa(c.Index)
		if f := sheet.Field(storable(values.Get(name))); values.Has(name) && f != c.Field {
			chosen[c.Index] = f
		}
	}
	return chosen
}
