package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"hatrack/internal/store/storetest"
)

// patience is how long a page may take on a busy machine; it bounds waits and judges nothing.
const patience = 3 * time.Minute

var chromium struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

func TestMain(m *testing.M) {
	storetest.Main(runner{m})
}

// runner ends the browser before the database.
type runner struct{ *testing.M }

func (r runner) Run() int {
	code := r.M.Run()
	if chromium.cancel != nil {
		chromium.cancel()
	}
	return code
}

func launch() {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, chromium.err = exec.LookPath(name); chromium.err == nil {
			break
		}
	}
	if chromium.err != nil {
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1440, 900), chromedp.Flag("hide-scrollbars", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.Flag("no-sandbox", true))
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	chromium.ctx, chromium.cancel = ctx, func() { cancel(); cancelAllocator() }
	chromium.err = chromedp.Do(ctx)
	if chromium.err == nil {
		_, chromium.err = chromedp.Run(ctx, chromedp.Title()) // starts it
	}
}

// tab is one browser tab with cookies of its own, used as a person would: by labels and words on the screen.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
	mu   sync.Mutex
	said []string // messages on the console: there must be none
}

// newTab opens a tab on a server at base. Without Chromium the test is skipped, or fails where CI is set.
func newTab(t *testing.T, base string, script bool) *tab {
	t.Helper()
	chromium.once.Do(launch)
	if chromium.err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(chromium.err)
		}
		t.Skipf("no Chromium to test with; make setup-test installs it: %v", chromium.err)
	}
	ctx, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext())
	p := &tab{t: t, ctx: ctx, base: base}
	t.Cleanup(func() {
		p.quiet()
		cancel()
	})
	// The tab lives as long as the context of its first action, so that one has no deadline.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	go p.listen(ctx)
	if !script {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	return p
}

func (p *tab) listen(ctx context.Context) {
	for message, err := range chromedp.Console(ctx) {
		if err != nil {
			return
		}
		p.mu.Lock()
		p.said = append(p.said, message.String())
		p.mu.Unlock()
	}
}

// quiet fails the test for what stands on the console: errors of scripts, and everything the content policy refused.
func (p *tab) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, message := range p.said {
		// A form that comes back with problems is 422: the browser notes it, and it is as meant. Hints to developers are no faults.
		if !strings.Contains(message, "status of 4") && !strings.HasPrefix(message, "debug:") && !strings.HasPrefix(message, "info:") {
			p.t.Errorf("on the console: %s", message)
		}
	}
	p.said = nil
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%v, on %s", err, p.where())
	}
}

// run evaluates an expression of JavaScript from outside the page: it works with script off too.
func run[T any](p *tab, expression string, args ...any) T {
	p.t.Helper()
	v, err := try[T](p, expression, args...)
	if err != nil {
		p.t.Fatalf("%v: %.200s, on %s", err, expression, p.where())
	}
	return v
}

func try[T any](p *tab, expression string, args ...any) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	quoted := make([]any, len(args))
	for i, a := range args {
		quoted[i] = fmt.Sprintf("%q", a)
	}
	return chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf(expression, quoted...), chromedp.EvalAwaitPromise))
}

func (p *tab) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, time.Second)
	defer cancel()
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "a page that does not answer"
	}
	return address
}

// open goes to an address of the product.
func (p *tab) open(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.base + path))
}

// reload loads the page again: what is still there was written.
func (p *tab) reload() {
	p.t.Helper()
	p.do(chromedp.Reload())
}

// text is what a person reads in <main>, and in a dialog over it.
func (p *tab) text() string {
	p.t.Helper()
	return run[string](p, `[document.querySelector('main') || document.body, ...document.querySelectorAll('dialog[open]')].filter(Boolean).map(e => e.innerText).join('\n')`)
}

// sees waits until all the words stand on the page.
func (p *tab) sees(words ...string) {
	p.t.Helper()
	for _, word := range words {
		end := time.Now().Add(patience / 2)
		for !strings.Contains(fold(p.text()), fold(word)) {
			if time.Now().After(end) {
				p.t.Fatalf("%q is not on %s, which says:\n%s", word, p.where(), p.text())
			}
			time.Sleep(30 * time.Millisecond)
		}
	}
}

// gone waits until a word is on the page no more.
func (p *tab) gone(word string) {
	p.t.Helper()
	for end := time.Now().Add(patience / 2); strings.Contains(fold(p.text()), fold(word)); time.Sleep(30 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%q is still on %s, which says:\n%s", word, p.where(), p.text())
		}
	}
}

// misses fails where one of the words stands on the page.
func (p *tab) misses(words ...string) {
	p.t.Helper()
	text := fold(p.text())
	for _, word := range words {
		if strings.Contains(text, fold(word)) {
			p.t.Fatalf("%q is on %s", word, p.where())
		}
	}
}

// waits until something becomes true on the page.
func (p *tab) waits(so string, args ...any) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(30 * time.Millisecond) {
		if is, err := try[bool](p, `!!(`+so+`)`, args...); err == nil && is {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("it never became so on %s: %s %q\nin the field with the focus: %q\n%s", p.where(), so, args, run[string](p, `document.activeElement.value ?? ""`), p.text())
		}
	}
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// fields finds form controls by what people call them.
const finders = `
	const words = e => (e.innerText || e.textContent || '').replace(/\s+/g, ' ').trim();
	const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
	const named = (e, n) => e.getAttribute('aria-label') === n || e.dataset.text === n || words(e) === n;
	const field = n => {
		const labels = [...document.querySelectorAll('label, legend')].filter(l => shown(l));
		const hit = labels.find(l => words(l) === n) || labels.find(l => [...l.querySelectorAll('.vh')].some(v => words(v) === n)) || labels.find(l => words(l).startsWith(n)) || labels.find(l => words(l).endsWith(n));
		const own = hit && (hit.control || hit.querySelector('input,select,textarea') || (hit.parentElement && hit.parentElement.querySelector('input,select,textarea')));
		return own || [...document.querySelectorAll('input,select,textarea')].find(e => e.getAttribute('aria-label') === n);
	};
	const press = (n, fold) => {
		const all = [...document.querySelectorAll('button, a[href], [role=option], [role=button]' + (fold ? ', summary' : ''))].filter(shown);
		return all.find(e => named(e, n) && e.closest('main')) || all.find(e => named(e, n)) || all.find(e => words(e).startsWith(n) && e.closest('main'));
	};`

// fill types into the field that a label names, instead of what is there.
func (p *tab) fill(label, text string) {
	p.t.Helper()
	if !run[bool](p, `(() => {`+finders+` const e = field(%s); if (!e) return false; e.focus(); if (e.select) e.select(); return document.activeElement === e })()`, label) {
		p.t.Fatalf("there is no field %q on %s, which says:\n%s", label, p.where(), p.text())
	}
	if kind := run[string](p, `document.activeElement.type`); kind == "date" || kind == "time" || kind == "month" {
		run[bool](p, `(() => { const e = document.activeElement; e.value = %s; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`, text)
		return
	}
	if text == "" {
		run[bool](p, `(() => { document.activeElement.value = ''; return true })()`)
		return
	}
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// choose picks an option of a list, or a radio button's value, by its words.
func (p *tab) choose(label, option string) {
	p.t.Helper()
	if !run[bool](p, `(() => {`+finders+`
		const e = field(%s); if (!e || !e.options) return false;
		const o = [...e.options].find(o => words(o) === %s) || [...e.options].find(o => words(o).includes(%[2]s)); if (!o) return false;
		e.value = o.value; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`, label, option) {
		p.t.Fatalf("there is no choice %q in %q on %s, which says:\n%s", option, label, p.where(), p.text())
	}
}

// tick clicks the checkbox or radio button that a label names.
func (p *tab) tick(label string) {
	p.t.Helper()
	if !run[bool](p, `(() => {`+finders+` const e = field(%s); if (!e) return false; e.click(); return true })()`, label) {
		p.t.Fatalf("there is nothing to tick called %q on %s, which says:\n%s", label, p.where(), p.text())
	}
}

// press clicks a button or link by its words and waits for the page that follows.
func (p *tab) press(words string) {
	p.t.Helper()
	run[bool](p, `(window.leaving = true)`)
	p.mouse(words, "")
	end := time.Now().Add(patience)
	for {
		gone, err := try[bool](p, `!window.leaving && document.readyState === 'complete'`)
		if err == nil && gone {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("nothing followed %q on %s, which says:\n%s", words, p.where(), p.text())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// click clicks a button, a link or what unfolds by its words, and waits for nothing.
func (p *tab) click(words string) {
	p.t.Helper()
	p.mouse(words, "with what unfolds")
}

func (p *tab) mouse(words, fold string) {
	p.t.Helper()
	var at []float64
	for range 50 { // until it stands still: a dialog slides in
		was := at
		at = run[[]float64](p, `(() => {`+finders+` const e = press(%s, %s); if (!e) return []; e.scrollIntoView({block: 'center'});
			const r = [...e.getClientRects()].find(r => r.width > 0); return r ? [r.x + r.width / 2, r.y + r.height / 2] : [] })()`, words, fold)
		if len(at) != 2 {
			p.t.Fatalf("there is nothing to press called %q on %s, which says:\n%s", words, p.where(), p.text())
		}
		if slices.Equal(at, was) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// pick chooses one of many by typing a part of it: from the list while typing, or from what the page comes back with.
func (p *tab) pick(label, find, part, option string, script bool) {
	p.t.Helper()
	p.fill(label, part)
	if !script {
		p.press(find)
		p.tick(option)
		return
	}
	p.waits(`[...document.querySelectorAll('[role=option]')].some(e => e.innerText.includes(%s))`, option)
	p.click(option)
}

// keys types keys where the focus is.
func (p *tab) keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// size sets the width and height of the window.
func (p *tab) size(width, height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// call sends a command of the browser's protocol to the tab.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}
