package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// fieldID is the id of the control of a name, the target of an error's link.
func fieldID(name string) string { return "f-" + name }

func (v Field) id() string {
	if v.ID != "" {
		return v.ID
	}
	return fieldID(v.Name)
}

func (v Field) inputType() string {
	if v.Type != "" {
		return v.Type
	}
	return "text"
}

// described ties hint and error to the control.
func (v Field) described() templ.Attributes {
	attributes := templ.Attributes{}
	var ids []string
	if v.Err != "" {
		ids = append(ids, v.id()+"-err")
		attributes["aria-invalid"] = "true"
	}
	if v.Hint != "" {
		ids = append(ids, v.id()+"-hint")
	}
	if len(ids) > 0 {
		attributes["aria-describedby"] = strings.Join(ids, " ")
	}
	return attributes
}

func (v Field) attributes() templ.Attributes {
	attributes := v.described()
	if v.Placeholder != "" {
		attributes["placeholder"] = v.Placeholder
	}
	if v.Complete != "" {
		attributes["autocomplete"] = v.Complete
	}
	if v.MaxLength > 0 {
		attributes["maxlength"] = strconv.Itoa(v.MaxLength)
	}
	if v.Autofocus {
		attributes["autofocus"] = true
	}
	return attributes
}

// textareaValue keeps a leading line break, which a browser would drop.
func (v Field) textareaValue() string {
	if strings.HasPrefix(v.Value, "\n") || strings.HasPrefix(v.Value, "\r\n") {
		return "\n" + v.Value
	}
	return v.Value
}
