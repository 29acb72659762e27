package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"
)

func (at *site) matrixPath() string { return fmt.Sprintf("/processes/%d/raci", at.matrix) }
func (at *site) personPath() string { return fmt.Sprintf("/people/%d", at.person) }

// The words that the landmark pages must say.
var (
	matrixWords = []string{"Handle an incident", "data-activity", "Follow up"}
	personWords = []string{"Handle an incident", "Incident management"}
)

// turns is how often the yardstick and a page take turns.
const turns = 6

// against is how often a page comes in the time in which the yardstick comes once, with a page of the same size, before
// it and after it.
func (at *site) against(ctx context.Context, s settings, d *door, path string, words ...string) (float64, error) {
	body, err := d.get(ctx, path, words...)
	if err != nil {
		return 0, err
	}
	at.size.Store(int64(len(body)))
	if _, err := d.load(ctx, s.span/3, path, words...); err != nil { // until statements are prepared and plans settled
		return 0, err
	}
	var yard, page float64
	for range turns { // short ones: what else the machine does then falls on both
		y, err := d.load(ctx, s.span/turns, "/bench/yardstick")
		if err != nil {
			return 0, err
		}
		p, err := d.load(ctx, s.span/turns, path, words...)
		if err != nil {
			return 0, err
		}
		yard, page = yard+y.perSecond, page+p.perSecond
	}
	return page / yard, nil
}

// measureOne holds one page, read anew, against the yardstick.
func measureOne(ctx context.Context, s settings, at *site, r *report) error {
	path := s.only
	if path == "raci" {
		path = at.matrixPath()
	}
	ratio, err := at.against(ctx, s, at.fresh, path)
	if err != nil {
		return err
	}
	r.atLeast(path+" read anew at "+at.scale, ratio, 0)
	if s.profile != "" {
		f, err := os.Create(s.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	got, err := at.fresh.load(ctx, 2*s.span, path)
	if err != nil {
		return err
	}
	r.atMost(path+" at "+at.scale+", half within", got.p50.Seconds()*1000, 0, "ms")
	r.atMost(path+" at "+at.scale+", 99 of 100 within", got.p99.Seconds()*1000, 0, "ms")
	return nil
}

// measurePages holds the landmark pages of a scale against the yardstick.
func measurePages(ctx context.Context, s settings, at *site, r *report) error {
	targets := map[string]float64{"S": 0.10, "M": 0.10, "L": 0.09}
	for _, p := range []struct {
		what   string
		door   *door
		path   string
		words  []string
		target float64
	}{
		{"matrix 60 × 12, rendered anew", at.fresh, at.matrixPath(), matrixWords, targets[at.scale]},
		{"matrix 60 × 12, kept", at.kept, at.matrixPath(), matrixWords, 0.45},
		{"person page", at.kept, at.personPath(), personWords, 0.35},
		{"person page, read anew", at.fresh, at.personPath(), personWords, 0},
	} {
		ratio, err := at.against(ctx, s, p.door, p.path, p.words...)
		if err != nil {
			return err
		}
		r.atLeast(p.what+" at "+at.scale, ratio, p.target)
		trips, err := at.tripsOf(ctx, p.door, p.path)
		if err != nil {
			return err
		}
		r.atMost("round trips of "+strings.ToLower(p.what)+" at "+at.scale, float64(trips), 2, "")
	}
	return nil
}

// tripsOf counts the round trips of one request for a page that was asked for before.
func (at *site) tripsOf(ctx context.Context, d *door, path string) (int64, error) {
	before := at.trips.Load()
	_, err := d.get(ctx, path)
	return at.trips.Load() - before, err
}

// measureFlat compares two scales, one after the other and back.
func measureFlat(ctx context.Context, s settings, small, large *site, r *report) error {
	for _, p := range []struct {
		what  string
		path  func(*site) string
		words []string
	}{{"matrix", (*site).matrixPath, matrixWords}, {"person page", (*site).personPath, personWords}} {
		var sum [2]float64
		for range 3 {
			for i, at := range []*site{small, large} {
				got, err := at.fresh.load(ctx, s.span/2, p.path(at), p.words...)
				if err != nil {
					return err
				}
				sum[i] += got.perSecond
			}
		}
		r.atLeast(fmt.Sprintf("%s, %s over %s", p.what, large.scale, small.scale), sum[1]/sum[0], 0.80)
	}
	return nil
}

// measureLists says how long the lists take, with all sides asking at once.
func measureLists(ctx context.Context, s settings, at *site, r *report) error {
	for _, p := range []struct {
		what, path string
		most       float64 // milliseconds
	}{
		{"gap list", "/gaps", 100}, {"search", "/search?q=incidnet+managr", 50}, {"search", "/search?q=lena+becker", 50}, {"map", "/map", 100}, {"people", "/people", 100},
		{"people found", "/people?q=lena", 100}, {"practices", "/practices", 100}, {"a practice with thousands of holders", "/practices/1", 100},
		{"teams", "/teams", 100}, {"companies", "/companies", 100}, {"services", "/services", 100},
		{"my hats", "/hats", 100}, {"policies", "/policies", 100}, {"trail", "/trail", 100},
	} {
		what := fmt.Sprintf("%s (%s) at %s, 99 of 100 within", p.what, p.path, at.scale)
		_, err := at.fresh.get(ctx, p.path)
		if err != nil && strings.Contains(err.Error(), "404") {
			continue // not in this build
		}
		var got pace
		if err == nil {
			got, err = at.fresh.load(ctx, s.span/2, p.path)
		}
		if err != nil { // too slow, alone or under load, is a result, too
			first, _, _ := strings.Cut(err.Error(), "\n")
			r.note(what, fmt.Sprintf("≤ %g ms", p.most), first, false)
			continue
		}
		r.atMost(what, got.p99.Seconds()*1000, p.most, "ms")
		alone := time.Now()
		if _, err := at.fresh.get(ctx, p.path); err != nil {
			return err
		}
		fmt.Fprintf(r.out, "  alone: %.1f ms, half within %.1f ms\n", time.Since(alone).Seconds()*1000, got.p50.Seconds()*1000)
		trips, err := at.tripsOf(ctx, at.fresh, p.path)
		if err != nil {
			return err
		}
		if trips > 2 {
			r.atMost("round trips of "+p.path, float64(trips), 2, "")
		}
	}
	return nil
}
