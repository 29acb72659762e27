package sheet

import "testing"

// The family name stands first where the father's stands last; the names are invented.
func TestNamesInTheOrderOfARegister(t *testing.T) {
	for name, want := range map[string]string{
		"Печкин Иван Петрович":          "Печкин, Иван Петрович",
		"Хлебова Анна Олеговна":         "Хлебова, Анна Олеговна",
		"Ганиев Тимур Анварович угли":   "Ганиев, Тимур Анварович угли",
		"Анна Олеговна Хлебова":         "Хлебова, Анна Олеговна",
		"Анна Петровна Гончаревич":      "Гончаревич, Анна Петровна",
		"Хлебова Анна":                  "Анна, Хлебова",
		"Ivan Petrovich Mill Petrovich": "Petrovich, Ivan Petrovich Mill",
	} {
		if got := sortName(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Zeros are no number to call.
func TestPhoneOfZeros(t *testing.T) {
	for s, want := range map[string]string{"0": "", "000-0000": "", "+49 30 0": "+49 30 0", "": ""} {
		if got := phoneSaid(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}
