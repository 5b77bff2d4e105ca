package ics_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses/ics"
	"digibrug/data/calendar"
)

func TestChanges(t *testing.T) {
	moved := func(n int, to string) func([]ics.Event) []ics.Event {
		return func(all []ics.Event) []ics.Event {
			e := lesson(n, to)
			all[n-1].Start, all[n-1].End = e.Start, e.End
			return all
		}
	}
	with := func(n int, change func(*ics.Event)) func([]ics.Event) []ics.Event {
		return func(all []ics.Event) []ics.Event { change(&all[n-1]); return all }
	}
	for name, c := range map[string]struct {
		before, after func([]ics.Event) []ics.Event // what becomes of the six lessons; nil: none of them
		now           string
		want          string // "request n/sequence, cancel n/sequence"
	}{
		"nothing happened":         {keep, keep, "2026-09-01 09:00", ""},
		"somebody enrols":          {nil, keep, "2026-09-01 09:00", "request 1/0 2/0 3/0 4/0 5/0 6/0"},
		"somebody leaves":          {keep, nil, "2026-09-01 09:00", "cancel 1/1 2/1 3/1 4/1 5/1 6/1"},
		"leaves after two lessons": {keep, nil, "2026-10-13 21:00", "cancel 3/1 4/1 5/1 6/1"},
		"during a lesson":          {keep, nil, "2026-10-13 20:29", "cancel 2/1 3/1 4/1 5/1 6/1"},
		"when a lesson just ended": {keep, nil, "2026-10-13 20:30", "cancel 3/1 4/1 5/1 6/1"},
		"enrols in the third week": {nil, keep, "2026-10-20 12:00", "request 3/0 4/0 5/0 6/0"},
		"a lesson moves":           {keep, moved(3, "2026-10-21 18:30"), "2026-09-01 09:00", "request 3/1"},
		"a lesson moves again":     {with(3, func(e *ics.Event) { e.Sequence = 4 }), moved(3, "2026-10-21 18:30"), "2026-09-01 09:00", "request 3/5"},
		"the store counted on": {keep, func(all []ics.Event) []ics.Event {
			all = moved(3, "2026-10-21 18:30")(all)
			all[2].Sequence = 7
			return all
		}, "2026-09-01 09:00", "request 3/7"},
		"another room":              {keep, with(2, func(e *ics.Event) { e.Location = "Jeugdhuis" }), "2026-09-01 09:00", "request 2/1"},
		"another name":              {keep, with(2, func(e *ics.Event) { e.Summary = "Word, les 2" }), "2026-09-01 09:00", "request 2/1"},
		"a comma in a description":  {keep, with(2, func(e *ics.Event) { e.Description, e.URL = "Breng een stick mee.", "https://a.example" }), "2026-09-01 09:00", ""},
		"a sequence alone":          {keep, with(2, func(e *ics.Event) { e.Sequence = 9 }), "2026-09-01 09:00", ""},
		"a lesson is called off":    {keep, with(4, off), "2026-09-01 09:00", "cancel 4/1"},
		"it was off already":        {with(4, off), with(4, off), "2026-09-01 09:00", ""},
		"called off, then removed":  {with(4, off), func(all []ics.Event) []ics.Event { return slices.Delete(all, 3, 4) }, "2026-09-01 09:00", ""},
		"off, and on again":         {with(4, func(e *ics.Event) { off(e); e.Sequence = 1 }), keep, "2026-09-01 09:00", "request 4/2"},
		"never heard of, and off":   {nil, with(4, off), "2026-10-27 09:00", "request 5/0 6/0"},
		"removed":                   {keep, func(all []ics.Event) []ics.Event { return slices.Delete(all, 0, 1) }, "2026-09-01 09:00", "cancel 1/1"},
		"moved when it is over":     {keep, moved(1, "2026-10-07 18:30"), "2026-11-01 09:00", ""},
		"over, and done again":      {keep, moved(1, "2026-11-17 18:30"), "2026-10-08 09:00", "request 1/1"},
		"24:00 is the day's end":    {with(1, until(calendar.Local{Day: local("2026-10-06 00:00").Day, At: calendar.Midnight})), with(1, until(local("2026-10-07 00:00"))), "2026-09-01 09:00", ""},
		"earlier, and out of order": {keep, moved(6, "2026-09-29 18:30"), "2026-09-01 09:00", "request 6/1"},
	} {
		lists := [2][]ics.Event{}
		for i, make := range []func([]ics.Event) []ics.Event{c.before, c.after} {
			if make != nil {
				lists[i] = make(autumn())
			}
		}
		at, err := local(c.now).Instant()
		if err != nil {
			t.Fatal(err)
		}
		request, cancel := ics.Changes(lists[0], lists[1], at)
		if got := strings.TrimSpace(said("request", request) + " " + said("cancel", cancel)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, e := range cancel {
			if !e.Cancelled {
				t.Errorf("%s: %s is taken back as if it went on", name, e.UID)
			}
		}
	}
}

func keep(all []ics.Event) []ics.Event { return all }

func off(e *ics.Event) { e.Cancelled = true }

func until(end calendar.Local) func(*ics.Event) { return func(e *ics.Event) { e.End = end } }

// said is "request 3/1": the numbers of lessons with their sequences.
func said(what string, all []ics.Event) string {
	if len(all) == 0 {
		return ""
	}
	for _, e := range all {
		number := strings.TrimSuffix(strings.TrimPrefix(e.UID, "0199-les-"), "@digibrug")
		what += fmt.Sprintf(" %s/%d", number, e.Sequence)
	}
	return what
}

// Changes come in the order of time, whatever the order they were given in.
func TestChangesOrder(t *testing.T) {
	all := autumn()
	slices.Reverse(all)
	if request, _ := ics.Changes(nil, all, made); said("request", request) != "request 1/0 2/0 3/0 4/0 5/0 6/0" {
		t.Errorf("%s", said("request", request))
	}
	if _, cancel := ics.Changes(all, nil, time.Time{}); said("cancel", cancel) != "cancel 1/1 2/1 3/1 4/1 5/1 6/1" {
		t.Errorf("%s", said("cancel", cancel))
	}
}
