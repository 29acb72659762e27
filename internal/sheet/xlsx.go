package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readXLSX reads the sheets of a workbook in their order: values as shown,
// days as 2006-01-02, merged cells spread over the cells they cover.
func readXLSX(book *workbook) ([]Table, error) {
	main, err := book.main()
	if err != nil {
		return nil, err
	}
	byID, byType, err := book.relations(main)
	if err != nil {
		return nil, err
	}
	sheets, epoch1904, err := book.sheets(main)
	if err != nil {
		return nil, err
	}
	reader := sheetReader{book: book, epoch1904: epoch1904}
	if reader.shared, err = book.sharedStrings(byType["sharedStrings"]); err != nil {
		return nil, err
	}
	if reader.formats, err = book.formats(byType["styles"]); err != nil {
		return nil, err
	}
	var tables []Table
	for _, s := range sheets {
		table, err := reader.read(byID[s.relation])
		if err != nil {
			return nil, err
		}
		table.Name, table.Hidden = s.name, s.hidden
		if len(table.Rows) > 0 {
			tables = append(tables, table)
		}
	}
	return tables, nil
}

// main finds the part that lists the sheets.
func (b *workbook) main() (string, error) {
	_, byType, err := b.relations("")
	if err != nil {
		return "", err
	}
	main := byType["officeDocument"]
	if main == "" {
		main = "xl/workbook.xml"
	}
	if b.parts[partKey(main)] == nil {
		return "", errBroken()
	}
	return main, nil
}

type sheetEntry struct {
	name, relation string
	hidden         bool
}

// sheets lists the sheets of a workbook and whether its days count from 1904.
func (b *workbook) sheets(main string) (sheets []sheetEntry, epoch1904 bool, err error) {
	err = b.walk(main, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			epoch1904 = v == "1" || v == "true"
		case "sheet":
			// The relation's id is the attribute "id" in a namespace; the
			// plain one is called sheetId.
			state := attr(e, "state")
			sheets = append(sheets, sheetEntry{attr(e, "name"), attr(e, "id"), state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	return sheets, epoch1904, err
}

// sharedStrings reads the texts that cells refer to by number.
func (b *workbook) sharedStrings(part string) ([]string, error) {
	var out []string
	err := b.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(out) >= b.limits.Cells {
			return b.tooLarge()
		}
		s, err := text(d, "t")
		out = append(out, unescapeExcel(s))
		return err
	})
	return out, err
}

// unescapeExcel turns _x000D_ into the character it stands for.
func unescapeExcel(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && n != 0 && utf8.ValidRune(rune(n)) {
				out.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

// numberFormat is what matters to us of a cell's number format.
type numberFormat struct {
	date, clock bool
	percent     bool
	digits      int // zero-padded to so many digits, as in "00000"
}

// formats reads the number format of every cell style.
func (b *workbook) formats(part string) ([]numberFormat, error) {
	custom := map[int]string{}
	var out []numberFormat
	inCells := false
	err := b.walk(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			custom[id] = attr(e, "formatCode")
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "cellXfs":
			inCells = true
		case "xf":
			if !inCells {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			out = append(out, formatOf(id, custom))
		}
		return nil
	})
	return out, err
}

// formatOf classifies a format by its built-in number or its code.
func formatOf(id int, custom map[int]string) numberFormat {
	code, ok := custom[id]
	if !ok {
		switch {
		case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
			return numberFormat{date: true}
		case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
			return numberFormat{clock: true}
		case id == 22:
			return numberFormat{date: true, clock: true}
		case id == 9 || id == 10:
			return numberFormat{percent: true}
		}
		return numberFormat{}
	}
	code = strings.ToLower(bareFormat(code))
	if code != "" && strings.Trim(code, "0") == "" && len(code) > 1 {
		return numberFormat{digits: len(code)}
	}
	f := numberFormat{percent: strings.Contains(code, "%")}
	if strings.Contains(code, "general") {
		return f
	}
	f.clock = strings.ContainsAny(code, "hs")
	f.date = strings.ContainsAny(code, "yd") || strings.Contains(code, "m") && !f.clock
	return f
}

// bareFormat leaves of a format code its first section, without quoted text,
// colours and escaped characters.
func bareFormat(code string) string {
	var out strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return out.String()
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case '[':
			if end := strings.IndexByte(code[i:], ']'); end >= 0 {
				// [h]:mm is a clock, [Red] and [$-409] are not.
				if in := strings.ToLower(code[i+1 : i+end]); strings.Trim(in, "hms") == "" {
					out.WriteString(in)
				}
				i += end
			}
		case '\\', '_', '*':
			i++
		default:
			out.WriteByte(code[i])
		}
	}
	return out.String()
}
