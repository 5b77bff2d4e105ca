package data_test

import (
	"errors"
	"testing"

	"digibrug/data"
)

func TestParseEuro(t *testing.T) {
	for text, want := range map[string]int64{
		"60": 6000, "0": 0, "12,50": 1250, "12.5": 1250, "€ 1.250,00": 125000, "1,250.75": 125075, "1.250": 125000, "999999": 99999900,
		" 7 euro": 700, "12,05": 1205, "1000000": 100_000_000, "1.000.000,00": 100_000_000, "25 EUR": 2500,
	} {
		if got, err := data.ParseEuro(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d cents", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-5", "12,", ",50", "12,5,0", "1.25.000", "12,5555", "twaalf", "1000000,01", "99999999999999999999", "1e3", "+4", "12 345 678", "€", "12;5", "12345,678"} {
		var bad *data.Invalid
		if got, err := data.ParseEuro(text); !errors.As(err, &bad) || bad.Why != data.WhyEuro {
			t.Errorf("%q: got %d, %v, want it refused", text, got, err)
		}
	}
}
