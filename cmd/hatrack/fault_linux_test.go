package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// ran is what a run of the program ended with.
type ran struct {
	code        int
	out, errOut string
	peak        int           // KiB
	worked      time.Duration // of a processor: how long it takes hangs on what else runs
}

// runAgain runs the program as a process of its own.
func runAgain(t *testing.T, args string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env = append(os.Environ(), serveArgs+"="+args, tellPeak+"=1")
	var out, errOut bytes.Buffer
	c.Stdout, c.Stderr = &out, &errOut
	err := c.Run()
	r := ran{out: out.String(), errOut: errOut.String(), worked: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		r.code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	m := peak.FindStringSubmatch(r.errOut)
	if m == nil {
		t.Fatalf("%s: no peak in %.500s", args, r.errOut)
	}
	r.peak, _ = strconv.Atoi(m[1])
	return r
}

// packed is a zip archive of parts; what is written into one comes from a function, so that it may be larger than memory.
func packed(t *testing.T, file string, parts map[string]func(io.Writer)) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), file)
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for part, write := range parts {
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func text(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }

func many(n int, before, s, after string) func(io.Writer) {
	return func(w io.Writer) {
		_, _ = io.WriteString(w, before)
		block := strings.Repeat(s, 1000)
		for range n / 1000 {
			_, _ = io.WriteString(w, block)
		}
		_, _ = io.WriteString(w, after)
	}
}

const entities = `<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`

// workbookOf is a workbook of one sheet.
func workbookOf(t *testing.T, sheet func(io.Writer)) string {
	return packed(t, "book.xlsx", map[string]func(io.Writer){
		"_rels/.rels":                text(`<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml":            text(`<workbook><sheets><sheet name="A" sheetId="1" r:id="r1" xmlns:r="r"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": text(`<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/worksheets/sheet1.xml":   sheet,
	})
}

func documentOf(t *testing.T, body func(io.Writer)) string {
	return packed(t, "text.docx", map[string]func(io.Writer){"[Content_Types].xml": text("<Types/>"), "_rels/.rels": text("<Relationships/>"), "word/document.xml": body})
}

func faultFile(t *testing.T, name string, write func(io.Writer)) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write(f)
	return file
}

// badFiles are files that nobody can make use of, by what is wrong with them.
func badFiles(t *testing.T) map[string]string {
	t.Helper()
	row := `<row><c t="inlineStr"><is><t>Log</t></is></c><c t="inlineStr"><is><t>R</t></is></c></row>`
	whole := workbookOf(t, many(60_000, `<worksheet><sheetData>`, row, `</sheetData></worksheet>`))
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	deep := strings.Repeat("[", 500_000)
	locked := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 4096)...)
	for _, c := range "EncryptedPackage" {
		locked = binary.LittleEndian.AppendUint16(locked, uint16(c))
	}
	alias := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for i := 'b'; i < 'k'; i++ {
		alias += fmt.Sprintf("%c: &%c [%s*%c]\n", i, i, strings.Repeat(fmt.Sprintf("*%c,", i-1), 8), i-1)
	}
	return map[string]string{
		"a bomb of a workbook":      workbookOf(t, many(1<<30/100, `<worksheet><sheetData>`, strings.Repeat(" ", 100), `</sheetData></worksheet>`)),
		"a bomb of a document":      documentOf(t, many(1<<30/100, `<document><body>`, strings.Repeat(" ", 100), `</body></document>`)),
		"a million rows":            faultFile(t, "rows.csv", many(1_000_000, "Activity,Desk\n", "Log,R\n", "")),
		"a million rows of a sheet": workbookOf(t, many(1_000_000, `<worksheet><sheetData>`, row, `</sheetData></worksheet>`)),
		"a million rows of a wiki":  faultFile(t, "rows.md", many(1_000_000, "| Activity | Desk |\n|---|---|\n", "| Log | R |\n", "")),
		"a million rows of a page":  faultFile(t, "rows.html", many(500_000, "<html><table>", "<tr><td>Log<td>R", "</table>")),
		"entities in a workbook":    workbookOf(t, text(entities+`<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>`)),
		"entities in a document":    documentOf(t, text(entities+`<document><body>&c;</body></document>`)),
		"entities in a page":        faultFile(t, "e.xhtml", text(entities+"<html><body>&c;</body></html>")),
		"half an archive":           faultFile(t, "half.xlsx", text(string(data[:len(data)/2]))),
		"damage in an archive":      faultFile(t, "hole.xlsx", text(string(data[:200])+strings.Repeat("\x00", 200)+string(data[400:]))),
		"a password":                faultFile(t, "locked.xlsx", text(string(locked))),
		"deep JSON":                 faultFile(t, "deep.json", text(deep+strings.Repeat("]", 500_000))),
		"deep JSON records":         faultFile(t, "deep2.json", text(strings.Repeat(`{"a":`, 200_000)+"1"+strings.Repeat("}", 200_000))),
		"deep YAML":                 faultFile(t, "deep.yaml", text(deep)),
		"YAML that grows":           faultFile(t, "alias.yaml", text(alias)),
		"deep YAML blocks":          faultFile(t, "blocks.yaml", text(blocks(1500))),
		"a deep page":               faultFile(t, "deep.html", many(2_000_000, "<html><body>", "<div>", "")),
		"tables in tables":          faultFile(t, "nest.html", many(1_000_000, "<html><body>", "<table><tr><td>", "")),
		"one line of commas":        faultFile(t, "commas.csv", many(19_000_000, "", ",", "")),
		"one word of 19 MB":         faultFile(t, "word.csv", many(19_000_000, "", "x", "")),
		"a quote that never ends":   faultFile(t, "quote.csv", many(9_000_000, "a,\"", "x\n", "")),
		"a wide workbook":           workbookOf(t, many(2_000_000, `<worksheet><sheetData><row>`, `<c><v>1</v></c>`, `</row></sheetData></worksheet>`)),
		"deep XML":                  workbookOf(t, many(2_000_000, `<worksheet><sheetData>`, `<a>`, ``)),
	}
}

// Whatever somebody brings, it is refused with a sentence, at once, and costs little memory: a grid, and a list of people.
func TestBrokenAndHugeFilesAreRefusedAtOnce(t *testing.T) {
	gibibyte := faultFile(t, "gib.csv", text("Activity,Desk\n"))
	if err := os.Truncate(gibibyte, 1<<30); err != nil {
		t.Fatal(err)
	}
	files := badFiles(t)
	files["a gibibyte"] = gibibyte
	base := runAgain(t, "import raci --dry-run --json "+faultFile(t, "small.csv", text("Activity,Desk,Lead\nLog,R,A\nSort,R,A\n")))
	if base.code != 0 {
		t.Fatalf("a plain grid ends with %d: %s", base.code, base.errOut)
	}
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			r := runAgain(t, "import raci --dry-run --json "+file)
			if r.code != exitUnreadable && r.code != exitDoubtful {
				t.Errorf("it ends with %d", r.code)
			}
			if said, _, _ := strings.Cut(r.errOut, "\n"); len(said) < 20 || strings.Contains(said, "panic") || !strings.HasSuffix(said, ".") {
				t.Errorf("it says %q", said)
			}
			if grew := (r.peak - base.peak) >> 10; grew > 64 {
				t.Errorf("it held %d MiB more than a small file", grew)
			}
			if r.worked > 4*time.Second {
				t.Errorf("it worked for %v", r.worked)
			}
			t.Logf("%v, %d MiB: %.120s", r.worked.Round(10*time.Millisecond), (r.peak-base.peak)>>10, r.errOut)
		})
	}
}

// So is a list of people; no database is asked for what cannot be read.
func TestBrokenAndHugeListsOfPeopleAreRefusedAtOnce(t *testing.T) {
	t.Setenv("DATABASE_URL", "postgres://nobody@localhost:1/nothing?connect_timeout=1")
	files := badFiles(t)
	base := runAgain(t, "import people --dry-run "+files["a password"])
	files["a million people"] = faultFile(t, "people.csv", many(1_000_000, "Name,Number\n", "Ann One,7\n", ""))
	for name, file := range files {
		r := runAgain(t, "import people --dry-run "+file)
		if said, _, _ := strings.Cut(r.errOut, "\n"); r.code != exitUnreadable || len(said) < 20 || strings.Contains(said, "panic") {
			t.Errorf("%s: it ends with %d and says %q", name, r.code, said)
		}
		if grew := (r.peak - base.peak) >> 10; grew > 64 || r.worked > 4*time.Second {
			t.Errorf("%s: it held %d MiB more, and worked for %v", name, grew, r.worked)
		}
	}
}

// blocks are mappings within mappings.
func blocks(n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return out.String()
}
