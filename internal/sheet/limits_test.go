package sheet

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestRefusals(t *testing.T) {
	good := workbookBytes(t, func(f *excelize.File) { setRow(t, f, "Sheet1", "A1", "Task", "PM") })
	tests := []struct {
		name, file, data string
		want             Code
		says             string
	}{
		{"empty", "x.csv", "", Empty, "empty"},
		{"only blanks", "x.csv", " \n\t\n", Empty, "empty"},
		{"only delimiters", "x.csv", ",,,\n,,\n", Empty, "every cell"},
		{"zero byte", "x.csv", "a,b\nc\x00,d\n", Broken, "line 2"},
		{"damaged UTF-8", "x.csv", "ä,ö\nü,\xff\n", Broken, "line 2"},
		{"no character in Windows-1252", "x.csv", "a,b\n\x81,x\n", Broken, "line 2"},
		{"half a character of UTF-16", "x.csv", "\xff\xfea\x00b", Broken, "cut off"},
		{"old Excel", "x.xls", string(oleHead) + wideText("Workbook"), WrongFormat, ".xls"},
		{"password", "x.xlsx", string(oleHead) + wideText("EncryptedPackage"), Protected, "password"},
		{"PDF", "x.csv", "%PDF-1.7", WrongFormat, "PDF"},
		{"picture", "x.png", "\x89PNG\r\n\x1a\n\x00\x00", WrongFormat, "picture"},
		{"photograph", "x.csv", "\xff\xd8\xff\xe0\x00JFIF", WrongFormat, "picture"},
		{"cut off Word", "x.docx", string(zipped("word/document.xml", "<document/>")[:60]), Broken, "This document is damaged"},
		{"Word without a body", "x.docx", string(zipped("word/document.xml", "<document><body>")), Broken, "This document is damaged"},
		{"protected Word", "x.docx", string(oleHead) + wideText("EncryptedPackage"), Protected, "This document is protected"},
		{"text called Word", "x.docx", "a,b\n1,2\n", Broken, "save it again as .docx"},
		{"endless Word", "x.docx", string(zipped("word/document.xml", "<document><body>"+strings.Repeat("<p/>", 3<<20))), TooLarge, "the tables that matter into a new document"},
		{"entities in Word", "x.docx", string(zipped("word/document.xml", `<!DOCTYPE a [<!ENTITY b "bb">]><document><body>&b;</body></document>`)), Broken, "damaged"},
		{"OpenDocument", "x.ods", string(zipped("mimetype", "", "content.xml", "")), WrongFormat, "OpenDocument"},
		{"binary workbook", "x.xlsb", string(zipped("xl/workbook.bin", "")), WrongFormat, ".xlsb"},
		{"any archive", "x.zip", string(zipped("a.txt", "")), WrongFormat, "archive"},
		{"cut off workbook", "x.xlsx", string(good[:len(good)/2]), Broken, "damaged"},
		{"broken XML", "x.xlsx", string(zipped("xl/workbook.xml", "<workbook><sheets>")), Broken, "damaged"},
		{"entities", "x.xlsx", string(zipped("xl/workbook.xml", `<!DOCTYPE a [<!ENTITY b "bb">]><workbook>&b;</workbook>`)), Broken, "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadTables(tt.file, []byte(tt.data), Limits{})
			if CodeOf(err) != tt.want || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %q %v, want %q with %q", CodeOf(err), err, tt.want, tt.says)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	bomb := zipped("xl/workbook.xml", strings.Repeat(" ", 4<<20))
	emptyCells := zipped("xl/workbook.xml", `<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>`,
		"xl/s.xml", "<worksheet>"+strings.Repeat("<row><c/></row>", 61)+"</worksheet>")
	wide := workbookBytes(t, func(f *excelize.File) { setRow(t, f, "Sheet1", "XFD1", "far") })
	merged := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "all")
		setRow(t, f, "Sheet1", "A2", 1, 2, 3, 4, 5)
		for row := 3; row < 40; row++ {
			setRow(t, f, "Sheet1", fmt.Sprintf("A%d", row), "x")
		}
		if err := f.MergeCell("Sheet1", "B3", "E39"); err != nil {
			t.Fatal(err)
		}
		setRow(t, f, "Sheet1", "B3", "spread")
	})
	tests := []struct {
		name   string
		data   []byte
		limits Limits
		says   string
	}{
		{"a cell without end", []byte("name,team\nAnn," + strings.Repeat("x", 200<<10)), Limits{}, "A cell on line 2 holds 200 KB of text"},
		{"bytes", []byte("a,b,c,d"), Limits{Bytes: 3}, "1 KB"},
		{"rows", []byte("a,b\nc,d\ne,f\n"), Limits{Rows: 2}, "2 rows"},
		{"columns", []byte("a,b,c\n"), Limits{Columns: 2}, "2 columns"},
		{"cells", []byte("a,b\nc,d\n"), Limits{Cells: 3}, "3 cells"},
		{"unpacked", bomb, Limits{Unpacked: 1 << 20}, "1 MB"},
		{"the same over and over", zipped("xl/workbook.xml", strings.Repeat(" ", 9<<20)), Limits{}, "hundred times"},
		{"empty cells", emptyCells, Limits{Cells: 60}, "60 cells"},
		{"far column", wide, Limits{}, "columns"},
		{"spread cells", merged, Limits{Cells: 60}, "60 cells"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadTables("x", tt.data, tt.limits)
			if CodeOf(err) != TooLarge || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want a refusal with %q", err, tt.says)
			}
		})
	}
}

func TestManyDelimitersCostLittle(t *testing.T) {
	row := strings.Repeat(",", 1<<20)
	tables, err := ReadTables("x.csv", []byte("a,b\n"+row+"\nc,d\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1: a|b", "3: c|d"}, grid(tables[0])); diff != "" {
		t.Error(diff)
	}
}

// Of a text with more rows than are read no row is kept: it takes the room of the text, and not of its cells.
func TestTooManyRowsAreRefusedBeforeTheyAreKept(t *testing.T) {
	data := []byte("Number,Title,Statement,Why,Measure,Driver\n" + strings.Repeat("1,2,3,4,5,6\n", 1_000_000))
	for name, read := range map[string]func() error{
		"people":   func() error { _, err := FindPeople("x.csv", data, PeopleOptions{}); return err },
		"policies": func() error { _, err := FindPolicies([]File{{"x.csv", data}}, Limits{}); return err },
		"hats":     func() error { _, err := FindHats("x.csv", data, Limits{}); return err },
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read()
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; CodeOf(err) != TooLarge || used > uint64(len(data))*2 {
			t.Errorf("%s: %v, and it took %d MiB for %d", name, err, used>>20, len(data)>>20)
		}
	}
}

// Lines within a cell are no rows, however many there are.
func TestLinesWithinCellsAreNoRows(t *testing.T) {
	data := []byte("A,B\n" + strings.Repeat("x,\"1\n2\n3\n4\"\n\n", 90))
	tables, err := ReadTables("x.csv", data, Limits{Rows: 100})
	if err != nil || len(tables[0].Rows) != 91 {
		t.Errorf("%v, %d tables", err, len(tables))
	}
	if _, err := ReadTables("x.csv", data, Limits{Rows: 90}); CodeOf(err) != TooLarge {
		t.Errorf("one more: %v", err)
	}
}
