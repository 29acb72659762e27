package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// grid renders the rows of a table as "line: a|b|c".
func grid(t Table) []string {
	var out []string
	for _, r := range t.Rows {
		out = append(out, fmt.Sprintf("%d: %s", r.Line, strings.Join(r.Cells, "|")))
	}
	return out
}

func TestTextTables(t *testing.T) {
	utf16le := func(s string) string {
		out := []byte{0xFF, 0xFE}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out)
	}
	bareUTF16BE := func(s string) string {
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u>>8), byte(u))
		}
		return string(out)
	}
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"comma", "x.csv", "Task,PM\nBuild,R\n", []string{"1: Task|PM", "2: Build|R"}},
		{"semicolon with commas inside", "x.csv", "Task;PM;Dev\nBuild, then test;A, R;C\n", []string{"1: Task|PM|Dev", "2: Build, then test|A, R|C"}},
		{"tab", "x.tsv", "Task\tPM\nBuild, test\tR\n", []string{"1: Task|PM", "2: Build, test|R"}},
		{"pipe", "x.txt", "Task|PM\nBuild|R\n", []string{"1: Task|PM", "2: Build|R"}},
		{"formulas that keep a text", "x.csv", "=\"Task\",=\"PM\"\n\"=\"\"0100\"\"\",=\"a \"\"b\"\"\"\n", []string{"1: Task|PM", "2: 0100|a \"b\""}},
		{"sep line", "x.csv", "sep=;\r\nTask;PM\r\n", []string{"2: Task|PM"}},
		{"byte-order mark", "x.csv", "\xEF\xBB\xBFsep=,\r\nA,B\r\n", []string{"2: A|B"}},
		{"old Mac line ends", "x.csv", "A,B\rC,D\r", []string{"1: A|B", "2: C|D"}},
		{"mixed line ends", "x.csv", "A,B\nC,D\r\nE,F", []string{"1: A|B", "2: C|D", "3: E|F"}},
		{"quoted line break keeps line numbers", "x.csv", "A,B\n\"two\r\nlines\",x\nlast,y\n", []string{"1: A|B", "2: two\nlines|x", "4: last|y"}},
		{"doubled quotes", "x.csv", "A,B\n\"say \"\"hi\"\"\",x\n", []string{"1: A|B", `2: say "hi"|x`}},
		{"quotes inside plain text", "x.csv", "A,B\n5\" pipe,x\n", []string{"1: A|B", `2: 5" pipe|x`}},
		{"space before a quote", "x.csv", "A, \"B, C\" ,D\n1, \"2, 3\" ,4\n", []string{"1: A|B, C|D", "2: 1|2, 3|4"}},
		{"unclosed quote", "x.csv", "A,B\n\"open,x\nlast,y\n", []string{"1: A|B", `2: "open|x`, "3: last|y"}},
		{"ragged", "x.csv", "A,B,C\nD\nE,F,,\n", []string{"1: A|B|C", "2: D", "3: E|F"}},
		{"blank rows", "x.csv", "A,B\n\n,\n \t,\u00a0\nC,D\n", []string{"1: A|B", "5: C|D"}},
		{"Windows-1252", "x.csv", "Name,Ort\nJ\xfcrgen,K\xf6ln \x96 S\xfcd\n", []string{"1: Name|Ort", "2: Jürgen|Köln – Süd"}},
		{"UTF-16 with mark", "x.csv", utf16le("Näme;B\r\nC;D"), []string{"1: Näme|B", "2: C|D"}},
		{"UTF-16 without mark", "x.csv", bareUTF16BE("Name,B\nC,Dö"), []string{"1: Name|B", "2: C|Dö"}},
		{"text that calls itself xls", "x.xls", "A\tB\nC\tD\n", []string{"1: A|B", "2: C|D"}},
		{"one column", "x.csv", "A\nB\n", []string{"1: A", "2: B"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tables, err := ReadTables(tt.file, []byte(tt.text), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, grid(tables[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnclosedQuoteIsSaid(t *testing.T) {
	tables, err := ReadTables("x.csv", []byte("A,B\nC,D\n\"open,x\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if n := tables[0].Notes; len(n) != 1 || n[0].Line != 3 {
		t.Errorf("notes %+v, want one on line 3", n)
	}
}

func zipped(parts ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, _ := w.Create(parts[i])
		_, _ = f.Write([]byte(parts[i+1]))
	}
	_ = w.Close()
	return out.Bytes()
}

func wideText(s string) string {
	var out strings.Builder
	for _, r := range s {
		out.WriteString(string(r) + "\x00")
	}
	return out.String()
}

func workbookBytes(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func setRow(t *testing.T, f *excelize.File, sheet, at string, values ...any) {
	t.Helper()
	if err := f.SetSheetRow(sheet, at, &values); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbook(t *testing.T) {
	data := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "C4", "Text", "Day", "Moment", "Padded", "Share", "Number", "Truth")
		setRow(t, f, "Sheet1", "C5", " spaced ", 39254, 39254.5, 42, 0.125, 0.1+0.2, true)
		styles := map[string]excelize.Style{
			"D5": {NumFmt: 14}, "E5": {CustomNumFmt: new(`dd/mm/yyyy\ hh:mm`)}, "F5": {CustomNumFmt: new("00000")}, "G5": {NumFmt: 9},
		}
		for cell, s := range styles {
			id, err := f.NewStyle(&s)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellValue("Sheet1", "C9", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Second", "Nothing", "Secret"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		setRow(t, f, "Second", "A1", "Group", "Task")
		setRow(t, f, "Second", "A2", "Build", "One")
		setRow(t, f, "Second", "B3", "Two")
		if err := f.MergeCell("Second", "A2", "A3"); err != nil {
			t.Fatal(err)
		}
		setRow(t, f, "Secret", "A1", "x")
		if err := f.SetSheetVisible("Secret", false); err != nil {
			t.Fatal(err)
		}
	})
	tables, err := ReadTables("x.xlsx", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range tables {
		got = append(got, fmt.Sprintf("%s %v", table.Name, table.Hidden))
		got = append(got, grid(table)...)
	}
	want := []string{
		"Sheet1 false",
		"4: ||Text|Day|Moment|Padded|Share|Number|Truth",
		"5: || spaced |2007-06-21|2007-06-21 12:00:00|00042|12.5%|0.3|TRUE",
		"9: ||2024-02-29",
		"Second false", "1: Group|Task", "2: Build|One", "3: Build|Two",
		"Secret true", "1: x",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNumberFormats(t *testing.T) {
	tests := []struct {
		code string
		want cellFormat
	}{
		{"yyyy-mm-dd", cellFormat{date: true}},
		{`[$-409]d\-mmm\-yy;@`, cellFormat{date: true}},
		{"h:mm AM/PM", cellFormat{clock: true}},
		{"[h]:mm:ss", cellFormat{clock: true}},
		{"m/d/yyyy h:mm", cellFormat{date: true, clock: true}},
		{`#,##0.00 "days"`, cellFormat{}},
		{"[Red]0.00", cellFormat{}},
		{"General", cellFormat{}},
		{"0000", cellFormat{digits: 4}},
		{"0.0%", cellFormat{percent: true}},
	}
	for _, tt := range tests {
		if got := formatOf(200, map[int]string{200: tt.code}); got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.code, got, tt.want)
		}
	}
}

func TestEarlySerials(t *testing.T) {
	for serial, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 45000: "2023-03-15"} {
		if got := serialTime(serial, false).Format(time.DateOnly); got != want {
			t.Errorf("%v: got %s, want %s", serial, got, want)
		}
	}
	if got := serialTime(0, true).Format(time.DateOnly); got != "1904-01-01" {
		t.Errorf("1904: got %s", got)
	}
}

func FuzzTextTable(f *testing.F) {
	for _, s := range []string{"a,b\nc,d", "sep=;\r\na;b", "\"a\"\"b\",c\r\"open", "\xff\xfea\x00,\x00b\x00", "a\tb\n\"x\ny\"\tz", "J\xfcrgen;x", "\xef\xbb\xbfa|b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tables, err := ReadTables("x.csv", data, Limits{})
		if err != nil {
			if CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		for _, table := range tables {
			line := 0
			for _, r := range table.Rows {
				if r.Line <= line || len(r.Cells) == 0 {
					t.Fatalf("line %d after %d with %d cells", r.Line, line, len(r.Cells))
				}
				line = r.Line
			}
		}
	})
}

// What is written by the standard library is read back as it was, but for the apostrophe that guards a cell.
func FuzzTextTableRoundTrip(f *testing.F) {
	f.Add("a", "b \"c\"", "d,\n;e")
	f.Add("'+", "0", "'s")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, s := range []string{a, b, c} {
			if strings.ContainsAny(s, "\r\x00\ufeff") || clean(unguarded(s)) == "" || strings.ToValidUTF8(s, "") != s {
				t.Skip()
			}
		}
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		_ = w.WriteAll([][]string{{"one", "two", "three"}, {a, b, c}, {c, a, b}})
		p := csvParser{text: out.String(), delim: ',', quote: '"', line: 1, limits: DefaultLimits}
		table, err := p.table()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{unguarded(a), unguarded(b), unguarded(c)}, table.Rows[1].Cells); diff != "" {
			t.Error(diff)
		}
	})
}

func FuzzWorkbookSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c><v>39254</v></c></row></sheetData><mergeCells><mergeCell ref="B2:C9"/></mergeCells></worksheet>`)
	f.Add(`<worksheet><row><c t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c></row></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := zipped("xl/workbook.xml", `<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="t.xml"/></Relationships>`,
			"xl/t.xml", `<sst><si><t>one</t></si></sst>`, "xl/worksheets/s.xml", sheet)
		if _, err := ReadTables("x.xlsx", data, Limits{}); err != nil && CodeOf(err) == "" {
			t.Fatalf("an error without a code: %v", err)
		}
	})
}

func TestTheGuardOfACellIsNoneOfItsText(t *testing.T) {
	tables, err := ReadTables("x.csv", []byte("Name,Phone\nAnn,'+1 555\n'-Bo,\"'=1\"\n's Gravenhage,'quoted'\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range tables[0].Rows[1:] {
		got = append(got, strings.Join(r.Cells, "|"))
	}
	if s := strings.Join(got, "; "); s != "Ann|+1 555; -Bo|=1; 's Gravenhage|'quoted'" {
		t.Error(s)
	}
}
