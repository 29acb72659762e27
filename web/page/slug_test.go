package page

import (
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Handle an incident":              "handle-an-incident",
		"Élodie Brûlé":                    "elodie-brule",
		"Søren Kierkegaard":               "soren-kierkegaard",
		"Großmann & Söhne":                "grossmann-sohne",
		"Łukasz Żółć":                     "lukasz-zolc",
		"Æther, Œuvre, Þór, Đorđe, Ħal":   "aether-oeuvre-thor-dorde-hal",
		"İstanbul ığdır":                  "istanbul-igdir",
		"Nguyễn Thị Ánh":                  "nguyen-thi-anh",
		"Conor O’Brien's team":            "conor-obriens-team",
		"ﬁrst ① Ａ":                        "first-1-a",
		"変更管理":                            "",
		"Change 変更":                       "change",
		"  --  ":                          "",
		"e\u0301te\u0301":                 "ete",
		strings.Repeat("abcdefghi ", 10):  "abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi",
		strings.Repeat("ß", 40) + " tail": strings.Repeat("s", 60),
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
