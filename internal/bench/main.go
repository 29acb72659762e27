// Command bench measures Hatrack against a yardstick on the same machine in the same minute: a handler on the same router
// that asks the database for nothing but 1 and writes a page of the same size. What it prints are ratios to that: they
// differ less between machines than times do. Organisations of three sizes are generated once and kept. Run it with make bench.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

// settings are what a run is told.
type settings struct {
	dir     string        // where the generated organisations are kept
	hatrack string        // the program that generates them
	span    time.Duration // of one measurement
	scales  string        // those to measure, of SML
	only    string        // the one page to measure, of the last scale; "" for all
	profile string        // where a CPU profile of that page, read anew, goes; "" for none
}

func main() {
	cache, _ := os.UserCacheDir()
	if cache == "" {
		cache = os.TempDir()
	}
	s := settings{dir: os.Getenv("HATRACK_BENCH_DIR")}
	if s.dir == "" {
		s.dir = filepath.Join(cache, "hatrack-bench")
	}
	flag.StringVar(&s.dir, "dir", s.dir, "where the generated organisations are kept ($HATRACK_BENCH_DIR)")
	flag.StringVar(&s.hatrack, "hatrack", "bin/hatrack", "the program that generates them")
	flag.DurationVar(&s.span, "span", 3*time.Second, "how long each measurement takes")
	flag.StringVar(&s.scales, "scales", "SML", "the scales to measure; L takes minutes to generate once")
	flag.StringVar(&s.only, "only", "", "measure one page, such as /hats or raci for the matrix, read anew")
	flag.StringVar(&s.profile, "profile", "", "write a CPU profile of that page")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench: "+err.Error())
		os.Exit(1)
	}
}

// run builds what is missing, measures, and prints. Whatever is below its target is marked, and no error: on a machine
// that is busy elsewhere it says little.
func run(ctx context.Context, s settings, out io.Writer) error {
	r := &report{out: out}
	var sites []*site
	defer func() {
		for _, at := range sites {
			at.close()
		}
	}()
	for _, scale := range s.scales {
		at, err := open(ctx, s, string(scale), out)
		if err != nil {
			return err
		}
		sites = append(sites, at)
	}
	fmt.Fprintln(out)
	defer r.print() // what was measured, wherever it ends
	if s.only != "" {
		return measureOne(ctx, s, sites[len(sites)-1], r)
	}
	for _, at := range sites {
		if err := measurePages(ctx, s, at, r); err != nil {
			return err
		}
	}
	if len(sites) > 1 {
		if err := measureFlat(ctx, s, sites[0], sites[len(sites)-1], r); err != nil {
			return err
		}
	}
	last := sites[len(sites)-1]
	if err := measureLists(ctx, s, last, r); err != nil {
		return err
	}
	if err := measureRendering(ctx, s, last, r); err != nil {
		return err
	}
	if err := measureWrites(ctx, s, sites[0], r); err != nil {
		return err
	}
	return measureImports(ctx, s, r)
}
