package server_test

import (
	"encoding/csv"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

var sharedData = filepath.Join("..", "..", "..", "shared", "data")

// nasty are texts that have broken programs; the test is skipped where the files are not beside the repository.
func nasty(t *testing.T) (texts []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedData, "web", "blns.json"))
	if err != nil {
		t.Skip("the lists of bad input are not here")
	}
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"csv-formula-injection.txt", "ldap-fuzzing.txt", "xss-polyglots-dmiessler.txt", "xss-somdev.txt"} {
		data, err := os.ReadFile(filepath.Join(sharedData, "web", name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Split(string(data), "\n")...)
	}
	return texts
}

// TestNastyTextSurvives posts every bad text as a name or a note and reads it back as typed but for what nobody sees, never as markup.
func TestNastyTextSurvives(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	s := setScene(t)
	lead := s.as(s.lead)
	for i, text := range texts {
		form := url.Values{"name": {"Nasty " + itoa(int64(i)) + " " + text}, "title": {text}}
		a := lead.post("/people", form)
		name := itsm.OneLine(form.Get("name"))
		switch {
		case !itsm.Storable(text) || len([]rune(name)) > itsm.LabelMax || len([]rune(itsm.OneLine(text))) > itsm.LabelMax:
			if a.status != http.StatusUnprocessableEntity {
				t.Errorf("%q: status %d", text, a.status)
			}
			continue
		case a.status != http.StatusSeeOther:
			t.Errorf("%q: status %d: %.200s", text, a.status, a.text())
			continue
		}
		if i%7 != 0 { // every page costs a trip; one in seven is read back through the browser's eyes
			continue
		}
		page := lead.get(a.to)
		if page.status != 200 || !strings.Contains(html.UnescapeString(page.body), name) {
			t.Errorf("%q: not as typed on its page (status %d)", text, page.status)
		}
		if strings.Contains(text, "<script") && strings.Contains(page.body, text) {
			t.Errorf("%q stands on the page as markup", text)
		}
	}
	kept := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person WHERE name LIKE 'Nasty %'`)
	if kept < len(texts)/2 {
		t.Errorf("only %d of %d were kept", kept, len(texts))
	}
	for _, text := range texts[:min(len(texts), 300)] {
		if a := lead.get("/people?" + url.Values{"q": {text}, "department": {text}, "region": {text}, "page": {text}}.Encode()); a.status != 200 {
			t.Errorf("a search for %q: status %d", text, a.status)
		}
	}
}

// TestNastyTextIsImported brings the same texts as a list.
func TestNastyTextIsImported(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	s := setScene(t)
	lead := s.as(s.lead)
	var file strings.Builder
	w := csv.NewWriter(&file)
	_ = w.Write([]string{"Employee ID", "Name", "Job title"})
	for i, text := range texts {
		_ = w.Write([]string{"n" + itoa(int64(i)), "Nasty " + itoa(int64(i)), text})
	}
	w.Flush()
	upload := lead.upload("/import/people", "nasty.csv", []byte(file.String()))
	if upload.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", upload.status, upload.text())
	}
	lead.get(upload.to).shows(t, 200, "Is this how you mean it?")
	lead.confirm(upload.to)
	kept := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person WHERE external_id LIKE 'n%'`)
	if kept < len(texts)*9/10 {
		t.Errorf("%d of %d people came in", kept, len(texts))
	}
	if got := storetest.Value[int](t, s.DB, `SELECT count(*) FROM person WHERE title LIKE '%<script%'`); got == 0 {
		t.Error("no text with markup was kept as typed")
	}
}

// TestNastyTextInEveryForm types the same texts into every field of every form of the product, each text into a handful
// of forms: whatever becomes of it, it is no 5xx, and no page shows it as markup.
func TestNastyTextInEveryForm(t *testing.T) {
	t.Parallel()
	texts := nasty(t)
	r, _ := roughDemo(t)
	at, sent, taken := 0, 0, 0
	for _, who := range []struct{ title, start string }{{"SMO lead", "/practices"}, {"Process owner", "/hats"}, {"Administrator", "/accounts"}} {
		for _, f := range r.everyForm(who.title, who.start) {
			if f.typed() == 0 {
				continue
			}
			for range 24 {
				text := texts[at%len(texts)]
				at++
				values := f.values()
				for _, field := range f.fields {
					if field.written() && field.kind != "date" && field.kind != "email" {
						values.Set(field.name, text)
					}
				}
				code, page := r.answer(who.title, f.action, values)
				sent++
				if code >= 500 {
					t.Errorf("%s with %q: %d", f.action, text, code)
				}
				if code < 400 {
					taken++
				}
				if strings.ContainsAny(text, "<") && strings.Contains(text, ">") && len(text) > 8 && strings.Contains(page, text) {
					t.Errorf("%s shows %q as markup", f.action, text)
				}
			}
		}
	}
	if sent < len(texts) || taken < 50 {
		t.Errorf("only %d posts, %d of them taken, of %d texts", sent, taken, len(texts))
	}
	for _, start := range []string{"/practices", "/people", "/services", "/hats", "/gaps", "/policies"} {
		for _, f := range r.everyForm("SMO lead", start) { // every page is still there to be read
			if f.action == "" {
				t.Errorf("a form without an address, from %s", start)
			}
		}
	}
}
