package server

import (
	"bytes"
	"container/list"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// matrixKey is everything that the inside of a matrix's page depends on. V goes up with whatever the matrix shows, on
// whichever server it was changed, and was read before the data: a kept page is never older than its key. What belongs to
// the reader is the page's own struct, without its matrix: a field that somebody adds there is part of the key
// by itself.
type matrixKey struct {
	life       int64
	process, v int64
	plans      bool   // the reader sees what is not announced
	regions    string // of these regions alone; "" is of all
	everywhere bool   // and not only in this practice
	frame      page.RACI
}

// matrixKey says under which key the matrix that a request asks for is kept; ok is false for what this reader may not see
// or what is not there, and for externals: which services they are offered hangs on more than the matrix.
func (v *visit) matrixKey(process int64, frame page.RACI) (key matrixKey, ok bool) {
	at := itsm.Scope{PracticeID: v.Page.PracticeID, ProcessID: process}
	key = matrixKey{life: v.Page.Life, process: process, v: v.Page.V, plans: v.by.Can(itsm.ReadPlans, at), everywhere: v.by.Can(itsm.ReadPlans, itsm.Scope{}), frame: frame}
	if regions, bound := v.by.Regional(itsm.ReadPlans, at); bound {
		key.regions = fmt.Sprint(regions)
	}
	return key, v.Page.ProcessID == process && !v.by.External
}

// pagesBytes bounds the pages that a server keeps.
const pagesBytes = 64 << 20

// pages are the insides of pages, rendered before, by a matrixKey or a personKey; those used longest ago make room. Nothing
// expires: what changed has another key. It may be used from many goroutines.
type pages struct {
	mu    sync.Mutex
	most  int // bytes
	held  int
	byKey map[any]*list.Element
	used  list.List // the latest first
}

type keptPage struct {
	key    any
	screen page.Screen
	size   int
}

func newPages(most int) *pages { return &pages{most: most, byKey: map[any]*list.Element{}} }

func (p *pages) get(key any) (page.Screen, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.byKey[key]
	if !ok {
		return page.Screen{}, false
	}
	p.used.MoveToFront(e)
	return e.Value.(keptPage).screen, true
}

// keep renders the inside of a screen that is nobody's yet and keeps it; the screen comes back with it rendered. Where
// nothing is kept it comes back as it is.
func (p *pages) keep(ctx context.Context, key any, screen page.Screen) (page.Screen, error) {
	if p.most <= 0 {
		return screen, nil
	}
	body := templ.GetBuffer()
	defer templ.ReleaseBuffer(body)
	if err := screen.Body.Render(ctx, body); err != nil {
		return screen, err
	}
	screen.Body = rendered(bytes.Clone(body.Bytes()))
	p.put(keptPage{key, screen, body.Len() + keptOverhead})
	return screen, nil
}

// keptOverhead is about what a kept page takes beside its text.
const keptOverhead = 1 << 10

func (p *pages) put(kept keptPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, there := p.byKey[kept.key]; there || kept.size > p.most {
		return
	}
	p.byKey[kept.key] = p.used.PushFront(kept)
	for p.held += kept.size; p.held > p.most; {
		oldest := p.used.Remove(p.used.Back()).(keptPage)
		delete(p.byKey, oldest.key)
		p.held -= oldest.size
	}
}

// rendered is a component that was rendered before.
func rendered(text []byte) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
