package main

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"hatrack/internal/store/storetest"
)

// held is how many MiB a process holds by one of the lines of its status.
func held(t *testing.T, pid int, line string) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(line + `:\s+(\d+) kB`).FindSubmatch(status)
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n >> 10
}

// worked is how long a process has had a processor: how long an answer takes hangs on what else runs on the machine.
func worked(t *testing.T, pid int) (sum time.Duration) {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before may hold spaces
	for _, ticks := range strings.Fields(after)[11:13] {
		n, err := strconv.Atoi(ticks)
		if err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(n) * (time.Second / 100)
	}
	return sum
}

// bringTo sends a file of a size to a form, and says what came back in words.
func bringTo(t *testing.T, address, cookie, name string, file io.Reader, size int64) (status int, to, said string) {
	t.Helper()
	var head bytes.Buffer
	form := multipart.NewWriter(&head)
	if _, err := form.CreateFormFile("file", name); err != nil {
		t.Fatal(err)
	}
	tail := "\r\n--" + form.Boundary() + "--\r\n"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, io.MultiReader(bytes.NewReader(head.Bytes()), file, strings.NewReader(tail)))
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = int64(head.Len()) + size + int64(len(tail))
	req.Header.Set("Content-Type", form.FormDataContentType())
	return sent(t, req, cookie)
}

func sent(t *testing.T, req *http.Request, cookie string) (status int, to, said string) {
	t.Helper()
	req.Header.Set("Cookie", cookie)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(body), " ")
	return res.StatusCode, res.Header.Get("Location"), strings.Join(strings.Fields(text), " ")
}

// noughts are bytes without end.
type noughts struct{}

func (noughts) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// Every page that takes files refuses what is broken or huge with a sentence, at once, and holds little for it.
func TestBrokenAndHugeUploadsAreRefusedAtOnce(t *testing.T) {
	db := storetest.At(t, time.Now)
	cookie := smoLead(t, db)
	addr := free(t)
	server := spawn(t, addr, db)
	base := "http://" + addr
	files := badFiles(t)
	files["a million people"] = faultFile(t, "people.csv", many(1_000_000, "Name,Number\n", "Ann One,7\n", ""))
	for path, small := range map[string]string{"raci": "Activity,Desk,Lead\nLog,R,A\n", "people": "Name,Number\nAnn One,7\n", "assignments": "Role,Process,Person\nOwner,Desk,Ann\n", "policies": "Title,Statement\nLog,All of it\n"} {
		if status, to, said := bringTo(t, base+"/import/"+path, cookie, "small.csv", strings.NewReader(small), int64(len(small))); status != http.StatusSeeOther {
			t.Fatalf("%s: a plain file: %d %s %s", path, status, to, said)
		}
	}
	for _, file := range []string{"a password", "entities in a document", "YAML that grows", "half an archive", "entities in a page"} { // the program's own pages are no growth
		data, err := os.ReadFile(files[file])
		if err != nil {
			t.Fatal(err)
		}
		bringTo(t, base+"/import/raci", cookie, filepath.Base(files[file]), bytes.NewReader(data), int64(len(data)))
	}
	before := held(t, server.Process.Pid, "VmRSS")
	for _, path := range []string{"people", "assignments", "policies", "raci"} {
		try := func(name, file string, data io.Reader, size int64) {
			waiting := storetest.Value[int](t, db, `SELECT count(*) FROM staged_import`)
			start := worked(t, server.Process.Pid)
			status, to, said := bringTo(t, base+"/import/"+path, cookie, filepath.Base(file), data, size)
			if path == "raci" && status == http.StatusSeeOther { // beside others it stands in their list, with its reason
				for range 600 {
					req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+to, nil)
					if err != nil {
						t.Fatal(err)
					}
					if _, _, said = sent(t, req, cookie); !strings.Contains(said, "Reading the files") {
						break
					}
					time.Sleep(100 * time.Millisecond)
				}
				if !strings.Contains(said, "Cannot be read") && !strings.Contains(said, "No grid") && !strings.Contains(said, "0 grids come in") {
					t.Errorf("%s, %s: %.600s", path, name, said)
				}
				if n := storetest.Value[int](t, db, `SELECT COALESCE(max(length(content)), 0) FROM staged_file`); n > 1<<20 {
					t.Errorf("%s, %s: %d bytes of it are kept", path, name, n)
				}
			} else {
				if status == http.StatusSeeOther { // its columns may be chosen by hand; then its page says why nothing comes of it
					req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+to, nil)
					if err != nil {
						t.Fatal(err)
					}
					status, to, said = sent(t, req, cookie)
					waiting++
				}
				if status != http.StatusUnprocessableEntity && status != http.StatusRequestEntityTooLarge {
					t.Errorf("%s, %s: %d to %s: %.300s", path, name, status, to, said)
				}
				if n := storetest.Value[int](t, db, `SELECT count(*) FROM staged_import`); n != waiting {
					t.Errorf("%s, %s: it is kept", path, name)
				}
			}
			if took := worked(t, server.Process.Pid) - start; took > 6*time.Second {
				t.Errorf("%s, %s: the server worked for %v", path, name, took)
			}
			if grew := held(t, server.Process.Pid, "VmHWM") - before; grew > 64 {
				t.Errorf("%s, %s: the server held %d MiB more", path, name, grew)
				if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", server.Process.Pid), []byte("5"), 0); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			try(name, file, bytes.NewReader(data), int64(len(data)))
		}
		try("a gibibyte", "gib.csv", io.LimitReader(noughts{}, 1<<30), 1<<30)
	}
}
