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
	if text := body(t, answer.Body); !strings.Contains(text, "@layer reset, tokens") {
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

// TestBudgets holds what the first visit may cost; the numbers are compressed bytes.
func TestBudgets(t *testing.T) {
	if !Has("htmx.js") {
		if os.Getenv("CI") != "" {
			t.Fatal("web/vendor is not built")
		}
		t.Skip("web/vendor is not built: run npm ci && npm run build in web")
	}
	sum := map[string]int{}
	for name, asset := range assets.byName {
		kind := name[strings.LastIndex(name, "."):]
		if asset.brotli == nil {
			sum[kind] += len(asset.body)
			continue
		}
		sum[kind] += len(asset.brotli())
	}
	for kind, limit := range map[string]int{".css": 12 << 10, ".js": 20 << 10, ".svg": 6 << 10, ".woff2": 50 << 10} {
		t.Logf("%s: %d of %d bytes", kind, sum[kind], limit)
		if sum[kind] > limit {
			t.Errorf("%s files are %d bytes compressed, at most %d", kind, sum[kind], limit)
		}
	}
}
