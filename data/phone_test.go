package data_test

import (
	"testing"

	"digibrug/data"
)

func TestPhoneKey(t *testing.T) {
	for name, c := range map[string]struct {
		text, key string
		is        bool
	}{
		"mobile":            {"0470 12 34 56", "470123456", true},
		"without spaces":    {"0470123456", "470123456", true},
		"from abroad":       {"+32 470/12.34.56", "470123456", true},
		"with two zeros":    {"0032 (0)470 12 34 56", "470123456", true},
		"a bracket first":   {"(+32) 470 12 34 56", "470123456", true},
		"no sign":           {"32470123456", "470123456", true},
		"Antwerp":           {"03 234 56 78", "32345678", true},
		"Antwerp, no zero":  {"3 234 56 78", "32345678", true},
		"landline, no sign": {"3232345678", "32345678", true},
		"landline":          {"09 123 45 67", "91234567", true},
		"from abroad, too":  {"+32 9 123 45 67", "91234567", true},
		"from France":       {"+33 6 12 34 56 78", "33612345678", true},
		"too short":         {"0470", "470", false},
		"words":             {"abc", "", false},
		"nothing":           {"", "", false},
	} {
		if got := data.PhoneKey(c.text); got != c.key {
			t.Errorf("%s: PhoneKey(%q) = %q, want %q", name, c.text, got, c.key)
		}
		if got := data.IsPhone(c.text); got != c.is {
			t.Errorf("%s: IsPhone(%q) = %v, want %v", name, c.text, got, c.is)
		}
	}
}
