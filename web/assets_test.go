package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// get asks the handler; headers come in pairs.
func get(t *testing.T, method, url string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	Handler().ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func TestAssetIsKeptForAYearUnderItsHash(t *testing.T) {
	url := URL("app.css")
	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.css$`).MatchString(url) {
		t.Errorf("app.css is at %s", url)
	}
	answer := get(t, http.MethodGet, url)
	for name, want := range map[string]string{
		"Content-Type":           "text/css; charset=utf-8",
		"Cache-Control":          "public, max-age=31536000, immutable",
		"X-Content-Type-Options": "nosniff",
		"Vary":                   "Accept-Encoding",
	} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if text := body(t, answer.Body); !strings.Contains(text, "@layer reset,tokens") {
		t.Error("app.css does not declare its layers")
	}
	again := get(t, http.MethodGet, url, "If-None-Match", answer.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body(t, again.Body) != "" {
		t.Errorf("asked again with its ETag: %d", again.StatusCode)
	}
}

func TestAssetComesInTheSmallestFormTaken(t *testing.T) {
	url := URL("shell.js")
	plain := body(t, get(t, http.MethodGet, url).Body)
	for accept, want := range map[string]string{
		"gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip;q=0.5": "gzip", "identity": "", "brotli": "",
	} {
		answer := get(t, http.MethodGet, url, "Accept-Encoding", accept)
		if got := answer.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q was answered with %q, want %q", accept, got, want)
			continue
		}
		var reader io.Reader = answer.Body
		switch want {
		case "br":
			reader = brotli.NewReader(answer.Body)
		case "gzip":
			var err error
			if reader, err = gzip.NewReader(answer.Body); err != nil {
				t.Fatal(err)
			}
		}
		if body(t, reader) != plain {
			t.Errorf("%q does not unpack to the file", accept)
		}
	}
}

func TestOnlyAssetsAreServed(t *testing.T) {
	for _, url := range []string{"/static/app.css", "/static/", "/static/app.000000000000.css", "/static/../embed.go", "/static/.keep"} {
		if status := get(t, http.MethodGet, url).StatusCode; status != http.StatusNotFound {
			t.Errorf("GET %s: %d", url, status)
		}
	}
	if status := get(t, http.MethodPost, URL("app.css")).StatusCode; status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", status)
	}
	head := get(t, http.MethodHead, URL("app.css"))
	if head.StatusCode != http.StatusOK || body(t, head.Body) != "" || head.Header.Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d with length %s", head.StatusCode, head.Header.Get("Content-Length"))
	}
}

func TestEveryAddressInsideAnAssetIsServed(t *testing.T) {
	address := regexp.MustCompile(`/static/[\w.-]+`)
	for name, asset := range assets.byName {
		for _, url := range address.FindAllString(string(asset.body), -1) {
			if assets.byURL[url] == nil {
				t.Errorf("%s refers to %s, which is not served", name, url)
			}
		}
	}
	if Has("picker.js") && !strings.Contains(string(assets.byName["picker.js"].body), URL("combobox-nav.js")) {
		t.Error("picker.js does not import combobox-nav by its hash")
	}
}

// withoutVendor is what a bare clone embeds.
func withoutVendor(t *testing.T) fstest.MapFS {
	t.Helper()
	bare := fstest.MapFS{"vendor/.keep": {}}
	for _, folder := range []string{"styles", "scripts"} {
		entries, err := files.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			data, err := files.ReadFile(folder + "/" + entry.Name())
			if err != nil {
				t.Fatal(err)
			}
			bare[folder+"/"+entry.Name()] = &fstest.MapFile{Data: data}
		}
	}
	return bare
}

func TestBareCloneStillHasStylesAndScripts(t *testing.T) {
	set, err := load(withoutVendor(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"app.css": true, "shell.js": true, "grid.js": true, "picker.js": false, "icons.svg": false} {
		if got := set.byName[name] != nil; got != want {
			t.Errorf("%s is there: %v, want %v", name, got, want)
		}
	}
	if strings.Contains(string(set.byName["app.css"].body), "@font-face") {
		t.Error("app.css names a font that this build lacks")
	}
}

func TestEveryStylesheetIsPartOfAppCSS(t *testing.T) {
	entries, err := files.ReadDir("styles")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".css") && !slices.Contains(styleOrder, entry.Name()) {
			t.Errorf("%s is not in styleOrder", entry.Name())
		}
	}
}

// TestDenseStylesMeanTheSame holds the one place that rewrites our styles.
func TestDenseStylesMeanTheSame(t *testing.T) {
	for before, after := range map[string]string{
		"a b > c,\n  d:hover {\n  color: red;\n}\n":               "a b > c,d:hover{color:red;}",
		"/* why: it, does */ .x :is(p, q) { margin: 0 auto }":     " .x :is(p,q){margin:0 auto}",
		`p::after { content: " : , { " }`:                         `p::after{content:" : , { "}`,
		"@media (width < 60rem) { b { width: calc(1px + 2px) } }": "@media (width < 60rem){b{width:calc(1px + 2px)}}",
	} {
		if got := string(dense([]byte(before))); got != after {
			t.Errorf("%q became %q, want %q", before, got, after)
		}
	}
}

// TestBudgets holds what the first visit to any page may cost; the numbers are compressed bytes. A page loads the
// styles, the icons, a font, shell.js and perhaps one more script, with all that these import.
func TestBudgets(t *testing.T) {
	if !Has("htmx.js") {
		if os.Getenv("CI") != "" {
			t.Fatal("web/vendor is not built")
		}
		t.Skip("web/vendor is not built: run npm ci && npm run build in web")
	}
	holds := func(what string, limit int, names map[string]bool) int {
		sum := 0
		for name := range names {
			if a := assets.byName[name]; a.brotli != nil {
				sum += len(a.brotli())
			} else {
				sum += len(a.body)
			}
		}
		t.Logf("%s: %d of %d bytes", what, sum, limit)
		if sum > limit {
			t.Errorf("%s is %d bytes compressed, at most %d", what, sum, limit)
		}
		return sum
	}
	of := func(ext string) map[string]bool {
		names := map[string]bool{}
		for name := range assets.byName {
			if strings.HasSuffix(name, ext) {
				names[name] = true
			}
		}
		return names
	}
	rest := holds("styles", 12<<10, of(".css")) + holds("icons", 6<<10, of(".svg"))
	holds("fonts", 50<<10, of(".woff2"))
	for entry := range of(".js") {
		loaded := map[string]bool{}
		withImports(loaded, "shell.js")
		withImports(loaded, entry)
		if scripts := holds("scripts of a page with "+entry, 20<<10, loaded); rest+scripts > 40<<10 {
			t.Errorf("a page with %s leaves no 20 KB of 60 for its own markup: %d", entry, rest+scripts)
		}
	}
}

// withImports notes a script and those that it names, loaded at once or later.
func withImports(loaded map[string]bool, name string) {
	if loaded[name] {
		return
	}
	loaded[name] = true
	for other, asset := range assets.byName {
		if strings.Contains(string(assets.byName[name].body), asset.url) && strings.HasSuffix(other, ".js") {
			withImports(loaded, other)
		}
	}
}
