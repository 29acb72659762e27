package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

const prefix = "/static/"

// styleOrder is the order of app.css; the layers decide what wins, not this list,
// but the first file declares them.
var styleOrder = []string{
	"layers.css", "reset.css", "tokens.css", "base.css", "layout.css", "parts.css", "glyphs.css", "tables.css",
	"forms.css", "dialogs.css", "matrix.css", "map.css", "hats.css", "people.css", "flow.css", "sheet.css", "print.css",
}

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// reference is how one asset names another: url(x.woff2) in styles, './x.js' in scripts.
var reference = regexp.MustCompile(`url\(([\w.-]+)\)|'\./([\w.-]+)'`)

// forReaders are indentation and whole-line comments of our scripts: they would cost the first
// visit about a kilobyte.
var forReaders = regexp.MustCompile(`(?m)^[ \t]*(//.*\n|\n)?`)

// spaces are what a stylesheet holds for its readers alone, and the strings in which it must stay.
var spaces = regexp.MustCompile(`(?s)"[^"]*"|'[^']*'|/\*.*?\*/|\s*[{};,]\s*|:\s+|\s+`)

// dense is a stylesheet without comments and indentation, a sixth of what it costs the first visit.
func dense(css []byte) []byte {
	return spaces.ReplaceAllFunc(css, func(match []byte) []byte {
		switch trimmed := bytes.TrimSpace(match); {
		case match[0] == '"' || match[0] == '\'':
			return match
		case len(trimmed) == 0:
			return []byte(" ")
		case bytes.HasPrefix(trimmed, []byte("/*")):
			return nil
		default:
			return trimmed
		}
	})
}

// asset is one file as it is sent. Compressed forms are made on first use and kept:
// the whole set is some 200 KB and compresses in a fraction of a second.
type asset struct {
	url, contentType, hash string
	body                   []byte
	brotli, gzip           func() []byte
}

// assetSet answers /static/; it is read-only once loaded.
type assetSet struct {
	byName map[string]*asset
	byURL  map[string]*asset
}

func mustLoad(files fs.FS) *assetSet {
	set, err := load(files)
	if err != nil {
		panic("web: " + err.Error())
	}
	return set
}

// load reads styles as one app.css, scripts and vendor as they are, and puts hashed
// addresses into every reference. An asset whose reference is missing is left out.
func load(files fs.FS) (*assetSet, error) {
	set := &assetSet{byName: map[string]*asset{}, byURL: map[string]*asset{}}
	sources, err := readSources(files)
	if err != nil {
		return nil, err
	}
	for len(sources) > 0 {
		added := false
		for name, body := range sources {
			resolved, waiting := set.resolve(body, sources)
			if waiting {
				continue
			}
			delete(sources, name)
			if resolved != nil {
				set.add(name, resolved)
			}
			added = true
		}
		if !added {
			return nil, fmt.Errorf("assets refer to each other in a circle")
		}
	}
	return set, nil
}

func readSources(files fs.FS) (map[string][]byte, error) {
	sources := map[string][]byte{}
	for _, folder := range []string{"styles", "scripts", "vendor"} {
		entries, err := fs.ReadDir(files, folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			ext := path.Ext(entry.Name())
			if contentTypes[ext] == "" || entry.IsDir() || ext == ".css" && folder == "styles" {
				continue // single styles are parts of app.css
			}
			body, err := fs.ReadFile(files, path.Join(folder, entry.Name()))
			if err != nil {
				return nil, err
			}
			if folder == "scripts" {
				body = forReaders.ReplaceAll(body, nil)
			}
			sources[entry.Name()] = body
		}
	}
	var css bytes.Buffer
	css.Write(sources["fonts.css"])
	delete(sources, "fonts.css")
	for _, name := range styleOrder {
		body, err := fs.ReadFile(files, path.Join("styles", name))
		if err != nil {
			return nil, err
		}
		css.Write(body)
	}
	sources["app.css"] = dense(css.Bytes())
	return sources, nil
}

// resolve puts hashed addresses into body. It reports waiting while a referred asset
// is still to come, and returns nil where one does not exist in this build.
func (s *assetSet) resolve(body []byte, pending map[string][]byte) (resolved []byte, waiting bool) {
	missing := false
	resolved = reference.ReplaceAllFunc(body, func(match []byte) []byte {
		groups := reference.FindSubmatch(match)
		name := string(append(slices.Clone(groups[1]), groups[2]...))
		if target := s.byName[name]; target != nil {
			return bytes.Replace(match, relative(match, name), []byte(target.url), 1)
		}
		if pending[name] != nil {
			waiting = true
		} else {
			missing = true
		}
		return match
	})
	if waiting || missing {
		return nil, waiting
	}
	return resolved, false
}

// relative is the part of a reference that the hashed address takes the place of.
func relative(match []byte, name string) []byte {
	if bytes.HasPrefix(match, []byte("'")) {
		return []byte("./" + name)
	}
	return []byte(name)
}

func (s *assetSet) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	a := &asset{
		url:         prefix + strings.TrimSuffix(name, ext) + "." + hash + ext,
		contentType: contentTypes[ext],
		hash:        hash,
		body:        body,
		brotli:      sync.OnceValue(func() []byte { return compress(body, brotliTo) }),
		gzip:        sync.OnceValue(func() []byte { return compress(body, gzipTo) }),
	}
	if ext == ".woff2" { // compressed by its format
		a.brotli, a.gzip = nil, nil
	}
	s.byName[name], s.byURL[a.url] = a, a
}

func (s *assetSet) url(name string) string {
	a := s.byName[name]
	if a == nil {
		panic("web: no asset named " + name)
	}
	return a.url
}

// ServeHTTP answers by hashed address only, so every answer may be kept for a year.
func (s *assetSet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address can only be read.", http.StatusMethodNotAllowed)
		return
	}
	a := s.byURL[r.URL.Path]
	if a == nil {
		http.Error(w, "There is no such file in this version of Hatrack. Reload the page.", http.StatusNotFound)
		return
	}
	encoding, body := a.encoded(r.Header.Get("Accept-Encoding"))
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("X-Content-Type-Options", "nosniff")
	etag := `"` + a.hash + `"`
	if a.brotli != nil {
		header.Add("Vary", "Accept-Encoding")
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
		etag = `"` + a.hash + "-" + encoding + `"`
	}
	header.Set("ETag", etag)
	if match := r.Header.Get("If-None-Match"); match != "" && strings.Contains(match, etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
}

// encoded picks the smallest form that the header accepts.
func (a *asset) encoded(accept string) (encoding string, body []byte) {
	switch {
	case a.brotli != nil && accepts(accept, "br"):
		return "br", a.brotli()
	case a.gzip != nil && accepts(accept, "gzip"):
		return "gzip", a.gzip()
	}
	return "", a.body
}

// accepts reads an Accept-Encoding header: the name stands there, and not with q=0.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			_, value, _ := strings.Cut(parameter, "=")
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return err != nil || q > 0
		}
	}
	return false
}
