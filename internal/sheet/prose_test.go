package sheet

import "testing"

func TestProseReadsAsItStands(t *testing.T) {
	for in, want := range map[string]string{
		"One line that is\nbroken by hand,\nand a next.\n\nAnother.":                 "One line that is broken by hand, and a next.\n\nAnother.",
		"`{{revision}}`\n\nIt **must** be `logged`.":                                 "It must be logged.",
		"{{#needs}}\nSome text.\n{{/needs}}":                                         "Some text.",
		"### Access\nHow to.\n* one\n  goes on\n- two\n\n1. first\n(b) second\nlast": "Access\n\nHow to.\n• one goes on\n• two\n\n1. first\n(b) second last",
		"See [the wiki](https://x.example/a) and [that](#there).":                    "See the wiki (https://x.example/a) and that.",
		"```\nkeep   {{this}}\n  as is\n```\nend":                                    "keep   {{this}}\n  as is\nend",
		"> quoted\n> text":         "quoted text",
		"{{company}} keeps {{it}}": "{{company}} keeps {{it}}",
		"first  \nsecond":          "first\nsecond",
	} {
		if got := prose(in); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", in, got, want)
		}
	}
}
