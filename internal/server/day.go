package server

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// look reads the day of ?on= that a page is to speak of. From then on the reader's actor looks at it, with the rights of
// today and none to write; today is no other day. A page that speaks of today whatever the address says only keeps the day for
// where it leads. A day that is none is Invalid.
func (v *visit) look() error {
	var c itsm.Checks
	day := c.Day(v.r.URL.Query().Get("on"), "on")
	if err := c.Err(); err != nil {
		return err
	}
	switch {
	case day == nil || day.Equal(v.by.Today):
	case ofToday.MatchString(v.r.URL.Path):
		v.kept = day
	default:
		v.by.On, v.kept = day, day
		v.Actor = v.by
	}
	return nil
}

// day is the day that the page speaks of.
func (v *visit) day() time.Time { return v.by.Day() }

// onDay looks at the day of the address before a handler answers. Nothing is written on another day than today.
func (v *visit) onDay(h handler) error {
	if dayless.MatchString(v.r.URL.Path) {
		return h(v)
	}
	if err := v.look(); err != nil {
		return v.showAs(http.StatusUnprocessableEntity, page.NoDayScreen(err.Error(), v.r.URL))
	}
	if v.by.On != nil && v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		return itsm.Forbidden{Why: v.by.WritingOff()}
	}
	return h(v)
}

// dayKeeper lets every link of a page keep the day that the page speaks of, and the region.
type dayKeeper struct {
	on, region string
	path       string // of the page itself, where it has a region to choose: what leads to another view of it, or to its file, says its region
}

// keeper is that of a visit; without another day there is nothing to keep.
func (v *visit) keeper() *dayKeeper {
	if v.kept == nil {
		return nil
	}
	k := &dayKeeper{on: itsm.ISODay(*v.kept)}
	if choosesRegion.MatchString(v.r.URL.Path) {
		k.path = undecorated(v.r.URL.Path)
	}
	if region := v.query("region"); region != 0 && !byRegion[v.r.URL.Path] {
		k.region = strconv.FormatInt(region, 10)
	}
	return k
}

// dayless are the addresses that speak of no day but today, or of two that they name.
var dayless = regexp.MustCompile(`^/(static|sign-in|sign-out|accounts|settings|set-up|lead|theme|welcome|design|events)(/|\.|$)|^/processes/[^/]+/raci/compare(\.|$)`)

// ofToday are the addresses that speak of today alone, and say so: what is due, promised and asked for now, what is found by
// today's names, and what the product or a file brings. The day goes along to where they lead.
var ofToday = regexp.MustCompile(`^/(reviews|search|actions|steering|library|import|about|account)([/.?#]|$)`)

// byRegion are the lists in which a region narrows who is listed, instead of saying where the reader stands.
var byRegion = map[string]bool{"/people": true, "/people.csv": true, "/people.xlsx": true}

// choosesRegion are the pages on which one chooses a region.
var choosesRegion = regexp.MustCompile(`^/(processes/[^/]+(/raci)?|map(/[a-z]+)?)$`)

var decoration = regexp.MustCompile(`^(/[a-z-]+/\d+)-[^/]*`)

// undecorated is an address's path without the words after the number.
func undecorated(path string) string { return decoration.ReplaceAllString(path, "$1") }

// href is a link's address with the day. An empty day leads back to today.
func (k *dayKeeper) href(address string) string {
	if !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "?") || strings.HasPrefix(address, "//") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || dayless.MatchString(u.Path) {
		return address
	}
	q := u.Query()
	switch on, given := q["on"]; {
	case !given:
		q.Set("on", k.on)
	case on[0] == "":
		q.Del("on")
	}
	if k.region != "" && !q.Has("region") && u.Path != "" && undecorated(strings.TrimSuffix(u.Path, path.Ext(u.Path))) != k.path && !byRegion[u.Path] {
		q.Set("region", k.region)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// keep writes the day into the links of a page, and into the forms that only ask.
func (k *dayKeeper) keep(doc []byte) []byte {
	if k == nil {
		return doc
	}
	var out bytes.Buffer
	out.Grow(len(doc) + len(doc)/8)
	for z := html.NewTokenizer(bytes.NewReader(doc)); z.Next() != html.ErrorToken; {
		switch raw := z.Raw(); {
		case bytes.HasPrefix(raw, []byte("<a ")):
			out.WriteString(k.link(z.Token()).String())
		case bytes.HasPrefix(raw, []byte("<form")):
			raw = bytes.Clone(raw) // reading the token unescapes it in place
			k.form(&out, raw, z.Token())
		default:
			out.Write(raw)
		}
	}
	return out.Bytes()
}

func (k *dayKeeper) link(a html.Token) html.Token {
	for i := range a.Attr {
		if a.Attr[i].Key == "href" {
			a.Attr[i].Val = k.href(a.Attr[i].Val)
		}
	}
	return a
}

// form adds the day to a form that asks for a page, the region to the one that chooses the day, and the day to the address of one
// that writes where only today is spoken of.
func (k *dayKeeper) form(out *bytes.Buffer, raw []byte, f html.Token) {
	at := func(name string) int {
		return slices.IndexFunc(f.Attr, func(a html.Attribute) bool { return a.Key == name })
	}
	action, method := at("action"), at("method")
	writes := method >= 0 && !strings.EqualFold(f.Attr[method].Val, "get")
	if writes && action >= 0 && ofToday.MatchString(f.Attr[action].Val) {
		f.Attr[action].Val = k.href(f.Attr[action].Val)
		out.WriteString(f.String())
		return
	}
	out.Write(raw)
	if writes || action >= 0 && (!strings.HasPrefix(f.Attr[action].Val, "/") || dayless.MatchString(f.Attr[action].Val)) {
		return
	}
	if at("data-day") < 0 {
		out.WriteString(`<input type="hidden" name="on" value="` + html.EscapeString(k.on) + `">`)
	} else if k.region != "" && k.path == "" {
		out.WriteString(`<input type="hidden" name="region" value="` + k.region + `">`)
	}
}
