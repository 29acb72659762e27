package itsm

import "testing"

func TestLineIsWhatIsSeen(t *testing.T) {
	for typed, want := range map[string]string{
		"  Incident \t management\r\n":          "Incident management",
		"Incident\u00a0\u2009management":        "Incident management",
		"Inci\u00addent\u200b mana\ufeffgement": "Incident management",
		"Zed \u202eevil\u202c":                  "Zed evil",
		"\u2066Ana\u2069\x07":                   "Ana",
		"👩\u200d🔧 Desk":                         "👩\u200d🔧 Desk", // joined as typed
		"نرم\u200cافزار":                        "نرم\u200cافزار",
		"\u200d \u2800":                         "",
	} {
		var c Checks
		got := typed
		if c.Line(&got, "name", LabelMax); got != want || c.Err() != nil {
			t.Errorf("%q is read as %q, want %q (%v)", typed, got, want, c.Err())
		}
	}
	var c Checks
	nul := "a\x00b"
	if c.Line(&nul, "name", LabelMax); c.Err() == nil {
		t.Error("a NUL is taken")
	}
}
