package ics_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/data/calendar"

	ical "github.com/emersion/go-ical"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// made is when the calendars of these tests are made.
var made = time.Date(2026, 9, 1, 8, 30, 0, 0, time.UTC)

// local reads "2026-10-06 18:30".
func local(s string) calendar.Local {
	day, clock, _ := strings.Cut(s, " ")
	d, err := data.ParseDay(day)
	if err != nil {
		panic(err)
	}
	at, err := calendar.ParseMinute(clock)
	if err != nil {
		panic(err)
	}
	return calendar.Local{Day: d, At: at}
}

var (
	trainer = ics.Person{Name: "Griet Declerck", Mail: "griet.declerck@zandwerve.example"}
	guest   = ics.Person{Name: `Noor "Nootje" D'Hondt; ing.`, Mail: "noor.d'hondt+les@zandwerve.example"}
)

// lesson is the n-th of a series, two hours from a moment on.
func lesson(n int, start string) ics.Event {
	from := local(start)
	return ics.Event{UID: ics.UID(fmt.Sprintf("0199-les-%d", n)), Start: from, End: calendar.Local{Day: from.Day, At: from.At + 120},
		Summary: fmt.Sprintf("Word voor starters, les %d van 6", n), Location: "Bib Zandwerve, computerlokaal; Kerkplein 4, 8999 Zandwerve"}
}

// autumn are the six lessons of case 25: over the night on which the clock goes back.
func autumn() (all []ics.Event) {
	for i, day := range []string{"2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03", "2026-11-10"} {
		all = append(all, lesson(i+1, day+" 18:30"))
	}
	return all
}

// write gives a calendar as text.
func write(t interface {
	Helper()
	Fatalf(string, ...any)
}, c ics.Calendar) string {
	t.Helper()
	var out bytes.Buffer
	if err := ics.Write(&out, c); err != nil {
		t.Fatalf("write %+v: %v", c, err)
	}
	return out.String()
}

// foreign reads a calendar with a parser that isn't ours.
func foreign(text string) (c *ical.Calendar, err error) {
	defer func() { // it panics for some lines that aren't iCalendar
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	dec := ical.NewDecoder(strings.NewReader(text))
	if c, err = dec.Decode(); err != nil {
		return nil, err
	}
	if _, more := dec.Decode(); more == nil {
		return nil, errors.New("more than one calendar")
	}
	return c, nil
}

// back gives the events of a calendar as the other parser understands them.
func back(text string) (c ics.Calendar, err error) {
	read, err := foreign(text)
	if err != nil {
		return c, err
	}
	var problems []error
	get := func(props ical.Props, name string) string {
		s, err := props.Text(name)
		problems = append(problems, err)
		return s
	}
	c.Method, c.Name = ics.Method(get(read.Props, "METHOD")), get(read.Props, "X-WR-CALNAME")
	for _, v := range read.Events() {
		e := ics.Event{UID: get(v.Props, "UID"), Summary: get(v.Props, "SUMMARY"), Description: get(v.Props, "DESCRIPTION"), Location: get(v.Props, "LOCATION"),
			Cancelled: get(v.Props, "STATUS") == "CANCELLED"}
		for prop, to := range map[string]*calendar.Local{"DTSTART": &e.Start, "DTEND": &e.End} {
			at, err := v.Props.DateTime(prop, time.UTC)
			problems = append(problems, err)
			*to = calendar.LocalOf(at)
		}
		if p := v.Props.Get("SEQUENCE"); p != nil {
			e.Sequence, err = p.Int()
			problems = append(problems, err)
		}
		if p := v.Props.Get("CATEGORIES"); p != nil {
			e.Categories, err = p.TextList()
			problems = append(problems, err)
		}
		if p := v.Props.Get("URL"); p != nil {
			e.URL = p.Value
		}
		for _, p := range v.Props.Values("ORGANIZER") {
			e.Organiser = person(p)
		}
		for _, p := range v.Props.Values("ATTENDEE") {
			e.Guests = append(e.Guests, person(p))
		}
		stamp, err := v.Props.DateTime("DTSTAMP", time.UTC)
		problems = append(problems, err)
		c.At = stamp
		c.Events = append(c.Events, e)
	}
	return c, errors.Join(problems...)
}

func person(p ical.Prop) ics.Person {
	return ics.Person{Name: p.Params.Get("CN"), Mail: strings.TrimPrefix(p.Value, "mailto:")}
}

// equal tells whether two calendars say the same.
func equal(a, b ics.Calendar) bool {
	return a.Method == b.Method && a.Name == b.Name && a.At.Equal(b.At) && slices.EqualFunc(a.Events, b.Events, func(a, b ics.Event) bool {
		return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
	})
}

// golden compares text with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test -update writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s is now\n%s\nwant\n%s", path, got, want)
	}
}
