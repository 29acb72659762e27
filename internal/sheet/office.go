package sheet

import (
	"bytes"
	"path"
	"strings"
)

// officeKind is what refusals call a file of an office program, and what they advise.
type officeKind struct {
	noun, program, ext string
	part               string // what of it matters to us
	smaller            string // how to bring less of it
}

var (
	aWorkbook = officeKind{"workbook", "spreadsheet", ".xlsx", "cells", "Leave out sheets that are not needed, or save the one you need as .csv."}
	aDocument = officeKind{"document", "word processor", ".docx", "tables", "Bring its tables in a document of their own."}
)

// officeKindOf goes by the name, where the content says nothing.
func officeKindOf(name string) officeKind {
	if strings.EqualFold(path.Ext(name), aDocument.ext) {
		return aDocument
	}
	return aWorkbook
}

func (k officeKind) broken() *Error {
	return refuse(Broken, "This %s is damaged or was cut off on its way. Open it in a %s, save it again as %s and bring the new file.", k.noun, k.program, k.ext)
}

func (k officeKind) protected() *Error {
	return refuse(Protected, "This %s is protected with a password. Open it, remove the password (File, Info, Protect %s) and save it again.", k.noun, strings.ToUpper(k.noun[:1])+k.noun[1:])
}

func (k officeKind) tooLarge(most int64) *Error {
	return refuse(TooLarge, "Unpacked, this %s is larger than %s; no more is read. %s", k.noun, megabytes(most), k.smaller)
}

// hollow refuses what unpacks to very much of the same.
func (k officeKind) hollow() *Error {
	return refuse(TooLarge, "This %s unpacks to more than a hundred times its size, nearly all of it empty. Copy the %s that matter into a new %s and bring that.", k.noun, k.part, k.noun)
}

const saveAs = "Open it and save it as .xlsx or .csv, then bring that file."

// oleHead begins old Office files and password-protected new ones.
var oleHead = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// refuseOLE tells a protected workbook from one of the years before 2007:
// both come in the same container, and the names of its streams are UTF-16.
func refuseOLE(name string, data []byte) error {
	wide := func(s string) []byte {
		out := make([]byte, 0, 2*len(s))
		for i := range len(s) {
			out = append(out, s[i], 0)
		}
		return out
	}
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return officeKindOf(name).protected()
	}
	if bytes.Contains(data, wide("WordDocument")) {
		return refuse(WrongFormat, "This is a Word document of the old kind. Copy its table into a spreadsheet and save that as .xlsx or .csv.")
	}
	return refuse(WrongFormat, "This is an Excel file of the old kind (.xls). %s", saveAs)
}
