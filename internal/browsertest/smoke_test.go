package browsertest

import (
	"testing"

	"hatrack/internal/store/storetest"
)

func TestUnknownAddressSaysSo(t *testing.T) {
	each(t, func(t *testing.T, script bool) {
		s := serve(t, storetest.New(t), false)
		p := newTab(t, s.base, script)
		p.open("/no-such-page")
		p.sees("Nothing hangs here", "Go to the start page")
	})
}
