package courses_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/calendar"

	"pgregory.net/rapid"
)

// instants writes when slots begin: "2026-10-06T16:30Z 2026-10-13T16:30Z".
func instants(all []courses.Slot) string {
	var texts []string
	for _, s := range all {
		texts = append(texts, s.Instants().From.Format("2006-01-02T15:04Z"))
	}
	return strings.Join(texts, " ")
}

// TestWeekly holds cases 25, 26 and the first line of 17: the wall stays 18:30, and six lessons are six.
func TestWeekly(t *testing.T) {
	autumn := func(day time.Time) bool { return data.DayText(day) == "2026-11-03" }
	evening := coursestest.Slot(t, "2026-10-06 18:30-20:30")
	tests := map[string]struct {
		n, every int
		skip     func(time.Time) bool
		want     string
	}{
		"over the clock change":        {6, 1, nil, "2026-10-06T16:30Z 2026-10-13T16:30Z 2026-10-20T16:30Z 2026-10-27T17:30Z 2026-11-03T17:30Z 2026-11-10T17:30Z"},
		"the autumn break is made up":  {6, 1, autumn, "2026-10-06T16:30Z 2026-10-13T16:30Z 2026-10-20T16:30Z 2026-10-27T17:30Z 2026-11-10T17:30Z 2026-11-17T17:30Z"},
		"every other week, four times": {4, 2, nil, "2026-10-06T16:30Z 2026-10-20T16:30Z 2026-11-03T17:30Z 2026-11-17T17:30Z"},
		"every third week":             {4, 3, nil, "2026-10-06T16:30Z 2026-10-27T17:30Z 2026-11-17T17:30Z 2026-12-08T17:30Z"},
		"every fourth week":            {4, 4, nil, "2026-10-06T16:30Z 2026-11-03T17:30Z 2026-12-01T17:30Z 2026-12-29T17:30Z"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := courses.Weekly(evening, test.n, test.every, test.skip)
			if err != nil || instants(got) != test.want {
				t.Errorf("%s, %v\nwant %s", instants(got), err, test.want)
			}
		})
	}
	for name, bad := range map[string]func() ([]courses.Slot, error){
		"interval 0":  func() ([]courses.Slot, error) { return courses.Weekly(evening, 4, 0, nil) },
		"none at all": func() ([]courses.Slot, error) { return courses.Weekly(evening, 0, 1, nil) },
		"no week is free": func() ([]courses.Slot, error) {
			return courses.Weekly(evening, 2, 1, func(time.Time) bool { return true })
		},
		"a skipped hour": func() ([]courses.Slot, error) {
			return courses.Weekly(coursestest.Slot(t, "2027-03-21 02:30-04:00"), 2, 1, nil)
		},
	} {
		if got, err := bad(); err == nil {
			t.Errorf("%s gave %s", name, instants(got))
		}
	}
}

// TestBetween holds the rest of case 17, and case 20.
func TestBetween(t *testing.T) {
	at := coursestest.Slot(t, "2023-10-02 10:00-12:00")
	two := map[time.Weekday]courses.Slot{time.Monday: at, time.Tuesday: at}
	first := coursestest.Day(t, "2023-10-02")
	for _, test := range []struct {
		days map[time.Weekday]courses.Slot
		from time.Time
		span int // days, both included
		n    int
		want int
	}{
		{two, first, 19, 1, 6}, {two, first, 28, 2, 5}, {two, first, 42, 3, 5},
		{map[time.Weekday]courses.Slot{time.Monday: at}, first, 21, 1, 4}, {map[time.Weekday]courses.Slot{time.Monday: at}, first, 42, 2, 4},
		{map[time.Weekday]courses.Slot{time.Monday: at}, coursestest.Day(t, "2026-09-01"), 63, 1, 9}, {two, coursestest.Day(t, "2026-09-01"), 63, 1, 19},
	} {
		last := test.from.AddDate(0, 0, test.span)
		got, err := courses.Between(test.from, last, test.n, test.days, nil)
		if err != nil || len(got) != test.want {
			t.Errorf("%d days from %s, every %d weeks: %d sessions (%s), %v; want %d", test.span, data.DayText(test.from), test.n, len(got), instants(got), err, test.want)
		}
	}
	if _, err := courses.Between(first, first.AddDate(0, 0, 9), 0, two, nil); err == nil {
		t.Error("an interval of 0 was taken")
	}
}

// TestNewSlot holds case 27: what the clock skips or shows twice is refused, and spans over it last what they last.
func TestNewSlot(t *testing.T) {
	for text, want := range map[string]data.Why{
		"2026-12-01 14:00-16:00": "", "2026-12-01 14:10-16:00": courses.WhyQuarter, "2026-12-01 16:00-16:00": calendar.WhyOrder, "2026-12-01 16:00-14:00": calendar.WhyOrder,
		"2027-03-28 02:30-05:00": calendar.WhyGap, "2026-10-25 02:30-05:00": calendar.WhyTwice, "2026-12-01 22:00-24:00": "",
	} {
		s := coursestest.Slot(t, text)
		_, err := courses.NewSlot(s.Day, s.From, s.To)
		var bad *data.Invalid
		if errors.As(err, &bad); want == "" && err != nil || want != "" && (bad == nil || bad.Why != want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestMeets: half-open slots that touch don't meet, and meeting is mutual.
func TestMeets(t *testing.T) {
	slot := rapid.Custom(func(t *rapid.T) courses.Slot {
		from := rapid.IntRange(0, 94).Draw(t, "from")
		return courses.Slot{Day: time.Date(2026, 12, rapid.IntRange(1, 2).Draw(t, "day"), 0, 0, 0, 0, time.UTC), From: calendar.Minute(from * 15), To: calendar.Minute(rapid.IntRange(from+1, 96).Draw(t, "to") * 15)}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := slot.Draw(t, "a"), slot.Draw(t, "b")
		share := false
		if a.Day.Equal(b.Day) {
			for m := a.From; m < a.To; m++ {
				share = share || m >= b.From && m < b.To
			}
		}
		if a.Meets(b) != share || b.Meets(a) != share {
			t.Fatalf("%v meets %v: %v, %v; want %v", a, b, a.Meets(b), b.Meets(a), share)
		}
	})
}
