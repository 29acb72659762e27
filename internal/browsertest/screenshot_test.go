package browsertest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestScreenshot writes the picture of the README where HATRACK_SCREENSHOT says: make screenshot.
func TestScreenshot(t *testing.T) {
	path := os.Getenv("HATRACK_SCREENSHOT")
	if path == "" {
		t.Skip("make screenshot draws it")
	}
	s := serveDemo(t)
	p := s.as(cast(t, "SMO lead"), true)
	p.scheme("light")
	p.size(1440, 900)
	p.open("/processes/" + s.id("process", "Handle an incident") + "/raci")
	p.sees("Handle an incident")
	full, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	small, err := fewColours(full)
	if err == nil {
		err = os.WriteFile(path, small, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(small) > 150<<10 {
		t.Errorf("%s has %d KiB", path, len(small)>>10)
	}
}

// fewColours keeps the 256 colours that a picture uses most: a page has hardly more that are seen.
func fewColours(full []byte) ([]byte, error) {
	from, err := png.Decode(bytes.NewReader(full))
	if err != nil {
		return nil, err
	}
	count := map[color.Color]int{}
	for y := range from.Bounds().Dy() {
		for x := range from.Bounds().Dx() {
			count[from.At(x, y)]++
		}
	}
	palette := make(color.Palette, 0, len(count))
	for c := range count {
		palette = append(palette, c)
	}
	slices.SortFunc(palette, func(a, b color.Color) int { return count[b] - count[a] })
	to := image.NewPaletted(from.Bounds(), palette[:min(256, len(palette))])
	draw.Draw(to, to.Rect, from, image.Point{}, draw.Src)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, to)
	return out.Bytes(), err
}
