package workbook

import "testing"

func TestGuard(t *testing.T) {
	for text, want := range map[string]string{
		"An Peeters":       "An Peeters",
		"":                 "",
		"=1+1":             "'=1+1",
		"@SUM(A1)":         "'@SUM(A1)",
		"-2+3":             "'-2+3",
		"+32 470 12 34 56": "'+32 470 12 34 56",
		"\t=1":             "'\t'=1",
		"\rx":              "'\rx",
		"  =1":             "'  =1",
		`"=1`:              `'"=1`,
		"'=1":              "''=1",
		"Jan,=1":           "Jan,'=1",
		"a; '=1; b":        "a;' '=1; b",
		"＝1":               "'＝1",
		"0470 12 34 56":    "0470 12 34 56",
		"an@zandwerve.be":  "an@zandwerve.be",
		"'s avonds":        "'s avonds",
		"D'Hondt-Maes":     "D'Hondt-Maes",
	} {
		if got := Guard(text); got != want {
			t.Errorf("Guard(%q) = %q, want %q", text, got, want)
		}
		if got := Unguard(Guard(text)); got != text {
			t.Errorf("Unguard(Guard(%q)) = %q", text, got)
		}
	}
}
