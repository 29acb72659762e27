package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// We read workbooks with our own small streaming reader. The usual library
// stops silently at damaged XML, tells a cell's number format only after the
// whole sheet is in memory (about 200 bytes a cell, so that a file of a few
// hundred kilobytes can ask for gigabytes), and so reads neither dates nor
// merged cells within a bound.

// archive is an open file of an office program: parts of XML, packed.
type archive struct {
	kind   officeKind
	parts  map[string]*zip.File
	budget int64 // bytes that may still be unpacked
	limits Limits
}

var (
	errBudget    = errors.New("unpacked too much")
	errDirective = errors.New("a document type")
)

func openArchive(name string, data []byte, limits Limits) (*archive, error) {
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, officeKindOf(name).broken()
	}
	a := &archive{kind: aWorkbook, parts: map[string]*zip.File{}, budget: limits.Unpacked, limits: limits}
	for _, f := range packed.File {
		a.parts[partKey(f.Name)] = f
	}
	if a.isDocument() {
		a.kind = aDocument
	}
	if len(packed.File) > 10_000 {
		return nil, refuse(TooLarge, "This archive holds %s files; a %s holds a few dozen. %s", count(len(packed.File)), a.kind.noun, saveAs)
	}
	return a, a.refuseKind()
}

// isDocument reports a Word document.
func (a *archive) isDocument() bool { return a.parts["word/document.xml"] != nil }

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

// refuseKind names the other kinds of file that are zip archives too.
func (a *archive) refuseKind() error {
	has := func(name string) bool { return a.parts[name] != nil }
	switch {
	case has("xl/workbook.bin"):
		return refuse(WrongFormat, "This is a binary workbook (.xlsb). %s", saveAs)
	case has("ppt/presentation.xml"):
		return refuse(WrongFormat, "This is a presentation. Copy its table into a spreadsheet and save that as .xlsx or .csv.")
	case has("content.xml") && has("mimetype"):
		return refuse(WrongFormat, "This is an OpenDocument file (.ods or .odt). %s", saveAs)
	case has("index/document.iwa"):
		return refuse(WrongFormat, "This is a Numbers or Pages document. Export it as .xlsx or .csv, then bring that file.")
	case !has("_rels/.rels") && !has("xl/workbook.xml") && !a.isDocument():
		return refuse(WrongFormat, "This is a zip archive and not a workbook. Unpack it and bring the files in it one by one.")
	}
	return nil
}

// Read counts what is unpacked, whatever the archive says about itself, and
// how deep elements lie in one another: the decoder keeps each that is open.
type budgetReader struct {
	from    io.Reader
	archive *archive
	depth   int
	last    byte
}

// deepest is more than any document needs, and little to keep.
const deepest = 10_000

var errDeep = errors.New("elements lie too deep in one another")

func (r *budgetReader) Read(p []byte) (int, error) {
	if r.archive.budget <= 0 {
		return 0, errBudget
	}
	n, err := r.from.Read(p[:min(int64(len(p)), r.archive.budget)])
	r.archive.budget -= int64(n)
	for _, c := range p[:n] {
		switch {
		case r.last == '<' && c == '/', r.last == '/' && c == '>':
			r.depth--
		case r.last == '<' && c != '!' && c != '?':
			r.depth++
		}
		r.last = c
	}
	if r.depth > deepest {
		return 0, errDeep
	}
	return n, err
}

// walk streams the elements of a part to visit; a missing part is no error.
// Text between elements arrives through d in visit (see [text]).
func (a *archive) walk(part string, visit func(d *xml.Decoder, start xml.StartElement) error) error {
	f := a.parts[partKey(part)]
	if f == nil {
		return nil
	}
	if f.UncompressedSize64 > uint64(a.budget) {
		return a.kind.tooLarge(a.limits.Unpacked)
	}
	// Sheets shrink to a tenth or a thirtieth; what shrinks to a hundredth is
	// the same thing over and over, and would keep us busy for nothing.
	if f.UncompressedSize64 > 8<<20 && f.UncompressedSize64 > 100*f.CompressedSize64 {
		return a.kind.hollow()
	}
	body, err := f.Open()
	if err != nil {
		return a.kind.broken()
	}
	defer body.Close()
	err = walkXML(xml.NewDecoder(&budgetReader{from: body, archive: a}), visit)
	var refusal *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return refusal
	case errors.Is(err, errBudget):
		return a.kind.tooLarge(a.limits.Unpacked)
	}
	return a.kind.broken()
}

func walkXML(d *xml.Decoder, visit func(*xml.Decoder, xml.StartElement) error) error {
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			// A document type can define entities that grow without end;
			// no office program writes one.
			return errDirective
		case xml.StartElement:
			if err := visit(d, t); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relations reads which part each relation id of a part leads to.
func (a *archive) relations(part string) (byID, byType map[string]string, err error) {
	byID, byType = map[string]string{}, map[string]string{}
	dir, file := path.Split(part)
	err = a.walk(dir+"_rels/"+file+".rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attr(e, "Target"), "\\", "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		target = strings.TrimPrefix(target, "/")
		byID[attr(e, "Id")] = target
		byType[path.Base(attr(e, "Type"))] = target
		return nil
	})
	return byID, byType, err
}
