package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
)

// A file that is too large is refused with a page. A browser shows that page only if its upload was taken to the end, so
// what is too large is read and thrown away up to drainMax and for drainTime; beyond that the connection ends.
const (
	drainMax  = 2 << 30
	drainTime = time.Minute
)

var errTooLarge = &http.MaxBytesError{Limit: uploadMax}

// upFile is one file of a form.
type upFile struct {
	Name string
	Data []byte
}

// upload reads the one file of a form and its other fields. A file that is missing or empty is Invalid; one over
// uploadMax is a http.MaxBytesError.
func (v *visit) upload(field string) (name string, data []byte, fields map[string]string, err error) {
	files, fields, err := v.uploads(field, uploadMax)
	if len(files) > 0 {
		name, data = files[len(files)-1].Name, files[len(files)-1].Data
	}
	if err == nil && len(data) == 0 {
		err = noFile(field)
	}
	if err != nil {
		return name, nil, fields, err
	}
	return name, data, fields, nil
}

// pasted is the field of a form for what is brought without a file, and pastedName what it is called then.
const (
	pasted     = "paste"
	pastedName = "Pasted table"
)

// uploads reads the files of a form, those that hold something and what was pasted as one more, and its other fields. A file over uploadMax is a
// http.MaxBytesError, and so are files that have more than most together.
func (v *visit) uploads(field string, most int64) (files []upFile, fields map[string]string, err error) {
	fields = map[string]string{}
	if v.r.ContentLength > most+formMax {
		return nil, fields, v.drain()
	}
	body := &io.LimitedReader{R: v.r.Body, N: most + formMax + 1}
	v.r.Body = io.NopCloser(body)
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, fields, noFile(field)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			if text := fields[pasted]; strings.TrimSpace(text) != "" {
				files = append(files, upFile{pastedName, []byte(text)})
			}
			return files, fields, nil
		}
		if err != nil {
			return nil, fields, v.cutShort(body, field)
		}
		content, err := readPart(part, v.r.ContentLength)
		if err != nil {
			return nil, fields, v.cutShort(body, field)
		}
		if len(content) > uploadMax {
			return nil, fields, v.drainFrom(body)
		}
		switch {
		case part.FormName() == field:
			if len(content) > 0 {
				files = append(files, upFile{fileName(part.FileName()), content})
			}
		case utf8.Valid(content):
			fields[part.FormName()] = string(content)
		}
	}
}

// readPart reads a part of a form up to uploadMax and one more. Of a large body the room is made at once: making it bit by
// bit takes twice as much.
func readPart(part io.Reader, length int64) ([]byte, error) {
	var content bytes.Buffer
	if length > largeFile {
		if _, err := io.CopyN(&content, part, largeFile/2); errors.Is(err, io.EOF) { // one of the small fields
			return content.Bytes(), nil
		} else if err != nil {
			return nil, err
		}
		content.Grow(int(min(length, uploadMax+1)) + bytes.MinRead)
	}
	_, err := content.ReadFrom(io.LimitReader(part, uploadMax+1-int64(content.Len())))
	return content.Bytes(), err
}

func noFile(field string) error {
	return itsm.Invalid{Problems: []itsm.Problem{{Field: field, Text: "Choose a file that holds something, or paste a table."}}}
}

// uploadProblems are the problems of a form whose files cannot be taken; tooMuch is said of what is too large.
func uploadProblems(err error, tooMuch string) ([]itsm.Problem, int, bool) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return []itsm.Problem{{Field: "file", Text: tooMuch}}, http.StatusRequestEntityTooLarge, true
	}
	return problems(asInvalid(err))
}

// asInvalid makes what a file is refused for a problem of the form.
func asInvalid(err error) error {
	var refusal *sheet.Error
	if errors.As(err, &refusal) {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "file", Text: refusal.Text}}}
	}
	return err
}

// cutShort says why a body ended early: it is too large, or it is no form.
func (v *visit) cutShort(body *io.LimitedReader, field string) error {
	if body.N <= 0 {
		return v.drainFrom(body)
	}
	return noFile(field)
}

// drain reads what still comes and throws it away, within bounds.
func (v *visit) drain() error {
	// Where the deadline cannot be set the server's own holds.
	_ = http.NewResponseController(v.w).SetReadDeadline(time.Now().Add(drainTime))
	_, _ = io.CopyN(io.Discard, v.r.Body, drainMax)
	return errTooLarge
}

func (v *visit) drainFrom(body *io.LimitedReader) error {
	v.r.Body = io.NopCloser(body.R)
	return v.drain()
}

// fileName is the last part of a file's name as browsers send it, fit to be kept and shown.
func fileName(name string) string {
	var c itsm.Checks
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), "\ufffd")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if r := []rune(name); len(r) > itsm.LabelMax {
		name = string(r[:itsm.LabelMax])
	}
	c.Label(&name, "file", "a name")
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}
