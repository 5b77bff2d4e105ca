package coursewords_test

import (
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/data/calendar"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// TestToldWhere: who is told of a seat reads where to go, in each language.
func TestToldWhere(t *testing.T) {
	of := courses.Series{Course: "E-mail", Location: "Bib", Address: calendar.Address{Street: "Kerkplein 4", Postcode: "8999", Town: "Zandwerve"}, State: courses.Published}
	for _, lang := range []words.Lang{words.NL, words.EN, words.FR} {
		for _, state := range []courses.EnrolmentState{courses.Booked, courses.Offered} {
			text := coursewords.Told(lang, "", courses.Enrolment{Participant: "Mo Claes", State: state, OfferUntil: "2026-12-01"}, of, 0)
			if !strings.Contains(text, ", Bib, Kerkplein 4, 8999 Zandwerve.") {
				t.Errorf("%s, %s: %q", lang, state, text)
			}
		}
	}
}
