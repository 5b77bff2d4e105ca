package words_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

func TestHours(t *testing.T) {
	for in, want := range map[string][3]string{
		"9-12, 13:30-16:30": {"9.00-12.00 u, 13.30-16.30 u", "9:00-12:00, 13:30-16:30", "9h00-12h00, 13h30-16h30"},
		"0-24":              {"0.00-24.00 u", "0:00-24:00", "0h00-24h00"},
		"":                  {"gesloten", "gesloten", "gesloten"}, // a staff room: Dutch alone
	} {
		h, err := calendar.ParseHours(in)
		if err != nil {
			t.Fatal(err)
		}
		for i, lang := range words.Langs() {
			if got := words.Hours(lang, h); got != want[i] {
				t.Errorf("%s in %s: got %q, want %q", in, lang, got, want[i])
			}
		}
	}
	for in, want := range map[calendar.Block]string{{From: 0, To: 720}: "tot 12.00 u", {From: 720, To: 1440}: "vanaf 12.00 u", {From: 540, To: 720}: "9.00-12.00 u", {From: 0, To: 1440}: "0.00-24.00 u"} {
		if got := words.Kept(words.NL, in); got != want {
			t.Errorf("%v: got %q, want %q", in, got, want)
		}
	}
	if got := words.Hour(words.NL, 570); got != "9.30 u" {
		t.Errorf("got %q, want 9.30 u", got)
	}
}

// What a form proposes is what it reads.
func TestHoursAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bounds := rapid.SliceOfNDistinct(rapid.IntRange(0, 1440), 0, 12, rapid.ID[int]).Draw(t, "bounds")
		slices.Sort(bounds)
		var h calendar.Hours
		for i := 0; i+1 < len(bounds); i += 2 {
			h = append(h, calendar.Block{From: calendar.Minute(bounds[i]), To: calendar.Minute(bounds[i+1])})
		}
		text := words.Hours(rapid.SampledFrom(words.Langs()).Draw(t, "lang"), h)
		if got, err := calendar.ParseHours(text); err != nil || !slices.Equal(got, h) {
			t.Fatalf("%q reads back as %v, %v, want %v", text, got, err, h)
		}
	})
}

func TestReadWeekdays(t *testing.T) {
	for in, want := range map[string]string{
		"ma-vr": "ma di wo do vr", "ma–vr": "ma di wo do vr", "vr": "vr", "Zaterdag": "za", "ma, wo en za": "ma wo za", "za,ma,za": "ma za", "ma tot en met wo": "ma di wo",
		"ma tot wo": "ma di wo", "za-ma": "ma za zo", "di-di": "di", "ma. t/m wo.": "ma di wo", "ma/do": "ma do", "ma-zo": "ma di wo do vr za zo", " maandag ; zondag ": "ma zo", "ma+di": "ma di",
	} {
		got, err := words.ReadWeekdays(in)
		var names []string
		for _, d := range got {
			names = append(names, words.Weekday(words.NL, d))
		}
		if text := strings.Join(names, " "); err != nil || text != want {
			t.Errorf("%q: got %q, %v, want %q", in, text, err, want)
		}
	}
	for in, want := range map[string]data.Why{"": data.WhyEmpty, ",": data.WhyEmpty, "m": data.WhyNotOneOf, "ma-": data.WhyNotOneOf, "-vr": data.WhyNotOneOf, "ma-di-wo": data.WhyNotOneOf,
		"monday": data.WhyNotOneOf, "ma vr": data.WhyNotOneOf, "\x1b[2J": data.WhyNotOneOf, strings.Repeat("ma,", 90) + "x": data.WhyNotOneOf} {
		got, err := words.ReadWeekdays(in)
		bad := (*data.Invalid)(nil)
		if in == strings.Repeat("ma,", 90)+"x" { // past what is looked at
			if err != nil || len(got) != 1 {
				t.Errorf("a very long list: got %v, %v", got, err)
			}
			continue
		}
		if !errors.As(err, &bad) || bad.Why != want {
			t.Errorf("%q: got %v, %v, want %s", in, got, err, want)
		}
	}
}

func TestReadCalendarDay(t *testing.T) {
	for in, want := range map[string]calendar.Code{"christmas": calendar.Christmas, "Kerstmis": calendar.Christmas, "11 juli": calendar.FlemishDay, "kermis": calendar.Fair, "BRUGDAG": calendar.Bridge,
		"krokus": calendar.CarnivalBreak, "2 november": calendar.AllSouls, "kerst": "", "": "", "x": "", "2 ": ""} {
		if got, ok := words.ReadCalendarDay(in, calendar.Ticks()); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", in, got, ok, want)
		}
	}
	if got, ok := words.ReadCalendarDay("kerst", calendar.SchoolBreaks()); !ok || got != calendar.ChristmasBreak {
		t.Errorf("kerst among school holidays: got %q, %v", got, ok)
	}
	for _, code := range calendar.Ticks() {
		if got, ok := words.ReadCalendarDay(words.T(words.NL, words.CalendarDay(code)), calendar.Ticks()); !ok || got != code {
			t.Errorf("the name of %s reads as %q, %v", code, got, ok)
		}
	}
}

func TestDayReason(t *testing.T) {
	open := calendar.Hours{{From: 540, To: 720}}
	for want, d := range map[string]calendar.Day{
		"":                             {Hours: open, Why: calendar.Reason{By: calendar.ByWeek}},
		"geen openingsuren op die dag": {Why: calendar.Reason{By: calendar.ByWeek}},
		"seizoen zomer":                {Hours: open, Why: calendar.Reason{By: calendar.BySeason, Note: "zomer"}},
		"geen openingsuren op die dag (seizoen zomer)": {Why: calendar.Reason{By: calendar.BySeason, Note: "zomer"}},
		"halve dag":             {Hours: open, Why: calendar.Reason{By: calendar.ByHalfDay}},
		"halve dag: kerstavond": {Hours: open, Why: calendar.Reason{By: calendar.ByHalfDay, Note: "kerstavond"}},
		"nieuwe vloer":          {Why: calendar.Reason{By: calendar.ByClosure, Note: "nieuwe vloer"}},
		"Wapenstilstand":        {Why: calendar.Reason{By: calendar.Source(calendar.Armistice)}},
	} {
		if got := words.DayReason(words.NL, d); got != want {
			t.Errorf("%+v: got %q, want %q", d.Why, got, want)
		}
	}
	if got := words.Month(words.NL, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)); got != "november 2026" {
		t.Errorf("got %q", got)
	}
}
