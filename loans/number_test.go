package loans_test

import (
	"errors"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

func TestNumber(t *testing.T) {
	// By hand: 1000042 counts, from the right, 2 twice, 4, 0 twice, 0, 0 twice, 0, 1 twice: 4+4+2 = 10, check digit 0.
	// 1000001: 2+2 = 4, check 6. 9999999: four nines twice are 4×9, three are 27: 63, check 7.
	for text, want := range map[loans.Number]string{loans.NewNumber(10, 42): "10000420", loans.NewNumber(10, 1): "10000016", loans.NewNumber(99, 99999): "99999997"} {
		if string(text) != want {
			t.Errorf("got %s, want %s", text, want)
		}
	}
	n, err := loans.ParseNumber(" 10 00042-0 ")
	if err != nil || n != "10000420" || n.Kind() != 10 || n.Serial() != 42 || n.Show() != "10 00042 0" {
		t.Errorf("%q of kind %d, serial %d, shown %q, %v", n, n.Kind(), n.Serial(), n.Show(), err)
	}
	for text, why := range map[string]data.Why{"": loans.WhyNumberLength, "1000042": loans.WhyNumberLength, "100004200": loans.WhyNumberLength,
		"1000042O": loans.WhyNumberDigit, "LT-014": loans.WhyNumberDigit, "10000421": loans.WhyNumberCheck, "00000000": loans.WhyNumberCheck} {
		var bad *data.Invalid
		if _, err := loans.ParseNumber(text); !errors.As(err, &bad) || bad.Why != why || bad.Field != "number" {
			t.Errorf("%q: %v, want %s", text, err, why)
		}
	}
}

// TestNumberFindsSlips changes every digit of many numbers, and swaps neighbours: all single slips are found, and of
// swaps all but 09 with 90.
func TestNumberFindsSlips(t *testing.T) {
	for serial := 1; serial < 3000; serial += 7 {
		n := string(loans.NewNumber(10+serial%90, serial))
		for i := range n {
			for d := '0'; d <= '9'; d++ {
				if rune(n[i]) == d {
					continue
				}
				if _, err := loans.ParseNumber(n[:i] + string(d) + n[i+1:]); err == nil {
					t.Fatalf("%s with digit %d made %c is taken", n, i, d)
				}
			}
			if i == 0 || n[i] == n[i-1] || strings.Contains("09 90", n[i-1:i+1]) {
				continue
			}
			if _, err := loans.ParseNumber(n[:i-1] + n[i:i+1] + n[i-1:i] + n[i+1:]); err == nil {
				t.Fatalf("%s with digits %d and %d swapped is taken", n, i-1, i)
			}
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	f.Add("10 00042 0")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := loans.ParseNumber(s)
		if err != nil {
			return
		}
		if again := loans.NewNumber(n.Kind(), max(1, n.Serial())); n.Serial() > 0 && again != n {
			t.Errorf("%q reads as %s, which is made as %s", s, n, again)
		}
		if back, err := loans.ParseNumber(n.Show()); err != nil || back != n {
			t.Errorf("%s shown is %q, which reads as %s, %v", n, n.Show(), back, err)
		}
	})
}
