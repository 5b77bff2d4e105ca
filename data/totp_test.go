package data_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
)

// TestTOTPVectors holds the last six digits of the test vectors of RFC 6238, appendix B (SHA-1).
func TestTOTPVectors(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := must(data.TOTPCode(secret, at/30))(t); got != want {
			t.Errorf("at %d the code is %s, want %s", at, got, want)
		}
	}
}

func TestTOTPMatch(t *testing.T) {
	e := data.NewEnrolment("an.peeters")
	at := time.Date(2026, 11, 23, 11, 0, 7, 0, time.UTC)
	now := at.Unix() / 30
	for name, c := range map[string]struct {
		step, last int64
		want       bool
	}{
		"now":                               {now, 0, true},
		"the clock a step behind":           {now - 1, 0, true},
		"the clock a step ahead":            {now + 1, 0, true},
		"two steps behind":                  {now - 2, 0, false},
		"two steps ahead":                   {now + 2, 0, false},
		"used":                              {now, now, false},
		"older than the one that was used":  {now - 1, now, false},
		"newer than the one that was used":  {now + 1, now, true},
		"after a clock that was set back":   {now, now + 5, false},
		"the first after a long time apart": {now, now - 100000, true},
	} {
		code := must(data.TOTPCode(e.Secret, c.step))(t)
		step, ok, err := data.TOTPMatch(e.Secret, code, at, c.last)
		if err != nil || ok != c.want || ok && step != c.step {
			t.Errorf("%s: step %d, %v, %v; want %v", name, step, ok, err, c.want)
		}
	}
}

func TestParseSecond(t *testing.T) {
	for typed, want := range map[string]string{"123456": "123456", " 123 456 ": "123456", "123-456": "123456", "12345": "", "1234567": "",
		"12345a": "", "": "", "１２３４５６": "", strings.Repeat("1", 100000): ""} {
		if got, ok := data.ParseTOTP(typed); ok != (want != "") || ok && got != want {
			t.Errorf("ParseTOTP(%.20q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
	for typed, want := range map[string]string{"bcdf-ghjk-nprs-tvxy": "bcdfghjknprstvxy", "BCDF GHJK NPRS TVXY": "bcdfghjknprstvxy",
		"8cdfghjknpr5tuxy": "bcdfghjknprstvxy", "bcdf-ghjk-nprs": "", "acdf-ghjk-nprs-tvxy": "", "": "", strings.Repeat("b", 100000): ""} {
		if got, ok := data.ParseRecovery(typed); ok != (want != "") || ok && got != want {
			t.Errorf("ParseRecovery(%.20q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestEnrolment(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		e := data.NewEnrolment("an.peeters")
		lead, uri := e.URI()
		if len(e.Secret) != 32 || seen[e.Secret] || uri != "otpauth://totp/digibrug:an.peeters?secret="+e.Secret || lead+e.Secret != uri {
			t.Fatalf("secret %q, URI %q after %q", e.Secret, uri, lead)
		}
		if groups := e.Groups(); len(groups) != 8 || strings.Join(groups, "") != e.Secret {
			t.Fatalf("groups %q of %q", groups, e.Secret)
		}
		seen[e.Secret] = true
	}
	if lead, _ := data.NewEnrolment(strings.Repeat("a", 32)).URI(); len(lead) > 54 {
		t.Errorf("for the longest log-in name %d bytes stand before the secret, more than fit a QR code of 33 modules", len(lead))
	}
}

func TestNewRecovery(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		code := data.NewRecovery()
		if seen[code] || len(code) != 16 || strings.ContainsAny(code, "ilou01aqzwm") {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
		if back, ok := data.ParseRecovery(data.ShowRecovery(code)); !ok || back != code {
			t.Fatalf("%q is shown as %q and read as %q", code, data.ShowRecovery(code), back)
		}
	}
}

func FuzzParseSecond(f *testing.F) {
	f.Add("123 456")
	f.Add("bcdf-ghjk-nprs-tvxy")
	f.Fuzz(func(t *testing.T, typed string) {
		if code, ok := data.ParseTOTP(typed); ok && (len(code) != 6 || strings.Trim(code, "0123456789") != "") {
			t.Errorf("ParseTOTP(%q) = %q", typed, code)
		}
		code, ok := data.ParseRecovery(typed)
		if back, again := data.ParseRecovery(data.ShowRecovery(code)); ok && (!again || back != code) {
			t.Errorf("ParseRecovery(%q) = %q, which is read back as %q", typed, code, back)
		}
	})
}
