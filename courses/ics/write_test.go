package ics_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/data/calendar"

	"pgregory.net/rapid"
)

// whole is an event with everything.
func whole() ics.Event {
	e := lesson(2, "2026-10-13 18:30")
	e.Sequence = 3
	e.Description = "Breng uw eigen stick mee, en \\ of ; geen laptop.\nIngang langs de tuin: Kerkstraat 1, bel 2.\n\nTot dan!"
	e.Categories = []string{"Computerles", "Word, Excel & co", "Zoë 🦊"}
	e.URL = "https://www.zandwerve.example/cursussen?reeks=W1&les=2"
	e.Organiser, e.Guests = trainer, []ics.Person{{Name: "Noor D'Hondt", Mail: "noor@zandwerve.example"}, {Mail: "lou@zandwerve.example"}}
	return e
}

func TestGolden(t *testing.T) {
	for name, c := range map[string]ics.Calendar{
		"reeks.ics":       {Method: ics.Publish, Name: "Word voor starters, najaar 2026", At: made, Events: autumn()},
		"uitnodiging.ics": {Method: ics.Request, At: made, Events: []ics.Event{whole()}},
		"afgelast.ics":    {Method: ics.Cancel, At: made, Events: []ics.Event{whole()}},
		"leeg.ics":        {Method: ics.Publish, Name: "Niets gepland", At: made},
	} {
		golden(t, name, write(t, c))
	}
}

// What another program reads is what was written.
func TestReadBack(t *testing.T) {
	cancelled := lesson(3, "2026-10-20 09:00")
	cancelled.Cancelled = true
	late := lesson(4, "2026-12-31 22:00") // until 24:00
	c := ics.Calendar{Method: ics.Publish, Name: `Lessen; "zomer", \n`, At: made, Events: append(autumn(), cancelled, late)}
	for i := range c.Events {
		c.Events[i].UID = ics.UID(string(rune('a' + i)))
	}
	want := c
	want.Events = append([]ics.Event(nil), c.Events...)
	want.Events[len(want.Events)-1].End = local("2027-01-01 00:00")
	if got, err := back(write(t, c)); err != nil || !equal(got, want) {
		t.Errorf("read back %+v, %v\nwant %+v", got, err, want)
	}
	for method, cancelled := range map[ics.Method]bool{ics.Request: false, ics.Cancel: true} {
		c := ics.Calendar{Method: method, At: made, Events: []ics.Event{whole()}}
		got, err := back(write(t, c))
		c.Events[0].Cancelled = cancelled
		if err != nil || !equal(got, c) {
			t.Errorf("%s is read back as %+v, %v\nwant %+v", method, got, err, c)
		}
	}
}

// A file for everybody tells nobody who comes.
func TestPublishNamesNobody(t *testing.T) {
	if text := write(t, ics.Calendar{Method: ics.Publish, At: made, Events: []ics.Event{whole()}}); strings.Contains(text, "noor") || strings.Contains(text, "ATTENDEE") {
		t.Errorf("it names a guest:\n%s", text)
	}
}

// Cases 25 and 27: the wall clock stays, and what isn't one moment is refused.
func TestClockChange(t *testing.T) {
	read, err := foreign(write(t, ics.Calendar{Method: ics.Publish, At: made, Events: autumn()}))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range read.Events() {
		at, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, at.UTC().Format("2 Jan 15:04Z"))
	}
	if want := "6 Oct 16:30Z, 13 Oct 16:30Z, 20 Oct 16:30Z, 27 Oct 17:30Z, 3 Nov 17:30Z, 10 Nov 17:30Z"; strings.Join(got, ", ") != want {
		t.Errorf("the series is at %s\nwant %s", strings.Join(got, ", "), want)
	}
	for name, c := range map[string]struct {
		start, end string
		want       error
	}{
		"begins in a skipped hour":   {"2027-03-28 02:30", "2027-03-28 04:00", calendar.ErrGap},
		"ends in a skipped hour":     {"2027-03-28 01:00", "2027-03-28 02:30", calendar.ErrGap},
		"begins in an hour of twice": {"2026-10-25 02:30", "2026-10-25 04:00", calendar.ErrTwice},
		"ends in an hour of twice":   {"2026-10-25 01:00", "2026-10-25 02:30", calendar.ErrTwice},
		"over a night of 7 hours":    {"2027-03-27 22:00", "2027-03-28 06:00", nil},
		"over a night of 9 hours":    {"2026-10-24 22:00", "2026-10-25 06:00", nil},
	} {
		e := lesson(1, "2026-10-06 18:30")
		e.Start, e.End = local(c.start), local(c.end)
		var out bytes.Buffer
		if err := ics.Write(&out, ics.Calendar{Method: ics.Publish, At: made, Events: []ics.Event{e}}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		} else if err != nil && out.Len() > 0 {
			t.Errorf("%s: refused, and half of it written", name)
		}
	}
}

func TestRefused(t *testing.T) {
	c := func(m ics.Method, change func(*ics.Event)) ics.Calendar {
		e := whole()
		change(&e)
		return ics.Calendar{Method: m, At: made, Events: []ics.Event{e}}
	}
	for name, row := range map[string]struct {
		c   ics.Calendar
		why data.Why // empty: a mistake of the program
	}{
		"no title":                  {c(ics.Publish, func(e *ics.Event) { e.Summary = " \x07 " }), data.WhyEmpty},
		"a page that is a script":   {c(ics.Publish, func(e *ics.Event) { e.URL = "javascript:alert(1)" }), ics.WhyURL},
		"a page with a line in it":  {c(ics.Publish, func(e *ics.Event) { e.URL = "https://a.example/\r\nATTENDEE:x" }), ics.WhyURL},
		"a guest of two addresses":  {c(ics.Request, func(e *ics.Event) { e.Guests[0].Mail = "a@b.example,c@d.example" }), ics.WhyMail},
		"a guest with a line":       {c(ics.Request, func(e *ics.Event) { e.Guests[0].Mail = "a@b.example\nX:y" }), ics.WhyMail},
		"an invitation by nobody":   {c(ics.Request, func(e *ics.Event) { e.Organiser = ics.Person{} }), ics.WhyMail},
		"it ends when it begins":    {c(ics.Publish, func(e *ics.Event) { e.End = e.Start }), calendar.WhyOrder},
		"it ends before it begins":  {c(ics.Publish, func(e *ics.Event) { e.End.Day = e.End.Day.AddDate(0, 0, -1) }), calendar.WhyOrder},
		"no time of day":            {c(ics.Publish, func(e *ics.Event) { e.End.At = 1441 }), calendar.WhyTime},
		"an invitation for nobody":  {c(ics.Request, func(e *ics.Event) { e.Guests = nil }), ""},
		"inviting to what is off":   {c(ics.Request, func(e *ics.Event) { e.Cancelled = true }), ""},
		"a name with a line":        {c(ics.Publish, func(e *ics.Event) { e.UID = "a\r\nb" }), ""},
		"no name":                   {c(ics.Publish, func(e *ics.Event) { e.UID = "" }), ""},
		"a sequence that went down": {c(ics.Publish, func(e *ics.Event) { e.Sequence = -1 }), ""},
		"two invitations in one":    {ics.Calendar{Method: ics.Request, At: made, Events: autumn()}, ""},
		"the same lesson twice":     {ics.Calendar{Method: ics.Publish, At: made, Events: append(autumn(), autumn()[0])}, ""},
		"an unknown method":         {c("REPLY", func(*ics.Event) {}), ""},
		"made at no moment":         {ics.Calendar{Method: ics.Publish}, ""},
	} {
		var out bytes.Buffer
		err := ics.Write(&out, row.c)
		var bad *data.Invalid
		switch {
		case err == nil || out.Len() > 0:
			t.Errorf("%s: written, %v", name, err)
		case row.why == "" && errors.As(err, &bad), row.why != "" && (!errors.As(err, &bad) || bad.Why != row.why):
			t.Errorf("%s: %v, want %q", name, err, row.why)
		case strings.ContainsFunc(err.Error(), unicode.IsControl):
			t.Errorf("%s: the error has control signs: %q", name, err)
		}
	}
}

// Invitations go one by one, as clients take them.
func TestApart(t *testing.T) {
	all := ics.Calendar{Method: ics.Cancel, At: made, Events: autumn()}
	for i := range all.Events {
		all.Events[i].Organiser, all.Events[i].Guests = trainer, []ics.Person{guest}
	}
	apart := all.Apart()
	if len(apart) != 6 {
		t.Fatalf("%d invitations", len(apart))
	}
	for i, one := range apart {
		got, err := back(write(t, one))
		if err != nil || len(got.Events) != 1 || got.Events[0].UID != all.Events[i].UID || !got.Events[0].Cancelled || got.Events[0].Guests[0].Name != `Noor 'Nootje' D'Hondt; ing.` {
			t.Errorf("invitation %d is %+v, %v", i, got, err)
		}
	}
}

// whatLines says what is wrong with a text as lines: their length, their ends, a character that is cut through.
func whatLines(text string) string {
	if !strings.HasSuffix(text, "\r\n") {
		return "the last line has no end"
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		switch {
		case len(line) > 75:
			return "a line of more than 75 octets: " + line
		case !utf8.ValidString(line):
			return "a character is cut through: " + line
		case strings.ContainsFunc(line, unicode.IsControl):
			return "a control sign: " + line
		case strings.TrimSpace(line) == "" && line != " ":
			return "an empty line"
		}
	}
	return ""
}

// Folding loses nothing and cuts through nothing, whatever the text.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := whole()
		e.Description = rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("aé€🦊\n\\;,: \u0301")), rapid.Rune())).Draw(t, "text")
		e.Summary = "x" + rapid.StringN(0, 400, -1).Draw(t, "title")
		text := write(t, ics.Calendar{Method: ics.Publish, At: made, Events: []ics.Event{e}})
		if wrong := whatLines(text); wrong != "" {
			t.Fatal(wrong)
		}
		got, err := back(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := got.Events[0]; got.Description != data.CleanBlock(e.Description, 4000) || got.Summary != data.Clean(e.Summary, 300) {
			t.Fatalf("read back %q, %q", got.Summary, got.Description)
		}
	})
}

// FuzzWrite lets hostile text stand everywhere: the file stays one calendar with the events that were put in it.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"Word", "", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n", "\x1b[2J\x00\u202e", `";X=";:`, "\\n\\", strings.Repeat("é", 200), "\xff\xfe", "a\u2028b\u0085c", "^n^'"} {
		f.Add(seed, seed, seed)
	}
	f.Fuzz(func(t *testing.T, title, place, name string) {
		e := whole()
		e.Summary, e.Location, e.Description = title, place, place+"\n"+title
		e.Categories = []string{title, place, name}
		e.Organiser.Name, e.Guests[0].Name = name, title
		for _, c := range []ics.Calendar{{Method: ics.Request, At: made, Events: []ics.Event{e}}, {Method: ics.Publish, Name: name, At: made, Events: []ics.Event{e}}} {
			var out bytes.Buffer
			if err := ics.Write(&out, c); err != nil {
				if data.Clean(title, 300) != "" {
					t.Fatalf("%q: %v", title, err)
				}
				continue
			}
			if wrong := whatLines(out.String()); wrong != "" {
				t.Fatal(wrong)
			}
			got, err := back(out.String())
			if err != nil || len(got.Events) != 1 {
				t.Fatalf("%d events, %v, of\n%s", len(got.Events), err, out.String())
			}
			one := got.Events[0]
			unquoted := func(s string) string { return strings.ReplaceAll(data.Clean(s, 300), `"`, `'`) }
			if one.Summary != data.Clean(title, 300) || one.Location != data.Clean(place, 300) || one.Organiser.Name != unquoted(name) ||
				one.UID != e.UID || one.Start != e.Start || one.Sequence != e.Sequence || one.URL != e.URL || one.Organiser.Mail != e.Organiser.Mail {
				t.Fatalf("read back %+v", one)
			}
			if c.Method == ics.Request && (len(one.Guests) != 2 || one.Guests[0].Name != unquoted(title)) {
				t.Fatalf("guests %+v", one.Guests)
			}
		}
	})
}
