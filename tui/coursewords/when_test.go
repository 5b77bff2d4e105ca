package coursewords_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// TestWhen reads when somebody can come as people type it, and writes it so that it reads back the same.
func TestWhen(t *testing.T) {
	for typed, want := range map[string]string{
		"":                         "altijd",
		"di vm, do av":             "di vm, do av",
		"DO avond; dinsdag vm":     "di vm, do av",
		"ma-wo vm":                 "ma di wo vm",
		"za":                       "za",
		"wo vm nm, wo av":          "wo",
		"av":                       "ma di wo do vr za zo av",
		"ma en di namiddag, vr+za": "ma di nm, vr za",
	} {
		parts, err := coursewords.ReadWhen(typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		got := coursewords.When(words.NL, parts)
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
		if again, err := coursewords.ReadWhen(got); got != "altijd" && (err != nil || fmt.Sprint(again) != fmt.Sprint(parts)) {
			t.Errorf("%q reads back as %v, %v, want %v", got, again, err, parts)
		}
	}
	for _, typed := range []string{"morgen", "di ochtend", "di 9u", "\x1b[2J"} {
		var bad *data.Invalid
		if parts, err := coursewords.ReadWhen(typed); !errors.As(err, &bad) || bad.Why != courses.WhyWeekPart {
			t.Errorf("%q: %v, %v", typed, parts, err)
		}
	}
}

// TestWeekTimes reads times of the week.
func TestWeekTimes(t *testing.T) {
	for typed, want := range map[string]string{
		"":                   "[]",
		"di 14.00, do 18u30": "[{Tuesday 14:00} {Thursday 18:30}]",
		"ma-wo 9":            "[{Monday 09:00} {Tuesday 09:00} {Wednesday 09:00}]",
		"di do 13:30":        "[{Tuesday 13:30} {Thursday 13:30}]",
		"woensdag 14.00 u":   "[{Wednesday 14:00}]",
	} {
		if all, err := coursewords.ReadWeekTimes(typed); err != nil || fmt.Sprint(all) != want {
			t.Errorf("%q is %v, %v, want %s", typed, all, err, want)
		}
	}
	for typed, why := range map[string]data.Why{"14.00": coursewords.WhyWeekTime, "di": coursewords.WhyWeekTime, "elke dag 9": coursewords.WhyWeekTime, "di 14.05": courses.WhyQuarter, "di 25.00": "calendar.time"} {
		var bad *data.Invalid
		if _, err := coursewords.ReadWeekTimes(typed); !errors.As(err, &bad) || bad.Why != why {
			t.Errorf("%q: %v, want %s", typed, err, why)
		}
	}
}

// TestState: a series whose lessons began doesn't read as open for enrolment.
func TestState(t *testing.T) {
	first := time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC)
	s := courses.Series{State: courses.Published, First: first, Last: first.Add(2 * time.Hour)}
	for at, want := range map[time.Duration]string{-time.Second: "open voor inschrijving", 0: "bezig", 2 * time.Hour: "afgelopen"} {
		if got := coursewords.State(words.NL, s, first.Add(at)); got != want {
			t.Errorf("%v after the first lesson began: %q, want %q", at, got, want)
		}
	}
	s.State = courses.SeriesCancelled
	if got := coursewords.State(words.NL, s, first); got != "afgelast" {
		t.Errorf("cancelled: %q", got)
	}
}
