package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// together is how many requests are under way at once.
const together = 16

func newClient() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{
		Jar: jar, Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: together, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// signIn goes in through the sign-in page, as people do.
func (d *door) signIn(ctx context.Context) error {
	form := url.Values{"email": {email}, "password": {password}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url+"/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := d.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther || len(res.Cookies()) == 0 {
		return fmt.Errorf("signing in: %s", res.Status)
	}
	return nil
}

// get is one page; a page with another status than 200, or without a word, is an error.
func (d *door) get(ctx context.Context, path string, words ...string) ([]byte, error) {
	var body bytes.Buffer
	err := d.read(ctx, &body, path, words...)
	return body.Bytes(), err
}

// read is get into a body that was read into before: a client that makes room for each page anew would cost more than the
// yardstick, and flatter every ratio.
func (d *door) read(ctx context.Context, body *bytes.Buffer, path string, words ...string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+path, nil)
	if err != nil {
		return err
	}
	res, err := d.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body.Reset()
	if _, err := body.ReadFrom(res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, res.Status)
	}
	for _, w := range words {
		if !bytes.Contains(body.Bytes(), []byte(w)) {
			return fmt.Errorf("%s does not say %q", path, w)
		}
	}
	return nil
}

// pace is what a load came to.
type pace struct {
	perSecond float64
	p50, p99  time.Duration
}

// load asks for a page from many sides at once for a while. Every answer must say the words.
func (d *door) load(ctx context.Context, span time.Duration, path string, words ...string) (pace, error) {
	var all []time.Duration
	var failed error
	var mu sync.Mutex
	var asking sync.WaitGroup
	began := time.Now()
	for range together {
		asking.Go(func() {
			var mine []time.Duration
			var body bytes.Buffer
			var err error
			for err == nil && time.Since(began) < span {
				at := time.Now()
				err = d.read(ctx, &body, path, words...)
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			all, failed = append(all, mine...), errors.Join(failed, err)
		})
	}
	asking.Wait()
	took := time.Since(began)
	if failed != nil {
		return pace{}, failed
	}
	slices.Sort(all)
	return pace{float64(len(all)) / took.Seconds(), all[len(all)/2], all[len(all)*99/100]}, nil
}
