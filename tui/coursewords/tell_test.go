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

// TestCallNamesEach: no two reasons for a call read alike, and none is without words.
func TestCallNamesEach(t *testing.T) {
	seen := map[string]courses.About{}
	for _, about := range courses.Abouts() {
		text := words.T(words.NL, coursewords.Call(about))
		if was, is := seen[text]; coursewords.Call(about) == "" || is {
			t.Errorf("%s is called %q, as %q is", about, text, was)
		}
		seen[text] = about
	}
}

// TestToldWhyItStopped: the reason that a planner gave reaches who is told that the series stops, and nobody else.
func TestToldWhyItStopped(t *testing.T) {
	of := courses.Series{Course: "E-mail", State: courses.SeriesCancelled}
	e := courses.Enrolment{Participant: "Bea Claes", State: courses.Withdrawn, Reason: "lesgever ziek."}
	for lang, want := range map[words.Lang]string{words.NL: "De reden: lesgever ziek.", words.EN: "The reason: lesgever ziek.", words.FR: "La raison : lesgever ziek."} {
		if got := coursewords.Told(lang, courses.AboutStopped, e, of, 0); !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
		if got := coursewords.Told(lang, courses.AboutCancelled, e, of, 0); strings.Contains(got, "ziek") {
			t.Errorf("%s, who had left before: %q", lang, got)
		}
	}
}

// TestMoney says in each language what is to be paid and what goes back, and nothing to who has no seat to pay for.
func TestMoney(t *testing.T) {
	fee := courses.Fee{Known: true, Cents: 2000}
	for name, c := range map[string]struct {
		e    courses.Enrolment
		want string // in Dutch
	}{
		"a seat to pay":          {courses.Enrolment{State: courses.Booked, Fee: fee, Paid: courses.Due}, "De prijs is € 20,00. U betaalt aan de balie."},
		"a seat, price unknown":  {courses.Enrolment{State: courses.Booked, Paid: courses.UnknownFee}, "De prijs is nog niet beslist. We laten het u weten."},
		"a seat that is paid":    {courses.Enrolment{State: courses.Booked, Fee: fee, Paid: courses.PaidFee}, ""},
		"who waits":              {courses.Enrolment{State: courses.Waiting, Fee: fee, Paid: courses.Due}, ""},
		"paid, and it stops":     {courses.Enrolment{State: courses.Withdrawn, Fee: fee, Paid: courses.Refund}, "U betaalde al. € 20,00 betalen we u terug."},
		"paid, cancelled late":   {courses.Enrolment{State: courses.Withdrawn, Fee: fee, Cost: 500, Paid: courses.Refund}, "U betaalde al. € 15,00 betalen we u terug."},
		"unpaid, cancelled late": {courses.Enrolment{State: courses.Withdrawn, Fee: fee, Cost: 500, Paid: courses.Due}, "U schreef zich laat uit. Dat kost € 5,00. U betaalt aan de balie."},
		"paid back":              {courses.Enrolment{State: courses.Withdrawn, Fee: fee, Paid: courses.Refunded}, ""},
		"no longer due":          {courses.Enrolment{State: courses.Withdrawn, Fee: fee, Paid: courses.NotDue}, ""},
	} {
		if got := coursewords.Money(words.NL, c.e); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, lang := range []words.Lang{words.EN, words.FR} {
			if got := coursewords.Money(lang, c.e); (got == "") != (c.want == "") || got != "" && got == c.want {
				t.Errorf("%s in %s: %q", name, lang, got)
			}
		}
	}
}
