package ics_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/courses/ics"
	"digibrug/data"

	ical "github.com/emersion/go-ical"
)

// The rules in each file give the nights on which Brussels changes its clock, and what it changes to.
func TestZone(t *testing.T) {
	read, err := foreign(write(t, ics.Calendar{Method: ics.Publish, At: made}))
	if err != nil || len(read.Children) != 1 || read.Children[0].Name != ical.CompTimezone {
		t.Fatalf("%+v, %v", read, err)
	}
	var rules []zoneRule
	for _, part := range read.Children[0].Children {
		rules = append(rules, ruleOf(t, part))
	}
	if len(rules) != 2 {
		t.Fatalf("%d rules", len(rules))
	}
	for year := 1997; year <= 2037; year++ {
		var want, got []string
		at := time.Date(year, 1, 1, 0, 0, 0, 0, data.Brussels)
		for {
			_, before := at.Zone()
			_, next := at.ZoneBounds()
			if next.IsZero() || next.Year() > year {
				break
			}
			name, after := next.In(data.Brussels).Zone()
			want = append(want, change(next, before, after, name))
			at = next.In(data.Brussels)
		}
		for _, r := range rules {
			for _, on := range r.in(t, year) {
				got = append(got, change(on.Add(-time.Duration(r.from)*time.Second), r.from, r.to, r.name))
			}
		}
		if len(want) != 2 || strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("%d: the file says %v, Brussels does %v", year, got, want)
		}
	}
}

// change writes a change of the clock: the instant, and the seconds ahead of UTC before and after.
func change(at time.Time, from, to int, name string) string {
	return at.UTC().Format("2006-01-02 15:04Z") + " " + (time.Duration(from) * time.Second).String() + " " + (time.Duration(to) * time.Second).String() + " " + name
}

// zoneRule is one of the two changes: its local time, first and yearly.
type zoneRule struct {
	part     *ical.Component
	name     string
	from, to int
	first    time.Time // as if in UTC
}

func ruleOf(t *testing.T, part *ical.Component) (r zoneRule) {
	t.Helper()
	r.part = part
	first, err := part.Props.DateTime("DTSTART", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	r.first, r.name = first, part.Props.Get("TZNAME").Value
	for name, to := range map[string]*int{"TZOFFSETFROM": &r.from, "TZOFFSETTO": &r.to} {
		at, err := time.Parse("-0700", part.Props.Get(name).Value)
		if err != nil {
			t.Fatal(err)
		}
		_, *to = at.Zone()
	}
	return r
}

// in gives the changes of a year, by a library that reads rules of recurrence.
func (r zoneRule) in(t *testing.T, year int) []time.Time {
	t.Helper()
	set, err := r.part.RecurrenceSet(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return set.Between(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 23, 0, 0, 0, time.UTC), true)
}
