package calendar_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
)

func TestParseMinute(t *testing.T) {
	for in, want := range map[string]string{
		"9:00": "09:00", "09:00": "09:00", "9u": "09:00", "9 u": "09:00", "9 uur": "09:00", "9U30": "09:30", "9 u 30": "09:30", "9h30": "09:30", "9 h": "09:00",
		"09.00": "09:00", "9.05": "09:05", "0900": "09:00", "930": "09:30", "9": "09:00", "09": "09:00", " 13u30 ": "13:30", "9 30": "09:30",
		"9.30 u": "09:30", "9.30u": "09:30", "9.30 uur": "09:30", "9:30 h": "09:30", "9 u.": "09:00", "9.30 u.": "09:30",
		"0:00": "00:00", "0000": "00:00", "23:59": "23:59", "24:00": "24:00", "24u": "24:00", "2400": "24:00",
	} {
		if got, err := calendar.ParseMinute(in); err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "u", ":", "9:", "9.", "9:5", "9u5", "9:60", "24:01", "25", "9:00:00", "-9", "+9", "9-", "negen", "09000", "9u30u", "9.u", "9:30 u u", "9:30 h h", "9:30 u 15", "u30", "٩:٠٠", "1e1", strings.Repeat("9", 500)} {
		got, err := calendar.ParseMinute(in)
		if bad := (*data.Invalid)(nil); !errors.As(err, &bad) || bad.Why != calendar.WhyTime {
			t.Errorf("%q: got %v, %v, want %s", in, got, err, calendar.WhyTime)
		}
	}
}

func TestParseHours(t *testing.T) {
	for in, want := range map[string]string{
		"9u-12u, 13u30-17u": "09:00-12:00, 13:30-17:00", "9:00 - 12:00": "09:00-12:00", "9–12": "09:00-12:00", "0900-1200;1330-1700": "09:00-12:00, 13:30-17:00",
		"9 tot 12 en 13.30 tot 17": "09:00-12:00, 13:30-17:00", "9 uur tot 12 uur": "09:00-12:00", "13-17, 9-12": "09:00-12:00, 13:00-17:00",
		"9h-12h et 13h30-17h": "09:00-12:00, 13:30-17:00", "0-24": "00:00-24:00", "9-12,12-17": "09:00-12:00, 12:00-17:00", "9-12 / 13-17": "09:00-12:00, 13:00-17:00",
		"9.00-12.00 u, 13.30-16.30 u": "09:00-12:00, 13:30-16:30", "van 9.00 tot 12.00 u en van 13.30 tot 16.30 u.": "09:00-12:00, 13:30-16:30",
		"9.00–12.00, 13.30–16.30": "09:00-12:00, 13:30-16:30",
		"":                        "", " ": "", "-": "", "–": "", "gesloten": "", "Gesloten": "", "FERMÉ": "", "closed": "",
	} {
		if got, err := calendar.ParseHours(in); err != nil || got.String() != want {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]data.Why{
		"9": calendar.WhyHours, "9-12-13": calendar.WhyHours, "9-12,": calendar.WhyHours, ",": calendar.WhyHours, "morgen": calendar.WhyHours, "9-": calendar.WhyTime, "a-b": calendar.WhyTime,
		"12-9": calendar.WhyOrder, "9-9": calendar.WhyOrder, "22u-6u": calendar.WhyOrder, "9-12, 11-13": calendar.WhyOverlap, "9-17, 10-11": calendar.WhyOverlap, "9-12, 9-12": calendar.WhyOverlap,
		strings.Repeat("9-12,", 50): data.WhyTooLong, "0-1,1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9,9-10,10-11,11-12,12-13": data.WhyTooLong,
	} {
		got, err := calendar.ParseHours(in)
		if bad := (*data.Invalid)(nil); !errors.As(err, &bad) || bad.Why != want {
			t.Errorf("%q: got %q, %v, want %s", in, got, err, want)
		}
	}
}

// anyHours draws the hours of a day: bounds in order, some blocks touching.
func anyHours(t *rapid.T) calendar.Hours {
	bounds := rapid.SliceOfNDistinct(rapid.IntRange(0, 1440), 0, 8, rapid.ID[int]).Draw(t, "bounds")
	slices.Sort(bounds)
	var h calendar.Hours
	step := rapid.IntRange(1, 2).Draw(t, "step")
	for i := 0; i+1 < len(bounds); i += step {
		h = append(h, calendar.Block{From: calendar.Minute(bounds[i]), To: calendar.Minute(bounds[i+1])})
	}
	return h
}

func TestHoursReadBackWhatTheyPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours(t)
		got, err := calendar.ParseHours(h.String())
		if err != nil || !slices.Equal(got, h) {
			t.Fatalf("%q: got %v, %v, want %v", h, got, err, h)
		}
	})
}

func FuzzParseHours(f *testing.F) {
	for _, seed := range []string{"9u-12u, 13u30-17u", "0900-1200", "gesloten", "9 uur tot 12 uur en 13.30 tot 17", "22-6", "–", "\x1b[2J9-12"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		h, err := calendar.ParseHours(in)
		if bad := (*data.Invalid)(nil); err != nil && !errors.As(err, &bad) {
			t.Fatalf("%q: got %v, want an *data.Invalid", in, err)
		} else if err != nil {
			if bad.Got != data.Clean(bad.Got, 0) {
				t.Fatalf("%q: %q could reach a terminal", in, bad.Got)
			}
			return
		}
		again, err := calendar.ParseHours(h.String())
		if err != nil || !slices.Equal(again, h) {
			t.Fatalf("%q: %q reads back as %q, %v", in, h, again, err)
		}
		for i, b := range h {
			if b.From < 0 || b.From >= b.To || b.To > calendar.Midnight || i > 0 && h[i-1].To > b.From {
				t.Fatalf("%q: got %v", in, h)
			}
		}
	})
}
