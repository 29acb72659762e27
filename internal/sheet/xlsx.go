package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readXLSX reads the sheets of a workbook in their order: values as shown,
// days as 2006-01-02, merged cells spread over the cells they cover.
func readXLSX(book *archive) ([]Table, error) {
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
	if reader.shared, reader.looks, err = book.sharedStrings(byType["sharedStrings"]); err != nil {
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
func (a *archive) main() (string, error) {
	_, byType, err := a.relations("")
	if err != nil {
		return "", err
	}
	main := byType["officeDocument"]
	if main == "" {
		main = "xl/workbook.xml"
	}
	if a.parts[partKey(main)] == nil {
		return "", a.kind.broken()
	}
	return main, nil
}

type sheetEntry struct {
	name, relation string
	hidden         bool
}

// sheets lists the sheets of a workbook and whether its days count from 1904.
func (a *archive) sheets(main string) (sheets []sheetEntry, epoch1904 bool, err error) {
	err = a.walk(main, func(_ *xml.Decoder, e xml.StartElement) error {
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

// looksMost bounds of how many shared texts it is kept how their runs look.
const looksMost = 10_000

// sharedStrings reads the texts that cells refer to by number, and of those in runs of several looks which they are.
func (a *archive) sharedStrings(part string) (texts []string, looks map[int]runText, err error) {
	looks = map[int]runText{}
	err = a.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(texts) >= a.limits.Cells {
			return a.kind.tooLarge(a.limits.Unpacked)
		}
		t, err := runs(d, "t")
		if (t.struck != "" || t.own != "") && len(looks) < looksMost {
			looks[len(texts)] = t
		}
		texts = append(texts, unescapeExcel(t.shown))
		return err
	})
	return texts, looks, err
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

// cellFormat is what matters to us of how a cell looks: its number format, and whether it is struck out.
type cellFormat struct {
	date, clock bool
	percent     bool
	digits      int // zero-padded to so many digits, as in "00000"
	struck      bool
}

// formats reads the format of every cell style.
func (a *archive) formats(part string) ([]cellFormat, error) {
	custom := map[int]string{}
	var out []cellFormat
	var struck []bool // by font
	section := ""     // of the part that is read
	err := a.walk(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			custom[id] = attr(e, "formatCode")
		case "fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs":
			section = e.Name.Local
		case "font":
			if section == "fonts" {
				struck = append(struck, false)
			}
		case "strike":
			if section == "fonts" && len(struck) > 0 {
				struck[len(struck)-1] = isOn(e)
			}
		case "xf":
			if section != "cellXfs" {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			f := formatOf(id, custom)
			font, err := strconv.Atoi(attr(e, "fontId"))
			f.struck = err == nil && font >= 0 && font < len(struck) && struck[font]
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

// formatOf classifies a format by its built-in number or its code.
func formatOf(id int, custom map[int]string) cellFormat {
	code, ok := custom[id]
	if !ok {
		switch {
		case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
			return cellFormat{date: true}
		case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
			return cellFormat{clock: true}
		case id == 22:
			return cellFormat{date: true, clock: true}
		case id == 9 || id == 10:
			return cellFormat{percent: true}
		}
		return cellFormat{}
	}
	code = strings.ToLower(bareFormat(code))
	if code != "" && strings.Trim(code, "0") == "" && len(code) > 1 {
		return cellFormat{digits: len(code)}
	}
	f := cellFormat{percent: strings.Contains(code, "%")}
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
